import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Document } from 'yaml'
import { inputDefinitions, UsageError } from '../inputs/inputs.js'
import { isInside } from '../lib/files.js'
import { readWorkspace } from '../workspace/read.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { canBeOffered, type Registration, registrationsIn } from './desired.js'

const HEADER = ` What this repository does with its plugins today. Change a line, then run sync.
 offer: registry (in the plugin store), builtin (everyone has it), hidden, or a list of these
 services: dev (for development only: not expected in production)`

/** The flags that `init` takes. */
const FLAGS = ['declarations', 'dry-run']

/**
 * Writes a declarations file that states what the repository does today; with `--dry-run` writes nothing.
 * @returns the text to print: what was written where, or the file itself with `--dry-run`
 * @throws {UsageError} for an unknown flag, and for a file that exists or can't be written there
 */
export async function init(root: string, flags: Readonly<Record<string, string>>): Promise<string> {
  const unknown = Object.keys(flags).find((name) => !FLAGS.includes(name))
  if (unknown !== undefined) throw new UsageError([`init does not take --${unknown}`])
  const file = flags['declarations'] ?? inputDefinitions.declarations.default
  const path = join(root, file)
  if (!isInside(root, path)) throw new UsageError([`${file} leads out of the repository`])
  if (!existsSync(dirname(path))) throw new UsageError([`the directory of ${file} does not exist`])
  if (existsSync(path)) throw new UsageError([`${file} already exists: remove it first to start over`])

  const text = renderInitialDeclarations(await readWorkspace(root))
  if (flags['dry-run'] === 'true') return text
  writeFileSync(path, text, { flag: 'wx' })
  return `${file} written: it states what the repository does today; check and sync change nothing\n`
}

/** Returns a declarations file that states what the repository does today, so that adopting it changes nothing. */
export function renderInitialDeclarations(workspace: Workspace): string {
  const registrationOf = registrationsIn(workspace)
  const plugins = Object.fromEntries(
    workspace.plugins.map((plugin) => [plugin.name, entryFor(plugin, registrationOf(plugin))]),
  )
  const document = new Document({ version: 1, plugins }, { version: '1.2' })
  document.commentBefore = HEADER
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
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
