import { expect } from '@jest/globals'
import { backendPlugin, type Files, frontendPlugin, fullstackPlugin } from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const FILE = 'tailchat-plugins.yml'

export const declarationCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'declarations/misnamed',
    valid: {
      'the name that is read': { files: declared('plugins: {}') },
      'another file with the declarations there': {
        files: { ...declared('plugins: {}'), 'tailchat-plugins.json': '{}' },
      },
      'a name of something else': { files: { 'tailchat-plugins.md': '', 'plugins.yaml': '' } },
    },
    invalid: {
      'the other ending of YAML': {
        files: { 'tailchat-plugins.yaml': 'version: 1\nplugins: {}\n' },
        finds: [{ at: 'tailchat-plugins.yaml', says: 'is not read: rename it to tailchat-plugins.yml' }],
        fixed: { [FILE]: 'version: 1\nplugins: {}\n' },
      },
      'JSON, which is not read at all': {
        files: { 'tailchat-plugins.json': '{}' },
        finds: [{ at: 'tailchat-plugins.json', says: 'set the input declarations to tailchat-plugins.json' }],
      },
      'one plugin': {
        files: { 'tailchat-plugin.yml': 'version: 1\nplugins: {}\n' },
        finds: [{ at: 'tailchat-plugin.yml', says: 'is not read' }],
      },
    },
  },
  {
    rule: 'declarations/invalid',
    valid: {
      'no file': { files: {} },
      'a file with all there is': {
        files: declared(
          'plugins:',
          '  com.acme.theme: { offer: [registry, builtin] }',
          '  com.acme.audit: { services: dev }',
          '  com.acme.tickets: {}',
          'rules:',
          '  manifest/missing: warning',
        ),
      },
    },
    invalid: {
      'a word that offer does not know': {
        files: declared('plugins:', '  com.acme.theme:', '    offer: store'),
        finds: [{ at: `${FILE}:4:12`, says: 'found "store"; allowed: registry, builtin, hidden' }],
      },
      'a key that is not known': {
        files: declared('plugins:', '  com.acme.theme:', '    ofer: hidden'),
        finds: [{ at: `${FILE}:4:5`, says: 'unknown key "ofer" (did you mean "offer"?)' }],
      },
      'a mistake in its YAML': {
        files: declared('plugins: [', 'rules: {}'),
        finds: [{ at: expect.stringMatching(`^${FILE}:`) as unknown as string, says: 'not valid YAML' }],
      },
      'hidden beside another offer': {
        files: declared('plugins:', '  com.acme.theme: { offer: [hidden, builtin] }'),
        finds: [{ at: `${FILE}:3:3`, says: 'hidden cannot be combined with registry or builtin' }],
      },
      'a rule that is not there': {
        files: declared('rules:', '  manifest/mising: off'),
        finds: [
          { at: `${FILE}:3:3`, says: 'there is no rule "manifest/mising" (did you mean manifest/missing?)' },
        ],
      },
      'a rule that is like none': {
        files: declared('rules:', '  colours: off'),
        finds: [{ at: `${FILE}:3:3`, says: /^there is no rule "colours"$/ }],
      },
    },
  },
  {
    rule: 'declarations/unknown-plugin',
    valid: {
      'a plugin of each kind': {
        files: declared('plugins:', '  com.acme.theme:', '  com.acme.tickets:', '  com.acme.audit:'),
      },
    },
    invalid: {
      'a plugin that is not there': {
        files: declared('plugins:', '  com.acme.gone: {}'),
        finds: [
          {
            at: `${FILE}:3:3`,
            plugin: 'com.acme.gone',
            says: 'is neither in client/web/plugins nor in server/plugins',
          },
        ],
      },
      'a plugin that only has to move': {
        files: {
          ...declared('plugins:', '  com.acme.gone: {}'),
          'server/plugin/com.acme.gone/package.json': '{}',
        },
        finds: [
          {
            at: `${FILE}:3:3`,
            plugin: 'com.acme.gone',
            says: 'is in server/plugin/com.acme.gone, which nothing reads',
          },
        ],
      },
      'a typo': {
        files: declared('plugins:', '  com.acme.theme: {}', '  com.acme.tickts: {}'),
        finds: [{ at: `${FILE}:4:3`, plugin: 'com.acme.tickts', says: '(did you mean com.acme.tickets?)' }],
      },
    },
  },
  {
    rule: 'declarations/old-name-in-use',
    valid: {
      'an old name that no plugin has': {
        files: declared('plugins:', '  com.acme.theme: { renamed-from: com.acme.colours }'),
      },
    },
    invalid: {
      'an old name that a plugin has': {
        files: declared('plugins:', '  com.acme.theme: { renamed-from: com.acme.audit }'),
        finds: [
          {
            at: `${FILE}:3:3`,
            plugin: 'com.acme.theme',
            says: 'com.acme.audit is still in server/plugins/com.acme.audit: remove that directory, or this line',
          },
        ],
      },
    },
  },
  {
    rule: 'declarations/nothing-to-offer',
    valid: {
      'a backend plugin without an offer': { files: declared('plugins:', '  com.acme.audit: {}') },
      'a backend plugin that is hidden': {
        files: declared('plugins:', '  com.acme.audit: { offer: hidden }'),
      },
      'a full-stack plugin': { files: declared('plugins:', '  com.acme.tickets: { offer: builtin }') },
      'a frontend plugin whose backend has its name': {
        files: {
          ...declared('plugins:', '  com.acme.theme: { offer: registry }'),
          ...backendPlugin('com.acme.theme'),
        },
      },
    },
    invalid: {
      'a backend plugin with an offer': {
        files: declared('plugins:', '  com.acme.audit: { offer: [registry, builtin] }'),
        finds: [
          {
            at: `${FILE}:3:3`,
            plugin: 'com.acme.audit',
            says: 'cannot be offered as registry, builtin: remove `offer`',
          },
        ],
      },
    },
  },
]

/** A plugin of each kind, and these lines of declarations below `version: 1`. */
function declared(...lines: string[]): Files {
  return {
    ...frontendPlugin('com.acme.theme'),
    ...fullstackPlugin('com.acme.tickets'),
    ...backendPlugin('com.acme.audit'),
    [FILE]: ['version: 1', ...lines, ''].join('\n'),
  }
}
