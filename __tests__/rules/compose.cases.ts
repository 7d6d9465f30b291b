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
      'bots that are named after Tailchat': {
        files: {
          ...repository(),
          'bots/a/docker-compose.yml': 'services:\n  a:\n    image: tailchat-a-bot\n',
          'bots/b/docker-compose.yml': 'services:\n  b:\n    image: tailchat\n    build: .\n',
        },
      },
      'manifests whose containers load them together': {
        files: {
          ...repository(),
          'deploy/k8s/core.yaml': manifest({ SERVICEDIR: 'services' }),
          'deploy/k8s/plugins.yaml': manifest({ SERVICEDIR: 'plugins' }),
        },
      },
      'a manifest whose environment is in a Secret': {
        files: {
          ...repository(),
          'deploy/app.yml': `${workload('tailchat')}          envFrom:\n            - secretRef:\n                name: env\n`,
        },
      },
      'manifests of other programs': {
        files: { ...repository(), 'deploy/db.yml': workload('mongo:4') },
      },
      'a template of a Helm chart': {
        files: {
          ...repository(),
          'charts/app/templates/app.yaml': manifest({ SERVICEDIR: '{{ .Values.dirs }}' }),
        },
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
      'a compose file deep in the tree': {
        files: {
          ...repository(),
          'deploy/prod/docker-compose.yml': stackText({ core: { SERVICEDIR: 'services' } }),
        },
        finds: [{ at: 'deploy/prod/docker-compose.yml:2:3', says: 'core: SERVICEDIR=services' }],
      },
      'a Kubernetes manifest': {
        files: { ...repository(), 'docker/k8s/app.yml': manifest({ SERVICEDIR: 'services' }) },
        finds: [
          {
            at: 'docker/k8s/app.yml:9:11',
            says: 'no container of these manifests loads server/plugins (app: SERVICEDIR=services)',
          },
        ],
      },
      'a manifest behind others in its file, with its variables in a ConfigMap': {
        files: {
          ...repository(),
          'deploy/all.yaml': `kind: Namespace\nmetadata:\n  name: chat\n---\nkind: ConfigMap\nmetadata:\n  name: env\ndata:\n  SERVICEDIR: services\n---\n${workload('tailchat')}          envFrom:\n            - configMapRef:\n                name: env\n`,
        },
        finds: [{ at: 'deploy/all.yaml:19:11', says: 'app: SERVICEDIR=services' }],
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
      'a slip in a Kubernetes manifest': {
        files: { ...repository(), 'k8s/app.yml': manifest({ SERVICEDIR: 'services,plugin' }) },
        finds: [{ at: 'k8s/app.yml:13:31', says: 'there is no server/plugin (did you mean plugins?)' }],
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
  {
    rule: 'compose/volume-hides-plugins',
    valid: {
      'data of the server’s own': { files: mounting('./logs:/app/tailchat/logs') },
      'a single picture': {
        files: mounting('./logo.png:/app/tailchat/server/dist/public/images/logo.png:ro'),
      },
      'a volume of another program': {
        files: {
          ...repository(),
          [FILE]: 'services:\n  db:\n    image: mongo:4\n    volumes:\n      - data:/server/dist\n',
        },
      },
    },
    invalid: {
      'a named volume over the plugins': {
        files: mounting('plugins:/app/tailchat/server/dist/plugins'),
        finds: [{ at: `${FILE}:7:9`, says: 'all mounts something over /app/tailchat/server/dist/plugins' }],
      },
      'a read-only directory of the host over the client': {
        files: mounting('"./public/:/app/tailchat/server/dist/public/:ro"'),
        finds: [{ at: `${FILE}:7:9`, says: 'over /app/tailchat/server/dist/public/' }],
      },
      'the long form': {
        files: mounting('{ type: volume, source: all, target: /app/tailchat }'),
        finds: [{ at: `${FILE}:7:9`, says: 'over /app/tailchat,' }],
      },
      'a registry file of the host': {
        files: mounting('./registry.json:/app/tailchat/server/dist/public/registry.json'),
        finds: [{ at: `${FILE}:7:9`, says: 'registry.json' }],
      },
      'a mount of a Kubernetes container': {
        files: {
          ...repository(),
          'k8s/app.yml': `${manifest({ SERVICEDIR: 'services,plugins' })}          volumeMounts:\n            - name: a\n              mountPath: /app/tailchat/server/plugins/com.acme.audit\n`,
        },
        finds: [{ at: 'k8s/app.yml:15:15', says: 'app mounts something over' }],
      },
    },
  },
  {
    rule: 'compose/image-versions-differ',
    valid: {
      'one version': { files: running('acme/tailchat:1', 'acme/tailchat:1') },
      'a version that only the host knows': { files: running('acme/tailchat:${TAG}', 'acme/tailchat:1') },
      'another image': { files: running('acme/tailchat:1', 'acme/tailchat-plugins:2') },
      'two stacks': {
        files: {
          ...running('acme/tailchat:1', 'acme/tailchat:1'),
          'deploy/staging/compose.yml': running('acme/tailchat:2', 'acme/tailchat:2')[FILE],
        },
      },
    },
    invalid: {
      'two tags': {
        files: running('acme/tailchat:1', 'acme/tailchat:2'),
        finds: [{ at: `${FILE}:7:12`, says: 'b runs acme/tailchat:2, and a runs acme/tailchat:1' }],
      },
      'a tag and a digest': {
        files: running(`acme/tailchat@sha256:${'0'.repeat(64)}`, 'acme/tailchat'),
        finds: [{ at: `${FILE}:7:12`, says: 'b runs acme/tailchat, and a runs acme/tailchat@sha256:' }],
      },
      'manifests in one directory': {
        files: {
          ...repository(),
          'k8s/a.yml': manifest({ SERVICEDIR: 'services' }, 'tailchat:1'),
          'k8s/b.yml': manifest({ SERVICEDIR: 'plugins' }, 'tailchat:2'),
        },
        finds: [{ at: 'k8s/b.yml:10:18', says: 'runs tailchat:2, and app runs tailchat:1' }],
      },
    },
  },
  {
    rule: 'compose/tracing-breaks-requests',
    valid: {
      'Node.js 18': { files: runningOn('FROM node:18.18.0-alpine\n') },
      'a stage of another Node.js before': { files: runningOn('FROM node:22 AS build\nFROM node:18\n') },
      'tracing switched off in the image': { files: runningOn('FROM node:20\nENV DISABLE_TRACING=1\n') },
      'tracing switched off where it runs': {
        files: {
          ...runningOn('FROM node:20\n'),
          ...stack({ all: { SERVICEDIR: 'services,plugins', DISABLE_TRACING: '"true"' } }),
        },
      },
      'a moleculer that is mended': { files: runningOn('FROM node:20\n', '0.14.25') },
      'a moleculer that may be any': { files: runningOn('FROM node:20\n', '^0.14.23') },
      'an image of the fork’s own': { files: runningOn('FROM ghcr.io/acme/base:20\n') },
      'a version that is an argument': { files: runningOn('ARG V=20\nFROM node:${V}\n') },
    },
    invalid: {
      'a version': {
        files: runningOn('# syntax=docker/dockerfile:1\nFROM node:20-alpine\n'),
        finds: [{ at: 'Dockerfile:2:6', says: 'node:20-alpine has Node.js 20 or later' }],
      },
      'the long-term support': {
        files: runningOn(
          'FROM --platform=linux/amd64 docker.io/library/node:lts-alpine AS base\nFROM base\n',
        ),
        finds: [{ at: 'Dockerfile:1:29', says: 'node:lts-alpine has Node.js 20 or later' }],
      },
      'no tag at all': {
        files: runningOn('FROM node\n'),
        finds: [{ at: 'Dockerfile:1:6', says: 'DISABLE_TRACING=1' }],
      },
      'a value that means no': {
        files: {
          ...runningOn('FROM node:current\n'),
          ...stack({ all: { SERVICEDIR: 'services,plugins', DISABLE_TRACING: '0' } }),
        },
        finds: [{ at: 'Dockerfile:1:6', says: 'in the environment of all' }],
      },
    },
  },
]

function mounting(volume: string): Files {
  return {
    ...repository(),
    [FILE]: `services:\n  all:\n    image: tailchat\n    environment:\n      SERVICEDIR: services,plugins\n    volumes:\n      - ${volume}\n`,
  }
}

function running(first: string, second: string): Files {
  const block = (name: string, image: string): string =>
    `  ${name}:\n    image: ${image}\n    environment:\n      SERVICEDIR: services,plugins\n`
  return {
    ...repository(),
    [FILE]: `services:\n${block('a', first)}  b:\n    # newer\n    image: ${second}\n`.replace(
      '    # newer\n',
      '',
    ),
  }
}

function runningOn(dockerfile: string, moleculer = '0.14.23'): Files {
  return {
    ...repository(),
    Dockerfile: dockerfile,
    'server/package.json': JSON.stringify({ name: 'server', dependencies: { moleculer } }),
  }
}

/** A Deployment with one container; variables can follow. */
function workload(image: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: ${image}\n`
}

/** Its variables begin in line 12, each in two lines. */
function manifest(variables: Record<string, string>, image = 'tailchat'): string {
  const lines = Object.entries(variables).map(
    ([name, value]) => `            - name: ${name}\n              value: ${value}\n`,
  )
  return `${workload(image)}          env:\n${lines.join('')}`
}

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
