import type { ReportedFinding } from './report.js'
import { visible } from './text.js'
import { columnsOf, type Page, paint } from './wrap.js'

/** Reads a line of a file of the repository, from 1; `undefined` where it can't be read. */
export type SourceLine = (file: string, line: number) => string | undefined

/** More of a line than this says nothing to a person. */
const MAX_COLUMNS = 100

/** The line that a finding is about, with a caret below its column; no lines where there is nothing to show. */
export function codeFrame(
  { file, line, column }: ReportedFinding,
  sourceLine: SourceLine,
  page: Page,
): string[] {
  const source = line === undefined ? undefined : sourceLine(file, line)
  if (source === undefined || source.trim() === '') return []
  const gutter = `    ${line} | `
  const room = Math.max(20, Math.min(MAX_COLUMNS, page.width - gutter.length - 1))
  const at = (column ?? 1) - 1
  const lead = visible(source.slice(Math.max(0, at - MAX_COLUMNS), at)).trimStart()
  const before = at > MAX_COLUMNS || lead.length > room / 2 ? `…${lead.slice(-Math.floor(room / 2))}` : lead
  const rest = visible(source.slice(at, at + 2 * MAX_COLUMNS))
  const code = column === undefined ? rest.trimStart() : before + rest
  const shown = columnsOf(code) > room ? `${cutTo(code, room - 1)}…` : code.trimEnd()
  const lines = [paint(gutter, 'dim', page) + shown]
  if (column !== undefined)
    lines.push(
      paint(`${' '.repeat(gutter.length - 2)}| `, 'dim', page) +
        ' '.repeat(columnsOf(before)) +
        paint('^', 'red', page),
    )
  return lines
}

/** The beginning of a text that takes at most so many columns. */
function cutTo(text: string, columns: number): string {
  let used = 0
  let kept = ''
  for (const character of text) {
    used += columnsOf(character)
    if (used > columns) break
    kept += character
  }
  return kept
}
