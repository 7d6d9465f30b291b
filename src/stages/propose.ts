import { join } from 'node:path'
import type { LockedPlugin } from '../declarations/elsewhere/lock-schema.js'
import type { Outlook } from '../declarations/elsewhere/update.js'
import { requested } from '../declarations/elsewhere/vendored.js'
import { packagesAdded } from '../image/lockfile-change.js'
import { repositoryText } from '../lib/files.js'
import { git } from '../lib/git.js'
import { append } from '../lib/lists.js'
import { messageOf } from '../lib/wording.js'
import { privilegesBetween } from '../privileges/pull-request.js'
import { type Destination, findDestination } from '../publish/destination.js'
import { describeCommit } from '../publish/publish.js'
import { ForeignCommitError, type PullRequest, publishPullRequest } from '../publish/pull-request.js'
import { branchesBelow, headOf, noBranch } from '../publish/repository.js'
import { uncommittedChanges, withCheckout } from '../publish/tree.js'
import { inTries } from '../publish/tries.js'
import {
  type ProposedUpdate,
  type ProposedUpdates,
  updateBody,
  updateMark,
  updateTitle,
} from '../publish/update-text.js'
import { type ReportedChange, reportFindings, sortChanges } from '../report/report.js'
import { markNew } from '../rules/new.js'
import { layout } from '../tailchat/layout.js'
import { check, type Examination, partOf } from './check.js'
import { type Run, StageError } from './stage.js'
import { applyUpdate, prepare, summaryOf } from './update.js'
import { outlooksOf } from './vendor.js'

/**
 * Opens pull requests for plugins from elsewhere that have a newer version, and keeps the open ones up to date. All of it happens on a checkout of the branch's head; the working tree stays as it is.
 * @throws after all others were proposed, where one can't be
 */
export async function propose(run: Run): Promise<void> {
  const { inputs, surroundings, record, stage } = run
  const destination = await stage('publish', () =>
    findDestination(inputs, surroundings.root, surroundings.event),
  )
  const base = await stage('publish', () =>
    inTries(surroundings, () => headOf(destination, destination.branch)),
  )
  if (base === undefined) throw new StageError('publish', noBranch(destination))
  const source = { url: destination.url, token: destination.api.token }
  await withCheckout(source, base, async (directory) => {
    const root = join(directory, destination.place)
    const there: Run = { ...run, surroundings: { ...surroundings, root } }
    const state = await stage('check', () => check(there))
    // An update does not fail on findings that were there before.
    record({ ...partOf(state), findings: [], changes: [] })
    const proposing: Proposing = { run: there, destination, base, state, opened: [], notes: new Set() }
    record({ pullRequests: [] })
    const { failures, kept } = await proposePlugins(proposing)
    if (inputs.task.subject === '') await closeOthers(proposing, kept)
    if (failures.length > 0) throw new StageError('update', failures.join('\n'))
  })
}

/** The checkout on which updates are prepared, and where they go. */
interface Proposing {
  run: Run
  destination: Destination
  base: string
  /** The checkout as it is without an update. */
  state: Examination
  /** The pull requests so far. */
  opened: { title: string; url: string }[]
  /** Notes that are the same for all of them. */
  notes: Set<string>
}

/** The outcome of proposing. */
interface Proposals {
  failures: string[]
  /** The branches whose pull requests stay. */
  kept: Set<string>
}

async function proposePlugins(proposing: Proposing): Promise<Proposals> {
  const { run, state } = proposing
  const { branch, group } = run.inputs.publish
  const { root } = state.workspace
  const { outlooks, failures, unasked } = await run.stage('fetch', () => outlooksOf(run, root, isReachable))
  for (const { name, problem } of outlooks) if (problem !== undefined) failures.push(`${name}: ${problem}`)
  const due = outlooks.filter(({ outdated, problem }) => outdated && problem === undefined)
  const unclear = [
    ...unasked,
    ...outlooks.flatMap(({ name, problem }) => (problem === undefined ? [] : name)),
  ]
  run.record({ elsewhere: { plugins: outlooks.length + unasked.length, outdated: due.length } })
  const groups: [string, Outlook[]][] =
    group === 'each' ? due.map((outlook) => [outlook.name, [outlook]]) : due.length > 0 ? [['all', due]] : []
  for (const [name, outlooksOfGroup] of groups) {
    try {
      const request = await prepareGroup(proposing, outlooksOfGroup, failures)
      if (request) await open(proposing, { ...request, branch: `${branch}/${name}` })
    } catch (error) {
      failures.push(`${name}: ${messageOf(error)}`)
    } finally {
      await restore(proposing)
    }
  }
  // What could not be asked may still be outdated.
  const kept = group === 'each' ? unclear : unclear.length > 0 ? ['all'] : []
  return {
    failures,
    kept: new Set([...groups.map(([name]) => name), ...kept].map((name) => `${branch}/${name}`)),
  }
}

