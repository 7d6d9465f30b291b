import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { httpGet } from '../../src/lib/http.js'
import { withServer } from '../support/http-server.js'

const LIMITS = { seconds: 10, maxBytes: 1000 }

describe('httpGet', () => {
  test('gives status, headers, body and the sha256 of what was unpacked', () =>
    withServer(
      (_request, response) => {
        response.writeHead(201, {
          'content-type': 'text/javascript',
          'content-encoding': 'gzip',
          'x-other': '1',
        })
        response.end(gzipSync('text'))
      },
      async (url) => {
        expect(await httpGet(`${url}/a`, LIMITS)).toEqual({
          status: 201,
          headers: { 'content-type': 'text/javascript' },
          body: Buffer.from('text'),
          sha256: createHash('sha256').update('text').digest('hex'),
        })
      },
    ))

  test('sends no credentials and no cookie that an earlier answer set', async () => {
    const seen: string[] = []
    await withServer(
      (request, response) => {
        seen.push(...Object.keys(request.headers))
        response.setHeader('set-cookie', 'a=b')
        response.end()
      },
      async (url) => {
        await httpGet(url, LIMITS)
        await httpGet(url, LIMITS)
      },
    )
    expect(seen).toContain('user-agent')
    expect(seen.filter((name) => /auth|cookie|token/.test(name))).toEqual([])
  })

  test('does not send a password from the address, nor name it in a message', async () => {
    const answer = await httpGet('http://me:s3cret@127.0.0.1:1/', LIMITS)
    expect(answer).toEqual({ reason: 'its address contains a user or a password, which is not sent' })
  })

  test('follows a redirect within the same host', () =>
    withServer(
      (request, response) => {
        if (request.url === '/b') response.end('there')
        else response.writeHead(302, { location: '/b' }).end()
      },
      async (url) => {
        expect(await httpGet(`${url}/a`, LIMITS)).toMatchObject({ status: 200, body: Buffer.from('there') })
      },
    ))

  test.each([
    ['to another host', 'http://localhost:1/secret', /^it redirects to another host, http:\/\/localhost:1,/],
    ['to another protocol', 'ftp://127.0.0.1/x', /^it redirects to another host/],
    ['in a circle', '/again', /^it redirects more than 3 times$/],
    ['to no address', 'http://[', /Invalid URL/],
  ])('follows no redirect %s', (_title, location, reason) =>
    withServer(
      (_request, response) => void response.writeHead(301, { location }).end(),
      async (url) => {
        expect(await httpGet(url, LIMITS)).toEqual({ reason: expect.stringMatching(reason) })
      },
    ),
  )

  test.each([
    ['that is too large', Buffer.alloc(1001), {}],
    [
      'that is small and unfolds without measure',
      gzipSync(Buffer.alloc(50_000_000)),
      { 'content-encoding': 'gzip' },
    ],
  ])('reads no answer to its end %s', (_title, body, headers) =>
    withServer(
      (_request, response) => void response.writeHead(200, headers).end(body),
      async (url) => {
        expect(await httpGet(url, LIMITS)).toEqual({ reason: 'the answer has more than 1000 bytes' })
      },
    ),
  )

  test('keeps of a header what one line can show', () =>
    withServer(
      (_request, response) => void response.writeHead(200, { 'content-type': 'x'.repeat(5000) }).end(),
      async (url) => {
        const answer = await httpGet(url, LIMITS)
        expect('headers' in answer && answer.headers['content-type']).toHaveLength(300)
      },
    ))

  test.each([
    ['never begins', (): void => undefined],
    [
      'begins and never ends',
      (response: { writeHead: (status: number) => { write: (text: string) => unknown } }): void =>
        void response.writeHead(200).write('x'),
    ],
  ])('gives up on an answer that %s', (_title, begin) =>
    withServer(
      (_request, response) => begin(response),
      async (url) => {
        expect(await httpGet(url, { seconds: 0.2, maxBytes: 10 })).toEqual({
          reason: 'no answer within 0.2 s',
        })
      },
    ),
  )

  test('says why where no server is', async () => {
    const url = await withServer(
      () => undefined,
      (address) => Promise.resolve(address),
    )
    expect(await httpGet(url, LIMITS)).toEqual({ reason: expect.stringMatching(/ECONNREFUSED/) })
  })
})
