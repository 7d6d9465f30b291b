import type { Inputs } from '../inputs/inputs.js'
import { noDeclarations } from '../declarations/types.js'
import { gate, loadServices, publishTags } from './deploy.js'
import type { BuiltImage } from '../image/build.js'
import { type Docker, RETRY_DELAYS } from '../docker/docker.js'
import { withLogin } from '../docker/login.js'
import { planReferences } from '../image/plan.js'
import { currentImage, PREVIOUS_DIGEST_LABEL } from '../image/predecessor.js'
import { isDigest } from '../formats/image-reference.js'
import { nameOf } from '../formats/image-reference.js'
import { digestOf } from '../docker/registry.js'
import { readTargets, type Target } from '../image/tags.js'
import type { Report, ReportedImage } from '../report/report.js'
import { compareWithItself } from '../proof/compare.js'
import type { ImageContents, ProbeResult } from '../proof/probe-result.js'
import { StageError, type StageRunner } from './stage.js'
import type { Surroundings } from '../inputs/surroundings.js'

/**
 * Points the tags at an earlier image again, once that image is proven. The checked-out files have no say in it: they
 * are newer than that image, and may be what is broken.
 * @throws {StageError} when a stage fails
 */
export async function rollback(
  inputs: Inputs,
  {
    root,
    event,
    log,
    retryDelays = RETRY_DELAYS,
    onLogin = () => undefined,
    onStack = () => undefined,
  }: Surroundings,
  report: Report,
  stage: StageRunner,
): Promise<void> {
  // The tag of a commit always names that commit's image: only what is given, or names a line of images, goes back.
  const references = await stage('prepare', () => planReferences(inputs.image, event, ''))
  const calls = { env: {}, onLine: log, builder: inputs.image.builder, retryDelays }
  await withLogin(calls, inputs.image.login, onLogin, async (docker) => {
    const targets = await stage('tags', () => readTargets(docker, references))
    const digest = await stage('tags', () => chooseDigest(docker, inputs.to, targets))
    const name = nameOf(references[0] ?? '')
    const image: BuiltImage = { digest, reference: `${name}@${digest}`, pushed: true }
    const reported: ReportedImage = { name, digest, tags: [], platforms: [] }
    report.image = reported
    const moving = targets.filter(({ before }) => before !== digest)
    if (moving.length === 0) {
      report.notes.push(`Nothing to do: ${references.join(', ')} already at ${digest}.`)
      return
    }
    const sentence = moving.map(({ reference, before }) => `${reference} from ${before}`).join(', ')
    if (inputs.dryRun) {
      report.notes.push(`Dry run: would prove ${image.reference}, and then move back to it: ${sentence}.`)
      return
    }
    if (inputs.verify === 'none')
      report.notes.push('The services of the image were not proven: verify is none.')
    else {
      const probe = await prove(inputs, docker, image, report, stage)
      if (inputs.verify === 'boot') {
        const { promiseOfImage, proveBoot } = await import('./boot.js')
        const promise = promiseOfImage(probe, probe.contents ? offeredPlugins(probe.contents) : [])
        const subject = { docker, image: image.reference, onStack }
        await proveBoot(subject, inputs, root, promise, noDeclarations, report, stage)
      }
    }
    await stage('tags', async () => {
      const now = await readTargets(docker, references)
      requireUnchanged(targets, now)
      await publishTags(docker, image, now, reported)
    })
    report.notes.push(`Moved back to ${digest}: ${sentence}.`)
  })
}

/**
 * Decides which digest the tags go back to: the one asked for, or the predecessor that the current image records.
 * An image records the one that was there when it was deployed, and a rollback changes no image: so a second rollback
 * goes one further back, and never forward again.
 * @throws when there is none, with what to do
 */
async function chooseDigest(docker: Docker, to: string, targets: readonly Target[]): Promise<string> {
  const absent = targets.filter(({ before }) => before === undefined).map(({ reference }) => reference)
  if (absent.length > 0)
    throw new Error(
      `the container registry has no ${absent.join(', ')}: a rollback moves only tags that are there, so set tags to those`,
    )
  const digest = to === '' ? await recordedPredecessor(docker, targets) : to
  for (const name of new Set(targets.map(({ reference }) => nameOf(reference))))
    if ((await digestOf(docker, `${name}@${digest}`)) === undefined)
      throw new Error(
        `the container registry has no ${name}@${digest}${to === '' ? ', which the current image records as its predecessor (what no tag points at may have been cleaned up)' : ''}: set to to a digest that it has`,
      )
  return digest
}

async function recordedPredecessor(docker: Docker, targets: readonly Target[]): Promise<string> {
  if (new Set(targets.map(({ before }) => before)).size > 1)
    throw new Error(
      `the tags point at different images (${targets.map(({ reference, before }) => `${reference} at ${before}`).join(', ')}): set to to the digest that all of them go to, or tags to those that go back together`,
    )
  const current = await currentImage(docker, targets)
  const previous = current?.previousDigest
  if (previous === undefined)
    throw new Error(
      `${current?.digest}, where the tags are, records no predecessor (label ${PREVIOUS_DIGEST_LABEL}): set to to the digest to go back to`,
    )
  if (!isDigest(previous))
    throw new Error(
      `${current?.digest} records ${JSON.stringify(previous)} as its predecessor, which is not a digest: set to to the digest to go back to`,
    )
  return previous
}

/** @throws when another run has moved a tag since the digest was chosen: that digest may now be the wrong one */
function requireUnchanged(targets: readonly Target[], now: readonly Target[]): void {
  for (const [index, { reference, before }] of targets.entries())
    if (now[index]?.before !== before)
      throw new Error(
        `${reference} was moved by somebody else meanwhile, to ${now[index]?.before ?? 'nothing'}: no tag was moved; run this again if it is still to go back`,
      )
}

/**
 * Proves an image by what it holds itself: each service file loads under a name of its own, the server's configuration
 * is there, and each plugin that it brings and offers has a bundle.
 */
async function prove(
  inputs: Inputs,
  docker: Docker,
  image: BuiltImage,
  report: Report,
  stage: StageRunner,
): Promise<ProbeResult> {
  docker.onLine(`Proving every service in ${image.reference}`)
  const probe = await loadServices(docker, image, inputs.image.appDir, stage)
  report.services = compareWithItself(probe)
  gate(report, probe, inputs)
  const faults = probe.contents ? faultsOf(probe.contents) : []
  if (faults.length > 0) throw new StageError('proof', `${faults.join('; ')}; no tag was moved`)
  return probe
}

/** What a server with these contents could not serve. */
function faultsOf(contents: ImageContents): string[] {
  const { serverConfig, bundles } = contents
  const isDefined = (plugin: string): boolean =>
    bundles.some(
      ({ name, files }) =>
        name === plugin && files.some(({ file, id }) => file === 'index.js' && id === `@plugins/${plugin}`),
    )
  return [
    ...(serverConfig ? [] : ['the image has no server/dist/moleculer.config.js, so its server cannot start']),
    ...offeredPlugins(contents)
      .filter((name) => !isDefined(name))
      .map((name) => `the image offers ${name}, and its plugins/${name}/index.js is missing or another’s`),
  ]
}

/** The plugins that an image offers, and brings. */
function offeredPlugins({ registry, backendRegistry, bundles }: ImageContents): string[] {
  const offered = [
    ...(backendRegistry ?? []),
    // Of registry.json, a plugin that is hosted elsewhere has no directory.
    ...(registry ?? []).filter((name) => bundles.some((bundle) => bundle.name === name)),
  ]
  return [...new Set(offered)]
}
