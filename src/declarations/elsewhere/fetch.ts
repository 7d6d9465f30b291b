import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, isAbsolute, relative, resolve, sep } from 'node:path'
import { isInGit, isInside } from '../../lib/files.js'
import { messageOf } from '../../lib/wording.js'
import { commitOfRef, type GitAccess, listRefs, withCommit } from './git-source.js'
import type { LockedPlugin } from './lock-schema.js'
import { fetchPackage, integrityOf, type PackageVersion, resolvePackage } from './npm-source.js'
import { MAX_ARCHIVE_BYTES, readArchive, readFolder, type Snapshot } from './snapshot.js'
import { nameOfSource, parseSource, requestOf, type Source, withRequest } from './source.js'

/** What exactly a source gives now: the part of a lock's entry that says so. */
export type Resolved = Pick<LockedPlugin, 'source' | 'ref' | 'commit' | 'version' | 'integrity'>

/** What is needed to look at sources. */
export interface Access extends GitAccess {
  /** The repository's root: paths in the lock are relative to it. */
  root: string
}

/**
 * Finds out what a source gives, fetches it, and hands it to `work`.
 * @throws with what to do when it can't be fetched
 */
export async function withSource<T>(
  source: Source,
  access: Access,
  work: (snapshot: Snapshot, resolved: Resolved) => Promise<T>,
): Promise<T> {
  const request = requestOf(source)
  const head = { source: nameOfSource(source), ...(request !== undefined && { ref: request }) }
  if (source.kind === 'git') {
    const refs = await listRefs(source.url, access)
    const commit = commitOfRef(refs, source.ref, source.name)
    return withCommit({ url: source.url, commit }, access, (snapshot) => work(snapshot, { ...head, commit }))
  }
  if (source.kind === 'npm') {
    const found = await resolvePackage(source.name, source.range)
    return withPackage(source.name, found, (snapshot) =>
      work(snapshot, { ...head, version: found.version, integrity: found.integrity }),
    )
  }
  const path = resolve(access.root, localPath(source))
  if (!existsSync(path)) throw new Error(`${localPath(source)} does not exist`)
  requireReadable(localPath(source), path, access)
  // An absolute path is of one machine only.
  const portable = isAbsolute(localPath(source)) ? relative(access.root, path) : localPath(source)
  const name = portable.split(sep).join('/')
  const local = { source: /^\.{0,2}\//.test(name) || name.startsWith('..') ? name : `./${name}` }
  if (source.kind === 'folder') {
    if (!statSync(path).isDirectory()) throw new Error(`${source.directory} is not a folder`)
    return work(readFolder(realpathSync(path)), local)
  }
  const { bytes, integrity } = readLocalArchive(path, source.file)
  return work(await unpack(bytes, source.file, false), { ...local, integrity })
}

/**
 * The lock and its links are content of the repository, so in a workflow they can't name anything outside of it. Git's
 * directory may contain a token, and is never the source of a plugin.
 */
function requireReadable(name: string, path: string, { root, isTerminal }: Access): void {
  const [top, real] = [realpathSync(root), realpathSync(path)]
  if (!isInside(top, real) && (!isTerminal || isInside(root, path)))
    throw new Error(`${name} leads out of the repository, and only a run in a terminal may read from there`)
  if (isInGit(relative(top, real))) throw new Error(`${name} leads into a .git directory`)
}

function localPath(source: Extract<Source, { kind: 'folder' | 'archive' }>): string {
  return source.kind === 'folder' ? source.directory : source.file
}

function readLocalArchive(path: string, name: string): { bytes: Buffer; integrity: string } {
  const stat = statSync(path)
  // A device has no end.
  if (!stat.isFile()) throw new Error(`${name} is not a regular file`)
  const { size } = stat
  if (size > MAX_ARCHIVE_BYTES)
    throw new Error(`${name} has ${size} bytes: more than the ${MAX_ARCHIVE_BYTES} that are read`)
  const bytes = readFileSync(path)
  return { bytes, integrity: integrityOf(bytes) }
}

async function withPackage<T>(
  name: string,
  version: PackageVersion,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  return work(await unpack(await fetchPackage(name, version), `${name}@${version.version}`, true))
}

async function unpack(bytes: Buffer, name: string, strip: boolean): Promise<Snapshot> {
  try {
    return await readArchive(bytes, { strip })
  } catch (error) {
    throw new Error(`${basename(name)}: ${messageOf(error)}`, { cause: error })
  }
}

/** Returns the source of an entry of the lock. */
export function sourceOf({ source, ref, directories }: LockedPlugin): Source {
  const paths = Object.values(directories)
  const parsed = withRequest(parseSource(source), ref)
  return { ...parsed, path: paths.length === 1 ? (paths[0] ?? '') : '' }
}

/**
 * Fetches what an entry of the lock was made from once more, for a merge.
 * @throws where it is no longer available
 */
export async function withLocked<T>(
  locked: LockedPlugin,
  access: Access,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const source = sourceOf(locked)
  if (source.kind === 'git' && locked.commit !== undefined)
    return withCommit({ url: source.url, commit: locked.commit }, access, work)
  if (source.kind === 'npm' && locked.version !== undefined) {
    const found = await resolvePackage(source.name, locked.version)
    if (found.integrity !== locked.integrity)
      throw new Error(`${source.name}@${found.version} is not the archive in the lock: its digest differs`)
    return withPackage(source.name, found, work)
  }
  throw new Error(`${locked.source} has no older versions to merge from`)
}

/** What a source would give, without fetching it. */
export interface Newest {
  /** With the ref or range that leads to it. */
  source: Source
  /** As a person reads it: a tag, a version, or the first digits of a commit. */
  label: string
  commit?: string
  version?: string
  /** Set where the locked tag now leads to another commit. */
  moved?: { tag: string; commit: string }
}

/**
 * Finds the newest version that an entry of the lock may be updated to: of a tag such as `v1.2.0` the highest one of its
 * kind, of a branch its head, of npm the newest in the range. A whole commit stays.
 * @returns `undefined` for a folder or an archive, which only reading tells
 */
export async function newestOf(locked: LockedPlugin, access: Access): Promise<Newest | undefined> {
  const source = sourceOf(locked)
  if (source.kind === 'npm') {
    const { version } = await resolvePackage(source.name, source.range)
    return { source, label: version, version }
  }
  if (source.kind !== 'git') return undefined
  const refs = await listRefs(source.url, access)
  const { ref } = source
  const now = ref === undefined ? undefined : refs.tags.get(ref)
  const moved =
    now !== undefined && now !== locked.commit && ref !== undefined ? { tag: ref, commit: now } : undefined
  const tag = ref === undefined ? undefined : await highestTag(ref, [...refs.tags.keys()])
  const wanted = now !== undefined && tag !== undefined ? tag : ref
  const commit = commitOfRef(refs, wanted, source.name)
  const label = now === undefined ? commit.slice(0, 12) : (wanted ?? commit.slice(0, 12))
  return { source: { ...source, ref: wanted }, label, commit, ...(moved && { moved }) }
}

/** The highest version among the tags that are named like this one; one for a test only after one for a test. */
async function highestTag(tag: string, tags: readonly string[]): Promise<string | undefined> {
  const { default: semver } = await import('semver')
  const parse = (text: string): InstanceType<typeof semver.SemVer> | null =>
    semver.parse(/^\d+\.\d+$/.test(text) ? `${text}.0` : text)
  const start = [...tag.matchAll(/\d+/g)].find(({ index }) => parse(tag.slice(index)))?.index
  const current = start === undefined ? null : parse(tag.slice(start))
  if (!current) return undefined
  const prefix = tag.slice(0, start)
  let best = { tag, version: current }
  for (const each of tags) {
    if (!each.startsWith(prefix)) continue
    const found = parse(each.slice(prefix.length))
    if (!found || (found.prerelease.length > 0 && current.prerelease.length === 0)) continue
    if (found.compare(best.version) > 0) best = { tag: each, version: found }
  }
  return best.tag
}
