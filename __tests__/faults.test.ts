import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readEvent } from '../src/action/event.js'
import { parseInputs } from '../src/action/inputs.js'
import { runPipeline } from '../src/pipeline.js'
import type { Report } from '../src/report/report.js'
import { createSample, type Sample } from './support/sample.js'

const THEME = 'client/web/plugins/com.example.theme'
const TICKETS = 'server/plugins/com.example.tickets'
const TICKETS_WEB = `${TICKETS}/web/plugins/com.example.tickets`
const AUDIT = 'server/plugins/com.example.audit'
const REGISTRY = 'client/web/registry.json'
const BUILTIN = 'client/web/src/plugin/builtin.ts'
const AUDIT_SERVICE = `${AUDIT}/services/audit.service.ts`

let sample: Sample

beforeEach(() => {
  sample = createSample()
})
afterEach(() => sample.remove())

/** One mistake in the sample repository, and the one rule that finds it, in the file to mend. */
interface Fault {
  mistake: string
  apply: () => void
  rule: string
  file: string
  /** What its severity is; errors unless said otherwise. */
  severity?: 'warning' | 'notice'
  /** Warnings that are true beside it. */
  also?: string[]
  /** Whether `sync` with `fix` mends it. */
  mended?: true
}

function edit(file: string, from: string | RegExp, to: string): void {
  const path = join(sample.directory, file)
  const before = readFileSync(path, 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${file} does not hold ${String(from)}`)
  writeFileSync(path, after)
}

function write(file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(sample.directory, file)), { recursive: true })
  writeFileSync(join(sample.directory, file), text)
}

function rename(from: string, to: string): void {
  mkdirSync(dirname(join(sample.directory, to)), { recursive: true })
  renameSync(join(sample.directory, from), join(sample.directory, to))
}

const faults: Fault[] = [
  {
    mistake: 'a manifest without url',
    apply: () => edit(`${THEME}/manifest.json`, /\s*"url": "[^"]*",/, ''),
    rule: 'manifest/field-missing',
    file: `${THEME}/manifest.json`,
    mended: true,
  },
  {
    mistake: 'the url of another plugin',
    apply: () => edit(`${THEME}/manifest.json`, '/plugins/com.example.theme/', '/plugins/com.example.intro/'),
    rule: 'manifest/url-not-canonical',
    file: `${THEME}/manifest.json`,
    mended: true,
  },
  {
    mistake: 'a frontend url with {BACKEND}',
    apply: () =>
      edit(
        `${THEME}/manifest.json`,
        '"/plugins/com.example.theme/index',
        '"{BACKEND}/plugins/com.example.theme/index',
      ),
    rule: 'manifest/url-not-canonical',
    file: `${THEME}/manifest.json`,
    mended: true,
  },
  {
    mistake: 'a full-stack url without {BACKEND}',
    apply: () =>
      edit(
        `${TICKETS_WEB}/manifest.json`,
        '{BACKEND}/plugins/com.example.tickets/index',
        '/plugins/com.example.tickets/index',
      ),
    rule: 'manifest/url-without-backend',
    file: `${TICKETS_WEB}/manifest.json`,
    severity: 'warning',
    mended: true,
  },
  {
    mistake: 'a manifest of another name',
    apply: () =>
      edit(`${TICKETS_WEB}/manifest.json`, '"name": "com.example.tickets"', '"name": "com.example.ticket"'),
    rule: 'manifest/name-mismatch',
    file: `${TICKETS_WEB}/manifest.json`,
    mended: true,
  },
  {
    mistake: 'a web package of another name',
    apply: () => edit(`${THEME}/package.json`, '@plugins/com.example.theme', '@plugins/com.example.themes'),
    rule: 'package/name-mismatch',
    file: `${THEME}/package.json`,
    mended: true,
  },
  {
    mistake: 'a main that is not there',
    apply: () => edit(`${THEME}/package.json`, /"main": "[^"]*"/, '"main": "src/index"'),
    rule: 'package/main-missing',
    file: `${THEME}/package.json`,
  },
  {
    mistake: 'a main that is not index',
    apply: () => {
      rename(`${THEME}/src/index.ts`, `${THEME}/src/main.ts`)
      edit(`${THEME}/package.json`, /"main": "[^"]*"/, '"main": "src/main.ts"')
    },
    rule: 'package/main-not-index',
    file: `${THEME}/package.json`,
  },
  {
    mistake: 'an import that the client does not offer',
    apply: () =>
      write(`${THEME}/src/extra.ts`, "import { doesNotExist } from '@capital/common'\ndoesNotExist()\n"),
    rule: 'web/unknown-import',
    file: `${THEME}/src/extra.ts`,
  },
  {
    mistake: 'an icon that is not there',
    apply: () => edit(`${THEME}/manifest.json`, /"icon": "([^"]*)\/[^/"]*"/, '"icon": "$1/gone.png"'),
    rule: 'manifest/icon-missing',
    file: `${THEME}/manifest.json`,
    severity: 'warning',
  },
  {
    mistake: 'a frontend plugin that is offered nowhere',
    apply: () => write(REGISTRY, '[]\n'),
    rule: 'plugin/not-offered',
    file: `${THEME}/manifest.json`,
    severity: 'warning',
  },
  {
    mistake: 'an entry without plugin',
    apply: () => rmSync(join(sample.directory, THEME), { recursive: true }),
    rule: 'registration/entry-without-plugin',
    file: REGISTRY,
    mended: true,
  },
  {
    mistake: 'a registry.json that is not JSON',
    apply: () => edit(REGISTRY, '[', '[,'),
    rule: 'registration/unreadable',
    file: REGISTRY,
  },
  {
    mistake: 'the same entry twice',
    apply: () => edit(REGISTRY, /^\[([^]*)\]\s*$/, '[$1,$1]\n'),
    rule: 'registration/duplicate-entry',
    file: REGISTRY,
    severity: 'warning',
    mended: true,
  },
  {
    mistake: 'an entry that drifts from its manifest',
    apply: () => edit(REGISTRY, '"version": "1.0.0"', '"version": "0.9.0"'),
    rule: 'registration/manifest-differs',
    file: REGISTRY,
    severity: 'warning',
    mended: true,
  },
  {
    mistake: 'a typo in plugin:install',
    apply: () => edit('package.json', ' com.example.tickets ', ' com.example.tickets com.example.ticketz '),
    rule: 'install-list/unknown-plugin',
    file: 'package.json',
  },
  {
    mistake: 'a backend plugin in plugin:install',
    apply: () => edit('package.json', ' com.example.tickets ', ' com.example.tickets com.example.audit '),
    rule: 'install-list/backend-plugin',
    file: 'package.json',
    mended: true,
  },
  {
    mistake: 'a full-stack plugin that is not in the list',
    apply: () => edit('package.json', ' com.example.tickets', ''),
    rule: 'plugin/not-offered',
    file: `${TICKETS_WEB}/manifest.json`,
    severity: 'warning',
  },
  {
    mistake: 'a full-stack plugin without build:web',
    apply: () => edit(`${TICKETS}/package.json`, /"build:web": "[^"]*"(,\s*)?/, ''),
    rule: 'package/build-web-missing',
    file: `${TICKETS}/package.json`,
    mended: true,
  },
  {
    mistake: 'a full-stack plugin without .ministarrc.js',
    apply: () => rmSync(join(sample.directory, TICKETS, '.ministarrc.js')),
    rule: 'package/ministar-config-missing',
    file: `${TICKETS}/.ministarrc.js`,
    mended: true,
  },
  {
    mistake: 'a .ministarrc.js without outDir',
    apply: () => edit(`${TICKETS}/.ministarrc.js`, /\s*outDir:[^\n]*/, ''),
    rule: 'package/ministar-config-incomplete',
    file: `${TICKETS}/.ministarrc.js`,
    mended: true,
  },
  {
    mistake: 'a web directory of another name',
    apply: () => rename(TICKETS_WEB, `${TICKETS}/web/plugins/com.example.ticket`),
    rule: 'plugin/web-name-mismatch',
    file: `${TICKETS}/web/plugins/com.example.ticket`,
  },
  ...(['null', '[]', '{"name": '] as const).map((text): Fault => ({
    mistake: `the manifest ${text}`,
    apply: () => write(`${TICKETS_WEB}/manifest.json`, text),
    rule: 'manifest/invalid',
    file: `${TICKETS_WEB}/manifest.json`,
  })),
  {
    mistake: 'a manifest that is not UTF-8',
    apply: () => write(`${TICKETS_WEB}/manifest.json`, Uint8Array.of(0x7b, 0xff, 0x7d)),
    rule: 'plugin/unreadable',
    file: `${TICKETS_WEB}/manifest.json`,
  },
  {
    mistake: 'a manifest of five million bytes',
    apply: () => write(`${TICKETS_WEB}/manifest.json`, `{"name":"${'x'.repeat(5_000_000)}"}`),
    rule: 'plugin/unreadable',
    file: `${TICKETS_WEB}/manifest.json`,
  },
  {
    mistake: 'a manifest that gives a key twice',
    apply: () => edit(`${THEME}/manifest.json`, '{', '{\n  "author": "nobody",'),
    rule: 'manifest/duplicate-key',
    file: `${THEME}/manifest.json`,
    severity: 'warning',
  },
  {
    mistake: 'an empty install list',
    apply: () => edit('package.json', ' com.example.tickets com.example.polls', ''),
    rule: 'install-list/empty',
    file: 'package.json',
    // Which is true as well: the list was what offered it.
    also: ['plugin/not-offered'],
  },
  {
    mistake: 'a dependency that the lockfile does not have',
    apply: () =>
      edit(`${AUDIT}/package.json`, '"dependencies": {', '"dependencies": {\n    "left-pad": "^1.3.0",'),
    rule: 'lockfile/out-of-date',
    file: `${AUDIT}/package.json`,
  },
  {
    mistake: 'a package that the lockfile does not know',
    apply: () => edit('pnpm-lock.yaml', /\n {2}server\/plugins\/com\.example\.audit:\n[^]*?\n\n/, '\n'),
    rule: 'lockfile/importer-missing',
    file: `${AUDIT}/package.json`,
  },
  {
    mistake: 'a space in SERVICEDIR',
    apply: () => edit('docker-compose.yml', 'SERVICEDIR: plugins', "SERVICEDIR: 'services, plugins'"),
    rule: 'compose/service-dir-space',
    file: 'docker-compose.yml',
    mended: true,
  },
  {
    mistake: 'a JSON file beside server code that the compiler leaves behind',
    apply: () => {
      write(`${AUDIT}/services/words.json`, '{}\n')
      edit(AUDIT_SERVICE, /^/, "const words = require('./words.json');\n")
    },
    rule: 'service/file-not-emitted',
    file: AUDIT_SERVICE,
  },
  {
    mistake: 'a service under a directory with a dot',
    apply: () => rename(AUDIT_SERVICE, `${AUDIT}/.services/audit.service.ts`),
    rule: 'service/not-compiled',
    file: `${AUDIT}/.services/audit.service.ts`,
  },
  {
    mistake: 'a service file of another name',
    apply: () => rename(AUDIT_SERVICE, `${AUDIT}/services/audit.Service.ts`),
    rule: 'service/file-name',
    file: `${AUDIT}/services/audit.Service.ts`,
    mended: true,
  },
  {
    mistake: 'a service without default export',
    apply: () => edit(AUDIT_SERVICE, /export default \w+;?/, ''),
    rule: 'service/no-default-export',
    file: AUDIT_SERVICE,
  },
  {
    mistake: 'a service that does not parse',
    apply: () => edit(AUDIT_SERVICE, /$/, '\nconst = ;\n'),
    rule: 'service/syntax-error',
    file: AUDIT_SERVICE,
  },
  {
    mistake: 'a service that uses its logger too early',
    apply: () => edit(AUDIT_SERVICE, /(onInit\(\)[^{]*\{)/, "$1\n    this.logger.info('early');"),
    rule: 'service/logger-in-init',
    file: AUDIT_SERVICE,
  },
  {
    mistake: 'a service that always throws',
    apply: () => edit(AUDIT_SERVICE, /(onInit\(\)[^{]*\{)/, "$1\n    throw new Error('no');"),
    rule: 'service/init-throws',
    file: AUDIT_SERVICE,
    severity: 'warning',
  },
  {
    mistake: 'two services of the same name',
    apply: () =>
      write(
        `${AUDIT}/services/second.service.ts`,
        readFileSync(join(sample.directory, AUDIT_SERVICE), 'utf8'),
      ),
    rule: 'service/duplicate-name',
    file: `${AUDIT}/services/second.service.ts`,
  },
  {
    mistake: 'a service that is not named after its plugin',
    apply: () => edit(AUDIT_SERVICE, 'plugin:com.example.audit', 'plugin:com.example.audits'),
    rule: 'service/name-mismatch',
    file: AUDIT_SERVICE,
    mended: true,
  },
  {
    mistake: 'a lifecycle method that is never called',
    apply: () => edit(AUDIT_SERVICE, /(\n\s*)(onInit\(\))/, '$1async started() {}\n$1$2'),
    rule: 'service/unused-lifecycle',
    file: AUDIT_SERVICE,
    mended: true,
  },
  {
    mistake: 'a rest: on an action',
    apply: () =>
      edit(
        AUDIT_SERVICE,
        /(onInit\(\)[^{]*\{)/,
        "$1\n    this.registerAction('extra', this.list, { rest: 'GET /extra' });",
      ),
    rule: 'service/rest-route',
    file: AUDIT_SERVICE,
    mended: true,
  },
  {
    mistake: 'an open route without a slash',
    apply: () => edit(AUDIT_SERVICE, /(onInit\(\)[^{]*\{)/, "$1\n    this.registerAuthWhitelist(['list']);"),
    rule: 'service/open-route-without-slash',
    file: AUDIT_SERVICE,
    mended: true,
  },
  {
    mistake: 'a private key in the source',
    apply: () =>
      write(
        `${AUDIT}/lib/key.ts`,
        `export const key = \`-----BEGIN RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA'.repeat(4)}\n-----END RSA PRIVATE KEY-----\`;\n`,
      ),
    rule: 'plugin/secret-in-source',
    file: `${AUDIT}/lib/key.ts`,
    severity: 'warning',
  },
  {
    mistake: 'a plugin that is declared and not there',
    apply: () => write('tailchat-plugins.yml', 'version: 1\nplugins:\n  com.example.gone: {}\n'),
    rule: 'declarations/unknown-plugin',
    file: 'tailchat-plugins.yml',
  },
  {
    mistake: 'a builtin.ts that cannot be understood',
    apply: () => edit(BUILTIN, 'builtinPlugins', 'somethingElse'),
    rule: 'registration/unreadable',
    file: BUILTIN,
  },
]

