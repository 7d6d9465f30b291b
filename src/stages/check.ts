import { posix } from 'node:path'
import type { Inputs } from '../inputs/inputs.js'
import { type DesiredState, desiredState } from '../declarations/desired.js'
import { type Declarations, noDeclarations } from '../declarations/types.js'
import { readVendored, type Vendored } from '../declarations/elsewhere/vendored.js'
import { type Budget, startBudget } from '../lib/budget.js'
import { readRepositoryFile, repositoryText } from '../lib/files.js'
import { listed, messageOf } from '../lib/wording.js'
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
import { byPlace, type Finding, runRules, unknownRuleFindings } from '../rules/run.js'
import { type Suggestion, suggestionsFor } from '../rules/suggestions.js'
import type { Problem, RepositoryRule, RepositorySubject } from '../rules/types.js'
import { planSync, type SyncPlan } from '../sync/plan.js'
import { reportCompose } from '../workspace/deployment.js'
import { SHARED_MODULES } from '../source/shared-modules.js'
import { readWorkspace } from '../workspace/read.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { whyNotHere } from '../workspace/whereabouts.js'
import type { Run } from './stage.js'

/** The state of a repository and the planned changes, before anything is written. */
export interface Examination {
  workspace: Workspace
  declarations: Declarations
  desired: DesiredState
  /** The plugins from elsewhere; `undefined` where there is no lock. */
  vendored: Vendored | undefined
  /** What production should load. */
  services: ServiceExpectations
  findings: Findings
  /** What could not be checked, or not in time; each has a finding too. */
  notLookedAt: readonly string[]
  plan: SyncPlan
  /** What `sync` writes. */
  edits: readonly FileEdit[]
  /** Those edits, and the fixes that were made before, for the report. */
  changes: readonly ReportedChange[]
}

/** Reads the repository, checks it and plans all changes, before anything is written. */
export async function check({ inputs, surroundings, stage }: Run): Promise<Examination> {
  const { root } = surroundings
  const budget = startBudget(CHECK_SECONDS)
  const workspace = await stage('workspace', () => readRepository(root, inputs, budget))
  const declarations = await stage('declarations', () =>
    readDeclarations(workspace.root, inputs.declarations),
  )
  const desired = desiredState(workspace, declarations, inputs.undeclared)
  const vendored = await readVendored(workspace, declarations)
  const source = { root: workspace.root, declarations }
  const { found, notLookedAt } = await stage('rules', () => {
    const checked = checkRepository({
      rules: catalogue.repository,
      subject: { workspace, desired, vendored },
      severities: declarations.rules,
      budget,
    })
    const all = [
      ...withoutImpossibleFixes(checked.found, workspace),
      ...unknownRuleFindings(declarations, allRules()),
    ]
    return { found: withoutAccepted(all, source), notLookedAt: checked.notLookedAt }
  })
  const plan = await stage('sync', () => planSync(workspace, desired, unsoundPlugins(workspace, found)))
  // What sync will write is no finding; without sync it is. What it can't write always is one.
  const unwritten = inputs.mode === 'check' ? plan : { ...plan, changes: [] }
  return {
    workspace,
    declarations,
    desired,
    vendored,
    services: expectedServices(desired),
    findings: withoutMissing(joinFindings(found, findings(catalogue.plan, unwritten, source)), workspace),
    notLookedAt: [...notLookedAt, ...notReadIn(workspace)],
    plan,
    edits: plan.edits,
    changes: reportChanges(plan, desired),
  }
}

/** @throws when there is nothing to check, which would otherwise look like a repository without mistakes */
async function readRepository(root: string, { path, image }: Inputs, budget: Budget): Promise<Workspace> {
  const workspace = await readWorkspace(root, image, budget)
  const hasPlugins = workspace.plugins.length + workspace.missingSubmodules.length > 0
  const reason = whyNotHere(workspace.root, { path, hasPlugins })
  if (reason !== undefined) throw new Error(reason)
  return workspace
}

/** What is not UTF-8 can't be written back. */
function withoutImpossibleFixes(found: readonly Finding[], { unreadable }: Workspace): readonly Finding[] {
  const inOtherEncoding = new Set(unreadable.flatMap(({ path, position }) => (position ? path : [])))
  if (inOtherEncoding.size === 0) return found
  return found.map(({ fix, ...finding }) =>
    inOtherEncoding.has(finding.file) ? { ...finding, fixable: false } : { ...finding, ...(fix && { fix }) },
  )
}

function notReadIn(workspace: Workspace): string[] {
  const { compiler, deployment, missingSubmodules, notRead } = workspace
  return [
    ...notRead,
    ...unknownNames(workspace),
    ...unknownModules(workspace),
    ...compiler.notRead,
    ...(deployment?.notRead ?? []).map(({ path, reason }) => `${path} ${reason}`),
    ...missingSubmodules.map(({ path }) => `${path} was not checked out`),
  ]
}

