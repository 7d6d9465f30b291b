import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Event, ProposedChange } from '../inputs/event.js'
import { CommandError } from '../lib/command.js'
import { commitsOf, git, isShallow, mergeBase, readCommit } from '../lib/git.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { messageOf } from '../lib/wording.js'

/** As large as a file of a plugin is read (lib/files.ts). */
const MAX_BYTES = 4 * 1024 * 1024

/** What the reading of a plugin looks into; bundles, images and documents are not among it, unless asked for by name. */
const READ = /\.(?:[cm]?[jt]sx?|json|ya?ml)$/

/**
 * The commit that a pull request is compared with: where its branch left the base branch, so that what the base gained
 * since is no difference. Only what is in the checkout is asked; nothing is fetched.
 */
export async function baseOfPullRequest(
  root: string,
  event: Event,
  { number, baseSha }: ProposedChange,
): Promise<{ commit: string } | { unknown: string }> {
  const head = (await readCommit(root))?.sha
  if (head === undefined) return { unknown: 'there is no git checkout' }
  // What GitHub runs a pull request on is a merge that it made: its first parent is the base branch.
  if (head === event.sha && event.ref === `refs/pull/${number}/merge`) {
    const [, base, topic] = await commitsOf(root, head)
    return base !== undefined && topic !== undefined
      ? { commit: base }
      : { unknown: 'the base commit is not in this shallow clone: check out with `fetch-depth: 2`' }
  }
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(baseSha))
    return { unknown: 'the event does not name the base commit' }
  const base = await mergeBase(root, head, baseSha)
  if (base === undefined)
    return {
      unknown: (await isShallow(root))
        ? `what ${baseSha} has in common with the checked-out commit is not in this shallow clone: check out with \`fetch-depth: 0\``
        : `${baseSha} has nothing in common with the checked-out commit`,
    }
  if (base === head)
    return {
      unknown: 'what is checked out is part of the base branch, and not what the pull request changes',
    }
  return { commit: base }
}

/** A part of a repository as it was, in a directory of its own. */
export interface BaseTree {
  directory: string
  /** Files that are not in `directory`, though they are of that commit, each with why. */
  left: { path: string; reason: string }[]
}

/**
 * Gives `work` files of a commit. They are written by git itself, which takes no path that leads out of the directory;
 * symbolic links are left out. The working tree and the index stay as they are.
 * @param roots directories and files, relative to `root`
 * @param isWanted by its path relative to `root`
 * @throws {CommandError} when git can't give them
 */
export async function withBaseTree<T>(
  root: string,
  commit: string,
  roots: readonly string[],
  isWanted: (path: string) => boolean,
  work: (tree: BaseTree) => Promise<T>,
): Promise<T> {
  return withTemporaryDirectory(async (temporary) => {
    const directory = join(temporary, 'tree')
    mkdirSync(directory)
    const apart = {
      cwd: directory,
      workTree: directory,
      env: { GIT_INDEX_FILE: join(temporary, 'index') },
    }
    const list = await git(root, ['ls-tree', '-r', '-l', '-z', commit, '--', ...roots])
    const left: BaseTree['left'] = []
    const taken: string[] = []
    for (const { mode, object, size, path } of entriesOf(list)) {
      if (!isWanted(path)) continue
      // git writes none of these, and says so to nobody.
      if (path.split('/').some((part) => /^(?:\.{0,2}|\.git)$/i.test(part)))
        left.push({ path, reason: 'has a name that no checkout takes' })
      else if (!mode.startsWith('100')) left.push({ path, reason: 'is a link' })
      else if (!READ.test(path) && !roots.includes(path)) continue
      // What git says of a file that a clone with a filter has left out.
      else if (Number.isNaN(size))
        throw new CommandError({
          command: 'git',
          exitCode: undefined,
          lastLines: [],
          outcome: `${path} is not in this clone`,
        })
      else if (size > MAX_BYTES) left.push({ path, reason: `has ${size} bytes` })
      else taken.push(`${mode} ${object}\t${path}\0`)
    }
    await git(root, ['update-index', '-z', '--index-info'], { ...apart, input: taken.join('') })
    await git(root, ['-c', 'core.symlinks=false', 'checkout-index', '--all', '--quiet'], apart)
    return work({ directory, left })
  })
}

function entriesOf(list: string): { mode: string; object: string; size: number; path: string }[] {
  return list.split('\0').flatMap((line) => {
    const [, mode, object, size, path] = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-|BAD)\t([^]+)$/.exec(line) ?? []
    if (mode === undefined || object === undefined || path === undefined) return []
    return [{ mode, object, size: Number(size), path }]
  })
}

/** Why the base could not be had, or be read, in a clause. */
export function whyNoBase(error: unknown): string {
  if (!(error instanceof CommandError)) return `the base commit cannot be read: ${messageOf(error)}`
  const line = error.lastLines.findLast((each) => each.trim() !== '') ?? error.outcome
  return `git cannot give the files of the base commit (${line}): check out with \`fetch-depth: 0\` and without a filter`
}
