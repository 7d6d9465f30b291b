import type { Inputs } from '../inputs/inputs.js'
import type { ReportPart } from '../report/record.js'
import { hasFailingFindings, type ReportedChange } from '../report/report.js'
import { proposals, type Edited } from './proposal.js'
import { publishPullRequest } from './pull-request.js'
import { push } from './push.js'
import type { PublishedCommit } from './repository.js'
import type { Target } from './target.js'
import type { Patience } from './tries.js'

/** What became of the edits. */
export interface Publication {
  /** For the report. */
  part: ReportPart
  /** The commit that holds just the checked-out one and the working tree's changes, where one was made. */
  revision?: string
}

/**
 * Takes the edits of this run to GitHub as `commit` says.
 * @throws when what was asked for can't be done
 */
export async function publish(target: Target, edited: Edited, patience: Patience): Promise<Publication> {
  const { inputs, findings, changes } = edited
  const { commit, message } = inputs.publish
  if (hasFailingFindings(findings, inputs.failOn))
    return noted(`Nothing was published (commit: ${commit}): mend the findings first.`)
  if (inputs.dryRun) return noted(describePublishing(target, inputs, changes))
  const propose = proposals(target, edited)
  if (commit === 'pull-request') {
    const { url, commit: made, notes } = await publishPullRequest(target, inputs, propose, patience)
    const { notes: ofCommit = [], ...published } = made ? describe(made) : {}
    return {
      part: {
        ...published,
        ...(url !== undefined && { pullRequestUrl: url }),
        notes: [...notes, ...ofCommit],
      },
    }
  }
  if (changes.length === 0) return { part: {} }
  const pushed = await push(target, message, propose, patience)
  if (!pushed) return noted(`Nothing was committed: the branch ${target.branch} has these changes already.`)
  const { notes = [], ...part } = describe(pushed.commit)
  if (pushed.local) return { part: { ...part, notes }, revision: pushed.commit.sha }
  const where = `The commit was computed on ${pushed.head.slice(0, 12)}, where the branch ${target.branch} is, and not on what is checked out (${target.head.slice(0, 12)}${target.clean ? '' : ', with changes that are in no commit'}).`
  return { part: { ...part, notes: [where, ...notes] } }
}

function noted(note: string): Publication {
  return { part: { notes: [note] } }
}

/** The name under which the token of the workflow itself commits. */
const WORKFLOW_AUTHOR = 'github-actions[bot]'

function describe({ sha, author }: PublishedCommit): ReportPart {
  if (author !== WORKFLOW_AUTHOR) return { commitSha: sha }
  const note =
    'The commit was made with the workflow’s own token, and such a commit starts no workflows. If they should run on it, hand github-token the token of a GitHub App, or a personal access token.'
  return { commitSha: sha, notes: [note] }
}

/** What would be published, for a dry run. */
function describePublishing(
  { branch: into }: Target,
  { publish: { commit, branch } }: Inputs,
  changes: readonly ReportedChange[],
): string {
  const files = [...new Set(changes.map(({ file }) => file))].join(', ')
  if (files === '') return `Dry run: there is nothing to commit to ${into}.`
  return commit === 'push'
    ? `Dry run: would commit ${files} to the branch ${into}.`
    : `Dry run: would open or update the pull request from ${branch} into ${into}, with ${files}.`
}
