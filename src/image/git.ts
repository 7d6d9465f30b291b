import { CommandError, runCommand } from '../command.js'

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

/** A remote's address as a link that anybody may see; a local path is nobody's business. */
export function publicUrl(remote: string): string | undefined {
  const scp = /^(?:[^@/]+@)?([^:/]+\.[^:/]+):(?!\/)(.+?)(?:\.git)?$/.exec(remote)
  if (scp) return `https://${scp[1]}/${scp[2]}`
  // A password may hold an @ of its own, and a query may hold a token.
  const url = /^(?:https?|ssh|git):\/\/(?:[^/]*@)?([^/@]+)\/([^?#]+?)(?:\.git)?\/?(?:[?#].*)?$/.exec(remote)
  return url ? `https://${url[1]?.replace(/:\d+$/, '')}/${url[2]}` : undefined
}
