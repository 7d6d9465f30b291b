import { Session } from 'node:inspector/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { READERS } from '../support/readers.js'

/**
 * Counts how often the parts of this project's functions run, which is the same on every machine. What runs inside of a
 * library, an engine's own function or a regular expression does not count: patterns.test.ts looks at those.
 */
const session = new Session()

beforeAll(async () => {
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
})
afterAll(() => session.disconnect())

/** Every count begins where the one before ended. */
async function count(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  return result
    .filter(({ url }) => url.includes('/src/'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count: times }) => sum + times, 0)
}

const SIZE = 400
/** Twice the text may take this much more work: linear is 2, quadratic is 4. */
const MOST = 2.6

/** Reads twice as much, and gives the factor of the work. */
async function factorOf(read: (text: string) => unknown, textOf: (size: number) => string): Promise<number> {
  await count()
  await read(textOf(SIZE))
  const once = await count()
  await read(textOf(2 * SIZE))
  const twice = await count()
  // What is over after a few hundred steps stopped at a limit.
  if (twice < 20 * SIZE) return 0
  if (once >= SIZE) return twice / once
  // The shorter text was over at its first character: the next doubling tells.
  await read(textOf(4 * SIZE))
  return (await count()) / twice
}

test('the count notices work that grows with the square of a text', async () => {
  const { globMatcher } = await import('../../src/lib/glob.js')
  const square = (text: string): void => {
    for (let index = 0; index < text.length; index += 10) globMatcher(text)
  }
  expect(await factorOf(square, (size) => 'a'.repeat(size))).toBeGreaterThan(3)
})

/** Counting takes longer than reading: `npm test` only repeats each sample, `npm run test:properties` these as well. */
const REPEATED =
  process.env['FAST_CHECK_RUNS'] === undefined
    ? []
    : [
        ' ',
        '\n',
        '/*',
        '`${',
        '[',
        '{a: ',
        '*a',
        '**/',
        ' \\\n',
        'import\n',
        "x = 'y', ",
        'a: b\n',
        'a.b();\n',
      ]

describe('twice as much of anything takes a reader at most so much more work', () => {
  test.each(Object.entries(READERS))('%s', async (_what, { read, sample }) => {
    await read(sample)
    const slow: string[] = []
    for (const token of REPEATED) {
      const factor = await factorOf(read, (size) => sample + token.repeat(size))
      if (factor > MOST) slow.push(`${JSON.stringify(token)} × ${factor.toFixed(1)}`)
    }
    const lines = sample.endsWith('\n') ? sample : `${sample}\n`
    const factor = await factorOf(read, (size) => lines.repeat(size / 10))
    if (factor > MOST) slow.push(`itself × ${factor.toFixed(1)}`)
    expect(slow).toEqual([])
  })
})
