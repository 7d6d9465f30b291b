import type { Gained, Lost, PrivilegeChange } from '../privileges/difference.js'
import type { Privilege, PrivilegeKind } from '../privileges/privileges.js'
import type { PullRequestPrivileges } from '../privileges/pull-request.js'
import { code, escapeMarkdown, table } from './markdown.js'
import { plural, type ReportedPlugin } from './report.js'

/** A privilege as the report shows it: without its place. */
export type ReportedPrivilege = Omit<Privilege, 'at'>

/** What a pull request changes in what plugins may do, or why that is not known. */
export type ReportedPrivilegeChanges =
  | {
      /** The commit that it is compared with. */
      base: string
      plugins: (Omit<PrivilegeChange, 'gained' | 'lost'> & {
        gained: Omit<Gained, 'at'>[]
        lost: Omit<Lost, 'at'>[]
      })[]
    }
  | { unknown: string }

/** Without its place, whose file would take its whole text along. */
export function reportPrivilege<P extends Privilege>(privilege: P): Omit<P, 'at'> {
  const reported = { ...privilege }
  delete reported.at
  return reported
}

export function reportPrivilegeChanges(changes: PullRequestPrivileges): ReportedPrivilegeChanges {
  if ('unknown' in changes) return changes
  return {
    base: changes.base,
    plugins: changes.plugins.map((change) => ({
      ...change,
      gained: change.gained.map(reportPrivilege),
      lost: change.lost.map(reportPrivilege),
    })),
  }
}

/** Enough for a review; the report file has everything. Together they keep a table far below what GitHub shows. */
const MAX_ROWS = 100
const MAX_NAMES = 20
const MAX_LENGTH = 80

/** What stands before the names of each kind. */
const WORDS: Record<PrivilegeKind, string> = {
  browser: 'runs in the browser of',
  'open-route': 'open without login:',
  'foreign-route': 'opens routes that are not its own:',
  action: 'users can call',
  'raw-html': 'answers with pages of its own',
  identity: 'acts as',
  call: 'calls',
  hook: 'is called after',
  event: 'gets events',
  environment: 'reads',
  unknown: 'not all is known:',
}

/** Kinds that are marked whatever they are about. */
const ALWAYS_MARKED: ReadonlySet<PrivilegeKind> = new Set([
  'open-route',
  'foreign-route',
  'raw-html',
  'identity',
])

/**
 * What a pull request changes in what plugins may do, as a section of Markdown. Empty outside of a pull request; where
 * nothing changed or nothing is known, it says so.
 */
export function privilegeChangesSection(changes: ReportedPrivilegeChanges | undefined): string[] {
  if (!changes) return []
  const head = ['### What plugins may do: changed by this pull request', '']
  if ('unknown' in changes)
    return [...head, `⚠️ Not known: it could not be compared. ${sentence(escapeMarkdown(changes.unknown))}`]
  const { base, plugins } = changes
  const compared = `compared with ${code(base.slice(0, 12))}`
  if (plugins.length === 0) return [...head, `No privilege changes, ${compared}.`]
  const rows = plugins.map(({ plugin, state, gained, lost, unknown }) => [
    code(cut(plugin)) + (state === 'changed' ? '' : `<br>**${state} plugin**`),
    phrases([...gained, ...unknown.map(asUnknown)], true).join('<br>') || 'nothing',
    state === 'removed' ? 'all it had' : phrases(lost, false).join('<br>') || 'nothing',
  ])
  return [
    ...head,
    `⚠️ marks what lets others in, or reaches what is not the plugin's own; ${compared}.`,
    '',
    ...cutRows(['Plugin', 'Gains', 'Loses'], rows),
  ]
}

