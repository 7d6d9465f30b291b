import { originalPlace } from '../../formats/source-map.js'
import type { PageResult, Thrown } from './page-result.js'
import { ORIGIN, pluginOfUrl, readPublicFile } from './site.js'

/** What is wrong with a plugin, or a chunk of it, as the browser showed it. */
export interface Fault {
  cause: FaultCause
  /** What was thrown, or the name that the cause is about; from the page, so untrusted. */
  detail: string
  /** Where, in what the image serves: a path such as `/plugins/NAME/index.js`, line and column from 1. */
  at?: ServedPlace
  /** The same in the source, as far as the source map next to it tells; the path as it comes out of that, such as `/plugins/NAME/src/index.tsx`. */
  source?: ServedPlace
  /** It evaluates by itself, and does not next to this one; empty: next to all others. */
  damagedBy?: string
}

interface ServedPlace {
  path: string
  line: number
  column: number
}

export type FaultCause =
  /** Its code, or that of a module that it needs, threw while it was evaluated. */
  | 'threw'
  /** It needs a module that the client does not have (`detail`). */
  | 'unregistered-module'
  /** It needs a file that is not there (`detail`). */
  | 'missing-file'
  /** It needs another plugin (`detail`) that fails itself. */
  | 'dependency-fails'
  /** Its script defines other names (`detail`), or none. */
  | 'other-name'
  /** Its script does not run to its end: a syntax error, or an exception outside of `definePlugin`. */
  | 'script-fails'
  /** Its script could not be loaded, or that of a module that it needs (`detail`) defines another one. */
  | 'not-loaded'
  /** The client waits for it, or for what it depends on (`detail`), and would do so for ever. */
  | 'never-ready'
  /** The page gave no answer any more while it was evaluated. */
  | 'hangs'
  | 'crashes'
  /** It takes the page to another address. */
  | 'leaves-page'
  /** It evaluates, and the client shows nothing. */
  | 'blocks-page'

/** The id under which the client knows the module of a file of a plugin (mini-star). */
export function moduleId(plugin: string, file = 'index.js'): string {
  return file === 'index.js' ? `@plugins/${plugin}` : `@plugins/${plugin}/${file}`
}

/** The plugin to which a module belongs; `undefined` for one of the client. */
export function pluginOfModule(id: string): string | undefined {
  return /^@plugins\/([^/]+)/.exec(id)?.[1]
}

/** What is wrong with a module that was asked for; `undefined` where it evaluates. */
export function faultOf(plugin: string, file: string, page: PageResult): Fault | undefined {
  const id = moduleId(plugin, file)
  const verdict = page.verdicts.get(id)
  if (page.verdicts.has(id) && verdict === undefined) return undefined
  const thrown = page.threw.get(id)
  if (thrown) return { cause: 'threw', detail: thrown.message, ...placeIn(thrown, plugin) }
  const unregistered = /^\[([^\]]*)\] Cannot load, please checkout your code/.exec(verdict?.message ?? '')
  if (unregistered) return { cause: 'unregistered-module', detail: unregistered[1] ?? '' }
  const own = page.defined.filter(({ script }) => script.startsWith(scriptUrl(plugin, file)))
  const needed = new Set([file, ...page.defined.filter((each) => each.id === id).flatMap(filesOf)])
  const missing = page.missing.find((path) =>
    [...needed].some((each) => scriptUrl(plugin, each) === `${ORIGIN}${path}`),
  )
  if (missing !== undefined) return { cause: 'missing-file', detail: missing }
  const others = own.map((each) => each.id).filter((each) => each !== id)
  if (own.length === others.length && others.length > 0)
    return { cause: 'other-name', detail: others.join(', ') }
  const exception = page.exceptions.find(({ url }) => url.startsWith(scriptUrl(plugin, file)))
  if (exception && own.length === 0) {
    const { message, line, column } = exception
    return {
      cause: 'script-fails',
      detail: message,
      at: { path: new URL(exception.url).pathname, line, column },
    }
  }
  const neededPlugins = page.defined
    .filter((each) => each.id === id)
    .flatMap(({ dependencies }) => dependencies.flatMap((each) => pluginOfModule(each) ?? []))
    .filter((each) => each !== plugin)
  const failing = neededPlugins.find((each) => page.verdicts.get(moduleId(each)))
  if (failing !== undefined) return { cause: 'dependency-fails', detail: failing }
  if (!verdict) return { cause: 'never-ready', detail: neededPlugins.join(', ') }
  if (verdict.message === '') return { cause: 'not-loaded', detail: '' }
  const [, undefinedId] = /^Cannot load script: (.*)/.exec(verdict.message) ?? []
  if (undefinedId === id) return { cause: 'other-name', detail: '' }
  if (undefinedId !== undefined) return { cause: 'not-loaded', detail: undefinedId }
  return { cause: 'threw', detail: verdict.message, ...placeIn(verdict, plugin) }
}

/** The files of a plugin that a module of it needs before it is evaluated. */
function filesOf({ id, dependencies }: PageResult['defined'][number]): string[] {
  const from = id.endsWith('.js') ? id : `${id}/`
  return dependencies
    .filter((each) => /^\.{1,2}\//.test(each))
    .map((each) => new URL(each, `${ORIGIN}/${from}`).pathname.split('/').slice(3).join('/'))
    .map((path) => (path.endsWith('.js') ? path : `${path}.js`))
}

function scriptUrl(plugin: string, file: string): string {
  return new URL(`/plugins/${plugin}/${file}`, ORIGIN).href
}

/** The innermost place of a stack in the plugin's own code, else in any plugin's. */
function placeIn({ stack }: Thrown, plugin: string): Pick<Fault, 'at'> {
  const places = [
    ...stack.matchAll(/(https:\/\/tailchat\.invalid\/plugins\/[^\s():]{1,300}):(\d{1,9}):(\d{1,9})/g),
  ]
  const place = places.find(([, url = '']) => pluginOfUrl(url) === plugin) ?? places[0]
  if (!place) return {}
  const [, url = '', line, column] = place
  return { at: { path: new URL(url).pathname, line: Number(line), column: Number(column) } }
}

/**
 * Adds the place in the source to a fault, where the image has a source map.
 * @param root the public directory of the image, with its symbolic links resolved
 */
export function withSource(root: string, fault: Fault): Fault {
  if (!fault.at) return fault
  const { path, line, column } = fault.at
  const place = originalPlace(readPublicFile(root, `${path}.map`)?.toString() ?? '', line, column)
  if (!place || !URL.canParse(place.source, ORIGIN + path)) return fault
  const { pathname } = new URL(place.source, ORIGIN + path)
  return { ...fault, source: { path: pathname, line: place.line, column: place.column } }
}
