import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import { isFailed, type Report } from '../../src/report/report.js'
import { markNew } from '../../src/rules/new.js'
import type { Finding } from '../../src/rules/run.js'
import { type Files, frontendPlugin, registrations, withRepository } from '../support/repository.js'

const one: Finding = {
  rule: 'a/a',
  severity: 'error',
  file: 'a.ts',
  line: 3,
  message: 'wrong',
  fixable: false,
}

describe('markNew', () => {
  test.each<[string, Partial<Finding>[], Partial<Finding>[], boolean[]]>([
    ['is new where the base has none', [{}], [], [true]],
    ['was there on another line', [{ line: 9, column: 2 }], [{}], [false]],
    ['is new with another rule', [{ rule: 'b/b' }], [{}], [true]],
    ['is new in another file', [{ file: 'b.ts' }], [{}], [true]],
    ['is new with another message', [{ message: 'wrong too' }], [{}], [true]],
    ['was there in another severity', [{ severity: 'notice' }], [{}], [false]],
    ['is new once more than the base has it', [{}, { line: 4 }, { line: 5 }], [{}, {}], [false, false, true]],
    [
      'was there where only a line in its message differs',
      [{ message: 'see main.ts:12:3 too' }],
      [{ message: 'see main.ts:9:3 too' }],
      [false],
    ],
    ['is new with another number', [{ message: 'port 80' }], [{ message: 'port 81' }], [true]],
  ])('a finding %s', (_what, now, before, expected) => {
    const all = (parts: Partial<Finding>[]): Finding[] => parts.map((part) => ({ ...one, ...part }))
    expect(markNew(all(now), all(before)).map((each) => each.new)).toEqual(expected)
  })
})

describe('what a change brings', () => {
  // Neither is registered.
  const before = { ...registrations({}), ...frontendPlugin('com.acme.old') }
  const after = frontendPlugin('com.acme.young')

  async function checked(
    since: string | undefined,
    findings = '',
  ): Promise<{ report: Report; failed: boolean }> {
    return withRepository(before, async (root) => {
      const git = (...args: string[]): unknown =>
        execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
          cwd: root,
        })
      git('init', '--quiet', '--initial-branch=main')
      git('add', '--all')
      git('commit', '--quiet', '--message', 'base')
      write(root, after)
      const inputs = parseInputs((name) =>
        name === 'findings' ? findings : name === 'fail-on' ? 'warning' : '',
      )
      const report = await runPipeline(inputs, {
        root,
        event: readEvent({}),
        ...(since !== undefined && { since }),
        rulesUrl: '',
        log: () => undefined,
      })
      return { report, failed: isFailed(report, inputs) }
    })
  }

  const newOnes = ({ findings }: Report): unknown[] =>
    findings
      .filter(({ rule }) => rule === 'plugin/not-offered')
      .map((finding) => [finding.plugin, finding.new])

  test('findings of the base are old, also where the change is not committed', async () => {
    const { report, failed } = await checked('main', 'new')
    expect(newOnes(report)).toEqual([
      ['com.acme.old', false],
      ['com.acme.young', true],
    ])
    expect(report.base).toMatch(/^[0-9a-f]{40}$/)
    expect(report.notLookedAt).toEqual([])
    expect(failed).toBe(true)
  })

  test.each(['nowhere', '--output=x', 'main:README.md'])(
    'with the base %j nothing is known: all findings count as new, and the report says so',
    async (since) => {
      const { report, failed } = await checked(since, 'new')
      expect(newOnes(report)).toEqual([
        ['com.acme.old', undefined],
        ['com.acme.young', undefined],
      ])
      expect(report.notLookedAt).toEqual([expect.stringContaining('all findings count as new')])
      expect(failed).toBe(true)
    },
  )

  test('without a change there is no base', async () => {
    const { report } = await checked(undefined)
    expect(Object.keys(report.timings)).not.toContain('base')
    expect(report.findings.every((finding) => !('new' in finding))).toBe(true)
  })
})

function write(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}
