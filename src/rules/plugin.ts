import { canBeOffered, isOffered } from '../declarations/desired.js'
import { installListFile } from '../registrations/install-list.js'
import { layout, PLUGIN_NAME, type PluginKind } from '../tailchat/layout.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { emptyLists } from './install-list.js'
import { at, type RepositoryRule } from './types.js'
import { renamedWebParts } from '../workspace/web-part.js'

/** Where a plugin belongs that is in the directory for the other kinds; `undefined`: where it is, as far as can be told. */
function rightPlace({ directory, files }: Plugin): { directory: string; holds: string } | undefined {
  const has = (pattern: RegExp): boolean => files.some((file) => pattern.test(file))
  const isWeb = has(/^manifest\.json$/)
  const isServer = has(/^(?:services\/[^/]+\.service\.[jt]sx?|web\/plugins\/[^/]+\/manifest\.json)$/)
  if (isWeb === isServer) return undefined
  if (isWeb && directory.startsWith(`${layout.serverPlugins}/`))
    return { directory: layout.frontendPlugins, holds: 'a frontend plugin' }
  if (isServer && directory.startsWith(`${layout.frontendPlugins}/`))
    return { directory: layout.serverPlugins, holds: 'the services or the web part of a server plugin' }
  return undefined
}

export const pluginRules: RepositoryRule[] = [
  {
    id: 'plugin/unreadable',
    title: 'A file of a plugin cannot be read',
    why: 'What cannot be read is not checked, and a build on another machine may not have it at all.',
    severity: 'error',
    mend: 'Make it a readable UTF-8 file inside of the repository.',
    bad: 'client/web/plugins/com.acme.theme -> /home/me/theme',
    good: 'client/web/plugins/com.acme.theme/manifest.json',
    *check({ workspace }) {
      for (const { path, plugin, reason, position, isSource } of workspace.unreadable)
        yield {
          file: path,
          ...position,
          ...(plugin && { plugin }),
          // The compiler takes any bytes, and most such files hold them in comments.
          ...(isSource && { severity: 'notice' }),
          message: position
            ? `${path} ${reason}: what it says is shown with � in that place; save it as UTF-8 (the rest of it was checked)`
            : `${path} ${reason}: nothing in it was checked`,
        }
    },
  },
  {
    id: 'plugin/misplaced',
    title: 'A plugin is in a directory that nothing reads',
    why: 'No build compiles it and no list offers it: the image is made without it, and nothing says so.',
    severity: 'warning',
    mend: 'Move it to client/web/plugins/ (frontend) or server/plugins/ (backend and full-stack).',
    bad: 'server/plugin/com.acme.audit/',
    good: 'server/plugins/com.acme.audit/',
    *check({ workspace: { misplacedPlugins, plugins, pluginsOnly } }) {
      for (const plugin of plugins) {
        const place = rightPlace(plugin)
        if (place !== undefined)
          yield {
            plugin: plugin.name,
            file: plugin.directory,
            message: `${plugin.directory} holds ${place.holds}, which nothing reads there: move it to ${place.directory}/${plugin.name}`,
          }
      }
      for (const { name, directory } of misplacedPlugins)
        yield {
          plugin: name,
          file: directory,
          message: `${directory} is read by nothing, so ${name} is in no image: move it to ${pluginsOnly ? `${layout.ownPlugins}/${name}` : `${layout.frontendPlugins}/${name} if it is a frontend plugin, else to ${layout.serverPlugins}/${name}`}`,
        }
    },
  },
  {
    id: 'plugin/submodule-missing',
    title: 'The files of a plugin are in a submodule that was not checked out',
    why: 'Its directory is empty, so the image is built without it.',
    severity: 'error',
    mend: 'Check out with `submodules: true`, or run `git submodule update --init`.',
    bad: `- uses: actions/checkout@v4`,
    good: `- uses: actions/checkout@v4
  with:
    submodules: true`,
    *check({ workspace: { missingSubmodules } }) {
      for (const { name, path, position } of missingSubmodules)
        yield at(position, {
          plugin: name,
          message: `${path} is a submodule that was not checked out, so nothing of ${name} was looked at: set \`submodules: true\` at actions/checkout, or run \`git submodule update --init\``,
        })
    },
  },
  {
    id: 'plugin/name-not-reverse-domain',
    title: 'The directory of a plugin is not a reverse-domain name',
    why: 'The name is the id of the plugin everywhere: in urls, service names and the install command. Without a domain of its own it can collide with another plugin, and characters such as / or a space break urls and commands.',
    severity: 'error',
    blocksSync: true,
    mend: 'Rename the directory, the manifest’s name and the package’s name together.',
    bad: 'client/web/plugins/my theme/',
    good: 'client/web/plugins/com.acme.theme/',
    *check({ workspace }) {
      for (const plugin of workspace.plugins) {
        if (PLUGIN_NAME.test(plugin.name)) continue
        yield {
          plugin: plugin.name,
          file: plugin.directory,
          message: `the directory is named ${JSON.stringify(plugin.name)}; a plugin's name is a reverse domain of letters, digits, - and _, such as com.example.tickets: rename the directory, the manifest's name and the package's name together`,
        }
      }
    },
  },
  {
    id: 'plugin/duplicate-name',
    title: 'Two plugins have the same name',
    why: 'Both are built into the same directory of the image, so one overwrites the other.',
    severity: 'error',
    mend: 'Rename one of the two, or remove it.',
    bad: `client/web/plugins/com.acme.tickets/
server/plugins/com.acme.tickets/web/`,
    good: `client/web/plugins/com.acme.theme/
server/plugins/com.acme.tickets/web/`,
    *check({ workspace }) {
      const seen = new Map<string, string>()
      for (const plugin of workspace.plugins) {
        // A backend plugin is built to another place, and serves the frontend plugin of its name.
        if (!plugin.web) continue
        const first = seen.get(plugin.name)
        if (first === undefined) seen.set(plugin.name, plugin.directory)
        else
          yield {
            plugin: plugin.name,
            file: plugin.directory,
            message: `${first} has the same name: both are built to plugins/${plugin.name}, and one overwrites the other; rename or remove one`,
          }
      }
    },
  },
  {
    id: 'plugin/not-offered',
    title: 'A plugin is built but offered nowhere',
    why: 'No one can install it: it is in no plugin registry file, not built in, and not in the install list.',
    severity: 'warning',
    mend: 'Declare the plugin in tailchat-plugins.yml, then run sync.',
    bad: 'plugins: {}',
    good: `plugins:
  com.acme.theme:
    offer: registry # or hidden, if that is meant`,
    *check({ workspace, desired }) {
      const isListEmpty = emptyLists(workspace, desired).length > 0
      for (const { plugin, wanted, declared } of desired.plugins) {
        if (declared || isOffered(wanted) || !canBeOffered(plugin)) continue
        // A list that names none is one finding too.
        if (isListEmpty && plugin.kind === 'fullstack') continue
        // A list that can't be read is one finding, not one for each plugin that it may hold.
        if (!listsAreReadable(workspace, plugin.kind)) continue
        const list = workspace.pluginsOnly
          ? 'the declarations'
          : plugin.kind === 'frontend'
            ? `${layout.registryJson} and ${layout.builtinTs}`
            : `the plugin:install list of ${installListFile(workspace.installLists)} and ${layout.builtinTs}`
        yield {
          plugin: plugin.name,
          file: plugin.web?.manifest?.path ?? plugin.directory,
          message: `missing from ${list}: it is built, and no one can install it; declare it in tailchat-plugins.yml with \`offer: registry\`, or with \`offer: hidden\` if that is meant`,
        }
      }
    },
  },
  {
    id: 'plugin/web-name-mismatch',
    title: 'The web part of a plugin has another name than the plugin',
    why: 'The install script reads web/plugins/NAME/manifest.json, and the build stops when it is not there.',
    severity: 'error',
    mend: 'Rename the directory below web/plugins, its manifest’s name and its package’s name to the plugin’s name.',
    bad: 'server/plugins/com.acme.tickets/web/plugins/com.acme.ticket/',
    good: 'server/plugins/com.acme.tickets/web/plugins/com.acme.tickets/',
    *check({ workspace }) {
      for (const plugin of workspace.plugins) {
        const others = renamedWebParts(plugin)
        if (others.length === 0) continue
        yield {
          plugin: plugin.name,
          file: `${plugin.directory}/web/plugins/${others[0]}`,
          message: `web/plugins holds ${others.join(', ')} and not ${plugin.name}: the install script reads web/plugins/${plugin.name}/manifest.json, and the build stops; rename the directory`,
        }
      }
    },
  },
  {
    id: 'plugin/ignored-by-git',
    title: 'Git ignores a source file of a plugin',
    why: 'The file is here and in no checkout of the repository: what imports it breaks in CI only.',
    severity: 'warning',
    mend: 'Give the directory another name than data, dist or logs, or add the file with `git add --force`.',
    bad: 'server/plugins/com.acme.tickets/data/prices.ts',
    good: 'server/plugins/com.acme.tickets/prices/prices.ts',
    *check({ workspace }) {
      for (const path of workspace.ignored) {
        const plugin = workspace.plugins.find(({ directory }) => path.startsWith(`${directory}/`))
        yield {
          ...(plugin && { plugin: plugin.name }),
          file: path,
          message: `git ignores ${path.slice(path.lastIndexOf('/') + 1)}, so that a checkout does not have it: move it out of the ignored directory, or add it with git add --force`,
        }
      }
    },
  },
]

/** Whether the lists that may offer a plugin of this kind could be read; one that is not there is read. */
function listsAreReadable(
  { registry, builtin, rootPackage, installLists }: Workspace,
  kind: PluginKind,
): boolean {
  if (builtin?.list.understood === false) return false
  if (kind === 'frontend') return !registry || Array.isArray(registry.value)
  return !rootPackage?.problem && installLists.every(({ problem }) => problem === undefined)
}
