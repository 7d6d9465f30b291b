import { parse } from '@babel/parser'
import { describe, expect, test } from '@jest/globals'
import { renderSummary } from '../../src/report/summary.js'
import { mayUse, readServiceFile } from '../../src/source/service.js'
import { environmentOf, secretsIn } from '../../src/source/source-facts.js'
import type { Plugin } from '../../src/workspace/types.js'
import { check, type Files, fullstackPlugin } from '../support/repository.js'
import type { Registration, ServiceSurface } from '../../src/source/surface.js'
import { GATE } from '../support/terminal-view.js'

const NAME = 'com.acme.audit'

/** The surface of a service file with this text. */
function surfaceOf(text: string): ServiceSurface {
  return readServiceFile(parse, { path: 'server/plugins/com.acme.audit/services/a.service.ts', text }).surface
}

/** A class of the SDK with this in its onInit, these members, and this above it. */
function inInit(body: string, members = '', above = ''): ServiceSurface {
  return surfaceOf(`import { TcService, call } from 'tailchat-server-sdk'
${above}
export default class Audit extends TcService {
  get serviceName() { return 'plugin:${NAME}' }
  onInit() {
${body}
  }
${members}
}`)
}

/** Names, with a `?` where there is a condition, and behind it the variables that it reads. */
function shown(registrations: readonly Registration[]): string[] {
  return registrations.map(({ name, conditional, environment }) =>
    [`${name}${conditional ? '?' : ''}`, ...environment].join(' '),
  )
}

describe('actions', () => {
  const actions = (surface: ServiceSurface): string[] =>
    surface.actions.map(
      ({ name, visibility, disableSocket, rest }) =>
        `${name} ${visibility}${disableSocket === false ? '' : ` ${disableSocket}`}${rest ? ' rest' : ''}`,
    )

  test.each([
    ['a constant', 'LIST', "const LIST = 'list'", 'list published'],
    ['a template of one', '`${AREA}.list`', "const AREA = 'a'", 'a.list published'],
    ['a property of one', 'NAMES.list', "const NAMES = { list: 'list' } as const", 'list published'],
    ['a variable, which may change', 'LIST', "let LIST = 'list'", 'unknown published'],
    [
      'an imported constant that is not in the plugin',
      'LIST',
      "import { LIST } from '../x'",
      'unknown published',
    ],
  ])('are named by %s', (_what, name, above, expected) => {
    expect(actions(inInit(`this.registerAction(${name}, this.list)`, '', above))).toEqual([expected])
  })

  test.each([
    ['without a schema', "this.registerAction('list', this.list)", ['list published']],
    ['with an empty one', "this.registerAction('list', this.list, {})", ['list published']],
    ['for services only', "this.registerAction('list', f, { visibility: 'public' })", ['list public']],
    ['with a quoted key', "this.registerAction('list', f, { 'visibility': 'public' })", ['list public']],
    ['with visibility null', "this.registerAction('list', f, { visibility: null })", ['list published']],
    ['without sockets', "this.registerAction('list', f, { disableSocket: true })", ['list published true']],
    ['with a route', "this.registerAction('list', f, { rest: 'GET /' })", ['list published rest']],
    [
      'with a route that is undefined',
      "this.registerAction('list', f, { rest: undefined })",
      ['list published'],
    ],
    ['named by a template', 'this.registerAction(`list`, f)', ['list published']],
    ['with a cast', "(this as any).registerAction('list' as any, f)", ['list published']],
    ['that says whether it is there', 'this.registerAvailableAction(() => true)', ['available published']],
    ['with a name that is computed', 'this.registerAction(name, f)', ['unknown published']],
    ['with a name that is put together', "this.registerAction('a' + b, f)", ['unknown published']],
    ['named by a pattern', 'this.registerAction(`${s.name}.redirect`, f)', ['${s.name}.redirect published']],
    ['with a schema that is a variable', "this.registerAction('list', f, schema)", ['list unknown unknown']],
    ['with a schema that is spread', "this.registerAction('a', f, { ...s })", ['a unknown unknown']],
    ['with a visibility that is computed', "this.registerAction('a', f, { visibility: v })", ['a unknown']],
    ['with nothing', 'this.registerAction()', ['unknown published']],
  ])('%s', (_case, body, expected) => {
    expect(actions(inInit(body))).toEqual(expected)
  })

  test('in the order of the file, each where it stands', () => {
    const surface = inInit("this.registerAction('b', f)\nthis.registerAction('a', f)")
    expect(surface.actions.map(({ name }) => name)).toEqual(['b', 'a'])
    expect(surface.actions.every(({ literal }) => literal)).toBe(true)
  })

  test('in comments and strings are not taken for registrations', () => {
    expect(actions(inInit("// this.registerAction('a', f)\nlog(`this.registerAction('b', f)`)"))).toEqual([])
  })
})

