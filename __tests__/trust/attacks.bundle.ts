import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  backendPlugin,
  below,
  type Files,
  frontendPlugin,
  fullstackPlugin,
  json,
  manifest,
  MINISTAR_CONFIG,
  registrations,
  service,
} from '../support/repository.js'
import { type ActionResult, runAction, runCli } from '../support/run-action.js'

/** A run that takes longer was held up: those of this table take a second or two. */
const HELD_UP_AFTER = 60_000
const K = 1024

/** Another plugin, with a mistake that the report must still name. */
const WITNESS = 'com.example.witness'
const WITNESS_RULE = 'manifest/url-not-canonical'
/** The plugin of whoever attacks. */
const EVIL = 'com.evil.plugin'

interface Attack {
  files?: Files
  /** Symbolic links: path → target. `OUTSIDE` in a target is a directory outside of the workspace. */
  links?: Record<string, string>
  inputs?: Record<string, string>
  env?: Record<string, string>
}

let directory: string
let outside: string

beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'attacks-')))
  outside = join(directory, 'outside')
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** The directory outside as it is before each attack. */
function refill(): void {
  rmSync(outside, { recursive: true, force: true })
  mkdirSync(join(outside, 'directory'), { recursive: true })
  writeFileSync(join(outside, 'precious.txt'), 'precious\n')
}

/** Every file below a directory, with its text. */
function contentOf(place: string): Record<string, string> {
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((path) => lstatSync(join(place, path)).isFile())
    .map((path) => [path, readFileSync(join(place, path), 'utf8')] as const)
  return Object.fromEntries(files)
}

const GIT: Files = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[core]\n\trepositoryformatversion = 0\n\tbare = false\n',
  '.git/hooks/README': 'none\n',
  '.git/objects/info/packs': '',
  '.git/refs/heads/README': '',
}

/** Runs a check of a repository with the attack and the witness in it, and holds what is promised of every attack. */
async function attack({ files = {}, links = {}, inputs = {}, env = {} }: Attack): Promise<{
  result: ActionResult
  workspace: string
  report: string | undefined
}> {
  refill()
  const workspace = mkdtempSync(join(directory, 'workspace-'))
  const all: Files = {
    ...GIT,
    ...registrations({ registry: [WITNESS] }),
    ...frontendPlugin(WITNESS, {
      'manifest.json': json({ ...manifest(WITNESS), url: '/plugins/elsewhere/index.js' }),
    }),
    ...files,
  }
  for (const [path, content] of Object.entries(all)) {
    if (content === undefined) continue
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), content)
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    symlinkSync(target.replace('OUTSIDE', outside), join(workspace, path))
  }
  const before = { outside: contentOf(outside), git: contentOf(join(workspace, '.git')) }
  const temporary = join(directory, 'temporary')
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary)
  const reportFile = join(temporary, 'report.json')
  const started = Date.now()
  const result = await runAction(
    workspace,
    { mode: 'check', 'report-file': reportFile, ...inputs },
    { RUNNER_TEMP: temporary, ...env },
    () => Date.now() - started > HELD_UP_AFTER,
    'SIGKILL',
  )
  // Neither killed nor dead: the check ended by itself, and failed because of what it found.
  expect(result.exitCode).toBe(1)
  expect(result.log).not.toContain('unexpected failure')
  expect(result.log).toContain(WITNESS)
  expect(result.log).not.toContain('\u001b')
  expect(contentOf(outside)).toEqual(before.outside)
  expect(contentOf(join(workspace, '.git'))).toEqual(before.git)
  return { result, workspace, report: existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : undefined }
}

interface ReadReport {
  findings: { plugin?: string; rule: string; message: string; file: string }[]
  notLookedAt: string[]
}

/** The same, where the report file is none of the attack: it names the witness's mistake. */
async function reportOf(
  given: Attack,
): Promise<{ report: ReadReport; result: ActionResult; workspace: string }> {
  const { report: text, result, workspace } = await attack(given)
  const report = JSON.parse(text ?? '') as ReadReport
  expect(report.findings).toContainEqual(
    expect.objectContaining({ plugin: WITNESS, rule: WITNESS_RULE, severity: 'error' }),
  )
  return { report, result, workspace }
}

