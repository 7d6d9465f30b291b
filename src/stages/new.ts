import { directoryOfNew, filesOfNew, type NewPlugin } from '../declarations/new-plugin.js'
import { plural } from '../lib/wording.js'
import { withTransaction } from '../lib/transaction.js'
import { sortChanges } from '../report/report.js'
import { pluginParents, type PluginKind } from '../tailchat/layout.js'
import { readWorkspace } from '../workspace/read.js'
import { whyNotHere } from '../workspace/whereabouts.js'
import { partOf, readDeclarations } from './check.js'
import type { Run } from './stage.js'
import { about, declarationChange, refuseTaken, settle } from './vendor.js'

/**
 * Writes a new plugin that passes the check, with its declaration and its registrations; all of them, or none. An empty
 * directory, or a git repository without plugins, becomes a repository that holds plugins only.
 * @throws with what to do when it can't be here
 */
export async function createPlugin(run: Run): Promise<void> {
  const { inputs, record } = run
  const { root } = run.surroundings
  const { subject: name, kind = 'frontend' } = inputs.task
  const workspace = await run.stage('workspace', () => readWorkspace(root, inputs.image))
  const hasPlugins = workspace.plugins.length > 0
  const reason = whyNotHere(root, { path: inputs.path, hasPlugins, isFirst: true })
  if (reason !== undefined) throw new Error(reason)
  const { pluginsOnly } = workspace
  const plugin: NewPlugin = { name, kind, pluginsOnly }
  const directories = pluginParents(pluginsOnly).map((parent) => `${parent}/${name}`)
  refuseTaken(root, name, directories)
  const declarations = await readDeclarations(root, inputs.declarations)
  const isOffered = kind !== 'backend'
  const declared = declarationChange(run, { workspace, declarations }, { name, isOffered })
  const files = filesOfNew(plugin)
  const made = [
    { file: directoryOfNew(plugin), summary: `write ${name}: ${plural(files.size, 'file')}` },
    ...declared.map(({ file }) => ({ file, summary: `declare ${name}` })),
  ]
  if (inputs.dryRun) return record({ changes: sortChanges(made) })
  await withTransaction(root, async (apply) => {
    apply([...[...files].map(([file, after]) => ({ file, after })), ...declared])
    const { examined, changes } = await settle(run, apply, { name, offers: true, refresh: false })
    record({ ...partOf(about(examined, name)), changes: sortChanges([...made, ...changes]) })
  })
  record({ applied: true, notes: [`Next: ${NEXT[kind]}; all files are in ${directoryOfNew(plugin)}.`] })
}

/** What an author does with the files. */
const NEXT: Readonly<Record<PluginKind, string>> = {
  frontend: 'write what the web client should do in src/index.tsx, and what users read in manifest.json',
  backend: 'write the actions in services/',
  fullstack:
    'write the actions in services/, what the web client should do in web/, and what users read in its manifest.json',
}
