import { LOCK_FILE } from '../declarations/elsewhere/lock-file.js'
import { type Outlook, prepareUpdate, type Update } from '../declarations/elsewhere/update.js'
import { requested } from '../declarations/elsewhere/vendored.js'
import { append } from '../lib/lists.js'
import { messageOf, plural } from '../lib/wording.js'
import { withTransaction } from '../lib/transaction.js'
import { type ReportedChange, sortChanges } from '../report/report.js'
import { check, type Examination, partOf } from './check.js'
import { type Run, StageError } from './stage.js'
import { about, accessOf, lockChange, outlooksOf, settle, type Settled, treeChanges } from './vendor.js'

/**
 * Updates the plugins from elsewhere in the working tree, or the one that is named; each of them wholly or not at all.
 * @throws after all others were updated, where one can't be
 */
export async function update(run: Run): Promise<void> {
  const { inputs, record, surroundings } = run
  const state = await run.stage('check', () => check(run))
  const { root } = state.workspace
  const { outlooks, failures } = await run.stage('fetch', () => outlooksOf(run, root))
  const due = outlooks.filter(({ outdated, problem }) => outdated || problem !== undefined)
  record({ elsewhere: { plugins: outlooks.length + failures.length, outdated: due.length } })
  const changes: ReportedChange[] = []
  const notes: string[] = []
  const found: Examination['findings']['open'][number][] = []
  for (const outlook of due) {
    try {
      const prepared = await run.stage('fetch', () => prepare(run, state, outlook))
      append(changes, summaryOf(prepared))
      if (!inputs.dryRun) {
        const { examined, changes: more } = await applyUpdate(run, root, prepared)
        append(changes, more)
        append(found, about(examined, prepared.name).findings.open)
      }
      surroundings.log(`${prepared.name}: ${requested(prepared.from)} -> ${requested(prepared.to)}`)
      if (prepared.merged.length > 0)
        notes.push(`Local changes were merged into ${prepared.name}: ${prepared.merged.join(', ')}.`)
    } catch (error) {
      failures.push(`${outlook.name}: ${messageOf(error)}`)
    }
  }
  const current = outlooks.length - due.length
  if (current > 0)
    notes.push(`${plural(current, 'plugin')} from elsewhere ${current === 1 ? 'is' : 'are'} up to date.`)
  record({
    ...partOf(state),
    findings: found,
    changes: sortChanges(changes),
    applied: changes.length > 0 && !inputs.dryRun,
    notes,
  })
  if (failures.length > 0) throw new StageError('update', failures.join('\n'))
}

/** Fetches a newer version; what was changed here goes into it where the declarations allow a change. */
export function prepare(
  run: Run,
  { declarations, workspace }: Pick<Examination, 'declarations' | 'workspace'>,
  outlook: Outlook,
): Promise<Update> {
  const patched = declarations.plugins.get(outlook.name)?.patched !== undefined
  return prepareUpdate(outlook, accessOf(run, workspace.root), patched)
}

/** Replaces a plugin with a newer version: files, lock, registrations and dependencies, or none of them. */
export async function applyUpdate(
  run: Run,
  root: string,
  { name, to, before, after }: Update,
): Promise<Settled> {
  return withTransaction(root, (apply) => {
    apply([...treeChanges(before, after), lockChange(root, name, to)])
    return settle(run, apply, { name, offers: false, refresh: true })
  })
}

/** What an update changes, as the report has it. */
export function summaryOf({ name, from, to }: Update): ReportedChange[] {
  const summary = `update ${name}: ${requested(from)} to ${requested(to)}`
  return [
    ...Object.keys(to.directories).map((file) => ({ file, summary })),
    { file: LOCK_FILE, summary: `lock ${name}` },
  ]
}
