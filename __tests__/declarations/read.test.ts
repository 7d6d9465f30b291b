import { describe, expect, test } from '@jest/globals'
import { desiredState, type PluginRegistration } from '../../src/declarations/desired.js'
import { renderInitialDeclarations } from '../../src/declarations/init.js'
import { parseDeclarations } from '../../src/declarations/read.js'
import { type Declarations, noDeclarations, type Offer } from '../../src/declarations/types.js'
import { nearest } from '../../src/lib/nearest.js'
import { planSync } from '../../src/sync/plan.js'
import { readWorkspace } from '../../src/workspace/read.js'
import {
  backendPlugin,
  type Files,
  frontendPlugin,
  fullstackPlugin,
  type Registrations,
  registrations,
  service,
  withRepository,
} from '../support/repository.js'

const FILE = 'tailchat-plugins.yml'
const parse = (text: string): Declarations => parseDeclarations({ path: FILE, text })

/** The problems as `line:column message`. */
const problemsOf = (text: string): string[] =>
  parse(text).problems.map(({ position, message }) => `${position.line}:${position.column} ${message}`)

describe('a declarations file', () => {
  test('says what is wanted of each plugin, and where', () => {
    const declarations = parse(`# ours
version: 1
plugins:
  com.acme.theme:
    offer: registry # everybody may have it
  com.acme.tickets: { offer: builtin }
  com.acme.audit: {}
  com.acme.empty:
  com.acme.null: ~
  "com.acme.lab":
    services: dev
  com.acme.both:
    offer: [registry, builtin]
rules:
  manifest/icon-missing: off
  manifest/label-missing: notice
`)
    const position = (line: number) => ({ file: FILE, line, column: 3 })
    const accept = new Map()
    const none = { refresh: false, renamedFrom: undefined }
    expect(declarations).toEqual({
      file: FILE,
      plugins: new Map([
        [
          'com.acme.theme',
          { offer: ['registry'], services: undefined, ...none, accept: new Map(), position: position(4) },
        ],
        [
          'com.acme.tickets',
          { offer: ['builtin'], services: undefined, ...none, accept: new Map(), position: position(6) },
        ],
        [
          'com.acme.audit',
          { offer: undefined, services: undefined, ...none, accept: new Map(), position: position(7) },
        ],
        [
          'com.acme.empty',
          { offer: undefined, services: undefined, ...none, accept: new Map(), position: position(8) },
        ],
        [
          'com.acme.null',
          { offer: undefined, services: undefined, ...none, accept: new Map(), position: position(9) },
        ],
        ['com.acme.lab', { offer: undefined, services: 'dev', ...none, accept, position: position(10) }],
        [
          'com.acme.both',
          {
            offer: ['registry', 'builtin'],
            services: undefined,
            ...none,
            accept: new Map(),
            position: position(12),
          },
        ],
      ]),
      rules: new Map([
        ['manifest/icon-missing', 'off'],
        ['manifest/label-missing', 'notice'],
      ]),
      rulePositions: new Map([
        ['manifest/icon-missing', position(15)],
        ['manifest/label-missing', position(16)],
      ]),
      problems: [],
    })
  })

  test.each<[string, string]>([
    ['nothing but the version', 'version: 1\n'],
    ['empty maps', 'version: 1\nplugins: {}\nrules: {}\n'],
    ['maps without a value', 'version: 1\nplugins:\nrules:\n'],
    ['JSON', '{"version": 1, "plugins": {}}'],
    ['CRLF and a byte order mark', '\uFEFFversion: 1\r\nplugins:\r\n'],
    ['a document’s start and end', '---\nversion: 1\n...\n'],
  ])('may hold %s', (_what, text) => {
    expect(parse(text)).toMatchObject({ plugins: new Map(), rules: new Map(), problems: [] })
  })

  test('may use aliases', () => {
    const { plugins, problems } = parse(
      'version: 1\nplugins:\n  a: &usual\n    offer: [builtin, builtin]\n  b: *usual\n',
    )
    expect(problems).toEqual([])
    expect([...plugins.values()].map(({ offer, position }) => [offer, position.line])).toEqual([
      [['builtin'], 3],
      [['builtin'], 5],
    ])
  })

  test('may accept findings about a plugin, each with the reason', () => {
    const { plugins, problems } = parse(
      'version: 1\nplugins:\n  a:\n    accept:\n      manifest/icon-missing: it has none\n      "a/b": " two words "\n',
    )
    expect(problems).toEqual([])
    expect(plugins.get('a')?.accept).toEqual(
      new Map([
        ['manifest/icon-missing', { reason: 'it has none', position: { file: FILE, line: 5, column: 7 } }],
        ['a/b', { reason: 'two words', position: { file: FILE, line: 6, column: 7 } }],
      ]),
    )
  })

  test.each<[string, string, string[]]>([
    ['nothing', '', ['1:1 missing; allowed: a map with version, plugins and rules']],
    [
      'only a comment',
      '# to do\n',
      [
        expect.stringMatching(
          /^\d:1 missing; allowed: a map with version, plugins and rules$/,
        ) as unknown as string,
      ],
    ],
    ['a list', '- a\n', ['1:1 found a list; allowed: a map with version, plugins and rules']],
    ['text', '\n  hello\n', ['2:3 found "hello"; allowed: a map with version, plugins and rules']],
    ['no version', 'plugins:\n  a: {}\n', ['1:1 version: missing; allowed: 1']],
    ['a wrong version', '# c\nversion: 2\n', ['2:10 version: found 2; allowed: 1']],
    ['a version in quotes', 'version: "1"\n', ['1:10 version: found "1"; allowed: 1']],
    [
      'an unknown key',
      'version: 1\nplugin:\n  a: {}\n',
      ['2:1 unknown key "plugin" (did you mean "plugins"?); allowed here: version, plugins, rules'],
    ],
    [
      'a key that is near none',
      'version: 1\nx-mine: 1\n',
      ['2:1 unknown key "x-mine"; allowed here: version, plugins, rules'],
    ],
    [
      'an unknown key of a plugin',
      'version: 1\nplugins:\n  com.acme.a:\n    ofer: builtin\n',
      [
        '4:5 plugins.com.acme.a: unknown key "ofer" (did you mean "offer"?); allowed here: offer, services, refresh, renamed-from, patched, accept',
      ],
    ],
    [
      'unknown keys, each at its place',
      'version: 1\nplugins:\n  a: { Service: dev, offer: builtin, x: 1 }\n',
      [
        '3:8 plugins.a: unknown key "Service" (did you mean "services"?); allowed here: offer, services, refresh, renamed-from, patched, accept',
        '3:38 plugins.a: unknown key "x"; allowed here: offer, services, refresh, renamed-from, patched, accept',
      ],
    ],
    [
      'a wrong offer',
      'version: 1\nplugins:\n  a:\n    offer: store\n',
      ['4:12 plugins.a.offer: found "store"; allowed: registry, builtin, hidden, or a list of these'],
    ],
    [
      'a wrong offer in a list',
      'version: 1\nplugins:\n  a:\n    offer: [registry, store]\n',
      ['4:12 plugins.a.offer: found a list; allowed: registry, builtin, hidden, or a list of these'],
    ],
    [
      'an empty list of offers',
      'version: 1\nplugins:\n  a: { offer: [] }\n',
      ['3:15 plugins.a.offer: found a list; allowed: registry, builtin, hidden, or a list of these'],
    ],
    [
      'an offer without a value',
      'version: 1\nplugins:\n  a:\n    offer: ~\n',
      ['4:12 plugins.a.offer: found null; allowed: registry, builtin, hidden, or a list of these'],
    ],
    [
      'hidden together with another offer',
      'version: 1\nplugins:\n  a: {}\n  b: { offer: [hidden, registry] }\n',
      ['4:3 plugins.b.offer: hidden cannot be combined with registry or builtin'],
    ],
    [
      'wrong services',
      'version: 1\nplugins:\n  a: { services: production }\n',
      ['3:18 plugins.a.services: found "production"; allowed: dev'],
    ],
    [
      'a refresh that is neither',
      'version: 1\nplugins:\n  a: { refresh: yes }\n',
      ['3:17 plugins.a.refresh: found "yes"; allowed: true, false'],
    ],
    [
      'a key that is nearly the one for an old name',
      'version: 1\nplugins:\n  a: { renamed_from: b }\n',
      [
        '3:8 plugins.a: unknown key "renamed_from" (did you mean "renamed-from"?); allowed here: offer, services, refresh, renamed-from, patched, accept',
      ],
    ],
    [
      'an old name that is not text',
      'version: 1\nplugins:\n  a: { renamed-from: [b] }\n',
      ['3:22 plugins.a.renamed-from: found a list; allowed: the name it had before, as a text'],
    ],
    [
      'two plugins with one old name',
      'version: 1\nplugins:\n  a: { renamed-from: c }\n  b: { renamed-from: c }\n',
      ['4:8 plugins.b.renamed-from: a says so too, and only one can have been c'],
    ],
    [
      'an old name that is declared, or the plugin’s own',
      'version: 1\nplugins:\n  a: { renamed-from: b }\n  b: { renamed-from: b }\n',
      [
        '3:8 plugins.a.renamed-from: b is declared as well: remove its entry, or this line',
        '4:8 plugins.b.renamed-from: b is declared as well: remove its entry, or this line',
      ],
    ],
    [
      'an offer in the plugin’s place',
      'version: 1\nplugins:\n  a: builtin\n',
      [
        '3:6 plugins.a: found "builtin"; allowed: a map with offer, services, refresh, renamed-from, patched and accept',
      ],
    ],
    [
      'a list of plugins',
      'version: 1\nplugins:\n  - com.acme.a\n',
      ['3:3 plugins: found a list; allowed: a map of plugin names'],
    ],
    [
      'an accepted finding without a reason',
      'version: 1\nplugins:\n  a:\n    accept: { a/b: , c/d: " " }\n',
      [
        '4:20 plugins.a.accept.a/b: found null; allowed: the reason, as a text',
        '4:27 plugins.a.accept.c/d: found " "; allowed: the reason, as a text',
      ],
    ],
    [
      'a list of accepted findings',
      'version: 1\nplugins:\n  a: { accept: [a/b] }\n',
      ['3:16 plugins.a.accept: found a list; allowed: a map of rule ids'],
    ],
    [
      'a wrong severity',
      'version: 1\nrules:\n  manifest/icon-missing: fatal\n  a/b: error\n',
      ['3:26 rules.manifest/icon-missing: found "fatal"; allowed: off, notice, warning, error'],
    ],
    [
      'a severity that is a boolean',
      'version: 1\nrules: { a/b: false }\n',
      ['2:15 rules.a/b: found false; allowed: off, notice, warning, error'],
    ],
    [
      'rules that are not a map',
      'version: 1\nrules: off\n',
      ['2:8 rules: found "off"; allowed: a map of rule ids'],
    ],
    [
      'several mistakes, all at once',
      'version: 2\nplugins:\n  a: { offer: x }\nrules: { b: x }\n',
      [
        '1:10 version: found 2; allowed: 1',
        '3:15 plugins.a.offer: found "x"; allowed: registry, builtin, hidden, or a list of these',
        '4:13 rules.b: found "x"; allowed: off, notice, warning, error',
      ],
    ],
  ])('names what is wrong and where: %s', (_what, text, problems) => {
    expect(problemsOf(text)).toEqual(problems)
  })

  test('counts lines as editors do, with CRLF', () => {
    expect(problemsOf('version: 1\r\nplugins:\r\n  a: builtin\r\n')).toEqual([
      '3:6 plugins.a: found "builtin"; allowed: a map with offer, services, refresh, renamed-from, patched and accept',
    ])
  })

  test.each<[string, string, RegExp]>([
    ['an open bracket', 'version: 1\nplugins: {', /^2:11 not valid YAML: /],
    [
      'a key twice',
      'version: 1\nplugins:\n  a: {}\n  a: {}\n',
      /^4:3 not valid YAML: the key "a" is there twice$/,
    ],
    ['a plugin named __proto__', 'version: 1\nplugins:\n  __proto__: {}\n', /^3:3 no plugin .* "__proto__"/],
    ['a tab for indentation', 'version: 1\nplugins:\n\ta: {}\n', /^3:1 not valid YAML: Tabs are not allowed/],
    ['two documents', 'version: 1\n---\nversion: 1\n', /^\d:\d not valid YAML: .*multiple documents/],
    [
      'an alias without its anchor',
      'version: 1\nplugins:\n  a: *missing\n',
      /^\d:\d not valid YAML: .*missing/,
    ],
    [
      'aliases that unfold without end',
      `version: 1\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n${[1, 2, 3, 4, 5]
        .map((n) => `x${n}: &x${n} [${Array.from({ length: 10 }, () => `*x${n - 1}`).join(', ')}]\n`)
        .join('')}`,
      /^\d:\d not valid YAML: Excessive alias count/,
    ],
  ])('that is not YAML is a problem, not a crash: %s', (_what, text, problem) => {
    const problems = problemsOf(text)
    expect(problems[0]).toMatch(problem)
    // The position stands in front of the message: it is not told a second time.
    expect(problems.join()).not.toMatch(/at line/)
  })

  test('with a mistake in it is not used at all', () => {
    const declarations = parse('version: 1\nplugins:\n  a: { offer: builtin }\n  b: { offer: x }\n')
    expect(declarations.plugins.size).toBe(0)
    expect(declarations.problems).toHaveLength(1)
  })
})

