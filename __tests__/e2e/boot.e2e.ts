import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { MINIO, MONGO, REDIS } from '../support/boot-parts.js'
import * as registry from '../support/registry.js'
import { runAction, runPost } from '../support/run-action.js'
import { createSample, type Sample } from '../support/sample.js'

/** A build of the sample takes half a minute on a small machine, and minutes on a busy one. */
jest.setTimeout(15 * 60 * 1000)

/** With a plugin whose service has a database. */
const SERVICES = [
  'plugin:com.example.audit',
  'plugin:com.example.ledger',
  'plugin:com.example.polls',
  'plugin:com.example.polls.archive',
  'plugin:com.example.tickets',
]
const BUNDLES = ['intro', 'polls', 'stats', 'theme', 'tickets'].map((name) => `com.example.${name}`)

/** A full build of the sample: what a test changes is put on top of it, which takes seconds. */
let base: string
const original = createSample()
let sample: Sample
let image: string

const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim()

/** What there is of stacks that the action brought up. */
function leftovers(): string[] {
  const label = 'label=com.docker.compose.project'
  const format = '{{.Label "com.docker.compose.project"}}'
  return [
    ['ps', '--all'],
    ['network', 'ls'],
    ['volume', 'ls'],
  ]
    .flatMap((list) => docker(...list, '--filter', label, '--format', format).split('\n'))
    .filter((project) => project.startsWith('tailchat-plugins-'))
}

const PARTS = { BOOT_MONGO_IMAGE: MONGO, BOOT_REDIS_IMAGE: REDIS, BOOT_MINIO_IMAGE: MINIO }

const deployment = () => ({
  mode: 'deploy',
  images: image,
  'base-image': base,
  tags: 'live',
  verify: 'boot',
  'boot-timeout': '120',
  'report-file': 'report.json',
})

async function boot(
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
  cancelWhen?: () => boolean,
) {
  const result = await runAction(
    sample.directory,
    { ...deployment(), ...inputs },
    { ...PARTS, ...env },
    cancelWhen,
  )
  expect(leftovers()).toEqual([])
  return result
}

function report(): Report {
  return JSON.parse(readFileSync(join(sample.directory, 'report.json'), 'utf8')) as Report
}

function rowOf(name: string) {
  return report().services.find((service) => service.name === name)
}

beforeAll(async () => {
  await registry.answers()
  original.add('com.example.ledger')
  // Nothing of a stack is in the image: it is the same whatever the stack is.
  original.write('.dockerignore', '.git\n**/node_modules\n**/dist\nserver/public\nstack\n')
  original.commit()
  const name = registry.newImage()
  const inputs = { mode: 'deploy', images: name, tags: 'full', verify: 'none' }
  expect(await runAction(original.directory, inputs)).toMatchObject({ exitCode: 0 })
  base = `${name}:full`
})
afterAll(() => original.remove())
beforeEach(() => {
  sample = original.copy()
  image = registry.newImage()
})
afterEach(() => sample.remove())

