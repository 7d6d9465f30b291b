/** The labels that list the services which an image should load, and those with a public `/available`, as JSON. */
export const SERVICES_LABEL = 'tailchat-plugin-deploy.services'
export const AVAILABLE_LABEL = 'tailchat-plugin-deploy.available'
/** The labels that list the repository's plugins in an image, and those of them whose front end is offered, as JSON. */
export const PLUGINS_LABEL = 'tailchat-plugin-deploy.plugins'
export const BUNDLES_LABEL = 'tailchat-plugin-deploy.bundles'
const VERSION_VARIABLE = 'VERSION'

/** The services that a server which runs the image must show; a deploy records them on the image. */
export interface ServiceRecord {
  services: readonly string[]
  available: readonly string[]
}

/** The plugins, front ends and services of an image: the next deploy says which of them it removes. */
export interface Offering {
  /** Of the repository alone; without those of a base image. */
  plugins: readonly string[]
  /** Those of them whose front end some list offers to users. */
  bundles: readonly string[]
  /** With those of the base image. */
  services: readonly string[]
}

/** A label is an argument of a command, so a longer one is left empty: `status` then asks the checkout instead. */
const MAX_LABEL_BYTES = 60_000
/** Longer than any name that a service can have in /health. */
const MAX_NAME = 300

/** Returns the labels that record the services of an image, with those that the base image records. */
export function serviceLabels(own: ServiceRecord, base?: ServiceRecord): Record<string, string> {
  const joined = (list: (record: ServiceRecord) => readonly string[]): string =>
    namesLabel([...list(own), ...(base ? list(base) : [])])
  // Both are always set: an image inherits the labels of its base.
  return {
    [SERVICES_LABEL]: joined(({ services }) => services),
    [AVAILABLE_LABEL]: joined(({ available }) => available),
  }
}

/** Returns the labels that record the plugins of an image; its services have a label of their own. */
export function offeringLabels({ plugins, bundles }: Omit<Offering, 'services'>): Record<string, string> {
  return { [PLUGINS_LABEL]: namesLabel(plugins), [BUNDLES_LABEL]: namesLabel(bundles) }
}

/** Reads what an image records of its plugins; `undefined` where a part of it is not recorded, or not readable. */
export function readOffering(labels: Readonly<Record<string, string>>): Offering | undefined {
  const plugins = namesIn(labels[PLUGINS_LABEL])
  const bundles = namesIn(labels[BUNDLES_LABEL])
  const services = namesIn(labels[SERVICES_LABEL])
  return plugins && bundles && services ? { plugins, bundles, services } : undefined
}

/** Reads the services that an image records; `undefined` where it records none, or nothing readable. */
export function readServiceRecord(labels: Readonly<Record<string, string>>): ServiceRecord | undefined {
  const services = namesIn(labels[SERVICES_LABEL])
  if (!services) return undefined
  const available = namesIn(labels[AVAILABLE_LABEL]) ?? []
  return { services, available: available.filter((name) => services.includes(name)) }
}

function namesLabel(names: readonly string[]): string {
  const text = JSON.stringify([...new Set(names)].sort())
  return Buffer.byteLength(text) <= MAX_LABEL_BYTES ? text : ''
}

function namesIn(label: string | undefined): string[] | undefined {
  if (label === undefined || label === '' || Buffer.byteLength(label) > MAX_LABEL_BYTES) return undefined
  let value: unknown
  try {
    value = JSON.parse(label)
  } catch {
    return undefined
  }
  const isName = (each: unknown): each is string =>
    typeof each === 'string' && each !== '' && each.length <= MAX_NAME
  return Array.isArray(value) && value.every(isName) ? value : undefined
}

/** Returns the version that the gateway of an image answers with, from the environment in its configuration. */
export function versionIn(config: unknown): string | undefined {
  const environment = (config as { Env?: unknown } | undefined)?.Env
  const prefix = `${VERSION_VARIABLE}=`
  const line = Array.isArray(environment)
    ? environment.find((each): each is string => typeof each === 'string' && each.startsWith(prefix))
    : undefined
  return line?.slice(prefix.length) || undefined
}

/** Returns the instruction that sets the gateway's version (server/mixins/health.mixin.ts); empty without a version. */
export function versionInstruction(version: string | undefined): string {
  return version !== undefined && /^[\w.+-]{1,128}$/.test(version)
    ? `ENV ${VERSION_VARIABLE}=${version}\n`
    : ''
}
