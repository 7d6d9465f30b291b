import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { checksum, fileChanges, ownerOf } from '../../src/publish/edits.js'
import { outputsOf } from '../../src/report/outputs.js'
import { renderSummary } from '../../src/report/summary.js'
import { createGithub, type Github, readFile } from '../support/github.js'
import { createRunner, type Runner, withPayload } from '../support/publishing.js'
import { frontendPlugin, json, manifest, registrations } from '../support/repository.js'
import { GATE } from '../support/terminal-view.js'

const REGISTRY = 'client/web/registry.json'
const BRANCH = 'tailchat-plugins/sync'
const OLD = 'com.acme.old'
const NEW = 'com.acme.new'
const OTHER = 'com.acme.other'

const START = {
  ...registrations({ registry: [OLD] }),
  ...frontendPlugin(OLD),
  ...frontendPlugin(NEW),
}

// GitHub's descriptions are large, and git is started many times.
jest.setTimeout(30_000)

let github: Github
let runner: Runner

beforeEach(async () => {
  github = await createGithub(START)
  runner = createRunner(github)
})

afterEach(async () => {
  const { problems, pulls } = github
  await github.close()
  expect(problems).toEqual([])
  // A branch that is empty even for a moment would have done this.
  expect(pulls.filter(({ closedByGithub }) => closedByGithub)).toEqual([])
})

const pull = { commit: 'pull-request' }

/** Runs for what is on `main`, as a workflow does after each push. */
const run = (inputs: Record<string, string> = {}) =>
  runner.run(github.checkout('main'), { ...pull, ...inputs })

const registered = (branch: string): string[] =>
  (JSON.parse(github.file(branch, REGISTRY)) as { name: string }[]).map(({ name }) => name)

