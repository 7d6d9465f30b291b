import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { annotationsOf } from '../../src/report/annotations.js'
import { codeFrame } from '../../src/report/code-frame.js'
import { fenced } from '../../src/report/markdown.js'
import { outputDefinitions, outputsOf } from '../../src/report/outputs.js'
import {
  emptyReport,
  headline,
  isFailed,
  type Report,
  type ReportedFinding,
  reportFindings,
} from '../../src/report/report.js'
import { renderSummary } from '../../src/report/summary.js'
import { renderTerminal } from '../../src/report/terminal.js'
import type { Finding } from '../../src/rules/run.js'
import { OTHER_PROGRAM } from '../../src/tailchat/service-loader.js'
import { GATE, PIPE as VIEW } from '../support/terminal-view.js'
import { check, fullstackPlugin, registrations } from '../support/repository.js'

/** A name that would break out of every view that takes it as it is. */
const HOSTILE =
  '`a|b`</code><script>alert(1)</script>\n\n# @octocat fixes #1 ![x](https://evil.example/x) <!-- www.evil.example \u202e'

describe('reportFindings', () => {
  test('sorts by file, line, column, rule and message, in the same order on every machine', () => {
    const sorted = [
      finding({ file: 'B.json' }),
      finding({ file: 'a.json' }),
      finding({ file: 'a.json', line: 2, column: 10 }),
      finding({ file: 'a.json', line: 10, column: 1 }),
      finding({ file: 'a.json', line: 10, column: 2 }),
      finding({ file: 'a.json', line: 10, column: 2, rule: 'b/b', message: 'x' }),
      finding({ file: 'a.json', line: 10, column: 2, rule: 'b/b', message: 'y' }),
      finding({ file: 'ä.json' }),
    ]
    expect(reportFindings([...sorted].reverse())).toEqual(sorted)
    expect(reportFindings([...sorted.slice(3), ...sorted.slice(0, 3)])).toEqual(sorted)
  })

  test('says the same thing once, and other things of the same place too', () => {
    const one = finding({ line: 1, column: 1 })
    const others = [
      { ...one, column: 2 },
      { ...one, message: 'another' },
      { ...one, rule: 'a/b' },
    ]
    expect(reportFindings([one, { ...one }, ...others, one])).toHaveLength(4)
  })

  test('leaves out what is not known', () => {
    expect(Object.keys(reportFindings([finding({})])[0] ?? {})).toEqual([
      'rule',
      'severity',
      'file',
      'message',
      'fixable',
    ])
  })
})

describe('isFailed', () => {
  const reports = {
    clean: report({}),
    notice: report({ findings: [finding({ severity: 'notice' })] }),
    warning: report({ findings: [finding({ severity: 'warning' })] }),
    error: report({ findings: [finding({})] }),
    failure: report({ failure: { stage: 'image', message: 'no space left', details: [] } }),
  }

  test.each([
    ['error', ['error', 'failure']],
    ['warning', ['warning', 'error', 'failure']],
    ['never', ['failure']],
  ] as const)('with fail-on %s: %j', (failOn, failing) => {
    const failed = Object.entries(reports).filter(([, each]) => isFailed(each, { failOn, findings: 'all' }))
    expect(failed.map(([name]) => name)).toEqual(failing)
  })
})

