import { changeOf, codeOfFork } from './inputs/event.js'
import type { Inputs, Mode } from './inputs/inputs.js'
import type { Surroundings } from './inputs/surroundings.js'
import { readCheckedOut } from './lib/checkout.js'
import { undoInterrupted } from './lib/transaction.js'
import { withPart } from './report/record.js'
import type { Report } from './report/report.js'
import { apply } from './stages/apply.js'
import { check, type Examination, partOf, suggestionsOf } from './stages/check.js'
import { fix } from './stages/fix.js'
import { type Run, withRun } from './stages/stage.js'

/**
 * Runs the stages that the mode asks for on a Tailchat repository; code of a fork is only checked.
 * @returns the report, also after a failed stage: `report.failure` says which one and why
 */
export async function runPipeline(inputs: Inputs, surroundings: Surroundings): Promise<Report> {
  const readsOnly = inputs.mode === 'check' && !inputs.publish.comment
  const because = readsOnly ? undefined : whyOnlyChecked(surroundings)
  if (because === undefined) return commented(inputs, surroundings, await runStages(inputs, surroundings))
  const publish = { ...inputs.publish, commit: 'none' as const, comment: false, token: '' }
  const report = await runStages({ ...inputs, mode: 'check', publish }, surroundings)
  const silent = inputs.publish.comment ? [`No comment was written: ${because}.`] : []
  if (inputs.mode === 'check') return { ...report, notes: [...silent, ...report.notes] }
  const restricted = `Checked only, though mode is ${inputs.mode}: ${because}. Code of a fork is never written, built, pushed or given secrets.`
  return { ...report, restricted, notes: [restricted, ...silent, ...report.notes] }
}

/** Writes the comment, last of all since it shows the whole report. */
async function commented(inputs: Inputs, surroundings: Surroundings, report: Report): Promise<Report> {
  if (!inputs.publish.comment) return report
  const { comment } = await import('./publish/comment.js')
  const all =
    inputs.publish.comment === 'review'
      ? withPart(report, {
          notes: await (await import('./publish/review.js')).review(inputs, report, surroundings),
        })
      : report
  return withPart(all, { notes: await comment(inputs, all, surroundings) })
}

function whyOnlyChecked({ root, event }: Surroundings): string | undefined {
  return codeOfFork(event, readCheckedOut(root))
}

/** Stages that only some runs need, and load. */
const load = {
  lockfile: () => import('./stages/lockfile.js'),
  privileges: () => import('./stages/privileges.js'),
  base: () => import('./stages/base.js'),
  publish: () => import('./stages/publish.js'),
  deploy: () => import('./stages/deploy.js'),
  bundle: () => import('./stages/bundle.js'),
  rollback: () => import('./stages/rollback.js'),
  status: () => import('./stages/status.js'),
  new: () => import('./stages/new.js'),
  add: () => import('./stages/add.js'),
  remove: () => import('./stages/remove.js'),
  update: () => import('./stages/update.js'),
  propose: () => import('./stages/propose.js'),
  outdated: () => import('./stages/outdated.js'),
}

function runStages(inputs: Inputs, surroundings: Surroundings): Promise<Report> {
  return withRun(inputs, surroundings, workOf[inputs.mode])
}

async function goBack(run: Run): Promise<void> {
  const { rollback } = await load.rollback()
  await run.stage('rollback', () => rollback(run))
}

async function askLive(run: Run): Promise<void> {
  const { status } = await load.status()
  await run.stage('status', () => status(run))
}

async function newPlugin(run: Run): Promise<void> {
  if (!run.inputs.dryRun) await undoInterrupted(run.surroundings.root)
  const { createPlugin } = await load.new()
  await run.stage('new', () => createPlugin(run))
}

async function addPlugin(run: Run): Promise<void> {
  if (!run.inputs.dryRun) await undoInterrupted(run.surroundings.root)
  const { add } = await load.add()
  await run.stage('add', () => add(run))
}

async function removePlugin(run: Run): Promise<void> {
  if (!run.inputs.dryRun) await undoInterrupted(run.surroundings.root)
  const { remove } = await load.remove()
  await run.stage('remove', () => remove(run))
}

async function updatePlugins(run: Run): Promise<void> {
  if (run.inputs.publish.commit === 'pull-request') {
    const { propose } = await load.propose()
    return run.stage('update', () => propose(run))
  }
  if (!run.inputs.dryRun) await undoInterrupted(run.surroundings.root)
  const { update } = await load.update()
  await run.stage('update', () => update(run))
}

async function askSources(run: Run): Promise<void> {
  const { outdated } = await load.outdated()
  await run.stage('outdated', () => outdated(run))
}

async function goForward(run: Run): Promise<void> {
  const { inputs, surroundings, record, stage } = run
  const isChange = changeOf(surroundings.event) !== undefined || surroundings.since !== undefined
  const writes = inputs.mode !== 'check'
  if (writes && !inputs.dryRun) await undoInterrupted(surroundings.root)
  const publishing = writes && inputs.publish.commit !== 'none' ? await load.publish() : undefined
  const destination = publishing && (await stage('publish', () => publishing.chooseDestination(run)))

  let state = await stage('check', () => check(run))
  if (writes && inputs.fix) state = await stage('fix', () => fix(run, state))
  if (writes) state = await stage('lockfile', async () => (await load.lockfile()).lockfile(run, state))
  if (isChange) state = await compareWithBase(run, state)
  record(partOf(state))
  if (!writes && inputs.publish.comment === 'review') record({ suggestions: suggestionsOf(state) })

  if (writes && !inputs.dryRun) await stage('apply', () => apply(run, state))
  const sync = (root: string): Promise<Report> => syncElsewhere(run, root)
  const revision =
    destination &&
    (await stage('publish', () => publishing.publish(run, { destination, examined: state, sync })))
  if (inputs.mode === 'deploy' && inputs.as === 'bundle')
    await stage('bundle', async () => (await load.bundle()).bundle(run, state, revision))
  else if (inputs.mode === 'deploy')
    await stage('deploy', async () => (await load.deploy()).deploy(run, state, revision))
}

/** Says what the change brings: what plugins may do that they could not, and which findings are new. */
async function compareWithBase(run: Run, examined: Examination): Promise<Examination> {
  const { findBase, compareFindings } = await load.base()
  const base = await run.stage('base', () => findBase(run))
  if (base === undefined) return examined
  const compared = await run.stage('privileges', async () =>
    (await load.privileges()).privileges(run, examined, base),
  )
  return run.stage('base', () => compareFindings(run, compared, base))
}

/** Runs `sync` on another checkout, without publishing. */
function syncElsewhere({ inputs, surroundings }: Run, root: string): Promise<Report> {
  const publish = { ...inputs.publish, commit: 'none' as const }
  return runStages({ ...inputs, mode: 'sync', publish }, { ...surroundings, root })
}

const workOf: Readonly<Record<Mode, (run: Run) => Promise<void>>> = {
  check: goForward,
  sync: goForward,
  deploy: goForward,
  rollback: goBack,
  status: askLive,
  new: newPlugin,
  add: addPlugin,
  remove: removePlugin,
  update: updatePlugins,
  outdated: askSources,
}
