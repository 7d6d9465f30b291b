import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { marked } from 'marked'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import { findChrome } from '../../src/proof/browser/find-chrome.js'
import { emptyReport, type Report } from '../../src/report/report.js'
import { renderSummary } from '../../src/report/summary.js'
import { GATE } from '../support/terminal-view.js'

const project = fileURLToPath(new URL('../..', import.meta.url))
const SECONDS = 1000

/** Where the pictures stay for who wants to look at them, such as a workflow that uploads them. */
const KEPT = process.env['SUMMARY_PICTURES']

/** As wide as GitHub's page of a run, and as a small window. */
const WIDTHS = [980, 760]

/** Close to how GitHub sets Markdown: the same sizes and paddings, and tables that don't get wider than the page. */
const CSS = `
  body { margin: 0; font: 16px/1.5 -apple-system, 'Noto Sans', 'DejaVu Sans', Helvetica, Arial, sans-serif; color: #1f2328; background: #fff; overflow-wrap: break-word }
  main { padding: 24px }
  h2, h3 { margin: 24px 0 16px; line-height: 1.25 } h2 { font-size: 24px; border-bottom: 1px solid #d1d9e0; padding-bottom: 7px } h3 { font-size: 20px }
  p, ul, table, pre, details { margin: 0 0 16px } ul { padding-left: 32px } li + li { margin-top: 4px }
  code { font: 85% ui-monospace, 'DejaVu Sans Mono', monospace; background: #818b981f; padding: 3px 6px; border-radius: 6px; white-space: break-spaces }
  pre { background: #f6f8fa; padding: 16px; overflow: auto; border-radius: 6px } pre code { background: none; padding: 0; white-space: pre }
  table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse }
  td, th { padding: 6px 13px; border: 1px solid #d1d9e0 } tr:nth-child(2n) { background: #f6f8fa }
  a { color: #0969da; text-decoration: none }
  @media (prefers-color-scheme: dark) {
    body { color: #f0f6fc; background: #0d1117 } pre, tr:nth-child(2n) { background: #151b23 } td, th, h2 { border-color: #3d444d } a { color: #4493f8 }
  }`

/** Leaves in the page's title which elements are wider than their place; a log may be scrolled. */
const MEASURE = `
  const cut = [...document.querySelectorAll('main, main *')]
    .filter((each) => !each.closest('pre') && getComputedStyle(each).display !== 'inline' && each.scrollWidth > each.clientWidth + 1)
  document.title = JSON.stringify(cut.map((each) => each.tagName + ': ' + each.textContent.slice(0, 80)))`

let directory: string

beforeAll(() => {
  directory = KEPT ?? mkdtempSync(join(tmpdir(), 'summary-'))
  mkdirSync(directory, { recursive: true })
})

afterAll(() => {
  if (KEPT === undefined) rmSync(directory, { recursive: true, force: true })
})

/** Returns the address of a page with the summary, everything in it unfolded or not, light or dark. */
function pageOf(
  name: string,
  report: Report,
  { isOpen = false, isDark = false }: { isOpen?: boolean; isDark?: boolean },
): string {
  const html = marked
    .parse(renderSummary(report, GATE), { gfm: true, async: false })
    // Few machines have a font with these two.
    .replaceAll('✅', '<span style="color:#1a7f37">✔</span>')
    .replaceAll('❌', '<span style="color:#d1242f">✖</span>')
  const body = isOpen ? html.replaceAll('<details>', '<details open>') : html
  const file = join(directory, `${name}.html`)
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><style>${isDark ? CSS.replace('(prefers-color-scheme: dark)', 'all') : CSS}</style><main>${body}</main><script>${MEASURE}</script>`,
  )
  return pathToFileURL(file).href
}

function chrome(...args: string[]): string {
  return execFileSync(
    findChrome(process.env),
    ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', ...args],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], cwd: directory },
  )
}

/** The sample repository with a pull request that adds two plugins, one of which throws when it is constructed. */
async function ofPullRequest(): Promise<Report> {
  const root = mkdtempSync(join(tmpdir(), 'sample-'))
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@localhost', ...args], {
        cwd: root,
        encoding: 'utf8',
      }).trim()
    cpSync(join(project, 'examples', 'tailchat'), root, { recursive: true })
    git('init', '--quiet', '--initial-branch=main')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'base')
    for (const name of ['com.example.wall', 'com.example.crash'])
      cpSync(join(project, 'examples', 'new-plugins', name), root, { recursive: true })
    const report = await runPipeline(
      parseInputs(() => ''),
      {
        root,
        event: readEvent({}),
        since: 'main',
        rulesUrl: 'https://github.com/OWNER/tailchat-plugin-deploy/blob/v1/docs/rules.md',
        filesUrl: `https://github.com/acme/tailchat/blob/${git('rev-parse', 'HEAD')}`,
        log: () => undefined,
      },
    )
    expect(report.failure).toBeUndefined()
    return report
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

