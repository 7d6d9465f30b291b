import { backendPlugin, type Files, service } from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const NAME = 'com.acme.audit'
const FILE = 'docker-compose.yml'

export const composeCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'compose/invalid',
    valid: {
      'a compose file': { files: stack({ core: { SERVICEDIR: 'services,plugins' } }) },
      'YAML that is no compose file': { files: { 'docker/k8s/app.yml': 'kind: Pod\nspec: [\n' } },
    },
    invalid: {
      'a list that does not end': {
        files: { [FILE]: 'services:\n  core:\n    environment: [\n' },
        finds: [{ at: `${FILE}:4:1`, says: 'not valid YAML: ' }],
      },
      'a key twice': {
        files: { 'docker/a.yml': 'services:\n  core: {}\n  core: {}\n' },
        finds: [{ at: 'docker/a.yml:3:3', says: 'Map keys must be unique' }],
      },
    },
  },
  {
    rule: 'compose/plugins-not-loaded',
    valid: {
      'one service for all': { files: stack({ all: { SERVICEDIR: 'services,plugins' } }) },
      'a service of their own': {
        files: stack({ core: { SERVICEDIR: 'services' }, b: { SERVICEDIR: 'plugins' } }),
      },
      patterns: {
        files: stack({ all: { SERVICEDIR: 'services', SERVICES: `core/*,../plugins/${NAME}/services/*` } }),
      },
      'no plugin with a service': {
        files: {
          ...stack({ core: { SERVICEDIR: 'services' } }),
          ...backendPlugin(NAME, { 'services/main.service.ts': undefined }),
        },
      },
      'what only the host knows': { files: stack({ core: { SERVICEDIR: '${DIRS:-services}' } }) },
      'an env file that is not committed': {
        files: { ...repository(), [FILE]: 'services:\n  core:\n    image: tailchat\n    env_file: .env\n' },
      },
      'other programs of the image': {
        files: {
          ...repository(),
          'docker/admin.yml': 'services:\n  admin:\n    build: ../\n    command: pnpm start:admin\n',
        },
      },
      'a script that may set it': {
        files: {
          ...repository(),
          [FILE]: 'services:\n  all:\n    image: tailchat\n    command: sh start.sh\n',
        },
      },
      'a file that changes another one': {
        files: {
          ...repository(),
          'docker-compose.override.yml': stackText({ core: { SERVICEDIR: 'services' } }),
        },
      },
      'a file that takes in another one': {
        files: {
          ...repository(),
          [FILE]: `include: [b.yml]\n${stackText({ core: { SERVICEDIR: 'services' } })}`,
        },
      },
      'what the image sets': {
        files: {
          ...repository(),
          Dockerfile: 'FROM node\nENV SERVICEDIR=services,plugins\n',
          [FILE]: 'services:\n  all:\n    build: .\n',
        },
      },
      'services of other images': {
        files: { ...repository(), [FILE]: 'services:\n  db:\n    image: mongo:4\n' },
      },
    },
    invalid: {
      'only the server’s own': {
        files: stack({ core: { SERVICEDIR: 'services' } }),
        finds: [
          {
            at: `${FILE}:2:3`,
            says: 'no service of this file loads server/plugins (core: SERVICEDIR=services)',
          },
        ],
      },
      'nothing at all': {
        files: { ...repository(), [FILE]: 'services:\n  core:\n    image: tailchat\n' },
        finds: [{ at: `${FILE}:2:3`, says: 'neither SERVICEDIR nor SERVICES is set' }],
      },
      'an env file says so': {
        files: {
          ...repository(),
          'docker-compose.env': 'SERVICEDIR=services\n',
          'docker/simple/compose.yaml':
            'services:\n  all:\n    build:\n      context: ../..\n    env_file: [../../docker-compose.env]\n',
        },
        finds: [{ at: 'docker/simple/compose.yaml:2:3', says: 'SERVICEDIR=services' }],
      },
      'some of them': {
        files: {
          ...stack({ core: { SERVICEDIR: 'services' }, b: { SERVICEDIR: 'plugins', SERVICES: NAME } }),
          ...backendPlugin('com.acme.other'),
        },
        finds: [{ at: `${FILE}:2:3`, says: 'no service of this file loads services of com.acme.other' }],
      },
      'a merge key': {
        files: {
          ...repository(),
          [FILE]:
            'x-all: &all\n  image: tailchat\n  environment: { SERVICEDIR: services }\nservices:\n  core:\n    <<: *all\n',
        },
        finds: [{ at: `${FILE}:5:3`, says: 'core: SERVICEDIR=services' }],
      },
    },
  },
  {
    rule: 'compose/service-dir-space',
    valid: {
      'no space': { files: stack({ all: { SERVICEDIR: 'services,plugins' } }) },
      'spaces in SERVICES, which are trimmed': {
        files: stack({ all: { SERVICEDIR: 'services', SERVICES: 'core/config, core/gateway' } }),
      },
      'spaces behind the value': { files: envFile('SERVICEDIR=services,plugins   \n') },
    },
    invalid: {
      'a map': {
        files: stack({ all: { SERVICEDIR: 'services, plugins' } }),
        finds: [{ at: `${FILE}:5:19`, says: 'no directory is named " plugins": write services,plugins' }],
        fixed: { [FILE]: stackText({ all: { SERVICEDIR: 'services,plugins' } }) },
      },
      'a list': {
        files: {
          ...repository(),
          [FILE]:
            'services:\n  all:\n    image: tailchat\n    environment:\n      - "SERVICEDIR=services ,plugins"\n',
        },
        finds: [{ at: `${FILE}:5:21`, says: 'no directory is named "services "' }],
        fixed: {
          [FILE]:
            'services:\n  all:\n    image: tailchat\n    environment:\n      - "SERVICEDIR=services,plugins"\n',
        },
      },
      'an env file that two services share': {
        files: envFile('# where\nSERVICEDIR="services, plugins"\n'),
        finds: [{ at: 'docker-compose.env:2:12', says: 'SERVICEDIR is "services, plugins"' }],
        fixed: { 'docker-compose.env': '# where\nSERVICEDIR="services,plugins"\n' },
      },
      'an env file that no compose file names': {
        files: {
          ...stack({ all: { SERVICEDIR: 'plugins' } }),
          'docker/prod.env': 'SERVICEDIR=services, plugins\n',
        },
        finds: [{ at: 'docker/prod.env:1:12', says: 'write services,plugins' }],
      },
    },
  },
  {
    rule: 'compose/service-dir-missing',
    valid: {
      'directories of server/': { files: stack({ all: { SERVICEDIR: 'services,plugins' } }) },
      'a directory further in': { files: stack({ all: { SERVICEDIR: './services/core,plugins' } }) },
      'a place outside': { files: stack({ all: { SERVICEDIR: 'services,/opt/plugins,../more' } }) },
    },
    invalid: {
      'a slip': {
        files: stack({ all: { SERVICEDIR: 'services,plugin' } }),
        finds: [{ at: `${FILE}:5:28`, says: 'there is no server/plugin (did you mean plugins?)' }],
      },
      'another case, in an env file': {
        files: envFile('SERVICEDIR=Services\n'),
        finds: [
          { at: 'docker-compose.env:1:12', says: 'there is no server/Services (did you mean services?)' },
        ],
      },
    },
  },
  {
    rule: 'compose/services-without-match',
    valid: {
      'a file, a file with its ending, a directory and a glob': {
        files: stack({
          all: {
            SERVICEDIR: 'services',
            SERVICES: 'core/config, core/gateway.service.js,core,core/*.service.js,!debug',
          },
        }),
      },
      'no SERVICEDIR': { files: stack({ all: { SERVICES: 'services/core/config,plugins' } }) },
      'one that matches in the second directory': {
        files: stack({ all: { SERVICEDIR: 'services,plugins', SERVICES: `core,${NAME}` } }),
      },
      'npm modules and absolute paths': {
        files: stack({ all: { SERVICEDIR: 'services', SERVICES: 'npm:moleculer-web,/opt/a.service.js' } }),
      },
      'what only the host knows': {
        files: stack({ all: { SERVICEDIR: 'services', SERVICES: 'core/${MORE}' } }),
      },
    },
    invalid: {
      'plugins below services': {
        files: stack({ all: { SERVICEDIR: 'services', SERVICES: `core/*,plugins/${NAME}` } }),
        finds: [
          {
            at: `${FILE}:6:24`,
            says: `"plugins/${NAME}", which is looked for in server/dist/services and not found: write "../plugins/${NAME}"`,
          },
        ],
        fixed: {
          [FILE]: stackText({ all: { SERVICEDIR: 'services', SERVICES: `core/*,../plugins/${NAME}` } }),
        },
      },
      'a slip': {
        files: stack({ all: { SERVICEDIR: 'services', SERVICES: 'core/gatway,core/config' } }),
        finds: [
          {
            at: `${FILE}:6:17`,
            says: 'matches no service in server/dist/services (did you mean core/gateway?)',
          },
        ],
      },
      'a source file': {
        files: stack({ all: { SERVICES: 'services/core/config.service.ts' } }),
        finds: [{ at: `${FILE}:5:17`, says: 'matches no service in server/dist' }],
      },
    },
  },
  {
    rule: 'compose/core-service-not-loaded',
    valid: {
      'all of them, in two services': {
        files: stack({
          a: { SERVICEDIR: 'services', SERVICES: 'core/gateway' },
          b: { SERVICEDIR: 'services', SERVICES: 'core/config' },
        }),
      },
      'the whole directory': { files: stack({ a: { SERVICEDIR: 'services' } }) },
      'a service that is no core service': {
        files: {
          ...stack({ a: { SERVICEDIR: 'services', SERVICES: 'core' } }),
          'server/services/debug.service.ts': service('debug'),
        },
      },
      'a file that runs plugins only': { files: stack({ a: { SERVICEDIR: 'plugins' } }) },
      'a part of them elsewhere': {
        files: stack({
          a: { SERVICEDIR: 'services', SERVICES: 'core/gateway' },
          b: { SERVICEDIR: '${DIRECTORY}' },
        }),
      },
    },
    invalid: {
      'one of two': {
        files: stack({ a: { SERVICEDIR: 'services', SERVICES: 'core/gateway' } }),
        finds: [
          {
            at: `${FILE}:6:17`,
            says: 'no service of this file loads services/core/config: add it to SERVICES of a',
          },
        ],
      },
    },
  },
  {
    rule: 'compose/transporter-differs',
    valid: {
      'the same': {
        files: stack({
          a: { SERVICEDIR: 'services', TRANSPORTER: 'TCP' },
          b: { SERVICEDIR: 'plugins', TRANSPORTER: 'TCP' },
        }),
      },
      'none at all': { files: stack({ a: { SERVICEDIR: 'services' }, b: { SERVICEDIR: 'plugins' } }) },
      'one that only the host knows': {
        files: stack({
          a: { SERVICEDIR: 'services', TRANSPORTER: 'TCP' },
          b: { SERVICEDIR: 'plugins', TRANSPORTER: '${T}' },
        }),
      },
      'another program': {
        files: {
          ...repository(),
          [FILE]: `${stackText({ a: { SERVICEDIR: 'services,plugins', TRANSPORTER: 'TCP' } })}  admin:\n    image: tailchat\n    command: pnpm start:admin\n`,
        },
      },
    },
    invalid: {
      'another address': {
        files: stack({
          a: { SERVICEDIR: 'services', TRANSPORTER: 'redis://redis:6379' },
          b: { SERVICEDIR: 'plugins', TRANSPORTER: 'redis://other:6379' },
        }),
        finds: [
          {
            at: `${FILE}:11:20`,
            says: 'TRANSPORTER of b is "redis://other:6379", and "redis://redis:6379" of a',
          },
        ],
      },
      'none in one of them': {
        files: stack({ a: { SERVICEDIR: 'services', TRANSPORTER: 'TCP' }, b: { SERVICEDIR: 'plugins' } }),
        finds: [{ at: `${FILE}:7:3`, says: 'TRANSPORTER of b is not set, and "TCP" of a' }],
      },
    },
  },
]

/** A server with two core services and a plugin. */
function repository(): Files {
  return {
    ...backendPlugin(NAME),
    'server/services/core/gateway.service.ts': service('gateway'),
    'server/services/core/config.service.ts': service('config'),
  }
}

function stack(services: Record<string, Record<string, string>>): Files {
  return { ...repository(), [FILE]: stackText(services) }
}

/** Each service takes three lines before its variables. */
function stackText(services: Record<string, Record<string, string>>): string {
  const blocks = Object.entries(services).map(([name, variables]) => {
    const lines = Object.entries(variables).map(([key, value]) => `      ${key}: ${value}\n`)
    return `  ${name}:\n    image: tailchat\n    environment:\n${lines.join('')}`
  })
  return `services:\n${blocks.join('')}`
}

function envFile(text: string): Files {
  const uses = (name: string): string => `  ${name}:\n    image: tailchat\n    env_file: docker-compose.env\n`
  return { ...repository(), [FILE]: `services:\n${uses('a')}${uses('b')}`, 'docker-compose.env': text }
}
