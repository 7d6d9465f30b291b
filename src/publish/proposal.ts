import { join } from 'node:path'
import type { Inputs } from '../inputs/inputs.js'
import { hasFailingFindings, type Report, type ReportedChange } from '../report/report.js'
import type { Severity } from '../declarations/types.js'
import type { FileChange } from './edits.js'
import type { Target } from './target.js'
import { uncommittedChanges, withCheckout } from './tree.js'

/** What a commit on one head of the branch has to hold. */
export interface Proposal {
  files: FileChange[]
  /** What was changed and why, of the run that computed it. */
  changes: readonly ReportedChange[]
  /** Whether it is just what this run changed in the working tree. */
  local: boolean
}

/** Computes what a commit on this head has to hold. */
export type Propose = (head: string) => Promise<Proposal>

/** A repository with the edits of this run, which are published. */
export interface Edited {
  inputs: Inputs
  /** Absolute path of the repository, whose working tree holds the edits. */
  root: string
  /** Those that are open: with severe ones, nothing is published. */
  findings: readonly { severity: Severity }[]
  /** What was changed and why, sorted by file. */
  changes: readonly ReportedChange[]
  /** Does all of `sync` on another checkout, and gives its report. */
  sync: (root: string) => Promise<Report>
}

/**
 * Computes what commits have to hold, each head's once. On the commit that is checked out it is what this run changed,
 * if it found nothing else changed; on any other everything is computed anew, on a checkout of that commit.
 */
export function proposals(target: Target, { inputs, root, changes, sync }: Edited): Propose {
  const known = new Map<string, Proposal>()
  const compute: Propose = async (head) => {
    if (head === target.head && target.clean)
      return { files: await uncommittedChanges(root), changes, local: true }
    const source = { url: target.url, token: target.api.token }
    return withCheckout(source, head, async (directory) => {
      const there = join(directory, target.place)
      const recomputed = await sync(there)
      const where = `${head.slice(0, 12)}, where the branch ${target.branch} is`
      if (recomputed.failure) throw new Error(`sync failed on ${where}: ${recomputed.failure.message}`)
      if (hasFailingFindings(recomputed.findings, inputs.failOn))
        throw new Error(`on ${where}, there are findings that fail the step: run the check there`)
      return { files: await uncommittedChanges(there), changes: recomputed.changes, local: false }
    })
  }
  return async (head) => {
    const proposal = known.get(head) ?? (await compute(head))
    known.set(head, proposal)
    return proposal
  }
}
