import type { DesiredState } from '../declarations/desired.js'
import type { Docker } from '../docker/docker.js'
import { labelsOf } from '../docker/registry.js'
import { nameOf } from '../formats/image-reference.js'
import { isServiceOf, reasonToKeep, type Removal, removalsBetween } from '../image/removal.js'
import { type Offering, readOffering, readServiceRecord, type ServiceRecord } from '../image/record.js'
import type { Strategy } from '../image/strategy.js'
import type { TagTarget } from '../image/tags.js'
import { append } from '../lib/lists.js'
import { listed } from '../lib/wording.js'
import { recordOf } from '../proof/live-promise.js'
import type { ReportedRemoval } from '../report/report.js'
import { offered } from '../rules/image.js'
import type { Examination } from './check.js'
import { type Run, StageError } from './stage.js'

/** What an image will record of its plugins and services. */
export interface Recorded extends Omit<Offering, 'services'> {
  own: ServiceRecord
  /** The services that stay from the base image. */
  ofBase: ServiceRecord | undefined
  /** Whether the base image has plugins that it does not record. */
  baseUnknown: boolean
}

/** Returns what the image of a strategy will record. */
export function recordedBy(
  strategy: Strategy,
  { workspace, desired }: Pick<Examination, 'workspace' | 'desired'>,
): Recorded {
  const node = 'node' in strategy ? strategy.node : undefined
  const base = workspace.pluginsOnly && !node && 'base' in strategy ? strategy.base : undefined
  const ofBase = base && readServiceRecord(base.labels)
  return {
    plugins: node ?? desired.plugins.map(({ plugin }) => plugin.name),
    // The gateway that a node joins serves the front ends.
    bundles: node ? [] : bundlesOf(desired),
    own: recordOf(desired),
    ofBase,
    baseUnknown: base !== undefined && ofBase === undefined,
  }
}

function bundlesOf(desired: DesiredState): string[] {
  return offered(desired).map(({ plugin }) => plugin.name)
}

/**
 * Reports what a deploy removes from the images that its tags point at now, and stops if that is more than half: before
 * minutes of building, and long before a tag moves.
 * @throws {StageError} when it would remove more than half, and `allow-removal` does not allow it
 */
export async function removal(
  { inputs, record }: Run,
  docker: Docker,
  { targets, recorded }: { targets: readonly TagTarget[]; recorded: Recorded },
): Promise<void> {
  const images = new Map(
    targets.flatMap(({ reference, before }) => (before === undefined ? [] : [[before, reference] as const])),
  )
  const all: ReportedRemoval[] = []
  for (const [digest, reference] of images) {
    const before = readOffering((await labelsOf(docker, `${nameOf(reference)}@${digest}`)) ?? {})
    if (!before) {
      const unknown = `what this deploy removes from ${reference}: the image there records no plugins`
      record({ notLookedAt: [unknown] })
      continue
    }
    const removed = removalsBetween(before, after(before, recorded))
    if (removed.length === 0) continue
    append(
      all,
      removed.map((each) => ({ ...each, from: reference })),
    )
    record({ removed: all, notes: [`This deploy removes from ${reference}: ${sentence(removed)}.`] })
    const reason = reasonToKeep(before, removed, inputs.allowRemoval)
    if (reason === undefined) continue
    const names = listed([...new Set(withoutCovered(removed))], FEW)
    throw new StageError(
      'removal',
      `it would remove ${reason} from ${reference} (${names}); no tag was moved. If that is intended, set allow-removal to these names, or to all`,
    )
  }
}

/** The names to allow: the name of a plugin covers its services. */
function withoutCovered(removed: readonly Removal[]): string[] {
  const gone = new Set(removed.flatMap(({ kind, name }) => (kind === 'plugin' ? name : [])))
  return removed.flatMap(({ kind, name }) => (kind === 'service' && isServiceOf(name, gone) ? [] : name))
}

const FEW = 10
/** More than anyone reads; the report has all of them. */
const MANY = 50

/** What the new image will have; services that its base does not record are assumed to stay. */
function after(before: Offering, { plugins, bundles, own, ofBase, baseUnknown }: Recorded): Offering {
  const known = new Set(before.plugins)
  const others = before.services.filter((name) => !isServiceOf(name, known))
  return {
    plugins,
    bundles,
    services: [...own.services, ...(ofBase?.services ?? []), ...(baseUnknown ? others : [])],
  }
}

function sentence(removed: readonly Removal[]): string {
  const kinds = [...new Set(removed.map(({ kind }) => kind))]
  return kinds
    .map((kind) => {
      const names = removed.filter((each) => each.kind === kind).map(({ name }) => name)
      return `${names.length === 1 ? `the ${kind}` : `${kind}s`} ${listed(names, MANY)}`
    })
    .join('; ')
}
