/**
 * The candidate that a mistyped word most likely meant, or `undefined` when none is near: at most a third of its
 * letters may differ.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > MAX_LENGTH) return undefined
  let best: string | undefined
  let bestDistance = Math.floor(word.length / 3) + 1
  for (const candidate of candidates) {
    if (Math.abs(word.length - candidate.length) >= bestDistance) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

/** Longer than anything that a person types by hand. */
const MAX_LENGTH = 200

/**
 * The plugin that a mistyped name most likely meant. Names of one domain are compared by what follows it: the domain
 * alone would make any two of them alike.
 */
export function nearestPlugin(name: string, candidates: Iterable<string>): string | undefined {
  const domain = /^[^.]+\.[^.]+\./.exec(name)?.[0] ?? ''
  const all = [...candidates]
  const rests = all.filter((each) => each.startsWith(domain)).map((each) => each.slice(domain.length))
  const rest = nearest(name.slice(domain.length), rests)
  if (rest !== undefined) return domain + rest
  return nearest(
    name,
    all.filter((each) => domain === '' || !each.startsWith(domain)),
  )
}

/**
 * The least number of letters to insert, remove, replace, or swap with the next one (optimal string alignment); from
 * `limit` on no matter how many.
 */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min(replace, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
    if (row.every((each) => each >= limit)) return limit
  }
  return row[b.length] ?? 0
}
