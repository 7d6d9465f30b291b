import { randomUUID } from 'node:crypto'
import type { Inputs } from '../inputs/inputs.js'
import { ownValue, stringAt } from '../formats/json.js'
import { ApiError } from './client.js'
import { checksum, markedMessage, ownerOf } from './edits.js'
import type { Proposal, Propose } from './proposal.js'
import { pullRequestBody } from './pull-request-text.js'
import {
  askRepository,
  createCommit,
  deleteBranch,
  headOf,
  noBranch,
  type PublishedCommit,
  splitMessage,
  updateBranches,
} from './repository.js'
import type { Target } from './target.js'
import { inTries, type Patience } from './tries.js'

export interface PublishedPullRequest {
  /** `undefined`: there is none, since nothing is left to do. */
  url?: string
  commit?: PublishedCommit
  notes: string[]
}

/**
 * Sees to it that one pull request holds what has to change on the checked-out branch: opened, brought up to date, or
 * closed when nothing is left. Its branch always is that branch's head and one commit.
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
    const head = await headOf(target, branch)
    const state = await readBranch(target, base, head)
    const open = await openPullRequest(target, branch)
    if (proposal.files.length === 0) return close(target, branch, head, state, open)
    if (state.mine === undefined) throw new Error(foreignCommits(branch, state.other))

    const upToDate = state.current && head !== undefined && state.mine === checksum(proposal.files)
    const commit = upToDate
      ? { sha: head, author: '' }
      : await rebuild(target, branch, base, head, markedMessage(message, proposal.files), proposal)
    const url = await show(target, branch, message, pullRequestBody(proposal), open)
    return { url, commit, notes: [] }
  })
}

function foreignCommits(branch: string, other: string): string {
  return `the branch ${branch} has a commit of somebody else (${other}) and was left as it is: merge or close its pull request and delete the branch, or set the input branch to another name`
}

type BranchState = ReturnType<typeof ownerOf> & {
  /** Whether it stands on the base's head. */
  current: boolean
}

async function readBranch(target: Target, base: string, head: string | undefined): Promise<BranchState> {
  if (head === undefined || head === base) return { mine: '', current: true }
  const comparison = await askRepository(
    target,
    { method: 'GET', path: `/compare/${base}...${head}` },
    { what: 'comparing the branch of the pull request', needs: 'contents: read' },
  )
  return { ...ownerOf(comparison), current: ownValue(comparison, 'behind_by') === 0 }
}

/**
 * Makes the branch anew on the base's head. The commit is made on a branch beside it, which then takes its place in
 * one step: a pull request whose branch holds nothing, even for a moment, is closed by GitHub.
 */
async function rebuild(
  target: Target,
  branch: string,
  base: string,
  head: string | undefined,
  message: string,
  { files }: Proposal,
): Promise<PublishedCommit> {
  const beside = `${branch}-${randomUUID().slice(0, 8)}`
  try {
    await updateBranches(target, [{ branch: beside, before: undefined, after: base }])
    const commit = await createCommit(target, beside, base, message, files)
    await updateBranches(target, [
      { branch, before: head, after: commit.sha },
      { branch: beside, before: commit.sha, after: undefined },
    ])
    return commit
  } catch (error) {
    // Whatever it holds by now, and if it can't be removed, the failure that counts is the other one.
    await deleteBranch(target, beside).catch(() => undefined)
    throw error
  }
}

interface OpenPullRequest {
  number: number
  url: string
  body: string
}

/** The open pull request from this branch into the checked-out one. */
async function openPullRequest(target: Target, branch: string): Promise<OpenPullRequest | undefined> {
  const owner = target.repository.split('/')[0] ?? ''
  const query = new URLSearchParams({ state: 'open', head: `${owner}:${branch}`, base: target.branch })
  const list = await askRepository(
    target,
    { method: 'GET', path: `/pulls?${query.toString()}` },
    { what: 'looking for the pull request', needs: 'pull-requests: read' },
  )
  return Array.isArray(list) && list.length > 0 ? readPullRequest(list[0]) : undefined
}

function readPullRequest(value: unknown): OpenPullRequest {
  const number = ownValue(value, 'number')
  const url = stringAt(value, 'html_url')
  if (typeof number !== 'number' || url === undefined)
    throw new Error('GitHub’s answer about the pull request has no number or address')
  return { number, url, body: stringAt(value, 'body') ?? '' }
}

/** Opens the pull request, or brings its text up to date. Its title is a maintainer's to change. */
async function show(
  target: Target,
  branch: string,
  message: string,
  body: string,
  open: OpenPullRequest | undefined,
): Promise<string> {
  const needs = 'pull-requests: write'
  if (open) {
    // GitHub gives line ends of its own to what it stores.
    if (open.body.replaceAll('\r\n', '\n').trim() !== body.trim())
      await askRepository(
        target,
        { method: 'PATCH', path: `/pulls/${open.number}`, body: { body } },
        { what: `updating pull request #${open.number}`, needs },
      )
    return open.url
  }
  const purpose = { what: `opening a pull request from ${branch}`, needs }
  const title = splitMessage(message).headline
  try {
    const request = { title, body, head: branch, base: target.branch }
    const created = await askRepository(target, { method: 'POST', path: '/pulls', body: request }, purpose)
    return readPullRequest(created).url
  } catch (error) {
    // Another run was quicker: it is there to be found.
    if (error instanceof ApiError && /already exists/i.test(error.fault.message))
      throw new ApiError(purpose, { ...error.fault, kind: 'stale' })
    throw error
  }
}

/** Nothing is left to do: the pull request goes, and its branch with it unless somebody else has commits there. */
async function close(
  target: Target,
  branch: string,
  head: string | undefined,
  state: BranchState,
  open: OpenPullRequest | undefined,
): Promise<PublishedPullRequest> {
  if (state.mine === undefined)
    return { notes: [`Nothing is left to change, and ${foreignCommits(branch, state.other)}.`] }
  if (open)
    await askRepository(
      target,
      { method: 'PATCH', path: `/pulls/${open.number}`, body: { state: 'closed' } },
      { what: `closing pull request #${open.number}`, needs: 'pull-requests: write' },
    )
  // One without a commit of this action may be anybody's.
  if (state.mine !== '') await updateBranches(target, [{ branch, before: head, after: undefined }])
  const closed = open ? [`Pull request #${open.number} was closed: nothing is left to change.`] : []
  return { notes: closed }
}
