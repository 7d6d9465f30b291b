import { describe, expect, test } from '@jest/globals'
import { editInstallLists, isSafeInShell } from '../../src/registrations/install-list-edit.js'
import { installListsIn, readInstallLists } from '../../src/registrations/install-list.js'

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

/** Edits a package.json, or the Dockerfile where the text begins as one. */
const edit = (text: string, change: { add: string[]; remove: string[] }): string =>
  editInstallLists(installListsIn(file(text)), change)[0]?.after ?? text
const file = (text: string) => ({
  path: /^\uFEFF?(?:FROM|#)/.test(text) ? 'Dockerfile' : 'package.json',
  text,
})
const add = (text: string, ...names: string[]): string => edit(text, { add: names, remove: [] })
const remove = (text: string, ...names: string[]): string => edit(text, { add: [], remove: names })
const namesIn = (text: string): string[] =>
  installListsIn(file(text)).flatMap(({ names }) => names.map(({ name }) => name))

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
  ['npm and --', 'npm run plugin:install -- a', ['a'], 'npm run plugin:install -- a new'],
  [
    'npm with an option that takes a word',
    'npm run plugin:install -w server -- a',
    ['a'],
    'npm run plugin:install -w server -- a new',
  ],
  ['yarn', 'yarn --cwd server plugin:install a', ['a'], 'yarn --cwd server plugin:install a new'],
  [
    'yarn workspace',
    'yarn workspace tailchat-server run plugin:install a',
    ['a'],
    'yarn workspace tailchat-server run plugin:install a new',
  ],
  ['-C', 'pnpm -C server plugin:install a', ['a'], 'pnpm -C server plugin:install a new'],
  [
    '--filter',
    'pnpm --filter "./server" run plugin:install a',
    ['a'],
    'pnpm --filter "./server" run plugin:install a new',
  ],
  [
    'a variable before the command',
    'NODE_ENV=production pnpm plugin:install a',
    ['a'],
    'NODE_ENV=production pnpm plugin:install a new',
  ],
  [
    'the script itself',
    'cd server && node ./scripts/installPlugin.js a b',
    ['a', 'b'],
    'cd server && node ./scripts/installPlugin.js a b new',
  ],
  [
    'the script itself, with an option of node',
    'node -r x server/scripts/installPlugin.js',
    [],
    'node -r x server/scripts/installPlugin.js new',
  ],
  [
    'a shell in the shell',
    'sh -c \'pnpm plugin:install "a"\' && ls',
    ['a'],
    'sh -c \'pnpm plugin:install "a" new\' && ls',
  ],
  [
    'a shell in the shell, escaped',
    'bash -lc "pnpm plugin:install \\"a\\" b"',
    ['a', 'b'],
    'bash -lc "pnpm plugin:install \\"a\\" b new"',
  ],
  [
    'a variable in a shell in the shell',
    'sh -c "cd $DIR && pnpm plugin:install a"',
    ['a'],
    'sh -c "cd $DIR && pnpm plugin:install a new"',
  ],
  [
    'a name behind a redirection',
    'pnpm plugin:install a 2>&1 b >> log && ls',
    ['a', 'b'],
    'pnpm plugin:install a 2>&1 b new >> log && ls',
  ],
  ['a comment', 'pnpm plugin:install a # b', ['a'], 'pnpm plugin:install a new # b'],
  [
    'a quoted part and an escape',
    `pnpm plugin:install co"m.a" 'b'.c d\\e`,
    ['com.a', 'b.c', 'de'],
    `pnpm plugin:install co"m.a" 'b'.c d\\e new`,
  ],
  [
    'a line break',
    'cd server\npnpm plugin:install a\npnpm build',
    ['a'],
    'cd server\npnpm plugin:install a new\npnpm build',
  ],
  [
    'a condition',
    'if ! pnpm plugin:install a; then exit 1; fi',
    ['a'],
    'if ! pnpm plugin:install a new; then exit 1; fi',
  ],
  [
    'an argument that says the same',
    'echo pnpm plugin:install x && pnpm plugin:install a',
    ['a'],
    'echo pnpm plugin:install x && pnpm plugin:install a new',
  ],
  [
    'text that says the same',
    'echo "now: pnpm plugin:install x" && pnpm plugin:install a',
    ['a'],
    'echo "now: pnpm plugin:install x" && pnpm plugin:install a new',
  ],
  [
    'two commands: the last gets the name',
    'pnpm plugin:install a && pnpm plugin:install b',
    ['a', 'b'],
    'pnpm plugin:install a && pnpm plugin:install b new',
  ],
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
    const text = edit(withScript(usual(' a b c')), { add: ['d', 'e'], remove: ['a', 'c'] })
    expect(text).toBe(withScript(usual(' b d e')))
  })

  test('replaces all names of a list', () => {
    const text = edit(withScript('plugin:install -- a && ls'), { add: ['b'], remove: ['a'] })
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
    expect(edit(before, { add: ['c'], remove: ['a'] })).toBe(after)
  })
})

