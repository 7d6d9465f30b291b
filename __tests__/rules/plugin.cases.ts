import {
  backendPlugin,
  type Files,
  frontendPlugin,
  fullstackPlugin,
  json,
  manifest,
  registrations,
} from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const PLUGINS = 'client/web/plugins'

/** A git repository without a commit. */
const GIT: Files = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/objects/info/.keep': '',
  '.git/refs/heads/.keep': '',
}

/** A plugin in a directory of its own choice. */
const placed = (directory: string): Files => ({ [`${directory}/com.acme.audit/package.json`]: '{}' })

const SUBMODULES = `[submodule "a"]
	path = server/plugins/com.acme.audit
	url = https://example.com/audit.git
[submodule "b"]
	path = client/web/plugins/com.acme.theme/
`

export const pluginCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'plugin/misplaced',
    valid: {
      'plugins where they are read': {
        files: { ...frontendPlugin('com.acme.theme'), ...backendPlugin('com.acme.audit') },
      },
      'other directories of such names': {
        files: { 'plugins/eslint/package.json': '{}', 'client/plugins/com.acme.notes/README.md': '' },
      },
    },
    invalid: {
      'a frontend plugin among those of the server': {
        files: {
          'server/plugins/com.acme.theme/manifest.json': json(manifest('com.acme.theme')),
          'server/plugins/com.acme.theme/src/index.ts': 'export {}\n',
        },
        finds: [
          {
            at: 'server/plugins/com.acme.theme',
            plugin: 'com.acme.theme',
            says: 'holds a frontend plugin, which nothing reads there: move it to client/web/plugins/com.acme.theme',
          },
        ],
      },
      'services among the frontend plugins': {
        files: { [`${PLUGINS}/com.acme.audit/services/audit.service.ts`]: 'export default class {}\n' },
        finds: [
          {
            at: `${PLUGINS}/com.acme.audit`,
            plugin: 'com.acme.audit',
            says: 'which nothing reads there: move it to server/plugins/com.acme.audit',
          },
        ],
      },
      'a letter left out': {
        files: placed('server/plugin'),
        finds: [
          {
            at: 'server/plugin/com.acme.audit',
            plugin: 'com.acme.audit',
            says: 'is read by nothing, so com.acme.audit is in no image: move it to client/web/plugins/com.acme.audit if',
          },
        ],
      },
      'the place of a repository of plugins, in a Tailchat': {
        files: placed('plugins'),
        finds: [{ at: 'plugins/com.acme.audit', plugin: 'com.acme.audit', says: 'is read by nothing' }],
      },
      'the client without web': {
        files: placed('client/plugins'),
        finds: [
          { at: 'client/plugins/com.acme.audit', plugin: 'com.acme.audit', says: 'is read by nothing' },
        ],
      },
    },
  },
  {
    rule: 'plugin/submodule-missing',
    valid: {
      'a submodule that is checked out': {
        files: { '.gitmodules': SUBMODULES, ...backendPlugin('com.acme.audit') },
      },
      'an empty directory that is no submodule': {
        files: { 'server/plugins/com.acme.audit/node_modules/a': '' },
      },
    },
    invalid: {
      'directories that are empty': {
        files: {
          '.gitmodules': SUBMODULES,
          'server/plugins/com.acme.audit/node_modules/.keep': '',
          'client/web/plugins/com.acme.theme/node_modules/.keep': '',
          ...registrations({ install: ['com.acme.audit'], registry: ['com.acme.theme'] }),
        },
        finds: [
          { at: '.gitmodules:2:9', plugin: 'com.acme.audit', says: 'was not checked out' },
          { at: '.gitmodules:5:9', plugin: 'com.acme.theme', says: 'was not checked out' },
        ],
      },
    },
  },
  {
    rule: 'plugin/unreadable',
    valid: {
      'files that are read': { files: frontendPlugin('com.acme.theme') },
      'a picture, which is never read': {
        files: frontendPlugin('com.acme.theme', { 'assets/icon.png': Uint8Array.of(0x89, 0xff) }),
      },
    },
    invalid: {
      'a manifest in GBK, by its first byte that is not UTF-8': {
        files: frontendPlugin('com.acme.theme', {
          'manifest.json': inGbk(json({ ...manifest('com.acme.theme'), description: 'GBK' })),
        }),
        finds: [
          {
            at: `${PLUGINS}/com.acme.theme/manifest.json:7:19`,
            plugin: 'com.acme.theme',
            says: 'line 7 has the byte 0xD6, as in a file saved as GBK or Latin-1: what it says is shown with',
            severity: 'error',
          },
        ],
      },
      'a source file in GBK, which is compiled all the same': {
        files: frontendPlugin('com.acme.theme', { 'src/lib.ts': inGbk('// \uFFFD\n// GBK\n') }),
        finds: [
          {
            at: `${PLUGINS}/com.acme.theme/src/lib.ts:2:4`,
            plugin: 'com.acme.theme',
            says: 'line 2 has the byte 0xD6',
            severity: 'notice',
          },
        ],
      },
      'a manifest in UTF-16, of which nothing is read': {
        files: frontendPlugin('com.acme.theme', { 'manifest.json': Buffer.from('\uFEFF{}', 'utf16le') }),
        finds: [
          {
            at: `${PLUGINS}/com.acme.theme/manifest.json`,
            plugin: 'com.acme.theme',
            says: 'is UTF-16, not UTF-8: nothing in it was checked',
          },
        ],
      },
      'a directory where the plugin registry should be': {
        files: { 'client/web/registry.json': undefined, 'client/web/registry.json/readme': '' },
        finds: [{ at: 'client/web/registry.json', says: 'is not a file' }],
      },
    },
  },
  {
    rule: 'plugin/name-not-reverse-domain',
    valid: {
      'a domain': { files: frontendPlugin('com.acme.theme') },
      'another domain, of five parts': { files: frontendPlugin('cn.acme.chat.video.v2') },
      'uppercase, digits, - and _': { files: backendPlugin('io.acme2.autoJoin-group_1') },
    },
    invalid: {
      'one word': {
        files: backendPlugin('tickets'),
        finds: [
          { at: 'server/plugins/tickets', plugin: 'tickets', says: 'the directory is named "tickets"; a' },
        ],
      },
      'a space': {
        files: frontendPlugin('com.acme.my theme'),
        finds: [
          {
            at: `${PLUGINS}/com.acme.my theme`,
            plugin: 'com.acme.my theme',
            says: 'rename the directory, the manifest',
          },
        ],
      },
      'shell syntax': {
        files: backendPlugin('com.acme.$(id)'),
        finds: [{ at: 'server/plugins/com.acme.$(id)', plugin: 'com.acme.$(id)', says: '"com.acme.$(id)"' }],
      },
      'a part with nothing in it': {
        files: frontendPlugin('com..theme'),
        finds: [{ at: `${PLUGINS}/com..theme`, plugin: 'com..theme', says: 'such as com.example.tickets' }],
      },
    },
  },
  {
    rule: 'plugin/duplicate-name',
    valid: {
      'two names': { files: { ...frontendPlugin('com.acme.a'), ...fullstackPlugin('com.acme.b') } },
      'a frontend plugin with its backend in a plugin of that name': {
        files: { ...frontendPlugin('com.acme.a'), ...backendPlugin('com.acme.a') },
      },
    },
    invalid: {
      'a frontend and a full-stack plugin of one name': {
        files: { ...frontendPlugin('com.acme.a'), ...fullstackPlugin('com.acme.a') },
        finds: [
          {
            at: 'server/plugins/com.acme.a',
            plugin: 'com.acme.a',
            says: `${PLUGINS}/com.acme.a has the same name`,
          },
        ],
      },
    },
  },
  {
    rule: 'plugin/not-offered',
    valid: {
      'one in the plugin registry': {
        files: { ...frontendPlugin('com.acme.a'), ...registrations({ registry: ['com.acme.a'] }) },
      },
      'one that is built in': {
        files: { ...frontendPlugin('com.acme.a'), ...registrations({ builtin: ['com.acme.a'] }) },
      },
      'one that is built in behind a condition': {
        files: {
          ...frontendPlugin('com.acme.a'),
          ...registrations({ builtin: ["isDemo && { name: 'com.acme.a' }"] }),
        },
      },
      'one in the install list': {
        files: { ...fullstackPlugin('com.acme.a'), ...registrations({ install: ['com.acme.a'] }) },
      },
      'one that is declared hidden': {
        files: {
          ...frontendPlugin('com.acme.a'),
          'tailchat-plugins.yml': 'version: 1\nplugins:\n  com.acme.a: { offer: hidden }\n',
        },
      },
      'a backend plugin': { files: backendPlugin('com.acme.a') },
      'one whose services are for development only': {
        files: fullstackPlugin('com.acme.a', {
          'services/main.service.ts': undefined,
          'services/main.service.dev.ts': '',
        }),
      },
      'a full-stack plugin where the install list is empty, which is one finding for all of them': {
        files: {
          ...fullstackPlugin('com.acme.a'),
          ...registrations({ install: ['&& cp -r ./public/plugins ./dist/public'] }),
        },
      },
      'one that undeclared: offer is going to offer': {
        files: frontendPlugin('com.acme.a'),
        inputs: { undeclared: 'offer' },
      },
    },
    invalid: {
      'a frontend plugin in neither list': {
        files: frontendPlugin('com.acme.a'),
        finds: [
          {
            at: `${PLUGINS}/com.acme.a/manifest.json`,
            plugin: 'com.acme.a',
            says: 'missing from client/web/registry.json and client/web/src/plugin/builtin.ts',
          },
        ],
      },
      'a full-stack plugin in neither list': {
        files: fullstackPlugin('com.acme.a'),
        finds: [
          {
            at: 'server/plugins/com.acme.a/web/plugins/com.acme.a/manifest.json',
            plugin: 'com.acme.a',
            says: 'missing from the plugin:install list of package.json',
          },
        ],
      },
    },
  },
  {
    rule: 'plugin/web-name-mismatch',
    valid: {
      'the name of the plugin': { files: fullstackPlugin('com.acme.a') },
      'the name of the plugin beside another': {
        files: fullstackPlugin('com.acme.a', { 'web/plugins/com.acme.b/src/index.ts': '' }),
      },
      'a web part without any plugin, which is another finding': {
        files: { 'server/plugins/com.acme.a/web/index.ts': '' },
      },
    },
    invalid: {
      'another name': {
        files: { 'server/plugins/com.acme.a/web/plugins/com.acme.b/manifest.json': '{}' },
        finds: [
          {
            at: 'server/plugins/com.acme.a/web/plugins/com.acme.b',
            plugin: 'com.acme.a',
            says: 'web/plugins holds com.acme.b and not com.acme.a',
          },
        ],
      },
    },
  },
  {
    rule: 'plugin/ignored-by-git',
    valid: {
      'a directory that is not ignored': {
        files: { ...GIT, ...backendPlugin('com.acme.a', { 'data/prices.ts': '' }) },
      },
      'what a build has left in an ignored directory': {
        files: {
          ...GIT,
          '.gitignore': 'dist\nlogs\n',
          ...backendPlugin('com.acme.a', { 'dist/index.js': '', 'dist/a.d.ts': '', 'logs/today.log': '' }),
        },
      },
      'a directory without git': {
        files: { '.gitignore': 'data/\n', ...backendPlugin('com.acme.a', { 'data/prices.ts': '' }) },
      },
    },
    invalid: {
      'source code in ignored directories': {
        files: {
          ...GIT,
          '.gitignore': 'dist\n',
          'server/.gitignore': 'data/\n',
          ...backendPlugin('com.acme.a', { 'data/prices ü.json': '', 'dist/a.ts': '' }),
          ...frontendPlugin('com.acme.b', { 'src/data/a.ts': '' }),
        },
        finds: [
          {
            at: 'server/plugins/com.acme.a/data/prices ü.json',
            plugin: 'com.acme.a',
            says: 'git ignores prices ü.json',
          },
          { at: 'server/plugins/com.acme.a/dist/a.ts', plugin: 'com.acme.a', says: 'git ignores a.ts' },
        ],
      },
    },
  },
]

/** The text with two Chinese characters as GBK has them in place of `GBK`. */
function inGbk(text: string): Uint8Array {
  const [before = '', after = ''] = text.split('GBK')
  return Buffer.concat([Buffer.from(before), Buffer.of(0xd6, 0xd0, 0xce, 0xc4), Buffer.from(after)])
}
