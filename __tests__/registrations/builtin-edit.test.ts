import { describe, expect, test } from '@jest/globals'
import { parse } from '@babel/parser'
import { format } from 'prettier'
import { type BuiltinChange, editBuiltinTs } from '../../src/registrations/builtin-edit.js'
import { readBuiltinList } from '../../src/registrations/builtin.js'
import { evaluateBuiltin } from '../support/builtin-plugins.js'

const file = (text: string) => ({ path: 'client/web/src/plugin/builtin.ts', text })
const edit = (text: string, change: Partial<BuiltinChange>): string =>
  editBuiltinTs(parse, file(text), { add: [], remove: [], ...change })
const add = (text: string, ...manifests: Record<string, unknown>[]): string => edit(text, { add: manifests })
const remove = (text: string, ...names: string[]): string => edit(text, { remove: names })

const news = { name: 'new', url: '/plugins/new/index.js' }

/** What `news` looks like two spaces in. */
const NEWS = `  {
    name: 'new',
    url: '/plugins/new/index.js',
  },
`

/** The same where the entries are on one line each. */
const LINE = `  { name: 'new', url: '/plugins/new/index.js' },
`

/** Tailchat's own file, shortened. */
const upstream = `import type { PluginManifest } from 'tailchat-shared';
import _compact from 'lodash/compact';

const isOffical = [
  'nightly.paw.msgbyte.com', //
].includes(location.host);

/**
 * 内置插件列表
 */
export const builtinPlugins: PluginManifest[] = _compact([
  {
    label: 'Web Panel Plugin',
    'label.zh-CN': '网页面板插件',
    name: 'a',
    requireRestart: false,
  },
  {
    label: 'BBCode',
    name: 'b',
    description:
      'A plugin for supporting bbcode syntax to interpret rich text messages',
    requireRestart: true,
  },
  // isOffical
  isOffical && {
    label: 'Posthog',
    name: 'c',
  },
  isOffical && {
    label: 'Sentry',
    name: 'd',
  },
  // 因为大段内容可能会有性能问题暂时移除，用户可以按需安装
  // isOffical && {
  //   name: 'e',
  // },
]);
`

const flags = {
  isOffical: true,
  flag: true,
  extra: [{ name: 'x' }],
  location: { host: 'nightly.paw.msgbyte.com' },
}

const namesIn = (text: string): (string | undefined)[] =>
  (evaluateBuiltin(text, flags) as { name?: string }[]).map(({ name }) => name)

