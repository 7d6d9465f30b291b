import { posix } from 'node:path'
import type { Inputs } from '../inputs/inputs.js'
import { type DesiredState, desiredState } from '../declarations/desired.js'
import { type Declarations, noDeclarations } from '../declarations/types.js'
import { readRepositoryFile } from '../lib/files.js'
import type { FileEdit } from '../lib/text-edits.js'
import { expectedServices, type ServiceExpectations } from '../proof/expected.js'
import { unprovenServices } from '../proof/compare.js'
import {
  type ReportedChange,
  reportChanges,
  reportFindings,
  reportPlugins,
  sortChanges,
} from '../report/report.js'
import type { ReportPart } from '../report/record.js'
import { allRules, catalogue } from '../rules/catalogue.js'
import { type Findings, findings, joinFindings, withoutAccepted } from '../rules/findings.js'
import { unknownRuleFindings } from '../rules/run.js'
import { planSync, type SyncPlan } from '../sync/plan.js'
import { reportCompose } from '../workspace/deployment.js'
import { readWorkspace } from '../workspace/read.js'
import type { Workspace } from '../workspace/types.js'
import type { Run } from './stage.js'

/** What is known of a repository, and what should become of it, before anything is written. */
export interface Examination {
  workspace: Workspace
  declarations: Declarations
  desired: DesiredState
  /** What production should load. */
  services: ServiceExpectations
  findings: Findings
  plan: SyncPlan
  /** What `sync` writes. */
  edits: readonly FileEdit[]
  /** Those edits, and the fixes that were made before, for the report. */
  changes: readonly ReportedChange[]
}

/** Reads and decides everything that there is to know before anything is written. */
export async function check({ inputs, surroundings, stage }: Run): Promise<Examination> {
  const { root } = surroundings
  const workspace = await stage('workspace', () => readWorkspace(root, inputs.image))
  const declarations = await stage('declarations', () =>
    readDeclarations(workspace.root, inputs.declarations),
  )
  const desired = desiredState(workspace, declarations, inputs.undeclared)
  const source = { root: workspace.root, declarations }
  const found = await stage('rules', () =>
    joinFindings(
      findings(catalogue.repository, { workspace, desired }, source),
      withoutAccepted(unknownRuleFindings(declarations, allRules()), source),
    ),
  )
  const plan = await stage('sync', () => planSync(workspace, desired, unsoundPlugins(found)))
  // What sync will write is no finding; without sync it is. What it can't write always is one.
  const unwritten = inputs.mode === 'check' ? plan : { ...plan, changes: [] }
  return {
    workspace,
    declarations,
    desired,
    services: expectedServices(desired),
    findings: joinFindings(found, findings(catalogue.plan, unwritten, source)),
    plan,
    edits: plan.edits,
    changes: reportChanges(plan, desired),
  }
}

/** What the report says of a repository that was examined. */
export function partOf({ workspace, desired, services, findings, changes }: Examination): ReportPart {
  return {
    plugins: reportPlugins(desired),
    services: unprovenServices(services.expected),
    compose: reportCompose(workspace),
    findings: reportFindings(findings.open),
    accepted: [...findings.accepted],
    changes: sortChanges(changes),
  }
}

/**
 * Reads the declarations of a repository; none where it has no such file and need not have one.
 * @param root absolute path of the repository
 * @throws with what to do
 */
export async function readDeclarations(
  root: string,
  { file, required }: Inputs['declarations'],
): Promise<Declarations> {
  const path = posix.normalize(file)
  if (path.startsWith('../') || posix.isAbsolute(path)) throw new Error(`${path} leads out of the repository`)
  const result = readRepositoryFile(root, path)
  if ('text' in result) {
    // The YAML and schema libraries are only loaded where there is something to read.
    const { parseDeclarations } = await import('../declarations/read.js')
    return parseDeclarations({ path, text: result.text })
  }
  if ('reason' in result) throw new Error(`${path} ${result.reason}`)
  if (required) throw new Error(`${path} does not exist: write it (\`tailchat-plugins init\` makes one)`)
  return noDeclarations
}

/** The plugins that sync must not enter anywhere, whatever severity this repository gives the rules that say so. */
function unsoundPlugins({ open, accepted }: Findings): ReadonlySet<string> {
  const rules = new Set<string>(allRules().flatMap(({ id, blocksSync }) => (blocksSync ? [id] : [])))
  return new Set([...open, ...accepted].flatMap(({ rule, plugin }) => (rules.has(rule) && plugin) || []))
}
