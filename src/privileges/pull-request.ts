import type { Declarations } from '../declarations/types.js'
import { differenceFrom } from '../lib/git.js'
import { layout, pluginOf, pluginParents } from '../tailchat/layout.js'
import { readWorkspace } from '../workspace/read.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { type Base, type BaseTree, whyNoBase, withBaseTree } from './base.js'
import { comparePrivileges, type PrivilegeChange } from './difference.js'
import { privilegesOf } from './privileges.js'

/** The privileges that a pull request changes, or why they are unknown. */
export type PullRequestPrivileges = { base: string; plugins: PrivilegeChange[] } | { unknown: string }

/** One side of the comparison: a repository with its declarations. */
interface Side {
  workspace: Workspace
  declarations: Declarations
}

/** What to compare with, and how its declarations are read. */
interface Comparison {
  base: Base
  declarationsIn: (workspace: Workspace) => Promise<Declarations>
}

/** Compares what plugins may do with what they could do at the base of a change. */
export async function privilegesOfPullRequest(
  head: Side,
  { base, declarationsIn }: Comparison,
): Promise<PullRequestPrivileges> {
  const { root } = head.workspace
  if ('unknown' in base) return base
  try {
    const difference = await differenceFrom(root, base.commit)
    if ('unknown' in difference) return difference
    const changed = new Set(difference.paths.flatMap((path) => pluginOf(path, head.workspace) ?? []))
    const { file } = head.declarations
    const files = [layout.builtinTs, ...(file === undefined ? [] : [file])]
    const wanted = {
      commit: base.commit,
      roots: [...pluginParents(head.workspace.pluginsOnly), ...files],
      isWanted: (path: string) => files.includes(path) || changed.has(pluginOf(path, head.workspace) ?? ''),
    }
    return await withBaseTree(root, wanted, async (tree) => {
      const workspace = await readWorkspace(tree.directory)
      const before = { workspace, declarations: await declarationsIn(workspace) }
      return { base: base.commit, plugins: compareSides(before, head, { changed, left: tree.left }) }
    })
  } catch (error) {
    return { unknown: whyNoBase(error) }
  }
}

/** Compares what some plugins may do in two states of a repository that were both read whole. */
export function privilegesBetween(before: Side, now: Side, names: readonly string[]): PrivilegeChange[] {
  return compareSides(before, now, { changed: new Set(names), left: [] })
}

function compareSides(
  before: Side,
  now: Side,
  { changed, left }: { changed: ReadonlySet<string>; left: BaseTree['left'] },
): PrivilegeChange[] {
  const [was, is] = [builtinNames(before), builtinNames(now)]
  // A list that is known only at run time gives no difference.
  const [builtinBefore, builtinNow] = [was ?? is ?? new Set<string>(), is ?? was ?? new Set<string>()]
  const switched = [...builtinBefore, ...builtinNow].filter(
    (name) => builtinBefore.has(name) !== builtinNow.has(name),
  )
  return [...new Set([...changed, ...switched])].sort().flatMap((name) => {
    const current = pluginsNamed(name, now)
    const old = changed.has(name) ? pluginsNamed(name, before) : current
    const unread = left.filter(({ path }) => pluginOf(path, now.workspace) === name)
    if (unread.length > 0)
      return {
        plugin: name,
        state: 'changed',
        gained: [],
        lost: [],
        unknown: unread.map(
          ({ path, reason }) => `in the base commit ${path} ${reason}, so nothing was compared`,
        ),
      }
    const privileges = (plugins: readonly Plugin[], builtin: ReadonlySet<string>) =>
      plugins.length === 0 ? undefined : privilegesOf(plugins, builtin.has(name))
    // A built-in entry without a plugin is a finding of its own.
    if (old.length === 0 && current.length === 0) return []
    return comparePrivileges(name, privileges(old, builtinBefore), privileges(current, builtinNow)) ?? []
  })
}

/** Returns the plugins of a name; an empty directory that git left behind is not a plugin. */
function pluginsNamed(name: string, { workspace }: Side): Plugin[] {
  return workspace.plugins.filter((plugin) => plugin.name === name && plugin.files.length > 0)
}

/**
 * Returns the plugins that every client runs: those of builtin.ts, as changed by the declarations; `undefined` where
 * that file can't be read.
 */
function builtinNames({ workspace, declarations }: Side): ReadonlySet<string> | undefined {
  const list = workspace.builtin?.list
  if (list && !list.understood) return undefined
  const names = new Set(list?.entries.flatMap(({ name }) => name ?? []))
  for (const [name, { offer }] of declarations.plugins) {
    if (offer?.includes('builtin')) names.add(name)
    else if (offer) names.delete(name)
  }
  return names
}
