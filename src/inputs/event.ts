import { readFileSync } from 'node:fs'
import { asObject, ownValue, stringAt } from '../formats/json.js'

/** What set the workflow off, as a plain value. Every text is empty where GitHub says nothing (in a terminal). */
export interface Event {
  /** Its name, such as `push`. */
  name: string
  /** A full git ref, such as `refs/heads/main`. */
  ref: string
  sha: string
  /** `https://github.com/owner/name`, without credentials. */
  repositoryUrl: string
  /** `owner/name` */
  repository: string
  /** The default branch of that repository. */
  defaultBranch: string
  /** Where GitHub's REST API is, such as `https://api.github.com`, and its GraphQL API. */
  api: { rest: string; graphql: string }
  pullRequest: PullRequest | undefined
  /** Whether a run for a fork set off this `workflow_run`. */
  runOfFork: boolean
  /** Whether it is a comment on a pull request; such an event doesn't say where that comes from. */
  pullRequestComment: boolean
}

export interface PullRequest {
  number: number
  fromFork: boolean
  /** The branch that it wants merged; empty where the event doesn't say. */
  headBranch: string
  /** The commit that it is compared with; empty where the event doesn't say. */
  baseSha: string
}

/** Reads the event from the environment that a runner sets. */
export function readEvent(env: NodeJS.ProcessEnv): Event {
  const payload = readPayload(env['GITHUB_EVENT_PATH'])
  const repository = env['GITHUB_REPOSITORY']
  const run = ownValue(payload, 'workflow_run')
  const here = ownValue(payload, 'repository')
  return {
    name: env['GITHUB_EVENT_NAME'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
    sha: env['GITHUB_SHA'] ?? '',
    repositoryUrl: repository ? `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}` : '',
    repository: repository ?? '',
    defaultBranch: stringAt(here, 'default_branch') ?? '',
    api: { rest: env['GITHUB_API_URL'] ?? '', graphql: env['GITHUB_GRAPHQL_URL'] ?? '' },
    pullRequest: readPullRequest(ownValue(payload, 'pull_request')),
    runOfFork: run !== undefined && !isSame(ownValue(run, 'head_repository'), here),
    pullRequestComment: ownValue(ownValue(payload, 'issue'), 'pull_request') !== undefined,
  }
}

function readPullRequest(pullRequest: unknown): PullRequest | undefined {
  const number = ownValue(pullRequest, 'number')
  if (typeof number !== 'number') return undefined
  const head = ownValue(pullRequest, 'head')
  const from = ownValue(head, 'repo')
  const base = ownValue(ownValue(pullRequest, 'base'), 'repo')
  return {
    number,
    fromFork: !isSame(from, base),
    headBranch: stringAt(head, 'ref') ?? '',
    baseSha: stringAt(pullRequest, 'base', 'sha') ?? '',
  }
}

/** A repository that is gone, as a fork can be, is not the same. */
function isSame(one: unknown, other: unknown): boolean {
  const name = stringAt(one, 'full_name')
  return name !== undefined && name === stringAt(other, 'full_name')
}

/** What is checked out, as far as git can say. */
export interface CheckedOut {
  sha: string | undefined
  /** The number of the pull request whose `refs/pull/N/…` it is. */
  pullRequest: string | undefined
}

/**
 * Whether the code may be that of a fork, which anybody can write: then nothing may be written, built or logged in to.
 * A fork's event decides that alone, whatever is checked out: `pull_request_target` and `workflow_run` hold the base
 * repository's secrets, and a file of the fork gets into a checkout in more ways than git can tell.
 * @returns why, as a clause; `undefined` when it is this repository's own code
 */
export function codeOfFork(event: Event, { sha, pullRequest }: CheckedOut): string | undefined {
  if (event.pullRequest)
    return event.pullRequest.fromFork
      ? `pull request #${event.pullRequest.number} comes from a fork`
      : undefined
  if (event.runOfFork) return 'the workflow run that set this one off was for a fork'
  // These events don't say where the pull request comes from.
  if (pullRequest !== undefined)
    return `pull request #${pullRequest} is checked out, and ${event.name || 'nothing'} does not say whether it comes from a fork`
  if (event.pullRequestComment && sha !== event.sha)
    return 'a comment set this off, and what is checked out may be a pull request from a fork'
  return undefined
}

function readPayload(path: string | undefined): Record<string, unknown> | undefined {
  if (!path) return undefined
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // Without its payload an event is only its environment.
    return undefined
  }
}
