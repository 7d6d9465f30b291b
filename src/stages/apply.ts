import { applyEditsToDisk } from '../lib/apply-edits.js'
import type { Examination } from './check.js'
import type { Run } from './stage.js'

/** Writes the registration files and the lockfile: all of them, or none. */
export function apply({ record }: Run, { workspace, edits }: Examination): void {
  applyEditsToDisk(workspace.root, edits)
  if (edits.length > 0) record({ applied: true })
}
