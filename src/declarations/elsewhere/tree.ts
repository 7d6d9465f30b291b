import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { isInside } from '../../lib/files.js'
import { compare } from '../../lib/text.js'

/** Files by their paths, relative to one directory, with forward slashes. */
export type Tree = ReadonlyMap<string, Buffer>

/** What a plugin may be at most: far more than any that is known (the largest has 3 MB). */
export const LIMITS = { files: 2000, fileBytes: 5 * 1024 * 1024, bytes: 24 * 1024 * 1024 } as const

/**
 * What is taken over from nowhere and counts nowhere: what package managers, git and editors make or obey. A
 * .gitattributes or .gitignore could keep files out of a commit or out of a review, an .npmrc say where packages come from.
 */
const LEFT_OUT = new Set([
  'node_modules',
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  '.pnpmfile.cjs',
  '.pnp.cjs',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'bun.lock',
  '.gitignore',
  '.gitattributes',
  '.gitmodules',
  '.DS_Store',
  'Thumbs.db',
])

/** Whether a file of a plugin is left out: a directory of a dot is an editor's, a tool's or git's. */
export function isLeftOut(path: string): boolean {
  const parts = path.split('/')
  return parts.some((part) => LEFT_OUT.has(part)) || parts.slice(0, -1).some((part) => /^\.[^.]/.test(part))
}

/**
 * Returns the digest of files: their paths, sorted, and their contents. Line endings don't count, since git may check
 * out others; neither do modes, since not every file system keeps them and nothing of a plugin is run as a program.
 */
export function hashOfTree(tree: Tree): string {
  const hash = createHash('sha256')
  for (const [path, content] of [...tree].sort(([a], [b]) => compare(a, b))) {
    const digest = createHash('sha256').update(withLineFeeds(content)).digest('hex')
    hash.update(`${digest} ${path}\n`)
  }
  return `sha256-${hash.digest('hex')}`
}

/** A text with the line endings that git stores; binary files stay as they are. */
export function withLineFeeds(content: Buffer): Buffer {
  if (content.includes(0) || !content.includes('\r\n')) return content
  return Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}

/**
 * Reads the files of directories as they are on the disk.
 * @param root absolute path of the repository
 * @param directories relative to it; one that does not exist has no files
 * @returns the files, by their paths from `root`; links are named, not followed
 */
export function readTree(root: string, directories: readonly string[]): { tree: Tree; links: string[] } {
  const tree = new Map<string, Buffer>()
  const links: string[] = []
  let bytes = 0
  const keep = (directory: string): void =>
    walkPlugin(root, directory, (path, stat) => {
      if (!stat.isFile()) {
        links.push(path)
        return
      }
      bytes += stat.size
      if (tree.size >= 2 * LIMITS.files || bytes > 4 * LIMITS.bytes)
        throw new Error(`${directory} is larger than the limit for a plugin`)
      tree.set(path, readFileSync(join(root, path)))
    })
  for (const directory of directories) {
    const path = join(root, directory)
    if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) continue
    // A link above it may lead out of the repository.
    if (isInside(realpathSync(root), realpathSync(path))) keep(directory)
    else links.push(directory)
  }
  return { tree, links }
}

/**
 * Calls `visit` with everything below a directory but other directories; of those, only with one that is nested too deep
 * to be entered. Links are not followed, and what is left out of every plugin is not visited.
 * @param directory relative to `root`; empty: `root` itself
 */
export function walkPlugin(
  root: string,
  directory: string,
  visit: (path: string, stat: Stats) => void,
): void {
  const walk = (from: string, depth: number): void => {
    for (const name of readdirSync(join(root, from))) {
      const path = from === '' ? name : `${from}/${name}`
      const stat = lstatSync(join(root, path))
      // Below the directory itself: it may lie in one whose name begins with a dot.
      if (isLeftOut(stat.isDirectory() ? `${name}/` : name)) continue
      if (stat.isDirectory() && depth < 20) walk(path, depth + 1)
      else visit(path, stat)
    }
  }
  walk(directory, 0)
}
