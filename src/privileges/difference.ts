import { keyOf, type Privilege, type Reach, reachesFurther } from './privileges.js'

/** A privilege that came, or that reaches further than before. */
export interface Gained extends Privilege {
  /** How far it reached before; `undefined` when it is new. */
  before?: Reach
}

/** A privilege that went, or that reaches less far than before. */
export interface Lost extends Privilege {
  /** How far it reaches now; `undefined` when it is gone. */
  after?: Reach
}

/** What a plugin may do now and could not before, and the other way round. */
export interface PrivilegeChange {
  plugin: string
  /** All that a new plugin may do is new; what a removed one could do is gone. */
  state: 'new' | 'removed' | 'changed'
  gained: Gained[]
  lost: Lost[]
  /** Why there may be more than this. */
  unknown: string[]
}

/**
 * Compares what a plugin may do with what it could do before.
 * @param before `undefined` when the plugin was not there
 * @param now `undefined` when it is gone
 * @returns `undefined` when nothing changed, and nothing is left unknown
 */
export function comparePrivileges(
  plugin: string,
  before: readonly Privilege[] | undefined,
  now: readonly Privilege[] | undefined,
): PrivilegeChange | undefined {
  const [old, current] = [before ?? [], now ?? []]
  const known = new Map(old.map((privilege) => [keyOf(privilege), privilege]))
  const kept = new Map(current.map((privilege) => [keyOf(privilege), privilege]))
  const gained = current.filter(isPrivilege).flatMap((privilege): Gained[] => {
    const was = known.get(keyOf(privilege))
    if (!was) return [privilege]
    return reachesFurther(privilege, was) ? [{ ...privilege, before: was.reach ?? 'services' }] : []
  })
  const lost = old.filter(isPrivilege).flatMap((was): Lost[] => {
    const is = kept.get(keyOf(was))
    if (!is) return [was]
    return reachesFurther(was, is) ? [{ ...was, after: is.reach ?? 'services' }] : []
  })
  const unknown = [...new Set(current.flatMap(whatIsUnknown))]
  const state = !before ? 'new' : !now ? 'removed' : 'changed'
  if (state === 'changed' && [gained, lost, unknown].every(({ length }) => length === 0)) return undefined
  return { plugin, state, gained, lost, unknown }
}

/** Tells whether a privilege counts: an action that only services can call gives no user anything. */
function isPrivilege({ kind, reach }: Privilege): boolean {
  return kind !== 'unknown' && (kind !== 'action' || reach !== 'services')
}

/** Why there may be more than a privilege says. What is not named may become something else without a sign of it. */
export function whatIsUnknown({ kind, name }: Pick<Privilege, 'kind' | 'name'>): string[] {
  if (kind === 'unknown') return [name]
  return /(?:^|\.)unknown$/.test(name) && kind !== 'identity'
    ? [`${kind} by a name that only running it tells`]
    : []
}
