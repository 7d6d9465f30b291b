import { CommandError } from '../lib/command.js'
import type { Report } from '../report/report.js'
import { messageOf } from '../lib/wording.js'

/** A failure that the pipeline itself calls one; the message is for the person who must act. */
export class StageError extends Error {
  constructor(
    readonly stage: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export type StageRunner = <T>(name: string, work: () => T | Promise<T>) => Promise<T>

/** Times each stage, and says which one an unexpected error came from. */
export function stageRunner(report: Report): StageRunner {
  return async (name, work) => {
    const started = performance.now()
    try {
      return await work()
    } catch (error) {
      if (error instanceof StageError) throw error
      throw new StageError(name, messageOf(error), { cause: error })
    } finally {
      report.timings[name] = (report.timings[name] ?? 0) + Math.round(performance.now() - started)
    }
  }
}

/** A failure as the report shows it. */
export function describeFailure(error: unknown): NonNullable<Report['failure']> {
  if (!(error instanceof StageError))
    return {
      stage: 'docker',
      message: messageOf(error),
      details: detailsOf(error),
    }
  return { stage: error.stage, message: error.message, details: detailsOf(error.cause) }
}

/** The last lines of the command that failed, also where another error explains it. */
function detailsOf(error: unknown): string[] {
  if (error instanceof CommandError) return error.lastLines
  return error instanceof Error ? detailsOf(error.cause) : []
}
