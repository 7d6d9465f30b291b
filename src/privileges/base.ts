import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Event, ProposedChange } from '../inputs/event.js'
import { CommandError } from '../lib/command.js'
import { commitsOf, commitNamed, git, isShallow, mergeBase, readCommit } from '../lib/git.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { messageOf } from '../lib/wording.js'

/** The size limit of files of plugins (lib/files.ts). */
const MAX_BYTES = 4 * 1024 * 1024

/** The files that the reading of a plugin opens: no bundles, images or documents, unless they are named. */
const READ = /\.(?:[cm]?[jt]sx?|json|ya?ml)$/

/** The commit to compare with, or why there is none. */
export type Base = { commit: string } | { unknown: string }

/**
 * Returns the commit to compare with for a revision that a person named: where the checked-out branch left it.
 * @param revision a branch, tag or commit
 */
export async function baseSince(root: string, revision: string): Promise<Base> {
  const named = await commitNamed(root, revision)
  if (named === undefined) return { unknown: `${JSON.stringify(revision)} names no commit of this clone` }
  return { commit: (await mergeBase(root, 'HEAD', named)) ?? named }
}

/**
 * Returns the commit to compare a pull request with: where its branch left the base branch, so that later changes of the
 * base are no difference. Only the checkout is read; nothing is fetched.
 */
export async function baseOfPullRequest(
  root: string,
  event: Event,
  { number, baseSha }: ProposedChange,
): Promise<Base> {
  const head = (await readCommit(root))?.sha
  if (head === undefined) return { unknown: 'there is no git checkout' }
  // GitHub runs a pull request on a merge commit that it created; its first parent is the base branch.
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
      unknown: 'the checkout is part of the base branch, and does not hold the changes of the pull request',
    }
  return { commit: base }
}

/** The files of a commit that are wanted. */
interface WantedFiles {
  commit: string
  /** Directories and files, relative to the repository; none: all of it, whatever the kind of the files. */
  roots: readonly string[]
  /** Decides by the path, relative to the repository. */
  isWanted: (path: string) => boolean
}

/** The limit of what is written; more is no repository of Tailchat. */
const MAX_TOTAL_BYTES = 500_000_000
const MAX_TOTAL_FILES = 50_000

/** Files of a commit, in a temporary directory. */
export interface BaseTree {
  directory: string
  /** Files of the commit that are not in `directory`, each with the reason. */
  left: { path: string; reason: string }[]
}

/**
 * Calls `work` with files of a commit. Git itself writes them, and refuses paths that lead out of the directory;
 * symbolic links are left out. The working tree and the index stay as they are.
 * @throws {CommandError} when git can't write them
 */
export async function withBaseTree<T>(
  root: string,
  { commit, roots, isWanted }: WantedFiles,
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
    let bytes = 0
    for (const { mode, object, size, path } of entriesOf(list)) {
      if (!isWanted(path)) continue
      // Git does not write these, and does not say so.
      if (path.split('/').some((part) => /^(?:\.{0,2}|\.git)$/i.test(part)))
        left.push({ path, reason: 'has a name that no checkout takes' })
      else if (!mode.startsWith('100')) left.push({ path, reason: 'is a link' })
      else if (roots.length > 0 && !READ.test(path) && !roots.includes(path)) continue
      // Git shows no size for a file that a clone with a filter lacks.
      else if (Number.isNaN(size))
        throw new CommandError({
          command: 'git',
          exitCode: undefined,
          lastLines: [],
          outcome: `${path} is not in this clone`,
        })
      else if (size > MAX_BYTES) left.push({ path, reason: `has ${size} bytes` })
      else {
        taken.push(`${mode} ${object}\t${path}\0`)
        bytes += size
        if (bytes > MAX_TOTAL_BYTES || taken.length > MAX_TOTAL_FILES)
          throw new Error(`it has more than ${MAX_TOTAL_FILES} files or ${MAX_TOTAL_BYTES} bytes`)
      }
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

/** Returns in a clause why the base could not be read. */
export function whyNoBase(error: unknown): string {
  if (!(error instanceof CommandError)) return `the base commit cannot be read: ${messageOf(error)}`
  const line = error.lastLines.findLast((each) => each.trim() !== '') ?? error.outcome
  return `git cannot give the files of the base commit (${line}): check out with \`fetch-depth: 0\` and without a filter`
}