describe('commit: pull-request', () => {
  test('opens one pull request that says what changes and why', async () => {
    const main = github.head('main')
    const report = await run()
    expect(report.failure).toBeUndefined()
    expect(report.pullRequestUrl).toBe('https://github.com/acme/tailchat/pull/1')
    expect(report.commitSha).toBe(github.head(BRANCH))
    expect(report.notes).toEqual([expect.stringContaining('starts no workflows')])
    expect(outputsOf(report, '').outputs['pull-request-url']).toBe(report.pullRequestUrl)
    expect(renderSummary(report, GATE)).toContain(`Pull request: <${report.pullRequestUrl}>`)
    expect(github.head('main')).toBe(main)
    expect(github.branches()).toEqual(['main', BRANCH])
    expect(github.git('rev-list', `main..${BRANCH}`)).toBe(report.commitSha)
    expect(registered(BRANCH)).toEqual([OLD, NEW])
    expect(github.pulls).toEqual([
      expect.objectContaining({
        title: 'chore: update Tailchat plugin registrations',
        head: BRANCH,
        base: 'main',
        state: 'open',
      }),
    ])
    expect(github.pulls[0]?.body).toContain(
      `| <code>${REGISTRY}</code> | add com.acme.new | undeclared: offer |`,
    )
  })

  test('names the declaration that asks for a change', async () => {
    github.push('main', { 'tailchat-plugins.yml': `version: 1\nplugins:\n  ${OLD}:\n    offer: hidden\n` })
    await run()
    expect(github.pulls[0]?.body).toContain(
      'remove com.acme.old, add com.acme.new | declared in tailchat-plugins.yml, undeclared: offer |',
    )
  })

  test('leaves all as it is when it is up to date', async () => {
    const first = await run()
    github.requests.length = 0
    const second = await run()
    expect(second).toMatchObject({
      commitSha: first.commitSha,
      pullRequestUrl: first.pullRequestUrl,
      notes: [],
    })
    expect(github.head(BRANCH)).toBe(first.commitSha)
    expect(github.requests.filter((name) => !name.startsWith('GET'))).toEqual([])
  })

  test('is rebuilt on the head of the base, and the pull request stays', async () => {
    await run()
    if (github.pulls[0]) github.pulls[0].title = 'A title of the maintainers'
    const main = github.push('main', { ...frontendPlugin(OTHER), 'README.md': 'x\n' })
    const report = await run()
    expect(report.failure).toBeUndefined()
    expect(github.git('log', '-1', '--format=%P', BRANCH)).toBe(main)
    expect(registered(BRANCH)).toEqual([OLD, NEW, OTHER])
    expect(github.pulls).toEqual([
      expect.objectContaining({ number: 1, title: 'A title of the maintainers', state: 'open' }),
    ])
    expect(github.pulls[0]?.body).toContain('add com.acme.new, add com.acme.other')
    expect(github.branches()).toEqual(['main', BRANCH])
  })

  test('is computed on the base as it is, not on an old checkout', async () => {
    const root = github.checkout('main')
    const main = github.push('main', frontendPlugin(OTHER))
    await runner.run(root, pull)
    expect(github.git('log', '-1', '--format=%P', BRANCH)).toBe(main)
    expect(registered(BRANCH)).toEqual([OLD, NEW, OTHER])
    expect(github.pulls[0]?.body).toContain('add com.acme.other')
  })

  test('is closed, and its branch removed, when nothing is left to do', async () => {
    await run()
    github.push('main', { [REGISTRY]: json([manifest(OLD), manifest(NEW)]) })
    const report = await run()
    expect(report.notes).toEqual(['Pull request #1 was closed: nothing is left to change.'])
    expect(report.pullRequestUrl).toBeUndefined()
    expect(github.pulls).toEqual([expect.objectContaining({ state: 'closed' })])
    expect(github.branches()).toEqual(['main'])
  })

  test('is not opened when there has never been anything to change', async () => {
    github.push('main', registrations({ registry: [OLD, NEW] }))
    const report = await run()
    expect(report).toMatchObject({ notes: [], changes: [] })
    expect(github.branches()).toEqual(['main'])
    expect(github.pulls).toEqual([])
  })

  test('is opened again after one was merged', async () => {
    await run()
    github.git('update-ref', 'refs/heads/main', github.head(BRANCH) ?? '')
    if (github.pulls[0]) github.pulls[0].state = 'closed'
    github.push('main', frontendPlugin(OTHER))
    const report = await run()
    expect(report.pullRequestUrl).toBe('https://github.com/acme/tailchat/pull/2')
    expect(registered(BRANCH)).toEqual([OLD, NEW, OTHER])
  })

  test('is opened again after a branch that was squashed into the base', async () => {
    await run()
    github.push('main', { [REGISTRY]: github.file(BRANCH, REGISTRY) }, 'Squashed')
    if (github.pulls[0]) github.pulls[0].state = 'closed'
    github.push('main', frontendPlugin(OTHER))
    const report = await run()
    expect(report.failure).toBeUndefined()
    expect(registered(BRANCH)).toEqual([OLD, NEW, OTHER])
  })

  test('is not opened from its own branch', async () => {
    await run()
    const report = await runner.run(github.checkout(BRANCH), pull)
    expect(report.failure).toBeUndefined()
    const moved = await runner.run(github.checkout('main'), { ...pull, branch: 'main' })
    expect(moved.notes).toEqual(['No pull request was opened: its own branch main is checked out.'])
    expect(github.pulls).toHaveLength(1)
  })
})

