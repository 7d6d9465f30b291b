import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { type InputName, parseInputs } from '../../src/inputs/inputs.js'
import { planBuild } from '../../src/image/plan.js'
import { outputsOf } from '../../src/report/outputs.js'
import { renderSummary } from '../../src/report/summary.js'
import { renderTerminal } from '../../src/report/terminal.js'
import { type Github, createGithub, readFile, TOKEN } from '../support/github.js'
import { writeFiles } from '../support/files.js'
import { createRunner, type Runner, withPullRequest } from '../support/publishing.js'
import { PIPE } from '../support/terminal-view.js'
import {
  below,
  frontendPlugin,
  fullstackPlugin,
  json,
  manifest,
  registrations,
} from '../support/repository.js'
import { GATE } from '../support/terminal-view.js'

const REGISTRY = 'client/web/registry.json'
const A_PLUGIN = 'com.acme.first'
const NEW = 'com.acme.new'
const OTHER = 'com.acme.other'

/** `com.acme.new` is offered nowhere yet. */
const START = {
  ...registrations({ registry: [A_PLUGIN] }),
  ...frontendPlugin(A_PLUGIN),
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
  const { problems } = github
  await github.close()
  expect(problems).toEqual([])
})

const push = { commit: 'push' }

const registered = (branch = 'main'): string[] =>
  (JSON.parse(github.file(branch, REGISTRY)) as { name: string }[]).map(({ name }) => name)

