import { asObject, ownValue, stringAt } from '../formats/json.js'

/** The kinds of failure of GitHub's API and of the network. */
export type FaultKind =
  | 'unauthorized'
  | 'forbidden'
  | 'pull-requests-disabled'
  | 'protected'
  | 'not-found'
  | 'stale'
  | 'refused'
  | 'rate-limit'
  | 'secondary-rate-limit'
  | 'server'
  | 'connection'

/** One failure of a request, as a plain value. */
export interface Fault {
  kind: FaultKind
  /** The message of GitHub or of the network. */
  message: string
  /** The time that GitHub asks to wait before another try. */
  waitSeconds?: number
}

interface Policy {
  /** How to recognise it. */
  shows: string
  retried: boolean
  /** What to do; `undefined` where the message says it all. */
  advice?: string
}

/** Which failures are retried, and what a user is told to do. docs/publishing.md shows it as a table. */
export const POLICY: Record<FaultKind, Policy> = {
  unauthorized: {
    shows: '401; `git fetch` says that the token was rejected',
    retried: false,
    advice: 'github-token is invalid or has expired: use another one',
  },
  forbidden: {
    shows: '403, to `git fetch` as well, or `FORBIDDEN` or `INSUFFICIENT_SCOPES` from GraphQL',
    retried: false,
    advice: 'github-token may not do this: give the job the permission in the message, or use another token',
  },
  'pull-requests-disabled': {
    shows: '403 that says GitHub Actions may not create pull requests',
    retried: false,
    advice:
      'allow it in Settings, Actions, General, “Allow GitHub Actions to create and approve pull requests”, or use the token of a GitHub App',
  },
  protected: {
    shows: '403, 409, 422 or a GraphQL error that names a protected branch or a rule of the repository',
    retried: false,
    advice:
      'the branch takes no direct commits: use `commit: pull-request`, or let the token’s owner bypass the rule',
  },
  'not-found': {
    shows: '404, to `git fetch` as well, or `NOT_FOUND` from GraphQL',
    retried: false,
    advice: 'it does not exist, or github-token may not see it',
  },
  stale: {
    shows: '409, or `STALE_DATA` from GraphQL: the branch moved in the meantime',
    retried: true,
    advice: 'other commits keep arriving first: run again',
  },
  refused: { shows: '422 and every other refusal', retried: false },
  'rate-limit': {
    shows: '403 or 429 with nothing left of the hourly limit, or `RATE_LIMITED` from GraphQL',
    retried: true,
    advice: 'the token’s hourly limit is used up: run again later, or use a token for this action alone',
  },
  'secondary-rate-limit': {
    shows: '403 or 429 with `retry-after`, or that names a secondary rate limit',
    retried: true,
    advice: 'GitHub asks for fewer requests: run again later',
  },
  server: {
    shows: '500, 502, 503, 504, an answer that is not JSON, or a GraphQL error without a type',
    retried: true,
    advice: 'see https://www.githubstatus.com, and run again',
  },
  connection: {
    shows:
      'no answer: the connection was reset or refused, or took longer than 30 s; `git fetch` failed otherwise',
    retried: true,
    advice: 'GitHub could not be reached: check the network and the proxy, and run again',
  },
}

/** The number of tries in all. */
export const TRIES = 5

/** The longest wait of a run: where GitHub asks for more, the run fails and says so. */
const LONGEST_WAIT_SECONDS = 120

/** The parts of an answer that tell a failure. */
export interface Answer {
  status: number
  /** Reads a header, whatever its case; `null` where there is none. */
  header: (name: string) => string | null
  /** The parsed body; `undefined` when it is not JSON. */
  body: unknown
}

/**
 * Returns the failure that an answer reports; `undefined` for a success.
 * @param now milliseconds since 1970, for the time at which a limit is lifted
 */
export function faultOf({ status, header, body }: Answer, now: number): Fault | undefined {
  if (status < 400) {
    if (body === undefined) return status === 204 ? undefined : notJson(status)
    const fault = faultOfGraphql(body)
    return fault?.kind === 'rate-limit' ? { ...fault, waitSeconds: untilReset(header, now) } : fault
  }
  const message = messageOf(body) || `HTTP ${status}`
  if (status === 401) return { kind: 'unauthorized', message }
  if (status === 403 || status === 429) {
    const limit = faultOfLimit(message, header, now)
    if (limit) return limit
    if (status === 429) return { kind: 'secondary-rate-limit', message, waitSeconds: DEFAULT_WAIT_SECONDS }
  }
  if (isProtection(message)) return { kind: 'protected', message }
  if (status === 403)
    return /not permitted to create or approve pull requests/i.test(message)
      ? { kind: 'pull-requests-disabled', message }
      : { kind: 'forbidden', message: withPermissions(message, header('x-accepted-github-permissions')) }
  if (status === 404) return { kind: 'not-found', message }
  if (status === 409) return { kind: 'stale', message }
  if (status >= 500) return { kind: 'server', message: `HTTP ${status}` }
  return { kind: 'refused', message }
}

function notJson(status: number): Fault {
  return { kind: 'server', message: `the answer (HTTP ${status}) is not JSON` }
}

/** The wait when GitHub does not say how long. */
const DEFAULT_WAIT_SECONDS = 60

