import { describe, expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  compareServices,
  compareWithItself,
  type ServiceRow,
  unprovenServices,
} from '../../src/proof/compare.js'
import type { MissingCause } from '../../src/proof/diagnosis.js'
import type { ExpectedService } from '../../src/proof/expected.js'
import { type ProbeResult, readProbeResult } from '../../src/proof/probe-result.js'
import { type Files, withRepository } from '../support/repository.js'
import { promisedService } from '../support/service-source.js'

const AUDIT = promisedService('audit')
const MAIL = promisedService('mail')

describe('an image compared with itself', () => {
  const file = (name: string): string => `server/dist/plugins/${name}/services/main.service.js`

  test('expects every service file that it holds', () => {
    const actions = [{ name: 'list', visibility: 'published' }]
    const probe = probed({ services: [{ ...loaded('mail'), actions }, loaded('audit')] })
    const row = { expected: true, loaded: true, milliseconds: 1 }
    expect(compareWithItself(probe)).toEqual([
      { name: 'plugin:audit', plugin: 'audit', file: file('audit'), ...row },
      { name: 'plugin:mail', plugin: 'mail', file: file('mail'), ...row, actions },
    ])
    expect(compareWithItself(probed({ services: [] }))).toEqual([])
  })

  test('misses what throws, what takes the name of another, and what ended the process', () => {
    const probe = probed({
      finished: false,
      loading: 'plugins/welcome/services/main.service.js',
      services: [
        loaded('audit'),
        { ...loaded('mail'), name: 'plugin:audit' },
        failed('tasks', { message: 'no token' }),
      ],
    })
    const missing = compareWithItself(probe).filter((row) => !row.loaded)
    expect(missing.map(({ file, cause, reason }) => [file, cause, reason])).toEqual([
      [file('mail'), 'duplicate-name', `${file('audit')} has the same name, so this one is never registered`],
      [file('tasks'), 'threw', 'threw while it was constructed: no token'],
      [
        file('welcome'),
        'process-died',
        'the process that loads services died or hung while it constructed this one',
      ],
    ])
  })
})