describe('commit: push', () => {
  test('makes one commit of the registration files, on the branch that is checked out', async () => {
    const before = github.head('main')
    const root = github.checkout('main', 'shallow')
    const report = await runner.run(root, { ...push, 'commit-message': 'chore: offer it\n\nBecause.' })
    const commit = github.head('main')
    expect(report.failure).toBeUndefined()
    expect(report.commitSha).toBe(commit)
    expect(github.git('log', '-1', '--format=%P|%B', 'main').trim()).toBe(
      `${before}|chore: offer it\n\nBecause.`,
    )
    expect(github.git('diff', '--name-only', `${before}`, 'main')).toBe(REGISTRY)
    expect(github.file('main', REGISTRY)).toBe(readFile(root, REGISTRY))
    expect(registered()).toEqual([A_PLUGIN, NEW])
    // The checkout itself was not moved.
    expect(git(root, 'rev-parse', 'HEAD')).toBe(before)
    expect(git(root, 'status', '--porcelain')).toBe(`M ${REGISTRY}`)
    expect(github.requests).toEqual(['GET /repos/acme/tailchat/git/ref/heads/main', 'createCommitOnBranch'])
    expect(outputsOf(report, '').outputs['commit-sha']).toBe(commit)
    expect(renderTerminal(report, PIPE)).toContain(`\ncommit  ${commit}\n`)
    expect(renderSummary(report, GATE)).toContain(`\nCommit: <code>${commit}</code>\n`)
  })

  test('says that the workflow’s own token starts no workflows, and only of that token', async () => {
    const own = await runner.run(github.checkout('main'), push)
    expect(own.notes).toEqual([expect.stringContaining('starts no workflows')])
    github.push('main', frontendPlugin(OTHER))
    github.author = 'octocat'
    const other = await runner.run(github.checkout('main'), push)
    expect(other.commitSha).toBe(github.head('main'))
    expect(other.notes).toEqual([])
  })

  test('sends no request when nothing is to change', async () => {
    await runner.run(github.checkout('main'), push)
    const head = github.head('main')
    github.requests.length = 0
    const report = await runner.run(github.checkout('main'), push)
    expect(report).toMatchObject({ changes: [], notes: [] })
    expect(github.head('main')).toBe(head)
    expect(github.requests).toEqual([])
  })

  test('computes the edits again where the branch has moved since the checkout', async () => {
    const root = github.checkout('main', 'shallow')
    const checkedOut = git(root, 'rev-parse', 'HEAD')
    const moved = github.push('main', frontendPlugin(OTHER))
    const report = await runner.run(root, push)
    expect(report.failure).toBeUndefined()
    expect(registered()).toEqual([A_PLUGIN, NEW, OTHER])
    expect(git(github.checkout('main'), 'rev-parse', 'HEAD')).toBe(report.commitSha)
    expect(github.git('log', '-1', '--format=%P', 'main')).toBe(moved)
    expect(report.notes[0]).toContain(`is based on ${moved.slice(0, 12)}`)
    // The user's own checkout is shallow still, knows nothing of it, and holds this run's edits alone.
    expect(git(root, 'rev-list', '--all')).toBe(checkedOut)
    expect(git(root, 'status', '--porcelain')).toBe(`M ${REGISTRY}`)
    expect(readFile(root, REGISTRY)).not.toContain(OTHER)
  })

  test('tries again when the branch moves at the last moment', async () => {
    let moved = ''
    github.beforeCommit = () => {
      github.beforeCommit = () => undefined
      moved = github.push('main', frontendPlugin(OTHER))
    }
    const report = await runner.run(github.checkout('main'), push)
    expect(report.failure).toBeUndefined()
    expect(registered()).toEqual([A_PLUGIN, NEW, OTHER])
    expect(github.git('log', '-1', '--format=%P', 'main')).toBe(moved)
    expect(runner.waits).toHaveLength(1)
  })

  test('gives up after five tries, and has changed nothing', async () => {
    let others = 0
    github.beforeCommit = () => void github.push('main', { 'notes.txt': `${others++}` })
    const report = await runner.run(github.checkout('main'), push)
    expect(report.failure).toMatchObject({
      stage: 'publish',
      message: expect.stringMatching(
        /^committing to the branch main failed: Expected branch to point to .*; other commits keep arriving first: run again \(try 5 of 5\)$/,
      ),
    })
    expect(others).toBe(5)
    expect(registered()).toEqual([A_PLUGIN])
    expect(report.commitSha).toBeUndefined()
    // Each wait is longer than the one before, by a random part.
    expect(runner.waits.map((wait, index) => wait / 2 ** index)).toEqual(
      Array.from({ length: 4 }, () => expect.any(Number)),
    )
    for (const [index, wait] of runner.waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(500 * 2 ** index)
      expect(wait).toBeLessThan(1500 * 2 ** index)
    }
  })

  test('makes no commit when the branch has the registrations by now', async () => {
    const root = github.checkout('main')
    const head = github.push('main', registrations({ registry: [A_PLUGIN, NEW] }))
    const report = await runner.run(root, push)
    expect(report.commitSha).toBeUndefined()
    expect(report.notes).toEqual(['Nothing was committed: the branch main already has these changes.'])
    expect(github.head('main')).toBe(head)
  })

  test('commits nothing else that lies in the working tree', async () => {
    const root = github.checkout('main')
    // A plugin that was never committed, a list that was edited, and a file that nobody knows.
    writeFiles(root, {
      ...frontendPlugin(OTHER),
      [REGISTRY]: json([manifest(A_PLUGIN), { ...manifest(OTHER), version: '2.0.0' }]),
      'coverage/index.html': 'x',
    })
    const before = github.head('main')
    const report = await runner.run(root, push)
    expect(report.failure).toBeUndefined()
    expect(github.git('diff', '--name-only', `${before}`, 'main')).toBe(REGISTRY)
    expect(registered()).toEqual([A_PLUGIN, NEW])
    expect(report.notes[0]).toContain('with uncommitted changes')
  })

  test('commits bytes as git stores them, whatever the checkout has', async () => {
    github.push('main', { '.gitattributes': '* text=auto eol=crlf\n' })
    const root = github.checkout('main')
    expect(readFile(root, REGISTRY)).toContain('\r\n')
    await runner.run(root, push)
    expect(registered()).toEqual([A_PLUGIN, NEW])
    expect(github.file('main', REGISTRY)).not.toContain('\r')
  })

  test('commits new files and removals too', async () => {
    const name = 'com.acme.both'
    const service = `server/plugins/${name}/services`
    github.push('main', {
      ...fullstackPlugin(name, { '.ministarrc.js': undefined }),
      [`${service}/main.service.ts`]: undefined,
      [`${service}/main.Service.ts`]: fullstackPlugin(name)[`${service}/main.service.ts`],
      ...registrations({ registry: [A_PLUGIN, NEW], install: [name] }),
    })
    const before = github.head('main')
    const report = await runner.run(github.checkout('main'), { ...push, fix: 'true', 'fail-on': 'never' })
    expect(report.failure).toBeUndefined()
    expect(github.git('diff', '--name-status', '--no-renames', `${before}`, 'main').split('\n')).toEqual([
      `A\tserver/plugins/${name}/.ministarrc.js`,
      `D\t${service}/main.Service.ts`,
      `A\t${service}/main.service.ts`,
    ])
  })

  test('refuses to commit a file whose mode would be lost', async () => {
    const root = github.checkout('main')
    chmodSync(join(root, REGISTRY), 0o755)
    git(root, 'commit', '--quiet', '--all', '--message', 'Mode')
    git(root, 'push', '--quiet', 'origin', 'main')
    const report = await runner.run(root, push)
    expect(report.failure).toMatchObject({
      stage: 'publish',
      message: expect.stringMatching(
        /^client\/web\/registry.json has the mode 100755, .* `git update-index --chmod=-x client\/web\/registry.json`/,
      ),
    })
    expect(github.head('main')).toBe(git(root, 'rev-parse', 'HEAD'))
  })

  test('works where the Tailchat checkout is a part of the repository', async () => {
    github.push('main', below('apps/tailchat', START))
    const root = github.checkout('main')
    const before = github.head('main')
    const report = await runner.run(join(root, 'apps/tailchat'), push)
    expect(report.failure).toBeUndefined()
    expect(github.git('diff', '--name-only', `${before}`, 'main')).toBe(`apps/tailchat/${REGISTRY}`)
    // And on another head than the checked-out one.
    const late = github.checkout('main')
    github.push('main', below('apps/tailchat', frontendPlugin(OTHER)))
    writeFiles(late, { 'new.txt': 'x' })
    writeFiles(join(late, 'apps/tailchat'), { [REGISTRY]: json([manifest(A_PLUGIN)]) })
    await runner.run(join(late, 'apps/tailchat'), push)
    expect(github.file('main', `apps/tailchat/${REGISTRY}`)).toContain(OTHER)
  })

  test('does not publish on a new head that has findings which fail the step', async () => {
    const root = github.checkout('main')
    const head = github.push('main', { 'client/web/plugins/com.acme.first/manifest.json': '{' })
    const report = await runner.run(root, push)
    expect(report.failure?.message).toContain(
      `there are findings that fail the step on ${head.slice(0, 12)}, the head of the branch main`,
    )
    expect(github.head('main')).toBe(head)
  })
})

