import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { request as forward } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** An engine that sees no file of this machine, as one on another machine, or seen from within a container. */
export interface DistantEngine {
  /** For DOCKER_HOST. */
  host: string
  /** How many containers were created by it. */
  created: () => number
  /** What containers were to mount of this machine; none of them was created. */
  refused: readonly string[]
  close(): Promise<void>
}

const SOCKET = '/var/run/docker.sock'

interface Creation {
  HostConfig?: { Binds?: string[] | null; Mounts?: { Type: string; Source?: string }[] | null }
}

/** Stands before the engine of the tests and answers requests to mount a path as an engine does that lacks it. */
export async function startDistantEngine(): Promise<DistantEngine> {
  const refused: string[] = []
  let created = 0

  const pass = (request: IncomingMessage, body?: Buffer): RequestListener => {
    const { method, url: path, headers } = request
    return (_, response) => {
      const passed = forward({ socketPath: SOCKET, method, path, headers }, (answer) => {
        // At once: what waits for a container to end reads the headers before it starts the container.
        response.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders()
        answer.pipe(response)
      })
      passed.on('error', () => response.destroy())
      response.on('close', () => passed.destroy())
      if (body) passed.end(body)
      else request.pipe(passed)
    }
  }

  const server = createServer((request, response) => {
    if (!/\/containers\/create(?:\?|$)/.test(request.url ?? '')) return pass(request)(request, response)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const { HostConfig: { Binds, Mounts } = {} } = JSON.parse(body.toString()) as Creation
      const sources = [
        ...(Binds ?? []).map((bind) => bind.split(':')[0] ?? ''),
        ...(Mounts ?? []).filter(({ Type }) => Type === 'bind').map(({ Source }) => Source ?? ''),
      ].filter((source) => source.startsWith('/'))
      refused.push(...sources)
      if (sources.length === 0) {
        created++
        return pass(request, body)(request, response)
      }
      const message = `invalid mount config for type "bind": bind source path does not exist: ${sources.join(', ')}`
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
    })
  })
  // Attached streams, and the sessions of builds.
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const engine = connect(SOCKET)
    const lines = request.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
    )
    engine.write([`${request.method} ${request.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    engine.write(head)
    for (const [from, to] of [
      [socket, engine],
      [engine, socket],
    ] as const) {
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    created: () => created,
    refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
