import { basename, resolve } from 'node:path'
import { allRules } from '../rules/catalogue.js'
import { errorCode, writeFileWithin } from '../lib/files.js'
import { shortened } from '../lib/text.js'
import type { Report } from './report.js'
import { renderSarif } from './sarif.js'

/**
 * Writes the report and the SARIF file where they are asked for; directories are made, and links that a repository may
 * hold are not followed out of where the files belong.
 * @param directory what relative paths are relative to
 * @param within the directories in which a file may be; absolute paths, with their symbolic links resolved
 * @param path where Tailchat stands in its git repository
 * @returns what could not be written, a line each: the run itself is over by then, and its other views are fine
 */
export function writeReportFiles(
  report: Report,
  asked: { reportFile: string; sarifFile: string },
  {
    directory,
    within,
    path,
  }: { directory: string; within: (file: string) => readonly string[]; path: string },
): string[] {
  const picture = screenshotOf(report)
  const pictureFile = asked.reportFile === '' ? '' : `${asked.reportFile.replace(/\.json$/, '')}.png`
  const files = [
    ...(picture ? [{ input: 'report-file', file: pictureFile, render: () => picture }] : []),
    {
      input: 'report-file',
      file: asked.reportFile,
      render: () => renderJson(withFileName(report, basename(pictureFile))),
    },
    { input: 'sarif-file', file: asked.sarifFile, render: () => renderSarif(report, allRules(), path) },
  ]
  return files.flatMap(({ input, file, render }) => {
    if (file === '') return []
    try {
      const absolute = resolve(directory, file)
      writeFileWithin(within(absolute), absolute, render())
      return []
    } catch (error) {
      return [`${input}: ${file} cannot be written (${errorCode(error)})`]
    }
  })
}

/** The whole report as JSON, as the report file has it. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, cutText, 2)}\n`
}

/** A name or a message may be as long as the file that it stands in. */
const MAX_JSON_TEXT = 10_000

function cutText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? shortened(value, MAX_JSON_TEXT) : value
}

/** The picture of the page, where there is one. */
function screenshotOf({ browser }: Report): Buffer | undefined {
  return browser && 'screenshot' in browser && browser.screenshot !== undefined
    ? Buffer.from(browser.screenshot, 'base64')
    : undefined
}

/** The report with the name of the picture's file in the place of the picture. */
function withFileName(report: Report, screenshot: string): Report {
  return screenshotOf(report) && report.browser
    ? { ...report, browser: { ...report.browser, screenshot } }
    : report
}
