import type { DesiredState, Place, PluginState } from '../declarations/desired.js'
import { asObject, positionInJson } from '../workspace/json.js'
import { layout } from '../workspace/layout.js'
import { type Position, positionAt } from '../workspace/text.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { loadTypeScriptParser } from '../workspace/typescript.js'
import { editBuiltinTs } from './builtin-ts.js'
import { editInstallList, isSafeInShell } from './install-list.js'
import { editRegistryJson } from './registry-json.js'

/** One registration to add or to take out. */
export interface RegistrationChange {
  plugin: string
  place: Place
  action: 'add' | 'remove'
  /** Where the list, or the entry to take out, stands. */
  position: Position
}

/** A registration that is wanted and can't be written, with what to do. */
export interface BlockedChange extends RegistrationChange {
  reason: string
}

/** What has to be written so that the registration files say what is wanted. */
export interface SyncPlan {
  changes: RegistrationChange[]
  blocked: BlockedChange[]
  /** The files that change, whole; sorted by path. */
  edits: FileEdit[]
}

/** A file and what becomes of it. */
export interface FileEdit {
  /** Relative to the repository's root. */
  file: string
  /** `undefined`: the file is not there yet. */
  before: string | undefined
  /** `undefined`: the file goes. */
  after: string | undefined
}

/** The registration file that holds each list. */
export const fileOfPlace: Record<Place, string> = {
  registry: layout.registryJson,
  install: layout.rootPackageJson,
  builtin: layout.builtinTs,
}

/**
 * Computes the text that each registration file should have. Nothing is written.
 * @param unsound names of plugins whose manifest a rule calls wrong: it is never copied into a registration
 */
export async function planSync(
  workspace: Workspace,
  desired: DesiredState,
  unsound: ReadonlySet<string>,
): Promise<SyncPlan> {
  const changes: RegistrationChange[] = []
  const blocked: BlockedChange[] = []
  for (const change of desired.plugins.flatMap((state) => differences(workspace, state))) {
    const reason = blockedBecause(workspace, change, unsound)
    if (reason === undefined) changes.push(change)
    else blocked.push({ ...change, reason })
  }
  return { changes, blocked, edits: await computeEdits(workspace, changes) }
}

function differences(workspace: Workspace, { plugin, today, wanted }: PluginState): RegistrationChange[] {
  const places: { place: Place; is: boolean; should: boolean }[] = [
    { place: 'registry', is: today.registry, should: wanted.registry },
    { place: 'install', is: today.install, should: wanted.install },
    { place: 'builtin', is: today.builtin !== 'no', should: wanted.builtin !== 'no' },
  ]
  return places
    .filter(({ is, should }) => is !== should)
    .map(({ place, should }) => ({
      plugin: plugin.name,
      place,
      action: should ? 'add' : 'remove',
      position: positionOf(workspace, place, plugin.name),
    }))
}

/** Where the plugin's entry stands in a list, or the list itself where it has none. */
export function positionOf(workspace: Workspace, place: Place, name: string): Position {
  const nowhere = { file: fileOfPlace[place], line: 1, column: 1 }
  if (place === 'registry') {
    const entry = workspace.registry?.entries.find((each) => each.name === name)
    return workspace.registry ? positionInJson(workspace.registry, entry ? [entry.index] : []) : nowhere
  }
  if (place === 'install') {
    const file = workspace.rootPackage
    const list = file?.installList
    if (!file || !list) return file ? positionInJson(file, ['scripts', 'build:server']) : nowhere
    return positionAt(file, list.names.find((each) => each.name === name)?.start ?? list.commandEnd)
  }
  const file = workspace.builtin
  if (!file?.list.understood) return nowhere
  const entry = file.list.entries.find((each) => each.name === name)
  return positionAt(file, entry?.start ?? file.list.open)
}

/** Why a change can't be written, in words for the person who wants it; `undefined` when it can. */
function blockedBecause(
  workspace: Workspace,
  change: RegistrationChange,
  unsound: ReadonlySet<string>,
): string | undefined {
  const { plugin, place, action } = change
  const file = fileOfPlace[place]
  if (action === 'add' && unsound.has(plugin))
    return `its manifest has errors, and a wrong manifest is not registered: mend it first`
  if (place === 'registry') {
    if (!workspace.registry) return `${file} does not exist or cannot be read`
    if (!Array.isArray(workspace.registry.value)) return `${file} is not a JSON array`
  }
  if (place === 'install') {
    if (!workspace.rootPackage?.installList)
      return `no script of ${file} runs plugin:install: add \`pnpm run plugin:install ${plugin}\` to the script that builds the server`
    if (action === 'remove' && !workspace.rootPackage.installList.names.some(({ name }) => name === plugin))
      return `\`plugin:install all\` installs it: name the plugins to install one by one`
    if (!isSafeInShell(plugin))
      return `its name has characters that a shell would read as its own: rename ${change.plugin}`
  }
  if (place === 'builtin') {
    if (workspace.pluginsOnly)
      return `built-in entries are compiled into the web client, which comes from the base image: declare \`offer: registry\``
    if (!workspace.builtin) return `${file} does not exist or cannot be read`
    if (!workspace.builtin.list.understood)
      return `${file} cannot be edited: ${workspace.builtin.list.reason}; ${action} the entry of ${plugin} by hand`
  }
  return undefined
}

async function computeEdits(workspace: Workspace, changes: RegistrationChange[]): Promise<FileEdit[]> {
  const names = (place: Place, action: 'add' | 'remove'): string[] =>
    changes.filter((each) => each.place === place && each.action === action).map(({ plugin }) => plugin)
  const manifests = (place: Place): Record<string, unknown>[] =>
    names(place, 'add').map((name) => manifestOf(workspace.plugins, name))
  const edits: FileEdit[] = []
  const edit = (place: Place, before: string, after: string): void => {
    if (after !== before) edits.push({ file: fileOfPlace[place], before, after })
  }

  const { registry, rootPackage, builtin } = workspace
  if (builtin && changes.some(({ place }) => place === 'builtin')) {
    const change = { add: manifests('builtin'), remove: names('builtin', 'remove') }
    edit('builtin', builtin.text, editBuiltinTs(await loadTypeScriptParser(), builtin, change))
  }
  if (registry && changes.some(({ place }) => place === 'registry')) {
    const change = { add: manifests('registry'), remove: names('registry', 'remove') }
    edit('registry', registry.text, editRegistryJson(registry.text, change))
  }
  if (rootPackage && changes.some(({ place }) => place === 'install')) {
    const change = { add: names('install', 'add'), remove: names('install', 'remove') }
    edit('install', rootPackage.text, editInstallList(rootPackage, change))
  }
  return edits.sort((a, b) => (a.file < b.file ? -1 : 1))
}

function manifestOf(plugins: Plugin[], name: string): Record<string, unknown> {
  const manifest = asObject(plugins.find((plugin) => plugin.name === name)?.web?.manifest?.value)
  // A plugin without a sound manifest is blocked before it gets here.
  if (!manifest) throw new Error(`${name} has no manifest to register`)
  return manifest
}
