import type { ExpectedService } from './expected.js'
import type { ProbeResult } from './probe-result.js'

/** One service: whether the source promises it, whether the image loads it, and why not. */
export interface ServiceRow {
  name: string
  plugin?: string
  /** The source file, or for one that no source promises the compiled file below server/dist. */
  file?: string
  expected: boolean
  /** `null`: it was not tried. */
  loaded: boolean | null
  reason?: string
  /** Names of the actions it registers, where it was loaded. */
  actions?: string[]
}

/** What proving an image by loading its services showed. */
export interface LoadProof {
  expected: ExpectedService[]
  rows: ServiceRow[]
}

/** Before any image was tried: every expected service with `loaded: null`. */
export function unprovenServices(expected: readonly ExpectedService[]): ServiceRow[] {
  return sorted(expected.map((service) => ({ ...rowOf(service), loaded: null })))
}

/**
 * Joins the services that the source promises with those that the image loaded.
 * @param tolerated services that may be in the image without being expected
 */
export function compareServices(
  expected: readonly ExpectedService[],
  probe: ProbeResult,
  tolerated: readonly ExpectedService[] = [],
): LoadProof {
  const rows: ServiceRow[] = []
  const takenNames = new Map<string, string>()
  for (const service of expected) {
    const found = probe.services.find(({ file }) => file === service.compiled)
    const row = { ...rowOf(service), ...(found?.name !== undefined && { name: found.name }) }
    const reason = whyMissing(service, found, probe, takenNames)
    if (found?.name !== undefined && reason === undefined) takenNames.set(found.name, service.file)
    rows.push({
      ...row,
      loaded: reason === undefined,
      ...(reason !== undefined && { name: service.name ?? row.name, reason }),
      ...(reason === undefined && found?.actions && { actions: found.actions.map(({ name }) => name) }),
    })
  }
  for (const { file, name, error } of probe.services) {
    if (expected.some(({ compiled }) => compiled === file)) continue
    const source = tolerated.find(({ compiled }) => compiled === file)
    rows.push({
      name: name ?? source?.name ?? file,
      ...(source && { plugin: source.plugin }),
      file: source?.file ?? `server/dist/${file}`,
      expected: false,
      loaded: error === undefined,
      reason: error
        ? `threw while it was constructed: ${error.message}`
        : source
          ? 'declared for development only'
          : 'no source file or declaration asks for it',
    })
  }
  return { expected: [...expected], rows: sorted(rows) }
}

function whyMissing(
  service: ExpectedService,
  found: ProbeResult['services'][number] | undefined,
  probe: ProbeResult,
  takenNames: ReadonlyMap<string, string>,
): string | undefined {
  if (!found) {
    if (probe.loading === service.compiled)
      return 'the process that loads services died or hung while it constructed this one'
    if (!probe.finished)
      return probe.loading
        ? `not tried: the process died or hung at ${probe.loading}`
        : `not tried: ${probe.error?.message ?? 'the probe did not get that far'}`
    return `not in the image: server/dist/${service.compiled} does not exist`
  }
  if (found.error)
    return `threw while it was constructed: ${found.error.message}${found.error.at ? ` (${found.error.at})` : ''}`
  if (found.name === undefined || (service.name !== undefined && found.name !== service.name))
    return `loaded under the name ${JSON.stringify(found.name ?? '')}`
  const first = takenNames.get(found.name)
  return first === undefined ? undefined : `${first} has the same name, so this one is never registered`
}

function rowOf(service: ExpectedService): Omit<ServiceRow, 'loaded'> {
  return {
    name: service.name ?? service.compiled,
    plugin: service.plugin,
    file: service.file,
    expected: true,
  }
}

function sorted(rows: ServiceRow[]): ServiceRow[] {
  return rows.sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : (a.file ?? '') < (b.file ?? '') ? -1 : 1,
  )
}
