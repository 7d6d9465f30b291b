import type { Suggestion } from '../rules/suggestions.js'
import type { Inputs, Mode } from '../inputs/inputs.js'
import type { DesiredState } from '../declarations/desired.js'
import type { Offer, Severity } from '../declarations/types.js'
import type { AcceptedFinding } from '../rules/accept.js'
import { byPlace, type Finding } from '../rules/run.js'
import type { ServiceRow } from '../proof/compare.js'
import type { ReportedCompose } from '../workspace/deployment.js'
import type { Removal } from '../image/removal.js'
import type { FixPlan } from '../rules/fix-plan.js'
import type { RegistrationChange, SyncPlan } from '../sync/plan.js'
import { listed, plural } from '../lib/wording.js'
import { stringAt } from '../formats/json.js'
import type { ReportedBoot } from './boot-result.js'
import type { ReportedBundles } from './bundle-result.js'
import type { ReportedLive } from './live-result.js'
import type { ReportedNode } from './node-result.js'
import type { ReportedBrowser } from './browser.js'
import { LOCAL_RULES } from './links.js'
import { byKind, privilegesOf } from '../privileges/privileges.js'
import { type ReportedPrivilege, type ReportedPrivilegeChanges, reportPrivilege } from './privileges.js'
import { type ReportedSurface, reportSurface } from './surface.js'
import { compare, shortened } from '../lib/text.js'
import type { PluginKind } from '../tailchat/layout.js'

/**
 * Everything a run has to say. The summary, the annotations, the outputs, the terminal's text and the report file
 * are all made from this value, so they can't disagree. Paths are relative to the repository's root.
 */
export interface Report {
  version: 1
  mode: Mode
  strategy?: 'full' | 'overlay'
  /** Why this strategy, and other things worth a line that are no findings. */
  notes: string[]
  /** What was not checked, and why: a rule that could not be, plugins for which there was no time. */
  notLookedAt: string[]
  /** Why less was done than the mode asks for; it is one of `notes`, too. */
  restricted?: string
  /** Where the rules are explained; each has an anchor of its own (report/links.ts). */
  rulesUrl: string
  /** Where the files of the checked commit can be read; absent where that is not known. */
  filesUrl?: string
  /** The commit whose findings are not new. */
  base?: string
  /** Milliseconds by stage. */
  timings: Record<string, number>
  plugins: ReportedPlugin[]
  findings: ReportedFinding[]
  /** Findings that the repository accepts, with the reason it gives. */
  accepted: AcceptedFinding[]
  changes: ReportedChange[]
  /** Whether `changes` were written to the working tree. */
  applied: boolean
  /** The commit that was made of `changes`. */
  commitSha?: string
  /** The pull request that holds it. */
  pullRequestUrl?: string
  /** Those that `update` opened, or keeps up to date. */
  pullRequests?: { title: string; url: string }[]
  /** How many plugins are from elsewhere, and of how many there is a newer version, where the sources were asked. */
  elsewhere?: { plugins: number; outdated: number }
  image?: ReportedImage
  /** What a deploy removes from the images that its tags pointed at. */
  removed?: ReportedRemoval[]
  services: ServiceRow[]
  /** Which service of which compose file loads plugins. */
  compose: ReportedCompose[]
  browser?: ReportedBrowser
  boot?: ReportedBoot
  /** What the running server answered. */
  live?: ReportedLive
  /** What hosts other than Tailchat’s answered: addresses of files that are served as they should be, and others. */
  hosted?: { publicUrl: string; served: string[]; stale: string[] }
  /** How the plugin node is run that was deployed. */
  node?: ReportedNode
  /** What was written for a static host. */
  bundles?: ReportedBundles
  /** Replacements of lines, for a review of the pull request; only where that was asked for. */
  suggestions?: Suggestion[]
  /** What a pull request changes in what plugins may do. */
  privileges?: ReportedPrivilegeChanges
  /** Set when a stage failed, and with it the run. */
  failure?: Failure
}

export interface ReportedChange {
  file: string
  summary: string
  /** Which declaration, input or rule asks for it. */
  why?: string
}

export interface ReportedPlugin {
  name: string
  kind: PluginKind
  offer: Offer
  directory: string
  version?: string
  services: string[]
  /** What its services offer and reach; a plugin without server code has none. */
  surface?: ReportedSurface
  /** What it may do, in the order in which a reviewer wants to know of it. */
  privileges: ReportedPrivilege[]
}

export interface ReportedFinding {
  rule: string
  severity: Severity
  plugin?: string
  file: string
  line?: number
  column?: number
  message: string
  fixable: boolean
  /** Whether the change brings it; absent where it was not compared with a base. */
  new?: boolean
}