/** One file in each shape: without and with the entry of `news`. */
const shapes: [string, string, string][] = [
  ['Tailchat’s own', upstream, upstream.replace('  // isOffical\n', `${NEWS}  // isOffical\n`)],
  [
    'a bare array',
    `export const builtinPlugins = [\n  { name: 'a' },\n];\n`,
    `export const builtinPlugins = [\n  { name: 'a' },\n${LINE}];\n`,
  ],
  [
    'a type annotation',
    `export const builtinPlugins: Array<{ name: string }> = [\n  { name: 'a' },\n];\n`,
    `export const builtinPlugins: Array<{ name: string }> = [\n  { name: 'a' },\n${LINE}];\n`,
  ],
  [
    'satisfies',
    `const builtinPlugins = [\n  { name: 'a' } satisfies object,\n] satisfies object[];\nexport { builtinPlugins };\n`,
    `const builtinPlugins = [\n  { name: 'a' } satisfies object,\n${LINE}] satisfies object[];\nexport { builtinPlugins };\n`,
  ],
  [
    'as',
    `export const builtinPlugins = <object[]>([\n  { name: 'a' } as object,\n] as const);\n`,
    `export const builtinPlugins = <object[]>([\n  { name: 'a' } as object,\n${LINE}] as const);\n`,
  ],
  [
    'calls around calls',
    `import _compact from 'x';\nexport const builtinPlugins = _compact<object>(_compact([\n  { name: 'a' },\n]), 1);\n`,
    `import _compact from 'x';\nexport const builtinPlugins = _compact<object>(_compact([\n  { name: 'a' },\n${LINE}]), 1);\n`,
  ],
  [
    'a call on the array',
    `export const builtinPlugins = [\n  { name: 'a' },\n].filter(Boolean);\n`,
    `export const builtinPlugins = [\n  { name: 'a' },\n${LINE}].filter(Boolean);\n`,
  ],
  ['an empty array', `export const builtinPlugins = [];\n`, `export const builtinPlugins = [\n${NEWS}];\n`],
  [
    'an empty array, indented',
    `\texport const builtinPlugins = []`,
    `\texport const builtinPlugins = [\n\t\t{\n\t\t\tname: 'new',\n\t\t\turl: '/plugins/new/index.js',\n\t\t},\n\t]`,
  ],
  [
    'an array with nothing but a comment',
    `export const builtinPlugins = [\n  // { name: 'a' },\n];\n`,
    `export const builtinPlugins = [\n${NEWS}  // { name: 'a' },\n];\n`,
  ],
  [
    'an empty array with a comment behind its bracket',
    `export const builtinPlugins = [ // none yet\n];\n`,
    `export const builtinPlugins = [ // none yet\n${NEWS}];\n`,
  ],
  [
    'no trailing comma',
    `export const builtinPlugins = [\n  { name: 'a' }\n];\n`,
    `export const builtinPlugins = [\n  { name: 'a' },\n${LINE.replace('},', '}')}];\n`,
  ],
  [
    'no trailing comma, and a comment behind the entry',
    `export const builtinPlugins = [\n  { name: 'a' } // the first\n];\n`,
    `export const builtinPlugins = [\n  { name: 'a' }, // the first\n${LINE.replace('},', '}')}];\n`,
  ],
  [
    'no trailing comma, and a comment below the entry',
    `export const builtinPlugins = [\n  { name: 'a' }\n  // to come: b\n];\n`,
    `export const builtinPlugins = [\n  { name: 'a' },\n${LINE.replace('},\n', '}\n')}  // to come: b\n];\n`,
  ],
  [
    'a comment behind the last entry',
    `export const builtinPlugins = [\n  { name: 'a' }, // the first\n];\n`,
    `export const builtinPlugins = [\n  { name: 'a' }, // the first\n${LINE}];\n`,
  ],
  [
    'comments around the comma of the last entry',
    `export const builtinPlugins = [\n  { name: 'a' } /* , */ , /* b */ // c\n];\n`,
    `export const builtinPlugins = [\n  { name: 'a' } /* , */ , /* b */ // c\n${LINE}];\n`,
  ],
  [
    'a one-line entry between comments',
    `export const builtinPlugins = [\n  /* b */ { name: 'a' }, /* c */\n];\n`,
    `export const builtinPlugins = [\n  /* b */ { name: 'a' }, /* c */\n${LINE}];\n`,
  ],
  [
    'only conditional entries',
    `export const builtinPlugins = [\n  // for us\n  flag && { name: 'c' },\n].filter;\n`.replace(
      '.filter',
      '',
    ),
    `export const builtinPlugins = [\n${LINE}  // for us\n  flag && { name: 'c' },\n];\n`,
  ],
  [
    'a ternary',
    `export const builtinPlugins = [\n  { name: 'a' },\n  flag ? { name: 'c' } : null,\n];\n`,
    `export const builtinPlugins = [\n  { name: 'a' },\n${LINE}  flag ? { name: 'c' } : null,\n];\n`,
  ],
  [
    'a conditional entry in front of others',
    `export const builtinPlugins = [\n  flag && { name: 'c' },\n  { name: 'a' },\n];\n`,
    `export const builtinPlugins = [\n  flag && { name: 'c' },\n  { name: 'a' },\n${LINE}];\n`,
  ],
  [
    'parentheses',
    `export const builtinPlugins = [\n  ({ name: 'a' }),\n  (flag && { name: 'c' }),\n];\n`,
    `export const builtinPlugins = [\n  ({ name: 'a' }),\n${LINE}  (flag && { name: 'c' }),\n];\n`,
  ],
  [
    'parentheses and no trailing comma',
    `export const builtinPlugins = ([\n  (({ name: 'a' }))\n]);\n`,
    `export const builtinPlugins = ([\n  (({ name: 'a' })),\n${LINE.replace('},', '}')}]);\n`,
  ],
  [
    'a spread',
    `export const builtinPlugins = [\n  ...extra,\n  { name: 'a' },\n];\n`,
    `export const builtinPlugins = [\n  ...extra,\n  { name: 'a' },\n${LINE}];\n`,
  ],
  [
    'a spread at the end',
    `export const builtinPlugins = [\n  { name: 'a' },\n  ...extra,\n];\n`,
    `export const builtinPlugins = [\n  { name: 'a' },\n  ...extra,\n${LINE}];\n`,
  ],
  [
    'double quotes',
    `export const builtinPlugins = [\n  { name: "a" },\n];\n`,
    `export const builtinPlugins = [\n  { name: "a" },\n${LINE.replaceAll("'", '"')}];\n`,
  ],
  [
    'deeper indentation',
    `export const builtinPlugins = [\n      { name: 'a' },\n];\n`,
    `export const builtinPlugins = [\n      { name: 'a' },\n      { name: 'new', url: '/plugins/new/index.js' },\n];\n`,
  ],
  [
    'one line',
    `export const builtinPlugins = [{ name: 'a' }, flag && { name: 'c' }]`,
    `export const builtinPlugins = [{ name: 'a' }, { name: 'new', url: '/plugins/new/index.js' }, flag && { name: 'c' }]`,
  ],
  [
    'one line behind a byte order mark',
    `\uFEFFexport const builtinPlugins = [{ name: 'a' }]`,
    `\uFEFFexport const builtinPlugins = [{ name: 'a' }, { name: 'new', url: '/plugins/new/index.js' }]`,
  ],
  [
    'other arrays and text that looks like one',
    `const other = [{ name: 'new' }];\n// builtinPlugins = [\nconst text = "builtinPlugins = [{ name: 'new' }]";\nexport const builtinPlugins = [\n  { name: 'a' },\n];\nexport const more = [{ name: 'new' }, other, text];\n`,
    `const other = [{ name: 'new' }];\n// builtinPlugins = [\nconst text = "builtinPlugins = [{ name: 'new' }]";\nexport const builtinPlugins = [\n  { name: 'a' },\n${LINE}];\nexport const more = [{ name: 'new' }, other, text];\n`,
  ],
  [
    'one line that begins with a condition',
    `export const builtinPlugins = [flag && { name: 'c' }];\n`,
    `export const builtinPlugins = [{ name: 'new', url: '/plugins/new/index.js' }, flag && { name: 'c' }];\n`,
  ],
  [
    'four spaces',
    `export const builtinPlugins = [\n    {\n        name: 'a',\n    },\n];\n`,
    `export const builtinPlugins = [\n    {\n        name: 'a',\n    },\n    {\n        name: 'new',\n        url: '/plugins/new/index.js',\n    },\n];\n`,
  ],
  [
    'tabs, double quotes, no semicolon',
    `export const builtinPlugins = [\n\t{\n\t\tname: "a",\n\t},\n]\n`,
    `export const builtinPlugins = [\n\t{\n\t\tname: "a",\n\t},\n\t{\n\t\tname: "new",\n\t\turl: "/plugins/new/index.js",\n\t},\n]\n`,
  ],
  [
    'tabs in the rest of the file',
    `if (flag) {\n\tflag;\n}\nexport const builtinPlugins = [];\n`,
    `if (flag) {\n\tflag;\n}\nexport const builtinPlugins = [\n\t{\n\t\tname: 'new',\n\t\turl: '/plugins/new/index.js',\n\t},\n];\n`,
  ],
  [
    'no trailing comma anywhere',
    `export const builtinPlugins = [\n  {\n    name: 'a',\n    label: 'A'\n  }\n];\n`,
    `export const builtinPlugins = [\n  {\n    name: 'a',\n    label: 'A'\n  },\n  {\n    name: 'new',\n    url: '/plugins/new/index.js'\n  }\n];\n`,
  ],
  [
    'no trailing comma inside of the entries',
    `export const builtinPlugins = [\n  {\n    name: 'a'\n  },\n];\n`,
    `export const builtinPlugins = [\n  {\n    name: 'a'\n  },\n  {\n    name: 'new',\n    url: '/plugins/new/index.js'\n  },\n];\n`,
  ],
  [
    'braces that hug',
    `export const builtinPlugins = [{\n  name: 'a',\n}, {\n  name: 'b',\n}];\n`,
    `export const builtinPlugins = [{\n  name: 'a',\n}, {\n  name: 'b',\n}, {\n  name: 'new',\n  url: '/plugins/new/index.js',\n}];\n`,
  ],
  [
    'a commented entry of the same plugin',
    `export const builtinPlugins = [\n  {\n    name: 'a',\n  },\n  // flag && {\n  //   name: 'new',\n  // },\n];\n`,
    `export const builtinPlugins = [\n  {\n    name: 'a',\n  },\n${NEWS}  // flag && {\n  //   name: 'new',\n  // },\n];\n`,
  ],
]

