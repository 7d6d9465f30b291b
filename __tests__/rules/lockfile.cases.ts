import type { LockfileFailure } from '../../src/rules/lockfile.js'
import { backendPlugin, type Files, frontendPlugin, json } from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const NAME = 'com.acme.audit'
const DIRECTORY = `server/plugins/${NAME}`
const PACKAGE = `${DIRECTORY}/package.json`
/** An installation that goes on with a lockfile that does not fit. */
const UNFROZEN = 'FROM node:20\nRUN npm install -g pnpm@8.15.8\nRUN pnpm install --prod=false\n'
const FROZEN = 'FROM node:20\nRUN npm install -g pnpm@8.15.8\nRUN pnpm install --frozen-lockfile\n'

/** What sync gives the rules about what became of the lockfile. */
export const lockfileUpdateCases: RuleCases<{ failure?: LockfileFailure }>[] = [
  {
    rule: 'lockfile/not-updated',
    valid: { 'a lockfile that pnpm wrote, or that needs nothing': {} },
    invalid: {
      'a pnpm that failed': {
        failure: { directories: [DIRECTORY, '.'], reason: 'pnpm 8 failed (exit code 1): ERR_PNPM_FETCH_404' },
        finds: [
          {
            at: 'pnpm-lock.yaml:1:1',
            says: `not written for ${DIRECTORY}, .: pnpm 8 failed (exit code 1): ERR_PNPM_FETCH_404`,
          },
        ],
      },
    },
  },
]

