import { type Destination, findDestination } from '../publish/destination.js'
import { publishEdits } from '../publish/publish.js'
import { type Report, sortChanges } from '../report/report.js'
import type { Examination } from './check.js'
import type { Run } from './stage.js'

/** Finds out where the edits go, before there are any. */
export function chooseDestination({ inputs, surroundings }: Run): Promise<Destination> {
  return findDestination(inputs, surroundings.root, surroundings.event)
}

/** The edits to publish, and where they go. */
interface Publishing {
  destination: Destination
  examined: Examination
  /** Runs `sync` on another checkout, and returns its report. */
  sync: (root: string) => Promise<Report>
}

/**
 * Publishes the edits of this run on GitHub, as the input `commit` says.
 * @returns the new commit, where it equals the working tree
 * @throws when that is not possible, with what to do
 */
export async function publish(
  { inputs, surroundings, record }: Run,
  { destination, examined, sync }: Publishing,
): Promise<string | undefined> {
  const { root } = examined.workspace
  const changes = sortChanges(examined.changes)
  const edited = { inputs, root, findings: examined.findings.open, changes, sync }
  const { part, revision } = await publishEdits(destination, edited, surroundings)
  record(part)
  return revision
}
