import { posix } from 'node:path'
import type { Inputs } from '../inputs/inputs.js'
import { type DesiredState, desiredState } from '../declarations/desired.js'
import { type Declarations, noDeclarations } from '../declarations/types.js'
import { type AcceptedFinding, separateAccepted } from '../rules/accept.js'
import { allRules, catalogue } from '../rules/catalogue.js'
import { type Finding, runRules, unknownRuleFindings } from '../rules/run.js'
import type { StageRunner } from './stage.js'
import { planSync, type SyncPlan } from '../sync/plan.js'
import { readRepositoryFile } from '../lib/files.js'
import { readWorkspace } from '../workspace/read.js'
import type { Workspace } from '../workspace/types.js'

/** What is known of a repository, and what should become of it, before anything is written. */
export interface Examination {
  workspace: Workspace
  declarations: Declarations
  desired: DesiredState
  /** Without those that the repository accepts. */
  findings: Finding[]
  accepted: AcceptedFinding[]
  plan: SyncPlan
}

/** Everything that is read and decided before anything is written. */
export async function examine(inputs: Inputs, root: string, stage: StageRunner): Promise<Examination> {
  const workspace = await stage('workspace', () => readWorkspace(root))
  const declarations = await stage('declarations', () => readDeclarations(workspace, inputs))
  const desired = desiredState(workspace, declarations, inputs.undeclared)
  const findings = await stage('rules', () => checkRepository(workspace, desired))
  const plan = await stage('sync', () => planSync(workspace, desired, unsoundPlugins(findings)))
  findings.push(...checkPlan(plan, declarations, inputs.mode === 'check'))
  const { open, accepted } = separateAccepted(findings, declarations, (file) => textIn(workspace, file))
  return { workspace, declarations, desired, findings: open, accepted, plan }
}

/** The text of a file of the repository; `undefined` when it has none that can be read. */
export function textIn(workspace: Workspace, file: string): string | undefined {
  const result = readRepositoryFile(workspace.root, file)
  return 'text' in result ? result.text : undefined
}

/** The declarations of a repository; none where it has no such file and need not have one. */
export async function readDeclarations(workspace: Workspace, inputs: Inputs): Promise<Declarations> {
  const { file, required } = inputs.declarations
  const path = posix.normalize(file)
  if (path.startsWith('../') || posix.isAbsolute(path)) throw new Error(`${path} leads out of the repository`)
  const result = readRepositoryFile(workspace.root, path)
  if ('text' in result) {
    // The YAML and schema libraries are only loaded where there is something to read.
    const { parseDeclarations } = await import('../declarations/read.js')
    return parseDeclarations({ path, text: result.text })
  }
  if ('reason' in result) throw new Error(`${path} ${result.reason}`)
  if (required) throw new Error(`${path} does not exist: write it (\`tailchat-plugins init\` makes one)`)
  return noDeclarations
}

function checkRepository(workspace: Workspace, desired: DesiredState): Finding[] {
  const { declarations } = desired
  return [
    ...runRules(catalogue.repository, { workspace, desired }, declarations.rules),
    ...unknownRuleFindings(declarations, allRules()),
  ]
}

/** Plugins whose manifest a rule calls an error, whatever severity this repository gives the rule. */
function unsoundPlugins(findings: readonly Finding[]): ReadonlySet<string> {
  const errors = allRules().filter(
    ({ id, severity }) =>
      severity === 'error' && (id.startsWith('manifest/') || id === 'plugin/name-not-reverse-domain'),
  )
  const unsound = findings.filter(({ rule }) => errors.some(({ id }) => id === rule))
  return new Set(unsound.flatMap(({ plugin }) => plugin ?? []))
}

/** What sync will write is no finding; without sync it is. What it can't write always is one. */
function checkPlan(plan: SyncPlan, declarations: Declarations, checkOnly: boolean): Finding[] {
  return runRules(catalogue.plan, checkOnly ? plan : { ...plan, changes: [] }, declarations.rules)
}