describe('conditions', () => {
  const register = "this.registerAction('a', f)"
  const key = 'get key() { return process.env.API_KEY }'

  test.each([
    ['nothing', register, '', ['a']],
    ['a return before it', `if (!this.key) return\n${register}`, key, ['a? API_KEY']],
    ['a return in a block', `if (!this.key) { warn(); return }\n${register}`, key, ['a? API_KEY']],
    ['an if', `if (this.key) { ${register} }`, key, ['a? API_KEY']],
    ['an else', `if (!this.key) warn(); else { ${register} }`, key, ['a? API_KEY']],
    ['an if that does not return', `if (!this.key) warn()\n${register}`, key, ['a']],
    ['a return of another function', `const f = () => { return 1 }\n${register}`, '', ['a']],
    ['two returns', `if (!this.key) return\nif (!process.env.B) return\n${register}`, key, ['a? API_KEY B']],
    ['a return further in', `if (x) { if (!process.env.B) return }\n${register}`, '', ['a? B']],
    ['&&', `this.key && ${register}`, key, ['a? API_KEY']],
    ['a ternary', `this.key ? ${register} : warn()`, key, ['a? API_KEY']],
    ['a switch', `switch (process.env.KIND) { case 'x': ${register} }`, '', ['a? KIND']],
    ['a loop', `for (const s of list) ${register}`, '', ['a?']],
    ['a callback', `list.forEach((s) => { ${register} })`, '', ['a?']],
    ['a promise, which is too late', `this.waitForServices(['user']).then(() => ${register})`, '', []],
    ['a try', `try { ${register} } finally { done() }`, '', ['a']],
    ['a catch', `try { start() } catch { ${register} }`, '', ['a?']],
    ['a local variable', `const key = process.env.A\nif (!key) return\n${register}`, '', ['a? A']],
    ['a destructured one', `const { A: key } = process.env\nif (!key) return\n${register}`, '', ['a? A']],
    [
      'getters behind getters',
      `if (!this.ready) return\n${register}`,
      `get info() { return { id: process.env.ID, key: this.key } }\nget ready() { const { id, key } = this.info; return id && key }\n${key}`,
      ['a? API_KEY ID'],
    ],
    [
      'getters that ask for each other',
      `if (this.x) ${register}`,
      'get x() { return this.y }\nget y() { return this.x }',
      ['a?'],
    ],
    [
      'a method',
      `if (!this.isReady()) return\n${register}`,
      'isReady() { return !!process.env.A }',
      ['a? A'],
    ],
  ])('%s', (_case, body, members, expected) => {
    expect(shown(inInit(body, members).actions)).toEqual(expected)
  })

  test('a constant and a function of the file', () => {
    const above = 'const KEY = process.env.A\nfunction ready() { return KEY && process.env.B }'
    expect(shown(inInit(`if (!ready()) return\n${register}`, '', above).actions)).toEqual(['a? A B'])
  })
})

