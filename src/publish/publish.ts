import type { Inputs } from '../inputs/inputs.js'
import type { ReportPart } from '../report/record.js'
import { hasFailingFindings, type ReportedChange } from '../report/report.js'
import { proposals, type Edited } from './proposal.js'
import { publishPullRequest } from './pull-request.js'
import { pullRequestBody } from './pull-request-text.js'
import { push } from './push.js'
import type { PublishedCommit } from './repository.js'
import type { Destination } from './destination.js'
import type { Patience } from './tries.js'

/** The result of publishing. */
export interface Publication {
  /** The part of the report. */
  part: ReportPart
  /** The new commit, where it equals the working tree. */
  revision?: string
}

/**
 * Publishes the edits of this run on GitHub, as the input `commit` says.
 * @throws when that is not possible, with what to do
 */
export async function publishEdits(
  destination: Destination,
  edited: Edited,
  patience: Patience,
): Promise<Publication> {
  const { inputs, findings, changes } = edited
  const { commit, branch, message } = inputs.publish
  if (hasFailingFindings(findings, inputs))
    return noted(`Nothing was published (commit: ${commit}): fix the findings first.`)
  if (inputs.dryRun) return noted(describePublishing(destination, inputs, changes))
  const propose = proposals(destination, edited)
  if (commit === 'pull-request') {
    const withText = async (head: string) => {
      const proposal = await propose(head)
      return { files: proposal.files, body: pullRequestBody(proposal) }
    }
    const {
      url,
      commit: made,
      notes,
    } = await publishPullRequest(destination, { branch, message, propose: withText }, patience)
    const { notes: ofCommit = [], ...published } = made ? describeCommit(made) : {}
    return {
      part: {
        ...published,
        ...(url !== undefined && { pullRequestUrl: url }),
        notes: [...notes, ...ofCommit],
      },
    }
  }
  if (changes.length === 0) return { part: {} }
  const pushed = await push(destination, { message, propose }, patience)
  if (!pushed)
    return noted(`Nothing was committed: the branch ${destination.branch} already has these changes.`)
  const { notes = [], ...part } = describeCommit(pushed.commit)
  if (pushed.local) return { part: { ...part, notes }, revision: pushed.commit.sha }
  const where = `The commit is based on ${pushed.head.slice(0, 12)}, the head of the branch ${destination.branch}, and not on the checkout (${destination.head.slice(0, 12)}${destination.clean ? '' : ' with uncommitted changes'}).`
  return { part: { ...part, notes: [where, ...notes] } }
}

function noted(note: string): Publication {
  return { part: { notes: [note] } }
}

/** The author of commits that are made with the workflow's own token. */
const WORKFLOW_AUTHOR = 'github-actions[bot]'

/** Returns the part of the report about a commit. */
export function describeCommit({ sha, author }: PublishedCommit): ReportPart {
  if (author !== WORKFLOW_AUTHOR) return { commitSha: sha }
  const note =
    'The commit was made with the workflow’s own token, so it starts no workflows. To run them, give github-token the token of a GitHub App or a personal access token.'
  return { commitSha: sha, notes: [note] }
}

/** Returns the note of a dry run. */
function describePublishing(
  { branch: into }: Destination,
  { publish: { commit, branch } }: Inputs,
  changes: readonly ReportedChange[],
): string {
  const files = [...new Set(changes.map(({ file }) => file))].join(', ')
  if (files === '') return `Dry run: there is nothing to commit to ${into}.`
  return commit === 'push'
    ? `Dry run: would commit ${files} to the branch ${into}.`
    : `Dry run: would open or update the pull request from ${branch} into ${into}, with ${files}.`
}
