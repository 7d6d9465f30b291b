import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Event } from './action/event.js'
import type { Inputs } from './action/inputs.js'
import { CommandError } from './command.js'
import { type DesiredState, desiredState } from './declarations/desired.js'
import { type Declarations, noDeclarations } from './declarations/types.js'
import { buildImage, type BuiltImage, digestOf, moveTags } from './image/build.js'
import { printedErrors } from './image/build-log.js'
import { provenanceLabels } from './image/buildx-args.js'
import { type Docker, withDocker } from './image/docker.js'
import { readCommit } from './image/git.js'
import { deriveTags, imageName, references } from './image/reference.js'
import { applyEditsToDisk } from './publish/apply.js'
import {
  emptyReport,
  hasFailingFindings,
  plural,
  type Report,
  type ReportedImage,
  reportChanges,
  reportFindings,
  reportFixes,
  reportPlugins,
} from './report/report.js'
import { separateAccepted } from './rules/accept.js'
import { allRules, catalogue } from './rules/catalogue.js'
import { type Finding, runRules, unknownRuleFindings } from './rules/run.js'
import { compareServices, unprovenServices } from './services/compare.js'
import { reportCompose } from './services/deployment.js'
import { expectedServices } from './services/expected.js'
import type { ProbeResult } from './services/probe-result.js'
import { planFixes } from './sync/fix.js'
import { planSync, type SyncPlan } from './sync/plan.js'
import { readRepositoryFile } from './workspace/files.js'
import { layout } from './workspace/layout.js'
import { readLoaderModules } from './workspace/loader.js'
import { readWorkspace } from './workspace/read.js'
import type { Workspace } from './workspace/types.js'

/** What surrounds a run. */
export interface Surroundings {
  /** Absolute path of the repository. */
  root: string
  event: Event
  /** Where docs/rules.md of this version is found. */
  rulesUrl: string
  /** Progress, a line at a time. */
  log: (line: string) => void
}

/**
 * Takes a Tailchat repository through all stages that the mode asks for.
 * @returns the report, also when a stage failed: `report.failure` says which one and why
 */
export async function runPipeline(
  inputs: Inputs,
  { root, event, rulesUrl, log }: Surroundings,
): Promise<Report> {
  const report = { ...emptyReport(inputs.mode), rulesUrl }
  const stage = stageRunner(report)
  try {
    const writes = inputs.mode !== 'check' && !inputs.dryRun
    let state = await examine(inputs, root, stage)
    if (inputs.fix && inputs.mode !== 'check') {
      // One round mends what it can; a fix may uncover the next problem, never the same one again.
      for (let round = 0; round < FIX_ROUNDS; round++) {
        const { workspace, findings } = state
        const fixes = planFixes(findings, (file) => textIn(workspace, file))
        if (fixes.edits.length === 0) break
        report.changes.push(...reportFixes(fixes))
        if (!writes) break
        await stage('fix', () => applyEditsToDisk(workspace.root, fixes.edits))
        report.applied = true
        state = await examine(inputs, root, stage)
      }
    }
    const { workspace, declarations, desired, findings, plan } = state
    report.plugins = reportPlugins(desired)
    const { expected, tolerated } = expectedServices(desired)
    report.services = unprovenServices(expected)
    report.compose = reportCompose(workspace)
    report.findings = reportFindings(findings)
    report.accepted = state.accepted
    report.changes.push(...reportChanges(plan))

    if (writes && plan.edits.length > 0) {
      await stage('apply', () => applyEditsToDisk(workspace.root, plan.edits))
      report.applied = true
    }
    if (inputs.mode !== 'deploy') return report
    if (hasFailingFindings(report, inputs.failOn))
      throw new StageError('rules', 'nothing was built: mend the findings first')

    report.strategy = 'full'
    report.notes.push('Strategy full: this version builds with the repository’s own Dockerfile.')
    const build = await stage('prepare', () => planBuild(inputs, workspace.root, event))
    if (inputs.dryRun) {
      report.notes.push(
        `Dry run: would build, prove, and then move ${build.references.join(', ') || 'no tag'}.`,
      )
      return report
    }
    await withDocker(inputs.image.login, log, async (docker) => {
      const buildLog: string[] = []
      const keeping = (line: string): void => {
        buildLog.push(line)
        log(line)
      }
      const image = await stage('image', () =>
        buildImage({ ...docker, onLine: keeping }, build.plan, build.names, build.epochSeconds),
      )
      const reported: ReportedImage = {
        name: image.pushed ? (build.names[0] ?? '') : '',
        digest: image.digest,
        tags: [],
        platforms: build.plan.platforms,
      }
      report.image = reported
      if (inputs.verify === 'none')
        report.notes.push('The services of the image were not proven: verify is none.')
      else {
        log(`Proving ${plural(expected.length, 'service')} in ${image.reference}`)
        const { loadServicesInImage } = await import('./services/load.js')
        const probe = await stage('proof', () =>
          loadServicesInImage(image.reference, inputs.image.appDir, docker.env),
        )
        const proof = compareServices(expected, probe, tolerated)
        report.services = proof.rows
        const subject = {
          desired,
          contents: probe.contents,
          loaderModules: loaderModulesOf(workspace),
          printed: printedErrors(buildLog),
        }
        const ofImage = separateAccepted(
          [
            ...runRules(catalogue.proof, proof, declarations.rules),
            ...runRules(catalogue.image, subject, declarations.rules),
          ],
          declarations,
          (file) => textIn(workspace, file),
        )
        report.findings = reportFindings([...findings, ...ofImage.open])
        report.accepted.push(...ofImage.accepted)
        gate(report, probe, inputs)
      }
      if (build.references.length > 0)
        await stage('tags', () => publishTags(docker, image, build.references, reported))
    })
    return report
  } catch (error) {
    report.failure = describeFailure(error)
    return report
  }
}

