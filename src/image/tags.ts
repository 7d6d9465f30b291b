import { spawnSync } from 'node:child_process'
import { childEnvironment } from '../lib/environment.js'
import { onInterrupt } from '../lib/interrupt.js'
import type { Docker } from '../docker/docker.js'
import { messageOf } from '../lib/wording.js'
import { nameOf } from '../formats/image-reference.js'
import { digestOf, pointTag, pointTagCommand } from '../docker/registry.js'

/** A tag to move. */
export interface TagTarget {
  /** `name:tag` */
  reference: string
  /** The digest that it points at now; `undefined`: the tag does not exist yet. */
  before: string | undefined
}

/** An error when tags could not be moved; the message says where each tag points now. */
export class TagsError extends Error {}

/**
 * Reads where every tag points. All are read before any is moved, so that a container registry that does not answer is
 * noticed before anything has changed.
 */
export async function readTargets(docker: Docker, references: readonly string[]): Promise<TagTarget[]> {
  const targets: TagTarget[] = []
  for (const reference of references) targets.push({ reference, before: await digestOf(docker, reference) })
  return targets
}

/** Returns the digest that the first existing tag pointed at. */
export function digestBefore(targets: readonly TagTarget[]): string | undefined {
  return targets.find(({ before }) => before !== undefined)?.before
}

/** How tags are moved. */
interface Moving {
  /** Moves one tag, and returns the digest that it points at then. */
  point: (reference: string) => Promise<string>
  /** Called for each tag that moved, with its digest, and for each that was put back, without one. */
  onMoved: (reference: string, digest: string | undefined) => void
}

/**
 * Moves all tags or none: when one can't be moved, or this process is told to end, those that were moved are put back
 * to where they pointed before.
 * @throws {TagsError} when a tag could not be moved
 */
export async function moveTags(
  docker: Docker,
  targets: readonly TagTarget[],
  { point, onMoved }: Moving,
): Promise<void> {
  const touched: TagTarget[] = []
  const putBackOnExit = await pointTagCommand(docker)
  const putBackNow = ({ reference, before }: TagTarget): string => {
    // A new tag can't be taken back.
    if (before === undefined) return `${reference} may be there already`
    const { status } = spawnSync('docker', putBackOnExit(reference, before), {
      env: childEnvironment(docker.env),
      stdio: 'ignore',
      timeout: PUT_BACK_MILLISECONDS,
    })
    return status === 0 ? `${reference} points at ${before} again` : `${reference} could not be put back`
  }
  const forget = onInterrupt(() => touched.map(putBackNow).join('; ') || undefined)
  try {
    // Existing tags come first: a new tag can't be taken back.
    for (const target of [...targets].sort((a, b) => Number(!a.before) - Number(!b.before))) {
      // A tag may have moved although the command that moved it failed.
      touched.push(target)
      try {
        onMoved(target.reference, await point(target.reference))
      } catch (error) {
        const sentences = await putBack(docker, touched, { failure: messageOf(error), onMoved })
        throw new TagsError(`${target.reference} was not moved: ${messageOf(error)}. ${sentences}`, {
          cause: error,
        })
      }
    }
  } finally {
    forget()
  }
}

/** A runner gives a cancelled step a few seconds. */
const PUT_BACK_MILLISECONDS = 3000

/**
 * Tells whether a container registry said that the manifest is missing: it may have created the tag all the same.
 */
function saysMissing(failure: string): boolean {
  return /\b404\b|\bnot found\b|\bunknown\b|\bno such\b|does not have it/i.test(failure)
}

/**
 * Puts tags back.
 * @param touched the last of them is the one that could not be moved
 * @param failure the error message from moving that one
 * @returns sentences that say where each tag points now
 */
async function putBack(
  docker: Docker,
  touched: readonly TagTarget[],
  { failure, onMoved }: { failure: string; onMoved: Moving['onMoved'] },
): Promise<string> {
  const restored: string[] = []
  const remaining: string[] = []
  for (const { reference, before } of [...touched].reverse()) {
    try {
      let now = await digestOf(docker, reference)
      if (before !== undefined && now !== before) {
        await pointTag(docker, reference, before)
        now = await digestOf(docker, reference)
        if (now !== undefined) restored.push(reference)
      }
      const wasMoved = reference !== touched.at(-1)?.reference
      if (now === undefined && (before !== undefined || wasMoved || saysMissing(failure)))
        remaining.push(
          before === undefined
            ? `${reference} may exist: the container registry was asked to create it, and now says that there is no such tag; look there, and remove it if it exists`
            : `${reference} may point at the new image, although the container registry says that there is no such tag: point it at ${nameOf(reference)}@${before} again`,
        )
      else if (now === undefined || now === before) onMoved(reference, undefined)
      else if (before === undefined)
        remaining.push(`${reference} is new and still points at ${now}: remove it in the container registry`)
      else
        remaining.push(
          `${reference} points at ${now}, a new index that holds the image ${before} from before`,
        )
    } catch (error) {
      remaining.push(
        before === undefined
          ? `${reference} may exist now: ${messageOf(error)}`
          : `${reference} may point at the new image (${messageOf(error)}): point it at ${nameOf(reference)}@${before} again`,
      )
    }
  }
  if (remaining.length > 0)
    return [...(restored.length > 0 ? [`Put back: ${restored.join(', ')}`] : []), ...remaining].join('. ')
  return restored.length > 0
    ? `Put back: ${restored.join(', ')}; every tag points where it did before`
    : 'No tag was moved'
}
