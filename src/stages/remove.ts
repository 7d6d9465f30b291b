import { forgetPlugin } from '../declarations/elsewhere/declare.js'
import { LOCK_FILE } from '../declarations/elsewhere/lock-file.js'
import { readTree } from '../declarations/elsewhere/tree.js'
import { repositoryText } from '../lib/files.js'
import { withTransaction } from '../lib/transaction.js'
import { sortChanges } from '../report/report.js'
import { check, partOf } from './check.js'
import type { Run } from './stage.js'
import { about, lockChange, lockedPlugin, planFor } from './vendor.js'

/**
 * Removes a plugin from elsewhere: its files, its entry in the lock, its declaration and its registrations; all of them,
 * or none.
 * @throws where the lock has no such plugin
 */
export async function remove(run: Run): Promise<void> {
  const { inputs, record } = run
  const name = inputs.task.subject
  const state = await run.stage('check', () => check(run))
  const { workspace, declarations } = state
  const { root } = workspace
  const locked = lockedPlugin(root, name)
  const { tree } = readTree(root, Object.keys(locked.directories))
  const { plan, changes } = await planFor(state, name, { offer: 'hidden' })
  const { file } = declarations
  const text = file === undefined ? undefined : repositoryText(root, file)
  const forgotten = text === undefined ? undefined : forgetPlugin(text, name)
  const declared = file !== undefined && forgotten !== undefined && forgotten !== text ? [file] : []
  const all = [
    ...Object.keys(locked.directories).map((directory) => ({ file: directory, summary: `remove ${name}` })),
    { file: LOCK_FILE, summary: `forget ${name}` },
    ...declared.map((each) => ({ file: each, summary: `remove the declaration of ${name}` })),
    ...changes,
  ]
  if (inputs.dryRun) return record({ changes: sortChanges(all) })
  await withTransaction(root, async (apply) => {
    apply([
      ...plan.edits.map(({ file: each, after }) => ({ file: each, after })),
      ...[...tree.keys()].map((each) => ({ file: each, after: undefined })),
      lockChange(root, name, undefined),
      ...declared.map((each) => ({ file: each, after: forgotten })),
    ])
    const examined = await run.stage('check', () => check(run))
    record({ ...partOf(about(examined, name)), changes: sortChanges(all) })
  })
  record({ applied: true })
}
