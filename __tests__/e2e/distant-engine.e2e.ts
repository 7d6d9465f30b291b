import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { MONGO, REDIS } from '../support/boot-parts.js'
import { type DistantEngine, startDistantEngine } from '../support/distant-engine.js'
import * as registry from '../support/registry.js'
import { runAction } from '../support/run-action.js'
import { createSample, type Sample } from '../support/sample.js'

/** A build of the sample takes half a minute on a small machine. */
jest.setTimeout(10 * 60 * 1000)

let engine: DistantEngine
let sample: Sample

beforeAll(registry.answers)
beforeAll(async () => {
  engine = await startDistantEngine()
})
afterAll(() => engine.close())
beforeEach(() => {
  sample = createSample()
})
afterEach(() => sample.remove())

/** Redis listens only where the stack's own files say, each of which comes in another way. */
function writeStack(): void {
  mkdirSync(join(sample.directory, 'stack/redis'), { recursive: true })
  sample.write('stack/redis/redis.conf', 'include /run/secrets/port\ninclude /opt/of/its/own/rest.conf\n')
  sample.write('stack/port', 'port 6399\n')
  sample.write('stack/rest.conf', 'protected-mode no\nsave ""\n')
  const stack = {
    services: {
      tailchat: {
        image: 'tailchat',
        environment: {
          ...{ SERVICEDIR: 'services,plugins', SERVICES: '', PORT: 3000, DISABLE_TRACING: 1 },
          ...{ TRANSPORTER: 'redis://redis:6399', REDIS_URL: 'redis://redis:6399' },
          MONGO_URL: 'mongodb://mongo/tailchat',
        },
      },
      mongo: { image: MONGO },
      redis: {
        image: REDIS,
        entrypoint: ['redis-server', '/etc/own/redis.conf'],
        volumes: ['./redis:/etc/own:ro', './rest.conf:/opt/of/its/own/rest.conf'],
        secrets: ['port'],
      },
    },
    secrets: { port: { file: './port' } },
  }
  sample.write('stack/compose.yml', JSON.stringify(stack, null, 2))
  sample.commit()
}

describe('an engine without access to the runner’s files', () => {
  test('builds and proves the image, and boots a stack that mounts files of the repository', async () => {
    writeStack()
    const image = registry.newImage()
    const result = await runAction(
      sample.directory,
      {
        ...{ mode: 'deploy', images: image, tags: 'live', verify: 'boot', 'boot-timeout': '120' },
        ...{ 'boot-compose-file': 'stack/compose.yml', 'report-file': 'report.json' },
      },
      { DOCKER_HOST: engine.host },
    )
    expect(result.log).not.toMatch(/^::error/m)
    expect(result.exitCode).toBe(0)
    expect(await registry.digestOf(image, 'live')).toBe(result.outputs['digest'])
    const report = JSON.parse(readFileSync(join(sample.directory, 'report.json'), 'utf8')) as Report
    expect(report.services.filter(({ expected, loaded }) => expected && !loaded)).toEqual([])
    expect(report.boot?.milliseconds).toBeGreaterThan(0)
    expect(engine.refused).toEqual([])
    // The probe, and those of the stack.
    expect(engine.created()).toBeGreaterThanOrEqual(4)
  })
})
