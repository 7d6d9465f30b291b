import { describe, expect, test } from '@jest/globals'
import type { BootResult } from '../../src/proof/boot-stack.js'
import { compareBoot, lastWords, progressOf } from '../../src/proof/boot-compare.js'
import { unprovenServices } from '../../src/proof/compare.js'
import { bootResult, container } from '../support/boot-result.js'
import { promisedService } from '../support/service-source.js'

const service = promisedService('com.acme.audit')
const NAME = 'plugin:com.acme.audit'
const AWAITED = { name: NAME, file: service.file, compiled: service.compiled, needsDatabase: false }
const TREE = ['services/core/gateway.service.js', service.compiled]

const core = container('core', { SERVICEDIR: 'services', SERVICES: 'core/gateway' })
const plugins = container('plugins', { SERVICEDIR: 'plugins' })
const exited = { state: 'exited', exitCode: 1 }

/** The row of the one service that the image loads, after a boot. */
function rowAfter(result: Partial<BootResult>, needsDatabase = false) {
  const rows = unprovenServices([service]).map((row) => ({ ...row, loaded: true }))
  const awaited = [{ ...AWAITED, needsDatabase }]
  return compareBoot(
    rows,
    { awaited, tree: TREE },
    { result: bootResult({ gateway: 'core', ...result }), timeoutSeconds: 60 },
  )
}

describe('a service that the image loads', () => {
  test('stays loaded when the gateway lists it', () => {
    const { rows, missing } = rowAfter({ containers: [core, plugins], listed: ['gateway', NAME] })
    expect(rows).toMatchObject([{ name: NAME, loaded: true }])
    expect(missing).toEqual([])
  })

  test('stays loaded when no gateway could say anything', () => {
    expect(rowAfter({ containers: [core, plugins], listed: undefined }).missing).toEqual([])
  })

  const cases: {
    title: string
    result: Partial<BootResult>
    needsDatabase?: boolean
    cause: string
    reason: string
  }[] = [
    {
      title: 'no container loads',
      result: { containers: [core, container('more', { SERVICEDIR: ' plugins' })] },
      cause: 'not-selected',
      reason: 'core has SERVICEDIR=services SERVICES=core/gateway, more has SERVICEDIR= plugins',
    },
    {
      title: 'needs a database that does not answer',
      result: { containers: [core, plugins] },
      needsDatabase: true,
      cause: 'waits-for-database',
      reason: 'loaded by plugins, and not listed within 60 s',
    },
    {
      title: 'is not listed for no known reason',
      result: { containers: [core, plugins] },
      cause: 'not-listed',
      reason: 'plugins runs and should load it',
    },
    {
      title: 'is on another bus than the gateway',
      result: {
        containers: [
          container('core', { SERVICEDIR: 'services', TRANSPORTER: 'redis://:pass@redis' }),
          container('plugins', { SERVICEDIR: 'plugins', TRANSPORTER: 'TCP' }),
        ],
      },
      needsDatabase: true,
      cause: 'not-listed',
      reason: 'plugins and the gateway’s container core do not see each other',
    },
    {
      title: 'was in a container that ended',
      result: {
        containers: [core, { ...plugins, ...exited }],
        logs: new Map([['plugins', ['Unable to start all services. Error: no token', '{', '']]]),
      },
      cause: 'process-died',
      reason: 'its container plugins exited with exit code 1: Unable to start all services. Error: no token',
    },
    {
      title: 'was in a container that ended, and is still listed',
      result: { containers: [core, { ...plugins, ...exited }], listed: [NAME] },
      cause: 'process-died',
      reason: 'plugins exited with exit code 1',
    },
    {
      title: 'was in a container that ended, with the gateway',
      result: {
        containers: [container('all', { SERVICEDIR: 'services,plugins' }, exited)],
        listed: undefined,
      },
      cause: 'process-died',
      reason: 'all exited with exit code 1',
    },
    {
      title: 'is in a container that ends again and again',
      result: { containers: [core, { ...plugins, state: 'restarting', restarts: 2, exitCode: 1 }] },
      needsDatabase: true,
      cause: 'process-died',
      reason: 'plugins ended and was started again 2 times',
    },
    {
      title: 'may be loaded by a container whose program is not known',
      result: {
        containers: [
          core,
          {
            ...container('script'),
            settings: { runs: 'unknown', serviceDir: { is: 'unset' }, services: { is: 'unset' } },
          },
        ],
      },
      cause: 'not-listed',
      reason: 'script runs and should load it',
    },
  ]
  test.each(cases)('is missing when it $title', ({ result, needsDatabase, cause, reason }) => {
    const { rows, missing } = rowAfter(result, needsDatabase)
    expect(missing).toEqual([
      expect.objectContaining({ name: NAME, loaded: false, cause, reason: expect.stringContaining(reason) }),
    ])
    expect(rows).toEqual(missing)
    // What is compared is not shown: it may hold a password.
    expect(missing[0]?.reason).not.toContain('pass@')
  })
})

test('a service that the load proof called missing keeps its reason', () => {
  const rows = unprovenServices([service]).map((row) => ({ ...row, loaded: false, reason: 'threw' }))
  expect(
    compareBoot(rows, { awaited: [], tree: TREE }, { result: bootResult(), timeoutSeconds: 60 }),
  ).toEqual({ rows, missing: [] })
})

describe('a stack', () => {
  const awaited = [AWAITED]
  const dead = { ...plugins, ...exited }
  test.each([
    ['is complete when everything is listed', [NAME], [core, plugins], 'complete'],
    ['is waited for while a container runs that loads the rest', ['gateway'], [core, plugins], 'waiting'],
    ['is waited for while no gateway answers', undefined, [core, dead], 'waiting'],
    ['is stuck when the container that loads the rest ended', ['gateway'], [core, dead], 'stuck'],
    ['is stuck when no container loads the rest', ['gateway'], [core], 'stuck'],
    ['is stuck when every container ended', undefined, [{ ...core, ...exited }, dead], 'stuck'],
    ['is waited for while a container starts again', undefined, [{ ...core, restarts: 2 }], 'waiting'],
    ['is stuck when it starts again and again', undefined, [{ ...core, restarts: 5 }], 'stuck'],
  ] as const)('%s', (_title, listed, containers, progress) => {
    expect(progressOf({ awaited, tree: TREE }, listed, containers)).toBe(progress)
  })
})

test.each([
  [[], ''],
  [['one', 'two', ' '], 'two'],
  [['Error: first', 'then', 'Error: last', '    at place'], 'Error: last'],
  [['Error: why', '\u2009ELIFECYCLE\u2009 Command failed with exit code 1.'], 'Error: why'],
  [['Error: why', 'npm error Lifecycle script failed', 'npm ERR! code 1'], 'Error: why'],
  [['one', 'error Command failed with exit code 1.'], 'one'],
])('the last words of %j are %j', (log, words) => {
  expect(lastWords(log)).toBe(words)
})
