import { describe, expect, test } from '@jest/globals'
import { isServiceOf, reasonToKeep, removalsBetween } from '../../src/image/removal.js'
import { type Offering, offeringLabels, readOffering, serviceLabels } from '../../src/image/record.js'

type Names = readonly string[]
const offering = (plugins: Names, bundles: Names = [], services: Names = []): Offering => ({
  plugins,
  bundles,
  services,
})
const labelsOf = ({ services, ...rest }: Offering) => ({
  ...offeringLabels(rest),
  ...serviceLabels({ services, available: [] }),
})

describe('what an image records of its plugins', () => {
  test('is read as it was written', () => {
    const one = offering(['a', 'b "x"'], ['a'], ['plugin:a'])
    expect(readOffering(labelsOf(one))).toEqual(one)
  })

  test('is known to be nothing where the labels are empty lists', () => {
    expect(readOffering(labelsOf(offering([])))).toEqual(offering([]))
  })

  test.each([
    'tailchat-plugin-deploy.plugins',
    'tailchat-plugin-deploy.bundles',
    'tailchat-plugin-deploy.services',
  ])('is unknown without the label %s, or where it is no list of names', (label) => {
    const all = Object.entries(labelsOf(offering(['a'], ['a'], ['plugin:a'])))
    const without = Object.fromEntries(all.filter(([name]) => name !== label))
    expect(readOffering(without)).toBeUndefined()
    expect(readOffering({ ...without, [label]: '' })).toBeUndefined()
    expect(readOffering({ ...without, [label]: '[1]' })).toBeUndefined()
  })
})

test('removals are named by kind: a plugin, a front end that is no longer offered, a service', () => {
  const before = offering(['a', 'b', 'c'], ['a', 'b'], ['plugin:b', 'plugin:c'])
  expect(removalsBetween(before, offering(['b', 'c', 'd'], ['d'], ['plugin:c']))).toEqual([
    { kind: 'plugin', name: 'a' },
    { kind: 'front end', name: 'a' },
    { kind: 'front end', name: 'b' },
    { kind: 'service', name: 'plugin:b' },
  ])
  expect(removalsBetween(before, before)).toEqual([])
})

describe('a deploy', () => {
  const four = offering(['a', 'b', 'c', 'd'], ['a', 'b', 'c'], ['plugin:a', 'plugin:b.x'])
  test.each<[string, Offering, string[], string | undefined]>([
    [
      'goes on where one of four plugins goes',
      offering(['b', 'c', 'd'], ['b', 'c'], four.services),
      [],
      undefined,
    ],
    ['goes on where exactly half goes', offering(['c', 'd'], four.bundles, ['plugin:a']), [], undefined],
    [
      'stops where three of four plugins go',
      offering(['d'], four.bundles, four.services),
      [],
      '3 of 4 plugins',
    ],
    ['stops where all plugins go', offering([]), [], 'all 4 plugins'],
    ['stops where all services go and the plugins stay', { ...four, services: [] }, [], 'all 2 services'],
    [
      'stops where most front ends are no longer offered',
      { ...four, bundles: ['c'] },
      [],
      '2 of 3 front ends',
    ],
    ['goes on where allow-removal is all', offering([]), ['all'], undefined],
    [
      'goes on where allow-removal names the plugins, which covers their services and front ends',
      offering(['d']),
      ['a', 'b', 'c'],
      undefined,
    ],
    [
      'goes on where allow-removal names a service',
      { ...four, services: [] },
      ['plugin:a', 'plugin:b.x'],
      undefined,
    ],
    [
      'stops where allow-removal names only some of the removals',
      offering([]),
      ['a', 'b', 'c'],
      'all 4 plugins',
    ],
    ['stops where allow-removal names another plugin', { ...four, services: [] }, ['c'], 'all 2 services'],
  ])('%s', (_title, after, allowed, reason) => {
    expect(reasonToKeep(four, removalsBetween(four, after), allowed)).toBe(reason)
  })

  test('stops where the only plugin goes', () => {
    const one = offering(['a'])
    expect(reasonToKeep(one, removalsBetween(one, offering([])), [])).toBe('the only plugin')
  })
})

test.each([
  ['plugin:com.a', true],
  ['plugin:com.a.part', true],
  ['plugin:com.ab', false],
  ['plugin:com', false],
  ['com.a', false],
])('%s belongs to com.a: %s', (service, expected) => {
  expect(isServiceOf(service, new Set(['com.a']))).toBe(expected)
})