describe('a report that was compared with a base', () => {
  const old = finding({ rule: 'o/o', message: 'was there', new: false })
  const fresh = finding({ rule: 'n/n', message: 'is new', severity: 'warning', new: true })
  const unknown = finding({ rule: 'u/u', message: 'of the image', severity: 'warning' })
  const compared = report({ base: 'a'.repeat(40), findings: [old, fresh, unknown] })

  test.each([
    ['all', 'error', true],
    ['new', 'error', false],
    ['new', 'warning', true],
    ['all', 'never', false],
  ] as const)('with findings %s and fail-on %s: fails %j', (findings, failOn, fails) => {
    expect(isFailed(compared, { failOn, findings })).toBe(fails)
  })

  test('counts what is new, and what was there', () => {
    expect(headline(compared)).toBe(
      '0 plugins; new: 0 errors, 2 warnings, 0 notices; there before: 1 finding',
    )
  })

  test('annotates what is new, and what no base can have', () => {
    expect(annotationsOf(compared, '.').map(({ title }) => title)).toEqual(['n/n', 'u/u'])
  })

  test('shows new findings first on the terminal, and old ones only where they fail the run', () => {
    const shown = (findings: 'all' | 'new'): string =>
      renderTerminal(compared, { ...VIEW, gate: { failOn: 'error', findings } })
    expect(shown('all')).toMatch(/is new[^]*There before the change, and failing:[^]*was there/)
    expect(shown('new')).not.toMatch(/was there {2}o\/o/)
    expect(shown('new')).toContain('1 finding more was there before, and fails nothing')
  })

  test('shows new findings first in the summary, and old ones folded with their count', () => {
    const summary = renderSummary(compared, GATE)
    expect(summary).toMatch(
      /is new[^]*<details><summary>1 finding was there before[^]*was there[^]*<\/details>/,
    )
  })
})

describe('headline', () => {
  test('counts', () => {
    const findings = [finding({}), finding({}), finding({ severity: 'warning' })]
    expect(headline(report({ findings }))).toBe('0 plugins; 2 errors, 1 warning, 0 notices')
  })

  test('says what a rollback moved', () => {
    const image = { name: 'a/b', digest: 'sha256:1', tags: ['a/b:1', 'a/b:live'], platforms: [] }
    const services = [{ name: 'a', expected: true, loaded: true }]
    expect(headline(report({ mode: 'rollback', image, services }))).toBe(
      '2 tags moved; 1 of 1 service proven',
    )
    expect(headline(report({ mode: 'rollback' }))).toBe('0 tags moved')
  })

  test.each([
    [
      'update' as const,
      true,
      '1 of 2 plugins from elsewhere brought to a newer version; 0 errors, 0 warnings, 0 notices',
    ],
    ['update' as const, false, '1 of 2 plugins from elsewhere with a newer version'],
    ['outdated' as const, false, '1 of 2 plugins from elsewhere with a newer version'],
  ])('of %s, written: %s, says whether newer versions are there or were taken', (mode, applied, says) => {
    expect(headline(report({ mode, applied, elsewhere: { plugins: 2, outdated: 1 } }))).toBe(says)
  })

  test('names the stage that failed', () => {
    const failure = { stage: 'image', message: 'no space left', details: [] }
    expect(headline(report({ mode: 'deploy', failure }))).toBe('deploy failed in stage image: no space left')
  })
})

describe('annotationsOf', () => {
  test('are the findings, with paths from the top of the repository and where the rule is explained', () => {
    const found = [finding({ plugin: 'com.acme.a', line: 3, column: 4 })]
    const [annotation] = annotationsOf(
      report({ findings: found, rulesUrl: 'https://rules.example' }),
      './chat/',
    )
    expect(annotation).toEqual({
      severity: 'error',
      title: 'com.acme.a: a/a',
      message: expect.stringMatching(/^wrong\nhttps:\/\/rules\.example/),
      file: 'chat/a.json',
      line: 3,
      column: 4,
    })
  })

  test('stand together by plugin, and without a plugin first', () => {
    const findings = ['b', undefined, 'a', 'b'].map((plugin) => finding({ ...(plugin && { plugin }) }))
    expect(annotationsOf(report({ findings }), '.').map(({ title }) => title)).toEqual([
      'a/a',
      'a: a/a',
      'b: a/a',
      'b: a/a',
    ])
  })

  test.each([
    [0, 0, 0],
    [10, 10, 0],
    [11, 10, 2],
    [250, 10, 241],
  ])('of %d findings of a level %d are kept, the last of them counting %d', (count, kept, rest) => {
    const findings = Array.from({ length: count }, (_, index) => finding({ line: index + 1 }))
    const annotations = annotationsOf(report({ findings }), '.')
    expect(annotations).toHaveLength(kept)
    expect(annotations.slice(0, 9).map(({ line }) => line)).toEqual(
      findings.slice(0, Math.min(count, 9)).map(({ line }) => line),
    )
    const counts = annotations.flatMap(({ message }) => /^\d+ more of this level/.exec(message)?.[0] ?? [])
    expect(counts).toEqual(rest > 0 ? [`${rest} more of this level`] : [])
  })

  test('are limited for each level by itself, errors first', () => {
    const findings = (['notice', 'warning', 'error'] as const).flatMap((severity) =>
      Array.from({ length: 12 }, () => finding({ severity })),
    )
    const levels = annotationsOf(report({ findings }), '.').map(({ severity }) => severity)
    expect(levels).toEqual([
      ...Array<string>(10).fill('error'),
      ...Array<string>(10).fill('warning'),
      ...Array<string>(10).fill('notice'),
    ])
  })
})

