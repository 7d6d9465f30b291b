import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { emptyReport } from '../../src/report/report.js'
import { renderComment } from '../../src/report/summary.js'
import { createGithub, type Github } from '../support/github.js'
import { createRunner, type Runner, withPullRequest } from '../support/publishing.js'
import { frontendPlugin, registrations } from '../support/repository.js'
import { GATE } from '../support/terminal-view.js'

// GitHub's descriptions are large, and git is started many times.
jest.setTimeout(30_000)

let github: Github
let runner: Runner
let root: string

beforeEach(async () => {
  github = await createGithub({ ...registrations({}), ...frontendPlugin('com.acme.new') })
  runner = createRunner(github)
  root = github.checkout('main')
})

afterEach(async () => {
  const { problems } = github
  await github.close()
  expect(problems).toEqual([])
})

const run = (inputs: Record<string, string> = {}, from: string | null = 'acme/tailchat') =>
  withPullRequest(from, (env) =>
    runner.run(root, { mode: 'check', undeclared: 'report', comment: 'true', ...inputs }, env),
  )

describe('comment', () => {
  test('writes the report into one comment, and keeps it up to date', async () => {
    await run()
    expect(github.comments).toHaveLength(1)
    expect(github.comments[0]?.body).toMatch(/^<!-- tailchat-plugins \. -->\n## ✅ Tailchat plugins: check\n/)
    expect(github.comments[0]?.body).toContain('com.acme.new')
    await run({ 'fail-on': 'warning' })
    expect(github.comments).toHaveLength(1)
    expect(github.comments[0]?.body).toContain('## ❌ Tailchat plugins: check')
  })

  test('leaves the comment alone when it says the same', async () => {
    await run()
    github.requests.length = 0
    await run()
    expect(github.requests).toEqual(['repository'])
  })

  test('finds its own comment among many, and leaves those of others alone', async () => {
    await run()
    const [own] = github.comments
    const copied = { id: 'IC_x', body: own?.body ?? '', viewerDidAuthor: false }
    github.comments.unshift(copied)
    for (let index = 0; index < 250; index++)
      github.comments.push({ id: `IC_o${index}`, body: 'hello', viewerDidAuthor: index % 2 === 0 })
    github.requests.length = 0
    await run({ 'fail-on': 'warning' })
    expect(github.comments).toHaveLength(252)
    expect(own?.body).toContain('❌')
    expect(copied.body).toContain('✅')
    expect(github.requests).toEqual(['repository', 'repository', 'repository', 'updateIssueComment'])
  })

  test('shows how the run ended, also when a stage failed', async () => {
    await run({ declarations: 'missing.yml' })
    expect(github.comments[0]?.body).toContain(
      'check failed in stage declarations: missing.yml does not exist',
    )
  })

  test('is cut to the length that GitHub accepts', () => {
    const report = emptyReport('check')
    report.changes = Array.from({ length: 2000 }, (_each, index) => ({
      file: `client/web/plugins/com.acme.p${index}/manifest.json`,
      summary: 'add & <remove> com.acme.plugin',
    }))
    const text = renderComment(report, GATE)
    expect(text.length).toBeLessThan(65_000)
    expect(text.length).toBeGreaterThan(50_000)
    expect(text).toMatch(/\n\n… and more than fits here: the report file has it all\n$/)
  })

  test('does not fail the run when it can’t be written: a note says which permission is missing', async () => {
    github.fail({
      of: 'addComment',
      give: { errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] },
    })
    const report = await run()
    expect(report.failure).toBeUndefined()
    expect(report.notes).toEqual([
      expect.stringMatching(
        /^No comment was written: commenting on pull request #12 failed: .* \(needed: pull-requests: write\)$/,
      ),
    ])
  })

  test('is written once, though an answer was lost', async () => {
    github.fail({ of: 'addComment', give: 'lost' }, { of: 'repository', give: { status: 502 } })
    const report = await run()
    expect(report.notes).toEqual([])
    expect(github.comments).toHaveLength(1)
    expect(runner.waits).toHaveLength(2)
  })

  test('is only announced in a dry run', async () => {
    const report = await run({ mode: 'sync', 'dry-run': 'true' })
    expect(report.notes).toContain('Dry run: would comment on pull request #12.')
    expect(github.requests).toEqual([])
  })

  test.each([
    ['of a fork', 'eve/tailchat'],
    ['of a fork that is gone', null],
  ])('is left out on a pull request %s', async (_what, from) => {
    const report = await run({}, from)
    expect(report.failure).toBeUndefined()
    expect(report.notes).toEqual(['No comment was written: pull request #12 comes from a fork.'])
    expect(github.requests).toEqual([])
  })

  test('needs a pull request', async () => {
    const report = await runner.run(root, { mode: 'check', comment: 'true' })
    expect(report.notes).toEqual(['No comment was written: this run was not started by a pull request.'])
    expect(github.requests).toEqual([])
  })
})
