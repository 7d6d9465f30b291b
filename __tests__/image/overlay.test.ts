import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { desiredState } from '../../src/declarations/desired.js'
import { noDeclarations } from '../../src/declarations/types.js'
import { fromEngine, fromRegistry, overlayLabels } from '../../src/image/base.js'
import { buildxArgs } from '../../src/image/buildx-args.js'
import { type OverlayPlan, overlayDockerfile, planOverlay, secretIds } from '../../src/image/overlay.js'
import { withOverlayContext } from '../../src/image/overlay-context.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { type Files, withRepository } from '../support/repository.js'

const digest = `sha256:${'0'.repeat(64)}`
const manifest = (name: string, label = name): string => JSON.stringify({ name, label })
const files: Files = {
  'client/web/plugins/com.acme.theme/manifest.json': manifest('com.acme.theme'),
  'client/web/plugins/com.acme.theme/src/index.ts': 'export {}',
  'server/plugins/com.acme.audit/package.json': '{}',
  'server/plugins/com.acme.audit/services/audit.service.ts': '',
  'server/plugins/com.acme.polls/web/plugins/com.acme.polls/manifest.json': manifest('com.acme.polls'),
  'server/plugins/com.acme.tickets/web/plugins/com.acme.tickets/manifest.json': manifest('com.acme.tickets'),
  'server/plugins/com.acme.tickets/node_modules/nanoid/index.js': '',
  'package.json': JSON.stringify({
    scripts: { 'build:server': 'pnpm run plugin:install com.acme.tickets com.acme.polls' },
  }),
}

/** The plan for the repository above, changed by `more`. */
async function planFor(
  changed: string[] | undefined,
  registrations: Parameters<typeof planOverlay>[2],
  more: Files = {},
) {
  return withRepository({ ...files, ...more }, async (root) => {
    const workspace = await readWorkspace(root)
    return planOverlay(desiredState(workspace, noDeclarations, 'report').plugins, changed, registrations)
  })
}

describe('what is in an overlay', () => {
  const registry = '[ { "name": "com.acme.theme" } ]\n'
  const installed = ['com.acme.tickets', 'com.acme.polls']

  test('is every plugin, with the changed ones rebuilt, and nothing that the repository does not have', async () => {
    const plan = await planFor(['com.acme.audit'], { registry, installed })
    expect(plan.plugins).toEqual([
      {
        name: 'com.acme.audit',
        kind: 'backend',
        directory: 'server/plugins/com.acme.audit',
        changed: true,
        bundle: false,
      },
      {
        name: 'com.acme.polls',
        kind: 'fullstack',
        directory: 'server/plugins/com.acme.polls',
        changed: false,
        bundle: true,
      },
      {
        name: 'com.acme.theme',
        kind: 'frontend',
        directory: 'client/web/plugins/com.acme.theme',
        changed: false,
        bundle: true,
      },
      {
        name: 'com.acme.tickets',
        kind: 'fullstack',
        directory: 'server/plugins/com.acme.tickets',
        changed: false,
        bundle: true,
      },
    ])
    expect(plan.only).toEqual({
      compiled: ['com.acme.audit', 'com.acme.polls', 'com.acme.tickets'],
      published: ['com.acme.polls', 'com.acme.theme', 'com.acme.tickets'],
    })
  })

  test('rebuilds every plugin where it is unknown what changed', async () => {
    const plan = await planFor(undefined, { registry, installed })
    expect(plan.plugins.every(({ changed }) => changed)).toBe(true)
  })

  test('has no bundle of a full-stack plugin that is not installed', async () => {
    const packageJson = JSON.stringify({ scripts: { 'build:server': 'plugin:install com.acme.polls' } })
    const plan = await planFor(
      [],
      { registry, installed: ['com.acme.polls'] },
      { 'package.json': packageJson },
    )
    expect(plan.only?.published).toEqual(['com.acme.polls', 'com.acme.theme'])
    expect(plan.registries['registry-be.json']).toBe(`[${manifest('com.acme.polls')}]\n`)
  })

  test('has the plugin registries as the full build writes them, byte for byte', async () => {
    const { registries } = await planFor([], { registry, installed })
    expect(registries).toEqual({
      'registry.json': registry,
      'registry-be.json': `[${manifest('com.acme.polls')},${manifest('com.acme.tickets')}]\n`,
    })
  })

  test('keeps the base image’s own plugins where a repository holds plugins only', async () => {
    const plan = await planFor(undefined, undefined)
    expect(plan.only).toBeUndefined()
    expect(plan.registries['registry-be.json']).toEqual({
      entries: [
        { name: 'com.acme.polls', label: 'com.acme.polls' },
        { name: 'com.acme.tickets', label: 'com.acme.tickets' },
      ],
      without: ['com.acme.audit', 'com.acme.theme'],
    })
  })
})

