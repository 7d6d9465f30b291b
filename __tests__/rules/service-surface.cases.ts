import { backendPlugin, type Files, fullstackPlugin, json, service } from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const NAME = 'com.acme.audit'
const MAIN = `server/plugins/${NAME}/services/main.service.ts`
const BASE = 'server/packages/sdk/src/services/base.ts'

/** Put together here, so that nobody's search for secrets stops at this file. */
const KEY = `${'-----BEGIN'} RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA'.repeat(4)}`
const TOKEN = `${'gh'}p_${'a1B2c3'.repeat(6)}`
const AWS = `${'AK'}IA${'Q3EGRN7FTZ2WX5LM'}`

export const serviceSurfaceCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'service/init-throws',
    valid: {
      'a warning and a return': { files: inInit("if (!process.env.A) { console.warn('no A'); return }") },
      'a throw in a handler': { files: inInit("this.registerAction('a', () => { throw new Error() })") },
      'a throw that is caught': { files: inInit('try { throw 1 } catch (error) { console.warn(error) }') },
      'a service for development': {
        files: backendPlugin(NAME, { 'services/a.service.dev.ts': inClass('onInit() { throw 1 }') }),
      },
    },
    invalid: {
      'a throw when a variable is missing': {
        files: inInit("if (!process.env.A) throw new Error('no A')"),
        finds: [{ at: `${MAIN}:5:21`, plugin: NAME, says: 'the process stops, and with it every plugin' }],
      },
      'a throw in a method that onInit calls': {
        files: withClass('onInit() { this.demand() }\ndemand() { throw new Error() }'),
        finds: [{ at: `${MAIN}:5:12`, plugin: NAME, says: 'onInit throws here' }],
      },
    },
  },
  {
    rule: 'service/logger-in-init',
    valid: {
      'in onInited': { files: withClass("onInit() {}\nonInited() { this.logger.info('a') }") },
      'in a handler': { files: inInit("this.registerAction('a', () => this.logger.info('a'))") },
      'in a method that onInit does not call': {
        files: withClass('onInit() {}\nlist() { this.logger.info(1) }'),
      },
    },
    invalid: {
      'in onInit': {
        files: inInit("this.logger.info('a')"),
        finds: [{ at: `${MAIN}:5:1`, plugin: NAME, says: 'use console here, or move this to onInited' }],
      },
      'in a method that onInit calls': {
        files: withClass("onInit() { this.setUp() }\nsetUp() { this.logger.warn('a') }"),
        finds: [{ at: `${MAIN}:5:11`, plugin: NAME, says: 'this.logger is undefined in onInit' }],
      },
    },
  },
  {
    rule: 'service/unknown-registration',
    valid: {
      'a method of the SDK': {
        files: { ...inInit("this.registerAction('a', f)"), [BASE]: 'registerAction() {}' },
      },
      'a method that this repository’s SDK has': {
        files: { ...inInit("this.registerBot('a')"), [BASE]: 'class TcService { registerBot(name) {} }' },
      },
      'a method of the class': {
        files: { ...withClass('onInit() { this.registerAll() }\nregisterAll() {}'), [BASE]: '' },
      },
      'a class that may inherit it': {
        files: {
          ...backendPlugin(NAME, {
            'services/main.service.ts': inClass("onInit() { this.registerBot('a') }", 'Base'),
          }),
          [BASE]: '',
        },
      },
      'a repository without the SDK’s source': { files: inInit("this.registerBot('a')") },
    },
    invalid: {
      'a method that nobody has': {
        files: { ...inInit("this.registerActions('a', f)"), [BASE]: 'registerAction() {}' },
        finds: [
          { at: `${MAIN}:5:1`, plugin: NAME, says: `TcService (${BASE}) has a method registerActions` },
        ],
      },
    },
  },
  {
    rule: 'service/field-reset',
    valid: {
      'declare, which leaves nothing behind': {
        files: modern('private declare a: A\nonInit() { this.a = new A() }\nlist() { return this.a }'),
      },
      'an abstract or static field': {
        files: modern(
          'abstract a: A\nstatic b: B\nonInit() { this.a = f(); Main.b = 1 }\nlist() { return this.a }',
        ),
      },
      'a field without value where the compiler leaves it out': {
        files: modern('private a: A\nonInit() { this.a = new A() }\nlist() { return this.a }', 'es2021'),
      },
      'the same where useDefineForClassFields says so': {
        files: {
          ...modern('private a: A\nonInit() { this.a = new A() }\nlist() { return this.a }'),
          'server/tsconfig.json':
            '{ "extends": ["../tsconfig"], "compilerOptions": { "useDefineForClassFields": false } }',
        },
      },
      'a field that is set in onStart': {
        files: modern(
          'private a: A\nonInit() {}\nasync onStart() { this.a = f() }\nlist() { return this.a }',
        ),
      },
      'a field that is set again when it is needed': {
        files: modern('private a: A\nonInit() { this.a = f() }\nlist() { this.a ??= f(); return this.a }'),
      },
      'a field that is set after an await, when there are fields': {
        files: modern(
          'private a: A\nonInit() { this.load() }\nasync load() { this.a = await f() }\nlist() { return this.a }',
        ),
      },
      'a field that a handler sets': {
        files: modern(
          "private a: A\nonInit() { this.registerAction('a', () => { this.a = 1 }) }\nlist() { return this.a }",
        ),
      },
      'a field that only onInit reads': {
        files: modern('private a: A\nonInit() { this.a = f(); this.a.go() }'),
      },
      'the value that it has anyway': {
        files: modern(
          'private a = null\nprivate b\nonInit() { this.a = null; this.b = undefined }\nlist() { return this.a + this.b }',
        ),
      },
      'fields that are set in another way': {
        files: modern(
          'private a: A\nonInit() { this.a = f() }\nasync onStart() { Object.assign(this, g()) }\nlist() { return this.a }',
        ),
      },
      'a class that extends another': {
        files: {
          ...modern(''),
          [MAIN]: inClass('private a: A\nonInit() { this.a = f() }\nlist() { return this.a }', 'Base'),
        },
      },
    },
    invalid: {
      'a field that is only declared': {
        files: modern('private a: A\nonInit() { this.a = new A() }\nlist() { return this.a }'),
        finds: [
          { at: `${MAIN}:5:12`, plugin: NAME, says: 'a is set here and reset to undefined right after' },
        ],
        fixed: {
          [MAIN]: inClass('private declare a: A\nonInit() { this.a = new A() }\nlist() { return this.a }'),
        },
      },
      'one that is promised to be there': {
        files: modern('a!: A\nonInit() { if (x) { this.a = f() } }\nlist() { return this.a }', 'ES2022'),
        finds: [{ at: `${MAIN}:5:21`, plugin: NAME, says: 'write `declare`' }],
      },
      'a field with a value, whatever the compiler does': {
        files: withClass(
          'a = 1\nonInit() { this.setUp() }\nsetUp() { this.a = 2 }\nlist() { return this.a }',
        ),
        finds: [{ at: `${MAIN}:6:11`, plugin: NAME, says: 'reset to the value of its declaration' }],
      },
      'a field that a handler in onInit reads': {
        files: modern("a: A\nonInit() { this.a = f()\nthis.registerAction('a', () => this.a.go()) }"),
        finds: [{ at: `${MAIN}:5:12`, plugin: NAME, says: 'a is set here' }],
      },
      'a field that onInited sets, which the constructor calls too': {
        files: modern('a: A\nonInit() {}\nonInited() { this.a = f() }\nlist() { return this.a }'),
        finds: [{ at: `${MAIN}:6:14`, plugin: NAME, says: 'a is set here' }],
      },
      'what TcService has set': {
        files: modern('private readonly broker: ServiceBroker\nonInit() {}'),
        finds: [{ at: `${MAIN}:4:18`, plugin: NAME, says: 'this resets broker, which TcService has set' }],
      },
      'a plugin that goes on a base image, which Tailchat’s own options compile': {
        files: {
          'client/web/registry.json': undefined,
          'client/web/src/plugin/builtin.ts': undefined,
          'package.json': undefined,
          'plugins/com.acme.audit/services/main.service.ts': inClass(
            'private a: A\nonInit() { this.a = new A() }\nlist() { return this.a }',
          ),
        },
        finds: [
          { at: 'plugins/com.acme.audit/services/main.service.ts:5:12', plugin: NAME, says: 'a is set' },
        ],
      },
    },
  },
  {
    rule: 'service/field-too-early',
    valid: {
      'a field that onInit has set before': {
        files: modern('a = f()\nonInit() { this.a = g(); this.a.go() }'),
      },
      'a field in a handler, in onStart and in a method': {
        files: modern(
          "a = f()\nonInit() { this.registerAction('a', () => this.a.go()) }\nasync onStart() { this.a.go() }",
        ),
      },
      'a field after an await': {
        files: modern('a = f()\nasync onInit() { await g(); this.a.go() }'),
      },
      'a flag that is off either way': {
        files: modern('a = false\nb = 0\nonInit() { if (this.a) return; if (!this.b) go() }'),
      },
      'a static field': { files: modern('static a = f()\nonInit() { Main.a.go() }') },
      'a private field after the constructor': {
        files: modern('#a = f()\nonInit() {}\nlist() { return this.#a }'),
      },
      'a method': { files: modern('onInit() { this.setUp() }\nsetUp() {}') },
    },
    invalid: {
      'a map': {
        files: modern("routes = new Map()\nonInit() { this.routes.set('a', 'b') }"),
        finds: [{ at: `${MAIN}:5:12`, plugin: NAME, says: 'routes is undefined here' }],
      },
      'a function that is a field': {
        files: withClass('setUp = () => {}\nonInit() { this.setUp() }'),
        finds: [{ at: `${MAIN}:5:12`, plugin: NAME, says: 'the process stops, and with it every plugin' }],
      },
      'a value that is handed on': {
        files: modern("fields = ['a']\nonInit() { this.registerDbField(this.fields) }"),
        finds: [{ at: `${MAIN}:5:33`, plugin: NAME, says: /^(?!.*stops)/ }],
      },
      'a value that is destructured': {
        files: modern('a = 1\nonInit() { const { a } = this; go(a) }'),
        finds: [{ at: `${MAIN}:5:20`, plugin: NAME, says: 'a is undefined here' }],
      },
      'a field in the service’s name': {
        files: {
          ...modern(''),
          [MAIN]: `class Main extends TcService {\na = 'b'\nget serviceName() { return 'plugin:${NAME}.' + this.a }\nonInit() {}\n}\nexport default Main`,
        },
        finds: [{ at: `${MAIN}:3:55`, plugin: NAME, says: 'a is undefined here' }],
      },
      'a private field that is set': {
        files: modern('#a: A\nonInit() { this.#a = f() }'),
        finds: [{ at: `${MAIN}:5:12`, plugin: NAME, says: '#a is not there yet' }],
      },
      'a private method': {
        files: modern("onInit() { this.registerAction('a', this.#list) }\n#list() {}"),
        finds: [{ at: `${MAIN}:4:37`, plugin: NAME, says: '#list is not there yet' }],
      },
      'onInit as a field': {
        files: modern('onInit = () => {}'),
        finds: [{ at: `${MAIN}:4:1`, plugin: NAME, says: 'make it a method' }],
      },
      'onStart as a field': {
        files: modern('onInit() {}\nonStart = async () => {}'),
        finds: [{ at: `${MAIN}:5:1`, plugin: NAME, says: 'it never runs' }],
      },
    },
  },
  {
    rule: 'service/handler-undefined',
    valid: {
      'a method': { files: modern("onInit() { this.registerAction('a', this.list) }\nlist() {}") },
      'a function that calls the field': {
        files: modern("list = () => 1\nonInit() { this.registerAction('a', () => this.list()) }"),
      },
      'a field that onInit has set': {
        files: modern("onInit() { this.list = () => 1; this.registerAction('a', this.list) }\nlist"),
      },
    },
    invalid: {
      'a function that is a field': {
        files: withClass("list = async () => 1\nonInit() { this.registerAction('a', this.list) }"),
        finds: [{ at: `${MAIN}:5:37`, plugin: NAME, says: 'the action a is listed, and each call throws' }],
      },
      'a listener, and the field in two places': {
        files: modern(
          "on = () => 1\nonInit() { this.registerEventListener('a.b', this.on)\nthis.registerAvailableAction(this.on) }",
        ),
        finds: [
          { at: `${MAIN}:5:46`, plugin: NAME, says: 'the event a.b is listened to, and each one throws' },
          { at: `${MAIN}:6:30`, plugin: NAME, says: 'the action available is listed' },
        ],
      },
    },
  },
  {
    rule: 'service/registered-too-late',
    valid: {
      'in onInit, in what it calls and in its callbacks': {
        files: withClass(
          "onInit() { this.setUp(); list.forEach((x) => this.registerAction(x, f)) }\nsetUp() { this.registerAction('a', f) }",
        ),
      },
      'in a method that onInit may hand on': {
        files: withClass(
          "onInit() { list.forEach(this.setUp, this) }\nsetUp() { this.registerAction('a', f) }",
        ),
      },
      'what onStart does again': {
        files: withClass(
          "onInit() { this.setUp() }\nasync onStart() { this.setUp() }\nsetUp() { this.registerAction('a', f) }",
        ),
      },
      'an open route and a hook, which count at any time': {
        files: withClass(
          "onInit() {}\nasync onStart() { this.registerAuthWhitelist(['/a']); this.registerAfterActionHook('a.b', 'c') }",
        ),
      },
      'behind an await that may not happen': {
        files: withClass("async onInit() { if (x) await f()\nthis.registerAction('a', f) }"),
      },
      'in a class that extends another': {
        files: backendPlugin(NAME, {
          'services/main.service.ts': inClass("onStart() { this.registerAction('a', f) }", 'Base'),
        }),
      },
      'where the schema is read again': {
        files: withClass(
          "onInit() {}\nonInited() { this.registerAction('a', f); this.parseServiceSchema(s) }",
        ),
      },
    },
    invalid: {
      'in onStart': {
        files: withClass(
          "onInit() {}\nasync onStart() {\nthis.registerAction('a', this.list)\nthis.registerEventListener('a.b', f) }",
        ),
        finds: [
          { at: `${MAIN}:6:21`, plugin: NAME, says: 'registerAction of a is called in onStart' },
          { at: `${MAIN}:7:28`, plugin: NAME, says: 'registerEventListener of a.b is called in onStart' },
        ],
      },
      'in onInited, which comes after the schema': {
        files: withClass("onInit() {}\nonInited() { this.registerLocalDb(require('./a')) }"),
        finds: [{ at: `${MAIN}:5:14`, plugin: NAME, says: 'it has no effect; call it in onInit' }],
      },
      'in a constructor': {
        files: withClass("constructor(b) { super(b); this.registerAction('a', f) }\nonInit() {}"),
        finds: [{ at: `${MAIN}:4:48`, plugin: NAME, says: 'in the constructor after super()' }],
      },
      'in a promise': {
        files: inInit("f().then(() => this.registerAction('a', f))"),
        finds: [{ at: `${MAIN}:5:36`, plugin: NAME, says: 'in what then runs later' }],
      },
      'after an await': {
        files: withClass("async onInit() { await f()\nthis.registerAction('a', f) }"),
        finds: [{ at: `${MAIN}:5:21`, plugin: NAME, says: 'after an await' }],
      },
      'in a handler': {
        files: withClass(
          "onInit() { this.registerAction('a', this.list) }\nlist() { this.registerEventListener('b', f) }",
        ),
        finds: [{ at: `${MAIN}:5:37`, plugin: NAME, says: 'in the handler list' }],
      },
      'in a method that nothing calls': {
        files: withClass("onInit() {}\nsetUp() { this.registerAction('a', f) }"),
        finds: [{ at: `${MAIN}:5:31`, plugin: NAME, says: 'in setUp, which nothing calls' }],
      },
    },
  },
  {
    rule: 'service/unused-lifecycle',
    valid: {
      'onStart and onStop': { files: withClass('onInit() {}\nasync onStart() {}\nasync onStop() {}') },
      'a plain schema, where moleculer calls it': {
        files: backendPlugin(NAME, {
          'services/main.service.ts': `export default { name: 'plugin:${NAME}', started() {} }`,
        }),
      },
      'a method that the class calls itself': {
        files: withClass('onInit() {}\nasync onStart() { await this.started() }\nasync started() {}'),
      },
      'a class that extends another': {
        files: backendPlugin(NAME, { 'services/main.service.ts': inClass('started() {}', 'Base') }),
      },
    },
    invalid: {
      'started and stopped': {
        files: withClass('onInit() {}\nasync started() {}\nstopped() {}'),
        finds: [
          {
            at: `${MAIN}:5:7`,
            plugin: NAME,
            says: 'named started, which is never called; TcService calls onStart',
          },
          { at: `${MAIN}:6:1`, plugin: NAME, says: 'TcService calls onStop' },
        ],
        fixed: { [MAIN]: inClass('onInit() {}\nasync onStart() {}\nasync onStop() {}') },
      },
      'a field': {
        files: withClass('onInit() {}\nstarted = async () => {}'),
        finds: [{ at: `${MAIN}:5:1`, plugin: NAME, says: 'onStart' }],
      },
    },
  },
  {
    rule: 'service/needs-environment',
    valid: {
      'no condition': { files: inInit("this.registerAction('a', f)") },
      'a condition that asks for no variable': { files: inInit("if (this.x) this.registerAction('a', f)") },
      'a variable that is only used': {
        files: inInit("this.url = process.env.URL\nthis.registerAction('a', f)"),
      },
    },
    invalid: {
      'actions, routes, events and hooks behind a guard': {
        files: withClass(
          "get key() { return process.env.KEY }\nonInit() {\nif (!this.key || !process.env.ID) return\nthis.registerAction('a', f)\nthis.registerAuthWhitelist(['/a'])\nthis.registerEventListener('e', f)\nthis.registerAfterActionHook('user.register', 'a')\n}",
        ),
        finds: [
          {
            at: `${MAIN}:7:21`,
            plugin: NAME,
            says: 'depends on ID, KEY: action a, open route /a, event e, hook on user.register',
          },
        ],
      },
    },
  },
  {
    rule: 'service/second-database',
    valid: {
      one: { files: inInit("this.registerLocalDb(require('../models/a').default)") },
      'one of two': {
        files: inInit(
          "if (x) { this.registerLocalDb(require('./a')) } else { this.registerLocalDb(require('./b')) }",
        ),
      },
    },
    invalid: {
      'two in a row': {
        files: inInit(
          "this.registerLocalDb(require('../models/a').default)\nthis.registerLocalDb(require('../models/b').default)",
        ),
        finds: [
          {
            at: `${MAIN}:6:1`,
            plugin: NAME,
            says: 'registerLocalDb of ../models/b is ignored: the service has ../models/a already',
          },
        ],
      },
    },
  },
  {
    rule: 'service/shared-collection',
    valid: {
      'two names': {
        files: {
          ...withModel('com.acme.tickets', 'p_tickets'),
          ...withModel('com.other.tickets', 'p_other_tickets'),
        },
      },
      'a model that no service registers': {
        files: {
          ...withModel('com.acme.tickets', 'p_tickets'),
          ...backendPlugin('com.other.tickets', { 'models/ticket.ts': model('p_tickets') }),
        },
      },
      'two services of one plugin': {
        files: {
          ...withModel('com.acme.tickets', 'p_tickets'),
          'server/plugins/com.acme.tickets/services/b.service.ts': inClass(
            "onInit() { this.registerLocalDb(require('../models/ticket').default) }",
          ),
        },
      },
      'a name that is computed': {
        files: { ...withModel('com.acme.a', '${x}'), ...withModel('com.acme.b', '${x}') },
      },
    },
    invalid: {
      'one name in two plugins': {
        files: {
          ...withModel('com.acme.tickets', 'p_tickets'),
          ...withModel('com.other.tickets', 'p_tickets'),
        },
        finds: [
          {
            at: 'server/plugins/com.other.tickets/models/ticket.ts:1:28',
            plugin: 'com.other.tickets',
            says: '"p_tickets", as that of com.acme.tickets (server/plugins/com.acme.tickets/models/ticket.ts)',
          },
        ],
      },
    },
  },
  {
    rule: 'service/rest-route',
    valid: {
      'an action without one': { files: inInit("this.registerAction('a', f, { visibility: 'public' })") },
      'one that is switched off': { files: inInit("this.registerAction('a', f, { rest: undefined })") },
      'a parameter of that name': {
        files: inInit("this.registerAction('a', f, { params: { rest: 'string' } })"),
      },
    },
    invalid: {
      'a route': {
        files: inInit("this.registerAction('a', f, {\nrest: 'GET /a',\n})"),
        finds: [
          {
            at: `${MAIN}:6:1`,
            plugin: NAME,
            says: `the action a has \`rest: 'GET /a'\`: a plugin’s REST routes answer 404`,
          },
        ],
        fixed: mainWithInit("this.registerAction('a', f, {\n})"),
      },
      'routes before, between and behind other properties': {
        files: inInit(
          "this.registerAction('a', f, { rest: '/a', cache: true })\nthis.registerAction('b', f, { cache: true, rest: '/b' })\nthis.registerAction('c', f, { x, rest: '/c', cache: true })\nthis.registerAction('d', f, { rest: '/d' })",
        ),
        finds: [
          { at: `${MAIN}:5:31`, plugin: NAME, says: 'the action a has' },
          { at: `${MAIN}:6:44`, plugin: NAME, says: 'the action b has' },
          { at: `${MAIN}:7:34`, plugin: NAME, says: 'the action c has' },
          { at: `${MAIN}:8:31`, plugin: NAME, says: 'the action d has' },
        ],
        fixed: mainWithInit(
          "this.registerAction('a', f, { cache: true })\nthis.registerAction('b', f, { cache: true })\nthis.registerAction('c', f, { x, cache: true })\nthis.registerAction('d', f, { })",
        ),
      },
      'a route on lines of its own, with CRLF': {
        files: inInit(
          "this.registerAction('a', f, {\r\n  x,\r\n  rest: {\r\n    path: '/a',\r\n  },\r\n  y,\r\n})",
        ),
        finds: [{ at: `${MAIN}:7:3`, plugin: NAME, says: "`rest: { path: '/a', }`" }],
        fixed: mainWithInit("this.registerAction('a', f, {\r\n  x,\r\n  y,\r\n})"),
      },
      'the action of a schema': {
        files: backendPlugin(NAME, {
          'services/main.service.ts': `export default {\n  name: 'plugin:${NAME}',\n  actions: { a: { rest: { path: '/a' }, handler() {} } },\n}`,
        }),
        finds: [{ at: `${MAIN}:3:19`, plugin: NAME, says: `/api/plugin:${NAME}/a` }],
      },
    },
  },
  {
    rule: 'service/open-route-without-slash',
    valid: {
      'a slash': { files: inInit("this.registerAuthWhitelist(['/a', '/a/b'])") },
      'a dot, which is compared as a slash': { files: inInit("this.registerAuthWhitelist(['.a'])") },
      'a path that is computed': { files: inInit('this.registerAuthWhitelist([path, `${a}/b`, `/${a}`])') },
    },
    invalid: {
      'no slash': {
        files: inInit("this.registerAuthWhitelist(['/a', 'webhook'])"),
        finds: [
          {
            at: `${MAIN}:5:35`,
            plugin: NAME,
            says: `"webhook" must begin with /: this opens plugin:${NAME}webhook, and plugin:${NAME}/webhook stays`,
          },
        ],
        fixed: mainWithInit("this.registerAuthWhitelist(['/a', '/webhook'])"),
      },
      'a template without one': {
        files: inInit('this.registerAuthWhitelist([`hook/${name}`])'),
        finds: [{ at: `${MAIN}:5:29`, plugin: NAME, says: '"hook/${name}" must begin with /' }],
      },
    },
  },
  {
    rule: 'service/development-only',
    valid: {
      'a service that production loads too': {
        files: backendPlugin(NAME, { 'services/b.service.dev.ts': service(`plugin:${NAME}.b`) }),
      },
      'a plugin that is declared so': {
        files: {
          ...development(),
          'tailchat-plugins.yml': `version: 1\nplugins: { ${NAME}: { services: dev } }\n`,
        },
      },
      'no services at all': { files: backendPlugin(NAME, { 'services/main.service.ts': undefined }) },
      'a file whose name is another mistake': {
        files: {
          ...development(),
          [`server/plugins/${NAME}/services/xService.ts`]: service(`plugin:${NAME}`),
        },
      },
    },
    invalid: {
      'nothing else': {
        files: development(),
        finds: [
          {
            at: `server/plugins/${NAME}/services/main.service.dev.ts:1:1`,
            plugin: NAME,
            says: 'which production never loads',
          },
        ],
      },
    },
  },
  {
    rule: 'plugin/secret-in-source',
    valid: {
      'the environment': { files: withSource('export const key = process.env.KEY') },
      'a header that is looked for': {
        files: withSource(`if (text.includes('${KEY.slice(0, 31)}')) use(text)`),
      },
      'Amazon’s example': { files: withSource(`const id = '${'AK'}IAIOSFODNN7EXAMPLE'`) },
      'a name in capitals': { files: withSource('const ASIAPACIFICSOUTHEAST = 1') },
      'the beginning of a token': { files: withSource("if (token.startsWith('ghp_')) use(token)") },
      'a file that is no source': { files: backendPlugin(NAME, { 'data.json': json({ AWS }) }) },
    },
    invalid: {
      'a private key': {
        files: withSource(`export const key = \`${KEY}\``),
        finds: [{ at: `server/plugins/${NAME}/lib/a.ts:1:21`, plugin: NAME, says: 'a private key' }],
      },
      'a private key in one line': {
        files: withSource(`export const key = '${KEY.replace('\n', '\\n')}'`),
        finds: [{ at: `server/plugins/${NAME}/lib/a.ts:1:21`, plugin: NAME, says: 'a private key' }],
      },
      'two more kinds': {
        files: withSource(`const id = '${AWS}'\nconst token = '${TOKEN}'`),
        finds: [
          { at: `server/plugins/${NAME}/lib/a.ts:1:13`, plugin: NAME, says: 'the id of an AWS access key' },
          { at: `server/plugins/${NAME}/lib/a.ts:2:16`, plugin: NAME, says: 'a GitHub token' },
        ],
      },
      'one in a comment of a web part': {
        files: fullstackPlugin(NAME, { [`web/plugins/${NAME}/src/index.tsx`]: `// ${TOKEN}\nexport {}` }),
        finds: [
          {
            at: `server/plugins/${NAME}/web/plugins/${NAME}/src/index.tsx:1:4`,
            plugin: NAME,
            says: /^(?!.*a1B2c3)/,
          },
        ],
      },
    },
  },
]

