import { describe, expect, test } from '@jest/globals'
import {
  editRegistryJson,
  registryEntryLine,
  replaceRegistryEntry,
  setRegistryField,
} from '../../src/registrations/registry-edit.js'
import { applyEdits } from '../../src/lib/text-edits.js'

const gamma = { name: 'com.acme.gamma', url: '/plugins/com.acme.gamma/index.js' }

const twoSpaces = `[
  {
    "name": "com.acme.alpha",
    "url": "/plugins/com.acme.alpha/index.js"
  },
  {
    "name": "com.acme.beta",
    "url": "/plugins/com.acme.beta/index.js"
  }
]
`

const withGamma = `[
  {
    "name": "com.acme.alpha",
    "url": "/plugins/com.acme.alpha/index.js"
  },
  {
    "name": "com.acme.beta",
    "url": "/plugins/com.acme.beta/index.js"
  },
  {
    "name": "com.acme.gamma",
    "url": "/plugins/com.acme.gamma/index.js"
  }
]
`

const indented = (text: string, unit: string): string =>
  text.replace(/^(?: {2})+/gm, (spaces) => unit.repeat(spaces.length / 2))

const add = (text: string, ...manifests: Record<string, unknown>[]): string =>
  editRegistryJson(text, { add: manifests, remove: [] })
const remove = (text: string, ...names: string[]): string =>
  editRegistryJson(text, { add: [], remove: names })

