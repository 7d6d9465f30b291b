import { CommandError, runCommand } from './command.js'

/** The commit that is checked out. */
export interface Commit {
  sha: string
  /** When it was committed, ISO 8601. */
  time: string
  /** The same in seconds since 1970. */
  epochSeconds: number
  /** The https url of the repository it was cloned from, without credentials; `undefined` when there is none. */
  url: string | undefined
}

const GIT_SECONDS = 30

function git(root: string, ...args: string[]): Promise<string> {
  // The runner's checkout may belong to another user than the one this runs as.
  return runCommand('git', ['-c', 'safe.directory=*', '-C', root, ...args], { timeoutSeconds: GIT_SECONDS })
}

/** Reads the checked-out commit of the repository at `root`; `undefined` outside a git repository. */
export async function readCommit(root: string): Promise<Commit | undefined> {
  try {
    const log = await git(root, 'log', '-1', '--format=%H%n%cI%n%ct')
    const [sha = '', time = '', epoch = ''] = log.split('\n')
    const remote = await git(root, 'config', '--get', 'remote.origin.url').catch(() => '')
    return { sha, time, epochSeconds: Number(epoch), url: publicUrl(remote) }
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/** The number of the pull request that is checked out, as actions/checkout does it with `ref: refs/pull/N/…`. */
export async function checkedOutPullRequest(root: string): Promise<string | undefined> {
  try {
    const refs = await git(
      root,
      'for-each-ref',
      '--points-at=HEAD',
      '--format=%(refname)',
      'refs/remotes/pull',
    )
    return /^refs\/remotes\/pull\/(\d+)\//m.exec(refs)?.[1]
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/** A commit and its parents, in order; in a shallow clone it may have fewer than it was made with. */
export async function commitsOf(root: string, commit: string): Promise<string[]> {
  return (await git(root, 'rev-list', '--parents', '--max-count=1', commit)).split(' ')
}

/** The newest commit that two commits have in common; `undefined` where this clone has none, or not both. */
export async function mergeBase(root: string, one: string, other: string): Promise<string | undefined> {
  try {
    return await git(root, 'merge-base', one, other)
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/** Whether older commits were left out when it was cloned. */
export async function isShallow(root: string): Promise<boolean> {
  return (await git(root, 'rev-parse', '--is-shallow-repository').catch(() => '')) === 'true'
}

/** The files below `root` that differ from the commit, or are not part of it and not ignored either. */
export async function changedFiles(root: string): Promise<string[]> {
  const status = await git(root, 'status', '--porcelain', '-z', '--no-renames', '--', '.')
  // Two letters and a space stand before each path.
  return status
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice(3))
}

/** A remote's address as a link that anybody may see; a local path is nobody's business. */
export function publicUrl(remote: string): string | undefined {
  const scp = /^(?:[^@/]+@)?([^:/]+\.[^:/]+):(?!\/)(.+?)(?:\.git)?$/.exec(remote)
  if (scp) return `https://${scp[1]}/${scp[2]}`
  // A password may hold an @ of its own, and a query may hold a token.
  const url = /^(?:https?|ssh|git):\/\/(?:[^/]*@)?([^/@]+)\/([^?#]+?)(?:\.git)?\/?(?:[?#].*)?$/.exec(remote)
  return url ? `https://${url[1]?.replace(/:\d+$/, '')}/${url[2]}` : undefined
}

/** What differs between a commit and the working tree, or why that can't be told. */
export type Difference = { paths: string[] } | { unknown: string }

/**
 * The files below `root` that differ from a commit, those that git does not know yet included; relative to `root`.
 * @param revision what an image says it was built from; untrusted
 */
export async function differenceFrom(root: string, revision: string): Promise<Difference> {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision))
    return { unknown: `${JSON.stringify(revision)} is not the id of a commit` }
  try {
    await git(root, 'cat-file', '-e', `${revision}^{commit}`)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    return {
      unknown: (await isShallow(root))
        ? `commit ${revision} is not in this shallow clone: check out with \`fetch-depth: 0\``
        : `commit ${revision} is not in this repository`,
    }
  }
  const changed = await git(
    root,
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    '--relative',
    revision,
    '--',
  )
  const added = await git(root, 'ls-files', '-z', '--others', '--exclude-standard')
  const paths = `${changed}\0${added}`.split('\0').filter((path) => path !== '')
  return { paths: [...new Set(paths)].sort() }
}

/** The text that a file below `root` has in a commit, without its last newline; `undefined` when it is not there. */
export async function textInCommit(
  root: string,
  revision: string,
  path: string,
): Promise<string | undefined> {
  try {
    return await git(root, 'show', `${revision}:./${path}`)
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}
