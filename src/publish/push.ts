import type { Propose } from './proposal.js'
import {
  createCommit,
  headOf,
  noBranch,
  type PublishedCommit,
  readCommitOf,
  splitMessage,
} from './repository.js'
import type { Destination } from './destination.js'
import { inTries, type Patience } from './tries.js'

/** A commit on the checked-out branch. */
interface Pushed {
  commit: PublishedCommit
  /** The commit that it was made on. */
  head: string
  /** Whether that is the checked-out commit, so that the new commit equals the working tree. */
  local: boolean
}

/**
 * Puts one commit on the checked-out branch. If the branch moves in the meantime, the commit is computed again on the
 * new head.
 * @returns `undefined` when the head needs no change
 */
export async function push(
  destination: Destination,
  { message, propose }: { message: string; propose: Propose },
  patience: Patience,
): Promise<Pushed | undefined> {
  const { branch } = destination
  let attempt: { head: string; local: boolean } | undefined
  return inTries(patience, async () => {
    const head = await headOf(destination, branch)
    if (head === undefined) throw new Error(noBranch(destination))
    const { files, local } = await propose(head)
    if (files.length === 0) {
      if (attempt === undefined || attempt.head === head) return undefined
      // The last try may have created the commit although its answer was lost.
      const found = await readCommitOf(destination, head)
      const isOwn = found.parent === attempt.head && found.headline === splitMessage(message).headline
      return isOwn ? { commit: { sha: head, author: '' }, ...attempt } : undefined
    }
    attempt = { head, local }
    const commit = await createCommit(destination, { branch, parent: head, message, files })
    return { commit, head, local }
  })
}