describe('the plugin:install list of a Dockerfile', () => {
  const dockerfile = (...lines: string[]): string => `FROM node:18-alpine\n${lines.join('\n')}\n`

  const files: [string, string, string[], string][] = [
    [
      'a line',
      dockerfile('RUN pnpm run plugin:install a b', 'RUN ls'),
      ['a', 'b'],
      dockerfile('RUN pnpm run plugin:install a b new', 'RUN ls'),
    ],
    [
      'an empty list',
      dockerfile('RUN cd server && pnpm plugin:install'),
      [],
      dockerfile('RUN cd server && pnpm plugin:install new'),
    ],
    [
      'continued lines with comments and empty lines in between',
      dockerfile(
        'RUN cd server && \\',
        '  pnpm run build && \\',
        '',
        '  # Install plugins(whitelist)',
        '  pnpm run plugin:install a b',
        '',
        'RUN ls',
      ),
      ['a', 'b'],
      dockerfile(
        'RUN cd server && \\',
        '  pnpm run build && \\',
        '',
        '  # Install plugins(whitelist)',
        '  pnpm run plugin:install a b new',
        '',
        'RUN ls',
      ),
    ],
    [
      'a line for each name',
      dockerfile('run pnpm plugin:install \\', '    a \\', '    b && \\', '    ls c'),
      ['a', 'b'],
      dockerfile('run pnpm plugin:install \\', '    a \\', '    b \\', '    new && \\', '    ls c'),
    ],
    [
      'a line for each name, and a comment for the last',
      dockerfile('RUN pnpm plugin:install \\', '    a \\', '    # about b', '    b'),
      ['a', 'b'],
      dockerfile('RUN pnpm plugin:install \\', '    a \\', '    # about b', '    b \\', '    new'),
    ],
    [
      'options of the builder',
      dockerfile('RUN --mount=type=cache,target=/root/.npm --network=none \\', ' pnpm plugin:install a'),
      ['a'],
      dockerfile('RUN --mount=type=cache,target=/root/.npm --network=none \\', ' pnpm plugin:install a new'),
    ],
    [
      'words in JSON',
      dockerfile('RUN ["pnpm", "plugin:install", "a"]'),
      ['a'],
      dockerfile('RUN ["pnpm", "plugin:install", "a", "new"]'),
    ],
    [
      'words in JSON, without spaces',
      dockerfile('RUN ["pnpm","plugin:install","a"]'),
      ['a'],
      dockerfile('RUN ["pnpm","plugin:install","a","new"]'),
    ],
    [
      'words in JSON, and no name',
      dockerfile('RUN [ "pnpm", "plugin:install" ]'),
      [],
      dockerfile('RUN [ "pnpm", "plugin:install", "new" ]'),
    ],
    [
      'a shell in JSON',
      dockerfile('RUN ["sh", "-c", "pnpm plugin:install \\u0061"]'),
      ['a'],
      dockerfile('RUN ["sh", "-c", "pnpm plugin:install \\u0061 new"]'),
    ],
    [
      'a test that begins as JSON does',
      dockerfile('RUN [ -n "$X" ] && pnpm plugin:install a'),
      ['a'],
      dockerfile('RUN [ -n "$X" ] && pnpm plugin:install a new'),
    ],
    [
      'the end of a name on the next line',
      dockerfile('RUN pnpm plugin:install com.\\', 'a'),
      ['com.a'],
      dockerfile('RUN pnpm plugin:install com.\\', 'a new'),
    ],
    [
      'a mention outside of a RUN instruction',
      dockerfile(
        '# RUN pnpm plugin:install x',
        'LABEL how="pnpm plugin:install y"',
        'COPY <<EOF /x',
        'RUN pnpm plugin:install z',
        'EOF',
        'RUN pnpm plugin:install a',
      ),
      ['a'],
      dockerfile(
        '# RUN pnpm plugin:install x',
        'LABEL how="pnpm plugin:install y"',
        'COPY <<EOF /x',
        'RUN pnpm plugin:install z',
        'EOF',
        'RUN pnpm plugin:install a new',
      ),
    ],
    [
      'two stages: the last gets the name',
      dockerfile('RUN pnpm plugin:install a', 'FROM node', 'RUN pnpm plugin:install b'),
      ['a', 'b'],
      dockerfile('RUN pnpm plugin:install a', 'FROM node', 'RUN pnpm plugin:install b new'),
    ],
  ]
  const styles: [string, (text: string) => string][] = [
    ['', (text) => text],
    [', CRLF', (text) => text.replaceAll('\n', '\r\n')],
    [', without a line break at the end', (text) => text.trimEnd()],
    [', spaces behind the backslash', (text) => text.replaceAll('\\\n', '\\ \t\n')],
    [', a byte order mark', (text) => `\uFEFF${text}`],
  ]
  const cases = files.flatMap(([what, before, names, after]) =>
    styles.map(([style, apply]): [string, string, string[], string] => [
      what + style,
      apply(before),
      names,
      apply(after),
    ]),
  )

  test.each(cases)('is read: %s', (_what, before, names) => {
    expect(namesIn(before)).toEqual(names)
  })

  test.each(cases)('gets a name, and loses it again: %s', (_what, before, _names, after) => {
    expect(add(before, 'new')).toBe(after)
    expect(remove(after, 'new')).toBe(before)
  })

  test.each([
    ['the first of the lines', ['\\', '  a \\', '  b \\', '  c'], 'a', ['\\', '  b \\', '  c']],
    ['one of the lines', ['\\', '  a \\', '  b \\', '  c'], 'b', ['\\', '  a \\', '  c']],
    ['the last line', ['\\', '  a \\', '  b'], 'b', ['\\', '  a']],
    [
      'a name with the comment above it',
      ['\\', '  a \\', '  # about b', '  b \\', '  c'],
      'b',
      ['\\', '  a \\', '  c'],
    ],
    [
      'the first, not the comment that is about all',
      ['\\', '  # whitelist', '  a \\', '  b'],
      'a',
      ['\\', '  # whitelist', '  b'],
    ],
    [
      'the first with its comment, where others have one',
      ['\\', '  # about a', '  a \\', '  # about b', '  b'],
      'a',
      ['\\', '  # about b', '  b'],
    ],
  ])('loses %s', (_which, before, name, after) => {
    const run = (lines: string[]): string =>
      dockerfile(`RUN pnpm plugin:install ${lines.join('\n')}`, 'RUN ls')
    expect(remove(run(before), name)).toBe(run(after))
  })

  test('loses the first names together, and keeps the comment that is about all', () => {
    const before = dockerfile('RUN pnpm plugin:install \\', '  # whitelist', '  a \\', '  b \\', '  c')
    expect(edit(before, { add: ['d'], remove: ['a', 'b'] })).toBe(
      dockerfile('RUN pnpm plugin:install \\', '  # whitelist', '  c \\', '  d'),
    )
    expect(remove(before, 'a', 'b', 'c')).toBe(dockerfile('RUN pnpm plugin:install'))
    expect(remove(dockerfile('RUN ["pnpm", "plugin:install", "a", "b", "c"]'), 'a', 'c')).toBe(
      dockerfile('RUN ["pnpm", "plugin:install", "b"]'),
    )
  })
})