describe('renderSummary', () => {
  /** Everything that a repository, a registry or an image can put text into. */
  const hostile = report({
    mode: 'deploy',
    notes: [HOSTILE],
    plugins: [
      {
        name: HOSTILE,
        kind: 'fullstack',
        offer: 'registry',
        directory: HOSTILE,
        version: HOSTILE,
        services: [HOSTILE],
        privileges: [{ kind: 'call', name: HOSTILE, sensitive: HOSTILE, conditional: true }],
      },
    ],
    privileges: {
      base: HOSTILE,
      plugins: [
        {
          plugin: HOSTILE,
          state: 'changed',
          gained: [{ kind: 'open-route', name: HOSTILE, conditional: false }],
          lost: [{ kind: 'event', name: HOSTILE, conditional: false }],
          unknown: [HOSTILE],
        },
      ],
    },
    findings: [finding({ plugin: HOSTILE, file: HOSTILE, message: HOSTILE })],
    changes: [{ file: HOSTILE, summary: HOSTILE }],
    image: { name: HOSTILE, digest: HOSTILE, tags: [HOSTILE], platforms: [HOSTILE], previousDigest: HOSTILE },
    services: [
      {
        name: HOSTILE,
        plugin: HOSTILE,
        file: HOSTILE,
        expected: true,
        loaded: true,
        reason: HOSTILE,
        actions: [{ name: HOSTILE, visibility: HOSTILE }],
        milliseconds: 1,
      },
    ],
  })

  test('keeps every text in its place, whatever it holds', () => {
    const summary = renderSummary(hostile, GATE)
      .replace(/^#+ /gm, '')
      .replace(/```mermaid\n[^`]*```/g, '')
    expect(summary).not.toMatch(/<script|<!--|@octocat| #|!\[|`/)
    // GitHub makes links of these after it has read the entities.
    expect(summary).not.toMatch(/&#64;octocat|&#35;1|:\/\/|www\./)
    expect(summary).not.toMatch(/\p{Bidi_Control}/u)
    expect(summary).toContain('&#60;script&#62;alert(1)')
    // Every row has as many cells as its table's head, so no text ended a cell or a line.
    for (const block of summary.split('\n\n').filter((each) => each.startsWith('|'))) {
      const cells = block
        .trim()
        .split('\n')
        .map((line) => line.split('|').length)
      expect(new Set(cells).size).toBe(1)
    }
  })

  test('opens no other HTML than its own', () => {
    const tags = renderSummary(hostile, GATE).match(/<[^>]*>/g) ?? []
    expect([...new Set(tags)].sort()).toEqual([
      '</code>',
      '</details>',
      '</span>',
      '</summary>',
      '<br>',
      '<code>',
      '<details>',
      '<span>',
      '<summary>',
    ])
  })

  test('has a failure’s message on one line and its log in a fence that the log cannot end', () => {
    const details = ['step 1', '```', '````text', '</details> | @octocat']
    const summary = renderSummary(
      report({ failure: { stage: 'image', message: 'first\nsecond', details } }),
      GATE,
    )
    expect(summary).toContain('check failed in stage image: first second')
    expect(summary).toContain(['`````text', ...details, '`````'].join('\n'))
  })

  test.each([
    [[], '```'],
    [['a `b` c'], '```'],
    [['```'], '````'],
    [['`'.repeat(40)], '`'.repeat(41)],
  ])('fences %j with %s', (lines, fence) => {
    expect(fenced(lines)).toEqual([`${fence}text`, ...lines, fence])
  })

  test('shows errors first, whatever the order of places', () => {
    const findings = [
      finding({ severity: 'notice', file: 'a' }),
      finding({ severity: 'warning', file: 'b' }),
      finding({ severity: 'error', file: 'c', line: 3, column: 4 }),
    ]
    const summary = renderSummary(report({ findings }), GATE)
    expect(summary.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      '- ❌ error: wrong<br><code>c:3:4</code> · <code>a/a</code>',
      '- ⚠️ warning: wrong<br><code>b</code> · <code>a/a</code>',
      '- ℹ️ notice: wrong<br><code>a</code> · <code>a/a</code>',
    ])
  })

  test('links a place to its line in the checked commit, and shortens a long one', () => {
    const file = 'server/plugins/com.acme.a (b)/web/plugins/com.acme.a/src/components/index.tsx'
    const filesUrl = 'https://github.example/acme/chat/blob/0123'
    const summary = renderSummary(report({ filesUrl, findings: [finding({ file, line: 3 })] }), GATE)
    expect(summary).toContain(
      '[<code>server/…/web/plugins/com.acme.a/src/components/index.tsx:3</code>](https://github.example/acme/chat/blob/0123/server/plugins/com.acme.a%20%28b%29/web/plugins/com.acme.a/src/components/index.tsx#L3)',
    )
  })

  test.each([
    ['the input `mode`', 'the input <code>mode</code>'],
    ['a ` alone', 'a &#96; alone'],
    ['`<b>` and `@octocat`', '<code>&#60;b&#62;</code> and <code>&#64;<span></span>octocat</code>'],
  ])('shows %j as %s', (note, shown) => {
    expect(renderSummary(report({ notes: [note] }), GATE)).toContain(`- ${shown}\n`)
  })

  test('is cut past 500 rows, and says how many are left', () => {
    const findings = Array.from({ length: 503 }, (_, index) => finding({ line: index + 1 }))
    const summary = renderSummary(report({ findings }), GATE)
    expect(summary.match(/^- ❌ error/gm)).toHaveLength(500)
    expect(summary).toContain('… and 3 more; the report file has them all')
  })

  test('does not warn about what comes with the base image', () => {
    const service = { expected: false, loaded: true }
    const services: Report['services'] = [
      { ...service, name: 'base', reason: 'it comes with the base image' },
      { ...service, name: 'other', reason: 'no source file or declaration asks for it' },
    ]
    const image = { name: 'a/b', digest: 'sha256:1', tags: [], platforms: [] }
    const summary = renderSummary(report({ mode: 'deploy', image, services }), GATE)
    expect(summary).toContain(
      '<details><summary>1 service of the base image</summary>\n\n<code>base</code>\n\n</details>',
    )
    expect(summary).toContain('- ⚠️ not expected: <code>other</code><br>no source file or')
  })

  test('of an empty report is its headline', () => {
    expect(renderSummary(report({}), GATE)).toBe(
      '## ✅ Tailchat plugins: check\n\n0 plugins; 0 errors, 0 warnings, 0 notices\n',
    )
  })
})

