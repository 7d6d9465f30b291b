import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  applicationServices,
  readStackModel,
  throwAwayStack,
  type StackModel,
} from '../../src/proof/stack.js'

const ROOT = '/repository'
const build = { context: ROOT, dockerfile: 'Dockerfile' }
const application = { root: ROOT, images: ['ghcr.io/acme/chat', 'registry.example:5000/base/chat:1.2'] }

function model(services: StackModel['services'], others: object = {}): StackModel {
  return readStackModel(JSON.stringify({ name: 'boot', services, ...others }))
}

describe('the services with the built image', () => {
  const mongo = { image: 'mongo:4' }
  const cases: { title: string; services: StackModel['services']; wanted?: string; found: string[] }[] = [
    {
      title: 'are all those with the image of the one that is named',
      services: { b: { image: 'x:1' }, a: { image: 'x:1' }, c: { image: 'x:2' }, mongo },
      wanted: 'a',
      found: ['a', 'b'],
    },
    {
      title: 'have the name of the image that is built, whatever their tag',
      services: { a: { image: 'ghcr.io/acme/chat:live' }, tailchat: { image: 'tailchat' }, mongo },
      found: ['a'],
    },
    {
      title: 'have the name of the base image',
      services: { a: { image: 'registry.example:5000/base/chat@sha256:abc' }, mongo },
      found: ['a'],
    },
    {
      title: 'are built from the repository’s own Dockerfile',
      services: { a: { build }, b: { build: { ...build, dockerfile: 'docker/admin.Dockerfile' } }, mongo },
      found: ['a'],
    },
    {
      title: 'are all those that are built from it',
      services: { a: { build, image: 'chat' }, b: { build, image: 'chat' }, c: { image: 'chat' } },
      found: ['a', 'b', 'c'],
    },
    {
      title: 'have an image that is named like Tailchat',
      services: { a: { image: 'moonrailgun/tailchat:latest' }, mongo },
      found: ['a'],
    },
  ]
  test.each(cases)('$title', ({ services, wanted = '', found }) => {
    expect(applicationServices(model(services), wanted, application)).toEqual(found)
  })

  test.each([
    [{ mongo }, '', 'which service carries the built image cannot be told: set boot-service to one of mongo'],
    [
      { a: { image: 'tailchat:1' }, b: { image: 'tailchat:2' } },
      '',
      'set boot-service to one of a (tailchat:1), b (tailchat:2)',
    ],
    [{ a: { build }, mongo }, 'core', 'the stack has no service "core" with an image; it has a (built from'],
  ])('are asked for where %j does not tell them', (services, wanted, message) => {
    expect(() => applicationServices(model(services), wanted, application)).toThrow(message)
  })
})

/** A volume that shows nothing of what the image has at its place, as a mount does. */
const emptyVolume = (target: string) => ({ type: 'volume', target, volume: { nocopy: true } })

