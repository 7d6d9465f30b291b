import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { stringAt } from '../formats/json.js'
import { type BuildOutput, type BuildPlan, buildxArgs } from './buildx-args.js'
import { type Docker, runDocker } from '../docker/docker.js'
import { type CurrentImage, isSameCode, PREVIOUS_DIGEST_LABEL } from './predecessor.js'
import { digestOf, pointTag } from '../docker/registry.js'

/** Longer than a full Tailchat build for two platforms takes under emulation. */
const BUILD_SECONDS = 3 * 60 * 60
const PUSH_SECONDS = 60 * 60
const ENGINE_SECONDS = 5 * 60

/** An image that was built. */
export interface BuiltImage {
  /** `sha256:…`, of the pushed index or of the image in the local engine. */
  digest: string
  /** Names the image for `docker run`. */
  reference: string
  /** Whether the image is in the container registry; it has no tag there yet. */
  pushed: boolean
}

/**
 * Builds the image. Nothing gets a tag: a builder that can do so pushes the image by its digest alone; the engine's
 * own builder (buildx driver `docker`) can't, so it keeps the image in the engine until the tags are pushed.
 *
 * The image records its predecessor: the newest image that holds other code. Where the current image holds the same
 * code, that is the one which the current image records. Where labels can't tell, the image is first built with that
 * one as its predecessor; only when it comes out as another image than the current one does it name the current one,
 * which the cache makes cheap: a label changes no layer.
 * @param names image names without a tag; empty: the image is not pushed
 * @param current the image that the tags point at now
 * @throws {CommandError} when buildx fails
 */
export async function buildImage(
  docker: Docker,
  plan: BuildPlan,
  { names, current }: { names: readonly string[]; current: CurrentImage | undefined },
): Promise<BuiltImage> {
  const driver = await driverOf(docker)
  const byDigest = names.length > 0 && driver !== 'docker'
  if (!byDigest && driver !== 'docker' && plan.platforms.length > 1)
    throw new Error(
      `without a push the image is loaded into the engine, and a builder with the driver ${driver} can load one platform only: set platforms to one, or leave push at true`,
    )
  const index = byDigest || (driver === 'docker' && (await engineKeepsIndexes(docker)))
  const build = (push: boolean, previousDigest: string | undefined): Promise<Built> =>
    // A build that only finds out the digest need not write the caches as well.
    runBuild(docker, withPredecessor(push ? plan : { ...plan, cacheTo: [] }, previousDigest), {
      pushTo: byDigest ? names : [],
      push,
      index,
    })

  const recorded = current?.labels[PREVIOUS_DIGEST_LABEL]
  const isSame =
    current &&
    (isSameCode(current.labels, plan.labels) ?? (await build(false, recorded)).digest === current.digest)
  const built = await build(true, isSame ? recorded : current?.digest)
  if (byDigest) return { digest: built.digest, reference: `${names[0]}@${built.digest}`, pushed: true }
  return { digest: built.digest, reference: await loadedReference(docker, built), pushed: false }
}

/** Builds the last stage of a Dockerfile, and writes the files that it holds into a directory. */
export async function buildFiles(docker: Docker, plan: BuildPlan, directory: string): Promise<void> {
  await withTemporaryDirectory(async (temporary) => {
    const metadataFile = join(temporary, 'metadata.json')
    await runBuildx(docker, plan, { pushTo: [], push: false, index: false, directory, metadataFile })
  })
}

/** Sets the label also without a predecessor, to nothing: an image inherits the label of the one it is made FROM. */
function withPredecessor(plan: BuildPlan, previousDigest = ''): BuildPlan {
  return { ...plan, labels: { ...plan.labels, [PREVIOUS_DIGEST_LABEL]: previousDigest } }
}

interface Built {
  digest: string
  /** The digest of the image's configuration; an index has none. */
  configDigest: string | undefined
}

async function runBuild(
  docker: Docker,
  plan: BuildPlan,
  output: Omit<BuildOutput, 'metadataFile'>,
): Promise<Built> {
  return withTemporaryDirectory(async (directory) => {
    const metadataFile = join(directory, 'metadata.json')
    await runBuildx(docker, plan, { ...output, metadataFile })
    const metadata: unknown = JSON.parse(readFileSync(metadataFile, 'utf8'))
    const digest = stringAt(metadata, 'containerimage.digest')
    if (digest === undefined) throw new Error('buildx named no digest for the image')
    return { digest, configDigest: stringAt(metadata, 'containerimage.config.digest') }
  })
}

async function runBuildx(docker: Docker, plan: BuildPlan, output: BuildOutput): Promise<void> {
  const { epochSeconds } = plan
  await runDocker(docker, buildxArgs(plan, output), {
    ...(epochSeconds !== undefined && { env: { SOURCE_DATE_EPOCH: String(epochSeconds) } }),
    timeoutSeconds: BUILD_SECONDS,
    shown: true,
  })
}

async function driverOf(docker: Docker): Promise<string | undefined> {
  const { builder } = docker
  const text = await runDocker(docker, ['buildx', 'inspect', ...(builder ? [builder] : [])], {
    timeoutSeconds: ENGINE_SECONDS,
  })
  return /^Driver:\s*(\S+)/m.exec(text)?.[1]
}

/** Tells whether the engine has the containerd image store, which can hold an index as a container registry does. */
async function engineKeepsIndexes(docker: Docker): Promise<boolean> {
  const status = await runDocker(docker, ['info', '--format', '{{json .DriverStatus}}'], {
    timeoutSeconds: ENGINE_SECONDS,
  })
  return status.includes('io.containerd.snapshotter')
}

/** An engine without the containerd image store knows a loaded image by the digest of its configuration. */
async function loadedReference(docker: Docker, { digest, configDigest }: Built): Promise<string> {
  for (const candidate of [digest, ...(configDigest === undefined ? [] : [configDigest])])
    if (
      await runDocker(docker, ['image', 'inspect', '--format', '{{.Id}}', candidate], {
        timeoutSeconds: ENGINE_SECONDS,
      }).catch(() => undefined)
    )
      return candidate
  throw new Error(`the engine does not have the image ${digest} that was built for it`)
}

/** Pulls an image from the container registry into the engine, where it can be run. */
export async function pullImage(docker: Docker, reference: string, signal?: AbortSignal): Promise<void> {
  const options = { timeoutSeconds: PUSH_SECONDS, ...(signal && { signal }) }
  await runDocker(docker, ['pull', '--quiet', reference], options)
}

/**
 * Points one tag at the image, in the container registry or by pushing it from the engine.
 * @returns the digest that the tag points at now
 */
export async function publishTag(docker: Docker, image: BuiltImage, reference: string): Promise<string> {
  if (image.pushed) await pointTag(docker, reference, image.digest)
  else {
    await runDocker(docker, ['tag', image.reference, reference], { timeoutSeconds: ENGINE_SECONDS })
    await runDocker(docker, ['push', '--quiet', reference], { timeoutSeconds: PUSH_SECONDS })
  }
  const digest = await digestOf(docker, reference)
  if (digest === undefined) throw new Error('it was pushed, but its container registry does not have it')
  return digest
}