describe('compareServices', () => {
  test('a service that is loaded, with its actions and its time', () => {
    const actions = [{ name: 'list', visibility: 'published' }]
    expect(rows([AUDIT], { services: [{ ...loaded('audit'), actions }] })).toEqual([
      { ...rowOf('audit'), loaded: true, actions, milliseconds: 1 },
    ])
  })

  const causes: { title: string; probe: Partial<ProbeResult>; cause: MissingCause; reason: string }[] = [
    {
      title: 'a service with neither source nor code in the image',
      probe: { sources: ['plugins/mail/services/main.service.ts'] },
      cause: 'not-copied',
      reason:
        'not in the image: server/dist/plugins/audit/services/main.service.js does not exist, and neither does its source',
    },
    {
      title: 'a service whose source is in the image',
      probe: { sources: ['plugins/audit/services/main.service.ts'] },
      cause: 'not-compiled',
      reason:
        'not in the image: server/dist/plugins/audit/services/main.service.js does not exist, while its source does: the build did not compile it',
    },
    {
      title: 'a service that throws, with the place',
      probe: {
        services: [failed('audit', { message: 'no token', at: 'at Main.onInit (plugins/audit/a.js:3:9)' })],
      },
      cause: 'threw',
      reason: 'threw while it was constructed: no token (at Main.onInit (plugins/audit/a.js:3:9))',
    },
    {
      title: 'a process that died at this service',
      probe: { finished: false, loading: 'plugins/audit/services/main.service.js' },
      cause: 'process-died',
      reason: 'the process that loads services died or hung while it constructed this one',
    },
    {
      title: 'a process that died before',
      probe: { finished: false, loading: 'plugins/a/services/a.service.js' },
      cause: 'not-tried',
      reason: 'not tried: the process died or hung at plugins/a/services/a.service.js',
    },
    {
      title: 'a probe that could not begin',
      probe: { finished: false, error: { message: "Cannot find module 'moleculer'" } },
      cause: 'not-tried',
      reason: "not tried: Cannot find module 'moleculer'",
    },
    {
      title: 'a service under another name',
      probe: { services: [{ ...loaded('audit'), name: 'v2.plugin:audit' }] },
      cause: 'other-name',
      reason: 'loaded under the name "v2.plugin:audit"',
    },
    {
      title: 'a service without a name',
      probe: { services: [{ file: AUDIT.compiled, milliseconds: 1 }] },
      cause: 'other-name',
      reason: 'loaded under the name ""',
    },
  ]
  test.each(causes)('$title: $cause', ({ probe, cause, reason }) => {
    const [row] = rows([AUDIT], probe)
    expect(row).toMatchObject({ ...rowOf('audit'), loaded: false, cause, reason })
  })

  test('a process that died after some: those are loaded', () => {
    const probe = {
      finished: false,
      loading: 'plugins/mail/services/main.service.js',
      services: [loaded('audit')],
    }
    expect(rows([AUDIT, MAIL], probe).map((row) => row.loaded)).toEqual([true, false])
  })

  test('a service whose name only the image tells', () => {
    expect(rows([{ ...AUDIT, name: undefined }], { services: [loaded('audit')] })).toEqual([
      { ...rowOf('audit'), loaded: true, milliseconds: 1 },
    ])
    expect(rows([{ ...AUDIT, name: undefined }], { services: [] })[0]?.name).toBe(AUDIT.compiled)
  })

  test('a name that two services have: the second is never registered', () => {
    const services = [loaded('audit'), { ...loaded('mail'), name: 'plugin:audit' }]
    expect(rows([AUDIT, { ...MAIL, name: undefined }], { services })).toMatchObject([
      { ...rowOf('audit'), loaded: true },
      {
        ...rowOf('mail'),
        name: 'plugin:audit',
        loaded: false,
        cause: 'duplicate-name',
        reason:
          'server/plugins/audit/services/main.service.ts has the same name, so this one is never registered',
      },
    ])
  })

  test('a service that failed takes no name from another', () => {
    const services = [failed('audit', { message: 'no token' }), { ...loaded('mail'), name: 'plugin:audit' }]
    expect(rows([AUDIT, { ...MAIL, name: undefined }], { services }).map((row) => row.loaded)).toEqual([
      false,
      true,
    ])
  })

  test('services that no source promises, loaded or not', () => {
    const services = [loaded('old'), failed('older', { message: 'no database' })]
    expect(rows([], { services })).toEqual([
      {
        name: 'plugin:old',
        file: 'server/dist/plugins/old/services/main.service.js',
        expected: false,
        loaded: true,
        reason: 'no source file or declaration asks for it',
        milliseconds: 1,
      },
      {
        name: 'plugins/older/services/main.service.js',
        file: 'server/dist/plugins/older/services/main.service.js',
        expected: false,
        loaded: false,
        cause: 'threw',
        reason: 'threw while it was constructed: no database',
        milliseconds: 1,
      },
    ])
  })

  test('a service for development only is there to say so, and is not expected', () => {
    const proof = compareServices({ expected: [], tolerated: [], development: [AUDIT] }, probed({}))
    expect(proof.rows).toEqual([
      {
        ...rowOf('audit'),
        expected: false,
        loaded: false,
        cause: 'development-only',
        reason: 'for development only: production loads no *.service.dev.ts',
      },
    ])
  })

  test('a plugin that is declared for development: its services may be there', () => {
    const proof = compareServices(
      { expected: [], tolerated: [AUDIT], development: [] },
      probed({ services: [loaded('audit')] }),
    )
    expect(proof.rows).toMatchObject([{ expected: false, loaded: true, plugin: 'audit' }])
  })

  test('before any image: nothing was tried', () => {
    expect(unprovenServices([MAIL, AUDIT])).toEqual([
      { ...rowOf('audit'), loaded: null },
      { ...rowOf('mail'), loaded: null },
    ])
  })

  test('what it is given stays as it was', () => {
    const expected = [MAIL, AUDIT]
    const probe = probed({ services: [loaded('mail'), loaded('audit')] })
    const before = structuredClone({ expected, probe })
    expect(rows(expected, probe).map(({ name }) => name)).toEqual(['plugin:audit', 'plugin:mail'])
    expect({ expected, probe }).toEqual(before)
  })
})