/** A server that is compiled as Tailchat's is: fields are defined. */
function modern(members: string, target = 'esnext'): Files {
  return {
    ...withClass(members),
    'server/tsconfig.json': '{ "extends": "../tsconfig.json", /* as in Tailchat */ }',
    'tsconfig.json': json({ compilerOptions: { target } }),
  }
}

/** A service class with these members, which begin in line 4. */
function inClass(members: string, parent = 'TcService'): string {
  return `import { ${parent} } from 'tailchat-server-sdk'
export default class Main extends ${parent} {
get serviceName() { return 'plugin:${NAME}' }
${members}
}
`
}

function withClass(members: string): Files {
  return backendPlugin(NAME, { 'services/main.service.ts': inClass(members) })
}

/** The same with this in its onInit, which begins in line 5. */
function inInit(body: string): Files {
  return withClass(`onInit() {\n${body}\n}`)
}

function mainWithInit(body: string): Files {
  return { [MAIN]: inClass(`onInit() {\n${body}\n}`) }
}

function withSource(text: string): Files {
  return backendPlugin(NAME, { 'lib/a.ts': text })
}

function development(): Files {
  return backendPlugin(NAME, {
    'services/main.service.ts': undefined,
    'services/main.service.dev.ts': service(`plugin:${NAME}`),
  })
}

function withModel(name: string, collection: string): Files {
  return backendPlugin(name, {
    'services/main.service.ts': `export default class extends TcService {
  get serviceName() { return 'plugin:${name}' }
  onInit() { this.registerLocalDb(require('../models/ticket').default) }
}`,
    'models/ticket.ts': model(collection),
  })
}

function model(collection: string): string {
  return `@modelOptions({ options: { customName: \`${collection}\` } })\nexport class Ticket {}\n`
}