describe('the Dockerfile of an overlay', () => {
  const base = {
    name: 'acme/tailchat',
    reference: `acme/tailchat@${digest}`,
    digest,
    platforms: [],
    labels: {},
  }

  test('builds once, on the builder’s platform, and has no RUN in the image itself', () => {
    expect(overlayDockerfile(base, [])).toBe(`FROM --platform=$BUILDPLATFORM acme/tailchat@${digest} AS build
USER 0:0
COPY --from=overlay-stage / /tmp/tailchat-overlay/
COPY . /tmp/tailchat-overlay/tree/
RUN ["node","/tmp/tailchat-overlay/main.cjs","/tmp/tailchat-overlay"]

FROM acme/tailchat@${digest}
# Empty files hide what the base image has there; the files of the overlay follow.
COPY --link --from=build /tmp/tailchat-overlay/hide/ /
COPY --link --from=build /tmp/tailchat-overlay/layer/ /
`)
  })

  test('gives the build stage the build secrets, and no others', () => {
    const ids = secretIds(['id=npmrc,src=.npmrc', 'type=env,id=TOKEN', 'id=a b', 'src=x'])
    expect(ids).toEqual(['npmrc', 'TOKEN'])
    expect(overlayDockerfile(base, ids)).toContain(
      'RUN --mount=type=secret,id=npmrc --mount=type=secret,id=TOKEN ["node"',
    )
  })

  test('is built with its contexts, and labelled with what it stands on', () => {
    const plan = {
      dockerfile: '/t/Dockerfile',
      context: '/t/context',
      contexts: { 'overlay-stage': '/t/stage' },
      labels: overlayLabels(base, ['com.acme.audit', 'com.acme.theme']),
      ...{ buildArgs: [], buildSecrets: [], platforms: [], cacheFrom: [], cacheTo: [], builder: '' },
    }
    const args = buildxArgs(plan, { pushTo: [], push: true, index: false, metadataFile: '/t/metadata' })
    expect(args.join(' ')).toContain('--build-context overlay-stage=/t/stage')
    for (const label of [
      'org.opencontainers.image.base.name=acme/tailchat',
      `org.opencontainers.image.base.digest=${digest}`,
      'tailchat-plugin-deploy.overlay=com.acme.audit com.acme.theme',
    ])
      expect(args).toContain(label)
  })
})

