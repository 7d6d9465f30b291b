import { describe, expect, test } from '@jest/globals'
import { parse } from '@babel/parser'
import fc from 'fast-check'
import { parseTree } from 'jsonc-parser'
import { desiredState } from '../../src/declarations/desired.js'
import { noDeclarations, type Offer } from '../../src/declarations/types.js'
import { editBuiltinTs } from '../../src/registrations/builtin-edit.js'
import { editInstallLists } from '../../src/registrations/install-list-edit.js'
import { planSync } from '../../src/sync/plan.js'
import { editRegistryJson, replaceRegistryEntry } from '../../src/registrations/registry-edit.js'
import { readBuiltinList } from '../../src/registrations/builtin.js'
import { installListsIn, readInstallLists } from '../../src/registrations/install-list.js'
import type { Workspace } from '../../src/workspace/types.js'
import { evaluateBuiltin } from '../support/builtin-plugins.js'

/** `npm run test:properties` runs 10,000 cases of each. */
const settings = { numRuns: Number(process.env['FAST_CHECK_RUNS'] ?? 100) }

/** No generated name is this one. */
const NEW = 'com.acme.new'

const eol = fc.constantFrom('\n', '\r\n')
const indent = fc.constantFrom('  ', '    ', '\t', '')
const bom = fc.constantFrom('', '', '', '\uFEFF')
const name = fc.constantFrom('com.acme.a', 'com.acme.b', 'com.acme.c-d', 'cn.Acme.e', 'x')
const key = fc.oneof(
  fc.constantFrom('label', 'label.zh-CN', 'url', 'description', 'constructor', '0'),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '`', '\n', '\r', '\u2028', '{', '}', ']', ',', '*/', '//', '插'),
  }),
)
const value = fc.oneof(
  { weight: 5, arbitrary: text },
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(key, text, { maxKeys: 3, noNullPrototype: true }),
)
const manifestOf = (names: fc.Arbitrary<string>) =>
  fc
    .tuple(names, fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true }), fc.boolean())
    .map(([named, rest, nameFirst]): Record<string, unknown> =>
      Object.assign(nameFirst ? { name: '' } : {}, rest, { name: named }),
    )
const manifest = manifestOf(name)
const newManifest = manifestOf(fc.constant(NEW))

/** Every text of `parts` must stand in `whole`, in this order, and apart from them only white space and commas. */
function expectOnly(whole: string, parts: readonly string[]): void {
  let at = 0
  for (const part of parts) {
    const found = whole.indexOf(part, at)
    expect(found).toBeGreaterThanOrEqual(at)
    expect(whole.slice(at, found)).toMatch(/^[\s,]*$/)
    at = found + part.length
  }
  expect(whole.slice(at)).toMatch(/^[\s,]*$/)
}

