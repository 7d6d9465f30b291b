import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { ApiError } from '../../src/publish/client.js'
import type { FileChange } from '../../src/publish/edits.js'
import { delayBefore, type FaultKind, faultOf, POLICY, TRIES } from '../../src/publish/faults.js'
import type { Propose } from '../../src/publish/proposal.js'
import { push } from '../../src/publish/push.js'
import type { PublishedCommit } from '../../src/publish/repository.js'
import type { Destination } from '../../src/publish/destination.js'
import { createGithub, type Github, type Injected, TOKEN } from '../support/github.js'
import { type GithubApi, validateGraphql, validateRest } from '../support/github-api.js'

const COMMIT = 'createCommitOnBranch'
const READ = 'GET /repos/acme/tailchat/git/ref'

// GitHub's descriptions are large, and git is started many times.
jest.setTimeout(30_000)

let github: Github
let branches = 0
let branch: string
let waits: number[]

beforeAll(async () => {
  github = await createGithub({ 'package.json': '{}\n' })
})

beforeEach(() => {
  branch = `branch-${branches++}`
  github.git('branch', branch, 'main')
  waits = []
})

afterAll(async () => {
  await github.close()
  expect(github.problems).toEqual([])
})

/** One commit on the branch of this test, of the same file each time. */
async function commit(): Promise<PublishedCommit | undefined> {
  const target: Destination = {
    api: {
      rest: github.env['GITHUB_API_URL'] ?? '',
      graphql: github.env['GITHUB_GRAPHQL_URL'] ?? '',
      token: TOKEN,
    },
    repository: 'acme/tailchat',
    url: 'https://github.com/acme/tailchat',
    branch,
    place: '',
    head: '',
    clean: true,
  }
  const files: FileChange[] = [{ path: 'package.json', oid: '1', contents: 'e30=' }]
  const propose: Propose = () => Promise.resolve({ files, changes: [], local: true })
  const wait = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds)
    return Promise.resolve()
  }
  return (await push(target, { message: 'Change', propose }, { wait, log: () => undefined }))?.commit
}