describe('commits of other people are not overwritten', () => {
  const says =
    /^the branch tailchat-plugins\/sync has a commit that this action did not make \([0-9a-f]{12} by .+\) and was not changed: merge or close/

  /** Changes something on the pull request's branch; gives its head. */
  const changes: [string, () => string][] = [
    ['one on top', () => github.push(BRANCH, { 'README.md': 'mine\n' })],
    [
      'ours, amended',
      () => {
        const message = github.git('log', '-1', '--format=%B', BRANCH)
        github.git('update-ref', `refs/heads/${BRANCH}`, 'main')
        return github.push(BRANCH, { [REGISTRY]: json([manifest(NEW), manifest(OLD)]) }, message)
      },
    ],
    [
      'one with the same files, without our mark',
      () => {
        const text = github.file(BRANCH, REGISTRY)
        github.git('update-ref', `refs/heads/${BRANCH}`, 'main')
        return github.push(BRANCH, { [REGISTRY]: text })
      },
    ],
  ]

  test.each(changes)('%s', async (_what, change) => {
    await run()
    const theirs = change()
    github.push('main', frontendPlugin(OTHER))
    const report = await run()
    expect(report.failure).toMatchObject({ stage: 'publish', message: expect.stringMatching(says) })
    expect(report.failure?.message).toContain(theirs.slice(0, 12))
    expect(github.head(BRANCH)).toBe(theirs)
    expect(github.branches()).toEqual(['main', BRANCH])
    expect(github.pulls).toEqual([expect.objectContaining({ state: 'open' })])
  })

  test('are not removed when nothing is left to do', async () => {
    await run()
    const theirs = github.push(BRANCH, { 'README.md': 'mine\n' })
    github.push('main', registrations({ registry: [OLD, NEW] }))
    const report = await run()
    expect(report.failure).toBeUndefined()
    expect(report.notes).toEqual([
      expect.stringMatching(/^Nothing is left to change, and the branch .* has a commit/),
    ])
    expect(github.head(BRANCH)).toBe(theirs)
    expect(github.pulls).toEqual([expect.objectContaining({ state: 'open' })])
  })

  test('are not removed when they come while the commit is made', async () => {
    await run()
    github.push('main', frontendPlugin(OTHER))
    let theirs = ''
    github.beforeCommit = () => {
      github.beforeCommit = () => undefined
      theirs = github.push(BRANCH, { 'README.md': 'mine\n' })
    }
    const report = await run()
    expect(report.failure?.message).toMatch(says)
    expect(github.head(BRANCH)).toBe(theirs)
    expect(github.branches()).toEqual(['main', BRANCH])
  })

  test('the default branch is never taken for the pull request’s, even without a commit of its own', async () => {
    github.git('branch', 'develop', 'main')
    github.push('develop', frontendPlugin(OTHER))
    const main = github.head('main')
    const root = github.checkout('develop')
    const payload = { repository: { full_name: 'acme/tailchat', default_branch: 'main' } }
    const report = await withPayload(payload, (env) => runner.run(root, { ...pull, branch: 'main' }, env))
    expect(report.failure).toMatchObject({
      stage: 'publish',
      message: expect.stringMatching(
        /^branch: main is the repository’s default branch, .*: set `branch` to another name/,
      ),
    })
    expect(github.head('main')).toBe(main)
    expect(github.requests).toEqual([])
    expect(readFile(root, REGISTRY)).toBe(github.file('develop', REGISTRY))
  })

  test('a branch that this action did not mark is not removed', async () => {
    github.git('branch', 'release', 'main')
    github.push('main', registrations({ registry: [OLD, NEW] }))
    await run({ branch: 'release' })
    expect(github.branches()).toEqual(['main', 'release'])
  })
})

