/** Removes what temporary-in-memory.mjs made. */
export default function tearDown() {
  globalThis.removeTemporaryDirectory?.()
}