function faultOfLimit(message: string, header: Answer['header'], now: number): Fault | undefined {
  const after = header('retry-after')
  if (after !== null || /secondary rate limit|abuse detection/i.test(message)) {
    const seconds = Number(after ?? DEFAULT_WAIT_SECONDS)
    return {
      kind: 'secondary-rate-limit',
      message,
      waitSeconds: Number.isFinite(seconds) ? seconds : DEFAULT_WAIT_SECONDS,
    }
  }
  if (header('x-ratelimit-remaining') !== '0') return undefined
  return { kind: 'rate-limit', message, waitSeconds: untilReset(header, now) }
}

/** Seconds until the hourly limit is lifted. */
function untilReset(header: Answer['header'], now: number): number {
  const reset = Number(header('x-ratelimit-reset') ?? NaN)
  return Number.isFinite(reset) ? Math.max(1, Math.ceil(reset - now / 1000)) : DEFAULT_WAIT_SECONDS
}

/** Reads the errors of a GraphQL answer, which has the status 200; each error has a type. */
function faultOfGraphql(body: unknown): Fault | undefined {
  const errors = ownValue(body, 'errors')
  if (!Array.isArray(errors) || errors.length === 0) return undefined
  const message = errors.map((error) => stringAt(error, 'message') ?? 'an error without a message').join('; ')
  const types = errors.map((error) => stringAt(error, 'type'))
  const kind = types
    .map((type) => type && GRAPHQL_KINDS[type])
    .find((each) => each !== undefined && each !== '')
  if (kind) return { kind, message }
  if (isProtection(message)) return { kind: 'protected', message }
  // An internal error of the server has no type.
  return { kind: types.every((type) => type === undefined) ? 'server' : 'refused', message }
}

const GRAPHQL_KINDS: Partial<Record<string, FaultKind>> = {
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  NOT_FOUND: 'not-found',
  STALE_DATA: 'stale',
  RATE_LIMITED: 'rate-limit',
  BRANCH_PROTECTION_RULE_VIOLATION: 'protected',
}

/** Recognises a violated ruleset by its words, since it has no type. */
function isProtection(message: string): boolean {
  return /protected branch|repository rule violation|must be made through a pull request|required status check|approving review is required/i.test(
    message,
  )
}

function messageOf(body: unknown): string {
  const details = ownValue(body, 'errors')
  const texts = (Array.isArray(details) ? (details as unknown[]) : []).map((detail) =>
    typeof detail === 'string' ? detail : (stringAt(detail, 'message') ?? fieldOf(detail)),
  )
  return [stringAt(body, 'message') ?? '', ...texts].filter((text) => text !== '').join('; ')
}

function fieldOf(detail: unknown): string {
  const { field, code } = asObject(detail) ?? {}
  return typeof field === 'string' && typeof code === 'string' ? `${field}: ${code}` : ''
}

function withPermissions(message: string, accepted: string | null): string {
  return accepted ? `${message} (needed: ${accepted})` : message
}

/**
 * Describes a request that got no answer.
 * @param error the thrown value; its cause, where it has one, tells more
 */
export function faultOfConnection(error: unknown): Fault {
  const cause = asObject(ownValue(error, 'cause')) ?? error
  const code = stringAt(cause, 'code')
  const message = stringAt(cause, 'message') ?? String(cause)
  return { kind: 'connection', message: code && !message.includes(code) ? `${code}: ${message}` : message }
}

/**
 * Describes a `git fetch` that failed. Over HTTP, git reports the answer only in its output, which is English
 * (`LC_ALL=C`).
 * @param outcome how git ended, for when it printed nothing
 */
export function faultOfFetch(lines: readonly string[], outcome: string): Fault {
  const said = lines.join('\n')
  const kind = FETCH_KINDS.find(([words]) => words.test(said))?.[1] ?? 'connection'
  return { kind, message: lines.at(-1) ?? outcome }
}

const FETCH_KINDS: readonly [RegExp, FaultKind][] = [
  // If the token is rejected, git would ask for another one, which it may not do here.
  [/Authentication failed|could not read (?:Username|Password)|returned error: 401/, 'unauthorized'],
  [/returned error: 403/, 'forbidden'],
  [/^fatal: repository .* not found/m, 'not-found'],
]

/**
 * Returns the wait before the next try, in milliseconds; `undefined` when there is no next try.
 * @param tried the number of tries so far
 * @param random from 0 up to 1: runs that collided once must not collide again
 */
export function delayBefore(
  { kind, waitSeconds = 0 }: Fault,
  tried: number,
  random: number,
): number | undefined {
  if (!POLICY[kind].retried || tried >= TRIES || waitSeconds > LONGEST_WAIT_SECONDS) return undefined
  return Math.round(waitSeconds * 1000 + 2 ** (tried - 1) * 1000 * (0.5 + random))
}

/**
 * Returns a failure as one line: what failed, what GitHub says, what to do.
 * @param needs the permission that the request needs, such as `contents: write`
 */
export function describeFault(what: string, { kind, message, waitSeconds }: Fault, needs: string): string {
  const { advice } = POLICY[kind]
  const wait = waitSeconds !== undefined && waitSeconds > LONGEST_WAIT_SECONDS ? ` (in ${waitSeconds} s)` : ''
  const permission = kind === 'forbidden' || kind === 'not-found' ? ` (needed: ${needs})` : ''
  return `${what} failed: ${message}${advice === undefined ? '' : `; ${advice}${permission}${wait}`}`
}