/** Services whose name is computed: nothing that depends on the name was checked. */
function unknownNames({ plugins }: Workspace): string[] {
  const files = plugins.flatMap(({ services }) =>
    services
      .filter(
        ({ nameIs, loadedIn, syntaxProblem }) =>
          nameIs === 'unknown' && loadedIn === 'production' && !syntaxProblem,
      )
      .map(({ path }) => path),
  )
  return files.length === 0 ? [] : [`the name of the service in ${listed(files, SHOWN)}, which is computed`]
}

/** Modules of the web client whose exports can't be told: imports from them were not checked. */
function unknownModules({ plugins, pluginsOnly, sharedModules }: Workspace): string[] {
  const unknown = SHARED_MODULES.filter((name) => !sharedModules.has(name))
  // Where only plugins are in the repository, the web client is that of the base image.
  if (pluginsOnly || unknown.length === 0) return []
  const asks = (name: string): boolean =>
    plugins.some(({ sources }) => sources.some(({ text }) => text.includes(name)))
  return unknown.filter(asks).map((name) => `imports from ${name}, whose exports can't all be told`)
}

/** Drops the other findings about plugins whose files are missing: they would be wrong. */
function withoutMissing(found: Findings, { missingSubmodules }: Workspace): Findings {
  const missing = new Set<string | undefined>(missingSubmodules.map(({ name }) => name))
  if (missing.size === 0) return found
  return {
    ...found,
    open: found.open.filter(
      ({ rule, plugin }) => rule === 'plugin/submodule-missing' || !missing.has(plugin),
    ),
  }
}

/** Returns the part of the report about an examined repository. */
export function partOf({
  workspace,
  desired,
  services,
  findings,
  notLookedAt,
  changes,
}: Examination): ReportPart {
  return {
    plugins: reportPlugins(desired),
    services: unprovenServices(services.expected),
    compose: reportCompose(workspace),
    findings: reportFindings(findings.open),
    accepted: [...findings.accepted],
    notLookedAt: [...notLookedAt],
    changes: sortChanges(changes),
  }
}

/** Returns what has one right answer as replacements of lines. */
export function suggestionsOf({ workspace, findings, edits }: Examination): Suggestion[] {
  return suggestionsFor(findings.open, edits, (file) => repositoryText(workspace.root, file))
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

/** The time limit of a check; a repository of 4,400 plugins takes a tenth of it. */
const CHECK_SECONDS = 60

interface Checked {
  rules: readonly RepositoryRule[]
  subject: RepositorySubject
  severities: Declarations['rules']
  budget: Budget
}

/** Runs the rules. A rule that fails or has no time left loses only its own findings, and the report says so. */
export function checkRepository({ rules, subject, severities, budget }: Checked): {
  found: Finding[]
  notLookedAt: string[]
} {
  const found: Finding[] = []
  const { plugins } = subject.workspace
  const directoriesOf = (why: Plugin['notRead']): string[] =>
    plugins.flatMap(({ notRead, directory }) => (notRead === why ? directory : []))
  const failed = directoriesOf('failed')
  const late = directoriesOf('no time')
  for (const rule of rules) {
    const name = `the rule ${rule.id}`
    if (budget.isSpent()) {
      late.push(name)
      continue
    }
    // A hostile file may hold what one rule finds thousands of times.
    const inTime = function* (problems: Iterable<Problem>): Generator<Problem> {
      for (const problem of problems) {
        if (budget.isSpent()) return void late.push(name)
        yield problem
      }
    }
    const timed = { ...rule, check: (each: RepositorySubject) => inTime(rule.check(each)) }
    try {
      for (const finding of runRules([timed], subject, severities)) found.push(finding)
    } catch (error) {
      failed.push(name)
      found.push(notChecked(`${name} could not be checked (${messageOf(error)}): please report this`))
    }
  }
  const notLookedAt = failed.length > 0 ? [listed(failed, SHOWN)] : []
  if (late.length > 0) {
    const message = `${listed(late, SHOWN)}: the check took longer than ${budget.seconds} s`
    notLookedAt.push(message)
    found.push(notChecked(`not checked: ${message}`))
  }
  const notRead = new Set(plugins.filter((plugin) => plugin.notRead).map(({ name }) => name))
  return {
    // These were not read, so a finding that something is missing in them would be wrong.
    found: found.filter(({ rule, plugin }) => rule === NOT_READ || !notRead.has(plugin ?? '')).sort(byPlace),
    notLookedAt,
  }
}

const NOT_READ = 'plugin/unreadable'
const SHOWN = 10

function notChecked(message: string): Finding {
  return { rule: NOT_READ, severity: 'error', file: '.', message, fixable: false }
}

/**
 * Returns the plugins that sync must not register: those that break certain rules, in any severity, and those that were
 * not read.
 */
export function unsoundPlugins({ plugins }: Workspace, { open, accepted }: Findings): ReadonlySet<string> {
  const rules = new Set<string>(allRules().flatMap(({ id, blocksSync }) => (blocksSync ? [id] : [])))
  const unsound = [...open, ...accepted].flatMap(({ rule, plugin }) => (rules.has(rule) && plugin) || [])
  return new Set([...unsound, ...plugins.flatMap(({ notRead, name }) => (notRead ? name : []))])
}
