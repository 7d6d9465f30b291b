/** Time that work may take. Who works in steps asks between them, and says what is left when it is spent. */
export interface Budget {
  seconds: number
  isSpent: () => boolean
}

/** Starts a budget of wall time. */
export function startBudget(seconds: number): Budget {
  const end = performance.now() + seconds * 1000
  return { seconds, isSpent: () => performance.now() > end }
}
