import { publish as publishEdits } from '../publish/publish.js'
import { findTarget as findTargetOf, type Target } from '../publish/target.js'
import { type Report, sortChanges } from '../report/report.js'
import type { Examination } from './check.js'
import type { Run } from './stage.js'

/** Finds out where the edits go, before there are any. */
export function findTarget({ inputs, surroundings }: Run): Promise<Target> {
  return findTargetOf(inputs, surroundings.root, surroundings.event)
}

/** What is published, and where. */
interface Publishing {
  target: Target
  examined: Examination
  /** Does all of `sync` on another checkout, and gives its report. */
  sync: (root: string) => Promise<Report>
}

/**
 * Takes the edits of this run to GitHub as `commit` says.
 * @returns the commit that holds just the checked-out one and the working tree's changes, where one was made
 * @throws when what was asked for can't be done
 */
export async function publish(
  { inputs, surroundings, record }: Run,
  { target, examined, sync }: Publishing,
): Promise<string | undefined> {
  const { root } = examined.workspace
  const changes = sortChanges(examined.changes)
  const edited = { inputs, root, findings: examined.findings.open, changes, sync }
  const { part, revision } = await publishEdits(target, edited, surroundings)
  record(part)
  return revision
}
