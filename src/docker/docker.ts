import { CommandError, runCommand } from '../lib/command.js'
import { dockerTokens } from '../lib/environment.js'
import { causeOf, isPassing } from './faults.js'

/** How a run calls docker: with its own login where the inputs have one. */
export interface Docker {
  /** Environment for every docker command of the run. */
  env: Record<string, string>
  onLine: (line: string) => void
  /** The buildx builder, whose settings for container registries apply; empty: the current one. */
  builder: string
  /** Milliseconds before each retry of a command whose failure may be temporary. */
  retryDelays: readonly number[]
  /** Time limit of each command that asks a container registry a few small things. */
  registrySeconds: number
  /** Receives the name of a container before it starts, so that it can be removed if this process is killed. */
  onContainer: (name: string) => void
}

/** Half a minute in total: longer than a container registry takes to restart, and still bearable to wait for. */
export const RETRY_DELAYS: readonly number[] = [1000, 4000, 10_000, 15_000]

/** A slow one answers in a second or two; a hostile one may send a byte now and then for hours. */
export const REGISTRY_SECONDS = 60

interface DockerOptions {
  /** Time limit of each try. */
  timeoutSeconds: number
  /** Whether its lines are shown as they come. */
  shown?: boolean
  env?: Record<string, string>
  /** Written to standard input: the way to hand over a secret. */
  input?: string | Buffer
  /** Ends the command when it aborts; then it is not tried again. */
  signal?: AbortSignal
}

/**
 * Runs a docker command, and retries it where a container registry failed temporarily (faults.ts). The command must be
 * safe to repeat.
 * @returns what it wrote to standard output
 * @throws {CommandError} whose message is the cause that docker names, without the command line
 */
export async function runDocker(docker: Docker, args: string[], options: DockerOptions): Promise<string> {
  const { timeoutSeconds, shown, env, input, signal } = options
  for (let tried = 0; ; tried++) {
    try {
      return await runCommand('docker', args, {
        env: { ...dockerTokens(), ...docker.env, ...env },
        timeoutSeconds,
        ...(input !== undefined && { input }),
        ...(signal && { signal }),
        ...(shown && { onLine: docker.onLine }),
      })
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      const delay = docker.retryDelays[tried]
      if (delay === undefined || signal?.aborted || !isPassing(error)) throw explained(error, args, tried)
      docker.onLine(`${causeOf(error)}: trying again in ${delay / 1000} s`)
      await new Promise((resolve) => setTimeout(resolve, delay))
    }
  }
}

/** Returns the arguments that select the builder in a buildx command. */
export function builderFlag({ builder }: Pick<Docker, 'builder'>): string[] {
  return builder ? ['--builder', builder] : []
}

/** Returns the failure with its cause first, and with the command, free of secrets, above the last lines. */
function explained(error: CommandError, args: readonly string[], retries: number): CommandError {
  const flag = args.findIndex((arg) => arg.startsWith('-') || arg.includes(':'))
  const name = ['docker', ...args.slice(0, flag === -1 ? undefined : flag)].join(' ')
  const cause = causeOf(error) + (retries > 0 ? ` (tried ${retries + 1} times)` : '')
  const lines = [`$ ${['docker', ...withoutSecrets(args)].join(' ')}`, ...error.lastLines]
  return new CommandError({ command: name, exitCode: error.exitCode, lastLines: lines, outcome: cause })
}

/** Flags whose values may hold a password or a key. */
const PRIVATE_FLAGS = ['--build-arg', '--cache-from', '--cache-to']

/** Returns the arguments with the values of private ones left out. */
function withoutSecrets(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    if (!PRIVATE_FLAGS.includes(args[index - 1] ?? '')) return arg
    return arg.includes('=') ? `${arg.slice(0, arg.indexOf('='))}=…` : arg
  })
}
