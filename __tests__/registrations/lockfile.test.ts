import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { globMatcher } from '../../src/lib/glob.js'
import { expectedSpecifiers, parseOverrides } from '../../src/rules/overrides.js'
import { type LockfileContents, readInstallation, readLockfile } from '../../src/registrations/lockfile.js'
import { positionAt } from '../../src/lib/text.js'

describe('a lockfile', () => {
  const text = `lockfileVersion: '6.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

overrides:
  react-router@^6.0.0: 6.11.0
  '@types/react': 18.0.20
  a>b: 1.0.0

importers:

  .: {}

  server/plugins/com.acme.audit:
    dependencies:
      '@acme/a':
        specifier: '>=1 <3'
        version: 2.0.0(@types/node@18.11.9)(react@18.2.0)
      sdk:
        specifier: '*'
        version: link:../../packages/sdk
    devDependencies:
      zustand:
        specifier: npm:zustand@4
        version: 4.3.6
    optionalDependencies:
      fsevents:
        specifier: ^2.3.2
        version: 2.3.3
    dependenciesMeta:
      sdk:
        injected: true

packages:

  /got@11.8.3:
    resolution: {integrity: sha512-abc==}
    deprecated: "this: [is, not read"
`

  test('gives what its header and its importers say', () => {
    const { version, contents } = read(text)
    expect(version).toBe('6.0')
    expect(contents.autoInstallPeers).toBe(true)
    expect(contents.excludeLinks).toBe(false)
    expect([...contents.overrides]).toEqual([
      ['react-router@^6.0.0', '6.11.0'],
      ['@types/react', '18.0.20'],
      ['a>b', '1.0.0'],
    ])
    expect([...contents.importers.keys()]).toEqual(['.', 'server/plugins/com.acme.audit'])
    const dependencies = [...(contents.importers.get('server/plugins/com.acme.audit')?.dependencies ?? [])]
    expect(
      dependencies.map(([name, { field, specifier, version: at }]) => [name, field, specifier, at]),
    ).toEqual([
      ['@acme/a', 'dependencies', '>=1 <3', '2.0.0(@types/node@18.11.9)(react@18.2.0)'],
      ['sdk', 'dependencies', '*', 'link:../../packages/sdk'],
      ['zustand', 'devDependencies', 'npm:zustand@4', '4.3.6'],
      ['fsevents', 'optionalDependencies', '^2.3.2', '2.3.3'],
    ])
  })

  test('keeps the places of its entries', () => {
    const importer = read(text).contents.importers.get('server/plugins/com.acme.audit')
    const place = (start: number | undefined) => positionAt({ path: 'l', text }, start ?? 0)
    expect(place(importer?.start)).toEqual({ file: 'l', line: 16, column: 3 })
    expect(place(importer?.dependencies.get('zustand')?.start)).toEqual({ file: 'l', line: 25, column: 7 })
  })

  test.each([
    ['Windows line ends', (lf: string) => lf.replaceAll('\n', '\r\n')],
    ['a byte order mark', (lf: string) => `\uFEFF${lf}`],
    ['nothing behind the importers', (lf: string) => lf.slice(0, lf.indexOf('packages:'))],
    ['format 9', (lf: string) => lf.replace("'6.0'", "'9.0'")],
  ])('is the same with %s', (_name, change) => {
    const { contents } = read(change(text))
    expect(contents.importers.get('server/plugins/com.acme.audit')?.dependencies.size).toBe(4)
    expect(contents.overrides.get('a>b')).toBe('1.0.0')
  })

  test('of the sample repository is understood whole', () => {
    const path = fileURLToPath(new URL('../../examples/tailchat/pnpm-lock.yaml', import.meta.url))
    const { contents } = read(readFileSync(path, 'utf8'))
    expect(contents.importers.get('server')?.dependencies.get('tailchat-server-sdk')?.version).toBe(
      'link:packages/sdk',
    )
    expect(contents.importers.get('client/web/plugins/com.example.theme')?.dependencies.size).toBe(0)
  })
})

describe('what an installation depends on', () => {
  test('is read from the Dockerfile, package.json and .npmrc', async () => {
    const files: Record<string, string> = {
      Dockerfile:
        '# pnpm@7\nRUN npm i -g pnpm@8.15.8\nRUN corepack prepare pnpm@9.1.0-rc.0\nRUN cd a && pnpm i --frozen-lockfile\n',
      'pnpm-workspace.yaml': "packages:\n- 'a/**' # all\n- b\n",
      '.npmrc': '# node-linker=hoisted\nshamefully-hoist=true\n',
    }
    const rootPackage = { path: 'package.json', text: '{ "packageManager": "pnpm@9.0.1+sha512.0" }' }
    const installation = await readInstallation((path) => {
      const text = files[path]
      return text === undefined ? { missing: true } : { text }
    }, rootPackage)
    expect(installation.pnpmVersions.map(({ version }) => version)).toEqual(['8.15.8', '9.1.0-rc.0', '9.0.1'])
    expect(installation.frozenInstall).toEqual({ file: 'Dockerfile', line: 4, column: 1 })
    expect(installation.workspace?.packages).toEqual(['a/**', 'b'])
    expect(installation.isHoisted).toBe(true)
    expect(installation.lockfile).toBeUndefined()
  })

  test('says why a lockfile was not read', async () => {
    const { lockfile } = await readInstallation(() => ({ reason: 'has 9 bytes' }), undefined)
    expect(lockfile?.contents).toEqual({
      unreadable: 'it has 9 bytes',
      position: { file: 'pnpm-lock.yaml', line: 1, column: 1 },
    })
  })
})