const crlf = shapes.map(([shape, before, after]): [string, string, string] => [
  `${shape}, CRLF`,
  before.replaceAll('\n', '\r\n'),
  // Without a line break in it, a file says nothing of its line endings.
  before.includes('\n') ? after.replaceAll('\n', '\r\n') : after,
])

describe('adding to builtin.ts', () => {
  test.each([...shapes, ...crlf])('writes in the shape of the file: %s', (_shape, before, after) => {
    expect(add(before, news)).toBe(after)
  })

  test.each([...shapes, ...crlf])('is undone byte by byte by removing: %s', (_shape, before, after) => {
    expect(remove(after, 'new')).toBe(before)
  })

  test.each(shapes)('gives the client one plugin more: %s', (_shape, before, after) => {
    expect(namesIn(after).sort()).toEqual([...namesIn(before), 'new'].sort())
  })

  test('keeps the order that is given, behind the last unconditional entry', () => {
    const text = add(upstream, { name: 'z' }, { name: 'y' })
    expect(namesIn(text)).toEqual(['a', 'b', 'z', 'y', 'c', 'd'])
  })

  test('does not count a commented entry as the last', () => {
    const text = `export const builtinPlugins = [\n  { name: 'a' },\n  // { name: 'b' },\n];\n`
    expect(add(text, news)).toBe(
      `export const builtinPlugins = [\n  { name: 'a' },\n${LINE}  // { name: 'b' },\n];\n`,
    )
  })
})

