import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { pathInCheckout } from '../../src/report/links.js'
import { temporaryDirectory } from '../support/files.js'
import { initRepository } from '../support/git.js'

describe('paths of annotations and SARIF are relative to', () => {
  test.each([
    ['the workspace, where that is the repository', '.', '.', '.'],
    ['the workspace, where Tailchat is a directory of the repository', '.', 'apps/chat', 'apps/chat'],
    ['the repository that actions/checkout put below the workspace', 'sub/repo', 'sub/repo', '.'],
    ['that repository, where Tailchat is a directory of it', 'sub/repo', 'sub/repo/chat', 'chat'],
    ['the workspace, where there is no repository', undefined, 'a/b', 'a/b'],
    ['the workspace, where the repository is around it and no checkout of the step', '..', 'a', 'a'],
  ])('%s', (_, repository, path, expected) => {
    const workspace = join(realpathSync(temporaryDirectory('place')), 'workspace')
    mkdirSync(join(workspace, path), { recursive: true })
    if (repository !== undefined) initRepository(join(workspace, repository))
    expect(pathInCheckout(workspace, join(workspace, path))).toBe(expected)
  })
})
