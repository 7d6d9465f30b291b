import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { MINIO, MONGO, REDIS } from '../support/boot-parts.js'
import { type Container, startServer } from '../support/container.js'
import { pushBase } from '../support/quick.js'
import * as registry from '../support/registry.js'
import { type ActionResult, runAction } from '../support/run-action.js'
import { createSample, type Sample } from '../support/sample.js'

jest.setTimeout(15 * 60 * 1000)

const GUESTBOOK = 'plugin:com.example.guestbook'
const UPTIME = 'plugin:com.example.uptime'
const SERVICEDIR = 'plugins/com.example.guestbook,plugins/com.example.uptime'

let sample: Sample
let base: string
let image: string
/** The first deploy, which everything after it looks at. */
let deployed: ActionResult

const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim()

function deploy(inputs: Record<string, string> = {}, directory = sample.directory) {
  return runAction(
    directory,
    {
      mode: 'deploy',
      as: 'node',
      images: image,
      tags: 'live',
      'base-image': base,
      'public-url': 'https://plugins.acme.example',
      verify: 'boot',
      'boot-timeout': '120',
      'report-file': 'report.json',
      ...inputs,
    },
    { BOOT_MONGO_IMAGE: MONGO, BOOT_REDIS_IMAGE: REDIS, BOOT_MINIO_IMAGE: MINIO },
  )
}

function report(): Report {
  return JSON.parse(readFileSync(join(sample.directory, 'report.json'), 'utf8')) as Report
}

beforeAll(async () => {
  await registry.answers()
  sample = createSample('plugins-only')
  // As the docs say: what a deploy writes is part of no commit.
  sample.write('.gitignore', 'tailchat-node\nreport.json\n')
  sample.commit()
  base = pushBase()
  image = registry.newImage()
  deployed = await deploy()
})
afterAll(() => sample.remove())

describe('a plugin node', () => {
  test('is absent first, listed when it has joined, and answers across nodes', async () => {
    expect([deployed.exitCode, deployed.log]).toEqual([0, expect.not.stringMatching(/^::error/m)])
    const { boot, services, image: reported } = report()
    expect(services.map(({ name, loaded }) => [name, loaded])).toEqual([
      [GUESTBOOK, true],
      [UPTIME, true],
    ])
    expect(boot).toMatchObject({
      services: ['tailchat-plugins'],
      before: ['config', 'gateway'],
      listed: ['config', 'gateway', GUESTBOOK, UPTIME],
      available: { answered: [UPTIME], silent: [] },
      containers: [],
    })
    expect(await registry.digestOf(image, 'live')).toBe(reported?.digest)
    expect(await registry.labelsOf(image, 'live')).toMatchObject({
      'tailchat-plugin-deploy.as': 'node',
      'tailchat-plugin-deploy.services': JSON.stringify([GUESTBOOK, UPTIME]),
    })
    expect(deployed.summary).toContain(
      '- Listed before it joined: <code>config</code> <code>gateway</code>\n',
    )
  })

  test('pushes little beside the layers of the base image', async () => {
    const ofBase = new Set((await registry.partsOf(base.replace(/:base$/, ''), 'base')).layers)
    const { layers } = await registry.partsOf(image, 'live')
    const own = layers.filter((layer) => !ofBase.has(layer))
    const sizes = await Promise.all(own.map(async (layer) => (await registry.blobOf(image, layer)).length))
    expect(layers.filter((layer) => ofBase.has(layer)).length).toBeGreaterThan(3)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000)
  })

  test('has a compose fragment that compose takes with Tailchat’s own file, pinned by digest', () => {
    const { outputs } = deployed
    expect(outputs).toMatchObject({
      'compose-file': 'tailchat-node/node.compose.yml',
      'kubernetes-file': 'tailchat-node/node.kubernetes.yml',
    })
    const own = `services:
  service-core:
    image: tailchat
    env_file: docker-compose.env
    networks: [internal]
networks:
  internal: {}
`
    sample.write('docker-compose.yml', own)
    sample.write('docker-compose.env', 'SERVICEDIR=services\nTRANSPORTER=redis://redis:6379\n')
    const files = ['docker-compose.yml', outputs['compose-file'] ?? ''].flatMap((file) => [
      '--file',
      join(sample.directory, file),
    ])
    const config = JSON.parse(docker('compose', ...files, 'config', '--format', 'json')) as {
      services: Record<string, unknown>
    }
    expect(config.services['tailchat-plugins']).toMatchObject({
      image: outputs['image'],
      environment: { SERVICEDIR, SERVICES: '', TRANSPORTER: 'redis://redis:6379' },
      depends_on: { 'service-core': { condition: 'service_started', restart: true } },
      networks: { internal: null },
    })
    for (const file of ['docker-compose.yml', 'docker-compose.env'])
      execFileSync('rm', [join(sample.directory, file)])
    const kubernetes = readFileSync(join(sample.directory, outputs['kubernetes-file'] ?? ''), 'utf8')
    expect(kubernetes).toContain(`image: ${outputs['image']}`)
    expect(deployed.summary).toContain(kubernetes.trimEnd())
  })

  test('gives the same image again, and moves no tag', async () => {
    const again = await deploy({ verify: 'load' })
    expect([again.exitCode, again.outputs['digest']]).toEqual([0, deployed.outputs['digest']])
  })
})

