import { describe, expect, test } from '@jest/globals'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheProblems } from '../../src/image/build-log.js'
import { writableCaches } from '../../src/image/caches.js'

describe('the caches that a build’s log tells of', () => {
  test.each<[string, string[], string[]]>([
    [
      'one that could not be asked for',
      [
        '#4 importing cache manifest from ghcr.io/acme/cache:main',
        '#4 ERROR: failed to configure registry cache importer: ghcr.io/acme/cache:main: not found',
      ],
      [
        'Cache: importing cache manifest from ghcr.io/acme/cache:main failed, and the build went on without it: failed to configure registry cache importer: ghcr.io/acme/cache:main: not found',
      ],
    ],
    [
      'one that could not be written, among other steps',
      [
        '#7 exporting cache to registry',
        '#8 exporting to image',
        '#7 preparing build cache for export 0.1s done',
        '#7 ERROR: error writing layer blob: connection refused',
        '#8 DONE 0.1s',
      ],
      [
        'Cache: exporting cache to registry failed, and the build went on without it: error writing layer blob: connection refused',
      ],
    ],
    [
      'a directory without a cache',
      ['WARNING: local cache import at /cache not found due to err: could not read /cache/index.json'],
      [
        'Cache: local cache import at /cache not found due to err: could not read /cache/index.json; the build went on without it',
      ],
    ],
    [
      'the same one in a second build',
      [
        '#1 importing cache manifest from a',
        '#1 ERROR: x',
        '#1 importing cache manifest from a',
        '#1 ERROR: x',
      ],
      ['Cache: importing cache manifest from a failed, and the build went on without it: x'],
    ],
    ['none, where all went well', ['#4 importing cache manifest from a', '#4 DONE 0.1s'], []],
    ['none, where another step failed', ['#5 [2/2] RUN false', '#5 ERROR: exit code: 1'], []],
  ])('%s', (_what, lines, problems) => {
    expect(cacheProblems(lines)).toEqual(problems)
  })
})

describe('a cache that is written to a directory', () => {
  test('is left out where it can’t be, and nothing is made', () => {
    const directory = mkdtempSync(join(tmpdir(), 'caches-'))
    const file = join(directory, 'file')
    writeFileSync(file, '')
    const good = [
      'type=gha,mode=max',
      'ghcr.io/acme/cache',
      `type=local,dest=${directory}/a/b,mode=max`,
      `dest=${directory},type=local`,
    ]
    const bad = [`type=local,dest=${file}`, `type=local,mode=max,dest=${file}/below`]
    try {
      expect(writableCaches([...good, ...bad])).toEqual({
        usable: good,
        problems: [file, `${file}/below`].map(
          (each) => `Cache: ${each} cannot be written (ENOTDIR), and the build goes on without it.`,
        ),
      })
      expect(existsSync(join(directory, 'a'))).toBe(false)
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
