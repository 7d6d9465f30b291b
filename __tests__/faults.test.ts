import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { readEvent } from '../src/inputs/event.js'
import { parseInputs } from '../src/inputs/inputs.js'
import { runPipeline } from '../src/pipeline.js'
import { renderInitialDeclarations } from '../src/declarations/init.js'
import type { Report, ReportedFinding } from '../src/report/report.js'
import { readWorkspace } from '../src/workspace/read.js'
import { badInput } from './faults/bad-input.faults.js'
import { AUDIT, type Fault, type SampleFiles, sampleFiles, STATS } from './faults/fault.js'
import { lockfileFaults } from './faults/lockfile.faults.js'
import { registrationFaults } from './faults/registration.faults.js'
import { serviceFaults } from './faults/service.faults.js'
import { webFaults } from './faults/web.faults.js'
import { copyExample, temporaryDirectory } from './support/files.js'

let directory: string
let sample: SampleFiles

function makeSample(): void {
  directory = temporaryDirectory('faults')
  copyExample('tailchat', directory)
  sample = sampleFiles(directory)
}
const removeSample = (): void => rmSync(directory, { recursive: true, force: true })

async function check(inputs: Record<string, string> = {}): Promise<Report> {
  const report = await runPipeline(
    parseInputs((name) => inputs[name] ?? ''),
    { root: directory, event: readEvent({}), rulesUrl: '', log: () => undefined },
  )
  expect(report.failure).toBeUndefined()
  return report
}

/** What is found besides the development-only plugin, which the sample has without any mistake. */
const besidesLab = ({ findings }: Report): ReportedFinding[] =>
  findings.filter(({ plugin }) => plugin !== 'com.example.lab')
const findings = async (inputs?: Record<string, string>): Promise<ReportedFinding[]> =>
  besidesLab(await check(inputs))

function expectFault(found: ReportedFinding[], { rule, file, line, severity, mended }: Fault): void {
  expect(found.map((finding) => [finding.severity, finding.rule, finding.file])).toEqual([
    [severity ?? 'error', rule, file],
  ])
  const [only] = found
  if (line === undefined) expect(only?.line ?? 1).toBe(1)
  else expect(sample.read(file).split('\n')[(only?.line ?? 0) - 1]).toContain(line)
  expect(only?.fixable).toBe(mended !== undefined)
}

/** Checks that a file that says what the repository does today adds no finding and changes no offer. */
async function expectInitAddsNothing(before: Report): Promise<void> {
  const places = (report: Report): string[] =>
    report.findings.map(({ rule, file, line, message }) => `${rule} ${file}:${line} ${message}`)
  const offers = ({ plugins }: Report): string[] => plugins.map(({ name, offer }) => `${name} ${offer}`)
  const declarations = 'tailchat-plugins.yml'
  sample.write(declarations, renderInitialDeclarations(await readWorkspace(directory)))
  const after = await check()
  sample.remove(declarations)
  expect(places(after).filter((place) => !places(before).includes(place))).toEqual([])
  expect(offers(after)).toEqual(offers(before))
}

const faults = [...webFaults, ...registrationFaults, ...serviceFaults, ...lockfileFaults]

describe.each(faults)('in the sample repository $mistake', (fault) => {
  let report: Report

  beforeAll(async () => {
    makeSample()
    fault.apply(sample)
    report = await check()
  })
  afterAll(removeSample)

  test(`is found once, by ${fault.rule} (way to fail ${fault.mode})`, () => {
    const found = besidesLab(report)
    expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(fault.also ?? []))
    expectFault(
      found.filter(({ rule }) => !fault.also?.includes(rule)),
      fault,
    )
  })

  test('is all that is found after init too', () => expectInitAddsNothing(report))

  if (fault.mended === true)
    test('is mended by sync', async () => {
      await findings({ mode: 'sync', fix: 'true' })
      expect(await findings()).toEqual([])
    })
})

const other: Fault = {
  mistake: 'a mistake in another plugin',
  apply: ({ edit }) => edit(`${STATS}/package.json`, '@plugins/com.example.stats', '@plugins/stats'),
  rule: 'package/name-mismatch',
  file: `${STATS}/package.json`,
  line: '"name"',
  mended: true,
}
const isOther = ({ file }: ReportedFinding): boolean => file === other.file

describe.each(badInput)('in a repository with another mistake $mistake', (fault) => {
  let report: Report

  beforeAll(async () => {
    makeSample()
    fault.apply(sample)
    other.apply(sample)
    report = await check()
  })
  afterAll(removeSample)

  test('is one finding, and other plugins are checked', () => {
    const found = besidesLab(report)
    expectFault(
      found.filter((finding) => !isOther(finding)),
      fault,
    )
    expectFault(found.filter(isOther), other)
  })

  test('is all that is found after init too', () => expectInitAddsNothing(report))

  if (fault.mended)
    test('is mended by sync, in the style of its file', async () => {
      const { file } = fault
      const style = (): boolean[] => [
        sample.read(file).startsWith('\uFEFF'),
        sample.read(file).includes('\r'),
      ]
      const before = style()
      await findings({ mode: 'sync', fix: 'true' })
      expect(await findings()).toEqual([])
      expect(style()).toEqual(before)
    })
})

describe('the sample repository', () => {
  beforeEach(makeSample)
  afterEach(removeSample)

  test('has nothing to find', async () => {
    expect(await findings()).toEqual([])
  })

  test('with a directory that cannot be read has one finding for it, and other plugins are checked', async () => {
    // What is loaded when it is needed is loaded now: below, this process may not read its own modules.
    other.apply(sample)
    await findings()
    const closed = `${AUDIT}/locales`
    mkdirSync(sample.path(closed))
    chmodSync(sample.path(closed), 0)
    chmodSync(directory, 0o755)
    try {
      const found = await withoutPrivileges(findings)
      expectFault(
        found.filter((finding) => !isOther(finding)),
        { mistake: '', apply: () => undefined, rule: 'plugin/unreadable', file: closed },
      )
      expectFault(found.filter(isOther), other)
    } finally {
      chmodSync(sample.path(closed), 0o755)
    }
  })
})

/** Nothing is closed to the superuser: as such, the work is done as a user who is nobody. */
async function withoutPrivileges<T>(work: () => Promise<T>): Promise<T> {
  const user = process.geteuid?.()
  if (user !== 0) return work()
  process.seteuid?.(65534)
  try {
    return await work()
  } finally {
    process.seteuid?.(user)
  }
}
