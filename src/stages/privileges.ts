import type { Event, PullRequest } from '../inputs/event.js'
import type { Inputs } from '../inputs/inputs.js'
import { type Examination, readDeclarations, textIn } from './check.js'
import { privilegesOfPullRequest } from '../privileges/pull-request.js'
import { reportPrivilegeChanges } from '../report/privileges.js'
import type { Report } from '../report/report.js'
import { separateAccepted } from '../rules/accept.js'
import { catalogue } from '../rules/catalogue.js'
import { runRules } from '../rules/run.js'

/**
 * Compares what plugins may do with the base of a pull request, and writes the difference into the report.
 * @returns what is known, with what the pull request opens as findings like any other
 */
export async function addPrivilegeChanges(
  examined: Examination,
  inputs: Inputs,
  event: Event,
  pullRequest: PullRequest,
  report: Report,
): Promise<Examination> {
  const { declarations, workspace } = examined
  const changes = await privilegesOfPullRequest(event, pullRequest, examined, (base) =>
    readDeclarations(base, { ...inputs, declarations: { ...inputs.declarations, required: false } }),
  )
  report.privileges = reportPrivilegeChanges(changes)
  if ('unknown' in changes) return examined
  const found = runRules(catalogue.privileges, changes.plugins, declarations.rules)
  const { open, accepted } = separateAccepted(found, declarations, (file) => textIn(workspace, file))
  return {
    ...examined,
    findings: [...examined.findings, ...open],
    accepted: [...examined.accepted, ...accepted],
  }
}
