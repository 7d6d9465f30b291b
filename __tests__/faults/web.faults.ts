import { type Fault, THEME, TICKETS, TICKETS_WEB } from './fault.js'

const PANEL = 'server/plugins/com.example.panel'

/** Manifests, web packages and how they are built. */
export const webFaults: Fault[] = [
  {
    mode: 1,
    mistake: 'a manifest without url',
    apply: ({ edit }) => edit(`${THEME}/manifest.json`, /\s*"url": "[^"]*",/, ''),
    rule: 'manifest/field-missing',
    file: `${THEME}/manifest.json`,
    mended: true,
  },
  {
    mode: 2,
    mistake: 'the url of another plugin',
    apply: ({ edit }) =>
      edit(`${THEME}/manifest.json`, '/plugins/com.example.theme/', '/plugins/com.example.intro/'),
    rule: 'manifest/url-not-canonical',
    file: `${THEME}/manifest.json`,
    line: '"url"',
    mended: true,
  },
  {
    mode: 3,
    mistake: 'a frontend url with {BACKEND}',
    apply: ({ edit }) =>
      edit(
        `${THEME}/manifest.json`,
        '"/plugins/com.example.theme/i',
        '"{BACKEND}/plugins/com.example.theme/i',
      ),
    rule: 'manifest/url-not-canonical',
    file: `${THEME}/manifest.json`,
    line: '"url"',
    mended: true,
  },
  {
    mode: 4,
    mistake: 'a full-stack url without {BACKEND}',
    apply: ({ edit }) => edit(`${TICKETS_WEB}/manifest.json`, '{BACKEND}/plugins', '/plugins'),
    rule: 'manifest/url-without-backend',
    file: `${TICKETS_WEB}/manifest.json`,
    line: '"url"',
    severity: 'warning',
    mended: true,
  },
  {
    mode: 5,
    mistake: 'a manifest of another name',
    apply: ({ edit }) =>
      edit(`${TICKETS_WEB}/manifest.json`, '"com.example.tickets"', '"com.example.ticket"'),
    rule: 'manifest/name-mismatch',
    file: `${TICKETS_WEB}/manifest.json`,
    line: '"name"',
    mended: true,
  },
  {
    mode: 6,
    mistake: 'a web package of another name',
    apply: ({ edit }) =>
      edit(`${THEME}/package.json`, '@plugins/com.example.theme', '@plugins/com.example.themes'),
    rule: 'package/name-mismatch',
    file: `${THEME}/package.json`,
    line: '"name"',
    mended: true,
  },
  {
    mode: 7,
    mistake: 'a main without extension',
    apply: ({ edit }) => edit(`${THEME}/package.json`, /"main": "[^"]*"/, '"main": "src/index"'),
    rule: 'package/main-missing',
    file: `${THEME}/package.json`,
    line: '"main"',
  },
  {
    mode: 7,
    mistake: 'no main',
    apply: ({ edit }) => edit(`${THEME}/package.json`, /,\s*"main": "[^"]*"/, ''),
    rule: 'package/main-missing',
    file: `${THEME}/package.json`,
  },
  {
    mode: 8,
    mistake: 'a main that is not index',
    apply: ({ rename, edit }) => {
      rename(`${THEME}/src/index.ts`, `${THEME}/src/main.ts`)
      edit(`${THEME}/package.json`, /"main": "[^"]*"/, '"main": "src/main.ts"')
    },
    rule: 'package/main-not-index',
    file: `${THEME}/package.json`,
    line: '"main"',
  },
  {
    mode: 11,
    mistake: 'an import that the client does not offer',
    apply: ({ write }) =>
      write(`${THEME}/src/extra.ts`, "// two lines\nimport { doesNotExist } from '@capital/common'\n"),
    rule: 'web/unknown-import',
    file: `${THEME}/src/extra.ts`,
    line: 'doesNotExist',
  },
  {
    mode: 13,
    mistake: 'an icon that .dockerignore keeps out of the image',
    apply: ({ edit }) =>
      edit('.dockerignore', '**/dist\n', '**/dist\n**/theme/assets\n**/com.example.theme/assets\n'),
    rule: 'plugin/kept-out',
    file: '.dockerignore',
    line: '**/com.example.theme/assets',
  },
  {
    mode: 13,
    mistake: 'an icon that is not there',
    apply: ({ edit }) => edit(`${THEME}/manifest.json`, /"icon": "([^"]*)\/[^/"]*"/, '"icon": "$1/gone.png"'),
    rule: 'manifest/icon-missing',
    file: `${THEME}/manifest.json`,
    line: '"icon"',
    severity: 'warning',
  },
  {
    mode: 13,
    mistake: 'an icon that the build does not copy',
    apply: ({ edit, write }) => {
      write(`${TICKETS_WEB}/assets/icon.svg`, '<svg xmlns="http://www.w3.org/2000/svg"/>\n')
      edit(
        `${TICKETS_WEB}/manifest.json`,
        '  "version"',
        '  "icon": "{BACKEND}/plugins/com.example.tickets/assets/icon.svg",\n  "version"',
      )
    },
    rule: 'manifest/icon-missing',
    file: `${TICKETS_WEB}/manifest.json`,
    line: '"icon"',
    severity: 'warning',
  },
  {
    mode: 13,
    mistake: 'a document that is not there',
    apply: ({ edit }) => edit(`${THEME}/manifest.json`, '/README.md', '/docs/gone.md'),
    rule: 'manifest/document-missing',
    file: `${THEME}/manifest.json`,
    line: '"documentUrl"',
    severity: 'warning',
  },
  {
    mode: 23,
    mistake: 'a full-stack plugin without build:web',
    apply: ({ edit }) => edit(`${TICKETS}/package.json`, /"build:web": "[^"]*"(,\s*)?/, ''),
    rule: 'package/build-web-missing',
    file: `${TICKETS}/package.json`,
    line: '"scripts"',
    mended: true,
  },
  {
    mode: 24,
    mistake: 'a full-stack plugin without .ministarrc.js',
    apply: ({ remove }) => remove(`${TICKETS}/.ministarrc.js`),
    rule: 'package/ministar-config-missing',
    file: `${TICKETS}/.ministarrc.js`,
    mended: true,
  },
  {
    mode: 25,
    mistake: 'a .ministarrc.js without outDir',
    apply: ({ edit }) => edit(`${TICKETS}/.ministarrc.js`, /\s*outDir:[^\n]*/, ''),
    rule: 'package/ministar-config-incomplete',
    file: `${TICKETS}/.ministarrc.js`,
    line: 'module.exports',
    mended: true,
  },
  {
    mode: 26,
    mistake: 'a web directory of another name',
    apply: ({ rename }) => rename(TICKETS_WEB, `${TICKETS}/web/plugins/com.example.ticket`),
    rule: 'plugin/web-name-mismatch',
    file: `${TICKETS}/web/plugins/com.example.ticket`,
  },
  {
    mode: 27,
    mistake: 'a manifest that is null',
    apply: ({ write }) => write(`${TICKETS_WEB}/manifest.json`, 'null'),
    rule: 'manifest/invalid',
    file: `${TICKETS_WEB}/manifest.json`,
  },
  {
    mode: 28,
    mistake: 'a plugin of the template server-plugin-web, which has no package.json beside web/',
    apply: ({ read, write }) => {
      const web = `${PANEL}/web/plugins/com.example.panel`
      const named = (file: string): string =>
        read(file).replaceAll('com.example.tickets', 'com.example.panel')
      for (const file of ['manifest.json', 'package.json', 'src/index.tsx'])
        write(`${web}/${file}`, named(`${TICKETS_WEB}/${file}`))
      write(`${PANEL}/.ministarrc.js`, read(`${TICKETS}/.ministarrc.js`))
    },
    rule: 'package/invalid',
    file: `${PANEL}/package.json`,
    mended: true,
  },
]
