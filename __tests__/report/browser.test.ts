import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { BrowserProof } from '../../src/proof/browser/evaluate.js'
import { compareHosts, reportBrowser } from '../../src/report/browser.js'
import { writeReportFiles } from '../../src/report/files.js'
import { emptyReport, type Report } from '../../src/report/report.js'
import { renderSummary } from '../../src/report/summary.js'
import { browserProof } from '../rules/browser.cases.js'
import { GATE } from '../support/terminal-view.js'

const EARLIER = `ghcr.io/acme/tailchat@sha256:${'0'.repeat(64)}`
const PNG = Buffer.from('\x89PNG of a page', 'latin1')

/** A proof in which plugins contact these hosts. */
function contacting(hosts: Record<string, string[]>): BrowserProof {
  const plugins = Object.entries(hosts).map(([name, own]) => ({ name, chunks: [], hosts: own }))
  return browserProof({ plugins })
}

describe('hosts that plugins contact, compared with an earlier image', () => {
  const before = contacting({ 'com.acme.theme': ['a.example', 'b.example'], 'com.acme.gone': ['c.example'] })
  const now = contacting({ 'com.acme.theme': ['b.example', 'd.example'], 'com.acme.new': ['c.example'] })

  test('are listed by plugin as gained and lost, those of new and removed plugins too', () => {
    expect(compareHosts(EARLIER, before, now)).toEqual({
      comparedWith: EARLIER,
      plugins: [
        { name: 'com.acme.gone', gained: [], lost: ['c.example'] },
        { name: 'com.acme.new', gained: ['c.example'], lost: [] },
        { name: 'com.acme.theme', gained: ['d.example'], lost: ['a.example'] },
      ],
    })
    expect(compareHosts(EARLIER, now, now).plugins).toEqual([])
  })

  test.each([
    ['a table where one changed', before, '| <code>com.acme.new</code> | <code>c.example</code> |'],
    ['a sentence where none changed', now, 'No plugin contacts another host than before'],
  ])('are in the summary as %s', (_, earlier, text) => {
    const browser = { ...reportBrowser(now), hosts: compareHosts(EARLIER, earlier, now) }
    const summary = renderSummary({ ...emptyReport('deploy'), browser }, GATE)
    expect(summary).toContain(text)
    expect(summary).toMatch(/compared with .*0{64}/)
  })
})

describe('the picture of a page that shows nothing', () => {
  const report: Report = {
    ...emptyReport('deploy'),
    browser: reportBrowser(browserProof({ screenshot: PNG })),
  }

  function written(reportFile: string): Record<string, Buffer> {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), 'report-')))
    try {
      const places = { directory, within: () => [directory], path: '.' }
      expect(writeReportFiles(report, { reportFile, sarifFile: '' }, places)).toEqual([])
      const files = readdirSync(directory, { recursive: true, encoding: 'utf8', withFileTypes: true })
      return Object.fromEntries(
        files
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name))]),
      )
    } finally {
      rmSync(directory, { recursive: true })
    }
  }

  test.each([
    ['report.json', 'report.png'],
    ['out/report.json', 'report.png'],
    ['report', 'report.png'],
  ])('is a file next to the report file %s, which names it', (reportFile, picture) => {
    const files = written(reportFile)
    expect(files[picture]).toEqual(PNG)
    const json =
      Object.entries(files)
        .find(([name]) => name !== picture)?.[1]
        .toString() ?? ''
    expect((JSON.parse(json) as Report).browser).toMatchObject({ screenshot: picture })
  })

  test('is nowhere without a report file', () => {
    expect(written('')).toEqual({})
  })
})
