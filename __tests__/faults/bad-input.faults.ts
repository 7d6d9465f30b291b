import { symlinkSync, truncateSync } from 'node:fs'
import { AUDIT_SERVICE, BUILTIN, type Fault, INTRO, THEME, TICKETS_WEB } from './fault.js'

const SHELL_NAME = 'com.example.$(touch pwned)'
const MANIFEST = `${TICKETS_WEB}/manifest.json`

/** Two Chinese characters. */
const GBK = Buffer.of(0xd6, 0xd0, 0xce, 0xc4)

/** Files that nobody writes on purpose, or only to do harm. Each is one finding, and the others are found as well. */
export const badInput: Fault[] = [
  ...(['null', '[]', '"text"', '{"name": '] as const).map((text): Fault => ({
    mistake: `the manifest ${text}`,
    apply: ({ write }) => write(MANIFEST, text),
    rule: 'manifest/invalid',
    file: MANIFEST,
  })),
  {
    mistake: 'a manifest of 50 MB',
    apply: ({ path }) => truncateSync(path(MANIFEST), 50 * 1024 * 1024),
    rule: 'plugin/unreadable',
    file: MANIFEST,
  },
  {
    mistake: 'a manifest that is nested without measure',
    apply: ({ edit }) => edit(MANIFEST, '{', `{ "x": ${'['.repeat(60_000)}${']'.repeat(60_000)},`),
    rule: 'manifest/invalid',
    file: MANIFEST,
  },
  {
    mistake: 'a manifest in GBK',
    apply: ({ read, write }) => {
      const [before = '', after = ''] = read(MANIFEST).split('"author": "')
      write(MANIFEST, Buffer.concat([Buffer.from(`${before}"author": "`), GBK, Buffer.from(after)]))
    },
    rule: 'plugin/unreadable',
    file: MANIFEST,
    line: '"author"',
  },
  {
    mistake: 'a mistake behind a byte order mark',
    apply: ({ edit }) => {
      edit(MANIFEST, /^/, '\uFEFF')
      edit(MANIFEST, '"com.example.tickets"', '"com.example.ticket"')
    },
    rule: 'manifest/name-mismatch',
    file: MANIFEST,
    line: '"name"',
    mended: true,
  },
  {
    mistake: 'a mistake in a file with CRLF',
    apply: ({ edit, read, write }) => {
      write(MANIFEST, read(MANIFEST).replaceAll('\n', '\r\n'))
      edit(MANIFEST, '"com.example.tickets"', '"com.example.ticket"')
    },
    rule: 'manifest/name-mismatch',
    file: MANIFEST,
    line: '"name"',
    mended: true,
  },
  {
    mistake: 'a manifest that gives a key twice',
    apply: ({ edit }) => edit(MANIFEST, '"author"', '"version": "2.0.0",\n  "author"'),
    rule: 'manifest/duplicate-key',
    file: MANIFEST,
    line: '"version": "2.0.0"',
    severity: 'warning',
  },
  {
    mistake: 'a manifest whose name is only in its __proto__',
    apply: ({ edit }) =>
      edit(MANIFEST, '"name": "com.example.tickets"', '"__proto__": { "name": "com.example.tickets" }'),
    rule: 'manifest/field-missing',
    file: MANIFEST,
    mended: true,
  },
  {
    mistake: 'a plugin whose name is a shell command',
    apply: ({ edit, rename }) => {
      for (const file of [`${INTRO}/manifest.json`, `${INTRO}/package.json`, BUILTIN])
        edit(file, /com\.example\.intro/g, SHELL_NAME)
      rename(INTRO, `client/web/plugins/${SHELL_NAME}`)
    },
    rule: 'plugin/name-not-reverse-domain',
    file: `client/web/plugins/${SHELL_NAME}`,
  },
  {
    mistake: 'a manifest whose name is a path',
    apply: ({ edit }) => edit(MANIFEST, '"com.example.tickets"', '"../../../../etc"'),
    rule: 'manifest/name-mismatch',
    file: MANIFEST,
    line: '"name"',
    mended: true,
  },
  {
    mistake: 'a manifest that is a link out of the repository',
    apply: ({ remove, path }) => {
      remove(MANIFEST)
      symlinkSync('/etc/hostname', path(MANIFEST))
    },
    rule: 'plugin/unreadable',
    file: MANIFEST,
  },
  {
    mistake: 'a directory that is a link out of the repository',
    apply: ({ path }) => symlinkSync('/etc', path(`${THEME}/assets/more`)),
    rule: 'plugin/unreadable',
    file: `${THEME}/assets/more`,
  },
  {
    mistake: 'a service that does not parse',
    apply: ({ edit }) => edit(AUDIT_SERVICE, /$/, '\nconst = ;\n'),
    rule: 'service/syntax-error',
    file: AUDIT_SERVICE,
    line: 'const = ;',
  },
  {
    mistake: 'a builtin.ts that cannot be understood',
    apply: ({ edit }) => edit(BUILTIN, 'builtinPlugins', 'somethingElse'),
    rule: 'registration/unreadable',
    file: BUILTIN,
  },
  {
    mistake: 'a plugin that is declared and not there',
    apply: ({ write }) => write('tailchat-plugins.yml', 'version: 1\nplugins:\n  com.example.gone: {}\n'),
    rule: 'declarations/unknown-plugin',
    file: 'tailchat-plugins.yml',
    line: 'com.example.gone',
  },
  {
    mistake: 'a declaration of __proto__',
    apply: ({ write }) =>
      write('tailchat-plugins.yml', 'version: 1\nplugins:\n  __proto__: { offer: hidden }\n'),
    rule: 'declarations/invalid',
    file: 'tailchat-plugins.yml',
    line: '__proto__',
  },
  {
    mistake: 'a plugin in server/plugin',
    apply: ({ rename }) => rename('server/plugins/com.example.audit', 'server/plugin/com.example.audit'),
    rule: 'plugin/misplaced',
    file: 'server/plugin/com.example.audit',
    severity: 'warning',
  },
]