describe('two runs at once', () => {
  test('keep the edits of both, in two checkouts of one repository', async () => {
    github.push('main', { ...below('one', START), ...below('two', START) })
    const before = github.head('main')
    meet(2)
    const reports = await Promise.all(
      ['one', 'two'].map((part) => createRunner(github).run(join(github.checkout('main'), part), push)),
    )
    expect(reports.map(({ failure }) => failure)).toEqual([undefined, undefined])
    expect(github.git('rev-list', '--count', `${before}..main`)).toBe('2')
    for (const part of ['one', 'two']) expect(github.file('main', `${part}/${REGISTRY}`)).toContain(NEW)
  })

  test('keep the edits of both, in the same file', async () => {
    // One offers what is undeclared, the other mends what is wrong.
    const wrong = { ...manifest(A_PLUGIN), url: `{BACKEND}/plugins/${A_PLUGIN}/index.js` }
    github.push('main', registrations({ registry: [wrong] }))
    meet(2)
    const never = { ...push, 'fail-on': 'never' }
    const reports = await Promise.all([
      createRunner(github).run(github.checkout('main'), never),
      createRunner(github).run(github.checkout('main'), { ...never, undeclared: 'report', fix: 'true' }),
    ])
    expect(reports.map(({ failure }) => failure)).toEqual([undefined, undefined])
    expect(registered()).toEqual([A_PLUGIN, NEW])
    expect(github.file('main', REGISTRY)).not.toContain('{BACKEND}')
  })

  /** Holds the first commits until so many runs have asked for one: then all but one come too late. */
  function meet(runs: number): void {
    let open = (): void => undefined
    const all = new Promise<void>((resolve) => (open = resolve))
    let here = 0
    github.beforeCommit = async () => {
      if (++here === runs) open()
      await all
    }
  }
})

