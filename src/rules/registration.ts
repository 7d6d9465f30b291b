import { outdatedFields } from '../sync/outdated.js'
import { asObject, positionInJson } from '../formats/json.js'
import { canonicalUrl, isHostedElsewhere, layout } from '../tailchat/layout.js'
import { positionAt } from '../lib/text.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { entriesOf, type Entry } from './entries.js'
import { installNames, misplacedHint, renamedHint, suggestion } from './install-list.js'
import { at, fixLater, type RepositoryRule } from './types.js'

/** Rules about the files that register plugins, and their entries. */
export const registrationRules: RepositoryRule[] = [
  {
    id: 'registration/unreadable',
    title: 'A registration file cannot be understood',
    why: 'Tailchat copies registry.json into the image as it is: a client that cannot parse it shows a broken plugin store.',
    severity: 'error',
    mend: 'Make registry.json a JSON array, keep `builtinPlugins` an array or a call with an array, and write out the names behind plugin:install.',
    bad: 'export const builtinPlugins = [...official].concat(ours)',
    good: 'export const builtinPlugins = _compact([...official, ...ours])',
    *check({ workspace: { registry, rootPackage, installLists, builtin } }) {
      if (registry?.problem)
        yield at(registry.problem.position, {
          message: `not valid JSON: ${registry.problem.message}; the client would get a broken plugin store`,
        })
      else if (registry && !Array.isArray(registry.value))
        yield at(positionInJson(registry, []), { message: 'the plugin registry must be a JSON array' })
      if (rootPackage?.problem)
        yield at(rootPackage.problem.position, { message: `not valid JSON: ${rootPackage.problem.message}` })
      for (const { file, commandEnd, problem } of installLists)
        if (problem !== undefined)
          yield at(positionAt(file, commandEnd), {
            message: `the names behind plugin:install cannot be told: ${problem}; write them out behind it`,
          })
      if (builtin && !builtin.list.understood)
        yield {
          file: builtin.path,
          line: 1,
          column: 1,
          message: `the built-in plugins cannot be read: ${builtin.list.reason}`,
        }
    },
  },
  {
    id: 'registration/entry-without-plugin',
    title: 'A registration names a plugin that is not there',
    why: 'The client loads a page instead of a bundle; for a built-in plugin every user sees the error.',
    severity: 'error',
    mend: 'Remove the entry, or add the plugin.',
    bad: '[{ "name": "com.acme.gone", "url": "/plugins/com.acme.gone/index.js" }]',
    good: '[]',
    *check({ workspace, desired }) {
      const names = pluginNames(workspace)
      const renamed = new Set(desired.plugins.map(({ renamedFrom }) => renamedFrom))
      for (const { name, url, position, remove } of entriesOf(workspace)) {
        if (name === undefined || names.has(name) || renamed.has(name) || isAbsolute(url)) continue
        const misplaced = misplacedHint(workspace, name)
        const near = suggestion(name, names)
        // A slip of the pen, or an entry whose url is of another plugin: it may be that one which is meant.
        const isUnclear =
          misplaced !== '' || near !== '' || [...names].some((each) => url?.includes(`/plugins/${each}/`))
        yield at(position('name'), {
          plugin: name,
          message:
            misplaced ||
            `there is no plugin ${JSON.stringify(name)}${near}: remove the entry, or add the plugin${renamedHint(desired, name)}`,
          ...(!isUnclear && { fix: fixLater(remove) }),
        })
      }
    },
  },
  {
    id: 'registration/url-not-canonical',
    title: 'The url of a registration does not point at the plugin’s own bundle',
    why: 'The client loads another plugin’s bundle, or none. What it takes from registry.json it uses as it stands: there `{BACKEND}` is not replaced.',
    severity: 'error',
    mend: 'Set `url` to `/plugins/NAME/index.js`; in builtin.ts with `{BACKEND}` before it for a full-stack plugin.',
    bad: '// client/web/registry.json\n{ "name": "com.acme.theme", "url": "{BACKEND}/plugins/com.acme.theme/index.js" }',
    good: '// client/web/registry.json\n{ "name": "com.acme.theme", "url": "/plugins/com.acme.theme/index.js" }',
    *check({ workspace }) {
      for (const { entry, expected } of misdirected(workspace)) {
        const { url, name, position, set } = entry
        yield at(position('url'), {
          plugin: name ?? '',
          message:
            url === undefined
              ? `"url" is missing: add ${JSON.stringify(expected)}, or the client asks for a file named "undefined"`
              : `url is ${JSON.stringify(url)}; in ${entry.file} it is ${JSON.stringify(expected)}, or the client loads something else or nothing`,
          // Another host is meant; only its owner knows the path.
          ...(!/^https?:/.test(url ?? '') && set && { fix: fixLater(() => set('url', expected)) }),
        })
      }
    },
  },
  {
    id: 'registration/url-without-backend',
    title: 'The url of a built-in full-stack plugin does not begin with {BACKEND}',
    why: 'The bundle is served by the server: where the web client is hosted on another origin, it asks that origin in vain, and every user sees the error.',
    severity: 'warning',
    mend: 'Put `{BACKEND}` before the path; the client replaces it by the server’s address.',
    bad: `// client/web/src/plugin/builtin.ts\n{ name: 'com.acme.tickets', url: '/plugins/com.acme.tickets/index.js' }`,
    good: `// client/web/src/plugin/builtin.ts\n{ name: 'com.acme.tickets', url: '{BACKEND}/plugins/com.acme.tickets/index.js' }`,
    *check({ workspace }) {
      const plugins = webPluginsByName(workspace)
      for (const { name, url, place, position, set } of entriesOf(workspace)) {
        const plugin = plugins.get(name ?? '')
        if (place !== 'builtin' || plugin?.kind !== 'fullstack') continue
        if (url !== canonicalUrl('frontend', plugin.name)) continue
        yield at(position('url'), {
          plugin: plugin.name,
          message: `url is ${JSON.stringify(url)}; the server holds the bundle of a full-stack plugin, so write "{BACKEND}${url}": without it nothing loads where the client has another origin`,
          ...(set && { fix: fixLater(() => set('url', canonicalUrl('fullstack', plugin.name))) }),
        })
      }
    },
  },
  {
    id: 'registration/duplicate-entry',
    title: 'A plugin is listed twice',
    why: 'The plugin store shows two cards for it, the client ignores one of two built-in entries, and the install script is given work twice.',
    severity: 'warning',
    mend: 'Remove the later entry; a full-stack plugin belongs in plugin:install, not in registry.json.',
    bad: 'pnpm run plugin:install com.acme.tickets com.acme.polls com.acme.tickets',
    good: 'pnpm run plugin:install com.acme.tickets com.acme.polls',
    *check({ workspace, desired }) {
      const message = (name: string): string => `the list names ${name} already: remove this entry`
      const seen = new Set<string>()
      const installed = new Set(
        desired.plugins
          // One that is declared is taken out of registry.json anyway.
          .filter(
            ({ plugin, today, wanted }) => plugin.kind === 'fullstack' && today.install && wanted.registry,
          )
          .map(({ plugin }) => plugin.name),
      )
      for (const { name, place, isConditional, position, remove } of entriesOf(workspace)) {
        // Of two conditions at most one may hold.
        if (name === undefined || isConditional) continue
        if (seen.has(`${place} ${name}`))
          yield at(position('name'), { plugin: name, message: message(name), fix: fixLater(remove) })
        else if (place === 'registry' && installed.has(name))
          yield at(position('name'), {
            plugin: name,
            message: `plugin:install offers ${name} already, and the plugin store would show it twice: remove this entry`,
            fix: fixLater(remove),
          })
        seen.add(`${place} ${name}`)
      }
      for (const { name, position, replace } of installNames(workspace)) {
        if (seen.has(`install ${name}`))
          yield at(position, { plugin: name, message: message(name), fix: replace([]) })
        seen.add(`install ${name}`)
      }
    },
  },
  {
    id: 'registration/entry-without-effect',
    title: 'A plugin that is built in is listed in registry.json too',
    why: 'The plugin store hides what is built in (client/web/src/plugin/PluginStore): the entry is never seen, and later edits of it change nothing.',
    severity: 'notice',
    mend: 'Remove the entry of registry.json, or declare `offer: [registry, builtin]` if it is to stay.',
    bad: `// client/web/registry.json
[{ "name": "com.acme.theme", … }]
// client/web/src/plugin/builtin.ts
export const builtinPlugins = [{ name: 'com.acme.theme', … }]`,
    good: `// client/web/registry.json
[]
// client/web/src/plugin/builtin.ts
export const builtinPlugins = [{ name: 'com.acme.theme', … }]`,
    *check({ workspace, desired }) {
      const builtIn = new Set(
        desired.plugins.flatMap(({ plugin, today, wanted, declared }) =>
          // What is declared is meant, or taken out anyway.
          plugin.kind === 'frontend' && !declared && today.builtin === 'yes' && wanted.registry
            ? plugin.name
            : [],
        ),
      )
      for (const { name, place, position, remove } of entriesOf(workspace))
        if (place === 'registry' && name !== undefined && builtIn.has(name))
          yield at(position('name'), {
            plugin: name,
            message: `${name} is built in for everyone (${layout.builtinTs}), and the plugin store hides what is built in: this entry has no effect; remove it`,
            fix: fixLater(remove),
          })
    },
  },
  {
    id: 'registration/manifest-differs',
    title: 'A registration says something else than the plugin’s manifest',
    why: 'Users see what the registration says: an old version, description or picture, or no word of the restart that the plugin needs.',
    severity: 'warning',
    mend: 'Copy the field from the manifest, or run sync with fix.',
    bad: '// registry.json, while the manifest says 2.0.0\n{ "name": "com.acme.theme", "version": "1.0.0" }',
    good: '// registry.json\n{ "name": "com.acme.theme", "version": "2.0.0" }',
    *check({ workspace, desired }) {
      const plugins = webPluginsByName(workspace)
      // These sync makes equal, and says so.
      const refreshed = new Set(desired.plugins.filter(({ refresh }) => refresh).map(({ plugin }) => plugin))
      for (const entry of entriesOf(workspace)) {
        const plugin = plugins.get(entry.name ?? '')
        if (plugin && refreshed.has(plugin) && !entry.isConditional) continue
        const manifest = asObject(plugin?.web?.manifest?.value)
        // The manifest of another plugin would differ in everything: its name is one finding, and enough.
        if (!plugin || !manifest || manifest['name'] !== plugin.name || !entry.fields) continue
        const { set } = entry
        for (const { field, here, there } of outdatedFields(workspace, plugin, entry.fields)) {
          yield at(entry.position(field), {
            plugin: plugin.name,
            message: `${JSON.stringify(field)} is ${shown(here)} here and ${shown(there)} in ${plugin.web?.manifest?.path}: make them equal`,
            ...(set && { fix: fixLater(() => set(field, there)) }),
          })
        }
      }
    },
  },
  {
    id: 'registration/left-by-a-build',
    title: 'An earlier build has left a plugin that would be offered again',
    why: 'The install script adds to server/public/registry-be.json and takes nothing out; the image gets the file as it is here, and offers a plugin that it does not hold.',
    severity: 'warning',
    mend: 'Delete server/public/registry-be.json and server/public/plugins, or name server/public in .dockerignore.',
    bad: '// server/public/registry-be.json, while plugin:install does not name it\n[{ "name": "com.acme.gone" }]',
    good: '# .dockerignore\nserver/public/plugins\nserver/public/registry-be.json',
    *check({ workspace }) {
      const { builtRegistry, dockerIgnore, installLists } = workspace
      if (!builtRegistry || dockerIgnore?.keepsOut(builtRegistry.path)) return
      if (installLists.length === 0 || installLists.some(({ problem }) => problem !== undefined)) return
      const installed = installNames(workspace).map(({ name }) => name)
      for (const { name, index } of builtRegistry.entries) {
        if (name === undefined || installed.includes(name) || installed.includes('all')) continue
        yield at(positionInJson(builtRegistry, [index, 'name']), {
          plugin: name,
          message: `plugin:install does not name ${name}, and an image that is built from this directory offers it all the same: delete ${builtRegistry.path}`,
        })
      }
    },
  },
  {
    id: 'registration/dockerignore-not-read',
    title: 'A line of .dockerignore is not understood',
    why: 'What the line keeps out of the image counts as part of it: strategy `auto` then builds in full where an overlay would do. Docker’s own reading of the line is not changed by that.',
    severity: 'notice',
    mend: 'Write the line with fewer wildcards, as several lines if need be.',
    bad: '# .dockerignore\n**/*.*.*.*.map',
    good: '# .dockerignore\n**/*.map',
    *check({ workspace: { dockerIgnore } }) {
      if (!dockerIgnore) return
      const [first] = dockerIgnore.problems
      if (!first) return
      const others = dockerIgnore.problems.length - 1
      const more = others === 0 ? '' : ` (and so ${others} more of its lines)`
      yield {
        file: dockerIgnore.path,
        line: first.line,
        column: 1,
        message: `this line is not understood${more}, since ${first.reason}: what it may keep out counts as part of the image`,
      }
    },
  },
]

