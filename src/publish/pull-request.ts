import { createHash, randomUUID } from 'node:crypto'
import { ApiError, ask } from './client.js'
import { checksum, type FileChange, markedMessage, ownerOf } from './edits.js'
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

/** A pull request to keep up to date. */
export interface PullRequest {
  branch: string
  /** Of its commit; the first line is the title. */
  message: string
  /** The commit to make it on; absent: the head of the checked-out branch. */
  base?: string
  /** Returns what it changes on a commit, and its text. */
  propose: (base: string) => Promise<{ files: readonly FileChange[]; body: string }>
  /**
   * A line of the text that says which version is proposed: where a pull request with this line was closed without being
   * merged, none is opened. A title that names an older version is replaced.
   */
  mark?: string
}

/** The branch of a pull request has somebody else's commit, which is never overwritten. */
export class ForeignCommitError extends Error {}

/**
 * Maintains one pull request with the changes that the checked-out branch needs: opens it, updates it, or closes it
 * when nothing is left to change. Its branch is always one commit on the head of the checked-out branch.
 * @throws {ForeignCommitError} when the pull request's branch holds other people's commits, with what to do
 */
export async function publishPullRequest(
  destination: Destination,
  { branch, message, base: wanted, propose, mark }: PullRequest,
  patience: Patience,
): Promise<PublishedPullRequest> {
  if (branch === destination.branch)
    return { notes: [`No pull request was opened: its own branch ${branch} is checked out.`] }
  return inTries(patience, async () => {
    const base = wanted ?? (await headOf(destination, destination.branch))
    if (base === undefined) throw new Error(noBranch(destination))
    const { files, body } = await propose(base)
    const state = await readBranch(destination, base, branch)
    const open = await openPullRequest(destination, branch)
    if (files.length === 0) return close(destination, state, open)
    const declined = open || mark === undefined ? undefined : await closedOne(destination, branch, mark)
    if (declined !== undefined)
      return {
        notes: [
          `Pull request #${declined} was closed without being merged, so it is not opened again for this version; reopen it to have it kept up to date.`,
        ],
      }
    if (state.mine === undefined) throw new ForeignCommitError(foreignCommits(branch, state.other))

    const { head, current, mine } = state
    const upToDate = current && head !== undefined && mine === checksum(files)
    const made = { branch, parent: base, message: markedMessage(message, files), files }
    const commit = upToDate ? { sha: head, author: '' } : await rebuild(destination, head, made)
    const title = splitMessage(message).headline
    const text = { branch, title, body, ...(mark !== undefined && { mark }) }
    return { url: await openOrUpdate(destination, text, open), commit, notes: [] }
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

/** Returns a line for the text of a pull request that identifies the version it proposes. */
export function markOfVersion(version: string): string {
  return `<!-- tailchat-plugins update ${createHash('sha256').update(version).digest('hex')} -->`
}

function withoutMark(body: string): string {
  return body.replace(/<!-- tailchat-plugins update [0-9a-f]{64} -->\r?\n/, '')
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

/**
 * Finds the pull request from this branch that proposed the same version and was closed without being merged.
 * @returns its number
 */
async function closedOne(
  destination: Destination,
  branch: string,
  mark: string,
): Promise<number | undefined> {
  const { owner, repo } = inRepository(destination)
  const purpose = { what: 'looking for closed pull requests', needs: 'pull-requests: read' }
  const list = await ask(destination.api, purpose, ({ rest }) =>
    rest.pulls.list({
      owner,
      repo,
      state: 'closed',
      head: `${owner}:${branch}`,
      base: destination.branch,
      per_page: 100,
    }),
  )
  return list.find(({ merged_at, body }) => merged_at === null && body?.includes(mark))?.number
}

/** The text of the pull request. */
interface PullRequestText {
  branch: string
  title: string
  body: string
  mark?: string
}

/**
 * Opens the pull request, or updates its text. An open one keeps its title, which maintainers may have changed, unless
 * it proposes another version now.
 * @returns its address
 */
async function openOrUpdate(
  destination: Destination,
  { branch, title, body, mark }: PullRequestText,
  open: OpenPullRequest | undefined,
): Promise<string> {
  const needs = 'pull-requests: write'
  if (open) {
    const purpose = { what: `updating pull request #${open.number}`, needs }
    const isOther = mark !== undefined && open.body?.includes(mark) !== true
    if (!isSameText(open.body ?? '', body))
      await ask(destination.api, purpose, ({ rest }) =>
        rest.pulls.update({
          ...inRepository(destination),
          pull_number: open.number,
          body,
          ...(isOther && { title }),
        }),
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
      rest.pulls.update({
        ...inRepository(destination),
        pull_number: open.number,
        state: 'closed',
        // It was not a person who declined this version.
        ...(open.body !== null && { body: withoutMark(open.body) }),
      }),
    )
  }
  // A branch without a commit of this action may belong to someone else.
  if (state.mine !== '') await updateBranches(destination, [{ branch, before: head, after: undefined }])
  const closed = open ? [`Pull request #${open.number} was closed: nothing is left to change.`] : []
  return { notes: closed }
}