describe('readProbeResult', () => {
  const sound = JSON.stringify(probed({ services: [loaded('audit')] }))

  test('reads what the probe wrote', async () => {
    await withRepository({ 'result.json': sound }, (directory) => {
      expect(readProbeResult(join(directory, 'result.json'))).toEqual(JSON.parse(sound))
    })
  })

  test('refuses a symbolic link, also to a sound result', async () => {
    await withRepository({ 'sound.json': sound }, (directory) => {
      symlinkSync('sound.json', join(directory, 'result.json'))
      expect(() => readProbeResult(join(directory, 'result.json'))).toThrow('ELOOP')
    })
  })

  test('refuses a directory', async () => {
    await withRepository({ 'result.json/a': '' }, (directory) => {
      expect(() => readProbeResult(join(directory, 'result.json'))).toThrow('is not a usable file')
    })
  })

  test('refuses a pipe, and does not wait for a writer', async () => {
    await withRepository({}, (directory) => {
      expect(spawnSync('mkfifo', [join(directory, 'result.json')]).status).toBe(0)
      expect(() => readProbeResult(join(directory, 'result.json'))).toThrow('is not a usable file')
    })
  })

  test('refuses more than a probe writes', async () => {
    await withRepository({ 'result.json': sound.padEnd(16 * 1024 * 1024 + 1) }, (directory) => {
      expect(() => readProbeResult(join(directory, 'result.json'))).toThrow('is not a usable file')
    })
  })

  test.each([
    ['nothing', ''],
    ['a part of a result', sound.slice(0, -1)],
    ['another value', 'null'],
    ['no list of services', '{"finished":true,"asyncErrors":[]}'],
    ['a service without a file', '{"finished":true,"asyncErrors":[],"services":[{"milliseconds":1}]}'],
    ['a name that is not text', sound.replace('"plugin:audit"', '{"toString":1}')],
  ])('refuses %s', async (_what, text) => {
    await withRepository({ 'result.json': text }, (directory) => {
      expect(() => readProbeResult(join(directory, 'result.json'))).toThrow(/./)
    })
  })
})

