import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { desiredState } from '../declarations/desired.js'
import type { Offer, PluginDeclaration } from '../declarations/types.js'
import { declarePlugin } from '../declarations/elsewhere/declare.js'
import type { Access } from '../declarations/elsewhere/fetch.js'
import { requested } from '../declarations/elsewhere/vendored.js'
import { parseLock, renderLock } from '../declarations/elsewhere/lock.js'
import { LOCK_FILE } from '../declarations/elsewhere/lock-file.js'
import type { LockedPlugin } from '../declarations/elsewhere/lock-schema.js'
import type { Tree } from '../declarations/elsewhere/tree.js'
import { type Outlook, outlookOf } from '../declarations/elsewhere/update.js'
import { readRepositoryFile, repositoryText } from '../lib/files.js'
import { nearestPlugin } from '../lib/nearest.js'
import type { Change } from '../lib/transaction.js'
import { messageOf } from '../lib/wording.js'
import { type ReportedChange, reportChanges } from '../report/report.js'
import { planSync, type SyncPlan } from '../sync/plan.js'
import { check, type Examination, unsoundPlugins } from './check.js'
import { lockfile } from './lockfile.js'
import type { Run } from './stage.js'

/** How sources are reached in this run. */
export function accessOf({ inputs, surroundings }: Run, root: string): Access {
  const isTerminal = surroundings.event.name === ''
  return { root, token: inputs.publish.token, isTerminal }
}

/**
 * Reads the lock of a repository; empty where there is none.
 * @throws where it can't be understood: it would be overwritten
 */
export function readLock(root: string): Map<string, LockedPlugin> {
  const file = readRepositoryFile(root, LOCK_FILE)
  if ('missing' in file) return new Map()
  if ('reason' in file) throw new Error(`${LOCK_FILE} ${file.reason}`)
  const { plugins, problems } = parseLock({ path: LOCK_FILE, text: file.text })
  const problem = problems[0]
  if (problem) throw new Error(`${LOCK_FILE}:${problem.position.line}: ${problem.message}`)
  return new Map(plugins)
}

/**
 * Reads the entry of a plugin in the lock.
 * @throws where there is none
 */
export function lockedPlugin(root: string, name: string): LockedPlugin {
  const lock = readLock(root)
  const locked = lock.get(name)
  if (!locked) throw new Error(notLocked(name, [...lock.keys()]))
  return locked
}

/**
 * Refuses a plugin that is here already, which is never overwritten.
 * @param directories those that it would get
 * @throws with what to do
 */
export function refuseTaken(root: string, name: string, directories: readonly string[]): void {
  const locked = readLock(root).get(name)
  if (locked)
    throw new Error(
      `${name} is already here, from ${requested(locked)}: update it (\`tailchat-plugins update ${name}\`), or remove it first`,
    )
  for (const directory of directories) {
    const parent = join(root, dirname(directory))
    const names = existsSync(parent) ? readdirSync(parent) : []
    const taken = names.find((each) => each.toLowerCase() === name.toLowerCase())
    if (taken !== undefined)
      throw new Error(
        `${dirname(directory)}/${taken} already exists and is never overwritten: remove it first`,
      )
  }
}

/** Says that the lock has no such plugin, and which it has. */
function notLocked(name: string, names: readonly string[]): string {
  const near = nearestPlugin(name, names)
  const missing = `${LOCK_FILE} has no plugin ${name}`
  if (near !== undefined) return `${missing}: did you mean ${near}?`
  const has = names.length === 0 ? 'it is missing or empty' : `it has ${names.join(', ')}`
  return `${missing}; ${has}. Only plugins that \`tailchat-plugins add\` brought are in it: one of your own is changed or deleted by hand`
}

/** What was found out about the plugins of the lock. */
interface Outlooks {
  outlooks: Outlook[]
  /** Of plugins that could not be asked about, each with why. */
  failures: string[]
  /** The names of those, and of the ones that were left out. */
  unasked: string[]
}

/**
 * Finds out for each plugin of the lock, or the one that is named, what its newest version is.
 * @param isAsked tells which plugins are asked about
 */
export async function outlooksOf(
  run: Run,
  root: string,
  isAsked: (locked: LockedPlugin) => boolean = () => true,
): Promise<Outlooks> {
  const name = run.inputs.task.subject
  const lock = readLock(root)
  if (name !== '' && !lock.has(name)) throw new Error(notLocked(name, [...lock.keys()]))
  const found: Outlooks = { outlooks: [], failures: [], unasked: [] }
  for (const [each, locked] of lock) {
    if (name !== '' && each !== name) continue
    try {
      if (isAsked(locked)) found.outlooks.push(await outlookOf(each, locked, accessOf(run, root)))
      else found.unasked.push(each)
    } catch (error) {
      found.failures.push(`${each}: ${messageOf(error)}`)
      found.unasked.push(each)
    }
  }
  return found
}