describe('a list that is not understood says why', () => {
  const computed = (what: string): string => `the value of ${what} is only known when it runs`
  const unread = 'it is in a here-document, or next to a quote that does not end'

  test.each([
    ['a variable', withScript('pnpm plugin:install a $PLUGINS'), computed('$PLUGINS')],
    ['a variable in quotes', withScript("pnpm plugin:install '$A' ${PLUGINS:-a}"), computed('${PLUGINS:-a}')],
    ['the output of a command', withScript('pnpm plugin:install $(cat a b)'), computed('$(cat a b)')],
    [
      'the output of a command, in backticks',
      withScript('pnpm plugin:install `ls plugins`'),
      computed('`ls plugins`'),
    ],
    ['a pattern', withScript('pnpm plugin:install com.acme.*'), computed('com.acme.*')],
    ['names in braces', withScript('pnpm plugin:install com.{a,b}'), computed('com.{a,b}')],
    ['a quote that does not end', withScript("pnpm plugin:install 'a"), unread],
    ['a here-document', 'FROM node\nRUN <<EOF\ncd server\npnpm plugin:install a\nEOF\n', unread],
    [
      'a here-document for a program',
      'FROM node\nRUN bash <<-"END" && ls\n\tpnpm plugin:install a\n\tEND\nRUN x\n',
      unread,
    ],
    ['another character to continue lines', '# escape=`\nFROM node\nRUN pnpm plugin:install a\n', unread],
  ])('%s', (_what, text, problem) => {
    const lists = installListsIn(file(text))
    expect(lists.map((list) => list.problem)).toEqual([problem])
    expect(text.slice(lists[0]?.commandEnd).startsWith('plugin:install')).toBe(false)
    expect(text.slice(0, lists[0]?.commandEnd).endsWith('plugin:install')).toBe(true)
  })

  test('a script without plugin:install holds no list', () => {
    for (const text of [withScript("echo 'a"), 'FROM node\nRUN <<EOF\nls\nEOF\n', 'FROM node\nRUN cat <<x\n'])
      expect(installListsIn(file(text))).toEqual([])
  })
})

