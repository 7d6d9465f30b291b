import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HOST } from './registry.js'

/** A request to the container registry. */
export interface Asked {
  method: string
  /** With the query. */
  path: string
  /** How many bytes came with it. */
  bytes: number
}

/** What a request gets instead of the container registry's answer. */
export type Fault =
  | {
      status: number
      headers?: Record<string, string>
      body?: string
      /** Whether the container registry does what it is asked all the same. */
      takes?: boolean
    }
  /** The connection ends without an answer. */
  | 'drop'
  /** The connection stays open without an answer. */
  | 'hang'
  /** The token that came with it is no longer good. */
  | 'expire'

/** Decides on each request; `undefined`: the container registry answers it. */
export type Decision = (asked: Asked) => Fault | undefined

/** Stands before the container registry of the tests, under a host of its own. */
export interface Proxy {
  host: string
  /** Every request so far. */
  asked: readonly Asked[]
  decide: Decision
  close(): Promise<void>
}

/** @param login who gets a token; with it every request needs one. Without it nobody needs any. */
export async function startProxy(login?: { username: string; password: string }): Promise<Proxy> {
  const asked: Asked[] = []
  const tokens = new Set<string>()
  const proxy: Proxy = {
    host: '',
    asked,
    decide: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const path = request.url ?? ''
      if (path.startsWith('/token')) return giveToken(request, response)
      const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
      if (login && !tokens.has(token)) return challenge(path, token, response)
      const one = { method: request.method ?? '', path, bytes: body.length }
      asked.push(one)
      const fault = proxy.decide(one)
      if (fault === undefined) return pass(request, body, response)
      if (fault === 'hang') return
      if (fault === 'drop') return void request.socket.destroy()
      if (fault === 'expire') {
        tokens.delete(token)
        return challenge(path, token, response)
      }
      const answer = (): void => void response.writeHead(fault.status, fault.headers).end(fault.body)
      if (fault.takes) pass(request, body, response, answer)
      else answer()
    })
  })

  /** @param instead answers, once the container registry has */
  function pass(
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    instead?: () => void,
  ): void {
    const [hostname, port] = HOST.split(':')
    const headers = { ...request.headers, 'content-length': String(body.length) }
    delete headers['transfer-encoding']
    // The container registry of the tests asks for no login.
    delete headers.authorization
    // The host stays that of the proxy: the registry makes the addresses of uploads from it.
    const passed = forward(
      { hostname, port, method: request.method, path: request.url, headers },
      (answer) => {
        if (instead) return void answer.resume().on('end', instead)
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    passed.on('error', () => response.destroy())
    passed.end(body)
  }

  function giveToken(request: IncomingMessage, response: ServerResponse): void {
    // Clients try POST first, which many container registries do not know.
    if (request.method !== 'GET') return void response.writeHead(404).end()
    const basic = `Basic ${Buffer.from(`${login?.username}:${login?.password}`).toString('base64')}`
    if (request.headers.authorization !== basic) return void response.writeHead(401).end()
    const token = randomUUID()
    tokens.add(token)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ token, access_token: token, expires_in: 300 }))
  }

  function challenge(path: string, token: string, response: ServerResponse): void {
    const name = /^\/v2\/(.+)\/(?:manifests|blobs|tags)\//.exec(path)?.[1]
    const parts = [
      `realm="http://${proxy.host}/token"`,
      'service="e2e"',
      ...(name === undefined ? [] : [`scope="repository:${name}:pull,push"`]),
      ...(token === '' ? [] : ['error="invalid_token"']),
    ]
    response.writeHead(401, {
      'www-authenticate': `Bearer ${parts.join(',')}`,
      'content-type': 'application/json',
    })
    response.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return proxy
}