describe('what else is registered', () => {
  test.each<[string, string, (surface: ServiceSurface) => unknown, unknown]>([
    [
      'open routes',
      "this.registerAuthWhitelist(['/a', `/${s}/b`, c, ...more])",
      (surface) => shown(surface.openRoutes),
      ['/a', '/${s}/b', 'unknown', 'unknown'],
    ],
    [
      'a list of routes',
      'this.registerAuthWhitelist(urls)',
      (surface) => shown(surface.openRoutes),
      ['unknown'],
    ],
    [
      'the open route of available',
      'this.registerAvailableAction(f)',
      (surface) => shown(surface.openRoutes),
      ['/available'],
    ],
    [
      'an event',
      "this.registerEventListener('chat.inbox.append', f)",
      (surface) => shown(surface.events),
      ['chat.inbox.append'],
    ],
    [
      'a hook',
      "this.registerAfterActionHook('user.register', 'greet')",
      (surface) => surface.hooks.map(({ name, callback }) => `${name} > ${callback}`),
      ['user.register > greet'],
    ],
    [
      'a collection',
      "this.registerLocalDb(require('../models/a').default)",
      (surface) => shown(surface.collections),
      ['../models/a'],
    ],
    [
      'a model from elsewhere',
      'this.registerLocalDb(models[0])',
      (surface) => shown(surface.collections),
      ['unknown'],
    ],
    [
      'a require that is computed',
      'this.registerLocalDb(require(path).default)',
      (surface) => shown(surface.collections),
      ['unknown'],
    ],
  ])('%s', (_case, body, part, expected) => {
    expect(part(inInit(body))).toEqual(expected)
  })

  test('a model that is imported', () => {
    expect(
      shown(inInit('this.registerLocalDb(Model)', '', "import Model from '../models/a'").collections),
    ).toEqual(['../models/a'])
  })

  test.each([
    [
      'twice in a row',
      "this.registerLocalDb(require('./a'))\nthis.registerLocalDb(require('./b'))",
      [false, true],
    ],
    [
      'behind a guard',
      "this.registerLocalDb(require('./a'))\nif (x) { this.registerLocalDb(require('./b')) }",
      [false, true],
    ],
    [
      'one or the other',
      "if (x) { this.registerLocalDb(require('./a')) } else { this.registerLocalDb(require('./b')) }",
      [false, false],
    ],
    [
      'one and return, or the other',
      "if (x) { this.registerLocalDb(require('./a')); return }\nthis.registerLocalDb(require('./b'))",
      [false, false],
    ],
    [
      'in a comment',
      "// this.registerLocalDb(require('./a'))\nthis.registerLocalDb(require('./b'))",
      [false],
    ],
  ])('a second collection: %s', (_case, body, repeated) => {
    expect(inInit(body).collections.map((each) => each.repeated)).toEqual(repeated)
  })

  test('count in a method that onInit calls or passes on, and not in one that is never called', () => {
    const members = ['setUp', 'handed', 'later']
      .map((name) => `${name}() { this.registerAction('of ${name}', f) }`)
      .join('\n')
    expect(shown(inInit('this.setUp()\nrun(this.handed)', members).actions)).toEqual([
      'of setUp',
      'of handed?',
    ])
  })

  test('in onInited and onStart', () => {
    const members =
      "onInited() { this.registerAuthWhitelist(['/a']) }\nasync onStart() { this.registerAuthWhitelist(['/b']) }"
    expect(shown(inInit('', members).openRoutes)).toEqual(['/a', '/b'])
  })
})

describe('what is used', () => {
  const calls = (surface: ServiceSurface): string[] => surface.calls.map(({ name }) => name)

  test.each([
    ['ctx.call', "ctx.call('user.getUserInfo', {})", ['user.getUserInfo']],
    ['broker.call', "this.broker.call('user.ensurePluginBot')", ['user.ensurePluginBot']],
    ['systemCall', "this.systemCall(ctx, 'group.createGroup')", ['group.createGroup']],
    ['a name that is computed', 'ctx.call(name)', ['unknown']],
    ['a name that is put together', 'ctx.call(`plugin:${x}.list`)', ['plugin:${x}.list']],
    ['mcall', 'ctx.mcall(list)', ['unknown']],
    ['a helper', 'call(ctx).getGroupInfo(id)', ['group.getGroupInfo']],
    [
      'a helper of two actions',
      'call(ctx).addGroupSystemMessage(id, t)',
      ['group.getGroupLobbyConverseId', 'chat.message.sendMessage'],
    ],
    ['a helper that is not known', 'call(ctx).somethingNew()', ['unknown']],
    ['a function’s own call', 'handler.call(this, ctx)', []],
  ])('%s', (_case, code, expected) => {
    expect(calls(inInit('', `async list(ctx) { ${code} }`))).toEqual(expected)
  })

  test('a helper under another name', () => {
    const text =
      "import { call as c } from 'tailchat-server-sdk'\nexport const f = (ctx) => c(ctx).getUserInfo(1)"
    expect(calls(surfaceOf(text))).toEqual(['user.getUserInfo'])
  })

  test('events and notifications', () => {
    const surface = inInit(
      '',
      "list(ctx) { ctx.emit('a.b'); this.broker.broadcast('c'); socket.emit('no'); this.roomcastNotify(ctx, id, 'create', {}); this.broadcastNotify(ctx, 'all') }",
    )
    expect(surface.emits.map(({ name }) => name)).toEqual([
      'a.b',
      'c',
      `notify:plugin:${NAME}.create`,
      `notify:plugin:${NAME}.all`,
    ])
  })

  test.each([
    ['by name', 'process.env.A || process.env.B', ['A', 'B'], []],
    ['by a quoted name', "process.env['A']", ['A'], []],
    ['by a pattern', 'const { A, B: b = 1 } = process.env', ['A', 'B'], []],
    [
      'by a computed name',
      'process.env[name]',
      [],
      ['the environment is read by a computed name or as a whole'],
    ],
    ['as a whole', 'connect(process.env)', [], ['the environment is read by a computed name or as a whole']],
    [
      'by the rest of it',
      'const { A, ...rest } = process.env',
      [],
      ['the environment is read by a computed name or as a whole'],
    ],
  ])('the environment, %s', (_case, code, environment, unknown) => {
    const surface = inInit('', `list() { ${code} }`)
    expect(surface).toMatchObject({ environment, unknown })
  })

  test.each([
    ['a page', 'return { __raw: true, html }', true],
    ['a page by assignment', 'result.__raw = true', true],
    ['none', 'return { __raw: false }', false],
  ])('%s', (_case, code, rawHtml) => {
    expect(inInit('', `list() { ${code} }`).rawHtml.length > 0).toBe(rawHtml)
  })
})

