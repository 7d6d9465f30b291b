import { randomUUID } from 'node:crypto'
import type { Inputs } from '../inputs/inputs.js'
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
import type { Target } from './target.js'
import { isSameText } from './text.js'
import { inTries, type Patience } from './tries.js'

export interface PublishedPullRequest {
  /** `undefined` when there is none, since nothing is left to change. */
  url?: string
  commit?: PublishedCommit
  notes: string[]
}

/**
 * Keeps one pull request that holds what has to change on the checked-out branch: opens it, updates it, or closes it
 * when nothing is left to change. Its branch is always one commit on the head of the checked-out branch.
 * @throws when somebody else has commits on the pull request's branch, with what to do
 */
export async function publishPullRequest(
  target: Target,
  { publish: { branch, message } }: Inputs,
  propose: Propose,
  patience: Patience,
): Promise<PublishedPullRequest> {
  if (branch === target.branch)
    return { notes: [`No pull request was opened: its own branch ${branch} is checked out.`] }
  return inTries(patience, async () => {
    const base = await headOf(target, target.branch)
    if (base === undefined) throw new Error(noBranch(target))
    const proposal = await propose(base)
    const { files } = proposal
    const state = await readBranch(target, base, branch)
    const open = await openPullRequest(target, branch)
    if (files.length === 0) return close(target, state, open)
    if (state.mine === undefined) throw new Error(foreignCommits(branch, state.other))

    const { head, current, mine } = state
    const upToDate = current && head !== undefined && mine === checksum(files)
    const made = { branch, parent: base, message: markedMessage(message, files), files }
    const commit = upToDate ? { sha: head, author: '' } : await rebuild(target, head, made)
    const title = splitMessage(message).headline
    const url = await openOrUpdate(target, { branch, title, body: pullRequestBody(proposal) }, open)
    return { url, commit, notes: [] }
  })
}

function foreignCommits(branch: string, other: string): string {
  return `the branch ${branch} has a commit of somebody else (${other}) and was left as it is: merge or close its pull request and delete the branch, or set the input branch to another name`
}

/** The pull request's branch as it is on GitHub. */
type BranchState = ReturnType<typeof ownerOf> & {
  branch: string
  /** Its commit; `undefined` where the branch does not exist. */
  head: string | undefined
  /** Whether it is based on the base's head. */
  current: boolean
}

async function readBranch(target: Target, base: string, branch: string): Promise<BranchState> {
  const head = await headOf(target, branch)
  if (head === undefined || head === base) return { branch, head, mine: '', current: true }
  const purpose = { what: 'comparing the branch of the pull request', needs: 'contents: read' }
  const comparison = await ask(target.api, purpose, ({ rest }) =>
    rest.repos.compareCommitsWithBasehead({ ...inRepository(target), basehead: `${base}...${head}` }),
  )
  return { branch, head, ...ownerOf(comparison), current: comparison.behind_by === 0 }
}

/**
 * Replaces the branch by one commit. The commit is made on a temporary branch, which then takes the branch's place in
 * one step: GitHub closes a pull request whose branch holds nothing, even for a moment.
 * @param before the commit that the branch is at
 */
async function rebuild(
  target: Target,
  before: string | undefined,
  { branch, parent, ...content }: NewCommit,
): Promise<PublishedCommit> {
  const temporary = `${branch}-${randomUUID().slice(0, 8)}`
  try {
    await updateBranches(target, [{ branch: temporary, before: undefined, after: parent }])
    const commit = await createCommit(target, { branch: temporary, parent, ...content })
    await updateBranches(target, [
      { branch, before, after: commit.sha },
      { branch: temporary, before: commit.sha, after: undefined },
    ])
    return commit
  } catch (error) {
    // The first failure is the one that counts, also where the temporary branch can't be deleted.
    await deleteBranch(target, temporary).catch(() => undefined)
    throw error
  }
}

interface OpenPullRequest {
  number: number
  html_url: string
  body: string | null
}

/** Finds the open pull request from this branch into the checked-out one. */
async function openPullRequest(target: Target, branch: string): Promise<OpenPullRequest | undefined> {
  const { owner, repo } = inRepository(target)
  const purpose = { what: 'looking for the pull request', needs: 'pull-requests: read' }
  const list = await ask(target.api, purpose, ({ rest }) =>
    rest.pulls.list({ owner, repo, state: 'open', head: `${owner}:${branch}`, base: target.branch }),
  )
  return list[0]
}

/** What the pull request has to say. */
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
  target: Target,
  { branch, title, body }: PullRequestText,
  open: OpenPullRequest | undefined,
): Promise<string> {
  const needs = 'pull-requests: write'
  if (open) {
    const purpose = { what: `updating pull request #${open.number}`, needs }
    if (!isSameText(open.body ?? '', body))
      await ask(target.api, purpose, ({ rest }) =>
        rest.pulls.update({ ...inRepository(target), pull_number: open.number, body }),
      )
    return open.html_url
  }
  const purpose = { what: `opening a pull request from ${branch}`, needs }
  try {
    const created = await ask(target.api, purpose, ({ rest }) =>
      rest.pulls.create({ ...inRepository(target), title, body, head: branch, base: target.branch }),
    )
    return created.html_url
  } catch (error) {
    // Another run opened it in the meantime: the next try finds it.
    if (error instanceof ApiError && /already exists/i.test(error.fault.message))
      throw new ApiError(purpose, { ...error.fault, kind: 'stale' })
    throw error
  }
}

/** Closes the pull request, and deletes its branch unless somebody else has commits on it. */
async function close(
  target: Target,
  state: BranchState,
  open: OpenPullRequest | undefined,
): Promise<PublishedPullRequest> {
  const { branch, head } = state
  if (state.mine === undefined)
    return { notes: [`Nothing is left to change, and ${foreignCommits(branch, state.other)}.`] }
  if (open) {
    const purpose = { what: `closing pull request #${open.number}`, needs: 'pull-requests: write' }
    await ask(target.api, purpose, ({ rest }) =>
      rest.pulls.update({ ...inRepository(target), pull_number: open.number, state: 'closed' }),
    )
  }
  // A branch without a commit of this action may belong to anybody.
  if (state.mine !== '') await updateBranches(target, [{ branch, before: head, after: undefined }])
  const closed = open ? [`Pull request #${open.number} was closed: nothing is left to change.`] : []
  return { notes: closed }
}
