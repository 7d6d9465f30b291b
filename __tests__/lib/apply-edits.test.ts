import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { applyEditsToDisk, putBack } from '../../src/lib/apply-edits.js'

let directory: string
let root: string

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'publish-apply-')))
  root = join(directory, 'repository')
  mkdirSync(root)
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Every path below the test's directory: what a left-over would show up in. */
const everything = (): string[] => readdirSync(directory, { recursive: true }).map(String).sort()

const REGISTRY = 'client/web/registry.json'

/** Two edits, of which the first can be carried out. */
const edits = [
  { file: REGISTRY, before: '[]\n', after: '[{}]\n' },
  { file: 'package.json', before: '{}\n', after: '{"a":1}\n' },
]

function writeBefore(): void {
  for (const { file, before } of edits) write(file, before)
}

describe('applying edits', () => {
  test('replaces each file whole and leaves no other file behind', () => {
    writeBefore()
    const before = everything()
    applyEditsToDisk(root, edits)
    expect(edits.map(({ file }) => read(file))).toEqual(edits.map(({ after }) => after))
    expect(everything()).toEqual(before)
  })

  test.each([
    ['a shorter text', 'a long text\n'.repeat(1000), 'x'],
    ['no text', 'a', ''],
    ['a byte order mark, CRLF and no newline at the end', '\uFEFFa\r\nb', '\uFEFFa\r\nb\r\n插件 🐱'],
    ['a text of a megabyte', 'a', '插'.repeat(350_000)],
  ])('writes the bytes as they are: %s', (_what, before, after) => {
    write('a', before)
    applyEditsToDisk(root, [{ file: 'a', before, after }])
    expect(readFileSync(join(root, 'a')).equals(Buffer.from(after))).toBe(true)
  })

  test.each([0o755, 0o600, 0o644, 0o664])('keeps the mode %o', (mode) => {
    write('script', 'a')
    chmodSync(join(root, 'script'), mode)
    applyEditsToDisk(root, [{ file: 'script', before: 'a', after: 'b' }])
    expect(statSync(join(root, 'script')).mode & 0o7777).toBe(mode)
  })

  test('replaces the file instead of writing into it: who reads the old one keeps it', () => {
    writeBefore()
    const old = statSync(join(root, REGISTRY)).ino
    applyEditsToDisk(root, edits)
    expect(statSync(join(root, REGISTRY)).ino).not.toBe(old)
  })

  test('does nothing without edits', () => {
    writeBefore()
    applyEditsToDisk(root, [])
    expect(read(REGISTRY)).toBe('[]\n')
  })
})

describe('files that come and go', () => {
  const rename = [
    { file: 'b.service.ts', before: undefined, after: 'text' },
    { file: 'a.Service.ts', before: 'text', after: undefined },
  ]

  test('a file without a text before is made', () => {
    mkdirSync(join(root, 'plugin'))
    applyEditsToDisk(root, [{ file: 'plugin/new.json', before: undefined, after: '{}\n' }])
    expect(read('plugin/new.json')).toBe('{}\n')
    expect(everything()).toEqual(['repository', 'repository/plugin', 'repository/plugin/new.json'])
  })

  test('a file without a text after is removed', () => {
    write('a.Service.ts', 'text')
    applyEditsToDisk(root, rename)
    expect(everything()).toEqual(['repository', 'repository/b.service.ts'])
    expect(read('b.service.ts')).toBe('text')
  })

  test('a new file never replaces one that has come meanwhile', () => {
    write('a.Service.ts', 'text')
    write('b.service.ts', 'other')
    expect(() => applyEditsToDisk(root, rename)).toThrow(
      'b.service.ts changed while it was being worked on: run again',
    )
    expect([read('a.Service.ts'), read('b.service.ts')]).toEqual(['text', 'other'])
  })

  test('both are undone when a later file cannot be written, and the mode comes back', () => {
    write('a.Service.ts', 'text')
    chmodSync(join(root, 'a.Service.ts'), 0o755)
    const changes = [...rename, { file: 'missing', before: 'a', after: 'b' }]
    expect(() => applyEditsToDisk(root, changes)).toThrow('missing changed')
    expect(everything()).toEqual(['repository', 'repository/a.Service.ts'])
    expect(read('a.Service.ts')).toBe('text')
    expect(statSync(join(root, 'a.Service.ts')).mode & 0o777).toBe(0o755)
  })

  test('a new file goes into no directory outside of the repository', () => {
    const outside = join(directory, 'outside')
    mkdirSync(outside)
    symlinkSync(outside, join(root, 'plugin'))
    expect(() =>
      applyEditsToDisk(root, [{ file: 'plugin/new.json', before: undefined, after: '{}' }]),
    ).toThrow('plugin/new.json is a symbolic link out of the repository')
    expect(readdirSync(outside)).toEqual([])
  })
})

