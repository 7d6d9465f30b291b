import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { codeOfFork, readEvent } from '../../src/inputs/event.js'
import { readCheckedOut } from '../../src/lib/checkout.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report } from '../../src/report/report.js'
import { createSample, type Sample } from '../support/sample.js'

const OWN = { full_name: 'acme/tailchat' }
const FORK = { full_name: 'eve/tailchat' }
const DEFAULT_BRANCH = '0123456789012345678901234567890123456789'

let sample: Sample
let files: string
let head: string

beforeAll(() => {
  sample = createSample()
  // A plugin that sync registers.
  sample.add('com.example.wall')
  head = sample.commit()
  files = mkdtempSync(join(tmpdir(), 'event-'))
})

afterEach(() => void git('reset', '--quiet', '--hard'))

afterAll(() => {
  sample.remove()
  rmSync(files, { recursive: true, force: true })
})

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: sample.directory, encoding: 'utf8' })
}

/** Runs on the sample for an event of this name, with this payload. */
async function run(mode: string, name: string, payload: object, sha = DEFAULT_BRANCH): Promise<Report> {
  const path = join(files, 'event.json')
  writeFileSync(path, JSON.stringify({ repository: OWN, ...payload }))
  const event = readEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_SHA: sha })
  // Nothing listens there: a deploy that goes on fails.
  const given: Record<string, string> = {
    mode,
    undeclared: 'offer',
    images: 'localhost:1/none',
    password: 'x',
    username: 'x',
  }
  return runPipeline(
    parseInputs((input) => given[input] ?? ''),
    { root: sample.directory, event, rulesUrl: '', log: () => undefined },
  )
}

const pullRequest = (repo: object | null) => ({
  number: 12,
  pull_request: { number: 12, head: { ref: 'topic', repo }, base: { ref: 'main', repo: OWN } },
})
const workflowRun = (repo: object | null) => ({
  workflow_run: { event: 'pull_request', head_repository: repo },
})
const comment = { issue: { number: 12, pull_request: { url: 'https://api.github.com/x' } }, comment: {} }

