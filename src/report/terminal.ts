import { listed, plural } from '../lib/wording.js'
import { isOfBaseImage } from '../proof/compare.js'
import { syncedRules } from '../rules/catalogue.js'
import { codeFrame, type SourceLine } from './code-frame.js'
import { ruleUrl } from './links.js'
import {
  type Gate,
  hasFailingFindings,
  isFailed,
  isOld,
  notLookedAt,
  type Report,
  type ReportedFinding,
  verdictOf,
} from './report.js'
import { durationOf } from './summary.js'
import { visible } from './text.js'
import { type Page, paint, type Style, wrap } from './wrap.js'
import { append, largest } from '../lib/lists.js'

/** How a terminal shows a report. */
export interface TerminalView extends Page {
  /** Where docs/rules.md is for who sits there. */
  rulesUrl: string
  /** What fails the run. */
  gate: Gate
  /** How to ask for the mending of what has one right answer, and how where registrations are all that is to be mended. */
  howToFix: string
  howToSync: string
  /** Rewrites a sentence of the report for its readers: a terminal has flags instead of inputs. */
  inWords?: (sentence: string) => string
  /** Leaves out findings that do not fail the run, and everything that is fine. */
  quiet: boolean
  sourceLine: SourceLine
  /** Whether a line of a failed command's output was shown before. */
  hasShown?: (line: string) => boolean
}

/** The report as lines for a terminal. Control characters from the repository never reach it. */
export function renderTerminal(told: Report, view: TerminalView): string {
  const { inWords = (sentence) => sentence } = view
  const report = inTheWordsOf(told, inWords)
  const fails = (finding: ReportedFinding): boolean => hasFailingFindings([finding], view.gate)
  const findings = view.quiet ? report.findings.filter(fails) : report.findings
  const old = findings.filter(isOld)
  const shownOld = old.filter(fails)
  const fresh = findings.filter((finding) => !isOld(finding))
  const shown = [...fresh, ...shownOld]
  const verdict = wrap(
    [{ text: inWords(verdictOf(report, view.gate)), style: isFailed(report, view.gate) ? 'red' : 'green' }],
    view,
  )
  const lines = [
    ...findingLines(fresh, report, view),
    ...(shownOld.length > 0 ? [paint('There before the change, and failing:', 'bold', view), ''] : []),
    ...findingLines(shownOld, report, view),
    ...foldedLine(old.length - shownOld.length, view),
    ...recordLines(report, view)
      .filter((line) => !view.quiet || (!line.startsWith('loaded  ') && !line.startsWith('note  ')))
      .flatMap((line) => labelled(line, view)),
    ...(view.quiet ? [] : explanations(shown, view.rulesUrl)),
    ...fixableLine(shown, view),
    ...verdict,
  ]
  return lines.join('\n') + '\n'
}

function inTheWordsOf(report: Report, inWords: (sentence: string) => string): Report {
  return {
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, message: inWords(finding.message) })),
    notes: report.notes.map(inWords),
    notLookedAt: report.notLookedAt.map(inWords),
  }
}

const SEVERITY_STYLE = { error: 'red', warning: 'yellow', notice: 'cyan' } as const

/** The limit of code frames: findings after it are shown without. */
const MAX_FRAMES = 50

/** The findings file by file, each with its line of code. */
function findingLines(findings: readonly ReportedFinding[], report: Report, view: TerminalView): string[] {
  // Its lines are no longer those that were checked.
  const changed = new Set(report.applied ? report.changes.map(({ file }) => file) : [])
  let frames = 0
  return [...groupBy(findings, ({ file }) => file)].flatMap(([file, all]) => {
    const width = largest(
      all.map((finding) => lineAndColumn(finding).length),
      0,
    )
    return [
      paint(visible(file), 'underline', view),
      ...all.flatMap((finding) => {
        const { severity, message, rule, fixable } = finding
        const place = lineAndColumn(finding).padEnd(width)
        const start = width === 0 ? '  ' : `  ${place}  `
        const text = wrap(
          [
            { text: severity, style: SEVERITY_STYLE[severity] },
            { text: ' '.repeat(Math.max(0, 'warning'.length - severity.length)) + message },
            { text: ` ${rule}`, style: 'dim' },
            ...(fixable ? [{ text: '(fixable)', style: 'green' } as const] : []),
          ],
          { ...view, width: Math.max(view.width - start.length, 30) },
          'warning  '.length,
        ).map((line, index) => (index === 0 ? start : ' '.repeat(start.length)) + line)
        const isShown = severity !== 'notice' && !changed.has(file) && frames < MAX_FRAMES
        const frame = isShown ? codeFrame(finding, view.sourceLine, view) : []
        if (frame.length > 0) frames++
        return [...text, ...frame]
      }),
      '',
    ]
  })
}

