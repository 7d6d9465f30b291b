import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Document, isScalar } from 'yaml'
import { inputDefinitions, UsageError } from '../inputs/inputs.js'
import { isInside } from '../lib/files.js'
import { readWorkspace } from '../workspace/read.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { canBeOffered, type Registration, registrationsIn } from './desired.js'

const HEADER = ` What this repository does with its plugins today. Change a line, then run sync.
 offer: registry (in the plugin store), builtin (everyone has it), hidden, or a list of these
 services: dev (for development only: not expected in production)`

/** What `init` made. */
export interface Initialised {
  /** The declarations file, from the root of the repository. */
  file: string
  text: string
  isWritten: boolean
  hidden: string[]
}

/** The flags that `init` takes. */
const FLAGS = ['declarations', 'dry-run']

/**
 * Writes a declarations file that states what the repository does today; with `--dry-run` writes nothing.
 * @returns the file with what it says, and the plugins that it hides since no list offers them
 * @throws {UsageError} for an unknown flag, and for a file that exists or can't be written there
 */
export async function init(root: string, flags: Readonly<Record<string, string>>): Promise<Initialised> {
  const unknown = Object.keys(flags).find((name) => !FLAGS.includes(name))
  if (unknown !== undefined) throw new UsageError([`init does not take --${unknown}`])
  const file = flags['declarations'] ?? inputDefinitions.declarations.default
  const path = join(root, file)
  if (!isInside(root, path)) throw new UsageError([`${file} leads out of the repository`])
  if (!existsSync(dirname(path))) throw new UsageError([`the directory of ${file} does not exist`])
  if (existsSync(path)) throw new UsageError([`${file} already exists: remove it first to start over`])

  const workspace = await readWorkspace(root)
  const text = renderInitialDeclarations(workspace)
  const isWritten = flags['dry-run'] !== 'true'
  if (isWritten) writeFileSync(path, text, { flag: 'wx' })
  return { file, text, isWritten, hidden: hiddenAtFirst(workspace) }
}

/** Returns a declarations file that states what the repository does today, so that adopting it changes nothing. */
export function renderInitialDeclarations(workspace: Workspace): string {
  const registrationOf = registrationsIn(workspace)
  const plugins = Object.fromEntries(
    workspace.plugins.map((plugin) => [plugin.name, entryFor(plugin, registrationOf(plugin))]),
  )
  const document = new Document({ version: 1, plugins }, { version: '1.2' })
  document.commentBefore = HEADER
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

function entryFor(plugin: Plugin, today: Registration): Record<string, unknown> {
  const offer = offerFor(plugin, today)
  const developmentOnly =
    plugin.services.length > 0 && plugin.services.every(({ loadedIn }) => loadedIn === 'development')
  return { ...(offer !== undefined && { offer }), ...(developmentOnly && { services: 'dev' }) }
}

/** `undefined` where no offer says exactly what holds today: then none is stated, and nothing changes. */
function offerFor(plugin: Plugin, today: Registration): string | string[] | undefined {
  if (!plugin.web) return undefined
  const isFullstack = plugin.kind === 'fullstack'
  const listed = isFullstack ? today.install : today.registry
  const misplaced = isFullstack ? today.registry : today.install
  if (misplaced || (isFullstack && !listed && today.builtin !== 'no')) return undefined
  if (!listed && today.builtin === 'no') return canBeOffered(plugin) ? 'hidden' : undefined
  if (today.builtin === 'no') return 'registry'
  return listed && !isFullstack ? ['registry', 'builtin'] : 'builtin'
}
