import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { emptyReport, type Report } from '../../src/report/report.js'
import { renderSarif } from '../../src/report/sarif.js'
import { allRules } from '../../src/rules/catalogue.js'

/** The schema as its publisher ships it with the SARIF tools. */
const schema = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/sarif-multitool-linux/sarif-2.1.0.json'),
    'utf8',
  ),
) as object

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const isValid = ajv.compile(schema)

interface Sarif {
  runs: {
    tool: { driver: { rules: { id: string; helpUri?: string }[] } }
    results: {
      ruleId: string
      ruleIndex: number
      level: string
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[]
    }[]
  }[]
}

function sarifOf(changes: Partial<Report>, path = '.'): Sarif {
  const text = renderSarif({ ...emptyReport('check'), ...changes }, allRules(), path)
  const value: unknown = JSON.parse(text)
  expect(isValid(value) ? [] : isValid.errors).toEqual([])
  return value as Sarif
}

const finding = {
  rule: 'manifest/url-not-canonical',
  severity: 'error',
  plugin: 'com.acme.theme',
  file: 'client/web/plugins/com.acme.theme/manifest.json',
  line: 4,
  column: 10,
  message: 'url is "/x"',
  fixable: true,
} as const

test('a report without findings is valid and describes every rule', () => {
  const [run] = sarifOf({}).runs
  expect(run?.results).toEqual([])
  expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(allRules().map(({ id }) => id))
})

test('a finding keeps its rule, level and place', () => {
  const [run] = sarifOf({ findings: [finding] }, 'apps/chat').runs
  const [result] = run?.results ?? []
  expect(result).toMatchObject({ ruleId: finding.rule, level: 'error' })
  expect(run?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe(finding.rule)
  expect(result?.locations[0]?.physicalLocation).toMatchObject({
    artifactLocation: { uri: 'apps/chat/client/web/plugins/com.acme.theme/manifest.json' },
    region: { startLine: 4, startColumn: 10 },
  })
})

test.each([
  ['error', 'error'],
  ['warning', 'warning'],
  ['notice', 'note'],
] as const)('severity %s is level %s', (severity, level) => {
  expect(sarifOf({ findings: [{ ...finding, severity }] }).runs[0]?.results[0]?.level).toBe(level)
})

test('a file with spaces and signs is a valid URI, and a finding without a line stands on the first', () => {
  const { rule, severity, message, fixable } = finding
  const odd = { rule, severity, message, fixable, file: 'server/plugins/a b#ü/x.ts' }
  const location = sarifOf({ findings: [odd] }).runs[0]?.results[0]?.locations[0]?.physicalLocation
  expect(location?.artifactLocation.uri).toBe('server/plugins/a%20b%23%C3%BC/x.ts')
  expect(location?.region).toEqual({ startLine: 1 })
})

test('rules link their documentation where its address is known', () => {
  const rulesUrl = 'https://github.com/acme/action/blob/v1/docs/rules.md'
  const rules = sarifOf({ rulesUrl }).runs[0]?.tool.driver.rules
  expect(rules?.find(({ id }) => id === 'manifest/missing')?.helpUri).toBe(`${rulesUrl}#manifestmissing`)
  expect(sarifOf({}).runs[0]?.tool.driver.rules.some(({ helpUri }) => helpUri)).toBe(false)
})
