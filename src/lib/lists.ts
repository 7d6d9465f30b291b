/**
 * Adds items to the end of a list. `list.push(...items)` hands each over on the stack, which some 100,000 overflow: as many
 * as a hostile file may hold.
 */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item)
}

/** The largest of some numbers, and `least` where none is larger; for as many numbers as `Math.max` can't take. */
export function largest(numbers: Iterable<number>, least: number): number {
  let found = least
  for (const number of numbers) if (number > found) found = number
  return found
}
