import { asObject, stringAt } from '../formats/json.js'
import { httpGet, type HttpAnswer } from '../lib/http.js'
import { definedIn, isJavaScript, jsonOf } from '../tailchat/gateway.js'
import { askUntil } from './live-ask.js'

/** A file of a plugin on a host other than Tailchat's. */
export interface HostedFile {
  url: string
  /** `script`: one of a plugin; `document`: what the client fetches, so that it needs CORS; `other`: an image, say. */
  kind: 'script' | 'document' | 'other'
  plugin?: string
  /** In hexadecimal; absent: it must only be what it is for. */
  sha256?: string
  /** Whether it must define its plugin. */
  defines?: true
  /** How often it is asked for in a row: a CDN may answer differently. */
  times: number
}

/** A file with what came instead of it, and what browsers make of it. */
export interface AskedHosted extends HostedFile {
  /** Different ones, each in a few words; empty: every answer was as it should be. */
  wrong: string[]
  /** Of a script that browsers still run: its type, which is none of JavaScript's. */
  looseType?: string
}

const ANSWER_SECONDS = 10
const MAX_FILE_BYTES = 32 * 1024 * 1024

/** What is asked, and for how long. */
export interface HostedRequest {
  files: readonly HostedFile[]
  /** The origin of Tailchat, whose pages ask for these files. */
  origin: string
  timeoutSeconds: number
  /** Waits that many milliseconds. */
  wait: (milliseconds: number) => Promise<unknown>
  /** Milliseconds since 1970. */
  now: () => number
}

/** Asks hosts for files, without credentials, again and again until all are as they should be or the time is over. */
export async function askHosted({
  files,
  origin,
  timeoutSeconds,
  wait,
  now,
}: HostedRequest): Promise<AskedHosted[]> {
  const deadline = now() + timeoutSeconds * 1000
  return askUntil({ wait, now }, deadline, {
    items: files,
    one: async (file: HostedFile) => {
      const answers = []
      for (let times = 0; times < file.times; times++) answers.push(await ask(file.url, origin))
      return judgeHosted(file, answers, origin)
    },
    isRight: ({ wrong }) => wrong.length === 0,
  })
}

/** Asks for a made-up name. @returns the status of the answer; `undefined`: there was none */
export async function askMadeUpName(publicUrl: string, origin: string): Promise<number | undefined> {
  const answer = await ask(`${publicUrl}/no-such-version/no.such.plugin/index.js`, origin)
  return 'reason' in answer ? undefined : answer.status
}

/** Reads the list of manifests that a host serves; `undefined` where it serves none. */
export async function askManifests(publicUrl: string, origin: string): Promise<unknown[] | undefined> {
  const answer = await ask(`${publicUrl}/manifests.json`, origin)
  if ('reason' in answer || answer.status !== 200) return undefined
  const list = jsonOf({ text: answer.body.toString() })
  return Array.isArray(list) ? list : undefined
}

function ask(url: string, origin: string): Promise<HttpAnswer | { reason: string }> {
  return httpGet(url, { seconds: ANSWER_SECONDS, maxBytes: MAX_FILE_BYTES, headers: { origin } })
}

/** Joins all answers to one address. */
function judgeHosted(
  file: HostedFile,
  answers: readonly (HttpAnswer | { reason: string })[],
  origin: string,
): AskedHosted {
  const wrong = answers.flatMap((answer) => whyWrong(file, answer, origin) ?? [])
  const loose = answers
    .map((answer) => ('reason' in answer ? undefined : typeOf(answer)))
    .find((type) => type !== undefined && !isJavaScript(type))
  return {
    ...file,
    wrong: [...new Set(wrong)],
    ...(file.kind === 'script' &&
      wrong.length === 0 &&
      loose !== undefined && { looseType: loose || 'none' }),
  }
}

function whyWrong(
  { kind, sha256, defines, plugin }: HostedFile,
  answer: HttpAnswer | { reason: string },
  origin: string,
): string | undefined {
  if ('reason' in answer) return answer.reason
  const type = typeOf(answer)
  const described = `${answer.status} ${type || 'without a type'}`
  if (answer.status !== 200) return described
  if (sha256 !== undefined && answer.sha256 !== sha256)
    return `${described} with the sha256 ${answer.sha256.slice(0, 12)}…`
  if (kind === 'script') {
    const isRefused =
      !isJavaScript(type) &&
      (/\bnosniff\b/i.test(answer.headers['x-content-type-options'] ?? '') ||
        /^(?:audio|image|video)\/|^text\/csv/i.test(type))
    if (isRefused)
      return `${described}${answer.headers['x-content-type-options'] ? ' and nosniff' : ''}, which browsers do not run`
    if (defines && definedIn(answer.body.toString()) !== `@plugins/${plugin}`)
      return `${described} that does not define @plugins/${plugin}`
  }
  const allowed = answer.headers['access-control-allow-origin']
  if (kind === 'document' && allowed !== '*' && allowed !== origin)
    return `${described} ${allowed === undefined ? 'without Access-Control-Allow-Origin' : `with Access-Control-Allow-Origin ${allowed}`}, so that pages of ${origin} can't read it`
  return undefined
}

function typeOf({ headers }: HttpAnswer): string {
  return headers['content-type'] ?? ''
}

/** A bundle's first file several times, as a CDN may have two answers. */
const TIMES = 3

/** The first file of a plugin, of which only the name is known. */
export function firstFile(plugin: string, url: string): HostedFile {
  return { url, kind: 'script', plugin, defines: true, times: TIMES }
}

/** The files of a plugin that lie below an address, as they were built. */
export function builtFiles(
  plugin: string,
  folder: string,
  files: readonly { path: string; sha256: string }[],
): HostedFile[] {
  return files.map(({ path, sha256 }) => ({
    url: `${folder}/${path.split('/').map(encodeURIComponent).join('/')}`,
    kind: path.endsWith('.js') ? 'script' : path.endsWith('.md') ? 'document' : 'other',
    plugin,
    sha256,
    times: path === 'index.js' ? TIMES : 1,
  }))
}

/** What a manifest says of a plugin on the host; nothing of others. */
export function filesOfManifest(manifest: unknown, publicUrl: string): HostedFile[] {
  const name = stringAt(manifest, 'name')
  const url = stringAt(manifest, 'url')
  if (name === undefined || url === undefined || !url.startsWith(`${publicUrl}/`)) return []
  const document = asObject(manifest)?.['documentUrl']
  const isDocument =
    typeof document === 'string' && document.startsWith(`${publicUrl}/`) && /\.md(?:[?#]|$)/.test(document)
  return [
    firstFile(name, url),
    ...(isDocument ? [{ url: document, kind: 'document' as const, plugin: name, times: 1 }] : []),
  ]
}
