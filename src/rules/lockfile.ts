import { globMatcher } from '../lib/glob.js'
import { asObject, type JsonFile, ownValue, positionInJson, stringAt } from '../formats/json.js'
import { layout } from '../tailchat/layout.js'
import {
  type DependencyField,
  type Installation,
  isSdkPackage,
  type LockedImporter,
  type Lockfile,
  type LockfileContents,
  SDK,
} from '../registrations/lockfile.js'
import { type Position, positionAt } from '../lib/text.js'
import type { Workspace } from '../workspace/types.js'
import { expectedSpecifiers, type Override, parseOverrides } from './overrides.js'
import { at, type RepositoryRule, type Rule } from './types.js'

const REFRESH = 'run `pnpm install --lockfile-only` and commit pnpm-lock.yaml'
const SYNC = 'run sync, or `pnpm install --lockfile-only`, and commit pnpm-lock.yaml'

/** What comes of a lockfile that does not fit. */
interface Outcome {
  severity?: 'warning'
  otherwise: string
}

function outcomeIn({ frozenInstall, unfrozenInstall }: Installation): Outcome {
  if (unfrozenInstall)
    return {
      severity: 'warning',
      otherwise: `or the image gets other versions than were tried (the Dockerfile’s \`pnpm install\` in line ${unfrozenInstall.line} is without --frozen-lockfile, so it looks for new ones)`,
    }
  return frozenInstall
    ? {
        otherwise: `or the Dockerfile’s \`pnpm install --frozen-lockfile\` in line ${frozenInstall.line} fails`,
      }
    : { otherwise: 'or an installation with --frozen-lockfile fails' }
}

