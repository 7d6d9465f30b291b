import {
  backendPlugin,
  type Files,
  frontendPlugin,
  fullstackPlugin,
  json,
  manifest,
  type Registrations,
  registrations,
} from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const REGISTRY = 'client/web/registry.json'
const BUILTIN = 'client/web/src/plugin/builtin.ts'

const BUILT = 'server/public/registry-be.json'

/** What the build script does with the bundles. */
const COPY = '&& cp -r ./public/plugins ./dist/public'

/** A repository with a plugin of each kind. */
const PLUGINS: Files = {
  ...frontendPlugin('com.acme.theme'),
  ...fullstackPlugin('com.acme.tickets'),
  ...backendPlugin('com.acme.audit'),
}

export const registrationCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'registration/unreadable',
    valid: {
      'three files': { files: registered({ registry: ['com.acme.theme'] }) },
      'none of them': {
        files: {
          [REGISTRY]: undefined,
          [BUILTIN]: undefined,
          'package.json': undefined,
          'client/web/plugins/com.acme.theme/manifest.json': '{}',
        },
      },
      'an array with a method behind it': {
        files: { [BUILTIN]: 'export const builtinPlugins = [isDemo && {}].filter(Boolean) as Manifest[]' },
      },
      'a bare array': { files: { [BUILTIN]: 'export const builtinPlugins: Manifest[] = []' } },
    },
    invalid: {
      'a plugin registry that is not JSON': {
        files: { [REGISTRY]: '[\n  {},\n]\n' },
        finds: [{ at: `${REGISTRY}:3:1`, says: 'not valid JSON: value expected; the client would get' }],
      },
      'a plugin registry that is no array': {
        files: { [REGISTRY]: '\n{}' },
        finds: [{ at: `${REGISTRY}:2:1`, says: 'must be a JSON array' }],
      },
      'a root package.json that is not JSON': {
        files: { 'package.json': '{ "name": tailchat }' },
        finds: [{ at: 'package.json:1:11', says: 'not valid JSON: invalid symbol' }],
      },
      'names behind plugin:install that only the shell knows': {
        files: registered({ install: ['com.acme.tickets', '$(cat plugins.txt)'] }),
        finds: [
          {
            at: 'package.json:4:58',
            says: 'cannot be told: the value of $(cat plugins.txt) is only known when it runs; write them out',
          },
        ],
      },
      'a plugin:install in a here-document': {
        files: {
          ...PLUGINS,
          'package.json': '{}',
          Dockerfile: 'FROM node\nRUN <<EOF\npnpm plugin:install a\nEOF\n',
        },
        finds: [{ at: 'Dockerfile:3:20', says: 'it is in a here-document' }],
      },
      'a builtin.ts that does not parse': {
        files: { [BUILTIN]: 'export const a = 1\nexport const builtinPlugins = [\n' },
        finds: [{ at: `${BUILTIN}:1:1`, says: /it does not parse: .* \(line 3\)$/ }],
      },
      'a builtin.ts without the list': {
        files: { [BUILTIN]: 'export const plugins = []' },
        finds: [{ at: `${BUILTIN}:1:1`, says: 'it declares no variable builtinPlugins' }],
      },
      'a list that is made of two': {
        files: { [BUILTIN]: 'export const builtinPlugins = [{}].concat([{}])' },
        finds: [{ at: `${BUILTIN}:1:1`, says: 'builtinPlugins is neither an array nor a call' }],
      },
    },
  },
  {
    rule: 'registration/entry-without-plugin',
    valid: {
      'entries of plugins that are there': {
        files: registered({ registry: ['com.acme.theme'], builtin: ['com.acme.tickets'] }),
      },
      'an entry of a plugin that is hosted elsewhere': {
        files: registered({
          registry: [{ ...manifest('com.acme.far'), url: 'https://cdn.acme.com/com.acme.far/index.js' }],
          builtin: ["{ name: 'com.acme.away', url: 'https://cdn.acme.com/com.acme.away/index.js' }"],
        }),
      },
      'an entry in a comment': { files: registered({ builtin: ["// { name: 'com.acme.gone' }"] }) },
      'entries without a name that can be read': {
        files: registered({ registry: [{}], builtin: ['...others', 'theme', '{ name: NAME }'] }),
      },
    },
    invalid: {
      'an entry of the plugin registry': {
        files: registered({ registry: ['com.acme.theme', 'com.acme.gone'] }),
        finds: [
          { at: `${REGISTRY}:13:13`, plugin: 'com.acme.gone', says: 'there is no plugin "com.acme.gone"' },
        ],
        fixed: { [REGISTRY]: registrations({ registry: ['com.acme.theme'] })[REGISTRY] },
      },
      'an entry of a plugin that only has to move, which is not taken out': {
        files: {
          ...registered({ registry: ['com.acme.theme', 'com.acme.gone'] }),
          'client/plugins/com.acme.gone/manifest.json': '{}',
        },
        finds: [
          {
            at: `${REGISTRY}:13:13`,
            plugin: 'com.acme.gone',
            says: 'is in client/plugins/com.acme.gone, which nothing reads',
          },
        ],
      },
      'an entry whose url is of another plugin, which may be the one that is meant': {
        files: registered({
          registry: [{ ...manifest('com.acme.theme'), name: 'com.acme.colours.of.the.app' }],
        }),
        finds: [
          {
            at: `${REGISTRY}:4:13`,
            plugin: 'com.acme.colours.of.the.app',
            says: 'remove the entry, or add the plugin',
          },
        ],
      },
      'a typo': {
        files: registered({ registry: ['com.acme.themes'] }),
        finds: [
          { at: `${REGISTRY}:4:13`, plugin: 'com.acme.themes', says: '(did you mean com.acme.theme?)' },
        ],
      },
      'entries of builtin.ts, conditional or not': {
        files: registered({ builtin: ['com.acme.gone', "isDemo && { name: 'com.acme.demo' }"] }),
        finds: [
          { at: `${BUILTIN}:2:3`, plugin: 'com.acme.gone', says: 'remove the entry, or add the plugin' },
          { at: `${BUILTIN}:3:3`, plugin: 'com.acme.demo', says: 'there is no plugin "com.acme.demo"' },
        ],
      },
    },
  },
  {
    rule: 'install-list/unknown-plugin',
    valid: {
      'a full-stack plugin': { files: registered({ install: ['com.acme.tickets'] }) },
      'a quoted name, an option, and a command behind it': {
        files: registered({ install: ['--', '"com.acme.tickets"', '&& cp ./public/plugins ./dist'] }),
      },
      'a package.json without scripts': { files: { ...PLUGINS, 'package.json': '{}' } },
      'the definition of the command': {
        files: {
          ...PLUGINS,
          'package.json': json({ scripts: { 'plugin:install': 'node plugin:install com.acme.gone' } }),
        },
      },
    },
    invalid: {
      'a plugin that only has to move, which is not taken out': {
        files: {
          ...registered({ install: ['com.acme.tickets', 'com.acme.gone'] }),
          'server/plugin/com.acme.gone/package.json': '{}',
        },
        finds: [
          {
            at: 'package.json:4:76',
            plugin: 'com.acme.gone',
            says: 'is in server/plugin/com.acme.gone, which nothing reads',
          },
        ],
      },
      'a typo': {
        files: registered({ install: ['com.acme.tickets', 'com.acme.audiit'] }),
        finds: [
          {
            at: 'package.json:4:76',
            plugin: 'com.acme.audiit',
            says: 'there is no server/plugins/com.acme.audiit (did you mean com.acme.audit?): plugin:install drops the name without a word; correct the name here, or that of the directory',
          },
        ],
      },
      'a name in a continued line of the Dockerfile, and one in a script of the server': {
        files: {
          ...PLUGINS,
          'package.json': json({ scripts: { 'build:server': 'cd server && pnpm run install:ours' } }),
          'server/package.json': json({ scripts: { 'install:ours': 'pnpm plugin:install com.acme.gone' } }),
          Dockerfile:
            'FROM node\nRUN cd server && \\\n  # ours\n  pnpm plugin:install com.acme.tickets \\\n    com.acme.lost\n',
        },
        finds: [
          { at: 'Dockerfile:5:5', plugin: 'com.acme.lost', says: 'there is no server/plugins/com.acme.lost' },
          { at: 'server/package.json:3:42', plugin: 'com.acme.gone', says: 'there is no server/plugins' },
        ],
      },
      'a frontend plugin': {
        files: registered({ install: ['com.acme.theme'] }),
        finds: [
          {
            at: 'package.json:4:59',
            plugin: 'com.acme.theme',
            says: 'is a frontend plugin: plugin:install drops it without a word',
          },
        ],
      },
    },
  },
  {
    rule: 'install-list/backend-plugin',
    valid: {
      'a full-stack plugin': { files: registered({ install: ['com.acme.tickets'] }) },
      'all, where every plugin is full-stack': {
        files: { ...fullstackPlugin('com.acme.tickets'), ...registrations({ install: ['all'] }) },
      },
    },
    invalid: {
      'a backend plugin': {
        files: registered({ install: ['com.acme.audit'] }),
        finds: [
          { at: 'package.json:4:59', plugin: 'com.acme.audit', says: 'com.acme.audit has no web part' },
        ],
        fixed: { 'package.json': registrations({})['package.json'] },
      },
      'all, where a plugin is a backend one': {
        files: registered({ install: ['all'] }),
        finds: [
          { at: 'package.json:4:59', says: 'plugin:install all stops at the backend plugins com.acme.a' },
        ],
        fixed: { 'package.json': registrations({ install: ['com.acme.tickets'] })['package.json'] },
      },
      'all in the Dockerfile': {
        files: {
          ...PLUGINS,
          ...fullstackPlugin('com.acme.polls'),
          'package.json': '{}',
          Dockerfile: 'FROM node\nRUN ["pnpm", "-C", "server", "plugin:install", "all"]\n',
        },
        finds: [
          { at: 'Dockerfile:2:48', says: 'plugin:install all stops at the backend plugins com.acme.a' },
        ],
        fixed: {
          Dockerfile:
            'FROM node\nRUN ["pnpm", "-C", "server", "plugin:install", "com.acme.polls", "com.acme.tickets"]\n',
        },
      },
      'all, where nothing remains that could be named': {
        files: { ...backendPlugin('com.acme.audit'), ...registrations({ install: ['all'] }) },
        finds: [{ at: 'package.json:4:59', says: 'plugin:install all stops' }],
      },
    },
  },
  {
    rule: 'registration/out-of-date',
    valid: {
      'registrations that say what is declared': {
        files: declared('com.acme.theme: { offer: registry }', { registry: ['com.acme.theme'] }),
      },
      'a conditional entry where builtin is declared': {
        files: declared('com.acme.theme: { offer: builtin }', {
          builtin: ["isDemo && { name: 'com.acme.theme' }"],
        }),
      },
      'plugins that are not declared': { files: registered({ registry: ['com.acme.theme'] }) },
    },
    invalid: {
      'a frontend plugin to add': {
        files: declared('com.acme.theme: { offer: registry }'),
        finds: [
          { at: `${REGISTRY}:1:1`, plugin: 'com.acme.theme', says: 'wanted and not in client/web/registry' },
        ],
      },
      'a full-stack plugin to add to two lists': {
        files: declared('com.acme.tickets: { offer: builtin }'),
        finds: [
          { at: `${BUILTIN}:1:40`, plugin: 'com.acme.tickets', says: `not in ${BUILTIN}: run sync` },
          { at: 'package.json:4:58', plugin: 'com.acme.tickets', says: 'package.json (plugin:install)' },
        ],
      },
      'a full-stack plugin whose list is in the Dockerfile': {
        files: {
          ...declared('com.acme.tickets: { offer: registry }'),
          'package.json': '{}',
          Dockerfile: 'FROM node\nRUN cd server && pnpm plugin:install\n',
        },
        finds: [
          { at: 'Dockerfile:2:37', plugin: 'com.acme.tickets', says: 'not in Dockerfile (plugin:install)' },
        ],
      },
      'a full-stack plugin to take out of two lists': {
        files: {
          ...declared('com.acme.tickets: { offer: hidden }', { install: ['com.acme.tickets'] }),
          Dockerfile: 'FROM node\nRUN cd server && pnpm plugin:install com.acme.tickets\n',
        },
        finds: [
          { at: 'Dockerfile:2:38', plugin: 'com.acme.tickets', says: 'is in Dockerfile (plugin:install)' },
          {
            at: 'package.json:4:59',
            plugin: 'com.acme.tickets',
            says: 'is in package.json (plugin:install)',
          },
        ],
      },
      'a plugin to take out of its list': {
        files: declared('com.acme.theme: { offer: hidden }', { registry: ['com.acme.theme'] }),
        finds: [
          { at: `${REGISTRY}:2:3`, plugin: 'com.acme.theme', says: 'not wanted there: run sync to take' },
        ],
      },
      'an undeclared plugin that undeclared: offer offers': {
        files: frontendPlugin('com.acme.theme'),
        inputs: { undeclared: 'offer' },
        finds: [{ at: `${REGISTRY}:1:1`, plugin: 'com.acme.theme', says: 'run sync to add it' }],
      },
    },
  },
  {
    rule: 'registration/cannot-be-written',
    valid: {
      'a change that sync can write': { files: declared('com.acme.theme: { offer: registry }') },
      'a plugin whose manifest is wrong, to take out': {
        files: {
          ...declared('com.acme.theme: { offer: hidden }', { registry: ['com.acme.theme'] }),
          'client/web/plugins/com.acme.theme/manifest.json': 'null',
        },
      },
    },
    invalid: {
      'a manifest with errors': {
        files: {
          ...declared('com.acme.theme: { offer: registry }'),
          'client/web/plugins/com.acme.theme/manifest.json': '{}',
        },
        finds: [{ at: `${REGISTRY}:1:1`, plugin: 'com.acme.theme', says: 'its manifest has errors' }],
      },
      'a plugin registry that is not there': {
        files: { ...declared('com.acme.theme: { offer: registry }'), [REGISTRY]: undefined },
        finds: [
          {
            at: `${REGISTRY}:1:1`,
            plugin: 'com.acme.theme',
            says: /does not exist or cannot be read: add this entry by hand: \{ ".*"name": "com\.acme\.theme".* \}$/,
          },
        ],
      },
      'a build script without plugin:install': {
        files: {
          ...declared('com.acme.tickets: { offer: registry }'),
          'package.json': '{\n  "scripts": { "build:server": "tsc" }\n}\n',
        },
        finds: [
          {
            at: 'package.json:2:32',
            plugin: 'com.acme.tickets',
            says: 'add `pnpm run plugin:install com.acme.tickets`',
          },
        ],
      },
      'a builtin.ts that is not understood': {
        files: { ...declared('com.acme.theme: { offer: builtin }'), [BUILTIN]: 'export {}' },
        finds: [
          {
            at: `${BUILTIN}:1:1`,
            plugin: 'com.acme.theme',
            says: /add this entry by hand: \{ .*name: 'com\.acme\.theme', .*\},$/,
          },
        ],
      },
      'a list of names that only the shell knows': {
        files: declared('com.acme.tickets: { offer: registry }', { install: ['$PLUGINS'] }),
        finds: [
          {
            at: 'package.json:4:58',
            plugin: 'com.acme.tickets',
            says: 'the value of $PLUGINS is only known when it runs; add `com.acme.tickets` by hand',
          },
        ],
      },
      'a plugin that all installs, to take out': {
        files: declared('com.acme.tickets: { offer: hidden }', { install: ['all'] }),
        finds: [
          { at: 'package.json:4:58', plugin: 'com.acme.tickets', says: '`plugin:install all` installs it' },
        ],
      },
    },
  },
  {
    rule: 'install-list/empty',
    valid: {
      'a name': { files: registered({ install: ['com.acme.tickets', COPY] }) },
      'no copying behind it': { files: registered({}) },
      'no command at all': { files: { ...PLUGINS, 'package.json': '{}' } },
      'a name that sync is about to add': {
        files: declared('com.acme.tickets: { offer: registry }', { install: [COPY] }),
      },
    },
    invalid: {
      'a copy of what was not made, in another instruction of the Dockerfile': {
        files: {
          ...PLUGINS,
          'package.json': '{}',
          Dockerfile: 'FROM node\nRUN pnpm plugin:install\nRUN cp -r ./public/plugins ./dist/public\n',
        },
        finds: [{ at: 'Dockerfile:2:24', says: 'plugin:install in the Dockerfile names no plugin' }],
      },
      'a copy of what was not made': {
        files: registered({ install: [COPY] }),
        finds: [
          {
            at: 'package.json:4:58',
            says: /plugin:install in "build:server" names no plugin.*\(com\.acme\.tickets\)/,
          },
        ],
      },
    },
  },
  {
    rule: 'registration/entry-without-effect',
    valid: {
      'a plugin in one of the lists': { files: registered({ registry: ['com.acme.theme'] }) },
      'one that is built in behind a condition': {
        files: registered({
          registry: ['com.acme.theme'],
          builtin: ["isDemo && { name: 'com.acme.theme', url: '/plugins/com.acme.theme/index.js' }"],
        }),
      },
      'both places, declared': {
        files: declared('com.acme.theme: { offer: [registry, builtin] }', {
          registry: ['com.acme.theme'],
          builtin: ['com.acme.theme'],
        }),
      },
    },
    invalid: {
      'an entry of what everyone has': {
        files: registered({ registry: ['com.acme.theme'], builtin: ['com.acme.theme'] }),
        finds: [
          {
            at: `${REGISTRY}:4:13`,
            plugin: 'com.acme.theme',
            says: 'the plugin store hides what is built in: this entry has no effect',
          },
        ],
        fixed: { [REGISTRY]: '[]\n' },
      },
    },
  },
  {
    rule: 'registration/url-not-canonical',
    valid: {
      'the urls of each list': {
        files: registered({
          registry: ['com.acme.theme'],
          builtin: [
            `{ name: 'com.acme.tickets', url: '{BACKEND}/plugins/com.acme.tickets/index.js' }`,
            `{ name: 'com.acme.theme', url: THEME_URL }`,
          ],
        }),
      },
      'an entry of a plugin that is not there, which is another finding': {
        files: registered({ registry: [{ name: 'com.acme.gone' }] }),
      },
      'a plugin that is hosted elsewhere': {
        files: registered({
          registry: [{ name: 'com.acme.theme', url: 'https://cdn.acme.com/com.acme.theme/index.js' }],
        }),
      },
      'an entry that takes its url from another object': {
        files: registered({ builtin: [`{ ...theme, name: 'com.acme.theme' }`] }),
      },
    },
    invalid: {
      'no url': {
        files: registered({ registry: [{ name: 'com.acme.theme' }] }),
        finds: [{ at: `${REGISTRY}:2:3`, plugin: 'com.acme.theme', says: 'add "/plugins/com.acme.theme/in' }],
        fixed: {
          [REGISTRY]: json([{ name: 'com.acme.theme', url: '/plugins/com.acme.theme/index.js' }]),
        },
      },
      'the url of another plugin': {
        files: registered({
          registry: [{ ...manifest('com.acme.theme'), url: '/plugins/com.acme.tickets/index.js' }],
        }),
        finds: [
          { at: `${REGISTRY}:5:12`, plugin: 'com.acme.theme', says: 'it is "/plugins/com.acme.theme/inde' },
        ],
        fixed: { [REGISTRY]: json([manifest('com.acme.theme')]) },
      },
      '{BACKEND} in the plugin registry': {
        files: registered({
          registry: [{ ...manifest('com.acme.tickets'), url: '{BACKEND}/plugins/com.acme.tickets/index.js' }],
        }),
        finds: [
          {
            at: `${REGISTRY}:5:12`,
            plugin: 'com.acme.tickets',
            says: `in ${REGISTRY} it is "/plugins/com.acme.tickets/index.js"`,
          },
        ],
        fixed: { [REGISTRY]: json([manifest('com.acme.tickets')]) },
      },
      'a built-in entry with the url of another plugin, and one without': {
        files: registered({
          builtin: [
            `{ name: 'com.acme.theme', url: '/plugins/com.acme.b/index.js' }`,
            `isDemo && {\n    name: 'com.acme.tickets' // ours\n  }`,
          ],
        }),
        finds: [
          { at: `${BUILTIN}:2:34`, plugin: 'com.acme.theme', says: 'it is "/plugins/com.acme.theme/index' },
          { at: `${BUILTIN}:3:3`, plugin: 'com.acme.tickets', says: '"url" is missing: add "{BACKEND}/pl' },
        ],
        fixed: {
          [BUILTIN]: registrations({
            builtin: [
              `{ name: 'com.acme.theme', url: '/plugins/com.acme.theme/index.js' }`,
              `isDemo && {\n    name: 'com.acme.tickets', // ours\n    url: '{BACKEND}/plugins/com.acme.tickets/index.js'\n  }`,
            ],
          })[BUILTIN],
        },
      },
    },
  },
  {
    rule: 'registration/url-without-backend',
    valid: {
      'a frontend plugin': { files: registered({ builtin: ['com.acme.theme'] }) },
      'an entry of the plugin registry, where {BACKEND} is not replaced': {
        files: registered({ registry: ['com.acme.tickets'] }),
      },
    },
    invalid: {
      'a built-in full-stack plugin': {
        files: registered({
          builtin: [`{ name: 'com.acme.tickets', url: "/plugins/com.acme.tickets/index.js" }`],
        }),
        finds: [
          {
            at: `${BUILTIN}:2:36`,
            plugin: 'com.acme.tickets',
            says: 'write "{BACKEND}/plugins/com.acme.tickets/index.js"',
          },
        ],
        fixed: {
          [BUILTIN]: registrations({
            builtin: [`{ name: 'com.acme.tickets', url: '{BACKEND}/plugins/com.acme.tickets/index.js' }`],
          })[BUILTIN],
        },
      },
    },
  },
  {
    rule: 'registration/duplicate-entry',
    valid: {
      'one entry in each list': {
        files: registered({
          registry: ['com.acme.theme'],
          builtin: ['com.acme.theme', 'com.acme.tickets'],
          install: ['com.acme.tickets'],
        }),
      },
      'entries behind conditions': {
        files: registered({
          builtin: ["isA && { name: 'com.acme.theme' }", "isB && { name: 'com.acme.theme' }"],
        }),
      },
      'entries without a name': { files: registered({ registry: [{}, {}] }) },
      'an entry that sync takes out': {
        files: {
          ...registered({ registry: ['com.acme.tickets'], install: ['com.acme.tickets'] }),
          'tailchat-plugins.yml': 'version: 1\nplugins: { com.acme.tickets: { offer: registry } }\n',
        },
      },
    },
    invalid: {
      'an entry of the plugin registry': {
        files: registered({ registry: ['com.acme.theme', 'com.acme.tickets', 'com.acme.theme'] }),
        finds: [{ at: `${REGISTRY}:22:13`, plugin: 'com.acme.theme', says: 'names com.acme.theme already' }],
        fixed: { [REGISTRY]: registrations({ registry: ['com.acme.theme', 'com.acme.tickets'] })[REGISTRY] },
      },
      'a built-in entry with a comment': {
        files: registered({ builtin: ['com.acme.theme', `// again\n  { name: 'com.acme.theme' }`] }),
        finds: [{ at: `${BUILTIN}:4:3`, plugin: 'com.acme.theme', says: 'remove this entry' }],
        fixed: { [BUILTIN]: registrations({ builtin: ['com.acme.theme'] })[BUILTIN] },
      },
      'a full-stack plugin of the plugin registry that is installed too': {
        files: registered({
          registry: ['com.acme.theme', 'com.acme.tickets'],
          install: ['com.acme.tickets'],
        }),
        finds: [{ at: `${REGISTRY}:13:13`, plugin: 'com.acme.tickets', says: 'would show it twice' }],
        fixed: { [REGISTRY]: registrations({ registry: ['com.acme.theme'] })[REGISTRY] },
      },
      'a name of the install list': {
        files: registered({ install: ['com.acme.tickets', '"com.acme.tickets"', COPY] }),
        finds: [{ at: 'package.json:4:76', plugin: 'com.acme.tickets', says: 'remove this entry' }],
        fixed: { 'package.json': registrations({ install: ['com.acme.tickets', COPY] })['package.json'] },
      },
    },
  },
  {
    rule: 'registration/manifest-differs',
    valid: {
      'entries that are equal to their manifests': {
        files: registered({ registry: ['com.acme.theme'], builtin: ['com.acme.theme'] }),
      },
      'paths that differ in {BACKEND} only': {
        files: {
          ...fullstackPlugin('com.acme.a', {
            'web/plugins/com.acme.a/manifest.json': json({
              ...manifest('com.acme.a', 'fullstack'),
              icon: '{BACKEND}/images/a.png',
            }),
          }),
          ...registrations({ registry: [{ ...manifest('com.acme.a'), icon: '/images/a.png' }] }),
        },
      },
      'another url, which is another finding': {
        files: registered({ registry: [{ ...manifest('com.acme.theme'), url: '/index.js' }] }),
      },
      'an icon that is not there, which is another finding and must not spread': {
        files: {
          ...frontendPlugin('com.acme.a', {
            'manifest.json': json({ ...manifest('com.acme.a'), icon: '/plugins/com.acme.a/gone.png' }),
          }),
          ...registrations({ registry: ['com.acme.a'] }),
        },
      },
      'a manifest of another plugin, which is another finding': {
        files: {
          ...frontendPlugin('com.acme.a', {
            'manifest.json': json({ ...manifest('com.acme.b'), version: '9.0.0' }),
          }),
          ...registrations({ registry: ['com.acme.a'] }),
        },
      },
      'a manifest without a field that is required, which is another finding': {
        files: {
          ...frontendPlugin('com.acme.a', {
            'manifest.json': json({ ...manifest('com.acme.a'), author: undefined }),
          }),
          ...registrations({ registry: ['com.acme.a'] }),
        },
      },
      'values that only running builtin.ts can tell': {
        files: registered({
          builtin: [
            `{ ...theme, name: 'com.acme.theme' }`,
            `{ label: t('x'), name: 'com.acme.theme', url: u, version: v, author: a, description: d, requireRestart: r }`,
          ],
        }),
      },
    },
    invalid: {
      'a value and two fields of the plugin registry': {
        files: registered({
          registry: [
            {
              ...manifest('com.acme.theme'),
              description: undefined,
              version: '0.9.0',
              icon: '/images/old.png',
            },
          ],
        }),
        finds: [
          { at: `${REGISTRY}:2:3`, plugin: 'com.acme.theme', says: '"description" is missing here and "For' },
          { at: `${REGISTRY}:6:16`, plugin: 'com.acme.theme', says: '"version" is "0.9.0" here and "1.0.0"' },
          {
            at: `${REGISTRY}:9:13`,
            plugin: 'com.acme.theme',
            says: '"icon" is "/images/old.png" here and m',
          },
        ],
      },
      'a value of the plugin registry': {
        files: registered({
          registry: [{ ...manifest('com.acme.theme'), requireRestart: false }, 'com.acme.tickets'],
        }),
        finds: [
          {
            at: `${REGISTRY}:9:23`,
            plugin: 'com.acme.theme',
            says: '"requireRestart" is false here and true in client/web/plugins/com.acme.theme/manifest.json',
          },
        ],
        fixed: { [REGISTRY]: registrations({ registry: ['com.acme.theme', 'com.acme.tickets'] })[REGISTRY] },
      },
      'a field that the manifest does not have': {
        files: registered({ registry: [{ ...manifest('com.acme.theme'), icon: '/images/old.png' }] }),
        finds: [{ at: `${REGISTRY}:10:13`, plugin: 'com.acme.theme', says: 'missing in client/web/plugins' }],
        fixed: { [REGISTRY]: registrations({ registry: ['com.acme.theme'] })[REGISTRY] },
      },
      'a built-in entry': {
        files: registered({
          builtin: [builtinTheme("version: '0.9.0', // old", ["icon: '/a.png', // old"])],
        }),
        finds: [
          { at: `${BUILTIN}:6:14`, plugin: 'com.acme.theme', says: '"version" is "0.9.0" here and "1.0.0"' },
          { at: `${BUILTIN}:10:11`, plugin: 'com.acme.theme', says: '"icon" is "/a.png" here and missing' },
        ],
        fixed: {
          [BUILTIN]: registrations({ builtin: [builtinTheme("version: '1.0.0', // old", [])] })[BUILTIN],
        },
      },
      'a built-in entry without a field': {
        files: registered({ builtin: [builtinTheme('', [])] }),
        finds: [{ at: `${BUILTIN}:2:3`, plugin: 'com.acme.theme', says: '"version" is missing here' }],
        fixed: {
          [BUILTIN]: registrations({ builtin: [builtinTheme('', ["version: '1.0.0',"])] })[BUILTIN],
        },
      },
    },
  },
  {
    rule: 'registration/dockerignore-not-read',
    valid: {
      'no .dockerignore': { files: {} },
      'patterns that are understood': {
        files: { '.dockerignore': '# all\n**/node_modules/**/*.m?p\n!docs\n' },
      },
    },
    invalid: {
      'too many wildcards, and brackets that are never closed': {
        files: { '.dockerignore': 'docs\n**/*.*.*.*.map\n[a\n' },
        finds: [{ at: '.dockerignore:2:1', says: 'more than 4 wildcards' }],
      },
    },
  },
  {
    rule: 'registration/left-by-a-build',
    valid: {
      'plugins that are installed anew': {
        files: {
          ...registered({ install: ['com.acme.tickets'] }),
          [BUILT]: json([manifest('com.acme.tickets')]),
        },
      },
      'a file that Docker does not get': {
        files: {
          ...registered({ install: ['com.acme.tickets'] }),
          [BUILT]: json([manifest('com.acme.gone')]),
          '.dockerignore': '# built\n**/public/\n!server/public/css\n',
        },
      },
      'all plugins': {
        files: { ...registered({ install: ['all'] }), [BUILT]: '[{ "name": "com.acme.b" }]' },
      },
    },
    invalid: {
      'a plugin that is installed no more': {
        files: {
          ...registered({ install: ['com.acme.tickets'] }),
          [BUILT]: json([manifest('com.acme.tickets'), manifest('com.acme.gone')]),
          '.dockerignore': 'server/public\n!server/public/*.json\n',
        },
        finds: [
          {
            at: `${BUILT}:13:13`,
            plugin: 'com.acme.gone',
            says: 'plugin:install does not name com.acme.gone',
          },
        ],
      },
    },
  },
]

function registered(lists: Registrations): Files {
  return { ...PLUGINS, ...registrations(lists) }
}

function declared(plugin: string, lists: Registrations = {}): Files {
  return { ...registered(lists), 'tailchat-plugins.yml': `version: 1\nplugins:\n  ${plugin}\n` }
}

/** The theme's entry as its manifest has it, with another text for its version, and more at its end. */
function builtinTheme(version: string, more: string[]): string {
  const lines = [
    "label: 'theme',",
    "name: 'com.acme.theme',",
    "url: '/plugins/com.acme.theme/index.js',",
    ...(version === '' ? [] : [version]),
    "author: 'example',",
    "description: 'For a test',",
    'requireRestart: true,',
    ...more,
  ]
  return `{\n${lines.map((line) => `    ${line}\n`).join('')}  }`
}
