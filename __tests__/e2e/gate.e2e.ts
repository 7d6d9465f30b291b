import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type Builder, createBuilder } from '../support/builder.js'
import { createQuickSample, pushBase, type QuickSample } from '../support/quick.js'
import * as registry from '../support/registry.js'
import { runAction } from '../support/run-action.js'

jest.setTimeout(15 * 60 * 1000)

/** Something in an image that its proof must find. */
interface Failure {
  what: string
  apply: (sample: QuickSample) => void
}

const services = {
  'plugin:com.example.audit': 'plugins/com.example.audit/services/audit.service.js',
  'plugin:com.example.polls': 'plugins/com.example.polls/services/polls.service.js',
  'plugin:com.example.polls.archive': 'plugins/com.example.polls/services/archive.service.js',
  'plugin:com.example.tickets': 'plugins/com.example.tickets/services/tickets.service.js',
}

/** What stands in the service's file instead. */
const code: Record<string, (name: string) => string> = {
  'throws an error': () => "throw new Error('no token')",
  'throws a text': () => "throw 'no token'",
  'does not parse': () => 'const = 1',
  'needs a module that is not there': () => "require('not-installed')",
  'ends the process as if all were well': () => 'process.exit(0)',
  'ends the process': () => 'process.exit(3)',
  'ends the process while it is constructed': (name) =>
    `module.exports = { name: '${name}', created() { process.exit(1) } }`,
  'kills the process': () => "process.kill(process.pid, 'SIGKILL'); for (;;);",
  'aborts the process': () => 'process.abort()',
  'exports nothing': () => '',
  'exports null': () => 'module.exports = null',
  'has another name': () => "module.exports = { name: 'plugin:com.example.other' }",
  'has no name': () => 'module.exports = { actions: {} }',
  'has a version, and with it another name': (name) => `module.exports = { name: '${name}', version: 2 }`,
  'throws when it is created': (name) =>
    `module.exports = { name: '${name}', created() { throw new Error('no token') } }`,
  'calls itself for ever': () => '(function again() { again() })()',
  'registers an action that is not a function': (name) =>
    `module.exports = { name: '${name}', actions: { list: 5 } }`,
}

const names = Object.keys(services)
const ofServices = Object.entries(services).flatMap(([name, file], index): Failure[] => [
  ...Object.entries(code).map(([what, text]) => ({
    what: `${name} ${what}`,
    apply: ({ put }: QuickSample) => put(file, text(name)),
  })),
  {
    what: `${name} has the name of another`,
    apply: ({ put }) => put(file, `module.exports = { name: '${names[(index + 1) % names.length]}' }`),
  },
  { what: `${name} is a directory`, apply: ({ put }) => put(file, undefined) },
])

/** Plugins with a browser side. */
const offered = ['theme', 'stats', 'intro', 'tickets', 'polls'].map((each) => `com.example.${each}`)
const bundle = (name: string, dependencies: string): string =>
  `definePlugin('@plugins/${name}', [${dependencies}], function () {})`
const ofBundles = offered.flatMap((name): Failure[] => {
  const index = `public/plugins/${name}/index.js`
  return [
    { what: `${name} has no bundle`, apply: ({ put }) => put(`public/plugins/${name}`, '') },
    { what: `${name} has an empty bundle`, apply: ({ put }) => put(index, '') },
    {
      what: `${name} has the bundle of another`,
      apply: ({ put }) => put(index, bundle('com.example.x', '')),
    },
    {
      what: `${name} needs a module that the client does not have`,
      apply: ({ put }) => put(index, bundle(name, "'dayjs'")),
    },
  ]
})

const ofTheImage: Failure[] = [
  {
    what: 'a plugin registry that is not JSON',
    apply: ({ put }) => put('public/registry.json', '[{"name": "com.example.theme"'),
  },
  { what: 'a plugin registry that lists nothing', apply: ({ put }) => put('public/registry.json', '[]') },
  {
    what: 'a plugin registry with a plugin that is gone',
    apply: ({ put }) => put('public/registry-be.json', '[{"name": "com.example.gone"}]'),
  },
  { what: 'no server configuration', apply: ({ put }) => put('moleculer.config.js', { link: 'nowhere.js' }) },
]

const failures = [...ofServices, ...ofBundles, ...ofTheImage]

/** As many at a time keep two processors busy. */
const AT_A_TIME = 4

let base: string
let builder: Builder
const image = registry.newImage()

beforeAll(async () => {
  await registry.answers()
  base = pushBase()
  builder = createBuilder()
})
afterAll(() => builder.remove())

function deploy(sample: QuickSample) {
  return runAction(sample.directory, {
    mode: 'deploy',
    images: image,
    tags: 'live',
    dockerfile: sample.dockerfile,
    builder: builder.name,
  })
}

test(`none of ${failures.length} images that are not proven gets a tag, though each is in the container registry`, async () => {
  expect(failures.length).toBe(100)
  const sound = createQuickSample(base)
  const first = await deploy(sound)
  sound.remove()
  expect([first.exitCode, first.outputs['services-loaded']]).toEqual([0, '4'])
  const before = await registry.digestOf(image, 'live')
  expect(before).toBe(first.outputs['digest'])

  const seen: unknown[] = []
  const digests = new Set<string | undefined>()
  const waiting = [...failures]
  const work = async (): Promise<void> => {
    for (let failure = waiting.shift(); failure; failure = waiting.shift()) {
      const sample = createQuickSample(base)
      failure.apply(sample)
      const { exitCode, log, outputs } = await deploy(sample)
      sample.remove()
      const digest = outputs['digest'] ?? ''
      digests.add(digest)
      seen.push({
        what: failure.what,
        exitCode,
        proof: /^::error::deploy failed in stage proof: .*no tag was moved$/im.test(log),
        moved: outputs['tags'],
        pushed: (await registry.digestOf(image, digest)) === digest,
        live: await registry.digestOf(image, 'live'),
        tags: await registry.tagsOf(image),
      })
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))

  const byName = (list: unknown[]): unknown[] =>
    (list as { what: string }[]).sort((a, b) => (a.what < b.what ? -1 : 1))
  expect(byName(seen)).toEqual(
    byName(
      failures.map(({ what }) => ({
        what,
        exitCode: 1,
        proof: true,
        moved: '[]',
        pushed: true,
        live: before,
        tags: ['live'],
      })),
    ),
  )
  // Each was another image, and none of them the one that is live.
  expect(digests.size).toBe(failures.length)
  expect(digests.has(before)).toBe(false)
})
