import { type Gained, type Lost, whatIsUnknown } from '../privileges/difference.js'
import type { PrivilegeKind } from '../privileges/privileges.js'
import { plural } from '../lib/wording.js'
import { code, escapeMarkdown, table } from './markdown.js'
import type { ReportedPrivilege, ReportedPrivilegeChanges } from './privileges.js'
import type { ReportedPlugin } from './report.js'

/** Enough for a review; the report file has everything. Together they keep a table far below what GitHub shows. */
const MAX_ROWS = 100
const MAX_NAMES = 20
const MAX_LENGTH = 80

/** What stands before the names of each kind. */
const WORDS: Record<PrivilegeKind, string> = {
  browser: 'runs in the browser of',
  host: 'contacts when it is loaded:',
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

/** Kinds that are always marked. */
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
    return [...head, `⚠️ Not known: it could not be compared: ${escapeMarkdown(changes.unknown)}.`]
  const { base, plugins } = changes
  const compared = `compared with ${code(base.slice(0, 12))}`
  if (plugins.length === 0) return [...head, `No privilege changes, ${compared}.`]
  const rows = plugins.map(({ plugin, state, gained, lost, unknown }) => [
    code(cut(plugin)) + (state === 'changed' ? '' : `<br>**${state} plugin**`),
    phrases(plugin, [...gained, ...unknown.map(asUnknown)], true).join('<br>') || 'nothing',
    state === 'removed' ? 'all it had' : phrases(plugin, lost, false).join('<br>') || 'nothing',
  ])
  return [
    ...head,
    `⚠️ marks what lets others in, or reaches what is not the plugin's own; ${compared}.`,
    '',
    ...cutRows(['Plugin', 'Gains', 'Loses'], rows),
  ]
}

/** What each plugin may do, folded behind what all of them may do together. */
export function pluginPrivilegesSection(plugins: readonly ReportedPlugin[]): string[] {
  const everywhere = plugins.filter(({ privileges }) => privileges.some(runsForEveryone))
  const rows = plugins.flatMap(({ name, privileges }) => {
    const shown = privileges.filter(({ kind, reach }) => kind !== 'browser' && reach !== 'services')
    if (shown.length === 0) return []
    const rest = shown.filter((privilege) => !isMarked(privilege))
    return [
      [
        code(cut(name)),
        phrases(name, shown.filter(isMarked), false).join('<br>'),
        phrases(name, rest, false).join('<br>'),
      ],
    ]
  })
  if (rows.length === 0 && everywhere.length === 0) return []
  return [
    `<details><summary>What plugins may do: ${totals(plugins)}</summary>`,
    '',
    ...cutRows(['Plugin', '⚠️ Look at', 'Also'], rows),
    '',
    'Actions and routes are shown below the name of their plugin. A question mark stands behind what a plugin has under a condition only.',
    ...(everywhere.length > 0
      ? ['', ['Run for everyone:', ...few(everywhere.map(({ name }) => code(cut(name))))].join(' ')]
      : []),
    '',
    '</details>',
  ]
}

function totals(plugins: readonly ReportedPlugin[]): string {
  const having = (matches: (privilege: ReportedPrivilege) => boolean): number =>
    plugins.filter(({ privileges }) => privileges.some(matches)).length
  const routes = plugins.flatMap(({ privileges }) => privileges).filter(({ kind }) => isRoute(kind)).length
  return [
    `${plural(routes, 'route')} open without login`,
    `${plural(having(isSensitive), 'plugin')} with sensitive access`,
    `${having(runsForEveryone)} run for everyone`,
    `${having((privilege) => whatIsUnknown(privilege).length > 0)} not fully known`,
  ].join(', ')
}

function runsForEveryone({ kind, sensitive }: ReportedPrivilege): boolean {
  return kind === 'browser' && sensitive !== undefined
}

function isSensitive({ kind, sensitive }: ReportedPrivilege): boolean {
  return kind !== 'browser' && sensitive !== undefined
}

function isRoute(kind: PrivilegeKind): boolean {
  return kind === 'open-route' || kind === 'foreign-route'
}

function isMarked({ kind, sensitive }: ReportedPrivilege): boolean {
  return sensitive !== undefined || ALWAYS_MARKED.has(kind)
}

function asUnknown(name: string): ReportedPrivilege {
  return { kind: 'unknown', name, conditional: false }
}

type Shown = ReportedPrivilege & Pick<Gained, 'before'> & Pick<Lost, 'after'>

/** One phrase for what is alike, such as all events; they come in the order of their kinds. */
function phrases(plugin: string, privileges: readonly Shown[], withMark: boolean): string[] {
  const groups = new Map<string, string[]>()
  for (const privilege of privileges) {
    const mark = withMark && (isMarked(privilege) || privilege.before !== undefined)
    const start = `${mark ? '⚠️ ' : ''}${beginning(privilege)}`
    const names = groups.get(start) ?? []
    groups.set(start, names)
    names.push(nameOf(plugin, privilege))
  }
  return [...groups].map(([start, names]) => [start, ...few(names)].join(' ').trim())
}

function beginning({ kind, sensitive, reach, before, after }: Shown): string {
  if (after === 'http') return 'sockets can call'
  if (before === 'services')
    return `users can call${reach === 'http' ? ' over HTTP' : ''} what was for services only:`
  if (before !== undefined) return 'sockets can call what was open to HTTP only:'
  if (kind === 'identity') return escapeMarkdown(sensitive ?? WORDS.identity)
  if (sensitive !== undefined && kind !== 'browser') return `${escapeMarkdown(sensitive)}:`
  return kind === 'action' && reach === 'http' ? 'users can call over HTTP only' : WORDS[kind]
}

/** A name as its row needs it, with a mark when it is had under a condition only. */
function nameOf(plugin: string, { kind, name, conditional }: ReportedPrivilege): string {
  if (kind === 'raw-html' || kind === 'identity') return ''
  if (kind === 'browser' || kind === 'unknown') return escapeMarkdown(cut(name))
  return code(cut(withoutPlugin(plugin, kind, name))) + (conditional ? '?' : '')
}

/** `list` for the action `plugin:NAME.list`, and `/hook` for the route `/plugin:NAME/hook`. */
function withoutPlugin(plugin: string, kind: PrivilegeKind, name: string): string {
  const own = kind === 'action' ? `plugin:${plugin}.` : `/plugin:${plugin}/`
  if ((kind === 'action' || kind === 'open-route') && name.startsWith(own))
    return name.slice(kind === 'action' ? own.length : own.length - 1)
  return isRoute(kind) ? `/api${name}` : name
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
