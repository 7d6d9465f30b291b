import { CommandError, runCommand } from '../lib/command.js'
import { dockerTokens } from '../lib/environment.js'
import { causeOf, isPassing } from './faults.js'

/** How docker is called in one run: with a login of its own where one was asked for. */
export interface Docker {
  /** Environment for every docker command of the run. */
  env: Record<string, string>
  onLine: (line: string) => void
  /** The buildx builder, whose settings of container registries count; empty: the current one. */
  builder: string
  /** Milliseconds before each further try of a command that failed for a reason that passes. */
  retryDelays: readonly number[]
  /** Told the name of a container before it starts: should this process be killed, another one can remove it. */
  onContainer: (name: string) => void
}

/** Together half a minute: longer than a registry needs to restart, shorter than a person needs to look. */
export const RETRY_DELAYS: readonly number[] = [1000, 4000, 10_000, 15_000]

export interface DockerOptions {
  /** Time limit of each try. */
  timeoutSeconds: number
  /** Whether its lines are shown as they come. */
  shown?: boolean
  env?: Record<string, string>
  /** Written to standard input: the way to hand over a secret. */
  input?: string
}

/**
 * Runs a docker command, again where a container registry failed in a way that passes (faults.ts). The command must
 * be one that can be repeated.
 * @returns what it wrote to standard output
 * @throws {CommandError} whose message is the cause that docker names, not a command line of many lines
 */
export async function runDocker(docker: Docker, args: string[], options: DockerOptions): Promise<string> {
  const { timeoutSeconds, shown, env, input } = options
  for (let tried = 0; ; tried++) {
    try {
      return await runCommand('docker', args, {
        env: { ...dockerTokens(), ...docker.env, ...env },
        timeoutSeconds,
        ...(input !== undefined && { input }),
        ...(shown && { onLine: docker.onLine }),
      })
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      const delay = docker.retryDelays[tried]
      if (delay === undefined || !isPassing(error)) throw explained(error, args, tried)
      docker.onLine(`${causeOf(error)}: trying again in ${delay / 1000} s`)
      await new Promise((resolve) => setTimeout(resolve, delay))
    }
  }
}

/** The flag that names the builder to a command of buildx. */
export function builderFlag({ builder }: Pick<Docker, 'builder'>): string[] {
  return builder ? ['--builder', builder] : []
}

/** The same failure for a person: the cause first; the command, without what may be private, with the last lines. */
function explained(error: CommandError, args: readonly string[], retries: number): CommandError {
  const flag = args.findIndex((arg) => arg.startsWith('-') || arg.includes(':'))
  const name = ['docker', ...args.slice(0, flag === -1 ? undefined : flag)].join(' ')
  const cause = causeOf(error) + (retries > 0 ? ` (tried ${retries + 1} times)` : '')
  const lines = [`$ ${['docker', ...withoutSecrets(args)].join(' ')}`, ...error.lastLines]
  return new CommandError(name, error.exitCode, lines, cause)
}

/** Flags whose values may hold a password or a key. */
const PRIVATE_FLAGS = ['--build-arg', '--cache-from', '--cache-to']

/** The arguments with the name, but not the value, of what may be private. */
export function withoutSecrets(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    if (!PRIVATE_FLAGS.includes(args[index - 1] ?? '')) return arg
    return arg.includes('=') ? `${arg.slice(0, arg.indexOf('='))}=…` : arg
  })
}
