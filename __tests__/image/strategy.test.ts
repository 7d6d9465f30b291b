import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { BaseImage } from '../../src/image/base.js'
import { type Changes, changesSince } from '../../src/image/changes.js'
import { lockfileChange, nativePackagesAdded } from '../../src/image/lockfile-change.js'
import { decideStrategy, type StrategyFacts } from '../../src/image/strategy.js'
import { SOURCES_LABEL, sourcesLabel, sourcesOf } from '../../src/image/sources.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { createSample, type Sample } from '../support/sample.js'

const base: BaseImage = {
  name: 'ghcr.io/acme/tailchat',
  reference: 'ghcr.io/acme/tailchat@sha256:00',
  digest: 'sha256:00',
  platforms: ['linux/amd64', 'linux/arm64/v8'],
  labels: {},
}
const none: Changes = { plugins: [], elsewhere: [], builtin: [], native: [] }

describe('the strategy', () => {
  const facts: StrategyFacts = {
    asked: 'auto',
    pluginsOnly: false,
    base,
    platforms: [],
    changes: { ...none, plugins: ['com.acme.theme'] },
    builtinWanted: [],
  }

  test.each<[string, Partial<StrategyFacts>, 'full' | 'overlay' | 'refused', string]>([
    ['auto: only plugins changed', {}, 'overlay', 'only plugins changed since (com.acme.theme)'],
    ['auto: nothing changed', { changes: none }, 'overlay', '(no plugin)'],
    ['auto without a base image', { base: undefined }, 'full', 'base-image is not set'],
    ['auto: no such base image yet', { base: { missing: 'there is none' } }, 'full', 'there is none'],
    [
      'auto: the commit is unknown',
      { changes: { unknown: 'not in this shallow clone: check out with `fetch-depth: 0`' } },
      'full',
      'fetch-depth: 0',
    ],
    [
      'auto: other files changed',
      { changes: { ...none, elsewhere: ['server/services/core/config.service.ts'] } },
      'full',
      'config.service.ts',
    ],
    [
      'auto: a built-in entry changed',
      { changes: { ...none, builtin: ['com.acme.intro'] } },
      'full',
      'com.acme.intro',
    ],
    [
      'auto: a native module came',
      { changes: { ...none, native: ['sharp@0.33.0'] } },
      'full',
      'sharp@0.33.0',
    ],
    ['auto: a platform that the base has', { platforms: ['linux/amd64', 'linux/arm64'] }, 'overlay', ''],
    ['auto: a platform that it lacks', { platforms: ['linux/riscv64'] }, 'full', 'not for linux/riscv64'],
    ['full', { asked: 'full' }, 'full', 'asked for'],
    ['overlay', { asked: 'overlay' }, 'overlay', 'com.acme.theme'],
    [
      'overlay: other files changed',
      { asked: 'overlay', changes: { ...none, elsewhere: ['client/web/src/app.ts'] } },
      'overlay',
      'these stay as the base image has them: client/web/src/app.ts',
    ],
    [
      'overlay: the commit is unknown',
      { asked: 'overlay', changes: { unknown: 'it names none' } },
      'overlay',
      'every plugin rebuilt: it names none',
    ],
    [
      'overlay: a built-in entry changed',
      { asked: 'overlay', changes: { ...none, builtin: ['com.acme.intro'] } },
      'refused',
      'com.acme.intro',
    ],
    [
      'overlay: a native module came',
      { asked: 'overlay', changes: { ...none, native: ['sharp@1'] } },
      'refused',
      'sharp@1',
    ],
    [
      'overlay: no such base image',
      { asked: 'overlay', base: { missing: 'gone' } },
      'refused',
      'gone; use strategy: full',
    ],
    ['plugins only', { pluginsOnly: true, changes: { unknown: 'x' } }, 'overlay', 'holds plugins only'],
    ['plugins only: full', { pluginsOnly: true, asked: 'full' }, 'refused', 'set base-image'],
    [
      'plugins only without a base image',
      { pluginsOnly: true, base: undefined },
      'refused',
      'base-image is not set',
    ],
    [
      'plugins only: one to be built in',
      { pluginsOnly: true, builtinWanted: ['com.acme.theme'] },
      'refused',
      'com.acme.theme would have to be built into the web client',
    ],
  ])('%s', (_title, change, expected, reason) => {
    const decide = () => decideStrategy({ ...facts, ...change })
    if (expected === 'refused') {
      expect(decide).toThrow(reason)
      return
    }
    expect(decide()).toMatchObject({ strategy: expected, reason: expect.stringContaining(reason) })
  })

  test('says that the base image’s revision is taken on trust, unless it records its plugins', () => {
    const note = 'is taken on trust'
    expect(decideStrategy(facts).reason).toContain(note)
    const recorded = { ...base, labels: { [SOURCES_LABEL]: 'sha256:00' } }
    expect(decideStrategy({ ...facts, base: recorded }).reason).not.toContain(note)
  })

  test('rebuilds what changed, and everything where that is unknown', () => {
    expect(decideStrategy(facts)).toMatchObject({ changed: ['com.acme.theme'] })
    const unknown = decideStrategy({ ...facts, asked: 'overlay', changes: { unknown: 'x' } })
    expect(unknown).toMatchObject({ changed: undefined })
  })
})

