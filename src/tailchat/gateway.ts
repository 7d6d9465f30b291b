/** What the gateway answered to one request. */
export interface Answer {
  path: string
  status: number
  /** Its `content-type`. */
  type: string
  /** The plugin that it defines, where it is a plugin's bundle. */
  defines?: string | undefined
  /** Only of JSON. */
  text?: string | undefined
}

/** A path for which the gateway gave no answer. */
export interface Unanswered {
  path: string
  reason: string
}

/** What became of the paths that were asked for: each of them is in one of the two. */
export interface Asked {
  answers: Answer[]
  unanswered: Unanswered[]
}

/** Whether an answer is a list in JSON, as the plugin registries are. */
export function isJsonList(answer: Answer): boolean {
  return answer.status === 200 && Array.isArray(jsonOf(answer))
}

/** Where the gateway serves a plugin's bundle. */
export function bundlePath(plugin: string): string {
  return `/plugins/${plugin}/index.js`
}

/** The plugin registries that the web client asks for. */
export const REGISTRY_PATHS = ['/registry.json', '/registry-be.json']

/** Whether a Content-Type is one of JavaScript. */
export function isJavaScript(type: string): boolean {
  return /\b(?:java|ecma)script\b/i.test(type)
}

/** Returns the name that a script defines with `definePlugin`, such as `@plugins/com.acme.theme`. */
export function definedIn(text: string): string | undefined {
  return /\bdefinePlugin\(\s*['"]([^'"]{0,300})['"]/.exec(text)?.[1]
}

/** Whether an answer is the bundle of a plugin. */
export function isBundleOf(plugin: string, { status, type, defines }: Answer): boolean {
  return status === 200 && isJavaScript(type) && defines === `@plugins/${plugin}`
}

/** An answer in a few words. */
export function describeAnswer({ status, type }: Answer): string {
  return `${status} ${type || 'without a type'}`
}

/** The value of an answer in JSON; `undefined` where it is none. */
export function jsonOf({ text }: Pick<Answer, 'text'>): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Lists the services that the gateway's node sees (server/mixins/health.mixin.ts). */
export const HEALTH_PATH = '/health'

/**
 * Where a service that registers it says, to everybody, whether it can be used (server/packages/sdk/src/services/base.ts,
 * `registerAvailableAction`).
 */
export function availablePath(service: string): string {
  // The gateway compares the path as it stands with its list of open routes: the colon must stay one.
  return `/api/${encodeURIComponent(service).replaceAll('%3A', ':')}/available`
}

/** A node that ended without a word stays listed for 51 seconds: moleculer waits for its heartbeats. */
export const SECONDS_LISTED_AFTER_DEATH = 60
