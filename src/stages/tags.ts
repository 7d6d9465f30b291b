import type { Docker } from '../docker/docker.js'
import { nameOf } from '../formats/image-reference.js'
import { type BuiltImage, publishTag } from '../image/build.js'
import { digestBefore, moveTags, type TagTarget } from '../image/tags.js'
import type { ReportedImage } from '../report/report.js'
import type { Run } from './stage.js'

/** A proven image, and the tags that it gets. */
interface Publication {
  image: BuiltImage
  targets: readonly TagTarget[]
  /** The image as it is in the report so far. */
  reported: ReportedImage
}

/**
 * Moves the tags to an image, and records after each where it points now.
 * @returns the image as the report has it then
 * @throws {TagsError} when a tag could not be moved
 */
export async function tags(
  { record }: Run,
  docker: Docker,
  { image, targets, reported }: Publication,
): Promise<ReportedImage> {
  const moved = new Map<string, string>()
  let now = withPredecessors(reported, targets)
  record({ image: now })
  const point = async (reference: string): Promise<string> => {
    const at = targets.find((target) => target.reference === reference)?.before
    return at === image.digest ? at : publishTag(docker, image, reference)
  }
  const onMoved = (reference: string, digest: string | undefined): void => {
    if (digest === undefined) moved.delete(reference)
    else moved.set(reference, digest)
    now = withTags(now, targets, moved)
    record({ image: now })
  }
  await moveTags(docker, targets, { point, onMoved })
  return now
}

/** Returns the image with the digests that its tags pointed at before. */
function withPredecessors(image: ReportedImage, targets: readonly TagTarget[]): ReportedImage {
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

/** Returns the image with the tags that were moved, named after the first of them. */
function withTags(
  image: ReportedImage,
  targets: readonly TagTarget[],
  moved: ReadonlyMap<string, string>,
): ReportedImage {
  const tags = targets.map(({ reference }) => reference).filter((each) => moved.has(each))
  const [first] = tags
  if (first === undefined) return { ...image, tags }
  return { ...image, tags, name: nameOf(first), digest: moved.get(first) ?? image.digest }
}