describe('registry.json', () => {
  const entryText = fc.oneof(
    { weight: 6, arbitrary: manifest },
    fc.constantFrom(null, 7, 'com.acme.a', [], {}, ['com.acme.a']),
  )
  const space = fc.constantFrom('', ' ', '\n', '\r\n', '\n\n', '\n  ', '\n\t', '\r\n    ')
  /** Files as no formatter writes them: each entry and each gap in a style of its own. */
  const wild = fc
    .record({
      bom,
      before: space,
      after: space,
      entries: fc.array(fc.record({ value: entryText, unit: indent, eol, before: space, after: space }), {
        maxLength: 5,
      }),
      // In columns: some spaces more behind the colons and commas of one-line entries.
      columns: fc.constantFrom('', '', ' ', '    '),
      empty: space,
    })
    .map(({ bom, before, after, entries, columns, empty }) => {
      const texts = entries.map(({ value, unit, eol }) =>
        columns === '' || unit !== ''
          ? JSON.stringify(value, null, unit).replaceAll('\n', eol)
          : JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"|[:,]/g, (token) =>
              token.length === 1 ? token + columns : token,
            ),
      )
      const items = entries.map((entry, index) => `${entry.before}${texts[index]}${entry.after}`)
      return {
        source: `${bom}${before}[${items.length > 0 ? items.join(',') : empty}]${after}`,
        /** An array without entries has no white space either once an entry has come and gone. */
        settled: `${bom}${before}[${items.join(',')}]${after}`,
        texts,
        values: entries.map((each) => each.value),
      }
    })

  /** The text of one entry, as the parser of positions has it. */
  const entryTextIn = (source: string, index: number): string => {
    const entry = parseTree(source.replace(/^\uFEFF/, ' '))?.children?.[index]
    return entry ? source.slice(entry.offset, entry.offset + entry.length) : ''
  }

  const value = (source: string): unknown[] => JSON.parse(source.replace(/^\uFEFF/, '')) as unknown[]

  test('adding an entry and removing it gives the same bytes', () => {
    fc.assert(
      fc.property(
        wild,
        fc.array(newManifest, { minLength: 1, maxLength: 3 }),
        ({ source, settled }, added) => {
          const more = editRegistryJson(source, { add: added, remove: [] })
          expect(value(more)).toEqual([...value(source), ...added])
          expect(editRegistryJson(more, { add: [], remove: [NEW] })).toBe(settled)
        },
      ),
      settings,
    )
  })

  test('an entry that is replaced says what the manifest says; all others keep their bytes', () => {
    fc.assert(
      fc.property(wild, fc.nat(4), newManifest, ({ source, texts, values }, at, wanted) => {
        fc.pre(at < texts.length)
        const after = replaceRegistryEntry(source, at, wanted)
        const now = value(after)[at] as Record<string, unknown>
        expect(now).toEqual(wanted)
        expect(replaceRegistryEntry(after, at, wanted)).toBe(after)
        expectOnly(
          after.slice(after.indexOf('[') + 1, after.lastIndexOf(']')),
          texts.map((each, index) => (index === at ? entryTextIn(after, at) : each)),
        )
        // Back to what it was, its fields may stand in another order, and the file says the same.
        const before = values[at]
        if (typeof before === 'object' && before !== null && !Array.isArray(before))
          expect(value(replaceRegistryEntry(after, at, before as Record<string, unknown>))).toEqual(values)
      }),
      settings,
    )
  })

  test('an entry that says what the manifest says already keeps every byte', () => {
    fc.assert(
      fc.property(wild, ({ source, values }) => {
        for (const [index, each] of values.entries())
          if (typeof each === 'object' && each !== null && !Array.isArray(each))
            expect(replaceRegistryEntry(source, index, each as Record<string, unknown>)).toBe(source)
      }),
      settings,
    )
  })

  test('removing takes out the entries of the name, and keeps the bytes of all others', () => {
    fc.assert(
      fc.property(wild, name, ({ source, texts, values }, removed) => {
        const less = editRegistryJson(source, { add: [], remove: [removed] })
        const stays = values.map((each) => (each as { name?: unknown } | null)?.name !== removed)
        expect(value(less)).toEqual(values.filter((_, index) => stays[index]))
        expectOnly(
          less.slice(less.indexOf('[') + 1, less.lastIndexOf(']')),
          texts.filter((_, index) => stays[index]),
        )
        expect(less.slice(0, less.indexOf('[') + 1)).toBe(source.slice(0, source.indexOf('[') + 1))
        expect(less.slice(less.lastIndexOf(']'))).toBe(source.slice(source.lastIndexOf(']')))
        expect(editRegistryJson(less, { add: [], remove: [removed] })).toBe(less)
      }),
      settings,
    )
  })
})

const editFile = (path: string, source: string, add: string[], remove: string[]): string =>
  editInstallLists(installListsIn({ path, text: source }), { add, remove })[0]?.after ?? source
const installedIn = (path: string, source: string): string[] =>
  installListsIn({ path, text: source }).flatMap(({ names }) => names.map((each) => each.name))

