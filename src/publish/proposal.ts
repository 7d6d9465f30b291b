import { join } from 'node:path'
import type { Inputs } from '../inputs/inputs.js'
import { hasFailingFindings, type Report, type ReportedChange } from '../report/report.js'
import type { Severity } from '../declarations/types.js'
import type { FileChange } from './edits.js'
import type { Destination } from './destination.js'
import { uncommittedChanges, withCheckout } from './tree.js'

/** The content of a commit on one head of the branch. */
interface Proposal {
  files: FileChange[]
  /** The changes and their reasons, from the run that computed them. */
  changes: readonly ReportedChange[]
  /** Whether the content is that of the working tree. */
  local: boolean
}

/** Computes the content of a commit on this head. */
export type Propose = (head: string) => Promise<Proposal>

/** A repository with the edits of this run, which are to be published. */
export interface Edited {
  inputs: Inputs
  /** Absolute path of the repository, whose working tree holds the edits. */
  root: string
  /** The open findings: with severe ones, nothing is published. */
  findings: readonly { severity: Severity }[]
  /** The changes and their reasons, sorted by file. */
  changes: readonly ReportedChange[]
  /** Runs `sync` on another checkout, and returns its report. */
  sync: (root: string) => Promise<Report>
}

/**
 * Returns a function that computes the content of commits, once for each head. On the checked-out commit the content is
 * the working tree, unless that had changes before this run; on any other commit, sync runs on a checkout of it.
 */
export function proposals(destination: Destination, { inputs, root, changes, sync }: Edited): Propose {
  const known = new Map<string, Proposal>()
  const compute: Propose = async (head) => {
    if (head === destination.head && destination.clean)
      return { files: await uncommittedChanges(root), changes, local: true }
    const source = { url: destination.url, token: destination.api.token }
    return withCheckout(source, head, async (directory) => {
      const there = join(directory, destination.place)
      const recomputed = await sync(there)
      const where = `${head.slice(0, 12)}, the head of the branch ${destination.branch}`
      if (recomputed.failure) throw new Error(`sync failed on ${where}: ${recomputed.failure.message}`)
      if (hasFailingFindings(recomputed.findings, inputs))
        throw new Error(`there are findings that fail the step on ${where}: run the check there`)
      return { files: await uncommittedChanges(there), changes: recomputed.changes, local: false }
    })
  }
  return async (head) => {
    const proposal = known.get(head) ?? (await compute(head))
    known.set(head, proposal)
    return proposal
  }
}