describe('the probe', () => {
  const MAIN = 'server/dist/plugins/com.acme.audit/services/main.service.js'
  const COMPILED = 'plugins/com.acme.audit/services/main.service.js'

  test('loads every service and reports what it offers', async () => {
    const { result, exitCode } = await probe({
      [MAIN]: serviceClass(
        'plugin:com.acme.audit',
        '',
        "{ put: { visibility: 'public', rest: 'POST /put' }, get: { disableSocket: true }, off: false }",
        "{ 'chat.message': {} }, adapter: {}",
      ),
      'server/dist/plugins/com.acme.mail/mail.service.js': serviceClass('plugin:com.acme.mail'),
    })
    expect(exitCode).toBe(0)
    expect(result).toMatchObject({ finished: true, asyncErrors: [] })
    expect(result).not.toHaveProperty('loading')
    expect(result.services).toEqual([
      {
        file: COMPILED,
        name: 'plugin:com.acme.audit',
        actions: [
          { name: 'get', visibility: 'published', disableSocket: true },
          { name: 'put', visibility: 'public', rest: 'POST /put' },
        ],
        events: ['chat.message'],
        database: true,
        milliseconds: expect.any(Number),
      },
      {
        file: 'plugins/com.acme.mail/mail.service.js',
        name: 'plugin:com.acme.mail',
        actions: [],
        events: [],
        database: false,
        milliseconds: expect.any(Number),
      },
    ])
  })

  test('loads what moleculer’s mask matches and nothing else', async () => {
    const { result } = await probe({
      [MAIN]: serviceClass('plugin:com.acme.audit'),
      'server/dist/services/core.service.js': serviceClass('core'),
      'server/dist/plugins/com.acme.audit/a.service.dev.js': serviceClass('a'),
      'server/dist/plugins/com.acme.audit/b.Service.js': serviceClass('b'),
      'server/dist/plugins/com.acme.audit/.c/c.service.js': serviceClass('c'),
      'server/dist/plugins/com.acme.audit/node_modules/d/d.service.js': serviceClass('d'),
    })
    expect(result.services.map(({ file }) => file)).toEqual([COMPILED])
  })

  test('lists the sources that the image holds, so that what was not compiled can be told', async () => {
    const { result } = await probe({
      'server/plugins/com.acme.audit/services/main.service.ts': '',
      'server/plugins/com.acme.audit/services/helper.ts': '',
      'server/plugins/com.acme.audit/node_modules/a/a.service.ts': '',
    })
    expect(result.sources).toEqual(['plugins/com.acme.audit/services/main.service.ts'])
  })

  test('a service that throws, with the place in its code, keeps no other from loading', async () => {
    const { result, exitCode } = await probe({
      [MAIN]: serviceClass('plugin:com.acme.audit', "throw new Error('AUDIT_TOKEN is not set')"),
      'server/dist/plugins/com.acme.mail/mail.service.js': serviceClass('plugin:com.acme.mail'),
    })
    expect(exitCode).toBe(0)
    expect(result.finished).toBe(true)
    expect(result.services.map(({ name, error }) => name ?? error?.message)).toEqual([
      'AUDIT_TOKEN is not set',
      'plugin:com.acme.mail',
    ])
    expect(result.services[0]?.error?.at).toContain(`${COMPILED}:3:`)
  })

  test.each([
    ['a text', "throw 'no token'", 'no token'],
    ['null', 'throw null', 'null'],
    ['a message without end', "throw new Error('x'.repeat(100000))", 'x'.repeat(2000)],
  ])('a service that throws %s', async (_what, code, message) => {
    const { result } = await probe({ [MAIN]: serviceClass('plugin:com.acme.audit', code) })
    expect(result.services[0]?.error?.message).toBe(message)
  })

  test('a missing module is named', async () => {
    const { result } = await probe({ [MAIN]: "require('got')" })
    expect(result.services[0]?.error?.message).toContain("Cannot find module 'got'")
  })

  test.each([0, 1])('a service that ends the process with %d is the one that was loading', async (code) => {
    const { result, exitCode } = await probe({
      'server/dist/plugins/com.acme.a/a.service.js': serviceClass('plugin:com.acme.a'),
      [MAIN]: serviceClass('plugin:com.acme.audit', `process.exit(${code})`),
    })
    expect(exitCode).toBe(code)
    expect(result).toMatchObject({ finished: false, loading: COMPILED })
    expect(result.services.map(({ name }) => name)).toEqual(['plugin:com.acme.a'])
  })

  test('a process that is killed leaves the result up to there', async () => {
    const { result, exitCode } = await probe({
      [MAIN]: serviceClass('plugin:com.acme.audit', "process.kill(process.pid, 'SIGKILL')"),
    })
    expect(exitCode).toBeNull()
    expect(result).toMatchObject({ finished: false, loading: COMPILED, services: [] })
  })

  test('a service that never returns is killed from within, with the result up to there', async () => {
    const endless = { [MAIN]: serviceClass('plugin:com.acme.audit', 'for (;;) ;') }
    const { result, exitCode } = await probe(endless, undefined, '1')
    expect(exitCode).toBeNull()
    expect(result).toMatchObject({ finished: false, loading: COMPILED, services: [] })
  })

  test('an error outside of loading is recorded and fails no service', async () => {
    const { result, exitCode } = await probe({
      [MAIN]: serviceClass(
        'plugin:com.acme.audit',
        "Promise.reject(new Error('no redis')); process.nextTick(() => { throw new Error('no database') })",
      ),
    })
    expect(exitCode).toBe(0)
    expect(result.finished).toBe(true)
    expect(result.services.map(({ name }) => name)).toEqual(['plugin:com.acme.audit'])
    expect(result.asyncErrors.map(({ message }) => message).sort()).toEqual(['no database', 'no redis'])
  })

  test('takes the moleculer of the SDK where there is one', async () => {
    const { result } = await probe(
      {
        [MAIN]: serviceClass('plugin:com.acme.audit').replace("'moleculer'", "'tailchat-server-sdk'"),
        'server/packages/sdk/package.json': '{ "main": "index.js" }',
        'server/packages/sdk/index.js': "module.exports = require('moleculer')",
        'server/packages/sdk/node_modules/moleculer/index.js': MOLECULER,
        'server/node_modules/moleculer/index.js': "throw new Error('the wrong moleculer')",
      },
      (server) => symlinkSync('../packages/sdk', join(server, 'node_modules/tailchat-server-sdk')),
    )
    expect(result).toMatchObject({ finished: true, services: [{ name: 'plugin:com.acme.audit' }] })
  })

  test('records handlers given to TcService that are not functions', async () => {
    const { result } = await probe(
      {
        [MAIN]: `exports.default = class extends require('tailchat-server-sdk').TcService {
          onInit() {
            this.registerAction('list', this.list)
            this.registerAction('run', this.run)
            this.registerEventListener('a.b', undefined)
          }
          list() {}
          run = () => 1
        }`,
        'server/packages/sdk/package.json': '{ "main": "index.js" }',
        'server/packages/sdk/index.js': SDK,
        'server/packages/sdk/node_modules/moleculer/index.js': MOLECULER,
      },
      (server) => {
        mkdirSync(join(server, 'node_modules'), { recursive: true })
        symlinkSync('../packages/sdk', join(server, 'node_modules/tailchat-server-sdk'))
      },
    )
    expect(result.services).toMatchObject([
      {
        name: 'plugin:com.acme.audit',
        undefinedHandlers: [
          { kind: 'action', name: 'run' },
          { kind: 'event', name: 'a.b' },
        ],
      },
    ])
  })

  test('says that there is no moleculer', async () => {
    const { result } = await probe({ [MAIN]: '', 'server/node_modules/moleculer/index.js': undefined })
    expect(result.finished).toBe(false)
    expect(result.error?.message).toContain("Cannot find module 'moleculer'")
  })

  test('says that there is no built server', async () => {
    const { result } = await probe({ 'server/dist/package.json': undefined })
    expect(result).toMatchObject({ finished: false, services: [] })
    expect(result.error?.message).toMatch(/ENOENT.*dist/)
  })

  test.each([
    ['as rollup writes it', "['require'], (function (require) { require(['./page'], ok) })", ['./page']],
    [
      'minified',
      '["exports","require"],function(e,t){e(["./no"],1);x.t(["./no"],1);t(["./a"],r);t(["../b.js"],r)}',
      ['./a', '../b.js'],
    ],
    ['minified to an arrow function', '["require"],e=>{e(["./page"],r)}', ['./page']],
    ['with nothing for later', '["require"],e=>{e.x}', undefined],
    ['without the client’s require', '["exports"],e=>{e(["./page"],r)}', undefined],
  ])('reads which chunks a bundle asks for later, %s', async (_how, definition, lazy) => {
    const bundle = `definePlugin('@plugins/com.acme.x',${definition})`
    const { result } = await probe({ 'server/dist/public/plugins/com.acme.x/index.js': bundle })
    expect(result.contents?.bundles[0]?.files[0]?.lazy).toEqual(lazy)
  })

  test('has nothing to load where no plugin has a server side', async () => {
    const { result } = await probe({})
    expect(result).toMatchObject({ finished: true, services: [] })
  })
})

