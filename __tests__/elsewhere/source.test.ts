import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { declarePlugin, forgetPlugin } from '../../src/declarations/elsewhere/declare.js'
import { withSource } from '../../src/declarations/elsewhere/fetch.js'
import { parseLock, renderLock } from '../../src/declarations/elsewhere/lock.js'
import type { LockedPlugin } from '../../src/declarations/elsewhere/lock-schema.js'
import { parseSource, whyUnsafePath } from '../../src/declarations/elsewhere/source.js'
import { hashOfTree, readTree } from '../../src/declarations/elsewhere/tree.js'

const github = { kind: 'git', url: 'https://github.com/acme/theme.git', name: 'github:acme/theme' }

describe('a source of a plugin', () => {
  test.each([
    ['github:acme/theme', { ...github, ref: undefined, path: '' }],
    ['github:acme/theme#v1.2.0', { ...github, ref: 'v1.2.0', path: '' }],
    [
      'github:acme/theme/plugins/com.acme.theme#main',
      { ...github, ref: 'main', path: 'plugins/com.acme.theme' },
    ],
    [
      'https://git.acme.example/plugins.git#v2:plugins/com.acme.theme',
      {
        kind: 'git',
        url: 'https://git.acme.example/plugins.git',
        name: 'https://git.acme.example/plugins.git',
        ref: 'v2',
        path: 'plugins/com.acme.theme',
      },
    ],
    [
      'git@git.acme.example:acme/theme.git#feature/x',
      {
        kind: 'git',
        url: 'git@git.acme.example:acme/theme.git',
        name: 'git@git.acme.example:acme/theme.git',
        ref: 'feature/x',
        path: '',
      },
    ],
    ['npm:@acme/theme@^1.2', { kind: 'npm', name: '@acme/theme', range: '^1.2', path: '' }],
    ['npm:theme', { kind: 'npm', name: 'theme', range: 'latest', path: '' }],
    ['../theme', { kind: 'folder', directory: '../theme', path: '' }],
    ['./theme.tgz#:package', { kind: 'archive', file: './theme.tgz', path: 'package' }],
  ])('%s is understood', (text, source) => {
    expect(parseSource(text)).toEqual(source)
  })

  test.each([
    ['theme', 'is not a source'],
    ['github:acme', 'is not a source'],
    ['github:acme/theme/../x', 'leads out of the directory'],
    ['http://git.acme.example/theme.git', 'without encryption'],
    ['https://me:secret@git.acme.example/theme.git', 'credential helper'],
    ['https://git.acme.example/theme.git#--upload-pack=x', 'is not the name of a tag or a branch'],
    ['ext::sh -c id', 'is not a source'],
    ['ftp://acme.example/theme.git', 'is not a source'],
    ['./theme.zip', 'unpack it and name the folder'],
    ['npm:theme\n@1', 'control character'],
  ])('%j is refused', (text, reason) => {
    expect(() => parseSource(text)).toThrow(reason)
  })

  test.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    'C:/x',
    '.git/config',
    'a/.GIT/hooks/post-checkout',
    'git~1/config',
    'a\\b',
    'a\u202Eb',
    'a//b',
    'a/con. ',
    'x'.repeat(300),
  ])('a file of the path %j is refused', (path) => {
    expect(whyUnsafePath(path)).toEqual(expect.any(String))
  })
})

const locked: LockedPlugin = {
  source: 'github:acme/theme',
  ref: 'v1.2.0',
  commit: 'a'.repeat(40),
  directories: { 'client/web/plugins/com.acme.theme': '' },
  tree: `sha256-${'0'.repeat(64)}`,
  license: 'MIT',
}
const file = (text: string) => ({ path: 'tailchat-plugins.lock', text })

describe('the lock', () => {
  test('reads what it writes, sorted, whatever the order was', () => {
    const entries: [string, LockedPlugin][] = [
      ['com.acme.theme', locked],
      [
        'com.acme.audit',
        { ...locked, directories: { 'server/plugins/com.acme.audit': '' }, ref: 'on: "odd" # name' },
      ],
    ]
    const text = renderLock(new Map(entries))
    expect(renderLock(new Map([...entries].reverse()))).toBe(text)
    expect([...parseLock(file(text)).plugins]).toEqual([...entries].reverse())
    expect(text).toMatchInlineSnapshot(`
      "# Made by \`tailchat-plugins add\` and \`update\`: which plugins are from elsewhere, and what exactly their files are.
      version: 1
      plugins:
        com.acme.audit:
          source: github:acme/theme
          ref: 'on: "odd" # name'
          commit: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
          directories:
            server/plugins/com.acme.audit: ""
          tree: sha256-0000000000000000000000000000000000000000000000000000000000000000
          license: MIT

        com.acme.theme:
          source: github:acme/theme
          ref: v1.2.0
          commit: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
          directories:
            client/web/plugins/com.acme.theme: ""
          tree: sha256-0000000000000000000000000000000000000000000000000000000000000000
          license: MIT
      "
    `)
  })

  test('is read where it has no plugin', () => {
    expect(parseLock(file(renderLock(new Map()))).problems).toEqual([])
  })

  test.each([
    ['another version', 'version: 2\nplugins: {}\n', 'version'],
    ['an unknown key', 'version: 1\nplugins: {}\nmore: 1\n', 'more'],
    [
      'a name that leads elsewhere',
      renderLock(new Map([['../../a.b', locked]])),
      'is not the name of a plugin',
    ],
    ['a digest that is none', renderLock(new Map([['a.b', { ...locked, tree: 'x' }]])), 'tree'],
    ...['../x', '.github', 'server', 'server/plugins', 'server/plugins/c.d', 'server/plugins/a.b/../c.d'].map(
      (directory): [string, string, string] => [
        `the directory ${directory}`,
        renderLock(new Map([['a.b', { ...locked, directories: { [directory]: '' } }]])),
        'is not a directory of this plugin',
      ],
    ),
    ...(['source', 'ref', 'version'] as const).map((field): [string, string, string] => [
      `a terminal command in its ${field}`,
      renderLock(new Map([['a.b', { ...locked, directories: {}, [field]: 'v1\u001b[31m' }]])),
      'a control character',
    ]),
    ['half a merge', '<<<<<<< HEAD\nversion: 1\n', 'not valid YAML'],
  ])('with %s has no plugins and a problem', (_what, text, says) => {
    const { plugins, problems } = parseLock(file(text))
    expect(plugins.size).toBe(0)
    expect(problems[0]?.message).toContain(says)
  })
})