describe('the nearest word', () => {
  test.each<[string, string[], string | undefined]>([
    ['ofer', ['offer', 'services'], 'offer'],
    ['OFFER', ['offer'], 'offer'],
    ['com.acme.tickts', ['com.acme.tasks', 'com.acme.tickets'], 'com.acme.tickets'],
    ['abc', ['xyz'], undefined],
    ['ab', ['xy', 'ax'], undefined],
    ['offer', [], undefined],
    ['', ['a'], undefined],
  ])('to %j among %j is %j', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected)
  })
})

const FRONTEND = 'com.acme.front'
const FULLSTACK = 'com.acme.full'
const BACKEND = 'com.acme.back'

/** A plugin of each kind. */
const plugins: Files = {
  ...frontendPlugin(FRONTEND),
  ...fullstackPlugin(FULLSTACK),
  ...backendPlugin(BACKEND),
}

/** What is wanted of a plugin, and the one word of the report, with these registrations and this declaration. */
async function wantedOf(
  name: string,
  lists: Registrations,
  declaration: string | undefined,
  undeclared: 'report' | 'offer' = 'report',
  files: Files = plugins,
): Promise<{
  today: PluginRegistration
  wanted: PluginRegistration
  offer: Offer
  declared: boolean
  expectServices: boolean
}> {
  return withRepository({ ...registrations(lists), ...files }, async (root) => {
    const declarations =
      declaration === undefined ? noDeclarations : parse(`version: 1\nplugins:\n  ${name}: ${declaration}\n`)
    expect(declarations.problems).toEqual([])
    const state = desiredState(await readWorkspace(root), declarations, undeclared).plugins.find(
      ({ plugin }) => plugin.name === name,
    )
    if (!state) throw new Error(`${name} was not found`)
    const { today, wanted, offer, declared, expectServices } = state
    return { today, wanted, offer, declared, expectServices }
  })
}

