import { z } from 'zod'
import type { HttpAnswer } from '../lib/http.js'
import {
  type Answer,
  definedIn,
  describeAnswer,
  isBundleOf,
  isJavaScript,
  isJsonList,
  jsonOf,
  SECONDS_LISTED_AFTER_DEATH,
} from '../tailchat/gateway.js'
import type { ServiceRow } from './compare.js'

/** What a running server should load and serve, and where that is known from. */
export interface LivePromise {
  /** Such as `the image ghcr.io/acme/tailchat@sha256:…`; `undefined`: nothing is known, and nothing is judged. */
  reference: string | undefined
  /** `undefined`: which ones is not known. */
  services: readonly PromisedService[] | undefined
  /** Those of the services that answer `/available` without a login. */
  available: readonly string[]
  files: readonly PromisedFile[]
  /** What the gateway of the image gives as its version; `undefined`: that is not known. */
  version: string | undefined
  /** When the image's commit was made, in seconds since 1970: no gateway of it started earlier. */
  createdSeconds: number | undefined
}

export interface PromisedService {
  name: string
  plugin?: string
  file?: string
  line?: number
}

/** A file that the gateway serves. */
export interface PromisedFile {
  /** As the gateway is asked for it: every segment encoded. */
  path: string
  plugin?: string
  /** In hexadecimal; absent: it must only be what its path says, a bundle or a list. */
  sha256?: string
  /** How often it is asked for in a row: a CDN and several gateways may answer differently. */
  times: number
}

/** What one gateway says of itself. */
export interface Health {
  /** Sorted. */
  services: string[]
  version?: string
  uptimeSeconds?: number
}

const MAX_SERVICES = 20_000
const MAX_TEXT = 300

const healthSchema = z.object({
  services: z.array(z.string()).max(MAX_SERVICES),
  version: z.string().optional().catch(undefined),
  process: z.object({ uptime: z.number().nonnegative() }).optional().catch(undefined),
})

/** Reads an answer of /health; `undefined` when it is none. */
export function readHealth(answer: Answer): Health | undefined {
  const found = answer.status === 200 ? healthSchema.safeParse(jsonOf(answer)).data : undefined
  if (!found) return undefined
  const { services, version, process } = found
  return {
    services: [...new Set(services.map((name) => name.slice(0, MAX_TEXT)))].sort(),
    ...(version !== undefined && { version: version.slice(0, MAX_TEXT) }),
    ...(process && { uptimeSeconds: process.uptime }),
  }
}

/** What is needed of an answer, without what it holds. */
export interface LiveAnswer extends Answer {
  sha256: string
}

/** Reads an answer as that of a gateway. */
export function liveAnswer(path: string, { status, headers, body, sha256 }: HttpAnswer): LiveAnswer {
  const type = headers['content-type'] ?? ''
  const text = body.toString()
  const defines = definedIn(text)
  return {
    path,
    status,
    type,
    sha256,
    ...(defines !== undefined && { defines }),
    ...(/\bjson\b/.test(type) && { text }),
  }
}

/** Whether the gateway runs the image, as far as that is known. */
type GatewayVerdict = { is: 'new' | 'unknown' } | { is: 'old'; reason: string }

/**
 * Tells a gateway of the image from an earlier one: by its version, else by when it started.
 * @param nowSeconds since 1970
 */
export function judgeGateway(
  { version, createdSeconds }: Pick<LivePromise, 'version' | 'createdSeconds'>,
  health: Health,
  nowSeconds: number,
): GatewayVerdict {
  if (version !== undefined)
    return health.version === version
      ? { is: 'new' }
      : {
          is: 'old',
          reason: `its version is ${health.version ?? 'none'}, and that of the image is ${version}`,
        }
  const started = health.uptimeSeconds === undefined ? undefined : nowSeconds - health.uptimeSeconds
  if (started === undefined || createdSeconds === undefined || started >= createdSeconds)
    return { is: 'unknown' }
  return {
    is: 'old',
    reason: `it has been running since ${isoTime(started)}, before the image's commit was made (${isoTime(createdSeconds)})`,
  }
}

function isoTime(seconds: number): string {
  // A server may claim to have been running for longer than there are dates.
  const milliseconds = Math.round(seconds) * 1000
  return Math.abs(milliseconds) <= 8.64e15 ? `${new Date(milliseconds).toISOString().slice(0, 19)}Z` : 'ever'
}

/** Names of the promised services that a gateway does not list. */
export function notListed({ services }: LivePromise, listed: readonly string[]): string[] {
  const known = new Set(listed)
  return (services ?? []).map(({ name }) => name).filter((name) => !known.has(name))
}