async function run(inputs: Record<string, string>): Promise<Report> {
  const event = readEvent({})
  const report = await runPipeline(
    parseInputs((name) => inputs[name] ?? ''),
    { root: sample.directory, event, rulesUrl: '', log: () => undefined },
  )
  expect(report.failure).toBeUndefined()
  return report
}

/** Findings that the sample has without any mistake: its development-only plugin. */
const ALWAYS = ['service/development-only']

describe('each mistake in the sample repository', () => {
  test.each(faults)(
    '$mistake is found once, by $rule',
    async ({ apply, rule, file, severity = 'error', also = [], mended }) => {
      apply()
      const { findings } = await run({})
      const found = findings.filter((finding) => ![...ALWAYS, ...also].includes(finding.rule))
      expect(found.map((finding) => [finding.severity, finding.rule, finding.file])).toEqual([
        [severity, rule, file],
      ])
      expect(found[0]?.fixable).toBe(mended === true)
      if (!mended) return
      await run({ mode: 'sync', fix: 'true' })
      const after = await run({})
      expect(after.findings.filter((finding) => !ALWAYS.includes(finding.rule))).toEqual([])
    },
  )

  test('without a mistake there is nothing to find', async () => {
    const { findings } = await run({})
    expect(findings.map(({ rule }) => rule)).toEqual(ALWAYS)
    expect(existsSync(join(sample.directory, 'tailchat-plugins.yml'))).toBe(false)
  })
})
