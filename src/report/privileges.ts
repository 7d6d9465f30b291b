import type { Gained, Lost, PrivilegeChange } from '../privileges/difference.js'
import type { Privilege } from '../privileges/privileges.js'
import type { PullRequestPrivileges } from '../privileges/pull-request.js'

/** A privilege as the report shows it: without its place. */
export type ReportedPrivilege = Omit<Privilege, 'at'>

/** What a pull request changes in what plugins may do, or why that is not known. */
export type ReportedPrivilegeChanges =
  | {
      /** The commit that it is compared with. */
      base: string
      plugins: (Omit<PrivilegeChange, 'gained' | 'lost'> & {
        gained: Omit<Gained, 'at'>[]
        lost: Omit<Lost, 'at'>[]
      })[]
    }
  | { unknown: string }

/** Without its place, whose file would take its whole text along. */
export function reportPrivilege<P extends Privilege>(privilege: P): Omit<P, 'at'> {
  const reported = { ...privilege }
  delete reported.at
  return reported
}

export function reportPrivilegeChanges(changes: PullRequestPrivileges): ReportedPrivilegeChanges {
  if ('unknown' in changes) return changes
  return {
    base: changes.base,
    plugins: changes.plugins.map((change) => ({
      ...change,
      gained: change.gained.map(reportPrivilege),
      lost: change.lost.map(reportPrivilege),
    })),
  }
}