/** The same check with the built terminal command. */
async function inTerminal(
  workspace: string,
  reportFile?: string,
): Promise<{ text: string; report: ReadReport }> {
  const file = reportFile ?? join(directory, 'temporary', 'terminal.json')
  const { exitCode, text } = await runCli(['check', '.', '--report-file', file], workspace)
  expect(exitCode).toBe(1)
  expect(text).toContain(WITNESS)
  expect(text).not.toContain('unexpected failure')
  expect(text).not.toContain('\u001b')
  return { text, report: JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '{}') as ReadReport }
}

const evilService = (body: string): Files =>
  backendPlugin(EVIL, {
    'services/main.service.ts': service(`plugin:${EVIL}`).replace('onInit() {}', `onInit() {\n${body}\n}`),
  })
const compose = (text: string): Files => ({
  'docker-compose.yml': `services:\n  service-all:\n    image: tailchat\n    environment:\n      A: 1\n${text}`,
  ...backendPlugin(EVIL),
})
const fan = (levels: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: levels }, (_, level) => level).flatMap((level) =>
      ['a', 'b'].map((link) => [`server/plugins/${EVIL}/d${level}/${link}`, `../d${level + 1}`] as const),
    ),
  )
const entries = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `com.unknown.plugin${index}`,
    url: `/plugins/com.unknown.plugin${index}/index.js`,
    label: 'x',
    version: '1.0.0',
    author: 'x',
    description: 'x',
  }))
