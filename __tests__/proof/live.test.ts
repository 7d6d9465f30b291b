import { describe, expect, test } from '@jest/globals'
import {
  isPromisedFile,
  judgeFile,
  judgeGateway,
  type LiveAnswer,
  liveRows,
  mustLast,
  readHealth,
} from '../../src/proof/live.js'
import { availablePath } from '../../src/tailchat/gateway.js'
import { liveResult, promised } from '../support/live-result.js'

const answer = (changes: Partial<LiveAnswer>): LiveAnswer => ({
  path: '/health',
  status: 200,
  type: 'application/json; charset=utf-8',
  sha256: 'aa',
  ...changes,
})
const health = (value: unknown): LiveAnswer => answer({ text: JSON.stringify(value) })

describe('an answer of /health', () => {
  test('is read as Tailchat gives it', () => {
    expect(
      readHealth(
        health({
          nodeID: 'a-1',
          cpu: {},
          process: { uptime: 12.5, pid: 1 },
          services: ['user', 'plugin:b', 'plugin:b', 'gateway'],
          version: 'nightly-1',
        }),
      ),
    ).toEqual({ services: ['gateway', 'plugin:b', 'user'], version: 'nightly-1', uptimeSeconds: 12.5 })
  })

  test('needs nothing but the services', () => {
    expect(readHealth(health({ services: [] }))).toEqual({ services: [] })
    expect(readHealth(health({ services: ['a'], version: 1, process: { uptime: -1 } }))).toEqual({
      services: ['a'],
    })
  })

  test.each([
    ['an error', answer({ status: 500, text: '{"services":[]}' })],
    ['a page', answer({ type: 'text/html' })],
    ['no JSON', answer({ text: '{' })],
    ['other JSON', health({ services: 'all' })],
    ['more services than there can be', health({ services: Array.from({ length: 20_001 }, String) })],
  ])('is not recognised where it is %s', (_title, given) => {
    expect(readHealth(given)).toBeUndefined()
  })

  test('has names and versions cut that are too long', () => {
    const found = readHealth(health({ services: ['x'.repeat(9000)], version: 'y'.repeat(9000) }))
    expect([found?.services[0]?.length, found?.version?.length]).toEqual([300, 300])
  })
})

describe('the gateway', () => {
  const commit = Date.parse('2026-01-02T00:00:00Z') / 1000
  const now = commit + 1000
  test.each([
    ['is the image’s with its version', { version: 'a' }, { version: 'a' }, 'new'],
    ['is another one with another version', { version: 'a' }, { version: 'b' }, 'old'],
    ['is another one without a version', { version: 'a' }, {}, 'old'],
    ['is another one when it started before the commit', {}, { uptimeSeconds: 1001 }, 'old'],
    ['may be the image’s when it started after the commit', {}, { uptimeSeconds: 999 }, 'unknown'],
    ['may be the image’s when it does not say since when it runs', {}, {}, 'unknown'],
  ] as const)('%s', (_title, image, found, is) => {
    const promise = { version: undefined, createdSeconds: commit, ...image }
    expect(judgeGateway(promise, { services: [], ...found }, now).is).toBe(is)
  })

  test('is named with what tells it from the image’s', () => {
    const promise = { version: undefined, createdSeconds: commit }
    expect(judgeGateway(promise, { services: [], uptimeSeconds: 1060 }, now)).toEqual({
      is: 'old',
      reason:
        "it has been running since 2026-01-01T23:59:00Z, before the image's commit was made (2026-01-02T00:00:00Z)",
    })
    expect(judgeGateway(promise, { services: [], uptimeSeconds: 1e300 }, now)).toMatchObject({
      reason: expect.stringContaining('since ever'),
    })
  })

  test.each([
    [59, false],
    [60, true],
    [undefined, true],
  ])('that is up for %p s must keep its list to be believed: %p', (uptimeSeconds, must) => {
    expect(mustLast({ services: [], ...(uptimeSeconds !== undefined && { uptimeSeconds }) })).toBe(must)
  })
})