export const lockfileRules: RepositoryRule[] = [
  {
    id: 'lockfile/missing',
    title: 'The Dockerfile installs from a lockfile that is not there',
    why: '`pnpm install --frozen-lockfile` stops at once when there is no pnpm-lock.yaml.',
    severity: 'warning',
    mend: 'Run `pnpm install --lockfile-only` and commit pnpm-lock.yaml.',
    bad: `Dockerfile        RUN pnpm install --frozen-lockfile
package.json`,
    good: `Dockerfile        RUN pnpm install --frozen-lockfile
package.json
pnpm-lock.yaml`,
    *check({ workspace: { installation } }) {
      if (!installation.lockfile && installation.frozenInstall)
        yield at(installation.frozenInstall, {
          message: `this line needs ${layout.pnpmLock}, which is not in the repository: ${REFRESH}, or the image’s build fails here`,
        })
    },
  },
  {
    id: 'lockfile/merge-conflict',
    title: 'The lockfile has an unresolved merge conflict',
    why: 'pnpm cannot read it: `pnpm install --frozen-lockfile` stops with ERR_PNPM_BROKEN_LOCKFILE.',
    severity: 'error',
    mend: 'Run `pnpm install --lockfile-only`, which resolves the conflict, and commit pnpm-lock.yaml.',
    bad: `<<<<<<< HEAD
  server/plugins/com.acme.tickets:
=======`,
    good: '  server/plugins/com.acme.tickets:',
    *check({ workspace: { installation } }) {
      const position = installation.lockfile?.conflict
      if (!position) return
      const { otherwise, ...outcome } = outcomeIn(installation)
      yield at(position, { ...outcome, message: `a merge conflict is left here: ${REFRESH}, ${otherwise}` })
    },
  },
  {
    id: 'lockfile/not-checked',
    title: 'The lockfile could not be compared with the packages',
    why: 'A lockfile that does not fit every package.json stops the image’s build minutes after it began, and that can’t be ruled out here.',
    severity: 'notice',
    mend: 'Write the lockfile with pnpm 8, 9 or 10, as Tailchat does; or run `pnpm install --frozen-lockfile` in a step of its own.',
    bad: 'lockfileVersion: 5.4',
    good: "lockfileVersion: '6.0'",
    *check({ workspace: { installation } }) {
      const { lockfile, workspace: globs } = installation
      if (lockfile && globs?.unreadable !== undefined)
        yield {
          file: globs.path,
          line: 1,
          column: 1,
          message: `${layout.pnpmLock} was compared with the root’s package.json only: of this file nothing was read, since ${globs.unreadable}`,
        }
      if (lockfile && !lockfile.conflict && 'unreadable' in lockfile.contents)
        yield at(lockfile.contents.position, {
          message: `not checked against any package.json: ${lockfile.contents.unreadable}`,
        })
    },
  },
  {
    id: 'lockfile/pnpm-version',
    title: 'The lockfile is of a format that the pnpm in use does not read',
    why: 'pnpm 10 refuses format 6 (ERR_PNPM_LOCKFILE_BREAKING_CHANGE), pnpm 8 ignores format 9: either way `pnpm install --frozen-lockfile` fails.',
    severity: 'error',
    mend: 'Install the pnpm that wrote the lockfile, or write the lockfile again with the one that is installed.',
    bad: `Dockerfile       RUN npm install -g pnpm@10
pnpm-lock.yaml   lockfileVersion: '6.0'`,
    good: `Dockerfile       RUN npm install -g pnpm@8.15.8
pnpm-lock.yaml   lockfileVersion: '6.0'`,
    *check({ workspace: { installation } }) {
      const { lockfile, pnpmVersions } = installation
      const version = lockfile?.version
      const readers = version === undefined ? undefined : READERS[version]
      // One pnpm can hand over to another (packageManager): only when all of them fail is it certain.
      if (!readers || pnpmVersions.some((each) => isReader(readers, Number.parseInt(each.version)))) return
      const [first] = pnpmVersions
      const { otherwise, ...outcome } = outcomeIn(installation)
      if (first)
        yield at(first.position, {
          ...outcome,
          message: `pnpm ${first.version} does not read ${layout.pnpmLock} of format ${version}, which is of pnpm ${readersInWords(readers)}: name such a version here, or write the lockfile again with this one (\`pnpm install --lockfile-only\`), ${otherwise}`,
        })
    },
  },
  {
    id: 'lockfile/overrides-mismatch',
    title: 'The overrides of package.json are not those of the lockfile',
    why: '`pnpm install --frozen-lockfile` stops with ERR_PNPM_LOCKFILE_CONFIG_MISMATCH.',
    severity: 'error',
    mend: 'Run `pnpm install --lockfile-only` after every change of `pnpm.overrides`.',
    bad: `package.json     "overrides": { "got": "11.8.6" }
pnpm-lock.yaml   overrides:
                   got: 11.8.3`,
    good: `package.json     "overrides": { "got": "11.8.6" }
pnpm-lock.yaml   overrides:
                   got: 11.8.6`,
    *check({ workspace }) {
      const { rootPackage, installation } = workspace
      const contents = contentsOf(installation)
      // Where pnpm-workspace.yaml has overrides too, which of them count depends on pnpm's version.
      if (!contents || !asObject(rootPackage?.value) || installation.workspace?.hasOverrides) return
      const wanted = configuredOverrides(rootPackage?.value)
      const { otherwise, ...outcome } = outcomeIn(installation)
      for (const key of new Set([...wanted.keys(), ...contents.overrides.keys()])) {
        const [found, locked] = [wanted.get(key), contents.overrides.get(key)]
        if (found === locked || !rootPackage || found === UNKNOWN) continue
        const path = ownValue(rootPackage.value, 'resolutions') ? [] : ['pnpm', 'overrides']
        yield at(
          positionInJson(rootPackage, found === undefined ? path : placeOfOverride(rootPackage, key)),
          {
            ...outcome,
            message:
              found === undefined
                ? `${layout.pnpmLock} overrides ${JSON.stringify(key)} with ${JSON.stringify(locked)}, and package.json does not: ${REFRESH}, ${otherwise}`
                : `package.json overrides ${JSON.stringify(key)} with ${JSON.stringify(found)}, ${layout.pnpmLock} ${locked === undefined ? 'not at all' : `with ${JSON.stringify(locked)}`}: ${REFRESH}, ${otherwise}`,
          },
        )
      }
    },
  },
  {
    id: 'lockfile/importer-missing',
    title: 'The lockfile does not know a package with dependencies',
    why: 'A plugin was added without its entry in pnpm-lock.yaml: `pnpm install --frozen-lockfile` stops with ERR_PNPM_OUTDATED_LOCKFILE. Every package.json below a plugin’s directory counts.',
    severity: 'error',
    mendedBy: 'pnpm',
    mend: 'Run sync, or `pnpm install --lockfile-only`, and commit pnpm-lock.yaml.',
    bad: `server/plugins/com.acme.tickets/package.json   "dependencies": { "got": "^11.0.0" }
pnpm-lock.yaml                                 importers:
                                                 server: …`,
    good: `server/plugins/com.acme.tickets/package.json   "dependencies": { "got": "^11.0.0" }
pnpm-lock.yaml                                 importers:
                                                 server: …
                                                 server/plugins/com.acme.tickets: …`,
    *check({ workspace }) {
      const { otherwise, ...outcome } = outcomeIn(workspace.installation)
      for (const { plugin, file, wanted, importer } of installedPackages(workspace)) {
        if (importer || wanted.size === 0) continue
        const [first] = wanted.values()
        yield at(positionInJson(file, first?.path.slice(0, 1) ?? []), {
          ...(plugin !== undefined && { plugin }),
          synced: true,
          ...outcome,
          message: `${layout.pnpmLock} has no entry for ${directoryOf(file)}, which needs ${[...wanted.keys()].join(', ')}: ${SYNC}, ${otherwise}`,
        })
      }
    },
  },
  {
    id: 'lockfile/out-of-date',
    title: 'The lockfile does not say what a package.json says',
    why: 'A dependency was changed without pnpm-lock.yaml: `pnpm install --frozen-lockfile` stops with ERR_PNPM_OUTDATED_LOCKFILE, and the image’s build with it.',
    severity: 'error',
    mendedBy: 'pnpm',
    mend: 'Run sync, or `pnpm install --lockfile-only`, and commit pnpm-lock.yaml. What `pnpm.overrides` replaces counts as replaced.',
    bad: `package.json     "got": "^12.0.0"
pnpm-lock.yaml   got:
                   specifier: ^11.0.0`,
    good: `package.json     "got": "^12.0.0"
pnpm-lock.yaml   got:
                   specifier: ^12.0.0`,
    *check({ workspace }) {
      const { lockfile } = workspace.installation
      const { otherwise, ...outcome } = outcomeIn(workspace.installation)
      const overrides = parseOverrides(contentsOf(workspace.installation)?.overrides ?? new Map())
      for (const each of installedPackages(workspace)) {
        if (!each.importer || !lockfile) continue
        for (const { position, message } of differences(each, each.importer, { lockfile, overrides }))
          yield at(position, {
            ...(each.plugin !== undefined && { plugin: each.plugin }),
            synced: true,
            ...outcome,
            message: `${message}: ${SYNC}, ${otherwise}`,
          })
      }
    },
  },
  {
    id: 'lockfile/sdk-from-registry',
    title: 'A plugin gets the SDK from npm instead of the repository’s own',
    why: 'pnpm 9 and later do not link a workspace package for "*": the plugin then runs with the SDK that npm has (0.0.12), the server with its own.',
    severity: 'warning',
    mend: 'Write "workspace:*" in the plugin’s package.json, and run `pnpm install --lockfile-only`.',
    bad: `package.json     "tailchat-server-sdk": "*"
pnpm-lock.yaml   tailchat-server-sdk:
                   specifier: '*'
                   version: 0.0.12`,
    good: `package.json     "tailchat-server-sdk": "workspace:*"
pnpm-lock.yaml   tailchat-server-sdk:
                   specifier: workspace:*
                   version: link:../../packages/sdk`,
    // No fix: "workspace:*" alone makes the lockfile wrong, and only pnpm can write that.
    *check({ workspace }) {
      if (!isSdkPackage(workspace.installation.sdkPackage)) return
      for (const { plugin, file, wanted, importer } of installedPackages(workspace)) {
        const locked = importer?.dependencies.get(SDK)
        const declared = wanted.get(SDK)
        // A dependency on a file is the repository's own as well.
        if (plugin === undefined || !declared || !locked || /^(link|file):/.test(locked.version)) continue
        yield at(positionInJson(file, declared.path), {
          plugin,
          message: `${layout.pnpmLock} takes ${SDK} ${locked.version} from the npm registry, not from server/packages/sdk: write "workspace:*" in place of ${JSON.stringify(declared.specifier)} and ${REFRESH}, or the plugin runs with another SDK than the server`,
        })
      }
    },
  },
]

