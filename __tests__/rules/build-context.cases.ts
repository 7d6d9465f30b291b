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

const AUDIT = 'com.acme.audit'
const THEME = 'com.acme.theme'
const TICKETS = 'com.acme.tickets'

/** A backend plugin whose service loads logs/sink.ts, with a .dockerignore. */
const withIgnore = (text: string, more: Files = {}): Files => ({
  ...backendPlugin(AUDIT, {
    'services/logs/sink.ts': 'export const sink = 1\n',
    'services/use.ts': "import { sink } from './logs/sink'\nexport { sink }\n",
  }),
  '.dockerignore': text,
  ...more,
})

const theme = (overrides: Files, ignore: string): Files => ({
  ...frontendPlugin(THEME, overrides),
  ...registrations({ registry: [THEME] }),
  '.dockerignore': ignore,
})

const documented = {
  'README.md': '# Theme\n',
  'manifest.json': json({
    ...manifest(THEME, 'frontend'),
    documentUrl: `/plugins/${THEME}/README.md`,
    icon: `/plugins/${THEME}/assets/icon.png`,
  }),
  'assets/icon.png': 'PNG',
}

export const buildContextCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'plugin/kept-out',
    valid: {
      'no .dockerignore': { files: backendPlugin(AUDIT) },
      'what does not concern plugins': { files: withIgnore('.git\n**/node_modules\nlogs\ndocs\n*.md\n') },
      'a file that an exception lets in again': {
        files: withIgnore('**/logs\n!server/plugins/*/services/logs\n'),
      },
      'files that nothing imports, and those of tests': {
        files: withIgnore('**/*.md\n**/*.spec.ts\n**/__tests__\n', {
          [`server/plugins/${AUDIT}/README.md`]: '',
          [`server/plugins/${AUDIT}/__tests__/a.ts`]: "import '../helper.spec'",
          [`server/plugins/${AUDIT}/helper.spec.ts`]: "import '../__tests__/a'",
        }),
      },
      'a whole plugin that is offered nowhere': {
        files: { ...frontendPlugin(THEME), '.dockerignore': `client/web/plugins/${THEME}\n` },
      },
      'a service of development only': {
        files: withIgnore('**/*.dev.ts\n', { [`server/plugins/${AUDIT}/services/x.service.dev.ts`]: '' }),
      },
      'a document on another host': {
        files: theme(
          {
            ...documented,
            'manifest.json': json({
              ...manifest(THEME, 'frontend'),
              documentUrl: 'https://acme.example/README.md',
            }),
          },
          '**/*.md\n',
        ),
      },
      'a context that is not the root, whose .dockerignore another build reads': {
        files: { ...withIgnore(''), '.dockerignore': '', 'docker/.dockerignore': '**/logs\n' },
      },
      'a line that is not understood': { files: withIgnore('**/*l*o*g*s*\n') },
      'the overlay of a repository of plugins, whose context has none': {
        files: {
          [`plugins/${AUDIT}/services/audit.service.ts`]: '',
          [`plugins/${AUDIT}/package.json`]: '{}',
          '.dockerignore': '**/services\n',
        },
      },
    },
    invalid: {
      'a file that a service imports': {
        files: withIgnore('# local files\n.git\n\n**/logs\n'),
        finds: [
          {
            at: '.dockerignore:4:1',
            plugin: AUDIT,
            says: `server/plugins/${AUDIT}/services/logs/sink.ts (which services/use.ts imports)`,
          },
        ],
      },
      'the last line that keeps it out, after an exception': {
        files: withIgnore('**/logs\n!**/logs\n**/sink.ts\n'),
        finds: [{ at: '.dockerignore:3:1', plugin: AUDIT, says: 'sink.ts' }],
      },
      'a service': {
        files: withIgnore('server/plugins/**/*.service.ts\n'),
        finds: [{ at: '.dockerignore:1:1', plugin: AUDIT, says: '(a service)' }],
      },
      'the document of a plugin': {
        files: theme(documented, '**/*.md\n'),
        finds: [
          { at: '.dockerignore:1:1', plugin: THEME, says: `plugins/${THEME}/README.md (its document)` },
        ],
      },
      'the icon of a plugin, and what its source imports with a query': {
        files: theme(
          {
            ...documented,
            'src/index.tsx': "import url from '../assets/logo.svg?url'\nexport { url }\n",
            'assets/logo.svg': '',
          },
          'client/web/plugins/*/assets\n',
        ),
        finds: [
          {
            at: '.dockerignore:1:1',
            plugin: THEME,
            says: /icon\.png \(its icon\).*logo\.svg \(which src\/index\.tsx imports\)/,
          },
        ],
      },
      'a plugin as a whole': {
        files: {
          ...fullstackPlugin(TICKETS),
          ...registrations({ install: [TICKETS] }),
          '.dockerignore': 'server/plugins/com.acme.t*\n',
        },
        finds: [
          {
            at: '.dockerignore:1:1',
            plugin: TICKETS,
            says: `server/plugins/${TICKETS} (${TICKETS} as a whole)`,
          },
        ],
      },
      'the entry and the package.json of a web part': {
        files: theme({}, '**/plugins/*/src\n**/plugins/*/package.json\n'),
        finds: [
          { at: '.dockerignore:1:1', plugin: THEME, says: '(its entry)' },
          { at: '.dockerignore:2:1', plugin: THEME, says: '(how it is bundled)' },
        ],
      },
      'several plugins under one line as one finding': {
        files: { ...withIgnore('**/services\n'), ...backendPlugin('com.acme.polls') },
        finds: [{ at: '.dockerignore:1:1', says: /com\.acme\.audit\/services.*com\.acme\.polls\/services/ }],
      },
      'the .dockerignore of the Dockerfile, which comes first': {
        files: { ...withIgnore(''), 'Dockerfile.dockerignore': '\n**/logs\n' },
        finds: [{ at: 'Dockerfile.dockerignore:2:1', plugin: AUDIT, says: 'sink.ts' }],
      },
    },
  },
]