describe('the user that a call acts as', () => {
  const identities = (code: string): string[] =>
    inInit('', `async list(ctx) { ${code} }`).identities.map(({ name }) => name)

  test.each([
    ['who calls', "ctx.call('a.b', {})", []],
    ['who calls, handed on', "ctx.call('a.b', {}, { meta: ctx.meta })", []],
    ['who calls, by name', "ctx.call('a.b', {}, { meta: { userId: ctx.meta.userId } })", []],
    [
      'the system',
      "ctx.call('a.b', {}, { meta: { ...ctx.meta, userId: SYSTEM_USERID } })",
      ['SYSTEM_USERID'],
    ],
    [
      'the system by its id',
      `ctx.call('a.b', {}, { meta: { userId: '${'0'.repeat(24)}' } })`,
      ['SYSTEM_USERID'],
    ],
    ['systemCall', "this.systemCall(ctx, 'a.b')", ['SYSTEM_USERID']],
    ['a bot', "this.broker.call('a.b', {}, { meta: { userId: botId } })", ['unknown']],
    ['whom a parameter names', "ctx.call('a.b', {}, { meta: { userId: ctx.params.userId } })", ['unknown']],
    ['nobody: the user id is only data', "ctx.call('a.b', { meta: { userId: id } })", []],
  ])('%s', (_case, code, expected) => {
    expect(identities(code)).toEqual(expected)
  })
})

test.each([
  [
    "this.broker.broadcast('gateway.auth.addWhitelists', { urls: ['/user/login', u] }, 'gateway')",
    ['/user/login', 'unknown'],
  ],
  ["ctx.broadcast('gateway.auth.addWhitelists', { urls })", ['unknown']],
  ["this.broker.emit('gateway.auth.addWhitelists', options)", ['unknown']],
  ["this.broker.broadcast('config.updated', { urls: ['/user/login'] })", []],
])('routes of other services: %s', (code, expected) => {
  expect(inInit('', `list(ctx) { ${code} }`).foreignRoutes.map(({ name }) => name)).toEqual(expected)
})