const nowhere: PluginRegistration = { registry: false, install: false, builtin: 'no' }
const conditional = (name: string): string => `flag && { name: '${name}' }`

describe('what is wanted of a plugin', () => {
  /** The rows of the table in the documentation; from every state of today but a conditional entry. */
  const table: [string, string, PluginRegistration, Offer][] = [
    [FRONTEND, 'registry', { ...nowhere, registry: true }, 'registry'],
    [FRONTEND, 'builtin', { ...nowhere, builtin: 'yes' }, 'builtin'],
    [FRONTEND, '[registry, builtin]', { ...nowhere, registry: true, builtin: 'yes' }, 'builtin'],
    [FRONTEND, 'hidden', nowhere, 'hidden'],
    [FULLSTACK, 'registry', { ...nowhere, install: true }, 'registry'],
    [FULLSTACK, 'builtin', { ...nowhere, install: true, builtin: 'yes' }, 'builtin'],
    [FULLSTACK, '[builtin, registry]', { ...nowhere, install: true, builtin: 'yes' }, 'builtin'],
    [FULLSTACK, 'hidden', nowhere, 'hidden'],
    [BACKEND, 'hidden', nowhere, 'hidden'],
  ]
  const starts: [string, Registrations][] = [
    ['nowhere', {}],
    ['in the registry', { registry: [FRONTEND] }],
    ['built in', { builtin: [FRONTEND, FULLSTACK] }],
    ['in the install list', { install: [FULLSTACK] }],
    ['everywhere', { registry: [FRONTEND], builtin: [FRONTEND, FULLSTACK], install: [FULLSTACK] }],
  ]

  test.each(table.flatMap((row) => starts.map((start) => [...row, ...start] as const)))(
    '%s, offer: %s',
    async (name, offer, wanted, reported, _start, lists) => {
      expect(await wantedOf(name, lists, `{ offer: ${offer} }`)).toMatchObject({
        wanted,
        offer: reported,
        declared: true,
      })
    },
  )

  test.each(['registry', 'builtin'])(
    'a backend plugin has nothing to offer as %s: nothing changes',
    async (offer) => {
      expect(await wantedOf(BACKEND, {}, `{ offer: ${offer} }`)).toMatchObject({
        wanted: nowhere,
        offer: 'hidden',
      })
    },
  )

  test.each<[string, string, PluginRegistration]>([
    [FRONTEND, 'registry', { ...nowhere, registry: true, builtin: 'conditional' }],
    [FRONTEND, 'builtin', { ...nowhere, builtin: 'conditional' }],
    [FRONTEND, '[registry, builtin]', { ...nowhere, registry: true, builtin: 'conditional' }],
    [FRONTEND, 'hidden', nowhere],
    [FULLSTACK, 'registry', { ...nowhere, install: true, builtin: 'conditional' }],
    [FULLSTACK, 'builtin', { ...nowhere, install: true, builtin: 'conditional' }],
    [FULLSTACK, 'hidden', nowhere],
  ])('a conditional entry stays, unless hidden is asked for: %s, offer: %s', async (name, offer, wanted) => {
    const state = await wantedOf(name, { builtin: [conditional(name)] }, `{ offer: ${offer} }`)
    expect(state.today.builtin).toBe('conditional')
    expect(state.wanted).toEqual(wanted)
  })

  test.each(['{}', '', '{ services: dev }'])(
    'a declaration without an offer keeps what holds today: %j',
    async (declaration) => {
      const lists = { registry: [FRONTEND], builtin: [conditional(FRONTEND)] }
      const { today, wanted, declared } = await wantedOf(FRONTEND, lists, declaration)
      expect(wanted).toEqual(today)
      expect(today).toEqual({ registry: true, install: false, builtin: 'conditional' })
      expect(declared).toBe(true)
    },
  )

  test.each<[string, boolean]>([
    ['{}', true],
    ['{ services: dev }', false],
    ['{ offer: hidden }', true],
  ])(
    'services are expected in production unless they are for development: %s',
    async (declaration, expected) => {
      expect(await wantedOf(BACKEND, {}, declaration)).toMatchObject({ expectServices: expected })
    },
  )

  test.each<[string, Registrations, Offer]>([
    [FRONTEND, {}, 'hidden'],
    [FRONTEND, { registry: [FRONTEND] }, 'registry'],
    [FRONTEND, { builtin: [conditional(FRONTEND)] }, 'builtin'],
    [FRONTEND, { registry: [FRONTEND], builtin: [conditional(FRONTEND)] }, 'registry'],
    [FULLSTACK, { install: [FULLSTACK] }, 'registry'],
    [FULLSTACK, { install: [FULLSTACK], builtin: [FULLSTACK] }, 'builtin'],
    [BACKEND, {}, 'hidden'],
  ])('without declarations nothing changes: %s %j', async (name, lists, offer) => {
    const state = await wantedOf(name, lists, undefined)
    expect(state.wanted).toEqual(state.today)
    expect(state).toMatchObject({ offer, declared: false, expectServices: true })
  })
})

