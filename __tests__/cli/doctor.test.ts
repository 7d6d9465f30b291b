import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { type InputName, parseInputs } from '../../src/inputs/inputs.js'
import { type Need, renderDoctor } from '../../src/report/doctor.js'
import { examineSurroundings } from '../../src/stages/doctor.js'
import { copyExample, temporaryDirectory } from '../support/files.js'
import { createGithub, type Github, TOKEN } from '../support/github.js'

// GitHub's descriptions are large.
jest.setTimeout(30_000)

const PAGE = { width: 60, colors: false }
const path = process.env['PATH']

let root: string
beforeEach(() => {
  root = temporaryDirectory('doctor')
  copyExample('tailchat', root)
  // No program is found then: neither docker nor git, npm or Chrome.
  process.env['PATH'] = root
})
afterEach(() => {
  process.env['PATH'] = path
  rmSync(root, { recursive: true, force: true })
})

function examine(
  inputs: Partial<Record<InputName, string>> = {},
  env: Record<string, string> = {},
): Promise<Need[]> {
  return examineSurroundings(
    parseInputs((name) => inputs[name] ?? ''),
    { root, event: readEvent(env), env: { ...env, PATH: root } },
  )
}

const stateOf = (needs: Need[], name: string): unknown => needs.find((need) => need.name === name)?.state

describe('on a machine with nothing but Node.js', () => {
  test('doctor says what to do about each missing program', async () => {
    const needs = await examine({ browser: 'require' })
    const problems = needs.filter(({ state }) => state === 'problem')
    expect(problems.map(({ name }) => name)).toEqual(['git', 'docker', 'Chrome'])
    for (const { fix } of problems) expect(fix).toMatch(/^install /)
    expect(['Node.js', 'repository', 'pnpm'].map((name) => stateOf(needs, name))).toEqual([
      'ok',
      'ok',
      'note',
    ])
  })

  test('doctor skips what needs docker, and says so', async () => {
    const needs = await examine({ images: 'registry.acme.example/tailchat' })
    for (const name of ['buildx', 'login', 'base image'])
      expect(needs).toContainEqual({ name, state: 'skipped', found: 'not looked at: it needs docker' })
  })

  test.each([
    ['auto', 'note'],
    ['off', undefined],
  ])('a browser is a note or nothing where it need not be there: browser %s', async (browser, state) => {
    expect(stateOf(await examine({ browser }), 'Chrome')).toBe(state)
  })
})

test('doctor reports a directory that is not a repository, with what to do', async () => {
  rmSync(root, { recursive: true })
  root = temporaryDirectory('doctor')
  expect(await examine()).toContainEqual(
    expect.objectContaining({
      name: 'repository',
      state: 'problem',
      found: expect.stringMatching(/set path to/),
    }),
  )
})

describe('the token', () => {
  let github: Github
  beforeEach(async () => {
    process.env['PATH'] = path
    github = await createGithub({ 'README.md': '' })
    process.env['PATH'] = root
  })
  afterEach(async () => {
    process.env['PATH'] = path
    await github.close()
  })

  const of = 'GET /repos/acme/tailchat'
  const allows = (push: boolean) => ({ status: 200, body: { permissions: { pull: true, push } } })

  test.each([
    ['may write, and a commit is wanted', allows(true), 'push', 'ok', /may read and write acme\/tailchat/],
    ['may only read, and a commit is wanted', allows(false), 'push', 'problem', /may read, not write/],
    ['may only read, and nothing is written', allows(false), 'none', 'ok', /may read, not write/],
    [
      'is refused',
      { status: 401, body: { message: 'Bad credentials' } },
      'none',
      'problem',
      /Bad credentials/,
    ],
  ])('%s', async (_what, give, commit, state, found) => {
    github.fail({ of, give })
    const needs = await examine({ commit, 'github-token': TOKEN }, github.env)
    expect(needs.find(({ name }) => name === 'GitHub token')).toMatchObject({
      state,
      found: expect.stringMatching(found),
      ...(state === 'problem' && { fix: expect.stringContaining('permission') }),
    })
  })

  test.each([
    ['none', 'note'],
    ['push', 'problem'],
  ])('is missed only where something is to be written: commit %s', async (commit, state) => {
    expect(stateOf(await examine({ commit }, github.env), 'GitHub token')).toBe(state)
    expect(github.requests).toEqual([])
  })
})

test('what doctor prints keeps to the width, and to a line for each need with its advice below', () => {
  const fix = 'start the engine, or set DOCKER_HOST to where it is'
  const text = renderDoctor(
    [
      { name: 'Node.js', state: 'ok', found: '24.1.0' },
      { name: 'docker', state: 'problem', found: 'Cannot connect to the Docker daemon', fix },
    ],
    PAGE,
  )
  expect(text).toBe(`ok       Node.js  24.1.0
problem  docker   Cannot connect to the Docker daemon
                  → start the engine, or set DOCKER_HOST to
                  where it is
1 problem to solve first.
`)
})
