import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createGithub, type Github, TOKEN } from '../support/github.js'
import { frontendPlugin, registrations } from '../support/repository.js'
import { runAction, runCli } from '../support/run-action.js'

const REGISTRY = 'client/web/registry.json'

let github: Github

beforeAll(async () => {
  github = await createGithub({ ...registrations({}), ...frontendPlugin('com.acme.first') })
})

afterAll(async () => {
  await github.close()
  expect(github.problems).toEqual([])
})

test('the action commits what it registered, and masks the token', async () => {
  const root = github.checkout('main', 'shallow')
  const inputs = { mode: 'sync', undeclared: 'offer', commit: 'push', 'github-token': TOKEN }
  const event = { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' }
  const { exitCode, outputs, summary, log } = await runAction(root, inputs, { ...github.env, ...event })
  expect({ exitCode, log }).toMatchObject({ exitCode: 0 })
  expect(outputs['commit-sha']).toBe(github.head('main'))
  expect(outputs['changed-files']).toBe(JSON.stringify([REGISTRY]))
  expect(github.file('main', REGISTRY)).toContain('com.acme.first')
  expect(summary).toContain(`Commit: <code>${github.head('main')}</code>`)
  const credential = Buffer.from(`x-access-token:${TOKEN}`).toString('base64')
  for (const secret of [TOKEN, credential]) {
    expect(log).toContain(`::add-mask::${secret}`)
    expect(log.replaceAll(`::add-mask::${secret}`, '')).not.toContain(secret)
  }
})

test('the terminal opens the pull request, with the token from the environment', async () => {
  github.push('main', frontendPlugin('com.acme.second'))
  const root = github.checkout('main')
  const args = ['sync', root, '--undeclared', 'offer', '--commit', 'pull-request']
  const without = await runCli(args, root, { ...github.env, GITHUB_TOKEN: '' })
  expect(without).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('$GITHUB_TOKEN: --commit pull-request needs a token'),
  })
  const { exitCode, text } = await runCli(args, root, { ...github.env, GITHUB_TOKEN: TOKEN })
  expect({ exitCode, text }).toMatchObject({ exitCode: 0 })
  expect(text).toContain('pull request  https://github.com/acme/tailchat/pull/1')
  expect(text).toContain(`commit  ${github.head('tailchat-plugins/sync')}`)
  expect(github.pulls).toHaveLength(1)
})
