import type { Initialised } from '../declarations/init.js'
import { syncedRules } from '../rules/catalogue.js'
import type { Report } from './report.js'
import { visible } from './text.js'

/** Returns what `init` says: what it wrote, what that hides, and what sync would change all the same. */
export function renderInit(
  {
    files,
    declarations,
    hidden,
    pluginsOnly,
    notes,
  }: Omit<Initialised, 'isWritten' | 'files'> & { files: readonly { file: string }[] },
  { findings, failure }: Pick<Report, 'findings' | 'failure'>,
): string {
  const synced = new Set<string>(syncedRules().map(({ id }) => id))
  const left = findings.filter(({ rule, fixable }) => fixable && synced.has(rule))
  const lines = [
    ...files.map(({ file }) =>
      file === declarations
        ? `${file} written: it states what the repository does today`
        : `${file} written: it checks pull requests, and deploys what is pushed`,
    ),
    ...notes,
    ...(hidden.length === 0
      ? []
      : [
          `hidden in it, since no list offers ${hidden.length === 1 ? 'this plugin' : 'these plugins'}:`,
          ...hidden.map((name) => `  ${name}`),
          `Where that is a mistake, write \`offer: registry\`${pluginsOnly ? '' : ' (or builtin)'}, and run sync.`,
        ]),
    ...(failure
      ? [`what sync would change is not known: ${failure.message}`]
      : left.length === 0
        ? ['sync changes nothing']
        : [
            'sync still changes, whatever is declared:',
            ...left.map((each) => `  ${each.file}: ${each.message}`),
          ]),
  ]
  return lines.map((line) => `${visible(line)}\n`).join('')
}
