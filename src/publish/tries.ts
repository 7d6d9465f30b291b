import { setTimeout } from 'node:timers/promises'
import { ApiError } from './client.js'
import { delayBefore, TRIES } from './faults.js'

/** How to wait between tries. */
export interface Patience {
  wait?: (milliseconds: number) => Promise<unknown>
  /** Called for each failure that another try follows. */
  log: (line: string) => void
}

/**
 * Calls `work`, and again after a temporary failure (see POLICY). `work` reads the current state each time and goes on
 * from there, so that a try whose answer was lost does no harm.
 * @throws the error of the last try, with the number of tries
 */
export async function inTries<T>({ wait = setTimeout, log }: Patience, work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      const delay = error instanceof ApiError ? delayBefore(error.fault, tried, Math.random()) : undefined
      if (delay === undefined) {
        if (tried === 1 || !(error instanceof Error)) throw error
        throw new Error(`${error.message} (try ${tried} of ${TRIES})`, { cause: error })
      }
      log(
        `${(error as Error).message}; trying again in ${(delay / 1000).toFixed(1)} s (try ${tried} of ${TRIES})`,
      )
      await wait(delay)
    }
  }
}
