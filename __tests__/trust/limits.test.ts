import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { listBundle } from '../../src/image/bundle-files.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { readEvent } from '../../src/inputs/event.js'
import { writeFileWithin } from '../../src/lib/files.js'
import { nearest } from '../../src/lib/nearest.js'
import { runPipeline } from '../../src/pipeline.js'
import { emptyResult, type LivePage } from '../../src/proof/browser/page-result.js'
import { keepTold } from '../../src/proof/browser/page-told.js'
import { visibleLines } from '../../src/report/text.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { withServer } from '../support/http-server.js'
import { frontendPlugin, registrations, withRepository } from '../support/repository.js'

describe('writeFileWithin', () => {
  let top: string
  let inside: string
  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'within-')))
    inside = join(top, 'inside')
    mkdirSync(join(inside, '.git/hooks'), { recursive: true })
    mkdirSync(join(top, 'outside'))
    writeFileSync(join(top, 'outside/precious'), 'precious')
  })
  afterEach(() => rmSync(top, { recursive: true, force: true }))

  test('writes a file and makes the directories that it lies in', () => {
    writeFileWithin([inside], join(inside, 'a/b/report.json'), 'text')
    expect(readFileSync(join(inside, 'a/b/report.json'), 'utf8')).toBe('text')
    expect(readdirSync(join(inside, 'a/b'))).toEqual(['report.json'])
  })

  test('replaces a link in the place of the file, and leaves what it leads to', () => {
    symlinkSync(join(top, 'outside/precious'), join(inside, 'report.json'))
    writeFileWithin([inside], join(inside, 'report.json'), 'text')
    expect(lstatSync(join(inside, 'report.json')).isFile()).toBe(true)
    expect(readFileSync(join(top, 'outside/precious'), 'utf8')).toBe('precious')
  })

  test.each([
    ['a path outside', 'link', 'nowhere', '../outside/x', /outside of/],
    ['a linked directory outside', 'link', '../outside', 'link/x', /outside of/],
    ['a directory below a linked one', 'link', '../outside', 'link/made/x', /outside of/],
    ['a directory of a link that leads nowhere', 'link', '../outside/none', 'link/x', /ENOENT/],
    ['the .git directory', 'link', 'nowhere', '.git/config', /\.git directory/],
    ['a file in the place of the .git directory', 'link', 'nowhere', 'sub/.git', /\.git directory/],
    ['the .git directory in other letters', 'link', 'nowhere', '.GIT/config', /\.git directory/],
    ['a link to the hooks', 'link', '.git/hooks', 'link/pre-commit', /\.git directory/],
  ])('refuses %s', (_what, link, target, path, message) => {
    symlinkSync(target, join(inside, link))
    expect(() => writeFileWithin([inside], join(inside, path), 'text')).toThrow(message)
    expect(readdirSync(join(top, 'outside'))).toEqual(['precious'])
    expect(readdirSync(join(inside, '.git/hooks'))).toEqual([])
  })
})

test('a check whose time is spent names the plugins that are left, and reads none of their files', async () => {
  const files = { ...registrations({}), ...frontendPlugin('com.a.first'), ...frontendPlugin('com.a.second') }
  await withRepository(files, async (root) => {
    let asked = 0
    const budget = { seconds: 60, isSpent: () => ++asked > 1 }
    const { plugins } = await readWorkspace(root, undefined, budget)
    expect(plugins.map(({ name, notRead, files: read }) => [name, notRead, read.length > 0])).toEqual([
      ['com.a.first', undefined, true],
      ['com.a.second', 'no time', false],
    ])
  })
})

test('no suggestion is made for a word that is longer than a person types', () => {
  expect(nearest('a'.repeat(200), ['a'.repeat(199)])).toBe('a'.repeat(199))
  expect(nearest('a'.repeat(201), ['a'.repeat(200)])).toBeUndefined()
})

test('the messages of a page are read only up to a limit', () => {
  const page = { result: emptyResult(), told: 0 } as LivePage
  const id = 'x'.repeat(1024 * 1024)
  for (let times = 0; times < 100; times++) keepTold(page, JSON.stringify({ type: 'begin', id }))
  expect(page.result.begun.length).toBeGreaterThan(10)
  expect(page.result.begun.length).toBeLessThan(40)
})

test('a file of a bundle that a build made larger than memory is not read', async () => {
  await withRepository({ 'a/index.js': '' }, (root) => {
    truncateSync(join(root, 'a/index.js'), 2 ** 40)
    expect(() => listBundle(join(root, 'a'))).toThrow('holds more than 268435456 bytes')
    return Promise.resolve()
  })
})

test('status does not follow a link in bundle-dir out of the repository', async () => {
  const asked: string[] = []
  const answer: Parameters<typeof withServer>[0] = ({ url }, response) => {
    asked.push(url ?? '')
    response.writeHead(404).end()
  }
  await withServer(answer, (publicUrl) =>
    withRepository({ 'outside/com.a.b/private.txt': '', 'inside/README.md': '' }, async (directory) => {
      const root = join(directory, 'inside')
      mkdirSync(join(root, 'tailchat-bundles'))
      symlinkSync(join(directory, 'outside'), join(root, 'tailchat-bundles/1.0.0'))
      const manifests = [{ name: 'com.a.b', url: `${publicUrl}/1.0.0/com.a.b/index.js` }]
      writeFileSync(join(root, 'tailchat-bundles/manifests.json'), JSON.stringify(manifests))
      const given: Record<string, string> = {
        mode: 'status',
        'public-url': publicUrl,
        'bundle-dir': 'tailchat-bundles',
        'live-timeout': '1',
      }
      await runPipeline(
        parseInputs((name) => given[name] ?? ''),
        { root, event: readEvent({}), rulesUrl: '', log: () => undefined, wait: () => Promise.resolve() },
      )
    }),
  )
  expect(asked).toContain('/1.0.0/com.a.b/index.js')
  expect(asked.filter((url) => url.includes('private'))).toEqual([])
})

test('a message of several lines keeps its lines, and no control characters', () => {
  expect(visibleLines('one\u001b[31m\u001b]0;title\u0007\ntwo\u202e\rthree')).toBe('one\ntwo\\u202e three')
})
