import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A git server on this machine. */
export interface GitServer {
  /** Without a slash at its end; the path behind it is one below the directory that is served. */
  url: string
  close(): Promise<void>
}

/** Serves every repository below a directory over HTTP. */
export async function createGitServer(root: string): Promise<GitServer> {
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      serveGit(root, new URL(request.url ?? '', 'http://localhost'), request, body, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Reads all that a request brings. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Hands a request to git's own HTTP server, which serves the repositories below `root`. */
export function serveGit(
  root: string,
  url: URL,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.searchParams.toString(),
      REQUEST_METHOD: request.method ?? '',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.on('close', () => {
    const output = Buffer.concat(chunks)
    const end = output.indexOf('\r\n\r\n')
    const headers = output.subarray(0, end).toString().split('\r\n')
    const pairs = headers.map((line): [string, string] => [
      line.slice(0, line.indexOf(':')),
      line.slice(line.indexOf(':') + 1).trim(),
    ])
    const status = pairs.find(([name]) => name === 'Status')?.[1] ?? '200'
    response.writeHead(
      Number(status.slice(0, 3)),
      Object.fromEntries(pairs.filter(([name]) => name !== 'Status')),
    )
    response.end(output.subarray(end + 4))
  })
  // It may end without having read all of it.
  child.stdin.on('error', () => undefined)
  child.stdin.end(body)
}
