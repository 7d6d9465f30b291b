import { randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { FileEdit } from '../sync/plan.js'
import { isInside } from '../workspace/files.js'

/**
 * Writes the edits into the working tree: each file is replaced whole (written beside, flushed, renamed, its mode
 * kept), and all of them or none: when one can't be written, those done are put back.
 * @param root absolute path of the repository, with its symbolic links resolved
 * @throws when a file can't be replaced, or changed since the edits were computed
 */
export function applyEditsToDisk(root: string, edits: readonly FileEdit[]): void {
  const done: { path: string; before: string | undefined; mode: number | undefined }[] = []
  try {
    for (const { file, before, after } of edits) {
      const path = targetOf(root, file)
      if (textOf(path) !== before) throw new Error(`${file} changed while it was being worked on: run again`)
      const mode = modeOf(path)
      setFile(path, after, mode)
      done.push({ path, before, mode })
    }
  } catch (error) {
    for (const { path, before, mode } of done.reverse()) setFile(path, before, mode)
    throw error
  }
}

/** A link inside the repository is written through to its target; one that leaves it is refused. */
function targetOf(root: string, file: string): string {
  const path = join(root, file)
  const target = existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path))
  if (!isInside(root, target)) throw new Error(`${file} is a symbolic link out of the repository`)
  return target
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function modeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mode
}

/** Gives the file this text and, where it is known, this mode; without a text it is removed. */
function setFile(path: string, text: string | undefined, mode: number | undefined): void {
  if (text === undefined) rmSync(path)
  else replaceFile(path, text, mode)
}

function replaceFile(path: string, text: string, mode: number | undefined): void {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    const descriptor = openSync(beside, 'wx')
    try {
      writeFileSync(descriptor, text)
      if (mode !== undefined) fchmodSync(descriptor, mode)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