describe('the stack that comes with the action', () => {
  test('lists every service and serves every bundle, with MongoDB, Redis and MinIO around it', async () => {
    const result = await boot({ strategy: 'full' })
    expect(result.log).not.toMatch(/^::error/m)
    expect(result.exitCode).toBe(0)
    expect(result.outputs).toMatchObject({ 'services-loaded': '5', 'services-missing': '0' })
    expect(await registry.digestOf(image, 'live')).toBe(result.outputs['digest'])

    const { boot: booted, timings } = report()
    expect(booted).toMatchObject({ stack: '', services: ['tailchat'], containers: [] })
    expect(booted?.listed).toEqual(['config', 'gateway', ...SERVICES])
    expect(booted?.bundles).toEqual({ served: BUNDLES, notServed: [] })
    expect(booted?.milliseconds).toBeGreaterThan(0)
    expect(timings['boot']).toBeGreaterThanOrEqual(booted?.milliseconds ?? Infinity)
    expect(result.summary).toContain('### Boot')
    expect(result.summary).toContain('- Bundles served: 5 of 5\n')
  })

  test('is that of a rollback, too', async () => {
    const first = await boot({ verify: 'load' })
    const second = await boot({ verify: 'load', labels: 'again=yes' })
    expect(await registry.digestOf(image, 'live')).toBe(second.outputs['digest'])
    const back = await boot({ mode: 'rollback' })
    expect(back.log).not.toMatch(/^::error/m)
    expect(back.exitCode).toBe(0)
    expect(await registry.digestOf(image, 'live')).toBe(first.outputs['digest'])
    expect(report().boot?.listed).toEqual(['config', 'gateway', ...SERVICES])
    expect(report().boot?.bundles.served).toEqual(
      ['polls', 'theme', 'tickets'].map((name) => `com.example.${name}`),
    )
  })

  test('is not brought up when the services do not even load', async () => {
    sample.add('com.example.crash')
    sample.commit()
    const result = await boot()
    expect(result.exitCode).toBe(1)
    expect(result.log).toContain('deploy failed in stage proof')
    expect(result.log).not.toContain('Booting')
  })

  test('shows why a process died that starts a service, and moves no tag', async () => {
    addService('quit', "console.log(`token ${process.env.SECRET}`);\n    throw new Error('the-last-words');")
    const result = await boot()
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/^::error[^\n]*boot\/container-died[^\n]*tailchat[^\n]*the-last-words/m)
    expect(rowOf('plugin:com.example.audit.quit')).toMatchObject({
      loaded: false,
      cause: 'process-died',
      reason: expect.stringContaining('the-last-words'),
    })
    expect(result.summary).toContain('Last lines of <code>tailchat</code>')
    expect(result.summary).toContain('token ***')
    expect(result.log + result.summary).not.toContain('only-for-the-proof')
    expect(await registry.digestOf(image, 'live')).toBeUndefined()
  })

  test('is taken down when the step is cancelled', async () => {
    const temporary = join(sample.directory, 'temporary')
    mkdirSync(temporary)
    // The stack is on its way: `up` is still making containers.
    const result = await boot({}, { RUNNER_TEMP: temporary }, () => leftovers().length > 0)
    expect(result.exitCode).toBe(143)
    expect(readdirSync(temporary)).toEqual([])
    expect(await registry.digestOf(image, 'live')).toBeUndefined()
  })

  test('is taken down by the second half of the step when the first is killed', async () => {
    const running = (): string[] =>
      docker('ps', '--quiet', '--filter', 'label=com.docker.compose.project').split('\n')
    const killed = await runAction(
      sample.directory,
      deployment(),
      PARTS,
      () => running().length === 4,
      'SIGKILL',
    )
    expect(leftovers()).toContain(killed.state['stack'])
    await runPost(sample.directory, killed)
    expect(leftovers()).toEqual([])
  })

  test('that cannot be taken down is named, and does not fail the step', async () => {
    const bin = mkdtempSync(join(tmpdir(), 'bin-'))
    const real = execFileSync('which', ['docker'], { encoding: 'utf8' }).trim()
    const refusing = `#!/bin/sh\nfor a; do [ "$a" = down ] && "${real}" "$@" && exit 9; done\nexec "${real}" "$@"\n`
    writeFileSync(join(bin, 'docker'), refusing)
    chmodSync(join(bin, 'docker'), 0o755)
    try {
      const result = await boot({}, { PATH: `${bin}:${process.env['PATH']}` })
      expect(result.exitCode).toBe(0)
      expect(result.summary).toMatch(/The stack tailchat-plugins-[\w-]+ could not be taken down/)
    } finally {
      rmSync(bin, { recursive: true })
    }
  })
})

/** Puts a service into the sample's backend plugin whose onStart has this body. */
function addService(name: string, onStart: string): void {
  sample.write(
    `server/plugins/com.example.audit/services/${name}.service.ts`,
    `import { TcService } from 'tailchat-server-sdk';

class ExtraService extends TcService {
  get serviceName() {
    return 'plugin:com.example.audit.${name}';
  }

  onInit() {}

  async onStart() {
    ${onStart}
  }
}

export default ExtraService;
`,
  )
  sample.commit()
}