export interface ReportedImage {
  /** The first image name; empty as long as the image is in the local engine only. */
  name: string
  digest: string
  /** Full references that point at the image now. */
  tags: string[]
  platforms: string[]
  /** What the first tag that existed pointed at before. */
  previousDigest?: string
  /** What each tag that existed pointed at before, by its full reference. */
  previousDigests?: Record<string, string>
}

/** Something that an image has and the one that replaces it lacks. */
export interface ReportedRemoval extends Removal {
  /** The tag of that image, as a full reference. */
  from: string
}

export interface Failure {
  stage: string
  /** One line: what failed and what to do. */
  message: string
  /** The last lines of a command, where one failed. */
  details: string[]
}

/** A report with nothing in it yet. */
export function emptyReport(mode: Mode): Report {
  return {
    version: 1,
    mode,
    notes: [],
    notLookedAt: [],
    rulesUrl: LOCAL_RULES,
    timings: {},
    plugins: [],
    findings: [],
    accepted: [],
    changes: [],
    applied: false,
    services: [],
    compose: [],
  }
}

/**
 * The plugins as the report shows them.
 * @param contacts the hosts that each was seen to contact, where that was looked at
 */
export function reportPlugins(
  desired: DesiredState,
  contacts: readonly { name: string; hosts: readonly string[] }[] = [],
): ReportedPlugin[] {
  return desired.plugins.map(({ plugin, offer, wanted }) => {
    const version = stringAt(plugin.web?.manifest?.value, 'version')
    const surface = reportSurface(plugin)
    return {
      name: plugin.name,
      kind: plugin.kind,
      offer,
      directory: plugin.directory,
      ...(version !== undefined && { version: shortened(version, MAX_NAME) }),
      services: plugin.services
        .filter(({ loadedIn }) => loadedIn === 'production')
        .map((service) => service.serviceName?.value ?? 'unknown')
        .sort(compare),
      ...(surface && { surface }),
      privileges: [
        ...privilegesOf([plugin], wanted.builtin !== 'no').map(reportPrivilege),
        ...contacts
          .filter(({ name }) => name === plugin.name)
          .flatMap(({ hosts }) => hosts.map((name) => ({ kind: 'host' as const, name, conditional: false }))),
      ].sort(byKind),
    }
  })
}

/** Sorts changes by file; those of one file stay in the order in which they are done. */
export function sortChanges(changes: readonly ReportedChange[]): ReportedChange[] {
  return [...changes].sort((a, b) => compare(a.file, b.file))
}

/** The changes as the report shows them: a line for each file. */
export function reportChanges(plan: SyncPlan, { declarations }: DesiredState): ReportedChange[] {
  return plan.edits.map(({ file }) => {
    const changes = plan.changes.filter(({ position }) => position.file === file)
    const why = changes.map(({ plugin }) =>
      declarations.plugins.has(plugin) ? `declared in ${declarations.file}` : 'undeclared: offer',
    )
    return {
      file,
      summary: changes.map(describeChange).join(', '),
      why: [...new Set(why)].join(', '),
    }
  })
}

function describeChange({ action, plugin, from }: RegistrationChange): string {
  if (action === 'rename') return `rename ${from} to ${plugin}`
  return `${action} ${from ?? plugin}`
}

/** What fixing changes, as the report shows it: a line for each file. */
export function reportFixes(plan: FixPlan): ReportedChange[] {
  return plan.edits.map(({ file }) => {
    const mended = plan.mended.filter(
      (problem) =>
        problem.file === file || (problem.fix && 'rename' in problem.fix && problem.fix.rename === file),
    )
    return {
      file,
      summary: mended.map(({ rule, plugin }) => `fix ${rule}${plugin ? ` of ${plugin}` : ''}`).join(', '),
      why: 'fix: true',
    }
  })
}

/** More than a person reads, and few enough for every view of them. */
const MAX_FINDINGS = 10_000

/** Longer than any message of ours with the names in it. */
const MAX_MESSAGE = 2000

/**
 * The findings as the report shows them, sorted by place; the same problem never appears twice. Of more than 10,000 the
 * least severe are left out, and the last one says how many.
 */
export function reportFindings(findings: readonly Finding[]): ReportedFinding[] {
  const unique = new Map(
    findings.map((finding) => [
      JSON.stringify([finding.rule, finding.file, finding.line, finding.column, finding.message]),
      finding,
    ]),
  )
  return mostSevere([...unique.values()])
    .sort(byPlace)
    .map(({ rule, severity, plugin, file, line, column, message, fixable, new: isNew }) => ({
      rule,
      severity,
      ...(plugin !== undefined && { plugin: shortened(plugin, MAX_NAME) }),
      file,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      message: shortened(message, MAX_MESSAGE),
      fixable,
      ...(isNew !== undefined && { new: isNew }),
    }))
}

