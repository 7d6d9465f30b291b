import { canBeOffered } from '../declarations/desired.js'
import { nearestPlugin } from '../nearest.js'
import { isSafeInShell, removeInstallName } from '../sync/install-list.js'
import type { InstallList } from '../workspace/install-list.js'
import { stringAt } from '../workspace/json.js'
import { layout } from '../workspace/layout.js'
import { positionAt } from '../workspace/text.js'
import type { Workspace } from '../workspace/types.js'
import { at, type Fix, type RepositoryRule } from './types.js'

/** Rules about the names behind plugin:install in the root package.json. */
export const installListRules: RepositoryRule[] = [
  {
    id: 'install-list/unknown-plugin',
    title: 'plugin:install names a plugin that is not under server/plugins',
    why: 'The install script drops the name and succeeds: the plugin’s services run, and nobody can install it.',
    severity: 'error',
    mend: 'Correct the name, or take it out of the list.',
    bad: 'pnpm run plugin:install com.acme.tikets',
    good: 'pnpm run plugin:install com.acme.tickets',
    *check({ workspace }) {
      const server = new Set(
        workspace.plugins.filter(({ kind }) => kind !== 'frontend').map(({ name }) => name),
      )
      const frontend = new Set(
        workspace.plugins.filter(({ kind }) => kind === 'frontend').map(({ name }) => name),
      )
      for (const { name, position } of installNames(workspace)) {
        if (name === 'all' || server.has(name)) continue
        yield at(position, {
          plugin: name,
          message: frontend.has(name)
            ? `${name} is a frontend plugin: plugin:install drops it without a word; offer it in ${layout.registryJson} instead`
            : `there is no server/plugins/${name}${suggestion(name, server)}: plugin:install drops the name without a word`,
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
      for (const { name, position, entry, file } of installNames(workspace)) {
        if (name === 'all' && backend.size > 0)
          yield at(position, {
            message: `plugin:install all stops at the backend plugins ${[...backend].join(', ')}, which have no web part: name the full-stack plugins one by one`,
            ...expandAll(workspace, entry),
          })
        if (backend.has(name))
          yield at(position, {
            plugin: name,
            message: `${name} has no web part to install, and the build dies at it: take it out of the list (its services load without)`,
            fix: { edits: [removeInstallName(file, entry)] },
          })
      }
    },
  },
  {
    id: 'install-list/empty',
    title: 'plugin:install is run without a name',
    why: 'It prints how it is used and succeeds; the build dies later, when it copies bundles that nobody made.',
    severity: 'error',
    mend: 'Name the full-stack plugins, or take out the command together with the copying behind it.',
    bad: 'pnpm run plugin:install && cp -r ./public/plugins ./dist/public',
    good: 'pnpm run plugin:install com.acme.tickets && cp -r ./public/plugins ./dist/public',
    *check({ workspace: { rootPackage }, desired }) {
      const list = rootPackage?.installList
      if (!rootPackage || !list || list.names.length > 0) return
      // Sync is about to name one.
      if (desired.plugins.some(({ wanted }) => wanted.install)) return
      const script = stringAt(rootPackage.value, 'scripts', list.script) ?? ''
      const behind = script.slice(script.indexOf('plugin:install'))
      if (!/\bpublic\/(plugins|registry-be\.json)/.test(behind)) return
      yield at(positionAt(rootPackage, list.commandEnd), {
        message: `plugin:install in ${JSON.stringify(list.script)} names no plugin, so it makes no public/plugins, and the build dies where the script copies that: name a full-stack plugin, or take out both`,
      })
    },
  },
]

/** The names of the list with their places. */
export function installNames({ rootPackage: file }: Workspace) {
  const names = file?.installList?.names ?? []
  return file
    ? names.map((entry) => ({ name: entry.name, position: positionAt(file, entry.start), entry, file }))
    : []
}

/** What stands for `all`: the plugins that have something to install and something that production loads. */
function expandAll(workspace: Workspace, all: InstallList['names'][number]): { fix?: Fix } {
  const listed = workspace.rootPackage?.installList?.names.map(({ name }) => name) ?? []
  const names = workspace.plugins
    .filter((plugin) => plugin.kind === 'fullstack' && canBeOffered(plugin) && !listed.includes(plugin.name))
    .map(({ name }) => name)
  if (names.length === 0 || !names.every(isSafeInShell)) return {}
  return { fix: { edits: [{ offset: all.start, length: all.end - all.start, content: names.join(' ') }] } }
}

/** The plugin that was probably meant, as the end of a message. */
export function suggestion(name: string, names: Iterable<string>): string {
  const near = nearestPlugin(name, names)
  return near ? ` (did you mean ${near}?)` : ''
}