const deepYaml = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}k:\n`).join('')

describe('Report files written through links of the repository', () => {
  test.each<[string, Record<string, string>, Attack['inputs']]>([
    [
      'report-file is a link to a file outside',
      { 'report.json': 'OUTSIDE/precious.txt' },
      { 'report-file': 'report.json' },
    ],
    [
      'report-file is a dangling link',
      { 'report.json': 'OUTSIDE/new.txt' },
      { 'report-file': 'report.json' },
    ],
    [
      'report-file lies in a linked directory',
      { out: 'OUTSIDE/directory' },
      { 'report-file': 'out/report.json' },
    ],
    [
      'report-file lies below a linked directory',
      { out: 'OUTSIDE' },
      { 'report-file': 'out/made/report.json' },
    ],
    [
      'report-file lies in a directory that a chain of links leads to',
      { out: 'a', a: 'b', b: 'OUTSIDE/directory' },
      { 'report-file': 'out/report.json' },
    ],
    [
      'report-file lies in a dangling linked directory',
      { out: 'OUTSIDE/none' },
      { 'report-file': 'out/report.json' },
    ],
    [
      'report-file is a link to .git/config',
      { 'report.json': '.git/config' },
      { 'report-file': 'report.json' },
    ],
    [
      'report-file is a link to a hook that is not there',
      { 'report.json': '.git/hooks/pre-commit' },
      { 'report-file': 'report.json' },
    ],
    ['report-file lies in a link to .git/hooks', { out: '.git/hooks' }, { 'report-file': 'out/pre-commit' }],
    ['report-file is a link to itself', { 'report.json': 'report.json' }, { 'report-file': 'report.json' }],
    [
      'sarif-file is a link to a file outside',
      { 'x.sarif': 'OUTSIDE/precious.txt' },
      { 'sarif-file': 'x.sarif' },
    ],
    ['sarif-file is a dangling link', { 'x.sarif': 'OUTSIDE/new.sarif' }, { 'sarif-file': 'x.sarif' }],
    ['sarif-file lies in a linked directory', { out: 'OUTSIDE/directory' }, { 'sarif-file': 'out/x.sarif' }],
    ['sarif-file is a link to .git/config', { 'x.sarif': '.git/config' }, { 'sarif-file': 'x.sarif' }],
    ['sarif-file lies in a link to .git/hooks', { out: '.git/hooks' }, { 'sarif-file': 'out/pre-push' }],
  ])(
    '%s: nothing outside and nothing of .git changes',
    async (_what, links, inputs) => {
      await attack({ links, inputs: inputs ?? {} })
    },
    2 * HELD_UP_AFTER,
  )

  test(
    'report-file and sarif-file are links, and path is a subfolder: nothing outside changes',
    async () => {
      const inner = below('tailchat', {
        ...registrations({ registry: [WITNESS] }),
        ...frontendPlugin(WITNESS, { 'manifest.json': json({ ...manifest(WITNESS), url: '/x.js' }) }),
      })
      await attack({
        files: inner,
        links: { 'tailchat/report.json': 'OUTSIDE/precious.txt', 'tailchat/out': '../.git/hooks' },
        inputs: {
          path: 'tailchat',
          'report-file': 'tailchat/report.json',
          'sarif-file': 'tailchat/out/post-checkout',
        },
      })
    },
    2 * HELD_UP_AFTER,
  )

  test(
    'in the terminal neither: nothing outside and nothing of .git changes',
    async () => {
      const { workspace } = await attack({
        links: {
          out: 'OUTSIDE/directory',
          dangling: 'OUTSIDE/none',
          hooks: '.git/hooks',
          'report.json': 'OUTSIDE/precious.txt',
        },
      })
      const before = { outside: contentOf(outside), git: contentOf(join(workspace, '.git')) }
      for (const file of ['out/report.json', 'dangling/report.json', 'hooks/pre-commit', 'report.json']) {
        const { text } = await inTerminal(workspace, file)
        expect(text.includes('cannot be written')).toBe(file !== 'report.json')
      }
      expect(contentOf(outside)).toEqual(before.outside)
      expect(contentOf(join(workspace, '.git'))).toEqual(before.git)
      expect(lstatSync(join(workspace, 'report.json')).isFile()).toBe(true)
    },
    2 * HELD_UP_AFTER,
  )

  test(
    'a link in the place of the report itself is replaced by the report',
    async () => {
      const { workspace } = await attack({
        links: { 'report.json': 'OUTSIDE/precious.txt' },
        inputs: { 'report-file': 'report.json' },
      })
      expect(lstatSync(join(workspace, 'report.json')).isFile()).toBe(true)
      expect(readFileSync(join(workspace, 'report.json'), 'utf8')).toContain(WITNESS_RULE)
    },
    2 * HELD_UP_AFTER,
  )

  test(
    'a report file that leads out is said, and fails the run',
    async () => {
      const { result } = await attack({
        links: { out: 'OUTSIDE/directory' },
        inputs: { 'report-file': 'out/report.json' },
      })
      expect(result.log).toContain('::error::report-file: out/report.json cannot be written')
    },
    2 * HELD_UP_AFTER,
  )
})

/** Each is one repository of its own: together they would hide each other. */
const HOLDING_UP: Record<string, Attack> = {
  'two links of each directory to the next, 14 levels': {
    files: { ...backendPlugin(EVIL), [`server/plugins/${EVIL}/d14/x.ts`]: 'export {}\n' },
    links: fan(14),
  },
  'two links of each directory to the next, 40 levels': {
    files: { ...backendPlugin(EVIL), [`server/plugins/${EVIL}/d40/x.ts`]: 'export {}\n' },
    links: fan(40),
  },
  'two files of each level extend both of the next in tsconfig.json, 40 levels': {
    files: {
      ...backendPlugin(EVIL),
      'server/tsconfig.json': '{"extends":["./l0a","./l0b"]}',
      ...Object.fromEntries(
        Array.from({ length: 40 }, (_, level) =>
          ['a', 'b'].map((side): [string, string] => [
            `server/l${level}${side}.json`,
            `{"extends":["./l${level + 1}a","./l${level + 1}b"]}`,
          ]),
        ).flat(),
      ),
    },
  },
  '19,000 aliases in a compose file': { files: compose(`x: &x a\ny: [${'*x,'.repeat(19_000)}*x]\n`) },
  '20,000 patterns in SERVICES': {
    files: compose(
      `      SERVICES: "${Array.from({ length: 20_000 }, (_, i) => `nowhere${i}`).join(',')}"\n`,
    ),
  },
  'links in a circle': {
    files: backendPlugin(EVIL),
    links: { [`server/plugins/${EVIL}/a`]: '.', [`server/plugins/${EVIL}/b`]: '../..' },
  },
  'a glob with many stars in SERVICES': {
    files: compose(`      SERVICES: "${'*a'.repeat(30)}b"\n      SERVICEDIR: "${'a'.repeat(200)}"\n`),
  },
  'a glob of many ** in SERVICES': { files: compose(`      SERVICES: "${'**/'.repeat(25)}b"\n`) },
  'a glob of 100,000 stars in SERVICES': { files: compose(`      SERVICES: "${'*a'.repeat(100_000)}b"\n`) },
  '1,000 globs in SERVICES': {
    files: {
      ...compose(`      SERVICES: "${Array.from({ length: 1000 }, (_, i) => `**/*a*a*${i}`).join(',')}"\n`),
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => [
          `server/plugins/${EVIL}/services/${'a'.repeat(100)}${i}.service.ts`,
          service(`plugin:${EVIL}.x${i}`),
        ]),
      ),
    },
  },
  'globs in pnpm-workspace.yaml': {
    files: {
      ...backendPlugin(EVIL),
      'pnpm-lock.yaml': "lockfileVersion: '6.0'\nimporters:\n  .: {}\n",
      'pnpm-workspace.yaml': `packages:\n  - "${'*a'.repeat(30)}b"\n  - "${'**/'.repeat(25)}b"\n  - "server/[z-a]"\n${'  - "**/*a*a*b"\n'.repeat(1000)}`,
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => [
          `server/plugins/${EVIL}/${'a'.repeat(100)}${i}/package.json`,
          '{}',
        ]),
      ),
    },
  },
  'a line of 256K spaces in a compose file': { files: compose(`      B: x${' '.repeat(256 * K)}y\n`) },
  'a line of 256K spaces in pnpm-workspace.yaml': {
    files: {
      ...backendPlugin(EVIL),
      'pnpm-lock.yaml': "lockfileVersion: '6.0'\nimporters:\n  .: {}\n",
      'pnpm-workspace.yaml': `packages:\n  - x${' '.repeat(256 * K)}y\n`,
    },
  },
  '256K line breaks in .npmrc': {
    files: {
      ...backendPlugin(EVIL),
      'pnpm-lock.yaml': "lockfileVersion: '6.0'\nimporters:\n  .: {}\n",
      '.npmrc': `${'\n'.repeat(256 * K)}x`,
    },
  },
  '256K line breaks in a Dockerfile': {
    files: { ...backendPlugin(EVIL), Dockerfile: `${'\n'.repeat(256 * K)}FROM x` },
  },
  '256K spaces and backslashes in a Dockerfile': {
    files: {
      ...backendPlugin(EVIL),
      Dockerfile: `FROM x\nRUN a${' \\\n'.repeat(128 * K)}b\nCMD ${' '.repeat(256 * K)}x\n`,
    },
  },
  'unclosed comments in .ministarrc.js': {
    files: fullstackPlugin(EVIL, { '.ministarrc.js': `${MINISTAR_CONFIG}\n${'a\n/*'.repeat(100 * K)}` }),
  },
  'import lines without an end in a helper': {
    files: backendPlugin(EVIL, {
      'lib/helper.ts': 'import\n'.repeat(100 * K),
      'services/main.service.ts': `import '../lib/helper'\n${service(`plugin:${EVIL}`)}`,
    }),
  },
  'unclosed templates and quotes in a helper': {
    files: backendPlugin(EVIL, { 'lib/helper.ts': "import x from 'y'\n'`\"/*\n".repeat(20 * K) }),
  },
  '20,000 repeated keys in a manifest': {
    files: frontendPlugin(EVIL, { 'manifest.json': `{${'"name":"x",'.repeat(20_000)}"name":"${EVIL}"}` }),
  },
  '20,000 repeated keys in compose': { files: compose('      B: 1\n'.repeat(20_000)) },
  '2,000 unknown entries in registry.json': {
    files: registrations({ registry: [WITNESS, ...entries(2000)] }),
  },
  '20,000 unknown entries in registry.json': {
    files: registrations({ registry: [WITNESS, ...entries(20_000)] }),
  },
  '20,000 times the same entry in registry.json': {
    files: registrations({ registry: Array.from({ length: 20_000 }, () => WITNESS) }),
  },
  '5,000 unknown entries in builtin.ts': {
    files: registrations({
      registry: [WITNESS],
      builtin: Array.from({ length: 5000 }, (_, i) => `com.unknown.b${i}`),
    }),
  },
  '20,000 names behind plugin:install': {
    files: registrations({
      registry: [WITNESS],
      install: Array.from({ length: 20_000 }, (_, i) => `com.unknown.i${i}`),
    }),
  },
  '2,000 names of 1,000 letters in registry.json': {
    files: registrations({
      registry: [
        WITNESS,
        ...Array.from({ length: 2000 }, (_, i) => ({ name: `com.x.${'a'.repeat(1000)}${i}`, url: 'x' })),
      ],
    }),
  },
  '20,000 unknown rules in the declarations': {
    files: {
      'tailchat-plugins.yml': `version: 1\nrules:\n${Array.from({ length: 20_000 }, (_, i) => `  manifest/unknown${i}: error\n`).join('')}`,
    },
  },
}