/** Stops before any tag moves when the image is not what the source promises. */
function gate(report: Report, probe: ProbeResult, inputs: Inputs): void {
  if (!probe.finished && !probe.loading)
    throw new StageError(
      'proof',
      `the probe could not begin: ${probe.error?.message ?? 'it said nothing'}; is app-dir ${inputs.image.appDir} right? No tag was moved`,
    )
  const expected = report.services.filter((row) => row.expected)
  const missing = expected.filter((row) => !row.loaded).map(({ name }) => name)
  if (missing.length > 0)
    throw new StageError(
      'proof',
      `the image does not load ${listed(missing)} (${missing.length} of ${plural(expected.length, 'service')}); no tag was moved`,
    )
  if (!probe.finished)
    throw new StageError(
      'proof',
      `the process that loads services died or hung at ${probe.loading}; no tag was moved`,
    )
  if (hasFailingFindings(report, inputs.failOn))
    throw new StageError('proof', 'the image has the faults that the findings name; no tag was moved')
}

/** The first few of a list, and how many more there are. */
function listed(names: readonly string[]): string {
  const more = names.length - SHOWN_NAMES
  return more > 0 ? `${names.slice(0, SHOWN_NAMES).join(', ')} and ${more} more` : names.join(', ')
}

const SHOWN_NAMES = 5

function loaderModulesOf(workspace: Workspace): ReadonlySet<string> | undefined {
  const text = textIn(workspace, layout.loaderTs)
  return text === undefined ? undefined : readLoaderModules({ path: layout.loaderTs, text })
}

/** More rounds than any chain of fixes needs: renaming a file, then what is in it, then its registration. */
const FIX_ROUNDS = 5

/** Everything that is read and decided before anything is written. */
async function examine(inputs: Inputs, root: string, stage: StageRunner) {
  const workspace = await stage('workspace', () => readWorkspace(root))
  const declarations = await stage('declarations', () => readDeclarations(workspace, inputs))
  const desired = desiredState(workspace, declarations, inputs.undeclared)
  const findings = await stage('rules', () => checkRepository(workspace, desired))
  const plan = await stage('sync', () => planSync(workspace, desired, unsoundPlugins(findings)))
  findings.push(...checkPlan(plan, declarations, inputs.mode === 'check'))
  const { open, accepted } = separateAccepted(findings, declarations, (file) => textIn(workspace, file))
  return { workspace, declarations, desired, findings: open, accepted, plan }
}

function textIn(workspace: Workspace, file: string): string | undefined {
  const result = readRepositoryFile(workspace.root, file)
  return 'text' in result ? result.text : undefined
}