/** What each plugin may do that is worth a line, folded behind what all of them may do together. */
export function pluginPrivilegesSection(plugins: readonly ReportedPlugin[]): string[] {
  const shown = plugins.filter(({ privileges }) =>
    privileges.some((privilege) => isMarked(privilege) || isNews(privilege)),
  )
  if (shown.length === 0) return []
  const rows = shown.map(({ name, privileges }) => {
    const marked = privileges.filter(isMarked)
    const rest = privileges.filter((privilege) => !isMarked(privilege) && isNews(privilege))
    return [code(cut(name)), phrases(marked, false).join('<br>'), phrases(rest, false).join('<br>')]
  })
  return [
    `<details><summary>What plugins may do: ${totals(plugins)}</summary>`,
    '',
    'A question mark stands behind what a plugin has under a condition only.',
    '',
    ...cutRows(['Plugin', '⚠️ Look at', 'Also'], rows),
    '',
    '</details>',
  ]
}

function totals(plugins: readonly ReportedPlugin[]): string {
  const all = plugins.flatMap(({ privileges }) => privileges)
  const count = (matches: (privilege: ReportedPrivilege) => boolean): number => all.filter(matches).length
  const having = (matches: (privilege: ReportedPrivilege) => boolean): number =>
    plugins.filter(({ privileges }) => privileges.some(matches)).length
  return [
    `${plural(count(isOpenRoute), 'route')} open without login`,
    `${plural(
      having(({ kind, sensitive }) => kind !== 'browser' && sensitive !== undefined),
      'plugin',
    )} with access to what is sensitive`,
    `${having(({ kind, sensitive }) => kind === 'browser' && sensitive !== undefined)} run for everyone`,
    `${having(({ kind }) => kind === 'unknown')} not fully known`,
  ].join(', ')
}

function isOpenRoute({ kind }: ReportedPrivilege): boolean {
  return kind === 'open-route' || kind === 'foreign-route'
}

/** Every web part runs in a browser, and an action for services only is nothing to users. */
function isNews({ kind, reach }: ReportedPrivilege): boolean {
  return kind !== 'browser' && reach !== 'services'
}

function isMarked({ kind, sensitive }: ReportedPrivilege): boolean {
  return sensitive !== undefined || ALWAYS_MARKED.has(kind)
}

function asUnknown(name: string): ReportedPrivilege {
  return { kind: 'unknown', name, conditional: false }
}

type Shown = ReportedPrivilege & Pick<Gained, 'before'> & Pick<Lost, 'after'>

/** One phrase for what is alike, such as all events; they come in the order of their kinds. */
function phrases(privileges: readonly Shown[], withMark: boolean): string[] {
  const groups = new Map<string, string[]>()
  for (const privilege of privileges) {
    const start = `${withMark && (isMarked(privilege) || privilege.before) ? '⚠️ ' : ''}${beginning(privilege)}`
    const names = groups.get(start) ?? []
    groups.set(start, names)
    if (privilege.kind !== 'raw-html') names.push(nameOf(privilege))
  }
  return [...groups].map(([start, names]) => [start, ...few(names)].join(' '))
}

function beginning({ kind, sensitive, reach, before, after }: Shown): string {
  if (after === 'http') return 'sockets can call'
  if (before !== undefined)
    return `users can call${reach === 'http' ? ' over HTTP' : ''} what ${before === 'services' ? 'was for services only' : 'was open to HTTP only'}:`
  if (sensitive !== undefined && kind !== 'browser') return `${escapeMarkdown(sensitive)}:`
  return kind === 'action' && reach === 'http' ? 'users can call over HTTP only' : WORDS[kind]
}

/** A name, with a mark when it is had under a condition only. */
function nameOf({ kind, name, conditional }: ReportedPrivilege): string {
  if (kind === 'browser' || kind === 'unknown') return escapeMarkdown(cut(name))
  const text = isOpenRoute({ kind, name, conditional }) ? `/api${name}` : name
  return code(cut(text)) + (conditional ? '?' : '')
}

function few(names: readonly string[]): string[] {
  const left = names.length - MAX_NAMES
  return [...names.slice(0, MAX_NAMES), ...(left > 0 ? [`and ${left} more`] : [])]
}

function cutRows(head: string[], rows: string[][]): string[] {
  const left = rows.length - MAX_ROWS
  return [
    ...table(head, rows.slice(0, MAX_ROWS)),
    ...(left > 0 ? ['', `… and ${left} more; the report file has them all`] : []),
  ]
}

function cut(name: string): string {
  return name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH - 1)}…` : name
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
