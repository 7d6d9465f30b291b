import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The files of a repository: path → content. `undefined` leaves a file out, so that an override can take one away.
 */
export type Files = Record<string, string | Uint8Array | undefined>

/** A directory with everything in it, in memory. */
export interface Tree {
  directories: string[]
  files: { path: string; mode: number; content: Buffer }[]
  links: { path: string; target: string }[]
}

const examples = fileURLToPath(new URL('../../examples', import.meta.url))
const trees = new Map<string, Tree>()

/** Makes an empty directory, whose path has no links in it. The caller removes it. */
export function temporaryDirectory(name: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)))
}

/** Writes files below a directory, and removes those that are `undefined`. */
export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const place = join(root, path)
    if (content === undefined) rmSync(place, { force: true })
    else {
      mkdirSync(dirname(place), { recursive: true })
      writeFileSync(place, content)
    }
  }
}

/** Reads a directory with everything in it. */
export function readTree(root: string): Tree {
  const tree: Tree = { directories: [], files: [], links: [] }
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const place = join(root, path)
    const stat = lstatSync(place)
    if (stat.isDirectory()) tree.directories.push(path)
    else if (stat.isSymbolicLink()) tree.links.push({ path, target: readlinkSync(place) })
    else tree.files.push({ path, mode: stat.mode, content: readFileSync(place) })
  }
  return tree
}

/** Writes what `readTree` read, into a directory that has none of it. */
export function writeTree(root: string, { directories, files, links }: Tree): void {
  for (const path of directories) mkdirSync(join(root, path))
  for (const { path, mode, content } of files) writeFileSync(join(root, path), content, { mode })
  for (const { path, target } of links) symlinkSync(target, join(root, path))
}

/** Copies a directory of examples/ into an empty one. It is read once: copying files one by one takes four times as long. */
export function copyExample(example: string, root: string): void {
  const tree = trees.get(example) ?? readTree(join(examples, example))
  trees.set(example, tree)
  writeTree(root, tree)
}