describe('what GitHub refuses', () => {
  const says = (failure: { message: string } | undefined): string => failure?.message ?? ''

  test('to open a pull request: which setting to change', async () => {
    github.fail({
      of: 'POST /repos/acme/tailchat/pulls',
      give: {
        status: 403,
        body: { message: 'GitHub Actions is not permitted to create or approve pull requests.' },
      },
    })
    const report = await run()
    expect(says(report.failure)).toMatch(/allow it in Settings, Actions, General/)
    // The next run goes on from there.
    const next = await run()
    expect(next.pullRequestUrl).toBe('https://github.com/acme/tailchat/pull/1')
  })

  test('without a permission: names the one that is missing', async () => {
    github.fail({
      of: 'POST /repos/acme/tailchat/pulls',
      give: { status: 403, body: { message: 'Resource not accessible by integration' } },
    })
    expect(says((await run()).failure)).toMatch(/\(needed: pull-requests: write\)$/)
  })

  test('a commit: nothing is left behind', async () => {
    github.fail({ of: 'createCommitOnBranch', give: { errors: [{ type: 'FORBIDDEN', message: 'No' }] } })
    expect(says((await run()).failure)).toMatch(/\(needed: contents: write\)$/)
    expect(github.branches()).toEqual(['main'])
    expect(github.pulls).toEqual([])
  })

  test('to move a branch that is where it was: once, in its own words', async () => {
    const message = 'Refusing to allow a GitHub App to create or update workflow'
    github.beforeCommit = () =>
      github.fail({ of: 'updateRefs', give: { errors: [{ type: 'UNPROCESSABLE', message }] } })
    const { failure } = await run()
    expect(says(failure)).toBe(`moving the branch ${BRANCH} failed: ${message}`)
    expect(runner.waits).toEqual([])
    expect(github.branches()).toEqual(['main'])
  })

  test.each<[string, string, 'lost' | 'reset' | { status: number }]>([
    ['a reset connection to the commit', 'createCommitOnBranch', 'reset'],
    ['a lost answer to the commit', 'createCommitOnBranch', 'lost'],
    ['a lost answer to the move of the branch', 'updateRefs', 'lost'],
    ['a lost answer to the pull request', 'POST /repos/acme/tailchat/pulls', 'lost'],
    ['503 to the comparison', 'GET /repos/acme/tailchat/pulls', { status: 503 }],
  ])('after %s, commit and pull request are there once', async (_what, of, give) => {
    github.fail({ of, give })
    const report = await run()
    expect(report.failure).toBeUndefined()
    expect(runner.waits).toHaveLength(1)
    expect(report.commitSha).toBe(github.head(BRANCH))
    expect(github.git('rev-list', '--count', `main..${BRANCH}`)).toBe('1')
    expect(github.pulls).toHaveLength(1)
    expect(github.branches()).toEqual(['main', BRANCH])
  })

  test('two runs at once make one pull request', async () => {
    const reports = await Promise.all([run(), run()])
    expect(reports.map(({ failure }) => failure)).toEqual([undefined, undefined])
    expect(github.pulls).toHaveLength(1)
    expect(github.git('rev-list', '--count', `main..${BRANCH}`)).toBe('1')
    expect(github.branches()).toEqual(['main', BRANCH])
  })
})

describe('a commit is known by what it changes', () => {
  const files = [
    { path: 'b.json', oid: 'b'.repeat(40), contents: 'Yg==' },
    { path: 'a.json', oid: undefined },
  ]
  const mark = `Tailchat-Plugins-Files: ${checksum(files)}`
  const compared = [
    { filename: 'a.json', status: 'removed', sha: 'f'.repeat(40) },
    { filename: 'b.json', status: 'added', sha: 'b'.repeat(40) },
  ]
  const commit = (message: string) => ({ sha: 'c'.repeat(40), commit: { message, author: { name: 'Eve' } } })

  test.each<[string, unknown, string | undefined]>([
    ['its files', { commits: [commit(`x\n\n${mark}`)], files: compared }, checksum(files)],
    [
      'a renamed file',
      {
        commits: [commit(`x\n\n${mark}`)],
        files: [{ filename: 'b.json', status: 'renamed', previous_filename: 'a.json', sha: 'b'.repeat(40) }],
      },
      checksum(files),
    ],
    ['no commit', { commits: [], files: [] }, ''],
    ['no mark', { commits: [commit('x')], files: compared }, undefined],
    ['a mark of other files', { commits: [commit(mark)], files: compared.slice(1) }, undefined],
    ['a mark inside a line', { commits: [commit(`see ${mark}`)], files: compared }, undefined],
    ['two commits', { commits: [commit(mark), commit(mark)], files: compared }, undefined],
  ])('%s', (_what, comparison, mine) => {
    const owner = ownerOf(comparison)
    expect(owner.mine).toBe(mine)
    if (owner.mine === undefined) expect(owner.other).toBe(`${'c'.repeat(12)} by Eve`)
  })

  test('a commit is handed to the API as additions and deletions', () => {
    expect(fileChanges(files)).toEqual({
      additions: [{ path: 'b.json', contents: 'Yg==' }],
      deletions: [{ path: 'a.json' }],
    })
  })
})