describe('the install list of package.json', () => {
  /** What stands around the command and its names, and how they may be quoted in it. */
  const around = fc.oneof(
    fc.record({
      before: fc.constantFrom(
        '',
        'cd server && pnpm run ',
        'pnpm -C server ',
        'NODE_ENV=production pnpm --filter "./server" run ',
        'pnpm build && echo "Install plugins:" && pnpm run ',
        "echo 'ü 插件 pnpm plugin:install x' && npm run ",
        'pnpm build # once\n pnpm ',
      ),
      after: fc.constantFrom(
        '',
        ' && mkdir -p ./dist',
        '; ls com.acme.a',
        ' | tee log',
        ' > log',
        ' 2>&1 && ls',
        ' || exit 1',
        '&& ls',
        ' # com.acme.a',
        '\nls',
      ),
      quotes: fc.constant(['', '', '"', "'"]),
    }),
    fc.constantFrom(
      { before: '(', after: ') && ls', quotes: ['', '"', "'"] },
      { before: 'concurrently "pnpm ', after: '" "ls a"', quotes: ['', "'"] },
      { before: "sh -c 'cd server && pnpm ", after: "' && ls", quotes: ['', '"'] },
    ),
  )
  const script = fc
    .record({
      around,
      option: fc.constantFrom('', '', ' --', ' --verbose'),
      names: fc.array(fc.tuple(name, fc.nat(3), fc.constantFrom(' ', '  ', '\t')), { maxLength: 6 }),
    })
    .map(({ around: { before, after, quotes }, option, names }) => ({
      before,
      option,
      after,
      words: names.map(([each, index, gap]) => {
        const quote = quotes[index % quotes.length] ?? ''
        return { name: each, word: `${gap}${quote}${each}${quote}` }
      }),
    }))
  type Script = typeof script extends fc.Arbitrary<infer T> ? T : never

  const file = fc.record({
    bom,
    eol,
    unit: indent,
    more: fc.dictionary(
      fc.string({ maxLength: 5 }).filter((each) => each !== 'scripts'),
      fc.string({ maxLength: 20 }),
    ),
    other: fc.string({ unit: 'binary', maxLength: 40 }).filter((each) => !each.includes('plugin:install')),
    /** Whether the file escapes every letter of the script. */
    isEscaped: fc.boolean(),
    script,
  })
  type File = typeof file extends fc.Arbitrary<infer T> ? T : never

  const inJson = (part: string, isEscaped: boolean): string => {
    const content = JSON.stringify(part).slice(1, -1)
    return isEscaped
      ? content.replace(/\\.|[a-z]/g, (each) =>
          each.length > 1 ? each : `\\u00${each.charCodeAt(0).toString(16)}`,
        )
      : content
  }
  /** The file with these words behind the command; those of `added` as an edit writes them. */
  const render = (parts: File, words: readonly { word: string }[], added = ''): string => {
    const { before, option, after }: Script = parts.script
    const start = inJson(
      `${before}plugin:install${option}${words.map(({ word }) => word).join('')}`,
      parts.isEscaped,
    )
    const line = start + added + inJson(after, parts.isEscaped)
    const frame = JSON.stringify(
      {
        ...parts.more,
        scripts: {
          'plugin:install': 'node ./scripts/installPlugin.js',
          lint: parts.other,
          'build:server': '@',
        },
      },
      null,
      parts.unit,
    ).replaceAll('\n', parts.eol)
    const at = frame.lastIndexOf('"@"') + 1
    return parts.bom + frame.slice(0, at) + line + frame.slice(at + 1)
  }

  test('adding a name and removing it gives the same bytes; all bytes outside are kept', () => {
    fc.assert(
      fc.property(file, (parts) => {
        const source = render(parts, parts.script.words)
        const more = editFile('package.json', source, [NEW], [])
        expect(more).toBe(render(parts, parts.script.words, ` ${NEW}`))
        expect(installedIn('package.json', more)).toEqual([...installedIn('package.json', source), NEW])
        expect(editFile('package.json', more, [], [NEW])).toBe(source)
      }),
      settings,
    )
  })

  test('removing takes the words of the name and nothing else, once and for all', () => {
    fc.assert(
      fc.property(file, name, (parts, removed) => {
        const { words } = parts.script
        const kept = words.filter((each) => each.name !== removed)
        const less = editFile('package.json', render(parts, words), [], [removed])
        expect(less).toBe(render(parts, kept))
        expect(editFile('package.json', less, [], [removed])).toBe(less)
        expect(installedIn('package.json', less)).toEqual(kept.map((each) => each.name))
      }),
      settings,
    )
  })
})

