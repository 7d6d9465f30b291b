import type { Finding } from './run.js'

/**
 * Marks findings as new, or as there before. A finding was there when the base has one of the same rule, file and message;
 * lines move with every edit and don't count. Of several that are alike, as many are old as the base has.
 */
export function markNew(found: readonly Finding[], before: readonly Finding[]): Finding[] {
  const old = new Map<string, number>()
  for (const finding of before) old.set(keyOf(finding), (old.get(keyOf(finding)) ?? 0) + 1)
  return found.map((finding) => {
    const left = old.get(keyOf(finding)) ?? 0
    if (left > 0) old.set(keyOf(finding), left - 1)
    return { ...finding, new: left === 0 }
  })
}

/** Messages may name lines too, as in `main.ts:12:3`. */
function keyOf({ rule, file, message }: Finding): string {
  return JSON.stringify([rule, file, message.replace(/(\.\w+):\d+(?::\d+)?/g, '$1')])
}