describe('what makes the constructor throw', () => {
  const hazards = (surface: ServiceSurface): string[] => surface.hazards.map(({ kind }) => kind)

  test.each([
    ['a throw', "throw new Error('no')", '', ['throw']],
    ['a throw behind a condition', 'if (!process.env.A) throw new Error()', '', ['throw']],
    ['a throw that is caught', 'try { throw new Error() } catch {}', '', []],
    ['a throw in a catch', 'try { f() } catch { throw new Error() }', '', ['throw']],
    ['a throw in a handler', "this.registerAction('a', () => { throw new Error() })", '', []],
    ['a throw in a method it calls', 'this.demand()', 'demand() { throw new Error() }', ['throw']],
    ['a throw in a method it does not call', '', 'list() { throw new Error() }', []],
    ['the logger', "this.logger.info('a')", '', ['logger']],
    ['the logger, carefully', "this.logger?.info('a')", '', []],
    ['the logger, when it is there', "if (this.logger) this.logger.info('a')", '', []],
    ['the logger in a handler', "this.registerAction('a', () => this.logger.info('a'))", '', []],
    ['the logger in a promise', 'this.waitForServices([]).then(() => { this.logger.info(1) })', '', []],
    ['a logger of its own', "this.logger.info('a')", 'get logger() { return console }', []],
  ])('%s', (_case, body, members, expected) => {
    expect(hazards(inInit(body, members))).toEqual(expected)
  })

  test('nothing where onInit is async: its promise is rejected, and that is logged', () => {
    const text =
      "export default class extends TcService { async onInit() { this.logger.info('a'); throw 1 } }"
    expect(hazards(surfaceOf(text))).toEqual([])
  })

  test('the logger of a class that extends another, which may have made one', () => {
    expect(
      hazards(surfaceOf('export default class extends Base { onInit() { this.logger.info(1) } }')),
    ).toEqual([])
  })
})

describe('what can’t be read is reported as unknown, never as absent', () => {
  test.each([
    [
      'a service that a function makes',
      'export default createService({ actions: {} })',
      /made by code outside/,
    ],
    ['a service of another file', "export { default } from '../lib/main'", /made by code outside/],
    ['a file that does not parse', 'class {', /does not parse/],
    ['a subclass', 'export default class extends Base { onInit() {} }', /class it extends/],
    ['a plain class', 'export default class { onInit() {} }', /class it extends/],
    [
      'a constructor',
      'export default class extends TcService { constructor(b) { super(b) } }',
      /constructor/,
    ],
    ['a mixin', 'export default class extends TcService { onInit() { this.registerMixin(m) } }', /mixin/],
    [
      'a wrapper outside',
      'export default class extends TcService { onInit() { setUp(this) } }',
      /handed to setUp/,
    ],
    [
      'a wrapper by call',
      'export default class extends TcService { onInit() { setUp.call(this) } }',
      /handed to setUp.call/,
    ],
    [
      '`this` under another name',
      'export default class extends TcService { onInit() { const self = this } }',
      /kept in a variable/,
    ],
    [
      'a computed method',
      "export default class extends TcService { onInit() { this['register' + x]('a') } }",
      /computed name/,
    ],
    [
      'the schema itself',
      'export default class extends TcService { onInit() { this._actions.a = f } }',
      /changed directly/,
    ],
    [
      'the broker’s registry',
      'export default class extends TcService { onInit() { this.broker.registry.add() } }',
      /through the broker/,
    ],
    [
      'a method of a newer SDK',
      "export default class extends TcService { onInit() { this.registerBot('a') } }",
      /this.registerBot/,
    ],
    ['a schema that is spread', 'export default { name: "a", ...base }', /takes in another object/],
    ['a schema with mixins', 'export default { name: "a", mixins: [m] }', /mixins/],
    ['actions from elsewhere', 'export default { name: "a", actions }', /actions are not written in place/],
    ['actions that are spread', 'export default { name: "a", actions: { ...more } }', /actions take in/],
  ])('%s', (_case, text, reason) => {
    expect(surfaceOf(text).unknown).toEqual([expect.stringMatching(reason)])
  })

  test('a wrapper in the class registers something unknown, once for each call', () => {
    const members = 'registerBotAction(name) { this.registerAction(`bot.${name}`, f) }'
    const surface = inInit("this.registerBotAction('a')\nthis.registerBotAction('b')", members)
    expect(shown(surface.actions)).toEqual(['bot.${name}', 'bot.${name}'])
    expect(surface.actions.some(({ literal }) => literal)).toBe(false)
  })

  test('names that a loop makes', () => {
    const surface = inInit("for (const n of ['a', 'b']) this.registerAction(n, f)")
    expect(shown(surface.actions)).toEqual(['unknown?'])
  })

  test('a call that gets `this` too late to register anything does not make the surface unknown', () => {
    expect(inInit("this.registerAction('a', () => format(this))\nthis.list.bind(this)").unknown).toEqual([])
  })

  test('methods that call each other without end are read, and those that do it too often are not', () => {
    expect(
      inInit('this.a()', 'a() { this.b() }\nb() { this.a(); this.registerAction("x", f) }').actions,
    ).toHaveLength(1)
    const doubling = Array.from({ length: 40 }, (_, i) => `m${i}() { this.m${i + 1}(); this.m${i + 1}() }`)
    const surface = inInit('this.m0()', doubling.join('\n') + '\nm40() {}')
    expect(surface.unknown).toEqual(['its methods call each other too often to follow'])
  })

  test('a file that is nested deeper than the stack', () => {
    const deep = `${'['.repeat(1500)}${']'.repeat(1500)}`
    expect(() => inInit(deep)).not.toThrow()
  })
})

