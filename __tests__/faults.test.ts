import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readEvent } from '../src/inputs/event.js'
import { parseInputs } from '../src/inputs/inputs.js'
import { runPipeline } from '../src/pipeline.js'
import type { ReportedFinding } from '../src/report/report.js'
import { badInput } from './faults/bad-input.faults.js'
import { AUDIT, type Fault, type SampleFiles, sampleFiles, STATS } from './faults/fault.js'
import { lockfileFaults } from './faults/lockfile.faults.js'
import { registrationFaults } from './faults/registration.faults.js'
import { serviceFaults } from './faults/service.faults.js'
import { webFaults } from './faults/web.faults.js'
import { copyExample, temporaryDirectory } from './support/files.js'

let directory: string
let sample: SampleFiles

beforeEach(() => {
  directory = temporaryDirectory('faults')
  copyExample('tailchat', directory)
  sample = sampleFiles(directory)
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** What is found besides the development-only plugin, which the sample has without any mistake. */
async function findings(inputs: Record<string, string> = {}): Promise<ReportedFinding[]> {
  const report = await runPipeline(
    parseInputs((name) => inputs[name] ?? ''),
    { root: directory, event: readEvent({}), rulesUrl: '', log: () => undefined },
  )
  expect(report.failure).toBeUndefined()
  return report.findings.filter(({ plugin }) => plugin !== 'com.example.lab')
}

function expectFault(found: ReportedFinding[], { rule, file, line, severity, mended }: Fault): void {
  expect(found.map((finding) => [finding.severity, finding.rule, finding.file])).toEqual([
    [severity ?? 'error', rule, file],
  ])
  const [only] = found
  if (line === undefined) expect(only?.line ?? 1).toBe(1)
  else expect(sample.read(file).split('\n')[(only?.line ?? 0) - 1]).toContain(line)
  expect(only?.fixable).toBe(mended !== undefined)
}

const faults = [...webFaults, ...registrationFaults, ...serviceFaults, ...lockfileFaults]

test('the sample has nothing to find', async () => {
  expect(await findings()).toEqual([])
})

describe('each mistake in the sample repository', () => {
  test.each(faults)('$mode: $mistake is found once, by $rule', async (fault) => {
    fault.apply(sample)
    const found = await findings()
    expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(fault.also ?? []))
    expectFault(
      found.filter(({ rule }) => !fault.also?.includes(rule)),
      fault,
    )
    if (fault.mended !== true) return
    await findings({ mode: 'sync', fix: 'true' })
    expect(await findings()).toEqual([])
  })
})

describe('bad input', () => {
  const other: Fault = {
    mistake: 'a mistake in another plugin',
    apply: ({ edit }) => edit(`${STATS}/package.json`, '@plugins/com.example.stats', '@plugins/stats'),
    rule: 'package/name-mismatch',
    file: `${STATS}/package.json`,
    line: '"name"',
    mended: true,
  }
  const isOther = ({ file }: ReportedFinding): boolean => file === other.file

  test.each(badInput)('$mistake is one finding, and other plugins are checked', async (fault) => {
    fault.apply(sample)
    other.apply(sample)
    const found = await findings()
    expectFault(
      found.filter((finding) => !isOther(finding)),
      fault,
    )
    expectFault(found.filter(isOther), other)
    if (!fault.mended) return
    const { file } = fault
    const style = [sample.read(file).startsWith('\uFEFF'), sample.read(file).includes('\r')]
    await findings({ mode: 'sync', fix: 'true' })
    expect(await findings()).toEqual([])
    expect([sample.read(file).startsWith('\uFEFF'), sample.read(file).includes('\r')]).toEqual(style)
  })

  test('a directory that cannot be read is one finding, and other plugins are checked', async () => {
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
