import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '../inputs/event.js'
import type { Inputs } from '../inputs/inputs.js'
import { OWN_LABELS, REVISION_LABEL } from './base.js'
import { type BuildPlan, provenanceLabels } from './buildx-args.js'
import { writableCaches } from './caches.js'
import { changedFiles, type Commit, readCommit } from '../lib/git.js'
import { listed } from '../lib/wording.js'
import { sourcesLabel } from './sources.js'
import { deriveTags, imageName, references } from '../formats/image-reference.js'

/** A planned build, with the tags that move once the image is proven. */
export interface PlannedBuild {
  /** Image names without a tag; empty: nothing is pushed. */
  names: string[]
  /** `name:tag` of each tag to move. */
  references: string[]
  /** Notes for the report. */
  notes: string[]
  /** The build with the repository's own Dockerfile. */
  plan: BuildPlan
}

/**
 * Plans a whole build before anything is started, so that a mistake is found within seconds.
 * @param published a commit that holds the working tree as it is, although another one is checked out
 * @throws when an input can't be carried out, with what to change
 */
export async function planBuild(
  { image }: Pick<Inputs, 'image'>,
  { root, event, published }: { root: string; event: Event; published?: string | undefined },
): Promise<PlannedBuild> {
  const commit = await readCommit(root)
  const changed = commit && published === undefined ? await changedFiles(root) : []
  const names = image.names.map(imageName)
  const targets = image.push ? planReferences(image, event, published ?? commit?.sha ?? event.sha) : []
  const caches = writableCaches(image.cacheTo)
  const provenance = provenanceLabels({
    url: event.repositoryUrl || commit?.url,
    revision: published ?? (commit ? revisionOf(commit, changed) : event.sha || undefined),
    created: commit?.time,
  })
  const { labels, notes } = withGivenLabels(provenance, keyValues(image.labels))
  return {
    names: image.push ? names : [],
    references: targets,
    notes: [
      ...(commit && changed.length > 0 ? [dirtyNote(commit, changed)] : []),
      ...notes,
      ...caches.problems,
    ],
    plan: {
      dockerfile: join(root, image.dockerfile),
      context: join(root, image.context),
      labels: { ...labels, ...(await sourcesLabel(root)) },
      buildArgs: image.buildArgs,
      buildSecrets: image.buildSecrets,
      platforms: image.platforms,
      cacheFrom: image.cacheFrom,
      cacheTo: caches.usable,
      builder: image.builder,
      options: image.options,
      epochSeconds: commit?.epochSeconds,
    },
  }
}

/**
 * Returns the tags that a run moves, as `name:tag`: the given ones, or else those derived from the event.
 * @param sha the commit that gets a tag of its own; empty: no commit does
 * @throws when there is no tag, or one that no container registry would take
 */
export function planReferences({ names, tags }: Inputs['image'], event: Event, sha: string): string[] {
  const images = names.map(imageName)
  const { ref, pullRequest } = event
  // The event of a merged pull request belongs to the branch that it was merged into.
  const isOfBranch = pullRequest?.merged === true && ref.startsWith('refs/heads/')
  const derived = { ref, sha, pullRequest: isOfBranch ? undefined : pullRequest?.number }
  const targets = references(images, tags.length > 0 ? tags : deriveTags(derived))
  const foreign = targets.find((target) => !images.some((name) => target.startsWith(`${name}:`)))
  if (foreign)
    throw new Error(
      `the tag ${foreign} does not belong to any of the images ${images.join(', ')}: add its image to \`images\``,
    )
  if (targets.length === 0)
    throw new Error('no tag is given, and none follows from the event or a commit: set `tags`')
  return targets
}

/** @throws when the Dockerfile or the context of a full build is not there */
export function requireBuildFiles({ image }: Inputs, root: string): void {
  for (const [input, path] of [
    ['dockerfile', image.dockerfile],
    ['context', image.context],
  ] as const)
    if (!existsSync(join(root, path))) throw new Error(`${input}: ${path} does not exist`)
}

/** Returns the commit, marked where the tree holds more than it, such as edits of sync that are not committed. */
function revisionOf({ sha }: Commit, changed: readonly string[]): string {
  return changed.length > 0 ? `${sha}-dirty` : sha
}

function dirtyNote({ sha }: Commit, changed: readonly string[]): string {
  return `Built from ${sha.slice(0, 12)} and uncommitted changes (${listed(changed, 3)}): the label revision ends in -dirty.`
}

/**
 * Merges the labels of the input into those that say where the image comes from. The commit and the labels of this
 * action can't be replaced: later deploys and rollbacks learn from them what is in the image.
 */
function withGivenLabels(
  provenance: Record<string, string>,
  given: Record<string, string>,
): { labels: Record<string, string>; notes: string[] } {
  const isOurs = (name: string): boolean =>
    name.startsWith(OWN_LABELS) || (name === REVISION_LABEL && provenance[name] !== undefined)
  const left = Object.keys(given).filter((name) => isOurs(name) && given[name] !== provenance[name])
  return {
    labels: {
      ...provenance,
      ...Object.fromEntries(Object.entries(given).filter(([name]) => !isOurs(name))),
    },
    notes:
      left.length > 0 ? [`Ignored in \`labels\`, since the action sets them itself: ${listed(left)}.`] : [],
  }
}

function keyValues(items: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    items.map((item) => {
      const at = item.indexOf('=')
      return at === -1 ? [item, ''] : [item.slice(0, at), item.slice(at + 1)]
    }),
  )
}
