import {
  backendPlugin,
  below,
  type Files,
  frontendPlugin,
  fullstackPlugin,
  json,
  MINISTAR_CONFIG,
} from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const NAME = 'com.acme.theme'
const WEB = `client/web/plugins/${NAME}/package.json`
const SERVER = `server/plugins/${NAME}/package.json`
const RC = `server/plugins/${NAME}/.ministarrc.js`
const SERVER_WEB = `server/plugins/${NAME}/web/plugins/${NAME}/package.json`

export const packageCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'package/invalid',
    valid: {
      'a frontend plugin': { files: frontendPlugin(NAME) },
      'a full-stack plugin': { files: fullstackPlugin(NAME) },
      'a backend plugin without': { files: backendPlugin(NAME, { 'package.json': undefined }) },
      'a web part of another name, which is another finding': {
        files: fullstackPlugin(NAME, {
          ...below('web/plugins', {
            [`${NAME}/package.json`]: undefined,
            [`${NAME}/manifest.json`]: undefined,
            [`${NAME}/src/index.tsx`]: undefined,
            'com.acme.themes/package.json': '{}',
          }),
        }),
      },
    },
    invalid: {
      'a plugin with nothing but a web part': {
        files: fullstackPlugin(NAME, { 'package.json': undefined, 'services/main.service.ts': undefined }),
        finds: [{ at: SERVER, plugin: NAME, says: 'package.json is missing' }],
        fixed: {
          [SERVER]: json({
            name: 'tailchat-plugin-theme',
            version: '0.0.0',
            private: true,
            scripts: { 'build:web': 'ministar buildPlugin all' },
          }),
        },
      },
      'a frontend plugin without': {
        files: frontendPlugin(NAME, { 'package.json': undefined }),
        finds: [{ at: WEB, plugin: NAME, says: 'package.json is missing: the bundler' }],
      },
      'a full-stack plugin with neither of its two': {
        files: fullstackPlugin(NAME, {
          'package.json': undefined,
          [`web/plugins/${NAME}/package.json`]: undefined,
        }),
        finds: [
          { at: SERVER, plugin: NAME, says: 'package.json is missing' },
          { at: SERVER_WEB, plugin: NAME, says: 'package.json is missing' },
        ],
      },
      'a missing brace': {
        files: backendPlugin(NAME, { 'package.json': '{\n  "name": "a"\n' }),
        finds: [{ at: `${SERVER}:3:1`, plugin: NAME, says: 'not valid JSON: close brace expected' }],
      },
      'an array': {
        files: frontendPlugin(NAME, { 'package.json': '[]' }),
        finds: [{ at: `${WEB}:1:1`, plugin: NAME, says: 'must hold a JSON object' }],
      },
    },
  },
  {
    rule: 'package/name-mismatch',
    valid: {
      '@plugins/NAME': { files: frontendPlugin(NAME) },
      'the bare name': { files: withPackage({ name: NAME, main: 'src/index.tsx' }) },
      'any name of a backend package': {
        files: backendPlugin(NAME, { 'package.json': json({ name: 'anything' }) }),
      },
    },
    invalid: {
      'another name': {
        files: withPackage({ name: '@plugins/com.acme.themes', main: 'src/index.tsx' }),
        finds: [{ at: `${WEB}:2:11`, plugin: NAME, says: `it must be "@plugins/${NAME}"` }],
        fixed: { [WEB]: json({ name: `@plugins/${NAME}`, main: 'src/index.tsx' }) },
      },
      'another scope': {
        files: withPackage({ name: `@acme/${NAME}`, main: 'src/index.tsx' }),
        finds: [{ at: `${WEB}:2:11`, plugin: NAME, says: `name is "@acme/${NAME}"` }],
      },
      'no name': {
        files: withPackage({ main: 'src/index.tsx' }),
        finds: [{ at: `${WEB}:1:1`, plugin: NAME, says: '"name" is missing' }],
        fixed: { [WEB]: json({ main: 'src/index.tsx', name: `@plugins/${NAME}` }) },
      },
      'the web part of a full-stack plugin': {
        files: fullstackPlugin(NAME, {
          [`web/plugins/${NAME}/package.json`]: json({ name: 'theme', main: 'src/index.tsx' }),
        }),
        finds: [{ at: `${SERVER_WEB}:2:11`, plugin: NAME, says: 'name is "theme"' }],
      },
    },
  },
  {
    rule: 'package/main-missing',
    valid: {
      'a file': { files: frontendPlugin(NAME) },
      'a path with a dot before it': {
        files: withPackage({ name: `@plugins/${NAME}`, main: './src/index.tsx' }),
      },
      'a backend package, whose main nobody asks for': {
        files: backendPlugin(NAME, { 'package.json': json({ name: 'a', main: 'index.js' }) }),
      },
    },
    invalid: {
      'no main': {
        files: withPackage({ name: `@plugins/${NAME}` }),
        finds: [{ at: `${WEB}:1:1`, plugin: NAME, says: '"main" is missing' }],
      },
      'a file that is not there': {
        files: withPackage({ name: `@plugins/${NAME}`, main: 'src/main.tsx' }),
        finds: [{ at: `${WEB}:3:11`, plugin: NAME, says: 'main is "src/main.tsx", and there is no such' }],
      },
      'no extension': {
        files: withPackage({ name: `@plugins/${NAME}`, main: 'src/index' }),
        finds: [{ at: `${WEB}:3:11`, plugin: NAME, says: 'with its extension' }],
      },
      'a directory': {
        files: withPackage({ name: `@plugins/${NAME}`, main: 'src' }),
        finds: [{ at: `${WEB}:3:11`, plugin: NAME, says: 'main is "src"' }],
      },
      'another case': {
        files: withPackage({ name: `@plugins/${NAME}`, main: 'src/Index.tsx' }),
        finds: [{ at: `${WEB}:3:11`, plugin: NAME, says: 'main is "src/Index.tsx"' }],
      },
      'a path out of the web part': {
        files: fullstackPlugin(NAME, {
          [`web/plugins/${NAME}/package.json`]: json({ name: `@plugins/${NAME}`, main: '../index.tsx' }),
        }),
        finds: [{ at: `${SERVER_WEB}:3:11`, plugin: NAME, says: 'main is "../index.tsx"' }],
      },
    },
  },
  {
    rule: 'package/main-not-index',
    valid: {
      'index.tsx': { files: frontendPlugin(NAME) },
      'index.js at the top': { files: withMain('index.js') },
      'a file that is not there, which is another finding': {
        files: withPackage({ name: `@plugins/${NAME}`, main: 'src/main.tsx' }),
      },
    },
    invalid: {
      'another name': {
        files: withMain('src/main.tsx'),
        finds: [{ at: `${WEB}:3:11`, plugin: NAME, says: 'add an index file that re-exports it' }],
      },
      'a name that begins with index': {
        files: withMain('src/index.web.tsx'),
        finds: [{ at: `${WEB}:3:11`, plugin: NAME, says: 'must be named index.*' }],
      },
    },
  },
  {
    rule: 'package/build-web-missing',
    valid: {
      'a full-stack plugin with the script': { files: fullstackPlugin(NAME) },
      'a backend plugin without': { files: backendPlugin(NAME) },
    },
    invalid: {
      'other scripts only': {
        files: fullstackPlugin(NAME, { 'package.json': json({ name: 'a', scripts: { build: 'tsc' } }) }),
        finds: [{ at: `${SERVER}:3:14`, plugin: NAME, says: '"build:web": "ministar buildPlugin all"' }],
        fixed: {
          [SERVER]: json({
            name: 'a',
            scripts: { build: 'tsc', 'build:web': 'ministar buildPlugin all' },
          }),
        },
      },
      'no scripts': {
        files: fullstackPlugin(NAME, { 'package.json': json({ name: 'a' }) }),
        finds: [{ at: `${SERVER}:1:1`, plugin: NAME, says: '"build:web" is missing' }],
        fixed: { [SERVER]: json({ name: 'a', scripts: { 'build:web': 'ministar buildPlugin all' } }) },
      },
      'scripts that are none, which nobody can add to': {
        files: fullstackPlugin(NAME, { 'package.json': json({ name: 'a', scripts: 'tsc' }) }),
        finds: [{ at: `${SERVER}:3:14`, plugin: NAME, says: '"build:web" is missing' }],
      },
    },
  },
  {
    rule: 'package/ministar-config-missing',
    valid: {
      'a full-stack plugin with .ministarrc.js': { files: fullstackPlugin(NAME) },
      'ministar.config.js in its place': {
        files: fullstackPlugin(NAME, { '.ministarrc.js': undefined, 'ministar.config.js': '' }),
      },
      'the key ministar of package.json in its place': {
        files: fullstackPlugin(NAME, {
          '.ministarrc.js': undefined,
          'package.json': json({ scripts: { 'build:web': 'ministar' }, ministar: { pluginRoot: './web' } }),
        }),
      },
      'a frontend plugin, for which client/web has one': { files: frontendPlugin(NAME) },
      'a backend plugin': { files: backendPlugin(NAME) },
    },
    invalid: {
      'a full-stack plugin without': {
        files: fullstackPlugin(NAME, { '.ministarrc.js': undefined }),
        finds: [
          {
            at: `server/plugins/${NAME}/.ministarrc.js`,
            plugin: NAME,
            says: 'sets pluginRoot to ./web and outDir to ../../public',
          },
        ],
        fixed: {
          [RC]: `const path = require('path');

module.exports = {
  // What the web client hands to plugins: the bundle need not hold it.
  externalDeps: ['react'],
  pluginRoot: path.resolve(__dirname, './web'),
  outDir: path.resolve(__dirname, '../../public'),
};
`,
        },
      },
      'a full-stack plugin without, where the one of the frontend plugins names modules': {
        files: {
          ...fullstackPlugin(NAME, { '.ministarrc.js': undefined }),
          'client/web/.ministarrc.js':
            "module.exports = { externalDeps: ['react', 'zustand/middleware/immer'] }",
        },
        finds: [{ at: RC, plugin: NAME, says: '.ministarrc.js is missing' }],
        fixed: {
          [RC]: `const path = require('path');

module.exports = {
  // What the web client hands to plugins: the bundle need not hold it.
  externalDeps: ['react', 'zustand/middleware/immer'],
  pluginRoot: path.resolve(__dirname, './web'),
  outDir: path.resolve(__dirname, '../../public'),
};
`,
        },
      },
      'one in its web part only': {
        files: fullstackPlugin(NAME, { '.ministarrc.js': undefined, 'web/.ministarrc.js': '' }),
        finds: [
          { at: `server/plugins/${NAME}/.ministarrc.js`, plugin: NAME, says: '.ministarrc.js is missing' },
        ],
      },
    },
  },
  {
    rule: 'package/ministar-config-incomplete',
    valid: {
      'a configuration with both': { files: fullstackPlugin(NAME) },
      'variables of these names': {
        files: withConfig(
          "const pluginRoot = `${__dirname}/web`, outDir = '/out'\nmodule.exports = { pluginRoot, outDir }\n",
        ),
      },
      'a configuration that takes them from another file': {
        files: withConfig("module.exports = { ...require('../ministar.base') }\n"),
      },
      'a backend plugin': { files: backendPlugin(NAME, { '.ministarrc.js': 'module.exports = {}' }) },
    },
    invalid: {
      'no outDir': {
        files: withConfig(MINISTAR_CONFIG.replace(/ {2}outDir.*\n/, '')),
        finds: [{ at: `${RC}:3:1`, plugin: NAME, says: "path.resolve(__dirname, '../../public')" }],
        fixed: {
          [RC]: `const path = require('path')

module.exports = {
  outDir: path.resolve(__dirname, '../../public'),
  externalDeps: ['react'],
  pluginRoot: path.resolve(__dirname, './web'),
}
`,
        },
      },
      'no pluginRoot, on one line, and the module path not at hand': {
        files: withConfig("module.exports = { outDir: '/out' };"),
        finds: [{ at: `${RC}:1:1`, plugin: NAME, says: 'pluginRoot is not set' }],
        fixed: {
          [RC]: "module.exports = { pluginRoot: require('path').resolve(__dirname, './web'), outDir: '/out' };",
        },
      },
      'an outDir in a comment': {
        files: withConfig('module.exports = {\r\n  pluginRoot: root,\r\n  // outDir: there\r\n}\r\n'),
        finds: [{ at: `${RC}:1:1`, plugin: NAME, says: 'outDir is not set' }],
        fixed: {
          [RC]: "module.exports = {\r\n  outDir: require('path').resolve(__dirname, '../../public'),\r\n  pluginRoot: root,\r\n  // outDir: there\r\n}\r\n",
        },
      },
      'a function, which nobody can add to': {
        files: withConfig('module.exports = () => ({ outDir })\n'),
        finds: [{ at: `${RC}:1:1`, plugin: NAME, says: 'pluginRoot is not set' }],
      },
    },
  },
]

function withPackage(packageJson: Record<string, unknown>): Files {
  return frontendPlugin(NAME, { 'package.json': json(packageJson) })
}

/** The frontend plugin with another entry file, which is there. */
function withMain(main: string): Files {
  return { ...withPackage({ name: `@plugins/${NAME}`, main }), [`client/web/plugins/${NAME}/${main}`]: '' }
}

function withConfig(config: string): Files {
  return fullstackPlugin(NAME, { '.ministarrc.js': config })
}
