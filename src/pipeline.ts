import { codeOfFork } from './inputs/event.js'
import type { Surroundings } from './inputs/surroundings.js'
import type { Inputs } from './inputs/inputs.js'
import { deploy } from './stages/deploy.js'
import { examine } from './stages/check.js'
import { checkedOutPullRequest, readCommit } from './lib/git.js'
import { mend } from './stages/fix.js'
import { applyEditsToDisk } from './lib/apply-edits.js'
import {
  addChanges,
  emptyReport,
  type Report,
  reportChanges,
  reportFindings,
  reportPlugins,
} from './report/report.js'
import { reportCompose } from './workspace/deployment.js'
import { rollback } from './stages/rollback.js'
import { expectedServices } from './proof/expected.js'
import { unprovenServices } from './proof/compare.js'
import { describeFailure, stageRunner } from './stages/stage.js'

/**
 * Takes a Tailchat repository through all stages that the mode asks for; code of a fork is only checked.
 * @returns the report, also when a stage failed: `report.failure` says which one and why
 */
export async function runPipeline(inputs: Inputs, surroundings: Surroundings): Promise<Report> {
  const readsOnly = inputs.mode === 'check' && !inputs.publish.comment
  const because = readsOnly ? undefined : await whyOnlyChecked(surroundings)
  if (because === undefined) return commented(inputs, surroundings, await runStages(inputs, surroundings))
  const publish = { ...inputs.publish, commit: 'none' as const, comment: false, token: '' }
  const report = await runStages({ ...inputs, mode: 'check', publish }, surroundings)
  if (inputs.publish.comment) report.notes.unshift(`No comment was written: ${because}.`)
  if (inputs.mode === 'check') return report
  report.restricted = `Checked only, though mode is ${inputs.mode}: ${because}. Code of a fork is never written, built, pushed or given secrets.`
  report.notes.unshift(report.restricted)
  return report
}

/** Last of all, since the comment shows what became of everything else. */
async function commented(inputs: Inputs, surroundings: Surroundings, report: Report): Promise<Report> {
  if (inputs.publish.comment) {
    const { comment } = await import('./publish/comment.js')
    await comment(inputs, surroundings.event, report, surroundings)
  }
  return report
}

async function whyOnlyChecked({ root, event }: Surroundings): Promise<string | undefined> {
  const sha = (await readCommit(root))?.sha
  return codeOfFork(event, { sha, pullRequest: await checkedOutPullRequest(root) })
}

async function runStages(inputs: Inputs, surroundings: Surroundings): Promise<Report> {
  const { root, event, rulesUrl, log } = surroundings
  const report = { ...emptyReport(inputs.mode), rulesUrl }
  const stage = stageRunner(report)
  try {
    if (inputs.mode === 'rollback') {
      await rollback(inputs, surroundings, report, stage)
      return report
    }
    const syncs = inputs.mode !== 'check'
    const writes = syncs && !inputs.dryRun
    const publishing =
      syncs && inputs.publish.commit !== 'none'
        ? await stage('publish', () => startPublishing(inputs, surroundings))
        : undefined

    let state = await examine(inputs, root, stage)
    if (syncs && inputs.fix) state = await mend(state, inputs, root, report, stage)
    const mended = state
    // What only some runs need is loaded by those.
    const lockfile = syncs
      ? await stage('lockfile', async () =>
          (await import('./stages/lockfile.js')).updateLockfile(inputs, mended, log),
        )
      : undefined
    if (lockfile) state = { ...state, findings: lockfile.findings, accepted: lockfile.accepted }
    const { pullRequest } = event
    if (pullRequest)
      state = await stage('privileges', async () =>
        (await import('./stages/privileges.js')).addPrivilegeChanges(
          state,
          inputs,
          event,
          pullRequest,
          report,
        ),
      )
    const { workspace, desired, findings, plan } = state
    report.plugins = reportPlugins(desired)
    report.services = unprovenServices(expectedServices(desired).expected)
    report.compose = reportCompose(workspace)
    report.findings = reportFindings(findings)
    report.accepted = state.accepted
    addChanges(report, [...reportChanges(plan, desired), ...(lockfile?.changes ?? [])])

    if (writes) {
      const edits = [...plan.edits, ...(lockfile?.edits ?? [])]
      await stage('apply', () => applyEditsToDisk(workspace.root, edits))
      report.applied ||= edits.length > 0
    }
    const published = publishing && (await stage('publish', () => publishing(report, workspace.root)))
    if (inputs.mode === 'deploy') {
      const revision = published === undefined ? {} : { revision: published }
      await deploy(inputs, { ...surroundings, ...revision, root: workspace.root }, state, report, stage)
    }
    return report
  } catch (error) {
    report.failure = describeFailure(error)
    return report
  }
}

/** Finds out where the edits go, before there are any. Gives what takes them there. */
async function startPublishing(
  inputs: Inputs,
  surroundings: Surroundings,
): Promise<(report: Report, root: string) => Promise<string | undefined>> {
  const { findTarget } = await import('./publish/target.js')
  const target = await findTarget(inputs, surroundings.root, surroundings.event)
  const { publish } = await import('./publish/publish.js')
  const elsewhere: Inputs = { ...inputs, mode: 'sync', publish: { ...inputs.publish, commit: 'none' } }
  const sync = (root: string): Promise<Report> => runStages(elsewhere, { ...surroundings, root })
  return (report, root) => publish(target, { inputs, root, report, sync }, surroundings)
}