/** Rules about what sync makes of the lockfile with pnpm. */
export const lockfileUpdateRules: Rule<LockfileFailure | undefined>[] = [
  {
    id: 'lockfile/not-updated',
    title: 'The lockfile could not be brought up to date',
    why: 'Sync has pnpm write the entries of plugins that the lockfile does not know; without them `pnpm install --frozen-lockfile` stops the image’s build.',
    severity: 'error',
    mend: 'Mend what the message quotes from pnpm, then run sync again; or run `pnpm install --lockfile-only` yourself.',
    bad: `.npmrc   registry = https://npm.example.com   # cannot be reached from where sync runs`,
    good: `.npmrc   # names no registry that this machine can't reach`,
    *check(failure) {
      if (failure)
        yield {
          file: layout.pnpmLock,
          line: 1,
          column: 1,
          message: `not written for ${failure.directories.join(', ')}: ${failure.reason}`,
        }
    },
  },
]

/** Why the lockfile was left as it is, and for which packages it was to be written. */
export interface LockfileFailure {
  directories: readonly string[]
  reason: string
}

/** The major versions of pnpm that install from each lockfile format with --frozen-lockfile; tried with 8, 9 and 10. */
const READERS: Readonly<Record<string, Readers>> = {
  '5.3': [6],
  '5.4': [7],
  '6.0': [8, 9],
  '6.1': [8],
  // Newer ones are not out yet, or read it so far.
  '9.0': { from: 9 },
}