describe('all edits or none', () => {
  function expectUntouched(work: () => void, message: string | RegExp): void {
    const before = everything()
    expect(work).toThrow(message)
    expect(read(REGISTRY)).toBe('[]\n')
    expect(everything()).toEqual(before)
  }

  test('a file that changed meanwhile is left as it is, and the one before it is put back', () => {
    writeBefore()
    write('package.json', '{ "changed": true }\n')
    expectUntouched(
      () => applyEditsToDisk(root, edits),
      'package.json changed while it was being worked on: run again',
    )
    expect(read('package.json')).toBe('{ "changed": true }\n')
  })

  test('a file that is gone puts the one before it back', () => {
    write(REGISTRY, '[]\n')
    expectUntouched(
      () => applyEditsToDisk(root, edits),
      'package.json changed while it was being worked on: run again',
    )
    expect(existsSync(join(root, 'package.json'))).toBe(false)
  })

  test('a directory in a file’s place puts the one before it back', () => {
    write(REGISTRY, '[]\n')
    mkdirSync(join(root, 'package.json'))
    expectUntouched(() => applyEditsToDisk(root, edits), /EISDIR/)
  })

  test('all of several files are put back, with their modes', () => {
    const files = ['a', 'b', 'c']
    for (const file of files) write(file, `${file} before`)
    chmodSync(join(root, 'a'), 0o755)
    const changes = [...files, 'missing'].map((file) => ({ file, before: `${file} before`, after: 'after' }))
    expect(() => applyEditsToDisk(root, changes)).toThrow('missing changed while it was being worked on')
    expect(files.map(read)).toEqual(files.map((file) => `${file} before`))
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o755)
    expect(everything()).toEqual(['repository', ...files.map((file) => `repository/${file}`)])
  })

  test('a file that goes away after the first was replaced puts all back', () => {
    write(REGISTRY, '[]\n')
    write('a', 'text')
    chmodSync(join(root, 'a'), 0o755)
    symlinkSync('a', join(root, 'link'))
    // The second removal meets what it would after another process was faster: nothing.
    const changes = [
      { file: REGISTRY, before: '[]\n', after: '[{}]\n' },
      { file: 'new', before: undefined, after: 'text' },
      { file: 'a', before: 'text', after: undefined },
      { file: 'link', before: 'text', after: undefined },
    ]
    expectUntouched(() => applyEditsToDisk(root, changes), /ENOENT/)
    expect(read('a')).toBe('text')
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o755)
  })

  test('a file that cannot be put back is reported with what went wrong first, and the others are put back', () => {
    write('old', 'before')
    write('replaced', 'after')
    const first = new Error('no space left on the device')
    const done = [
      { file: 'replaced', path: join(root, 'replaced'), old: join(root, 'old'), new: undefined },
      { file: 'gone/a', path: join(root, 'gone/a'), old: join(root, 'nothing'), new: undefined },
    ]
    const undo = (): void => putBack(done, first)
    expect(undo).toThrow(
      'no space left on the device; gone/a could not be put back (ENOENT): restore what git shows as changed',
    )
    expect(read('replaced')).toBe('before')
  })

  // Root may write into a directory that is read-only.
  const unlessRoot = process.getuid?.() === 0 ? test.skip : test
  unlessRoot('a directory that is read-only puts the one before it back', () => {
    write(REGISTRY, '[]\n')
    write('locked/package.json', '{}\n')
    chmodSync(join(root, 'locked'), 0o555)
    try {
      expectUntouched(
        () =>
          applyEditsToDisk(root, [
            { file: REGISTRY, before: '[]\n', after: '[{}]\n' },
            { file: 'locked/package.json', before: '{}\n', after: '{"a":1}\n' },
          ]),
        /EACCES/,
      )
    } finally {
      chmodSync(join(root, 'locked'), 0o755)
    }
  })
})