describe('what GitHub refuses', () => {
  const reset = (seconds: number): string => String(Math.floor(Date.now() / 1000) + seconds)

  test.each<[string, Injected, string | RegExp]>([
    [
      '401',
      { of: READ, give: { status: 401, body: { message: 'Bad credentials' } } },
      'reading the branch BRANCH failed: Bad credentials; github-token is invalid or has expired: use another one',
    ],
    [
      '403 of REST',
      {
        of: READ,
        give: {
          status: 403,
          headers: { 'x-accepted-github-permissions': 'contents=read' },
          body: { message: 'Resource not accessible by integration' },
        },
      },
      /not accessible by integration \(needed: contents=read\); github-token may not do this: .* \(needed: contents: read\)$/,
    ],
    [
      '403 of GraphQL',
      {
        of: COMMIT,
        give: { errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] },
      },
      /^committing to the branch BRANCH failed: .*github-token may not do this: .* \(needed: contents: write\)$/,
    ],
    [
      '404',
      { of: COMMIT, give: { status: 404, body: { message: 'Not Found' } } },
      /it does not exist, or github-token may not see it \(needed: contents: write\)$/,
    ],
    [
      'a repository that can’t be seen',
      { of: COMMIT, give: { errors: [{ type: 'NOT_FOUND', message: 'Could not resolve to a Repository' }] } },
      /Could not resolve to a Repository; it does not exist, or github-token may not see it/,
    ],
    [
      'branch protection',
      {
        of: COMMIT,
        give: {
          errors: [
            { type: 'BRANCH_PROTECTION_RULE_VIOLATION', message: 'At least 1 approving review is required' },
          ],
        },
      },
      /the branch takes no direct commits: use `commit: pull-request`/,
    ],
    [
      'a ruleset',
      {
        of: COMMIT,
        give: {
          errors: [
            {
              type: 'UNPROCESSABLE',
              message: 'Repository rule violations found: Changes must be made through a pull request.',
            },
          ],
        },
      },
      /the branch takes no direct commits: use `commit: pull-request`/,
    ],
    [
      '422',
      {
        of: READ,
        give: {
          status: 422,
          body: { message: 'Validation Failed', errors: [{ field: 'ref', code: 'invalid' }] },
        },
      },
      'reading the branch BRANCH failed: Validation Failed; ref: invalid',
    ],
    [
      'an hourly limit that is lifted too late',
      {
        of: READ,
        give: {
          status: 403,
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset(1800) },
          body: { message: 'API rate limit exceeded' },
        },
      },
      /the token’s hourly limit is used up: .* \(in 1[78]\d\d s\)$/,
    ],
    [
      '429 that asks for an hour',
      {
        of: COMMIT,
        give: { status: 429, headers: { 'retry-after': '3600' }, body: { message: 'Slow down' } },
      },
      /GitHub asks for fewer requests: run again later \(in 3600 s\)$/,
    ],
  ])('%s is tried once, and the message says what to do', async (_what, injected, says) => {
    github.fail(injected)
    const failure = await commit().catch((error: unknown) => error as Error)
    expect(failure).toBeInstanceOf(ApiError)
    const message = (failure as Error).message.replace(branch, 'BRANCH')
    if (typeof says === 'string') expect(message).toBe(says)
    else expect(message).toMatch(says)
    expect(message).not.toContain(TOKEN)
    expect(waits).toEqual([])
    expect(github.head(branch)).toBe(github.head('main'))
  })

  test.each<[string, Injected, number]>([
    ['409', { of: READ, give: { status: 409, body: { message: 'Conflict' } } }, 0],
    [
      '429 with retry-after',
      { of: COMMIT, give: { status: 429, headers: { 'retry-after': '7' }, body: {} } },
      7,
    ],
    [
      'a secondary rate limit',
      { of: COMMIT, give: { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } } },
      60,
    ],
    [
      'an hourly limit that is lifted soon',
      {
        of: READ,
        give: {
          status: 403,
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset(100) },
          body: {},
        },
      },
      1,
    ],
    ['500', { of: COMMIT, give: { status: 500, body: {} } }, 0],
    ['502 twice', { of: READ, times: 2, give: { status: 502 } }, 0],
    ['503 four times', { of: READ, times: 4, give: { status: 503 } }, 0],
    ['GraphQL’s own failure', { of: COMMIT, give: { errors: [{ message: 'Something went wrong' }] } }, 0],
    ['a reset connection', { of: COMMIT, give: 'reset' }, 0],
    ['a reset connection when reading', { of: READ, give: 'reset' }, 0],
  ])('%s is tried again after a while', async (_what, injected, seconds) => {
    github.fail(injected)
    const made = await commit()
    expect(made?.sha).toBe(github.head(branch))
    expect(github.git('log', '-1', '--format=%P', branch)).toBe(github.head('main'))
    expect(waits).toHaveLength(injected.times ?? 1)
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(seconds * 1000)
  })

  test('is tried five times in all, and the last failure says so', async () => {
    github.fail({ of: READ, times: TRIES, give: { status: 503 } })
    await expect(commit()).rejects.toThrow(/HTTP 503; .* \(try 5 of 5\)$/)
    expect(waits).toHaveLength(TRIES - 1)
  })
})

