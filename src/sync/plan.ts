import type { FileEdit } from '../lib/text-edits.js'
import type { DesiredState, Place, PluginState } from '../declarations/desired.js'
import { asObject, positionInJson } from '../formats/json.js'
import type { BuiltinEntry } from '../registrations/builtin.js'
import { listForNewNames } from '../registrations/install-list.js'
import { layout } from '../tailchat/layout.js'
import { type Position, positionAt } from '../lib/text.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { loadTypeScriptParser } from '../formats/typescript.js'
import { builtinEntryLine, editBuiltinTs, setBuiltinFields } from '../registrations/builtin-edit.js'
import { editInstallLists, isSafeInShell } from '../registrations/install-list-edit.js'
import { type EntryFields, type OutdatedField, outdatedFields, renamedFields } from './outdated.js'
import { editRegistryJson, registryEntryLine, replaceRegistryEntry } from '../registrations/registry-edit.js'

/** One registration to add, to take out, or to change in its place. */
export interface RegistrationChange {
  plugin: string
  place: Place
  /** `rename`: the entry gets the plugin's name; `refresh`: what its manifest says. */
  action: 'add' | 'remove' | 'rename' | 'refresh'
  /** The name in the entry, where that is one which the plugin had before. */
  from?: string
  /** `refresh`: what differs. */
  fields?: string[]
  /** Where the list, or the entry, stands. */
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

function differences(workspace: Workspace, state: PluginState): RegistrationChange[] {
  const { today, wanted } = state
  return [
    ...differencesIn(workspace, state, 'registry', today.registry, wanted.registry),
    ...differencesIn(workspace, state, 'install', today.install, wanted.install),
    ...differencesIn(workspace, state, 'builtin', today.builtin !== 'no', wanted.builtin !== 'no'),
  ]
}

function differencesIn(
  workspace: Workspace,
  { plugin, renamedFrom, refresh }: PluginState,
  place: Place,
  is: boolean,
  should: boolean,
): RegistrationChange[] {
  const { name } = plugin
  const change = (action: RegistrationChange['action'], at: string): RegistrationChange[] =>
    positionsOf(workspace, place, at, action).map((position) => ({
      plugin: name,
      place,
      action,
      ...(at !== name && { from: at }),
      position,
    }))
  const old = renamedFrom !== undefined && isListed(workspace, place, renamedFrom) ? renamedFrom : undefined
  const hasOwn = isListed(workspace, place, name)
  if (!is && should) return change('add', name)
  if (!should && is)
    return [
      ...(hasOwn || old === undefined ? change('remove', name) : []),
      ...(old === undefined ? [] : change('remove', old)),
    ]
  if (!is) return []
  const outdated = refresh && hasOwn && place !== 'install' ? outdatedIn(workspace, plugin, place) : []
  return [
    // Where both are there, the old one goes.
    ...(old === undefined ? [] : change(hasOwn ? 'remove' : 'rename', old)),
    ...(outdated.length === 0 ? [] : change('refresh', name).map((each) => ({ ...each, fields: outdated }))),
  ]
}

function isListed({ registry, builtin, installLists }: Workspace, place: Place, name: string): boolean {
  if (place === 'registry') return registry?.entries.some((each) => each.name === name) ?? false
  if (place === 'install') return installLists.some(({ names }) => names.some((each) => each.name === name))
  return (builtin?.list.understood && builtin.list.entries.some((each) => each.name === name)) === true
}

/** The fields in which the plugin's entries differ from its manifest; an entry behind a condition is left as it is. */
function outdatedIn(workspace: Workspace, plugin: Plugin, place: 'registry' | 'builtin'): string[] {
  const { registry, builtin } = workspace
  const entries =
    place === 'registry'
      ? (registry?.entries ?? []).map(({ name, index }) => ({
          name,
          fields: registryFields(registry, index),
        }))
      : builtin?.list.understood
        ? builtin.list.entries
            .filter(({ conditional }) => !conditional)
            .map((entry) => ({ name: entry.name, fields: builtinFields(entry) }))
        : []
  const fields = entries
    .filter(({ name }) => name === plugin.name)
    .flatMap(({ fields }) => (fields ? outdatedFields(workspace, plugin, fields) : []))
  return [...new Set(fields.map(({ field }) => field))]
}

function registryFields(registry: Workspace['registry'], index: number): EntryFields | undefined {
  const entry = asObject((registry?.value as unknown[] | undefined)?.[index])
  return entry && new Map(Object.entries(entry).map(([field, value]) => [field, { value }]))
}

function builtinFields({ object }: BuiltinEntry): EntryFields | undefined {
  return object && new Map(object.properties.map((each) => [each.name, each]))
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
  const named = action === 'add' ? [] : lists.filter(({ names }) => names.some((each) => each.name === name))
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
  const { plugin, from = plugin, place, action, position } = change
  const { registry, installLists, builtin } = workspace
  if (action !== 'remove' && unsound.has(plugin))
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
        : `${action} the entry of ${from} by hand`
    if (!builtin) return `${position.file} does not exist or cannot be read: ${byHand}`
    if (!builtin.list.understood)
      return `${position.file} cannot be edited: ${builtin.list.reason}; ${byHand}`
    if (action === 'rename' && builtin.list.entries.some(({ name, object }) => name === from && !object))
      return `its entry takes properties from elsewhere: ${byHand}`
  }
  return undefined
}