type Readers = readonly number[] | { from: number }

function isReader(readers: Readers, major: number): boolean {
  return 'from' in readers ? major >= readers.from : readers.includes(major)
}

function readersInWords(readers: Readers): string {
  return 'from' in readers ? `${readers.from} or later` : readers.join(' or ')
}

interface Wanted {
  specifier: string
  field: DependencyField
  /** Where package.json says so. */
  path: [string, string]
}

interface InstalledPackage {
  plugin: string | undefined
  file: JsonFile
  wanted: ReadonlyMap<string, Wanted>
  importer: LockedImporter | undefined
}

function contentsOf({ lockfile }: Installation): LockfileContents | undefined {
  return lockfile && !lockfile.conflict && !('unreadable' in lockfile.contents)
    ? lockfile.contents
    : undefined
}

/** Three rules ask for the same list, and it takes in the whole repository. */
const known = new WeakMap<Workspace, InstalledPackage[]>()

function installedPackages(workspace: Workspace): InstalledPackage[] {
  const found = known.get(workspace) ?? findInstalledPackages(workspace)
  known.set(workspace, found)
  return found
}

/** Each package.json that pnpm installs: the root's, the server's, and the plugins' that the workspace's globs take in. */
function findInstalledPackages({ plugins, rootPackage, installation }: Workspace): InstalledPackage[] {
  const contents = contentsOf(installation)
  if (!contents) return []
  const isPackage = workspaceFilter(installation)
  const files: { plugin: string | undefined; file: JsonFile | undefined }[] = [
    { plugin: undefined, file: rootPackage },
    { plugin: undefined, file: installation.serverPackage },
    ...plugins.flatMap(({ name, packages }) => packages.map((file) => ({ plugin: name, file }))),
  ]
  return files.flatMap(({ plugin, file }) =>
    file && asObject(file.value) && isPackage(directoryOf(file))
      ? [
          {
            plugin,
            file,
            wanted: wantedDependencies(file, contents),
            importer: contents.importers.get(directoryOf(file)),
          },
        ]
      : [],
  )
}

function directoryOf({ path }: { path: string }): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
}