const LONG = 'com.a-company-with-a-long-name.department.customer-relations'
const FILE = `server/plugins/${LONG}/services/customer-relations-archive.service.ts`

/** A deploy with long names everywhere. */
const deployed: Report = {
  ...emptyReport('deploy'),
  rulesUrl: 'https://github.com/acme/deploy/blob/v1/docs/rules.md',
  filesUrl: `https://github.com/acme/tailchat/blob/${'a'.repeat(40)}`,
  base: 'b'.repeat(40),
  notes: ['Strategy full: `base-image` is not set.', 'f67eafe1c2d3 is what it was built from.'],
  notLookedAt: [`${FILE} has 5000000 bytes`],
  findings: [true, true, false].map((isNew, index) => ({
    rule: 'proof/service-missing',
    severity: index === 0 ? 'error' : 'warning',
    plugin: LONG,
    file: FILE,
    line: 8 + index,
    message: `the image does not load plugin:${LONG}: threw while it was constructed: TOKEN is not set (at CustomerRelations.onInit (${FILE}:13:19))`,
    fixable: false,
    new: isNew,
  })),
  accepted: [
    {
      rule: 'service/init-throws',
      file: FILE,
      line: 3,
      reason: 'an old client calls it by this name',
    },
  ],
  changes: [{ file: 'client/web/src/plugin/builtin.ts', summary: `add ${LONG}, add ${LONG}.second` }],
  image: {
    name: 'registry.a-company-with-a-long-name.example/department/tailchat',
    digest: `sha256:${'9'.repeat(64)}`,
    tags: ['registry.a-company-with-a-long-name.example/department/tailchat:main'],
    platforms: ['linux/amd64', 'linux/arm64'],
    previousDigest: `sha256:${'8'.repeat(64)}`,
  },
  timings: { rules: 400, image: 27_900, proof: 1000, boot: 31_000 },
  services: [
    {
      name: `plugin:${LONG}`,
      plugin: LONG,
      file: FILE,
      expected: true,
      loaded: false,
      reason: `threw while it was constructed: TOKEN is not set (at CustomerRelations.onInit (${FILE}:13:19))`,
    },
    {
      name: 'plugin:com.acme.polls',
      plugin: 'com.acme.polls',
      expected: true,
      loaded: true,
      milliseconds: 3,
      actions: ['close', 'vote', 'list', 'archive', 'reopen'].map((name) => ({
        name,
        visibility: 'published',
      })),
    },
    {
      name: 'plugin:com.msgbyte.topic',
      expected: false,
      loaded: true,
      reason: 'it comes with the base image',
    },
  ],
  compose: [
    {
      file: 'docker-compose.yml',
      service: 'service-all-plugins',
      loadsPlugins: true,
      plugins: [LONG],
      reason: 'SERVICEDIR=plugins SERVICES=core/gateway,core/config',
    },
  ],
  plugins: [
    {
      name: LONG,
      kind: 'fullstack',
      offer: 'registry',
      directory: FILE,
      version: '1.2.3',
      services: [`plugin:${LONG}`],
      privileges: [{ kind: 'open-route', name: `/plugin:${LONG}/hook`, conditional: false }],
    },
  ],
  privileges: {
    base: 'b'.repeat(40),
    plugins: [
      {
        plugin: LONG,
        state: 'new',
        gained: [{ kind: 'open-route', name: `/plugin:${LONG}/hook`, conditional: false }],
        lost: [],
        unknown: [],
      },
    ],
  },
}

describe('the summary, as GitHub shows it', () => {
  const reports: [string, () => Report | Promise<Report>][] = [
    ['a pull request', ofPullRequest],
    ['a deploy with long names', () => deployed],
  ]

  test.each(reports.flatMap(([name, of]) => WIDTHS.map((width) => [name, width, of] as const)))(
    'of %s is not cut at %d pixels',
    async (name, width, of) => {
      const page = pageOf(`${name.replaceAll(' ', '-')}-${width}`, await of(), { isOpen: true })
      const size = `--window-size=${width},2400`
      const title = /<title>([^]*?)<\/title>/.exec(chrome(size, '--dump-dom', page))?.[1]
      if (KEPT !== undefined) {
        const file = page.slice(page.lastIndexOf('/') + 1)
        chrome(size, `--screenshot=${file}.png`, page)
        const dark = pageOf(`${file}-dark`, await of(), { isOpen: true, isDark: true })
        chrome(size, `--screenshot=${file}-dark.png`, dark)
      }
      expect(title).toBe('[]')
    },
    120 * SECONDS,
  )

  test.each([
    ['summary', false],
    ['summary-dark', true],
  ])(
    'the picture %s of the README can be made again',
    async (name, isDark) => {
      const page = pageOf(name, await ofPullRequest(), { isDark })
      const file = process.env['UPDATE_DOCS'] ? join(project, 'docs', `${name}.png`) : `${name}.png`
      chrome('--window-size=980,870', `--screenshot=${file}`, page)
    },
    120 * SECONDS,
  )
})
