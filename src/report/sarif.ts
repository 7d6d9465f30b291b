import { posix } from 'node:path'
import type { RuleInfo } from '../rules/types.js'
import { ruleUrl } from './links.js'
import type { Report, ReportedFinding } from './report.js'
import { visible } from './text.js'

const LEVELS = { error: 'error', warning: 'warning', notice: 'note' } as const

/**
 * The findings as SARIF 2.1.0, as GitHub's code scanning reads it, with what is known about each rule.
 * @param path where Tailchat stands in its git repository
 */
export function renderSarif(report: Report, rules: readonly RuleInfo[], path: string): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Tailchat Plugin Deploy',
            rules: rules.map((rule) => describeRule(rule, report)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => describeFinding(finding, rules, path)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function describeRule(rule: RuleInfo, report: Report): object {
  const helpUri = ruleUrl(report.rulesUrl, rule.id)
  return {
    id: rule.id,
    name: rule.id.replace(/(?:^|[/-])([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: rule.mend, markdown: `${rule.why}\n\n${rule.mend}` },
    // A relative link means nothing to a reader of the file.
    ...(/^https:/.test(helpUri) && { helpUri }),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { tags: ['tailchat', rule.id.slice(0, rule.id.indexOf('/'))] },
  }
}

function describeFinding(finding: ReportedFinding, rules: readonly RuleInfo[], path: string): object {
  const { line, column } = finding
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
    level: LEVELS[finding.severity],
    message: { text: visible(finding.message) },
    ...(finding.new !== undefined && { baselineState: finding.new ? 'new' : 'unchanged' }),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(posix.join(path, finding.file)), uriBaseId: '%SRCROOT%' },
          // Code scanning shows a result without a region on no line at all: the first stands for the file.
          region: { startLine: line ?? 1, ...(column !== undefined && { startColumn: column }) },
        },
      },
    ],
    ...(finding.plugin !== undefined && { properties: { plugin: finding.plugin } }),
  }
}

/** A relative path as a URI: every segment encoded. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