/** A path out of the repository is one of the machine on which the plugin was added. */
function isReachable({ source }: LockedPlugin): boolean {
  return !/^(?:\/|\.\.)/.test(source)
}

/** Prepares the updates of one pull request in the checkout. @returns `undefined` where none can be made */
async function prepareGroup(
  { run, base, state }: Proposing,
  group: readonly Outlook[],
  failures: string[],
): Promise<Omit<PullRequest, 'branch'> | undefined> {
  const { root } = state.workspace
  const lockfile = repositoryText(root, layout.pnpmLock) ?? ''
  const updates: ProposedUpdate[] = []
  const own: ReportedChange[] = []
  const changes: ReportedChange[] = []
  let after = state
  for (const outlook of group) {
    try {
      const update = await run.stage('fetch', () => prepare(run, state, outlook))
      const settled = await applyUpdate(run, root, update)
      after = settled.examined
      updates.push(update)
      append(own, summaryOf(update))
      append(changes, settled.changes)
      run.surroundings.log(`${update.name}: ${requested(update.from)} -> ${requested(update.to)}`)
    } catch (error) {
      failures.push(`${outlook.name}: ${messageOf(error)}`)
    }
  }
  if (updates.length === 0) return undefined
  run.record({ changes: sortChanges([...own, ...changes]) })
  const text = {
    updates,
    base,
    privileges: privilegesBetween(
      state,
      after,
      updates.map(({ name }) => name),
    ),
    packages: packagesAdded(lockfile, repositoryText(root, layout.pnpmLock) ?? ''),
    findings: compareFindings(state, after),
    changes,
  }
  const body = updateBody(text, run.surroundings.rulesUrl)
  const files = await uncommittedChanges(root)
  const propose = (): Promise<{ files: typeof files; body: string }> => Promise.resolve({ files, body })
  return { base, message: updateTitle(updates), mark: updateMark(updates), propose }
}

function compareFindings(before: Examination, after: Examination): ProposedUpdates['findings'] {
  const [was, is] = [before.findings.open, after.findings.open]
  const added = (found: typeof is, known: typeof is): typeof is =>
    markNew(found, known).filter((finding) => finding.new)
  return {
    fresh: reportFindings(added(is, was)),
    gone: reportFindings(added(was, is)),
    before: was.length,
    after: is.length,
  }
}

/** Makes the checkout what it was before an update was prepared in it. */
async function restore({ base, state }: Proposing): Promise<void> {
  const { root } = state.workspace
  await git(root, ['checkout', '--quiet', '--force', '--detach', base])
  await git(root, ['clean', '--quiet', '-ffdx', '--', '.'])
}

/** Opens or updates a pull request, or says what would be done. */
async function open({ run, destination, opened, notes }: Proposing, request: PullRequest): Promise<void> {
  const { inputs, surroundings, record, stage } = run
  const [title = ''] = request.message.split('\n')
  if (inputs.dryRun)
    return record({
      notes: [`Dry run: would open or update a pull request from ${request.branch}: ${title}.`],
    })
  try {
    const published = await stage('publish', () => publishPullRequest(destination, request, surroundings))
    record({ notes: published.notes.map((note) => `${title}: ${note}`) })
    const { notes: ofCommit = [], ...commit } = published.commit ? describeCommit(published.commit) : {}
    record({ ...commit, notes: ofCommit.filter((note) => !notes.has(note)) })
    for (const note of ofCommit) notes.add(note)
    const { url } = published
    if (url === undefined) return
    opened.push({ title, url })
    record({ pullRequestUrl: url, pullRequests: [...opened] })
  } catch (error) {
    if (!(error instanceof StageError && error.cause instanceof ForeignCommitError)) throw error
    record({ notes: [`${title}: ${error.message}`] })
  }
}

/** Closes the pull requests of plugins that have become up to date or were removed. */
async function closeOthers({ run, destination, base }: Proposing, kept: ReadonlySet<string>): Promise<void> {
  const { inputs, surroundings, record, stage } = run
  const branches = await stage('publish', () =>
    inTries(surroundings, () => branchesBelow(destination, `${inputs.publish.branch}/`)),
  )
  // Another run may be making its commit on a temporary branch with such an ending.
  for (const branch of branches.filter((each) => !kept.has(each) && !/-[0-9a-f]{8}$/.test(each))) {
    if (inputs.dryRun) {
      record({ notes: [`Dry run: would close the pull request from ${branch}: nothing is left to update.`] })
      continue
    }
    const nothing = { branch, base, message: '', propose: () => Promise.resolve({ files: [], body: '' }) }
    const { notes } = await stage('publish', () => publishPullRequest(destination, nothing, surroundings))
    record({ notes })
  }
}