/** Returns what the lock has to become when one entry changes; `undefined`: it goes. */
export function lockChange(root: string, name: string, entry: LockedPlugin | undefined): Change {
  const plugins = readLock(root)
  if (entry) plugins.set(name, entry)
  else plugins.delete(name)
  const text = renderLock(plugins)
  // What a source says of itself must not make the lock unreadable for the next run.
  const problem = parseLock({ path: LOCK_FILE, text }).problems[0]
  if (problem) throw new Error(`${name} can't be locked: ${problem.message}`)
  return { file: LOCK_FILE, after: plugins.size === 0 ? undefined : text }
}

/** Returns what makes the directories of a plugin hold these files and no others. */
export function treeChanges(before: Tree, after: Tree): Change[] {
  return [
    ...[...before.keys()].filter((path) => !after.has(path)).map((file) => ({ file, after: undefined })),
    ...[...after].map(([file, content]) => ({ file, after: content })),
  ]
}

/**
 * Returns the declaration that a new plugin gets where there is a file for it; in a repository of plugins only, one that
 * is offered gets the file, since nothing else there says what the image offers.
 */
export function declarationChange(
  { inputs }: Run,
  { workspace, declarations: { file } }: Pick<Examination, 'workspace' | 'declarations'>,
  { name, isOffered }: { name: string; isOffered: boolean },
): Change[] {
  if (file === undefined)
    return workspace.pluginsOnly && isOffered
      ? [
          {
            file: inputs.declarations.file,
            after: `version: 1\nplugins:\n  ${name}:\n    offer: registry\n`,
          },
        ]
      : []
  const before = repositoryText(workspace.root, file)
  if (before === undefined) return []
  const after = declarePlugin(before, name, isOffered ? 'offer: registry' : '')
  return after === before ? [] : [{ file, after }]
}

/**
 * Works out what registers one plugin as it is declared, or else offers it in the usual place of its kind.
 * @param change what is taken for declared in addition
 */
export async function planFor(
  { workspace, declarations, findings }: Pick<Examination, 'workspace' | 'declarations' | 'findings'>,
  name: string,
  change: { offer?: Offer; refresh?: boolean },
): Promise<{ plan: SyncPlan; changes: ReportedChange[] }> {
  const declared = declarations.plugins.get(name)
  const { offer, refresh } = change
  const declaration: PluginDeclaration = {
    offer: declared?.offer,
    services: declared?.services,
    refresh: declared?.refresh ?? false,
    renamedFrom: declared?.renamedFrom,
    accept: declared?.accept ?? new Map(),
    position: declared?.position ?? { file: LOCK_FILE, line: 1, column: 1 },
    ...(offer !== undefined && { offer: [offer] }),
    ...(refresh === true && { refresh }),
  }
  const all = desiredState(
    workspace,
    { ...declarations, plugins: new Map([...declarations.plugins, [name, declaration]]) },
    'report',
  )
  const desired = { ...all, plugins: all.plugins.filter(({ plugin }) => plugin.name === name) }
  const plan = await planSync(workspace, desired, unsoundPlugins(workspace, findings))
  return { plan, changes: reportChanges(plan, desired) }
}

/** What is known after the files of a plugin were put in their place, and its registrations were written. */
export interface Settled {
  examined: Examination
  changes: ReportedChange[]
}

/**
 * Registers a plugin whose files are there by now, and has pnpm enter its dependencies.
 * @param offers whether a front end without an offer of its own gets one in registry.json
 * @param refresh whether its entries follow its manifest, as after an update
 */
export async function settle(
  run: Run,
  apply: (changes: readonly Change[]) => void,
  { name, offers, refresh }: { name: string; offers: boolean; refresh: boolean },
): Promise<Settled> {
  const state = await run.stage('check', () => check(run))
  const { workspace, declarations } = state
  const offer = offers && declarations.plugins.get(name)?.offer === undefined ? 'registry' : undefined
  const hasWeb = workspace.plugins.some((plugin) => plugin.name === name && plugin.web?.manifest)
  const { plan, changes } = await planFor(state, name, {
    ...(offer !== undefined && hasWeb && { offer }),
    refresh,
  })
  apply(plan.edits.map(({ file, after }) => ({ file, after })))
  const locked = await run.stage('lockfile', () => lockfile(run, { ...state, edits: [], changes: [] }))
  apply(locked.edits.map(({ file, after }) => ({ file, after })))
  // Findings about what was written are gone now.
  const examined = await run.stage('check', () => check(run))
  return { examined, changes: [...changes, ...locked.changes] }
}

/** Of a whole repository only what concerns one plugin: it is that one which was asked for. */
export function about(examined: Examination, name: string): Examination {
  const { findings } = examined
  return {
    ...examined,
    findings: {
      open: findings.open.filter(({ plugin }) => plugin === name),
      accepted: findings.accepted.filter(({ plugin }) => plugin === name),
    },
  }
}
