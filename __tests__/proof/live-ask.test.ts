import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import type { LivePromise, LiveResult } from '../../src/proof/live.js'
import { askLive } from '../../src/proof/live-ask.js'
import { withServer } from '../support/http-server.js'
import { promised } from '../support/live-result.js'

/** How a server answers a path, told how many seconds have passed and how often it was asked for that path. */
type Answers = Record<
  string,
  (seconds: number, times: number) => { status?: number; type?: string; body: string }
>

const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) })
const script = (body: string) => ({ type: 'application/javascript', body })
const health =
  (services: string[], more: object = { process: { uptime: 5 } }) =>
  () =>
    json({ services, ...more })
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const bundle = { path: '/plugins/a/index.js', plugin: 'a', sha256: sha256('new'), times: 3 }

/** Asks a server that answers so, on a clock that only waiting moves. */
async function asked(
  answers: Answers,
  promise: LivePromise,
  timeoutSeconds = 120,
): Promise<LiveResult & { seconds: number; waited: number; paths: string[] }> {
  const started = Date.parse('2026-01-02T00:00:00Z')
  let now = started
  const times = new Map<string, number>()
  return withServer(
    (request, response: ServerResponse) => {
      const path = request.url ?? ''
      const count = (times.get(path) ?? 0) + 1
      times.set(path, count)
      const {
        status = 200,
        type = 'text/html',
        body,
      } = answers[path]?.((now - started) / 1000, count) ?? {
        body: '<html>',
      }
      response.writeHead(status, { 'content-type': type }).end(body)
    },
    async (url) => {
      const result = await askLive({
        url,
        promise,
        timeoutSeconds,
        now: () => now,
        wait: (milliseconds) => Promise.resolve((now += milliseconds)),
      })
      return { ...result, waited: (now - started) / 1000, paths: [...times.keys()].sort() }
    },
  )
}

