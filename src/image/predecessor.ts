import type { Docker } from '../docker/docker.js'
import { nameOf } from '../formats/image-reference.js'
import { labelsOf } from '../docker/registry.js'
import { BASE_DIGEST_LABEL, REVISION_LABEL } from './base.js'
import type { TagTarget } from './tags.js'

/** The label that records the digest which the tags pointed at before: `mode: rollback` goes back to it. */
export const PREVIOUS_DIGEST_LABEL = 'tailchat-plugin-deploy.previous-digest'

/** The image that the tags point at now. */
export interface CurrentImage {
  digest: string
  /** Its name with its digest. */
  reference: string
  /** Untrusted. */
  labels: Record<string, string>
}

/** Returns the image that is being replaced: the one that the first existing tag points at. */
export async function currentImage(
  docker: Docker,
  targets: readonly TagTarget[],
): Promise<CurrentImage | undefined> {
  const target = targets.find(({ before }) => before !== undefined)
  if (target?.before === undefined) return undefined
  const reference = `${nameOf(target.reference)}@${target.before}`
  const labels = await labelsOf(docker, reference)
  return { digest: target.before, reference, labels: labels ?? {} }
}

/**
 * Returns whether an image holds the same code as the one that is to be built, judged by the labels of both: one
 * commit can give two digests, and a rollback from one to the other would change nothing.
 * @returns `undefined` when the labels can't tell: changes that are in no commit, or no commit at all
 */
export function isSameCode(
  current: Record<string, string>,
  next: Record<string, string>,
): boolean | undefined {
  const revision = next[REVISION_LABEL]
  if (current[REVISION_LABEL] !== revision) return false
  if (revision === undefined || !COMMIT.test(revision)) return undefined
  // Another tool's image of the commit need not have its plugins.
  if (current[PREVIOUS_DIGEST_LABEL] === undefined) return false
  const bases = [current[BASE_DIGEST_LABEL], next[BASE_DIGEST_LABEL]]
  return bases.includes(undefined) || bases[0] === bases[1]
}

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/
