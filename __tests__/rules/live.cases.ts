import type { LivePromise, LiveResult } from '../../src/proof/live.js'
import type { RuleCases } from '../support/rule-cases.js'

/** What a server answered that should run an image with the one service `plugin:com.acme.audit`. */
export interface LiveCase {
  listed: string[] | undefined
  result?: Partial<LiveResult>
  promise?: Partial<LivePromise>
}

const AUDIT = 'plugin:com.acme.audit'
const FILE = 'server/plugins/com.acme.audit/services/main.service.ts'
const FINE: LiveCase = { listed: ['gateway', AUDIT] }
const bundle = {
  path: '/plugins/com.acme.theme/index.js',
  plugin: 'com.acme.theme',
  sha256: 'a'.repeat(64),
  times: 3,
  wrong: [],
  sometimes: true,
}

export const liveCases: RuleCases<LiveCase>[] = [
  {
    rule: 'live/gateway-silent',
    valid: { 'a server that lists its services': FINE },
    invalid: {
      'a server that answers with a page': {
        listed: undefined,
        result: { instead: '200 text/html' },
        finds: [
          {
            at: '',
            says: '/health did not answer with a list of services within 120 s (the last time: 200 text/html)',
          },
        ],
      },
      'a host that does not resolve': {
        listed: undefined,
        result: { instead: 'getaddrinfo ENOTFOUND chat.acme.example' },
        finds: [{ at: '', says: 'the host in live-url does not resolve' }],
      },
    },
  },
  {
    rule: 'live/gateway-old',
    valid: {
      'the gateway of the image': FINE,
      'a gateway of which nothing can be told': { ...FINE, result: { gateway: { is: 'unknown' } } },
    },
    invalid: {
      'the gateway of another image': {
        ...FINE,
        result: { gateway: { is: 'old', reason: 'its version is a, and that of the image is b' } },
        finds: [
          {
            at: 'Dockerfile',
            says: 'the gateway is not the one of the image acme/tailchat@sha256:1: its version is a',
          },
        ],
      },
    },
  },
  {
    rule: 'live/service-missing',
    valid: {
      'a service that is listed': FINE,
      'a server that does not answer, which is found by itself': { listed: undefined },
    },
    invalid: {
      'a service that is not listed': {
        listed: ['gateway'],
        finds: [
          {
            at: `${FILE}:4`,
            plugin: 'com.acme.audit',
            says: `the running server lacks ${AUDIT} of the image acme/tailchat@sha256:1: the gateway did not list it within 120 s`,
          },
        ],
      },
      'a service without a source in the checkout': {
        listed: ['gateway', AUDIT],
        promise: { services: [{ name: 'plugin:com.acme.other' }] },
        finds: [{ at: 'Dockerfile', says: 'the running server lacks plugin:com.acme.other' }],
      },
    },
  },
  {
    rule: 'live/service-unexpected',
    valid: {
      'the server’s own services': { listed: ['gateway', 'user', AUDIT] },
      'any service where none is promised': {
        listed: ['plugin:com.acme.other'],
        promise: { services: undefined },
      },
    },
    invalid: {
      'a plugin’s service of another node': {
        listed: ['gateway', AUDIT, 'plugin:com.acme.other'],
        finds: [
          {
            at: 'Dockerfile',
            says: 'the running server lists plugin:com.acme.other, which the image acme/tailchat@sha256:1 does not have',
          },
        ],
      },
    },
  },
  {
    rule: 'live/file-differs',
    valid: { 'the file of the image': { ...FINE, result: { files: [bundle] } } },
    invalid: {
      'an older bundle': {
        ...FINE,
        result: {
          files: [{ ...bundle, wrong: ['200 text/javascript with the sha256 bb…'], sometimes: false }],
        },
        finds: [
          {
            at: 'Dockerfile',
            plugin: 'com.acme.theme',
            says: '/plugins/com.acme.theme/index.js is not the file of the image acme/tailchat@sha256:1: it was answered with 200 text/javascript with the sha256 bb…',
          },
        ],
      },
      'a bundle of which a cache has two': {
        ...FINE,
        result: { files: [{ ...bundle, wrong: ['200 text/javascript with the sha256 bb…'] }] },
        finds: [
          {
            at: 'Dockerfile',
            plugin: 'com.acme.theme',
            says: 'is only sometimes the file of the image acme/tailchat@sha256:1: other answers were 200',
          },
        ],
      },
      'a page in the place of a list': {
        ...FINE,
        result: {
          files: [{ path: '/registry.json', times: 3, wrong: ['200 text/html'], sometimes: false }],
        },
        finds: [
          {
            at: 'Dockerfile',
            says: '/registry.json is not a list in JSON: it was answered with 200 text/html',
          },
        ],
      },
    },
  },
  {
    rule: 'live/not-available',
    valid: {
      'a service that answers': { ...FINE, result: { available: [{ service: AUDIT, answer: 200 }] } },
    },
    invalid: {
      'open routes that were forgotten': {
        ...FINE,
        result: { available: [{ service: AUDIT, answer: 401 }] },
        finds: [
          {
            at: FILE,
            plugin: 'com.acme.audit',
            says: `/api/${AUDIT}/available answers 401 without a login: restart the plugin’s container; its open routes are forgotten when the gateway restarts alone`,
          },
        ],
      },
      'a container that is gone': {
        ...FINE,
        result: { available: [{ service: AUDIT, answer: 'no answer within 10 s' }] },
        finds: [
          {
            at: FILE,
            plugin: 'com.acme.audit',
            says: 'was not answered (no answer within 10 s) without a login',
          },
        ],
      },
    },
  },
]
