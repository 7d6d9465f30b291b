import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import { tailchatAround } from '../../src/workspace/whereabouts.js'
import { backendPlugin, type Files, registrations, withRepository } from '../support/repository.js'

const below = (directory: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${directory}/${path}`, content]))

const PLUGIN = 'com.acme.audit'
const tailchat = registrations({})
const ownPlugin: Files = { [`plugins/${PLUGIN}/services/main.service.ts`]: 'export default {}\n' }

/** What stops a run on these files with this `path`. */
async function failureOf(files: Files, { path = '.', mode = 'check' } = {}): Promise<string | undefined> {
  return withRepository({ '.git/HEAD': '', ...files }, async (root) => {
    const inputs = parseInputs((name) => ({ mode, path, images: 'acme/tailchat' })[name as string] ?? '')
    const event = readEvent({})
    const log = (): void => undefined
    const { failure } = await runPipeline(inputs, { root: join(root, path), event, rulesUrl: '', log })
    return failure?.message
  })
}

describe('a directory in which there is nothing to check ends the run', () => {
  const nothing: [string, Files, { path?: string }, string][] = [
    [
      'an empty workspace',
      { 'README.md': '' },
      {},
      '"." holds neither Tailchat nor plugins; a Tailchat repository has',
    ],
    [
      'declarations without a plugin',
      { 'tailchat-plugins.yml': 'version: 1\n' },
      {},
      'holds neither Tailchat nor plugins',
    ],
    [
      'another monorepo',
      { 'pnpm-workspace.yaml': '', 'a/package.json': '{}' },
      {},
      'holds neither Tailchat nor plugins',
    ],
    [
      'Tailchat further down',
      below('apps/tailchat', tailchat),
      {},
      'Tailchat is in apps/tailchat: set path to apps/tailchat',
    ],
    [
      'two Tailchats further down, from a path',
      { ...below('x/a', tailchat), ...below('x/b', tailchat) },
      { path: 'x' },
      'Tailchat is in a and b: set path to x/a',
    ],
    [
      'the server of a Tailchat, whose plugins look like a repository of plugins',
      { ...tailchat, ...backendPlugin(PLUGIN) },
      { path: 'server' },
      '"server" is a part of a Tailchat repository: set path to ., its root',
    ],
    [
      'a plugin of a Tailchat in a monorepo',
      below('apps/chat', { ...tailchat, ...backendPlugin(PLUGIN) }),
      { path: `apps/chat/server/plugins/${PLUGIN}` },
      'is a part of a Tailchat repository: set path to apps/chat, its root',
    ],
    [
      'the archived layout',
      { 'moleculer.config.ts': '', 'services/core/gateway.service.ts': '', ...ownPlugin },
      {},
      'has the layout of the archived repository tailchat-server',
    ],
  ]
  test.each(nothing)('%s', async (_name, files, { path = '.' }, message) => {
    for (const mode of ['check', 'sync', 'deploy'])
      expect(await failureOf(files, { path, mode })).toContain(message)
  })
})

describe('a directory with something to check does not', () => {
  test.each<[string, Files, string]>([
    ['a Tailchat without a plugin', tailchat, '.'],
    ['a Tailchat in a monorepo', below('apps/tailchat', tailchat), 'apps/tailchat'],
    ['a repository of plugins', ownPlugin, '.'],
    ['a repository of plugins in a folder of a monorepo', below('chat', ownPlugin), 'chat'],
    [
      'a repository of plugins with Tailchat as a submodule',
      { ...ownPlugin, ...below('tailchat', tailchat) },
      '.',
    ],
    ['a repository of plugins inside a Tailchat', { ...tailchat, ...below('acme', ownPlugin) }, 'acme'],
  ])('%s', async (_name, files, path) => {
    expect(await failureOf(files, { path })).toBeUndefined()
  })
})

test('a Tailchat outside of the git repository is not taken for its own', () =>
  withRepository({ ...tailchat, 'server/mine/.git/HEAD': '', 'server/mine/README.md': '' }, (root) => {
    expect(tailchatAround(join(root, 'server/mine'))).toBeUndefined()
    expect(tailchatAround(join(root, 'server'))).toBe(root)
  }))
