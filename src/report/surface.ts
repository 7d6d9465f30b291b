import { compare } from '../workspace/read.js'
import type { ServiceFile } from '../workspace/service.js'
import type { Mention, Registration } from '../workspace/service-surface.js'
import { collectionName, environmentOf } from '../workspace/source-facts.js'
import type { Plugin } from '../workspace/types.js'
import { code, escapeMarkdown, table } from './markdown.js'
import { plural } from './report.js'

/** What a plugin's services offer and reach. A name that only running the code can tell is `unknown`. */
export interface ReportedSurface {
  services: ReportedServiceSurface[]
  /** Environment variables that any of its server code reads. */
  environment: string[]
}

/** One service that production loads. Every list is sorted, and empty means 'none' only where `unknown` is empty. */
export interface ReportedServiceSurface {
  name: string
  file: string
  actions: ReportedAction[]
  /** Below the service's own path, open without login. */
  openRoutes: ReportedRegistration[]
  collections: ReportedRegistration[]
  events: ReportedRegistration[]
  /** `name` is the action after which the service's action `callback` is called. */
  hooks: (ReportedRegistration & { callback: string })[]
  calls: string[]
  emits: string[]
  environment: string[]
  rawHtml: boolean
  /** Why there may be more than this. */
  unknown: string[]
}

export interface ReportedRegistration {
  name: string
  /** Whether it is registered only under a condition. */
  conditional: boolean
}

export interface ReportedAction extends ReportedRegistration {
  /** `published`: open to HTTP and, unless `disableSocket`, to sockets; anything else: to services only. */
  visibility: string
  disableSocket: boolean | 'unknown'
}

/** The surface of a plugin as the report shows it; `undefined` for one without server code. */
export function reportSurface(plugin: Plugin): ReportedSurface | undefined {
  if (plugin.kind === 'frontend') return undefined
  const services = plugin.services.filter(({ loadedIn }) => loadedIn === 'production')
  return {
    services: services
      .map((service) => reportService(plugin, service))
      .sort((a, b) => compare(a.name, b.name) || compare(a.file, b.file)),
    environment: environmentOf(plugin),
  }
}

function reportService(plugin: Plugin, service: ServiceFile): ReportedServiceSurface {
  const { surface } = service
  return {
    name: service.serviceName?.value ?? 'unknown',
    file: service.path,
    actions: surface.actions
      .map((action) => ({
        ...reportRegistration(action),
        visibility: action.visibility,
        disableSocket: action.disableSocket,
      }))
      .sort(byName),
    openRoutes: surface.openRoutes.map(reportRegistration).sort(byName),
    collections: surface.collections
      .map((each) => ({
        name: collectionName(plugin, service, each)?.value ?? 'unknown',
        conditional: each.conditional,
      }))
      .sort(byName),
    events: surface.events.map(reportRegistration).sort(byName),
    hooks: surface.hooks
      .map((hook) => ({ ...reportRegistration(hook), callback: hook.callback }))
      .sort((a, b) => byName(a, b) || compare(a.callback, b.callback)),
    calls: namesOf(surface.calls),
    emits: namesOf(surface.emits),
    environment: surface.environment,
    rawHtml: surface.rawHtml,
    unknown: surface.unknown,
  }
}

function reportRegistration({ name, conditional }: Registration): ReportedRegistration {
  return { name, conditional }
}

function namesOf(mentions: readonly Mention[]): string[] {
  return [...new Set(mentions.map(({ name }) => name))].sort(compare)
}

function byName(a: ReportedRegistration, b: ReportedRegistration): number {
  return compare(a.name, b.name) || Number(a.conditional) - Number(b.conditional)
}

/** Enough for a review; the report file has everything. Together they keep the table far below what GitHub shows. */
const MAX_ROWS = 100
const MAX_NAMES = 20
const MAX_LENGTH = 80

/** The section of the job summary that says what a reviewer must know of each service. */
export function surfaceSection(surfaces: readonly ReportedSurface[]): string[] {
  const rows = surfaces.flatMap(surfaceRows)
  if (rows.length === 0) return []
  return [
    '<details><summary>What the services offer and reach</summary>',
    '',
    '`?` stands behind what is registered under a condition only.',
    '',
    ...table(
      ['Service', 'Offers', 'Open without login', 'Gets', 'Calls', 'Reads', 'Also'],
      rows.slice(0, MAX_ROWS),
    ),
    ...(rows.length > MAX_ROWS
      ? ['', `… and ${rows.length - MAX_ROWS} more; the report file has them all`]
      : []),
    '',
    '</details>',
  ]
}

function surfaceRows({ services, environment }: ReportedSurface): string[][] {
  return services.map((service, index) => {
    const published = service.actions.filter(({ visibility }) => visibility !== 'public')
    const internal = service.actions.length - published.length
    const also = [
      ...(service.rawHtml ? ['answers with pages of its own'] : []),
      ...(internal > 0 ? [`${plural(internal, 'action')} for services only`] : []),
      ...service.unknown.map((reason) => `not all is known: ${escapeMarkdown(cut(reason))}`),
    ]
    return [
      code(cut(service.name)),
      few(published.map(marked)),
      few(service.openRoutes.map(marked)),
      few([...service.events.map(marked), ...service.hooks.map((hook) => `after ${marked(hook)}`)]),
      few(service.calls.map((name) => code(cut(name)))),
      // The plugin's own list, which holds what its helpers read too, stands with its first service.
      few((index === 0 ? environment : service.environment).map((name) => code(cut(name)))),
      also.join('; '),
    ]
  })
}

/** A name, with a mark when it is registered under a condition. */
function marked({ name, conditional }: ReportedRegistration): string {
  return code(cut(name)) + (conditional ? '?' : '')
}

function few(cells: readonly string[]): string {
  const left = cells.length - MAX_NAMES
  return [...cells.slice(0, MAX_NAMES), ...(left > 0 ? [`and ${left} more`] : [])].join(' ')
}

function cut(name: string): string {
  return name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH - 1)}…` : name
}
