import type { Docker } from '../docker/docker.js'
import { nameOf } from '../formats/image-reference.js'
import { labelsOf } from '../docker/registry.js'
import type { TagTarget } from './tags.js'

/** The label that records the digest which the tags pointed at before: `mode: rollback` goes back to it. */
export const PREVIOUS_DIGEST_LABEL = 'tailchat-plugin-deploy.previous-digest'

/** The image that the tags point at now. */
export interface CurrentImage {
  digest: string
  /** The digest that it records as its own predecessor; untrusted. */
  previousDigest: string | undefined
}

/** Returns the image that is being replaced: the one that the first existing tag points at. */
export async function currentImage(
  docker: Docker,
  targets: readonly TagTarget[],
): Promise<CurrentImage | undefined> {
  const target = targets.find(({ before }) => before !== undefined)
  if (target?.before === undefined) return undefined
  const labels = await labelsOf(docker, `${nameOf(target.reference)}@${target.before}`)
  return { digest: target.before, previousDigest: labels?.[PREVIOUS_DIGEST_LABEL] || undefined }
}
