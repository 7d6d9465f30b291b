import { code, escapeMarkdown, fenced, table } from './markdown.js'
import type { ReportedHosts } from './browser.js'
import { containerGraph, requestGraph, stageTimes } from './pictures.js'
import { ruleUrl } from './links.js'
import type { LoadedAction } from '../proof/probe-result.js'
import { plural } from '../lib/wording.js'
import { isOfBaseImage } from '../proof/compare.js'
import {
  type Gate,
  isFailed,
  isOld,
  notLookedAt,
  type Report,
  type ReportedFinding,
  verdictOf,
} from './report.js'
import { pluginPrivilegesSection, privilegeChangesSection } from './privileges-markdown.js'
import { OTHER_PROGRAM } from '../tailchat/service-loader.js'

/** GitHub takes 1 MiB. */
const MAX_BYTES = 900_000

/** GitHub takes 65,536 characters; a mark to find the comment by comes on top. */
export const MAX_COMMENT_BYTES = 60_000

/** Past this many rows a table is cut, and says so. */
const MAX_ROWS = 500
const MAX_COMMENT_ROWS = 50

const SEVERITY_MARK = { error: '❌ error', warning: '⚠️ warning', notice: 'ℹ️ notice' } as const

/** The job summary in Markdown. What the change brings comes first. */
export function renderSummary(report: Report, gate: Gate): string {
  return renderSections(
    [
      ...headSections(report, gate),
      failureSection(report),
      findingsSection(report),
      privilegeChangesSection(report.privileges),
      acceptedSection(report),
      changesSection(report),
      pullRequestsSection(report),
      imageSection(report),
      servicesSection(report),
      browserSection(report),
      bootSection(report),
      nodeSection(report),
      liveSection(report),
      hostedSection(report),
      bundlesSection(report),
      composeSection(report),
      pluginsSection(report),
      pluginPrivilegesSection(report.plugins),
      picture('How requests reach the plugins', requestGraph(report)),
      picture('Where plugins run', containerGraph(report)),
      picture('How long the stages took', stageTimes(report)),
    ],
    MAX_BYTES,
  )
}

/** The comment on a pull request: what its author has to know, without what can be looked up in the job summary. */
export function renderComment(report: Report, gate: Gate): string {
  return renderSections(
    [
      ...headSections(report, gate),
      findingsSection(report, MAX_COMMENT_ROWS),
      privilegeChangesSection(report.privileges),
      changesSection(report),
      imageSection(report),
      servicesSection(report, MAX_COMMENT_ROWS),
    ],
    MAX_COMMENT_BYTES,
  )
}

/** A picture for who unfolds it; nothing where there is nothing to draw. */
function picture(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : folded(title, ['```mermaid', ...lines, '```'])
}

function headSections(report: Report, gate: Gate): string[][] {
  return [
    [
      `## ${isFailed(report, gate) ? '❌' : '✅'} Tailchat plugins: ${report.mode}`,
      '',
      escapeMarkdown(verdictOf(report, gate)),
    ],
    [...report.notes, ...notLookedAt(report)].map((note) => `- ${escapeMarkdown(note)}`),
  ]
}

/** Of a text that is longer than GitHub takes, nothing would be shown: what is too much goes, whole lines of it. */
export function renderSections(sections: readonly (readonly string[])[], maxBytes: number): string {
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
  const bytes = Buffer.from(text)
  if (bytes.length <= maxBytes) return `${text}\n`
  const kept = bytes.subarray(0, bytes.lastIndexOf('\n', maxBytes)).toString()
  return `${kept}\n\n… and more than fits here: the report file has it all\n`
}

function failureSection({ failure }: Report): string[] {
  if (!failure || failure.details.length === 0) return []
  return [`### Last lines of ${escapeMarkdown(failure.stage)}`, '', ...fenced(failure.details)]
}

