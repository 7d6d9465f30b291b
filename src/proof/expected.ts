import type { DesiredState, PluginState } from '../declarations/desired.js'
import type { ServiceFile } from '../source/service.js'
import { compiledPath } from '../tailchat/service-loader.js'

/** A service that the source says production loads. */
export interface ExpectedService {
  /** `undefined` when the name is computed: then only the file tells which service it is. */
  name: string | undefined
  plugin: string
  /** The source file, relative to the repository's root. */
  file: string
  line?: number
  /** The compiled file, relative to server/dist in the image. */
  compiled: string
  /** The same, as it was read. */
  source: ServiceFile
}

/** The services of every plugin, by what production is expected to do with them. */
export interface ServiceExpectations {
  /** `*.service.ts`: loaded in production. */
  expected: ExpectedService[]
  /** `*.service.ts` of a plugin that is declared `services: dev`: they may load, and are not awaited. */
  tolerated: ExpectedService[]
  /** `*.service.dev.ts`: production never loads them. */
  development: ExpectedService[]
  /** Whether the image also holds services of its base image. */
  onBase?: boolean
}

/** Sorts the services of all plugins by what production does with them. */
export function expectedServices({ plugins, pluginsOnly }: DesiredState): ServiceExpectations {
  return {
    expected: servicesOf(
      plugins.filter(({ expectServices }) => expectServices),
      'production',
    ),
    tolerated: servicesOf(
      plugins.filter(({ expectServices }) => !expectServices),
      'production',
    ),
    development: servicesOf(plugins, 'development'),
    onBase: pluginsOnly,
  }
}

function servicesOf(states: readonly PluginState[], loadedIn: ServiceFile['loadedIn']): ExpectedService[] {
  return states.flatMap(({ plugin }) =>
    plugin.services
      .filter((source) => source.loadedIn === loadedIn)
      .map((source) => ({
        name: source.serviceName?.value,
        plugin: plugin.name,
        file: source.path,
        ...(source.serviceName && { line: source.serviceName.position.line }),
        compiled: compiledPath(source.path),
        source,
      })),
  )
}
