import { type Diagnosis, diagnoseLoad, type MissingCause, threw } from './diagnosis.js'
import type { ExpectedService, ServiceExpectations } from './expected.js'
import { compareExposure, type ExposureDifference } from './exposure.js'
import type { LoadedAction, ProbeResult } from './probe-result.js'
import { append } from '../lib/lists.js'

/** One service: whether the source promises it, whether the image loads it, and why not. */
export interface ServiceRow {
  name: string
  plugin?: string
  /** The source file, or for one that no source promises the compiled file below server/dist. */
  file?: string
  expected: boolean
  /** `null`: it was not tried. */
  loaded: boolean | null
  /** Why it is missing, or why it is not expected. */
  reason?: string
  /** The same for a program to read; only where it is missing. */
  cause?: MissingCause
  /** The actions that it registers, where it was loaded. */
  actions?: LoadedAction[]
  /** How long it took to construct. */
  milliseconds?: number
}

/** The result of loading the services of an image. */
export interface LoadProof {
  expected: ExpectedService[]
  rows: ServiceRow[]
  /** Differences between loaded services and their sources. */
  differences: ExposureDifference[]
}

/** Tells whether a service comes with the base image of an overlay, so that it is neither expected nor wrong. */
export function isOfBaseImage({ expected, loaded, reason }: ServiceRow): boolean {
  return !expected && loaded === true && reason === OF_BASE_IMAGE
}

const OF_BASE_IMAGE = 'it comes with the base image'

/** Returns every expected service with `loaded: null`, for before an image was tried. */
export function unprovenServices(expected: readonly ExpectedService[]): ServiceRow[] {
  return sorted(expected.map((service) => ({ ...rowOf(service), loaded: null })))
}

/**
 * Joins the services that the source promises with those that the image loaded.
 * @param provided the environment variables that the repository sets for each compiled file
 */
export function compareServices(
  expectations: ServiceExpectations,
  probe: ProbeResult,
  provided: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): LoadProof {
  const { expected, development } = expectations
  const rows: ServiceRow[] = []
  const differences: ExposureDifference[] = []
  const takenNames = new Map<string, string>()
  for (const service of expected) {
    const found = probe.services.find(({ file }) => file === service.compiled)
    const time = found && { milliseconds: found.milliseconds }
    const diagnosis = diagnoseLoad(service, probe, takenNames)
    if (diagnosis || found?.name === undefined) {
      const name = service.name ?? found?.name
      rows.push({ ...rowOf(service), ...(name && { name }), loaded: false, ...diagnosis, ...time })
      continue
    }
    takenNames.set(found.name, service.file)
    const actions = found.actions && { actions: found.actions }
    rows.push({ ...rowOf(service), name: found.name, loaded: true, ...actions, ...time })
    append(differences, compareExposure(service, found, provided.get(service.compiled)))
  }
  append(rows, [...unpromised(expectations, probe), ...development.map(developmentRow)])
  return { expected: [...expected], rows: sorted(rows), differences }
}

/**
 * Returns the services of an image without sources: each file that the server would load must load under its own name.
 * The file at which the process ended is one of them; later files are unknown.
 */
export function compareWithItself(probe: ProbeResult): ServiceRow[] {
  const files = [...probe.services.map(({ file }) => file), ...(probe.loading ? [probe.loading] : [])]
  const takenNames = new Map<string, string>()
  const rows = files.map((compiled): ServiceRow => {
    const file = `server/dist/${compiled}`
    const found = probe.services.find((service) => service.file === compiled)
    const diagnosis = diagnoseLoad({ name: undefined, file, compiled }, probe, takenNames)
    const name = found?.name ?? compiled
    if (!diagnosis) takenNames.set(name, file)
    const [, plugin] = compiled.split('/')
    return {
      name,
      ...(plugin !== undefined && { plugin }),
      file,
      expected: true,
      loaded: diagnosis === undefined,
      ...diagnosis,
      ...(!diagnosis && found?.actions && { actions: found.actions }),
      ...(found && { milliseconds: found.milliseconds }),
    }
  })
  return sorted(rows)
}

/** Returns the services in the image that no source promises. */
function unpromised({ expected, tolerated, onBase }: ServiceExpectations, probe: ProbeResult): ServiceRow[] {
  return probe.services
    .filter(({ file }) => !expected.some(({ compiled }) => compiled === file))
    .map(({ file, name, error, milliseconds }) => {
      const source = tolerated.find(({ compiled }) => compiled === file)
      const plugin = source?.plugin ?? (onBase ? file.split('/')[1] : undefined)
      return {
        name: name ?? source?.name ?? file,
        ...(plugin !== undefined && { plugin }),
        file: source?.file ?? `server/dist/${file}`,
        expected: false,
        loaded: error === undefined,
        ...(error
          ? threw(error)
          : {
              reason: source
                ? 'declared for development only'
                : onBase
                  ? OF_BASE_IMAGE
                  : 'no source file or declaration asks for it',
            }),
        milliseconds,
      }
    })
}

function developmentRow(service: ExpectedService): ServiceRow {
  const diagnosis: Diagnosis = {
    cause: 'development-only',
    reason: 'for development only: production loads no *.service.dev.ts',
  }
  return { ...rowOf(service), expected: false, loaded: false, ...diagnosis }
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
