import { readFileSync } from 'node:fs'
import { asObject, ownValue, stringAt } from '../formats/json.js'
import type { CheckedOut } from '../lib/checkout.js'

/** The event that started the workflow. Texts are empty where GitHub gives no value, as in a terminal. */
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
  /** Addresses of GitHub's REST API, such as `https://api.github.com`, and of its GraphQL API. */
  api: { rest: string; graphql: string }
  pullRequest: PullRequest | undefined
  /** The commit that a merge queue builds on (`merge_group`); `undefined` for every other event. */
  mergeGroupBase: string | undefined
  origin: Origin
}

/** Where the code of a run comes from, as far as its event says. */
export interface Origin {
  /** Why the code is, or may be, a fork's, regardless of what is checked out; a clause. */
  foreign: string | undefined
  /** The number of the pull request from this same repository that the event is about. */
  ownPullRequest: number | undefined
  /**
   * What set the run off, where that may be about a pull request and the event doesn't say where that comes from: such as
   * `a comment`. Then only the default branch's own commit is known to be this repository's.
   */
  openTo: string | undefined
}

export interface PullRequest {
  number: number
  fromFork: boolean
  /** The branch to be merged; empty where the event doesn't say. */
  headBranch: string
  /** The commit that it is compared with; empty where the event doesn't say. */
  baseSha: string
  /** Whether it has been merged; the event's `ref` is the base branch then. */
  merged: boolean
}

/** A proposed change, which a run compares with the branch it is to be merged into. */
export interface ProposedChange {
  /** The pull request's number; a merge queue's group may hold several. */
  number?: number
  /** The commit that it is compared with; empty where the event doesn't say. */
  baseSha: string
}

/** Returns the change that an event proposes: a pull request, or a group of them in a merge queue. */
export function changeOf({ pullRequest, mergeGroupBase }: Event): ProposedChange | undefined {
  return pullRequest ?? (mergeGroupBase === undefined ? undefined : { baseSha: mergeGroupBase })
}

/** Reads the event from the environment variables that a runner sets. */
export function readEvent(env: NodeJS.ProcessEnv): Event {
  const name = env['GITHUB_EVENT_NAME'] ?? ''
  const payload = readPayload(env['GITHUB_EVENT_PATH'])
  const repository = env['GITHUB_REPOSITORY']
  return {
    name,
    ref: env['GITHUB_REF'] ?? '',
    sha: env['GITHUB_SHA'] ?? '',
    repositoryUrl: repository ? `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}` : '',
    repository: repository ?? '',
    defaultBranch: stringAt(payload, 'repository', 'default_branch') ?? '',
    api: { rest: env['GITHUB_API_URL'] ?? '', graphql: env['GITHUB_GRAPHQL_URL'] ?? '' },
    pullRequest: readPullRequest(ownValue(payload, 'pull_request')),
    mergeGroupBase: stringAt(payload, 'merge_group', 'base_sha'),
    origin: originOf(name, payload),
  }
}

function readPullRequest(pullRequest: unknown): PullRequest | undefined {
  const number = ownValue(pullRequest, 'number')
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) return undefined
  const head = ownValue(pullRequest, 'head')
  const from = ownValue(head, 'repo')
  const base = ownValue(ownValue(pullRequest, 'base'), 'repo')
  return {
    number,
    fromFork: !isSame(from, base),
    headBranch: stringAt(head, 'ref') ?? '',
    baseSha: stringAt(pullRequest, 'base', 'sha') ?? '',
    merged: ownValue(pullRequest, 'merged') === true,
  }
}

/** Tells whether two repositories are the same; a deleted one, as a fork can be, equals no other. */
function isSame(one: unknown, other: unknown): boolean {
  const name = stringAt(one, 'full_name')
  return name !== undefined && name === stringAt(other, 'full_name')
}

/** Events about a commit that may be a fork's: GitHub runs them on the default branch, as it does those of comments. */
const CHECKS: Readonly<Record<string, string>> = {
  check_run: 'a check of a commit',
  check_suite: 'a check of a commit',
  status: 'the status of a commit',
}

/** @param payload `undefined` where it can't be read: the code then counts as a fork's */
function originOf(name: string, payload: Record<string, unknown> | undefined): Origin {
  const issue = ownValue(payload, 'issue')
  const own = (foreign?: string, ownPullRequest?: number): Origin => ({
    foreign,
    ownPullRequest,
    openTo: ownValue(issue, 'pull_request') !== undefined ? 'a comment' : CHECKS[name],
  })
  if (payload === undefined) return own('the payload of the event cannot be read')

  const dispatched = ownValue(ownValue(payload, 'client_payload'), 'pull_request')
  const pullRequest = ownValue(payload, 'pull_request') ?? dispatched
  if (pullRequest !== undefined || name.startsWith('pull_request')) {
    const read = readPullRequest(pullRequest)
    if (!read) return own('the event does not say which pull request it is about')
    if (read.fromFork) return own(`pull request #${read.number} comes from a fork`)
    return own(undefined, read.number)
  }
  const run = ownValue(payload, 'workflow_run')
  if (run !== undefined || name === 'workflow_run')
    return isSame(ownValue(run, 'head_repository'), ownValue(payload, 'repository'))
      ? own()
      : own('the workflow run that started this one was for a fork')
  if (name === 'issue_comment' && !asObject(issue))
    return own('the event does not say what the comment is on')
  return own()
}

/**
 * Events whose code is this repository's even where no git directory says what is checked out: without git,
 * actions/checkout downloads the files. With any other event, people may check out a pull request.
 */
const OWN_CODE = ['', 'push', 'schedule', 'release', 'create', 'merge_group']

/**
 * Tells whether the code may be that of a fork, which anybody can write: the run may not write, build or log in then.
 * A fork's event is enough, regardless of what is checked out: `pull_request_target` and `workflow_run` run with the
 * base repository's secrets, and a fork's file can get into a checkout in more ways than git can show.
 * @returns the reason, as a clause; `undefined` when it is this repository's own code
 */
export function codeOfFork(event: Event, { commits, pullRequests, traces }: CheckedOut): string | undefined {
  const { foreign, ownPullRequest, openTo } = event.origin
  if (foreign !== undefined) return foreign
  const isTerminal = event.name === ''
  const ofRef = /^refs\/pull\/(\d{1,15})\//.exec(event.ref)?.[1]
  const found = [
    ...(ofRef === undefined ? [] : [Number(ofRef)]),
    ...pullRequests,
    // In a terminal, people review a pull request and know what they have checked out.
    ...(isTerminal ? [] : traces),
  ]
  const other = found.find((number) => number !== ownPullRequest)
  if (other !== undefined)
    return ownPullRequest === undefined
      ? `pull request #${other} is checked out, and ${event.name || 'nothing'} does not say whether it comes from a fork`
      : `pull request #${other} is checked out, though the event is about #${ownPullRequest}`
  if (openTo !== undefined && (commits.length === 0 || commits.some((each) => each !== event.sha)))
    return `${openTo} started this run, and what is checked out may be a pull request from a fork`
  if (!isTerminal && commits.includes(undefined)) return 'the git directory does not say what is checked out'
  const isTold =
    ownPullRequest !== undefined || event.name === 'workflow_run' || OWN_CODE.includes(event.name)
  if (commits.length === 0 && !isTold)
    return `there is no git directory that says what is checked out, and neither does ${event.name}`
  return undefined
}

/** Reads the payload: empty without a file (in a terminal), `undefined` where it isn't what GitHub writes. */
function readPayload(path: string | undefined): Record<string, unknown> | undefined {
  if (!path) return {}
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}
