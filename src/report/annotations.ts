import { posix } from 'node:path'
import type { Severity } from '../declarations/types.js'
import { ruleUrl } from './links.js'
import { isOld, type Report, type ReportedFinding } from './report.js'
import { visible } from './text.js'
import { compare } from '../lib/text.js'

/** GitHub keeps ten annotations of each level for a step and drops the rest without a word. */
const MAX_OF_A_LEVEL = 10

/** A finding in the form that GitHub shows next to a line of code. */
interface Annotation {
  severity: Severity
  title: string
  message: string
  /** Relative to the top of the git repository. */
  file: string
  line: number | undefined
  column: number | undefined
}

/**
 * The annotations of a report: of the findings that are new, the first ten of each level; the last of them counts those
 * that are left out.
 * @param path where Tailchat stands in its git repository
 */
export function annotationsOf(report: Report, path: string): Annotation[] {
  return (['error', 'warning', 'notice'] as const).flatMap((severity) => {
    const findings = report.findings
      .filter((finding) => finding.severity === severity && !isOld(finding))
      // A plugin's findings stand together, so that its author finds them in one place.
      .sort((a, b) => compare(a.plugin ?? '', b.plugin ?? ''))
    const shown = findings.length > MAX_OF_A_LEVEL ? findings.slice(0, MAX_OF_A_LEVEL - 1) : findings
    const annotations = shown.map((finding) => annotationOf(finding, path, report.rulesUrl))
    const rest = findings.length - shown.length
    if (rest > 0)
      annotations.push({
        severity,
        title: 'More findings',
        message: `${rest} more of this level: see the job summary`,
        file: posix.normalize(path),
        line: undefined,
        column: undefined,
      })
    return annotations
  })
}

function annotationOf(finding: ReportedFinding, path: string, rulesUrl: string): Annotation {
  return {
    severity: finding.severity,
    title: finding.plugin ? `${visible(finding.plugin)}: ${finding.rule}` : finding.rule,
    message: `${visible(finding.message)}\n${ruleUrl(rulesUrl, finding.rule)}`,
    file: visible(posix.join(path, finding.file)),
    line: finding.line,
    column: finding.column,
  }
}
