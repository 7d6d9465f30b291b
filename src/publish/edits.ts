import { createHash } from 'node:crypto'
import { ownValue, stringAt } from '../formats/json.js'

/** What a commit does to one file. Paths are those of the git repository, with forward slashes. */
export type FileChange =
  | { path: string; /** The id of the file's new content. */ oid: string; /** In base64. */ contents: string }
  | { path: string; /** The file goes. */ oid: undefined }

/** The changes as the mutation createCommitOnBranch takes them. */
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

/** What a commit changes, in one value: two commits with the same one leave the same files behind. */
export function checksum(files: readonly { path: string; oid: string | undefined }[]): string {
  const lines = files.map(({ path, oid }) => `${oid ?? 'deleted'} ${path}\n`).sort()
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** The line of a commit's message by which the commits of this action are known. */
const TRAILER = 'Tailchat-Plugins-Files'

/**
 * The message of a commit of the pull request's branch. Its trailer is the checksum of what the commit changes: a
 * commit that somebody amended or made by hand has another one, or none.
 */
export function markedMessage(message: string, files: readonly FileChange[]): string {
  return `${message}\n\n${TRAILER}: ${checksum(files)}`
}

/**
 * What the comparison of two commits (`compare` in the REST API) says about the branch of the pull request.
 * @returns `mine`: the checksum of what its only commit changes, where this action made it; empty where there is no
 *   commit. `undefined`: there is a commit that somebody else made, of whom `other` tells
 */
export function ownerOf(comparison: unknown): { mine: string } | { mine: undefined; other: string } {
  const commits = listAt(comparison, 'commits')
  const last = commits.at(-1)
  if (last === undefined) return { mine: '' }
  const message = stringAt(last, 'commit', 'message') ?? ''
  const stated = new RegExp(`^${TRAILER}: ([0-9a-f]{64})$`, 'm').exec(message)?.[1]
  if (commits.length === 1 && stated === checksum(comparedFiles(comparison))) return { mine: stated }
  const name = stringAt(last, 'commit', 'author', 'name') ?? 'somebody'
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
