import type { DesiredState } from '../declarations/desired.js'

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

/** The services that an image of this tree must load: `*.service.ts`, less those declared `services: dev`. */
export function expectedServices(desired: DesiredState): ExpectedService[] {
  return desired.plugins
    .filter(({ expectServices }) => expectServices)
    .flatMap(({ plugin }) =>
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
}
