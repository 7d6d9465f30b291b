import type { Inputs } from '../inputs/inputs.js'
import { hasFailingFindings, type Report } from '../report/report.js'
import { proposals, type Run } from './proposal.js'
import { publishPullRequest } from './pull-request.js'
import { push } from './push.js'
import type { PublishedCommit } from './repository.js'
import type { Target } from './target.js'
import type { Patience } from './tries.js'

/**
 * Takes the edits of this run to GitHub as `commit` says, and writes into its report what became of them.
 * @returns the commit that holds just the checked-out one and the working tree's changes, where one was made
 * @throws when what was asked for can't be done
 */
export async function publish(target: Target, run: Run, patience: Patience): Promise<string | undefined> {
  const { inputs, report } = run
  const { commit, message } = inputs.publish
  if (hasFailingFindings(report, inputs.failOn)) {
    report.notes.push(`Nothing was published (commit: ${commit}): mend the findings first.`)
    return undefined
  }
  if (inputs.dryRun) {
    report.notes.push(describePublishing(target, inputs, report))
    return undefined
  }
  const propose = proposals(target, run)
  if (commit === 'pull-request') {
    const published = await publishPullRequest(target, inputs, propose, patience)
    report.notes.push(...published.notes)
    if (published.url !== undefined) report.pullRequestUrl = published.url
    if (published.commit) tell(report, published.commit)
    return undefined
  }
  if (report.changes.length === 0) return undefined
  const pushed = await push(target, message, propose, patience)
  if (!pushed) {
    report.notes.push(`Nothing was committed: the branch ${target.branch} has these changes already.`)
    return undefined
  }
  if (!pushed.local)
    report.notes.push(
      `The commit was computed on ${pushed.head.slice(0, 12)}, where the branch ${target.branch} is, and not on what is checked out (${target.head.slice(0, 12)}${target.clean ? '' : ', with changes that are in no commit'}).`,
    )
  tell(report, pushed.commit)
  return pushed.local ? pushed.commit.sha : undefined
}

/** The name under which the token of the workflow itself commits. */
const WORKFLOW_AUTHOR = 'github-actions[bot]'

function tell(report: Report, { sha, author }: PublishedCommit): void {
  report.commitSha = sha
  if (author === WORKFLOW_AUTHOR)
    report.notes.push(
      'The commit was made with the workflow’s own token, and such a commit starts no workflows. If they should run on it, hand github-token the token of a GitHub App, or a personal access token.',
    )
}

/** What would be published, for a dry run. */
function describePublishing(
  { branch: into }: Target,
  { publish: { commit, branch } }: Inputs,
  report: Report,
): string {
  const files = [...new Set(report.changes.map(({ file }) => file))].join(', ')
  if (files === '') return `Dry run: there is nothing to commit to ${into}.`
  return commit === 'push'
    ? `Dry run: would commit ${files} to the branch ${into}.`
    : `Dry run: would open or update the pull request from ${branch} into ${into}, with ${files}.`
}
