import { AUDIT, type Fault, LOCKFILE } from './fault.js'

/** What stops `pnpm install --frozen-lockfile`, or installs something else than was meant. */
export const lockfileFaults: Fault[] = [
  {
    mode: 30,
    mistake: 'a package with dependencies that the lockfile does not know',
    apply: ({ edit }) => edit(LOCKFILE, /\n {2}server\/plugins\/com\.example\.audit:\n[^]*?\n\n/, '\n'),
    rule: 'lockfile/importer-missing',
    file: `${AUDIT}/package.json`,
    line: '"dependencies"',
    mended: 'pnpm',
  },
  {
    mistake:
      'a package that the lockfile does not know, where the Dockerfile installs without --frozen-lockfile',
    apply: ({ edit }) => {
      edit('Dockerfile', / --frozen-lockfile/g, '')
      edit(LOCKFILE, /\n {2}server\/plugins\/com\.example\.audit:\n[^]*?\n\n/, '\n')
    },
    rule: 'lockfile/importer-missing',
    file: `${AUDIT}/package.json`,
    line: '"dependencies"',
    severity: 'warning',
    mended: 'pnpm',
  },
  {
    mode: 31,
    mistake: 'a dependency that the lockfile does not have',
    apply: ({ edit }) =>
      edit(`${AUDIT}/package.json`, '"dependencies": {', '"dependencies": {\n    "left-pad": "^1.3.0",'),
    rule: 'lockfile/out-of-date',
    file: `${AUDIT}/package.json`,
    line: 'left-pad',
    mended: 'pnpm',
  },
  {
    mode: 31,
    mistake: 'a specifier that the lockfile has otherwise',
    apply: ({ edit }) => edit(`${AUDIT}/package.json`, '"nanoid": "^3', '"nanoid": "^4'),
    rule: 'lockfile/out-of-date',
    file: `${AUDIT}/package.json`,
    line: 'nanoid',
    mended: 'pnpm',
  },
  {
    mode: 31,
    mistake: 'an override that the lockfile does not have',
    apply: ({ edit }) => edit('package.json', '"esbuild": "0.15.18"', '"esbuild": "0.15.17"'),
    rule: 'lockfile/overrides-mismatch',
    file: 'package.json',
    line: 'esbuild',
  },
  {
    mode: 32,
    mistake: 'a nested package with dependencies',
    apply: ({ write }) =>
      write(
        `${AUDIT}/executor/package.json`,
        '{\n  "name": "executor",\n  "dependencies": {\n    "vm2": "3.9.19"\n  }\n}\n',
      ),
    rule: 'lockfile/importer-missing',
    file: `${AUDIT}/executor/package.json`,
    line: '"dependencies"',
    mended: 'pnpm',
  },
  {
    mode: 33,
    mistake: 'the SDK from the npm registry',
    apply: ({ edit }) =>
      edit(LOCKFILE, /(com\.example\.audit:[^]*?specifier: '\*'\n\s*version: )link:[^\n]*/, '$10.0.12'),
    rule: 'lockfile/sdk-from-registry',
    file: `${AUDIT}/package.json`,
    line: 'tailchat-server-sdk',
    severity: 'warning',
  },
]
