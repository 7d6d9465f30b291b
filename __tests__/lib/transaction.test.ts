import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { undoInterrupted } from '../../src/lib/transaction.js'

let directory: string
let root: string

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'transaction-')))
  root = join(directory, 'repository')
  mkdirSync(root)
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** Leaves what a run leaves that was killed after these steps; one old content waits, as `0.old`. */
function interrupt(...steps: object[]): void {
  const staging = join(root, '.tailchat-plugins.tmp')
  mkdirSync(staging)
  writeFileSync(join(staging, '.gitignore'), '*\n')
  writeFileSync(join(staging, '0.old'), 'old')
  writeFileSync(join(staging, 'journal'), steps.map((step) => `${JSON.stringify(step)}\n`).join(''))
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('undoing a transaction that was interrupted', () => {
  test('puts a file back, with the directory that went with it', () => {
    interrupt({ file: 'gone/a', old: '0.old', digest: null })
    expect(undoInterrupted(root)).toBe(true)
    expect(readFileSync(join(root, 'gone/a'), 'utf8')).toBe('old')
    expect(existsSync(join(root, '.tailchat-plugins.tmp'))).toBe(false)
  })

  test('never overwrites what a person changed afterwards', () => {
    writeFileSync(join(root, 'a'), 'of a person')
    interrupt({ file: 'a', old: '0.old', digest: sha256('new') })
    expect(() => undoInterrupted(root)).toThrow('a changed since')
    expect(readFileSync(join(root, 'a'), 'utf8')).toBe('of a person')
  })

  // The journal may be a file that somebody committed.
  test.each(['../outside/a', '.git/hooks/a'])('makes no directory for the path %s', (file) => {
    interrupt({ file, old: '0.old', digest: null })
    expect(() => undoInterrupted(root)).toThrow(file)
    expect(existsSync(join(root, file, '..'))).toBe(false)
  })

  test('removes no directory outside of the repository', () => {
    mkdirSync(join(directory, 'outside'))
    interrupt({ made: '../outside' })
    expect(undoInterrupted(root)).toBe(true)
    expect(existsSync(join(directory, 'outside'))).toBe(true)
  })
})