describe('the branch', () => {
  test('of a pull request is its own, and not what merging it gives', async () => {
    const topic = github.git('rev-parse', 'main')
    github.git('branch', 'topic', topic)
    github.push('topic', frontendPlugin(OTHER))
    github.push('main', { 'client/web/plugins/com.acme.first/src/index.tsx': 'export const moved = 1\n' })
    const root = github.checkout('topic', 'shallow')
    // As actions/checkout leaves it: the merge, and no branch.
    git(root, 'fetch', '--quiet', '--unshallow', 'origin', 'main')
    git(root, 'checkout', '--quiet', '--detach')
    git(root, 'merge', '--quiet', '--no-edit', 'FETCH_HEAD')
    const before = github.head('topic')
    const report = await withPullRequest('acme/tailchat', (env) => runner.run(root, push, env))
    expect(report.failure).toBeUndefined()
    expect(github.git('log', '-1', '--format=%P', 'topic')).toBe(before)
    expect(github.git('diff', '--name-only', `${before}`, 'topic')).toBe(REGISTRY)
    expect(registered('topic')).toEqual([A_PLUGIN, NEW, OTHER])
    expect(registered('main')).toEqual([A_PLUGIN])
  })

  test('is known where a tag has its name', async () => {
    const root = github.checkout('main')
    git(root, 'tag', 'main')
    const report = await runner.run(root, push)
    expect(report.failure).toBeUndefined()
    expect(report.commitSha).toBe(github.head('main'))
  })

  test('is taken from the event where a workflow checks out the commit alone', async () => {
    const root = github.checkout('main')
    git(root, 'checkout', '--quiet', '--detach')
    const report = await runner.run(root, push, { GITHUB_SHA: github.head('main') ?? '' })
    expect(report.commitSha).toBe(github.head('main'))
  })

  test.each<[string, Record<string, string>, string]>([
    ['a tag', { GITHUB_REF: 'refs/tags/v1.2.3' }, 'the tag v1.2.3 is checked out'],
    ['another commit', { GITHUB_SHA: '0'.repeat(40) }, 'is checked out: check out a branch'],
    [
      'a commit in a terminal',
      { GITHUB_REF: '', GITHUB_EVENT_NAME: '' },
      'is checked out: check out a branch',
    ],
  ])('is missing for %s: nothing is done', async (_what, env, says) => {
    const root = github.checkout('main')
    git(root, 'checkout', '--quiet', '--detach')
    const report = await runner.run(root, push, env)
    expect(report.failure).toMatchObject({ stage: 'publish', message: expect.stringContaining(says) })
    expect(git(root, 'status', '--porcelain')).toBe('')
    expect(github.requests).toEqual([])
  })

  test('must be on GitHub', async () => {
    const root = github.checkout('main')
    git(root, 'checkout', '--quiet', '-b', 'unpushed')
    const report = await runner.run(root, push)
    expect(report.failure?.message).toMatch(
      /^GitHub shows no branch unpushed in acme\/tailchat: push it first/,
    )
  })
})

describe('nothing is published', () => {
  test('when findings fail the step', async () => {
    github.push('main', { 'client/web/plugins/com.acme.first/manifest.json': '{' })
    const report = await runner.run(github.checkout('main'), push)
    expect(report.notes).toEqual(['Nothing was published (commit: push): fix the findings first.'])
    expect(github.requests).toEqual([])
  })

  test('in a dry run, which says what would be', async () => {
    const root = github.checkout('main')
    const report = await runner.run(root, { ...push, 'dry-run': 'true' })
    expect(report.notes).toEqual([`Dry run: would commit ${REGISTRY} to the branch main.`])
    const pull = await runner.run(root, { commit: 'pull-request', 'dry-run': 'true' })
    expect(pull.notes).toEqual([
      `Dry run: would open or update the pull request from tailchat-plugins/sync into main, with ${REGISTRY}.`,
    ])
    expect(github.requests).toEqual([])
  })

  test('by mode check', async () => {
    const report = await runner.run(github.checkout('main'), { ...push, mode: 'check' })
    expect(report.failure).toBeUndefined()
    expect(github.requests).toEqual([])
  })

  test.each(['pull_request', 'pull_request_target'])('for a pull request of a fork (%s)', async (name) => {
    for (const repository of ['eve/tailchat', null])
      for (const commit of ['push', 'pull-request']) {
        const root = github.checkout('main')
        const report = await withPullRequest(repository, (env) =>
          runner.run(root, { commit, comment: 'true' }, { ...env, GITHUB_EVENT_NAME: name }),
        )
        expect(report).toMatchObject({ mode: 'check', applied: false })
        expect(report.failure).toBeUndefined()
        expect(report.restricted).toContain('comes from a fork')
        expect(report.notes).toContain('No comment was written: pull request #12 comes from a fork.')
      }
    expect(github.requests).toEqual([])
  })
})

