import { describe, expect, test } from '@jest/globals'
import { type ReportPart, withPart } from '../../src/report/record.js'
import { emptyReport, type Report } from '../../src/report/report.js'

const report: Report = {
  ...emptyReport('sync'),
  notes: ['first'],
  notLookedAt: ['one rule'],
  timings: { check: 40 },
  changes: [{ file: 'a', summary: 'fix it' }],
}
const image = { name: '', digest: 'sha256:1', tags: [], platforms: [] }

describe('a part that is added to a report', () => {
  test.each<[string, ReportPart, Partial<Report>]>([
    ['adds its notes after those that are there', { notes: ['second'] }, { notes: ['first', 'second'] }],
    [
      'adds what was not looked at after what an earlier stage left out',
      { notLookedAt: ['the browser'] },
      { notLookedAt: ['one rule', 'the browser'] },
    ],
    ['adds the time of a stage that is new', { timings: { fix: 3 } }, { timings: { check: 40, fix: 3 } }],
    ['adds to the time of a stage that ran before', { timings: { check: 2 } }, { timings: { check: 42 } }],
    ['takes the place of lists other than notes', { changes: [] }, { changes: [] }],
    ['takes the place of single values', { applied: true, image }, { applied: true, image }],
    ['changes nothing where it is empty', {}, {}],
  ])('%s', (_, part, changed) => {
    expect(withPart(report, part)).toEqual({ ...report, ...changed })
  })

  test('leaves the report that it is added to as it was', () => {
    const before = structuredClone(report)
    withPart(report, { notes: ['second'], timings: { check: 1 }, changes: [], image })
    expect(report).toEqual(before)
  })
})
