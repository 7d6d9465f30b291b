import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { writeFileWithin } from '../../src/lib/files.js'
import { nearest } from '../../src/lib/nearest.js'
import { readWorkspace } from '../../src/workspace/read.js'
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
