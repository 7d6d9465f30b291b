import { listed } from '../../lib/wording.js'
import { type Access, newestOf, type Resolved, sourceOf, withLocked, withSource } from './fetch.js'
import { findLicence, findPlugins, takeFiles } from './find.js'
import type { LockedPlugin } from './lock-schema.js'
import { mergeTrees } from './merge.js'
import type { Snapshot } from './snapshot.js'
import type { Source } from './source.js'
import { hashOfTree, readTree, type Tree } from './tree.js'
import { requested, withoutIgnored } from './vendored.js'

/** A newer version of a plugin, ready to take the place of what is there. */
export interface Update {
  name: string
  from: LockedPlugin
  to: LockedPlugin
  /** The files as they are here. */
  before: Tree
  /** The files as they become: with what was changed here merged in. */
  after: Tree
  /** Files in which a change of ours was kept. */
  merged: string[]
}

/** What is known of a plugin's newest version. */
export interface Outlook {
  name: string
  locked: LockedPlugin
  /** The newest version as a person reads it; `undefined`: only reading the source tells. */
  newest: string | undefined
  outdated: boolean
  /** Where to look for it. */
  source: Source
  /** Why it can't be updated as it is. */
  problem?: string
}

/**
 * Finds out whether there is a newer version, without fetching it where the source can say so.
 * @throws where the source can't be asked
 */
export async function outlookOf(name: string, locked: LockedPlugin, access: Access): Promise<Outlook> {
  const found = await newestOf(locked, access)
  if (!found) return withFetched(name, locked, access)
  const { source, label, commit, version, moved } = found
  const outdated = commit === undefined ? version !== locked.version : commit !== locked.commit
  const problem =
    moved &&
    `the tag ${moved.tag} of ${locked.source} led to ${locked.commit?.slice(0, 12)} and leads to ${moved.commit.slice(0, 12)} now, so the tag was moved. Ask its author whether that was intended; if so, remove the plugin and add it again`
  return { name, locked, newest: label, outdated, source, ...(problem !== undefined && { problem }) }
}

/** A folder and an archive have no versions: they are compared as a whole. */
async function withFetched(name: string, locked: LockedPlugin, access: Access): Promise<Outlook> {
  const source = sourceOf(locked)
  const outdated = await withSource(source, access, async (snapshot) => {
    const { tree } = await takeFiles(snapshot, await directoriesIn(snapshot, name, locked))
    return hashOfTree(await withoutIgnored(access.root, tree)) !== locked.tree
  })
  return { name, locked, newest: outdated ? 'changed' : 'as it is', outdated, source }
}

/** The plugin's directories in another version of its source: where they were, or wherever it is found. */
async function directoriesIn(
  snapshot: Snapshot,
  name: string,
  { source, directories }: LockedPlugin,
): Promise<Record<string, string>> {
  const isThere = Object.values(directories).every((there) =>
    [...snapshot.files.keys()].some((path) => there === '' || path.startsWith(`${there}/`)),
  )
  if (isThere) return directories
  const parts = (await findPlugins(snapshot, '')).find((plugin) => plugin.name === name)?.parts ?? []
  const here = Object.keys(directories)
  if (parts.length !== here.length) throw new Error(`${source} no longer contains the plugin ${name}`)
  // Parts and places are both in the order of their paths, frontend before backend.
  return Object.fromEntries(here.map((directory, index) => [directory, parts[index]?.directory ?? '']))
}

/**
 * Fetches the newest version, and merges into it what was changed here.
 * @param patched whether the declarations say that the files may differ
 * @throws where the files differ and may not, where a merge conflicts, and where the version can't be fetched
 */
export async function prepareUpdate(
  { name, locked, source, problem }: Outlook,
  access: Access,
  patched: boolean,
): Promise<Update> {
  if (problem !== undefined) throw new Error(problem)
  const { root } = access
  const here = Object.keys(locked.directories)
  const { tree, links } = readTree(root, here)
  if (links.length > 0)
    throw new Error(`${listed(links)}: plugins from elsewhere can't contain links: remove them`)
  if (tree.size === 0) throw new Error(`${here.join(' and ')} has no files: restore them with git`)
  const before = await withoutIgnored(root, tree)
  const isModified = hashOfTree(tree) !== locked.tree && hashOfTree(before) !== locked.tree
  if (isModified && !patched)
    throw new Error(
      `the files of ${name} are not those of ${requested(locked)}, and an update would overwrite what was changed: restore them, or declare \`patched: REASON\``,
    )
  const { theirs, to } = await withSource(source, access, async (snapshot, resolved) => {
    const directories = await directoriesIn(snapshot, name, locked)
    const files = await withoutIgnored(root, (await takeFiles(snapshot, directories)).tree)
    return { theirs: files, to: await entryOf(snapshot, resolved, { directories, files }) }
  })
  if (!isModified) return { name, from: locked, to, before, after: theirs, merged: [] }
  const base = await withLocked(locked, access, async (snapshot) =>
    withoutIgnored(root, (await takeFiles(snapshot, locked.directories)).tree),
  )
  if (hashOfTree(base) !== locked.tree)
    throw new Error(
      `what ${locked.source} gives for ${requested(locked)} does not match the lock, so nothing was merged`,
    )
  const { tree: after, conflicts } = await mergeTrees(base, before, theirs)
  if (conflicts.length > 0)
    throw new Error(
      `the local changes conflict with the new version in ${listed(conflicts, 10)}, so ${name} was not updated. Undo the changes to these files, update, and make the changes again`,
    )
  const merged = [...after].filter(([path, content]) => theirs.get(path)?.equals(content) !== true)
  return { name, from: locked, to, before, after, merged: merged.map(([path]) => path) }
}

async function entryOf(
  snapshot: Snapshot,
  resolved: Resolved,
  { directories, files }: { directories: Readonly<Record<string, string>>; files: Tree },
): Promise<LockedPlugin> {
  const license = await findLicence(snapshot, Object.values(directories)[0] ?? '')
  // The digest is that of the source: what is merged in stays a change of ours.
  return {
    ...resolved,
    directories: { ...directories },
    tree: hashOfTree(files),
    ...(license !== undefined && { license }),
  }
}
