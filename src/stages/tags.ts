import type { Docker } from '../docker/docker.js'
import { nameOf } from '../formats/image-reference.js'
import { type BuiltImage, publishTag } from '../image/build.js'
import { digestBefore, moveTags, type Target } from '../image/tags.js'
import type { ReportedImage } from '../report/report.js'
import type { Run } from './stage.js'

/** An image that was proven, and the tags that it gets. */
interface Publication {
  image: BuiltImage
  targets: readonly Target[]
  /** The image as the report has it so far. */
  reported: ReportedImage
}

/**
 * Moves the tags to an image, and records with each what points where now.
 * @throws {TagsError} when a tag could not be moved
 */
export async function tags(
  { record }: Run,
  docker: Docker,
  { image, targets, reported }: Publication,
): Promise<void> {
  const moved = new Map<string, string>()
  let now = withPredecessors(reported, targets)
  record({ image: now })
  const point = async (reference: string): Promise<string> => {
    const at = targets.find((target) => target.reference === reference)?.before
    return at === image.digest ? at : publishTag(docker, image, reference)
  }
  await moveTags(docker, targets, point, (reference, digest) => {
    if (digest === undefined) moved.delete(reference)
    else moved.set(reference, digest)
    now = withTags(now, targets, moved)
    record({ image: now })
  })
}

/** The image with what its tags pointed at before. */
function withPredecessors(image: ReportedImage, targets: readonly Target[]): ReportedImage {
  const previous = digestBefore(targets)
  const digests = targets.flatMap(({ reference, before }) =>
    before === undefined ? [] : [[reference, before] as const],
  )
  return {
    ...image,
    ...(previous !== undefined && { previousDigest: previous }),
    previousDigests: Object.fromEntries(digests),
  }
}

/** The image with the tags that were moved, and known by the first of them. */
function withTags(
  image: ReportedImage,
  targets: readonly Target[],
  moved: ReadonlyMap<string, string>,
): ReportedImage {
  const tags = targets.map(({ reference }) => reference).filter((each) => moved.has(each))
  const [first] = tags
  if (first === undefined) return { ...image, tags }
  return { ...image, tags, name: nameOf(first), digest: moved.get(first) ?? image.digest }
}