describe('the install list of a Dockerfile', () => {
  /** What stands before a name, and what stands before the one that comes behind it. */
  const gaps = [
    { gap: ' ', again: ' ' },
    { gap: '  ', again: ' ' },
    { gap: ' \\\n    ', again: ' \\\n    ' },
    { gap: ' \\\n\t', again: ' \\\n\t' },
    { gap: ' \\  \n\n  ', again: ' \\  \n\n  ' },
    { gap: ' \\\n  # plugin:install com.acme.a\n  ', again: ' \\\n  ' },
    { gap: ' \\\n# 1 \\\n\n  # 2\n ', again: ' \\\n\n ' },
  ]
  const shell = fc.record({
    head: fc.constantFrom(
      'RUN ',
      'run ',
      'RUN --mount=type=cache,target=/root/.npm ',
      'RUN cd server && ',
      'RUN cd server && \\\n  pnpm run build && \\\n  # Install plugins(whitelist)\n  ',
    ),
    command: fc.constantFrom(
      'pnpm plugin:install',
      'pnpm run plugin:install --',
      'node scripts/installPlugin.js',
    ),
    words: fc
      .array(fc.tuple(name, fc.constantFrom('', '', '"', "'"), fc.constantFrom(...gaps)), { maxLength: 5 })
      .map((words) =>
        words.map(([each, quote, { gap, again }]) => ({
          name: each,
          gap,
          again,
          word: quote + each + quote,
        })),
      ),
    tail: fc.constantFrom('', ' && \\\n  ls', '; ls x', ' # com.acme.a', ' > log'),
  })
  const json = fc.record({
    head: fc.constantFrom('RUN [', 'RUN [ ', 'RUN --network=none ['),
    command: fc.constantFrom('"pnpm", "plugin:install"', '"node","./scripts/installPlugin.js"'),
    words: fc
      .array(fc.tuple(name, fc.constantFrom(', ', ',', ' , ', ', \\\n  ')), { maxLength: 5 })
      .map((words) =>
        words.map(([each, gap]) => ({ name: each, gap, again: gap, word: JSON.stringify(each) })),
      ),
    tail: fc.constantFrom(']', ' ]'),
  })
  const file = fc
    .record({
      bom,
      eol,
      before: fc.constantFrom(
        'FROM node:18\n',
        '# syntax=docker/dockerfile:1\nFROM node:18\nCOPY . .\n',
        'FROM node:18\nLABEL how="RUN pnpm plugin:install x"\n# RUN pnpm plugin:install y\n\n',
        'FROM node:18\nCOPY <<"EOF" /x\nRUN pnpm plugin:install z\nEOF\n',
        'FROM node:18\nRUN [ -n "x" ] && echo pnpm plugin:install x\n',
      ),
      run: fc.oneof(
        shell.map((run) => ({ ...run, isJson: false })),
        json.map((run) => ({ ...run, isJson: true })),
      ),
      after: fc.constantFrom('', '\n', '\nRUN ls com.acme.a\n', '\n\n# end\nCMD ["pnpm", "start"]\n'),
    })
    .map(({ bom, eol, before, run, after }) => {
      const render = (words: readonly { gap: string; word: string }[]): string =>
        bom +
        `${before}${run.head}${run.command}${words.map(({ gap, word }) => gap + word).join('')}${run.tail}${after}`.replaceAll(
          '\n',
          eol,
        )
      const again = run.words.at(-1)?.again ?? (run.isJson ? ', ' : ' ')
      return { render, words: run.words, added: { gap: again, word: run.isJson ? JSON.stringify(NEW) : NEW } }
    })

  test('adding a name and removing it gives the same bytes; all bytes outside are kept', () => {
    fc.assert(
      fc.property(file, ({ render, words, added }) => {
        const source = render(words)
        const more = editFile('Dockerfile', source, [NEW], [])
        expect(more).toBe(render([...words, added]))
        expect(editFile('Dockerfile', more, [], [NEW])).toBe(source)
      }),
      settings,
    )
  })

  test('removing takes out the name and what separates it, and keeps everything else', () => {
    fc.assert(
      fc.property(file, name, ({ render, words }, removed) => {
        const less = editFile('Dockerfile', render(words), [], [removed])
        const kept = words.filter((each) => each.name !== removed)
        expect(installedIn('Dockerfile', less)).toEqual(kept.map((each) => each.name))
        expect(editFile('Dockerfile', less, [], [removed])).toBe(less)
        // The first one that stays may stand behind the comment that was above the first one of all.
        const first = words[0]
        expect([
          render(kept),
          render(kept.map((each, index) => (index === 0 && first ? { ...each, gap: first.gap } : each))),
        ]).toContain(less)
      }),
      settings,
    )
  })
})

