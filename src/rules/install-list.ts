import { nameInFiles } from '../workspace/web-part.js'
import { canBeOffered, type DesiredState, isOffered } from '../declarations/desired.js'
import { nearestPlugin } from '../lib/nearest.js'
import { isSafeInShell, removeInstallNames, renderNames } from '../registrations/install-list-edit.js'
import type { InstallList } from '../registrations/install-list.js'
import { layout } from '../tailchat/layout.js'
import { listed } from '../lib/wording.js'
import { type Position, positionAt } from '../lib/text.js'
import type { Workspace } from '../workspace/types.js'
import { at, type Fix, fixLater, type RepositoryRule } from './types.js'

/** Rules about the names behind plugin:install, wherever the build runs it. */
export const installListRules: RepositoryRule[] = [
  {
    id: 'install-list/unknown-plugin',
    title: 'plugin:install names a plugin that is not under server/plugins',
    why: 'The install script drops the name and succeeds: the plugin’s services run, and no one can install it.',
    severity: 'error',
    mend: 'Correct the name, or take it out of the list.',
    bad: 'pnpm run plugin:install com.acme.tikets',
    good: 'pnpm run plugin:install com.acme.tickets',
    *check({ workspace, desired }) {
      const renamed = new Set(desired.plugins.map(({ renamedFrom }) => renamedFrom))
      const server = new Set(
        workspace.plugins.filter(({ kind }) => kind !== 'frontend').map(({ name }) => name),
      )
      const frontend = new Set(
        workspace.plugins.filter(({ kind }) => kind === 'frontend').map(({ name }) => name),
      )
      for (const { name, position, replace } of installNames(workspace)) {
        if (name === 'all' || server.has(name) || renamed.has(name)) continue
        const near = suggestion(name, server)
        yield at(position, {
          plugin: name,
          message: frontend.has(name)
            ? `${name} is a frontend plugin: plugin:install drops it without a word; offer it in ${layout.registryJson} instead`
            : misplacedHint(workspace, name) ||
              `there is no server/plugins/${name}${near}: plugin:install drops the name without a word; ${near === '' ? 'remove it, or add the plugin' : 'correct the name here, or that of the directory'}${renamedHint(desired, name)}`,
          // A slip of the pen is not taken out: another plugin is meant.
          ...(near === '' &&
            !frontend.has(name) &&
            misplacedHint(workspace, name) === '' && { fix: replace([]) }),
        })
      }
    },
  },
  {
    id: 'install-list/backend-plugin',
    title: 'plugin:install names a plugin without a browser side',
    why: 'The install script reads the manifest of its web part, finds none, and the build dies.',
    severity: 'error',
    mend: 'Name only plugins with a web part, one by one.',
    bad: 'pnpm run plugin:install all',
    good: 'pnpm run plugin:install com.acme.tickets com.acme.polls',
    *check({ workspace }) {
      const backend = new Set(
        workspace.plugins.filter(({ kind }) => kind === 'backend').map(({ name }) => name),
      )
      for (const { name, position, replace } of installNames(workspace)) {
        if (name === 'all' && backend.size > 0)
          yield at(position, {
            message: `plugin:install all stops at the backend plugins ${[...backend].join(', ')}, which have no web part: name the full-stack plugins one by one`,
            ...expandAll(workspace, replace),
          })
        if (backend.has(name))
          yield at(position, {
            plugin: name,
            message: `${name} has no web part to install, and the build dies at it: take it out of the list (its services load without)`,
            fix: replace([]),
          })
      }
    },
  },
  {
    id: 'install-list/empty',
    title: 'plugin:install is run without a name',
    why: 'It prints how it is used and succeeds; the build dies later, when it copies bundles that were never built.',
    severity: 'error',
    mend: 'Name the full-stack plugins, or take out the command together with the copying behind it.',
    bad: 'pnpm run plugin:install && cp -r ./public/plugins ./dist/public',
    good: 'pnpm run plugin:install com.acme.tickets && cp -r ./public/plugins ./dist/public',
    *check({ workspace, desired }) {
      const offerable = desired.plugins.flatMap(({ plugin }) =>
        plugin.kind === 'fullstack' && canBeOffered(plugin) ? plugin.name : [],
      )
      const named = offerable.length === 0 ? 'a full-stack plugin' : listed(offerable, SHOWN)
      for (const { file, script, commandEnd } of emptyLists(workspace, desired))
        yield at(positionAt(file, commandEnd), {
          message: `plugin:install in ${script === undefined ? `the ${file.path}` : JSON.stringify(script)} names no plugin, so it makes no public/plugins, and the build dies where it copies that behind it: name what is to be installed (${named}), or take out both`,
        })
    },
  },
]