describe('a plugin node is refused', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'with a full-stack plugin whose front end nobody serves',
      { 'public-url': '' },
      /com\.example\.guestbook has a front end, which the gateway .*as: bundle .*docs\/node\.md/,
    ],
    ['on a base image that its own tag would replace', { tags: 'base' }, /the tag \S+:base is base-image/],
  ])('%s, before anything is built', async (_title, inputs, message) => {
    const result = await deploy({ ...(inputs['tags'] && { images: base.replace(/:base$/, '') }), ...inputs })
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(message)
    expect(result.log).not.toContain('Proving')
  })

  test('where the base image loads one of its plugins as well', async () => {
    const fork = createSample()
    try {
      const result = await deploy({ verify: 'load', images: registry.newImage() }, fork.directory)
      expect(result.exitCode).toBe(1)
      expect(result.log).toMatch(
        /the base image loads com\.example\.audit, com\.example\.polls, com\.example\.tickets as well: .*as: image/,
      )
    } finally {
      fork.remove()
    }
  })
})

/** A stack of the repository that has the node itself. */
function writeStack(node: Record<string, unknown>, environment: Record<string, string>): void {
  const bus = { TRANSPORTER: 'redis://redis:6379' }
  const stack = {
    services: {
      core: { image: base, environment: { ...bus, SERVICEDIR: 'services', PORT: '3000' } },
      uptime: { image: `${image}:live`, ...node, environment: { ...bus, ...environment } },
      redis: { image: REDIS },
    },
  }
  writeFileSync(join(sample.directory, 'compose.stack.yml'), JSON.stringify(stack))
}

describe('a node in a given stack', () => {
  const own = { 'boot-compose-file': 'compose.stack.yml' }

  test('with a typo starts empty, which is found', async () => {
    writeStack({}, { SERVICEDIR: 'plugins/com.example.guestbook,plugins/com.example.uptme' })
    const result = await deploy({ ...own, tags: 'typo' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(
      /^::error[^\n]*boot\/service-missing[^\n]*uptime: in the image, and no container of the stack loads it: uptime has SERVICEDIR=[^\n]*uptme/m,
    )
    expect(report().boot?.listed).toEqual(['config', 'gateway', GUESTBOOK])
    expect(await registry.digestOf(image, 'typo')).toBeUndefined()
  })

  test('with the node id of another is refused before anything is built', async () => {
    writeStack({}, { SERVICEDIR, NODEID: 'tailchat' })
    const result = await deploy(own)
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/uptime gets NODEID=tailchat, .*the gateway among them/)
    expect(result.log).not.toContain('Proving')
  })
})

describe('the status of a server that a node has joined', () => {
  const network = `e2e-node-${randomUUID()}`
  const name = (part: string): string => `${network}-${part}`
  const bus = { TRANSPORTER: 'redis://redis:6379' }
  let core: Container | undefined
  let url: string

  beforeAll(() => {
    docker('network', 'create', network)
    docker(
      'run',
      '--detach',
      `--name=${name('redis')}`,
      `--network=${network}`,
      '--network-alias=redis',
      REDIS,
    )
    core = startServer(base, { ...bus, SERVICEDIR: 'services' }, `--network=${network}`)
    url = core.url
    const environment = Object.entries(bus).flatMap(([key, value]) => ['--env', `${key}=${value}`])
    const node = [`--name=${name('node')}`, `--network=${network}`, ...environment]
    docker('run', '--detach', ...node, deployed.outputs['image'] ?? '')
  })
  afterAll(() => {
    core?.remove()
    docker('rm', '--force', '--volumes', ...['redis', 'node'].map(name))
    docker('network', 'rm', network)
  })

  function status(seconds: string) {
    return runAction(sample.directory, {
      mode: 'status',
      'live-url': url,
      'live-timeout': seconds,
      images: deployed.outputs['image'] ?? '',
    })
  }

  test('is fine, whatever image the gateway has', async () => {
    const result = await status('60')
    expect([result.exitCode, result.log]).toEqual([0, expect.not.stringMatching(/^::(error|warning)/m)])
    expect(result.outputs).toMatchObject({ 'services-loaded': '2', 'live-missing': '[]', 'live-stale': '[]' })
  })

  test('tells that the gateway restarted alone, and what to do', async () => {
    docker('restart', '--time=0', core?.name ?? '')
    url = `http://${docker('port', core?.name ?? '', '3000/tcp').split('\n')[0]}`
    const result = await status('20')
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(
      /^::error[^\n]*live\/not-available[^\n]*answers 401 without a login: restart the plugin’s container; its open routes are forgotten/m,
    )
    expect(result.outputs['live-missing']).toBe('[]')
    docker('restart', name('node'))
    expect((await status('60')).exitCode).toBe(0)
  })

  test('tells that the node has gone', async () => {
    docker('stop', name('node'))
    const result = await status('10')
    expect(result.exitCode).toBe(1)
    expect(JSON.parse(result.outputs['live-missing'] ?? '')).toEqual([GUESTBOOK, UPTIME])
  })
})
