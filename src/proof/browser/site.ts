import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { isInside } from '../../lib/files.js'
import { compare } from '../../lib/text.js'
import { asObject } from '../../formats/json.js'

/** The address under which the page believes to be; `.invalid` is no host anywhere (RFC 6761). */
export const ORIGIN = 'https://tailchat.invalid'

/** What is answered to a request. */
export interface SiteAnswer {
  status: number
  type: string
  body: Buffer
  /** Whether there is no such file, so that the client's page came instead. */
  isFallback: boolean
}

/** A manifest of a plugin registry file, with what the client needs of it. */
export interface OfferedManifest {
  name: string
  url: string
  icon?: string
}

/** More than any file that a web client loads at its start. */
const MAX_FILE_BYTES = 64 * 1024 * 1024

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'application/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'application/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.wav': 'audio/x-wav',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/**
 * Answers as Tailchat's gateway does (server/services/core/gateway.service.ts): with the file of its public directory,
 * and for a path that is no file with the client's page. There is no server behind it, so `/api/` is not found.
 * @param root the public directory of an image, with its symbolic links resolved
 */
export function answer(root: string, pathname: string): SiteAnswer {
  if (pathname === '/api' || pathname.startsWith('/api/'))
    return { status: 404, type: TYPES['.json'] ?? '', body: Buffer.from('{"code":404}'), isFallback: false }
  const body = readPublicFile(root, pathname === '/' ? '/index.html' : pathname)
  if (body)
    return {
      status: 200,
      type:
        pathname === '/'
          ? (TYPES['.html'] ?? '')
          : (TYPES[extname(pathname).toLowerCase()] ?? 'application/octet-stream'),
      body,
      isFallback: false,
    }
  const page = readPublicFile(root, '/index.html')
  return {
    status: page ? 200 : 404,
    type: TYPES['.html'] ?? '',
    body: page ?? Buffer.alloc(0),
    isFallback: true,
  }
}

/**
 * Reads a file of the public directory; `undefined` when it is none. The directory came out of an image, where a
 * symbolic link may lead anywhere, and would lead into this machine here.
 * @param pathname of a url: percent-encoded, beginning with a slash
 */
export function readPublicFile(root: string, pathname: string): Buffer | undefined {
  try {
    const path = realpathSync(join(root, decodeURIComponent(pathname)))
    const stat = statSync(path)
    return isInside(root, path) && stat.isFile() && stat.size <= MAX_FILE_BYTES
      ? readFileSync(path)
      : undefined
  } catch {
    return undefined
  }
}

/** What both plugin registry files of an image offer, each name once, in their order. */
export function offeredManifests(root: string): OfferedManifest[] {
  const manifests = new Map<string, OfferedManifest>()
  for (const file of ['/registry.json', '/registry-be.json']) {
    const list = parsed(readPublicFile(root, file)?.toString())
    for (const each of Array.isArray(list) ? list : []) {
      const manifest = asObject(each)
      const { name, url, icon } = manifest ?? {}
      if (typeof name === 'string' && typeof url === 'string' && !manifests.has(name))
        manifests.set(name, { ...manifest, name, url, ...(typeof icon === 'string' && { icon }) })
    }
  }
  return [...manifests.values()]
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The chunks that a plugin's bundle names, at every depth: what it can load later. Relative to the plugin's directory,
 * sorted, without `index.js` itself; what it names and is not there is left out.
 */
export function chunksOf(root: string, plugin: string): string[] {
  const directory = `/plugins/${encodeURIComponent(plugin)}`
  const files = new Set(javaScriptBelow(root, plugin))
  const seen = new Set(['index.js'])
  for (const file of seen) {
    const text =
      readPublicFile(root, `${directory}/${file.split('/').map(encodeURIComponent).join('/')}`)?.toString() ??
      ''
    for (const [, name = ''] of text.matchAll(/["'](\.{1,2}\/[^"'\\\s]{1,200})["']/g)) {
      const path = new URL(name, `${ORIGIN}/${file}`).pathname.slice(1)
      const found = [path, `${path}.js`].find((each) => files.has(each))
      if (found !== undefined) seen.add(found)
    }
  }
  seen.delete('index.js')
  return [...seen].sort(compare)
}

function javaScriptBelow(root: string, plugin: string): string[] {
  try {
    const directory = realpathSync(join(root, 'plugins', plugin))
    if (!isInside(root, directory)) return []
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
      .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
  } catch {
    return []
  }
}

/** The plugin to whose directory a url leads; `undefined` for any other. */
export function pluginOfUrl(url: string): string | undefined {
  const [, name] = /^[a-z]+:\/\/[^/]+\/plugins\/([^/?#]+)\//.exec(url) ?? []
  try {
    return name === undefined ? undefined : decodeURIComponent(name)
  } catch {
    return undefined
  }
}