/** The plugins that have a browser side, the first of each name; there may be a backend plugin of the same name. */
function webPluginsByName({ plugins }: Workspace): ReadonlyMap<string, Plugin> {
  const byName = new Map<string, Plugin>()
  for (const plugin of plugins) if (plugin.web && !byName.has(plugin.name)) byName.set(plugin.name, plugin)
  return byName
}

/** Entries whose url is not that of their plugin's bundle, with what it has to be in their file. */
function* misdirected(workspace: Workspace): Generator<{ entry: Entry; expected: string }> {
  const plugins = webPluginsByName(workspace)
  for (const entry of entriesOf(workspace)) {
    const plugin = plugins.get(entry.name ?? '')
    if (!plugin || plugin.kind === 'backend') continue
    const isComputed = entry.url === undefined && (!entry.fields || entry.fields.has('url'))
    if (isComputed && entry.place === 'builtin') continue
    const plain = canonicalUrl('frontend', plugin.name)
    const expected = entry.place === 'registry' ? plain : canonicalUrl(plugin.kind, plugin.name)
    const isWithoutBackend = plugin.kind === 'fullstack' && entry.url === plain
    if (entry.url === expected || isWithoutBackend) continue
    if (entry.url !== undefined && isHostedElsewhere(entry.url, plugin.name)) continue
    yield { entry, expected }
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function pluginNames(workspace: Workspace): ReadonlySet<string> {
  return new Set(workspace.plugins.map(({ name }) => name))
}

/** A plugin that is hosted elsewhere needs no directory here. */
function isAbsolute(url: string | undefined): boolean {
  return url !== undefined && /^https?:\/\//.test(url)
}
