import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { linesAfter } from '../../src/publish/review.js'
import { suggestionsFor } from '../../src/rules/suggestions.js'
import type { Finding } from '../../src/rules/run.js'
import { createGithub, type Github } from '../support/github.js'
import { createRunner, type Runner, withPullRequest } from '../support/publishing.js'
import { frontendPlugin, json, manifest, registrations } from '../support/repository.js'

const NAME = 'com.acme.new'
const MANIFEST = `client/web/plugins/${NAME}/manifest.json`
const wrong = (name: string): string => json({ ...manifest(name), url: '/plugins/com.acme.other/index.js' })

let github: Github
let runner: Runner

beforeEach(async () => {
  github = await createGithub({ ...registrations({}), ...frontendPlugin('com.acme.old') })
  runner = createRunner(github)
})
afterEach(async () => {
  const { problems } = github
  await github.close()
  expect(problems).toEqual([])
})

const run = (inputs: Record<string, string> = {}, from: string | null = 'acme/tailchat') =>
  withPullRequest(from, (env) =>
    runner.run(
      github.checkout('topic'),
      { mode: 'check', undeclared: 'report', comment: 'review', ...inputs },
      env,
    ),
  )

/** A branch with a plugin whose manifest has the url of another one. */
function propose(): void {
  github.git('branch', 'topic', 'main')
  github.push('topic', { ...frontendPlugin(NAME), [MANIFEST]: wrong(NAME) })
}

describe('comment: review', () => {
  test('suggests the fix of a finding at its line, in one review, in addition to the comment', async () => {
    propose()
    const report = await run()
    expect(report.failure).toBeUndefined()
    expect(github.comments).toHaveLength(1)
    expect(github.reviews).toHaveLength(1)
    const [review] = github.reviews
    expect(review?.body).toMatch(/^<!-- tailchat-plugins suggestions \. [0-9a-f]{16} -->\n1 finding /)
    expect(review?.threads).toEqual([
      expect.objectContaining({ path: MANIFEST, line: 4, body: expect.stringContaining('manifest/url') }),
    ])
    expect(review?.threads[0]?.body).toMatch(
      /\n```suggestion\n {2}"url": "\/plugins\/com\.acme\.new\/index\.js",\n```$/,
    )
  })

  test('repeats no suggestion, replaces outdated ones, and leaves other reviews alone', async () => {
    propose()
    const foreign = { id: 'PRR_x', body: 'Nice', viewerDidAuthor: false, threads: [] }
    github.reviews.push(foreign)
    await run()
    await run()
    expect(github.reviews).toHaveLength(2)
    const body = github.reviews[1]?.body ?? ''
    github.reviews.push({ ...foreign, id: 'PRR_y', body })

    github.push('topic', { [MANIFEST]: `{\n${wrong(NAME).slice(1)}` })
    await run()
    expect(github.reviews.map(({ threads }) => threads.map(({ line }) => line))).toEqual([[], [], [], [5]])
    expect(github.reviews[1]?.body).toContain('were removed')
    expect(github.reviews[2]?.body).toBe(body)

    github.push('topic', { [MANIFEST]: json(manifest(NAME)) })
    await run()
    expect(github.reviews.flatMap(({ threads }) => threads)).toEqual([])
    expect(github.reviews).toHaveLength(4)
  })

  test('leaves out lines that the pull request does not show, and says so', async () => {
    github.push('main', { 'client/web/plugins/com.acme.old/manifest.json': wrong('com.acme.old') })
    github.git('branch', 'topic', 'main')
    github.push('topic', { 'README.md': 'Changed\n' })
    const report = await run()
    expect(github.reviews).toEqual([])
    expect(report.notes).toContainEqual(expect.stringMatching(/^A fix could not be suggested/))
  })

  test('does not review pull requests of forks', async () => {
    propose()
    await run({}, 'mallory/tailchat')
    expect([github.reviews, github.comments]).toEqual([[], []])
  })

  test('does not fail the run when it can’t be written: a note says which permission is missing', async () => {
    propose()
    const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }]
    github.fail({ of: 'addPullRequestReview', give: { errors } })
    const report = await run()
    expect(report.failure).toBeUndefined()
    expect(report.notes.join()).toMatch(/No suggestion was written: .*pull-requests: write/)
    expect(github.comments).toHaveLength(1)
  })

  test('changes nothing with dry-run', async () => {
    propose()
    const report = await run({ 'dry-run': 'true' })
    expect(report.notes).toContain('Dry run: would review pull request #12.')
    expect(github.requests).toEqual([])
  })
})

describe('what can be suggested', () => {
  const finding = (text: string, from: string, to: string): Finding => ({
    rule: 'manifest/invalid',
    severity: 'error',
    file: 'a',
    message: 'wrong',
    fixable: true,
    fix: { edits: [{ offset: text.indexOf(from), length: from.length, content: to }] },
  })
  const of = (text: string, from: string, to: string) =>
    suggestionsFor([finding(text, from, to)], [], () => text).map(({ line, before, after }) => ({
      line,
      before,
      after,
    }))

  test.each([
    ['a word', 'one\ntwo\n', 'tw', 'TW', [{ line: 2, before: ['two'], after: ['TWo'] }]],
    ['several lines', 'a\nb\nc\nd', 'b\nc', 'x', [{ line: 2, before: ['b', 'c'], after: ['x'] }]],
    ['a removed line', 'a\nb\nc\n', 'b\n', '', [{ line: 2, before: ['b', 'c'], after: ['c'] }]],
    ['a text without an end of line', 'ab', 'b', 'c', [{ line: 1, before: ['ab'], after: ['ac'] }]],
    ['other line endings', 'a\r\nb\r\n', 'b', 'c', []],
    ['invisible characters', 'a\u200bb\n', 'b', 'c', []],
    ['too many lines', `${'x\n'.repeat(50)}`, 'x\n'.repeat(40), '', []],
  ])('%s', (_what, text, from, to, expected) => {
    expect(of(text, from, to)).toEqual(expected)
  })

  test('a registration is suggested as the lines that differ, with the line above if lines are only added', () => {
    const edit = { file: 'client/web/registry.json', before: '[\n  1\n]\n', after: '[\n  1,\n  2\n]\n' }
    const more = { file: 'tailchat-plugins.yml', before: 'a:\nb:\n', after: 'a:\n  x\nb:\n' }
    expect(suggestionsFor([], [edit, more], () => undefined)).toEqual([
      expect.objectContaining({ line: 2, before: ['  1'], after: ['  1,', '  2'] }),
      expect.objectContaining({ line: 1, before: ['a:'], after: ['a:', '  x'] }),
    ])
  })

  test('the first of two suggestions for the same line counts', () => {
    const text = '{"a": 1, "b": 2}'
    const both = [finding(text, '1', '3'), finding(text, '2', '4')]
    expect(suggestionsFor(both, [], () => text)).toHaveLength(1)
  })

  test('the lines of a patch are those of the file after it', () => {
    const patch = '@@ -1,2 +1,3 @@ x\n a\n-b\n+c\n+d\n@@ -9 +10 @@\n+e\n\\ No newline at end of file'
    expect([...linesAfter(patch)]).toEqual([
      [1, 'a'],
      [2, 'c'],
      [3, 'd'],
      [10, 'e'],
    ])
  })
})
