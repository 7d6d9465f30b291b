import type { Event } from '../inputs/event.js'
import type { Inputs } from '../inputs/inputs.js'
import { changedFiles, readCommit } from '../lib/git.js'
import type { Api } from './client.js'
import { checkedOutBranch, placeInRepository } from './tree.js'

/** Where commits go, and the commit that is checked out. */
export interface Destination {
  api: Api
  /** `owner/name` */
  repository: string
  /** `https://github.com/owner/name`, without credentials. */
  url: string
  /** The checked-out branch. */
  branch: string
  /** The directory of the Tailchat checkout in the git repository: empty, or with a slash at its end. */
  place: string
  /** The commit that is checked out. */
  head: string
  /** Whether the working tree had no changes before this run. */
  clean: boolean
}

/**
 * Finds out where commits go, without asking over the network. Call it before anything is written.
 * @throws when there is no branch for a commit, with what to do
 */
export async function findDestination(inputs: Inputs, root: string, event: Event): Promise<Destination> {
  const commit = await readCommit(root)
  if (!commit) throw new Error(`commit: ${inputs.publish.commit} needs a git repository with a commit`)
  const url = repositoryOf(event, commit.url)
  const checkedOut = { sha: commit.sha, branch: await checkedOutBranch(root) }
  const branch = branchOf(event, checkedOut, inputs.publish.commit)
  refuseDefaultBranch(inputs.publish, url === event.repositoryUrl ? event.defaultBranch : '', branch)
  return {
    api: { ...apiOf(event, url), token: inputs.publish.token },
    repository: new URL(url).pathname.slice(1),
    url,
    branch,
    place: await placeInRepository(root),
    head: commit.sha,
    clean: (await changedFiles(root)).length === 0,
  }
}

/**
 * Keeps the default branch from being used as the branch of the pull request, which is moved and deleted.
 * @param defaultBranch the default branch of the repository; empty where it is unknown
 * @param checkedOut the branch that the pull request goes into: from a branch into itself there is none
 * @throws when the pull request would be made from the default branch
 */
function refuseDefaultBranch(
  { commit, branch }: Inputs['publish'],
  defaultBranch: string,
  checkedOut: string,
): void {
  if (commit === 'pull-request' && branch === defaultBranch && branch !== checkedOut)
    throw new Error(
      `branch: ${branch} is the repository’s default branch, and each run rebuilds the branch of the pull request: set \`branch\` to another name, such as tailchat-plugins/sync`,
    )
}

/**
 * Returns the address of the checked-out repository, which may be another one than the workflow's.
 * @param origin the address of the remote that it was cloned from
 * @throws when neither address is known
 */
export function repositoryOf(event: Event, origin: string | undefined): string {
  const here = event.repositoryUrl
  if (origin !== undefined && (here === '' || new URL(origin).host === new URL(here).host)) return origin
  if (here !== '') return here
  throw new Error(
    'the repository on GitHub is not known: set GITHUB_REPOSITORY to owner/name, or add a remote called origin',
  )
}

/**
 * Returns the addresses of the API of a repository.
 * @throws when they are unknown and it is not on github.com, since no other server may get the token
 */
export function apiOf(event: Event, url: string): Omit<Api, 'token'> {
  const { rest, graphql } = event.api
  if (rest === '') {
    if (new URL(url).host === 'github.com')
      return { rest: 'https://api.github.com', graphql: graphql || 'https://api.github.com/graphql' }
    throw new Error(`${url} is not on github.com: set GITHUB_API_URL to the address of its API`)
  }
  // A GitHub Enterprise Server has them at /api/v3 and /api/graphql.
  return { rest, graphql: graphql || `${rest.replace(/\/v3$/, '')}/graphql` }
}

/**
 * Returns the checked-out branch; a workflow may also have checked out the head of a branch as a detached commit.
 * @param checkedOut the commit, and the branch unless HEAD is detached
 * @param commit the input
 * @throws when there is no branch, such as for a tag
 */
export function branchOf(
  event: Event,
  { sha, branch: checkedOut }: { sha: string; branch: string | undefined },
  commit: string,
): string {
  if (checkedOut !== undefined) return checkedOut
  // A pull request is checked out as the merge that GitHub made: a commit goes to the branch of the pull request.
  if (event.pullRequest && event.name === 'pull_request' && event.pullRequest.headBranch !== '')
    return event.pullRequest.headBranch
  const branch = /^refs\/heads\/(.+)$/.exec(event.ref)?.[1]
  if (branch !== undefined && sha === event.sha) return branch
  throw new Error(
    `commit: ${commit} needs a branch, and ${event.ref.startsWith('refs/tags/') ? `the tag ${event.ref.slice('refs/tags/'.length)}` : `the commit ${sha.slice(0, 12)}`} is checked out: check out a branch (\`ref\` of actions/checkout), or set commit to none`,
  )
}
