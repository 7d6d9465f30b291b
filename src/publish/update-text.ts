import { posix } from 'node:path'
import { asObject, ownValue, parseJson } from '../formats/json.js'
import type { LockedPlugin } from '../declarations/elsewhere/lock-schema.js'
import { type Tree, withLineFeeds } from '../declarations/elsewhere/tree.js'
import { parseSource } from '../declarations/elsewhere/source.js'
import { compare } from '../lib/text.js'
import { listed, plural } from '../lib/wording.js'
import type { PrivilegeChange } from '../privileges/difference.js'
import { code, escapeMarkdown, table } from '../report/markdown.js'
import { privilegeChangesSection } from '../report/privileges-markdown.js'
import { reportPrivilegeChanges } from '../report/privileges.js'
import type { ReportedChange, ReportedFinding } from '../report/report.js'
import { findingList, MAX_COMMENT_BYTES, renderSections } from '../report/summary.js'
import { markOfVersion } from './pull-request.js'

/** One plugin from elsewhere in a pull request. */
export interface ProposedUpdate {
  name: string
  from: LockedPlugin
  to: LockedPlugin
  /** The files as they are, and as they become. */
  before: Tree
  after: Tree
  /** Files in which a local change was kept. */
  merged: readonly string[]
}

/** What a reviewer has to know of the updates of one pull request. */
export interface ProposedUpdates {
  updates: readonly ProposedUpdate[]
  /** The commit that they were compared with. */
  base: string
  privileges: readonly PrivilegeChange[]
  /** Packages that are new in pnpm-lock.yaml, with their versions. */
  packages: readonly string[]
  findings: {
    /** Findings that the update brings. */
    fresh: readonly ReportedFinding[]
    /** Findings that it ends. */
    gone: readonly ReportedFinding[]
    /** How many there are before and after. */
    before: number
    after: number
  }
  /** Changes outside of the plugins' directories. */
  changes: readonly ReportedChange[]
}

const MAX_FILES = 40
const MAX_FINDINGS = 30
const MAX_PACKAGES = 50

/** Returns the title of a pull request, which is the first line of its commit too. */
export function updateTitle(updates: readonly ProposedUpdate[]): string {
  const [only] = updates
  if (only === undefined || updates.length > 1)
    return `chore: update ${plural(updates.length, 'plugin')} from elsewhere`
  const { from, to } = versionsOf(only)
  return `chore: update ${only.name} from ${from} to ${to}`
}

/** Returns the line that identifies what the updates lead to, however often their text changes. */
export function updateMark(updates: readonly ProposedUpdate[]): string {
  return markOfVersion(updates.map(({ name, to }) => `${name} ${to.tree}`).join('\n'))
}

/** Returns the text of a pull request that updates plugins from elsewhere. The same updates give the same text. */
export function updateBody(proposed: ProposedUpdates, rulesUrl: string): string {
  const { updates, base, privileges, packages, findings, changes } = proposed
  return renderSections(
    [
      [updateMark(updates), 'Newer versions from elsewhere:', '', ...updates.map(headOf)],
      ['Review the code as if it were your own: it runs in your server and in the browsers of your users.'],
      privilegeChangesSection(reportPrivilegeChanges({ base, plugins: [...privileges] })),
      findingsSection(findings, rulesUrl),
      dependenciesSection(updates, packages),
      ...updates.map((update) => filesSection(update, updates.length > 1)),
      changesSection(changes),
      [FOOT],
    ],
    MAX_COMMENT_BYTES,
  ).trimEnd()
}

/** How such a pull request is kept. */
const FOOT =
  'Each run rebuilds this branch and rewrites this text. To decline this version, close the pull request: the next version opens another one. A commit that you add to the branch is never overwritten.'

function headOf(update: ProposedUpdate): string {
  const { name, from: was, to: is, merged } = update
  const { from, to } = versionsOf(update)
  const link = compareLink(was, is)
  const parts = [
    `- **${escapeMarkdown(name)}**: ${code(from)} → ${code(to)}`,
    ...(link === undefined ? [] : [`[commits between](${link})`]),
    `from ${code(is.source)}`,
    ...(was.license === is.license
      ? []
      : [`⚠️ licence: ${escapeMarkdown(was.license ?? 'none')} → ${escapeMarkdown(is.license ?? 'none')}`]),
    ...(merged.length > 0 ? [`local changes were merged into ${merged.map(code).join(', ')}`] : []),
  ]
  return parts.join('; ')
}

/** What a person calls the two versions: tags, versions of a package, or the first digits of a commit or digest. */
function versionsOf({ from, to }: Pick<ProposedUpdate, 'from' | 'to'>): { from: string; to: string } {
  if (from.version !== undefined && to.version !== undefined) return { from: from.version, to: to.version }
  if (from.ref !== undefined && to.ref !== undefined && from.ref !== to.ref)
    return { from: from.ref, to: to.ref }
  const short = ({ commit, tree }: LockedPlugin): string =>
    (commit ?? tree.replace(/^sha256-/, '')).slice(0, 12)
  return { from: short(from), to: short(to) }
}