describe('the values of an entry', () => {
  const odd: [string, unknown][] = [
    ['an apostrophe', "it's"],
    ['double quotes', 'say "hi"'],
    ['both quotes', `it's "it"`],
    ['backslashes', 'a\\b\\\\c\\'],
    ['a backslash before each quote', `\\'\\"`],
    ['line breaks', 'a\nb\r\nc\r'],
    ['control characters', '\u0000\b\u001f\u007f'],
    ['line separators', 'a\u2028b\u2029c'],
    ['a script’s end', '</script><!-- ]]>'],
    ['a template', '${process.exit()} `x`'],
    ['a comment’s start and end', '/* // */'],
    ['the end of the array', '}]); //'],
    ['text in Chinese and an emoji', '网页面板插件 🐱'],
    ['half an emoji', '\ud83d'],
    ['nothing', ''],
    ['true', true],
    ['a number', -1.5e21],
    ['null', null],
    ['a list', ["it's", 'a\u2028b', ['x', {}], []]],
    ['an object', { "it's": { 'a-b': 1, c: '"' }, empty: {} }],
  ]

  test.each(odd)('reach the client unchanged: %s', (_what, value) => {
    for (const style of [shapes[1]?.[1] ?? '', `export const builtinPlugins = [{ name: "a" }]`]) {
      const text = add(style, { name: 'n', value, description: value })
      expect(evaluateBuiltin(text).at(-1)).toEqual({ name: 'n', value, description: value })
      expect(remove(text, 'n')).toBe(style)
    }
  })

  test('never stand raw where an older parser ends a line', () => {
    const text = add('export const builtinPlugins = []', {
      a: '\u2028',
      b: ['\u2029'],
      '\u2028': { '\u2029': 1 },
    })
    expect(text).not.toMatch(/[\u2028\u2029]/)
  })

  test.each(['label.zh-CN', "it's", 'a b', '0', '插件', '', 'constructor', 'class', '\n', '"', '`', '${a}'])(
    'have their key: %j',
    (key) => {
      const [entry] = evaluateBuiltin(add('export const builtinPlugins = []', { [key]: 1 }))
      expect(entry).toEqual({ [key]: 1 })
    },
  )

  test('cannot set a prototype', () => {
    const manifest = JSON.parse('{"name":"n","__proto__":{"admin":true},"o":{"__proto__":[1]}}') as Record<
      string,
      unknown
    >
    const [entry] = evaluateBuiltin(add('export const builtinPlugins = []', manifest)) as Record<
      string,
      unknown
    >[]
    expect(Object.keys(entry ?? {})).toEqual(['name', '__proto__', 'o'])
    expect(Object.keys((entry?.['o'] as object | undefined) ?? {})).toEqual(['__proto__'])
  })

  test('keep the order of the manifest', () => {
    const text = add('export const builtinPlugins = []', { url: 'u', name: 'n', author: 'a' })
    expect(Object.keys(evaluateBuiltin(text)[0] as object)).toEqual(['url', 'name', 'author'])
  })
})