/** One file in each style: without and with the entry of `gamma`. */
const styles: [string, string, string][] = [
  ['two spaces', twoSpaces, withGamma],
  ['four spaces', indented(twoSpaces, '    '), indented(withGamma, '    ')],
  ['tabs', indented(twoSpaces, '\t'), indented(withGamma, '\t')],
  ['CRLF', twoSpaces.replaceAll('\n', '\r\n'), withGamma.replaceAll('\n', '\r\n')],
  ['no trailing newline', twoSpaces.trimEnd(), withGamma.trimEnd()],
  ['a byte order mark', `\uFEFF${twoSpaces}`, `\uFEFF${withGamma}`],
  ['text around it', `\n\n ${twoSpaces}\n\n`, `\n\n ${withGamma}\n\n`],
  [
    'a single entry',
    `[\n    {\n        "name": "a"\n    }\n]\n`,
    `[
    {
        "name": "a"
    },
    {
        "name": "com.acme.gamma",
        "url": "/plugins/com.acme.gamma/index.js"
    }
]
`,
  ],
  [
    'an empty array',
    '[]\n',
    `[
  {
    "name": "com.acme.gamma",
    "url": "/plugins/com.acme.gamma/index.js"
  }
]
`,
  ],
  [
    'an empty array behind a byte order mark, with CRLF',
    '\uFEFF[]\r\n',
    '\uFEFF[\r\n  {\r\n    "name": "com.acme.gamma",\r\n    "url": "/plugins/com.acme.gamma/index.js"\r\n  }\r\n]\r\n',
  ],
  [
    'an entry that starts on the line of a byte order mark',
    '\uFEFF[{\n  "name": "a"\n}]',
    '\uFEFF[{\n  "name": "a"\n},{\n  "name": "com.acme.gamma",\n  "url": "/plugins/com.acme.gamma/index.js"\n}]',
  ],
  [
    'one line, minified',
    '[{"name":"a","x":1},{"name":"b"}]',
    '[{"name":"a","x":1},{"name":"b"},{"name":"com.acme.gamma","url":"/plugins/com.acme.gamma/index.js"}]',
  ],
  [
    'one line with spaces',
    '[{"name": "a"}, {"name": "b"}]\n',
    '[{"name": "a"}, {"name": "b"}, {"name": "com.acme.gamma", "url": "/plugins/com.acme.gamma/index.js"}]\n',
  ],
  [
    'a line for each entry',
    '[\n  { "name": "a" },\n  { "name": "b" }\n]\n',
    '[\n  { "name": "a" },\n  { "name": "b" },\n  { "name": "com.acme.gamma", "url": "/plugins/com.acme.gamma/index.js" }\n]\n',
  ],
  [
    'hand-aligned entries',
    '[ {"name" : "a",   "label": "A"}\n, {"name" : "bcd", "label": "B"}\n]\n',
    '[ {"name" : "a",   "label": "A"}\n, {"name" : "bcd", "label": "B"}\n, {"name" : "com.acme.gamma", "url": "/plugins/com.acme.gamma/index.js"}\n]\n',
  ],
  [
    'fields in columns',
    '[\n  { "name": "a",      "url": "/a" },\n  { "name": "com.bc", "url": "/b" },\n  { "name": "c",      "url": "/c" }\n]\n',
    '[\n  { "name": "a",      "url": "/a" },\n  { "name": "com.bc", "url": "/b" },\n  { "name": "c",      "url": "/c" },\n  { "name": "com.acme.gamma", "url": "/plugins/com.acme.gamma/index.js" }\n]\n',
  ],
  [
    'fields in wide columns',
    '[\n  { "name": "a",                   "url": "/a" }\n]\n',
    '[\n  { "name": "a",                   "url": "/a" },\n  { "name": "com.acme.gamma",      "url": "/plugins/com.acme.gamma/index.js" }\n]\n',
  ],
  [
    'values in a column',
    '[\n  {\n    "name":        "a",\n    "description": "A"\n  }\n]\n',
    '[\n  {\n    "name":        "a",\n    "description": "A"\n  },\n  {\n    "name":        "com.acme.gamma",\n    "url":         "/plugins/com.acme.gamma/index.js"\n  }\n]\n',
  ],
  [
    'colons in a column',
    '[\n  {\n    "name"  : "a",\n    "label" : "A"\n  }\n]\n',
    '[\n  {\n    "name"  : "a",\n    "label" : "A"\n  },\n  {\n    "name"  : "com.acme.gamma",\n    "url"   : "/plugins/com.acme.gamma/index.js"\n  }\n]\n',
  ],
  [
    'no space behind the colon, in lines',
    '[\n  {\n    "name":"a"\n  }\n]\n',
    '[\n  {\n    "name":"a"\n  },\n  {\n    "name":"com.acme.gamma",\n    "url":"/plugins/com.acme.gamma/index.js"\n  }\n]\n',
  ],
  [
    'braces that hug',
    '[{\n  "name": "a"\n}, {\n  "name": "b"\n}]\n',
    '[{\n  "name": "a"\n}, {\n  "name": "b"\n}, {\n  "name": "com.acme.gamma",\n  "url": "/plugins/com.acme.gamma/index.js"\n}]\n',
  ],
  [
    'a blank line between entries',
    '[\n  {\n    "name": "a"\n  },\n\n  {\n    "name": "b"\n  }\n]\n',
    '[\n  {\n    "name": "a"\n  },\n\n  {\n    "name": "b"\n  },\n\n  {\n    "name": "com.acme.gamma",\n    "url": "/plugins/com.acme.gamma/index.js"\n  }\n]\n',
  ],
]

describe('adding to registry.json', () => {
  test.each(styles)('writes in the style of the file: %s', (_style, before, after) => {
    expect(add(before, gamma)).toBe(after)
  })

  test.each(styles)('is undone byte by byte by removing: %s', (_style, before, after) => {
    expect(remove(after, gamma.name)).toBe(before)
  })

  test('appends in the order that is given', () => {
    const value = JSON.parse(add(twoSpaces, { name: 'z' }, { name: 'y' })) as { name: string }[]
    expect(value.map(({ name }) => name)).toEqual(['com.acme.alpha', 'com.acme.beta', 'z', 'y'])
  })

  test.each<[string, Record<string, unknown>]>([
    ['quotes and backslashes', { name: 'a', label: 'say "hi" \\ \' `' }],
    ['line breaks and control characters', { name: 'a', description: 'a\nb\r\nc\t\u0000' }],
    ['line separators', { name: 'a', description: '\u2028\u2029' }],
    ['text in Chinese and an emoji', { name: 'a', 'label.zh-CN': '网页面板插件 🐱' }],
    ['HTML', { name: 'a', label: '</script><!--' }],
    ['nested values', { name: 'a', list: [1, { b: [] }, null], empty: {}, flag: false }],
    ['text that looks like the end of an entry', { name: 'a', label: '}, {', description: '\n  },\n  {' }],
    ['keys of Object.prototype', JSON.parse('{"name":"a","__proto__":{"x":1},"constructor":"c"}')],
  ])('keeps every value: %s', (_what, manifest) => {
    for (const before of [twoSpaces, '[]', '[{"name": "b"}]', '[{"name":"b"}]']) {
      const value = JSON.parse(add(before, manifest)) as unknown[]
      expect(value.at(-1)).toEqual(manifest)
      expect(Object.keys(value.at(-1) as object)).toEqual(Object.keys(manifest))
    }
  })
})

