import type { Event } from '../inputs/event.js'
import type { Inputs } from '../inputs/inputs.js'
import { changedFiles, readCommit } from '../lib/git.js'
import type { Api } from './client.js'
import { checkedOutBranch, placeInRepository } from './tree.js'

/** Where commits go, and what is checked out. */
export interface Target {
  api: Api
  /** `owner/name` */
  repository: string
  /** `https://github.com/owner/name`, without credentials. */
  url: string
  /** The checked-out branch. */
  branch: string
  /** Where the Tailchat checkout stands in the git repository: empty, or with a slash at its end. */
  place: string
  /** The commit that is checked out. */
  head: string
  /** Whether the working tree was that commit and nothing else, before this run changed it. */
  clean: boolean
}

/**
 * Finds out where commits go; nothing is asked over the network. Call this before anything is written.
 * @throws when there is no branch that a commit could go to, with what to do
 */
export async function findTarget(inputs: Inputs, root: string, event: Event): Promise<Target> {
  const commit = await readCommit(root)
  if (!commit) throw new Error(`commit: ${inputs.publish.commit} needs a git repository with a commit`)
  const url = repositoryOf(event, commit.url)
  const branch = branchOf(event, commit.sha, await checkedOutBranch(root), inputs.publish.commit)
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
 * The pull request's branch is moved and removed, and one without commits of its own may look like one of ours.
 * @param defaultBranch that of the repository; empty where nobody says
 * @param checkedOut where the pull request goes: from a branch into itself there is none
 * @throws when the pull request would be made from the default branch
 */
function refuseDefaultBranch(
  { commit, branch }: Inputs['publish'],
  defaultBranch: string,
  checkedOut: string,
): void {
  if (commit === 'pull-request' && branch === defaultBranch && branch !== checkedOut)
    throw new Error(
      `branch: ${branch} is the repository’s default branch, and the pull request’s branch is made anew by each run: set the input branch to a name of its own, such as tailchat-plugins/sync`,
    )
}

/**
 * The address of the repository that is checked out, which need not be the one that the workflow belongs to.
 * @param origin that of the remote it was cloned from; `undefined` where it says nothing
 * @throws when neither is known
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
 * Where the API of that repository is.
 * @throws when it is not on github.com and nobody says; the token is for nobody else
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
 * The branch that is checked out; a workflow may also have checked out its head as a detached commit.
 * @throws when there is none, such as for a tag
 */
export function branchOf(event: Event, sha: string, checkedOut: string | undefined, commit: string): string {
  if (checkedOut !== undefined) return checkedOut
  // What is checked out of a pull request is what merging it would give: a commit goes to the branch that it is of.
  if (event.pullRequest && event.name === 'pull_request' && event.pullRequest.headBranch !== '')
    return event.pullRequest.headBranch
  const branch = /^refs\/heads\/(.+)$/.exec(event.ref)?.[1]
  if (branch !== undefined && sha === event.sha) return branch
  throw new Error(
    `commit: ${commit} needs a branch, and ${event.ref.startsWith('refs/tags/') ? `the tag ${event.ref.slice('refs/tags/'.length)}` : `the commit ${sha.slice(0, 12)}`} is checked out: check out a branch (\`ref\` of actions/checkout), or set commit to none`,
  )
}