/** A failure that the pipeline itself calls one; the message is for the person who must act. */
class StageError extends Error {
  constructor(
    readonly stage: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

type StageRunner = <T>(name: string, work: () => T | Promise<T>) => Promise<T>

/** Times each stage, and says which one an unexpected error came from. */
function stageRunner(report: Report): StageRunner {
  return async (name, work) => {
    const started = performance.now()
    try {
      return await work()
    } catch (error) {
      if (error instanceof StageError) throw error
      throw new StageError(name, error instanceof Error ? error.message : String(error), { cause: error })
    } finally {
      report.timings[name] = (report.timings[name] ?? 0) + Math.round(performance.now() - started)
    }
  }
}

function describeFailure(error: unknown): NonNullable<Report['failure']> {
  if (!(error instanceof StageError))
    return {
      stage: 'docker',
      message: error instanceof Error ? error.message : String(error),
      details: detailsOf(error),
    }
  return { stage: error.stage, message: error.message, details: detailsOf(error.cause) }
}

function detailsOf(error: unknown): string[] {
  return error instanceof CommandError ? error.lastLines : []
}

async function readDeclarations(workspace: Workspace, inputs: Inputs): Promise<Declarations> {
  const { file, required } = inputs.declarations
  const path = posix.normalize(file)
  if (path.startsWith('../') || posix.isAbsolute(path)) throw new Error(`${path} leads out of the repository`)
  const result = readRepositoryFile(workspace.root, path)
  if ('text' in result) {
    // The YAML and schema libraries are only loaded where there is something to read.
    const { parseDeclarations } = await import('./declarations/read.js')
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

/** Decides all of a build before anything is started, so that a mistake costs no minutes. */
async function planBuild(inputs: Inputs, root: string, event: Event) {
  const { image } = inputs
  const commit = await readCommit(root)
  const names = image.names.map(imageName)
  const tags =
    image.tags.length > 0
      ? image.tags
      : deriveTags({ ref: event.ref, sha: commit?.sha ?? event.sha, pullRequest: event.pullRequest?.number })
  const targets = image.push ? references(names, tags) : []
  const foreign = targets.find((target) => !names.some((name) => target.startsWith(`${name}:`)))
  if (foreign)
    throw new Error(`the tag ${foreign} is of none of the images ${names.join(', ')}: add it to images`)
  if (image.push && targets.length === 0)
    throw new Error('no tag is given, and none follows from the event or a commit: set tags')
  for (const [input, path] of [
    ['dockerfile', image.dockerfile],
    ['context', image.context],
  ] as const)
    if (!existsSync(join(root, path))) throw new Error(`${input}: ${path} does not exist`)
  const labels = provenanceLabels({
    url: event.repositoryUrl || commit?.url,
    revision: commit?.sha ?? (event.sha || undefined),
    created: commit?.time,
  })
  return {
    names: image.push ? names : [],
    references: targets,
    epochSeconds: commit?.epochSeconds,
    plan: {
      dockerfile: join(root, image.dockerfile),
      context: join(root, image.context),
      labels: { ...labels, ...keyValues(image.labels) },
      buildArgs: image.buildArgs,
      buildSecrets: image.buildSecrets,
      platforms: image.platforms,
      cacheFrom: image.cacheFrom,
      cacheTo: image.cacheTo,
      builder: image.builder,
    },
  }
}

function keyValues(items: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    items.map((item) => {
      const at = item.indexOf('=')
      return at === -1 ? [item, ''] : [item.slice(0, at), item.slice(at + 1)]
    }),
  )
}

/** Moves the tags, and writes down each one that has moved and where the first pointed before. */
async function publishTags(
  docker: Docker,
  image: BuiltImage,
  targets: readonly string[],
  reported: ReportedImage,
): Promise<void> {
  // Asked for all first: a container registry that does not answer is noticed before any tag has moved.
  const before: (string | undefined)[] = []
  for (const target of targets) before.push(await digestOf(docker, target))
  const [previous] = before
  if (previous !== undefined) reported.previousDigest = previous
  await moveTags(docker, image, targets, (reference, digest) => {
    if (reported.tags.length === 0) {
      reported.name = reference.slice(0, reference.lastIndexOf(':'))
      reported.digest = digest
    }
    reported.tags.push(reference)
  })
}
