import { code, escapeMarkdown, table } from '../report/markdown.js'
import type { ReportedChange } from '../report/report.js'

/** The text of the pull request: what changes, and why. The same changes give the same text. */
export function pullRequestBody({ changes }: { changes: readonly ReportedChange[] }): string {
  const rows = changes.map(({ file, summary, why }) => [
    code(file),
    escapeMarkdown(summary),
    escapeMarkdown(why ?? ''),
  ])
  return [
    'The registration files of the Tailchat plugins do not say what they should. This brings them up to date:',
    '',
    ...table(['File', 'Change', 'Why'], rows),
    '',
    'Each run makes this branch anew and writes this text anew, and closes the pull request when nothing is left to change. A commit that somebody adds to the branch is never overwritten: the run fails and says so.',
  ].join('\n')
}
