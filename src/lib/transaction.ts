import { createHash } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import {
  clearStaging,
  EVERYTHING,
  flushDirectory,
  IGNORE,
  isFile,
  isText,
  makeStaging,
  removeStaging,
  STAGING,
  writeNew,
} from './apply-edits.js'
import { CommandError } from './command.js'
import { isInGit, isInside } from './files.js'
import { git } from './git.js'
import { onInterrupt } from './interrupt.js'
import { messageOf } from './wording.js'

/** A file and what it is to hold; `undefined`: it goes. */
export interface Change {
  /** Relative to the repository's root. */
  file: string
  after: string | Uint8Array | undefined
}

/** What was done so far, a line for each file or directory. Where it is, a run was killed in the middle. */
const JOURNAL = 'journal'

/** What no run reaches: a line takes some 200 bytes, and a plugin from elsewhere has a few thousand files. */
const MAX_JOURNAL_BYTES = 16 * 1024 * 1024

/** A line of the journal, written to the disk before what it tells of is done. */
type Step = /** A directory. */ { made: string } | FileStep

interface FileStep {
  file: string
  /** Where the old content waits; null: there was no file. */
  old: string | null
  /** What it holds afterwards; null: it is gone. */
  digest: string | null
}

/**
 * Gives `work` a way to change files of which all changes stay, or none: where it throws, they are undone, and where the
 * process is killed, the next call of `undoInterrupted` undoes them.
 * @param root absolute path of the repository, with its symbolic links resolved
 */
export async function withTransaction<T>(
  root: string,
  work: (apply: (changes: readonly Change[]) => void) => Promise<T>,
): Promise<T> {
  await undoInterrupted(root)
  const staging = clearStaging(root)
  makeStaging(staging)
  let count = 0
  const apply = (changes: readonly Change[]): void => {
    count = applyChanges({ root, staging }, changes, count)
  }
  // Returns what could not be undone, as a clause.
  const undoAll = (): string | undefined => {
    const left = undo(root, staging)
    return left.length > 0 ? `not undone: ${left.join(', ')}: restore what git shows as changed` : undefined
  }
  const forget = onInterrupt(() => undoAll() ?? (count > 0 ? 'the files are as they were' : undefined))
  let result: T
  try {
    result = await work(apply)
  } catch (error) {
    const failure = undoAll()
    if (failure !== undefined) throw new Error(`${messageOf(error)}; ${failure}`, { cause: error })
    throw error
  } finally {
    forget()
  }
  // From here on everything stays.
  endTransaction(staging)
  return result
}

/**
 * Undoes what a killed run has left half done.
 * @returns whether there was such a thing
 * @throws where a file changed meanwhile, with its name, and where somebody committed what looks like a killed run
 */
export async function undoInterrupted(root: string): Promise<boolean> {
  if (!isInterrupted(root)) return false
  if (await isCommitted(root))
    throw new Error(
      `${STAGING} is under version control, where no run leaves it, and nothing of what it says was done: remove it (\`git rm -r ${STAGING}\`)`,
    )
  if (statSync(join(root, STAGING, JOURNAL)).size > MAX_JOURNAL_BYTES)
    throw new Error(
      `${STAGING}/${JOURNAL} is larger than any that a run writes, and nothing of what it says was done: restore what git shows as changed, then remove ${STAGING}`,
    )
  const left = undo(root, join(root, STAGING))
  if (left.length > 0)
    throw new Error(
      `an earlier run was killed, and of what it did ${left.join(', ')} changed since: restore it with git, then remove ${STAGING}`,
    )
  return true
}

/** Whether git knows it: then it is content, and its journal may say whatever the one who committed it likes. */
async function isCommitted(root: string): Promise<boolean> {
  try {
    return (await git(root, ['ls-files', '-z', '--', `:(icase)${STAGING}`])) !== ''
  } catch (error) {
    // Without git, what the journal names is still held to the repository.
    if (error instanceof CommandError) return false
    throw error
  }
}

