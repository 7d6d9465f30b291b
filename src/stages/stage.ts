import type { Inputs, Mode } from '../inputs/inputs.js'
import type { Surroundings } from '../inputs/surroundings.js'
import { CommandError } from '../lib/command.js'
import { messageOf } from '../lib/wording.js'
import { withPart, type ReportPart } from '../report/record.js'
import { emptyReport, type Failure, type Report } from '../report/report.js'

/** The stages, each in the file of its name. */
export const STAGES = [
  'check',
  'fix',
  'lockfile',
  'privileges',
  'base',
  'apply',
  'publish',
  'deploy',
  'strategy',
  'removal',
  'prove',
  'browser',
  'boot',
  'tags',
  'rollback',
  'status',
  'bundle',
  'new',
  'add',
  'remove',
  'update',
  'outdated',
] as const

/** Steps within stages; the report has their times, and names the one that failed. */
type Step = 'fetch' | 'workspace' | 'declarations' | 'rules' | 'sync' | 'prepare' | 'image' | 'pull' | 'proof'

type StageName = (typeof STAGES)[number] | Step

/** What every stage gets. */
export interface Run {
  inputs: Inputs
  surroundings: Surroundings
  /** Adds to the report, which stages never read: what a later stage needs is what an earlier one returns. */
  record: (part: ReportPart) => void
  /** Times a stage or a step of one, and names it in an error that comes out of it. */
  stage: <T>(name: StageName, work: () => T | Promise<T>) => Promise<T>
}

/**
 * Runs `work`, and keeps what it records: a failure leaves what is known by then.
 * @returns the report, also when a stage failed
 */
export async function withRun(
  inputs: Inputs,
  surroundings: Surroundings,
  work: (run: Run) => Promise<unknown>,
): Promise<Report> {
  const { rulesUrl, filesUrl } = surroundings
  let report: Report = { ...emptyReport(inputs.mode), rulesUrl, ...(filesUrl !== undefined && { filesUrl }) }
  const record = (part: ReportPart): void => void (report = withPart(report, part))
  try {
    await work({ inputs, surroundings, record, stage: stageRunner(record, surroundings.onStage) })
  } catch (error) {
    record({ failure: describeFailure(error, inputs.mode) })
  }
  return report
}

/** A failure that a stage itself calls one; the message is for the person who must act. */
export class StageError extends Error {
  constructor(
    readonly stage: StageName,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

function stageRunner(record: Run['record'], onStage: Surroundings['onStage']): Run['stage'] {
  return async (name, work) => {
    const started = performance.now()
    let state: 'ends' | 'fails' = 'fails'
    onStage?.({ stage: name, state: 'begins', milliseconds: 0 })
    try {
      const result = await work()
      state = 'ends'
      return result
    } catch (error) {
      if (error instanceof StageError) throw error
      throw new StageError(name, messageOf(error), { cause: error })
    } finally {
      const milliseconds = Math.round(performance.now() - started)
      onStage?.({ stage: name, state, milliseconds })
      record({ timings: { [name]: milliseconds } })
    }
  }
}

/** A failure as the report shows it. */
function describeFailure(error: unknown, mode: Mode): Failure {
  if (!(error instanceof StageError))
    return { stage: mode, message: messageOf(error), details: detailsOf(error) }
  return { stage: error.stage, message: error.message, details: detailsOf(error.cause) }
}

/** The last lines of the command that failed, also where another error explains it. */
function detailsOf(error: unknown): string[] {
  if (error instanceof CommandError) return error.lastLines
  return error instanceof Error ? detailsOf(error.cause) : []
}
