/** One line of `pnpm.overrides`: `name`, `name@range`, or either behind `parent>` or `parent@range>`. */
export interface Override {
  parent: Selector | undefined
  target: Selector
  /** What the dependency becomes; `-` takes it away. */
  value: string
}

interface Selector {
  name: string
  range: string | undefined
}

/** Reads the overrides as the lockfile has them, where references such as `$name` are resolved already. */
export function parseOverrides(overrides: ReadonlyMap<string, string>): Override[] {
  return [...overrides].map(([key, value]) => {
    // As pnpm does: a > that begins a range, as in `name@>=4`, separates nothing.
    const at = key.search(/[^ |@]>/)
    return at === -1
      ? { parent: undefined, target: selector(key), value }
      : { parent: selector(key.slice(0, at + 1)), target: selector(key.slice(at + 2)), value }
  })
}

/**
 * What the lockfile may have for a dependency of a package after the overrides; `any` where that can't be told.
 * Whether a selector's range and a dependency's have a version in common is decided for the usual ranges; for the
 * others, both outcomes are accepted: a miss then, never a false alarm.
 * @param owner the package that has the dependency
 */
export function expectedSpecifiers(
  overrides: readonly Override[],
  owner: { name: string | undefined; version: string | undefined },
  { name, specifier }: { name: string; specifier: string },
): string[] | 'any' {
  const found = overrides
    .filter(({ target }) => target.name === name)
    .map((override) => ({ override, applies: appliesTo(override, owner, specifier) }))
    .filter(({ applies }) => applies !== 'no')
  // Those for a parent win over the general ones, and among equals the one with the narrowest range.
  const forParent = found.filter(({ override }) => override.parent)
  const certain = forParent.filter(({ applies }) => applies === 'yes')
  const decisive = certain.length > 0 ? certain : found
  if (decisive.some(({ override }) => /^(link:|file:|-$)/.test(override.value))) return 'any'
  const values = decisive.map(({ override }) => override.value)
  return [...new Set(decisive.some(({ applies }) => applies === 'yes') ? values : [...values, specifier])]
}

type Answer = 'yes' | 'no' | 'unknown'

function appliesTo(
  { parent, target }: Override,
  owner: { name: string | undefined; version: string | undefined },
  specifier: string,
): Answer {
  if (parent && parent.name !== owner.name) return 'no'
  const answers = [
    parent?.range === undefined ? 'yes' : intersect(parent.range, owner.version ?? ''),
    target.range === undefined ? 'yes' : intersect(target.range, specifier),
  ]
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'
}

function selector(text: string): Selector {
  const at = text.indexOf('@', 1)
  return at === -1 ? { name: text, range: undefined } : { name: text.slice(0, at), range: text.slice(at + 1) }
}

/** Whether two ranges have a version in common. */
function intersect(a: string, b: string): Answer {
  if (a === b) return 'yes'
  const [first, second] = [intervalOf(a), intervalOf(b)]
  if (first === 'none' || second === 'none') return 'no'
  if (!first || !second) return 'unknown'
  return isBefore(first.from, second.to) && isBefore(second.from, first.to) ? 'yes' : 'no'
}

type Version = readonly [number, number, number]

interface Interval {
  from: Version
  /** The first version that is not in it any more. */
  to: Version
}

/** The interval of a range such as `^1.2.3`, `~1.2`, `1.x`, `>=2` or `*`; `none` for what is no range at all. */
function intervalOf(range: string): Interval | 'none' | undefined {
  const end: Version = [Infinity, 0, 0]
  if (/^[*xX]?$/.test(range)) return { from: [0, 0, 0], to: end }
  // A tag, a url, or another protocol such as workspace: or npm:.
  if (/^[a-z][\w-]*(:|$)/i.test(range) && !/^v\d/.test(range)) return 'none'
  const match = /^(\^|~|>=|=|v)?\s*(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?$/.exec(range)
  if (!match) return undefined
  const [, operator = '=', ...parts] = match
  const [major = 0, minor, patch] = parts.map((part) => (part === undefined ? undefined : Number(part)))
  const from: Version = [major, minor || 0, patch || 0]
  const isPartial = (part: number | undefined): boolean => part === undefined || Number.isNaN(part)
  if (operator === '>=') return { from, to: end }
  // ^0.2.3 goes up to 0.3.0, and ^0.0.3 up to 0.0.4.
  if (operator === '^' && (major > 0 || isPartial(minor))) return { from, to: [major + 1, 0, 0] }
  if (isPartial(minor)) return { from, to: [major + 1, 0, 0] }
  const [, second, third] = from
  const oneMinor = operator === '~' || isPartial(patch) || (operator === '^' && second > 0)
  return { from, to: oneMinor ? [major, second + 1, 0] : [major, second, third + 1] }
}

function isBefore(a: Version, b: Version): boolean {
  for (const index of [0, 1, 2] as const) if (a[index] !== b[index]) return a[index] < b[index]
  return false
}
