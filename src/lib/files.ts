import { randomUUID } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { positionAt } from './text.js'
import { messageOf } from './wording.js'

/** Larger than any manifest, package.json, registration or service file that a person writes. */
const MAX_BYTES = 4 * 1024 * 1024

const LEADS_OUT = 'is a symbolic link out of the repository'

/** What reading one path gave; `inOtherEncoding` of a file that is text, but not UTF-8. */
export type ReadResult =
  { text: string } | { missing: true } | { reason: string; inOtherEncoding?: OtherEncoding }

/** A text that is not UTF-8: it is never written back, since the bytes that have no meaning are gone. */
export interface OtherEncoding {
  /** With U+FFFD for what has no meaning in UTF-8: what Node.js, the compiler and browsers make of it. */
  text: string
  /** Where the first such byte stands in `text`. */
  offset: number
}

/** A directory's files at every depth, relative to it and sorted, and what could not be followed. */
export interface Listing {
  files: string[]
  /** Directories whose name starts with a dot: they are not entered. */
  dotDirectories: string[]
  unreadable: { path: string; reason: string }[]
  /** Whether a symbolic link is in it, or leads to it. */
  hasLinks: boolean
}

/** Made once: a check decodes thousands of files. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a UTF-8 file of the repository.
 * @param root absolute path of the repository, with its symbolic links resolved
 * @param path relative to `root`, with forward slashes
 */
export function readRepositoryFile(root: string, path: string): ReadResult {
  return readText(root, path, true)
}

/** Returns the text of a file of the repository; `undefined` when it has none that can be read. */
export function repositoryText(root: string, path: string): string | undefined {
  const result = readRepositoryFile(root, path)
  return 'text' in result ? result.text : undefined
}

/** The same below a directory in which a listing met no symbolic link: none has to be looked for again. */
export function readListedFile(root: string, path: string): ReadResult {
  return readText(root, path, false)
}

function readText(root: string, path: string, mayBeLinked: boolean): ReadResult {
  const absolute = join(root, path)
  try {
    // A check reads hundreds of files: the native one takes a third of the time.
    if (mayBeLinked && !isInside(root, realpathSync.native(absolute))) return { reason: LEADS_OUT }
    const stat = statSync(absolute)
    if (!stat.isFile()) return { reason: 'is not a file' }
    if (stat.size > MAX_BYTES)
      return { reason: `has ${stat.size} bytes: more than the ${MAX_BYTES} that are read` }
    return { text: utf8.decode(readFileSync(absolute)) }
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT') || isErrorWithCode(error, 'ENOTDIR')) return { missing: true }
    if (isErrorWithCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA'))
      return inOtherEncoding(readFileSync(absolute))
    return { reason: `cannot be read (${errorCode(error)})` }
  }
}

const UTF_16 = [Buffer.of(0xff, 0xfe), Buffer.of(0xfe, 0xff)]

function inOtherEncoding(bytes: Buffer): ReadResult {
  if (UTF_16.some((mark) => bytes.subarray(0, 2).equals(mark))) return { reason: 'is UTF-16, not UTF-8' }
  const text = bytes.toString('utf8')
  const offset = firstInvalid(bytes, text)
  const byte = bytes[Buffer.byteLength(text.slice(0, offset))] ?? 0
  const { line } = positionAt({ path: '', text }, offset)
  const hex = byte.toString(16).toUpperCase().padStart(2, '0')
  return {
    reason: `is not valid UTF-8: line ${line} has the byte 0x${hex}, as in a file saved as GBK or Latin-1`,
    inOtherEncoding: { text, offset },
  }
}

/** The offset of the first U+FFFD that is not in the file itself. */
function firstInvalid(bytes: Buffer, text: string): number {
  const own = Buffer.from('\uFFFD')
  let [from, byte] = [0, 0]
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', from)) {
    byte += Buffer.byteLength(text.slice(from, at))
    if (!bytes.subarray(byte, byte + own.length).equals(own)) return at
    byte += own.length
    from = at + 1
  }
  return 0
}

/**
 * Lists the directories directly below `directory`; symbolic links to directories inside the repository count.
 * A directory that does not exist has none, and neither has one that is a symbolic link out of the repository.
 */
export function listDirectories(
  root: string,
  directory: string,
): { names: string[]; unreadable: Listing['unreadable'] } {
  const names: string[] = []
  const unreadable: Listing['unreadable'] = []
  if (leadsOut(root, directory)) return { names, unreadable: [{ path: directory, reason: LEADS_OUT }] }
  for (const entry of entriesOf(root, directory, unreadable)) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const path = `${directory}/${entry.name}`
    if (kindOf(entry, { root, path }, unreadable) === 'directory') names.push(entry.name)
  }
  return { names: names.sort(), unreadable }
}

/** The names of the files directly in `directory`, sorted. What cannot be read has none. */
export function listFileNames(root: string, directory: string): string[] {
  if (leadsOut(root, directory)) return []
  return entriesOf(root, directory, [])
    .filter((entry) => kindOf(entry, { root, path: join(directory, entry.name) }, []) === 'file')
    .map(({ name }) => name)
    .sort()
}

/**
 * Walks a directory, and each real directory in it once: what several links lead to is listed below the first of them,
 * or below its own path where it has one. node_modules and directories whose name starts with a dot are left out.
 */
