import { describe, expect, test } from '@jest/globals'
import { parse } from '@babel/parser'
import fc from 'fast-check'
import { desiredState } from '../src/declarations/desired.js'
import { noDeclarations, type Offer } from '../src/declarations/types.js'
import { editBuiltinTs } from '../src/sync/builtin-ts.js'
import { editInstallList } from '../src/sync/install-list.js'
import { planSync } from '../src/sync/plan.js'
import { editRegistryJson } from '../src/sync/registry-json.js'
import { readBuiltinList } from '../src/workspace/builtin.js'
import { readInstallList } from '../src/workspace/install-list.js'
import type { Workspace } from '../src/workspace/types.js'
import { evaluateBuiltin } from './support/builtin-plugins.js'

const settings = { numRuns: Number(process.env['FAST_CHECK_RUNS'] ?? 200) }

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
    })
    .map(({ bom, before, after, entries }) => {
      const texts = entries.map(({ value, unit, eol }) =>
        JSON.stringify(value, null, unit).replaceAll('\n', eol),
      )
      const items = entries.map((entry, index) => `${entry.before}${texts[index]}${entry.after}`)
      return {
        source: `${bom}${before}[${items.join(',')}]${after}`,
        texts,
        values: entries.map((each) => each.value),
      }
    })

  const value = (source: string): unknown[] => JSON.parse(source.replace(/^\uFEFF/, '')) as unknown[]

  test('adding an entry and removing it gives the same bytes', () => {
    fc.assert(
      fc.property(wild, fc.array(newManifest, { minLength: 1, maxLength: 3 }), ({ source }, added) => {
        const more = editRegistryJson(source, { add: added, remove: [] })
        expect(value(more)).toEqual([...value(source), ...added])
        expect(editRegistryJson(more, { add: [], remove: [NEW] })).toBe(source)
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

describe('the install list of package.json', () => {
  const before = fc.constantFrom(
    '',
    'cd server && pnpm run ',
    'pnpm build && echo "Install plugins:" && pnpm run ',
    "echo 'ü 插件' && npm run ",
    '(',
  )
  const after = fc.constantFrom(
    '',
    ' && mkdir -p ./dist',
    '; ls com.acme.a',
    ' | tee log',
    ' > log',
    ' || exit 1',
    '&& ls',
  )
  const script = fc
    .record({
      before,
      option: fc.constantFrom('', '', ' --', ' --verbose'),
      names: fc.array(fc.tuple(name, fc.constantFrom('', '', '"', "'"), fc.constantFrom(' ', '  ')), {
        maxLength: 6,
      }),
      after,
    })
    .map((parts) => ({
      ...parts,
      after: parts.before === '(' ? `)${parts.after}` : parts.after,
      words: parts.names.map(([each, quote, gap]) => ({ name: each, word: `${gap}${quote}${each}${quote}` })),
    }))
  const render = (
    script: { before: string; option: string; after: string },
    words: readonly string[],
  ): string => `${script.before}plugin:install${script.option}${words.join('')}${script.after}`

  const file = fc.record({
    bom,
    eol,
    unit: indent,
    more: fc.dictionary(
      fc.string({ maxLength: 5 }).filter((each) => each !== 'scripts'),
      fc.string(),
    ),
    other: fc.string({ unit: 'binary' }).filter((each) => !each.includes('plugin:install')),
    script,
  })
  const renderFile = (
    parts: { bom: string; eol: string; unit: string; more: object; other: string },
    line: string,
  ): string =>
    parts.bom +
    JSON.stringify(
      {
        ...parts.more,
        scripts: { 'plugin:install': 'node install.js', lint: parts.other, 'build:server': line },
      },
      null,
      parts.unit,
    ).replaceAll('\n', parts.eol)

  const edit = (source: string, add: string[], remove: string[]): string =>
    editInstallList({ path: 'package.json', text: source }, { add, remove })

  test('adding a name and removing it gives the same bytes; all bytes outside are kept', () => {
    fc.assert(
      fc.property(file, (parts) => {
        const words = parts.script.words.map(({ word }) => word)
        const source = renderFile(parts, render(parts.script, words))
        const more = edit(source, [NEW], [])
        expect(more).toBe(renderFile(parts, render(parts.script, [...words, ` ${NEW}`])))
        expect(edit(more, [], [NEW])).toBe(source)
      }),
      settings,
    )
  })

  test('removing takes the words of the name and nothing else, once and for all', () => {
    fc.assert(
      fc.property(file, name, (parts, removed) => {
        const { words } = parts.script
        const source = renderFile(
          parts,
          render(
            parts.script,
            words.map(({ word }) => word),
          ),
        )
        const kept = words.filter((each) => each.name !== removed)
        const less = edit(source, [], [removed])
        expect(less).toBe(
          renderFile(
            parts,
            render(
              parts.script,
              kept.map(({ word }) => word),
            ),
          ),
        )
        expect(edit(less, [], [removed])).toBe(less)
        expect(readInstallList({ path: 'package.json', text: less })?.names.map((each) => each.name)).toEqual(
          kept.map((each) => each.name),
        )
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
    ),
    beside: fc.constantFrom('', '', ' // beside', ' /* beside */', ' /* 1 */ // 2'),
    beforeComma: fc.constantFrom('', '', ' ', ' /* , */', '\n  '),
  })
  .map(({ name: named, label, shape, above, beside, beforeComma }) => {
    const properties = [
      ...(named === undefined ? [] : [`name: ${JSON.stringify(named)}`]),
      `label: ${JSON.stringify(label)}`,
    ]
    const object =
      shape === 'lines'
        ? `{\n${properties.map((each) => `    ${each},\n`).join('')}  }`
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

const builtin = fc
  .record({
    bom,
    eol,
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
  .map(({ bom, eol, head, open, elements, trailingComma, below }) => {
    const lines = elements.map(({ above, code, beforeComma, beside }, index) => {
      const comma = index < elements.length - 1 || trailingComma ? `${beforeComma},` : ''
      return `${above && `  ${above}\n`}  ${code}${comma}${beside}\n`
    })
    const close = open.includes('([') ? '])' : ']'
    // An array is empty without any white space in it, as formatters leave it.
    const content =
      lines.length === 0 && below === '' && !open.includes('//') ? '' : `\n${lines.join('')}${below}`
    const source = `${bom}${head}${open}${content}${close} satisfies object[];\n`.replaceAll('\n', eol)
    return { source, elements, eol }
  })

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
      fc.property(builtin, name, ({ source, elements, eol }, removed) => {
        const less = edit(source, [], [removed])
        expect(edit(less, [], [removed])).toBe(less)
        const kept = entriesOf(source).filter((each) => each.name !== removed)
        expect(entriesOf(less).map((each) => each.text)).toEqual(kept.map((each) => each.text))
        const comments = elements
          .filter((each) => each.name !== removed)
          .flatMap(({ above, beside }) => [above, beside].map((each) => each.trim().replaceAll('\n', eol)))
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
  function workspaceOf(registry: string, builtinText: string, packageText: string): Workspace {
    const json = (path: string, source: string) => ({
      path,
      text: source,
      value: JSON.parse(source) as unknown,
    })
    const registryValue = JSON.parse(registry) as ({ name?: string } | null)[]
    const rootPackage = json('package.json', packageText)
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
        packages: [],
        misplacedServices: [],
        sources: [],
      })),
      registry: {
        ...json('client/web/registry.json', registry),
        entries: registryValue.map((each, index) => ({ index, name: each?.name, url: undefined })),
      },
      builtin: { ...builtinFile(builtinText), list: readBuiltinList(parse, builtinFile(builtinText)) },
      rootPackage: { ...rootPackage, installList: readInstallList(rootPackage) },
      frontendMinistarConfig: undefined,
      builtRegistry: undefined,
      dockerIgnore: undefined,
      compiler: { emitsJavaScript: false, emitsImportedJson: false },
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
      ignored: [],
      unreadable: [],
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
    })
    await fc.assert(
      fc.asyncProperty(start, offers, async (lists, wanted) => {
        const position = { file: 'tailchat-plugins.yml', line: 1, column: 1 }
        const declarations = {
          ...noDeclarations,
          plugins: new Map(
            names.map((each, index) => [
              each,
              { offer: wanted[index], services: undefined, accept: new Map(), position },
            ]),
          ),
        }
        const conditional = lists.conditional.filter((each) => !lists.builtin.includes(each))
        const before = workspaceOf(
          JSON.stringify(lists.registry.map((each) => ({ name: each }))),
          `export const builtinPlugins = [\n${lists.builtin.map((each) => `  { name: '${each}' },\n`).join('')}${conditional.map((each) => `  flag && { name: '${each}' },\n`).join('')}]\n`,
          JSON.stringify({ scripts: { 'build:server': `plugin:install ${lists.install.join(' ')}`.trim() } }),
        )
        const plan = await planSync(before, desiredState(before, declarations, 'report'), new Set())
        expect(plan.blocked).toEqual([])
        const textOf = (path: string, old: string | undefined): string =>
          plan.edits.find(({ file }) => file === path)?.after ?? old ?? ''
        const after = workspaceOf(
          textOf('client/web/registry.json', before.registry?.text),
          textOf('client/web/src/plugin/builtin.ts', before.builtin?.text),
          textOf('package.json', before.rootPackage?.text),
        )
        const again = desiredState(after, declarations, 'report')
        expect(again.plugins.map(({ today }) => today)).toEqual(again.plugins.map(({ wanted }) => wanted))
        expect(await planSync(after, again, new Set())).toEqual({ changes: [], blocked: [], edits: [] })
      }),
      settings,
    )
  })
})