describe('a throw-away stack', () => {
  let root: string
  let outside: string
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'stack-')))
    outside = realpathSync(mkdtempSync(join(tmpdir(), 'outside-')))
    mkdirSync(join(root, 'conf'))
    writeFileSync(join(outside, 'file'), '')
    symlinkSync(outside, join(root, 'link'))
  })
  afterAll(() => {
    for (const directory of [root, outside]) rmSync(directory, { recursive: true })
  })
  const thrownAway = (services: StackModel['services'], others: object = {}) =>
    throwAwayStack(model(services, others), { application: ['core'], image: 'image@sha256:abc', root })

  test('has the built image in the application’s services alone, and builds nothing for them', () => {
    const { services } = thrownAway({
      core: { build, image: 'tailchat', environment: { SERVICEDIR: 'services' } },
      admin: { image: 'admin:live', build: { context: '/elsewhere', tags: ['admin:1'] } },
    }).model
    expect(services['core']).toEqual({
      image: 'image@sha256:abc',
      pull_policy: 'never',
      environment: { SERVICEDIR: 'services' },
      volumes: [],
    })
    expect(services['admin']).toEqual({ build: { context: '/elsewhere' }, volumes: [] })
  })

  test('has no name, port, label or network of the machine', () => {
    const { model } = thrownAway(
      {
        core: {
          image: 'tailchat',
          container_name: 'tailchat',
          ports: [{ target: 3000, published: '80' }],
          labels: { 'traefik.enable': 'true' },
          network_mode: 'host',
        },
        side: { image: 'proxy', network_mode: 'service:core' },
      },
      {
        networks: {
          internal: { name: 'tailchat-internal', internal: true },
          web: { name: 'traefik', external: true },
          default: null,
        },
        volumes: {
          data: { name: 'tailchat_data', external: true },
          nas: { name: 'nas', driver: 'local', driver_opts: { type: 'nfs' } },
        },
      },
    )
    expect(model).toEqual({
      services: {
        core: { image: 'image@sha256:abc', pull_policy: 'never', volumes: [] },
        side: { image: 'proxy', network_mode: 'service:core', volumes: [] },
      },
      networks: { internal: { internal: true }, web: { internal: true }, default: { internal: true } },
      volumes: { data: {}, nas: {} },
      secrets: {},
      configs: {},
    })
  })

  test('has networks that lead nowhere else, with no address of their own choice', () => {
    const ipam = { config: [{ subnet: '10.9.0.0/24' }] }
    const { model } = thrownAway(
      {
        core: {
          image: 'tailchat',
          networks: { data: { ipv4_address: '10.9.0.2', aliases: ['chat'] }, web: null },
        },
      },
      { networks: { data: { ipam, driver: 'macvlan', driver_opts: { parent: 'eth0' } }, web: null } },
    )
    const internal = { internal: true }
    expect(model.networks).toEqual({ default: internal, data: internal, web: internal })
    expect(model.services['core']?.networks).toEqual({ data: { aliases: ['chat'] }, web: null })
  })

  test.each([
    ['network_mode', 'bridge'],
    ['network_mode', 'container:real'],
    ['pid', 'host'],
    ['pid', 'container:real'],
    ['ipc', 'host'],
    ['ipc', 'container:real'],
    ['uts', 'host'],
    ['userns_mode', 'host'],
    ['cgroup', 'host'],
    ['cgroup_parent', 'system.slice'],
    ['external_links', ['real:mongo']],
    ['logging', { driver: 'none' }],
  ])('has no %s %j', (key, value) => {
    const { model } = thrownAway({ side: { image: 'proxy', [key]: value } })
    expect(model.services['side']).toEqual({ image: 'proxy', volumes: [] })
  })

  test.each([
    ['network_mode', 'none'],
    ['pid', 'service:core'],
    ['ipc', 'shareable'],
  ])('may have %s %s', (key, value) => {
    const { model } = thrownAway({ side: { image: 'proxy', [key]: value } })
    expect(model.services['side']).toHaveProperty(key, value)
  })

  test('has volumes of its own containers, and of no others', () => {
    const { model } = thrownAway({ core: { image: 'tailchat', volumes_from: ['container:real:ro', 'data'] } })
    expect(model.services['core']?.volumes_from).toEqual(['data'])
  })

  test('has secrets and configs that are in the repository, or no files', () => {
    const own = { source: 'own', target: '/run/secrets/own' }
    const grants = [own, { source: 'machine', target: '/run/secrets/machine' }, { source: 'swarm' }]
    const files = {
      own: { name: 'boot_own', file: join(root, 'conf') },
      machine: { file: join(root, 'link', 'file') },
      swarm: { external: true },
    }
    const { model, copies, withoutMounts } = thrownAway(
      {
        core: { image: 'tailchat', secrets: grants, configs: [{ source: 'text' }] },
        side: { build: { context: ROOT, secrets: [own, { source: 'machine' }] } },
      },
      { secrets: files, configs: { text: { content: 'x' } } },
    )
    expect(model.secrets).toEqual({ own: { file: join(root, 'conf') } })
    expect(copies).toEqual([
      { service: 'core', source: join(root, 'conf'), target: '/run/secrets/own', isDirectory: true },
    ])
    expect(model.configs).toEqual({ text: { content: 'x' } })
    expect(model.services['core']).toMatchObject({
      secrets: [],
      configs: [{ source: 'text' }],
      volumes: [emptyVolume('/run/secrets/own')],
    })
    expect(model.services['side']?.build).toEqual({ context: ROOT, secrets: [own] })
    expect(withoutMounts).toEqual(['core:/run/secrets/machine', 'core:swarm', 'side:machine'])
  })

  test('gets copies of the repository’s files, and nothing else of the machine', () => {
    const bind = (source: string) => ({ type: 'bind', source, target: `/in${source}` })
    const kept = { type: 'volume', source: 'data', target: '/data/db' }
    const conf = bind(join(root, 'conf'))
    const mounts = [
      kept,
      conf,
      bind(join(root, 'missing')),
      bind(join(root, 'link')),
      bind(outside),
      bind(join(outside, 'file')),
    ]
    const { model, copies, withoutMounts } = thrownAway({ core: { image: 'tailchat', volumes: mounts } })
    expect(model.services['core']?.volumes).toEqual([
      kept,
      emptyVolume(conf.target),
      { type: 'volume', target: `/in${root}/missing` },
      { type: 'volume', target: `/in${root}/link` },
      { type: 'volume', target: `/in${outside}` },
    ])
    expect(copies).toEqual([{ service: 'core', source: conf.source, target: conf.target, isDirectory: true }])
    expect(withoutMounts).toEqual([
      `core:/in${root}/missing`,
      `core:/in${root}/link`,
      `core:/in${outside}`,
      `core:/in${outside}/file`,
    ])
  })

  test('gets directories before the files in them, and files at the paths of secrets and configs', () => {
    writeFileSync(join(root, 'file'), '')
    const file = { file: join(root, 'file') }
    const bind = (source: string, target: string) => ({ type: 'bind', source: join(root, source), target })
    const core = {
      image: 'tailchat',
      volumes: [bind('file', '/etc/app/a/one'), bind('conf', '/etc/app/a'), bind('conf', '/etc/app')],
      secrets: [{ source: 'key' }, { source: 'key', target: '/etc/key' }],
      configs: [{ source: 'ini' }, { source: 'ini', target: 'etc/ini' }],
    }
    const { model, copies } = thrownAway({ core }, { secrets: { key: file }, configs: { ini: file } })
    expect(copies.map(({ target }) => target)).toEqual([
      ...['/etc/app', '/etc/app/a', '/ini'],
      ...['/etc/key', '/etc/ini', '/etc/app/a/one', '/run/secrets/key'],
    ])
    expect(model.services['core']).toMatchObject({ secrets: [], configs: [] })
  })

  test.each([
    ['file', undefined, ['core']],
    ['conf', true, []],
  ])('that gets %s mounted has read_only %s', (source, readOnly, noted) => {
    writeFileSync(join(root, 'file'), '')
    const volumes = [{ type: 'bind', source: join(root, source), target: '/in' }]
    const { model, madeWritable } = thrownAway({ core: { image: 'tailchat', read_only: true, volumes } })
    expect(model.services['core']?.['read_only']).toBe(readOnly)
    expect(madeWritable).toEqual(noted)
  })
})

test('what compose does not write is refused', () => {
  expect(() => readStackModel('{"services": []}')).toThrow('docker compose did not write the stack')
})
