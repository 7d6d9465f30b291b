import { join, posix } from 'node:path'
import type { Event } from './action/event.js'
import type { Inputs } from './action/inputs.js'
import { CommandError } from './command.js'
import { type DesiredState, desiredState } from './declarations/desired.js'
import { type Declarations, noDeclarations } from './declarations/types.js'
import { buildImage, type BuiltImage, digestOf, moveTags } from './image/build.js'
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
  reportPlugins,
} from './report/report.js'
import { allRules, catalogue } from './rules/catalogue.js'
import { type Finding, runRules, unknownRuleFindings } from './rules/run.js'
import { compareServices, unprovenServices } from './services/compare.js'
import { expectedServices } from './services/expected.js'
import { planSync, type SyncPlan } from './sync/plan.js'
import { readRepositoryFile } from './workspace/files.js'
import { readWorkspace } from './workspace/read.js'
import type { Workspace } from './workspace/types.js'

/** What surrounds a run. */
export interface Surroundings {
  /** Absolute path of the repository. */
  root: string
  event: Event
  /** Progress, a line at a time. */
  log: (line: string) => void
}

/**
 * Takes a Tailchat repository through all stages that the mode asks for.
 * @returns the report, also when a stage failed: `report.failure` says which one and why
 */
export async function runPipeline(inputs: Inputs, { root, event, log }: Surroundings): Promise<Report> {
  const report = emptyReport(inputs.mode)
  const stage = stageRunner(report)
  try {
    const workspace = await stage('workspace', () => readWorkspace(root))
    const declarations = await stage('declarations', () => readDeclarations(workspace, inputs))
    const desired = desiredState(workspace, declarations, inputs.undeclared)
    report.plugins = reportPlugins(desired)
    const expected = expectedServices(desired)
    report.services = unprovenServices(expected)

    const findings = await stage('rules', () => checkRepository(workspace, desired))
    const plan = await stage('sync', () => planSync(workspace, desired, unsoundPlugins(findings)))
    report.changes = reportChanges(plan)
    const writes = inputs.mode !== 'check' && !inputs.dryRun
    findings.push(...checkPlan(plan, declarations, inputs.mode === 'check'))
    report.findings = reportFindings(findings)

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
      const image = await stage('image', () =>
        buildImage(docker, build.plan, build.names, build.epochSeconds),
      )
      report.image = {
        name: image.pushed ? (build.names[0] ?? '') : '',
        digest: image.digest,
        tags: [],
        platforms: build.plan.platforms,
      }
      if (inputs.verify === 'none')
        report.notes.push('The services of the image were not proven: verify is none.')
      else {
        log(`Proving ${plural(expected.length, 'service')} in ${image.reference}`)
        const { loadServicesInImage } = await import('./services/load.js')
        const probe = await stage('proof', () =>
          loadServicesInImage(image.reference, inputs.image.appDir, docker.env),
        )
        const proof = compareServices(expected, probe)
        report.services = proof.rows
        report.findings = reportFindings([
          ...findings,
          ...runRules(catalogue.proof, proof, declarations.rules),
        ])
        const missing = proof.rows.filter((row) => row.expected && !row.loaded).map(({ name }) => name)
        if (missing.length > 0)
          throw new StageError(
            'proof',
            `the image does not load ${missing.join(', ')} (${missing.length} of ${plural(expected.length, 'service')}); no tag was moved`,
          )
      }
      if (build.references.length > 0)
        await stage('tags', () => publishTags(docker, image, build.references, report.image))
    })
    return report
  } catch (error) {
    report.failure = describeFailure(error)
    return report
  }
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

/** Times each stage, and says which one an unexpected error came from. */
function stageRunner(report: Report) {
  return async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const started = performance.now()
    try {
      return await work()
    } catch (error) {
      if (error instanceof StageError) throw error
      throw new StageError(name, error instanceof Error ? error.message : String(error), { cause: error })
    } finally {
      report.timings[name] = Math.round(performance.now() - started)
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

/** Plugins whose manifest a rule calls wrong, whatever severity this repository gives the rule. */
function unsoundPlugins(findings: readonly Finding[]): ReadonlySet<string> {
  const unsound = findings.filter(
    ({ rule }) => rule.startsWith('manifest/') || rule === 'plugin/name-not-reverse-domain',
  )
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

/** Moves the tags and writes down where they pointed before. */
async function publishTags(
  docker: Docker,
  image: BuiltImage,
  targets: readonly string[],
  reported: ReportedImage | undefined,
): Promise<void> {
  const [first] = targets
  if (!reported || first === undefined) return
  const previous = await digestOf(docker, first)
  if (previous !== undefined) reported.previousDigest = previous
  reported.digest = await moveTags(docker, image, targets)
  reported.name = first.slice(0, first.lastIndexOf(':'))
  reported.tags = [...targets]
}
