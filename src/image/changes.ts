import { readBuiltinList } from '../registrations/builtin.js'
import { removeInstallNames } from '../registrations/install-list-edit.js'
import { applyEdits } from '../lib/text-edits.js'
import { installListFiles, installListsIn } from '../registrations/install-list.js'
import { asObject, parseJson } from '../formats/json.js'
import { layout, pluginOf } from '../tailchat/layout.js'
import { repositoryText } from '../lib/files.js'
import type { TextFile } from '../lib/text.js'
import type { Workspace } from '../workspace/types.js'
import { loadTypeScriptParser } from '../formats/typescript.js'
import { differenceFrom, textInCommit } from '../lib/git.js'
import { SOURCES_LABEL, sourcesOf } from './sources.js'
import { lockfileChange, nativePackagesAdded } from './lockfile-change.js'
import { append } from '../lib/lists.js'

/** The differences between the commit of the base image and the working tree, grouped by what an overlay can carry. */
export interface Changes {
  /** Names of plugins with a changed file. */
  plugins: string[]
  /** Files outside of plugins that reach the image, with the reason where the path alone does not tell it. */
  elsewhere: string[]
  /** Plugins whose built-in entry was added, removed or changed, or the file itself. */
  builtin: string[]
  /** Added packages that an overlay can't carry. */
  native: string[]
}

interface Since {
  revision: string
  sources?: string | undefined
  ownFiles: readonly string[]
}

/**
 * Finds what changed between a commit and the working tree.
 * @param sources the hash that the image which names the commit records over its plugins; untrusted, may be empty
 * @param ownFiles files that the action reads or writes itself, such as the declarations: they are left out
 */
export async function changesSince(
  workspace: Workspace,
  { revision, sources, ownFiles }: Since,
): Promise<Changes | { unknown: string }> {
  const difference = await differenceFrom(workspace.root, revision)
  if ('unknown' in difference) return difference
  if (sources && sources !== (await sourcesOf(workspace.root, revision)))
    return {
      unknown: `the base image names commit ${revision.slice(0, 12)}, but the plugins it records (label ${SOURCES_LABEL}) are not those of that commit`,
    }
  const changes: Changes = { plugins: [], elsewhere: [], builtin: [], native: [] }
  for (const path of difference.paths) {
    const plugin = pluginOf(path)
    if (plugin !== undefined) changes.plugins.push(plugin)
    else if (path === layout.registryJson || ownFiles.includes(path)) continue
    else if (REGISTRATIONS.includes(path))
      await addRegistration(changes, path, {
        before: (await textInCommit(workspace.root, revision, path)) ?? '',
        now: repositoryText(workspace.root, path) ?? '',
      })
    else if (reachesImage(workspace, path)) changes.elsewhere.push(path)
  }
  return { ...changes, plugins: [...new Set(changes.plugins)] }
}

/** Files that register plugins, among other things. */
const REGISTRATIONS: readonly string[] = [...installListFiles, layout.pnpmLock, layout.builtinTs]

async function addRegistration(
  changes: Changes,
  path: string,
  { before, now }: { before: string; now: string },
): Promise<void> {
  if (path === layout.builtinTs) append(changes.builtin, await builtinChanges(before, now))
  else if (installListFiles.includes(path)) {
    const [was, is] = [before, now].map((text) => withoutInstalledNames({ path, text }))
    if (was?.text !== is?.text)
      changes.elsewhere.push(
        was?.hasList || is?.hasList ? `${path} (more than the names behind plugin:install)` : path,
      )
  } else {
    const reason = lockfileChange(before, now, (directory) => pluginOf(`${directory}/`) !== undefined)
    if (reason !== undefined) changes.elsewhere.push(`${path} (${reason})`)
    append(changes.native, nativePackagesAdded(before, now))
  }
}

/** Tells whether a file can change what the image does. Files about the repository are copied too, but nothing reads them. */
function reachesImage({ dockerIgnore }: Workspace, path: string): boolean {
  if (/^(?:\.github|\.husky|\.vscode|\.changeset)\//.test(path) || /^[^/]*\.md$/.test(path)) return false
  if (/^(?:docker-compose[^/]*|LICENSE[^/]*|\.git(?:ignore|attributes))$/.test(path)) return false
  if (/^(?:client\/web|server)\/plugins\/[^/]*$/.test(path)) return false
  return !dockerIgnore?.keepsOut(path)
}

/** Returns the text of a file without the names of installed plugins; of a package.json, also without its formatting. */
function withoutInstalledNames(file: TextFile): { text: string; hasList: boolean } {
  const lists = installListsIn(file)
  const bare = applyEdits(
    file.text,
    lists.flatMap((list) => removeInstallNames(list, () => true)),
  )
  const value = file.path === layout.dockerfile ? undefined : parseJson({ ...file, text: bare }).value
  // The text from the commit is the output of git, which comes without its last line break.
  return { text: JSON.stringify(asObject(value)) ?? bare.trimEnd(), hasList: lists.length > 0 }
}

async function builtinChanges(before: string, now: string): Promise<string[]> {
  const parse = await loadTypeScriptParser()
  const read = (text: string): { entries: Map<string, string>; around: string } | undefined => {
    const list = readBuiltinList(parse, { path: layout.builtinTs, text })
    if (!list.understood) return undefined
    const entries = new Map(
      list.entries.map(({ name, start, end }, index) => [
        name ?? `entry ${index + 1}`,
        text.slice(start, end),
      ]),
    )
    return { entries, around: (text.slice(0, list.open) + text.slice(list.close)).trimEnd() }
  }
  const was = read(before)
  const is = read(now)
  if (!was || !is) return ['builtin.ts itself']
  const names = new Set([...was.entries.keys(), ...is.entries.keys()])
  const changed = [...names].filter((name) => was.entries.get(name) !== is.entries.get(name))
  return was.around === is.around ? changed : [...changed, 'builtin.ts itself']
}