/** Entries of builtin.ts in every shape that a person may write. */
const element = fc
  .record({
    name: fc.option(name, { nil: undefined }),
    label: fc.constantFrom('A', '插件', 'it"s', '}, {', '/* */ // ]'),
    shape: fc.constantFrom(
      'plain',
      'plain',
      'lines',
      'and',
      'ternary',
      'parentheses',
      'cast',
      'spread',
      'variable',
    ),
    above: fc.constantFrom(
      '',
      '',
      '',
      '// about it',
      '/* about it */',
      '// 1\n  // 2',
      '/**\n   * Block\n   */',
      '// apart\n',
      '/* a */\n\n  // b',
      '\n  // Section',
      "// {\n  //   name: 'com.acme.a',\n  // },",
      "/* flag && { name: 'com.acme.new' }, */\n  // about it",
    ),
    beside: fc.constantFrom('', '', ' // beside', ' /* beside */', ' /* 1 */ // 2'),
    beforeComma: fc.constantFrom('', '', ' ', ' /* , */', '\n  '),
    innerComma: fc.boolean(),
  })
  .map(({ name: named, label, shape, above, beside, beforeComma, innerComma }) => {
    const properties = [
      ...(named === undefined ? [] : [`name: ${JSON.stringify(named)}`]),
      `label: ${JSON.stringify(label)}`,
    ]
    const object =
      shape === 'lines'
        ? `{\n${properties.map((each) => `    ${each}`).join(',\n')}${innerComma ? ',' : ''}\n  }`
        : `{ ${properties.join(', ')} }`
    const code = {
      plain: object,
      lines: object,
      and: `flag && ${object}`,
      ternary: `flag ? ${object} : undefined`,
      parentheses: `(${object})`,
      cast: `${object} as object`,
      spread: `...[${object}]`,
      variable: 'variable',
    }[shape]
    const isNamed = shape !== 'spread' && shape !== 'variable'
    const evaluated =
      shape === 'variable' ? { name: 'variable' } : { ...(named !== undefined && { name: named }), label }
    return {
      name: isNamed ? named : undefined,
      code,
      above,
      beside,
      beforeComma,
      evaluated,
      conditional: shape === 'and' || shape === 'ternary',
    }
  })

/** Arrays that stand in one line. */
const flat = fc
  .record({
    elements: fc.array(
      element.filter(({ code }) => !code.includes('\n')),
      { maxLength: 4 },
    ),
    padding: fc.constantFrom('', ' '),
    eol,
  })
  .map(({ elements, padding, eol }) => {
    const bare = elements.map((each) => ({ ...each, above: '', beside: '' }))
    const content = bare.map(({ code }) => code).join(', ')
    const array = content === '' ? '[]' : `[${padding}${content}${padding}]`
    const source = `const x = 1;\nexport const builtinPlugins = ${array};\n`.replaceAll('\n', eol)
    return { source, elements: bare, restyle: (text: string) => text }
  })

const inLines = fc
  .record({
    bom,
    eol,
    unit: fc.constantFrom('  ', '    ', '\t'),
    head: fc.constantFrom('', '// builtinPlugins = [\n', "import _compact from 'lodash/compact';\n\n"),
    open: fc.constantFrom(
      'export const builtinPlugins = [',
      'export const builtinPlugins: object[] = _compact([',
      'export const builtinPlugins = ([ // all',
    ),
    elements: fc.array(element, { maxLength: 5 }),
    trailingComma: fc.boolean(),
    below: fc.constantFrom('', '  // to come: { name: "com.acme.a" }\n'),
  })
  .map(({ bom, eol, unit, head, open, elements, trailingComma, below }) => {
    const restyle = (text: string): string =>
      text.replace(/^(?: {2})+/gm, (spaces) => unit.repeat(spaces.length / 2)).replaceAll('\n', eol)
    const lines = elements.map(({ above, code, beforeComma, beside }, index) => {
      const comma = index < elements.length - 1 || trailingComma ? `${beforeComma},` : ''
      return `${above && `  ${above}\n`}  ${code}${comma}${beside}\n`
    })
    const close = open.includes('([') ? '])' : ']'
    // An array is empty without any white space in it, as formatters leave it.
    const content =
      lines.length === 0 && below === '' && !open.includes('//') ? '' : `\n${lines.join('')}${below}`
    const source = bom + restyle(`${head}${open}${content}${close} satisfies object[];\n`)
    return { source, elements, restyle }
  })

