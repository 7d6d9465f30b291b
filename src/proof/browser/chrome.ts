import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { onInterrupt } from '../../lib/interrupt.js'
import { withTemporaryDirectory } from '../../lib/temporary.js'
import { within } from '../../lib/within.js'
import { NoChromeError } from './find-chrome.js'
import { type Connection, connect } from './protocol.js'

/** A running Chrome. */
export interface Chrome extends Connection {
  /** Such as `Chrome/156.0.8078.108`. */
  version: string
  /** Whether it has no network at all, by the kernel. */
  hasNoNetwork: boolean
}

/** The user `nobody`, who owns none of this user's files and processes. */
const NOBODY = 65534
/** Until it answers; a machine with many other jobs takes seconds. */
const START_SECONDS = 60
const END_SECONDS = 5
/** What the scripts of a page may keep in memory: the client with 40 plugins takes a tenth of it. */
const HEAP_MEGABYTES = 1024

/** How a Chrome is started. */
export interface ChromeOptions {
  executable: string
  /** `false`: without a network namespace of its own even where it could have one. */
  ownNetwork?: boolean
  /** Told where its files are before it starts: should this process be killed, another one can end it. */
  onChrome?: (directory: string) => void
}

/**
 * Starts a headless Chrome that can reach no network, and ends it when `work` is over. It keeps its own sandbox; where
 * this process is root, it runs as `nobody`. Of this process's environment it gets only the PATH.
 * @throws {NoChromeError} when it does not start
 */
export async function withChrome<T>(
  { executable, ownNetwork = true, onChrome }: ChromeOptions,
  work: (chrome: Chrome) => Promise<T>,
): Promise<T> {
  const isRoot = process.getuid?.() === 0
  // A user who may not enter the runner's own temporary directory would find no profile there.
  return withTemporaryDirectory(async (directory) => {
    onChrome?.(directory)
    const hasNoNetwork = ownNetwork && isRoot && canUnshare()
    const child = start(executable, makeProfile(directory, isRoot), { isRoot, hasNoNetwork })
    if (child.pid !== undefined) writeFileSync(join(directory, PID_FILE), `${child.pid}`)
    const forget = onInterrupt(() => killGroup(child.pid))
    const gone = new Promise<void>((resolve) =>
      child.once('exit', () => resolve()).once('error', () => resolve()),
    )
    const [, , , input, output] = child.stdio as unknown as [null, null, Readable, Writable, Readable]
    const connection = connect(input, output)
    try {
      const version = await versionOf(child, connection, executable)
      return await work({ ...connection, version, hasNoNetwork })
    } finally {
      await end(child, connection, gone)
      forget()
    }
  }, tmpdir())
}

/** In the directory of a Chrome: the number of its process and of its process group. */
const PID_FILE = 'pid'

/** The directory with all that Chrome writes; the one around it stays this user's. */
function makeProfile(directory: string, isRoot: boolean): string {
  const profile = join(directory, 'profile')
  mkdirSync(profile, { mode: 0o700 })
  if (isRoot) {
    chmodSync(directory, 0o711)
    chownSync(profile, NOBODY, NOBODY)
  }
  return profile
}

/**
 * Ends a Chrome that another process has left, and removes its files.
 * @param directory as `onChrome` was told
 */
export function removeLeftChrome(directory: string): void {
  const pid = Number(textOf(join(directory, PID_FILE)))
  // By now its number may be that of another process.
  if (pid > 1 && commandLineOf(pid).includes(directory)) killGroup(pid)
  // What was ended a moment ago may still write.
  rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

function commandLineOf(pid: number): string {
  const text = textOf(`/proc/${pid}/cmdline`)
  return text === '' ? spawnSync('ps', ['-o', 'args=', '-p', `${pid}`], { encoding: 'utf8' }).stdout : text
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Ends Chrome and all that it started, which are a process group of their own. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

/**
 * Asks a Chrome what it calls itself, which is also the sign that it has started.
 * @throws {NoChromeError} with what it said, when it does not start
 */
async function versionOf(child: ChildProcess, connection: Connection, executable: string): Promise<string> {
  const lastWords: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords.push(chunk.toString())
    if (lastWords.length > 20) lastWords.shift()
  })
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
  // From here on its end is no failure to start: what waits for it is told by the connection.
  failed.catch(() => undefined)
  const { product } = await within(
    Promise.race([connection.send('Browser.getVersion').catch(() => failed), failed]),
    START_SECONDS,
    () => new NoChromeError(`${executable} gave no answer within ${START_SECONDS} s`),
  )
  return String(product)
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
    // A process group of its own, which can be ended as a whole.
    detached: true,
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
    `--js-flags=--max-old-space-size=${HEAP_MEGABYTES}`,
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
    killGroup(child.pid)
    await gone
  })
  connection.end('Chrome ended')
  for (const stream of child.stdio) stream?.destroy()
}
