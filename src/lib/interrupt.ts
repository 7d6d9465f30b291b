import { constants } from 'node:os'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

const pending = new Set<() => void>()

/**
 * Sees to it that `cleanUp` runs when the process is told to end, as a runner does with a cancelled step. What is
 * left then would stay for good: containers, logins, temporary directories.
 * @param cleanUp must work without waiting for anything
 * @returns forgets it again: call this when the thing is cleaned up in the ordinary way
 */
export function onInterrupt(cleanUp: () => void): () => void {
  if (pending.size === 0) for (const signal of SIGNALS) process.on(signal, end)
  pending.add(cleanUp)
  return () => {
    pending.delete(cleanUp)
    if (pending.size === 0) for (const signal of SIGNALS) process.off(signal, end)
  }
}

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

function end(signal: Signal): void {
  for (const cleanUp of [...pending].reverse()) {
    try {
      cleanUp()
    } catch {
      // The others still have their turn.
    }
  }
  process.exit(128 + constants.signals[signal])
}
