import { expect, test } from '@jest/globals'
import { MAX_YAML_DEPTH, readYaml, yamlNestedTooDeep } from '../../src/formats/yaml.js'

const MANY = MAX_YAML_DEPTH + 1

test.each([
  ['brackets', '['.repeat(MANY)],
  ['lists on one line', `${'- '.repeat(MANY)}a`],
  ['maps on one line', `${': '.repeat(MANY)}a`],
  ['maps behind a text on one line', `a ${': '.repeat(MANY)}b`],
  ['maps behind a comma', `a , ${': '.repeat(MANY)}b`],
])('YAML nested by %s is not handed to the library, which would use up the stack', async (_what, text) => {
  expect(yamlNestedTooDeep(text)).toBeGreaterThanOrEqual(0)
  expect(await readYaml(text)).toMatchObject({ problem: `nested more than ${MAX_YAML_DEPTH} deep` })
})

test.each([
  [
    'an object of many keys on one line',
    `{ ${Array.from({ length: MANY }, (_, n) => `k${n}: ${n}`).join(', ')} }`,
  ],
  ['a list of many items', '- a: b\n'.repeat(MANY)],
  ['a sentence with dashes', `a: ${'b-c: '.repeat(3)}`],
])('YAML with %s is not nested deeply', (_what, text) => {
  expect(yamlNestedTooDeep(text)).toBeUndefined()
})
