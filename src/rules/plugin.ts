import { canBeOffered, isOffered } from '../declarations/desired.js'
import { layout } from '../workspace/layout.js'
import type { RepositoryRule } from './types.js'

/**
 * Reverse-domain: at least two parts of letters, digits, `-` and `_`. Tailchat splits urls at `/` to get a
 * plugin's name (mini-star, runtime/utils.js), and the name stands in a shell command, so nothing else is safe.
 */
const REVERSE_DOMAIN = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9][A-Za-z0-9_-]*)+$/

export const pluginRules: RepositoryRule[] = [
  {
    id: 'plugin/unreadable',
    title: 'A file of a plugin cannot be read',
    why: 'What cannot be read is not checked, and a build on another machine may not have it at all.',
    severity: 'error',
    *check({ workspace }) {
      for (const { path, plugin, reason } of workspace.unreadable)
        yield {
          ...(plugin && { plugin }),
          file: path,
          message: `${path} ${reason}: nothing in it was checked`,
        }
    },
  },
  {
    id: 'plugin/name-not-reverse-domain',
    title: 'The directory of a plugin is not a reverse-domain name',
    why: 'The name is the id of the plugin everywhere: in urls, service names and the install command. Without a domain of its own it can collide with another plugin, and characters such as / or a space break urls and commands.',
    severity: 'error',
    *check({ workspace }) {
      for (const plugin of workspace.plugins) {
        if (REVERSE_DOMAIN.test(plugin.name)) continue
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
    why: 'Nobody can install it: it is in no plugin registry file, not built in, and not in the install list.',
    severity: 'warning',
    *check({ desired }) {
      for (const { plugin, wanted, declared } of desired.plugins) {
        if (declared || isOffered(wanted) || !canBeOffered(plugin)) continue
        const list =
          plugin.kind === 'frontend'
            ? `${layout.registryJson} and ${layout.builtinTs}`
            : `the plugin:install list of ${layout.rootPackageJson} and ${layout.builtinTs}`
        yield {
          plugin: plugin.name,
          file: plugin.web?.manifest?.path ?? plugin.directory,
          message: `missing from ${list}: it is built, and nobody can install it; declare it in tailchat-plugins.yml with \`offer: registry\`, or with \`offer: hidden\` if that is meant`,
        }
      }
    },
  },
]
