import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { allRules } from '../rules/catalogue.js'
import { errorCode } from '../lib/files.js'
import type { Report } from './report.js'
import { renderSarif } from './sarif.js'

/**
 * Writes the report and the SARIF file where they are asked for; directories are made.
 * @param directory what relative paths are relative to
 * @param path where the repository stands in the workspace
 * @returns what could not be written, a line each: the run itself is over by then, and its other views are fine
 */
export function writeReportFiles(
  report: Report,
  asked: { reportFile: string; sarifFile: string },
  directory: string,
  path: string,
): string[] {
  const files = [
    { input: 'report-file', file: asked.reportFile, render: () => `${JSON.stringify(report, null, 2)}\n` },
    { input: 'sarif-file', file: asked.sarifFile, render: () => renderSarif(report, allRules(), path) },
  ]
  return files.flatMap(({ input, file, render }) => {
    if (file === '') return []
    try {
      mkdirSync(dirname(resolve(directory, file)), { recursive: true })
      writeFileSync(resolve(directory, file), render())
      return []
    } catch (error) {
      return [`${input}: ${file} cannot be written (${errorCode(error)})`]
    }
  })
}