test('a plain schema', () => {
  const surface = surfaceOf(`export default {
    name: 'plugin:${NAME}',
    actions: { list: { visibility: 'public', handler() {} }, get() {}, 'a.b': () => 1, add: schema, [key]: {} },
    events: { 'chat.inbox.append'() {} },
    started() {},
  }`)
  expect(surface.actions.map(({ name, visibility }) => `${name} ${visibility}`)).toEqual([
    'list public',
    'get published',
    'a.b published',
    'add unknown',
    'unknown published',
  ])
  expect(shown(surface.events)).toEqual(['chat.inbox.append'])
  expect(surface.unusedMethods).toEqual([])
})

test.each([
  ['calls', '.call'.repeat(100_000)],
  ['spaces', `ctx.call${' '.repeat(300_000)}x`],
])('a helper of nothing but %s is looked through once, not again from every place in it', (_what, text) => {
  expect(mayUse({ path: 'lib/a.ts', text })).toBe(true)
})

describe('the plugin’s environment', () => {
  const plugin = (path: string, text: string, kind: Plugin['kind'] = 'fullstack') => ({
    kind,
    directory: 'server/plugins/x',
    sources: [{ path: `server/plugins/x/${path}`, text }],
  })

  test.each([
    ['a helper', 'lib/a.ts', 'x(process.env.A, process.env["B"], process?.env?.C)', ['A', 'B', 'C']],
    ['a pattern', 'lib/a.ts', 'const { A, B: b = 1 } = process.env', ['A', 'B']],
    ['a computed name', 'lib/a.ts', 'process.env[`A_${x}`]', ['unknown']],
    ['the whole of it', 'lib/a.ts', 'connect(process.env)', ['unknown']],
    ['the rest of it', 'lib/a.ts', 'const { A, ...rest } = process.env', ['unknown']],
    ['a comment', 'lib/a.ts', '// process.env.A\n/* process.env.B */ process.env.C', ['C']],
    ['an address before it', 'lib/a.ts', "const url = 'http://' + process.env.HOST", ['HOST']],
    ['the web part', 'web/plugins/x/src/index.tsx', 'process.env.A', []],
    ['a test', 'lib/a.spec.ts', 'process.env.A', []],
  ])('%s', (_case, path, text, expected) => {
    expect(environmentOf(plugin(path, text))).toEqual(expected)
  })

  test('a frontend plugin has no environment', () => {
    expect(environmentOf(plugin('src/index.tsx', 'process.env.A', 'frontend'))).toEqual([])
  })
})

test('an environment variable that only resembles a secret is not called one', () => {
  for (const text of [
    'ASIAPACIFICSOUTHEAST',
    'AKIAIOSFODNN7EXAMPLE',
    "'-----BEGIN PRIVATE KEY-----'",
    'ghp_short',
  ])
    expect(secretsIn({ path: 'a.ts', text })).toEqual([])
})

