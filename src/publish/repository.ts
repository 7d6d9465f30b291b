import { ApiError, ask, askGraphql } from './client.js'
import { type FileChange, fileChanges } from './edits.js'
import type { Destination } from './destination.js'

/** A commit on GitHub. */
export interface PublishedCommit {
  sha: string
  /** The name of its author: that of the token's owner. */
  author: string
}

/** The id by which GitHub's API names the commit of a branch that does not exist. */
const NOWHERE = '0'.repeat(40)

/** Returns the repository in the form that requests of the REST API take. */
export function inRepository({ repository }: Destination): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/')
  return { owner, repo }
}

/** Reads the head of a branch; `undefined` when there is no such branch. */
export async function headOf(destination: Destination, branch: string): Promise<string | undefined> {
  const purpose = { what: `reading the branch ${branch}`, needs: 'contents: read' }
  try {
    const reference = await ask(destination.api, purpose, ({ rest }) =>
      rest.git.getRef({ ...inRepository(destination), ref: `heads/${branch}` }),
    )
    return reference.object.sha
  } catch (error) {
    if (error instanceof ApiError && error.fault.kind === 'not-found') return undefined
    throw error
  }
}

/** Returns the names of the branches that begin with `prefix`, such as `tailchat-plugins/update/`. */
export async function branchesBelow(destination: Destination, prefix: string): Promise<string[]> {
  const purpose = { what: `looking for branches below ${prefix}`, needs: 'contents: read' }
  const references = await ask(destination.api, purpose, ({ rest }) =>
    rest.git.listMatchingRefs({ ...inRepository(destination), ref: `heads/${prefix}` }),
  )
  return references.map(({ ref }) => ref.replace(/^refs\/heads\//, ''))
}

/** Returns the message for a branch that GitHub does not show: it does not exist, or the token may not see it. */
export function noBranch({ repository, branch }: Destination): string {
  return `GitHub shows no branch ${branch} in ${repository}: push it first, or give github-token a token that may read there (contents: read)`
}

/** Reads the first line of a commit's message, and its first parent. */
export async function readCommitOf(
  destination: Destination,
  sha: string,
): Promise<{ headline: string; parent: string | undefined }> {
  const purpose = { what: `reading the commit ${sha.slice(0, 12)}`, needs: 'contents: read' }
  const { message, parents } = await ask(destination.api, purpose, ({ rest }) =>
    rest.git.getCommit({ ...inRepository(destination), commit_sha: sha }),
  )
  return { headline: message.split('\n')[0] ?? '', parent: parents[0]?.sha }
}

const CREATE_COMMIT = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) {
    commit { oid author { name } }
  }
}`

interface CreatedCommit {
  createCommitOnBranch: { commit: { oid: string; author: { name: string | null } | null } }
}

/** A commit to make. */
export interface NewCommit {
  branch: string
  /** The commit that the branch must point at. */
  parent: string
  message: string
  files: readonly FileChange[]
}

/**
 * Puts one commit on a branch. GitHub itself creates it, so it is signed and shown as verified.
 * @throws {ApiError} `stale` when the branch is not at `parent`
 */
export async function createCommit(
  { api, repository }: Destination,
  { branch, parent, message, files }: NewCommit,
): Promise<PublishedCommit> {
  const input = {
    branch: { repositoryNameWithOwner: repository, branchName: branch },
    expectedHeadOid: parent,
    message: splitMessage(message),
    fileChanges: fileChanges(files),
  }
  const purpose = { what: `committing to the branch ${branch}`, needs: 'contents: write' }
  const { createCommitOnBranch } = await askGraphql<CreatedCommit>(api, purpose, {
    query: CREATE_COMMIT,
    variables: { input },
  })
  const { oid, author } = createCommitOnBranch.commit
  return { sha: oid, author: author?.name ?? '' }
}

/** Splits a commit's message as the API takes it. */
export function splitMessage(message: string): { headline: string; body: string } {
  const [headline = '', ...body] = message.split('\n')
  return { headline, body: body.join('\n').trim() }
}

/** Moves one branch from one commit to another; `undefined` stands for a branch that does not exist. */
interface BranchUpdate {
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
 * Moves, creates and deletes branches: all of them or none, and only if each still points at its `before`.
 * @throws {ApiError} `stale` when one has moved, `refused` when GitHub refuses for another reason
 */
export async function updateBranches(
  destination: Destination,
  updates: readonly BranchUpdate[],
): Promise<void> {
  const { api, repository } = destination
  const { owner, repo: name } = inRepository(destination)
  const reading = { what: `reading the repository ${repository}`, needs: 'contents: read' }
  const found = await askGraphql<{ repository: { id: string } }>(api, reading, {
    query: REPOSITORY_ID,
    variables: { owner, name },
  })
  const purpose = { what: `moving the branch ${updates[0]?.branch ?? ''}`, needs: 'contents: write' }
  const refUpdates = updates.map(({ branch, before, after }) => ({
    name: `refs/heads/${branch}`,
    beforeOid: before ?? NOWHERE,
    afterOid: after ?? NOWHERE,
    force: true,
  }))
  try {
    await askGraphql(api, purpose, {
      query: UPDATE_REFS,
      variables: { input: { repositoryId: found.repository.id, refUpdates } },
    })
  } catch (error) {
    // GitHub documents no error for a branch that has moved, so the branches are read again.
    if (error instanceof ApiError && error.fault.kind === 'refused' && (await anyMoved(destination, updates)))
      throw new ApiError(purpose, { ...error.fault, kind: 'stale' })
    throw error
  }
}

async function anyMoved(destination: Destination, updates: readonly BranchUpdate[]): Promise<boolean> {
  for (const { branch, before } of updates) if ((await headOf(destination, branch)) !== before) return true
  return false
}

/** Deletes a branch, no matter which commit it points at. */
export async function deleteBranch(destination: Destination, branch: string): Promise<void> {
  const purpose = { what: `deleting the branch ${branch}`, needs: 'contents: write' }
  await ask(destination.api, purpose, ({ rest }) =>
    rest.git.deleteRef({ ...inRepository(destination), ref: `heads/${branch}` }),
  )
}
