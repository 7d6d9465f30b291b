import type { Offering } from './record.js'

/** Something that users have today and would not have after a deploy. */
export interface Removal {
  kind: 'plugin' | 'front end' | 'service'
  name: string
}

const LISTS = [
  ['plugin', 'plugins'],
  ['front end', 'bundles'],
  ['service', 'services'],
] as const satisfies readonly (readonly [Removal['kind'], keyof Offering])[]

/** Returns what an image has and the one that replaces it lacks. */
export function removalsBetween(before: Offering, after: Offering): Removal[] {
  return LISTS.flatMap(([kind, list]) => {
    const kept = new Set(after[list])
    return before[list].filter((name) => !kept.has(name)).map((name) => ({ kind, name }))
  })
}

/**
 * Returns why a deploy must stop: it leaves none, or less than half, of the present plugins, front ends or services. That is
 * usually a mistake, such as an empty directory.
 * @param allowed names that may go, or `all`; the name of a plugin covers its services too
 */
export function reasonToKeep(
  before: Offering,
  removals: readonly Removal[],
  allowed: readonly string[],
): string | undefined {
  if (allowed.includes('all')) return undefined
  const names = new Set(allowed)
  for (const [kind, list] of LISTS) {
    const gone = removals.filter((removal) => removal.kind === kind)
    const had = before[list].length
    if (gone.length * 2 <= had || gone.every((removal) => isAllowed(removal, names))) continue
    if (gone.length < had) return `${gone.length} of ${had} ${kind}s`
    return had === 1 ? `the only ${kind}` : `all ${had} ${kind}s`
  }
  return undefined
}

function isAllowed({ kind, name }: Removal, allowed: ReadonlySet<string>): boolean {
  return allowed.has(name) || (kind === 'service' && isServiceOf(name, allowed))
}

/** Tells whether a service belongs to one of these plugins: it is named `plugin:NAME` or `plugin:NAME.PART`. */
export function isServiceOf(service: string, plugins: ReadonlySet<string>): boolean {
  if (!service.startsWith(PREFIX)) return false
  const parts = service.slice(PREFIX.length).split('.')
  return parts.some((_, index) => plugins.has(parts.slice(0, index + 1).join('.')))
}

const PREFIX = 'plugin:'
