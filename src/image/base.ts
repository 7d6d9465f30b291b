import type { CommandError } from '../lib/command.js'
import { asObject, ownValue, stringAt } from '../formats/json.js'
import { builderFlag, type Docker, runDocker } from '../docker/docker.js'
import { nameOf } from '../formats/image-reference.js'
import { labelsOfConfig } from '../docker/registry.js'
import { messageOf } from '../lib/wording.js'
import { AS_LABEL } from './node.js'

/** The image that an overlay goes on. */
export interface BaseImage {
  /** The name without tag and digest, such as `ghcr.io/acme/tailchat`. */
  name: string
  /** The operand of `FROM`: the name with the digest, or the bare name where only the engine has the image. */
  reference: string
  digest: string
  /** Such as `linux/amd64`, sorted. */
  platforms: string[]
  labels: Record<string, string>
}

/** The label in which an image says which commit it was built from (OCI image specification, annotations). */
export const REVISION_LABEL = 'org.opencontainers.image.revision'
/** The prefix of this action's own labels. */
export const OWN_LABELS = 'tailchat-plugin-deploy.'
/** The label of an overlay that names the plugins in it, separated by spaces. */
const OVERLAY_LABEL = 'tailchat-plugin-deploy.overlay'
const BASE_NAME_LABEL = 'org.opencontainers.image.base.name'
/** On an image that is an overlay: the digest of the image that it was put on. */
export const BASE_DIGEST_LABEL = 'org.opencontainers.image.base.digest'

/** Returns the labels that name the base image of an overlay (OCI image specification, annotations) and its plugins. */
export function overlayLabels(base: BaseImage, plugins: readonly string[]): Record<string, string> {
  return {
    [BASE_NAME_LABEL]: base.name,
    [BASE_DIGEST_LABEL]: base.digest,
    [OVERLAY_LABEL]: plugins.join(' '),
  }
}

const INSPECT_SECONDS = 60

/**
 * Finds the image that an overlay goes on. If `reference` is an overlay itself, returns the base of that overlay, so
 * that layers never pile up.
 * @throws when there is no such image or it can't be read, with what to do
 */
export async function findBaseImage(docker: Docker, reference: string): Promise<BaseImage> {
  const image = await readImage(docker, reference)
  if (image.labels[OVERLAY_LABEL] === undefined) return image
  const original = `${image.labels[BASE_NAME_LABEL]}@${image.labels[BASE_DIGEST_LABEL]}`
  const base = await readImage(docker, original).catch((error: unknown) => {
    const reason = messageOf(error)
    throw new Error(`${reference} is an overlay on ${original}, which cannot be read: ${reason}`)
  })
  return base
}

/**
 * Finds the image that a node goes on: the one that runs, also where it is an overlay, since it tells which plugins are
 * loaded. Of a node, the image below is taken.
 * @throws as findBaseImage does
 */
export async function findRunningImage(docker: Docker, reference: string): Promise<BaseImage> {
  const image = await readImage(docker, reference)
  return image.labels[AS_LABEL] === 'node' ? findBaseImage(docker, reference) : image
}

/** Asks the container registry, then the engine, which may have an image that is in no container registry. */
async function readImage(docker: Docker, reference: string): Promise<BaseImage> {
  if (!REFERENCE.test(reference)) throw new Error(`${JSON.stringify(reference)} is not the name of an image`)
  const inspect = (...args: string[]): Promise<string> =>
    runDocker(docker, [...args, '--format', '{{json .}}'], { timeoutSeconds: INSPECT_SECONDS })
  try {
    const imagetools = ['buildx', 'imagetools', 'inspect', ...builderFlag(docker)]
    return fromRegistry(reference, JSON.parse(await inspect(...imagetools, reference)))
  } catch (error) {
    const local = await inspect('image', 'inspect', reference).catch(() => undefined)
    if (local !== undefined) return fromEngine(reference, JSON.parse(local))
    const [last] = (error as Partial<CommandError>).lastLines?.slice(-1) ?? []
    throw new Error(
      `neither a container registry nor the engine has ${reference} (${last ?? String(error)})`,
      { cause: error },
    )
  }
}

/** A reference becomes part of a Dockerfile, so it may hold nothing that ends the line or has a meaning there. */
const REFERENCE = /^[a-zA-Z0-9][\w.:/-]*(?:@sha256:[0-9a-f]{64})?$/

/** Reads the answer of `docker buildx imagetools inspect`: one configuration, or one for each platform of an index. */
export function fromRegistry(reference: string, answer: unknown): BaseImage {
  const digest = stringAt(answer, 'manifest', 'digest')
  const image = asObject(ownValue(answer, 'image'))
  if (digest === undefined || !image) throw new Error(`${reference} has no manifest that can be read`)
  const isSingle = typeof image['architecture'] === 'string'
  const configurations = isSingle ? { [platformOf(image)]: image } : image
  const platforms = Object.keys(configurations).filter((platform) => !platform.startsWith('unknown'))
  const name = nameOf(reference)
  return {
    name,
    reference: `${name}@${digest}`,
    digest,
    platforms: platforms.sort(),
    labels: labelsOfConfig(ownValue(configurations[platforms[0] ?? ''], 'config')),
  }
}

/** Reads the answer of `docker image inspect`. */
export function fromEngine(reference: string, answer: unknown): BaseImage {
  return {
    name: nameOf(reference),
    reference,
    digest: stringAt(answer, 'Id') ?? '',
    platforms: [`${stringAt(answer, 'Os')}/${stringAt(answer, 'Architecture')}`],
    labels: labelsOfConfig(ownValue(answer, 'Config')),
  }
}

function platformOf(image: Record<string, unknown>): string {
  const parts = ['os', 'architecture', 'variant'].flatMap((field) => stringAt(image, field) ?? [])
  return parts.join('/')
}