/** pnpm looks for package.json below the directories that the globs name; node_modules is never among them. */
function workspaceFilter({ workspace }: Installation): (directory: string) => boolean {
  const globs = workspace?.packages ?? []
  const patterns = globs.map((glob) => {
    const bare = glob.replace(/^!/, '').replace(/^\.\//, '').replace(/\/$/, '')
    return { excludes: glob.startsWith('!'), matches: globMatcher(`${bare}/package.json`) }
  })
  return (directory) => {
    if (directory === '.') return true
    const path = `${directory}/package.json`
    if (/(^|\/)(node_modules|bower_components)\//.test(path)) return false
    const matching = patterns.filter(({ matches }) => matches(path))
    return matching.length > 0 && matching.every(({ excludes }) => !excludes)
  }
}

/** What the lockfile must hold for a package: pnpm's own order of precedence (satisfiesPackageManifest). */
function wantedDependencies(file: JsonFile, contents: LockfileContents): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>()
  const fields = ['peerDependencies', 'devDependencies', 'dependencies', 'optionalDependencies'] as const
  for (const field of fields) {
    if (field === 'peerDependencies' && !contents.autoInstallPeers) continue
    for (const [name, specifier] of Object.entries(asObject(ownValue(file.value, field)) ?? {})) {
      if (typeof specifier !== 'string') continue
      if (contents.excludeLinks && specifier.startsWith('link:')) continue
      wanted.set(name, {
        specifier,
        field: field === 'peerDependencies' ? 'dependencies' : field,
        path: [field, name],
      })
    }
  }
  return wanted
}

/**
 * What differs between a package.json and its entry. `dependenciesMeta` and `publishConfig.directory`, which pnpm
 * compares too, are left out: no Tailchat plugin has ever had them.
 */
function* differences(
  { file, wanted }: InstalledPackage,
  importer: LockedImporter,
  { lockfile, overrides }: { lockfile: Lockfile; overrides: readonly Override[] },
): Iterable<{ position: Position; message: string }> {
  const owner = { name: stringAt(file.value, 'name'), version: stringAt(file.value, 'version') }
  // Places are only looked for where something is wrong: the lockfile is long.
  const lineOf = ({ start }: { start: number }): number => positionAt(lockfile, start).line
  for (const [name, { specifier, field, path }] of wanted) {
    const expected = expectedSpecifiers(overrides, owner, { name, specifier })
    const locked = importer.dependencies.get(name)
    if (!locked) {
      if (expected !== 'any')
        yield {
          position: positionInJson(file, path),
          message: `${name} ${JSON.stringify(specifier)} is not in ${layout.pnpmLock}, whose entry of this package is in line ${lineOf(importer)}`,
        }
    } else if (expected !== 'any' && !expected.includes(locked.specifier)) {
      const after = expected.includes(specifier) ? '' : `, which pnpm.overrides makes ${quoted(expected)}`
      yield {
        position: positionInJson(file, path),
        message: `${name} is ${JSON.stringify(specifier)} here${after}, and ${JSON.stringify(locked.specifier)} in line ${lineOf(locked)} of ${layout.pnpmLock}`,
      }
    } else if (locked.field !== field)
      yield {
        position: positionInJson(file, path),
        message: `${name} is in ${field} here, and in ${locked.field} in line ${lineOf(locked)} of ${layout.pnpmLock}`,
      }
  }
  for (const [name, locked] of importer.dependencies)
    if (!wanted.has(name))
      yield {
        position: positionInJson(file, [locked.field]),
        message: `${name} is no dependency here, and line ${lineOf(locked)} of ${layout.pnpmLock} still has it`,
      }
}

function quoted(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(' or ')
}

/** The value of an override that refers to a dependency which is not there. */
const UNKNOWN = Symbol('unknown')

/** `resolutions`, then `pnpm.overrides`; `$name` stands for the root's own dependency of that name. */
function configuredOverrides(rootPackage: unknown): Map<string, string | typeof UNKNOWN> {
  const overrides = ownValue(ownValue(rootPackage, 'pnpm'), 'overrides')
  const own = {
    ...asObject(ownValue(rootPackage, 'devDependencies')),
    ...asObject(ownValue(rootPackage, 'dependencies')),
    ...asObject(ownValue(rootPackage, 'optionalDependencies')),
  }
  return new Map(
    Object.entries({ ...asObject(ownValue(rootPackage, 'resolutions')), ...asObject(overrides) }).map(
      ([key, value]) => {
        const meant = typeof value === 'string' && value.startsWith('$') ? own[value.slice(1)] : value
        return [key, typeof meant === 'string' ? meant : UNKNOWN]
      },
    ),
  )
}

function placeOfOverride(rootPackage: JsonFile, key: string): string[] {
  const overrides = asObject(ownValue(ownValue(rootPackage.value, 'pnpm'), 'overrides'))
  return overrides && Object.hasOwn(overrides, key) ? ['pnpm', 'overrides', key] : ['resolutions', key]
}
