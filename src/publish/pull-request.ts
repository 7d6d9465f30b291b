import { randomUUID } from 'node:crypto'
import { ApiError, ask } from './client.js'
import { checksum, markedMessage, ownerOf } from './edits.js'
import type { Propose } from './proposal.js'
import { pullRequestBody } from './pull-request-text.js'
import {
  createCommit,
  deleteBranch,
  headOf,
  inRepository,
  type NewCommit,
  noBranch,
  type PublishedCommit,
  splitMessage,
  updateBranches,
} from './repository.js'
import type { Destination } from './destination.js'
import { isSameText } from './text.js'
import { inTries, type Patience } from './tries.js'

/** The state of the pull request after publishing. */
interface PublishedPullRequest {
  /** `undefined` when there is no pull request, since nothing is left to change. */
  url?: string
  commit?: PublishedCommit
  notes: string[]
}

/**
 * Maintains one pull request with the changes that the checked-out branch needs: opens it, updates it, or closes it
 * when nothing is left to change. Its branch is always one commit on the head of the checked-out branch.
 * @param branch the branch of the pull request
 * @throws when the pull request's branch holds other people's commits, with what to do
 */
export async function publishPullRequest(
  destination: Destination,
  { branch, message, propose }: { branch: string; message: string; propose: Propose },
  patience: Patience,
): Promise<PublishedPullRequest> {
  if (branch === destination.branch)
    return { notes: [`No pull request was opened: its own branch ${branch} is checked out.`] }
  return inTries(patience, async () => {
    const base = await headOf(destination, destination.branch)
    if (base === undefined) throw new Error(noBranch(destination))
    const proposal = await propose(base)
    const { files } = proposal
    const state = await readBranch(destination, base, branch)
    const open = await openPullRequest(destination, branch)
    if (files.length === 0) return close(destination, state, open)
    if (state.mine === undefined) throw new Error(foreignCommits(branch, state.other))

    const { head, current, mine } = state
    const upToDate = current && head !== undefined && mine === checksum(files)
    const made = { branch, parent: base, message: markedMessage(message, files), files }
    const commit = upToDate ? { sha: head, author: '' } : await rebuild(destination, head, made)
    const title = splitMessage(message).headline
    const url = await openOrUpdate(destination, { branch, title, body: pullRequestBody(proposal) }, open)
    return { url, commit, notes: [] }
  })
}

function foreignCommits(branch: string, other: string): string {
  return `the branch ${branch} has a commit that this action did not make (${other}) and was not changed: merge or close its pull request and delete the branch, or set \`branch\` to another name`
}

/** The pull request's branch as it is on GitHub. */
type BranchState = ReturnType<typeof ownerOf> & {
  branch: string
  /** Its commit; `undefined` where the branch does not exist. */
  head: string | undefined
  /** Whether it is based on the head of the checked-out branch. */
  current: boolean
}

async function readBranch(destination: Destination, base: string, branch: string): Promise<BranchState> {
  const head = await headOf(destination, branch)
  if (head === undefined || head === base) return { branch, head, mine: '', current: true }
  const purpose = { what: 'comparing the branch of the pull request', needs: 'contents: read' }
  const comparison = await ask(destination.api, purpose, ({ rest }) =>
    rest.repos.compareCommitsWithBasehead({ ...inRepository(destination), basehead: `${base}...${head}` }),
  )
  return { branch, head, ...ownerOf(comparison), current: comparison.behind_by === 0 }
}

/**
 * Replaces the branch by one commit. The commit is made on a temporary branch, and the branch then moves to it in one
 * step: GitHub closes a pull request whose branch has no commit of its own, even for a moment.
 * @param before the commit that the branch points at
 */
async function rebuild(
  destination: Destination,
  before: string | undefined,
  { branch, parent, ...content }: NewCommit,
): Promise<PublishedCommit> {
  const temporary = `${branch}-${randomUUID().slice(0, 8)}`
  try {
    await updateBranches(destination, [{ branch: temporary, before: undefined, after: parent }])
    const commit = await createCommit(destination, { branch: temporary, parent, ...content })
    await updateBranches(destination, [
      { branch, before, after: commit.sha },
      { branch: temporary, before: commit.sha, after: undefined },
    ])
    return commit
  } catch (error) {
    // The first failure counts, even if the temporary branch can't be deleted either.
    await deleteBranch(destination, temporary).catch(() => undefined)
    throw error
  }
}

interface OpenPullRequest {
  number: number
  html_url: string
  body: string | null
}

/** Finds the open pull request from this branch into the checked-out one. */
async function openPullRequest(
  destination: Destination,
  branch: string,
): Promise<OpenPullRequest | undefined> {
  const { owner, repo } = inRepository(destination)
  const purpose = { what: 'looking for the pull request', needs: 'pull-requests: read' }
  const list = await ask(destination.api, purpose, ({ rest }) =>
    rest.pulls.list({ owner, repo, state: 'open', head: `${owner}:${branch}`, base: destination.branch }),
  )
  return list[0]
}

/** The text of the pull request. */
interface PullRequestText {
  branch: string
  title: string
  body: string
}

/**
 * Opens the pull request, or updates its text. An open one keeps its title, which maintainers may have changed.
 * @returns its address
 */
async function openOrUpdate(
  destination: Destination,
  { branch, title, body }: PullRequestText,
  open: OpenPullRequest | undefined,
): Promise<string> {
  const needs = 'pull-requests: write'
  if (open) {
    const purpose = { what: `updating pull request #${open.number}`, needs }
    if (!isSameText(open.body ?? '', body))
      await ask(destination.api, purpose, ({ rest }) =>
        rest.pulls.update({ ...inRepository(destination), pull_number: open.number, body }),
      )
    return open.html_url
  }
  const purpose = { what: `opening a pull request from ${branch}`, needs }
  try {
    const created = await ask(destination.api, purpose, ({ rest }) =>
      rest.pulls.create({
        ...inRepository(destination),
        title,
        body,
        head: branch,
        base: destination.branch,
      }),
    )
    return created.html_url
  } catch (error) {
    // Another run opened it in the meantime: the next try finds it.
    if (error instanceof ApiError && /already exists/i.test(error.fault.message))
      throw new ApiError(purpose, { ...error.fault, kind: 'stale' })
    throw error
  }
}

/** Closes the pull request, and deletes its branch unless it holds other people's commits. */
async function close(
  destination: Destination,
  state: BranchState,
  open: OpenPullRequest | undefined,
): Promise<PublishedPullRequest> {
  const { branch, head } = state
  if (state.mine === undefined)
    return { notes: [`Nothing is left to change, and ${foreignCommits(branch, state.other)}.`] }
  if (open) {
    const purpose = { what: `closing pull request #${open.number}`, needs: 'pull-requests: write' }
    await ask(destination.api, purpose, ({ rest }) =>
      rest.pulls.update({ ...inRepository(destination), pull_number: open.number, state: 'closed' }),
    )
  }
  // A branch without a commit of this action may belong to someone else.
  if (state.mine !== '') await updateBranches(destination, [{ branch, before: head, after: undefined }])
  const closed = open ? [`Pull request #${open.number} was closed: nothing is left to change.`] : []
  return { notes: closed }
}