/** As much of moleculer as loading a service takes. */
const MOLECULER = `
class Service {
  constructor(broker) { this.broker = broker }
  parseServiceSchema(schema) {
    if (!schema.name) throw new Error("Service name can't be empty!")
    Object.assign(this, { schema, name: schema.name, fullName: schema.name })
  }
}
class ServiceBroker {
  loadService(file) {
    const module = require(file)
    return new (module.default ?? module)(this)
  }
}
module.exports = { Service, ServiceBroker }
`

/** As much of TcService as registers something. */
const SDK = `
const { Service } = require('moleculer')
exports.TcService = class extends Service {
  constructor(broker) {
    super(broker)
    this.onInit()
    this.parseServiceSchema({ name: 'plugin:com.acme.audit' })
  }
  registerAction(name, handler) {}
  registerEventListener(name, handler) {}
}
`

/** A compiled service; \`code\` runs in line 3, while it is constructed. */
function serviceClass(name: string, code = '', actions = '{}', events = '{}'): string {
  return `exports.default = class extends require('moleculer').Service {
  constructor(broker) { super(broker)
    ${code}
    this.parseServiceSchema({ name: ${JSON.stringify(name)}, actions: ${actions}, events: ${events} })
  }
}
`
}

/** Runs the probe in a process of its own, as the image does, on a server directory of these files. */
async function probe(
  files: Files,
  prepare?: (server: string) => void,
  seconds = '60',
): Promise<{ result: ProbeResult; exitCode: number | null }> {
  const server = {
    'server/package.json': '{}',
    'server/dist/package.json': '{}',
    'server/node_modules/moleculer/index.js': MOLECULER,
  }
  return withRepository({ ...server, ...files }, (root) => {
    prepare?.(join(root, 'server'))
    mkdirSync(join(root, 'output'))
    const output = join(root, 'output/result.json')
    writeFileSync(output, '')
    const probeFile = fileURLToPath(new URL('../../src/proof/probe.cjs', import.meta.url))
    const { status } = spawnSync(process.execPath, [probeFile, join(root, 'server'), output, seconds])
    return { result: readProbeResult(output), exitCode: status }
  })
}

function rowOf(name: string): Omit<ServiceRow, 'loaded'> {
  return {
    name: `plugin:${name}`,
    plugin: name,
    file: `server/plugins/${name}/services/main.service.ts`,
    expected: true,
  }
}

function loaded(name: string): ProbeResult['services'][number] {
  return { file: `plugins/${name}/services/main.service.js`, name: `plugin:${name}`, milliseconds: 1 }
}

function failed(name: string, error: { message: string; at?: string }): ProbeResult['services'][number] {
  return { file: `plugins/${name}/services/main.service.js`, error, milliseconds: 1 }
}

function probed(probe: Partial<ProbeResult>): ProbeResult {
  return { finished: true, services: [], asyncErrors: [], ...probe }
}

function rows(expected: ExpectedService[], probe: Partial<ProbeResult>): ServiceRow[] {
  return compareServices({ expected, tolerated: [], development: [] }, probed(probe)).rows
}