function pasted(entry: string): string {
  return `add this entry by hand: ${entry}`
}

async function computeEdits(workspace: Workspace, changes: RegistrationChange[]): Promise<FileEdit[]> {
  const at = (place: Place, ...actions: RegistrationChange['action'][]): RegistrationChange[] =>
    changes.filter((each) => each.place === place && actions.includes(each.action))
  const names = (place: Place, action: 'add' | 'remove'): string[] =>
    at(place, action).map(({ plugin, from }) => from ?? plugin)
  const manifests = (place: Place): Record<string, unknown>[] =>
    names(place, 'add').map((name) => manifestOf(workspace.plugins, name))
  const edits: FileEdit[] = []
  const edit = (file: string, before: string, after: string): void => {
    if (after !== before) edits.push({ file, before, after })
  }

  const { registry, installLists, builtin } = workspace
  if (builtin && changes.some(({ place }) => place === 'builtin')) {
    const parse = await loadTypeScriptParser()
    const kept = at('builtin', 'rename', 'refresh').reduce(
      (file, { plugin, from, action }) => ({
        ...file,
        text: setBuiltinFields(parse, file, from ?? plugin, (entry) => {
          const fields = entry.conditional && action === 'refresh' ? undefined : builtinFields(entry)
          return fields ? changedFields(workspace, plugin, 'builtin', action, fields) : []
        }),
      }),
      { path: builtin.path, text: builtin.text },
    )
    const change = { add: manifests('builtin'), remove: names('builtin', 'remove') }
    edit(builtin.path, builtin.text, editBuiltinTs(parse, kept, change))
  }
  if (registry && changes.some(({ place }) => place === 'registry')) {
    const kept = at('registry', 'rename', 'refresh').reduce((text, { plugin, from, action }) => {
      const itsOwn = registry.entries.filter(({ name }) => name === (from ?? plugin))
      return itsOwn.reduce((edited, { index }) => {
        const entry = changedEntry(workspace, plugin, action, index)
        return entry ? replaceRegistryEntry(edited, index, entry) : edited
      }, text)
    }, registry.text)
    const change = { add: manifests('registry'), remove: names('registry', 'remove') }
    edit(registry.path, registry.text, editRegistryJson(kept, change))
  }
  const rename = new Map(at('install', 'rename').map(({ plugin, from = plugin }) => [from, plugin]))
  const change = { rename, add: names('install', 'add'), remove: names('install', 'remove') }
  for (const { file, after } of editInstallLists(installLists, change)) edit(file.path, file.text, after)
  return edits.sort((a, b) => (a.file < b.file ? -1 : 1))
}

function changedFields(
  workspace: Workspace,
  name: string,
  place: 'registry' | 'builtin',
  action: RegistrationChange['action'],
  fields: EntryFields,
): OutdatedField[] {
  const plugin = pluginNamed(workspace.plugins, name)
  return action === 'rename'
    ? renamedFields(workspace, plugin, place, fields)
    : outdatedFields(workspace, plugin, fields)
}

/** An entry of registry.json as it becomes: what the manifest has in its order, then what only the entry has. */
function changedEntry(
  workspace: Workspace,
  name: string,
  action: RegistrationChange['action'],
  index: number,
): Record<string, unknown> | undefined {
  const fields = registryFields(workspace.registry, index)
  if (!fields) return undefined
  const values = new Map([...fields].map(([field, { value }]) => [field, value]))
  for (const { field, there } of changedFields(workspace, name, 'registry', action, fields))
    values.set(field, there)
  const order = [...Object.keys(manifestOf(workspace.plugins, name)), ...values.keys()]
  return Object.fromEntries(
    [...new Set(order)].flatMap((field) => {
      const value = values.get(field)
      return value === undefined ? [] : [[field, value]]
    }),
  )
}

function manifestOf(plugins: readonly Plugin[], name: string): Record<string, unknown> {
  const manifest = asObject(pluginNamed(plugins, name).web?.manifest?.value)
  // A plugin without a sound manifest is blocked before it gets here.
  if (!manifest) throw new Error(`${name} has no manifest to register`)
  return manifest
}

/** There may be a backend plugin of the same name: what is registered is the one with a browser side. */
function pluginNamed(plugins: readonly Plugin[], name: string): Plugin {
  const named = plugins.filter((plugin) => plugin.name === name)
  const plugin = named.find(({ web }) => web) ?? named[0]
  if (!plugin) throw new Error(`there is no plugin ${name} to register`)
  return plugin
}
