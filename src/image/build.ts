import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, runCommand } from '../command.js'
import { withTemporaryDirectory } from '../temporary.js'
import { stringAt } from '../workspace/json.js'
import { type BuildPlan, buildxArgs } from './buildx-args.js'
import type { Docker } from './docker.js'

/** A full Tailchat build for two platforms under emulation takes long; none takes this long. */
const BUILD_SECONDS = 3 * 60 * 60
const REGISTRY_SECONDS = 5 * 60
const PUSH_SECONDS = 60 * 60

/** What a build made. */
export interface BuiltImage {
  /** `sha256:…`: of the pushed manifest or index, or of the image in the local engine. */
  digest: string
  /** What `docker run` can be given. */
  reference: string
  /** Whether the image is in the container registry, where so far only its digest names it. */
  pushed: boolean
}

/**
 * Builds the image. Nothing gets a tag: a builder that can do so pushes the image by its digest alone; the engine's
 * own builder (buildx driver `docker`) can't, so there it stays in the engine until its tags are pushed.
 * @param names image names without a tag; empty: the image is not pushed
 * @param epochSeconds time that buildx gives the files it creates, for builds that can be repeated
 * @throws {CommandError} when buildx fails
 */
export async function buildImage(
  docker: Docker,
  plan: BuildPlan,
  names: readonly string[],
  epochSeconds: number | undefined,
): Promise<BuiltImage> {
  const [name] = names
  const pushed = name !== undefined && (await driverOf(docker, plan.builder)) !== 'docker'
  return withTemporaryDirectory(async (directory) => {
    const metadataFile = join(directory, 'metadata.json')
    await runCommand('docker', buildxArgs(plan, { pushTo: pushed ? names : [], metadataFile }), {
      env: { ...docker.env, ...(epochSeconds !== undefined && { SOURCE_DATE_EPOCH: String(epochSeconds) }) },
      timeoutSeconds: BUILD_SECONDS,
      onLine: docker.onLine,
    })
    const digest = stringAt(JSON.parse(readFileSync(metadataFile, 'utf8')), 'containerimage.digest')
    if (digest === undefined) throw new Error('buildx named no digest for the image')
    return { digest, reference: pushed ? `${name}@${digest}` : digest, pushed }
  })
}

async function driverOf(docker: Docker, builder: string): Promise<string | undefined> {
  const text = await runCommand('docker', ['buildx', 'inspect', ...(builder ? [builder] : [])], {
    env: docker.env,
    timeoutSeconds: REGISTRY_SECONDS,
  })
  return /^Driver:\s*(\S+)/m.exec(text)?.[1]
}

/** The digest that a tag points at in its container registry; `undefined` when there is no such tag yet. */
export async function digestOf(docker: Docker, reference: string): Promise<string | undefined> {
  try {
    const manifest = await runCommand(
      'docker',
      ['buildx', 'imagetools', 'inspect', reference, '--format', '{{json .Manifest}}'],
      { env: docker.env, timeoutSeconds: REGISTRY_SECONDS },
    )
    return stringAt(JSON.parse(manifest), 'digest')
  } catch (error) {
    if (
      error instanceof CommandError &&
      error.lastLines.some((line) => /not found|manifest unknown/i.test(line))
    )
      return undefined
    throw error
  }
}

/**
 * Points tags at a proven image.
 * @param references `name:tag`
 * @param onMoved called for each tag as soon as it points at the image, with the digest it points at
 */
export async function moveTags(
  docker: Docker,
  image: BuiltImage,
  references: readonly string[],
  onMoved: (reference: string, digest: string) => void,
): Promise<void> {
  if (image.pushed) await copyTags(docker, image.digest, references, onMoved)
  else await pushFromEngine(docker, image.digest, references, onMoved)
}

type OnMoved = Parameters<typeof moveTags>[3]

/** The image is in the container registry: its manifest is copied as it is, so the digest stays. */
async function copyTags(
  docker: Docker,
  digest: string,
  references: readonly string[],
  onMoved: OnMoved,
): Promise<void> {
  const options = { env: docker.env, timeoutSeconds: REGISTRY_SECONDS }
  const create = ['buildx', 'imagetools', 'create']
  // Since buildx 0.14 a single manifest is wrapped into an index, with a digest of its own, unless told otherwise.
  const help = await runCommand('docker', [...create, '--help'], options)
  const asItIs = help.includes('--prefer-index') ? ['--prefer-index=false'] : []
  const nameOf = (reference: string): string => reference.slice(0, reference.lastIndexOf(':'))
  for (const name of new Set(references.map(nameOf))) {
    const tags = references.filter((reference) => nameOf(reference) === name)
    const flags = tags.flatMap((reference) => ['--tag', reference])
    await runCommand('docker', [...create, ...asItIs, ...flags, `${name}@${digest}`], {
      ...options,
      onLine: docker.onLine,
    })
    for (const reference of tags) onMoved(reference, digest)
  }
}

/** The image is in the engine only: its layers go with the first tag, the others cost a manifest each. */
async function pushFromEngine(
  docker: Docker,
  digest: string,
  references: readonly string[],
  onMoved: OnMoved,
): Promise<void> {
  const options = { env: docker.env, timeoutSeconds: PUSH_SECONDS }
  for (const reference of references) {
    await runCommand('docker', ['tag', digest, reference], options)
    await runCommand('docker', ['push', '--quiet', reference], { ...options, onLine: docker.onLine })
    const pushed = await digestOf(docker, reference)
    if (pushed === undefined)
      throw new Error(`${reference} was pushed, and its container registry does not have it`)
    onMoved(reference, pushed)
  }
}
