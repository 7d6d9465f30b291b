import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { CommandError, runCommand } from '../lib/command.js'
import { listFiles, readRepositoryFile } from '../lib/files.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import type { Installation } from '../registrations/lockfile.js'
import { takeImporters } from '../registrations/lockfile-edit.js'
import { layout } from '../tailchat/layout.js'

/** A version number, which means nothing else to npm; the Dockerfile may leave the last parts out. */
const VERSION = /^\d{1,4}(?:\.\d{1,6}){0,2}(?:-[0-9A-Za-z.-]{1,40})?$/

/** Where no version is named: the newest pnpm that writes the lockfile's format. */
const WRITERS: Readonly<Record<string, string>> = { '6.0': '8', '6.1': '8', '9.0': '10' }

/** The pnpm of the repository: packageManager of its package.json, then what the Dockerfile installs. */
export function pnpmVersion({ pnpmVersions, lockfile }: Installation): string {
  const usable = pnpmVersions.filter(({ version }) => VERSION.test(version))
  const named = usable.find(({ position }) => position.file === layout.rootPackageJson) ?? usable[0]
  return named?.version ?? WRITERS[lockfile?.version ?? ''] ?? '10'
}

/** The packages to resolve. */
interface Resolution {
  /** Absolute path of the repository. */
  root: string
  /** Of pnpm. */
  version: string
  /** The directories of the packages, relative to the repository. */
  directories: readonly string[]
  /** The text of the lockfile. */
  before: string
  log: (line: string) => void
}

/**
 * Has pnpm resolve packages in a copy of what it reads.
 * @returns the text of the lockfile with the entries of these packages
 * @throws with the reason, in a line, when it can't be had
 */
export async function resolveWithPnpm({
  root,
  version,
  directories,
  before,
  log,
}: Resolution): Promise<string> {
  const unsafe = directories.find((each) => !/^[\w@.-]+(?:\/[\w@.-]+)*$/.test(each) || each.includes('...'))
  if (unsafe !== undefined)
    throw new Error(`pnpm would read the path ${unsafe} as a pattern: rename the directory`)
  if (existsSync(join(root, '.pnpmfile.cjs')))
    throw new Error(
      '.pnpmfile.cjs may change the dependencies of every package, and code of the repository is not run',
    )
  return withTemporaryDirectory(async (temporary) => {
    // In a directory of its own, npm takes pnpm from where this machine does, not from where .npmrc says.
    const [copy, tool] = [join(temporary, COPY), join(temporary, 'tool')]
    mkdirSync(tool)
    copyPackages(root, copy)
    const lockfile = join(copy, layout.pnpmLock)
    const pnpm = (args: string[]): Promise<void> => runPnpm(version, args, { copy, tool, log })
    await pnpm([
      ...directories.flatMap((each) => ['--filter', posix.join('..', COPY, each)]),
      ...['install', '--lockfile-only', '--no-frozen-lockfile', '--ignore-scripts', '--ignore-pnpmfile'],
      // With it, pnpm resolves every package of the repository again, and needs all of them from the npm registry.
      '--config.dedupe-peer-dependents=false',
    ])
    const after = takeImporters(before, readFileSync(lockfile, 'utf8'), directories)
    // The same question that the Dockerfile's install asks; it takes no network.
    writeFileSync(lockfile, after)
    await pnpm(['install', '--lockfile-only', '--frozen-lockfile', '--ignore-scripts', '--ignore-pnpmfile'])
    return after
  })
}

/** The name of the copy, next to the directory that pnpm runs in. */
const COPY = 'repository'

/** What pnpm reads when it writes a lockfile. */
const READ_BY_PNPM = /^(?:package\.(?:json5?|yaml)|\.npmrc|pnpm-(?:workspace|lock)\.yaml|.*\.patch)$/

function copyPackages(root: string, copy: string): void {
  for (const file of listFiles(root, '').files) {
    if (!READ_BY_PNPM.test(basename(file))) continue
    const result = readRepositoryFile(root, file)
    if (!('text' in result)) continue
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    writeFileSync(join(copy, file), result.text)
  }
}

/** Resolving what a plugin needs takes seconds; a download that hangs is given up by then. */
const TIMEOUT_SECONDS = 300

/** pnpm would else switch to the version that package.json names, or refuse to be another one. */
const OWN_VERSION = [
  '--config.manage-package-manager-versions=false',
  '--config.package-manager-strict=false',
]

/** A registry that can't be reached is given up after seconds, not minutes. */
const FETCHING = ['retries=2', 'retry-mintimeout=1000', 'retry-maxtimeout=3000'].map(
  (each) => `--config.fetch-${each}`,
)

async function runPnpm(
  version: string,
  args: string[],
  { copy, tool, log }: { copy: string; tool: string; log: (line: string) => void },
): Promise<void> {
  const options = { cwd: tool, env: ENVIRONMENT, timeoutSeconds: TIMEOUT_SECONDS, onLine: log }
  const all = ['--dir', posix.join('..', COPY), ...OWN_VERSION, ...FETCHING, ...args]
  const npm = ['exec', '--yes', `--package=pnpm@${version}`, '--', 'pnpm', ...all]
  try {
    await runCommand('npm', npm, options).catch((error: unknown) => {
      // Of the two ways to get a certain pnpm, corepack is the one that newer Node.js versions lack.
      if (!isNotInstalled(error)) throw error
      return runCommand('corepack', [`pnpm@${version}`, ...all], options)
    })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    if (isNotInstalled(error))
      throw new Error('npm or corepack is needed to run pnpm, and neither is installed', { cause: error })
    throw new Error(explain(error, version, copy), { cause: error })
  }
}

function isNotInstalled(error: unknown): boolean {
  return (
    error instanceof CommandError && error.exitCode === undefined && /is not installed/.test(error.outcome)
  )
}

/** Extra variables for pnpm: .npmrc can put any variable into a request, so the environment holds no secret of this step. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  CI: 'true',
  FORCE_COLOR: '0',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
}

const SHOWN_LINES = 4

/** Returns the last output of pnpm as one line. */
function explain({ lastLines, outcome }: CommandError, version: string, copy: string): string {
  const lines = lastLines
    .map((line) => line.replaceAll(`${copy}/`, '').replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && !line.startsWith('Progress:'))
  const first = lines.findIndex((line) => /\bERR_|npm (?:error|ERR!)|\bError: /.test(line))
  const shown = first === -1 ? lines.slice(-SHOWN_LINES) : lines.slice(first, first + SHOWN_LINES)
  const registry = UNREACHABLE.test(lines.join('\n')) ? registryIn(copy) : undefined
  const hint =
    registry === undefined ? '' : ` (.npmrc names the npm registry ${registry}: can it be reached from here?)`
  return `pnpm ${version} failed (${outcome})${hint}: ${shown.join(' | ')}`
}

const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|META_FETCH_FAIL|fetch failed/

function registryIn(copy: string): string | undefined {
  const result = readRepositoryFile(copy, '.npmrc')
  const url =
    'text' in result ? /^[ \t]*registry[ \t]*=[ \t]*["']?([^\s"']+)/m.exec(result.text)?.[1] : undefined
  return url?.replace(/\/\/[^/@]*@/, '//')
}
