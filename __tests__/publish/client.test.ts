import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { ApiError as ApiErrorType, Client } from '../../src/publish/client.js'
import { TOKEN } from '../support/github.js'

const purpose = { what: 'reading the branch main', needs: 'contents: read' }
const readMain = ({ rest }: Client) => rest.git.getRef({ owner: 'acme', repo: 'tailchat', ref: 'heads/main' })

interface Request {
  /** The host that the client asked for, as its header says. */
  host: string | undefined
  path: string | undefined
  authorization: string | undefined
}

const requests: Request[] = []
const tunnels: string[] = []
const servers: Server[] = []

async function listen(answer: RequestListener): Promise<Server> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

let api: Server
let proxy: Server

beforeAll(async () => {
  api = await listen((request, response) => {
    const { host, authorization } = request.headers
    requests.push({ host, path: request.url, authorization })
    const main = { ref: 'refs/heads/main', object: { sha: 'a'.repeat(40) } }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(request.url === '/api/graphql' ? { data: main } : main))
  })
  proxy = await listen((_request, response) => void response.writeHead(400).end())
  // Each name leads to the one server here: those of the tests exist nowhere.
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '')
    const up = connect(portOf(api), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      up.pipe(socket).pipe(up)
    })
    up.on('error', () => socket.destroy())
    socket.on('error', () => up.destroy())
  })
})

const SETTINGS = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']
const before = { ...process.env }

afterEach(() => {
  for (const name of [...SETTINGS, 'GITHUB_API_URL']) {
    const value = before[name]
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
  requests.length = 0
  tunnels.length = 0
})

afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** Loads the client as a run with these settings does: it reads them once. */
async function load(rest: string, settings: Record<string, string> = {}) {
  for (const name of SETTINGS) Reflect.deleteProperty(process.env, name)
  Object.assign(process.env, settings, { GITHUB_API_URL: rest })
  jest.resetModules()
  const client = await import('../../src/publish/client.js')
  return { ...client, api: { rest, graphql: rest.replace('/v3', '/graphql'), token: TOKEN } }
}

describe('the client of GitHub’s API', () => {
  test.each(['http_proxy', 'HTTP_PROXY'])(
    'reaches the REST and GraphQL API of a GitHub Enterprise Server through the proxy that %s names',
    async (name) => {
      const address = `http://127.0.0.1:${portOf(proxy)}`
      const { ask, askGraphql, api } = await load('http://github.example/api/v3', { [name]: address })
      const { object } = await ask(api, purpose, readMain)
      expect(object.sha).toBe('a'.repeat(40))
      expect(await askGraphql(api, purpose, { query: '{ viewer { login } }', variables: {} })).toHaveProperty(
        'object',
      )
      expect(new Set(tunnels)).toEqual(new Set(['github.example:80']))
      const authorization = `token ${TOKEN}`
      expect(requests).toEqual([
        {
          host: 'github.example',
          path: '/api/v3/repos/acme/tailchat/git/ref/heads%2Fmain',
          authorization,
        },
        { host: 'github.example', path: '/api/graphql', authorization },
      ])
    },
  )

  test('asks the proxy of HTTPS_PROXY for an address with https', async () => {
    const { ask, ApiError, api } = await load('https://github.example/api/v3', {
      HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`,
    })
    // Behind the proxy, nothing here speaks TLS.
    const failure = await ask(api, purpose, readMain).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ApiError)
    expect((failure as ApiErrorType).fault.kind).toBe('connection')
    expect(tunnels).toEqual(['github.example:443'])
  })

  test('goes past the proxy to a host that NO_PROXY names', async () => {
    const { ask, api: address } = await load(`http://localhost.example:${portOf(api)}/api/v3`, {
      HTTP_PROXY: `http://127.0.0.1:${portOf(proxy)}`,
      NO_PROXY: '.example',
    })
    const failure = await ask(address, purpose, readMain).catch((error: unknown) => error as Error)
    // The name exists nowhere: only the proxy would have found it.
    expect((failure as Error).message).toMatch(/^reading the branch main failed: .*localhost\.example/)
    expect(tunnels).toEqual([])
  })

  test.each<[string, RequestListener]>([
    ['no answer', () => undefined],
    [
      'half an answer',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write('{"object":')
      },
    ],
  ])('gives up on a request that got %s within the time limit', async (_what, answer) => {
    const server = await listen(answer)
    const { ask, ApiError, api } = await load(`http://127.0.0.1:${portOf(server)}`)
    const failure = await ask({ ...api, timeLimitSeconds: 0.2 }, purpose, readMain).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(ApiError)
    expect((failure as ApiErrorType).fault.kind).toBe('connection')
    expect((failure as Error).message).toContain('timeout')
  })

  test('gives a request thirty seconds, as the table of failures says', async () => {
    const { TIME_LIMIT_SECONDS } = await import('../../src/publish/client.js')
    const { POLICY } = await import('../../src/publish/faults.js')
    expect(POLICY.connection.shows).toContain(`longer than ${TIME_LIMIT_SECONDS} s`)
  })

  test('treats an answer that is not JSON as a failure of the server', async () => {
    const server = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      response.end('hello')
    })
    const { ask, api } = await load(`http://127.0.0.1:${portOf(server)}`)
    await expect(ask(api, purpose, readMain)).rejects.toThrow('the answer (HTTP 200) is not JSON')
  })
})