const SHOWN = 20

/** The commands that name no plugin although the build copies what they make, where none of them names any. */
export function emptyLists({ installLists }: Workspace, desired: DesiredState): InstallList[] {
  if (installLists.some(({ names, problem }) => names.length > 0 || problem !== undefined)) return []
  // Sync is about to name one.
  if (desired.plugins.some(({ wanted }) => wanted.install)) return []
  return installLists.filter(({ behind }) => /\bpublic\/(plugins|registry-be\.json)/.test(behind))
}

/** A name of an install list with its place. */
interface InstalledName {
  name: string
  position: Position
  /** Names to put in its place; none takes it out. */
  replace: (names: readonly string[]) => Fix
}

/** The names of all lists. */
export function installNames({ installLists }: Workspace): InstalledName[] {
  return installLists.flatMap((list) =>
    list.names.map(({ name, start, end }, index) => ({
      name,
      position: positionAt(list.file, start),
      replace: (names) =>
        fixLater(() =>
          names.length === 0
            ? removeInstallNames(list, (_, each) => each === index)
            : [{ offset: start, length: end - start, content: renderNames(list, names) }],
        ),
    })),
  )
}

/** What stands for `all`: the plugins that have something to install and something that production loads. */
function expandAll(workspace: Workspace, replace: InstalledName['replace']): { fix?: Fix } {
  const listed = installNames(workspace).map(({ name }) => name)
  const names = workspace.plugins
    .filter((plugin) => plugin.kind === 'fullstack' && canBeOffered(plugin) && !listed.includes(plugin.name))
    .map(({ name }) => name)
  return names.length === 0 || !names.every(isSafeInShell) ? {} : { fix: replace(names) }
}

/**
 * What to declare where a plugin may have been renamed, as the end of a message: this one has no directory any more,
 * and exactly one with a browser side is listed nowhere.
 */
export function renamedHint({ plugins }: DesiredState, name: string): string {
  const unlisted = plugins.filter(({ plugin, today }) => canBeOffered(plugin) && !isOffered(today))
  const [only, ...more] = unlisted
  return only && more.length === 0
    ? `; if ${only.plugin.name} is what it is called now, declare \`renamed-from: ${name}\` for it`
    : ''
}

/** What to do about a name whose plugin is in a directory that nothing reads, or that is misspelt; empty for any other. */
export function misplacedHint(workspace: Workspace, name: string): string {
  const misspelt = workspace.plugins.find((plugin) => nameInFiles(workspace, plugin) === name)
  if (misspelt)
    return `there is no directory ${name}, but the files in ${misspelt.directory} have that name: rename the directory to ${name}`
  const directory = workspace.misplacedPlugins.find((plugin) => plugin.name === name)?.directory
  return directory === undefined
    ? ''
    : `${name} is in ${directory}, which nothing reads: move it to its place (plugin/misplaced)`
}

/** The plugin that was probably meant, as the end of a message. */
export function suggestion(name: string, names: Iterable<string>): string {
  const near = nearestPlugin(name, names)
  return near ? ` (did you mean ${near}?)` : ''
}
