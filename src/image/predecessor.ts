import type { Docker } from '../docker/docker.js'
import { nameOf } from '../formats/image-reference.js'
import { labelsOf } from '../docker/registry.js'
import type { Target } from './tags.js'

/** Label of an image: the digest that its tags pointed at before it, where `mode: rollback` goes back to. */
export const PREVIOUS_DIGEST_LABEL = 'tailchat-plugin-deploy.previous-digest'

/** The image that the tags point at now. */
export interface CurrentImage {
  digest: string
  /** The digest that it records as its own predecessor; untrusted. */
  previousDigest: string | undefined
}

/** The image that is being replaced: that of the first tag that is there already. */
export async function currentImage(
  docker: Docker,
  targets: readonly Target[],
): Promise<CurrentImage | undefined> {
  const target = targets.find(({ before }) => before !== undefined)
  if (target?.before === undefined) return undefined
  const labels = await labelsOf(docker, `${nameOf(target.reference)}@${target.before}`)
  return { digest: target.before, previousDigest: labels?.[PREVIOUS_DIGEST_LABEL] || undefined }
}