describe('an answer', () => {
  const NOW = 1_800_000_000_000
  const headers = (given: Record<string, string>) => (name: string) => given[name] ?? null

  test.each<[string, number, Record<string, string>, unknown, FaultKind | 'fine', number | undefined]>([
    ['fine', 200, {}, { data: {} }, 'fine', undefined],
    ['fine and empty', 204, {}, undefined, 'fine', undefined],
    ['of a proxy that says fine', 200, {}, undefined, 'server', undefined],
    ['401', 401, {}, { message: 'Requires authentication' }, 'unauthorized', undefined],
    ['403', 403, {}, { message: 'Must have admin rights' }, 'forbidden', undefined],
    ['403 without a body', 403, {}, undefined, 'forbidden', undefined],
    [
      '403 for pull requests',
      403,
      {},
      { message: 'GitHub Actions is not permitted to create or approve pull requests.' },
      'pull-requests-disabled',
      undefined,
    ],
    [
      '403 with requests left',
      403,
      { 'x-ratelimit-remaining': '4999' },
      { message: 'No' },
      'forbidden',
      undefined,
    ],
    [
      '403 without requests left',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000030' },
      { message: 'API rate limit exceeded' },
      'rate-limit',
      30,
    ],
    ['429 without requests left, and no time', 429, { 'x-ratelimit-remaining': '0' }, {}, 'rate-limit', 60],
    ['429 with a time to wait', 429, { 'retry-after': '5' }, {}, 'secondary-rate-limit', 5],
    [
      '429 with a date to wait for',
      429,
      { 'retry-after': 'Wed, 21 Oct 2026' },
      {},
      'secondary-rate-limit',
      60,
    ],
    ['429 and nothing more', 429, {}, {}, 'secondary-rate-limit', 60],
    [
      '403 for abuse',
      403,
      {},
      { message: 'You have triggered an abuse detection' },
      'secondary-rate-limit',
      60,
    ],
    ['409', 409, {}, { message: 'Conflict' }, 'stale', undefined],
    [
      '409 of a protected branch',
      409,
      {},
      { message: 'Protected branch update failed' },
      'protected',
      undefined,
    ],
    ['422', 422, {}, { message: 'Validation Failed' }, 'refused', undefined],
    ['418', 418, {}, { message: 'I am a teapot' }, 'refused', undefined],
    ['504', 504, {}, undefined, 'server', undefined],
    ['GraphQL: stale', 200, {}, { errors: [{ type: 'STALE_DATA', message: 'x' }] }, 'stale', undefined],
    [
      'GraphQL: limit',
      200,
      { 'x-ratelimit-reset': '1800000015' },
      { errors: [{ type: 'RATE_LIMITED', message: 'x' }] },
      'rate-limit',
      15,
    ],
    [
      'GraphQL: scopes',
      200,
      {},
      { errors: [{ type: 'INSUFFICIENT_SCOPES', message: 'x' }] },
      'forbidden',
      undefined,
    ],
    [
      'GraphQL: another type',
      200,
      {},
      { errors: [{ type: 'UNPROCESSABLE', message: 'x' }] },
      'refused',
      undefined,
    ],
    ['GraphQL: no type', 200, {}, { errors: [{ message: 'x' }] }, 'server', undefined],
  ])('%s', (_what, status, given, body, kind, waitSeconds) => {
    const fault = faultOf({ status, header: headers(given), body }, NOW)
    expect(fault?.kind ?? 'fine').toBe(kind)
    expect(fault?.waitSeconds).toBe(waitSeconds)
  })

  test('is tried again by the one table, never for longer than two minutes', () => {
    for (const kind of Object.keys(POLICY) as FaultKind[]) {
      const fault = { kind, message: '' }
      expect(delayBefore(fault, 1, 0) !== undefined).toBe(POLICY[kind].retried)
      expect(delayBefore({ ...fault, waitSeconds: 121 }, 1, 0)).toBeUndefined()
      expect(delayBefore(fault, TRIES, 0)).toBeUndefined()
    }
    expect(delayBefore({ kind: 'server', message: '', waitSeconds: 3 }, 2, 0.5)).toBe(5000)
  })
})

describe('the GitHub of these tests objects to', () => {
  const POST = 'POST /repos/{owner}/{repo}/pulls'
  const LIST = 'GET /repos/{owner}/{repo}/pulls'

  test.each<[string, string, string, object | undefined, string]>([
    ['a property that is missing', POST, '', { title: 'x', head: 'a' }, "required property 'base'"],
    ['a property that is not known', POST, '', { head: 'a', base: 'b', titel: 'x' }, '"titel"'],
    ['a property of another type', POST, '', { head: 'a', base: 1 }, '/base must be string'],
    ['a parameter that GitHub does not have', LIST, 'branch=a', undefined, 'there is no parameter branch'],
    ['a value that is not allowed', LIST, 'state=opened', undefined, 'parameter state'],
  ])('%s', async (_what, operation, query, body, says) => {
    const api: GithubApi = {
      [operation]: () => ({ status: operation === POST ? 201 : 200, body: operation === POST ? {} : [] }),
    }
    const problems: string[] = []
    const method = operation.split(' ')[0] ?? ''
    await validateRest(method, '/repos/acme/tailchat/pulls', new URLSearchParams(query), body, api, problems)
    expect(problems).toEqual([expect.stringContaining(says)])
  })

  test.each<[string, string, object, string]>([
    ['a field that is not there', 'query { viewer { name2 } }', {}, 'Cannot query field "name2"'],
    [
      'a variable that is not of its type',
      'mutation ($input: AddCommentInput!) { addComment(input: $input) { clientMutationId } }',
      { input: { subjectId: 'x' } },
      'Field "body" of required type "String!" was not provided',
    ],
  ])('%s', async (_what, query, variables, says) => {
    const problems: string[] = []
    await validateGraphql({ query, variables }, {}, problems)
    expect(problems).toEqual([expect.stringContaining(says)])
  })
})