const builtin = fc.oneof({ weight: 5, arbitrary: inLines }, flat)

const builtinFile = (source: string) => ({ path: 'client/web/src/plugin/builtin.ts', text: source })
const surroundings = { flag: true, variable: { name: 'variable' }, _compact: (items: unknown[]) => items }

describe('builtin.ts', () => {
  const edit = (source: string, add: Record<string, unknown>[], remove: string[]): string =>
    editBuiltinTs(parse, builtinFile(source), { add, remove })
  const entriesOf = (source: string) => {
    const list = readBuiltinList(parse, builtinFile(source))
    if (!list.understood) throw new Error(list.reason)
    return list.entries.map((each) => ({ ...each, text: source.slice(each.start, each.end) }))
  }

  test('adding an entry and removing it gives the same bytes; every byte is kept while it is there', () => {
    fc.assert(
      fc.property(builtin, newManifest, ({ source }, added) => {
        const more = edit(source, [added], [])
        expect(edit(more, [], [NEW])).toBe(source)
        const entries = entriesOf(more)
        const at = entries.findIndex((each) => each.name === NEW)
        const others = entries.filter((_, index) => index !== at).map((each) => each.text)
        expect(others).toEqual(entriesOf(source).map((each) => each.text))
        expect(entries.slice(at + 1).every(({ conditional }) => conditional)).toBe(true)
      }),
      settings,
    )
  })

  test('the client gets what the manifest says', () => {
    fc.assert(
      fc.property(builtin, newManifest, ({ source, elements }, added) => {
        const at = elements.findLastIndex(({ conditional }) => !conditional) + 1
        const expected: unknown[] = elements.map(({ evaluated }) => evaluated)
        expected.splice(at, 0, added)
        expect(evaluateBuiltin(edit(source, [added], []), surroundings)).toEqual(expected)
      }),
      settings,
    )
  })

  test('removing takes out the entries of the name with their comments, and keeps everything else', () => {
    fc.assert(
      fc.property(builtin, name, ({ source, elements, restyle }, removed) => {
        const less = edit(source, [], [removed])
        expect(edit(less, [], [removed])).toBe(less)
        // An entry that is commented out belongs to no other one.
        const commented = (text: string): number =>
          text.match(/\/\/ {3}name:|&& \{ name: 'com.acme.new' \}, \*/g)?.length ?? 0
        expect(commented(less)).toBe(commented(source))
        const kept = entriesOf(source).filter((each) => each.name !== removed)
        expect(entriesOf(less).map((each) => each.text)).toEqual(kept.map((each) => each.text))
        const comments = elements
          .filter((each) => each.name !== removed)
          .flatMap(({ above, beside }) => [above, beside].map((each) => restyle(each.trim())))
        let at = 0
        for (const comment of comments) {
          const found = less.indexOf(comment, at)
          expect(found).toBeGreaterThanOrEqual(at)
          at = found + comment.length
        }
      }),
      settings,
    )
  })
})

