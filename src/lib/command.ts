import { childEnvironment } from './environment.js'
import { onInterrupt } from './interrupt.js'

export interface CommandOptions {
  cwd?: string
  /** Added to the environment that every child gets (environment.ts); `undefined` takes a variable out of it. */
  env?: Record<string, string | undefined>
  /** Written to standard input: the way to hand over a secret. */
  input?: string
  /** The command is ended when it takes longer. */
  timeoutSeconds: number
  /** Called with every line of both outputs as it comes. */
  onLine?: (line: string) => void
}

/** How many of the last lines of a failed command are kept for its error. */
const LAST_LINES = 30

/** A command that failed, with what a person needs to see why. */
export class CommandError extends Error {
  constructor(
    /** The command and its arguments, for reading; never handed to a shell. */
    readonly command: string,
    /** `undefined` when the command was not started, was ended, or took too long. */
    readonly exitCode: number | undefined,
    readonly lastLines: string[],
    /** What became of it, such as `exit code 1`; or what is known to have gone wrong. */
    readonly outcome: string,
  ) {
    super(`${command}: ${outcome}`)
    this.name = 'CommandError'
  }
}

/**
 * Runs a command with an argument array; no shell is involved. Children are ended with this process.
 * @returns what it wrote to standard output
 * @throws {CommandError} when it can't be started, exits with another code than 0, or takes too long; what it
 *   writes to standard error is no failure
 */
export async function runCommand(command: string, args: string[], options: CommandOptions): Promise<string> {
  const { cwd, env, input, timeoutSeconds, onLine } = options
  // Loaded here, since most runs check and start no command at all.
  const { execa } = await import('execa')
  const child = execa(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: childEnvironment(env),
    extendEnv: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    timeout: timeoutSeconds * 1000,
    reject: false,
    all: true,
    // The log of a build can be long: only what a caller reads is kept.
    buffer: { stdout: true, stderr: false, all: false },
    stripFinalNewline: true,
  })
  // Before anything is cleaned up: a command under way would do again what is undone.
  const forget = onInterrupt(() => void child.kill())
  const lastLines: string[] = []
  for await (const line of child.iterable({ from: 'all' })) {
    onLine?.(line)
    lastLines.push(line)
    if (lastLines.length > LAST_LINES) lastLines.shift()
  }
  const result = await child
  forget()
  if (!result.failed) return result.stdout
  throw new CommandError(
    [command, ...args].join(' '),
    result.exitCode,
    lastLines,
    result.timedOut
      ? `took longer than ${timeoutSeconds} s`
      : result.exitCode === undefined
        ? whyNotStarted(command, result)
        : `exit code ${result.exitCode}`,
  )
}

function whyNotStarted(
  command: string,
  result: { code?: string | undefined; originalMessage?: string | undefined },
): string {
  if (result.code === 'ENOENT') return `${command} is not installed, or not on the PATH`
  return result.originalMessage ?? 'could not be started'
}
