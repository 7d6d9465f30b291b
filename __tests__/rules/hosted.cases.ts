import type { HostedSubject } from '../../src/rules/hosted.js'
import type { RuleCases } from '../support/rule-cases.js'

/** What a host answered that serves com.acme.theme for a Tailchat with https. */
export type HostedCase = Partial<HostedSubject>

const URL_OF_THEME = 'https://plugins.acme.example/1.0.0/com.acme.theme/index.js'
const theme = {
  url: URL_OF_THEME,
  kind: 'script' as const,
  plugin: 'com.acme.theme',
  times: 3,
  wrong: [],
}
const at = { file: 'client/web/registry.json', line: 3, column: 5 }

export const hostedCases: RuleCases<HostedCase>[] = [
  {
    rule: 'hosted/file-differs',
    valid: { 'a file that is served': { asked: [theme] } },
    invalid: {
      'a file that is not there': {
        asked: [{ ...theme, wrong: ['404 text/html'] }],
        finds: [
          {
            at: 'Dockerfile',
            plugin: 'com.acme.theme',
            says: `${URL_OF_THEME} is not served as it should: it was answered with 404 text/html`,
          },
        ],
      },
    },
  },
  {
    rule: 'hosted/script-type',
    valid: { 'a script with its type': { asked: [theme] } },
    invalid: {
      'a script as some bytes': {
        asked: [{ ...theme, looseType: 'application/octet-stream' }],
        finds: [
          { at: 'Dockerfile', plugin: 'com.acme.theme', says: 'has the type application/octet-stream' },
        ],
      },
    },
  },
  {
    rule: 'hosted/page-for-missing',
    valid: {
      'a host that answers 404': { madeUp: 404 },
      'a host that was not asked': { madeUp: undefined },
    },
    invalid: {
      'a host that has everything': {
        madeUp: 200,
        finds: [{ at: 'Dockerfile', says: 'https://plugins.acme.example answers 200 to a made-up name' }],
      },
    },
  },
  {
    rule: 'hosted/not-https',
    valid: {
      'https on both': { asked: [theme] },
      'http on both': { publicUrl: 'http://a.example', liveUrl: 'http://b.example' },
    },
    invalid: {
      'http beside https': {
        publicUrl: 'http://plugins.acme.example',
        finds: [{ at: 'Dockerfile', says: 'http://plugins.acme.example is not https' }],
      },
      'an entry with http': {
        elsewhere: [{ asked: { ...theme, url: 'http://x.example/com.acme.theme/index.js' }, at }],
        finds: [
          {
            at: 'client/web/registry.json:3:5',
            plugin: 'com.acme.theme',
            says: 'http://x.example/com.acme.theme/index.js is not https',
          },
        ],
      },
    },
  },
  {
    rule: 'hosted/not-served',
    valid: { 'a plugin that is served': { elsewhere: [{ asked: theme, at }] } },
    invalid: {
      'a plugin that is not there': {
        elsewhere: [{ asked: { ...theme, wrong: ['404 without a type'] }, at }],
        finds: [
          {
            at: 'client/web/registry.json:3:5',
            plugin: 'com.acme.theme',
            says: `the plugin is registered from ${URL_OF_THEME}, which was answered with 404 without a type`,
          },
        ],
      },
    },
  },
]
