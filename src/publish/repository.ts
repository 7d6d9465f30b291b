import { ownValue, stringAt } from '../formats/json.js'
import { ApiError, graphql, type Purpose, rest, type RestRequest } from './client.js'
import { type FileChange, fileChanges } from './edits.js'
import type { Target } from './target.js'

/** A commit on GitHub. */
export interface PublishedCommit {
  sha: string
  /** The name of its author: that of the token's owner. */
  author: string
}

/** Stands for `no such branch`, in an update of one. */
const NOWHERE = '0'.repeat(40)

export function askRepository(
  { api, repository }: Target,
  { path, ...request }: RestRequest,
  purpose: Purpose,
): Promise<unknown> {
  return rest(api, { ...request, path: `/repos/${repository}${path}` }, purpose)
}

/** The head of a branch; `undefined` when there is none. */
export async function headOf(target: Target, branch: string): Promise<string | undefined> {
  const purpose = { what: `reading the branch ${branch}`, needs: 'contents: read' }
  try {
    const path = `/git/ref/heads/${inPath(branch)}`
    return stringAt(await askRepository(target, { method: 'GET', path }, purpose), 'object', 'sha')
  } catch (error) {
    if (error instanceof ApiError && error.fault.kind === 'not-found') return undefined
    throw error
  }
}

/** What to do where the checked-out branch is not there: GitHub says the same of what a token may not see. */
export function noBranch({ repository, branch }: Target): string {
  return `GitHub shows no branch ${branch} in ${repository}: push it first, or hand over a github-token that may read there (contents: read)`
}

/** The name of a branch in a path: its slashes stay. */
function inPath(branch: string): string {
  return branch.split('/').map(encodeURIComponent).join('/')
}

/** The first line of a commit's message, and the first of the commits it was made on. */
export async function readCommitOf(
  target: Target,
  sha: string,
): Promise<{ headline: string; parent: string | undefined }> {
  const commit = await askRepository(
    target,
    { method: 'GET', path: `/git/commits/${sha}` },
    { what: `reading the commit ${sha.slice(0, 12)}`, needs: 'contents: read' },
  )
  const parents = ownValue(commit, 'parents')
  return {
    headline: stringAt(commit, 'message')?.split('\n')[0] ?? '',
    parent: Array.isArray(parents) ? stringAt(parents[0], 'sha') : undefined,
  }
}

const CREATE_COMMIT = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) {
    commit { oid author { name } }
  }
}`

interface CreatedCommit {
  createCommitOnBranch: { commit: { oid: string; author: { name: string | null } | null } }
}

/**
 * Puts one commit on a branch. GitHub itself makes it, so it is signed and shown as verified.
 * @param expectedHead where the branch has to be
 * @throws {ApiError} `stale` when it is elsewhere
 */
export async function createCommit(
  { api, repository }: Target,
  branch: string,
  expectedHead: string,
  message: string,
  files: readonly FileChange[],
): Promise<PublishedCommit> {
  const input = {
    branch: { repositoryNameWithOwner: repository, branchName: branch },
    expectedHeadOid: expectedHead,
    message: splitMessage(message),
    fileChanges: fileChanges(files),
  }
  const { createCommitOnBranch } = await graphql<CreatedCommit>(
    api,
    CREATE_COMMIT,
    { input },
    { what: `committing to the branch ${branch}`, needs: 'contents: write' },
  )
  const { oid, author } = createCommitOnBranch.commit
  return { sha: oid, author: author?.name ?? '' }
}

/** A commit's message as the API takes it. */
export function splitMessage(message: string): { headline: string; body: string } {
  const [headline = '', ...body] = message.split('\n')
  return { headline, body: body.join('\n').trim() }
}

/** What one branch is and becomes; `undefined`: it is not there. */
export interface BranchUpdate {
  branch: string
  before: string | undefined
  after: string | undefined
}

const REPOSITORY_ID = `query ($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { id }
}`

const UPDATE_REFS = `mutation ($input: UpdateRefsInput!) {
  updateRefs(input: $input) { clientMutationId }
}`

/**
 * Moves, makes and removes branches: all of them or none, and only if each is still where it was.
 * @throws {ApiError} `stale` when one is elsewhere, `refused` when GitHub won't have it for another reason
 */
export async function updateBranches(target: Target, updates: readonly BranchUpdate[]): Promise<void> {
  const { api, repository } = target
  const [owner, name] = repository.split('/')
  const found = await graphql<{ repository: { id: string } }>(
    api,
    REPOSITORY_ID,
    { owner, name },
    { what: `reading the repository ${repository}`, needs: 'contents: read' },
  )
  const purpose = {
    what: `moving the branch ${updates[0]?.branch ?? ''}`,
    needs: 'contents: write',
  }
  const refUpdates = updates.map(({ branch, before, after }) => ({
    name: `refs/heads/${branch}`,
    beforeOid: before ?? NOWHERE,
    afterOid: after ?? NOWHERE,
    force: true,
  }))
  try {
    await graphql(api, UPDATE_REFS, { input: { repositoryId: found.repository.id, refUpdates } }, purpose)
  } catch (error) {
    // How it says that a branch was elsewhere is written down nowhere: looking again tells.
    if (error instanceof ApiError && error.fault.kind === 'refused' && (await anyMoved(target, updates)))
      throw new ApiError(purpose, { ...error.fault, kind: 'stale' })
    throw error
  }
}

async function anyMoved(target: Target, updates: readonly BranchUpdate[]): Promise<boolean> {
  for (const { branch, before } of updates) if ((await headOf(target, branch)) !== before) return true
  return false
}

/** Removes a branch, wherever it is. */
export async function deleteBranch(target: Target, branch: string): Promise<void> {
  const request = { method: 'DELETE' as const, path: `/git/refs/heads/${inPath(branch)}` }
  await askRepository(target, request, { what: `removing the branch ${branch}`, needs: 'contents: write' })
}