describe('pictures in the summary', () => {
  const plugin = (name: string, routes: string[] = []): Report['plugins'][number] => ({
    name,
    kind: 'backend',
    offer: 'hidden',
    directory: `server/plugins/${name}`,
    services: [`plugin:${name}`],
    privileges: routes.map((route) => ({ kind: 'open-route', name: route, conditional: false })),
  })
  const mermaid = (part: Partial<Report>): string[] =>
    [...renderSummary(report(part), GATE).matchAll(/```mermaid\n([^`]*)\n```/g)].map(([, text = '']) => text)

  test('requests: by container, what is new dashed, what needs no login red', () => {
    const node = { file: 'docker-compose.yml', reason: '' }
    const [graph] = mermaid({
      plugins: [plugin('com.acme.a'), plugin('com.acme.b', ['/plugin:com.acme.b/hook'])],
      compose: [
        { ...node, service: 'core', loadsPlugins: false, plugins: [] },
        { ...node, service: 'plugins', loadsPlugins: true, plugins: ['com.acme.a', 'com.acme.b'] },
      ],
      privileges: {
        base: 'f',
        plugins: [{ plugin: 'com.acme.b', state: 'new', gained: [], lost: [], unknown: [] }],
      },
    })
    expect(graph?.split('\n').map((line) => line.trim())).toEqual([
      'flowchart LR',
      'client([client])',
      'gateway[gateway]',
      'subgraph n0["plugins (docker-compose.yml)"]',
      's0x0x0["plugin:com.acme.a"]',
      's0x1x0["plugin:com.acme.b"]',
      'end',
      'client --> gateway',
      'gateway --> s0x0x0',
      'gateway -.-> s0x1x0',
      'client -.->|"without login: /plugin:com.acme.b/hook"| s0x1x0',
      'linkStyle 3 stroke:#cf222e,color:#cf222e',
      'classDef added stroke-dasharray: 5 5',
      'class s0x1x0 added',
    ])
  })

  test('show each container with the plugins that it loads, by file, and dashed where that is not known', () => {
    const row = {
      file: 'docker-compose.yml',
      line: 1,
      loadsPlugins: true,
      reason: '',
      plugins: ['com.acme.a'],
    }
    const [graph] = mermaid({
      compose: [
        { ...row, service: 'core', loadsPlugins: false, plugins: [] },
        { ...row, service: 'plugins' },
        { ...row, service: 'x"]', file: 'docker/b.yml', loadsPlugins: 'unknown', plugins: [] },
        { ...row, service: 'mongo', loadsPlugins: false, reason: OTHER_PROGRAM, plugins: [] },
      ],
    })
    expect(graph?.split('\n').map((line) => line.trim())).toEqual([
      'flowchart LR',
      'subgraph f0["docker-compose.yml"]',
      'c0[("core")]',
      'c1[("plugins")]',
      'c1 --> c1x0["com.acme.a"]',
      'end',
      'subgraph f1["docker/b.yml"]',
      'c2[("x#34;#93;")]',
      'end',
      'classDef unknown stroke-dasharray: 5 5',
      'class c2 unknown',
    ])
    expect(mermaid({ compose: [{ ...row, service: 'plugins' }] })).toEqual([])
  })

  test('a name ends no label, fence or line', () => {
    const [graph = ''] = mermaid({ plugins: [plugin('"]\n```\nclick x "javascript:1" %%{init}')] })
    expect(graph.split('\n')).toHaveLength(8)
    expect(graph.match(/"[^"]*"/g)).toHaveLength(2)
    expect(graph).not.toMatch(/[`%{}]/)
  })

  test('times: one after the other, and none of a short run', () => {
    expect(mermaid({ timings: { rules: 400, check: 500 } })).toEqual([])
    expect(mermaid({ timings: { rules: 500, check: 500, image: 28_000, proof: 1000 } })).toEqual([
      [
        'gantt',
        '  dateFormat x',
        '  axisFormat %M:%S',
        '  section check',
        '  rules 0.5 s : 0, 500',
        '  section image',
        '  image 28.0 s : 500, 28500',
        '  section proof',
        '  proof 1.0 s : 28500, 29500',
      ].join('\n'),
    ])
  })
})

describe('renderTerminal', () => {
  test('takes control characters and line breaks out of every text', () => {
    const evil = '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u0000\r\n\u0008\u009b2Jx\u202etxt.exe\u2066'
    const text = renderTerminal(
      report({
        mode: 'deploy',
        notes: [evil],
        findings: [finding({ file: evil, message: evil })],
        changes: [{ file: evil, summary: evil }],
        image: { name: evil, digest: evil, tags: [evil], platforms: [] },
        services: [{ name: evil, expected: true, loaded: false, reason: evil }],
        failure: { stage: 'image', message: evil, details: [evil] },
      }),
      VIEW,
    )
    // eslint-disable-next-line no-control-regex -- these are what must not get through
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    expect(text).not.toContain('[31m')
    expect(text).not.toMatch(/\p{Bidi_Control}/u)
    expect(text).toContain('\\u202etxt.exe')
    expect(text.trimEnd().split('\n')).toHaveLength(13)
  })

  test('suggests sync alone when only registrations need mending', () => {
    const report = emptyReport('check')
    const finding = { severity: 'error', file: 'a', message: 'm', fixable: true } as const
    report.findings = [{ ...finding, rule: 'registration/out-of-date' }]
    expect(renderTerminal(report, VIEW)).toContain('can be mended with `sync`: ')
    report.findings.push({ ...finding, rule: 'manifest/name-mismatch' })
    expect(renderTerminal(report, VIEW)).toContain('can be mended with `sync --fix`: ')
  })

  test('groups findings by file, says what can be mended, and where each rule is explained', () => {
    const findings = [
      finding({ line: 3, column: 4, severity: 'warning', fixable: true }),
      finding({ line: 12, rule: 'b/b-c' }),
      finding({ file: 'b.json' }),
    ]
    expect(renderTerminal(report({ findings }), { ...VIEW, rulesUrl: 'file:///tool/docs/rules.md' }))
      .toBe(`a.json
  3:4  warning wrong  a/a (fixable)
  12   error   wrong  b/b-c

b.json
  error   wrong  a/a

Why it matters and how to mend it:
  a/a    file:///tool/docs/rules.md#aa
  b/b-c  file:///tool/docs/rules.md#bb-c

1 of 3 findings can be mended with \`sync --fix\`: those marked (fixable)
0 plugins; 2 errors, 1 warning, 0 notices (fail-on: error)
`)
  })

  test.each([40, 80, 120])('keeps lines of words within %d columns', (width) => {
    const message = 'a name of eight 字字字字 letters and more '.repeat(8).trim()
    const findings = [finding({ line: 3, column: 4, message })]
    const services = [{ name: 'a', expected: true, loaded: false, reason: message }]
    const lines = renderTerminal(report({ findings, services }), { ...VIEW, width }).split('\n')
    const columns = lines.map((line) => line.replace(/字/g, 'xx').length)
    expect(Math.max(...columns)).toBeLessThanOrEqual(width)
    expect(lines.join(' ').match(/字字字字/g)).toHaveLength(16)
  })

  test('breaks no line in a pipe, so that each finding can be searched for', () => {
    const message = 'word '.repeat(200).trim()
    expect(renderTerminal(report({ findings: [finding({ message })] }), VIEW)).toContain(message)
  })

  test('has colours where the terminal shows them, and says the same in them', () => {
    const findings = [finding({ line: 3 }), finding({ severity: 'notice' })]
    const plain = renderTerminal(report({ findings }), VIEW)
    const colored = renderTerminal(report({ findings }), { ...VIEW, colors: true })
    expect(colored).toContain('\u001b[31merror\u001b[39m')
    expect(stripVTControlCharacters(colored)).toBe(plain)
  })

  test('quiet: shows what fails the run and the last line', () => {
    const findings = [finding({}), finding({ file: 'b', severity: 'warning' })]
    const services: Report['services'] = [
      { name: 'fine', expected: true, loaded: true },
      { name: 'gone', expected: true, loaded: false },
    ]
    const all = report({ findings, services, notes: ['said'] })
    const shown = (failOn: 'error' | 'warning'): string =>
      renderTerminal(all, { ...VIEW, gate: { failOn, findings: 'all' }, quiet: true })
    expect(shown('error')).toBe(
      'a.json\n  error   wrong  a/a\n\nMISSING  gone\n0 plugins; 1 error, 1 warning, 0 notices (fail-on: error)\n',
    )
    expect(shown('warning')).toContain('b\n  warning wrong')
  })

  test('counts services of the base image instead of warning about each', () => {
    const reason = 'it comes with the base image'
    const services = ['a', 'b'].map((name) => ({ name, expected: false, loaded: true, reason }))
    expect(renderTerminal(report({ services }), VIEW).split('\n')[0]).toBe(
      'loaded  2 services of the base image: a, b',
    )
  })

  test('tells services apart: loaded, missing, not expected, not tried', () => {
    const services: Report['services'] = [
      { name: 'a', expected: true, loaded: true },
      { name: 'b', expected: true, loaded: false, reason: 'threw' },
      { name: 'c', expected: false, loaded: true, reason: 'old' },
      { name: 'd', expected: true, loaded: null },
    ]
    expect(renderTerminal(report({ services }), VIEW).split('\n').slice(0, 3)).toEqual([
      'loaded  a',
      'MISSING  b: threw',
      'not expected  c: old',
    ])
  })
})