describe('a connection that breaks', () => {
  test('a commit whose answer was lost is made once, and reported', async () => {
    github.fail({ of: 'createCommitOnBranch', give: 'lost' })
    const before = github.head('main')
    const report = await runner.run(github.checkout('main'), push)
    expect(report.commitSha).toBe(github.head('main'))
    expect(github.git('rev-list', '--count', `${before}..main`)).toBe('1')
    expect(report.notes).toEqual([])
  })

  test('git’s own requests are tried again, too', async () => {
    const root = github.checkout('main')
    github.push('main', frontendPlugin(OTHER))
    github.fail({ of: 'git', give: { status: 503 } })
    const report = await runner.run(root, push)
    expect(report.failure).toBeUndefined()
    expect(registered()).toEqual([A_PLUGIN, NEW, OTHER])
    expect(runner.waits).toHaveLength(1)
    expect(runner.log.join('\n')).toMatch(/^fetching [0-9a-f]{12} with git failed: .*503/)
    expect(runner.log.join('\n')).not.toContain(TOKEN)
  })
})

describe('what git cannot fetch', () => {
  test.each<[string, number, RegExp]>([
    ['for a token that is not valid', 401, /; github-token is invalid or has expired/],
    ['for want of a permission', 403, /403; github-token may not do this: .* \(needed: contents: read\)$/],
    ['where there is no such repository', 404, /; it does not exist, or github-token may not see it/],
  ])('%s: once, and says what to do', async (_what, status, says) => {
    const root = github.checkout('main')
    github.push('main', frontendPlugin(OTHER))
    github.fail({ of: 'git', give: { status } })
    const { failure } = await runner.run(root, push)
    expect(failure?.message).toMatch(/^fetching [0-9a-f]{12} with git failed: /)
    expect(failure?.message).toMatch(says)
    expect(failure?.message).not.toContain(TOKEN)
    expect(runner.waits).toEqual([])
    expect(registered()).toEqual([A_PLUGIN])
  })

  test('a failed checkout is tried once', async () => {
    const root = github.checkout('main')
    // As long as git takes a name, and longer than a file system does.
    github.push('main', { [`${'x'.repeat(300)}.txt`]: '' })
    const { failure } = await runner.run(root, push)
    expect(failure?.message).toMatch(/^checking out [0-9a-f]{12} with git failed: .*File name too long/)
    expect(runner.waits).toEqual([])
  })
})

describe('the revision of an image', () => {
  const plan = async (root: string, published?: string) => {
    const given: Partial<Record<InputName, string>> = { mode: 'deploy', images: 'ghcr.io/acme/tailchat' }
    const inputs = parseInputs((name) => given[name] ?? '')
    return planBuild(inputs, { root, event: readEvent({ GITHUB_REF: 'refs/heads/main' }), published })
  }

  test('is the commit that publishing made of the working tree', async () => {
    const root = github.checkout('main')
    const { commitSha } = await runner.run(root, push)
    expect(commitSha).toBeDefined()
    const label = 'org.opencontainers.image.revision'
    expect((await plan(root)).plan.labels[label]).toBe(`${git(root, 'rev-parse', 'HEAD')}-dirty`)
    const published = await plan(root, commitSha)
    expect(published.plan.labels[label]).toBe(commitSha)
    // The tag that names a commit names the same one.
    expect(published.references).toContain(`ghcr.io/acme/tailchat:sha-${commitSha?.slice(0, 12)}`)
    expect(published.notes).toEqual([])
  })
})

function git(root: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost']
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
}
