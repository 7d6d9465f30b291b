import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { filesOfNew } from '../../src/declarations/new-plugin.js'
import { readEvent } from '../../src/inputs/event.js'
import { type Mode, parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report } from '../../src/report/report.js'
import type { PluginKind } from '../../src/tailchat/layout.js'
import { copyExample, readTree, temporaryDirectory } from '../support/files.js'

const NAME = 'com.acme.group-notes'
const KINDS: PluginKind[] = ['frontend', 'backend', 'fullstack']

let directory: string
beforeEach(() => {
  directory = temporaryDirectory('new')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function run(mode: Mode, kind: PluginKind = 'frontend', dryRun = false): Promise<Report> {
  const inputs = parseInputs((name) => (name === 'dry-run' ? String(dryRun) : ''))
  return runPipeline(
    { ...inputs, mode, task: { subject: NAME, plugin: '', kind } },
    { root: directory, event: readEvent({}), rulesUrl: '', log: () => undefined },
  )
}

const places = ({ findings }: Report): string[] => findings.map(({ rule, file }) => `${rule} ${file}`)

describe.each([
  ['a fork of Tailchat', (): void => copyExample('tailchat', directory)],
  ['a repository of plugins', (): void => copyExample('plugins-only', directory)],
  ['an empty directory', (): void => undefined],
  ['a git repository without plugins', (): void => void mkdirSync(join(directory, '.git'))],
])('a new plugin in %s', (_where, make) => {
  test.each(KINDS)('of the kind %s is registered, and the check finds nothing new', async (kind) => {
    make()
    const before = await run('check')
    const made = await run('new', kind)
    expect(made.failure).toBeUndefined()
    expect(places(made)).toEqual([])
    const after = await run('check')
    expect(after.failure).toBeUndefined()
    expect(places(after)).toEqual(places(before))
    expect(after.changes).toEqual([])
    const offer = kind === 'backend' ? 'hidden' : 'registry'
    expect(after.plugins).toContainEqual(expect.objectContaining({ name: NAME, kind, offer }))
    const services = after.plugins.find(({ name }) => name === NAME)?.services
    expect(services).toEqual(kind === 'frontend' ? [] : [`plugin:${NAME}`])
  })
})

test.each(KINDS)('with --dry-run a new plugin of the kind %s is shown and not written', async (kind) => {
  copyExample('tailchat', directory)
  const before = readTree(directory)
  const { changes, applied } = await run('new', kind, true)
  expect([changes.length > 0, applied]).toEqual([true, false])
  expect(readTree(directory)).toEqual(before)
})

describe('a new plugin is refused', () => {
  test.each([
    ['if a plugin has its name in another case', 'server/plugins/com.acme.Group-Notes/package.json'],
    ['if a plugin of another kind has its name', `client/web/plugins/${NAME}/manifest.json`],
  ])('%s', async (_why, file) => {
    copyExample('tailchat', directory)
    mkdirSync(join(directory, file, '..'), { recursive: true })
    writeFileSync(join(directory, file), '{}')
    const before = readTree(directory)
    expect((await run('new', 'backend')).failure?.message).toMatch(/already exists and is never overwritten/)
    expect(readTree(directory)).toEqual(before)
  })

  test('in a directory that holds something else', async () => {
    writeFileSync(join(directory, 'notes.txt'), '')
    expect((await run('new')).failure?.message).toMatch(/holds neither Tailchat nor plugins/)
    expect(readdirSync(directory)).toEqual(['notes.txt'])
  })

  test('in the directory around a Tailchat, which is named', async () => {
    mkdirSync(join(directory, 'chat'))
    mkdirSync(join(directory, '.git'))
    copyExample('tailchat', join(directory, 'chat'))
    expect((await run('new')).failure?.message).toContain('Tailchat is in chat: set path to chat')
  })
})

test.each(['com.acme.3d', 'com.acme.a-1', 'com.acme.x_y', 'a.B'])(
  'the service of %s is a class whose name is valid in JavaScript',
  (name) => {
    const files = [...filesOfNew({ name, kind: 'backend', pluginsOnly: false })]
    const source = files.find(([file]) => file.endsWith('.service.ts'))?.[1]
    expect(source).toMatch(/^class [A-Z]\w*Service extends TcService \{$/m)
  },
)
