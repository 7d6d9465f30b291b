import type { RuleCases } from '../support/rule-cases.js'

/** What the service of a plugin does in onInit and in a method, before and now; without `before` it is new. */
export interface PrivilegeCase {
  before?: { onInit?: string; method?: string }
  now: { onInit?: string; method?: string }
}

const at = (line: number, column: number): string =>
  `server/plugins/com.acme.audit/services/main.service.ts:${line}:${column}`

export const privilegeCases: RuleCases<PrivilegeCase>[] = [
  {
    rule: 'privilege/action-opened',
    valid: {
      'a new action': { before: {}, now: { onInit: "this.registerAction('a', f)" } },
      'one that was open': {
        before: { onInit: "this.registerAction('a', f)" },
        now: { onInit: "this.registerAction('a', g)" },
      },
      'one that is closed now': {
        before: { onInit: "this.registerAction('a', f)" },
        now: { onInit: "this.registerAction('a', f, { visibility: 'public' })" },
      },
      'one that is registered twice, and was open by one of them': {
        before: {
          onInit: "this.registerAction('a', f, { visibility: 'public' }); this.registerAction('a', f)",
        },
        now: { onInit: "this.registerAction('a', f)" },
      },
    },
    invalid: {
      'visibility that went': {
        before: { onInit: "this.registerAction('a', f, { visibility: 'public' })" },
        now: { onInit: "this.registerAction('a', f)" },
        finds: [
          {
            at: at(5, 25),
            plugin: 'com.acme.audit',
            says: 'plugin:com.acme.audit.a was for services only, and any logged-in user can call it now',
          },
        ],
      },
      'disableSocket that went': {
        before: { onInit: "this.registerAction('a', f, { disableSocket: true })" },
        now: { onInit: "this.registerAction('a', f)" },
        finds: [{ at: at(5, 25), plugin: 'com.acme.audit', says: 'sockets can call it now' }],
      },
    },
  },
  {
    rule: 'privilege/route-opened',
    valid: {
      'a route that was open': {
        before: { onInit: "this.registerAuthWhitelist(['/a'])" },
        now: { onInit: "this.registerAuthWhitelist(['/a'])" },
      },
    },
    invalid: {
      'a new plugin’s route': {
        now: { onInit: "this.registerAuthWhitelist(['/a'])" },
        finds: [{ at: at(5, 33), plugin: 'com.acme.audit', says: 'is open without login now' }],
      },
      'a route of its own': {
        before: {},
        now: { onInit: "this.registerAuthWhitelist(['/a'])" },
        finds: [
          {
            at: at(5, 33),
            plugin: 'com.acme.audit',
            says: '/api/plugin:com.acme.audit/a is open without login now',
          },
        ],
      },
      'a path that goes on the plugin’s name': {
        before: {},
        now: { onInit: "this.registerAuthWhitelist(['.secret/a'])" },
        finds: [
          {
            at: at(5, 33),
            plugin: 'com.acme.audit',
            says: "/api/plugin:com.acme.audit.secret/a is open without login now, and is not the plugin's own",
          },
        ],
      },
      'a route of a core service': {
        before: {},
        now: { method: "ctx.broadcast('gateway.auth.addWhitelists', { urls: ['/config/all'] })" },
        finds: [
          { at: at(8, 58), plugin: 'com.acme.audit', says: '/api/config/all is open without login now, and' },
        ],
      },
      'routes that only running it tells': {
        before: {},
        now: { method: "ctx.broadcast('gateway.auth.addWhitelists', { urls })" },
        finds: [{ at: at(8, 5), plugin: 'com.acme.audit', says: 'a path that only running this tells' }],
      },
    },
  },
  {
    rule: 'privilege/sensitive-access',
    valid: {
      'an ordinary call': { before: {}, now: { method: "ctx.call('group.getGroupInfo')" } },
      'a call that was there': {
        before: { method: "ctx.call('mail.sendMail')" },
        now: { onInit: "setTimeout(() => this.broker.call('mail.sendMail'))" },
      },
      'a new plugin’s ordinary call': { now: { method: "ctx.call('group.getGroupInfo')" } },
    },
    invalid: {
      'a new plugin’s call': {
        now: { method: "ctx.call('mail.sendMail')" },
        finds: [
          {
            at: at(8, 14),
            plugin: 'com.acme.audit',
            says: 'the new plugin does this: sends mail as the server',
          },
        ],
      },
      'a token': {
        before: {},
        now: { method: "ctx.call('user.signUserToken')" },
        finds: [
          {
            at: at(8, 14),
            plugin: 'com.acme.audit',
            says: 'the plugin did not do this before: logs in as any user (user.signUserToken)',
          },
        ],
      },
      'another user': {
        before: {},
        now: { method: "ctx.call('a.b', {}, { meta: { userId: ctx.params.userId } })" },
        finds: [{ at: at(8, 43), plugin: 'com.acme.audit', says: 'acts as a user whom it names' }],
      },
      passwords: {
        before: {},
        now: { onInit: "this.registerAfterActionHook('user.login', 'x')" },
        finds: [{ at: at(5, 34), plugin: 'com.acme.audit', says: 'gets passwords or tokens of users' }],
      },
      messages: {
        before: {},
        now: { onInit: "this.registerEventListener('chat.**', f)" },
        finds: [{ at: at(5, 32), plugin: 'com.acme.audit', says: 'gets the text of messages (chat.**)' }],
      },
    },
  },
  {
    rule: 'privilege/raw-page',
    valid: {
      'a page that was there': {
        before: { method: "return { __raw: true, html: '' }" },
        now: { method: "return { __raw: true, html: 'b' }" },
      },
      'an ordinary answer': { now: { method: "return { html: '' }" } },
    },
    invalid: {
      'a page of a plugin that had none': {
        before: {},
        now: { method: "return { __raw: true, html: '' }" },
        finds: [{ at: at(8, 14), plugin: 'com.acme.audit', says: 'answers with a page of its own' }],
      },
      'a page of a new plugin': {
        now: { method: "return { __raw: true, html: '' }" },
        finds: [{ at: at(8, 14), plugin: 'com.acme.audit', says: 'runs on the origin of the application' }],
      },
    },
  },
]