// Each row is what pnpm 8.15.8 and 10.34.9 write for the dependency `nanoid` of the package audit 1.0.0.
describe('a specifier under overrides', () => {
  test.each<[string, Record<string, string>, string, string[] | 'any']>([
    ['without any', {}, '^3.3.11', ['^3.3.11']],
    ['by name', { nanoid: '3.3.8' }, '^3.3.11', ['3.3.8']],
    ['of another name', { lodash: '4.0.0' }, '^3.3.11', ['^3.3.11']],
    ['in a range', { 'nanoid@^3.0.0': '3.3.11' }, '^3.3.11', ['3.3.11']],
    ['in a narrower range', { 'nanoid@~3.3.0': '3.3.11' }, '^3.3.11', ['3.3.11']],
    ['in a range of one number', { 'nanoid@3': '3.3.11' }, '^3.3.11', ['3.3.11']],
    ['out of a range', { 'nanoid@^2.0.0': '2.1.11' }, '^3.3.11', ['^3.3.11']],
    ['out of an open range', { 'nanoid@>=4': '4.0.0' }, '^3.3.11', ['^3.3.11']],
    ['in an open range', { 'nanoid@>=3': '4.0.0' }, '^3.3.11', ['4.0.0']],
    ['of any version', { 'nanoid@^3.0.0': '3.3.11' }, '*', ['3.3.11']],
    ['that is a tag', { 'nanoid@^3.0.0': '3.3.11' }, 'latest', ['latest']],
    ['that is of a workspace', { 'nanoid@^3.0.0': '3.3.11' }, 'workspace:*', ['workspace:*']],
    ['in an equal range', { 'nanoid@latest': '3.3.11' }, 'latest', ['3.3.11']],
    ['in a range of 0.x', { 'nanoid@^0.2.0': '0.2.9' }, '^0.2.3', ['0.2.9']],
    ['out of a range of 0.x', { 'nanoid@^0.2.0': '0.2.9' }, '^0.3.0', ['^0.3.0']],
    ['of this package', { 'audit>nanoid': '3.3.9' }, '^3.3.11', ['3.3.9']],
    ['of another package', { 'other>nanoid': '3.3.9' }, '^3.3.11', ['^3.3.11']],
    ['of this version of it', { 'audit@^1.0.0>nanoid': '3.3.9' }, '^3.3.11', ['3.3.9']],
    ['of another version of it', { 'audit@^2.0.0>nanoid': '3.3.9' }, '^3.3.11', ['^3.3.11']],
    ['of it before all', { nanoid: '3.3.8', 'audit>nanoid': '3.3.9' }, '^3.3.11', ['3.3.9']],
    ['of it with a range', { 'audit>nanoid@>=4': '4.0.0' }, '^3.3.11', ['^3.3.11']],
    ['by an alias', { nanoid: 'npm:nanoid@3.3.9' }, '^3.3.11', ['npm:nanoid@3.3.9']],
    ['with a scope', { '@a/nanoid': '1' }, '^3.3.11', ['^3.3.11']],
    // Which of two wins takes pnpm's sorting by range: either is accepted.
    [
      'in two ranges',
      { 'nanoid@^3.0.0': '3.3.11', 'nanoid@~3.3.0': '3.3.10' },
      '^3.3.11',
      ['3.3.11', '3.3.10'],
    ],
    ['in a range that is not read', { 'nanoid@^3 || ^4': '3.3.11' }, '^3.3.11', ['3.3.11', '^3.3.11']],
    ['by a path', { nanoid: 'link:./server/packages/sdk' }, '^3.3.11', 'any'],
    ['that takes it away', { nanoid: '-' }, '^3.3.11', 'any'],
  ])('%s', (_name, overrides, specifier, expected) => {
    const parsed = parseOverrides(new Map(Object.entries(overrides)))
    expect(
      expectedSpecifiers(parsed, { name: 'audit', version: '1.0.0' }, { name: 'nanoid', specifier }),
    ).toEqual(expected)
  })
})

describe('a glob', () => {
  test.each<[string, string, boolean]>([
    ['server/plugins/**/package.json', 'server/plugins/a/package.json', true],
    ['server/plugins/**/package.json', 'server/plugins/package.json', true],
    ['server/plugins/**/package.json', 'server/plugins/a/b/c/package.json', true],
    ['server/plugins/**/package.json', 'server/plugins/a/.b/package.json', false],
    ['server/plugins/*/package.json', 'server/plugins/a/b/package.json', false],
    ['server/plugins/*/package.json', 'server/plugins/.a/package.json', false],
    ['a/**', 'a/b/c', true],
    ['a/**', 'b/a', false],
    ['a.b/*', 'axb/c', false],
    ['core/{a,b}.js', 'core/b.js', true],
    ['core/[ab]?.js', 'core/ax.js', true],
    ['core/[!ab].js', 'core/a.js', false],
    ['a(b)+', 'a(b)+', true],
    ['*', 'a', true],
  ])('%s over %s: %s', (glob, path, expected) => {
    expect(globMatcher(glob)(path)).toBe(expected)
  })
})

function read(text: string): { version: string | undefined; contents: LockfileContents } {
  const { version, contents } = readLockfile({ path: 'pnpm-lock.yaml', text })
  if ('unreadable' in contents) throw new Error(contents.unreadable)
  return { version, contents }
}
