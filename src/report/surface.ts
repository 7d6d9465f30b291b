import type { ServiceFile } from '../source/service.js'
import { collectionName, environmentOf } from '../source/source-facts.js'
import type { Plugin } from '../workspace/types.js'
import { compare } from '../lib/text.js'
import type { Mention, Registration } from '../source/surface.js'

/** What a plugin's services offer and reach. A name that only running the code can tell is `unknown`. */
export interface ReportedSurface {
  services: ReportedServiceSurface[]
  /** Environment variables that any of its server code reads. */
  environment: string[]
}

/** One service that production loads. Every list is sorted, and empty means 'none' only where `unknown` is empty. */
interface ReportedServiceSurface {
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

interface ReportedRegistration {
  name: string
  /** Whether it is registered only under a condition. */
  conditional: boolean
}

interface ReportedAction extends ReportedRegistration {
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
    rawHtml: surface.rawHtml.length > 0,
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
