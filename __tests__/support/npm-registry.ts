import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { packTar } from 'modern-tar'
import type { Files } from './files.js'

/** An npm registry on this machine, with one package. */
export interface NpmRegistry {
  /** Without a slash at its end. */
  url: string
  /** Publishes a version with this archive, or another one under its old version. */
  publish(version: string, tarball: Buffer): void
  /** Serves other bytes than were published. */
  tamper(version: string, tarball: Buffer): void
  /** Answers requests for an archive without end. */
  endless: boolean
  /** How many bytes of such answers were taken by the client's side. */
  bytesSent: number
  close(): Promise<void>
}

/** @param name of the package, such as `@acme/theme` */
export async function createNpmRegistry(name: string): Promise<NpmRegistry> {
  const versions = new Map<string, { tarball: Buffer; integrity: string }>()
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    const version = /\/-\/(.+)\.tgz$/.exec(path)?.[1]
    const { port } = server.address() as AddressInfo
    if (version !== undefined && registry.endless) sendWithoutEnd(registry, response)
    else if (version !== undefined) response.end(versions.get(version)?.tarball)
    else if (path !== `/${name}`) response.writeHead(404).end()
    else {
      const dist = [...versions].map(([each, { integrity }]) => [
        each,
        { dist: { tarball: `http://127.0.0.1:${port}/${name}/-/${each}.tgz`, integrity } },
      ])
      const latest = [...versions.keys()].at(-1)
      response.end(JSON.stringify({ 'dist-tags': { latest }, versions: Object.fromEntries(dist) as object }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const registry: NpmRegistry = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (version, tarball) => {
      const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
      versions.set(version, { tarball, integrity })
    },
    tamper: (version, tarball) => {
      const published = versions.get(version)
      if (published) versions.set(version, { ...published, tarball })
    },
    endless: false,
    bytesSent: 0,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return registry
}

function sendWithoutEnd(registry: NpmRegistry, response: ServerResponse): void {
  const chunk = Buffer.alloc(1024 * 1024)
  const send = (): void => {
    if (response.destroyed) return
    registry.bytesSent += chunk.length
    if (response.write(chunk)) setImmediate(send)
    else response.once('drain', send)
  }
  send()
}

type Entries = Parameters<typeof packTar>[0]

/** Returns the entries of an archive as `npm pack` lays it out. */
export function packageEntries(files: Files): Entries {
  return Object.entries(files).map(([name, content]) => {
    const body = Buffer.from(content ?? '')
    return { header: { name: `package/${name}`, size: body.length, type: 'file' as const }, body }
  })
}

/** Returns an archive with these entries, whatever they are. */
export async function tarballOf(entries: Entries): Promise<Buffer> {
  return gzipSync(await packTar(entries))
}