describe('a served file', () => {
  const file = { path: '/plugins/a/index.js', plugin: 'a', sha256: 'aa', times: 3 }
  const script = answer({ path: file.path, type: 'application/javascript', defines: '@plugins/a' })

  test.each<[string, boolean, Parameters<typeof isPromisedFile>]>([
    ['of the image', true, [file, script]],
    ['of another image', false, [file, { ...script, sha256: 'bb' }]],
    ['that browsers do not take for a script', false, [file, { ...script, type: 'text/plain' }]],
    ['with an error', false, [file, { ...script, status: 404 }]],
    ['that is the image’s list', true, [{ path: '/registry.json', sha256: 'aa', times: 3 }, answer({})]],
    [
      'that defines the plugin, where no image is known',
      true,
      [{ path: file.path, plugin: 'a', times: 3 }, script],
    ],
    [
      'that defines another, where no image is known',
      false,
      [
        { path: file.path, plugin: 'a', times: 3 },
        { ...script, defines: '@plugins/b' },
      ],
    ],
    ['that is a list', true, [{ path: '/registry.json', times: 3 }, answer({ text: '[]' })]],
    ['that is not a list', false, [{ path: '/registry.json', times: 3 }, answer({ text: '{}' })]],
  ])('%s is as promised: %p', (_title, expected, [promise, given]) => {
    expect(isPromisedFile(promise, given)).toBe(expected)
  })

  test('says each wrong answer once, and whether some were right', () => {
    const wrong = { ...script, sha256: 'b'.repeat(64) }
    expect(judgeFile(file, [script, wrong, wrong, { reason: 'no answer within 10 s' }])).toMatchObject({
      wrong: ['200 application/javascript with the sha256 bbbbbbbbbbbb…', 'no answer within 10 s'],
      sometimes: true,
    })
    expect(judgeFile(file, [])).toMatchObject({ wrong: ['it was not asked for in time'], sometimes: false })
  })
})

test('a path of /available keeps the colon, and nothing else that means something in a path', () => {
  expect(availablePath('plugin:com.acme.a')).toBe('/api/plugin:com.acme.a/available')
  expect(availablePath('plugin:../x?y#z')).toBe('/api/plugin:..%2Fx%3Fy%23z/available')
})

describe('the services of a live server', () => {
  const rows = (...given: Parameters<typeof liveRows>) =>
    liveRows(...given).map(({ name, expected, loaded, reason }) => [name, expected, loaded, reason])

  test('are those that are promised, and those of other plugins that are listed', () => {
    const listed = ['gateway', 'plugin:a', 'plugin:z']
    expect(rows(promised(['plugin:a', 'plugin:b']), liveResult({ listed }), 120)).toEqual([
      ['plugin:a', true, true, undefined],
      ['plugin:b', true, false, 'the gateway did not list it within 120 s'],
      ['plugin:z', false, true, 'not of the image acme/tailchat@sha256:1: another node brings it'],
    ])
  })

  test('are shown and not judged where nothing is promised', () => {
    expect(rows({ ...promised([]), services: undefined }, liveResult({ listed: ['plugin:z'] }), 120)).toEqual(
      [['plugin:z', false, true, undefined]],
    )
  })

  test('are not tried where the server does not answer', () => {
    expect(rows(promised(['plugin:a']), liveResult({ listed: undefined }), 120)).toEqual([
      ['plugin:a', true, null, undefined],
    ])
  })

  test('do not count while an ended container may still be listed', () => {
    const result = liveResult({ listed: ['plugin:a'], complete: false, seconds: 20 })
    expect(rows(promised(['plugin:a']), result, 30)).toEqual([
      ['plugin:a', true, false, expect.stringMatching(/^listed, though for 20 s only: .*set live-timeout/)],
    ])
  })

  test('do not count where they come and go', () => {
    const result = liveResult({ listed: ['plugin:a', 'plugin:b'], complete: false, unsteady: ['plugin:b'] })
    expect(rows(promised(['plugin:a', 'plugin:b']), result, 120)).toEqual([
      ['plugin:a', true, true, undefined],
      [
        'plugin:b',
        true,
        false,
        expect.stringMatching(/^the gateway lists it in some answers and not in others/),
      ],
    ])
  })

  test('are those of the old gateway where no other answers', () => {
    const gateway = { is: 'old' as const, reason: 'x' }
    const result = liveResult({ listed: ['plugin:a'], complete: false, gateway })
    expect(rows(promised(['plugin:a']), result, 120)).toEqual([['plugin:a', true, true, undefined]])
  })
})
