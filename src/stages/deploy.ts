import type { Inputs } from '../inputs/inputs.js'
import { type Examination, textIn } from './check.js'
import { buildImage, type BuiltImage, publishTag, pullImage } from '../image/build.js'
import { cacheProblems, printedErrors } from '../image/build-log.js'
import { type Docker, RETRY_DELAYS } from '../docker/docker.js'
import { withLogin } from '../docker/login.js'
import { chooseStrategy, withBuildFiles } from './strategy.js'
import { planBuild } from '../image/plan.js'
import { currentImage } from '../image/predecessor.js'
import { nameOf } from '../formats/image-reference.js'
import { digestBefore, moveTags, readTargets, type Target } from '../image/tags.js'
import { hasFailingFindings, type Report, type ReportedImage, reportFindings } from '../report/report.js'
import { separateAccepted } from '../rules/accept.js'
import { catalogue } from '../rules/catalogue.js'
import { type Finding, runRules } from '../rules/run.js'
import { compareServices } from '../proof/compare.js'
import { providedVariables } from '../workspace/deployment.js'
import { expectedServices } from '../proof/expected.js'
import type { ProbeResult } from '../proof/probe-result.js'
import { StageError, type StageRunner } from './stage.js'
import { installListFile } from '../registrations/install-list.js'
import { layout } from '../tailchat/layout.js'
import { readLoaderModules } from '../source/loader.js'
import { listed, plural } from '../lib/wording.js'
import type { Workspace } from '../workspace/types.js'
import type { Surroundings } from '../inputs/surroundings.js'

/**
 * Builds the image, proves it, and only then moves its tags. What happens is written into the report as it happens,
 * so that a failure leaves what is known by then.
 * @throws {StageError} when a stage fails
 */
export async function deploy(
  inputs: Inputs,
  {
    root,
    event,
    log,
    revision,
    retryDelays = RETRY_DELAYS,
    onLogin = () => undefined,
    onStack = () => undefined,
  }: Surroundings,
  examination: Examination,
  report: Report,
  stage: StageRunner,
): Promise<void> {
  if (hasFailingFindings(report, inputs.failOn))
    throw new StageError('rules', 'nothing was built: mend the findings first')

  const build = await stage('prepare', () => planBuild(inputs, root, event, revision))
  report.notes.push(...build.notes)
  const calls = { env: {}, onLine: log, builder: inputs.image.builder, retryDelays }
  await withLogin(calls, inputs.image.login, onLogin, async (docker) => {
    const strategy = await stage('strategy', () => chooseStrategy(docker, inputs, examination))
    report.strategy = strategy.strategy
    report.notes.push(`Strategy ${strategy.strategy}: ${strategy.reason}.`)
    // Read again when it is brought up; what is wrong with it is noticed before minutes of building.
    if (inputs.verify === 'boot') {
      const { chooseStack } = await import('./boot.js')
      await stage('boot', () => chooseStack(docker, inputs, root))
    }
    if (inputs.dryRun) {
      report.notes.push(
        `Dry run: would build, prove, and then move ${build.references.join(', ') || 'no tag'}.`,
      )
      return
    }
    // Asked for first: a container registry that does not answer is noticed before minutes of building.
    const targets = await stage('tags', () => readTargets(docker, build.references))
    const current = await stage('tags', () => currentImage(docker, targets))
    const buildLog: string[] = []
    const keeping = (line: string): void => {
      buildLog.push(line)
      log(line)
    }
    const image = await stage('image', () =>
      withBuildFiles(build, strategy, inputs, examination, (plan) =>
        buildImage({ ...docker, onLine: keeping }, plan, build.names, build.epochSeconds, current),
      ),
    )
    report.notes.push(...cacheProblems(buildLog))
    const reported: ReportedImage = {
      name: image.pushed ? (build.names[0] ?? '') : '',
      digest: image.digest,
      tags: [],
      platforms: build.plan.platforms,
    }
    report.image = reported
    if (inputs.verify === 'none')
      report.notes.push('The services of the image were not proven: verify is none.')
    else await prove(inputs, examination, { docker, image, buildLog, onStack }, report, stage)
    if (build.references.length > 0)
      await stage('tags', async () =>
        // Asked again: a build takes minutes, and meanwhile another run may have moved them.
        publishTags(docker, image, await readTargets(docker, build.references), reported),
      )
  })
}

