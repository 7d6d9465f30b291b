import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { stringAt } from '../formats/json.js'
import { type BuildOutput, type BuildPlan, buildxArgs } from './buildx-args.js'
import { type Docker, runDocker } from '../docker/docker.js'
import { type CurrentImage, PREVIOUS_DIGEST_LABEL } from './predecessor.js'
import { digestOf, pointTag } from '../docker/registry.js'

/** A full Tailchat build for two platforms under emulation takes long; none takes this long. */
const BUILD_SECONDS = 3 * 60 * 60
const PUSH_SECONDS = 60 * 60
const ENGINE_SECONDS = 5 * 60

/** What a build made. */
export interface BuiltImage {
  /** `sha256:…`: of the pushed index, or of the image in the local engine. */
  digest: string
  /** What `docker run` can be given. */
  reference: string
  /** Whether the image is in the container registry, where so far only its digest names it. */
  pushed: boolean
}

/**
 * Builds the image. Nothing gets a tag: a builder that can do so pushes the image by its digest alone; the engine's
 * own builder (buildx driver `docker`) can't, so there it stays in the engine until its tags are pushed.
 *
 * The image records its predecessor, and yet the same input gives the same digest: it is first built as if it were
 * the current image's own successor in place. Only when that is another image than the current one does it name the
 * current one as its predecessor, which the cache makes cheap: a label changes no layer.
 * @param names image names without a tag; empty: the image is not pushed
 * @param epochSeconds time that buildx gives the files it creates, for builds that can be repeated
 * @throws {CommandError} when buildx fails
 */
export async function buildImage(
  docker: Docker,
  plan: BuildPlan,
  names: readonly string[],
  epochSeconds: number | undefined,
  current?: CurrentImage,
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
    runBuild(docker, withPredecessor(push ? plan : { ...plan, cacheTo: [] }, previousDigest), epochSeconds, {
      pushTo: byDigest ? names : [],
      push,
      index,
    })

  let previousDigest = current?.previousDigest
  if (current && (await build(false, previousDigest)).digest !== current.digest)
    previousDigest = current.digest
  const built = await build(true, previousDigest)
  if (byDigest) return { digest: built.digest, reference: `${names[0]}@${built.digest}`, pushed: true }
  return { digest: built.digest, reference: await loadedReference(docker, built), pushed: false }
}

/** Builds what the last stage of a Dockerfile holds, as files in a directory. */
export async function buildFiles(
  docker: Docker,
  plan: BuildPlan,
  epochSeconds: number | undefined,
  directory: string,
): Promise<void> {
  await withTemporaryDirectory(async (temporary) => {
    const output = { pushTo: [], push: false, index: false, directory }
    await runDocker(docker, buildxArgs(plan, { ...output, metadataFile: join(temporary, 'metadata.json') }), {
      ...(epochSeconds !== undefined && { env: { SOURCE_DATE_EPOCH: String(epochSeconds) } }),
      timeoutSeconds: BUILD_SECONDS,
      shown: true,
    })
  })
}

/** Without a predecessor the label is empty: that of the image it is made FROM would be inherited. */
function withPredecessor(plan: BuildPlan, previousDigest = ''): BuildPlan {
  return { ...plan, labels: { ...plan.labels, [PREVIOUS_DIGEST_LABEL]: previousDigest } }
}

interface Built {
  digest: string
  /** Of the image's configuration; an index has none of its own. */
  configDigest: string | undefined
}

async function runBuild(
  docker: Docker,
  plan: BuildPlan,
  epochSeconds: number | undefined,
  output: Omit<BuildOutput, 'metadataFile'>,
): Promise<Built> {
  return withTemporaryDirectory(async (directory) => {
    const metadataFile = join(directory, 'metadata.json')
    await runDocker(docker, buildxArgs(plan, { ...output, metadataFile }), {
      ...(epochSeconds !== undefined && { env: { SOURCE_DATE_EPOCH: String(epochSeconds) } }),
      timeoutSeconds: BUILD_SECONDS,
      shown: true,
    })
    const metadata: unknown = JSON.parse(readFileSync(metadataFile, 'utf8'))
    const digest = stringAt(metadata, 'containerimage.digest')
    if (digest === undefined) throw new Error('buildx named no digest for the image')
    return { digest, configDigest: stringAt(metadata, 'containerimage.config.digest') }
  })
}

async function driverOf(docker: Docker): Promise<string | undefined> {
  const { builder } = docker
  const text = await runDocker(docker, ['buildx', 'inspect', ...(builder ? [builder] : [])], {
    timeoutSeconds: ENGINE_SECONDS,
  })
  return /^Driver:\s*(\S+)/m.exec(text)?.[1]
}

/** Whether the engine has the containerd image store, which holds an index as a container registry does. */
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

/** Gets an image of the container registry into the engine, where it can be run. */
export async function pullImage(docker: Docker, reference: string): Promise<void> {
  await runDocker(docker, ['pull', '--quiet', reference], { timeoutSeconds: PUSH_SECONDS })
}

/** Points one tag at the image, wherever the image is, and gives the digest that the tag has then. */
export async function publishTag(docker: Docker, image: BuiltImage, reference: string): Promise<string> {
  if (image.pushed) await pointTag(docker, reference, image.digest)
  else {
    await runDocker(docker, ['tag', image.reference, reference], { timeoutSeconds: ENGINE_SECONDS })
    await runDocker(docker, ['push', '--quiet', reference], { timeoutSeconds: PUSH_SECONDS })
  }
  const digest = await digestOf(docker, reference)
  if (digest === undefined) throw new Error(`it was pushed, and its container registry does not have it`)
  return digest
}
