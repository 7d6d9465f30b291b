import { writeSync } from 'node:fs'
import { constants } from 'node:os'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** Cleans up without waiting for anything, and returns what it undid, as a clause; nothing: not worth mentioning. */
type CleanUp = () => string | void

const pending = new Set<CleanUp>()

/**
 * Sees to it that `cleanUp` runs when the process is told to end, as a runner does with a cancelled step. What is
 * left then would stay for good: containers, logins, temporary directories.
 * @returns forgets it again: call this when the thing is cleaned up in the ordinary way
 */
export function onInterrupt(cleanUp: CleanUp): () => void {
  if (pending.size === 0) for (const signal of SIGNALS) process.on(signal, end)
  pending.add(cleanUp)
  return () => {
    pending.delete(cleanUp)
    if (pending.size === 0) for (const signal of SIGNALS) process.off(signal, end)
  }
}

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

function end(signal: Signal): void {
  const undone: string[] = []
  for (const cleanUp of [...pending].reverse()) {
    try {
      const what = cleanUp()
      if (what !== undefined) undone.push(what)
    } catch {
      // The others still have their turn.
    }
  }
  const outcome = undone.length === 0 ? 'there was nothing to undo' : [...new Set(undone)].join('; ')
  // The line of progress may be there, without a line break.
  const clear = process.stderr.isTTY ? '\r\u001b[2K' : ''
  try {
    writeSync(process.stderr.fd, `${clear}Interrupted: ${outcome}.\n`)
  } catch {
    // Whoever read it may be gone already.
  }
  process.exit(128 + constants.signals[signal])
}
