import { createHash } from 'node:crypto'
import { messageOf } from './wording.js'

/** What a server answered to one GET. Everything in it is what the server chose to say. */
export interface HttpAnswer {
  status: number
  /** By their names in lower case; each at most `MAX_HEADER` characters. */
  headers: Readonly<Record<string, string>>
  body: Buffer
  /** Of the body as it is after decompression, in hexadecimal. */
  sha256: string
}

export interface HttpLimits {
  /** For the answer as a whole, redirects included. */
  seconds: number
  maxBytes: number
  /** Header fields of the request; never anything secret. */
  headers?: Readonly<Record<string, string>>
}

const MAX_REDIRECTS = 3
const MAX_HEADER = 300
/** What anything here reads of an answer. */
const HEADERS = ['content-type', 'x-content-type-options', 'access-control-allow-origin', 'cache-control']

/**
 * Asks for one address, without credentials. Redirects are followed within the same host only, and never from https to
 * http: neither is what the address names.
 * @returns the answer, or why there is none
 */
export async function httpGet(url: string, limits: HttpLimits): Promise<HttpAnswer | { reason: string }> {
  const controller = new AbortController()
  const { signal } = controller
  // It keeps the process alive while an answer is awaited; the timer of AbortSignal.timeout does not.
  const timer = setTimeout(() => controller.abort(), limits.seconds * 1000)
  try {
    let at = new URL(url)
    // `fetch` refuses it too, with the password in its message.
    if (at.username !== '' || at.password !== '')
      return { reason: 'its address contains a user or a password, which is not sent' }
    for (let redirects = 0; ; redirects++) {
      const response = await fetch(at, {
        redirect: 'manual',
        headers: { 'user-agent': 'tailchat-plugin-deploy', ...limits.headers },
        signal,
      })
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || location === null)
        return await answerOf(response, limits.maxBytes)
      await response.body?.cancel()
      const next = new URL(location, at)
      if (next.hostname !== at.hostname || (next.protocol !== at.protocol && next.protocol !== 'https:'))
        return { reason: `it redirects to another host, ${shortened(next.origin)}, which was not asked` }
      if (redirects === MAX_REDIRECTS) return { reason: `it redirects more than ${MAX_REDIRECTS} times` }
      at = next
    }
  } catch (error) {
    return { reason: signal.aborted ? `no answer within ${limits.seconds} s` : reasonOf(error) }
  } finally {
    clearTimeout(timer)
  }
}

async function answerOf(response: Response, maxBytes: number): Promise<HttpAnswer | { reason: string }> {
  const hash = createHash('sha256')
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    // Leaving the loop ends the connection: what is compressed may unfold without end.
    if (bytes > maxBytes) return { reason: `the answer has more than ${maxBytes} bytes` }
    hash.update(chunk)
    chunks.push(chunk)
  }
  const headers = Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = response.headers.get(name)
      return value === null ? [] : [[name, shortened(value)]]
    }),
  )
  return { status: response.status, headers, body: Buffer.concat(chunks), sha256: hash.digest('hex') }
}

/** What `fetch` says is "fetch failed"; its cause says why. */
function reasonOf(error: unknown): string {
  const { message, code } = ((error as { cause?: unknown }).cause ?? {}) as {
    message?: string
    code?: string
  }
  return shortened(message || code || messageOf(error))
}

/** Whether a reason says that a name has no address. */
export function isUnresolved(reason: string | undefined): boolean {
  return reason !== undefined && /^getaddrinfo (?:ENOTFOUND|EAI_AGAIN|EAI_NONAME)\b/.test(reason)
}

function shortened(text: string): string {
  return text.slice(0, MAX_HEADER)
}