/** An image that was just built, and what its build printed. */
interface Subject {
  docker: Docker
  image: BuiltImage
  buildLog: readonly string[]
  onStack: (project: string) => void
}

/** Asks the image itself what it holds and loads, and stops when that is not what the source promises. */
async function prove(
  inputs: Inputs,
  examination: Examination,
  { docker, image, buildLog, onStack }: Subject,
  report: Report,
  stage: StageRunner,
): Promise<void> {
  const { workspace, declarations, desired, findings } = examination
  const expectations = expectedServices(desired)
  docker.onLine(`Proving ${plural(expectations.expected.length, 'service')} in ${image.reference}`)
  const probe = await loadServices(docker, image, inputs.image.appDir, stage)
  const proof = compareServices(expectations, probe, providedVariables(workspace))
  report.services = proof.rows
  const contents = {
    desired,
    contents: probe.contents,
    installListFile: installListFile(workspace.installLists),
    loaderModules: loaderModulesOf(workspace),
    printed: printedErrors(buildLog),
  }
  const ofImage = separateAccepted(
    [
      ...runRules(catalogue.proof, proof, declarations.rules),
      ...runRules(catalogue.image, contents, declarations.rules),
    ],
    declarations,
    (file) => textIn(workspace, file),
  )
  report.findings = reportFindings([...withoutForeseen(findings, ofImage.open), ...ofImage.open])
  report.accepted.push(...ofImage.accepted)
  gate(report, probe, inputs)
  if (inputs.verify !== 'boot') return
  const { promiseOfSources, proveBoot } = await import('./boot.js')
  const subject = { docker, image: image.reference, onStack }
  const promise = promiseOfSources(examination, report.services, probe)
  await proveBoot(subject, inputs, workspace.root, promise, declarations, report, stage)
}

/** Loads every service of an image in the image itself. */
export async function loadServices(
  docker: Docker,
  image: BuiltImage,
  appDir: string,
  stage: StageRunner,
): Promise<ProbeResult> {
  // The schema library of the probe's result is only loaded when there is one.
  const { loadServicesInImage } = await import('../proof/load.js')
  if (image.pushed) await stage('pull', () => pullImage(docker, image.reference))
  return stage('proof', () => loadServicesInImage(image.reference, appDir, docker.env))
}

/** What the source only said might be missing, the image was seen to lack: one finding is enough. */
function withoutForeseen(findings: readonly Finding[], ofImage: readonly Finding[]): Finding[] {
  const seen = new Set(
    ofImage.filter(({ rule }) => rule === 'proof/registrations-switched-off').map(({ file }) => file),
  )
  return findings.filter(({ rule, file }) => rule !== 'service/needs-environment' || !seen.has(file))
}

/** Stops before any tag moves when the image does not load what it should. */
export function gate(report: Report, probe: ProbeResult, inputs: Inputs): void {
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

function loaderModulesOf(workspace: Workspace): ReadonlySet<string> | undefined {
  const text = textIn(workspace, layout.loaderTs)
  return text === undefined ? undefined : readLoaderModules({ path: layout.loaderTs, text })
}

/** Moves the tags, and writes down what each points at and where it pointed before. */
export async function publishTags(
  docker: Docker,
  image: BuiltImage,
  targets: readonly Target[],
  reported: ReportedImage,
): Promise<void> {
  const references = targets.map(({ reference }) => reference)
  const previous = digestBefore(targets)
  if (previous !== undefined) reported.previousDigest = previous
  reported.previousDigests = Object.fromEntries(
    targets.flatMap(({ reference, before }) => (before === undefined ? [] : [[reference, before]])),
  )
  const moved = new Map<string, string>()
  const pointed = async (reference: string): Promise<string> => {
    const at = targets.find((target) => target.reference === reference)?.before
    return at === image.digest ? at : publishTag(docker, image, reference)
  }
  await moveTags(docker, targets, pointed, (reference, digest) => {
    if (digest === undefined) moved.delete(reference)
    else moved.set(reference, digest)
    reported.tags = references.filter((each) => moved.has(each))
    const [first] = reported.tags
    if (first === undefined) return
    reported.name = nameOf(first)
    reported.digest = moved.get(first) ?? reported.digest
  })
}
