import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { READERS, TOKENS } from '../support/readers.js'

/** `npm run test:properties` runs 10,000 cases in all: some of them are long texts. */
const cases = Number(process.env['FAST_CHECK_RUNS'] ?? 500)
const settings = { numRuns: Math.ceil(cases / Object.keys(READERS).length) }

const token = fc.constantFrom(...TOKENS)
const part = fc.oneof(
  token,
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('a', '0', '\n', ' '),
)
const soup = fc.array(part, { maxLength: 60 }).map((parts) => parts.join(''))
/** More than any reader goes down. */
const deep = fc
  .tuple(token, fc.integer({ min: 200, max: 2000 }), token)
  .map(([open, times, close]) => open.repeat(times) + close.repeat(times))

/** A sound text that was cut, or in which something else stands in the place of a part; or no such text at all. */
function hostile(sample: string): fc.Arbitrary<string> {
  const place = fc.integer({ min: 0, max: sample.length })
  const replaced = fc.tuple(place, place, fc.oneof(soup, deep)).map(([one, other, middle]) => {
    const [start, end] = [Math.min(one, other), Math.max(one, other)]
    return sample.slice(0, start) + middle + sample.slice(end)
  })
  return fc.oneof(
    { weight: 4, arbitrary: replaced },
    { weight: 1, arbitrary: place.map((end) => sample.slice(0, end)) },
    { weight: 2, arbitrary: soup },
    { weight: 1, arbitrary: deep },
  )
}

describe('whatever a repository holds in its place, a reader returns', () => {
  test.each(Object.entries(READERS))('%s', async (_what, { read, sample }) => {
    await read(sample)
    await fc.assert(
      fc.asyncProperty(hostile(sample), async (text) => {
        await read(text)
      }),
      settings,
    )
    // Nothing of it reached what all objects share.
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })
})
