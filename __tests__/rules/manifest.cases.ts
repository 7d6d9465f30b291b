import { below, type Files, frontendPlugin, fullstackPlugin, json, manifest } from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const NAME = 'com.acme.theme'
const FRONTEND = `client/web/plugins/${NAME}/manifest.json`
const FULLSTACK = `server/plugins/${NAME}/web/plugins/${NAME}/manifest.json`

const COPIES_ASSETS = `module.exports = { plugins: [copy({ src: \`./plugins/\${name}/assets/**/*\` })] }`

export const manifestCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'manifest/missing',
    valid: {
      'a manifest': { files: frontendPlugin(NAME) },
      'a manifest that cannot be read, which is another finding': {
        files: frontendPlugin(NAME, { 'manifest.json': Uint8Array.of(0xff) }),
      },
      'a web part of another name, which is another finding': {
        files: below(`server/plugins/${NAME}`, { 'web/plugins/com.acme.themes/index.ts': '' }),
      },
    },
    invalid: {
      'a frontend plugin without': {
        files: frontendPlugin(NAME, { 'manifest.json': undefined }),
        finds: [{ at: FRONTEND, plugin: NAME, says: 'write one with label, name, url, version' }],
      },
      'a directory in its place': {
        files: frontendPlugin(NAME, { 'manifest.json': undefined, 'manifest.json/a.txt': '' }),
        finds: [{ at: FRONTEND, plugin: NAME, says: 'manifest.json is missing' }],
      },
      'a full-stack plugin without': {
        files: fullstackPlugin(NAME, { [`web/plugins/${NAME}/manifest.json`]: undefined }),
        finds: [{ at: FULLSTACK, plugin: NAME, says: 'manifest.json is missing' }],
      },
      'a full-stack plugin with web/plugin/': {
        files: fullstackPlugin(NAME, {
          [`web/plugins/${NAME}/manifest.json`]: undefined,
          [`web/plugin/${NAME}/manifest.json`]: json(manifest(NAME, 'fullstack')),
        }),
        finds: [{ at: FULLSTACK, plugin: NAME, says: 'rename the directory web/plugin to web/plugins' }],
      },
    },
  },
  {
    rule: 'manifest/invalid',
    valid: {
      'an object': { files: frontendPlugin(NAME) },
      'a byte order mark and CRLF': {
        files: frontendPlugin(NAME, {
          'manifest.json': '\uFEFF' + json(manifest(NAME)).replaceAll('\n', '\r\n'),
        }),
      },
      'a key named __proto__': {
        files: frontendPlugin(NAME, {
          'manifest.json': json(manifest(NAME)).replace('{', '{ "__proto__": null,'),
        }),
      },
    },
    invalid: {
      'a trailing comma': {
        files: frontendPlugin(NAME, { 'manifest.json': '{\n  "name": "com.acme.theme",\n}\n' }),
        finds: [{ at: `${FRONTEND}:3:1`, plugin: NAME, says: 'not valid JSON: property name expected' }],
      },
      'a comment': {
        files: frontendPlugin(NAME, { 'manifest.json': '{\r\n  // ours\r\n}\r\n' }),
        finds: [{ at: `${FRONTEND}:2:3`, plugin: NAME, says: 'not valid JSON: invalid comment token' }],
      },
      'an empty file': {
        files: fullstackPlugin(NAME, { [`web/plugins/${NAME}/manifest.json`]: '' }),
        finds: [{ at: `${FULLSTACK}:1:1`, plugin: NAME, says: 'not valid JSON: value expected' }],
      },
      null: {
        files: frontendPlugin(NAME, { 'manifest.json': 'null' }),
        finds: [{ at: `${FRONTEND}:1:1`, plugin: NAME, says: 'the manifest is null; it must be an object' }],
      },
      'an array': {
        files: frontendPlugin(NAME, { 'manifest.json': '\n  []' }),
        finds: [{ at: `${FRONTEND}:2:3`, plugin: NAME, says: 'the manifest is an array' }],
      },
      'an array that is nested without measure': {
        files: frontendPlugin(NAME, { 'manifest.json': '['.repeat(100_000) + ']'.repeat(100_000) }),
        finds: [{ at: `${FRONTEND}:1:1`, plugin: NAME, says: 'nested more than 1000 deep' }],
      },
      'a number': {
        files: frontendPlugin(NAME, { 'manifest.json': '7' }),
        finds: [{ at: `${FRONTEND}:1:1`, plugin: NAME, says: 'the manifest is a number' }],
      },
    },
  },
  {
    rule: 'manifest/duplicate-key',
    valid: {
      'each key once': { files: frontendPlugin(NAME) },
      'a colon behind a quote inside of a text': {
        files: frontendPlugin(NAME, {
          'manifest.json': json({ ...manifest(NAME), description: 'say "hello": it answers' }),
        }),
      },
    },
    invalid: {
      'a key given twice': {
        files: frontendPlugin(NAME, {
          'manifest.json': json(manifest(NAME)).replace('{\n', '{\n  "author": "nobody",\n'),
        }),
        finds: [{ at: `${FRONTEND}:7:3`, plugin: NAME, says: '"author" is given again here' }],
      },
    },
  },
  {
    rule: 'manifest/field-missing',
    valid: {
      'every field': { files: frontendPlugin(NAME) },
      'further fields': { files: withField('label.zh-CN', '主题') },
      'no icon and no requireRestart': { files: withField('requireRestart', undefined) },
    },
    invalid: {
      'no url': {
        files: withField('url', undefined),
        finds: [
          { at: `${FRONTEND}:1:1`, plugin: NAME, says: `add "url": "/plugins/${NAME}/index.js", or the` },
        ],
        fixed: {
          [FRONTEND]: json({
            ...without(manifest(NAME), 'url'),
            url: `/plugins/${NAME}/index.js`,
          }),
        },
      },
      'a url that is null, in a full-stack plugin': {
        files: fullstackPlugin(NAME, {
          [`web/plugins/${NAME}/manifest.json`]: json({ ...manifest(NAME), url: null }),
        }),
        finds: [{ at: `${FULLSTACK}:4:10`, plugin: NAME, says: '"url" is null' }],
        fixed: { [FULLSTACK]: json(manifest(NAME, 'fullstack')) },
      },
      'no name': {
        files: withField('name', undefined),
        finds: [{ at: `${FRONTEND}:1:1`, plugin: NAME, says: `"name" is missing: add "name": "${NAME}"` }],
        fixed: { [FRONTEND]: json({ ...without(manifest(NAME), 'name'), name: NAME }) },
      },
      'an empty version': {
        files: withField('version', ''),
        finds: [{ at: `${FRONTEND}:5:14`, plugin: NAME, says: '"version" is an empty string; it must be' }],
      },
      'a number for a version': {
        files: withField('version', 1),
        finds: [{ at: `${FRONTEND}:5:14`, plugin: NAME, says: '"version" is a number' }],
      },
      'an author that is an object, and no label': {
        files: withField('author', { name: 'Acme' }, 'label'),
        finds: [
          { at: `${FRONTEND}:1:1`, plugin: NAME, says: '"label" is missing: add it' },
          { at: `${FRONTEND}:5:13`, plugin: NAME, says: '"author" is an object' },
        ],
      },
      'fields that only the prototype has': {
        files: frontendPlugin(NAME, {
          'manifest.json': `{ "__proto__": ${JSON.stringify(manifest(NAME))} }`,
        }),
        finds: ['author', 'description', 'label', 'name', 'url', 'version'].map((field) => ({
          at: `${FRONTEND}:1:1`,
          plugin: NAME,
          says: `"${field}" is missing`,
        })),
      },
    },
  },
  {
    rule: 'manifest/name-mismatch',
    valid: {
      'the name of the directory': { files: fullstackPlugin(NAME) },
      'no name at all, which is another finding': { files: withField('name', undefined) },
    },
    invalid: {
      'another name': {
        files: withField('name', 'com.acme.themes'),
        finds: [{ at: `${FRONTEND}:3:11`, plugin: NAME, says: 'name is "com.acme.themes"; the directory' }],
        fixed: { [FRONTEND]: json(manifest(NAME)) },
      },
      'the name that package.json has too: it is the directory that is misspelt': {
        files: below('client/web/plugins/com.acme.thme', {
          'manifest.json': json(manifest(NAME)),
          'package.json': json({ name: `@plugins/${NAME}`, main: 'src/index.ts' }),
          'src/index.ts': 'export {}\n',
        }),
        finds: [
          {
            at: 'client/web/plugins/com.acme.thme/manifest.json:3:11',
            plugin: 'com.acme.thme',
            says: `rename the directory to ${NAME}`,
          },
        ],
      },
      'another case': {
        files: withText((text) => crlf(text.replace(`"${NAME}"`, '"com.acme.Theme"'))),
        finds: [{ at: `${FRONTEND}:3:11`, plugin: NAME, says: `the directory is named ${NAME}` }],
        fixed: { [FRONTEND]: crlf(json(manifest(NAME))) },
      },
    },
  },
  {
    rule: 'manifest/url-not-canonical',
    valid: {
      'the url of a frontend plugin': { files: frontendPlugin(NAME) },
      'the url of a full-stack plugin': { files: fullstackPlugin(NAME) },
      'a full-stack plugin without {BACKEND}, which is another finding': {
        files: fullstackPlugin(NAME, {
          [`web/plugins/${NAME}/manifest.json`]: json(manifest(NAME, 'frontend')),
        }),
      },
      'a plugin that is hosted elsewhere': {
        files: withField('url', `https://cdn.acme.com/${NAME}/index.js`),
      },
    },
    invalid: {
      'the bundle of another plugin': {
        files: withField('url', '/plugins/com.acme.other/index.js'),
        finds: [
          { at: `${FRONTEND}:4:10`, plugin: NAME, says: `it is "/plugins/${NAME}/index.js", or the client` },
        ],
      },
      'a frontend plugin with {BACKEND}': {
        files: withField('url', `{BACKEND}/plugins/${NAME}/index.js`),
        finds: [{ at: `${FRONTEND}:4:10`, plugin: NAME, says: 'for a frontend plugin' }],
      },
      'a host without the name in its path': {
        files: withField('url', 'https://cdn.acme.com/theme/index.js'),
        finds: [{ at: `${FRONTEND}:4:10`, plugin: NAME, says: 'url is "https://cdn.acme.com/theme' }],
      },
    },
  },
  {
    rule: 'manifest/url-without-backend',
    valid: {
      'the url of a full-stack plugin': { files: fullstackPlugin(NAME) },
      'a frontend plugin': { files: frontendPlugin(NAME) },
      'a url that is wrong in another way': {
        files: fullstackPlugin(NAME, { [`web/plugins/${NAME}/manifest.json`]: json(manifest('com.acme.b')) }),
      },
    },
    invalid: {
      'a full-stack plugin without {BACKEND}': {
        files: fullstackPlugin(NAME, { [`web/plugins/${NAME}/manifest.json`]: json(manifest(NAME)) }),
        finds: [
          { at: `${FULLSTACK}:4:10`, plugin: NAME, says: `write "{BACKEND}/plugins/${NAME}/index.js"` },
        ],
        fixed: { [FULLSTACK]: json(manifest(NAME, 'fullstack')) },
      },
    },
  },
  {
    rule: 'manifest/icon-missing',
    valid: {
      'no icon': { files: frontendPlugin(NAME) },
      'a file that is copied': {
        files: { ...withIcon('assets/icon.png'), 'client/web/.ministarrc.js': COPIES_ASSETS },
      },
      'a file where nobody knows what is copied': { files: withIcon('assets/icon.png') },
      'a copy of everything': {
        files: {
          ...withIcon('assets/icon.png'),
          'client/web/.ministarrc.js': "module.exports = { plugins: [copy({ src: './**/*' })] }",
        },
      },
      'a file of the application, and one on the web': {
        files: {
          ...withField('icon', '/images/robot.webp'),
          ...frontendPlugin('com.acme.b', {
            'manifest.json': json({ ...manifest('com.acme.b'), icon: 'https://acme.com/b.svg' }),
          }),
        },
      },
    },
    invalid: {
      'a file that is not there': {
        files: withField('icon', `/plugins/${NAME}/assets/icon.png?v=2`),
        finds: [
          { at: `${FRONTEND}:9:11`, plugin: NAME, says: 'links to assets/icon.png, and there is no such' },
        ],
      },
      'a file that the configuration of frontend plugins does not copy': {
        files: { ...withIcon('pictures/icon.png'), 'client/web/.ministarrc.js': COPIES_ASSETS },
        finds: [
          { at: `${FRONTEND}:9:11`, plugin: NAME, says: 'which client/web/.ministarrc.js does not copy' },
        ],
      },
      'a full-stack plugin that copies nothing': {
        files: fullstackPlugin(NAME, {
          [`web/plugins/${NAME}/manifest.json`]: json({
            ...manifest(NAME, 'fullstack'),
            icon: `{BACKEND}/plugins/${NAME}/assets/icon.png`,
          }),
          [`web/plugins/${NAME}/assets/icon.png`]: '',
        }),
        finds: [
          {
            at: `${FULLSTACK}:9:11`,
            plugin: NAME,
            says: `which server/plugins/${NAME}/.ministarrc.js does not copy`,
          },
        ],
      },
      'a copy that is commented out': {
        files: {
          ...withIcon('assets/icon.png'),
          'client/web/.ministarrc.js': "module.exports = {} // copy({ src: 'assets' })",
        },
        finds: [{ at: `${FRONTEND}:9:11`, plugin: NAME, says: 'does not copy' }],
      },
    },
  },
  {
    rule: 'manifest/document-missing',
    valid: {
      'a document that is there': {
        files: {
          ...withField('documentUrl', `/plugins/${NAME}/README.md`),
          [`client/web/plugins/${NAME}/README.md`]: '',
        },
      },
      'a document on the web': { files: withField('documentUrl', 'https://acme.com/theme') },
    },
    invalid: {
      'a document that is not there': {
        files: withField('documentUrl', `/plugins/${NAME}/README.md`),
        finds: [{ at: `${FRONTEND}:9:18`, plugin: NAME, says: 'documentUrl links to README.md, and there' }],
      },
    },
  },
]

/** The frontend plugin with one field of its manifest changed, and others left out. */
function withField(field: string, value: unknown, ...without: string[]) {
  const changed: Record<string, unknown> = { ...manifest(NAME), [field]: value }
  for (const name of without) delete changed[name]
  return frontendPlugin(NAME, { 'manifest.json': json(changed) })
}

/** The frontend plugin with an icon, which is there. */
function withIcon(path: string): Files {
  return {
    ...withField('icon', `/plugins/${NAME}/${path}`),
    [`client/web/plugins/${NAME}/${path}`]: '',
  }
}

/** The frontend plugin with the text of its manifest changed. */
function withText(change: (text: string) => string): Files {
  return frontendPlugin(NAME, { 'manifest.json': change(json(manifest(NAME))) })
}

function without(object: Record<string, unknown>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([each]) => each !== key))
}

function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n')
}