export function listFiles(root: string, directory: string): Listing {
  const files: string[] = []
  const dotDirectories: string[] = []
  const unreadable: Listing['unreadable'] = []
  const real = realPath(join(root, directory))
  if (real !== undefined && !isInside(root, real))
    return { files, dotDirectories, unreadable: [{ path: directory, reason: LEADS_OUT }], hasLinks: true }
  let hasLinks = real !== join(root, directory)
  const links: string[] = []
  const visited = new Set<string>()
  const walk = (relative: string, standsAt: string): void => {
    if (visited.has(standsAt)) return
    visited.add(standsAt)
    const here = relative === '' ? directory : `${directory}/${relative}`
    for (const entry of entriesOf(root, here, unreadable)) {
      // Looked at before the kind: package managers make it a link to wherever they like.
      if (entry.name === 'node_modules') continue
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`
      hasLinks ||= entry.isSymbolicLink()
      const kind = kindOf(entry, { root, path: `${directory}/${path}` }, unreadable)
      if (kind === 'file') files.push(path)
      if (kind !== 'directory') continue
      if (entry.name.startsWith('.')) {
        dotDirectories.push(path)
        continue
      }
      if (entry.isSymbolicLink()) links.push(path)
      else walk(path, join(standsAt, entry.name))
    }
  }
  walk('', real ?? join(root, directory))
  // Later, and one by one: where links lead to links, a walk through all ways would double with every level.
  for (const path of links) {
    const target = realPath(join(root, directory, path))
    // Never into a directory that holds the link: all of it would be listed again.
    if (target !== undefined && !(real !== undefined && isInside(target, real))) walk(path, target)
  }
  return { files: files.sort(), dotDirectories, unreadable, hasLinks }
}

/**
 * Finds files by their names in a tree of which only the upper levels are of interest. Symbolic links are not followed;
 * directories whose name begins with a dot, and node_modules, are not entered.
 * @param options.depth how many levels of directories are entered below `root`
 * @param options.skips names of directories that are not entered either
 * @returns paths relative to `root`, sorted
 */
export function findFiles(
  root: string,
  matches: (name: string) => boolean,
  { depth, skips }: { depth: number; skips: ReadonlySet<string> },
): string[] {
  const found: string[] = []
  const walk = (directory: string, left: number): void => {
    for (const entry of entriesOf(root, directory, [])) {
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`
      if (entry.isFile() && matches(entry.name)) found.push(path)
      else if (left > 0 && entry.isDirectory() && !isSkipped(entry.name, skips)) walk(path, left - 1)
    }
  }
  walk('', depth)
  return found.sort()
}

function isSkipped(name: string, skips: ReadonlySet<string>): boolean {
  return name.startsWith('.') || name === 'node_modules' || skips.has(name)
}

function leadsOut(root: string, directory: string): boolean {
  const real = realPath(join(root, directory))
  return real !== undefined && !isInside(root, real)
}

/** `undefined` where there is nothing, or nothing that may be looked at. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}

/** The code of a system error such as `ENOENT`, or the error's message. */
export function errorCode(error: unknown): string {
  const code = codeOf(error)
  return typeof code === 'string' ? code : messageOf(error)
}

function isErrorWithCode(error: unknown, code: string): boolean {
  return codeOf(error) === code
}

/** Asks for no class: where modules run in a context of their own, Node's errors are of another one's. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

/**
 * Writes a file whole, and follows no link that leads out: what the path's directory really is must lie in one of the
 * given directories, and not in a `.git`; a link in the place of the file itself is replaced. Directories are made.
 * @param path absolute
 * @param within absolute paths, with their symbolic links resolved
 * @throws where the path leads elsewhere, or cannot be written
 */
export function writeFileWithin(within: readonly string[], path: string, content: string | Uint8Array): void {
  let existing = dirname(path)
  while (!lstatSync(existing, { throwIfNoEntry: false }) && existing !== dirname(existing))
    existing = dirname(existing)
  const directory = join(realpathSync(existing), relative(existing, dirname(path)))
  if (!within.some((each) => isInside(each, directory)))
    throw new Error(`it leads to ${directory}, which is outside of ${within.join(' and ')}`)
  if (isInGit(join(directory, basename(path)))) throw new Error('it leads into the .git directory')
  mkdirSync(directory, { recursive: true })
  const waiting = join(directory, `.${randomUUID()}.tmp`)
  try {
    writeFileSync(waiting, content, { flag: 'wx' })
    renameSync(waiting, join(directory, basename(path)))
  } catch (error) {
    rmSync(waiting, { force: true })
    throw error
  }
}

/** Whether a path leads into a git directory; with its symbolic links resolved. */
export function isInGit(path: string): boolean {
  return path.split(sep).some((part) => part.toLowerCase() === '.git')
}

/** Whether an absolute path is `parent` or below it; both with their symbolic links resolved. */
export function isInside(parent: string, path: string): boolean {
  return path === parent || path.startsWith(parent.endsWith(sep) ? parent : parent + sep)
}

type DirectoryEntry = { name: string; isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }

function entriesOf(root: string, directory: string, unreadable: Listing['unreadable']): DirectoryEntry[] {
  try {
    return readdirSync(join(root, directory), { withFileTypes: true })
  } catch (error) {
    if (!isErrorWithCode(error, 'ENOENT'))
      unreadable.push({ path: directory, reason: `cannot be read (${errorCode(error)})` })
    return []
  }
}

/** Returns what an entry of a directory is, or what its symbolic link leads to; adds what is wrong to `unreadable`. */
function kindOf(
  entry: DirectoryEntry,
  { root, path }: { root: string; path: string },
  unreadable: Listing['unreadable'],
): 'file' | 'directory' | 'other' {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'directory'
  if (!entry.isSymbolicLink()) return 'other'
  try {
    const target = realpathSync(join(root, path))
    if (!isInside(root, target)) {
      unreadable.push({ path, reason: LEADS_OUT })
      return 'other'
    }
    const stat = statSync(target)
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other'
  } catch (error) {
    unreadable.push({ path, reason: `is a broken symbolic link (${errorCode(error)})` })
    return 'other'
  }
}