describe('what changed since the base image', () => {
  let sample: Sample
  let revision: string
  beforeEach(() => {
    sample = createSample()
    revision = sample.start
  })
  afterEach(() => sample.remove())

  const text = (file: string): string => readFileSync(join(sample.directory, file), 'utf8')
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(sample.directory, file)), { recursive: true })
    writeFileSync(join(sample.directory, file), content)
  }
  const changes = async (since = revision, sources?: string): Promise<Changes | { unknown: string }> =>
    changesSince(await readWorkspace(sample.directory), {
      revision: since,
      sources,
      ownFiles: ['tailchat-plugins.yml'],
    })

  test('nothing', async () => {
    expect(await changes()).toEqual(none)
  })

  test.each<[string, () => void, Partial<Changes>]>([
    [
      'a file of a plugin, committed or not, new or gone',
      () => {
        appendFileSync(join(sample.directory, 'client/web/plugins/com.example.theme/src/index.ts'), '//')
        sample.commit()
        write('server/plugins/com.example.audit/new.ts', '')
        rmSync(join(sample.directory, 'server/plugins/com.example.tickets/utils/number.ts'))
      },
      { plugins: ['com.example.audit', 'com.example.theme', 'com.example.tickets'] },
    ],
    [
      'registrations and declarations',
      () => {
        write('client/web/registry.json', '[]')
        write('tailchat-plugins.yml', 'version: 1\n')
        write('package.json', text('package.json').replace(' com.example.polls', ''))
      },
      {},
    ],
    ['files that nothing in the image reads', () => write('README.md', 'new'), {}],
    [
      'files that .dockerignore keeps out',
      () => {
        write('.dockerignore', 'notes')
        revision = sample.commit()
        write('notes/plan.txt', '')
      },
      {},
    ],
    ['which files those are', () => write('.dockerignore', ''), { elsewhere: ['.dockerignore'] }],
    [
      'more of package.json than the install list',
      () => write('package.json', text('package.json').replace('"1.0.0"', '"1.0.1"')),
      { elsewhere: ['package.json (more than the names behind plugin:install)'] },
    ],
    [
      'the install list of the Dockerfile, and of a script of the server',
      () => {
        write('Dockerfile', 'FROM node\nRUN pnpm plugin:install \\\n  a\n')
        write('server/package.json', '{ "scripts": { "x": "pnpm plugin:install a" } }')
        revision = sample.commit()
        write('Dockerfile', 'FROM node\nRUN pnpm plugin:install \\\n  a \\\n  b\n')
        write('server/package.json', '{ "scripts": { "x": "pnpm plugin:install b" } }')
      },
      {},
    ],
    [
      'more of the Dockerfile than an install list, or without one',
      () => {
        write('server/package.json', '{ "scripts": { "x": "pnpm plugin:install a" } }')
        revision = sample.commit()
        write('Dockerfile', text('Dockerfile') + '\nRUN ls\n')
        write('server/package.json', '{ "scripts": { "x": "pnpm plugin:install b && ls" } }')
      },
      { elsewhere: ['Dockerfile', 'server/package.json (more than the names behind plugin:install)'] },
    ],
    [
      'a file of the server',
      () => write('server/moleculer.config.ts', ''),
      { elsewhere: ['server/moleculer.config.ts'] },
    ],
    [
      'a built-in entry',
      () =>
        write(
          'client/web/src/plugin/builtin.ts',
          text('client/web/src/plugin/builtin.ts').replace(/'1\.0\.0'/, "'1.0.1'"),
        ),
      { builtin: ['com.example.intro'] },
    ],
  ])('%s', async (_title, change, expected) => {
    change()
    const found = await changes()
    if ('unknown' in found) throw new Error(found.unknown)
    expect({ ...found, plugins: [...found.plugins].sort() }).toEqual({ ...none, ...expected })
  })

  test.each([
    ['latest', 'is not the id of a commit'],
    ['--output=/etc/passwd', 'is not the id of a commit'],
    ['0'.repeat(40), 'is not in this repository'],
  ])('is unknown for the revision %j', async (since, reason) => {
    expect(await changes(since)).toEqual({ unknown: expect.stringContaining(reason) })
  })

  test('is known where the image records the plugins of the commit that it names', async () => {
    expect(await changes(revision, await sourcesOf(sample.directory, revision))).toEqual(none)
  })

  test('is unknown where the image names a commit with other plugins than those that it was built from', async () => {
    const built = await sourcesOf(sample.directory, revision)
    write('server/plugins/com.example.audit/new.ts', '')
    // Such as HEAD on an image of an older commit.
    const named = sample.commit()
    expect(await changes(named, built)).toEqual({
      unknown: expect.stringContaining(`names commit ${named.slice(0, 12)}, but the plugins it records`),
    })
  })

  test('says how to get a commit that a shallow clone lacks', async () => {
    sample.commit()
    const clone = createSample()
    try {
      rmSync(clone.directory, { recursive: true })
      execFileSync('git', ['clone', '-q', '--depth=1', `file://${sample.directory}`, clone.directory])
      const found = await changesSince(await readWorkspace(clone.directory), { revision, ownFiles: [] })
      expect(found).toEqual({ unknown: expect.stringContaining('fetch-depth: 0') })
    } finally {
      clone.remove()
    }
  })
})

