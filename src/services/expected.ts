import type { DesiredState, PluginState } from '../declarations/desired.js'

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
}

/**
 * The services that the server loads in production: `*.service.ts`. Those of a plugin that is declared
 * `services: dev` are `tolerated`: they may be there, and nobody waits for them.
 */
export function expectedServices(desired: DesiredState): {
  expected: ExpectedService[]
  tolerated: ExpectedService[]
} {
  const servicesOf = (states: PluginState[]): ExpectedService[] =>
    states.flatMap(({ plugin }) =>
      plugin.services
        .filter(({ loadedIn }) => loadedIn === 'production')
        .map((service) => ({
          name: service.serviceName?.value,
          plugin: plugin.name,
          file: service.path,
          ...(service.serviceName && { line: service.serviceName.position.line }),
          compiled: service.path.replace(/^server\//, '').replace(/\.tsx?$/, '.js'),
        })),
    )
  return {
    expected: servicesOf(desired.plugins.filter(({ expectServices }) => expectServices)),
    tolerated: servicesOf(desired.plugins.filter(({ expectServices }) => !expectServices)),
  }
}
