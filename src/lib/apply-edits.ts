import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { errorCode, isInGit, isInside } from './files.js'
import { messageOf } from './wording.js'
import type { FileEdit } from './text-edits.js'

/**
 * Where texts wait until all of them are on the disk: in the repository, since a file can only be renamed within its
 * file system, and in one place, since the next run has to find what a killed one has left.
 */
export const STAGING = '.tailchat-plugins.tmp'

/** The replacement of one file: all that is needed to do it, and to undo it, is a rename or a removal. */
interface Replacement {
  /** As the repository calls the file. */
  file: string
  /** Absolute, with symbolic links resolved. */
  path: string
  /** Where the old text waits; `undefined`: there was no file. */
  old: string | undefined
  /** Where the new text waits; `undefined`: the file goes. */
  new: string | undefined
}

/**
 * Writes the edits into the working tree: each file is replaced whole, its mode kept, and all of them or none. Every
 * text, old and new, is on the disk before the first file is replaced; when one can't be, those done are put back. A
 * process that is killed meanwhile leaves each file wholly old or wholly new, and the next call removes what else it
 * left: call this also when there is nothing to write.
 * @param root absolute path of the repository, with its symbolic links resolved
 * @throws when a file can't be replaced, or changed since the edits were computed
 */
export function applyEditsToDisk(root: string, edits: readonly FileEdit[]): void {
  const staging = clearStaging(root)
  if (edits.length === 0) return
  makeStaging(staging)
  try {
    replaceAll(edits.map((edit, index) => prepare(root, edit, join(staging, String(index)))))
  } finally {
    removeStaging(staging)
  }
}

/** Removes what a killed run has left. @returns where the staging directory goes */
export function clearStaging(root: string): string {
  const staging = join(root, STAGING)
  if (isLeftByRun(staging)) removeStaging(staging)
  return staging
}

/** Makes the staging directory. @throws when something that is not this tool's is in its place */
export function makeStaging(staging: string): void {
  if (existsSync(staging))
    throw new Error(`${STAGING} is in the way: this tool did not make it; rename or remove it`)
  mkdirSync(staging)
  writeFileSync(join(staging, IGNORE), EVERYTHING)
}

/** First in and last out: wherever a run is killed, no commit takes the texts along. */
export const IGNORE = '.gitignore'
export const EVERYTHING = '*\n'

/** Whether a directory holds what a killed run leaves and nothing else: what a repository has of that name stays. */
function isLeftByRun(staging: string): boolean {
  if (!lstatSync(staging, { throwIfNoEntry: false })?.isDirectory()) return false
  const entries = readdirSync(staging, { withFileTypes: true })
  const ignore = join(staging, IGNORE)
  return (
    // A link in their place may lead to a file that has no end.
    entries.every(
      (each) => each.isFile() && (each.name === IGNORE || /^\d+\.(?:old|new)$/.test(each.name)),
    ) &&
    // A run that was killed before it wrote a word to it left it empty.
    (!entries.some(({ name }) => name === IGNORE) || isText(ignore, EVERYTHING) || isText(ignore, ''))
  )
}

/** Whether it is a file itself: a link in its place may lead to a device that has no end. */
export function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** Whether a file, and no link to one, holds a text; a longer one is not read. */
export function isText(path: string, text: string): boolean {
  return (
    isFile(path) && statSync(path).size === Buffer.byteLength(text) && readFileSync(path, 'utf8') === text
  )
}

/** Removes the staging directory; its .gitignore goes last. */
export function removeStaging(staging: string): void {
  // A link is only removed itself.
  if (lstatSync(staging, { throwIfNoEntry: false })?.isDirectory())
    for (const name of readdirSync(staging))
      if (name !== IGNORE) rmSync(join(staging, name), { recursive: true, force: true })
  rmSync(staging, { recursive: true, force: true })
}

function prepare(root: string, { file, before, after }: FileEdit, waiting: string): Replacement {
  const path = targetOf(root, file)
  const found = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  if (found !== before) throw new Error(`${file} changed while it was being worked on: run again`)
  // What was read of it stands for other bytes, which writing it would destroy.
  if (found?.includes('\uFFFD') && !Buffer.from(found).equals(readFileSync(path)))
    throw new Error(`${file} is not valid UTF-8: save it as UTF-8, and run again`)
  const mode = statSync(path, { throwIfNoEntry: false })?.mode
  return {
    file,
    path,
    old: before === undefined ? undefined : writeNew(`${waiting}.old`, before, mode),
    new: after === undefined ? undefined : writeNew(`${waiting}.new`, after, mode),
  }
}

/** A link inside the repository is written through to its target; one that leaves it, or leads into git's directory, is refused. */
function targetOf(root: string, file: string): string {
  const path = join(root, file)
  const target = existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path))
  if (!isInside(root, target)) throw new Error(`${file} is a symbolic link out of the repository`)
  if (isInGit(relative(root, target))) throw new Error(`${file} leads into the .git directory`)
  return target
}

/** Writes a file that is not there yet, to the disk itself; gives its path. */
export function writeNew(path: string, text: string | Uint8Array, mode: number | undefined): string {
  const descriptor = openSync(path, 'wx')
  try {
    writeFileSync(descriptor, text)
    if (mode !== undefined) fchmodSync(descriptor, mode)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return path
}

function replaceAll(replacements: readonly Replacement[]): void {
  const done: Replacement[] = []
  try {
    for (const each of replacements) {
      put(each.new, each.path)
      done.push(each)
    }
    // What is renamed is only safe from a power cut once its directory is written.
    for (const directory of new Set(replacements.map(({ path }) => dirname(path)))) flushDirectory(directory)
  } catch (error) {
    putBack(done, error)
  }
}

/**
 * Undoes what was done, the last first, and goes on where that fails.
 * @throws always: `error`, or one that tells of it and of what could not be put back
 */
export function putBack(done: readonly Replacement[], error: unknown): never {
  const failures: string[] = []
  for (const { file, path, old } of [...done].reverse()) {
    try {
      put(old, path)
    } catch (failure) {
      failures.push(`${file} could not be put back (${errorCode(failure)})`)
    }
  }
  if (failures.length === 0) throw error
  const message = messageOf(error)
  throw new Error(`${message}; ${failures.join(', ')}: restore what git shows as changed`, { cause: error })
}

function put(waiting: string | undefined, path: string): void {
  if (waiting === undefined) rmSync(path)
  else renameSync(waiting, path)
}

/** Writes a directory to the disk: what was renamed or removed in it outlasts a power cut from then on. */
export function flushDirectory(directory: string): void {
  // Windows opens no directory.
  if (process.platform === 'win32') return
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } catch (error) {
    // Some network file systems can't: they have their own way.
    if (errorCode(error) !== 'EINVAL') throw error
  } finally {
    closeSync(descriptor)
  }
}
