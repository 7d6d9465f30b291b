import type { Inputs } from '../inputs/inputs.js'
import { type Examination, examine, textIn } from './check.js'
import { applyEditsToDisk } from '../lib/apply-edits.js'
import { addChanges, type Report, reportFixes } from '../report/report.js'
import type { StageRunner } from './stage.js'
import { planFixes } from '../rules/fix-plan.js'

/** More rounds than any chain of fixes needs: renaming a file, then what is in it, then its registration. */
const ROUNDS = 5

/**
 * Mends the findings that have one right answer, and writes into the report what was mended.
 * @returns the repository as it is then; with `dryRun` nothing is written, and it is as it was
 */
export async function mend(
  examined: Examination,
  inputs: Inputs,
  root: string,
  report: Report,
  stage: StageRunner,
): Promise<Examination> {
  let state = examined
  // One round mends what it can; a fix may uncover the next problem, never the same one again.
  for (let round = 0; round < ROUNDS; round++) {
    const { workspace, findings } = state
    const fixes = planFixes(findings, (file) => textIn(workspace, file))
    if (fixes.edits.length === 0) break
    addChanges(report, reportFixes(fixes))
    if (inputs.dryRun) break
    await stage('fix', () => applyEditsToDisk(workspace.root, fixes.edits))
    report.applied = true
    state = await examine(inputs, root, stage)
  }
  return state
}
