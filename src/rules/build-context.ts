import { posix } from 'node:path'
import { isOffered, type PluginState } from '../declarations/desired.js'
import type { DockerIgnore } from '../formats/dockerignore.js'
import { stringAt } from '../formats/json.js'
import { listed } from '../lib/wording.js'
import { relativeImports } from '../source/imports.js'
import { linkedFile } from '../workspace/links.js'
import type { Plugin } from '../workspace/types.js'
import { isTestOrScript } from './service.js'
import type { RepositoryRule } from './types.js'

/** Rules about what of the repository reaches the build of its image. */
export const buildContextRules: RepositoryRule[] = [
  {
    id: 'plugin/kept-out',
    title: 'A line of .dockerignore keeps a file out of the image that a plugin needs',
    why: 'The file is in the repository and not in the build: what imports it is not bundled or throws in the image, a page of the application is served instead of a document or an icon, and a plugin that is kept out as a whole is missing without a message.',
    severity: 'error',
    mend: 'Make the line match less, or add an exception (`!…`) after it.',
    bad: `# .dockerignore; a service imports server/plugins/com.acme.tickets/logs/format.ts
**/logs`,
    good: `# .dockerignore
logs`,
    *check({ workspace: { dockerIgnore, pluginsOnly }, desired }) {
      // Where only plugins are in the repository, the overlay's context has no .dockerignore.
      if (!dockerIgnore || pluginsOnly) return
      const lines = new Map<number, KeptOut[]>()
      for (const state of desired.plugins)
        for (const kept of keptOut(dockerIgnore, state)) {
          const line = dockerIgnore.lineFor(`${state.plugin.directory}/${kept.path}`) ?? 1
          const others = lines.get(line)
          if (others) others.push(kept)
          else lines.set(line, [kept])
        }
      for (const [line, kept] of lines) {
        const plugins = [...new Set(kept.map(({ plugin }) => plugin.name))]
        yield {
          ...(plugins.length === 1 && { plugin: plugins[0] }),
          file: dockerIgnore.path,
          line,
          column: 1,
          message: `this line keeps out of the image ${listed(kept.map(described))}: make it match less, or add an exception after it`,
        }
      }
    },
  },
]

interface KeptOut {
  plugin: Plugin
  /** Relative to the plugin's directory. */
  path: string
  what: string
}

function described({ plugin, path, what }: KeptOut): string {
  return what === ALL
    ? `${plugin.directory} (${plugin.name} as a whole)`
    : `${plugin.directory}/${path} (${what})`
}

const ALL = 'all'

/** What the build needs of a plugin and does not get. */
function keptOut(ignore: DockerIgnore, state: PluginState): KeptOut[] {
  const { plugin } = state
  const { directory, files } = plugin
  const missing = new Set(files.filter((file) => ignore.keepsOut(`${directory}/${file}`)))
  const [first] = missing
  if (first === undefined) return []
  if (missing.size === files.length) return isMissed(state) ? [{ plugin, path: first, what: ALL }] : []
  return [...neededFiles(plugin, missing)]
    .filter(([path]) => missing.has(path))
    .map(([path, what]) => ({ plugin, path, what }))
}

/** Whether the plugin is offered or loaded: any other may be kept out on purpose. */
function isMissed({ plugin, wanted, expectServices }: PluginState): boolean {
  return (
    isOffered(wanted) || (expectServices && plugin.services.some(({ loadedIn }) => loadedIn === 'production'))
  )
}

/** The files that a build needs, relative to the plugin's directory, each once, with what for. */
function neededFiles(plugin: Plugin, missing: ReadonlySet<string>): Map<string, string> {
  const needed = new Map<string, string>()
  const names = new Set(plugin.files)
  const add = (path: string | undefined, what: string): void => {
    if (path !== undefined && !needed.has(path)) needed.set(path, what)
  }
  const relative = (path: string): string => posix.relative(plugin.directory, path)
  const { web } = plugin
  for (const { path, loadedIn } of plugin.services)
    if (loadedIn === 'production') add(relative(path), 'a service')
  if (web) {
    add(web.packageJson && relative(web.packageJson.path), 'how it is bundled')
    add(plugin.packageJson && relative(plugin.packageJson.path), 'how it is bundled')
    add(plugin.ministarConfig && relative(plugin.ministarConfig.path), 'how it is bundled')
    if (plugin.kind === 'fullstack') add(web.manifest && relative(web.manifest.path), 'what it is offered as')
    const main = stringAt(web.packageJson?.value, 'main')
    add(main && relative(posix.join(web.directory, main)), 'its entry')
    for (const [field, what] of [
      ['icon', 'its icon'],
      ['documentUrl', 'its document'],
    ] as const) {
      const link = linkedFile(plugin, field)
      add(link && relative(`${web.directory}/${link}`), what)
    }
  }
  for (const file of plugin.sources) {
    const from = relative(file.path)
    // A file that is left out itself imports nothing in the image; nor does a test.
    if (missing.has(from) || isTestOrScript(from)) continue
    for (const { specifier } of relativeImports(file)) {
      const [path = ''] = specifier.split('?', 1)
      const target = posix.join(posix.dirname(from), path).replace(/\/$/, '')
      add(
        ENDINGS.map((ending) => target + ending).find((each) => names.has(each)),
        `which ${from} imports`,
      )
    }
  }
  return needed
}

/** What the compiler and the bundler add to a path without an ending, in their order. */
const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.json',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.jsx',
]
