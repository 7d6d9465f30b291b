import type { ProposedChange } from '../inputs/event.js'
import { privilegesOfPullRequest } from '../privileges/pull-request.js'
import { reportPrivilegeChanges } from '../report/privileges.js'
import { catalogue } from '../rules/catalogue.js'
import { findings, joinFindings } from '../rules/findings.js'
import { type Examination, readDeclarations } from './check.js'
import type { Run } from './stage.js'

/**
 * Compares what plugins may do with the base of a pull request, and records the difference.
 * @returns the examination with findings about what the pull request opens
 */
export async function privileges(
  { inputs, surroundings, record }: Run,
  examined: Examination,
  change: ProposedChange,
): Promise<Examination> {
  const { declarations, workspace } = examined
  const changes = await privilegesOfPullRequest(examined, {
    event: surroundings.event,
    change,
    declarationsIn: (base) => readDeclarations(base.root, { ...inputs.declarations, required: false }),
  })
  record({ privileges: reportPrivilegeChanges(changes) })
  if ('unknown' in changes) return examined
  const opened = findings(catalogue.privileges, changes.plugins, { root: workspace.root, declarations })
  return { ...examined, findings: joinFindings(examined.findings, opened) }
}
