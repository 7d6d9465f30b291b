import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report } from '../../src/report/report.js'
import {
  type Files,
  frontendPlugin,
  fullstackPlugin,
  json,
  manifest,
  type Registrations,
  registrations,
  withRepository,
} from '../support/repository.js'

const REGISTRY = 'client/web/registry.json'
const BUILTIN = 'client/web/src/plugin/builtin.ts'
const PACKAGE = 'package.json'

interface Run {
  checked: Report
  synced: Report
  /** The three files afterwards. */
  read: (file: string) => string
  /** What a second check and a second sync have to say. */
  again: { checked: Report; synced: Report }
}

/** Checks and syncs a repository, twice. */
async function sync(files: Files, declarations: string, inputs: Record<string, string> = {}): Promise<Run> {
  const all = { ...files, 'tailchat-plugins.yml': `version: 1\nplugins:\n${declarations}` }
  return withRepository(all, async (root) => {
    const run = async (mode: string): Promise<Report> => {
      const report = await runPipeline(
        parseInputs((name) => (name === 'mode' ? mode : (inputs[name] ?? ''))),
        { root, event: readEvent({}), rulesUrl: '', log: () => undefined },
      )
      expect(report.failure).toBeUndefined()
      return report
    }
    const checked = await run('check')
    const synced = await run('sync')
    const after = Object.fromEntries(
      [REGISTRY, BUILTIN, PACKAGE].map((file) => [file, readFileSync(join(root, file), 'utf8')]),
    )
    const again = { checked: await run('check'), synced: await run('sync') }
    return { checked, synced, read: (file) => after[file] ?? '', again }
  })
}

const rulesOf = ({ findings }: Report): string[] => findings.map(({ rule }) => rule)
const changesOf = ({ changes }: Report): [string, string][] =>
  changes.map(({ file, summary }) => [file, summary])

function expectSettled({ again }: Run): void {
  expect([again.checked.findings, again.synced.changes]).toEqual([[], []])
}

describe('refresh: true', () => {
  const NAME = 'com.acme.theme'
  const plugin = frontendPlugin(NAME, {
    'manifest.json': json({ ...manifest(NAME), version: '2.0.0', 'label.zh-CN': '主题' }),
  })
  const old = { ...manifest(NAME), icon: '/gone.png' }

  test('writes the fields that differ, and keeps every other byte', async () => {
    const aligned = `[
  { "name": "com.acme.other",   "url": "https://a.b/com.acme.other/index.js" },
  {
    "name":    "com.acme.theme",
    "label":   "theme",  "url": "/plugins/com.acme.theme/index.js",
    "version": "1.0.0",
    "author":  "example",
    "description": "For a test",
    "requireRestart": true
  }
]`.replaceAll('\n', '\r\n')
    const run = await sync(
      {
        ...plugin,
        ...registrations({
          builtin: [`{ // ours\n    name: '${NAME}', url: '/plugins/${NAME}/index.js', version: "1.0.0" }`],
        }),
        [REGISTRY]: aligned,
      },
      `  ${NAME}: { refresh: true }\n`,
    )
    expect(run.checked.findings.map(({ rule, severity, fixable }) => [rule, severity, fixable])).toEqual([
      ['registration/out-of-date', 'error', true],
      ['registration/out-of-date', 'error', true],
    ])
    expect(run.checked.findings[0]?.message).toBe(
      `${NAME} differs from its manifest in ${REGISTRY} (version, label.zh-CN): run sync to make them equal`,
    )
    expect(changesOf(run.synced)).toEqual([
      [REGISTRY, `refresh ${NAME}`],
      [BUILTIN, `refresh ${NAME}`],
    ])
    expect(run.read(REGISTRY)).toBe(
      aligned
        .replace('"version": "1.0.0"', '"version": "2.0.0"')
        .replace('"requireRestart": true', '"requireRestart": true,\r\n    "label.zh-CN": "主题"'),
    )
    expect(run.read(BUILTIN)).toContain(
      `{ // ours\n    name: '${NAME}', url: '/plugins/${NAME}/index.js', version: '2.0.0'`,
    )
    expectSettled(run)
  })

  test('takes out what the manifest does not have', async () => {
    const run = await sync(
      { ...plugin, ...registrations({ registry: [old] }) },
      `  ${NAME}: { offer: registry, refresh: true }\n`,
    )
    expect(JSON.parse(run.read(REGISTRY))).toEqual([
      { ...manifest(NAME), version: '2.0.0', 'label.zh-CN': '主题' },
    ])
    expectSettled(run)
  })

  test('leaves an entry behind a condition as it is', async () => {
    const entry = `flag && { name: '${NAME}', label: 'theme', url: '/plugins/${NAME}/index.js', version: '1.0.0' }`
    const run = await sync(
      { ...plugin, ...registrations({ builtin: [entry] }) },
      `  ${NAME}: { refresh: true }\n`,
    )
    expect(run.synced.changes).toEqual([])
    expect(new Set(rulesOf(run.checked))).toEqual(new Set(['registration/manifest-differs']))
  })

  test.each<[string, Record<string, unknown>]>([
    ['url of another plugin', { url: '/plugins/com.acme.other/index.js' }],
    ['name of another plugin', { name: 'com.acme.other' }],
    ['version that is not text', { version: 2 }],
  ])('never copies a manifest with the %s', async (_what, wrong) => {
    const files = {
      ...frontendPlugin(NAME, {
        'manifest.json': json({ ...manifest(NAME), description: 'New', ...wrong }),
      }),
      ...registrations({ registry: [NAME] }),
    }
    const run = await sync(files, `  ${NAME}: { refresh: true }\n`)
    expect(run.synced.changes).toEqual([])
    expect(run.read(REGISTRY)).toBe(files[REGISTRY])
    expect(run.synced.findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('refreshed in client/web/registry.json: its manifest'),
      ]),
    )
  })

  test('is optional: without it, fix: true does the same', async () => {
    const files = { ...plugin, ...registrations({ registry: [old], builtin: [NAME] }) }
    const declared = await sync(files, `  ${NAME}: { refresh: true }\n`)
    const fixed = await sync(files, `  ${NAME}: {}\n`, { fix: 'true' })
    expect(JSON.parse(fixed.read(REGISTRY))).toEqual(JSON.parse(declared.read(REGISTRY)))
    expect(fixed.read(BUILTIN)).toBe(declared.read(BUILTIN))
    expectSettled(fixed)
  })

  test('a fix copies no required field that is not text', async () => {
    const files = {
      ...frontendPlugin(NAME, { 'manifest.json': json({ ...manifest(NAME), author: 5 }) }),
      ...registrations({ registry: [NAME] }),
    }
    const run = await sync(files, `  ${NAME}: {}\n`, { fix: 'true' })
    expect(run.read(REGISTRY)).toBe(files[REGISTRY])
    expect(rulesOf(run.synced)).toEqual(['manifest/field-missing'])
  })
})