describe('the build context of an overlay', () => {
  const overlay = (plan: Partial<OverlayPlan>): Omit<OverlayPlan, 'epochSeconds'> => ({
    appDir: '/app',
    plugins: [],
    registries: { 'registry.json': '[]', 'registry-be.json': '[]' },
    ...plan,
  })

  test('holds the plugins to rebuild at their place in the image, and no other file of the repository', async () => {
    await withRepository({ ...files, 'plugins/com.acme.new/services/new.service.ts': '' }, async (root) => {
      const workspace = await readWorkspace(root)
      const { plugins } = planOverlay(
        desiredState(workspace, noDeclarations, 'report').plugins,
        ['com.acme.tickets', 'com.acme.theme'],
        undefined,
      )
      const given = {
        root,
        dockerfile: 'FROM scratch\n',
        plan: { ...overlay({ plugins }), epochSeconds: 7 },
        plugins: workspace.plugins,
        lockfile: 'lockfileVersion: 6\n',
        dockerIgnore: '**/*.md\n',
      }
      const left = await withOverlayContext(given, ({ context, contexts, dockerfile }) => {
        const stage = contexts['overlay-stage'] ?? ''
        const below = (directory: string): string[] =>
          readdirSync(directory, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
            .sort()
        expect(below(context)).toEqual([
          '.dockerignore',
          'client/web/plugins/com.acme.theme/manifest.json',
          'client/web/plugins/com.acme.theme/src/index.ts',
          'server/plugins/com.acme.tickets/web/plugins/com.acme.tickets/manifest.json',
        ])
        expect(below(stage)).toEqual(expect.arrayContaining(['main.cjs', 'plan.json', 'pnpm-lock.yaml']))
        expect(JSON.parse(readFileSync(join(stage, 'plan.json'), 'utf8'))).toEqual(given.plan)
        expect(readFileSync(dockerfile, 'utf8')).toBe('FROM scratch\n')
        return Promise.resolve(context)
      })
      expect(existsSync(left)).toBe(false)
    })
  })

  test('is the same whatever the modes of the checkout, and without a commit has the time of the newest source', async () => {
    await withRepository(files, async (root) => {
      const source = join(root, 'client/web/plugins/com.acme.theme/src/index.ts')
      writeFileSync(source, '', { mode: 0o664 })
      mkdirSync(join(root, 'server/plugins/com.acme.audit/bin'))
      writeFileSync(join(root, 'server/plugins/com.acme.audit/bin/run'), '', { mode: 0o700 })
      utimesSync(source, 4102444800, 4102444800)
      const workspace = await readWorkspace(root)
      const { plugins } = planOverlay(
        desiredState(workspace, noDeclarations, 'report').plugins,
        undefined,
        undefined,
      )
      await withOverlayContext(
        {
          root,
          dockerfile: '',
          plan: { ...overlay({ plugins }), epochSeconds: undefined },
          plugins: workspace.plugins,
          lockfile: undefined,
          dockerIgnore: undefined,
        },
        ({ context, contexts }) => {
          const mode = (file: string): number => statSync(join(context, file)).mode & 0o777
          expect(mode('client/web/plugins/com.acme.theme/src/index.ts')).toBe(0o644)
          expect(mode('server/plugins/com.acme.audit/bin/run')).toBe(0o755)
          const text = readFileSync(join(contexts['overlay-stage'] ?? '', 'plan.json'), 'utf8')
          expect(JSON.parse(text)).toMatchObject({ epochSeconds: 4102444800 })
          return Promise.resolve()
        },
      )
    })
  })
})

describe('the base image', () => {
  const config = { Labels: { 'org.opencontainers.image.revision': 'abc' } }

  test.each([
    ['one platform', { os: 'linux', architecture: 'arm64', variant: 'v8', config }, ['linux/arm64/v8']],
    [
      'an index',
      { 'linux/arm64': { config }, 'linux/amd64': { config }, 'unknown/unknown': {} },
      ['linux/amd64', 'linux/arm64'],
    ],
  ])('of a container registry is named by its digest: %s', (_title, image, platforms) => {
    expect(fromRegistry('localhost:5000/acme/tailchat:full', { manifest: { digest }, image })).toEqual({
      name: 'localhost:5000/acme/tailchat',
      reference: `localhost:5000/acme/tailchat@${digest}`,
      digest,
      platforms,
      labels: config.Labels,
    })
  })

  test('of the engine is named as it was asked for', () => {
    const answer = { Id: digest, Os: 'linux', Architecture: 'amd64', Config: { Labels: null } }
    expect(fromEngine('tailchat:mine', answer)).toEqual({
      name: 'tailchat',
      reference: 'tailchat:mine',
      digest,
      platforms: ['linux/amd64'],
      labels: {},
    })
  })
})