describe('a plugin that is registered nowhere and not declared', () => {
  test.each([FRONTEND, FULLSTACK, BACKEND])('stays so with undeclared: report (%s)', async (name) => {
    expect(await wantedOf(name, {}, undefined, 'report')).toMatchObject({ wanted: nowhere, offer: 'hidden' })
  })

  test.each<[string, PluginRegistration, Offer]>([
    [FRONTEND, { ...nowhere, registry: true }, 'registry'],
    [FULLSTACK, { ...nowhere, install: true }, 'registry'],
    [BACKEND, nowhere, 'hidden'],
  ])('gets its kind’s usual place with undeclared: offer (%s)', async (name, wanted, offer) => {
    expect(await wantedOf(name, {}, undefined, 'offer')).toMatchObject({ wanted, offer })
  })

  test('is only offered when it is registered nowhere', async () => {
    const lists = { builtin: [conditional(FRONTEND)] }
    expect((await wantedOf(FRONTEND, lists, undefined, 'offer')).wanted.registry).toBe(false)
  })

  test('is not offered once it is declared', async () => {
    expect((await wantedOf(FRONTEND, {}, '{}', 'offer')).wanted).toEqual(nowhere)
  })

  test.each<[string, string, Files]>([
    [
      'a frontend plugin without a manifest',
      FRONTEND,
      frontendPlugin(FRONTEND, { 'manifest.json': undefined }),
    ],
    [
      'a full-stack plugin whose services are for development',
      FULLSTACK,
      fullstackPlugin(FULLSTACK, {
        'services/main.service.ts': undefined,
        'services/main.service.dev.ts': service(`plugin:${FULLSTACK}`),
      }),
    ],
    [
      'a full-stack plugin without services',
      FULLSTACK,
      fullstackPlugin(FULLSTACK, { 'services/main.service.ts': undefined }),
    ],
  ])('is not offered where that makes no sense: %s', async (_what, name, files) => {
    expect((await wantedOf(name, {}, undefined, 'offer', files)).wanted).toEqual(nowhere)
  })
})

