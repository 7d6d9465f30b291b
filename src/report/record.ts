import type { Report } from './report.js'

/** What a stage adds to the report. */
export type ReportPart = Partial<Omit<Report, 'version' | 'mode' | 'rulesUrl' | 'filesUrl'>>

/** Returns the report with one part more: notes, times and what was not looked at are added, everything else takes the place of what was there. */
export function withPart(report: Report, part: ReportPart): Report {
  const { notes = [], notLookedAt = [], timings = {} } = part
  const times = { ...report.timings }
  for (const [name, milliseconds] of Object.entries(timings)) times[name] = (times[name] ?? 0) + milliseconds
  return {
    ...report,
    ...part,
    notes: [...report.notes, ...notes],
    notLookedAt: [...report.notLookedAt, ...notLookedAt],
    timings: times,
  }
}
