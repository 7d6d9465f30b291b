import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { DeployedService, Variable } from '../../src/workspace/container.js'
import { readComposeFile, readEnvFile } from '../../src/workspace/compose.js'
import { type Files, temporaryDirectory, writeFiles } from '../support/files.js'

let directory: string

beforeEach(() => {
  directory = temporaryDirectory('compose')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** What matters of a service, as `docker compose config` says it, and as our reader does. */
interface Service {
  environment: Record<string, string>
  image: string
  targets: string[]
}

const READ = ['SERVICEDIR', 'SERVICES', 'TRANSPORTER', 'DISABLE_TRACING'] as const
const FILE = 'docker-compose.yml'

function byDocker(): Record<string, Service> {
  const args = ['compose', '--file', FILE, '--project-name', 'x', 'config', '--format', 'json']
  const output = execFileSync('docker', args, {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { services } = JSON.parse(output) as {
    services: Record<
      string,
      { environment?: Record<string, string | null>; image?: string; volumes?: { target: string }[] }
    >
  }
  return Object.fromEntries(
    Object.entries(services).map(([name, { environment = {}, image = '', volumes = [] }]) => [
      name,
      {
        environment: Object.fromEntries(
          READ.flatMap((each) => {
            const value = environment[each]
            // Its output is a compose file again, in which a dollar is doubled.
            return typeof value === 'string' ? [[each, value.replaceAll('$$', () => '$')]] : []
          }),
        ),
        image,
        targets: volumes.map(({ target }) => target).sort(),
      },
    ]),
  )
}

async function byUs(files: Files): Promise<DeployedService[]> {
  const { services, problem } = await readComposeFile({ path: FILE, text: String(files[FILE]) }, (path) =>
    files[path] === undefined ? undefined : readEnvFile({ path, text: String(files[path]) }),
  )
  expect(problem).toBeUndefined()
  return services
}

const variablesOf = (service: DeployedService): Record<(typeof READ)[number], Variable> => ({
  SERVICEDIR: service.serviceDir,
  SERVICES: service.services,
  TRANSPORTER: service.transporter,
  DISABLE_TRACING: service.disableTracing,
})

/** Ways to write a service, each below its name. Every one sets SERVICEDIR, so that it counts as Tailchat's. */
const written: Record<string, string> = {
  map: 'environment:\n  SERVICEDIR: services,plugins\n  DISABLE_TRACING: 1',
  list: 'environment:\n  - SERVICEDIR=services,plugins\n  - "SERVICES=a,b"',
  'single-quotes': "environment:\n  SERVICEDIR: 'services,plugins'\n  SERVICES: 'it''s'",
  'double-quotes': 'environment:\n  SERVICEDIR: "plugins" # a comment\n  SERVICES: "a\\tb"',
  'a-comment-sign': 'environment:\n  - SERVICEDIR=plugins#1\n  - SERVICES=a # b',
  'an-equals-sign': 'environment:\n  - SERVICEDIR=plugins\n  - TRANSPORTER=redis://r:6379/?a=b',
  empty: 'environment:\n  SERVICEDIR: plugins\n  SERVICES: ""\n  TRANSPORTER: \'\'',
  'without-a-value': 'environment:\n  - SERVICEDIR=plugins\n  - SERVICES=',
  'a-boolean': 'environment:\n  SERVICEDIR: plugins\n  DISABLE_TRACING: "true"',
  'a-dollar': 'environment:\n  SERVICEDIR: plugins\n  SERVICES: $${a}',
  'a-default': 'environment:\n  SERVICEDIR: plugins\n  SERVICES: ${NOT_SET_HERE:-a}',
  'a-block': 'environment:\n  SERVICEDIR: >-\n    services,plugins\n  SERVICES: |-\n    a',
  'a-line': 'environment: { SERVICEDIR: plugins, SERVICES: "a,b" }',
  'an-env-file': 'env_file: a.env\nenvironment:\n  SERVICEDIR: plugins',
  'env-files': 'env_file:\n  - a.env\n  - b.env\nenvironment:\n  SERVICES: own',
  'env-file-map': 'env_file:\n  - path: a.env\n  - path: missing.env\n    required: false',
  merged: 'environment:\n  <<: *common\n  SERVICES: own',
  'an-alias': 'environment: *common',
  volumes: 'environment: *common\nvolumes:\n  - ./a:/app/a\n  - /app/b\n  - ./c:/app/c:ro',
  'long-volumes':
    'environment: *common\nvolumes:\n  - type: bind\n    source: ./a\n    target: /app/a\n  - type: tmpfs\n    target: /tmp/x',
}

const ENV_FILES: Files = {
  'a.env': `# a comment
SERVICEDIR=services
export TRANSPORTER=redis://redis:6379
SERVICES="a, b" # quoted
DISABLE_TRACING = 1
`,
  'b.env': "SERVICEDIR='services,plugins'\r\nTRANSPORTER=nats://n#1\r\nDISABLE_TRACING=1 # why\r\n",
}

const indented = (text: string, by: string): string => text.replace(/^/gm, by)
const composeFile = (services: Record<string, string>): string =>
  [
    'x-common: &common\n  SERVICEDIR: services,plugins\n  TRANSPORTER: redis://redis\nservices:',
    ...Object.entries(services).map(
      ([name, text]) => `  ${name}:\n    image: registry.example/tailchat:1\n${indented(text, '    ')}`,
    ),
    '',
  ].join('\n')

test.each([
  ['as they are', (text: string) => text],
  ['with line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
])('compose files %s are read as docker compose reads them', async (_, change) => {
  const files = { ...ENV_FILES, [FILE]: change(composeFile(written)) }
  writeFiles(directory, files)
  const expected = byDocker()
  const services = await byUs(files)
  expect(services.map(({ name }) => name).sort()).toEqual(Object.keys(written).sort())
  const said = services.map((service) => {
    const { environment = {}, image, targets } = expected[service.name] ?? {}
    const variables = Object.entries(variablesOf(service))
    // What is only known when the stack starts may be anything.
    const open = variables.filter(([, { is }]) => is === 'unknown').map(([name]) => name)
    const known: Record<string, string> = {}
    for (const [name, each] of variables) if (each.is === 'known') known[name] = each.value
    const compared = Object.entries(environment).filter(([name]) => !open.includes(name))
    return {
      ours: [service.name, known, service.image?.text, service.mounts.map(({ target }) => target).sort()],
      docker: [service.name, Object.fromEntries(compared), image, targets],
      open: open.map((name) => `${service.name} ${name}`),
    }
  })
  expect(said.map(({ ours }) => ours)).toEqual(said.map(({ docker }) => docker))
  // Everything else is known: a reader that said of nothing that it knows it would pass, too.
  expect(said.flatMap(({ open }) => open)).toEqual(['a-default SERVICES'])
})
