import type { DesiredState, Place, PluginState } from '../declarations/desired.js'
import { asObject, positionInJson } from '../workspace/json.js'
import { listForNewNames } from '../workspace/install-list.js'
import { layout } from '../workspace/layout.js'
import { type Position, positionAt } from '../workspace/text.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { loadTypeScriptParser } from '../workspace/typescript.js'
import { builtinEntryLine, editBuiltinTs } from './builtin-ts.js'
import { editInstallLists, isSafeInShell } from './install-list.js'
import { editRegistryJson, registryEntryLine } from './registry-json.js'

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

/**
 * Computes the text that each registration file should have. Nothing is written. Of several plugins that come into one
 * list, those that are declared come first, in the order of their declarations.
 * @param unsound names of plugins whose manifest a rule calls wrong: it is never copied into a registration
 */
export async function planSync(
  workspace: Workspace,
  desired: DesiredState,
  unsound: ReadonlySet<string>,
): Promise<SyncPlan> {
  const changes: RegistrationChange[] = []
  const blocked: BlockedChange[] = []
  for (const change of inDeclaredOrder(desired).flatMap((state) => differences(workspace, state))) {
    const reason = blockedBecause(workspace, change, unsound)
    if (reason === undefined) changes.push(change)
    else blocked.push({ ...change, reason })
  }
  return { changes, blocked, edits: await computeEdits(workspace, changes) }
}

function inDeclaredOrder({ plugins, declarations }: DesiredState): PluginState[] {
  const order = new Map([...declarations.plugins.keys()].map((name, index) => [name, index]))
  const placeOf = ({ plugin }: PluginState): number => order.get(plugin.name) ?? order.size
  return [...plugins].sort((a, b) => placeOf(a) - placeOf(b))
}

function differences(workspace: Workspace, { plugin, today, wanted }: PluginState): RegistrationChange[] {
  const places: { place: Place; is: boolean; should: boolean }[] = [
    { place: 'registry', is: today.registry, should: wanted.registry },
    { place: 'install', is: today.install, should: wanted.install },
    { place: 'builtin', is: today.builtin !== 'no', should: wanted.builtin !== 'no' },
  ]
  return places
    .filter(({ is, should }) => is !== should)
    .flatMap(({ place, should }) =>
      positionsOf(workspace, place, plugin.name, should ? 'add' : 'remove').map((position) => ({
        plugin: plugin.name,
        place,
        action: should ? ('add' as const) : ('remove' as const),
        position,
      })),
    )
}

/** Where the list stands that gets the plugin's entry, or the entries that go. */
function positionsOf(
  workspace: Workspace,
  place: Place,
  name: string,
  action: RegistrationChange['action'],
): Position[] {
  if (place !== 'install') return [positionOf(workspace, place, name)]
  const { installLists: lists, rootPackage } = workspace
  const named =
    action === 'remove' ? lists.filter(({ names }) => names.some((each) => each.name === name)) : []
  const target = listForNewNames(lists)
  const found = named.length > 0 ? named : target ? [target] : []
  if (found.length === 0)
    return [
      rootPackage
        ? positionInJson(rootPackage, ['scripts', 'build:server'])
        : { file: layout.rootPackageJson, line: 1, column: 1 },
    ]
  return found.map(({ file, names, commandEnd }) =>
    positionAt(file, names.find((each) => each.name === name)?.start ?? commandEnd),
  )
}

/** Where the plugin's entry stands in a list, or the list itself where it has none. */
function positionOf(workspace: Workspace, place: 'registry' | 'builtin', name: string): Position {
  if (place === 'registry') {
    const entry = workspace.registry?.entries.find((each) => each.name === name)
    return workspace.registry
      ? positionInJson(workspace.registry, entry ? [entry.index] : [])
      : { file: layout.registryJson, line: 1, column: 1 }
  }
  const file = workspace.builtin
  if (!file?.list.understood) return { file: layout.builtinTs, line: 1, column: 1 }
  const entry = file.list.entries.find((each) => each.name === name)
  return positionAt(file, entry?.start ?? file.list.open)
}

