import { describe, expect, test } from '@jest/globals'
import { editInstallList, isSafeInShell } from '../src/sync/install-list.js'
import { readInstallList } from '../src/workspace/install-list.js'

/** A package.json whose `build:server` is this script, as the shell gets it. */
const withScript = (script: string): string => `{
  "name": "tailchat",
  "scripts": {
    "plugin:install": "node ./scripts/installPlugin.js",
    "build:server": ${JSON.stringify(script)},
    "test": "jest"
  }
}
`

const file = (text: string) => ({ path: 'package.json', text })
const add = (text: string, ...names: string[]): string =>
  editInstallList(file(text), { add: names, remove: [] })
const remove = (text: string, ...names: string[]): string =>
  editInstallList(file(text), { add: [], remove: names })
const namesIn = (text: string): string[] | undefined =>
  readInstallList(file(text))?.names.map(({ name }) => name)

/** What Tailchat's own script looks like. */
const usual = (list: string): string =>
  `cd server && pnpm build && echo "Install server side plugin:" && pnpm run plugin:install${list} && mkdir -p ./dist/public && cp ./public/registry-be.json ./dist/public`

/** A script, the names in it, and the same script with `new` added. */
const scripts: [string, string, string[], string][] = [
  [
    'several commands',
    usual(' com.acme.a com.acme.b'),
    ['com.acme.a', 'com.acme.b'],
    usual(' com.acme.a com.acme.b new'),
  ],
  ['an empty list between commands', usual(''), [], usual(' new')],
  ['an empty list at the end', 'pnpm plugin:install', [], 'pnpm plugin:install new'],
  ['a list at the end', 'pnpm plugin:install a', ['a'], 'pnpm plugin:install a new'],
  ['double quotes', 'pnpm plugin:install "a" b "c"', ['a', 'b', 'c'], 'pnpm plugin:install "a" b "c" new'],
  ['single quotes', "pnpm plugin:install 'a' && echo ok", ['a'], "pnpm plugin:install 'a' new && echo ok"],
  ['-- before the names', 'pnpm run plugin:install -- a b', ['a', 'b'], 'pnpm run plugin:install -- a b new'],
  ['-- and no name', 'npm run plugin:install -- && ls', [], 'npm run plugin:install -- new && ls'],
  [
    'an option',
    'plugin:install --verbose a --force b',
    ['a', 'b'],
    'plugin:install --verbose a --force b new',
  ],
  ['a semicolon', 'plugin:install a; ls b', ['a'], 'plugin:install a new; ls b'],
  ['an operator without a space', 'plugin:install a&& ls', ['a'], 'plugin:install a new&& ls'],
  ['a pipe', 'plugin:install a | tee log', ['a'], 'plugin:install a new | tee log'],
  ['a redirection', 'plugin:install a > log', ['a'], 'plugin:install a new > log'],
  ['a subshell', '(cd server && plugin:install a) && ls', ['a'], '(cd server && plugin:install a new) && ls'],
  [
    'a quoted command',
    'concurrently "pnpm plugin:install a" "ls b"',
    ['a'],
    'concurrently "pnpm plugin:install a new" "ls b"',
  ],
  ['two spaces', 'plugin:install  a  b  && ls', ['a', 'b'], 'plugin:install  a  b new  && ls'],
  [
    'capitals and signs',
    'plugin:install com.Acme.a-b_c',
    ['com.Acme.a-b_c'],
    'plugin:install com.Acme.a-b_c new',
  ],
]