describe('code of a fork is only checked', () => {
  test.each<[string, string, object, string]>([
    ['a pull request', 'pull_request', pullRequest(FORK), 'pull request #12 comes from a fork'],
    ['a fork that is gone', 'pull_request', pullRequest(null), 'pull request #12 comes from a fork'],
    ['pull_request_target', 'pull_request_target', pullRequest(FORK), 'pull request #12 comes from a fork'],
    ['a review', 'pull_request_review', pullRequest(FORK), 'pull request #12 comes from a fork'],
    [
      'workflow_run',
      'workflow_run',
      workflowRun(FORK),
      'the workflow run that started this one was for a fork',
    ],
    ['workflow_run of a fork that is gone', 'workflow_run', workflowRun(null), 'was for a fork'],
    ['a comment', 'issue_comment', comment, 'may be a pull request from a fork'],
    ['a check of some commit', 'check_run', { check_run: { head_sha: 'x' } }, 'a check of a commit started'],
    ['checks of some commit', 'check_suite', { check_suite: { pull_requests: [] } }, 'may be a pull request'],
    ['the status of some commit', 'status', { sha: 'x' }, 'may be a pull request from a fork'],
  ])('%s', async (_what, name, payload, because) => {
    for (const mode of ['sync', 'deploy', 'rollback']) {
      const report = await run(mode, name, payload)
      expect(report).toMatchObject({ mode: 'check', applied: false })
      expect(report.failure).toBeUndefined()
      expect(report.image).toBeUndefined()
      expect(report.restricted).toContain(because)
      expect(report.restricted).toContain(`mode is ${mode}`)
      expect(report.notes).toContain(report.restricted)
      expect(git('status', '--porcelain')).toBe('')
    }
  })

  test.each<[string, string, object, string]>([
    [
      'a pull request whose number is not a number',
      'pull_request_target',
      { pull_request: { number: '7' } },
      'which pull request',
    ],
    ['a pull request’s event without one', 'pull_request_target', {}, 'which pull request'],
    ['workflow_run without a run', 'workflow_run', {}, 'was for a fork'],
    ['a comment on nothing', 'issue_comment', {}, 'what the comment is on'],
    [
      'a dispatched pull request of a fork',
      'repository_dispatch',
      { client_payload: { pull_request: pullRequest(FORK).pull_request } },
      'pull request #12 comes from a fork',
    ],
    [
      'a dispatched pull request with only its number known',
      'repository_dispatch',
      { client_payload: { pull_request: 12 } },
      'which pull request',
    ],
  ])('where the event can’t tell whose it is: %s', async (_what, name, payload, because) => {
    const report = await run('sync', name, payload, head)
    expect(report).toMatchObject({ mode: 'check', applied: false })
    expect(report.restricted).toContain(because)
  })

  test.each(['push', 'pull_request_target'])('where the payload of %s cannot be read', (name) => {
    const path = join(files, 'truncated.json')
    writeFileSync(path, '{"trunc')
    const event = readEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_SHA: head })
    expect(codeOfFork(event, readCheckedOut(sample.directory))).toBe(
      'the payload of the event cannot be read',
    )
  })

  test.each<[string, string, () => void]>([
    [
      'a ref of actions/checkout',
      'refs/remotes/pull/7/merge',
      () => git('update-ref', 'refs/remotes/pull/7/merge', head),
    ],
    [
      'a packed ref',
      'refs/remotes/pull/7/merge',
      () => {
        git('update-ref', 'refs/remotes/pull/7/merge', head)
        git('pack-refs', '--all')
      },
    ],
    [
      'what was fetched last',
      'FETCH_HEAD',
      () =>
        writeFileSync(
          join(sample.directory, '.git/FETCH_HEAD'),
          `${head}\t\t'refs/pull/7/head' of https://github.com/acme/tailchat\n`,
        ),
    ],
  ])('another pull request than that of the event is told by %s', async (_what, ref, prepare) => {
    prepare()
    try {
      const report = await run('sync', 'pull_request', pullRequest(OWN))
      expect(report.restricted).toContain('pull request #7 is checked out, though the event is about #12')
      expect(git('status', '--porcelain')).toBe('')
    } finally {
      if (ref === 'FETCH_HEAD') rmSync(join(sample.directory, '.git/FETCH_HEAD'))
      else git('update-ref', '-d', ref)
    }
  })

  test('where no git is installed to say that a pull request is checked out', async () => {
    git('update-ref', 'refs/remotes/pull/7/merge', head)
    const path = process.env['PATH']
    process.env['PATH'] = files
    try {
      expect((await run('sync', 'workflow_dispatch', {}, head)).restricted).toContain('pull request #7')
    } finally {
      process.env['PATH'] = path
      git('update-ref', '-d', 'refs/remotes/pull/7/merge')
    }
  })

  test('where there is no git directory, and people choose what is checked out', () => {
    const event = (name: string) => readEvent({ GITHUB_EVENT_NAME: name })
    const nothing = readCheckedOut(files)
    expect(codeOfFork(event('workflow_dispatch'), nothing)).toContain('there is no git directory')
    expect(codeOfFork(event('push'), nothing)).toBeUndefined()
  })

  test('even when what is checked out is the base branch', async () => {
    const report = await run('sync', 'pull_request_target', pullRequest(FORK), head)
    expect(report).toMatchObject({ mode: 'check', applied: false })
  })

  test.each(['workflow_dispatch', 'push'])(
    'a pull request’s ref that %s says nothing about',
    async (name) => {
      git('update-ref', 'refs/remotes/pull/7/head', head)
      try {
        const report = await run('sync', name, {})
        expect(report).toMatchObject({ mode: 'check', applied: false })
        expect(report.restricted).toContain('pull request #7 is checked out')
      } finally {
        git('update-ref', '-d', 'refs/remotes/pull/7/head')
      }
    },
  )
})

describe('the repository’s own code is worked on as the mode says', () => {
  test.each<[string, string, object, boolean]>([
    ['a push', 'push', {}, false],
    ['a pull request of the same repository', 'pull_request', pullRequest(OWN), false],
    ['pull_request_target of the same repository', 'pull_request_target', pullRequest(OWN), false],
    ['a workflow run of the same repository', 'workflow_run', workflowRun(OWN), false],
    ['a comment, with the default branch checked out', 'issue_comment', comment, true],
    ['a check, with the default branch checked out', 'check_suite', {}, true],
    ['a comment on an issue', 'issue_comment', { issue: { number: 12 } }, false],
    ['a terminal', '', {}, false],
    [
      'a dispatched pull request of the same repository',
      'repository_dispatch',
      { client_payload: pullRequest(OWN) },
      false,
    ],
  ])('%s', async (_what, name, payload, atEvent) => {
    const report = await run('sync', name, payload, atEvent ? head : undefined)
    expect(report).toMatchObject({ mode: 'sync', applied: true, notes: [] })
    expect(report.restricted).toBeUndefined()
    expect(readFileSync(join(sample.directory, 'package.json'), 'utf8')).toContain('com.example.wall')
  })

  test('a pull request of the same repository, as actions/checkout checks it out', async () => {
    git('update-ref', 'refs/remotes/pull/12/merge', head)
    expect(await run('sync', 'pull_request', pullRequest(OWN))).toMatchObject({ mode: 'sync', applied: true })
  })

  test('and mode check says nothing about it', async () => {
    const report = await run('check', 'pull_request', pullRequest(FORK))
    expect(report).toMatchObject({ mode: 'check', notes: [] })
  })
})
