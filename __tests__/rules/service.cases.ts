import { backendPlugin, type Files, fullstackPlugin, service } from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const NAME = 'com.acme.audit'
const MAIN = `server/plugins/${NAME}/services/main.service.ts`

export const serviceCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'service/syntax-error',
    valid: {
      'decorators, types and casts': {
        files: withService(
          '@sealed class Main extends TcService {}\nexport default Main as unknown as Schema',
        ),
      },
      'JSX in a .tsx file': {
        files: backendPlugin(NAME, {
          'services/mail.service.tsx': 'const body = <b>hi</b>\nexport default Main',
        }),
      },
      'a file below web, which the bundler reads': {
        files: fullstackPlugin(NAME, { 'web/x.service.ts': 'class {' }),
      },
    },
    invalid: {
      'a class that does not end': {
        files: withService('class Main {\n  get serviceName() { return 1 }\n'),
        finds: [{ at: `${MAIN}:3:1`, plugin: NAME, says: 'not valid TypeScript: ' }],
      },
      'a conflict that was committed': {
        files: withService('const a = 1\r\n<<<<<<< HEAD\r\n'),
        finds: [{ at: `${MAIN}:2:3`, plugin: NAME, says: 'not valid TypeScript: ' }],
      },
    },
  },
  {
    rule: 'service/import-missing',
    valid: {
      'files, directories and endings': {
        files: backendPlugin(NAME, {
          'lib/a.ts':
            "import b from './b'\nimport c from './c.js'\nimport d from './d'\nexport * from '.'\nconst e = require('../models/e').default",
          'lib/b.tsx': '',
          'lib/c.ts': '',
          'lib/d/index.ts': '',
          'lib/index.ts': '',
          'models/e.ts': '',
        }),
      },
      'types, comments, and what may be missing on purpose': {
        files: backendPlugin(NAME, {
          'lib/a.ts':
            "import type { A } from './no'\n// import b from './no'\ntry { require('./no') } catch {}\nconst c = `\nimport c from './no'`",
        }),
      },
      'a test, and files elsewhere in the repository': {
        files: backendPlugin(NAME, {
          'test/a.spec.ts': "import a from './no'",
          'lib/b.ts': "import b from '../../../lib/utils'",
        }),
      },
    },
    invalid: {
      'a file that is not there': {
        files: backendPlugin(NAME, {
          'lib/a.ts': "import { b } from './b'\nfunction f() { return require('../models/c').default }",
        }),
        finds: [
          { at: `server/plugins/${NAME}/lib/a.ts:1:19`, plugin: NAME, says: '"./b" names no file' },
          { at: `server/plugins/${NAME}/lib/a.ts:2:31`, plugin: NAME, says: '"../models/c" names no file' },
        ],
      },
      'a file of other case': {
        files: backendPlugin(NAME, { 'lib/a.ts': "import { b } from './store'", 'lib/Store.ts': '' }),
        finds: [{ at: `server/plugins/${NAME}/lib/a.ts:1:19`, plugin: NAME, says: 'is lib/Store.ts, which' }],
      },
    },
  },
  {
    rule: 'service/file-name',
    valid: {
      'main.service.ts': { files: backendPlugin(NAME) },
      'main.service.dev.ts': {
        files: backendPlugin(NAME, { 'services/b.service.dev.ts': service(`plugin:${NAME}.b`) }),
      },
      'a class that the services of the plugin extend': {
        files: backendPlugin(NAME, {
          'lib/base.ts': service(`plugin:${NAME}`),
          'services/main.service.ts':
            "import Base from '../lib/base'\nexport default class Main extends Base {}\n",
        }),
      },
      'an abstract class, and a test with a service of its own': {
        files: backendPlugin(NAME, {
          'lib/base.ts': service('plugin:x').replace('class Main', 'abstract class Main'),
          'test/fake.ts': service('plugin:y'),
        }),
      },
      'a helper with a service-like name': {
        files: backendPlugin(NAME, { 'lib/mailService.ts': 'export class MailService {}' }),
      },
      'a helper that takes the name of a service': {
        files: backendPlugin(NAME, {
          'lib/callService.ts': 'export const call = (serviceName: string) => 1',
        }),
      },
      'type declarations': {
        files: backendPlugin(NAME, { 'types/service.d.ts': 'declare class X { get serviceName(): string }' }),
      },
    },
    invalid: {
      'a service in services/ whose name says nothing': {
        files: backendPlugin(NAME, {
          'services/main.service.ts': undefined,
          'services/standup.ts': service(`plugin:${NAME}`),
        }),
        finds: [
          {
            at: `server/plugins/${NAME}/services/standup.ts:1:1`,
            plugin: NAME,
            says: 'standup.ts defines a service and is never loaded: rename it to standup.service.ts',
          },
        ],
      },
      'a service in services/index.ts': {
        files: backendPlugin(NAME, {
          'services/main.service.ts': undefined,
          'services/index.ts': service(`plugin:${NAME}`),
        }),
        finds: [
          {
            at: `server/plugins/${NAME}/services/index.ts:1:1`,
            plugin: NAME,
            says: 'rename it to index.service.ts',
          },
        ],
      },
      ...misnamed('mail.Service.ts', 'mail.service.ts'),
      ...misnamed('mailService.ts', 'mail.service.ts'),
      ...misnamed('mail.services.ts', 'mail.service.ts'),
      ...misnamed('mail-service.ts', 'mail.service.ts'),
      ...misnamed('mail.service.js', 'mail.service.ts'),
      ...misnamed('mail.service.mts', 'mail.service.ts'),
      ...misnamed('mail.Service.dev.ts', 'mail.service.dev.ts'),
      ...misnamed('service.ts', 'index.service.ts'),
    },
  },
  {
    rule: 'service/no-default-export',
    valid: {
      'export default': { files: backendPlugin(NAME) },
      'export { X as default }': { files: withService('class Main {}\nexport { Main as default }') },
      'export =': { files: withService('class Main {}\nexport = Main') },
      'module.exports =': { files: withService(`module.exports = { name: 'plugin:${NAME}' }`) },
      'a default that another file has': { files: withService("export { default } from '../lib/main'") },
      'a file that does not parse, which is another finding': { files: withService('class {') },
    },
    invalid: {
      'a class that is not exported': {
        files: withService(service(`plugin:${NAME}`).replace('export default Main', '')),
        finds: [{ at: `${MAIN}:1:1`, plugin: NAME, says: 'end the file with `export default`' }],
      },
      'a named export': {
        files: withService('export class Main extends TcService {}'),
        finds: [{ at: `${MAIN}:1:1`, plugin: NAME, says: 'there is no default export' }],
      },
      'an empty file': {
        files: withService(''),
        finds: [{ at: `${MAIN}:1:1`, plugin: NAME, says: 'there is no default export' }],
      },
    },
  },
  {
    rule: 'service/name-missing',
    valid: {
      'a getter': { files: backendPlugin(NAME) },
      'a schema with a name': { files: withService(`export default { name: 'plugin:${NAME}' }`) },
      'a schema that may take its name from another': { files: withService('export default { ...base }') },
      'a class that may inherit it': { files: withService('export default class extends Base {}') },
      'a name that is computed': {
        files: withService(
          'export default class extends TcService { get serviceName() { return prefix + 1 } }',
        ),
      },
    },
    invalid: {
      'a class without a getter': {
        files: withService('class Main extends TcService {\n  onInit() {}\n}\nexport default Main'),
        finds: [{ at: `${MAIN}:1:1`, plugin: NAME, says: `get serviceName() { return 'plugin:${NAME}' }` }],
      },
      'a field, which is set too late': {
        files: withService(`export default class extends TcService { serviceName = 'plugin:${NAME}' }`),
        finds: [{ at: `${MAIN}:1:16`, plugin: NAME, says: 'the service has no name' }],
      },
      'a schema without a name': {
        files: withService('export default { actions: {} }'),
        finds: [{ at: `${MAIN}:1:16`, plugin: NAME, says: 'the service has no name' }],
      },
    },
  },
  {
    rule: 'service/name-mismatch',
    valid: {
      'a constant that is right': {
        files: withService(named(`plugin:${NAME}`).replace("'NAME'", 'SERVICE')),
      },
      'constants that name each other, and more of them than are followed': {
        files: withService(
          named("x'\nconst a = b + b\nconst b = a + a\nconst c = 'x").replace("'NAME'", '`${a}${b}`'),
        ),
      },
      'a name that stands for something else elsewhere in the file': {
        files: withService(named('user').replace("'NAME'", 'SERVICE') + 'const f = (SERVICE) => SERVICE\n'),
      },
      'plugin:NAME': { files: backendPlugin(NAME) },
      'plugin:NAME.sub': { files: withService(service(`plugin:${NAME}.sub.part`)) },
      'a name that only running the code can tell': {
        files: withService('export default createService({ actions: {} })'),
      },
    },
    invalid: {
      'a constant of the same file, without a fix': {
        files: withService(named('plugin:com.acme.oudit').replace("'NAME'", 'SERVICE')),
        finds: [{ at: `${MAIN}:5:12`, plugin: NAME, says: 'named "plugin:com.acme.oudit"' }],
      },
      'a template of a constant': {
        files: withService(named('com.acme.oudit').replace("'NAME'", '`plugin:${SERVICE}`')),
        finds: [{ at: `${MAIN}:5:12`, plugin: NAME, says: 'named "plugin:com.acme.oudit"' }],
      },
      'a constant of a module that it imports, through another module': {
        files: withService(
          named("x'\nimport { ID } from './events").replace("'NAME'", "'plugin:' + ID.own"),
          {
            'services/events.ts': "export { ID } from '../lib/id'\n",
            'lib/id/index.ts': "const OWN = 'com.acme.oudit'\nexport const ID = { own: OWN } as const\n",
          },
        ),
        finds: [{ at: `${MAIN}:6:12`, plugin: NAME, says: 'named "plugin:com.acme.oudit"' }],
      },
      'the name of a core service': {
        files: withService(service('user')),
        finds: [{ at: `${MAIN}:4:12`, plugin: NAME, says: `named "user"; it must be "plugin:${NAME}"` }],
        fixed: { [MAIN]: service(`plugin:${NAME}`) },
      },
      'the name of another plugin': {
        files: withService(service('plugin:com.acme.other')),
        finds: [{ at: `${MAIN}:4:12`, plugin: NAME, says: '"plugin:com.acme.other"' }],
      },
      'a longer name that is not a part of it': {
        files: withService(service(`plugin:${NAME}ing`)),
        finds: [{ at: `${MAIN}:4:12`, plugin: NAME, says: `"plugin:${NAME}ing"` }],
      },
      'a dot with nothing behind it': {
        files: withService(service(`plugin:${NAME}.`)),
        finds: [{ at: `${MAIN}:4:12`, plugin: NAME, says: `"plugin:${NAME}."` }],
      },
      'a schema': {
        files: withService("export default {\r\n  name: 'audit',\r\n}"),
        finds: [{ at: `${MAIN}:2:9`, plugin: NAME, says: '"audit"' }],
        fixed: { [MAIN]: `export default {\r\n  name: 'plugin:${NAME}',\r\n}` },
      },
    },
  },
  {
    rule: 'service/duplicate-name',
    valid: {
      'two names': {
        files: backendPlugin(NAME, { 'services/b.service.ts': service(`plugin:${NAME}.b`) }),
      },
      'a file for development that stands in for it': {
        files: backendPlugin(NAME, { 'services/main.service.dev.ts': service(`plugin:${NAME}`) }),
      },
      'two names that are computed': {
        files: backendPlugin(NAME, {
          'services/a.service.ts': 'export default create()',
          'services/b.service.ts': 'export default create()',
        }),
      },
    },
    invalid: {
      'one name twice in a plugin': {
        files: backendPlugin(NAME, { 'services/second.service.ts': service(`plugin:${NAME}`) }),
        finds: [
          {
            at: `server/plugins/${NAME}/services/second.service.ts:4:12`,
            plugin: NAME,
            says: `${MAIN} has the service name "plugin:${NAME}" already`,
          },
        ],
      },
      'one name in two plugins': {
        files: {
          ...backendPlugin(NAME),
          ...backendPlugin('com.acme.copy', { 'services/main.service.ts': service(`plugin:${NAME}`) }),
        },
        finds: [
          {
            at: 'server/plugins/com.acme.copy/services/main.service.ts:4:12',
            plugin: 'com.acme.copy',
            says: `${MAIN} has the service name`,
          },
        ],
      },
    },
  },
  {
    rule: 'service/not-compiled',
    valid: {
      'a file in services': { files: backendPlugin(NAME) },
      'a file of the browser side with a service-like name': {
        files: fullstackPlugin(NAME, { [`web/plugins/${NAME}/src/api.service.ts`]: 'export class Api {}' }),
      },
      'a directory whose name begins with web': {
        files: backendPlugin(NAME, { 'webhook/hook.service.ts': service(`plugin:${NAME}.hook`) }),
      },
    },
    invalid: Object.fromEntries(
      [
        ['web/hook.service.ts', 'nothing below a directory named web is compiled'],
        ['services/web/hook.service.ts', 'nothing below a directory named web is compiled'],
        ['services/.old/hook.service.ts', 'nothing at .old is compiled'],
        ['services/.hook.service.ts', 'nothing at .hook.service.ts is compiled'],
      ].map(([path = '', says = '']) => [
        path,
        {
          files: backendPlugin(NAME, { [path]: service(`plugin:${NAME}.hook`) }),
          finds: [{ at: `server/plugins/${NAME}/${path}:1:1`, plugin: NAME, says }],
        },
      ]),
    ),
  },
  {
    rule: 'service/file-not-emitted',
    valid: {
      'TypeScript modules, packages and the files of others': {
        files: withService(
          "import a from './a'\nimport b from './b.js'\nimport c from './c'\nconst d = require('axios')\nimport e from '../../../lib/x.json'\n",
          { 'services/a.ts': '', 'services/b.ts': '', 'services/c/index.ts': '' },
        ),
      },
      'a comment': {
        files: withService("// import a from './a.json'\n/* require('./a.json') */", {
          'services/a.json': '',
        }),
      },
      'an import of JSON where the compiler emits it': {
        files: {
          ...withService("import a from './a.json'", { 'services/a.json': '{}' }),
          'server/tsconfig.json': '{ "compilerOptions": { "resolveJsonModule": true } }',
        },
      },
      'JavaScript where the compiler emits it': {
        files: {
          ...withService("import a from './a'", { 'services/a.js': '' }),
          'tsconfig.json': '{ "compilerOptions": { "allowJs": true, /* "strict": true */ } }',
        },
      },
      'JavaScript that the build script copies itself': {
        files: {
          ...withService("import a from '../lib/frame'", { 'lib/frame.js': '' }),
          'server/package.json': JSON.stringify({ scripts: { build: 'ts-node scripts/build.ts' } }),
          'server/scripts/build.ts': `fs.copy('./plugins/${NAME}/lib', './dist/plugins/${NAME}/lib')`,
        },
      },
      'JSON that a script of the plugin copies': {
        files: withService("const a = require('../data/a.json')", {
          'data/a.json': '{}',
          'package.json': JSON.stringify({
            scripts: { 'build:web': 'cp -r data ../../dist/plugins/$npm_package_name' },
          }),
        }),
      },
      'the test of a plugin, and its browser side': {
        files: fullstackPlugin(NAME, {
          'test/a.spec.ts': "import a from './a.json'",
          'test/a.json': '{}',
          [`web/plugins/${NAME}/src/index.tsx`]: "import './style.css'",
          [`web/plugins/${NAME}/src/style.css`]: '',
        }),
      },
    },
    invalid: {
      'JavaScript where the build script copies something else': {
        files: {
          ...withService("import a from '../lib/frame'", { 'lib/frame.js': '' }),
          'server/package.json': JSON.stringify({ scripts: { build: 'ts-node scripts/build.ts' } }),
          'server/scripts/build.ts': "fs.copy('./views', './dist/views')\nglob('./plugins/*/node_modules/*')",
        },
        finds: [{ at: `${MAIN}:1:15`, plugin: NAME, says: 'lib/frame.js' }],
      },
      'an import of JSON': {
        files: withService("import { x } from 'x'\nimport data from '../data.json'", { 'data.json': '{}' }),
        finds: [{ at: `${MAIN}:2:18`, plugin: NAME, says: '"../data.json" is data.json, which the server' }],
      },
      'a require of JSON, even where the compiler emits what is imported': {
        files: {
          ...withService("const data = require('./data')", { 'services/data.json': '{}' }),
          'server/tsconfig.json': '{ "compilerOptions": { "resolveJsonModule": true } }',
        },
        finds: [{ at: `${MAIN}:1:22`, plugin: NAME, says: 'is services/data.json' }],
      },
      'JavaScript and a text beside a helper': {
        files: backendPlugin(NAME, {
          'lib/a.ts': "export * from './b'\nimport './c.txt'\n",
          'lib/b.js': '',
          'lib/c.txt': '',
        }),
        finds: [
          { at: `server/plugins/${NAME}/lib/a.ts:1:15`, plugin: NAME, says: '"./b" is lib/b.js' },
          { at: `server/plugins/${NAME}/lib/a.ts:2:8`, plugin: NAME, says: '"./c.txt" is lib/c.txt' },
        ],
      },
    },
  },
]

/** The backend plugin with this text for its service. */
function withService(text: string, more: Files = {}): Files {
  return backendPlugin(NAME, { 'services/main.service.ts': text, ...more })
}

/** A service in a file that is never loaded, and the name that the finding suggests for it. */
function misnamed(name: string, better: string): RuleCases<RepositoryCase>['invalid'] {
  return {
    [name]: {
      files: backendPlugin(NAME, { [`services/${name}`]: service(`plugin:${NAME}.mail`) }),
      finds: [
        {
          at: `server/plugins/${NAME}/services/${name}:1:1`,
          plugin: NAME,
          says: `${name} defines a service and is never loaded: rename it to ${better}`,
        },
      ],
    },
  }
}

/** A service that is named by an expression in the place of 'NAME', below a constant SERVICE. */
function named(constant: string): string {
  return `const SERVICE = '${constant}'\n${service('NAME')}`
}
