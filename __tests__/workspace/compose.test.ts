import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { reportCompose } from '../../src/workspace/deployment.js'
import { readComposeFile, readEnvFile } from '../../src/workspace/compose.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { readPlainYaml, readYaml, type YamlNode } from '../../src/formats/yaml.js'
import { backendPlugin, service, withRepository } from '../support/repository.js'
import { loadOf } from '../../src/tailchat/service-loader.js'
import type { DeployedService, Variable } from '../../src/workspace/container.js'

describe('plain YAML', () => {
  test.each([
    ['maps and lists', 'a:\n  b: c\n  d:\n    - e\n    - f: g\n      h: i\n    -\n      j: k\n'],
    ['a list as far left as its key', 'a:\n- b\n- c: d\n  e: f\ng: h\n'],
    ['lists in lists', 'a:\n  - - b\n    - c\n  - d\n'],
    ['quotes', `a: 'it''s'\n'b c': "d # e"\n"f": 'g' # h\n`],
    ['comments and blank lines', '# a\n\na: b # c\n  # d\nb:   # e\n  c: d#e\n\n'],
    ['values that are left out', 'a:\nb: {}\nc: []\nd:\n  e:\nf: ~\n'],
    ['lists in a line', 'a: [ "CMD", wget, \'x, y\' ] # b\nb: [c]\n'],
    [
      'what looks like something else',
      'a: redis://redis:6379\nb: 11000:80\nc: -x\nd: a?b\ne: $' + '{F:-g}\n',
    ],
    ['Windows line ends', 'a: b\r\nc:\r\n  - d\r\n'],
    ['a byte order mark', '\uFEFFa: b\n'],
    ['a text without anything', '# nothing\n'],
  ])('is read as the library reads it: %s', (_name, text) => {
    const node = readPlainYaml(text)
    expect(node && plain(node)).toEqual(strings(parse(text, { schema: 'failsafe' })))
  })

  test.each([
    ['an anchor', 'a: &b\n  c: d\n'],
    ['an alias', 'a: *b\n'],
    ['a merge key', '<<: a\n'],
    ['a tag', 'a: !reset []\n'],
    ['a block of text', 'a: |\n  b\n'],
    ['a text over two lines', 'a: b\n  c\n'],
    ['a map in a line', 'a: { b: c }\n'],
    ['escapes', 'a: "b\\n"\n'],
    ['a key twice', 'a: b\na: c\n'],
    ['two documents', 'a: b\n---\nc: d\n'],
    ['a tab', 'a:\n\tb: c\n'],
    ['less depth than before', 'a:\n    b: c\n  d: e\n'],
    ['a map in a text', 'a: b: c\n'],
    ['a quote that does not end', "a: 'b\n"],
  ])('leaves everything else to the library: %s', (_name, text) => {
    expect(readPlainYaml(text)).toBeUndefined()
  })

  test('keeps the places of its scalars', () => {
    const text = 'a:\n  - "b c"\n  - d: [e, \'f\']  # g\n'
    const places: string[] = []
    const visit = (node: YamlNode | undefined): void => {
      if (node?.kind === 'scalar') places.push(text.slice(node.start, node.end))
      if (node?.kind === 'list') node.items.forEach(visit)
      if (node?.kind === 'map') [...node.entries.values()].forEach(({ value }) => visit(value))
    }
    visit(readPlainYaml(text))
    expect(places).toEqual(['"b c"', 'e', "'f'"])
  })
})

