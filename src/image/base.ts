import type { CommandError } from '../lib/command.js'
import { asObject, ownValue, stringAt } from '../formats/json.js'
import { builderFlag, type Docker, runDocker } from '../docker/docker.js'
import { nameOf } from '../formats/image-reference.js'
import { labelsOfConfig } from '../docker/registry.js'
import { messageOf } from '../lib/wording.js'

/** The image that an overlay goes on. */
export interface BaseImage {
  /** The name without tag and digest, such as `ghcr.io/acme/tailchat`. */
  name: string
  /** What `FROM` is given: the name with the digest; the bare name where only the engine has the image. */
  reference: string
  digest: string
  /** Such as `linux/amd64`, sorted. */
  platforms: string[]
  labels: Record<string, string>
}

/** The label in which an image says which commit it was built from (OCI image specification, annotations). */
export const REVISION_LABEL = 'org.opencontainers.image.revision'
/** What all labels of this action's own begin with. */
export const OWN_LABELS = 'tailchat-plugin-deploy.'
/** On an image that is an overlay: the plugins that it brings, one after the other. */
export const OVERLAY_LABEL = 'tailchat-plugin-deploy.overlay'
const BASE_NAME_LABEL = 'org.opencontainers.image.base.name'
const BASE_DIGEST_LABEL = 'org.opencontainers.image.base.digest'

/** The labels that say what an overlay goes on (OCI image specification, annotations) and what it brings. */
export function overlayLabels(base: BaseImage, plugins: readonly string[]): Record<string, string> {
  return {
    [BASE_NAME_LABEL]: base.name,
    [BASE_DIGEST_LABEL]: base.digest,
    [OVERLAY_LABEL]: plugins.join(' '),
  }
}

const INSPECT_SECONDS = 2 * 60

/**
 * Finds the image that an overlay goes on. Layers never pile up: where `reference` is an overlay itself, the image
 * that it was put on is taken.
 * @throws when there is no such image, or none that can be read, with what to do
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

/** Asks the container registry, then the engine, which may have an image that no container registry knows. */
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
      `no container registry gives ${reference}, and the engine does not have it (${last ?? String(error)})`,
      { cause: error },
    )
  }
}

/** It stands in a Dockerfile: nothing in it may end the line or mean something there. */
const REFERENCE = /^[a-zA-Z0-9][\w.:/-]*(?:@sha256:[0-9a-f]{64})?$/

/** What `docker buildx imagetools inspect` says: one configuration, or one for each platform of an index. */
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

/** What `docker image inspect` says. */
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