describe('Holding a check up', () => {
  test.each(Object.entries(HOLDING_UP))(
    '%s: the check ends, and names the mistake of another plugin',
    async (_what, given) => {
      await reportOf(given)
    },
    2 * HELD_UP_AFTER,
  )
})

const LOSING: Record<string, Attack> = {
  'an invalid range in brackets in pnpm-workspace.yaml': {
    files: {
      ...backendPlugin(EVIL),
      'pnpm-lock.yaml': "lockfileVersion: '6.0'\nimporters:\n  .: {}\n",
      'pnpm-workspace.yaml': 'packages: ["server/[z-a]"]\n',
    },
  },
  'an invalid range in brackets in SERVICES': { files: compose('      SERVICES: "[z-a].js"\n') },
  'a bracket that does not end in SERVICES': { files: compose('      SERVICES: "[a,{b,(c,!d,+(e"\n') },
  'YAML 2,400 levels deep in a compose file': {
    files: { ...backendPlugin(EVIL), 'docker-compose.yml': deepYaml(2400) },
  },
  'YAML 2,400 levels deep in pnpm-workspace.yaml': {
    files: {
      ...backendPlugin(EVIL),
      'pnpm-lock.yaml': deepYaml(1400),
      'pnpm-workspace.yaml': deepYaml(1400),
    },
  },
  '16,000 opening brackets in a compose file': { files: compose(`      B: ${'['.repeat(16_000)}\n`) },
  '100,000 opening braces in a compose file': { files: compose(`      B: ${'{a: '.repeat(25_000)}\n`) },
  'aliases that multiply in a compose file': {
    files: compose(
      `x0: &x0 [a, a]\n${Array.from({ length: 40 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}]\n`).join('')}`,
    ),
  },
  'an alias in what it stands for, in a compose file': { files: compose('x: &x [*x]\n') },
  '150,000 routes that a service opens': {
    files: evilService(`this.registerAuthWhitelist([${"'/a',".repeat(150_000)}]);`),
  },
  '150,000 variables that a service takes out of process.env': {
    files: evilService(
      `const {${Array.from({ length: 150_000 }, (_, i) => `A${i}`).join(',')}} = process.env;`,
    ),
  },
  'tsconfig.json extends itself': {
    files: { ...backendPlugin(EVIL), 'server/tsconfig.json': '{"extends":"./tsconfig.json"}' },
  },
  'tsconfig.json extends 200,000 files': {
    files: {
      ...backendPlugin(EVIL),
      'server/tsconfig.json': `{"extends":[${'"./a",'.repeat(200_000)}"./b"]}`,
    },
  },
  '100,000 opening brackets in a manifest': {
    files: frontendPlugin(EVIL, { 'manifest.json': '['.repeat(100_000) }),
  },
  '50,000 levels of a manifest that close': {
    files: frontendPlugin(EVIL, { 'manifest.json': `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}` }),
  },
  '50,000 levels of a package.json': {
    files: backendPlugin(EVIL, { 'package.json': `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}` }),
  },
  '50,000 levels of registry.json': {
    files: { ...registrations({}), 'client/web/registry.json': `${'['.repeat(50_000)}${']'.repeat(50_000)}` },
  },
  '50,000 levels of the root package.json': {
    files: {
      ...registrations({ registry: [WITNESS] }),
      'package.json': `{"name":"x","scripts":{"build:server":"pnpm run plugin:install"},"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    },
  },
  '50,000 levels of a tsconfig': {
    files: {
      ...backendPlugin(EVIL),
      'server/tsconfig.json': `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    },
  },
  '100,000 exclamation marks in a service': { files: evilService(`return 'x'${'!'.repeat(100_000)}`) },
  '100,000 parentheses in a service': { files: evilService(`return ${'('.repeat(100_000)}`) },
  '20,000 parentheses that close in a service': {
    files: evilService(`return ${'('.repeat(20_000)}1${')'.repeat(20_000)}`),
  },
  '20,000 arrays in a service': { files: evilService(`return ${'['.repeat(20_000)}${']'.repeat(20_000)}`) },
  '20,000 templates in a service': {
    files: evilService(`return ${'`${'.repeat(20_000)}1${'}`'.repeat(20_000)}`),
  },
  '20,000 blocks in a service': { files: evilService(`${'{'.repeat(20_000)}${'}'.repeat(20_000)}`) },
  '20,000 functions in a service': { files: evilService(`return ${'() => '.repeat(20_000)}1`) },
  '20,000 types in a service': { files: evilService(`let a: ${'A<'.repeat(20_000)}1${'>'.repeat(20_000)}`) },
  '20,000 conditions in a service': { files: evilService(`return ${'a ? b : '.repeat(20_000)}1`) },
  '50,000 operators in a service': { files: evilService(`return ${'-'.repeat(0)}${'!'.repeat(50_000)}1`) },
  '50,000 terms of a sum in a service': { files: evilService(`return 1${'+1'.repeat(50_000)}`) },
  '50,000 calls in a row in a service': { files: evilService(`return a${'.b()'.repeat(50_000)}`) },
  '20,000 else ifs in a service': { files: evilService(`if (a) {}${' else if (a) {}'.repeat(20_000)}`) },
  '20,000 labels in a service': { files: evilService(`${'a:'.repeat(20_000)};`) },
  '20,000 assignments in a service': { files: evilService(`${'a='.repeat(20_000)}1`) },
  '20,000 levels of JSX in a plugin': {
    files: frontendPlugin(EVIL, { 'src/index.tsx': `export const a = ${'<a>'.repeat(20_000)}` }),
  },
  '20,000 parentheses in a helper': {
    files: backendPlugin(EVIL, {
      'lib/helper.ts': `import { broker } from 'moleculer'\nexport const a = (ctx) => ctx.call(${'('.repeat(20_000)}`,
    }),
  },
  '20,000 arrays in builtin.ts': {
    files: {
      'client/web/src/plugin/builtin.ts': `export const builtinPlugins = ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    },
  },
  '20,000 calls in builtin.ts': {
    files: {
      'client/web/src/plugin/builtin.ts': `export const builtinPlugins = []${'.filter(Boolean)'.repeat(20_000)}`,
    },
  },
  '20,000 parentheses in the client’s loader': {
    files: {
      ...frontendPlugin(EVIL, { 'src/index.tsx': "import { a } from '@capital/common'\n" }),
      'client/web/src/plugin/common/index.ts': `export const a = ${'('.repeat(20_000)}`,
    },
  },
  '20,000 levels of a .ministarrc.js': {
    files: fullstackPlugin(EVIL, { '.ministarrc.js': `module.exports = ${'['.repeat(20_000)}` }),
  },
  'a label of 1 MB in a manifest': {
    files: frontendPlugin(EVIL, {
      'manifest.json': json({ ...manifest(EVIL), label: 'x'.repeat(1_000_000), url: 'y'.repeat(1_000_000) }),
    }),
  },
  'a plugin name of 1 MB in registry.json and a manifest': {
    files: {
      ...frontendPlugin(EVIL, { 'manifest.json': json({ ...manifest(EVIL), name: 'x'.repeat(1_000_000) }) }),
      ...registrations({ registry: [WITNESS, { ...manifest('x'), name: `com.x.${'y'.repeat(1_000_000)}` }] }),
    },
  },
  'a service name of 1 MB': {
    files: backendPlugin(EVIL, { 'services/main.service.ts': service('x'.repeat(1_000_000)) }),
  },
  'a plugin name of 1 MB in the declarations': {
    files: { 'tailchat-plugins.yml': `version: 1\nplugins:\n  ${'x'.repeat(1_000)}: {}\n` },
  },
  'a terminal’s command in the name of a directory': { files: backendPlugin('com.evil.\u001b[2J') },
  'a workflow command in the name of a directory': {
    files: backendPlugin('com.evil.\n::set-output name=failed::0'),
  },
  'a terminal’s command in a manifest': {
    files: frontendPlugin(EVIL, {
      'manifest.json': json({ ...manifest(EVIL), name: '\u001b[2J\u009b2J', url: '\u001b]0;x\u0007' }),
    }),
  },
  'a service that is a directory': { files: backendPlugin(EVIL, { 'services/x.service.ts/y': 'x' }) },
  'files that are not UTF-8': {
    files: {
      ...backendPlugin(EVIL, { 'services/main.service.ts': Buffer.from([0xff, 0xfe, 0x00]) }),
      'docker-compose.yml': Buffer.from([0xff, 0xfe]),
      '.npmrc': Buffer.from([0xff]),
      Dockerfile: Buffer.from([0xff]),
    },
  },
  'names of Object’s own members': {
    files: {
      ...frontendPlugin('__proto__'),
      ...frontendPlugin('constructor'),
      ...registrations({ registry: [WITNESS, '__proto__', 'constructor', 'toString'] }),
    },
  },
}

describe('Losing the report', () => {
  test.each(Object.entries(LOSING))(
    '%s: the report still names the mistake of another plugin, in the action and in the terminal',
    async (_what, given) => {
      const { result, report, workspace } = await reportOf(given)
      const terminal = await inTerminal(workspace)
      expect(terminal.report.findings).toEqual(report.findings)
      expect(terminal.report.notLookedAt).toEqual(report.notLookedAt)
      expect(result.summary).toContain(WITNESS)
      // What GitHub takes of an annotation, and of a summary, ends sooner.
      for (const line of result.log.split('\n')) expect(line.length).toBeLessThan(16 * K)
      expect(result.summary.length).toBeLessThan(K * K)
    },
    2 * HELD_UP_AFTER,
  )

  test(
    'a job summary that cannot be written costs the summary only',
    async () => {
      const { result } = await reportOf({ env: { GITHUB_STEP_SUMMARY: '/proc/none/summary' } })
      expect(result.log).toContain('The job summary was not written')
      expect(
        result.outputs['failed'] ?? result.outputs['result'] ?? Object.keys(result.outputs)[0],
      ).toBeDefined()
    },
    2 * HELD_UP_AFTER,
  )
})
