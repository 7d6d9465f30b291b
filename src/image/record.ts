/** The labels that list the services which an image should load, and those with a public `/available`, as JSON. */
export const SERVICES_LABEL = 'tailchat-plugin-deploy.services'
export const AVAILABLE_LABEL = 'tailchat-plugin-deploy.available'
const VERSION_VARIABLE = 'VERSION'

/** The services that a server which runs the image must show; a deploy records them on the image. */
export interface ServiceRecord {
  services: readonly string[]
  available: readonly string[]
}

/** A label is an argument of a command, so a longer one is left empty; `status` then asks the checkout instead. */
const MAX_LABEL_BYTES = 60_000
/** Longer than any name that a service can have in /health. */
const MAX_NAME = 300

/** Returns the labels that record the services of an image, with those that the base image records. */
export function serviceLabels(own: ServiceRecord, base?: ServiceRecord): Record<string, string> {
  const joined = (list: (record: ServiceRecord) => readonly string[]): string => {
    const names = [...new Set([...list(own), ...(base ? list(base) : [])])].sort()
    const text = JSON.stringify(names)
    return Buffer.byteLength(text) <= MAX_LABEL_BYTES ? text : ''
  }
  // Both are always set: an image inherits the labels of its base.
  return {
    [SERVICES_LABEL]: joined(({ services }) => services),
    [AVAILABLE_LABEL]: joined(({ available }) => available),
  }
}

/** Reads the services that an image records; `undefined` where it records none, or nothing readable. */
export function readServiceRecord(labels: Readonly<Record<string, string>>): ServiceRecord | undefined {
  const services = namesIn(labels[SERVICES_LABEL])
  if (!services) return undefined
  const available = namesIn(labels[AVAILABLE_LABEL]) ?? []
  return { services, available: available.filter((name) => services.includes(name)) }
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
