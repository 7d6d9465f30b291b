import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report } from '../../src/report/report.js'
import { createSample, type Sample } from '../support/sample.js'

/** These need the npm registry: pnpm itself comes from there, and so does what it resolves. */
jest.setTimeout(120_000)

const LOCKFILE = 'pnpm-lock.yaml'
const AUDIT = 'server/plugins/com.example.audit'
const NEW = 'server/plugins/com.example.new'

let sample: Sample

beforeEach(() => {
  sample = createSample()
})
afterEach(() => sample.remove())

async function run(inputs: Record<string, string>): Promise<Report> {
  return runPipeline(
    parseInputs((name) => inputs[name] ?? ''),
    { root: sample.directory, event: readEvent({}), rulesUrl: '', log: () => undefined },
  )
}

/** What is found besides the development-only plugin, which the sample has without any mistake. */
function found({ failure, findings }: Report): string[] {
  expect(failure).toBeUndefined()
  return findings
    .filter(({ plugin }) => plugin !== 'com.example.lab')
    .map(({ rule, message }) => `${rule} ${message}`)
}

const read = (file: string): string => readFileSync(join(sample.directory, file), 'utf8')

/** pnpm as a maintainer runs it, from a directory without settings of its own. */
function pnpm(version: string, ...args: string[]): void {
  execFileSync('npm', ['exec', '--yes', `--package=pnpm@${version}`, '--', 'pnpm', ...args], {
    cwd: sample.directory,
    env: { ...process.env, CI: 'true' },
    stdio: 'pipe',
  })
}

/** A backend plugin with dependencies of every kind; another one that asks for something else than before. */
function changePackages(): void {
  mkdirSync(join(sample.directory, NEW, 'services'), { recursive: true })
  sample.write(
    `${NEW}/package.json`,
    JSON.stringify({
      name: 'tailchat-plugin-new',
      private: true,
      dependencies: { nanoid: '^3.3.11', 'tailchat-server-sdk': '*', 'is-odd': '3.0.1' },
      devDependencies: { 'use-sync-external-store': '1.2.0', numbers: 'npm:is-number@7.0.0' },
    }),
  )
  sample.write(
    `${NEW}/services/new.service.ts`,
    `import { TcService } from 'tailchat-server-sdk'
export default class extends TcService {
  get serviceName() {
    return 'plugin:com.example.new'
  }
  onInit() {}
}
`,
  )
  sample.write(`${AUDIT}/package.json`, read(`${AUDIT}/package.json`).replace('"^3.3.11"', '"5.0.7"'))
}

describe.each(['8.15.8', '9.15.9', '10.12.4'])('with pnpm %s', (version) => {
  beforeEach(() => {
    sample.write(
      'package.json',
      read('package.json').replace('{', `{\n  "packageManager": "pnpm@${version}",`),
    )
    if (version.startsWith('8')) return
    // The sample's own lockfile is of format 6.
    rmSync(join(sample.directory, LOCKFILE))
    sample.write('Dockerfile', read('Dockerfile').replace('pnpm@8.15.8', `pnpm@${version}`))
    for (const name of ['tickets', 'polls', 'audit', 'lab']) {
      const file = `server/plugins/com.example.${name}/package.json`
      sample.write(
        file,
        read(file).replace('"tailchat-server-sdk": "*"', '"tailchat-server-sdk": "workspace:*"'),
      )
    }
    pnpm(version, 'install', '--lockfile-only', '--ignore-scripts')
  })

  test('sync enters what is missing and what differs, as pnpm itself does', async () => {
    sample.commit()
    changePackages()
    if (!version.startsWith('8'))
      sample.write(`${NEW}/package.json`, read(`${NEW}/package.json`).replace('"*"', '"workspace:*"'))
    const before = read(LOCKFILE)
    const checked = await run({})
    expect(checked.findings.filter(({ fixable }) => fixable).map(({ rule, file }) => [rule, file])).toEqual([
      ['lockfile/out-of-date', `${AUDIT}/package.json`],
      ['lockfile/importer-missing', `${NEW}/package.json`],
    ])

    const dry = await run({ mode: 'sync', 'dry-run': 'true' })
    expect(found(dry)).toEqual([])
    expect(read(LOCKFILE)).toBe(before)

    const synced = await run({ mode: 'sync' })
    expect(found(synced)).toEqual([])
    expect(synced.changes).toEqual([
      {
        file: LOCKFILE,
        summary: `enter ${AUDIT}, ${NEW} (pnpm ${version} install --lockfile-only)`,
        why: 'lockfile/out-of-date, lockfile/importer-missing',
      },
    ])
    expect(dry.changes).toEqual(synced.changes)
    const after = read(LOCKFILE)
    expect(found(await run({}))).toEqual([])
    const again = await run({ mode: 'sync' })
    expect([again.changes, read(LOCKFILE)]).toEqual([[], after])

    pnpm(version, 'install', '--frozen-lockfile', '--lockfile-only', '--ignore-scripts')
    sample.write(LOCKFILE, before)
    pnpm(version, 'install', '--no-frozen-lockfile', '--lockfile-only', '--ignore-scripts')
    expect(after).toBe(read(LOCKFILE))
  })
})

