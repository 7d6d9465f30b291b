import { readBuiltinList } from '../registrations/builtin.js'
import { removeInstallNames } from '../registrations/install-list-edit.js'
import { applyEdits } from '../lib/text-edits.js'
import { installListFiles, installListsIn } from '../registrations/install-list.js'
import { asObject, parseJson } from '../formats/json.js'
import { layout, pluginOf } from '../tailchat/layout.js'
import type { TextFile } from '../lib/text.js'
import type { Workspace } from '../workspace/types.js'
import { loadTypeScriptParser } from '../formats/typescript.js'
import { differenceFrom, textInCommit } from '../lib/git.js'
import { SOURCES_LABEL, sourcesOf } from './sources.js'
import { lockfileChange, nativePackagesAdded } from './lockfile-change.js'

/** What differs between the commit of the base image and the working tree, sorted by what an overlay can carry. */
export interface Changes {
  /** Names of plugins with a changed file. */
  plugins: string[]
  /** What reaches the image and is no plugin's, each with what changed where the path alone does not say it. */
  beside: string[]
  /** Plugins whose built-in entry came, went or changed, or the file itself. */
  builtin: string[]
  /** Packages that came and can't be carried. */
  native: string[]
}

/**
 * Finds what changed since a commit.
 * @param sources what the image that names the commit records of its plugins; untrusted, `undefined` or empty: nothing
 * @param textNow reads a file of the working tree
 * @param own files that the action reads or writes itself, such as the declarations
 */
export async function changesSince(
  workspace: Workspace,
  { revision, sources }: { revision: string; sources?: string | undefined },
  textNow: (path: string) => string | undefined,
  own: readonly string[],
): Promise<Changes | { unknown: string }> {
  const difference = await differenceFrom(workspace.root, revision)
  if ('unknown' in difference) return difference
  if (sources && sources !== (await sourcesOf(workspace.root, revision)))
    return {
      unknown: `the base image says that it is built from commit ${revision.slice(0, 12)}, and records other plugins than that commit has (label ${SOURCES_LABEL})`,
    }
  const changes: Changes = { plugins: [], beside: [], builtin: [], native: [] }
  for (const path of difference.paths) {
    const plugin = pluginOf(path)
    if (plugin !== undefined) changes.plugins.push(plugin)
    else if (path === layout.registryJson || own.includes(path)) continue
    else if (REGISTRATIONS.includes(path))
      await addRegistration(changes, path, {
        before: (await textInCommit(workspace.root, revision, path)) ?? '',
        now: textNow(path) ?? '',
      })
    else if (reachesImage(workspace, path)) changes.beside.push(path)
  }
  return { ...changes, plugins: [...new Set(changes.plugins)] }
}

/** Files that register plugins, beside much else. */
const REGISTRATIONS: readonly string[] = [...installListFiles, layout.pnpmLock, layout.builtinTs]

async function addRegistration(
  changes: Changes,
  path: string,
  { before, now }: { before: string; now: string },
): Promise<void> {
  if (path === layout.builtinTs) changes.builtin.push(...(await builtinChanges(before, now)))
  else if (installListFiles.includes(path)) {
    const [was, is] = [before, now].map((text) => withoutInstalledNames({ path, text }))
    if (was?.text !== is?.text)
      changes.beside.push(
        was?.hasList || is?.hasList ? `${path} (more than the names behind plugin:install)` : path,
      )
  } else {
    const reason = lockfileChange(before, now, (directory) => pluginOf(`${directory}/`) !== undefined)
    if (reason !== undefined) changes.beside.push(`${path} (${reason})`)
    changes.native.push(...nativePackagesAdded(before, now))
  }
}

/** What runs the repository or describes it is copied into an image, and nothing in the image reads it. */
function reachesImage({ dockerIgnore }: Workspace, path: string): boolean {
  if (/^(?:\.github|\.husky|\.vscode|\.changeset)\//.test(path) || /^[^/]*\.md$/.test(path)) return false
  if (/^(?:docker-compose[^/]*|LICENSE[^/]*|\.git(?:ignore|attributes))$/.test(path)) return false
  if (/^(?:client\/web|server)\/plugins\/[^/]*$/.test(path)) return false
  return !dockerIgnore?.keepsOut(path)
}

/** A file as a text that does not tell which plugins are installed; a package.json without its formatting. */
function withoutInstalledNames(file: TextFile): { text: string; hasList: boolean } {
  const lists = installListsIn(file)
  const bare = applyEdits(
    file.text,
    lists.flatMap((list) => removeInstallNames(list, () => true)),
  )
  const value = file.path === layout.dockerfile ? undefined : parseJson({ ...file, text: bare }).value
  // What a command prints comes without its last line break.
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