describe('a stack of the repository', () => {
  /** What the machine has already: the stack of the same names that is in use. */
  const real = `e2e-real-${randomUUID()}`
  beforeAll(() => {
    docker('network', 'create', real)
    docker('volume', 'create', real)
    docker('create', '--name', real, REDIS)
  })
  afterAll(() => {
    docker('rm', real)
    docker('volume', 'rm', real)
    docker('network', 'rm', real)
  })

  interface Parts {
    core: Record<string, unknown>
    plugins: Record<string, unknown>
    variables: Record<string, string>
  }

  /** The core services in one container and the plugins' in another, which see each other over Redis. */
  function writeStack(change: (parts: Parts) => void = () => undefined): void {
    const parts: Parts = {
      core: { SERVICES: 'core/gateway,core/config', PORT: 3000 },
      plugins: { SERVICEDIR: 'plugins' },
      variables: {
        SERVICEDIR: 'services',
        TRANSPORTER: 'redis://redis:6379',
        MONGO_URL: 'mongodb://mongo/tailchat',
      },
    }
    change(parts)
    const { core, plugins, variables } = parts
    const shared = { image: 'tailchat', env_file: 'stack.env', networks: ['internal'] }
    const { mounts, ...coreEnvironment } = core
    const stack = {
      services: {
        core: {
          ...shared,
          ...(mounts !== undefined && { tmpfs: mounts }),
          container_name: real,
          ports: ['127.0.0.1:5000:3000'],
          environment: coreEnvironment,
        },
        plugins: { ...shared, environment: plugins },
        mongo: { image: MONGO, networks: ['internal'], volumes: ['data:/data/of-the-stack'] },
        redis: { image: REDIS, networks: ['internal'] },
      },
      networks: { internal: { name: real } },
      volumes: { data: { name: real, external: true } },
    }
    mkdirSync(join(sample.directory, 'stack'))
    sample.write('stack/compose.yml', JSON.stringify(stack, null, 2))
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
    sample.write('stack/stack.env', lines.join(''))
    sample.commit()
  }
  const bootOwn = (inputs: Record<string, string> = {}) =>
    boot({ 'boot-compose-file': 'stack/compose.yml', 'boot-service': 'plugins', ...inputs })

  test('lists what runs in several containers, and leaves what the machine has of the same names alone', async () => {
    writeStack()
    const result = await bootOwn()
    expect(result.log).not.toMatch(/^::error/m)
    expect(result.exitCode).toBe(0)
    const { boot: booted } = report()
    expect(booted).toMatchObject({ stack: 'stack/compose.yml', services: ['core', 'plugins'] })
    expect(booted?.listed).toEqual(['config', 'gateway', ...SERVICES])
    for (const [kind, format] of [
      ['volume', '{{.Name}}'],
      ['network', '{{.Name}}'],
      ['container', '{{.State.Status}} {{.Name}}'],
    ] as const)
      expect(docker(kind, 'inspect', '--format', format, real)).toContain(real)
    expect(docker('container', 'inspect', '--format', '{{.State.Status}}', real)).toBe('created')
  })

  const faults: {
    title: string
    change: (parts: Parts) => void
    missing: string[]
    cause: string
    reason: RegExp
  }[] = [
    {
      title: 'SERVICEDIR leaves the plugins out everywhere',
      change: ({ plugins }) => (plugins['SERVICEDIR'] = ' plugins'),
      missing: SERVICES,
      cause: 'not-selected',
      reason:
        /no container of the stack loads it: core has SERVICEDIR=services .*plugins has SERVICEDIR= plugins/,
    },
    {
      title: 'the database does not answer',
      change: ({ variables }) => (variables['MONGO_URL'] = 'mongodb://nowhere/tailchat'),
      missing: ['plugin:com.example.ledger'],
      cause: 'waits-for-database',
      reason: /loaded by plugins, and not listed within 30 s: it waits for its database/,
    },
    {
      title: 'the containers do not see each other',
      change: ({ plugins }) => (plugins['TRANSPORTER'] = 'TCP'),
      missing: SERVICES,
      cause: 'not-listed',
      reason: /do not see each other: their TRANSPORTER or NAMESPACE differ/,
    },
  ]
  test.each(faults)('says so when $title', async ({ change, missing, cause, reason }) => {
    writeStack(change)
    const result = await bootOwn({ 'boot-timeout': '30' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/^::error::deploy failed in stage boot: the running stack lacks/m)
    const absent = report().services.filter(({ expected, loaded }) => expected && loaded === false)
    expect(absent.map(({ name }) => name)).toEqual(missing)
    for (const row of absent) {
      expect(row.cause).toBe(cause)
      expect(row.reason).toMatch(reason)
    }
    expect(await registry.digestOf(image, 'live')).toBeUndefined()
  })

  test('a gateway that serves a page in the place of a bundle moves no tag', async () => {
    writeStack(({ core }) => (core['mounts'] = '/app/tailchat/server/dist/public/plugins/com.example.theme'))
    const result = await bootOwn()
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(
      /^::error[^\n]*boot\/bundle-not-served[^\n]*\/plugins\/com\.example\.theme\/index\.js with 200 text\/html/m,
    )
    expect(report().boot?.bundles).toEqual({
      served: BUNDLES.filter((name) => name !== 'com.example.theme'),
      notServed: ['com.example.theme'],
    })
    expect(await registry.digestOf(image, 'live')).toBeUndefined()
  })

  test('without a gateway fails when the time is over, with the last lines of its containers', async () => {
    writeStack(({ core }) => (core['SERVICES'] = 'core/config'))
    const result = await bootOwn({ 'boot-timeout': '10' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/^::error[^\n]*boot\/gateway-silent/m)
    expect(result.log).toContain(
      'deploy failed in stage boot: the gateway did not answer /health within 10 s',
    )
    expect(report().boot?.containers.map(({ service }) => service)).toEqual(['core', 'plugins'])
    expect(result.summary).toContain('Last lines of <code>core</code>')
  })

  test.each([
    [
      'an env file that is not there',
      () => rmSync(join(sample.directory, 'stack/stack.env')),
      {},
      /the stack of stack\/compose\.yml needs the env file \S+stack\.env, which does not exist: commit it, or write it/,
    ],
    [
      'a service that is not there',
      () => undefined,
      { 'boot-service': 'service-core' },
      /boot-service: the stack has no service "service-core" with an image; it has core \(tailchat\), mongo/,
    ],
    [
      'a file that is not there',
      () => undefined,
      { 'boot-compose-file': 'compose.prod.yml' },
      /boot-compose-file: compose\.prod\.yml does not exist/,
    ],
  ])('with %s is noticed before anything is built', async (_title, arrange, inputs, message) => {
    writeStack()
    arrange()
    const result = await bootOwn(inputs)
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/^::error::deploy failed in stage boot/m)
    expect(result.log).toMatch(message)
    expect(result.log).not.toContain('Proving')
  })
})