function findingsSection(report: Report, maxRows = MAX_ROWS): string[] {
  const old = report.findings.filter(isOld)
  const fresh = report.findings.filter((finding) => !isOld(finding))
  return [
    ...(fresh.length === 0
      ? []
      : [
          report.base === undefined ? '### Findings' : '### New findings',
          '',
          ...cutList(findingList(fresh, report), maxRows),
        ]),
    ...(fresh.length > 0 && old.length > 0 ? [''] : []),
    ...(old.length === 0
      ? []
      : folded(
          `${plural(old.length, 'finding')} ${old.length === 1 ? 'was' : 'were'} there before`,
          cutList(findingList(old, report), maxRows),
        )),
  ]
}

/** A list, since a table cuts what does not fit its width: the message first, then where it is and the rule. */
export function findingList(
  findings: readonly ReportedFinding[],
  report: Pick<Report, 'filesUrl' | 'rulesUrl'>,
): string[] {
  const order = { error: 0, warning: 1, notice: 2 }
  const sorted = [...findings].sort((a, b) => order[a.severity] - order[b.severity])
  return sorted.map(
    (finding) =>
      `- ${SEVERITY_MARK[finding.severity]}: ${escapeMarkdown(finding.message)}<br>${linkedPlace(finding, report)} · ${linkedRule(finding.rule, report.rulesUrl)}`,
  )
}

/** The place, short, as a link to the line where it is known which commit was checked. */
function linkedPlace(finding: ReportedFinding, { filesUrl }: Pick<Report, 'filesUrl'>): string {
  const shown = code(shortPlace(placeOf(finding)))
  if (filesUrl === undefined || finding.file === '.') return shown
  const path = finding.file.split('/').map(encodeURIComponent).join('/').replace(/[()]/g, escape)
  return `[${shown}](${filesUrl}/${path}${finding.line === undefined ? '' : `#L${finding.line}`})`
}

/** Paths longer than this lose directories in their middle. */
const MAX_PLACE = 60

/** Returns `server/…/services/main.service.ts:3:1` for a long path: its first directory and as much of its end as fits. */
function shortPlace(place: string): string {
  const parts = place.split('/')
  if (place.length <= MAX_PLACE || parts.length < 4) return place
  const [first = '', ...rest] = parts
  while (rest.length > 2 && first.length + 3 + rest.join('/').length > MAX_PLACE) rest.shift()
  return `${first}/…/${rest.join('/')}`
}

