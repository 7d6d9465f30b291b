import { describe, expect, test } from '@jest/globals'
import { takeImporters } from '../../src/registrations/lockfile-edit.js'
import { pnpmVersion } from '../../src/sync/pnpm.js'
import { readInstallation } from '../../src/registrations/lockfile.js'
import { backendPlugin, check, type Files, findingsOf, json } from '../support/repository.js'

type Dependencies = Record<string, string>

interface Importer {
  dependencies?: Dependencies
  devDependencies?: Dependencies
}

interface Locked {
  importers: Record<string, Importer>
  /** By key, what each needs. */
  packages: Record<string, { dependencies?: Dependencies; dev?: boolean }>
}

/** A lockfile as pnpm writes it. An importer's `name: version` stands for the specifier `^version` as well. */
function lockfile({ importers, packages }: Locked, format: '6.0' | '9.0' = '6.0'): string {
  const is9 = format === '9.0'
  const blocks = [
    `lockfileVersion: '${format}'\n`,
    'settings:\n  autoInstallPeers: true\n  excludeLinksFromLockfile: false\n',
    'importers:\n',
    ...Object.entries(importers).map(([directory, importer]) => {
      const fields = Object.entries(importer).map(
        ([field, dependencies]) =>
          `    ${field}:\n${Object.entries(dependencies as Dependencies)
            .map(
              ([name, version]) =>
                `      ${quoted(name)}:\n        specifier: ${specifierOf(version)}\n        version: ${version}\n`,
            )
            .join('')}`,
      )
      return fields.length === 0 ? `  ${directory}: {}\n` : `  ${directory}:\n${fields.join('')}`
    }),
    'packages:\n',
    ...Object.keys(packages)
      .filter((key, index, keys) => !is9 || keys.findIndex((each) => bare(each) === bare(key)) === index)
      .map((key) => {
        const { dependencies, dev } = packages[key] ?? {}
        const own = `  ${quoted(is9 ? bare(key) : `/${key}`)}:\n    resolution: {integrity: sha512-${bare(key)}==}\n`
        if (is9) return own
        return `${own}${needs(dependencies)}${dev === undefined ? '' : `    dev: ${dev}\n`}`
      }),
    ...(is9
      ? [
          'snapshots:\n',
          ...Object.entries(packages).map(([key, { dependencies }]) =>
            dependencies ? `  ${quoted(key)}:\n${needs(dependencies)}` : `  ${quoted(key)}: {}\n`,
          ),
        ]
      : []),
  ]
  return blocks.join('\n')
}

