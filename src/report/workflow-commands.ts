import { annotationsOf } from './annotations.js'
import type { Report } from './report.js'

/** The annotations of a report as the workflow commands that a GitHub runner reads from a step's output. */
export function renderWorkflowCommands(report: Report): string {
  return annotationsOf(report, '.')
    .map(({ severity, title, message, file, line, column }) => {
      const properties = { file, line, col: column, title }
      const shown = Object.entries(properties).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
      )
      return `::${severity} ${shown.join(',')}::${escapeData(message)}\n`
    })
    .join('')
}

function escapeData(text: string): string {
  return text.replace(/[%\r\n]/g, (character) => encodeURIComponent(character))
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/[:,]/g, (character) => encodeURIComponent(character))
}
