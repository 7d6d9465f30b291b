import { AUDIT, AUDIT_SERVICE, COMPOSE, type Fault, POLLS, type SampleFiles } from './fault.js'

/** Server code: what is compiled and loaded, what services register, and how they are started. */
export const serviceFaults: Fault[] = [
  {
    mode: 34,
    mistake: 'an import of a package that nothing declares',
    apply: ({ edit }) => edit(AUDIT_SERVICE, /^/, "import QRCode from 'qrcode';\n"),
    rule: 'dependency/undeclared',
    file: AUDIT_SERVICE,
    line: 'qrcode',
  },
  {
    mode: 37,
    mistake: 'a service in JavaScript',
    apply: ({ remove, write }) => {
      remove(AUDIT_SERVICE)
      write(
        AUDIT_SERVICE.replace('.ts', '.js'),
        "import { TcService } from 'tailchat-server-sdk';\n\nexport default class extends TcService {\n  get serviceName() {\n    return 'plugin:com.example.audit';\n  }\n  onInit() {}\n}\n",
      )
    },
    rule: 'service/file-name',
    file: AUDIT_SERVICE.replace('.ts', '.js'),
    mended: true,
  },
  {
    mode: 37,
    mistake: 'a JSON file beside server code that the compiler leaves behind',
    apply: ({ edit, write }) => {
      write(`${AUDIT}/services/words.json`, '{}\n')
      edit(
        AUDIT_SERVICE,
        'class AuditService',
        "const words = require('./words.json');\n\nclass AuditService",
      )
    },
    rule: 'service/file-not-emitted',
    file: AUDIT_SERVICE,
    line: './words.json',
  },
  {
    mode: 38,
    mistake: 'a service under a directory with a dot',
    apply: ({ rename }) => rename(AUDIT_SERVICE, `${AUDIT}/.services/audit.service.ts`),
    rule: 'service/not-compiled',
    file: `${AUDIT}/.services/audit.service.ts`,
  },
  {
    mode: 38,
    mistake: 'a service under web/',
    apply: ({ rename }) =>
      rename(`${POLLS}/services/archive.service.ts`, `${POLLS}/web/services/archive.service.ts`),
    rule: 'service/not-compiled',
    file: `${POLLS}/web/services/archive.service.ts`,
  },
  {
    mode: 40,
    mistake: 'a service for development only',
    apply: ({ rename }) => rename(AUDIT_SERVICE, `${AUDIT}/services/audit.service.dev.ts`),
    rule: 'service/development-only',
    file: `${AUDIT}/services/audit.service.dev.ts`,
    severity: 'notice',
  },
  ...['audit.Service.ts', 'auditService.ts'].map((name): Fault => ({
    mode: 41,
    mistake: `a service file named ${name}`,
    apply: ({ rename }) => rename(AUDIT_SERVICE, `${AUDIT}/services/${name}`),
    rule: 'service/file-name',
    file: `${AUDIT}/services/${name}`,
    mended: true,
  })),
  {
    mode: 42,
    mistake: 'a service without default export',
    apply: ({ edit }) => edit(AUDIT_SERVICE, /export default \w+;?/, ''),
    rule: 'service/no-default-export',
    file: AUDIT_SERVICE,
  },
  {
    mode: 42,
    mistake: 'a service without name',
    apply: ({ edit }) => edit(AUDIT_SERVICE, /get serviceName\(\) \{[^}]*\}/, ''),
    rule: 'service/name-missing',
    file: AUDIT_SERVICE,
    line: 'class AuditService',
  },
  {
    mode: 43,
    mistake: 'a service that uses its logger too early',
    apply: inOnInit("this.logger.info('early');"),
    rule: 'service/logger-in-init',
    file: AUDIT_SERVICE,
    line: 'this.logger',
  },
  {
    mode: 43,
    mistake: 'a service that throws',
    apply: inOnInit("if (!process.env.AUDIT_URL) throw new Error('AUDIT_URL is not set');"),
    rule: 'service/init-throws',
    file: AUDIT_SERVICE,
    line: 'throw',
    severity: 'warning',
  },
  {
    mode: 43,
    mistake: 'a registration method that the SDK does not have',
    apply: inOnInit("this.registerActions('extra', this.list);"),
    rule: 'service/unknown-registration',
    file: AUDIT_SERVICE,
    line: 'registerActions',
  },
  {
    mistake: 'an import of a file that is not there',
    apply: ({ edit }) => edit(AUDIT_SERVICE, /^/, "import { words } from './words';\n"),
    rule: 'service/import-missing',
    file: AUDIT_SERVICE,
    line: './words',
  },
  {
    mistake: 'a field that is declared and set in onInit',
    apply: (sample) => {
      sample.edit(
        'server/tsconfig.json',
        '"compilerOptions": {',
        '"compilerOptions": {\n    "target": "esnext",',
      )
      sample.edit(
        AUDIT_SERVICE,
        'onInit()',
        'private limit: number;\n\n  size() {\n    return this.limit;\n  }\n\n  onInit()',
      )
      inOnInit('this.limit = 10;')(sample)
    },
    rule: 'service/field-reset',
    file: AUDIT_SERVICE,
    line: 'this.limit = 10',
    mended: true,
  },
  {
    mistake: 'a field that is used in onInit',
    apply: (sample) => {
      sample.edit(AUDIT_SERVICE, 'onInit()', 'private routes = new Map();\n\n  onInit()')
      inOnInit("this.routes.set('a', 'b');")(sample)
    },
    rule: 'service/field-too-early',
    file: AUDIT_SERVICE,
    line: 'this.routes.set',
  },
  {
    mistake: 'a handler that is a field',
    apply: (sample) => {
      sample.edit(AUDIT_SERVICE, 'onInit()', 'private run = async () => 1;\n\n  onInit()')
      inOnInit("this.registerAction('run', this.run);")(sample)
    },
    rule: 'service/handler-undefined',
    file: AUDIT_SERVICE,
    line: 'this.run)',
  },
  {
    mistake: 'an action that onStart registers',
    apply: ({ edit }) =>
      edit(
        AUDIT_SERVICE,
        'onInit()',
        "async onStart() {\n    this.registerAction('late', () => 1);\n  }\n\n  onInit()",
      ),
    rule: 'service/registered-too-late',
    file: AUDIT_SERVICE,
    line: "registerAction('late'",
  },
  {
    mode: 45,
    mistake: 'two services of the same name',
    apply: ({ read, write }) => write(`${AUDIT}/services/second.service.ts`, read(AUDIT_SERVICE)),
    rule: 'service/duplicate-name',
    file: `${AUDIT}/services/second.service.ts`,
    line: "return 'plugin:com.example.audit'",
  },
  {
    mode: 46,
    mistake: 'a service that is not named after its plugin',
    apply: ({ edit }) => edit(AUDIT_SERVICE, 'plugin:com.example.audit', 'plugin:com.example.audits'),
    rule: 'service/name-mismatch',
    file: AUDIT_SERVICE,
    line: 'plugin:com.example.audits',
    mended: true,
  },
  {
    mode: 46,
    mistake: 'a service whose name comes from a constant with a slip',
    apply: ({ edit, write }) => {
      write(`${AUDIT}/lib/name.ts`, "export const PLUGIN = 'com.example.oudit';\n")
      edit(AUDIT_SERVICE, "'plugin:com.example.audit'", '`plugin:${PLUGIN}`')
      edit(AUDIT_SERVICE, /^/, "import { PLUGIN } from '../lib/name';\n")
    },
    rule: 'service/name-mismatch',
    file: AUDIT_SERVICE,
    line: '`plugin:${PLUGIN}`',
  },
  {
    mode: 41,
    mistake: 'a service in a file that is not named like one',
    apply: ({ rename }) => rename(AUDIT_SERVICE, `${AUDIT}/services/audit.ts`),
    rule: 'service/file-name',
    file: `${AUDIT}/services/audit.ts`,
    mended: true,
  },
  {
    mode: 47,
    mistake: 'a lifecycle method that is never called',
    apply: ({ edit }) => edit(AUDIT_SERVICE, /(\n\s*)(onInit\(\))/, '$1async started() {}\n$1$2'),
    rule: 'service/unused-lifecycle',
    file: AUDIT_SERVICE,
    line: 'started()',
    mended: true,
  },
  {
    mode: 48,
    mistake: 'actions behind an environment variable',
    apply: inOnInit('if (!process.env.AUDIT_URL) return;'),
    rule: 'service/needs-environment',
    file: AUDIT_SERVICE,
    line: "'record'",
    severity: 'notice',
  },
  {
    mode: 49,
    mistake: 'a second database',
    apply: (sample) => {
      for (const name of ['first', 'second']) sample.write(`${AUDIT}/models/${name}.ts`, modelOf(`p_${name}`))
      inOnInit(
        "this.registerLocalDb(require('../models/first').default);\n    this.registerLocalDb(require('../models/second').default);",
      )(sample)
    },
    rule: 'service/second-database',
    file: AUDIT_SERVICE,
    line: '../models/second',
  },
  {
    mode: 49,
    mistake: 'a collection that two plugins share',
    apply: (sample) => {
      for (const plugin of ['audit', 'polls']) {
        sample.write(`server/plugins/com.example.${plugin}/models/record.ts`, modelOf('p_record'))
        inOnInit(
          "this.registerLocalDb(require('../models/record').default);",
          `server/plugins/com.example.${plugin}/services/${plugin}.service.ts`,
        )(sample)
      }
    },
    rule: 'service/shared-collection',
    file: `${POLLS}/models/record.ts`,
    line: 'customName',
    severity: 'warning',
  },
  {
    mode: 56,
    mistake: 'a rest: on an action',
    apply: inOnInit("this.registerAction('extra', this.list, { rest: 'GET /extra' });"),
    rule: 'service/rest-route',
    file: AUDIT_SERVICE,
    line: 'rest:',
    mended: true,
  },
  {
    mode: 57,
    mistake: 'an open route without a slash',
    apply: inOnInit("this.registerAuthWhitelist(['list']);"),
    rule: 'service/open-route-without-slash',
    file: AUDIT_SERVICE,
    line: 'registerAuthWhitelist',
    mended: true,
  },
  {
    mode: 59,
    mistake: 'a source file that git ignores',
    apply: ({ edit, git, write }) => {
      edit('.gitignore', /^/, 'data\n')
      write(`${AUDIT}/data/prices.ts`, 'export const prices = {}\n')
      git('init', '--quiet')
    },
    rule: 'plugin/ignored-by-git',
    file: `${AUDIT}/data/prices.ts`,
    severity: 'warning',
  },
  {
    mode: 59,
    mistake: 'a source file that .dockerignore keeps out of the image',
    apply: ({ edit, write }) => {
      edit('.dockerignore', '**/dist\n', '**/dist\n**/data\n')
      write(`${AUDIT}/services/data/prices.ts`, 'export const prices = {}\n')
      edit(AUDIT_SERVICE, /^/, "import './data/prices';\n")
    },
    rule: 'plugin/kept-out',
    file: '.dockerignore',
    line: '**/data',
  },
  {
    mode: 61,
    mistake: 'a private key in the source',
    apply: ({ write }) =>
      write(
        `${AUDIT}/lib/key.ts`,
        `export const key =\n  \`-----BEGIN RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA'.repeat(4)}\n-----END RSA PRIVATE KEY-----\`;\n`,
      ),
    rule: 'plugin/secret-in-source',
    file: `${AUDIT}/lib/key.ts`,
    line: 'PRIVATE KEY',
    severity: 'warning',
  },
  {
    mode: 51,
    mistake: 'no service that loads plugins',
    apply: ({ edit }) => edit(COMPOSE, '      SERVICEDIR: plugins\n', '      SERVICEDIR: services\n'),
    rule: 'compose/plugins-not-loaded',
    file: COMPOSE,
    line: 'service-core:',
    severity: 'warning',
  },
  {
    mode: 51,
    mistake: 'a space in SERVICEDIR',
    apply: ({ edit }) => edit(COMPOSE, 'SERVICEDIR: plugins', "SERVICEDIR: 'services, plugins'"),
    rule: 'compose/service-dir-space',
    file: COMPOSE,
    line: 'SERVICEDIR',
    mended: true,
  },
  {
    mode: 51,
    mistake: 'a directory in SERVICEDIR that does not exist',
    apply: ({ edit }) => edit(COMPOSE, 'SERVICEDIR: plugins', 'SERVICEDIR: plugin'),
    rule: 'compose/service-dir-missing',
    file: COMPOSE,
    line: 'SERVICEDIR',
    severity: 'warning',
    also: ['compose/plugins-not-loaded'],
  },
  {
    mode: 52,
    mistake: 'SERVICES that is not relative to SERVICEDIR',
    apply: ({ edit }) => edit(COMPOSE, 'SERVICEDIR: plugins', "SERVICES: 'plugins/**/*.service.js'"),
    rule: 'compose/services-without-match',
    file: COMPOSE,
    line: 'SERVICES:',
    severity: 'warning',
    also: ['compose/plugins-not-loaded'],
    mended: true,
  },
  {
    mode: 53,
    mistake: 'another TRANSPORTER for the plugins',
    apply: ({ edit }) =>
      edit(COMPOSE, 'SERVICEDIR: plugins', 'SERVICEDIR: plugins\n      TRANSPORTER: redis://redis:6379'),
    rule: 'compose/transporter-differs',
    file: COMPOSE,
    line: 'redis:6379',
    severity: 'warning',
  },
  {
    mode: 60,
    mistake: 'a core service that no SERVICES names',
    apply: ({ edit }) => edit(COMPOSE, 'core/gateway,core/config', 'core/gateway'),
    rule: 'compose/core-service-not-loaded',
    file: COMPOSE,
    line: 'SERVICES:',
    severity: 'warning',
  },
  {
    mistake: 'a compose file in a directory of its own that loads no plugins',
    apply: ({ read, write }) =>
      write(
        'deploy/prod/docker-compose.yml',
        read(COMPOSE)
          .replaceAll('context: .', 'context: ../..')
          .replace('SERVICEDIR: plugins', 'SERVICEDIR: services'),
      ),
    rule: 'compose/plugins-not-loaded',
    file: 'deploy/prod/docker-compose.yml',
    line: 'service-core:',
    severity: 'warning',
  },
  {
    mistake: 'a Kubernetes Deployment with a directory in SERVICEDIR that does not exist',
    apply: ({ write }) =>
      write(
        'k8s/tailchat.yml',
        'kind: Deployment\nmetadata:\n  name: all\nspec:\n  template:\n    spec:\n      containers:\n        - image: ghcr.io/acme/tailchat\n          env:\n            - name: SERVICEDIR\n              value: services,plugins,more\n',
      ),
    rule: 'compose/service-dir-missing',
    file: 'k8s/tailchat.yml',
    line: 'services,plugins,more',
    severity: 'warning',
  },
  {
    mistake: 'a named volume over the compiled plugins',
    apply: ({ edit }) =>
      edit(
        COMPOSE,
        'SERVICEDIR: plugins',
        'SERVICEDIR: plugins\n    volumes:\n      - p:/app/tailchat/server/dist/plugins',
      ),
    rule: 'compose/volume-hides-plugins',
    file: COMPOSE,
    line: 'p:/app',
    severity: 'warning',
  },
  {
    mistake: 'another version of the image for the plugins',
    apply: ({ edit }) => edit(COMPOSE, /tailchat-sample(?![^]*tailchat-sample)/, 'tailchat-sample:old'),
    rule: 'compose/image-versions-differ',
    file: COMPOSE,
    line: 'tailchat-sample:old',
    severity: 'warning',
  },
]

/** Puts a line at the beginning of a service's onInit. */
function inOnInit(line: string, file = AUDIT_SERVICE): (sample: SampleFiles) => void {
  return ({ edit }) => edit(file, /(onInit\(\)[^{]*\{)/, `$1\n    ${line.replaceAll('$', '$$$$')}`)
}

function modelOf(customName: string): string {
  return `export default { options: { customName: '${customName}' } }\n`
}