/** Whether a run was killed in the middle of a transaction. */
export function isInterrupted(root: string): boolean {
  const staging = join(root, STAGING)
  return (
    lstatSync(staging, { throwIfNoEntry: false })?.isDirectory() === true &&
    isFile(join(staging, JOURNAL)) &&
    isText(join(staging, IGNORE), EVERYTHING)
  )
}

/** The repository, and the directory in it that holds what a transaction needs to be undone. */
interface Places {
  root: string
  staging: string
}

function applyChanges({ root, staging }: Places, changes: readonly Change[], from: number): number {
  let count = from
  const steps: (FileStep & { path: string; fresh: string | undefined })[] = []
  const directories = new Set<string>()
  for (const { file, after } of changes) {
    const path = targetOf(root, file)
    const old = readBytes(path)
    const content = after === undefined ? undefined : Buffer.from(after)
    if (old === undefined ? content === undefined : content !== undefined && old.equals(content)) continue
    const name = String(count++)
    steps.push({
      file,
      path,
      old: old === undefined ? null : writeFlushed(join(staging, `${name}.old`), old, modeOf(path)),
      fresh:
        content === undefined ? undefined : writeFlushed(join(staging, `${name}.new`), content, modeOf(path)),
      digest: digestOf(content),
    })
    for (let directory = dirname(path); !existsSync(directory); directory = dirname(directory))
      directories.add(directory)
  }
  const made = [...directories].sort()
  const journal: Step[] = [
    ...made.map((directory) => ({ made: relative(root, directory).split(sep).join('/') })),
    ...steps.map(({ file, old, digest }) => ({ file, old, digest })),
  ]
  appendFileSync(join(staging, JOURNAL), journal.map((step) => `${JSON.stringify(step)}\n`).join(''))
  flushFile(join(staging, JOURNAL))
  // Before anything is replaced, what undoes it is on the disk, names and all.
  flushDirectory(staging)
  flushDirectory(root)
  for (const directory of made) mkdirSync(directory, { recursive: true })
  for (const { path, fresh } of steps) {
    if (fresh !== undefined) renameSync(join(staging, fresh), path)
    else {
      rmSync(path)
      removeEmpty(root, dirname(path))
    }
  }
  flushDirectories(root, [...made, ...steps.map(({ path }) => path)])
  return count
}

/** @returns what could not be put back, since it is nothing that it was or became in the transaction */
function undo(root: string, staging: string): string[] {
  const lines = (readText(join(staging, JOURNAL)) ?? '').split('\n')
  const steps = lines.flatMap((line) => stepOf(line) ?? [])
  const made = steps.flatMap((step) => ('made' in step ? step.made : [])).reverse()
  const files = new Map<string, FileStep[]>()
  for (const step of steps) if ('file' in step) files.set(step.file, [...(files.get(step.file) ?? []), step])
  const left: string[] = []
  for (const [file, changes] of files) {
    try {
      if (!putBack({ root, staging }, file, changes)) left.push(file)
    } catch (error) {
      left.push(`${file} (${messageOf(error)})`)
    }
  }
  if (left.length > 0) return left
  for (const directory of made) {
    try {
      rmdirSync(targetOf(root, directory))
    } catch {
      // It was never made, holds something now, or is not in the repository.
    }
  }
  flushDirectories(
    root,
    [...files.keys(), ...made].map((path) => join(root, path)),
  )
  endTransaction(staging)
  return []
}

/** Ends a transaction: without its journal, nothing is undone any more. */
function endTransaction(staging: string): void {
  rmSync(join(staging, JOURNAL), { force: true })
  flushDirectory(staging)
  removeStaging(staging)
}

