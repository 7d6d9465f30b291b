import { desiredState } from '../../src/declarations/desired.js'
import { noDeclarations } from '../../src/declarations/types.js'
import { applyEditsToDisk } from '../../src/lib/apply-edits.js'
import { repositoryRules } from '../../src/rules/catalogue.js'
import { type Finding, runRules } from '../../src/rules/run.js'
import { planFixes } from '../../src/rules/fix-plan.js'
import { readRepositoryFile } from '../../src/lib/files.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { type Files, registrations, withRepository } from './repository.js'

/** Mends what one rule finds, in one round. Gives the files that it changed, and what the rule finds afterwards. */
export async function mend(files: Files, rule: string): Promise<{ changed: Files; left: string[] }> {
  return withRepository({ ...registrations({}), ...files }, async (root) => {
    const found = await findingsOfRule(root, rule)
    const { edits } = planFixes(found, (file) => {
      const result = readRepositoryFile(root, file)
      return 'text' in result ? result.text : undefined
    })
    applyEditsToDisk(root, edits)
    const left = await findingsOfRule(root, rule)
    return {
      changed: Object.fromEntries(edits.map(({ file, after }) => [file, after])),
      left: left.map(({ message }) => message),
    }
  })
}

async function findingsOfRule(root: string, rule: string): Promise<Finding[]> {
  const workspace = await readWorkspace(root)
  const desired = desiredState(workspace, noDeclarations, 'report')
  return runRules(repositoryRules, { workspace, desired }, new Map()).filter((each) => each.rule === rule)
}