describe('a path that the lock names as a source', () => {
  let directory: string
  let root: string

  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'source-')))
    root = join(directory, 'repository')
    for (const each of ['repository/.git', 'repository/vendor', 'outside'])
      mkdirSync(join(directory, each), { recursive: true })
    symlinkSync(join(directory, 'outside'), join(root, 'out'))
    symlinkSync('.git', join(root, 'in'))
    symlinkSync('/dev/zero', join(root, 'endless.tgz'))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  const read = (path: string, isTerminal: boolean): Promise<string[]> =>
    withSource(parseSource(path), { root, token: '', isTerminal }, ({ files }) =>
      Promise.resolve([...files.keys()]),
    )

  test.each([
    ['../outside', 'leads out of the repository'],
    ['./../outside', 'leads out of the repository'],
    ['./vendor/../../outside', 'leads out of the repository'],
    ['/etc', 'leads out of the repository'],
    ['./out', 'leads out of the repository'],
    ['./endless.tgz', 'leads out of the repository'],
    ['./.git', 'leads into a .git directory'],
    ['./in', 'leads into a .git directory'],
  ])('is not read in a workflow where it is %s', async (path, reason) => {
    await expect(read(path, false)).rejects.toThrow(reason)
  })

  test.each(['./out', './endless.tgz', './.git', './in'])(
    'is not read at a terminal either where it is %s',
    async (path) => {
      await expect(read(path, true)).rejects.toThrow(/leads (?:out|into)/)
    },
  )

  test('is read at a terminal where it leads out openly, without a link', async () => {
    expect(await read('./../outside', true)).toEqual([])
  })
})

test('line endings do not change the digest of files, and everything else does', () => {
  const hash = (path: string, text: string) => hashOfTree(new Map([[path, Buffer.from(text)]]))
  expect(hash('a', 'x\r\ny')).toBe(hash('a', 'x\ny'))
  const others = [hash('a', 'x\ny'), hash('a', 'x\ny\n'), hash('b', 'x\ny'), hash('a', 'x\0\r\ny')]
  expect(new Set(others).size).toBe(others.length)
})

test('files behind a link above their directory are not read, if it leads out of the repository', () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'tree-')))
  const root = join(directory, 'repository')
  mkdirSync(join(directory, 'outside/com.acme.theme'), { recursive: true })
  writeFileSync(join(directory, 'outside/com.acme.theme/secret'), 'x')
  mkdirSync(join(root, 'inside/com.acme.theme'), { recursive: true })
  writeFileSync(join(root, 'inside/com.acme.theme/a'), 'x')
  symlinkSync(join(directory, 'outside'), join(root, 'out'))
  const { tree, links } = readTree(root, ['out/com.acme.theme', 'inside/com.acme.theme', 'none'])
  expect([[...tree.keys()], links]).toEqual([['inside/com.acme.theme/a'], ['out/com.acme.theme']])
  rmSync(directory, { recursive: true })
})

describe('a plugin is declared without a change to another byte', () => {
  const entry = '  com.acme.new: {}\n'
  test.each([
    ['behind the others', 'plugins:\n  a.b: {}\n', `plugins:\n  a.b: {}\n${entry}`],
    [
      'before what follows',
      'plugins:\n  a.b: # x\n    offer: hidden\n\nrules: {}\n',
      `plugins:\n  a.b: # x\n    offer: hidden\n${entry}\nrules: {}\n`,
    ],
    ['in an empty map', 'version: 1\nplugins: {}\n', `version: 1\nplugins:\n${entry}`],
    ['in no map', 'plugins: # none\nrules: {}\n', `plugins: # none\n${entry}rules: {}\n`],
    ['in a file without plugins', 'version: 1', `version: 1\nplugins:\n${entry}`],
    ['without a last line end', 'plugins:\n    a.b: {}', 'plugins:\n    a.b: {}\n    com.acme.new: {}\n'],
    [
      'with the line ends of Windows',
      'plugins:\r\n  a.b: {}\r\n',
      'plugins:\r\n  a.b: {}\r\n  com.acme.new: {}\r\n',
    ],
  ])('%s, and taken out again', (_where, before, after) => {
    expect(declarePlugin(before, 'com.acme.new', '')).toBe(after)
    expect(declarePlugin(after, 'com.acme.new', '')).toBe(after)
    expect(forgetPlugin(after, 'com.acme.new')).not.toContain('com.acme.new')
  })

  test('as a block, into which another line can be written', () => {
    const declared = declarePlugin('plugins:\n  a.b: {}\n', 'com.acme.new', 'offer: registry')
    expect(declared).toBe('plugins:\n  a.b: {}\n  com.acme.new:\n    offer: registry\n')
    expect(forgetPlugin(declared, 'com.acme.new')).toBe('plugins:\n  a.b: {}\n')
  })

  test('by hand where the plugins are on one line', () => {
    expect(() => declarePlugin('plugins: { a.b: {} }\n', 'com.acme.new', '')).toThrow('by hand')
  })
})
