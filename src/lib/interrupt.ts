import { writeSync } from 'node:fs'
import { constants } from 'node:os'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** What to do when the process is told to end, and what to say about it. */
interface CleanUp {
  run: () => void
  told: (() => string | undefined) | undefined
}

const pending = new Set<CleanUp>()

/**
 * Sees to it that `cleanUp` runs when the process is told to end, as a runner does with a cancelled step. What is
 * left then would stay for good: containers, logins, temporary directories.
 * @param cleanUp must work without waiting for anything
 * @param told says, after that, what was undone, as a clause; absent, or where it says nothing: not worth a word
 * @returns forgets it again: call this when the thing is cleaned up in the ordinary way
 */
export function onInterrupt(cleanUp: () => void, told?: () => string | undefined): () => void {
  const entry: CleanUp = { run: cleanUp, told }
  if (pending.size === 0) for (const signal of SIGNALS) process.on(signal, end)
  pending.add(entry)
  return () => {
    pending.delete(entry)
    if (pending.size === 0) for (const signal of SIGNALS) process.off(signal, end)
  }
}

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

function end(signal: Signal): void {
  const undone: string[] = []
  for (const { run, told } of [...pending].reverse()) {
    try {
      run()
      const what = told?.()
      if (what !== undefined) undone.push(what)
    } catch {
      // The others still have their turn.
    }
  }
  const said = undone.length === 0 ? 'there was nothing to undo' : [...new Set(undone)].join('; ')
  // A line that is drawn again and again may stand there.
  const clear = process.stderr.isTTY ? '\r\u001b[2K' : ''
  try {
    writeSync(process.stderr.fd, `${clear}Interrupted: ${said}.\n`)
  } catch {
    // Whoever read it may be gone already.
  }
  process.exit(128 + constants.signals[signal])
}
