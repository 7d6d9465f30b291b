import type { TerminalView } from '../../src/report/terminal.js'

/** A pipe: no colours, no width. */
export const PIPE: TerminalView = {
  width: Infinity,
  colors: false,
  rulesUrl: 'docs/rules.md',
  failOn: 'error',
  howToFix: '`sync --fix`',
  quiet: false,
  sourceLine: () => undefined,
}