describe('a formatter', () => {
  const options = { parser: 'typescript', singleQuote: true, trailingComma: 'es5' } as const
  const letters = (count: number): string => 'x'.repeat(count)
  const line = (key: string, count: number): string => `    ${key}: '${letters(count)}',`

  test('would break the line behind 80 columns, as this does', () => {
    const fits = letters(80 - line('description', 0).length)
    expect(add(upstream, { description: fits })).toContain(`\n    description: '${fits}',\n`)
    expect(add(upstream, { description: `${fits}x` })).toContain(`\n    description:\n      '${fits}x',\n`)
  })

  test('counts two columns for a wide character', () => {
    const room = 80 - line("'label.zh-CN'", 0).length
    const fits = '插'.repeat(Math.floor(room / 2))
    expect(add(upstream, { 'label.zh-CN': fits })).toContain(`\n    'label.zh-CN': '${fits}',\n`)
    expect(add(upstream, { 'label.zh-CN': `${fits}件` })).toContain(
      `\n    'label.zh-CN':\n      '${fits}件',\n`,
    )
  })

  const lengths = [1, 40, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 90]

  test.each<[string, Record<string, unknown>[]]>([
    [
      'Latin text',
      lengths.map((n) => ({ name: letters(n), description: letters(n), 'description.en': letters(n) })),
    ],
    [
      'Chinese text',
      lengths.map((n) => ({ name: '插'.repeat(n / 2), 'label.zh-CN': '插件，'.repeat(n / 4) + 'a' })),
    ],
    [
      'Japanese, Korean and emoji',
      lengths.map((n) => ({ label: 'かな'.repeat(n / 4), documentUrl: '한🐱'.repeat(n / 3) })),
    ],
    [
      'short and long keys',
      lengths.map((n) => ({ a: letters(n), url: letters(n), icon: letters(n), label: letters(n) })),
    ],
    ['a short quoted key', lengths.map((n) => ({ 'a-b': letters(n), '-': letters(n) }))],
    [
      'quotes and backslashes',
      lengths.map((n) => ({ label: `it's ${letters(n)}`, author: `"'" \\ ${letters(n)}` })),
    ],
    [
      'other values',
      [{ name: 'n', requireRestart: true, order: 12, nothing: null, o: { a: 'x', 'b-c': {} } }],
    ],
  ])('has nothing to change: %s', async (_what, manifests) => {
    const text = add(upstream, ...manifests)
    expect(await format(text, options)).toBe(text)
  })

  test('has nothing to change after a removal either', async () => {
    const text = remove(upstream, 'b', 'c')
    expect(await format(text, options)).toBe(text)
  })
})

