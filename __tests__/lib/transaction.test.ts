import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { STAGING } from '../../src/lib/apply-edits.js'
import { isInterrupted, undoInterrupted, withTransaction } from '../../src/lib/transaction.js'

let directory: string
let root: string
let staging: string

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'transaction-')))
  root = join(directory, 'repository')
  staging = join(root, STAGING)
  mkdirSync(staging, { recursive: true })
  writeFileSync(join(staging, '.gitignore'), '*\n')
  writeFileSync(join(root, 'kept.txt'), 'kept\n')
  mkdirSync(join(directory, 'empty'))
  writeFileSync(join(directory, 'precious.txt'), 'precious\n')
  symlinkSync(directory, join(root, 'out'))
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

function journal(...steps: object[]): void {
  writeFileSync(join(staging, 'journal'), steps.map((step) => `${JSON.stringify(step)}\n`).join(''))
}

function outside(): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('repository/'))
    .sort()
}

const git = (...args: string[]): void => {
  execFileSync('git', ['-C', root, ...args], { stdio: 'pipe' })
}

describe('A journal of a killed run that somebody made up', () => {
  test.each<[string, object]>([
    ['a directory above', { made: '../empty' }],
    ['a directory behind a link', { made: 'out/empty' }],
    ['a file above', { file: '../precious.txt', old: null, digest: digest('precious\n') }],
    ['a file behind a link', { file: 'out/precious.txt', old: null, digest: digest('precious\n') }],
    ['a new file in new directories above', { file: '../a/b/c', old: '0.old', digest: null }],
    ['a new file in new directories behind a link', { file: 'out/a/b/c', old: '0.old', digest: null }],
    ['a file in .git', { file: '.git/hooks/pre-commit', old: '0.old', digest: null }],
  ])('changes nothing outside of the repository by naming %s', async (_, step) => {
    writeFileSync(join(staging, '0.old'), 'evil\n')
    journal(step)
    const before = outside()
    await undoInterrupted(root).catch(() => undefined)
    expect(outside()).toEqual(before)
    expect(readFileSync(join(directory, 'precious.txt'), 'utf8')).toBe('precious\n')
    expect(existsSync(join(root, '.git'))).toBe(false)
  })

  test('brings no file of the machine into the repository through a link in its old content', async () => {
    symlinkSync(join(directory, 'precious.txt'), join(staging, '0.old'))
    journal({ file: 'server/stolen.txt', old: '0.old', digest: null })
    await expect(undoInterrupted(root)).rejects.toThrow(`${STAGING}/0.old is not a file`)
    expect(existsSync(join(root, 'server'))).toBe(false)
  })

  test('is obeyed in nothing where git knows it', async () => {
    writeFileSync(join(staging, '0.old'), 'evil\n')
    journal({ file: 'kept.txt', old: '0.old', digest: digest('kept\n') })
    git('init', '--quiet')
    git('add', '--force', STAGING)
    await expect(undoInterrupted(root)).rejects.toThrow('is under version control')
    expect(readFileSync(join(root, 'kept.txt'), 'utf8')).toBe('kept\n')
  })

  test('is not read where it is larger than any that a run writes', async () => {
    journal({ file: 'kept.txt', old: null, digest: digest('kept\n') })
    truncateSync(join(staging, 'journal'), 2 ** 40)
    await expect(undoInterrupted(root)).rejects.toThrow('is larger than any that a run writes')
    expect(readFileSync(join(root, 'kept.txt'), 'utf8')).toBe('kept\n')
  })

  test('is none where its .gitignore is a link, which may lead to a device without an end', () => {
    journal({ made: 'server' })
    rmSync(join(staging, '.gitignore'))
    symlinkSync('/dev/zero', join(staging, '.gitignore'))
    expect(isInterrupted(root)).toBe(false)
  })
})

test('A transaction that ends makes, replaces and removes files and directories, and leaves nothing else', async () => {
  for (const path of [staging, join(root, 'out')]) rmSync(path, { recursive: true })
  mkdirSync(join(root, 'old/deep'), { recursive: true })
  writeFileSync(join(root, 'old/deep/a'), 'a\n')
  const changes = [
    { file: 'kept.txt', after: 'new\n' },
    { file: 'old/deep/a', after: undefined },
    { file: 'made/deep/b', after: 'b\n' },
  ]
  const files = (): string[] => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()
  const before = files()
  await expect(
    withTransaction(root, (apply) => {
      apply(changes)
      return Promise.reject(new Error('no'))
    }),
  ).rejects.toThrow('no')
  expect(files()).toEqual(before)
  expect(readFileSync(join(root, 'kept.txt'), 'utf8')).toBe('kept\n')
  await withTransaction(root, (apply) => {
    apply(changes)
    return Promise.resolve()
  })
  expect(files()).toEqual(['kept.txt', 'made', 'made/deep', 'made/deep/b'])
  expect(readFileSync(join(root, 'kept.txt'), 'utf8')).toBe('new\n')
})

describe('What a killed run left', () => {
  test('is put back with the directory that went with it', async () => {
    writeFileSync(join(staging, '0.old'), 'old\n')
    journal({ file: 'gone/a', old: '0.old', digest: null })
    expect(await undoInterrupted(root)).toBe(true)
    expect(readFileSync(join(root, 'gone/a'), 'utf8')).toBe('old\n')
    expect(existsSync(staging)).toBe(false)
  })

  test('is not put back over what a person changed afterwards', async () => {
    writeFileSync(join(staging, '0.old'), 'old\n')
    journal({ file: 'kept.txt', old: '0.old', digest: digest('new\n') })
    await expect(undoInterrupted(root)).rejects.toThrow('kept.txt changed since')
    expect(readFileSync(join(root, 'kept.txt'), 'utf8')).toBe('kept\n')
  })
})

test('What a killed run left is undone in a git repository that does not know it', async () => {
  git('init', '--quiet')
  writeFileSync(join(staging, '0.old'), 'before\n')
  mkdirSync(join(root, 'server/new'), { recursive: true })
  journal({ made: 'server/new' }, { file: 'kept.txt', old: '0.old', digest: digest('kept\n') })
  expect(await undoInterrupted(root)).toBe(true)
  expect(readFileSync(join(root, 'kept.txt'), 'utf8')).toBe('before\n')
  expect(existsSync(join(root, 'server/new'))).toBe(false)
  expect(existsSync(staging)).toBe(false)
})

test.each(['in/hooks', 'in/hooks/pre-commit', 'in/new/pre-commit'])(
  'A transaction writes nothing into the git directory through a link: %s',
  async (file) => {
    git('init', '--quiet', '--template=')
    symlinkSync('.git', join(root, 'in'))
    rmSync(staging, { recursive: true })
    const before = readdirSync(join(root, '.git'), { recursive: true })
    const work = withTransaction(root, (apply) => Promise.resolve(apply([{ file, after: 'evil' }])))
    await expect(work).rejects.toThrow('leads where nothing is written')
    expect(readdirSync(join(root, '.git'), { recursive: true })).toEqual(before)
  },
)
