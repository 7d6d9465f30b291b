import { AsyncLocalStorage } from 'node:async_hooks'
import type { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { StringDecoder } from 'node:string_decoder'
import { childEnvironment } from './environment.js'
import { onInterrupt } from './interrupt.js'
import { messageOf } from './wording.js'

export interface CommandOptions {
  cwd?: string
  /** Added to the environment that every child gets (environment.ts); `undefined` takes a variable out of it. */
  env?: Record<string, string | undefined>
  /** Written to standard input: the way to hand over a secret. */
  input?: string | Buffer
  /** The command is ended when it takes longer. */
  timeoutSeconds: number
  /** Called with every line of both outputs as it comes; one that is too long is cut. */
  onLine?: (line: string) => void
  /** Whether standard output is of no use, however much there is: none is kept, and none is returned. */
  ignoreOutput?: boolean
  /** How standard output becomes text (default: utf8); latin1 keeps every byte. */
  encoding?: BufferEncoding
  /** Ends the command when it aborts. */
  signal?: AbortSignal
}

/** How many of the last lines of a failed command are kept for its error. */
const LAST_LINES = 30

/** Longer than any line that a person reads; what follows in it is dropped. */
const MAX_LINE = 16 * 1024

/** More than git or docker has to say about any repository or image. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

/** How long a command has to end by itself when it took too long. */
const GRACE_MILLISECONDS = 5000

/** Below what Linux, macOS and Windows let an argument list have. */
const MAX_ARGUMENTS_BYTES = process.platform === 'win32' ? 30 * 1024 : 512 * 1024
const MAX_ARGUMENT_BYTES = 128 * 1024 - 1

/** A command that failed, with what a person needs to see why. */
export class CommandError extends Error {
  /** The command and its arguments, for reading; never handed to a shell. */
  readonly command: string
  /** `undefined` when the command was not started, was ended, or took too long. */
  readonly exitCode: number | undefined
  readonly lastLines: string[]
  /** How it ended, such as `exit code 1`; or what is known to have gone wrong. */
  readonly outcome: string

  constructor(failure: Pick<CommandError, 'command' | 'exitCode' | 'lastLines' | 'outcome'>) {
    super(`${failure.command}: ${failure.outcome}`)
    this.name = 'CommandError'
    this.command = failure.command
    this.exitCode = failure.exitCode
    this.lastLines = failure.lastLines
    this.outcome = failure.outcome
  }
}

/** Receives the child that an `exec` inside of it starts: @actions/exec itself hands out none. */
interface Started {
  child?: ChildProcess
}

const started = new AsyncLocalStorage<Started>()

subscribe('child_process', (message) => {
  const store = started.getStore()
  if (!store) return
  const { process: child } = message as { process: ChildProcess }
  store.child = child
  // It is made before it has streams. One that ends without reading its input is no failure of this process.
  queueMicrotask(() => child.stdin?.on('error', () => undefined))
})

/**
 * Runs a command with an argument array; no shell is involved. Children are ended with this process.
 * @returns what it wrote to standard output, without its last newline
 * @throws {CommandError} when it can't be started, exits with another code than 0, takes too long, or writes more than
 *   64 MiB that were to be returned; what it writes to standard error is no failure
 */
export async function runCommand(command: string, args: string[], options: CommandOptions): Promise<string> {
  const { cwd, env, input = '', timeoutSeconds, onLine, ignoreOutput, encoding = 'utf8', signal } = options
  const lastLines: string[] = []
  const failed = (exitCode: number | undefined, outcome: string): CommandError =>
    new CommandError({ command: [command, ...args].join(' '), exitCode, lastLines, outcome })
  const unusable = whyUnusable([command, ...args])
  if (unusable !== undefined) throw failed(undefined, unusable)

  const line = (text: string): void => {
    onLine?.(text)
    lastLines.push(text)
    if (lastLines.length > LAST_LINES) lastLines.shift()
  }
  const [stdoutLines, stderrLines] = [lineReader(line), lineReader(line)]
  const output: Buffer[] = []
  let outputBytes = 0
  const listeners = {
    stdout: (data: Buffer) => {
      stdoutLines.write(data)
      outputBytes += data.length
      if (!ignoreOutput && outputBytes <= MAX_OUTPUT_BYTES) output.push(Buffer.from(data))
      hideFromExec(data)
    },
    stderr: (data: Buffer) => {
      stderrLines.write(data)
      hideFromExec(data)
    },
  }
  // Loaded here, since most runs check and start no command at all.
  const { exec } = await import('@actions/exec')
  const store: Started = {}
  let tookTooLong = false
  let kill: NodeJS.Timeout | undefined
  const limit = setTimeout(() => {
    tookTooLong = true
    store.child?.kill('SIGTERM')
    kill = setTimeout(() => store.child?.kill('SIGKILL'), GRACE_MILLISECONDS)
  }, timeoutSeconds * 1000)
  const end = (): void => void store.child?.kill()
  // Before anything is cleaned up: a command under way would do again what is undone.
  const forget = onInterrupt(end)
  process.once('exit', end)
  signal?.addEventListener('abort', end)
  let exitCode: number | null
  try {
    exitCode = await started.run(store, () =>
      // The first one would be split at its spaces.
      exec(`"${command}"`, args, {
        ...(cwd !== undefined && { cwd }),
        env: childEnvironment(env),
        input: typeof input === 'string' ? Buffer.from(input) : input,
        listeners,
        silent: true,
        ignoreReturnCode: true,
      }),
    )
  } catch (error) {
    throw failed(undefined, whyNotStarted(command, error))
  } finally {
    clearTimeout(limit)
    clearTimeout(kill)
    process.off('exit', end)
    signal?.removeEventListener('abort', end)
    forget()
  }
  stdoutLines.end()
  stderrLines.end()
  if (tookTooLong) throw failed(undefined, `took longer than ${timeoutSeconds} s`)
  if (exitCode === null) throw failed(undefined, `was ended by ${store.child?.signalCode ?? 'a signal'}`)
  if (exitCode !== 0) throw failed(exitCode, `exit code ${exitCode}`)
  if (ignoreOutput) return ''
  if (outputBytes > MAX_OUTPUT_BYTES)
    throw failed(undefined, `wrote more than the ${MAX_OUTPUT_BYTES} bytes that are read`)
  return Buffer.concat(output)
    .toString(encoding)
    .replace(/\r?\n$/, '')
}

/** Waits for a command, and returns how it failed; `undefined` when it succeeded. */
export async function failureOf(command: Promise<unknown>): Promise<CommandError | undefined> {
  try {
    await command
    return undefined
  } catch (error) {
    if (error instanceof CommandError) return error
    throw error
  }
}

/** @actions/exec collects the line it is in, however long it gets: it is given nothing to collect. */
function hideFromExec(data: Buffer): void {
  data.toString = () => ''
}

/** What Node.js would throw for where nothing can catch it. */
function whyUnusable(words: readonly string[]): string | undefined {
  const bytes = words.map((word) => Buffer.byteLength(word))
  if (words.some((word) => word.includes('\0'))) return 'an argument holds a NUL character'
  const total = bytes.reduce((sum, each) => sum + each + 1, 0)
  return total > MAX_ARGUMENTS_BYTES || bytes.some((each) => each > MAX_ARGUMENT_BYTES)
    ? 'its arguments are too long'
    : undefined
}

function whyNotStarted(command: string, error: unknown): string {
  const message = messageOf(error)
  if (/^Unable to locate executable file|\bENOENT\b/.test(message))
    return `${command} is not installed, or not on the PATH`
  return message
}

/** Gives `onLine` each line of a stream, cut after its first 16,384 characters. */
function lineReader(onLine: (line: string) => void): { write: (data: Buffer) => void; end: () => void } {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let isCut = false
  const add = (text: string): void => {
    const room = MAX_LINE - rest.length
    isCut ||= text.length > room
    if (room > 0) rest += text.slice(0, room)
  }
  const flush = (): void => {
    onLine(isCut ? `${rest}…` : rest.replace(/\r$/, ''))
    rest = ''
    isCut = false
  }
  return {
    write: (data) => {
      const [first = '', ...others] = decoder.write(data).split('\n')
      add(first)
      for (const other of others) {
        flush()
        add(other)
      }
    },
    end: () => {
      add(decoder.end())
      if (rest !== '') flush()
    },
  }
}