/** Servers whose address for a comparison of two commits is known. */
const COMPARISONS: Readonly<Record<string, string>> = {
  'github.com': 'compare',
  'codeberg.org': 'compare',
  'gitlab.com': '-/compare',
}

/** Returns the page with the commits between two versions, where the server is known to have one. */
function compareLink(from: LockedPlugin, to: LockedPlugin): string | undefined {
  if (from.commit === undefined || to.commit === undefined) return undefined
  const source = parseSource(to.source)
  if (source.kind !== 'git' || !URL.canParse(source.url)) return undefined
  const { protocol, host, pathname } = new URL(source.url)
  const comparison = COMPARISONS[host]
  if (protocol !== 'https:' || comparison === undefined) return undefined
  const repository = pathname.replace(/(?:\.git)?\/?$/, '').replace(/[()]/g, encodeURIComponent)
  return `https://${host}${repository}/${comparison}/${from.commit}...${to.commit}`
}

function findingsSection(
  { fresh, gone, before, after }: ProposedUpdates['findings'],
  rulesUrl: string,
): string[] {
  const view = { rulesUrl }
  const head = `### Findings: ${before} before, ${after} after`
  if (fresh.length + gone.length === 0) return [head, '', 'The update adds none and resolves none.']
  return [
    head,
    ...(fresh.length > 0 ? ['', 'New:', '', ...firstOf(findingList(fresh, view), MAX_FINDINGS)] : []),
    ...(gone.length > 0
      ? ['', 'No longer there:', '', ...firstOf(findingList(gone, view), MAX_FINDINGS)]
      : []),
  ]
}

/** No report file has the rest: the findings are those of a checkout that is gone by then. */
function firstOf(lines: readonly string[], most: number): string[] {
  const left = lines.length - most
  return left > 0 ? [...lines.slice(0, most), '', `… and ${left} more`] : [...lines]
}

function dependenciesSection(updates: readonly ProposedUpdate[], packages: readonly string[]): string[] {
  const rows = updates.flatMap(({ before, after }) => {
    const files = [...new Set([...before.keys(), ...after.keys()])].filter(
      (path) => posix.basename(path) === 'package.json',
    )
    return files.sort(compare).flatMap((file) => {
      const [was, is] = [dependenciesIn(before.get(file)), dependenciesIn(after.get(file))]
      return [...new Set([...was.keys(), ...is.keys()])]
        .filter((name) => was.get(name) !== is.get(name))
        .sort(compare)
        .map((name) => [
          code(name),
          was.has(name) ? code(was.get(name) ?? '') : 'new',
          is.has(name) ? code(is.get(name) ?? '') : 'gone',
          code(file),
        ])
    })
  })
  if (rows.length + packages.length === 0) return ['### Packages', '', 'No dependency changes.']
  return [
    '### Packages',
    '',
    ...table(['Dependency', 'Before', 'After', 'In'], rows.slice(0, MAX_PACKAGES)),
    ...(rows.length > MAX_PACKAGES ? ['', `… and ${rows.length - MAX_PACKAGES} more`] : []),
    ...(packages.length > 0
      ? [
          '',
          `${plural(packages.length, 'package')} new in pnpm-lock.yaml: ${packages.slice(0, MAX_PACKAGES).map(code).join(', ')}${packages.length > MAX_PACKAGES ? ` and ${packages.length - MAX_PACKAGES} more` : ''}`,
        ]
      : []),
  ]
}

/** The packages that a package.json asks for, with the range of each. */
function dependenciesIn(content: Buffer | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const { value } = parseJson({ path: 'package.json', text: content?.toString('utf8') ?? '' })
  for (const field of ['dependencies', 'optionalDependencies', 'devDependencies'])
    for (const [name, range] of Object.entries(asObject(ownValue(value, field)) ?? {}))
      found.set(name, String(range))
  return found
}

/** The changed files, the largest first. */
function filesSection({ name, before, after }: ProposedUpdate, isOneOfMany: boolean): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => {
    const [was, is] = [before.get(path), after.get(path)]
    return !was || !is || !withLineFeeds(was).equals(withLineFeeds(is))
  })
  const sizeOf = (path: string): number =>
    Math.max(before.get(path)?.length ?? 0, after.get(path)?.length ?? 0)
  const sorted = paths.sort((a, b) => sizeOf(b) - sizeOf(a) || compare(a, b))
  const size = (content: Buffer | undefined, none: string): string =>
    content === undefined ? none : content.length.toLocaleString('en-US')
  const rows = sorted
    .slice(0, MAX_FILES)
    .map((path) => [code(path), size(before.get(path), 'new'), size(after.get(path), 'removed')])
  return [
    `### ${plural(paths.length, 'changed file')}${isOneOfMany ? ` of ${escapeMarkdown(name)}` : ''}`,
    '',
    ...table(['File', 'Bytes before', 'Bytes after'], rows),
    ...(sorted.length > MAX_FILES ? ['', `… and ${listed(sorted.slice(MAX_FILES).map(code), 10)}`] : []),
  ]
}

function changesSection(changes: readonly ReportedChange[]): string[] {
  if (changes.length === 0) return []
  return [
    '### Also changed',
    '',
    ...changes.map(({ file, summary }) => `- ${code(file)}: ${escapeMarkdown(summary)}`),
  ]
}
