import { createHash } from 'node:crypto'
import { ownValue, stringAt } from '../formats/json.js'

/** A change of one file in a commit. Paths are relative to the git repository, with forward slashes. */
export type FileChange =
  | { path: string; /** The id of the file's new content. */ oid: string; /** In base64. */ contents: string }
  | { path: string; /** The file is deleted. */ oid: undefined }

/** Returns the changes in the form that the mutation createCommitOnBranch takes. */
export function fileChanges(files: readonly FileChange[]): {
  additions: { path: string; contents: string }[]
  deletions: { path: string }[]
} {
  return {
    additions: files.flatMap((file) =>
      file.oid === undefined ? [] : [{ path: file.path, contents: file.contents }],
    ),
    deletions: files.flatMap((file) => (file.oid === undefined ? [{ path: file.path }] : [])),
  }
}

/** Returns a hash over the changes of a commit: two commits with the same hash leave the same files behind. */
export function checksum(files: readonly { path: string; oid: string | undefined }[]): string {
  const lines = files.map(({ path, oid }) => `${oid ?? 'deleted'} ${path}\n`).sort()
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** The trailer that marks the commits of this action. */
const TRAILER = 'Tailchat-Plugins-Files'

/**
 * Returns the message of a commit on the pull request's branch. Its trailer is the checksum of the commit's changes, so
 * an amended or handmade commit has a wrong one, or none.
 */
export function markedMessage(message: string, files: readonly FileChange[]): string {
  return `${message}\n\n${TRAILER}: ${checksum(files)}`
}

/**
 * Tells from a comparison of two commits (`compare` in the REST API) who made the commits of the pull request's branch.
 * @returns `mine`: the checksum of the only commit's changes, where this action made it; empty where there is no
 *   commit. `undefined`: there is a commit of someone else, described by `other`
 */
export function ownerOf(comparison: unknown): { mine: string } | { mine: undefined; other: string } {
  const commits = listAt(comparison, 'commits')
  const last = commits.at(-1)
  if (last === undefined) return { mine: '' }
  const message = stringAt(last, 'commit', 'message') ?? ''
  const stated = new RegExp(`^${TRAILER}: ([0-9a-f]{64})$`, 'm').exec(message)?.[1]
  if (commits.length === 1 && stated === checksum(comparedFiles(comparison))) return { mine: stated }
  const name = stringAt(last, 'commit', 'author', 'name') ?? 'unknown'
  return { mine: undefined, other: `${(stringAt(last, 'sha') ?? '').slice(0, 12)} by ${name}` }
}

function comparedFiles(comparison: unknown): { path: string; oid: string | undefined }[] {
  return listAt(comparison, 'files').flatMap((file) => {
    const path = stringAt(file, 'filename') ?? ''
    const status = stringAt(file, 'status')
    const previous = stringAt(file, 'previous_filename')
    if (status === 'removed') return [{ path, oid: undefined }]
    const change = { path, oid: stringAt(file, 'sha') }
    return status === 'renamed' && previous !== undefined
      ? [change, { path: previous, oid: undefined }]
      : [change]
  })
}

function listAt(value: unknown, key: string): unknown[] {
  const list = ownValue(value, key)
  return Array.isArray(list) ? (list as unknown[]) : []
}