describe('a plan', () => {
  const names = ['com.acme.front', 'com.acme.full', 'com.acme.hidden']

  /** A repository with these registration files and a plugin of each kind. */
  function workspaceOf(registry: string, builtinText: string, texts: Record<string, string>): Workspace {
    const json = (path: string, source: string) => ({
      path,
      text: source,
      value: JSON.parse(source) as unknown,
    })
    const registryValue = JSON.parse(registry) as ({ name?: string } | null)[]
    return {
      root: '/repository',
      pluginsOnly: false,
      plugins: names.map((each) => ({
        name: each,
        kind: each === 'com.acme.full' ? 'fullstack' : 'frontend',
        directory: each,
        files: [],
        web: { directory: each, manifest: json(`${each}/manifest.json`, JSON.stringify({ name: each })) },
        services: [],
        helpers: [],
        packages: [],
        misplacedServices: [],
        sources: [],
      })),
      registry: {
        ...json('client/web/registry.json', registry),
        entries: registryValue.map((each, index) => ({ index, name: each?.name, url: undefined })),
      },
      builtin: { ...builtinFile(builtinText), list: readBuiltinList(parse, builtinFile(builtinText)) },
      rootPackage: undefined,
      installLists: readInstallLists((path) => {
        const source = texts[path]
        return source === undefined ? undefined : { path, text: source }
      }),
      frontendMinistarConfig: undefined,
      builtRegistry: undefined,
      dockerIgnore: undefined,
      compiler: { emitsJavaScript: false, emitsImportedJson: false, definesFields: true, notRead: [] },
      buildCopies: () => false,
      sharedModules: new Map(),
      installation: {
        lockfile: undefined,
        workspace: undefined,
        serverPackage: undefined,
        sdkPackage: undefined,
        frozenInstall: undefined,
        pnpmVersions: [],
        isHoisted: false,
      },
      deployment: undefined,
      misplacedPlugins: [],
      missingSubmodules: [],
      misnamedDeclarations: undefined,
      runtime: { base: undefined, setsTracing: false, moleculer: undefined },
      ignored: [],
      unreadable: [],
      notRead: [],
    }
  }

  const offer = fc.constantFrom<Offer[]>(['registry'], ['builtin'], ['hidden'], ['registry', 'builtin'])
  const offers = fc.tuple(offer, offer, offer)

  test('once carried out leaves nothing to do', async () => {
    const start = fc.record({
      registry: fc.subarray(names),
      builtin: fc.subarray(names),
      conditional: fc.subarray(names),
      install: fc.subarray(['com.acme.full', 'com.acme.other']),
      inDockerfile: fc.option(fc.subarray(['com.acme.full', 'com.acme.other'])),
    })
    await fc.assert(
      fc.asyncProperty(start, offers, async (lists, wanted) => {
        const position = { file: 'tailchat-plugins.yml', line: 1, column: 1 }
        const declarations = {
          ...noDeclarations,
          plugins: new Map(
            names.map((each, index) => [
              each,
              {
                offer: wanted[index],
                services: undefined,
                refresh: false,
                renamedFrom: undefined,
                accept: new Map(),
                position,
              },
            ]),
          ),
        }
        const conditional = lists.conditional.filter((each) => !lists.builtin.includes(each))
        const before = workspaceOf(
          JSON.stringify(lists.registry.map((each) => ({ name: each }))),
          `export const builtinPlugins = [\n${lists.builtin.map((each) => `  { name: '${each}' },\n`).join('')}${conditional.map((each) => `  flag && { name: '${each}' },\n`).join('')}]\n`,
          {
            'package.json': JSON.stringify({
              scripts: { 'build:server': `plugin:install ${lists.install.join(' ')}`.trim() },
            }),
            ...(lists.inDockerfile && {
              Dockerfile: `FROM node\nRUN pnpm plugin:install ${lists.inDockerfile.join(' ')}`.trim(),
            }),
          },
        )
        const plan = await planSync(before, desiredState(before, declarations, 'report'), new Set())
        expect(plan.blocked).toEqual([])
        const textOf = (path: string, old: string | undefined): string =>
          plan.edits.find(({ file }) => file === path)?.after ?? old ?? ''
        const after = workspaceOf(
          textOf('client/web/registry.json', before.registry?.text),
          textOf('client/web/src/plugin/builtin.ts', before.builtin?.text),
          Object.fromEntries(
            before.installLists.map(({ file: { path, text: old } }) => [path, textOf(path, old)]),
          ),
        )
        const again = desiredState(after, declarations, 'report')
        expect(again.plugins.map(({ today }) => today)).toEqual(again.plugins.map(({ wanted }) => wanted))
        expect(await planSync(after, again, new Set())).toEqual({ changes: [], blocked: [], edits: [] })
      }),
      settings,
    )
  })
})
