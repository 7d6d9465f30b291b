import { requested } from '../declarations/elsewhere/vendored.js'
import { check } from './check.js'
import { type Run, StageError } from './stage.js'
import { outlooksOf } from './vendor.js'

/**
 * Says which plugins from elsewhere have a newer version; nothing is written.
 * @throws after all were asked, where one can't be
 */
export async function outdated(run: Run): Promise<void> {
  const { workspace } = await run.stage('check', () => check(run))
  const { outlooks, failures } = await run.stage('fetch', () => outlooksOf(run, workspace.root))
  run.record({
    elsewhere: {
      plugins: outlooks.length + failures.length,
      outdated: outlooks.filter((outlook) => outlook.outdated).length,
    },
    notes: outlooks.map(({ name, locked, newest, outdated: isOutdated, problem }) =>
      problem === undefined
        ? `${name}: ${requested(locked)}${isOutdated ? ` -> ${newest}` : ', up to date'}`
        : `${name}: ${problem}`,
    ),
  })
  if (outlooks.length + failures.length === 0)
    run.record({ notes: ['No plugins from elsewhere: there is no tailchat-plugins.lock.'] })
  if (failures.length > 0) throw new StageError('outdated', failures.join('\n'))
}