/** Writes the directories of paths to the disk, or the nearest ones that are left of them in the repository. */
function flushDirectories(root: string, paths: readonly string[]): void {
  const directories = new Set<string>()
  for (const path of paths) {
    let directory = dirname(path)
    while (directory !== root && !existsSync(directory)) directory = dirname(directory)
    // A forged journal may name any path.
    if (isInside(root, realpathSync(directory))) directories.add(directory)
  }
  for (const directory of directories) flushDirectory(directory)
}

/** Gives a file the content that it had before its first change; a person's change is never overwritten. */
function putBack({ root, staging }: Places, file: string, changes: readonly FileStep[]): boolean {
  const old = changes[0]?.old ?? null
  // First of all: the journal may be a file that somebody committed, and name any path.
  const path = targetOf(root, file)
  if (old === null && !existsSync(path)) return true
  // It is read through no link, which may lead to any file of the machine.
  for (const each of changes)
    if (each.old !== null && !isFile(join(staging, each.old)))
      throw new Error(`${STAGING}/${each.old} is not a file`)
  // Directories that went with their last file come back.
  mkdirSync(dirname(path), { recursive: true })
  const now = digestOf(readBytes(path))
  if (now === digestOf(old === null ? undefined : readBytes(join(staging, old)))) return true
  const known = changes.flatMap((each) => [
    each.digest,
    each.old === null ? null : digestOf(readBytes(join(staging, each.old))),
  ])
  if (!known.includes(now)) return false
  if (old === null) rmSync(path)
  else writeOver(staging, old, path)
  return true
}

/** A killed undoing is done once more: the old content stays until the journal is gone. */
function writeOver(staging: string, old: string, path: string): void {
  const again = `${old.replace(/\.old$/, '')}.new`
  rmSync(join(staging, again), { force: true })
  writeFlushed(join(staging, again), readFileSync(join(staging, old)), modeOf(join(staging, old)))
  renameSync(join(staging, again), path)
}

/** A line that was cut is of something that was not done. */
function stepOf(line: string): Step | undefined {
  try {
    const step = JSON.parse(line) as Partial<Record<'made' | 'file' | 'old' | 'digest', unknown>>
    if (typeof step.made === 'string') return { made: step.made }
    if (typeof step.file !== 'string') return undefined
    const { old, digest } = step
    // A name of ours and no path.
    if (old !== null && !(typeof old === 'string' && /^\d+\.old$/.test(old))) return undefined
    return { file: step.file, old, digest: typeof digest === 'string' ? digest : null }
  } catch {
    return undefined
  }
}

/** Where a file is written: a path whose directory really lies in the repository, and no link. */
function targetOf(root: string, file: string): string {
  const path = join(root, file)
  let existing = dirname(path)
  while (!existsSync(existing)) existing = dirname(existing)
  const directory = join(realpathSync(existing), relative(existing, dirname(path)))
  if (!isInside(root, directory)) throw new Error(`${file} lies behind a symbolic link out of the repository`)
  const way = relative(root, path)
  if (way.split(sep).includes('..') || isInGit(way) || isInGit(relative(root, directory)))
    throw new Error(`${file} leads where nothing is written`)
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(`${file} is a symbolic link, and what it leads to is not changed`)
  return join(directory, basename(path))
}

function removeEmpty(root: string, from: string): void {
  for (
    let directory = from;
    directory !== root && isInside(root, directory);
    directory = dirname(directory)
  ) {
    if (readdirSync(directory).length > 0) return
    rmdirSync(directory)
  }
}

function flushFile(path: string): void {
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function modeOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.mode
}

/** Writes a file that is on the disk when this returns. @returns its name without the directory */
function writeFlushed(path: string, content: Uint8Array, mode: number | undefined): string {
  writeNew(path, content, mode)
  return basename(path)
}

function readBytes(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined
}

function readText(path: string): string | undefined {
  return readBytes(path)?.toString('utf8')
}

function digestOf(content: Uint8Array | undefined): string | null {
  if (content === undefined) return null
  return createHash('sha256').update(content).digest('hex')
}
