import { applyEditsToDisk } from '../lib/apply-edits.js'
import { repositoryText } from '../lib/files.js'
import { reportFixes, sortChanges, type ReportedChange } from '../report/report.js'
import { planFixes } from '../rules/fix-plan.js'
import { check, type Examination } from './check.js'
import type { Run } from './stage.js'
import { append } from '../lib/lists.js'

/** More rounds than any chain of fixes needs: renaming a file, then what is in it, then its registration. */
const ROUNDS = 5

/**
 * Mends the findings that have one right answer, and records what was mended.
 * @returns the repository as it is then; with `dryRun` nothing is written, and it is as it was
 */
export async function fix(run: Run, examined: Examination): Promise<Examination> {
  let state = examined
  const fixed: ReportedChange[] = []
  // One round mends what it can; a fix may uncover the next problem, never the same one again.
  for (let round = 0; round < ROUNDS; round++) {
    const { workspace, findings } = state
    const fixes = planFixes(findings.open, (file) => repositoryText(workspace.root, file))
    if (fixes.edits.length === 0) break
    append(fixed, reportFixes(fixes))
    run.record({ changes: sortChanges(fixed) })
    if (run.inputs.dryRun) break
    applyEditsToDisk(workspace.root, fixes.edits)
    run.record({ applied: true })
    state = await check(run)
  }
  return { ...state, changes: [...fixed, ...state.changes] }
}