describe('removing from builtin.ts', () => {
  const list = (...lines: string[]): string =>
    `export const builtinPlugins = [\n${lines.map((line) => `  ${line}\n`).join('')}];\n`

  test.each([
    ['the first', list("{ name: 'a' },", "{ name: 'b' },"), 'a', list("{ name: 'b' },")],
    [
      'one in the middle',
      list("{ name: 'a' },", "{ name: 'b' },", "{ name: 'c' },"),
      'b',
      list("{ name: 'a' },", "{ name: 'c' },"),
    ],
    ['the last', list("{ name: 'a' },", "{ name: 'b' },"), 'b', list("{ name: 'a' },")],
    [
      'the last without a trailing comma',
      list("{ name: 'a' },", "{ name: 'b' }"),
      'b',
      list("{ name: 'a' }"),
    ],
    [
      'the first without a trailing comma',
      list("{ name: 'a' },", "{ name: 'b' }"),
      'a',
      list("{ name: 'b' }"),
    ],
    ['the only one', list("{ name: 'a' },"), 'a', 'export const builtinPlugins = [];\n'],
    [
      'the only one without a trailing comma',
      list("{ name: 'a' }"),
      'a',
      'export const builtinPlugins = [];\n',
    ],
    [
      'duplicates',
      list("{ name: 'a' },", "{ name: 'b' },", "{ name: 'a' },", "{ name: 'a' }"),
      'a',
      list("{ name: 'b' }"),
    ],
    [
      'a conditional entry with its condition',
      list("{ name: 'a' },", "flag && { name: 'c' },"),
      'c',
      list("{ name: 'a' },"),
    ],
    ['a ternary', list("flag ? { name: 'c' } : undefined,", "{ name: 'a' },"), 'c', list("{ name: 'a' },")],
    [
      'parentheses with what they hold',
      list("(flag && { name: 'c' }),", "({ name: 'a' }),"),
      'c',
      list("({ name: 'a' }),"),
    ],
    [
      'an entry with a cast',
      list("{ name: 'a' } as any,", "{ name: 'b' } satisfies object,"),
      'a',
      list("{ name: 'b' } satisfies object,"),
    ],
    ['a name in a template', list('{ name: `a` },', "{ name: 'b' },"), 'a', list("{ name: 'b' },")],
    ['a quoted key', list("{ 'name': 'a' },", "{ name: 'b' },"), 'a', list("{ name: 'b' },")],
    [
      'one between others on a line',
      list("{ name: 'a' }, { name: 'b' }, { name: 'c' },"),
      'b',
      list("{ name: 'a' }, { name: 'c' },"),
    ],
    ['the last of a line', list("{ name: 'a' }, { name: 'b' },"), 'b', list("{ name: 'a' },")],
    [
      'the last of a one-line array',
      "export const builtinPlugins = [{ name: 'a' }, { name: 'b' }]",
      'b',
      "export const builtinPlugins = [{ name: 'a' }]",
    ],
    ['nothing when no entry has the name', list("{ name: 'a' },"), 'b', list("{ name: 'a' },")],
    [
      'nothing that only mentions the name',
      list("{ label: 'a', author: { name: 'a' } },", "...[{ name: 'a' }],"),
      'a',
      list("{ label: 'a', author: { name: 'a' } },", "...[{ name: 'a' }],"),
    ],
  ])('takes out %s', (_which, before, name, after) => {
    expect(remove(before, name)).toBe(after)
    expect(() => evaluateBuiltin(after, flags)).not.toThrow()
  })

  test.each([
    ['a line above it', list("{ name: 'a' },", '// about b', "{ name: 'b' },"), list("{ name: 'a' },")],
    [
      'lines above it',
      list("{ name: 'a' },", '// about b', '/* and more */', "{ name: 'b' },"),
      list("{ name: 'a' },"),
    ],
    [
      'a block above it',
      list("{ name: 'a' },", '/**', ' * About b', ' */', "{ name: 'b' },"),
      list("{ name: 'a' },"),
    ],
    ['behind it', list("{ name: 'a' },", "{ name: 'b' }, // about b"), list("{ name: 'a' },")],
    ['behind it, in a block', list("{ name: 'a' },", "{ name: 'b' }, /* about b */"), list("{ name: 'a' },")],
    ['before its comma', list("{ name: 'a' },", "{ name: 'b' } /* about b */,"), list("{ name: 'a' },")],
    [
      'behind the last without a trailing comma',
      list("{ name: 'a' },", "{ name: 'b' } // about b"),
      list("{ name: 'a' }"),
    ],
    [
      'above the last without a trailing comma',
      list("{ name: 'a' },", '// about b', "{ name: 'b' }"),
      list("{ name: 'a' }"),
    ],
    ['above the first', list('// about b', "{ name: 'b' },", "{ name: 'a' },"), list("{ name: 'a' },")],
    ['inside of it', list("{ name: 'a' },", "{ name: 'b' /* } */ }, // {"), list("{ name: 'a' },")],
  ])('takes its own comment along: %s', (_where, before, after) => {
    expect(remove(before, 'b')).toBe(after)
    expect(remove(before.replaceAll('\n', '\r\n'), 'b')).toBe(after.replaceAll('\n', '\r\n'))
  })

  test.each([
    [
      'behind the entry before',
      list("{ name: 'a' }, // about a", "{ name: 'b' },"),
      list("{ name: 'a' }, // about a"),
    ],
    [
      'behind the entry before, without a trailing comma',
      list("{ name: 'a' }, // about a", "{ name: 'b' }"),
      list("{ name: 'a' } // about a"),
    ],
    [
      'on the line of the entry before',
      list("/* 1 */ { name: 'a' }, /* 2 */", "{ name: 'b' },"),
      list("/* 1 */ { name: 'a' }, /* 2 */"),
    ],
    [
      'above a blank line',
      list("{ name: 'a' },", '// apart', '', "{ name: 'b' },"),
      list("{ name: 'a' },", '// apart'),
    ],
    [
      'above a blank line, without a trailing comma',
      list("{ name: 'a' },", '// apart', '', "{ name: 'b' }"),
      list("{ name: 'a' }", '// apart'),
    ],
    [
      'two blocks, the first apart',
      list("{ name: 'a' },", '/* apart */', '', '/* about b */', "{ name: 'b' },"),
      list("{ name: 'a' },", '/* apart */'),
    ],
    [
      'below it',
      list("{ name: 'b' },", '// about a', "{ name: 'a' },"),
      list('// about a', "{ name: 'a' },"),
    ],
    [
      'below the last',
      list("{ name: 'a' },", "{ name: 'b' }", '// to come'),
      list("{ name: 'a' }", '// to come'),
    ],
    [
      'behind the bracket',
      `export const builtinPlugins = [ // all\n  { name: 'b' },\n];\n`,
      `export const builtinPlugins = [ // all\n];\n`,
    ],
    ['in what is left of the array', list("{ name: 'b' },", '// to come'), list('// to come')],
  ])('keeps a comment that is not its own: %s', (_where, before, after) => {
    // A blank line of the table is blank.
    const [from, to] = [before, after].map((text) => text.replace(/^ +$/gm, '')) as [string, string]
    expect(remove(from, 'b')).toBe(to)
    expect(remove(from.replaceAll('\n', '\r\n'), 'b')).toBe(to.replaceAll('\n', '\r\n'))
  })

  test.each([
    [
      'a commented entry above it',
      list("{ name: 'a' },", '// {', "//   name: 'c',", '// },', "{ name: 'b' },", "{ name: 'd' },"),
      list("{ name: 'a' },", '// {', "//   name: 'c',", '// },', "{ name: 'd' },"),
    ],
    [
      'a commented entry above its own comment',
      list("{ name: 'a' },", "/* { name: 'c' }, */", '// about b', "{ name: 'b' },"),
      list("{ name: 'a' },", "/* { name: 'c' }, */"),
    ],
    [
      'the heading of a condition that others share',
      list("{ name: 'a' },", '// for us', "flag && { name: 'b' },", "flag && { name: 'c' },"),
      list("{ name: 'a' },", '// for us', "flag && { name: 'c' },"),
    ],
    [
      'the heading of a paragraph',
      list("{ name: 'a' },", '', '// Games', "{ name: 'b' },", "{ name: 'c' },"),
      list("{ name: 'a' },", '', '// Games', "{ name: 'c' },"),
    ],
  ])('keeps a comment that is about others too: %s', (_which, before, after) => {
    const [from, to] = [before, after].map((text) => text.replace(/^ +$/gm, '')) as [string, string]
    expect(remove(from, 'b')).toBe(to)
    expect(remove(from.replaceAll('\n', '\r\n'), 'b')).toBe(to.replaceAll('\n', '\r\n'))
  })

  test.each([
    [
      'behind the same condition, where it is not the first',
      list("flag && { name: 'a' },", '// about b', "flag && { name: 'b' },", "flag && { name: 'c' },"),
      list("flag && { name: 'a' },", "flag && { name: 'c' },"),
    ],
    [
      'behind a condition of its own',
      list("{ name: 'a' },", '// for us', "flag && { name: 'b' },", "other && { name: 'c' },"),
      list("{ name: 'a' },", "other && { name: 'c' },"),
    ],
    [
      'in a paragraph, where the others have theirs',
      list("{ name: 'a' },", '', '// about b', "{ name: 'b' },", '// about c', "{ name: 'c' },"),
      list("{ name: 'a' },", '', '// about c', "{ name: 'c' },"),
    ],
    [
      'in a paragraph of its own',
      list("{ name: 'a' },", '', '// about b: x', "{ name: 'b' },", '', "{ name: 'c' },"),
      list("{ name: 'a' },", '', "{ name: 'c' },"),
    ],
  ])('takes along a comment that is about it alone: %s', (_which, before, after) => {
    const [from, to] = [before, after].map((text) => text.replace(/^ +$/gm, '')) as [string, string]
    expect(remove(from, 'b')).toBe(to)
  })

  test('the first of a line leaves the others where the line begins', () => {
    expect(remove(list("{ name: 'b' }, { name: 'a' },"), 'b')).toBe(list("{ name: 'a' },"))
    expect(remove(list("{ name: 'a' },", "{ name: 'b' }, { name: 'c' }"), 'b')).toBe(
      list("{ name: 'a' },", "{ name: 'c' }"),
    )
  })

  test('keeps an entry that is commented out', () => {
    expect(remove(upstream, 'e')).toBe(upstream)
    expect(remove(upstream, 'd')).toContain("  //   name: 'e',\n")
  })

  test('removes and adds in one go', () => {
    const text = edit(upstream, { add: [news, { name: 'z' }], remove: ['b', 'c', 'missing'] })
    expect(namesIn(text)).toEqual(['a', 'new', 'z', 'd'])
    expect(remove(text, 'new', 'z')).toBe(remove(upstream, 'b', 'c'))
  })

  test('changes nothing when nothing is asked for', () => {
    expect(edit(upstream, {})).toBe(upstream)
  })
})

