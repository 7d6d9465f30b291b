import { lstatSync, readFileSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { errorCode } from '../../lib/files.js'
import { messageOf } from '../../lib/wording.js'
import { LIMITS, walkPlugin } from './tree.js'

/** What a source holds, before anything of it is chosen. Everything in it is untrusted. */
export interface Snapshot {
  /** The size of each file, by its path. */
  files: ReadonlyMap<string, number>
  /** Everything but regular files, by its path: `symbolic link`, `submodule`. */
  others: ReadonlyMap<string, string>
  /** Reads files; each of them is one of `files`. */
  read: (paths: readonly string[]) => Promise<Map<string, Buffer>>
}

/** A fork of all of Tailchat has 6,000 files; unpacked it takes 60 MB. */
const MAX_ENTRIES = 50_000
/** A plugin in an archive comes without the rest of Tailchat. */
const MAX_ARCHIVE_ENTRIES = 5000
export const MAX_ARCHIVE_BYTES = 64 * 1024 * 1024
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024

/** Throws where there are more entries than are looked at. */
export function countEntries(count: number): void {
  if (count > MAX_ENTRIES) throw new Error(`it contains more than ${MAX_ENTRIES} files`)
}

/**
 * Reads a .tar or .tar.gz in memory: nothing is written, so that no path and no link of it leads anywhere.
 * @param strip whether the first directory of each path is left out, as npm has it
 * @throws where it is not such an archive, or exceeds a limit
 */
export async function readArchive(bytes: Buffer, { strip }: { strip: boolean }): Promise<Snapshot> {
  if (bytes.length > MAX_ARCHIVE_BYTES)
    throw new Error(`the archive is larger than the limit of ${MAX_ARCHIVE_BYTES} bytes`)
  const { unpackTar } = await import('modern-tar')
  const tar = await unpacked(bytes)
  const files = new Map<string, Buffer>()
  const others = new Map<string, string>()
  let entries: Awaited<ReturnType<typeof unpackTar>>
  try {
    let count = 0
    const filter = (): boolean => ++count <= MAX_ARCHIVE_ENTRIES
    entries = await unpackTar(tar, { strict: true, filter })
    if (count > MAX_ARCHIVE_ENTRIES) throw new Error(`it contains more than ${MAX_ARCHIVE_ENTRIES} files`)
  } catch (error) {
    throw new Error(`it can't be read as a tar archive (${messageOf(error)})`, { cause: error })
  }
  if (entries.length === 0) throw new Error('the archive is empty, or not a tar archive')
  const common = strip || haveOneDirectory(entries.map(({ header }) => header.name))
  for (const { header, data } of entries) {
    const { type = 'file', name } = header
    if (type === 'directory' || type === 'pax-global-header') continue
    const whole = name.replace(/^(?:\.\/)+/, '')
    const path = common ? whole.slice(whole.indexOf('/') + 1) : whole
    // npm's own reader drops everything but files; here it is refused by name.
    if (type === 'file') {
      if (files.has(path)) throw new Error(`the archive contains ${JSON.stringify(path)} twice`)
      files.set(path, Buffer.from(data ?? []))
    } else
      others.set(path, type === 'symlink' ? 'symbolic link' : type === 'link' ? 'hard link' : 'special file')
  }
  return inMemory(files, others)
}

async function unpacked(bytes: Buffer): Promise<Buffer> {
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return bytes
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MAX_UNPACKED_BYTES })
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE')
      throw new Error(`the unpacked archive is larger than the limit of ${MAX_UNPACKED_BYTES} bytes`, {
        cause: error,
      })
    throw new Error(`it can't be read as a gzip archive (${messageOf(error)})`, { cause: error })
  }
}

/** As `git archive --prefix`, GitHub and npm make them. */
function haveOneDirectory(names: readonly string[]): boolean {
  const first = new Set(
    names
      .map((name) => name.replace(/^(?:\.\/)+/, ''))
      .filter(Boolean)
      .map((name) => name.split('/')[0]),
  )
  return first.size === 1 && names.every((name) => name.includes('/'))
}

function inMemory(files: ReadonlyMap<string, Buffer>, others: ReadonlyMap<string, string>): Snapshot {
  return {
    files: new Map([...files].map(([path, { length }]) => [path, length])),
    others,
    read: (paths) =>
      Promise.resolve(new Map(paths.map((path) => [path, files.get(path) ?? Buffer.alloc(0)]))),
  }
}

function kindOf(stat: Stats): string {
  if (stat.isSymbolicLink()) return 'symbolic link'
  return stat.isDirectory() ? 'directory below more than 20 others' : 'special file'
}

/** Reads a folder of this machine; links are named and not followed. */
export function readFolder(folder: string): Snapshot {
  const files = new Map<string, number>()
  const others = new Map<string, string>()
  walkPlugin(folder, '', (path, stat) => {
    if (stat.isFile()) files.set(path, stat.size)
    else others.set(path, kindOf(stat))
    countEntries(files.size + others.size)
  })
  return {
    files,
    others,
    read: (paths) =>
      Promise.resolve(
        new Map(
          paths.map((path) => {
            const stat = lstatSync(join(folder, path))
            if (!stat.isFile() || stat.size > LIMITS.fileBytes)
              throw new Error(`${path} changed while it was read`)
            return [path, readFileSync(join(folder, path))]
          }),
        ),
      ),
  }
}