describe('codeFrame', () => {
  const frame = (source: string | undefined, column?: number, width = Infinity): string[] =>
    codeFrame(finding({ line: 7, ...(column !== undefined && { column }) }), () => source, {
      width,
      colors: false,
    })

  test.each<[string, string[], string | undefined, number | undefined]>([
    ['the column below it', ['    7 | "url": 1', '      |        ^'], '  \t"url": 1\r', 11],
    ['no caret without a column', ['    7 | "url": 1'], '  "url": 1', undefined],
    ['nothing of a blank line', [], '   ', 1],
    ['nothing of a file that cannot be read', [], undefined, 1],
    ['no control characters', ['    7 | a\\u0007b', '      | ^'], 'a\u0007\u001b[31mb', 1],
  ])('shows the line, %s', (_what, lines, source, column) => {
    expect(frame(source, column)).toEqual(lines)
  })

  test.each([40, 80, Infinity])(
    'shows what is around the column of a long line, within %d columns',
    (width) => {
      const lines = frame(`${'a'.repeat(100_000)}here${'b'.repeat(100_000)}`, 100_001, width)
      expect(lines[0]).toContain('here')
      expect(lines[1]?.indexOf('^')).toBe(lines[0]?.indexOf('here'))
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(Math.min(width, 120))
    },
  )
})