export const lockfileCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'lockfile/missing',
    valid: {
      'a lockfile': { files: repository({ dependencies: {} }, { Dockerfile: FROZEN }) },
      'none, and no Dockerfile': { files: backendPlugin(NAME) },
      'none, and a Dockerfile that does not ask for one': {
        files: {
          Dockerfile:
            'RUN pnpm install --frozen-lockfile=false\n# RUN pnpm install --frozen-lockfile\nRUN pnpm install\n',
        },
      },
    },
    invalid: {
      'none, and a Dockerfile that needs it': {
        files: { Dockerfile: FROZEN },
        finds: [{ at: 'Dockerfile:3:1', says: 'needs pnpm-lock.yaml, which is not in the repository' }],
      },
    },
  },
  {
    rule: 'lockfile/merge-conflict',
    valid: { none: { files: repository({ dependencies: { got: '^11.0.0' } }) } },
    invalid: {
      'marks of a merge': {
        files: { 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n\nimporters:\n<<<<<<< HEAD\n  .: {}\n=======\n" },
        finds: [{ at: 'pnpm-lock.yaml:4:1', says: 'a merge conflict is left here', severity: 'error' }],
      },
      'marks of a merge where the Dockerfile installs without --frozen-lockfile': {
        files: {
          'pnpm-lock.yaml': "lockfileVersion: '6.0'\n\nimporters:\n<<<<<<< HEAD\n  .: {}\n=======\n",
          Dockerfile: UNFROZEN,
        },
        finds: [
          { at: 'pnpm-lock.yaml:4:1', says: 'in line 3 is without --frozen-lockfile', severity: 'warning' },
        ],
      },
    },
  },
  {
    rule: 'lockfile/not-checked',
    valid: Object.fromEntries(
      ['6.0', '6.1', '9.0'].map((version) => [
        `format ${version}`,
        { files: { 'pnpm-lock.yaml': `lockfileVersion: '${version}'\n\nimporters:\n\n  .: {}\n` } },
      ]),
    ),
    invalid: {
      'format 5': {
        files: { 'pnpm-lock.yaml': 'lockfileVersion: 5.4\n\nimporters:\n\n  .:\n    specifiers: {}\n' },
        finds: [{ at: 'pnpm-lock.yaml:1:1', says: 'its format is 5.4, and only 6.0, 6.1 and 9.0 are known' }],
      },
      'a format that is not out yet': {
        files: { 'pnpm-lock.yaml': "lockfileVersion: '10.0'\n\nimporters:\n\n  .: {}\n" },
        finds: [{ at: 'pnpm-lock.yaml:1:1', says: 'its format is 10.0' }],
      },
      'an empty file': {
        files: { 'pnpm-lock.yaml': '' },
        finds: [{ at: 'pnpm-lock.yaml:1:1', says: 'it names no lockfileVersion' }],
      },
      'a hook that rewrites packages': {
        files: {
          'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\npnpmfileChecksum: abc\n\nimporters:\n\n  .: {}\n",
        },
        finds: [{ at: 'pnpm-lock.yaml:3:1', says: '.pnpmfile.cjs' }],
      },
      'a file that pnpm did not write': {
        files: { 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n\nimporters: &all\n  .: {}\n" },
        finds: [{ at: 'pnpm-lock.yaml:3:1', says: 'not written as pnpm writes it' }],
      },
    },
  },
  {
    rule: 'lockfile/pnpm-version',
    valid: {
      'format 6 and pnpm 8': { files: withVersions('6.0', 'pnpm@8.15.8') },
      'format 6 and pnpm 9': { files: withVersions('6.0', 'pnpm@9') },
      'format 9 and pnpm 10': { files: withVersions('9.0', 'pnpm@10.2.0') },
      'format 9 and a pnpm of the future': { files: withVersions('9.0', 'pnpm@12') },
      'no version anywhere': { files: withVersions('6.0', 'pnpm@latest') },
      'pnpm 10 that hands over to pnpm 8': {
        files: {
          ...withVersions('6.0', 'pnpm@10'),
          'package.json': json({ packageManager: 'pnpm@8.15.8' }),
        },
      },
      'another pnpm in a comment': { files: withVersions('6.0', 'pnpm # not pnpm@10') },
    },
    invalid: {
      'format 6 and pnpm 10': {
        files: withVersions('6.0', 'pnpm@10.2.0'),
        finds: [{ at: 'Dockerfile:2:25', says: 'pnpm 10.2.0 does not read pnpm-lock.yaml of format 6.0' }],
      },
      'format 9 and pnpm 8': {
        files: withVersions('9.0', 'pnpm@8.15.8'),
        finds: [
          { at: 'Dockerfile:2:25', says: 'of format 9.0, which is of pnpm 9 or later:', severity: 'error' },
        ],
      },
      'format 9 and pnpm 8 in a Dockerfile that installs without --frozen-lockfile': {
        files: { ...withVersions('9.0', ''), Dockerfile: UNFROZEN },
        finds: [{ at: 'Dockerfile:2:25', says: 'is without --frozen-lockfile', severity: 'warning' }],
      },
      'format 5 and pnpm 8': {
        files: withVersions('5.4', 'pnpm@8.15.8'),
        finds: [{ at: 'Dockerfile:2:25', says: 'which is of pnpm 7' }],
      },
      'a packageManager': {
        files: {
          ...withVersions('6.0', 'pnpm'),
          'package.json': json({ packageManager: 'pnpm@10.2.0+sha512.abc' }),
        },
        finds: [{ at: 'package.json:2:27', says: 'pnpm 10.2.0' }],
      },
    },
  },
  {
    rule: 'lockfile/overrides-mismatch',
    valid: {
      none: { files: repository({ dependencies: {} }) },
      'the same in another order': { files: withOverrides({ b: '2', a: '1' }, 'a: 1\nb: 2') },
      'resolutions, which count as overrides': {
        files: { ...withOverrides({}, 'a: 1'), 'package.json': json({ resolutions: { a: '1' } }) },
      },
      'a reference to a dependency of the root': {
        files: {
          ...withOverrides({}, 'got: 11.8.3'),
          'package.json': json({
            devDependencies: { got: '11.8.3' },
            pnpm: { overrides: { got: '$got' } },
          }),
        },
      },
      'those of pnpm-workspace.yaml': {
        files: {
          ...withOverrides({}, 'a: 1'),
          'pnpm-workspace.yaml': "packages:\n  - 'server/plugins/**'\noverrides:\n  a: 1\n",
        },
      },
    },
    invalid: {
      'another value': {
        files: withOverrides({ got: '11.8.6' }, 'got: 11.8.3'),
        finds: [
          {
            at: 'package.json:4:14',
            says: 'package.json overrides "got" with "11.8.6", pnpm-lock.yaml with "11.8.3"',
          },
        ],
      },
      'a new one': {
        files: withOverrides({ got: '11.8.6' }, ''),
        finds: [{ at: 'package.json:4:14', says: 'pnpm-lock.yaml not at all' }],
      },
      'one that is gone': {
        files: withOverrides({}, "'@a/b': 1"),
        finds: [
          {
            at: 'package.json:3:18',
            says: 'pnpm-lock.yaml overrides "@a/b" with "1", and package.json does not',
          },
        ],
      },
    },
  },
  {
    rule: 'lockfile/importer-missing',
    valid: {
      'an entry': { files: repository({ dependencies: { got: '^11.0.0' } }) },
      'a plugin without dependencies': {
        files: { ...repository({ dependencies: { got: '^11.0.0' } }), ...frontendPlugin('com.acme.theme') },
      },
      'an entry of a plugin that is gone': {
        files: { ...lockfile(importer('server/plugins/com.acme.gone', { got: '1' })), ...workspaceFile() },
      },
      'a plugin that no glob takes in': {
        files: {
          ...backendPlugin(NAME, { 'package.json': json({ dependencies: { got: '1' } }) }),
          ...lockfile(''),
          ...workspaceFile('client/web'),
        },
      },
      'a plugin that a glob takes out': {
        files: {
          ...backendPlugin(NAME, { 'package.json': json({ dependencies: { got: '1' } }) }),
          ...lockfile(''),
          ...workspaceFile('server/plugins/**', '!**/com.acme.audit'),
        },
      },
      'no workspace': {
        files: {
          ...backendPlugin(NAME, { 'package.json': json({ dependencies: { got: '1' } }) }),
          ...lockfile(''),
        },
      },
      'packages below node_modules and directories with a dot': {
        files: {
          ...repository({ dependencies: { got: '^11.0.0' } }),
          [`${DIRECTORY}/node_modules/a/package.json`]: json({ dependencies: { b: '1' } }),
          [`${DIRECTORY}/.cache/a/package.json`]: json({ dependencies: { b: '1' } }),
        },
      },
      'peers only, which pnpm is told not to install': {
        files: {
          ...repository({ dependencies: {} }),
          [PACKAGE]: json({ peerDependencies: { got: '1' } }),
          'pnpm-lock.yaml':
            "lockfileVersion: '6.0'\n\nsettings:\n  autoInstallPeers: false\n\nimporters:\n\n  .: {}\n",
        },
      },
    },
    invalid: {
      'a new plugin with dependencies': {
        files: {
          ...repository({ dependencies: { got: '^11.0.0' } }),
          ...backendPlugin('com.acme.b', { 'package.json': json({ name: 'b', dependencies: { got: '1' } }) }),
        },
        finds: [
          {
            at: 'server/plugins/com.acme.b/package.json:3:19',
            plugin: 'com.acme.b',
            says: 'pnpm-lock.yaml has no entry for server/plugins/com.acme.b, which needs got',
            severity: 'error',
          },
        ],
      },
      ...withDockerfiles({
        'a Dockerfile that takes the lockfile as it stands': {
          Dockerfile: FROZEN,
          says: 'or the Dockerfile’s `pnpm install --frozen-lockfile` in line 3 fails',
          severity: 'error',
        },
        'one with the flag on the next line': {
          Dockerfile: 'FROM node:20\nRUN pnpm install \\\n  --frozen-lockfile\n',
          says: '`pnpm install --frozen-lockfile` in line 2 fails',
          severity: 'error',
        },
        'one without the flag': {
          Dockerfile: UNFROZEN,
          says: 'the Dockerfile’s `pnpm install` in line 3 is without --frozen-lockfile',
          severity: 'warning',
        },
        'one without the flag, which pnpm sets in CI': {
          Dockerfile: 'FROM node:20\nENV CI=true\nRUN pnpm install\n',
          says: 'or an installation with --frozen-lockfile fails',
          severity: 'error',
        },
        'one with the flag switched off in CI': {
          Dockerfile: 'FROM node:20\nENV CI=true\nRUN pnpm install --no-frozen-lockfile\n',
          says: 'in line 3 is without --frozen-lockfile',
          severity: 'warning',
        },
        'one that only installs a tool of its own': {
          Dockerfile: 'FROM node:20\nRUN pnpm install -g serve\nRUN pnpm i serve\n',
          says: 'or an installation with --frozen-lockfile fails',
          severity: 'error',
        },
      }),
      'a package further in, and a web part': {
        files: {
          ...repository({ dependencies: { got: '^11.0.0' } }),
          [`${DIRECTORY}/executor/package.json`]: json({ optionalDependencies: { vm2: '3' } }),
          [`${DIRECTORY}/web/plugins/${NAME}/package.json`]: json({ devDependencies: { react: '18' } }),
        },
        finds: [
          { at: `${DIRECTORY}/executor/package.json:2:27`, plugin: NAME, says: 'needs vm2' },
          { at: `${DIRECTORY}/web/plugins/${NAME}/package.json:2:22`, plugin: NAME, says: 'needs react' },
        ],
      },
      'peers only, which pnpm installs': {
        files: {
          ...repository({ dependencies: {} }, lockfile('')),
          [PACKAGE]: json({ peerDependencies: { got: '1' } }),
        },
        finds: [{ at: `${PACKAGE}:2:23`, plugin: NAME, says: 'needs got' }],
      },
    },
  },
  {
    rule: 'lockfile/out-of-date',
    valid: {
      'the same specifiers': { files: repository({ dependencies: { got: '^11.0.0', '@a/b': '*' } }) },
      'one that is in two fields': {
        files: {
          ...repository({ dependencies: { got: '^11.0.0' } }),
          [PACKAGE]: json({ dependencies: { got: '^11.0.0' }, devDependencies: { got: '^10.0.0' } }),
        },
      },
      'one that pnpm.overrides replaces': { files: withLocked('11.8.6', '11.8.3', { got: '11.8.3' }) },
      'one whose range an override has': {
        files: withLocked('^6.8.1', '6.11.0', { 'got@^6.0.0': '6.11.0' }),
      },
      'one whose range an override has not': {
        files: withLocked('^7.0.0', '^7.0.0', { 'got@^6.0.0': '6.11.0' }),
      },
      'an override of this package only': { files: withLocked('^1.0.0', '1.2.0', { 'audit>got': '1.2.0' }) },
      'an override of another package': {
        files: withLocked('^1.0.0', '^1.0.0', { 'other>got': '1.2.0' }),
      },
      'either, where the ranges are beyond this reader': {
        files: withLocked('^1.0.0 || ^2.0.0', '2.1.0', { 'got@^2.0.0': '2.1.0' }),
      },
      'a link that the lockfile leaves out': {
        files: {
          ...repository({ dependencies: { got: '^11.0.0' } }),
          [PACKAGE]: json({ dependencies: { got: '^11.0.0', sdk: 'link:../../packages/sdk' } }),
          'pnpm-lock.yaml': `lockfileVersion: '6.0'

settings:
  excludeLinksFromLockfile: true

importers:

${importer(DIRECTORY, { got: '^11.0.0' })}`,
        },
      },
    },
    invalid: {
      'another specifier': {
        files: withLocked('^12.0.0', '^11.0.0', {}),
        finds: [
          {
            at: `${PACKAGE}:4:12`,
            plugin: NAME,
            says: 'got is "^12.0.0" here, and "^11.0.0" in line 10 of pnpm-lock.yaml',
          },
        ],
      },
      'one that is not what the override makes it': {
        files: withLocked('11.8.6', '11.8.6', { got: '11.8.3' }),
        finds: [
          { at: `${PACKAGE}:4:12`, plugin: NAME, says: 'which pnpm.overrides makes "11.8.3", and "11.8.6"' },
        ],
      },
      'a new dependency': {
        files: {
          ...repository({ dependencies: { got: '^11.0.0' } }),
          [PACKAGE]: json({ dependencies: { got: '^11.0.0', lodash: '^4.0.0' } }),
        },
        finds: [{ at: `${PACKAGE}:4:15`, plugin: NAME, says: 'lodash "^4.0.0" is not in pnpm-lock.yaml' }],
      },
      'a dependency that is gone': {
        files: { ...repository({ dependencies: { got: '^11.0.0' } }), [PACKAGE]: json({ dependencies: {} }) },
        finds: [{ at: `${PACKAGE}:2:19`, plugin: NAME, says: 'got is no dependency here, and line' }],
      },
      'a dependency that moved': {
        files: {
          ...repository({ dependencies: { got: '^11.0.0' } }),
          [PACKAGE]: json({ devDependencies: { got: '^11.0.0' } }),
        },
        finds: [
          {
            at: `${PACKAGE}:3:12`,
            plugin: NAME,
            says: 'got is in devDependencies here, and in dependencies',
          },
        ],
      },
      'the server’s own package': {
        files: {
          ...lockfile(importer('server', { got: '^11.0.0' })),
          ...workspaceFile('server'),
          'server/package.json': json({ dependencies: { got: '^12.0.0' } }),
        },
        finds: [{ at: 'server/package.json:3:12', says: 'got is "^12.0.0" here' }],
      },
    },
  },
  {
    rule: 'lockfile/sdk-from-registry',
    valid: {
      'a link': { files: withSdk('*', 'link:../../packages/sdk') },
      'workspace:*': { files: withSdk('workspace:*', 'link:../../packages/sdk') },
      'a repository without the SDK': {
        files: { ...withSdk('*', '0.0.12'), 'server/packages/sdk/package.json': undefined },
      },
      'a plugin that leaves it out': { files: repository({ dependencies: { got: '^11.0.0' } }) },
    },
    invalid: {
      'a version from npm': {
        files: withSdk('*', '0.0.12(debug@4.4.3)'),
        finds: [
          {
            at: `${PACKAGE}:4:28`,
            plugin: NAME,
            says: 'takes tailchat-server-sdk 0.0.12(debug@4.4.3) from the npm registry',
          },
        ],
      },
    },
  },
]

/** A backend plugin with a lockfile that fits, and the workspace that makes it count. */
function repository(fields: { dependencies: Record<string, string> }, more: Files = {}): Files {
  return {
    ...backendPlugin(NAME, { 'package.json': json({ name: 'audit', ...fields }) }),
    ...lockfile(importer(DIRECTORY, fields.dependencies)),
    ...workspaceFile(),
    ...more,
  }
}

function workspaceFile(...globs: string[]): Files {
  const used = globs.length > 0 ? globs : ['client/web/plugins/**', 'server/plugins/**']
  return { 'pnpm-workspace.yaml': `packages:\n${used.map((glob) => `  - '${glob}'\n`).join('')}` }
}

function lockfile(importers: string, overrides = ''): Files {
  const lines = overrides === '' ? '' : `overrides:\n${overrides.replace(/^/gm, '  ')}\n\n`
  return {
    'pnpm-lock.yaml': `lockfileVersion: '6.0'\n\nsettings:\n  autoInstallPeers: true\n\n${lines}importers:\n\n${importers || '  .: {}\n'}\npackages:\n\n  /got@11.0.0:\n    dev: false\n`,
  }
}

function importer(directory: string, dependencies: Record<string, string>, version = '1.0.0'): string {
  const lines = Object.entries(dependencies).map(
    ([name, specifier]) =>
      `      '${name}':\n        specifier: '${specifier}'\n        version: ${version}\n`,
  )
  return lines.length === 0 ? `  ${directory}: {}\n` : `  ${directory}:\n    dependencies:\n${lines.join('')}`
}

/** A plugin whose dependency `got` is `found`, locked as `locked`, under these overrides. */
function withLocked(found: string, locked: string, overrides: Record<string, string>): Files {
  const lines = Object.entries(overrides).map(([key, value]) => `'${key}': ${value}`)
  return {
    ...repository({ dependencies: { got: found } }),
    ...lockfile(importer(DIRECTORY, { got: locked }), lines.join('\n')),
    'package.json': json({ name: 'tailchat', pnpm: { overrides } }),
  }
}

function withOverrides(overrides: Record<string, string>, locked: string): Files {
  return {
    ...lockfile('', locked.replace(/: (\d+)$/gm, ": '$1'")),
    'package.json': json({ pnpm: { overrides } }),
  }
}

function withVersions(format: string, pnpm: string): Files {
  return {
    'pnpm-lock.yaml': `lockfileVersion: '${format}'\n\nimporters:\n\n  .: {}\n`,
    Dockerfile: `FROM node:20\nRUN npm install -g ${pnpm}\n`,
  }
}

function withSdk(specifier: string, version: string): Files {
  const dependencies = { 'tailchat-server-sdk': specifier }
  return {
    ...repository({ dependencies }),
    ...lockfile(importer(DIRECTORY, dependencies, version)),
    'server/packages/sdk/package.json': json({ name: 'tailchat-server-sdk', version: '0.0.17' }),
  }
}

/** A new plugin that the lockfile does not know, in a repository with each of these Dockerfiles. */
function withDockerfiles(
  cases: Record<string, { Dockerfile: string; says: string; severity: 'error' | 'warning' }>,
): RuleCases<RepositoryCase>['invalid'] {
  return Object.fromEntries(
    Object.entries(cases).map(([name, { Dockerfile, ...expected }]) => [
      `a new plugin with dependencies, and ${name}`,
      {
        files: {
          ...repository({ dependencies: { got: '^11.0.0' } }),
          ...backendPlugin('com.acme.b', { 'package.json': json({ name: 'b', dependencies: { got: '1' } }) }),
          Dockerfile,
        },
        finds: [{ at: 'server/plugins/com.acme.b/package.json:3:19', plugin: 'com.acme.b', ...expected }],
      },
    ]),
  )
}