describe('the declarations that init writes', () => {
  const development = fullstackPlugin('com.acme.lab', {
    'services/main.service.ts': undefined,
    'services/main.service.dev.ts': service('plugin:com.acme.lab'),
  })
  const states: [string, Files][] = [
    ['plugins that are registered nowhere', { ...registrations({}), ...plugins }],
    [
      'plugins in their usual place',
      { ...registrations({ registry: [FRONTEND], install: [FULLSTACK] }), ...plugins },
    ],
    [
      'built-in plugins',
      { ...registrations({ builtin: [FRONTEND, FULLSTACK], install: [FULLSTACK] }), ...plugins },
    ],
    [
      'plugins in two lists',
      { ...registrations({ registry: [FRONTEND], builtin: [FRONTEND], install: [FULLSTACK] }), ...plugins },
    ],
    [
      'conditional entries',
      {
        ...registrations({
          registry: [FRONTEND],
          builtin: [conditional(FRONTEND), conditional(FULLSTACK)],
          install: [FULLSTACK],
        }),
        ...plugins,
      },
    ],
    ['only conditional entries', { ...registrations({ builtin: [conditional(FRONTEND)] }), ...plugins }],
    [
      'a full-stack plugin that is built in and not installed',
      { ...registrations({ builtin: [FULLSTACK] }), ...plugins },
    ],
    [
      'plugins in the list of another kind',
      { ...registrations({ registry: [FULLSTACK], install: [FRONTEND, BACKEND] }), ...plugins },
    ],
    ['services for development', { ...registrations({ install: ['com.acme.lab'] }), ...development }],
    [
      'a plugin without a manifest',
      { ...registrations({}), ...frontendPlugin(FRONTEND, { 'manifest.json': undefined }) },
    ],
    [
      'names that YAML reads otherwise',
      {
        ...registrations({}),
        ...frontendPlugin('null'),
        ...frontendPlugin('1.0'),
        ...frontendPlugin('a: b#c'),
      },
    ],
    ['no plugins', registrations({})],
    ['no registration files', plugins],
  ]

  test.each(states)('change nothing: %s', async (_what, files) => {
    await withRepository(files, async (root) => {
      const workspace = await readWorkspace(root)
      const text = renderInitialDeclarations(workspace)
      const declarations = parse(text)
      expect(declarations.problems).toEqual([])
      expect([...declarations.plugins.keys()]).toEqual(workspace.plugins.map(({ name }) => name))
      for (const undeclared of ['report', 'offer'] as const) {
        const desired = desiredState(workspace, declarations, undeclared)
        expect(desired.plugins.map(({ wanted }) => wanted)).toEqual(desired.plugins.map(({ today }) => today))
        expect(await planSync(workspace, desired, new Set())).toEqual({ changes: [], blocked: [], edits: [] })
      }
    })
  })

  test('say what a person would write', async () => {
    const files = {
      ...registrations({ registry: [FRONTEND], builtin: [FULLSTACK], install: [FULLSTACK, 'com.acme.lab'] }),
      ...plugins,
      ...development,
    }
    await withRepository(files, async (root) => {
      const text = renderInitialDeclarations(await readWorkspace(root))
      expect(text.replace(/^#.*\n/gm, '').trim()).toBe(`version: 1
plugins:
  com.acme.back: {}
  com.acme.front:
    offer: registry
  com.acme.full:
    offer: builtin
  com.acme.lab:
    offer: registry
    services: dev`)
      expect(text).toMatch(/^# What this repository does/)
      expect(text.endsWith('\n')).toBe(true)
    })
  })
})

test('plugins that come into one list together come in the order of their declarations', async () => {
  const [first, second, third] = ['com.acme.zebra', 'com.acme.ape', 'com.acme.bear']
  const files = {
    ...registrations({}),
    ...[first, second, third].reduce((all, name) => ({ ...all, ...frontendPlugin(name) }), {}),
  }
  await withRepository(files, async (root) => {
    const workspace = await readWorkspace(root)
    const declarations = parse(
      `version: 1\nplugins:\n  ${first}: { offer: registry }\n  ${second}: { offer: registry }\n`,
    )
    const desired = desiredState(workspace, declarations, 'offer')
    const [edit] = (await planSync(workspace, desired, new Set())).edits
    const entries = JSON.parse(edit?.after ?? '') as { name: string }[]
    expect(entries.map(({ name }) => name)).toEqual([first, second, third])
  })
})