describe('where tags pointed before', () => {
  const image = (previousDigests: Record<string, string>) => ({
    name: 'a/b',
    digest: 'sha256:2',
    tags: ['a/b:1', 'a/b:live', 'a/b:new'],
    platforms: [],
    previousDigest: 'sha256:1',
    previousDigests,
  })

  test('stands next to each tag that moved, on the terminal', () => {
    const text = renderTerminal(
      report({ image: image({ 'a/b:1': 'sha256:1', 'a/b:live': 'sha256:2' }) }),
      VIEW,
    )
    expect(text.split('\n').slice(1, 4)).toEqual([
      'tag  a/b:1 (before: sha256:1)',
      'tag  a/b:live',
      'tag  a/b:new',
    ])
  })

  test.each<[string, Record<string, string>, string]>([
    ['one digest', { 'a/b:1': 'sha256:1', 'a/b:live': 'sha256:1' }, '<code>sha256:1</code>'],
    [
      'a digest each',
      { 'a/b:1': 'sha256:1', 'a/b:live': 'sha256:0' },
      '<code>a/b:1</code> <code>sha256:1</code>, <code>a/b:live</code> <code>sha256:0</code>',
    ],
  ])('is in the summary: %s', (_what, previousDigests, cell) => {
    const summary = renderSummary(report({ mode: 'rollback', image: image(previousDigests) }), GATE)
    expect(summary).toContain(`- Before: ${cell}\n`)
    expect(summary).not.toContain('Time')
  })
})

