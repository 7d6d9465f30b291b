import type { LoadSettings } from '../tailchat/service-loader.js'

/** A container of the stack that was brought up. */
export interface BootContainer {
  id: string
  /** Its compose service. */
  service: string
  /** Whether it has the built image. */
  isApplication: boolean
  /** As the engine says it: `running`, `exited`, `restarting` and so on. */
  state: string
  exitCode: number
  /** How often the engine started it again. */
  restarts: number
  settings: LoadSettings
  /** What it must have in common with others so that they see each other; only for comparing: it may hold a password. */
  bus: string
  /** Values of its environment that no log may show. */
  secrets: string[]
}

/** A crash that repeats itself this often does not mend itself: what a container waits for comes up in seconds. */
const MAX_RESTARTS = 5

/** Whether a container ended, or ends again and again. */
export function isDead({ state, restarts }: BootContainer): boolean {
  return ['exited', 'dead', 'removing'].includes(state) || restarts >= MAX_RESTARTS
}

/** A line of a log without the values that are secret. */
export function withoutSecretValues(line: string, secrets: readonly string[]): string {
  // Longer ones first: one may be a part of another.
  return [...secrets]
    .sort((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '***'), line)
}
