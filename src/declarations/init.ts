import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { Document, isScalar } from 'yaml'
import { inputDefinitions, UsageError } from '../inputs/inputs.js'
import { isInside, writeFileWithin } from '../lib/files.js'
import { readWorkspace } from '../workspace/read.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { planWorkflow, type WorkflowPlan } from './workflow.js'
import { canBeOffered, type PluginRegistration, registrationsIn } from './desired.js'

const header = (
  pluginsOnly: boolean,
): string => ` What this repository does with its plugins today. Change a line, then run sync.
 offer: registry (in the plugin store)${pluginsOnly ? ' or' : ', builtin (everyone has it),'} hidden${pluginsOnly ? '' : ', or a list of these'}
 services: dev (for development only: not expected in production)`

/** What `init` made. */
export interface Initialised {
  /** The files, each from the root of the repository. */
  files: { file: string; text: string }[]
  isWritten: boolean
  /** The declarations file, whether it was made now or not. */
  declarations: string
  /** The plugins that the declarations hide since no list offers them. */
  hidden: string[]
  pluginsOnly: boolean
  /** What a person should know about the workflow: why there is none, or what to fill in. */
  notes: string[]
}

/** The flags that `init` takes. */
const FLAGS = ['declarations', 'dry-run']

/**
 * Writes a declarations file that states what the repository does today, and a workflow; with `--dry-run` writes nothing.
 * A file that exists stays as it is.
 * @throws {UsageError} for an unknown flag, and where both exist or the first can't be written
 */
export async function init(root: string, flags: Readonly<Record<string, string>>): Promise<Initialised> {
  const unknown = Object.keys(flags).find((name) => !FLAGS.includes(name))
  if (unknown !== undefined) throw new UsageError([`init does not take --${unknown}`])
  const declarations = flags['declarations'] ?? inputDefinitions.declarations.default
  const path = join(root, declarations)
  if (!isInside(root, path)) throw new UsageError([`${declarations} leads out of the repository`])
  if (!existsSync(dirname(path))) throw new UsageError([`the directory of ${declarations} does not exist`])
  const isThere = existsSync(path)
  const workspace = await readWorkspace(root)
  const { pluginsOnly } = workspace
  const workflow = await planWorkflow(root, pluginsOnly)
  if (isThere && 'reason' in workflow)
    throw new UsageError([
      `${declarations} already exists: remove it first to start over`,
      `no workflow either: ${workflow.reason}`,
    ])

  const planned = [
    ...(isThere ? [] : [{ top: root, file: declarations, text: renderInitialDeclarations(workspace) }]),
    ...('reason' in workflow ? [] : [workflow]),
  ]
  const isWritten = flags['dry-run'] !== 'true'
  // The workflow first: its place may be a link that leads out, and then nothing is written.
  if (isWritten)
    for (const { top, file, text } of planned.toReversed())
      writeFileWithin([realpathSync(top)], join(top, file), text)
  return {
    files: planned.map(({ top, file, text }) => ({
      file: relative(root, join(top, file)).split(sep).join('/'),
      text,
    })),
    isWritten,
    declarations,
    hidden: isThere ? [] : hiddenAtFirst(workspace),
    pluginsOnly,
    notes: notesOn(workflow, isThere ? declarations : undefined),
  }
}

function notesOn(workflow: WorkflowPlan, kept: string | undefined): string[] {
  return [
    ...(kept === undefined ? [] : [`${kept} already exists and stays as it is`]),
    ...('reason' in workflow
      ? [`no workflow was written: ${workflow.reason}`]
      : workflow.isGuessed
        ? ['In the workflow, check the owner of the action and the name of the image.']
        : ['In the workflow, replace OWNER with the owner of the action: no git remote names one.']),
  ]
}

/** Returns a declarations file that states what the repository does today, so that adopting it changes nothing. */
export function renderInitialDeclarations(workspace: Workspace): string {
  const registrationOf = registrationsIn(workspace)
  const plugins = Object.fromEntries(
    workspace.plugins.map((plugin) => [plugin.name, entryFor(plugin, registrationOf(plugin))]),
  )
  const document = new Document({ version: 1, plugins }, { version: '1.2' })
  document.commentBefore = header(workspace.pluginsOnly)
  for (const name of hiddenAtFirst(workspace)) {
    const offer = document.getIn(['plugins', name, 'offer'], true)
    if (isScalar(offer)) offer.comment = ' no list offers it today; registry puts it in the plugin store'
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** Returns the plugins that those declarations hide since no list offers them, whether that is meant or forgotten. */
export function hiddenAtFirst(workspace: Workspace): string[] {
  const registrationOf = registrationsIn(workspace)
  return workspace.plugins.flatMap((plugin) =>
    offerFor(plugin, registrationOf(plugin)) === 'hidden' ? plugin.name : [],
  )
}

function entryFor(plugin: Plugin, today: PluginRegistration): Record<string, unknown> {
  const offer = offerFor(plugin, today)
  const developmentOnly =
    plugin.services.length > 0 && plugin.services.every(({ loadedIn }) => loadedIn === 'development')
  return { ...(offer !== undefined && { offer }), ...(developmentOnly && { services: 'dev' }) }
}

/** `undefined` where no offer says exactly what holds today: then none is stated, and nothing changes. */
function offerFor(plugin: Plugin, today: PluginRegistration): string | string[] | undefined {
  if (!plugin.web) return undefined
  const isFullstack = plugin.kind === 'fullstack'
  const listed = isFullstack ? today.install : today.registry
  const misplaced = isFullstack ? today.registry : today.install
  if (misplaced || (isFullstack && !listed && today.builtin !== 'no')) return undefined
  if (!listed && today.builtin === 'no') return canBeOffered(plugin) ? 'hidden' : undefined
  if (today.builtin === 'no') return 'registry'
  return listed && !isFullstack ? ['registry', 'builtin'] : 'builtin'
}