describe('an empty array with white space in it', () => {
  test.each(['[ ]\n', '[\n]\n', '[\n\n]\n'])('is filled and emptied: %j', (text) => {
    expect(add(text, gamma)).toBe(add('[]\n', gamma))
    expect(remove(add(text, gamma), gamma.name)).toBe('[]\n')
  })
})

describe('an entry of registry.json', () => {
  const set = (text: string, field: string, value: unknown, behind?: string): string =>
    applyEdits(
      text,
      setRegistryField(text, 0, { field, value, ...(behind !== undefined && { after: behind }) }),
    )
  const lines = '[\n  {\n    "name": "a",\n    "tags": [1,  2],\n    "url": "/\\u0061"\n  }\n]\n'

  test.each<[string, string, string, unknown, string]>([
    ['a value', lines, 'name', 'b"', lines.replace('"a"', String.raw`"b\""`)],
    ['a list', lines, 'tags', ['x'], lines.replace('[1,  2]', '[\n      "x"\n    ]')],
    ['a new field', lines, 'version', '1', lines.replace('u0061"', 'u0061",\n    "version": "1"')],
    ['the first field, taken out', lines, 'name', undefined, lines.replace('"name": "a",\n    ', '')],
    ['the last field, taken out', lines, 'url', undefined, lines.replace(',\n    "url": "/\\u0061"', '')],
    ['a field that is not there, taken out', lines, 'x', undefined, lines],
    ['the only field, taken out', '[{ "a": 1 }]', 'a', undefined, '[{}]'],
    ['a field of an empty entry', '[{ }]', 'a', 1, '[{ "a": 1 }]'],
    ['a new field on one line', '[{"a":1}]', 'b', [1, { c: null }], '[{"a":1,"b":[1,{"c":null}]}]'],
    ['a new field on one line with spaces', '[{ "a": 1 }]', 'b', 2, '[{ "a": 1, "b": 2 }]'],
    ['a field that is there twice', '[{"a":1,"a":2}]', 'a', 3, '[{"a":1,"a":3}]'],
    ['the entry of a list of words', '["a"]', 'a', 3, '["a"]'],
  ])('keeps its other bytes: %s', (_what, text, field, value, after) => {
    expect(set(text, field, value)).toBe(after)
  })

  test('gets a new field behind another one', () => {
    expect(set(lines, 'label', 'A', 'name')).toBe(lines.replace('"a",', '"a",\n    "label": "A",'))
  })

  const manifest = { name: 'b', label: 'B', url: '/a', tags: [1, 2] }
  test.each([
    ['in lines', lines, lines.replace('"name": "a"', '"name": "b",\n    "label": "B"')],
    [
      'behind a byte order mark',
      `\uFEFF${lines}`,
      `\uFEFF${lines.replace('"name": "a"', '"name": "b",\n    "label": "B"')}`,
    ],
    [
      'on one line',
      '[{"url":"\\/a","x":1,"name":"a"}]',
      '[{"url":"\\/a","tags":[1,2],"name":"b","label":"B"}]',
    ],
    ['without a field in common', '[{"x":1,"y":2}]', '[{"name":"b","label":"B","url":"/a","tags":[1,2]}]'],
    ['that is not an object', '[7]', '[{ "name": "b", "label": "B", "url": "/a", "tags": [ 1, 2 ] }]'],
  ])('says what the manifest says, in its own style: %s', (_what, text, after) => {
    expect(replaceRegistryEntry(text, 0, manifest)).toBe(after)
    expect(replaceRegistryEntry(after, 0, manifest)).toBe(after)
  })

  test('is not added where no entry has the name', () => {
    expect(replaceRegistryEntry('[]', 0, manifest)).toBe('[]')
  })

  test('is written on one line for a person to paste', () => {
    expect(registryEntryLine({ name: 'a', tags: [1, {}], 'it"s': 'x' })).toBe(
      String.raw`{ "name": "a", "tags": [ 1, {} ], "it\"s": "x" }`,
    )
  })
})

