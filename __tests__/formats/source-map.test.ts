import { describe, expect, test } from '@jest/globals'
import { originalPlace } from '../../src/formats/source-map.js'

/** Generated: `a();` `b();` on line 1, `c();` on line 3; of one.ts line 1 and 2, and two.ts line 5, column 3. */
const MAP = JSON.stringify({
  version: 3,
  sources: ['../src/one.ts', '../src/two.ts'],
  mappings: 'AAAA,IACA;;ACGE',
})

describe('a place of generated code', () => {
  test.each([
    [1, 1, { source: '../src/one.ts', line: 1, column: 1 }],
    [1, 4, { source: '../src/one.ts', line: 1, column: 1 }],
    [1, 5, { source: '../src/one.ts', line: 2, column: 1 }],
    [1, 500, { source: '../src/one.ts', line: 2, column: 1 }],
    [3, 1, { source: '../src/two.ts', line: 5, column: 3 }],
  ])('at %i:%i comes from the source that the map names', (line, column, place) => {
    expect(originalPlace(MAP, line, column)).toEqual(place)
  })

  test.each([
    ['on a line without a mapping', MAP, 2],
    ['behind the last line', MAP, 9],
    ['of a map that is not JSON', '<!DOCTYPE html>', 1],
    ['of a map without mappings', '{"version":3,"sources":[]}', 1],
    ['of a map with characters that mean nothing', JSON.stringify({ sources: ['a'], mappings: '!!!!' }), 1],
    ['of a map that names a source it does not have', JSON.stringify({ sources: [], mappings: 'AAAA' }), 1],
  ])('%s has no known source', (_name, map, line) => {
    expect(originalPlace(map, line, 1)).toBeUndefined()
  })
})
