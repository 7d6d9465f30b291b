/** `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The first few of a list, and how many more there are. */
export function listed(names: readonly string[], few = 5): string {
  const more = names.length - few
  return more > 0 ? `${names.slice(0, few).join(', ')} and ${more} more` : names.join(', ')
}

/** What something that was thrown says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