const bare = (key: string): string => key.replace(/\(.*/, '')
const quoted = (key: string): string => (key.startsWith('@') ? `'${key}'` : key)
const specifierOf = (version: string): string =>
  version.startsWith('link:') ? "'*'" : `^${bare(version).replace(/^\//, '')}`
const needs = (dependencies: Dependencies | undefined): string =>
  dependencies
    ? `    dependencies:\n${Object.entries(dependencies)
        .map(([name, version]) => `      ${quoted(name)}: ${version}\n`)
        .join('')}`
    : ''

const A = 'server/plugins/com.acme.a'
const B = 'server/plugins/com.acme.b'

const base: Locked = {
  importers: { '.': {}, [B]: { dependencies: { got: '11.8.3', ms: '2.0.0' } } },
  packages: {
    'got@11.8.3': { dependencies: { pump: '3.0.0' }, dev: false },
    'ms@2.0.0': { dev: false },
    'pump@3.0.0': { dev: false },
  },
}

describe.each(['6.0', '9.0'] as const)('a lockfile of format %s', (format) => {
  const text = (locked: Locked): string => lockfile(locked, format)
  const take = (before: Locked, resolved: Locked, directories: string[]): string =>
    takeImporters(text(before), text(resolved), directories)

  test('gets a new package, and what it needs', () => {
    const wanted: Locked = {
      importers: {
        '.': {},
        [A]: { dependencies: { '@acme/x': '1.0.0', sdk: 'link:../../packages/sdk' } },
        ...base.importers,
      },
      packages: {
        '@acme/x@1.0.0': { dependencies: { got: '11.8.3', zed: '1.0.0' }, dev: false },
        ...base.packages,
        'zed@1.0.0': { dev: false },
      },
    }
    expect(take(base, wanted, [A])).toBe(text(wanted))
    expect(take(wanted, wanted, [A])).toBe(text(wanted))
  })

  test('keeps what other packages have, whatever pnpm made of it', () => {
    const moved: Locked = {
      importers: {
        '.': {},
        [A]: { dependencies: { pump: '3.0.0' } },
        [B]: { dependencies: { got: '11.8.9', ms: '2.0.0' } },
      },
      packages: {
        'got@11.8.9': { dependencies: { pump: '3.0.0' }, dev: false },
        'ms@2.0.0': { dev: false },
        'pump@3.0.0': { dev: false },
      },
    }
    expect(take(base, moved, [A])).toBe(
      text({
        importers: { '.': {}, [A]: { dependencies: { pump: '3.0.0' } }, [B]: base.importers[B] ?? {} },
        packages: base.packages,
      }),
    )
  })

  test('drops packages that are no longer needed', () => {
    const without: Locked = {
      importers: { '.': {}, [B]: { dependencies: { ms: '2.0.0' } } },
      packages: { 'ms@2.0.0': { dev: false } },
    }
    expect(take(base, without, [B])).toBe(text(without))
  })

  test('says what is for development only', () => {
    const development: Locked = {
      importers: { '.': {}, [A]: { devDependencies: { pump: '3.0.0' } }, ...base.importers },
      packages: { ...base.packages, 'pump@3.0.0': {} },
    }
    expect(take(base, development, [A])).toBe(text(development))
    const only: Locked = {
      importers: { '.': {}, [B]: { devDependencies: { got: '11.8.3' }, dependencies: { ms: '2.0.0' } } },
      packages: {
        'got@11.8.3': { dependencies: { pump: '3.0.0' }, dev: true },
        'ms@2.0.0': { dev: false },
        'pump@3.0.0': { dev: true },
      },
    }
    expect(take(base, only, [B])).toBe(text(only))
  })

  test('has a package once where one with more peers is there', () => {
    const withPeers: Locked = {
      importers: { '.': {}, [B]: { dependencies: { hook: '1.0.0(react@18.0.0)', react: '18.0.0' } } },
      packages: {
        'hook@1.0.0(react@18.0.0)': { dependencies: { react: '18.0.0' }, dev: false },
        'react@18.0.0': { dev: false },
      },
    }
    const apart: Locked = {
      importers: { '.': {}, [A]: { dependencies: { hook: '1.0.0' } }, ...withPeers.importers },
      packages: { 'hook@1.0.0': { dev: false }, ...withPeers.packages },
    }
    expect(take(withPeers, apart, [A])).toBe(
      text({
        importers: {
          '.': {},
          [A]: { dependencies: { hook: '1.0.0(react@18.0.0)' } },
          ...withPeers.importers,
        },
        packages: withPeers.packages,
      }),
    )
  })

  test('gives a package that did not change other peers only where these changed', () => {
    const before: Locked = {
      importers: {
        '.': {},
        [B]: { dependencies: { hook: '1.0.0(react@18.0.0)', react: '18.0.0', tool: '1.0.0(nats@1.0.0)' } },
      },
      packages: {
        'hook@1.0.0(react@18.0.0)': { dependencies: { react: '18.0.0' }, dev: false },
        'nats@1.0.0': { dev: false },
        'react@18.0.0': { dev: false },
        'tool@1.0.0(nats@1.0.0)': { dependencies: { nats: '1.0.0' }, dev: false },
      },
    }
    const resolved: Locked = {
      importers: {
        '.': {},
        [B]: { dependencies: { hook: '1.0.0(react@19.0.0)', react: '19.0.0', tool: '1.0.0' } },
      },
      packages: {
        'hook@1.0.0(react@19.0.0)': { dependencies: { react: '19.0.0' }, dev: false },
        'react@19.0.0': { dev: false },
        'tool@1.0.0': { dev: false },
      },
    }
    expect(take(before, resolved, [B])).toBe(
      text({
        importers: {
          '.': {},
          [B]: { dependencies: { hook: '1.0.0(react@19.0.0)', react: '19.0.0', tool: '1.0.0(nats@1.0.0)' } },
        },
        packages: {
          'hook@1.0.0(react@19.0.0)': { dependencies: { react: '19.0.0' }, dev: false },
          'nats@1.0.0': { dev: false },
          'react@19.0.0': { dev: false },
          'tool@1.0.0(nats@1.0.0)': { dependencies: { nats: '1.0.0' }, dev: false },
        },
      }),
    )
  })

  test('keeps Windows line ends', () => {
    const wanted: Locked = {
      importers: { '.': {}, [A]: { dependencies: { zed: '1.0.0' } }, ...base.importers },
      packages: { ...base.packages, 'zed@1.0.0': { dev: false } },
    }
    expect(takeImporters(text(base).replaceAll('\n', '\r\n'), text(wanted), [A])).toBe(
      text(wanted).replaceAll('\n', '\r\n'),
    )
  })

  test('gets its first packages', () => {
    const empty = text({ importers: { '.': {} }, packages: {} }).replace(/\npackages:[^]*/, '')
    const wanted: Locked = {
      importers: { '.': {}, [A]: { dependencies: { zed: '1.0.0' } } },
      packages: { 'zed@1.0.0': { dev: false } },
    }
    expect(takeImporters(empty, text(wanted), [A])).toBe(text(wanted))
  })

  test.each<[string, Locked, RegExp]>([
    ['that pnpm made no entry', base, /pnpm made no entry for server\/plugins\/com\.acme\.a/],
    [
      'that a package is not there',
      { importers: { '.': {}, [A]: { dependencies: { zed: '1.0.0' } } }, packages: base.packages },
      /the lockfile has no package zed 1\.0\.0/,
    ],
  ])('is left alone, with the reason, when it shows %s', (_what, resolved, reason) => {
    expect(() => take(base, resolved, [A])).toThrow(reason)
  })
})

test.each<[string, RegExp, (text: string) => string]>([
  [
    'another format',
    /this pnpm writes format 9\.0, and pnpm-lock\.yaml has 6\.0/,
    () => lockfile(base, '9.0'),
  ],
  [
    'publishing times',
    /records publishing times/,
    (text) => `${text}\ntime:\n\n  /got@11.8.3: '2022-01-01'\n`,
  ],
])('a lockfile is left alone with %s', (_what, reason, change) => {
  expect(() => takeImporters(lockfile(base), change(lockfile(base)), [B])).toThrow(reason)
})

describe('the pnpm that writes the lockfile', () => {
  const versionFor = async (files: Record<string, string>): Promise<string> =>
    pnpmVersion(
      await readInstallation(
        (path) => {
          const text = files[path]
          return text === undefined ? { missing: true } : { text }
        },
        { path: 'package.json', text: files['package.json'] ?? '{}' },
      ),
    )

  test.each<[string, Record<string, string>, string]>([
    [
      'that of packageManager, before the Dockerfile’s',
      {
        'package.json': '{ "packageManager": "pnpm@9.1.0+sha512.abc" }',
        Dockerfile: 'RUN npm i -g pnpm@8.15.8',
      },
      '9.1.0',
    ],
    ['that the Dockerfile installs', { Dockerfile: 'RUN npm install -g pnpm@8.15.8' }, '8.15.8'],
    ['that corepack prepares', { Dockerfile: 'RUN corepack prepare pnpm@9.4.0 --activate' }, '9.4.0'],
    ['whose major version the Dockerfile names', { Dockerfile: 'RUN npm i -g pnpm@9' }, '9'],
    [
      'whose version is an argument of the Dockerfile',
      { Dockerfile: 'ARG PNPM_VERSION=8.6.0\nRUN npm i -g pnpm@${PNPM_VERSION}' },
      '8.6.0',
    ],
    [
      'whose version is a variable of the Dockerfile',
      { Dockerfile: 'ENV PNPM="9.0.1"\nRUN npm i -g pnpm@$PNPM' },
      '9.0.1',
    ],
    [
      'of the lockfile’s format, where packageManager holds no version',
      { Dockerfile: 'RUN npm i -g pnpm@latest', 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n" },
      '8',
    ],
    [
      'of the lockfile’s format, where npm would not accept the version',
      {
        'package.json': '{ "packageManager": "pnpm@9.1.0.evil" }',
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      },
      '10',
    ],
  ])('is the one %s', async (_what, files, version) => {
    expect(await versionFor(files)).toBe(version)
  })
})

describe('pnpm is not run, and a finding says why', () => {
  const repository = (name: string, more: Files = {}): Files => ({
    ...backendPlugin(name, { 'package.json': json({ name: 'a', dependencies: { got: '^11.0.0' } }) }),
    'pnpm-workspace.yaml': "packages:\n  - 'server/plugins/**'\n",
    'pnpm-lock.yaml': lockfile(base),
    ...more,
  })

  test.each<[string, Files, string]>([
    [
      'for a path that it would read as a pattern',
      repository('com.acme.a{b}'),
      'pnpm would read the path server/plugins/com.acme.a{b} as a pattern: rename the directory',
    ],
    [
      'for a path that it would read as a question for dependents',
      repository('com.acme...b'),
      'pnpm would read the path server/plugins/com.acme...b as a pattern: rename the directory',
    ],
    [
      'where a hook may rewrite packages',
      repository('com.acme.a', { '.pnpmfile.cjs': 'module.exports = {}\n' }),
      '.pnpmfile.cjs may change the dependencies of every package, and code of the repository is not run',
    ],
  ])('%s', async (_what, files, reason) => {
    const found = await findingsOf(files, { mode: 'sync' })
    expect(found.filter(({ rule }) => rule === 'lockfile/not-updated').map(({ message }) => message)).toEqual(
      [expect.stringContaining(reason)],
    )
    expect(found.map(({ rule }) => rule)).toContain('lockfile/importer-missing')
  })

  test('the finding that pnpm was not run can be accepted like any other', async () => {
    const accepting = '# tailchat-plugins-accept lockfile/not-updated: a maintainer writes it\n'
    const locked = accepting + lockfile(base)
    const { findings, accepted } = await check(repository('com.acme...b', { 'pnpm-lock.yaml': locked }), {
      mode: 'sync',
    })
    expect(findings.map(({ rule }) => rule)).not.toContain('lockfile/not-updated')
    expect(accepted).toEqual([
      { rule: 'lockfile/not-updated', file: 'pnpm-lock.yaml', line: 1, reason: 'a maintainer writes it' },
    ])
  })
})