/** Why a change can't be written, in words for the person who wants it; `undefined` when it can. */
function blockedBecause(
  workspace: Workspace,
  change: RegistrationChange,
  unsound: ReadonlySet<string>,
): string | undefined {
  const { plugin, place, action, position } = change
  const { registry, installLists, builtin } = workspace
  if (action === 'add' && unsound.has(plugin))
    return `its manifest has errors, and a wrong manifest is not registered: mend it first`
  if (place === 'registry') {
    const byHand =
      action === 'add' ? `: ${pasted(registryEntryLine(manifestOf(workspace.plugins, plugin)))}` : ''
    if (!registry) return `${position.file} does not exist or cannot be read${byHand}`
    if (!Array.isArray(registry.value)) return `${position.file} is not a JSON array${byHand}`
  }
  if (place === 'install') {
    const target = listForNewNames(installLists)
    if (!target)
      return `nothing runs plugin:install, neither a script of ${layout.rootPackageJson} or ${layout.serverPackageJson} nor a RUN of the ${layout.dockerfile}: add \`pnpm run plugin:install ${plugin}\` to the script that builds the server`
    if (!isSafeInShell(plugin))
      return `its name has characters that a shell would read as its own: rename ${plugin}`
    if (action === 'add' && target.problem !== undefined)
      return `the names behind plugin:install cannot be told: ${target.problem}; write \`${plugin}\` behind it by hand`
    if (action === 'remove' && installLists.some(({ names }) => names.some(({ name }) => name === 'all')))
      return `\`plugin:install all\` installs it: name the plugins to install one by one`
  }
  if (place === 'builtin') {
    if (workspace.pluginsOnly)
      return `built-in entries are compiled into the web client, which comes from the base image: declare \`offer: registry\``
    const byHand =
      action === 'add'
        ? pasted(builtinEntryLine(builtin?.text ?? '', manifestOf(workspace.plugins, plugin)))
        : `remove the entry of ${plugin} by hand`
    if (!builtin) return `${position.file} does not exist or cannot be read: ${byHand}`
    if (!builtin.list.understood)
      return `${position.file} cannot be edited: ${builtin.list.reason}; ${byHand}`
  }
  return undefined
}

function pasted(entry: string): string {
  return `add this entry by hand: ${entry}`
}

async function computeEdits(workspace: Workspace, changes: RegistrationChange[]): Promise<FileEdit[]> {
  const names = (place: Place, action: 'add' | 'remove'): string[] =>
    changes.filter((each) => each.place === place && each.action === action).map(({ plugin }) => plugin)
  const manifests = (place: Place): Record<string, unknown>[] =>
    names(place, 'add').map((name) => manifestOf(workspace.plugins, name))
  const edits: FileEdit[] = []
  const edit = (file: string, before: string, after: string): void => {
    if (after !== before) edits.push({ file, before, after })
  }

  const { registry, installLists, builtin } = workspace
  if (builtin && changes.some(({ place }) => place === 'builtin')) {
    const change = { add: manifests('builtin'), remove: names('builtin', 'remove') }
    edit(builtin.path, builtin.text, editBuiltinTs(await loadTypeScriptParser(), builtin, change))
  }
  if (registry && changes.some(({ place }) => place === 'registry')) {
    const change = { add: manifests('registry'), remove: names('registry', 'remove') }
    edit(registry.path, registry.text, editRegistryJson(registry.text, change))
  }
  const change = { add: names('install', 'add'), remove: names('install', 'remove') }
  for (const { file, after } of editInstallLists(installLists, change)) edit(file.path, file.text, after)
  return edits.sort((a, b) => (a.file < b.file ? -1 : 1))
}

function manifestOf(plugins: Plugin[], name: string): Record<string, unknown> {
  const manifest = asObject(plugins.find((plugin) => plugin.name === name)?.web?.manifest?.value)
  // A plugin without a sound manifest is blocked before it gets here.
  if (!manifest) throw new Error(`${name} has no manifest to register`)
  return manifest
}
