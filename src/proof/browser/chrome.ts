import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { accessSync, chownSync, constants, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import type { Duplex, Readable, Writable } from 'node:stream'
import { onInterrupt } from '../../lib/interrupt.js'
import { withTemporaryDirectory } from '../../lib/temporary.js'
import { messageOf } from '../../lib/wording.js'
import { type Connection, connect } from './protocol.js'

/** A running Chrome. */
export interface Chrome extends Connection {
  /** Such as `Chrome/156.0.8078.108`. */
  version: string
  /** Whether it has no network at all, by the kernel. */
  hasNoNetwork: boolean
}

/** No browser to evaluate with, or nothing to evaluate; not the fault of a plugin. */
export class NoChromeError extends Error {}

/** Names under which a Chrome is installed, the most likely one to start first. */
const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const ON_MACOS = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** The user `nobody`, who owns none of this user's files and processes. */
const NOBODY = 65534
/** Until it answers; a machine with many other jobs takes seconds. */
const START_SECONDS = 60
const END_SECONDS = 5

/**
 * Returns the path of a Chrome or Chromium: what CHROME_PATH names, else CHROME_BIN, else the first on the PATH.
 * @throws {NoChromeError} with what to do
 */
export function findChrome(env: Readonly<Record<string, string | undefined>>): string {
  for (const name of ['CHROME_PATH', 'CHROME_BIN']) {
    const path = env[name]
    if (path === undefined || path === '') continue
    if (isExecutable(path)) return path
    throw new NoChromeError(`${name} is ${path}, which is no program that can be started`)
  }
  const directories = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  const found = [...NAMES.flatMap((name) => directories.map((directory) => join(directory, name))), ON_MACOS]
  const path = found.find(isExecutable)
  if (path !== undefined) return path
  throw new NoChromeError(`none of ${NAMES.join(', ')} is on the PATH, and CHROME_PATH is not set`)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** How a Chrome is started. */
export interface ChromeOptions {
  executable: string
  /** `false`: without a network namespace of its own even where it could have one. */
  ownNetwork?: boolean
}

/**
 * Starts a headless Chrome that can reach no network, and ends it when `work` is over. It keeps its own sandbox; where
 * this process is root, it runs as `nobody`. Of this process's environment it gets only the PATH.
 * @throws {NoChromeError} when it does not start
 */
export async function withChrome<T>(
  { executable, ownNetwork = true }: ChromeOptions,
  work: (chrome: Chrome) => Promise<T>,
): Promise<T> {
  const isRoot = process.getuid?.() === 0
  // A user who may not enter the runner's own temporary directory would find no profile there.
  return withTemporaryDirectory(async (directory) => {
    const profile = join(directory, 'profile')
    mkdirSync(profile)
    if (isRoot) for (const path of [directory, profile]) chownSync(path, NOBODY, NOBODY)
    const hasNoNetwork = ownNetwork && isRoot && canUnshare()
    const child = start(executable, profile, { isRoot, hasNoNetwork })
    const forget = onInterrupt(() => child.kill('SIGKILL'))
    const gone = new Promise<void>((resolve) =>
      child.once('exit', () => resolve()).once('error', () => resolve()),
    )
    const lastWords: string[] = []
    child.stderr?.on('data', (chunk: Buffer) => {
      lastWords.push(chunk.toString())
      if (lastWords.length > 20) lastWords.shift()
    })
    const [, , , input, output] = child.stdio as unknown as [null, null, Readable, Writable, Duplex]
    const connection = connect(input, output)
    try {
      const failed = new Promise<never>((_, reject) => {
        child.once('error', (error) => reject(new NoChromeError(`${executable}: ${error.message}`)))
        child.once('exit', (code, signal) =>
          reject(
            new NoChromeError(
              `${executable} ended at once (${signal ?? `exit code ${code}`}): ${reasonIn(lastWords)}`,
            ),
          ),
        )
      })
      const { product } = await within(
        Promise.race([connection.send('Browser.getVersion').catch(() => failed), failed]),
        START_SECONDS,
        () => new NoChromeError(`${executable} gave no answer within ${START_SECONDS} s`),
      )
      // From here on its end is no failure to start: what waits for it is told by the connection.
      failed.catch(() => undefined)
      return await work({ ...connection, version: String(product), hasNoNetwork })
    } finally {
      await end(child, connection, gone)
      forget()
    }
  }, tmpdir())
}

function start(
  executable: string,
  profile: string,
  { isRoot, hasNoNetwork }: { isRoot: boolean; hasNoNetwork: boolean },
): ChildProcess {
  const nobody = `${NOBODY}`
  const [command, ...args] = [
    ...(hasNoNetwork ? ['unshare', '--net', '--setgid', nobody, '--setuid', nobody, '--'] : []),
    executable,
    ...chromeArgs(profile),
  ] as [string, ...string[]]
  return spawn(command, args, {
    cwd: profile,
    env: environment(profile),
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    ...(isRoot && !hasNoNetwork && { uid: NOBODY, gid: NOBODY }),
  })
}

/** Returns an environment without tokens and passwords, which plugins must not read. */
function environment(profile: string): Record<string, string> {
  const home = { HOME: profile, TMPDIR: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile }
  return { ...home, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' }
}

function chromeArgs(profile: string): string[] {
  return [
    '--headless',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    // What a page sends without a request that could be intercepted: WebSockets, workers, preconnects.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    // And peer connections, which need no name.
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-sync',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--metrics-recording-only',
    '--mute-audio',
    '--password-store=basic',
    '--use-mock-keychain',
    '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication',
    // A container's /dev/shm is often too small, and a page would crash for it.
    '--disable-dev-shm-usage',
    'about:blank',
  ]
}

/** Whether a program can be given a network namespace, in which there is no network. */
function canUnshare(): boolean {
  const nobody = `${NOBODY}`
  const args = ['--net', '--setgid', nobody, '--setuid', nobody, '--', 'true']
  return spawnSync('unshare', args, { stdio: 'ignore', timeout: END_SECONDS * 1000 }).status === 0
}

/** The line that says why, among those that Chrome writes about D-Bus and fonts. */
function reasonIn(words: readonly string[]): string {
  const lines = words
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const line =
    lines.find((each) => /FATAL|sandbox|not supported|shared librar|No such file/i.test(each)) ?? lines.at(-1)
  return (line ?? 'it said nothing').replace(/^\[[^\]]*\]\s*/, '').slice(0, 300)
}

/** Asks it to end, and sees to it that it does. */
async function end(child: ChildProcess, connection: Connection, gone: Promise<void>): Promise<void> {
  connection.send('Browser.close').catch(() => undefined)
  await within(gone, END_SECONDS, () => new Error('still there')).catch(async () => {
    child.kill('SIGKILL')
    await gone
  })
  connection.end('Chrome ended')
  for (const stream of child.stdio) stream?.destroy()
}

/** Waits for something, and for so many seconds at most. */
export async function within<T>(work: Promise<T>, seconds: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), seconds * 1000)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}

/** What something that failed says, on one line. */
export function lineOf(error: unknown): string {
  return messageOf(error).split('\n')[0] ?? ''
}
