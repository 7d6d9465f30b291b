import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'

/** A file of a bundle, by its path in the plugin's folder. */
export interface BundleFile {
  /** With forward slashes. */
  path: string
  /** The hash of its content, in hexadecimal. */
  sha256: string
  bytes: number
}

/** Far more than a bundle has; the limit is here since the files that a build wrote are not trusted. */
const MAX_FILES = 5000
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Lists the regular files of a plugin's folder, sorted. Links are left out: they could lead anywhere.
 * @throws when there are more than a bundle can have
 */
export function listBundle(folder: string): BundleFile[] {
  const found: BundleFile[] = []
  let total = 0
  const walk = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) {
        total += lstatSync(join(folder, path)).size
        if (total > MAX_BYTES) throw new Error(`${folder} holds more than ${MAX_BYTES} bytes`)
        const content = readFileSync(join(folder, path))
        const sha256 = createHash('sha256').update(content).digest('hex')
        found.push({ path, sha256, bytes: content.length })
      }
      if (found.length > MAX_FILES) throw new Error(`${folder} holds more than ${MAX_FILES} files`)
    }
  }
  walk('')
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Reads the scripts of a bundle: their text, the ids they define and their dependencies. */
export function readScripts(folder: string, files: readonly BundleFile[]): Script[] {
  return files
    .filter(({ path }) => path.endsWith('.js') && !path.includes('/'))
    .map(({ path }) => {
      const text = readFileSync(join(folder, path), 'utf8')
      const definition = /\bdefinePlugin\(\s*['"]([^'"]*)['"]\s*,\s*\[([^\]]*)\]/.exec(text)
      if (!definition) return { file: path, text }
      const [, id = '', list = ''] = definition
      const dependencies = [...list.matchAll(/['"]([^'"]*)['"]/g)].map(([, each = '']) => each)
      return { file: path, text, id, dependencies }
    })
}

/** A script of a bundle; `id` and `dependencies` are there if it calls `definePlugin`. */
export interface Script {
  file: string
  text: string
  id?: string
  dependencies?: string[]
}

/** Copies the files of a bundle into a folder, and removes everything that was there before. */
export function placeBundle(from: string, files: readonly BundleFile[], to: string): void {
  rmSync(to, { recursive: true, force: true })
  for (const { path } of files) {
    mkdirSync(dirname(join(to, path)), { recursive: true })
    cpSync(join(from, path), join(to, path))
  }
}

/** Writes a value as a JSON file; a link in its place is replaced and not followed. */
export function writeJson(file: string, value: unknown): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(file)
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
}