describe('the plugin:install list', () => {
  test.each(scripts)('reads the names: %s', (_what, script, names) => {
    expect(namesIn(withScript(script))).toEqual(names)
  })

  test.each(scripts)('adds behind the last name: %s', (_what, script, _names, after) => {
    expect(add(withScript(script), 'new')).toBe(withScript(after))
  })

  test.each(scripts)(
    'removing what was added gives the original bytes: %s',
    (_what, script, _names, after) => {
      expect(remove(withScript(after), 'new')).toBe(withScript(script))
    },
  )

  test.each([
    ['the first', 'plugin:install a b c && ls', ['a'], 'plugin:install b c && ls'],
    ['one in the middle', 'plugin:install a b c && ls', ['b'], 'plugin:install a c && ls'],
    ['the last', 'plugin:install a b c && ls', ['c'], 'plugin:install a b && ls'],
    ['the only one', 'plugin:install a && ls', ['a'], 'plugin:install && ls'],
    ['all', 'plugin:install a b', ['b', 'a'], 'plugin:install'],
    ['duplicates', 'plugin:install a b a', ['a'], 'plugin:install b'],
    ['a quoted name', 'plugin:install "a" b', ['a'], 'plugin:install b'],
    ['the first behind --', 'plugin:install -- a b', ['a'], 'plugin:install -- b'],
    ['the only one behind --', 'plugin:install -- a', ['a'], 'plugin:install --'],
    ['one behind an option', 'plugin:install a --force b', ['b'], 'plugin:install a --force'],
    ['nothing that only begins alike', 'plugin:install com.a.b com.a', ['com.a'], 'plugin:install com.a.b'],
    [
      'nothing outside of the list',
      'echo a && plugin:install b && rm a',
      ['a'],
      'echo a && plugin:install b && rm a',
    ],
    ['nothing from an empty list', 'plugin:install && ls', ['a'], 'plugin:install && ls'],
  ])('takes out %s', (_which, script, names, after) => {
    expect(remove(withScript(script), ...names)).toBe(withScript(after))
  })

  test('removes and adds in one go', () => {
    const text = editInstallList(file(withScript(usual(' a b c'))), { add: ['d', 'e'], remove: ['a', 'c'] })
    expect(text).toBe(withScript(usual(' b d e')))
  })

  test('replaces all names of a list', () => {
    const text = editInstallList(file(withScript('plugin:install -- a && ls')), { add: ['b'], remove: ['a'] })
    expect(text).toBe(withScript('plugin:install -- b && ls'))
  })

  test.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['tabs', (text: string) => text.replaceAll('  ', '\t')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['one line', (text: string) => text.replaceAll('\n', '')],
    ['no trailing newline', (text: string) => text.trimEnd()],
    ['odd spacing', (text: string) => text.replaceAll('": ', '"  :  ')],
  ])('keeps every other byte: %s', (_what, style) => {
    const before = style(withScript('echo "ü \\" 插件" && plugin:install a b && echo \t done'))
    const after = style(withScript('echo "ü \\" 插件" && plugin:install b c && echo \t done'))
    expect(editInstallList(file(before), { add: ['c'], remove: ['a'] })).toBe(after)
  })
})

describe('which script holds the list', () => {
  const scriptsOf = (entries: Record<string, unknown>): string =>
    JSON.stringify({ scripts: entries }, null, 2)

  test('build:server before any other', () => {
    const text = scriptsOf({ setup: 'plugin:install a', 'build:server': 'plugin:install b' })
    expect(add(text, 'c')).toBe(
      scriptsOf({ setup: 'plugin:install a', 'build:server': 'plugin:install b c' }),
    )
  })

  test('another one where build:server has none', () => {
    const text = scriptsOf({ 'build:server': 'pnpm build', setup: 'pnpm plugin:install a' })
    expect(add(text, 'c')).toBe(scriptsOf({ 'build:server': 'pnpm build', setup: 'pnpm plugin:install a c' }))
  })

  test.each<[string, string]>([
    ['only the definition of the command', scriptsOf({ 'plugin:install': 'node plugin:install a' })],
    [
      'a command that only begins alike',
      scriptsOf({ build: 'pnpm plugin:install-all && my-plugin:install a' }),
    ],
    ['a longer command', scriptsOf({ build: 'pnpm plugin:install:dev a' })],
    ['a script that is no text', scriptsOf({ build: ['plugin:install'] })],
    ['no scripts', '{ "name": "plugin:install" }'],
    ['scripts that are no map', '{ "scripts": "plugin:install a" }'],
    ['nothing', ''],
  ])('none: %s', (_what, text) => {
    expect(readInstallList(file(text))).toBeUndefined()
    expect(() => add(text, 'a')).toThrow('package.json has no script that runs plugin:install')
  })
})

describe('names that a shell would not take as names', () => {
  const unsafe = [
    'a; rm -rf /',
    'a b',
    '$(id)',
    '`id`',
    '$HOME',
    'a&b',
    'a|b',
    'a>b',
    "a'b",
    'a"b',
    'a\\b',
    'a\nb',
    'a*',
    '~a',
    '#a',
    '-rf',
    '--force',
    '.',
    '../a',
    '插件',
    '',
  ]

  test.each(unsafe)('%j is refused, and nothing is written', (name) => {
    expect(isSafeInShell(name)).toBe(false)
    expect(() => add(withScript('plugin:install a'), 'ok', name)).toThrow(
      `the name ${JSON.stringify(name)} cannot stand in a shell command`,
    )
  })

  test.each(['com.acme.tickets', 'com.msgbyte.autojoinGroup', 'a', '0a', '_a', 'a-b', 'a_b'])(
    '%s is taken',
    (name) => {
      expect(isSafeInShell(name)).toBe(true)
      expect(namesIn(add(withScript('plugin:install'), name))).toEqual([name])
    },
  )
})
