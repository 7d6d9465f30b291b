import { changeOf } from '../inputs/event.js'
import { type Base, baseOfPullRequest, baseSince, whyNoBase, withBaseTree } from '../privileges/base.js'
import { markNew } from '../rules/new.js'
import { listed } from '../lib/wording.js'
import { check, type Examination } from './check.js'
import type { Run } from './stage.js'

/** Returns the commit that this run compares with; `undefined` where the run is about no change. */
export async function findBase({ surroundings: { root, event, since } }: Run): Promise<Base | undefined> {
  const change = changeOf(event)
  try {
    if (since !== undefined) return await baseSince(root, since)
    return change && (await baseOfPullRequest(root, event, change))
  } catch (error) {
    return { unknown: whyNoBase(error) }
  }
}

/**
 * Checks the base commit too, and marks each finding as new or not. Where there is nothing to mark, the base is not read.
 * @returns the examination; where the base can't be read, it says so, and every finding counts as new
 */
export async function compareFindings(run: Run, examined: Examination, base: Base): Promise<Examination> {
  if (examined.findings.open.length === 0) return examined
  const unknown = (reason: string): Examination => ({
    ...examined,
    notLookedAt: [...examined.notLookedAt, `the base, so all findings count as new (${reason})`],
  })
  if ('unknown' in base) return unknown(base.unknown)
  const { root } = examined.workspace
  try {
    return await withBaseTree(
      root,
      { commit: base.commit, roots: [], isWanted: () => true },
      async ({ directory, left }) => {
        const before = await findingsIn(run, directory)
        const open = markNew(examined.findings.open, before)
        run.record({ base: base.commit })
        const notRead = left.map(({ path, reason }) => `${path} of the base (it ${reason})`)
        return {
          ...examined,
          findings: { ...examined.findings, open },
          notLookedAt: [...examined.notLookedAt, ...(notRead.length > 0 ? [listed(notRead, 5)] : [])],
        }
      },
    )
  } catch (error) {
    return unknown(whyNoBase(error))
  }
}

/** Returns what `check` finds in another directory, without a word in the report. */
async function findingsIn(run: Run, root: string): Promise<Examination['findings']['open']> {
  const { declarations } = run.inputs
  const before = await check({
    inputs: { ...run.inputs, declarations: { ...declarations, required: false } },
    surroundings: { ...run.surroundings, root, log: () => undefined },
    record: () => undefined,
    stage: async (_name, work) => work(),
  })
  return before.findings.open
}