describe('the report', () => {
  const files = fullstackPlugin(NAME, {
    'services/main.service.ts': `import { TcService } from 'tailchat-server-sdk'
export default class Main extends TcService {
  get serviceName() { return 'plugin:${NAME}' }
  onInit() {
    this.registerLocalDb(require('../models/entry').default)
    this.registerAction('list', this.list, { visibility: 'public' })
    if (!process.env.AUDIT_KEY) return
    this.registerAction('hook', this.hook, { disableSocket: true })
    this.registerAuthWhitelist(['/hook'])
    this.registerAfterActionHook('user.register', 'list')
  }
  async hook(ctx) {
    await ctx.call('user.getUserInfo')
    await ctx.call('config.all')
    await ctx.call('config.all')
  }
}`,
    'models/entry.ts': "@modelOptions({ options: { customName: 'p_audit' } })\nexport class Entry {}",
    'lib/a.ts': 'export const url = process.env.AUDIT_URL',
  })

  test('has the surface of each plugin with server code, sorted', async () => {
    const { plugins } = await check(files)
    expect(plugins.map(({ surface }) => surface)).toEqual([
      {
        environment: ['AUDIT_KEY', 'AUDIT_URL'],
        services: [
          {
            name: `plugin:${NAME}`,
            file: `server/plugins/${NAME}/services/main.service.ts`,
            actions: [
              { name: 'hook', conditional: true, visibility: 'published', disableSocket: true },
              { name: 'list', conditional: false, visibility: 'public', disableSocket: false },
            ],
            openRoutes: [{ name: '/hook', conditional: true }],
            collections: [{ name: 'p_audit', conditional: false }],
            events: [],
            hooks: [{ name: 'user.register', conditional: true, callback: 'list' }],
            calls: ['config.all', 'user.getUserInfo'],
            emits: [],
            environment: ['AUDIT_KEY'],
            rawHtml: false,
            unknown: [],
          },
        ],
      },
    ])
  })
})

describe('the job summary', () => {
  const summaryOf = async (main: string, more: Files = {}): Promise<string> =>
    renderSummary(await check(fullstackPlugin(NAME, { 'services/main.service.ts': main, ...more })), GATE)

  test('has a row for each plugin, with what to look at first, and a mark on what is conditional', async () => {
    const summary = await summaryOf(
      `import { TcService } from 'tailchat-server-sdk'
export default class Main extends TcService {
  get serviceName() { return 'plugin:${NAME}' }
  onInit() {
    this.registerAction('list', this.list)
    this.registerAction('inner', this.inner, { visibility: 'public' })
    this.registerAction('post', this.post, { disableSocket: true })
    this.registerMixin(mixin)
    if (!process.env.KEY) return
    this.registerAuthWhitelist(['/hook'])
    this.registerEventListener('chat.inbox.append', f)
    this.registerEventListener('group.joined', f)
    this.registerAfterActionHook('user.register', 'inner')
  }
  list(ctx) { ctx.call('user.getUserInfo'); return { __raw: true, html: '' } }
}`,
      { 'lib/token.ts': "export const token = (ctx, userId) => ctx.call('user.signUserToken', { userId })" },
    )
    const look = [
      `open without login: <code>/hook</code>?`,
      'answers with pages of its own',
      'logs in as any user: <code>user.signUserToken</code>',
      'gets passwords or tokens of users: <code>user.register</code>?',
      'gets the text of messages: <code>chat.inbox.append</code>?',
    ]
    const also = [
      `users can call <code>list</code>`,
      `users can call over HTTP only <code>post</code>`,
      'calls <code>user.getUserInfo</code>',
      'gets events <code>group.joined</code>?',
      'reads <code>KEY</code>',
      'not all is known: it has a mixin, which is not followed',
    ]
    expect(summary).toContain(`| <code>${NAME}</code> | ${look.join('<br>')} | ${also.join('<br>')} |`)
    expect(summary).toContain(
      'What plugins may do: 1 route open without login, 1 plugin with sensitive access, 0 run for everyone, 1 not fully known',
    )
  })

  test('escapes what comes from the source, and cuts it', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `this.registerAction('a${index}', f)`)
    const summary = await summaryOf(`export default class extends TcService {
  onInit() {
    this.registerAction('@<b>|all ${'x'.repeat(200)}', f)
    ${names.join('\n')}
  }
}`)
    expect(summary).toContain('<code>unknown.&#64;&#60;b&#62;&#124;all ')
    expect(summary).not.toContain('x'.repeat(80))
    expect(summary).toContain(' and 11 more')
  })

  test('is left out where no plugin may do anything', async () => {
    expect(renderSummary(await check({}), GATE)).not.toContain('What plugins may do')
  })
})

test.each([
  ['async', 'async started() {}', 'onStart'],
  ['not async', 'started() {}', 'async onStart'],
  ['with a promise', 'stopped(): Promise<void> { return x }', 'onStop'],
  ['with a type that would have to change', 'started(): void {}', undefined],
  ['private', 'private async started() {}', undefined],
  ['next to the right one', 'async started() {}\nasync onStart() {}', undefined],
  ['a field', 'started = async () => {}', undefined],
])('a method that nothing calls: %s', (_case, members, content) => {
  expect(inInit('', members).unusedMethods.map(({ fix }) => fix?.content)).toEqual([content])
})