describe('asking a live server', () => {
  test('is over at once where all is as promised, and asks for nothing else', async () => {
    const result = await asked(
      {
        '/health': health(['gateway', 'plugin:a']),
        '/plugins/a/index.js': () => script('new'),
        '/api/plugin:a/available': () => json({ code: 200, data: true }),
      },
      promised(['plugin:a'], { available: ['plugin:a'], files: [bundle] }),
    )
    expect(result).toMatchObject({
      complete: true,
      waited: 0,
      available: [{ service: 'plugin:a', answer: 200 }],
      files: [{ path: bundle.path, wrong: [] }],
    })
    expect(result.paths).toEqual(['/api/plugin:a/available', '/health', '/plugins/a/index.js'])
  })

  test('waits for a service that comes later', async () => {
    const result = await asked(
      { '/health': (seconds) => health(seconds < 7 ? ['gateway'] : ['gateway', 'plugin:a'])() },
      promised(['plugin:a']),
    )
    expect(result).toMatchObject({ complete: true, waited: 7 })
  })

  test('gives up on a service that does not come when the time is over', async () => {
    const result = await asked({ '/health': health(['gateway']) }, promised(['plugin:a']), 30)
    expect(result).toMatchObject({ complete: false, waited: 30, health: { services: ['gateway'] } })
  })

  test('waits for the gateway of the image', async () => {
    const result = await asked(
      {
        '/health': (seconds) =>
          health(['plugin:a'], { version: seconds < 9 ? 'old' : 'new', process: { uptime: 5 } })(),
      },
      promised(['plugin:a'], { version: 'new' }),
    )
    expect(result).toMatchObject({ complete: true, waited: 9, gateway: { is: 'new' } })
  })

  test('finds an old gateway among several, whichever answers last', async () => {
    const result = await asked(
      {
        '/health': (_seconds, times) =>
          health(['plugin:a'], { version: times % 2 === 0 ? 'old' : 'new', process: { uptime: 5 } })(),
      },
      promised(['plugin:a'], { version: 'new' }),
      20,
    )
    expect(result).toMatchObject({ complete: false, gateway: { is: 'old' } })
  })

  test('finds a gateway among several that does not see a service', async () => {
    const result = await asked(
      { '/health': (_seconds, times) => health(times % 2 === 0 ? ['plugin:a'] : ['plugin:a', 'plugin:b'])() },
      promised(['plugin:a', 'plugin:b']),
      20,
    )
    expect([result.complete, [...result.unsteady, ...(result.health?.services ?? [])]]).toEqual([
      false,
      expect.arrayContaining(['plugin:b']),
    ])
  })

  test('believes a list of a gateway that was there before only after a minute', async () => {
    const result = await asked(
      { '/health': health(['plugin:a'], { process: { uptime: 90_000 } }) },
      promised(['plugin:a']),
    )
    expect(result).toMatchObject({ complete: true, waited: 60 })
  })

  test('finds a service whose container was killed before, when its listing ends', async () => {
    const result = await asked(
      {
        '/health': (seconds) =>
          health(seconds < 51 ? ['plugin:a'] : ['gateway'], { process: { uptime: 90_000 } })(),
      },
      promised(['plugin:a']),
    )
    expect(result).toMatchObject({ complete: false, waited: 120, health: { services: ['gateway'] } })
  })

  test('finds a cache that has two answers', async () => {
    const result = await asked(
      {
        '/health': health(['gateway']),
        '/plugins/a/index.js': (_seconds, times) => script(times % 2 === 0 ? 'old' : 'new'),
      },
      promised([], { files: [bundle] }),
      10,
    )
    expect(result.files).toMatchObject([
      { sometimes: true, wrong: [expect.stringContaining(sha256('old').slice(0, 12))] },
    ])
    expect(result.waited).toBe(10)
  })

  test('is content with a cache that forgets in time', async () => {
    const result = await asked(
      {
        '/health': health(['gateway']),
        '/plugins/a/index.js': (seconds) => script(seconds < 5 ? 'old' : 'new'),
      },
      promised([], { files: [bundle] }),
    )
    expect([result.files[0]?.wrong, result.waited]).toEqual([[], 5])
  })

  test('finds a bundle in whose place the gateway serves its page', async () => {
    const result = await asked({ '/health': health(['gateway']) }, promised([], { files: [bundle] }), 2)
    expect(result.files).toMatchObject([
      { wrong: [expect.stringContaining('200 text/html')], sometimes: false },
    ])
  })

  test('finds open routes that were forgotten', async () => {
    const result = await asked(
      {
        '/health': health(['plugin:a']),
        '/api/plugin:a/available': () => ({ status: 401, ...json({}) }),
      },
      promised(['plugin:a'], { available: ['plugin:a'] }),
      2,
    )
    expect(result.available).toEqual([{ service: 'plugin:a', answer: 401 }])
  })

  test('says what came instead of a list, and asks for nothing more', async () => {
    const result = await asked(
      { '/health': () => ({ status: 502, body: '' }) },
      promised(['plugin:a'], { available: ['plugin:a'], files: [bundle] }),
      3,
    )
    expect(result).toMatchObject({ health: undefined, instead: '502 text/html', files: [], available: [] })
    expect(result.paths).toEqual(['/health'])
  })

  test('gives up at once on a host that does not resolve', async () => {
    let waited = 0
    const wait = (milliseconds: number): Promise<void> => {
      waited += milliseconds
      return Promise.resolve()
    }
    const request = { url: 'http://chat..example', promise: promised(['plugin:a']), timeoutSeconds: 120 }
    const result = await askLive({ ...request, wait, now: () => waited })
    expect(result).toMatchObject({ complete: false, instead: expect.stringMatching(/^getaddrinfo /) })
    expect(waited).toBeLessThan(10_000)
  })

  test('only looks where nothing is promised', async () => {
    const result = await asked(
      { '/health': health(['plugin:a'], { process: { uptime: 90_000 } }) },
      { ...promised([]), reference: undefined, services: undefined },
    )
    expect(result).toMatchObject({ complete: true, waited: 0, health: { services: ['plugin:a'] } })
  })

  test('reads no list that has no end', async () => {
    const result = await asked({ '/health': () => json('x'.repeat(2 ** 21)) }, promised(['plugin:a']), 1)
    expect(result).toMatchObject({
      health: undefined,
      instead: 'the answer has more than 1048576 bytes',
    })
  })
})