test('without a version anywhere, the lockfile’s format says which pnpm it is', async () => {
  sample.write('Dockerfile', read('Dockerfile').replace('pnpm@8.15.8', 'pnpm'))
  changePackages()
  const report = await run({ mode: 'sync' })
  expect(found(report)).toEqual([])
  expect(report.changes.map(({ summary }) => summary)).toEqual([
    `enter ${AUDIT}, ${NEW} (pnpm 8 install --lockfile-only)`,
  ])
})

test('every byte but the new entries stays, with Windows line ends as well', async () => {
  const before = read(LOCKFILE).replaceAll('\n', '\r\n')
  sample.write(LOCKFILE, before)
  changePackages()
  sample.write(`${AUDIT}/package.json`, read(`${AUDIT}/package.json`).replace('"5.0.7"', '"^3.3.11"'))
  expect(found(await run({ mode: 'sync' }))).toEqual([])
  const after = read(LOCKFILE)
  expect(after).not.toMatch(/[^\r]\n/)
  const kept = new Set(after.split('\r\n'))
  expect(before.split('\r\n').filter((line) => !kept.has(line))).toEqual([])
})

describe('what pnpm can’t do is a finding, and the rest of the run goes on', () => {
  test.each<[string, () => void, RegExp]>([
    [
      'a registry that can’t be reached',
      () => sample.write('.npmrc', 'registry=http://127.0.0.1:9/\n'),
      /not written for .*\(\.npmrc names the npm registry http:\/\/127\.0\.0\.1:9\/: can it be reached from here\?\): ERR_PNPM_META_FETCH_FAIL GET http:\/\/127\.0\.0\.1:9\//,
    ],
    [
      'a package that is not there',
      () =>
        sample.write(
          `${NEW}/package.json`,
          read(`${NEW}/package.json`).replace('"is-odd"', '"@tailchat-plugins/there-is-no-such-package"'),
        ),
      /ERR_PNPM_FETCH_404 .*there-is-no-such-package/,
    ],
    [
      'a pnpm that is not there',
      () =>
        sample.write(
          'package.json',
          read('package.json').replace('{', '{ "packageManager": "pnpm@8.999.999",'),
        ),
      /pnpm 8\.999\.999 failed .*npm error code ETARGET/,
    ],
    [
      'a pnpm that writes another format',
      () =>
        sample.write('package.json', read('package.json').replace('{', '{ "packageManager": "pnpm@9.15.9",')),
      /this pnpm writes format 9\.0, and pnpm-lock\.yaml has 6\.0/,
    ],
  ])('%s', async (_what, break_, message) => {
    sample.add('com.example.badge')
    sample.write('tailchat-plugins.yml', 'version: 1\nplugins:\n  com.example.badge:\n    offer: registry\n')
    changePackages()
    break_()
    const before = read(LOCKFILE)
    const report = await run({ mode: 'sync' })
    expect(found(report)).toEqual([
      expect.stringMatching(message),
      expect.stringMatching(/^lockfile\/out-of-date/),
      expect.stringMatching(/^lockfile\/importer-missing/),
    ])
    expect(report.changes.map(({ file }) => file)).toEqual(['client/web/registry.json'])
    expect(read(LOCKFILE)).toBe(before)
    expect(read('client/web/registry.json')).toContain('com.example.badge')
  })
})

test('.npmrc gets no secret of this step into a request', async () => {
  const secrets = ['GITHUB_TOKEN', 'INPUT_PASSWORD', 'ACTIONS_RUNTIME_TOKEN', 'TAILCHAT_PLUGINS_PASSWORD']
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(JSON.stringify([request.url, request.headers]))
    response.writeHead(404).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  sample.write(
    '.npmrc',
    `registry=http://${host}/\n//${host}/:_authToken=own-${secrets.map((name) => `\${${name}}`).join('')}\n`,
  )
  changePackages()
  for (const name of secrets) process.env[name] = `planted-${name}`
  try {
    await run({ mode: 'sync' })
    expect(seen.filter((request) => request.includes('planted'))).toEqual([])
  } finally {
    for (const name of secrets) delete process.env[name]
    server.close()
  }
})
