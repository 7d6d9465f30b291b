import type { ExpectedService } from './expected.js'
import type { LoadedAction, ProbeResult } from './probe-result.js'
import type { SurfaceAction } from '../source/surface.js'

/** A difference between what a service registers and what its source says. */
export type ExposureDifference = {
  service: ExpectedService
  /** Where the source says otherwise, as an offset; `undefined` where it says nothing. */
  offset?: number
} & (
  | { kind: 'not-in-source'; action: LoadedAction }
  | { kind: 'not-loaded'; action: string }
  | { kind: 'event-not-in-source'; event: string }
  | { kind: 'event-not-loaded'; event: string }
  | { kind: 'undefined-handler'; of: 'action' | 'event'; name: string }
  | { kind: 'differs'; action: string; source: string; loaded: string }
  | {
      kind: 'switched-off'
      names: string[]
      environment: string[]
      loadedActions: number
      allActions: number
    }
)

type Loaded = ProbeResult['services'][number]

/**
 * Compares what a loaded service registered with its source. Names that are known only at run time and conditional
 * registrations are not differences.
 * @param provided environment variables that a container which loads this service gets from the repository
 */
export function compareExposure(
  service: ExpectedService,
  loaded: Loaded,
  provided: ReadonlySet<string> = new Set(),
): ExposureDifference[] {
  const { surface } = service.source
  const actions = new Map((loaded.actions ?? []).map((action) => [action.name, action]))
  const allIsKnown = surface.unknown.length === 0 && surface.actions.every(({ literal }) => literal)
  const differences: ExposureDifference[] = []

  for (const action of allIsKnown ? actions.values() : [])
    if (!surface.actions.some(({ name }) => name === action.name))
      differences.push({ service, kind: 'not-in-source', action })

  const known = surface.actions.filter(({ literal }) => literal)
  for (const source of known) {
    const action = actions.get(source.name)
    const { offset, name } = source
    if (!action) {
      if (!source.conditional) differences.push({ service, offset, kind: 'not-loaded', action: name })
    } else if (known.filter((other) => other.name === name).length === 1) {
      const [said, found] = openness(source, action)
      if (said !== found)
        differences.push({ service, offset, kind: 'differs', action: name, source: said, loaded: found })
    }
  }
  return [
    ...differences,
    ...compareEvents(service, loaded),
    ...undefinedHandlers(service, loaded),
    ...switchedOff(service, loaded, provided),
  ]
}

/** Events that TcService listens to in every service (server/packages/sdk/src/services/base.ts). */
const OWN_EVENTS: ReadonlySet<string> = new Set(['config.updated'])

/** Compares events. A database adds its own events: with one, only missing events are reported. */
function compareEvents(service: ExpectedService, loaded: Loaded): ExposureDifference[] {
  const { events, unknown } = service.source.surface
  // An image that was probed without a look at events.
  if (!loaded.events) return []
  const heard = new Set(loaded.events)
  const allIsKnown = unknown.length === 0 && events.every(({ literal }) => literal) && !loaded.database
  const extra = allIsKnown
    ? loaded.events.filter((name) => !OWN_EVENTS.has(name) && !events.some((event) => event.name === name))
    : []
  const missing = events.filter(
    ({ name, literal, conditional }) => literal && !conditional && !heard.has(name),
  )
  return [
    ...extra.map((event) => ({ service, kind: 'event-not-in-source' as const, event })),
    ...missing.map(({ name, offset }) => ({
      service,
      offset,
      kind: 'event-not-loaded' as const,
      event: name,
    })),
  ]
}

function undefinedHandlers(service: ExpectedService, loaded: Loaded): ExposureDifference[] {
  const { actions, events } = service.source.surface
  return (loaded.undefinedHandlers ?? []).map(({ kind, name }) => {
    const source = (kind === 'action' ? actions : events).find((each) => each.literal && each.name === name)
    return { service, ...(source && { offset: source.offset }), kind: 'undefined-handler', of: kind, name }
  })
}

/** Returns who may call an action, by its source and as loaded; equal where the source does not tell. */
function openness(source: SurfaceAction, loaded: LoadedAction): [string, string] {
  const sockets = (disabled: boolean): string => (disabled ? ', disableSocket' : '')
  const found = loaded.disableSocket === true
  const visibility = source.visibility === 'unknown' ? loaded.visibility : source.visibility
  const disabled = source.disableSocket === 'unknown' ? found : source.disableSocket
  return [visibility + sockets(disabled), loaded.visibility + sockets(found)]
}

/** Finds registrations that are missing because an environment variable is not set. */
function switchedOff(
  service: ExpectedService,
  loaded: Loaded,
  provided: ReadonlySet<string>,
): ExposureDifference[] {
  const { surface } = service.source
  const actions = new Set(loaded.actions?.map(({ name }) => name))
  const events = new Set(loaded.events)
  const off = [
    ...surface.actions.filter(({ name, literal }) => literal && !actions.has(name)),
    ...surface.events.filter(({ name, literal }) => literal && !events.has(name)),
  ].filter(({ conditional, environment }) => conditional && environment.some((name) => !provided.has(name)))
  const [first] = off
  if (!first) return []
  return [
    {
      service,
      offset: first.offset,
      kind: 'switched-off',
      names: [...new Set(off.map(({ name }) => name))],
      environment: [
        ...new Set(off.flatMap(({ environment }) => environment.filter((name) => !provided.has(name)))),
      ].sort(),
      loadedActions: actions.size,
      allActions: new Set([...actions, ...surface.actions.map(({ name }) => name)]).size,
    },
  ]
}