function lineAndColumn({ line, column }: ReportedFinding): string {
  return [line, column].filter((part) => part !== undefined).join(':')
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

/** Returns the line that stands for old findings that fail nothing. */
function foldedLine(count: number, view: TerminalView): string[] {
  if (count === 0) return []
  const text = `${plural(count, 'finding')} more ${count === 1 ? 'was' : 'were'} there before, and fail${count === 1 ? 's' : ''} nothing: the report file has them all`
  return [...wrap([{ text, style: 'dim' }], view), '']
}

/** Returns the line that says how many findings can be fixed automatically. */
function fixableLine(findings: readonly ReportedFinding[], view: TerminalView): string[] {
  const fixable = findings.filter((finding) => finding.fixable)
  if (fixable.length === 0) return []
  const synced = new Set<string>(syncedRules().map(({ id }) => id))
  const how = fixable.every(({ rule }) => synced.has(rule)) ? view.howToSync : view.howToFix
  const text = `${fixable.length} of ${plural(findings.length, 'finding')} can be mended with ${how}: those marked (fixable)`
  return wrap([{ text, style: 'green' }], view)
}

const LABEL_STYLE: Record<string, Style> = {
  MISSING: 'red',
  FAILS: 'red',
  STALE: 'red',
  loaded: 'green',
  note: 'cyan',
}

/** A line of the form `label  text`, within the page. */
function labelled(line: string, page: Page): string[] {
  if (line.startsWith('  | ')) return [visible(line)]
  const end = line.indexOf('  ')
  if (end === -1) return wrap([{ text: line }], page)
  const label = line.slice(0, end)
  return wrap([{ text: label, style: LABEL_STYLE[label] ?? 'bold' }, { text: line.slice(end + 1) }], page)
}

/** Everything but the findings, a line each: a label, two spaces, and what there is to say. */
function recordLines(report: Report, { hasShown }: Pick<TerminalView, 'hasShown'>): string[] {
  const lines: string[] = []
  for (const { file, summary } of report.changes)
    lines.push(`${report.applied ? 'changed' : 'to change'}  ${file}: ${summary}`)
  if (report.commitSha !== undefined) lines.push(`commit  ${report.commitSha}`)
  if (report.pullRequests)
    append(
      lines,
      report.pullRequests.map(({ title, url }) => `pull request  ${title}: ${url}`),
    )
  else if (report.pullRequestUrl !== undefined) lines.push(`pull request  ${report.pullRequestUrl}`)
  for (const service of report.services) {
    if (service.loaded === null || service.cause === 'development-only') continue
    if (isOfBaseImage(service)) continue
    const state = !service.expected ? 'not expected' : service.loaded ? 'loaded' : 'MISSING'
    lines.push(`${state}  ${service.name}${service.reason ? `: ${service.reason}` : ''}`)
  }
  const ofBase = report.services.filter(isOfBaseImage).map(({ name }) => name)
  if (ofBase.length > 0)
    lines.push(`loaded  ${plural(ofBase.length, 'service')} of the base image: ${listed(ofBase)}`)
  if (report.browser && 'plugins' in report.browser) {
    const { chrome, plugins } = report.browser
    const evaluated = plugins.filter((plugin) => plugin.evaluated).length
    lines.push(`browser  ${evaluated} of ${plugins.length} front ends evaluated in ${chrome}`)
    for (const { name, reason } of plugins) if (reason !== undefined) lines.push(`FAILS  ${name}: ${reason}`)
  }
  for (const { service, state, log } of report.boot?.containers ?? [])
    append(lines, [`container  ${service}: ${state}`, ...log.map((line) => `  | ${line}`)])
  if (report.node)
    lines.push(
      `compose fragment  ${report.node.composeFile}`,
      `Kubernetes Deployment  ${report.node.kubernetesFile}`,
    )
  for (const { name, url, manifest } of report.bundles?.plugins ?? [])
    lines.push(`bundle  ${name}: ${url} (${report.bundles?.directory}/${manifest})`)
  if (report.live) {
    const { url, reference, version, uptimeSeconds, files } = report.live
    const up = uptimeSeconds === undefined ? '' : `, up for ${durationOf(uptimeSeconds)}`
    lines.push(`live  ${url}: version ${version ?? 'none'}${up}`)
    lines.push(`compared with  ${reference ?? 'nothing'}`)
    append(
      lines,
      files.stale.map((path) => `STALE  ${path}`),
    )
  }
  if (report.hosted) {
    const { served, stale } = report.hosted
    lines.push(
      `hosted  ${served.length} of ${plural(served.length + stale.length, 'file')} as they should be`,
    )
    append(
      lines,
      stale.map((url) => `STALE  ${url}`),
    )
  }
  if (report.image) {
    const { name, digest, tags, previousDigests = {} } = report.image
    lines.push(`image  ${name === '' ? digest : `${name}@${digest}`}`)
    for (const tag of tags) {
      const before = previousDigests[tag]
      lines.push(`tag  ${tag}${before === undefined || before === digest ? '' : ` (before: ${before})`}`)
    }
  }
  append(
    lines,
    [...report.notes, ...notLookedAt(report)].map((note) => `note  ${note}`),
  )
  if (report.privileges && 'unknown' in report.privileges)
    lines.push(`note  what plugins may do was not compared with the base: ${report.privileges.unknown}`)
  if (report.failure)
    append(
      lines,
      report.failure.details.filter((line) => !hasShown?.(line)).map((line) => `  | ${line}`),
    )
  return lines
}

/** Where each rule that found something is explained: once a rule, since many findings may be of the same. */
function explanations(findings: readonly ReportedFinding[], rulesUrl: string): string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort()
  if (rules.length === 0) return []
  const width = largest(
    rules.map(({ length }) => length),
    0,
  )
  return [
    'Why it matters and how to mend it:',
    ...rules.map((rule) => `  ${rule.padEnd(width)}  ${ruleUrl(rulesUrl, rule)}`),
    '',
  ]
}
