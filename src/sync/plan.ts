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

/** One registration to add, to remove, or to change in its place. */
export interface RegistrationChange {
  plugin: string
  place: Place
  /** `rename`: the entry gets the plugin's new name; `refresh`: it gets the values of the manifest. */
  action: 'add' | 'remove' | 'rename' | 'refresh'
  /** The name in the entry, where it is a former name of the plugin. */
  from?: string
  /** `refresh`: the fields that differ. */
  fields?: string[]
  /** The position of the list or of the entry. */
  position: Position
}

/** A wanted registration that can't be written, with what to do. */
interface BlockedChange extends RegistrationChange {
  reason: string
}

/** The changes that make the registration files say what is wanted. */
export interface SyncPlan {
  changes: RegistrationChange[]
  blocked: BlockedChange[]
  /** The changed files with their whole text, sorted by path. */
  edits: FileEdit[]
}

/**
 * Computes the text that each registration file should have, and writes nothing. Among the plugins added to a list,
 * declared ones come first, in the order of their declarations.
 * @param unsound names of plugins with a wrong manifest, which is never copied into a registration
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
  const lists: ListState[] = [
    { place: 'registry', is: today.registry, should: wanted.registry },
    { place: 'install', is: today.install, should: wanted.install },
    { place: 'builtin', is: today.builtin !== 'no', should: wanted.builtin !== 'no' },
  ]
  return lists.flatMap((list) => differencesIn(workspace, state, list))
}

/** Whether a plugin is in a list, and whether it should be. */
interface ListState {
  place: Place
  is: boolean
  should: boolean
}