describe('what a killed run has left', () => {
  const leftover = '.tailchat-plugins.tmp'

  test.each([
    ['with something to write', edits],
    ['with nothing to write', []],
  ])('goes with the next run, %s', (_what, changes) => {
    writeBefore()
    const before = everything()
    write(`${leftover}/0.new`, 'half a te')
    applyEditsToDisk(root, changes)
    expect(everything()).toEqual(before)
  })

  test('a directory of that name that the repository has itself stays, and nothing is written', () => {
    writeBefore()
    write(`${leftover}/notes.md`, 'ours')
    const before = everything()
    applyEditsToDisk(root, [])
    expect(() => applyEditsToDisk(root, edits)).toThrow(/is in the way/)
    expect(everything()).toEqual(before)
  })

  test.each<[string, (path: string) => void]>([
    ['a link in the place of its .gitignore', (path) => symlinkSync('/dev/zero', path)],
    ['a directory in the place of its .gitignore', (path) => mkdirSync(path)],
    ['a .gitignore of another text', (path) => writeFileSync(path, 'x\n')],
  ])('a directory with %s is the repository’s own, and stays', (_what, put) => {
    writeBefore()
    write(`${leftover}/0.new`, 'ours')
    put(join(root, leftover, '.gitignore'))
    expect(() => applyEditsToDisk(root, edits)).toThrow(/is in the way/)
    expect(read(`${leftover}/0.new`)).toBe('ours')
  })

  test('a link in its place stays as it is, and so does what it leads to', () => {
    writeBefore()
    const outside = join(directory, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, '0.new'), 'text')
    symlinkSync(outside, join(root, leftover))
    const before = read('package.json')
    expect(() => applyEditsToDisk(root, edits)).toThrow(/is in the way/)
    expect(readdirSync(outside)).toEqual(['0.new'])
    expect(lstatSync(join(root, leftover)).isSymbolicLink()).toBe(true)
    expect(read('package.json')).toBe(before)
  })
})

describe('symbolic links', () => {
  test('one inside the repository is written through, and stays a link', () => {
    write('config/package.json', '{}\n')
    symlinkSync('config/package.json', join(root, 'package.json'))
    applyEditsToDisk(root, [{ file: 'package.json', before: '{}\n', after: '{"a":1}\n' }])
    expect(lstatSync(join(root, 'package.json')).isSymbolicLink()).toBe(true)
    expect(read('config/package.json')).toBe('{"a":1}\n')
    expect(everything()).toEqual([
      'repository',
      'repository/config',
      'repository/config/package.json',
      'repository/package.json',
    ])
  })

  test('a directory inside the repository is written through', () => {
    write('web/registry.json', '[]\n')
    symlinkSync('web', join(root, 'client'))
    applyEditsToDisk(root, [{ file: 'client/registry.json', before: '[]\n', after: '[{}]\n' }])
    expect(read('web/registry.json')).toBe('[{}]\n')
  })

  test.each<[string, (outside: string) => string]>([
    ['a file', (outside) => outside],
    ['a file, by a relative path', () => '../outside/package.json'],
  ])('one out of the repository is refused: %s', (_what, target) => {
    const outside = join(directory, 'outside', 'package.json')
    mkdirSync(dirname(outside))
    writeFileSync(outside, '{}\n')
    write(REGISTRY, '[]\n')
    symlinkSync(target(outside), join(root, 'package.json'))
    expect(() => applyEditsToDisk(root, edits)).toThrow(
      'package.json is a symbolic link out of the repository',
    )
    expect(readFileSync(outside, 'utf8')).toBe('{}\n')
    expect(read(REGISTRY)).toBe('[]\n')
  })

  test.each([
    ['a file', '.git/config', 'package.json', 'text'],
    ['a directory', '.git/hooks', 'hooks/pre-commit', undefined],
  ])('one into the git directory is refused: %s', (_what, target, file, before) => {
    write('.git/config', 'text')
    mkdirSync(join(root, '.git/hooks'))
    symlinkSync(target, join(root, file.split('/')[0] ?? ''))
    expect(() => applyEditsToDisk(root, [{ file, before, after: 'evil' }])).toThrow(
      `${file} leads into the .git directory`,
    )
    expect(read('.git/config')).toBe('text')
  })

  test('a directory out of the repository is refused', () => {
    const outside = join(directory, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'registry.json'), '[]\n')
    symlinkSync(outside, join(root, 'client'))
    expect(() =>
      applyEditsToDisk(root, [{ file: 'client/registry.json', before: '[]\n', after: 'x' }]),
    ).toThrow('client/registry.json is a symbolic link out of the repository')
    expect(readdirSync(outside)).toEqual(['registry.json'])
  })

  test('a sibling whose name only begins like the repository is outside', () => {
    mkdirSync(`${root}-2`)
    writeFileSync(`${root}-2/package.json`, '{}\n')
    symlinkSync(`${root}-2/package.json`, join(root, 'package.json'))
    expect(() => applyEditsToDisk(root, [{ file: 'package.json', before: '{}\n', after: 'x' }])).toThrow(
      'package.json is a symbolic link out of the repository',
    )
  })

  test('a dangling link is not a file, and nothing is created', () => {
    symlinkSync('missing', join(root, 'package.json'))
    expect(() => applyEditsToDisk(root, [{ file: 'package.json', before: '{}\n', after: 'x' }])).toThrow()
    expect(existsSync(join(root, 'missing'))).toBe(false)
  })
})
