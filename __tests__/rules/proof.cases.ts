import type { ProbeResult } from '../../src/proof/probe-result.js'
import type { RuleCases } from '../support/rule-cases.js'

/** What a probe reports of an image; the source promises the one service `plugin:com.acme.audit`. */
export interface ProofCase {
  services: ProbeResult['services']
  /** The body of its onInit, which begins in line 7, column 5. */
  onInit?: string
  /** Variables that the repository's compose files set for it. */
  provided?: string[]
}

const SOURCE = 'server/plugins/com.acme.audit/services/main.service.ts'
const COMPILED = 'plugins/com.acme.audit/services/main.service.js'

const LOADED = { file: COMPILED, name: 'plugin:com.acme.audit', milliseconds: 1 }

export const proofCases: RuleCases<ProofCase>[] = [
  {
    rule: 'proof/service-missing',
    valid: { 'a service that is loaded': { services: [LOADED] } },
    invalid: {
      'a service that is not in the image': {
        services: [],
        finds: [
          {
            at: `${SOURCE}:4`,
            plugin: 'com.acme.audit',
            says: `does not load plugin:com.acme.audit: not in the image: server/dist/${COMPILED}`,
          },
        ],
      },
      'a service that throws': {
        services: [{ file: COMPILED, error: { message: 'no token' }, milliseconds: 1 }],
        finds: [
          {
            at: `${SOURCE}:4`,
            plugin: 'com.acme.audit',
            says: 'threw while it was constructed: no token',
          },
        ],
      },
    },
  },
  {
    rule: 'proof/service-unexpected',
    valid: { 'a service that the source promises': { services: [LOADED] } },
    invalid: {
      'a service of an older build': {
        services: [LOADED, { file: 'plugins/old/a.service.js', name: 'plugin:old', milliseconds: 1 }],
        finds: [
          { at: 'server/dist/plugins/old/a.service.js', says: 'loads plugin:old, which is not expected' },
        ],
      },
    },
  },
  {
    rule: 'proof/service-crashes',
    valid: {
      'an older service that is constructed': {
        services: [LOADED, { file: 'plugins/old/a.service.js', name: 'plugin:old', milliseconds: 1 }],
      },
      'an expected one that throws, which is another finding': {
        services: [{ file: COMPILED, error: { message: 'no token' }, milliseconds: 1 }],
      },
    },
    invalid: {
      'a service of an older build that throws': {
        services: [
          LOADED,
          { file: 'plugins/old/a.service.js', error: { message: 'no token' }, milliseconds: 1 },
        ],
        finds: [
          {
            at: 'server/dist/plugins/old/a.service.js',
            says: 'dies at this one: threw while it was constructed: no token',
          },
        ],
      },
    },
  },
  {
    rule: 'proof/action-not-in-source',
    valid: {
      'an action that the source registers': {
        onInit: "this.registerAction('list', this.list)",
        services: [withActions('list')],
      },
      'an action whose name only running the code tells': {
        onInit: 'for (const name of NAMES) this.registerAction(name, this.list)',
        services: [withActions('list')],
      },
      'what a method of its own base class may register': {
        onInit: 'this.registerMany()',
        services: [withActions('list')],
      },
    },
    invalid: {
      'an action that the source does not have': {
        onInit: "this.registerAction('list', this.list)",
        services: [withActions('list', 'dump')],
        finds: [
          {
            at: SOURCE,
            plugin: 'com.acme.audit',
            says: 'plugin:com.acme.audit has the action dump (open to everybody who is logged in), which this file does not register',
          },
        ],
      },
    },
  },
  {
    rule: 'proof/action-not-loaded',
    valid: {
      'an action that is loaded': {
        onInit: "this.registerAction('list', this.list)",
        services: [withActions('list')],
      },
      'an action behind a condition': {
        onInit: "if (this.ready) this.registerAction('list', this.list)",
        services: [withActions()],
      },
      'an action of a service that is not loaded at all': {
        onInit: "this.registerAction('list', this.list)",
        services: [],
      },
    },
    invalid: {
      'an action that is not there': {
        onInit: "this.registerAction('list', this.list)",
        services: [withActions()],
        finds: [{ at: `${SOURCE}:7:25`, plugin: 'com.acme.audit', says: 'has no action list' }],
      },
    },
  },
  {
    rule: 'proof/action-opened',
    valid: {
      'an action for services only': {
        onInit: "this.registerAction('list', this.list, { visibility: 'public' })",
        services: [{ ...LOADED, actions: [{ name: 'list', visibility: 'public' }] }],
      },
      'a visibility that only running the code tells': {
        onInit: "this.registerAction('list', this.list, { visibility: this.visibility })",
        services: [withActions('list')],
      },
    },
    invalid: {
      'an action for services only that is published': {
        onInit: "this.registerAction('list', this.list, { visibility: 'public' })",
        services: [withActions('list')],
        finds: [
          {
            at: `${SOURCE}:7:25`,
            plugin: 'com.acme.audit',
            says: 'the source says public of the action list; the image’s plugin:com.acme.audit has it published (open to everybody who is logged in)',
          },
        ],
      },
      'an action that sockets must not call': {
        onInit: "this.registerAction('list', this.list, { disableSocket: true })",
        services: [withActions('list')],
        finds: [
          {
            at: `${SOURCE}:7:25`,
            plugin: 'com.acme.audit',
            says: 'the source says published, disableSocket of the action list',
          },
        ],
      },
    },
  },
  {
    rule: 'proof/event-not-in-source',
    valid: {
      'an event that the source names, and what every service listens to': {
        onInit: "this.registerEventListener('chat.b', f)",
        services: [{ ...LOADED, events: ['chat.b', 'config.updated'] }],
      },
      'an event whose name only running the code tells': {
        onInit: 'this.registerEventListener(NAMES[0], f)',
        services: [{ ...LOADED, events: ['chat.b'] }],
      },
      'events that a database brings': {
        onInit: "this.registerLocalDb(require('./a').default)",
        services: [{ ...LOADED, events: ['cache.clean.a'], database: true }],
      },
    },
    invalid: {
      'an event that the source does not have': {
        services: [{ ...LOADED, events: ['chat.b', 'config.updated'] }],
        finds: [
          { at: SOURCE, plugin: 'com.acme.audit', says: 'listens to the event chat.b, which this file' },
        ],
      },
    },
  },
  {
    rule: 'proof/event-not-loaded',
    valid: {
      'an event that is heard': {
        onInit: "this.registerEventListener('chat.b', f)",
        services: [{ ...LOADED, events: ['chat.b'] }],
      },
      'an event behind a condition': {
        onInit: "if (x) this.registerEventListener('chat.b', f)",
        services: [{ ...LOADED, events: [] }],
      },
      'a probe that did not look at events': {
        onInit: "this.registerEventListener('chat.b', f)",
        services: [LOADED],
      },
    },
    invalid: {
      'an event that is not heard': {
        onInit: "this.registerEventListener('chat.b', f)",
        services: [{ ...LOADED, events: ['config.updated'] }],
        finds: [
          { at: `${SOURCE}:7:32`, plugin: 'com.acme.audit', says: 'does not listen to the event chat.b' },
        ],
      },
    },
  },
  {
    rule: 'proof/handler-undefined',
    valid: { 'a service whose handlers are functions': { services: [withActions('list')] } },
    invalid: {
      'an action and an event without a function': {
        onInit: "this.registerAction('list', this.list)",
        services: [
          {
            ...withActions('list'),
            undefinedHandlers: [
              { kind: 'action', name: 'list' },
              { kind: 'event', name: 'chat.b' },
            ],
          },
        ],
        finds: [
          { at: SOURCE, plugin: 'com.acme.audit', says: 'the event chat.b without a function behind it' },
          { at: `${SOURCE}:7:25`, plugin: 'com.acme.audit', says: 'each call throws' },
        ],
      },
    },
  },
  {
    rule: 'proof/registrations-switched-off',
    valid: {
      'what is registered although it is guarded': {
        onInit: "if (process.env.MAIL_URL) this.registerAction('list', this.list)",
        services: [withActions('list')],
      },
      'what is missing without a variable that a compose file sets': {
        onInit: "if (process.env.MAIL_URL) this.registerAction('list', this.list)",
        provided: ['MAIL_URL'],
        services: [withActions()],
      },
    },
    invalid: {
      'actions and events behind variables that nothing sets': {
        onInit:
          "this.registerAction('available', this.list); if (!process.env.MAIL_URL || !process.env.MAIL_KEY) return; this.registerAction('list', this.list); this.registerEventListener('chat.message', this.list)",
        provided: ['MAIL_KEY'],
        services: [withActions('available')],
        finds: [
          {
            at: `${SOURCE}:7:130`,
            plugin: 'com.acme.audit',
            says: 'plugin:com.acme.audit loads with 1 of its 2 actions: list, chat.message need MAIL_URL, which no compose',
          },
        ],
      },
    },
  },
]

function withActions(...names: string[]): ProbeResult['services'][number] {
  return { ...LOADED, actions: names.map((name) => ({ name, visibility: 'published' })), events: [] }
}
