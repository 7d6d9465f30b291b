import {
  closeSync,
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
  const done: { path: string; before: string }[] = []
  try {
    for (const edit of edits) {
      const path = targetOf(root, edit.file)
      if (readFileSync(path, 'utf8') !== edit.before)
        throw new Error(`${edit.file} changed while it was being worked on: run again`)
      replaceFile(path, edit.after)
      done.push({ path, before: edit.before })
    }
  } catch (error) {
    for (const { path, before } of done.reverse()) replaceFile(path, before)
    throw error
  }
}

/** A link inside the repository is written through to its target; one that leaves it is refused. */
function targetOf(root: string, file: string): string {
  const target = realpathSync(join(root, file))
  if (!isInside(root, target)) throw new Error(`${file} is a symbolic link out of the repository`)
  return target
}

function replaceFile(path: string, text: string): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    const descriptor = openSync(beside, 'wx')
    try {
      writeFileSync(descriptor, text)
      fchmodSync(descriptor, statSync(path).mode)
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
