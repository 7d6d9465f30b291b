import type { Base } from '../privileges/base.js'
import { privilegesOfPullRequest } from '../privileges/pull-request.js'
import { reportPrivilegeChanges } from '../report/privileges.js'
import { catalogue } from '../rules/catalogue.js'
import { findings, joinFindings } from '../rules/findings.js'
import { type Examination, readDeclarations } from './check.js'
import type { Run } from './stage.js'

/**
 * Compares what plugins may do with the base of a change, and records the difference.
 * @returns the examination with findings about what the change opens
 */
export async function privileges(
  { inputs, record }: Run,
  examined: Examination,
  base: Base,
): Promise<Examination> {
  const { declarations, workspace } = examined
  const changes = await privilegesOfPullRequest(examined, {
    base,
    declarationsIn: (before) => readDeclarations(before.root, { ...inputs.declarations, required: false }),
  })
  record({ privileges: reportPrivilegeChanges(changes) })
  if ('unknown' in changes) return examined
  const opened = findings(catalogue.privileges, changes.plugins, { root: workspace.root, declarations })
  return { ...examined, findings: joinFindings(examined.findings, opened) }
}
