import { noDeclarations } from '../declarations/types.js'
import type { Docker } from '../docker/docker.js'
import { digestOf } from '../docker/registry.js'
import { isDigest, nameOf } from '../formats/image-reference.js'
import type { BuiltImage } from '../image/build.js'
import { planReferences } from '../image/plan.js'
import { currentImage, PREVIOUS_DIGEST_LABEL } from '../image/predecessor.js'
import { readTargets, type TagTarget } from '../image/tags.js'
import type { ReportedImage } from '../report/report.js'
import { withDocker } from './deploy.js'
import { offeredPlugins, proveByItself } from './prove.js'
import type { Run } from './stage.js'
import { tags } from './tags.js'

/**
 * Points the tags at an earlier image again, once that image is proven. The checked-out files have no say in it: they
 * are newer than that image, and may be what is broken.
 * @throws {StageError} when a stage fails
 */
export async function rollback(run: Run): Promise<void> {
  const { inputs, surroundings, stage, record } = run
  // The tag of a commit always names that commit's image: only what is given, or names a line of images, goes back.
  const references = await stage('prepare', () => planReferences(inputs.image, surroundings.event, ''))
  await withDocker(run, async (docker) => {
    const targets = await stage('tags', () => readTargets(docker, references))
    const digest = await stage('tags', () => chooseDigest(docker, inputs.to, targets))
    const name = nameOf(references[0] ?? '')
    const image: BuiltImage = { digest, reference: `${name}@${digest}`, pushed: true }
    const reported: ReportedImage = { name, digest, tags: [], platforms: [] }
    record({ image: reported })
    const moving = targets.filter(({ before }) => before !== digest)
    if (moving.length === 0) {
      record({
        notes: [
          `Nothing to do: ${references.join(', ')} already ${references.length === 1 ? 'points' : 'point'} at ${digest}.`,
        ],
      })
      return
    }
    const sentence = moving.map(({ reference, before }) => `${reference} from ${before}`).join(', ')
    if (inputs.dryRun) {
      record({ notes: [`Dry run: would prove ${image.reference}, and then move back to it: ${sentence}.`] })
      return
    }
    await proveAgain(run, docker, image)
    await stage('tags', async () => {
      const now = await readTargets(docker, references)
      requireUnchanged(targets, now)
      await tags(run, docker, { image, targets: now, reported })
    })
    record({ notes: [`Moved back to ${digest}: ${sentence}.`] })
  })
}

/** Proves the image as `verify` and `browser` ask for, by what it holds itself. */
async function proveAgain(run: Run, docker: Docker, image: BuiltImage): Promise<void> {
  const { inputs, surroundings, stage, record } = run
  if (inputs.verify === 'none')
    record({ notes: ['The services of the image were not proven: verify is none.'] })
  const proven =
    inputs.verify === 'none' ? undefined : await stage('prove', () => proveByItself(run, docker, image))
  const { browserByItself } = await import('./browser.js')
  await stage('browser', () => browserByItself(run, docker, image))
  if (!proven || inputs.verify !== 'boot') return
  const { boot, promiseOfImage } = await import('./boot.js')
  const { probe } = proven
  const promise = promiseOfImage(probe, probe.contents ? offeredPlugins(probe.contents) : [])
  const source = { root: surroundings.root, declarations: noDeclarations }
  await stage('boot', () => boot(run, docker, { image, proven, promise, source }))
}

/**
 * Decides which digest the tags go back to: the one asked for, or the predecessor that the current image records.
 * An image records the one that was there when it was deployed, and a rollback changes no image: so a second rollback
 * goes one further back, and never forward again.
 * @throws when there is none, with what to do
 */
async function chooseDigest(docker: Docker, to: string, targets: readonly TagTarget[]): Promise<string> {
  const absent = targets.filter(({ before }) => before === undefined).map(({ reference }) => reference)
  if (absent.length > 0)
    throw new Error(
      `the container registry has no ${absent.join(', ')}: a rollback moves only tags that exist, so name only those in \`tags\``,
    )
  const digest = to === '' ? await recordedPredecessor(docker, targets) : to
  for (const name of new Set(targets.map(({ reference }) => nameOf(reference))))
    if ((await digestOf(docker, `${name}@${digest}`)) === undefined)
      throw new Error(
        `the container registry has no ${name}@${digest}${to === '' ? ', which the current image records as its predecessor (an image without a tag may have been cleaned up)' : ''}: give \`to\` a digest that it has`,
      )
  return digest
}

async function recordedPredecessor(docker: Docker, targets: readonly TagTarget[]): Promise<string> {
  if (new Set(targets.map(({ before }) => before)).size > 1)
    throw new Error(
      `the tags point at different images (${targets.map(({ reference, before }) => `${reference} at ${before}`).join(', ')}): give \`to\` the digest that all of them should go back to, or name in \`tags\` only those that belong together`,
    )
  const current = await currentImage(docker, targets)
  const previous = current?.labels[PREVIOUS_DIGEST_LABEL] || undefined
  if (previous === undefined)
    throw new Error(
      `${current?.digest}, where the tags point now, records no predecessor (label ${PREVIOUS_DIGEST_LABEL}): give \`to\` the digest to go back to`,
    )
  if (!isDigest(previous))
    throw new Error(
      `${current?.digest} records ${JSON.stringify(previous)} as its predecessor, which is not a digest: give \`to\` the digest to go back to`,
    )
  return previous
}

/** @throws when another run has moved a tag since the digest was chosen: that digest may now be the wrong one */
function requireUnchanged(targets: readonly TagTarget[], now: readonly TagTarget[]): void {
  for (const [index, { reference, before }] of targets.entries())
    if (now[index]?.before !== before)
      throw new Error(
        `${reference} was moved to ${now[index]?.before ?? 'nothing'} by another run in the meantime, so no tag was moved: run this again if the rollback is still wanted`,
      )
}