function folded(summary: string, lines: readonly string[]): string[] {
  return [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>']
}

function acceptedSection({ accepted }: Report): string[] {
  if (accepted.length === 0) return []
  return folded(
    plural(accepted.length, 'accepted finding'),
    cutList(
      accepted.map(
        ({ rule, file, line, reason }) =>
          `- ${escapeMarkdown(reason)}<br>${code(shortPlace(line === undefined ? file : `${file}:${line}`))} · ${code(rule)}`,
      ),
    ),
  )
}

/** A link where there is an address that a browser can follow. */
function linkedRule(rule: string, rulesUrl: string): string {
  return /^https:/.test(rulesUrl) ? `[${code(rule)}](${ruleUrl(rulesUrl, rule)})` : code(rule)
}

function changesSection({ changes, applied, commitSha, pullRequestUrl, pullRequests }: Report): string[] {
  // Each of several pull requests has its own.
  if (changes.length === 0 || pullRequests) return []
  const published = [
    ...(commitSha === undefined ? [] : [`Commit: ${code(commitSha)}`]),
    // An address, as GitHub gave it.
    ...(pullRequestUrl === undefined ? [] : [`Pull request: <${pullRequestUrl}>`]),
  ]
  return [
    `### Registration files ${applied ? 'changed' : 'to change'}`,
    '',
    ...changes.map(({ file, summary }) => `- ${code(file)}: ${escapeMarkdown(summary)}`),
    ...(published.length > 0 ? ['', published.join(' · ')] : []),
  ]
}

function pullRequestsSection({ pullRequests = [] }: Report): string[] {
  if (pullRequests.length === 0) return []
  return [
    '### Pull requests',
    '',
    ...pullRequests.map(({ title, url }) => `- ${escapeMarkdown(title)}: <${url}>`),
  ]
}

function imageSection({ image, live, strategy, timings }: Report): string[] {
  if (!image) return []
  const facts: [string, string][] = [
    ['Digest', code(image.name === '' ? image.digest : `${image.name}@${image.digest}`)],
    ...(live
      ? []
      : [
          ['Tags', image.tags.length > 0 ? image.tags.map(code).join(' ') : 'none moved'] as [string, string],
        ]),
  ]
  if (image.previousDigest) facts.push(['Before', beforeCell(image.previousDigest, image.previousDigests)])
  if (image.platforms.length > 0) facts.push(['Platforms', escapeMarkdown(image.platforms.join(', '))])
  if (strategy) facts.push(['Strategy', strategy])
  const times = [
    ['build', timings['image']],
    ['proof', timings['proof']],
    ['boot', timings['boot']],
  ].flatMap(([what, time]) => (typeof time === 'number' ? `${what} ${(time / 1000).toFixed(1)} s` : []))
  if (times.length > 0) facts.push(['Time', times.join(', ')])
  return ['### Image', '', ...factList(facts)]
}

/** One digest where all tags pointed at the same; else that of each tag. */
function beforeCell(first: string, all: Record<string, string> = {}): string {
  if (Object.values(all).every((digest) => digest === first)) return code(first)
  return Object.entries(all)
    .map(([reference, digest]) => `${code(reference)} ${code(digest)}`)
    .join(', ')
}

function servicesSection({ services, image, live }: Report, maxRows = MAX_ROWS): string[] {
  if (services.length === 0 || (!image && !live && services.every(({ loaded }) => loaded === null))) return []
  const expected = services.filter((service) => service.expected)
  const loaded = expected.filter((service) => service.loaded === true)
  const ofBase = services.filter(isOfBaseImage)
  const own = services.filter((service) => !isOfBaseImage(service))
  // A reason may be as long as a stack's frame, for which no column of a table is wide enough.
  const explained = own.filter(({ reason }) => reason !== undefined && reason !== '')
  const others = own.filter((service) => !explained.includes(service))
  return [
    `### Services: ${loaded.length} of ${expected.length} ${live ? 'listed by the live server' : 'loaded'}`,
    '',
    ...cutList(
      explained.map(
        (service) =>
          `- ${stateOf(service)}: ${code(service.name)}<br>${escapeMarkdown(service.reason ?? '')}`,
      ),
      maxRows,
    ),
    ...(explained.length > 0 ? [''] : []),
    ...cutTable(
      ['Service', 'State', 'Actions', 'Time'],
      others.map((service) => [
        code(service.name),
        stateOf(service),
        service.actions?.map(actionCell).join(' ') ?? '',
        service.milliseconds === undefined ? '' : `${service.milliseconds} ms`,
      ]),
      maxRows,
    ),
    ...(ofBase.length === 0
      ? []
      : [
          '',
          ...folded(`${plural(ofBase.length, 'service')} of the base image`, [
            ofBase.map(({ name }) => code(name)).join(' '),
          ]),
        ]),
  ]
}

function browserSection({ browser }: Report): string[] {
  if (!browser || 'reason' in browser) return []
  const { chrome, milliseconds, plugins, otherHosts, hosts: changes, screenshot } = browser
  const evaluated = plugins.filter((plugin) => plugin.evaluated)
  const rows = plugins.filter((plugin) => !plugin.evaluated || plugin.hosts.length > 0)
  return [
    `### Browser: ${evaluated.length} of ${plural(plugins.length, 'front end')} evaluated`,
    '',
    `In ${escapeMarkdown(chrome)}, ${(milliseconds / 1000).toFixed(1)} s, without a network.${screenshot === undefined ? '' : ' A picture of the page that shows nothing is next to the report file.'}`,
    ...(rows.length > 0 ? [''] : []),
    ...cutTable(
      ['Plugin', 'State', 'Contacts', 'Why'],
      rows.map(({ name, evaluated: isFine, hosts, reason }) => [
        code(name),
        isFine ? '✅ evaluated' : '❌ fails',
        hosts.slice(0, 20).map(code).join(' '),
        escapeMarkdown(reason ?? ''),
      ]),
    ),
    ...(otherHosts.length > 0
      ? ['', `The client itself contacts ${otherHosts.slice(0, 20).map(code).join(' ')}`]
      : []),
    ...hostChanges(changes),
  ]
}

function hostChanges(changes: ReportedHosts | undefined): string[] {
  if (!changes) return []
  const compared = `compared with ${code(changes.comparedWith)}`
  if (changes.plugins.length === 0) return ['', `No plugin contacts another host than before, ${compared}.`]
  const few = (hosts: readonly string[]): string => hosts.slice(0, 20).map(code).join(' ')
  return [
    '',
    `Hosts that are contacted when a plugin is loaded, ${compared}:`,
    '',
    ...cutTable(
      ['Plugin', '⚠️ Gains', 'Loses'],
      changes.plugins.map(({ name, gained, lost }) => [code(name), few(gained), few(lost)]),
    ),
  ]
}

function bootSection({ boot }: Report): string[] {
  if (!boot) return []
  const { stack, services, milliseconds, listed, before, available, bundles, containers } = boot
  const facts: [string, string][] = [
    ['Stack', stack === '' ? 'the one of this action' : code(stack)],
    ['With the image', services.map(code).join(' ')],
    ...(before
      ? [
          ['Listed before it joined', before.length === 0 ? 'nothing' : before.map(code).join(' ')] as [
            string,
            string,
          ],
        ]
      : []),
    ['Whole after', milliseconds === undefined ? '❌ never' : `${(milliseconds / 1000).toFixed(1)} s`],
    ['Listed by the gateway', listed.length === 0 ? 'nothing' : listed.map(code).join(' ')],
    available
      ? [
          'Answer /available through the gateway',
          `${available.answered.length} of ${available.answered.length + available.silent.length}`,
        ]
      : ['Bundles served', `${bundles.served.length} of ${bundles.served.length + bundles.notServed.length}`],
  ]
  return [
    '### Boot',
    '',
    ...factList(facts),
    ...containers.flatMap(({ service, state, log }) => [
      '',
      `Last lines of ${code(service)} (${escapeMarkdown(state)}):`,
      '',
      ...fenced(log),
    ]),
  ]
}

function nodeSection({ node }: Report): string[] {
  if (!node) return []
  return [
    '### Plugin node',
    '',
    `Loads ${node.plugins.map(code).join(' ')} and nothing else. In ${code(node.composeFile)}, to be merged with Tailchat’s compose file:`,
    '',
    ...fenced(node.compose.trimEnd().split('\n')),
    '',
    `Or on Kubernetes, in ${code(node.kubernetesFile)}:`,
    '',
    ...fenced(node.kubernetes.trimEnd().split('\n')),
  ]
}

function liveSection({ live }: Report): string[] {
  if (!live) return []
  const { url, reference, version, uptimeSeconds, gateway, listed, files, available } = live
  const isOpen = ({ answer }: { answer: number | string }): boolean => answer === 200
  const all = files.served.length + files.stale.length
  const facts: [string, string][] = [
    ['Address', code(url)],
    ['Compared with', reference === undefined ? 'nothing' : escapeMarkdown(reference)],
    ['Version', `${code(version ?? 'none')}${GATEWAY_MARK[gateway]}`],
    ...(uptimeSeconds === undefined ? [] : [['Up for', durationOf(uptimeSeconds)] as [string, string]]),
    ['Listed', listed.length === 0 ? 'nothing' : listed.slice(0, MAX_ROWS).map(code).join(' ')],
    ...(all === 0
      ? []
      : [['Files as they should be', `${files.served.length} of ${all}`] as [string, string]]),
    ...(available.length === 0
      ? []
      : [
          ['Answer /available', `${available.filter(isOpen).length} of ${available.length}`] as [
            string,
            string,
          ],
        ]),
  ]
  return ['### Live server', '', ...factList(facts)]
}

function hostedSection({ hosted }: Report): string[] {
  if (!hosted) return []
  const { publicUrl, served, stale } = hosted
  const facts: [string, string][] = [
    ...(publicUrl === '' ? [] : [['Static host', code(publicUrl)] as [string, string]]),
    ['Files as they should be', `${served.length} of ${served.length + stale.length}`],
  ]
  return ['### Other hosts', '', ...table(['', ''], facts)]
}

function bundlesSection({ bundles }: Report): string[] {
  if (!bundles) return []
  return [
    '### Bundles for a static host',
    '',
    `In ${code(bundles.directory)}, to be served at ${code(bundles.publicUrl)}.`,
    '',
    ...cutTable(
      ['Plugin', 'Version', 'Address', 'Manifest to paste', 'Files', 'Size'],
      bundles.plugins.map(({ name, version, url, manifest, files, bytes }) => [
        code(name),
        escapeMarkdown(version),
        code(url),
        code(manifest),
        String(files),
        `${Math.ceil(bytes / 1000)} kB`,
      ]),
    ),
  ]
}

const GATEWAY_MARK = { new: ' ✅ the image’s', old: ' ❌ not the image’s', unknown: '' }

/** `3 d 4 h`, `5 min`, `12 s`. */
export function durationOf(seconds: number): string {
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min` : `${seconds} s`
}

/** An action by its name; what is not published can't be called from outside. */
function actionCell({ name, visibility }: LoadedAction): string {
  return visibility === 'published' ? code(name) : `${code(name)} (${escapeMarkdown(visibility)})`
}

function composeSection({ compose, plugins }: Report): string[] {
  // One that runs another program of the image is no place where a plugin is missing.
  const rows = compose.filter(
    ({ loadsPlugins, reason }) => loadsPlugins !== false || reason !== OTHER_PROGRAM,
  )
  if (rows.length === 0) return []
  const all = plugins.filter(({ services }) => services.length > 0).length
  const loaded = ({ loadsPlugins, plugins: names }: Report['compose'][number]): string => {
    if (loadsPlugins === 'unknown') return 'unknown'
    if (!loadsPlugins) return 'none'
    return names.length === all ? `all ${plural(all, 'plugin')}` : names.map(code).join(' ')
  }
  return [
    '### Where plugins run',
    '',
    ...cutList(
      rows.map(
        (row) =>
          `- ${code(row.service)} of ${code(row.file)} loads the services of ${loaded(row)}<br>${escapeMarkdown(row.reason)}`,
      ),
    ),
  ]
}

function stateOf(service: Report['services'][number]): string {
  const { expected, loaded, cause } = service
  if (loaded === null) return 'not tried'
  if (cause === 'development-only') return 'not in production'
  if (!expected) return loaded ? '⚠️ not expected' : '⚠️ not expected, fails'
  return loaded ? '✅ loaded' : '❌ missing'
}

function pluginsSection({ plugins }: Report): string[] {
  if (plugins.length === 0) return []
  return folded(
    plural(plugins.length, 'plugin'),
    cutList(
      plugins.map(({ name, kind, offer, version, services }) => {
        const facts = [
          kind,
          ...(kind === 'backend' ? [] : [offer]),
          ...(version === undefined ? [] : [version]),
        ]
        const loaded = services.map(code).join(' ')
        return `- ${code(name)}: ${escapeMarkdown(facts.join(', '))}${loaded === '' ? '' : `<br>${loaded}`}`
      }),
    ),
  )
}

/** Facts as a list, which breaks a digest where it does not fit; a table would be cut. */
function factList(facts: readonly (readonly [string, string])[]): string[] {
  return facts.map(([name, value]) => `- ${name}: ${value}`)
}

function cutList(items: readonly string[], maxItems = MAX_ROWS): string[] {
  const left = items.length - maxItems
  return left > 0
    ? [...items.slice(0, maxItems), '', `… and ${left} more; the report file has them all`]
    : [...items]
}

function cutTable(head: string[], rows: string[][], maxRows = MAX_ROWS): string[] {
  const left = rows.length - maxRows
  return left > 0
    ? [...table(head, rows.slice(0, maxRows)), '', `… and ${left} more; the report file has them all`]
    : table(head, rows)
}

/** `file:line:column`, as editors and terminals understand it. */
export function placeOf({ file, line, column }: ReportedFinding): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}
