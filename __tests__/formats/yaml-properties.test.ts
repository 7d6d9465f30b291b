import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { readPlainYaml, type YamlNode } from '../../src/formats/yaml.js'

const numRuns = Number(process.env['FAST_CHECK_RUNS'] ?? 500)

/** What a node holds, with every scalar as its text. */
function held(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.text
  if (node.kind === 'list') return node.items.map(held)
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, held(value)]))
}

/** What the library reads, in the same form: without types, so that every scalar is its text. */
function byLibrary(text: string): unknown {
  return strings(parse(text, { schema: 'failsafe' }))
}

function strings(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(strings)
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, strings(each)]))
}

function scalarsOf(node: YamlNode): { text: string; start: number; end: number }[] {
  if (node.kind === 'scalar') return [node]
  const inside = node.kind === 'list' ? node.items : [...node.entries.values()].map(({ value }) => value)
  return inside.flatMap(scalarsOf)
}

/** Scalars as compose files have them, quoted and not, and what only looks like one. */
const scalar = fc.constantFrom(
  ...['a', 'b c', '1', '~', 'null', '-x', '-', '?', '? x', ':', ':x', 'x:', 'x: y', 'x:y', '11000:80'],
  ...['redis://redis:6379', '#', 'a #b', 'a#b', "'it''s'", '"a b"', '"a # b"', '"\\n"', "'", '"', "'a'b"],
  ...[
    '[]',
    '{}',
    '[a, b]',
    '[a',
    '[ "a", \'b, c\' ]',
    '{a: b}',
    '&a b',
    '*a',
    '!x y',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
  ],
  ...['---', '...', '<<', 'a\tb', 'ä', '${A:-b}', ''],
)
const key = fc.constantFrom('a', 'b', 'c d', "'e'", '"f"', '1', '-g', 'h:i', '<<', '? j', '')
const tail = fc.constantFrom('', '', '', ' ', ' # note', '#x', '\r')

const line = fc.oneof(
  fc.tuple(key, scalar, tail).map(([name, value, end]) => `${name}: ${value}${end}`),
  fc.tuple(key, tail).map(([name, end]) => `${name}:${end}`),
  fc.tuple(scalar, tail).map(([value, end]) => `- ${value}${end}`),
  fc.tuple(key, scalar).map(([name, value]) => `- ${name}: ${value}`),
  fc.tuple(scalar, tail).map(([value, end]) => `${value}${end}`),
  fc.constantFrom('-', '- - a', '# note', '', '   ', '---', '...', '\t'),
)
const indented = fc
  .tuple(fc.constantFrom('', '', '  ', '  ', '    ', ' ', '\t'), line)
  .map((parts) => parts.join(''))

describe('the reader of plain YAML, compared with the yaml library', () => {
  test('whatever it reads, the library reads alike', () => {
    let read = 0
    fc.assert(
      fc.property(fc.array(indented, { minLength: 1, maxLength: 6 }), (lines) => {
        const text = lines.join('\n') + '\n'
        const node = readPlainYaml(text)
        if (!node) return
        read++
        expect(held(node)).toEqual(byLibrary(text))
        for (const { text: value, start, end } of scalarsOf(node))
          expect(byLibrary(`a: ${text.slice(start, end)}`)).toEqual({ a: value })
      }),
      { numRuns },
    )
    // Otherwise nothing would have been compared.
    expect(read).toBeGreaterThan(numRuns / 50)
  })

  test('it reads whatever maps, lists and comments are written in block style', () => {
    const word = fc.constantFrom('a', 'b c', "'d # e'", '"f: g"', 'h:i', '8080:80', '')
    const { node } = fc.letrec<{ node: string[] | string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        word,
        fc
          .array(tie('node'), { minLength: 1, maxLength: 3 })
          .map((items) =>
            items.flatMap((item) =>
              typeof item === 'string' ? [`- ${item}`.trimEnd()] : ['-', ...item.map((each) => `  ${each}`)],
            ),
          ),
        fc
          .array(tie('node'), { minLength: 1, maxLength: 3 })
          .map((items) =>
            items.flatMap((item, index) =>
              typeof item === 'string'
                ? [`k${index}: ${item} # note`]
                : [`k${index}:`, '# note', ...item.map((each) => `  ${each}`)],
            ),
          ),
      ),
    }))
    fc.assert(
      fc.property(node, (lines) => {
        if (typeof lines === 'string') return
        const text = lines.join('\n') + '\n'
        const read = readPlainYaml(text)
        expect(read && held(read)).toEqual(byLibrary(text))
      }),
      { numRuns },
    )
  })
})
