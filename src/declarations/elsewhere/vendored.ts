import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import type { Declarations } from '../../declarations/types.js'
import { readRepositoryFile } from '../../lib/files.js'
import type { Position } from '../../lib/text.js'
import { isInterrupted } from '../../lib/transaction.js'
import { messageOf } from '../../lib/wording.js'
import { pluginParents } from '../../tailchat/layout.js'
import { ignoredByGit } from '../../workspace/ignored.js'
import type { Workspace } from '../../workspace/types.js'
import type { Lock } from './lock.js'
import { LOCK_FILE } from './lock-file.js'
import type { LockedPlugin } from './lock-schema.js'
import { hashOfTree, readTree, type Tree } from './tree.js'

/** A plugin from elsewhere, as the lock and the disk have it. */
export interface VendoredPlugin {
  name: string
  locked: LockedPlugin
  /** Of its entry in the lock. */
  position: Position
  /** The digest of its files; `undefined` where there are none. */
  found: string | undefined
  /** Links among its files, or why they can't be read. */
  links: string[]
  unreadable?: string
  /** Why its files may differ, as the declarations say. */
  patched: string | undefined
  /** Directories of its name that are not in its entry. */
  others: string[]
}

/** What is known of the plugins from elsewhere. */
export interface Vendored {
  problems: Lock['problems']
  plugins: VendoredPlugin[]
  /** Whether a run that was killed left something half done. */
  interrupted: boolean
}

/** Compares the lock with the disk; `undefined` where there is no lock and none is needed. */
export async function readVendored(
  workspace: Workspace,
  declarations: Declarations,
): Promise<Vendored | undefined> {
  const { root } = workspace
  const interrupted = isInterrupted(root)
  const file = readRepositoryFile(root, LOCK_FILE)
  if ('missing' in file) return interrupted ? { problems: [], plugins: [], interrupted } : undefined
  const lock = 'text' in file ? await readLockText(file.text) : unreadable(file.reason)
  const plugins: VendoredPlugin[] = []
  for (const [name, locked] of lock.plugins) {
    const directories = Object.keys(locked.directories)
    plugins.push({
      name,
      locked,
      position: lock.positions.get(name) ?? { file: LOCK_FILE, line: 1, column: 1 },
      ...(await filesOf(root, directories, locked.tree)),
      patched: declarations.plugins.get(name)?.patched,
      others: pluginParents(workspace.pluginsOnly)
        .map((parent) => `${parent}/${name}`)
        .filter((directory) => !directories.includes(directory) && isDirectory(join(root, directory))),
    })
  }
  return { problems: lock.problems, plugins, interrupted }
}

/** Loads the parser only for a repository that has a lock. */
async function readLockText(text: string): Promise<Lock> {
  const { parseLock } = await import('./lock.js')
  return parseLock({ path: LOCK_FILE, text })
}

function unreadable(reason: string): Lock {
  const position = { file: LOCK_FILE, line: 1, column: 1 }
  return { plugins: new Map(), positions: new Map(), problems: [{ position, message: `it ${reason}` }] }
}

async function filesOf(
  root: string,
  directories: readonly string[],
  expected: string,
): Promise<Pick<VendoredPlugin, 'found' | 'links' | 'unreadable'>> {
  try {
    const { tree, links } = readTree(root, directories)
    if (tree.size === 0) return { found: undefined, links }
    const found = hashOfTree(tree)
    return { found: found === expected ? found : hashOfTree(await withoutIgnored(root, tree)), links }
  } catch (error) {
    return { found: undefined, links: [], unreadable: messageOf(error) }
  }
}

/** Leaves out what git ignores: files of a build or an editor are not a change. */
export async function withoutIgnored(root: string, tree: Tree): Promise<Tree> {
  const ignored = new Set(await ignoredByGit(root, [...tree.keys()]))
  return ignored.size === 0 ? tree : new Map([...tree].filter(([path]) => !ignored.has(path)))
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** Describes the source and version of an entry in a few words. */
export function requested({ source, ref, commit, version }: LockedPlugin): string {
  const what = version ?? (commit === undefined ? undefined : commit.slice(0, 12))
  return `${source}${ref === undefined ? '' : `#${ref}`}${what === undefined ? '' : ` (${what})`}`
}
