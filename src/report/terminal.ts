import { ruleUrl } from './links.js'
import { headline, notLookedAt, type Report } from './report.js'
import { durationOf, placeOf } from './summary.js'
import { visible } from './text.js'

/**
 * The report as lines for a terminal. Control characters from the repository never reach it.
 * @param rulesUrl where docs/rules.md is for who sits there
 */
export function renderTerminal(report: Report, rulesUrl: string): string {
  const lines: string[] = []
  for (const finding of report.findings)
    lines.push(`${placeOf(finding)}  ${finding.severity}  ${finding.message}  [${finding.rule}]`)
  for (const { file, summary } of report.changes)
    lines.push(`${report.applied ? 'changed' : 'to change'}  ${file}: ${summary}`)
  if (report.commitSha !== undefined) lines.push(`commit  ${report.commitSha}`)
  if (report.pullRequestUrl !== undefined) lines.push(`pull request  ${report.pullRequestUrl}`)
  for (const service of report.services) {
    if (service.loaded === null || service.cause === 'development-only') continue
    const state = !service.expected ? 'not expected' : service.loaded ? 'loaded' : 'MISSING'
    lines.push(`${state}  ${service.name}${service.reason ? `: ${service.reason}` : ''}`)
  }
  if (report.browser && 'plugins' in report.browser) {
    const { chrome, plugins } = report.browser
    const evaluated = plugins.filter((plugin) => plugin.evaluated).length
    lines.push(`browser  ${evaluated} of ${plugins.length} front ends evaluated in ${chrome}`)
    for (const { name, reason } of plugins) if (reason !== undefined) lines.push(`FAILS  ${name}: ${reason}`)
  }
  for (const { service, state, log } of report.boot?.containers ?? [])
    lines.push(`container  ${service}: ${state}`, ...log.map((line) => `  | ${line}`))
  for (const { name, url, manifest } of report.bundles?.plugins ?? [])
    lines.push(`bundle  ${name}: ${url} (${report.bundles?.directory}/${manifest})`)
  if (report.live) {
    const { url, reference, version, uptimeSeconds, files } = report.live
    const up = uptimeSeconds === undefined ? '' : `, up for ${durationOf(uptimeSeconds)}`
    lines.push(`live  ${url}: version ${version ?? 'none'}${up}`)
    lines.push(`compared with  ${reference ?? 'nothing'}`)
    lines.push(...files.stale.map((path) => `STALE  ${path}`))
  }
  if (report.image) {
    const { name, digest, tags, previousDigests = {} } = report.image
    lines.push(`image  ${name === '' ? digest : `${name}@${digest}`}`)
    for (const tag of tags) {
      const before = previousDigests[tag]
      lines.push(`tag  ${tag}${before === undefined || before === digest ? '' : ` (before: ${before})`}`)
    }
  }
  lines.push(...[...report.notes, ...notLookedAt(report)].map((note) => `note  ${note}`))
  if (report.privileges && 'unknown' in report.privileges)
    lines.push(`note  what plugins may do was not compared with the base: ${report.privileges.unknown}`)
  if (report.failure) lines.push(...report.failure.details.map((line) => `  | ${line}`))
  lines.push(...explanations(report, rulesUrl), headline(report))
  return lines.map(visible).join('\n') + '\n'
}

/** Where each rule that found something is explained: once a rule, since many findings may be of the same. */
function explanations({ findings }: Report, rulesUrl: string): string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort()
  if (rules.length === 0) return []
  const width = Math.max(...rules.map(({ length }) => length))
  return [
    '',
    'Why it matters and how to mend it:',
    ...rules.map((rule) => `  ${rule.padEnd(width)}  ${ruleUrl(rulesUrl, rule)}`),
    '',
  ]
}