/** Longer than a file's name can be. */
const MAX_NAME = 300

function mostSevere(findings: Finding[]): Finding[] {
  const left = findings.length - MAX_FINDINGS
  if (left <= 0) return findings
  const order = { error: 0, warning: 1, notice: 2 }
  const kept = [...findings].sort((a, b) => order[a.severity] - order[b.severity]).slice(0, MAX_FINDINGS)
  const message = `${left} more findings are left out here: mend these first`
  const severity = kept[0]?.severity ?? 'error'
  return [...kept, { rule: 'plugin/unreadable', severity, file: '.', message, fixable: false }]
}

/** How many findings there are of a severity. */
export function countOf({ findings }: Pick<Report, 'findings'>, severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length
}

/** Tells whether a finding was there before the change; what was not compared counts as new. */
export function isOld(finding: { new?: boolean }): boolean {
  return finding.new === false
}

/** The inputs that decide which findings fail the step. */
export type Gate = Pick<Inputs, 'failOn' | 'findings'>

/** Whether findings are severe enough to stop at. */
export function hasFailingFindings(
  all: readonly { severity: Severity; new?: boolean }[],
  { failOn, findings }: Gate,
): boolean {
  if (failOn === 'never') return false
  return all.some(
    (finding) =>
      (finding.severity === 'error' || finding.severity === failOn) &&
      !(findings === 'new' && isOld(finding)),
  )
}

/** Tells whether the step fails. A failed stage always fails it, even with `fail-on: never`. */
export function isFailed(report: Report, gate: Gate): boolean {
  return report.failure !== undefined || hasFailingFindings(report.findings, gate)
}

/** What was not checked, as one line; none where everything was. */
export function notLookedAt(report: Report): string[] {
  return report.notLookedAt.length === 0 ? [] : [`not looked at: ${listed(report.notLookedAt, 20)}`]
}

/** One line that says how the run ended. */
export function headline(report: Report): string {
  if (report.failure)
    return `${report.mode} failed in stage ${report.failure.stage}: ${report.failure.message}`
  const fresh = { findings: report.findings.filter((finding) => !isOld(finding)) }
  const old = report.findings.length - fresh.findings.length
  const counted = (['error', 'warning', 'notice'] as const)
    .map((severity) => plural(countOf(fresh, severity), severity))
    .join(', ')
  const counts =
    report.base === undefined ? counted : `new: ${counted}; there before: ${plural(old, 'finding')}`
  const parts = partsOf(report, counts)
  if (report.hosted)
    parts.push(
      `${report.hosted.served.length} of ${plural(report.hosted.served.length + report.hosted.stale.length, 'file')} on other hosts served`,
    )
  if (report.image || report.live) {
    const expected = report.services.filter((service) => service.expected)
    const loaded = expected.filter((service) => service.loaded === true)
    if (expected.some((service) => service.loaded !== null))
      parts.push(
        `${loaded.length} of ${plural(expected.length, 'service')} ${report.live ? 'listed' : 'proven'}`,
      )
  }
  return parts.join('; ')
}

/** What a headline says first, by mode. */
function partsOf(report: Report, counts: string): string[] {
  const { mode, elsewhere, pullRequests } = report
  if (mode === 'rollback') return [`${plural(report.image?.tags.length ?? 0, 'tag')} moved`]
  if (mode === 'status') return [counts]
  if (mode === 'outdated' || mode === 'update') {
    const { plugins = 0, outdated = 0 } = elsewhere ?? {}
    const newer = `${outdated} of ${plural(plugins, 'plugin')} from elsewhere ${report.applied ? 'brought to' : 'with'} a newer version`
    if (pullRequests) return [newer, plural(pullRequests.length, 'pull request')]
    // Only what was updated was checked.
    return report.applied ? [newer, counts] : [newer]
  }
  if ((mode === 'add' || mode === 'remove') && !report.applied)
    return [`${plural(report.changes.length, 'change')} to make; nothing was written`]
  return [plural(report.plugins.length, 'plugin'), counts]
}

/** The headline, and what of it decides whether the step fails. */
export function verdictOf(report: Report, { failOn, findings }: Gate): string {
  const decides = !report.failure && countOf(report, 'error') + countOf(report, 'warning') > 0
  return (
    headline(report) + (decides ? ` (fail-on: ${failOn}${findings === 'new' ? ', findings: new' : ''})` : '')
  )
}
