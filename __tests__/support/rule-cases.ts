import { expect, test } from '@jest/globals'
import type { InputName } from '../../src/inputs/inputs.js'
import type { Finding } from '../../src/rules/run.js'
import { mend } from './fix.js'
import { type Files, findingsOf } from './repository.js'

/** What one finding must say. `at` is `file`, or `file:line:column`; `says` is a part of the message. */
export interface ExpectedFinding {
  at: string
  says: string | RegExp
  plugin?: string
  /** Only where it matters, such as where less is at stake than usual. */
  severity?: Finding['severity']
}

/** A rule with what it finds nothing in, and what it finds exactly these things in. */
export interface RuleCases<Given> {
  rule: string
  valid: Record<string, Given>
  invalid: Record<string, Given & { finds: ExpectedFinding[] }>
}

/** What the rules about a repository are given. */
export interface RepositoryCase {
  files: Files
  inputs?: Partial<Record<InputName, string>>
  /** What mending makes of the files that it changes, whole; afterwards the rule finds nothing. */
  fixed?: Files
}

/** Runs the tables of rules about a repository. */
export function testRepositoryRules(tables: readonly RuleCases<RepositoryCase>[]): void {
  for (const table of tables) {
    testRule(table, ({ files, inputs }) => findingsOf(files, inputs))
    for (const [name, { files, fixed }] of Object.entries(table.invalid))
      if (fixed)
        test(`${table.rule} mends ${name}, and leaves every other byte`, async () => {
          expect(await mend(files, table.rule)).toEqual({ changed: fixed, left: [] })
        })
  }
}

/**
 * Runs the table of one rule. Other rules may find things in the same place: they have tables of their own.
 * @param findings gives what all rules find
 */
export function testRule<Given>(
  { rule, valid, invalid }: RuleCases<Given>,
  findings: (given: Given) => Finding[] | Promise<Finding[]>,
): void {
  const found = async (given: Given) =>
    (await findings(given))
      .filter((finding) => finding.rule === rule)
      .map(({ file, line, column, plugin, message, severity }) => ({
        at: [file, line, column].filter((part) => part !== undefined).join(':'),
        plugin,
        message,
        severity,
      }))
  test.each(Object.entries(valid))(`${rule} is content with %s`, async (_name, given) => {
    expect(await found(given)).toEqual([])
  })
  test.each(Object.entries(invalid))(`${rule} finds %s`, async (_name, given) => {
    expect(await found(given)).toEqual(
      given.finds.map(({ at, plugin, says, severity }) => ({
        at,
        plugin,
        severity: severity ?? expect.any(String),
        message: typeof says === 'string' ? expect.stringContaining(says) : expect.stringMatching(says),
      })),
    )
  })
}