describe('other YAML', () => {
  test('is read by the library, with aliases and merge keys followed', async () => {
    const text = 'x: &x\n  a: 1\n  b: 2\ny:\n  <<: [*x, { c: 3 }]\n  b: "4"\nz: *x\n'
    const result = await readYaml(text)
    expect('node' in result && plain(result.node)).toEqual({
      x: { a: '1', b: '2' },
      y: { a: '1', b: '4', c: '3' },
      z: { a: '1', b: '2' },
    })
  })

  test.each([
    ['a list that does not end', 'a: [\n', 5],
    ['an alias without its anchor', 'a: *b\n', 0],
  ])('has a problem: %s', async (_name, text, offset) => {
    expect(await readYaml(text)).toEqual({ problem: expect.stringMatching(/./), offset })
  })

  test('does not unfold without end', async () => {
    const lines = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`)
    expect(await readYaml(`a0: &a0 [b]\n${lines.join('\n')}\n`)).toEqual({
      problem: expect.stringContaining('unfold'),
      offset: 0,
    })
  })
})

describe('an env file', () => {
  test('gives its variables as compose reads them', () => {
    const text = `# A=0
A=services,plugins
 export B = "x # y"  # z
C='$HOME'
D=\${E}
F=a # b
G=a#b\r
H=
I=$$5
A=last
`
    const { variables } = readEnvFile({ path: 'x.env', text })
    const shown = [...variables].map(([name, variable]) => [name, valueOf(variable)])
    expect(shown).toEqual([
      ['A', 'last'],
      ['B', 'x # y'],
      ['C', '$HOME'],
      ['D', '?'],
      ['F', 'a'],
      ['G', 'a#b'],
      ['H', ''],
      ['I', '$5'],
    ])
    const f = variables.get('F')
    expect(f?.is === 'known' && text.slice(f.source.start, f.source.end)).toBe('a')
  })
})

describe('a compose file', () => {
  const env = (path: string) =>
    ({
      'a.env': readEnvFile({ path, text: 'SERVICEDIR=a\nTRANSPORTER=TCP\n' }),
      'docker/b.env': readEnvFile({ path, text: 'SERVICEDIR=b\n' }),
    })[path]

  test.each<[string, string, string]>([
    ['environment as a map', 'image: tailchat\nenvironment:\n  SERVICEDIR: x', 'x'],
    ['environment as a list', 'image: tailchat\nenvironment:\n  - SERVICEDIR=x', 'x'],
    ['environment before env files', 'image: tailchat\nenv_file: a.env\nenvironment:\n  SERVICEDIR: x', 'x'],
    ['an env file', 'image: tailchat\nenv_file: a.env', 'a'],
    ['the last of several env files', 'image: tailchat\nenv_file:\n  - a.env\n  - path: docker/b.env', 'b'],
    [
      'an env file that may be missing',
      'image: tailchat\nenv_file:\n  - a.env\n  - path: c.env\n    required: false',
      'a',
    ],
    ['an env file that is not committed', 'image: tailchat\nenv_file:\n  - a.env\n  - c.env', '?'],
    ['a variable', 'image: tailchat\nenvironment:\n  SERVICEDIR: ${DIR:-services}', '?'],
    ['a variable of the host', 'image: tailchat\nenvironment:\n  - SERVICEDIR', '?'],
    ['a value that is left out', 'image: tailchat\nenvironment:\n  SERVICEDIR:', '?'],
    ['nothing', 'image: tailchat', 'image'],
  ])('has SERVICEDIR by %s', async (_name, body, expected) => {
    const image = new Map(readEnvFile({ path: 'Dockerfile', text: 'SERVICEDIR=image\n' }).variables)
    const { services } = await readComposeFile(composeFile(body), env, image)
    expect(services.map(({ serviceDir }) => valueOf(serviceDir))).toEqual([expected])
  })

  test.each<[string, string, DeployedService['runs'] | undefined]>([
    ['the image', 'image: ghcr.io/acme/tailchat:1', 'server'],
    ['what is built here', 'build: .', 'server'],
    ['what is built here, at length', 'build:\n  context: ./\n  dockerfile: Dockerfile', 'server'],
    [
      'what is built from another Dockerfile',
      'build:\n  context: .\n  dockerfile: proxy.Dockerfile',
      undefined,
    ],
    ['what is built elsewhere', 'build: ./proxy', undefined],
    ['its own SERVICES', 'image: acme/chat\nenvironment:\n  SERVICES: a', 'server'],
    ['the env file', 'image: acme/chat\nenv_file: a.env', 'server'],
    ['the env file of a known program', 'image: docker.io/library/mongo:4\nenv_file: a.env', undefined],
    ['nothing of Tailchat', 'image: acme/chat', undefined],
    ['the command', 'build: .\ncommand: pnpm start:service', 'server'],
    ['another command', 'build: .\ncommand: [pnpm, "start:admin"]', 'other'],
    ['a script', 'build: .\nentrypoint: ./start.sh', 'unknown'],
    ['a command with a variable', 'build: .\ncommand: SERVICEDIR=plugins pnpm start:service', 'unknown'],
  ])('runs Tailchat by %s', async (_name, body, expected) => {
    const { services } = await readComposeFile(composeFile(body), env)
    expect(services[0]?.runs).toBe(expected)
  })

  test('finds env files next to it and at the root, as compose does with several -f', async () => {
    const file = { path: 'docker/x.yml', text: 'services:\n  a:\n    image: tailchat\n    env_file: a.env\n' }
    const { services } = await readComposeFile(file, env)
    expect(services.map(({ serviceDir }) => valueOf(serviceDir))).toEqual(['a'])
  })

  test.each([
    ['whole', 'docker-compose.yml', 'image: tailchat', false],
    ['partial by its name', 'docker-compose.override.yml', 'image: tailchat', true],
    ['partial where a service has no image', 'compose.yml', 'environment:\n  A: b', true],
    ['partial where a service extends another', 'compose.yml', 'image: tailchat\nextends: b', true],
  ])('is %s', async (_name, path, body, expected) => {
    expect((await readComposeFile({ ...composeFile(body), path }, env)).isPartial).toBe(expected)
  })
})

// Each row is what the patched runner of moleculer 0.14.23 loads from such a tree.
describe('a service loads', () => {
  const [config, gateway, user, debug] = [
    'services/core/config.service.js',
    'services/core/gateway.service.js',
    'services/core/user/user.service.js',
    'services/debug.service.js',
  ]
  const [a, b] = ['plugins/com.a/services/a.service.js', 'plugins/com.b/b.service.js']
  const tree = [config, gateway, user, debug, a, b]

  test.each<[string | undefined, string | undefined, string[]]>([
    [undefined, undefined, []],
    ['', '', []],
    ['services', undefined, [config, gateway, user, debug]],
    ['services,plugins', undefined, tree],
    ['services, plugins', undefined, [config, gateway, user, debug]],
    ['plugin', undefined, []],
    ['./services/', undefined, [config, gateway, user, debug]],
    ['services,', undefined, tree],
    ['services/core', undefined, [config, gateway, user]],
    ['services', 'core/gateway, core/config', [config, gateway]],
    ['services', 'core/user/*.service.js', [user]],
    ['services', 'core', [config, gateway, user]],
    ['services', '**/*.service.js', [config, gateway, user, debug]],
    ['services', 'core,!core/gateway', [config, user]],
    ['services', '!core/gateway', []],
    ['services', 'plugins/com.a', []],
    ['services', '../plugins/com.a', [a]],
    ['services', '../plugins', [a, b]],
    ['services,plugins', 'core/config,com.b', [config, b]],
    [undefined, 'services/core/config,plugins', [config, a, b]],
    ['services', 'core/config.service.js', [config]],
    ['services', 'npm:moleculer-web', []],
  ])('SERVICEDIR=%s SERVICES=%s', (directory, patterns, expected) => {
    const { loads } = loadOf(
      { runs: 'server', serviceDir: known(directory), services: known(patterns) },
      tree,
    )
    expect([...(loads ?? ['unknown'])].sort()).toEqual([...expected].sort())
  })

  test.each<[string, Partial<Parameters<typeof loadOf>[0]>, string]>([
    ['a script', { runs: 'unknown' }, 'its command may set anything'],
    [
      'an absolute path',
      { serviceDir: known('/opt/services') },
      'SERVICEDIR=/opt/services: an absolute path',
    ],
    ['a variable', { services: { is: 'unknown', reason: 'it is ${A}' } }, 'SERVICES: it is ${A}'],
  ])('what can’t be known before it runs is reported as unknown: %s', (_name, part, reason) => {
    const service = {
      runs: 'server',
      serviceDir: known('services'),
      services: known(undefined),
      ...part,
    } as const
    expect(loadOf(service, tree)).toEqual({ loads: undefined, reason })
  })
})

test('the report says which service loads which plugin', async () => {
  const files = {
    ...backendPlugin('com.acme.a'),
    ...backendPlugin('com.acme.b', { 'services/main.service.ts': undefined }),
    'server/services/core/config.service.ts': service('config'),
    'docker-compose.yml': `services:
  core:
    image: tailchat
    environment: [SERVICEDIR=services]
  plugins:
    image: tailchat
    environment: [SERVICEDIR=plugins]
  admin:
    image: tailchat
    command: pnpm start:admin
  more:
    image: tailchat
    environment: ["SERVICEDIR=\${MORE}"]
`,
  }
  const rows = await withRepository(files, async (root) => reportCompose(await readWorkspace(root)))
  const file = 'docker-compose.yml'
  expect(rows).toEqual([
    { file, service: 'core', loadsPlugins: false, plugins: [], reason: 'SERVICEDIR=services' },
    { file, service: 'plugins', loadsPlugins: true, plugins: ['com.acme.a'], reason: 'SERVICEDIR=plugins' },
    { file, service: 'admin', loadsPlugins: false, plugins: [], reason: 'it runs another program' },
    {
      file,
      service: 'more',
      loadsPlugins: 'unknown',
      plugins: [],
      reason: 'SERVICEDIR: it is ${MORE}, which is filled in when the stack starts',
    },
  ])
})

function composeFile(body: string) {
  return { path: 'docker-compose.yml', text: `services:\n  a:\n${body.replace(/^/gm, '    ')}\n` }
}

function known(value: string | undefined): Variable {
  const source = { file: { path: '', text: '' }, start: 0, end: 0 }
  return value === undefined ? { is: 'unset' } : { is: 'known', value, source }
}

function valueOf(variable: Variable): string | undefined {
  return variable.is === 'known' ? variable.value : variable.is === 'unknown' ? '?' : undefined
}

/** The values alone. */
function plain(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.text
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]))
}

/** The library's value, where what is left out is an empty text as in ours. */
function strings(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strings)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, strings(each)]))
  return value ?? ''
}