describe('renamed-from', () => {
  const [OLD, NEW] = ['com.acme.old', 'com.acme.new']
  const other = { ...frontendPlugin('com.acme.a'), ...fullstackPlugin('com.acme.z') }
  const lists = (name: string, kind: 'frontend' | 'fullstack'): Registrations => ({
    registry: kind === 'frontend' ? ['com.acme.a', { ...manifest(name), label: 'old' }] : ['com.acme.a'],
    builtin: [`{ name: '${name}', url: '/plugins/${name}/index.js' }`, `{ name: 'com.acme.a' }`],
    install: kind === 'fullstack' ? [name, 'com.acme.z'] : ['com.acme.z'],
  })

  test('renames the entries of a frontend plugin in their place', async () => {
    const files = { ...other, ...frontendPlugin(NEW), ...registrations(lists(OLD, 'frontend')) }
    const run = await sync(files, `  ${NEW}: { renamed-from: ${OLD} }\n`)
    expect(new Set(rulesOf(run.checked))).toContain('registration/out-of-date')
    expect(rulesOf(run.checked)).not.toContain('registration/entry-without-plugin')
    expect(changesOf(run.synced)).toEqual([
      [REGISTRY, `rename ${OLD} to ${NEW}`],
      [BUILTIN, `rename ${OLD} to ${NEW}`],
    ])
    expect(run.read(REGISTRY)).toBe(registrations({ registry: ['com.acme.a', NEW] })[REGISTRY])
    const entries = [...run.read(BUILTIN).matchAll(/name: '([\w.]+)'/g)].map(([, name]) => name)
    expect(entries).toEqual([NEW, 'com.acme.a'])
    expect(run.read(BUILTIN)).not.toContain(OLD)
    expect(run.again.synced.changes).toEqual([])
  })

  test('renames a name of the install list in its place, quotes and all', async () => {
    const files = {
      ...other,
      ...fullstackPlugin(NEW),
      ...registrations({ registry: ['com.acme.a'], install: [`"${OLD}"`, 'com.acme.z'] }),
    }
    const run = await sync(files, `  ${NEW}: { offer: registry, renamed-from: ${OLD} }\n`)
    expect(changesOf(run.synced)).toEqual([[PACKAGE, `rename ${OLD} to ${NEW}`]])
    expect(run.read(PACKAGE)).toContain(files[PACKAGE]?.toString().includes(OLD) ? NEW : '')
    expect(run.read(PACKAGE)).toMatch(/plugin:install \\?"?com\.acme\.new\\?"? com\.acme\.z/)
    expectSettled(run)
  })

  test('renames an entry behind a condition, which stays', async () => {
    const files = {
      ...other,
      ...frontendPlugin(NEW),
      ...registrations({
        registry: ['com.acme.a'],
        install: ['com.acme.z'],
        builtin: [`flag && ${JSON.stringify(manifest(OLD))}`],
      }),
    }
    const run = await sync(files, `  ${NEW}: { renamed-from: ${OLD} }\n`)
    expect(run.read(BUILTIN)).toMatch(/flag && \{.*"name":"com\.acme\.new"/)
    expect(run.read(BUILTIN)).not.toContain(OLD)
    expectSettled(run)
  })

  test('takes the old entry out where both are there, and where the offer does not want it', async () => {
    const files = {
      ...other,
      ...frontendPlugin(NEW),
      ...registrations({
        registry: ['com.acme.a', OLD, NEW],
        install: ['com.acme.z'],
        builtin: [JSON.stringify(manifest(OLD)), 'com.acme.a'],
      }),
    }
    const run = await sync(files, `  ${NEW}: { offer: registry, renamed-from: ${OLD} }\n`)
    expect(changesOf(run.synced)).toEqual([
      [REGISTRY, `remove ${OLD}`],
      [BUILTIN, `remove ${OLD}`],
    ])
    expect(run.read(REGISTRY)).toBe(registrations({ registry: ['com.acme.a', NEW] })[REGISTRY])
    expect(run.read(BUILTIN)).toBe(registrations({ builtin: ['com.acme.a'] })[BUILTIN])
    // com.acme.a is in both lists too, and is not declared.
    expect(rulesOf(run.again.checked)).toEqual(['registration/entry-without-effect'])
    expect(run.again.synced.changes).toEqual([])
  })

  test('never copies a manifest that is wrong', async () => {
    const files = {
      ...other,
      ...frontendPlugin(NEW, { 'manifest.json': json({ ...manifest(NEW), name: OLD }) }),
      ...registrations({ registry: ['com.acme.a', OLD], install: ['com.acme.z'] }),
    }
    const run = await sync(files, `  ${NEW}: { renamed-from: ${OLD} }\n`)
    expect(run.synced.changes).toEqual([])
    expect(rulesOf(run.synced)).toEqual(
      expect.arrayContaining(['manifest/name-mismatch', 'registration/cannot-be-written']),
    )
  })

  test('is suggested where a plugin seems to have been renamed', async () => {
    const files = {
      ...other,
      ...frontendPlugin(NEW),
      ...registrations({ registry: ['com.acme.a', 'com.acme.colours'], install: ['com.acme.z'] }),
    }
    const { checked } = await sync(files, '  com.acme.a: {}\n')
    expect(checked.findings.map(({ message }) => message)).toContain(
      `there is no plugin "com.acme.colours": remove the entry, or add the plugin; if ${NEW} is what it is called now, declare \`renamed-from: com.acme.colours\` for it`,
    )
  })
})

describe('a plugin whose directory is gone', () => {
  const GONE = 'com.acme.gone.for.good'
  const files = {
    ...frontendPlugin('com.acme.a'),
    ...fullstackPlugin('com.acme.z'),
    ...registrations({
      registry: ['com.acme.a', GONE],
      builtin: ['com.acme.a', GONE],
      install: ['com.acme.z', GONE],
    }),
  }

  test('is an error in each of the three files, and stays there until somebody asks for the fix', async () => {
    const run = await sync(files, '  com.acme.a: {}\n')
    expect(run.synced.findings.map(({ rule, file, fixable }) => [rule, file, fixable])).toEqual([
      ['registration/entry-without-plugin', REGISTRY, true],
      ['registration/entry-without-plugin', BUILTIN, true],
      ['install-list/unknown-plugin', PACKAGE, true],
    ])
    expect(run.synced.changes).toEqual([])
  })

  test('is taken out of all of them with fix: true', async () => {
    const run = await sync(files, '  com.acme.a: {}\n', { fix: 'true' })
    const without = registrations({
      registry: ['com.acme.a'],
      builtin: ['com.acme.a'],
      install: ['com.acme.z'],
    })
    for (const file of [REGISTRY, BUILTIN, PACKAGE]) expect(run.read(file)).toBe(without[file])
    expectSettled(run)
  })
})
