import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import {
  type AskedHosted,
  askHosted,
  askManifests,
  askMadeUpName,
  builtFiles,
  filesOfManifest,
  firstFile,
  type HostedFile,
} from '../../src/proof/hosted.js'
import { withServer } from '../support/http-server.js'

const NAME = 'com.acme.theme'
const ORIGIN = 'https://chat.acme.example'
const BUNDLE = `definePlugin('@plugins/${NAME}', [], 1)`
const sha256 = createHash('sha256').update(BUNDLE).digest('hex')
const script = (url: string): HostedFile => ({ url, kind: 'script', plugin: NAME, sha256, times: 3 })
const document = (url: string): HostedFile => ({ url, kind: 'document', plugin: NAME, times: 1 })

interface Answer {
  status?: number
  headers?: Record<string, string>
  body?: string
}

/** Asks a host that answers so, the `times`th time, on a clock that only waiting moves. */
async function asked(
  file: (url: string) => HostedFile,
  answer: (times: number, origin: string | undefined) => Answer,
): Promise<AskedHosted | undefined> {
  let now = 0
  let times = 0
  return withServer(
    (request, response) => {
      const { status = 200, headers = {}, body = BUNDLE } = answer(++times, request.headers.origin)
      response.writeHead(status, headers).end(body)
    },
    async (url) => {
      const [found] = await askHosted({
        files: [file(`${url}/1.0.0/${NAME}/index.js`)],
        origin: ORIGIN,
        timeoutSeconds: 5,
        now: () => now,
        wait: (milliseconds) => Promise.resolve((now += milliseconds)),
      })
      return found
    },
  )
}

const js = { 'content-type': 'text/javascript; charset=utf-8' }

describe('a file on a static host', () => {
  test.each<[string, (url: string) => HostedFile, Answer]>([
    ['a script with a JavaScript type', script, { headers: js }],
    [
      'a script with nosniff and a JavaScript type',
      script,
      { headers: { ...js, 'x-content-type-options': 'nosniff' } },
    ],
    ['a bundle of which no hash is known', (url) => firstFile(NAME, url), { headers: js }],
    ['a document for every page', document, { headers: { 'access-control-allow-origin': '*' } }],
    ['a document for pages of Tailchat', document, { headers: { 'access-control-allow-origin': ORIGIN } }],
  ])('is fine: %s', async (_title, file, answer) => {
    const found = await asked(file, () => answer)
    expect([found?.wrong, found?.looseType]).toEqual([[], undefined])
  })

  test.each<[string, (url: string) => HostedFile, Answer, string]>([
    [
      'another file',
      script,
      { headers: js, body: 'old' },
      '200 text/javascript; charset=utf-8 with the sha256 ',
    ],
    ['nothing', script, { status: 404 }, '404 without a type'],
    [
      'a script that browsers do not run',
      script,
      { headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' } },
      '200 text/plain and nosniff, which browsers do not run',
    ],
    [
      'a script as a table',
      script,
      { headers: { 'content-type': 'text/csv' } },
      '200 text/csv, which browsers do not run',
    ],
    [
      'a page in the place of a bundle',
      (url) => firstFile(NAME, url),
      { headers: { 'content-type': 'text/html' }, body: '<html>' },
      `200 text/html that does not define @plugins/${NAME}`,
    ],
    [
      'a document without CORS',
      document,
      {},
      `200 without a type without Access-Control-Allow-Origin, so that pages of ${ORIGIN}`,
    ],
    [
      'a document for another page',
      document,
      { headers: { 'access-control-allow-origin': 'https://acme.example' } },
      'with Access-Control-Allow-Origin https://acme.example',
    ],
  ])('is wrong: %s', async (_title, file, answer, says) => {
    expect((await asked(file, () => answer))?.wrong).toEqual([expect.stringContaining(says)])
  })

  test('is a script that browsers still run, which is said', async () => {
    const found = await asked(script, () => ({ headers: { 'content-type': 'application/octet-stream' } }))
    expect(found).toMatchObject({ wrong: [], looseType: 'application/octet-stream' })
  })

  test('is wrong where a CDN has two of it, and fine once it has forgotten one', async () => {
    const two = await asked(script, (times) => ({ headers: js, body: times % 2 ? BUNDLE : 'old' }))
    expect(two?.wrong).toEqual([expect.stringContaining('with the sha256')])
    const later = await asked(script, (times) => ({ headers: js, body: times > 2 ? BUNDLE : 'old' }))
    expect(later?.wrong).toEqual([])
  })

  test('is asked for as a page of Tailchat would ask', async () => {
    const origins: (string | undefined)[] = []
    await asked(document, (_times, origin) => {
      origins.push(origin)
      return { headers: { 'access-control-allow-origin': '*' } }
    })
    expect(origins).toEqual([ORIGIN])
  })
})

test('a host is asked for a name that nobody has, and for its manifests', () =>
  withServer(
    (request, response) => {
      const isList = request.url === '/manifests.json'
      response.writeHead(isList ? 200 : 404).end(isList ? '[{"name":"a"}]' : '')
    },
    async (url) => {
      expect(await askMadeUpName(url, ORIGIN)).toBe(404)
      expect(await askManifests(url, ORIGIN)).toEqual([{ name: 'a' }])
      expect(await askManifests(`${url}/other`, ORIGIN)).toBeUndefined()
    },
  ))

test('the files of a plugin are asked for by what was built', () => {
  const url = `https://plugins.acme.example/1.0.0/${NAME}`
  const files = ['index.js', 'README.md', 'assets/a b.svg'].map((path) => ({ path, sha256: '0' }))
  expect(builtFiles(NAME, url, files).map((file) => [file.url, file.kind, file.times])).toEqual([
    [`${url}/index.js`, 'script', 3],
    [`${url}/README.md`, 'document', 1],
    [`${url}/assets/a%20b.svg`, 'other', 1],
  ])
})

test.each([
  [{ name: NAME, url: 'https://plugins.acme.example/1/x/index.js' }, 1],
  [
    {
      name: NAME,
      url: 'https://plugins.acme.example/1/x/index.js',
      documentUrl: 'https://plugins.acme.example/1/x/README.md',
    },
    2,
  ],
  [{ name: NAME, url: 'https://plugins.acme.example.evil/1/x/index.js' }, 0],
  [{ name: NAME }, 0],
  ['text', 0],
])('a manifest names files of its own host only: %j', (manifest, count) => {
  expect(filesOfManifest(manifest, 'https://plugins.acme.example')).toHaveLength(count)
})