/**
 * Whether a list counts only once it has lasted: a gateway that was there before a container was replaced still lists
 * what an ended one brought, for almost a minute.
 */
export function mustLast({ uptimeSeconds }: Health): boolean {
  return uptimeSeconds === undefined || uptimeSeconds >= SECONDS_LISTED_AFTER_DEATH
}

/** Whether an answer is the file that was promised. */
export function isPromisedFile({ sha256, plugin, path }: PromisedFile, answer: LiveAnswer): boolean {
  if (sha256 === undefined) return plugin === undefined ? isJsonList(answer) : isBundleOf(plugin, answer)
  const isTyped = !path.endsWith('.js') || isJavaScript(answer.type)
  return answer.status === 200 && answer.sha256 === sha256 && isTyped
}

/** A promised file as it came, with what came instead of it. */
export interface AskedFile extends PromisedFile {
  /** Different ones, each in a few words; empty: every answer was the file. */
  wrong: string[]
  /** Whether some of the answers were the file. */
  sometimes: boolean
}

/** Joins all answers to one path. */
export function judgeFile(
  file: PromisedFile,
  answers: readonly (LiveAnswer | { reason: string })[],
): AskedFile {
  const isRight = (answer: LiveAnswer | { reason: string }): boolean =>
    !('reason' in answer) && isPromisedFile(file, answer)
  const wrong = answers.filter((answer) => !isRight(answer)).map((answer) => describeWrong(file, answer))
  return {
    ...file,
    wrong: answers.length === 0 ? ['it was not asked for in time'] : [...new Set(wrong)],
    sometimes: answers.some(isRight),
  }
}

function describeWrong({ sha256 }: PromisedFile, answer: LiveAnswer | { reason: string }): string {
  if ('reason' in answer) return answer.reason
  if (answer.status !== 200 || sha256 === undefined || answer.sha256 === sha256) return describeAnswer(answer)
  return `${describeAnswer(answer)} with the sha256 ${answer.sha256.slice(0, 12)}…`
}

/** What a promised `/available` answered. */
export interface AskedAvailable {
  service: string
  /** A status, or why there was none. */
  answer: number | string
}

/** What a running server answered. */
export interface LiveResult {
  /** The last answer of /health; `undefined`: there was none. */
  health: Health | undefined
  /** What came instead. */
  instead: string | undefined
  gateway: GatewayVerdict
  /** Whether the list was complete long enough to count; and for how many seconds it was, in the end. */
  complete: boolean
  seconds: number
  /** Promised services that some answer lacked after all, though the last one has them. */
  unsteady: string[]
  files: AskedFile[]
  available: AskedAvailable[]
}

/** Returns the rows of all promised services, and of all other listed services of plugins. */
export function liveRows(promise: LivePromise, result: LiveResult, timeoutSeconds: number): ServiceRow[] {
  const { health, unsteady, complete, seconds, gateway } = result
  const promised = promise.services ?? []
  if (!health) return promised.map((service) => rowOf(service, null))
  const missing = new Set(notListed(promise, health.services))
  const rows = promised.map((service): ServiceRow => {
    if (missing.has(service.name))
      return {
        ...rowOf(service, false),
        cause: 'not-listed',
        reason: `the gateway did not list it within ${timeoutSeconds} s`,
      }
    if (unsteady.includes(service.name))
      return {
        ...rowOf(service, false),
        cause: 'not-listed',
        reason: `the gateway lists it in some answers and not in others within ${timeoutSeconds} s: its container ends and starts again, or one of several gateways does not see it`,
      }
    if (!complete && gateway.is !== 'old' && missing.size === 0 && unsteady.length === 0)
      return {
        ...rowOf(service, false),
        cause: 'not-listed',
        reason: `listed, though for ${seconds} s only: the gateway was there before, and lists an ended container for up to ${SECONDS_LISTED_AFTER_DEATH} s; set live-timeout to twice that`,
      }
    return rowOf(service, true)
  })
  const names = new Set(promised.map(({ name }) => name))
  const others = health.services.filter((name) => name.startsWith('plugin:') && !names.has(name))
  const unpromised = others.map((name): ServiceRow => ({
    name,
    expected: false,
    loaded: true,
    ...(promise.services && { reason: `not of ${promise.reference}: another node brings it` }),
  }))
  return [...rows, ...unpromised].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function rowOf({ name, plugin, file }: PromisedService, loaded: boolean | null): ServiceRow {
  return {
    name,
    ...(plugin !== undefined && { plugin }),
    ...(file !== undefined && { file }),
    expected: true,
    loaded,
  }
}