describe('removing from registry.json', () => {
  const three = '[\n  {"name": "a"},\n  {"name": "b", "n": [1, 2]},\n  {"name": "c"}\n]\n'

  test.each([
    ['the first', three, ['a'], '[\n  {"name": "b", "n": [1, 2]},\n  {"name": "c"}\n]\n'],
    ['one in the middle', three, ['b'], '[\n  {"name": "a"},\n  {"name": "c"}\n]\n'],
    ['the last', three, ['c'], '[\n  {"name": "a"},\n  {"name": "b", "n": [1, 2]}\n]\n'],
    ['the only one', '[\n  {"name": "a"}\n]\n', ['a'], '[]\n'],
    ['several', three, ['c', 'a'], '[\n  {"name": "b", "n": [1, 2]}\n]\n'],
    ['all', three, ['a', 'b', 'c'], '[]\n'],
    ['duplicates', '[{"name":"a"},{"name":"b"},{"name":"a"},{"name":"a"}]', ['a'], '[{"name":"b"}]'],
    ['nothing when no entry has the name', three, ['d'], three],
    ['nothing from an empty array', '[ ]', ['a'], '[ ]'],
  ])('takes out %s', (_which, before, names, after) => {
    expect(remove(before, ...names)).toBe(after)
  })

  test('looks only at the name of the entry itself', () => {
    const text = '["a", null, 7, ["a"], {"label": "a"}, {"name": {"name": "a"}}, {"author": {"name": "a"}}]'
    expect(remove(text, 'a')).toBe(text)
  })

  test('knows a name however it is escaped', () => {
    expect(remove(String.raw`[{"name":"\u0061"},{"name":"b"}]`, 'a')).toBe('[{"name":"b"}]')
  })

  test('does not take an inherited member for a name', () => {
    expect(remove('[{}]', 'constructor')).toBe('[{}]')
  })

  test('keeps the bytes of odd entries around it', () => {
    const before = '[\n\t{ "name":"a" , "w":1.50e+1 },\r\n  {"name":"b"},\n      {"label":"\\u00e9"}\n ]  \n'
    expect(remove(before, 'b')).toBe('[\n\t{ "name":"a" , "w":1.50e+1 },\n      {"label":"\\u00e9"}\n ]  \n')
  })
})

describe('editing registry.json', () => {
  test('removes and adds in one go', () => {
    expect(editRegistryJson(twoSpaces, { add: [gamma], remove: ['com.acme.alpha'] })).toBe(
      remove(withGamma, 'com.acme.alpha'),
    )
  })

  test('replaces an entry whose name stays the same, at the end', () => {
    const again = { name: 'com.acme.alpha' }
    const text = editRegistryJson(twoSpaces, { add: [again], remove: [again.name] })
    expect((JSON.parse(text) as { name: string }[]).map(({ name }) => name)).toEqual([
      'com.acme.beta',
      'com.acme.alpha',
    ])
  })

  test('changes nothing when nothing is asked for', () => {
    expect(editRegistryJson('[ 1,2\t]', { add: [], remove: [] })).toBe('[ 1,2\t]')
  })

  test.each(['{}', '{"plugins": []}', '"text"', 'null', ''])(
    'refuses a file that is not an array: %j',
    (text) => {
      expect(() => add(text, gamma)).toThrow('the plugin registry is not a JSON array')
      expect(() => remove(text, 'a')).toThrow('the plugin registry is not a JSON array')
    },
  )
})