function differencesIn(
  workspace: Workspace,
  { plugin, renamedFrom, refresh }: PluginState,
  { place, is, should }: ListState,
): RegistrationChange[] {
  const { name } = plugin
  const change = (action: RegistrationChange['action'], at: string): RegistrationChange[] =>
    positionsOf(workspace, { place, name: at, action }).map((position) => ({
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
    // Where both exist, the old one is removed.
    ...(old === undefined ? [] : change(hasOwn ? 'remove' : 'rename', old)),
    ...(outdated.length === 0 ? [] : change('refresh', name).map((each) => ({ ...each, fields: outdated }))),
  ]
}

function isListed({ registry, builtin, installLists }: Workspace, place: Place, name: string): boolean {
  if (place === 'registry') return registry?.entries.some((each) => each.name === name) ?? false
  if (place === 'install') return installLists.some(({ names }) => names.some((each) => each.name === name))
  return (builtin?.list.understood && builtin.list.entries.some((each) => each.name === name)) === true
}

/** Returns the fields in which the plugin's entries differ from its manifest; conditional entries are left alone. */
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

/** Returns the position of the list that gets the plugin's entry, or the positions of the entries to remove. */
function positionsOf(
  workspace: Workspace,
  { place, name, action }: { place: Place; name: string; action: RegistrationChange['action'] },
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

/** Returns the position of the plugin's entry in a list, or of the list where there is no entry. */
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

/** Returns why a change can't be written, for the message; `undefined` when it can. */
function blockedBecause(
  workspace: Workspace,
  change: RegistrationChange,
  unsound: ReadonlySet<string>,
): string | undefined {
  const { plugin, from = plugin, place, action, position } = change
  const { registry, installLists, builtin } = workspace
  if (action !== 'remove' && unsound.has(plugin))
    return 'its manifest has errors, and a wrong manifest is not registered: correct it first'
  const target =
    place === 'registry' ? registry : place === 'builtin' ? builtin : listForNewNames(installLists)?.file
  if (target?.isInOtherEncoding) return `${target.path} is not valid UTF-8: save it as UTF-8 first`
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
    if (!isSafeInShell(plugin)) return `its name has characters with a meaning in a shell: rename ${plugin}`
    if (action === 'add' && target.problem !== undefined)
      return `the names behind plugin:install are unknown: ${target.problem}; add \`${plugin}\` by hand`
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
  const edits = [
    ...(await editsOfBuiltin(workspace, at(changes, 'builtin'))),
    ...editsOfRegistry(workspace, at(changes, 'registry')),
    ...editsOfInstallLists(workspace, at(changes, 'install')),
  ]
  return edits.filter(({ before, after }) => after !== before).sort((a, b) => (a.file < b.file ? -1 : 1))
}

function at(changes: readonly RegistrationChange[], place: Place): RegistrationChange[] {
  return changes.filter((change) => change.place === place)
}

async function editsOfBuiltin(
  workspace: Workspace,
  changes: readonly RegistrationChange[],
): Promise<FileEdit[]> {
  const { builtin } = workspace
  if (!builtin || changes.length === 0) return []
  const parse = await loadTypeScriptParser()
  let { text } = builtin
  for (const change of changes.filter(keepsEntry)) {
    const { plugin, from = plugin, action } = change
    text = setBuiltinFields(
      parse,
      { path: builtin.path, text },
      {
        name: from,
        fieldsOf: (entry) => {
          const fields = entry.conditional && action === 'refresh' ? undefined : builtinFields(entry)
          const changed = fields ? changedFields(workspace, change, fields) : []
          return changed.map(({ field, there: value }) => ({ field, value }))
        },
      },
    )
  }
  const after = editBuiltinTs(parse, { path: builtin.path, text }, addedAndRemoved(workspace, changes))
  return [{ file: builtin.path, before: builtin.text, after }]
}

function editsOfRegistry(workspace: Workspace, changes: readonly RegistrationChange[]): FileEdit[] {
  const { registry } = workspace
  if (!registry || changes.length === 0) return []
  let { text } = registry
  for (const change of changes.filter(keepsEntry)) {
    const named = registry.entries.filter(({ name }) => name === (change.from ?? change.plugin))
    for (const { index } of named) {
      const entry = changedEntry(workspace, change, index)
      if (entry) text = replaceRegistryEntry(text, index, entry)
    }
  }
  const after = editRegistryJson(text, addedAndRemoved(workspace, changes))
  return [{ file: registry.path, before: registry.text, after }]
}

function editsOfInstallLists(
  { installLists }: Workspace,
  changes: readonly RegistrationChange[],
): FileEdit[] {
  const renamed = changes.filter(({ action }) => action === 'rename')
  const rename = new Map(renamed.map(({ plugin, from = plugin }) => [from, plugin]))
  const change = { rename, add: names(changes, 'add'), remove: names(changes, 'remove') }
  return editInstallLists(installLists, change).map(({ file, after }) => ({
    file: file.path,
    before: file.text,
    after,
  }))
}

/** Tells whether a change keeps the entry in its place. */
function keepsEntry({ action }: RegistrationChange): boolean {
  return action === 'rename' || action === 'refresh'
}

function names(changes: readonly RegistrationChange[], action: 'add' | 'remove'): string[] {
  return changes.filter((change) => change.action === action).map(({ plugin, from }) => from ?? plugin)
}

function addedAndRemoved(
  { plugins }: Workspace,
  changes: readonly RegistrationChange[],
): { add: Record<string, unknown>[]; remove: string[] } {
  return {
    add: names(changes, 'add').map((name) => manifestOf(plugins, name)),
    remove: names(changes, 'remove'),
  }
}

function changedFields(
  workspace: Workspace,
  { plugin: name, place, action }: RegistrationChange,
  fields: EntryFields,
): OutdatedField[] {
  const plugin = pluginNamed(workspace.plugins, name)
  return action === 'rename' && place !== 'install'
    ? renamedFields(workspace, plugin, { place, fields })
    : outdatedFields(workspace, plugin, fields)
}

/** Returns the new entry of registry.json: the fields of the manifest in its order, then those of the entry alone. */
function changedEntry(
  workspace: Workspace,
  change: RegistrationChange,
  index: number,
): Record<string, unknown> | undefined {
  const fields = registryFields(workspace.registry, index)
  if (!fields) return undefined
  const values = new Map([...fields].map(([field, { value }]) => [field, value]))
  for (const { field, there } of changedFields(workspace, change, fields)) values.set(field, there)
  const order = [...Object.keys(manifestOf(workspace.plugins, change.plugin)), ...values.keys()]
  return Object.fromEntries(
    [...new Set(order)].flatMap((field) => {
      const value = values.get(field)
      return value === undefined ? [] : [[field, value]]
    }),
  )
}

function manifestOf(plugins: readonly Plugin[], name: string): Record<string, unknown> {
  const manifest = asObject(pluginNamed(plugins, name).web?.manifest?.value)
  // A plugin without a valid manifest was blocked before.
  if (!manifest) throw new Error(`${name} has no manifest to register`)
  return manifest
}

/** Returns the plugin of a name; if a backend plugin has the same name, the one with a front end. */
function pluginNamed(plugins: readonly Plugin[], name: string): Plugin {
  const named = plugins.filter((plugin) => plugin.name === name)
  const plugin = named.find(({ web }) => web) ?? named[0]
  if (!plugin) throw new Error(`there is no plugin ${name} to register`)
  return plugin
}
