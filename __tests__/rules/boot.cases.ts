import { CommandError } from '../../src/lib/command.js'
import type { Answer } from '../../src/tailchat/gateway.js'
import type { BootResult } from '../../src/proof/boot-stack.js'
import { container } from '../support/boot-result.js'
import type { RuleCases } from '../support/rule-cases.js'

/**
 * What a stack of compose.yml answered. The image loads the one service `plugin:com.acme.audit`, and the repository
 * offers com.acme.theme (registry.json) and com.acme.tickets (plugin:install).
 */
export type BootCase = Partial<BootResult>

const AUDIT = 'plugin:com.acme.audit'
const AVAILABLE = `/api/${AUDIT}/available`
const SERVICE = 'server/plugins/com.acme.audit/services/main.service.ts'
const THEME = 'client/web/plugins/com.acme.theme/package.json'

const javaScript = (name: string, changes: Partial<Answer> = {}): Answer => ({
  path: `/plugins/${name}/index.js`,
  status: 200,
  type: 'application/javascript; charset=utf-8',
  defines: `@plugins/${name}`,
  ...changes,
})
const page = (path: string): Answer => ({ path, status: 200, type: 'text/html; charset=utf-8' })
const json = (path: string, text: string): Answer => ({ path, status: 200, type: 'application/json', text })
const ended = container('plugins', { SERVICEDIR: 'plugins' }, { state: 'exited', exitCode: 1 })

export const bootCases: RuleCases<BootCase>[] = [
  {
    rule: 'boot/gateway-silent',
    valid: {
      'a gateway that lists its services': { listed: ['gateway', AUDIT] },
      'a stack that did not come up, which fails by itself': {
        listed: undefined,
        failure: new CommandError({ command: 'docker', exitCode: 1, lastLines: [], outcome: 'exit code 1' }),
      },
    },
    invalid: {
      'a gateway that answers with an error': {
        listed: undefined,
        instead: '500 application/json',
        finds: [
          {
            at: 'compose.yml',
            says: 'answered /health with its services within 60 s (the last one: 500 application/json)',
          },
        ],
      },
    },
  },
  {
    rule: 'boot/container-died',
    valid: {
      'a container that runs': {},
      'another program of the image that ended well': {
        containers: [
          { ...ended, exitCode: 0, settings: { ...ended.settings, runs: 'other' } },
          container('tailchat', { SERVICEDIR: 'services,plugins' }),
        ],
      },
      'a container of another image': { containers: [{ ...ended, isApplication: false }] },
    },
    invalid: {
      'a container that ended': {
        containers: [ended],
        logs: new Map([['plugins', ['starting', 'Error: no token', '    at onStart']]]),
        finds: [
          {
            at: 'compose.yml',
            says: 'the container plugins exited with exit code 1: Error: no token',
          },
        ],
      },
      'a container that ends again and again': {
        containers: [{ ...ended, state: 'restarting', restarts: 6 }],
        finds: [
          {
            at: 'compose.yml',
            says: 'plugins ended and was started again 6 times, last with exit code 1',
          },
        ],
      },
    },
  },
  {
    rule: 'boot/service-missing',
    valid: { 'a service that is listed': { listed: ['gateway', AUDIT] } },
    invalid: {
      'a service that no container loads': {
        containers: [container('core', { SERVICEDIR: 'services' })],
        finds: [
          {
            at: 'server/plugins/com.acme.audit/services/main.service.ts:4',
            plugin: 'com.acme.audit',
            says: `the running stack lacks ${AUDIT}: in the image, and no container of the stack loads it`,
          },
        ],
      },
    },
  },
  {
    rule: 'boot/bundle-not-served',
    valid: {
      'bundles that define their plugins': {
        answers: [javaScript('com.acme.theme'), javaScript('com.acme.tickets', { type: 'text/javascript' })],
      },
      'no gateway that could be asked': { listed: undefined },
    },
    invalid: {
      'a page instead of a bundle': {
        answers: [page('/plugins/com.acme.theme/index.js'), javaScript('com.acme.tickets')],
        finds: [
          {
            at: THEME,
            plugin: 'com.acme.theme',
            says: 'answers /plugins/com.acme.theme/index.js with 200 text/html; charset=utf-8 that defines no plugin',
          },
        ],
      },
      'no answer, for one of them': {
        answers: [javaScript('com.acme.tickets')],
        unanswered: [{ path: '/plugins/com.acme.theme/index.js', reason: 'port 3000: socket hang up' }],
        finds: [
          {
            at: THEME,
            plugin: 'com.acme.theme',
            says: 'gave no answer to /plugins/com.acme.theme/index.js: port 3000: socket hang up',
          },
        ],
      },
      'a path that was forgotten': {
        answers: [javaScript('com.acme.tickets')],
        finds: [{ at: THEME, plugin: 'com.acme.theme', says: 'it was not asked' }],
      },
      'the bundle of another plugin': {
        answers: [
          javaScript('com.acme.theme', { defines: '@plugins/com.acme.other' }),
          javaScript('com.acme.tickets'),
        ],
        finds: [{ at: THEME, plugin: 'com.acme.theme', says: 'that defines "@plugins/com.acme.other"' }],
      },
      'a bundle that browsers refuse to run': {
        answers: [javaScript('com.acme.theme', { type: 'text/plain' }), javaScript('com.acme.tickets')],
        finds: [{ at: THEME, plugin: 'com.acme.theme', says: '200 text/plain' }],
      },
    },
  },
  {
    rule: 'boot/registry-not-served',
    valid: {
      'lists, empty ones too': { answers: [json('/registry.json', '[{}]'), json('/registry-be.json', '[]')] },
      'no gateway that could be asked': { listed: undefined },
    },
    invalid: {
      'no answer to either': {
        unanswered: ['/registry.json', '/registry-be.json'].map((path) => ({
          path,
          reason: 'exit code 137',
        })),
        finds: [
          { at: 'compose.yml', says: 'the gateway gave no answer to /registry-be.json: exit code 137' },
          { at: 'compose.yml', says: 'the gateway gave no answer to /registry.json: exit code 137' },
        ],
      },
      'a page, and what is no list': {
        answers: [page('/registry-be.json'), json('/registry.json', '{}')],
        finds: [
          { at: 'compose.yml', says: 'answers /registry-be.json with 200 text/html; charset=utf-8' },
          { at: 'compose.yml', says: 'answers /registry.json with 200 application/json' },
        ],
      },
    },
  },
  {
    rule: 'boot/not-available',
    valid: {
      'an answer across nodes': { listed: ['gateway', AUDIT], answers: [json(AVAILABLE, '{"data":true}')] },
      'a service that is not listed, which is found by itself': { listed: ['gateway'] },
    },
    invalid: {
      'a route that is not open': {
        listed: ['gateway', AUDIT],
        answers: [{ ...json(AVAILABLE, '{}'), status: 401 }],
        finds: [{ at: `${SERVICE}:4`, says: `the gateway answers ${AVAILABLE} with 401 application/json` }],
      },
      'no answer at all': {
        listed: ['gateway', AUDIT],
        unanswered: [{ path: AVAILABLE, reason: 'no answer within 10 s' }],
        finds: [
          {
            at: `${SERVICE}:4`,
            says: `the gateway gave no answer to ${AVAILABLE}: no answer within 10 s`,
          },
        ],
      },
    },
  },
]
