import { type Resolved, withSource } from '../declarations/elsewhere/fetch.js'
import {
  findLicence,
  findPlugins,
  type FoundPlugin,
  placeFor,
  takeFiles,
} from '../declarations/elsewhere/find.js'
import { LOCK_FILE } from '../declarations/elsewhere/lock-file.js'
import type { LockedPlugin } from '../declarations/elsewhere/lock-schema.js'
import type { Snapshot } from '../declarations/elsewhere/snapshot.js'
import { parseSource } from '../declarations/elsewhere/source.js'
import { hashOfTree, type Tree } from '../declarations/elsewhere/tree.js'
import { requested, withoutIgnored } from '../declarations/elsewhere/vendored.js'
import { listed, plural } from '../lib/wording.js'
import { withTransaction } from '../lib/transaction.js'
import { sortChanges } from '../report/report.js'
import { readWorkspace } from '../workspace/read.js'
import type { Workspace } from '../workspace/types.js'
import { whyNotHere } from '../workspace/whereabouts.js'
import { partOf, readDeclarations } from './check.js'
import { StageError, type Run } from './stage.js'
import { about, accessOf, declarationChange, lockChange, refuseTaken, settle, treeChanges } from './vendor.js'

/**
 * Takes a plugin over from a source: its files, an entry in the lock, its declaration and its registrations; all of
 * them, or none. An empty directory, or a git repository without plugins, becomes a repository that holds plugins only.
 * @throws with what to do when it can't be fetched, or is refused
 */
export async function add(run: Run): Promise<void> {
  const { inputs, record } = run
  const source = parseSource(inputs.task.subject)
  const { root } = run.surroundings
  const workspace = await run.stage('workspace', () => readWorkspace(root, inputs.image))
  const hasPlugins = workspace.plugins.length > 0
  const reason = whyNotHere(root, { path: inputs.path, hasPlugins, isFirst: true })
  if (reason !== undefined) throw new Error(reason)
  const declarations = await readDeclarations(root, inputs.declarations)
  const access = accessOf(run, root)
  const taken = await run.stage('fetch', () =>
    withSource(source, access, async (snapshot, resolved) => {
      const plugin = await choose(snapshot, {
        source: resolved.source,
        path: source.path,
        name: inputs.task.plugin,
      })
      return take({ snapshot, resolved }, plugin, workspace)
    }),
  )
  const { name, locked, tree, notes } = taken
  refuseTaken(root, name, Object.keys(locked.directories))
  const summary = `add ${name} from ${requested(locked)}: ${plural(tree.size, 'file')}`
  const files = Object.keys(locked.directories).map((file) => ({ file, summary }))
  const lock = { file: LOCK_FILE, summary: `lock ${name}` }
  record({ notes })
  if (inputs.dryRun) {
    record({ changes: sortChanges([...files, lock]) })
    return
  }
  await withTransaction(root, async (apply) => {
    const hasWeb = [...tree.keys()].some((path) => path.endsWith('/manifest.json'))
    const declared = declarationChange(run, { workspace, declarations }, { name, isOffered: hasWeb })
    apply([...treeChanges(new Map(), tree), lockChange(root, name, locked), ...declared])
    const { examined, changes } = await settle(run, apply, { name, offers: true, refresh: false })
    const all = [
      ...files,
      lock,
      ...declared.map(({ file }) => ({ file, summary: `declare ${name}` })),
      ...changes,
    ]
    record({ ...partOf(about(examined, name)), changes: sortChanges(all) })
  })
  record({ applied: true })
}

/** Chooses the plugin that is meant; where there are several, it has to be named. */
async function choose(
  snapshot: Snapshot,
  { source, path, name }: { source: string; path: string; name: string },
): Promise<FoundPlugin> {
  const found = await findPlugins(snapshot, path)
  const where = path === '' ? source : `${path} of ${source}`
  const named = name === '' ? found : found.filter((plugin) => plugin.name === name)
  const only = named[0]
  if (only && named.length === 1) return only
  if (found.length === 0)
    throw new StageError(
      'fetch',
      `${where} contains no plugin. A plugin is a directory with manifest.json and code, with web/plugins/NAME/, or with services/*.service.ts`,
    )
  const names = listed(
    found.map((plugin) => plugin.name),
    60,
  )
  throw new StageError(
    'fetch',
    name === ''
      ? `${where} contains ${found.length} plugins; choose one with --plugin NAME: ${names}`
      : `${where} contains no plugin ${name}; it contains ${names}`,
  )
}

async function take(
  { snapshot, resolved }: { snapshot: Snapshot; resolved: Resolved },
  { name, parts }: FoundPlugin,
  { root, pluginsOnly }: Workspace,
): Promise<{ name: string; locked: LockedPlugin; tree: Tree; notes: string[] }> {
  const directories: Record<string, string> = {}
  for (const { kind, directory } of parts) {
    const place = placeFor(name, kind, pluginsOnly)
    if (Object.hasOwn(directories, place))
      throw new Error(
        `${resolved.source} contains ${name} twice, in ${parts.map((part) => part.directory).join(' and ')}: name the directory in the source`,
      )
    directories[place] = directory
  }
  const { tree: whole, leftOut } = await takeFiles(snapshot, directories)
  const tree = await withoutIgnored(root, whole)
  const ignored = [...whole.keys()].filter((path) => !tree.has(path))
  const license = await findLicence(snapshot, parts[0]?.directory ?? '')
  const notes = [
    ...(leftOut.length > 0
      ? [`Left out, because package managers, git or editors act on these files: ${listed(leftOut)}.`]
      : []),
    ...(ignored.length > 0
      ? [`Left out, because git ignores them in this repository: ${listed(ignored)}.`]
      : []),
    license === undefined
      ? `No licence was found for ${name}: ask its author whether it may be used.`
      : `The licence of ${name} is ${license}.`,
  ]
  const locked = {
    ...resolved,
    directories,
    tree: hashOfTree(tree),
    ...(license !== undefined && { license }),
  }
  return { name, locked, tree, notes }
}
