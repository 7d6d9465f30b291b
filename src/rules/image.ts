import type { DesiredState, PluginState } from '../declarations/desired.js'
import type { PrintedError } from '../image/build-log.js'
import type { ImageContents } from '../proof/probe-result.js'
import { layout } from '../tailchat/layout.js'
import { at, type Problem, type Rule } from './types.js'

/** What the rules about a built image look at. */
export interface ImageSubject {
  desired: DesiredState
  /** The file that says which full-stack plugins are installed. */
  installListFile: string
  /** `undefined`: the probe could not read them, which is a failure of its own. */
  contents: ImageContents | undefined
  /** What the web client hands to bundles; `undefined` where it can't be read. */
  loaderModules: ReadonlySet<string> | undefined
  /** Empty where every step of the build came out of the cache. */
  printed: PrintedError[]
}

/** What an AMD loader gives without being asked (mini-star, the browser's runtime). */
const ALWAYS_THERE = ['require', 'exports', 'module']

/** Rules about what is in a built image: the failures that a build prints, if at all, and survives. */
export const imageRules: Rule<ImageSubject>[] = [
  {
    id: 'image/bundle-missing',
    title: 'The image has no bundle for a plugin that it offers',
    why: 'The gateway answers the request for it with 200 and a page of HTML, and the client waits in vain.',
    mend: 'Look for ✖ in the log of the build: the bundler prints why, and succeeds.',
    bad: 'server/dist/public/plugins/com.acme.tickets/ without index.js',
    good: 'server/dist/public/plugins/com.acme.tickets/index.js',
    severity: 'error',
    *check({ desired, contents }) {
      if (!contents) return
      for (const { plugin } of offered(desired)) {
        const bundle = contents.bundles.find(({ name }) => name === plugin.name)
        if (bundle?.files.some(({ file }) => file === 'index.js')) continue
        yield {
          ...placeOf(plugin),
          message: `the image has no plugins/${plugin.name}/index.js, though it offers the plugin: the client gets a page instead; the log of the build says why the bundler made none`,
        }
      }
    },
  },
  {
    id: 'image/bundle-of-another-name',
    title: 'A bundle in the image does not define the plugin whose name it has',
    why: 'The client waits for the plugin under its own name: loading it ends in "Eval Timeout".',
    mend: 'Make the name of the web package, of the directory and of the manifest the same.',
    bad: "definePlugin('@plugins/com.acme.other', …) in plugins/com.acme.tickets/index.js",
    good: "definePlugin('@plugins/com.acme.tickets', …) in plugins/com.acme.tickets/index.js",
    severity: 'error',
    *check({ desired, contents }) {
      if (!contents) return
      for (const { plugin } of offered(desired)) {
        const bundle = contents.bundles.find(({ name }) => name === plugin.name)
        const index = bundle?.files.find(({ file }) => file === 'index.js')
        if (!index || index.id === `@plugins/${plugin.name}`) continue
        yield {
          ...placeOf(plugin),
          message: `plugins/${plugin.name}/index.js in the image ${index.id === undefined ? 'defines no plugin' : `defines ${JSON.stringify(index.id)}`}; it must define "@plugins/${plugin.name}"`,
        }
      }
    },
  },
  {
    id: 'image/bundle-dependency',
    title: 'A bundle needs a module that the client does not have',
    why: 'The bundler turns an import that it can’t resolve into a dependency of the browser and warns at most: loading the plugin fails there.',
    mend: 'Add the package to the dependencies of the plugin, or to those that the client registers (client/web/src/plugin/loader.ts).',
    bad: "import dayjs from 'dayjs' // in no package.json",
    good: '"dependencies": { "dayjs": "^1.11.0" }',
    severity: 'error',
    *check({ desired, contents, loaderModules }) {
      if (!contents || !loaderModules) return
      for (const { plugin } of offered(desired)) {
        const bundle = contents.bundles.find(({ name }) => name === plugin.name)
        const files = bundle?.files ?? []
        const has = (dependency: string): boolean =>
          loaderModules.has(dependency) ||
          ALWAYS_THERE.includes(dependency) ||
          files.some(({ file }) => dependency === `./${file}` || `${dependency}.js` === `./${file}`)
        const missing = new Set(
          files.flatMap(({ dependencies }) => dependencies ?? []).filter((each) => !has(each)),
        )
        const gone = new Set(files.flatMap(({ lazy }) => lazy ?? []).filter((each) => !has(each)))
        for (const chunk of [...gone].sort())
          if (!missing.has(chunk))
            yield {
              ...placeOf(plugin),
              message: `the bundle asks for ${JSON.stringify(chunk)} later, which is not in the image: what should open then stays empty; files of two builds are mixed, most likely`,
            }
        for (const dependency of [...missing].sort())
          yield {
            ...placeOf(plugin),
            message: `the bundle needs ${JSON.stringify(dependency)}, which the client does not have (it has ${[...loaderModules].join(', ')}): loading the plugin fails in the browser; add it to the plugin's dependencies`,
          }
      }
    },
  },
  {
    id: 'image/registry-differs',
    title: 'The plugin registries in the image do not list what the repository says',
    why: 'Plugins that are gone are still offered, or new ones are not: the lists come from an older build, or the build changed them.',
    mend: 'Build from a clean checkout: server/public/registry-be.json and server/public/plugins are made by the build.',
    bad: 'registry-be.json lists com.acme.removed',
    good: 'registry-be.json lists exactly the plugins of plugin:install',
    severity: 'error',
    *check({ desired, installListFile, contents }) {
      if (!contents) return
      const lists = [
        { file: 'registry.json', source: layout.registryJson, found: contents.registry, place: 'registry' },
        {
          file: 'registry-be.json',
          source: installListFile,
          found: contents.backendRegistry,
          place: 'install',
        },
      ] as const
      for (const { file, source, found, place } of lists) {
        const wanted = desired.plugins.filter((state) => state.wanted[place]).map(({ plugin }) => plugin.name)
        if (!found) {
          if (wanted.length > 0)
            yield {
              file: source,
              message: `the image has no public/${file} with a list: none of its plugins is offered`,
            }
          continue
        }
        const known = new Set(desired.plugins.map(({ plugin }) => plugin.name))
        for (const name of wanted.filter((each) => !found.includes(each)))
          yield {
            plugin: name,
            file: source,
            message: `${name} is registered, and public/${file} of the image does not list it`,
          }
        // A hosted plugin stands in registry.json without a directory of its own; a base image brings its own plugins.
        const stale = found.filter(
          (each) =>
            !wanted.includes(each) && ((place === 'install' && !desired.pluginsOnly) || known.has(each)),
        )
        for (const name of stale)
          yield {
            plugin: name,
            file: source,
            message: `public/${file} of the image lists ${name}, which is not registered: the build took an older list along`,
          }
      }
    },
  },
  {
    id: 'image/server-config-missing',
    title: 'The image has no compiled server configuration',
    why: 'A file that imports from outside server/ moves the compiler’s output one level down: the build succeeds, and the server can’t start.',
    mend: 'Remove the import that leaves server/, or put what it needs into server/.',
    bad: "import { x } from '../../../client/shared' // in a service",
    good: "import { x } from 'tailchat-server-sdk'",
    severity: 'error',
    *check({ contents }) {
      if (contents && !contents.serverConfig)
        yield {
          file: 'server/tsconfig.json',
          message:
            'server/dist/moleculer.config.js is not in the image, so the server cannot start: most likely a file imports from outside server/, which moves the output to server/dist/server',
        }
    },
  },
  {
    id: 'build/printed-error',
    title: 'The build printed an error and went on',
    why: 'Tailchat’s build exits 0 when a bundle or a compilation fails: what it printed is the only sign.',
    mend: 'Mend what the line says.',
    bad: '✖ Bundle [com.acme.tickets] error',
    good: '✔ Bundle [com.acme.tickets] success',
    severity: 'error',
    *check({ desired, printed }) {
      for (const error of printed) {
        if (error.kind === 'diagnostic') continue
        const named = desired.plugins.find(({ plugin }) => error.line.includes(`[${plugin.name}]`))?.plugin
        yield {
          ...(named ? placeOf(named) : { file: 'Dockerfile' }),
          message: `the build printed "${error.line}" and went on`,
        }
      }
    },
  },
  {
    id: 'build/type-error',
    title: 'The compiler printed a type error in a plugin',
    why: 'The server’s build prints it and succeeds; what the compiler doubts may fail when it runs.',
    mend: 'Mend the type error, or say in the source why the compiler is wrong.',
    bad: 'const count: number = "many"',
    good: 'const count: number = 3',
    severity: 'warning',
    *check({ printed }) {
      for (const { kind, line, place } of printed)
        if (kind === 'diagnostic' && place)
          yield at(
            { file: `server/${place.file}`, line: place.line, column: place.column },
            { message: line.slice(line.indexOf('): ') + 3) },
          )
    },
  },
]

/** The plugins that some list offers to users. */
export function offered(desired: DesiredState): PluginState[] {
  return desired.plugins.filter(
    ({ plugin, wanted }) => plugin.web && (wanted.registry || wanted.install || wanted.builtin !== 'no'),
  )
}

/** Where a problem of a plugin's browser side is shown. */
export function placeOf(plugin: PluginState['plugin']): Pick<Problem, 'plugin' | 'file'> {
  return { plugin: plugin.name, file: plugin.web?.packageJson?.path ?? plugin.directory }
}
