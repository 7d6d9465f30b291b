import { describe, expect, test } from '@jest/globals'
import { readDockerIgnore } from '../../src/formats/dockerignore.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { createSample } from '../support/sample.js'

const read = (text: string): ReturnType<typeof readDockerIgnore> =>
  readDockerIgnore({ path: '.dockerignore', text })

// What each pattern means is held against BuildKit itself in e2e/dockerignore.e2e.ts.
describe('a .dockerignore that is not understood keeps nothing out that could be in the image', () => {
  test.each<[string, string, number[]]>([
    ['more wildcards than are matched', 'a\n**/*.*.*.*.map', [2]],
    ['a pattern longer than any that a person writes', `${'a'.repeat(1001)}\nb`, [1]],
    ['a bracket that is never closed', 'a\n[b', [2]],
    ['a class by name, which JavaScript reads in another way', '[[:alpha:]]b', [1]],
    ['an escaped letter, which is an assertion in a regular expression', '*\\B*', [1]],
    ['an exception that is not understood', '*\n!a*b*c*d*e*f', [2]],
    ['more patterns than are read', 'a\n'.repeat(1001), [1001]],
  ])('%s', (_title, text, lines) => {
    const ignore = read(text)
    expect(ignore.problems.map(({ line }) => line)).toEqual(lines)
    expect(ignore.keepsOut('xmap.b.c.d.e.map')).toBe(false)
  })

  test('an exception that is not understood lets in everything that earlier lines keep out, and no later ones', () => {
    const ignore = read('docs\n!**/*.*.*.*.map\nsrc')
    expect(['docs/a', 'src/a'].map((path) => ignore.keepsOut(path))).toEqual([false, true])
  })

  test.each([
    ['stars in one name', `${'*a'.repeat(4)}b`, 'a'.repeat(4000)],
    ['double stars', `${'**/'.repeat(4)}b`, 'a/'.repeat(2000)],
    ['many patterns with all the wildcards', '*a*a*a*b\n'.repeat(1000), 'a'.repeat(200)],
    ['stars that stand together', `${'*'.repeat(900)}b`, `${'a'.repeat(200)}/c`],
  ])('a path that would take long to match counts as part of the image: %s', (_title, text, path) => {
    expect(read(text).keepsOut(path)).toBe(false)
  })
})

test('a .dockerignore counts for paths of its build context, and keeps nothing out elsewhere', async () => {
  const sample = createSample()
  try {
    sample.write('server/.dockerignore', 'plugins\n')
    sample.write('.dockerignore', 'client\n')
    const { dockerIgnore } = await readWorkspace(sample.directory, {
      dockerfile: 'Dockerfile',
      context: 'server',
    })
    const paths = ['server/plugins/a', 'plugins/a', 'client/a']
    expect(paths.map((path) => dockerIgnore?.keepsOut(path))).toEqual([true, false, false])
  } finally {
    sample.remove()
  }
})
