import type { Gate } from '../../src/report/report.js'
import type { TerminalView } from '../../src/report/terminal.js'

/** What fails a run unless its inputs say something else. */
export const GATE: Gate = { failOn: 'error', findings: 'all' }

/** A pipe: no colours, no width. */
export const PIPE: TerminalView = {
  width: Infinity,
  colors: false,
  rulesUrl: 'docs/rules.md',
  gate: GATE,
  howToFix: '`sync --fix`',
  howToSync: '`sync`',
  quiet: false,
  sourceLine: () => undefined,
}
