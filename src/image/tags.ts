import { spawnSync } from 'node:child_process'
import { childEnvironment } from '../lib/environment.js'
import { onInterrupt } from '../lib/interrupt.js'
import type { Docker } from '../docker/docker.js'
import { messageOf } from '../lib/wording.js'
import { nameOf } from '../formats/image-reference.js'
import { digestOf, pointTag, pointTagCommand } from '../docker/registry.js'

/** A tag that is to move. */
export interface Target {
  /** `name:tag` */
  reference: string
  /** The digest it points at now; `undefined`: there is no such tag yet. */
  before: string | undefined
}

/** Some tags could not be moved; the message says what points where now. */
export class TagsError extends Error {}

/**
 * Asks where every tag points. All are asked for before any is moved: a container registry that does not answer is
 * noticed while nothing has changed.
 */
export async function readTargets(docker: Docker, references: readonly string[]): Promise<Target[]> {
  const targets: Target[] = []
  for (const reference of references) targets.push({ reference, before: await digestOf(docker, reference) })
  return targets
}

/** The digest that the first of the tags that existed pointed at. */
export function digestBefore(targets: readonly Target[]): string | undefined {
  return targets.find(({ before }) => before !== undefined)?.before
}

/**
 * Moves all tags or none: when one can't be moved, those that were are put back to where they pointed before. So they
 * are when this process is told to end.
 * @param point moves one tag and gives the digest that it points at then
 * @param onMoved called for each tag that moved, with its digest; and with none for one that was put back
 * @throws {TagsError} when a tag could not be moved
 */
export async function moveTags(
  docker: Docker,
  targets: readonly Target[],
  point: (reference: string) => Promise<string>,
  onMoved: (reference: string, digest: string | undefined) => void,
): Promise<void> {
  const touched: Target[] = []
  const putBackOnExit = await pointTagCommand(docker)
  const forget = onInterrupt(() => {
    for (const { reference, before } of touched)
      if (before !== undefined)
        spawnSync('docker', putBackOnExit(reference, before), {
          env: childEnvironment(docker.env),
          stdio: 'ignore',
          timeout: PUT_BACK_MILLISECONDS,
        })
  })
  try {
    // Those that exist come first: a new tag can't be taken back once it is there.
    for (const target of [...targets].sort((a, b) => Number(!a.before) - Number(!b.before))) {
      // A tag may have moved although the command that moved it failed.
      touched.push(target)
      try {
        onMoved(target.reference, await point(target.reference))
      } catch (error) {
        const sentences = await putBack(docker, touched, messageOf(error), onMoved)
        throw new TagsError(`${target.reference} was not moved: ${messageOf(error)}. ${sentences}`, {
          cause: error,
        })
      }
    }
  } finally {
    forget()
  }
}

/** A runner leaves a cancelled step a few seconds. */
const PUT_BACK_MILLISECONDS = 3000

/**
 * Whether a container registry that failed may have done what it was asked all the same: it took the manifest and
 * answered that there is none.
 */
function saysMissing(failure: string): boolean {
  return /\b404\b|\bnot found\b|\bunknown\b|\bno such\b|does not have it/i.test(failure)
}

/**
 * Puts tags back, and says in sentences what points where.
 * @param touched the last of them is the one that could not be moved
 * @param failure what was said when it could not
 */
async function putBack(
  docker: Docker,
  touched: readonly Target[],
  failure: string,
  onMoved: (reference: string, digest: string | undefined) => void,
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
            ? `${reference} may be there: the container registry was asked to make it, and says now that there is none; look there, and remove it if it is`
            : `${reference} may point at the new image, though the container registry says that there is no such tag: point it at ${nameOf(reference)}@${before} again`,
        )
      else if (now === undefined || now === before) onMoved(reference, undefined)
      else if (before === undefined)
        remaining.push(`${reference} is new and stays, at ${now}: remove it in the container registry`)
      else remaining.push(`${reference} is at ${now}, which holds the image ${before} where it was before`)
    } catch (error) {
      remaining.push(
        before === undefined
          ? `${reference} may be there now: ${messageOf(error)}`
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