describe('the lists of a repository', () => {
  const packageWith = (scripts: Record<string, string>): string => JSON.stringify({ scripts }, null, 2)
  const listsOf = (root: Record<string, string>, server?: Record<string, string>, dockerfile?: string) => {
    const texts: Record<string, string | undefined> = {
      'package.json': packageWith(root),
      'server/package.json':
        server && packageWith({ 'plugin:install': 'node ./scripts/installPlugin.js', ...server }),
      Dockerfile: dockerfile,
    }
    return readInstallLists((path) => {
      const text = texts[path]
      return text === undefined ? undefined : { path, text }
    })
  }
  const shown = (lists: ReturnType<typeof listsOf>): string[] =>
    lists.map(
      ({ file, script, names }) =>
        `${file.path} ${script ?? 'RUN'}: ${names.map(({ name }) => name).join(' ')}`,
    )

  test.each<[string, Parameters<typeof listsOf>, string[], string]>([
    [
      'Tailchat’s own',
      [
        {
          build: 'concurrently npm:build:web npm:build:server',
          'build:server': 'cd server && pnpm run plugin:install a',
        },
        {},
        'FROM node\nRUN pnpm build',
      ],
      ['package.json build:server: a'],
      'package.json',
    ],
    [
      'a Dockerfile alone',
      [{}, {}, 'FROM node\nRUN cd server && pnpm plugin:install a'],
      ['Dockerfile RUN: a'],
      'Dockerfile',
    ],
    [
      'both: build:server gets new names',
      [
        { 'build:server': 'pnpm plugin:install a' },
        {},
        'FROM node\nRUN pnpm build && cd server && pnpm plugin:install b',
      ],
      ['package.json build:server: a', 'Dockerfile RUN: b'],
      'package.json',
    ],
    [
      'a script of the server that build:server runs',
      [
        { 'build:server': 'cd server && pnpm run install:all', setup: 'pnpm plugin:install x' },
        { 'install:all': 'pnpm plugin:install a' },
      ],
      ['server/package.json install:all: a'],
      'server/package.json',
    ],
    [
      'a script that the Dockerfile runs, not those for developers',
      [
        { 'dev:setup': 'pnpm plugin:install all' },
        { 'plugins:prod': 'pnpm plugin:install a', 'plugins:dev': 'pnpm plugin:install b' },
        'FROM node\nRUN pnpm -C server run plugins:prod',
      ],
      ['server/package.json plugins:prod: a'],
      'server/package.json',
    ],
    [
      'scripts by a pattern',
      [
        {
          build: 'run-s build:*',
          'build:plugins': 'pnpm -C server plugin:install a',
          other: 'pnpm plugin:install x',
        },
      ],
      ['package.json build:plugins: a'],
      'package.json',
    ],
    [
      'a definition that names plugins itself',
      [
        { 'build:server': 'cd server && pnpm plugin:install' },
        { 'plugin:install': 'node ./scripts/installPlugin.js a' },
      ],
      ['package.json build:server: ', 'server/package.json plugin:install: a'],
      'package.json',
    ],
    [
      'scripts that nothing is seen to run',
      [{ setup: 'pnpm plugin:install a', more: 'pnpm plugin:install b' }],
      ['package.json setup: a', 'package.json more: b'],
      'package.json',
    ],
  ])('%s', (_what, files, found, target) => {
    const lists = listsOf(...files)
    expect(shown(lists)).toEqual(found)
    const [edited, ...others] = editInstallLists(lists, { add: ['new'], remove: [] })
    expect(edited?.file.path).toBe(target)
    expect(others).toEqual([])
  })

  test('a name goes from all of them', () => {
    const lists = listsOf(
      { 'build:server': 'pnpm plugin:install a b' },
      {},
      'FROM node\nRUN pnpm plugin:install c a',
    )
    expect(
      editInstallLists(lists, { add: ['d'], remove: ['a'] }).map(({ file, after }) => [file.path, after]),
    ).toEqual([
      ['package.json', packageWith({ 'build:server': 'pnpm plugin:install b d' })],
      ['Dockerfile', 'FROM node\nRUN pnpm plugin:install c'],
    ])
  })

  test('of two scripts with one name the last one counts', () => {
    expect(namesIn('{"scripts":{"a":"pnpm plugin:install x","a":"pnpm plugin:install y"}}')).toEqual(['y'])
  })

  test('JSON escapes are read, and stay', () => {
    const text = String.raw`{"scripts":{"b":"p\u006epm plugin\u003Ainstall \u0061 \"b\"\tc"}}`
    expect(namesIn(text)).toEqual(['a', 'b', 'c'])
    expect(edit(text, { add: ['d'], remove: ['a'] })).toBe(
      String.raw`{"scripts":{"b":"p\u006epm plugin\u003Ainstall \"b\"\tc d"}}`,
    )
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
    ['a script that is not a string', scriptsOf({ build: ['plugin:install'] })],
    ['no scripts', '{ "name": "plugin:install" }'],
    ['scripts that are not an object', '{ "scripts": "plugin:install a" }'],
    ['nothing', ''],
  ])('none: %s', (_what, text) => {
    expect(installListsIn(file(text))).toEqual([])
    expect(() => add(text, 'a')).toThrow('there is no plugin:install command to add a name to')
  })
})

describe('names that mean something else to a shell', () => {
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