describe('the plugins that an image records', () => {
  const withSample = async (work: (sample: Sample) => Promise<void>): Promise<void> => {
    const sample = createSample()
    try {
      await work(sample)
    } finally {
      sample.remove()
    }
  }

  test('are those of the commit, whatever files lie outside of plugins', () =>
    withSample(async (sample) => {
      sample.write('notes.txt', '')
      expect(await sourcesLabel(sample.directory)).toEqual({
        [SOURCES_LABEL]: await sourcesOf(sample.directory, 'HEAD'),
      })
    }))

  test.each<[string, (sample: Sample) => void, boolean]>([
    ['a file of a plugin', (each) => each.write('server/plugins/com.example.audit/new.ts', ''), false],
    ['a new plugin', (each) => each.add('com.example.wall'), false],
    ['a file of the server', (each) => each.write('server/new.ts', ''), true],
    ['a file next to the plugins', (each) => each.write('server/plugins/README.md', ''), true],
  ])('with %s', (_title, change, same) =>
    withSample(async (sample) => {
      const before = await sourcesOf(sample.directory, 'HEAD')
      change(sample)
      sample.commit()
      expect((await sourcesOf(sample.directory, 'HEAD')) === before).toBe(same)
    }),
  )

  test('are empty, and not inherited, where a plugin differs from the commit, and without git', () =>
    withSample(async (sample) => {
      sample.write('server/plugins/com.example.audit/new.ts', '')
      expect(await sourcesLabel(sample.directory)).toEqual({ [SOURCES_LABEL]: '' })
      rmSync(join(sample.directory, '.git'), { recursive: true })
      expect(await sourcesLabel(sample.directory)).toEqual({ [SOURCES_LABEL]: '' })
    }))
})

describe('a changed lockfile', () => {
  const lockfile = (
    parts: { core?: string; plugin?: string; packages?: string } = {},
  ): string => `lockfileVersion: '6.0'

overrides:
  typescript: 4.9.5

importers:

  server:
    dependencies:
      lodash:
        specifier: ^4.17.0
        version: ${parts.core ?? '4.17.21'}

  server/plugins/com.acme.tickets:
    dependencies:
      ${parts.plugin ?? 'nanoid'}:
        specifier: ^3.3.0
        version: 3.3.11

packages:

  /lodash@4.17.21:
    resolution: {integrity: sha512-a}
    dev: false
${parts.packages ?? ''}`
  const isPlugin = (directory: string): boolean => directory.startsWith('server/plugins/')
  const added = `
  /qrcode@1.5.3:
    resolution: {integrity: sha512-b}
    dev: false

  /canvas@2.11.2:
    resolution: {integrity: sha512-c}
    requiresBuild: true
    dev: false
`

  test.each<[string, string, string | undefined]>([
    ['a plugin’s own dependencies', lockfile({ plugin: 'qrcode' }), undefined],
    ['packages that came', lockfile({ packages: added }), undefined],
    ['who needs a package', lockfile().replace('dev: false', 'dev: true'), undefined],
    ['what the server gets', lockfile({ core: '4.17.22' }), 'importers: server'],
    ['what a package is', lockfile().replace('sha512-a', 'sha512-z'), 'packages: /lodash@4.17.21'],
    ['an override', lockfile().replace('4.9.5', '5.0.0'), 'overrides: typescript'],
    ['the format', lockfile().replace("'6.0'", "'9.0'"), 'lockfileVersion'],
  ])('tells %s', (_title, after, expected) => {
    expect(lockfileChange(lockfile(), after, isPlugin)).toBe(expected)
  })

  test('names new packages that an overlay can’t carry', () => {
    expect(nativePackagesAdded(lockfile(), lockfile({ packages: added }))).toEqual(['canvas@2.11.2'])
    expect(nativePackagesAdded(lockfile({ packages: added }), lockfile({ packages: added }))).toEqual([])
  })
})