describe('changes', () => {
  test('are sorted by file, whichever stage makes them', async () => {
    const name = 'com.acme.tasks'
    const files = {
      ...registrations({}),
      ...fullstackPlugin(name, { '.ministarrc.js': undefined }),
    }
    const { changes } = await check(files, { mode: 'sync', fix: 'true', undeclared: 'offer' })
    expect(changes.map(({ file }) => file)).toEqual(['package.json', `server/plugins/${name}/.ministarrc.js`])
  })
})

describe('outputsOf', () => {
  test('sets every output that is defined, also with nothing known', () => {
    const { outputs } = outputsOf(report({}), '')
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(outputDefinitions).sort())
    for (const value of Object.values(outputs)) expect(typeof value).toBe('string')
    expect(outputs).toMatchObject({ plugins: '[]', errors: '0', changed: 'false', image: '', tags: '[]' })
  })

  test('says what the report says', () => {
    const { outputs } = outputsOf(
      report({
        strategy: 'full',
        findings: [finding({}), finding({ severity: 'warning' }), finding({ severity: 'notice' })],
        changes: [
          { file: 'package.json', summary: 'fix registration/duplicate' },
          { file: 'package.json', summary: 'add com.acme.a' },
        ],
        image: {
          name: 'ghcr.io/acme/chat',
          digest: 'sha256:1',
          tags: ['ghcr.io/acme/chat:main'],
          platforms: [],
          previousDigest: 'sha256:0',
        },
        services: [
          {
            name: 'a',
            plugin: 'p',
            file: 'f',
            expected: true,
            loaded: true,
            actions: [{ name: 'list', visibility: 'published' }],
          },
          { name: 'b', expected: true, loaded: false, reason: 'threw' },
          { name: 'c', expected: false, loaded: true },
          { name: 'd', expected: true, loaded: null },
        ],
      }),
      'report.json',
    )
    expect(outputs).toMatchObject({
      errors: '1',
      warnings: '1',
      notices: '1',
      changed: 'true',
      'changed-files': '["package.json"]',
      strategy: 'full',
      image: 'ghcr.io/acme/chat@sha256:1',
      digest: 'sha256:1',
      tags: '["ghcr.io/acme/chat:main"]',
      'previous-digest': 'sha256:0',
      'services-loaded': '1',
      'services-missing': '1',
      'report-file': 'report.json',
    })
    expect(JSON.parse(outputs.services)).toEqual([
      { name: 'a', plugin: 'p', file: 'f', expected: true, loaded: true },
      { name: 'b', expected: true, loaded: false, reason: 'threw' },
      { name: 'c', expected: false, loaded: true },
      { name: 'd', expected: true, loaded: null },
    ])
  })

  test('an image that was only built has its digest', () => {
    const image = { name: '', digest: 'sha256:1', tags: [], platforms: [] }
    expect(outputsOf(report({ image }), '').outputs.image).toBe('sha256:1')
  })

  test('hands on 100 kB and no byte more', () => {
    const outputOf = (length: number): string =>
      outputsOf(report({ changes: [{ file: 'ü'.repeat(length), summary: '' }] }), '').outputs['changed-files']
    const largest = (100_000 - '[""]'.length) / 2
    expect(Buffer.byteLength(outputOf(largest))).toBe(100_000)
    expect(outputOf(largest + 1)).toBe('[]')
  })

  test('stay valid JSON when they are too large: missing services come first, and a note gives the numbers', () => {
    const services = Array.from({ length: 3000 }, (_, index) => ({
      ...{ name: `plugin:${String(index).padStart(4, '0')}`, file: 'f'.repeat(50) },
      ...{ expected: index % 3 !== 0, loaded: index !== 2999 },
    }))
    const { outputs, cut } = outputsOf(report({ services }), '/tmp/report.json')
    const kept = JSON.parse(outputs.services) as typeof services
    expect(Buffer.byteLength(outputs.services)).toBeLessThanOrEqual(100_000)
    expect(kept.length).toBeGreaterThan(700)
    expect(kept.slice(0, 3).map(({ name }) => name)).toEqual(['plugin:2999', 'plugin:0001', 'plugin:0002'])
    expect(kept.every(({ expected }) => expected)).toBe(true)
    expect(cut).toEqual([
      `The output services has ${kept.length} of 3000, those that matter most: the limit is 100 kB; all are in /tmp/report.json.`,
    ])
  })

  test('keep the plugins with errors, then those with warnings, if not all of them fit', () => {
    const plugins = Array.from({ length: 1500 }, (_, index) => ({
      ...{ name: `com.example.p${index}`, kind: 'frontend' as const, offer: 'registry' as const },
      ...{ directory: 'd'.repeat(80), services: [] },
    }))
    const findings = [
      finding({ plugin: 'com.example.p1498', severity: 'warning' }),
      finding({ plugin: 'com.example.p1499' }),
    ]
    const { outputs } = outputsOf(report({ plugins, findings } as unknown as Partial<Report>), '')
    const kept = JSON.parse(outputs.plugins) as { name: string }[]
    expect(kept.slice(0, 3).map(({ name }) => name)).toEqual([
      ...['com.example.p1499', 'com.example.p1498', 'com.example.p0'],
    ])
  })
})

function finding(parts: Partial<Finding>): ReportedFinding {
  return { rule: 'a/a', severity: 'error', file: 'a.json', message: 'wrong', fixable: false, ...parts }
}

function report(parts: Partial<Report>): Report {
  return { ...emptyReport('check'), ...parts }
}
