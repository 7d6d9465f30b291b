import { stringAt } from '../formats/json.js'
import { AS_LABEL } from '../image/node.js'
import { readServiceRecord, type ServiceRecord, versionIn } from '../image/record.js'
import type { DesiredState } from '../declarations/desired.js'
import { labelsOfConfig } from '../docker/registry.js'
import { bundlePath, REGISTRY_PATHS } from '../tailchat/gateway.js'
import { type ExpectedService, expectedServices } from './expected.js'
import type { LivePromise, PromisedFile, PromisedService } from './live.js'
import type { ImageContents } from './probe-result.js'

/** How often a bundle's first file and the plugin registry files are asked for in a row. */
const TIMES = 3
/** More than Tailchat with all of its plugins has several times over. */
const MAX_FILES = 2000

/** What is known of an image that a server should run. */
export interface LiveImage {
  /** `name@digest` */
  reference: string
  /** Of its configuration. */
  config: unknown
  /** What its gateway would serve; `undefined`: that could not be read. */
  contents: ImageContents | undefined
}

/** What the services of the checkout are recorded as on an image. */
export function recordOf(desired: DesiredState): ServiceRecord {
  const { expected } = expectedServices(desired)
  return { services: names(expected), available: names(expected.filter(isAvailable)) }
}

function names(services: readonly ExpectedService[]): string[] {
  return services.flatMap(({ name }) => name ?? [])
}

/** Tells whether a service always registers `/available`. */
function isAvailable({ source }: ExpectedService): boolean {
  return source.surface.openRoutes.some(
    ({ name, literal, conditional }) => name === '/available' && literal && !conditional,
  )
}

/**
 * What a server should show that runs an image.
 * @param desired the checkout, which knows where each service is written; `undefined`: there is none
 */
export function promiseOfImage(image: LiveImage, desired: DesiredState | undefined): LivePromise {
  const labels = labelsOfConfig(image.config)
  const record = readServiceRecord(labels) ?? (desired && recordOf(desired))
  const isNode = labels[AS_LABEL] === 'node'
  const created = isNode ? NaN : Date.parse(labels['org.opencontainers.image.created'] ?? '') / 1000
  return {
    reference: `the image ${image.reference}`,
    services: record?.services.map((name) => withSource(name, desired)),
    available: record?.available ?? [],
    files: image.contents ? filesOf(image.contents) : [],
    // The gateway that a node joins has an image of its own.
    version: isNode ? undefined : versionIn(image.config),
    createdSeconds: Number.isNaN(created) ? undefined : created,
  }
}

/** What a server should show that runs what is checked out, as far as sources can say. */
export function promiseOfCheckout(desired: DesiredState, offered: readonly string[]): LivePromise {
  const { services, available } = recordOf(desired)
  return {
    reference: 'the checkout',
    services: services.map((name) => withSource(name, desired)),
    available,
    files: [
      ...REGISTRY_PATHS.map((path) => ({ path, times: TIMES })),
      ...offered.map((plugin) => ({ path: servedPath(bundlePath(plugin)), plugin, times: TIMES })),
    ],
    version: undefined,
    createdSeconds: undefined,
  }
}

/** Nothing is known of what the server should show: then it is only shown. */
export const NO_PROMISE: LivePromise = {
  reference: undefined,
  services: undefined,
  available: [],
  files: [],
  version: undefined,
  createdSeconds: undefined,
}

function withSource(name: string, desired: DesiredState | undefined): PromisedService {
  const found = desired && expectedServices(desired).expected.find((each) => each.name === name)
  if (!found) return { name }
  const { plugin, file, line } = found
  return { name, plugin, file, ...(line !== undefined && { line }) }
}

/** Every file of a bundle, the first one several times; and the plugin registry files. */
function filesOf({ bundles, registrySha256 = {} }: ImageContents): PromisedFile[] {
  const registries = REGISTRY_PATHS.flatMap((path) => {
    const sha256 = stringAt(registrySha256, path.slice(1))
    return sha256 === undefined ? [] : [{ path, sha256, times: TIMES }]
  })
  const ofBundles = bundles.flatMap(({ name, files }) =>
    files.flatMap(({ file, sha256 }) => {
      if (sha256 === undefined) return []
      const path = servedPath(`/plugins/${name}/${file}`)
      return [{ path, plugin: name, sha256, times: file === 'index.js' ? TIMES : 1 }]
    }),
  )
  return [...registries, ...ofBundles].slice(0, MAX_FILES)
}

function servedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
