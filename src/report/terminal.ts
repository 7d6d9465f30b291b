import { stripVTControlCharacters } from 'node:util'
import { headline, type Report } from './report.js'
import { placeOf } from './summary.js'

/** The report as lines for a terminal. Control characters from the repository never reach it. */
export function renderTerminal(report: Report): string {
  const lines: string[] = []
  for (const finding of report.findings)
    lines.push(`${placeOf(finding)}  ${finding.severity}  ${finding.message}  [${finding.rule}]`)
  for (const { file, summary } of report.changes)
    lines.push(`${report.applied ? 'changed' : 'to change'}  ${file}: ${summary}`)
  for (const service of report.services) {
    if (service.loaded === null || service.cause === 'development-only') continue
    const state = !service.expected ? 'not expected' : service.loaded ? 'loaded' : 'MISSING'
    lines.push(`${state}  ${service.name}${service.reason ? `: ${service.reason}` : ''}`)
  }
  if (report.image) {
    const { name, digest, tags } = report.image
    lines.push(`image  ${name === '' ? digest : `${name}@${digest}`}`)
    for (const tag of tags) lines.push(`tag  ${tag}`)
  }
  lines.push(...report.notes.map((note) => `note  ${note}`))
  if (report.failure) lines.push(...report.failure.details.map((line) => `  | ${line}`))
  lines.push(headline(report))
  return lines.map(printable).join('\n') + '\n'
}

function printable(line: string): string {
  // eslint-disable-next-line no-control-regex -- these are what must not get through
  return stripVTControlCharacters(line).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
