import type { Event, ProposedChange } from '../inputs/event.js'
import type { Declarations } from '../declarations/types.js'
import { differenceFrom } from '../lib/git.js'
import { layout, pluginOf, pluginParents } from '../tailchat/layout.js'
import { readWorkspace } from '../workspace/read.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { type BaseTree, baseOfPullRequest, whyNoBase, withBaseTree } from './base.js'
import { comparePrivileges, type PrivilegeChange } from './difference.js'
import { privilegesOf } from './privileges.js'

/** What a pull request changes in what plugins may do, or why that can't be told. */
export type PullRequestPrivileges = { base: string; plugins: PrivilegeChange[] } | { unknown: string }

/** A repository, and what it wants of its plugins. */
interface Side {
  workspace: Workspace
  declarations: Declarations
}

/**
 * Compares what plugins may do with what they could do at the base of a pull request.
 * @param declarationsIn reads the declarations of a repository
 */
export async function privilegesOfPullRequest(
  event: Event,
  change: ProposedChange,
  head: Side,
  declarationsIn: (workspace: Workspace) => Promise<Declarations>,
): Promise<PullRequestPrivileges> {
  const { root } = head.workspace
  try {
    const base = await baseOfPullRequest(root, event, change)
    if ('unknown' in base) return base
    const difference = await differenceFrom(root, base.commit)
    if ('unknown' in difference) return difference
    const changed = new Set(difference.paths.flatMap((path) => pluginOf(path, head.workspace) ?? []))
    const { file } = head.declarations
    const files = [layout.builtinTs, ...(file === undefined ? [] : [file])]
    return await withBaseTree(
      root,
      base.commit,
      [...pluginParents(head.workspace.pluginsOnly), ...files],
      (path) => files.includes(path) || changed.has(pluginOf(path, head.workspace) ?? ''),
      async (tree) => {
        const workspace = await readWorkspace(tree.directory)
        const before = { workspace, declarations: await declarationsIn(workspace) }
        return { base: base.commit, plugins: compareSides(before, head, changed, tree.left) }
      },
    )
  } catch (error) {
    return { unknown: whyNoBase(error) }
  }
}

function compareSides(
  before: Side,
  now: Side,
  changed: ReadonlySet<string>,
  left: BaseTree['left'],
): PrivilegeChange[] {
  const [was, is] = [builtinNames(before), builtinNames(now)]
  // A list that only running it tells gives no difference.
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
    // What is built in without being there is a finding of its own.
    if (old.length === 0 && current.length === 0) return []
    return comparePrivileges(name, privileges(old, builtinBefore), privileges(current, builtinNow)) ?? []
  })
}

/** A directory that git has left behind with nothing in it is no plugin. */
function pluginsNamed(name: string, { workspace }: Side): Plugin[] {
  return workspace.plugins.filter((plugin) => plugin.name === name && plugin.files.length > 0)
}

/**
 * The plugins that every client runs: those of builtin.ts, unless the declarations want it otherwise; `undefined`
 * where that file can't be read.
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