describe('a builtin.ts that is not understood', () => {
  test.each([
    ['a syntax error', 'export const builtinPlugins = [{]', /it does not parse: .* \(line 1\)$/],
    ['nothing', '', /it declares no variable builtinPlugins$/],
    ['another variable', 'export const plugins = []', /it declares no variable builtinPlugins$/],
    [
      'a declaration without a value',
      'export declare const builtinPlugins: string[]',
      /it declares no variable builtinPlugins$/,
    ],
    [
      'a function',
      'export function builtinPlugins() { return [] }',
      /it declares no variable builtinPlugins$/,
    ],
    [
      'a variable inside a function',
      'function f() { const builtinPlugins = [] }',
      /it declares no variable builtinPlugins$/,
    ],
    [
      'a variable',
      'const list = []\nexport const builtinPlugins = list',
      /neither an array nor a call with an array$/,
    ],
    [
      'a condition',
      'export const builtinPlugins = flag ? [] : [1]',
      /neither an array nor a call with an array$/,
    ],
    [
      'a call without an array',
      'export const builtinPlugins = load(1, [])',
      /neither an array nor a call with an array$/,
    ],
    [
      'two arrays',
      "export const builtinPlugins = [{ name: 'a' }].concat([{ name: 'b' }])",
      /neither an array nor a call with an array$/,
    ],
    ['an object', 'export const builtinPlugins = { a: [] }', /neither an array nor a call with an array$/],
  ])('is refused with the reason: %s', (_what, text, reason) => {
    expect(readBuiltinList(parse, file(text))).toEqual({
      understood: false,
      reason: expect.stringMatching(reason) as unknown,
    })
    const message = new RegExp(`^client/web/src/plugin/builtin\\.ts cannot be edited: .*${reason.source}`)
    expect(() => add(text, news)).toThrow(message)
    expect(() => remove(text, 'a')).toThrow(message)
  })
})

describe('reading builtin.ts', () => {
  test('tells names, urls and conditions', () => {
    const list = readBuiltinList(
      parse,
      file(`export const builtinPlugins = [
  { name: 'a', url: '/a' },
  (flag && ({ name: 'b' } as object)),
  flag ? { name: 'c' } : undefined,
  flag || { url: dynamic() },
  ...extra,
  variable,
  { ...base, name: computed },
]`),
    )
    expect(list).toMatchObject({
      understood: true,
      entries: [
        { name: 'a', url: '/a', conditional: false },
        { name: 'b', url: undefined, conditional: true },
        { name: 'c', conditional: true },
        { name: undefined, url: undefined, conditional: true },
        { name: undefined, conditional: false },
        { name: undefined, conditional: false },
        { name: undefined, conditional: false },
      ],
    })
  })
})
