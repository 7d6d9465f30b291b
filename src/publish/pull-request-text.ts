import { code, escapeMarkdown, table } from '../report/markdown.js'
import type { ReportedChange } from '../report/report.js'

/** Returns the text of the pull request: the changes and their reasons. The same changes give the same text. */
export function pullRequestBody({ changes }: { changes: readonly ReportedChange[] }): string {
  const rows = changes.map(({ file, summary, why }) => [
    code(file),
    escapeMarkdown(summary),
    escapeMarkdown(why ?? ''),
  ])
  return [
    'The registration files of the Tailchat plugins are out of date. This updates them:',
    '',
    ...table(['File', 'Change', 'Why'], rows),
    '',
    'Each run rebuilds this branch and rewrites this text, and closes the pull request when nothing is left to change. A commit that you add to the branch is never overwritten: the run fails and says so.',
  ].join('\n')
}
