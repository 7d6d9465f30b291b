import { copyFileSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CommandError, runCommand } from './command.js'
import { withTemporaryDirectory } from './temporary.js'

/** Where git keeps what it knows of a working tree. Absolute paths. */
export interface Repository {
  /** The directory that holds `.git`. */
  top: string
  /** The git directory: HEAD and the index. */
  directory: string
  /** The git directory of all worktrees: objects, refs and the configuration. */
  common: string
}

/**
 * Finds the repository of a directory by its nearest `.git`, at or above it. A directory that merely looks like a bare
 * repository is content, which anybody may have committed; git itself would discover it and obey its configuration.
 */
export function findRepository(root: string): Repository | undefined {
  return repositoriesAbove(root).next().value ?? undefined
}

/** Finds every repository that `root` lies in, from the nearest up. */
export function* repositoriesAbove(root: string): Generator<Repository, undefined> {
  for (let top = resolve(root); ; top = dirname(top)) {
    const repository = repositoryAt(top)
    if (repository) yield repository
    if (top === dirname(top)) return
  }
}

function repositoryAt(top: string): Repository | undefined {
  const entry = join(top, '.git')
  // A submodule and a linked worktree have a file that says where their git directory is.
  const linked = /^gitdir: ([^\r\n]+)\r?\n?$/.exec(readSmall(entry) ?? '')?.[1]
  const directory = linked === undefined ? entry : resolve(top, linked)
  if (!existsSync(join(directory, 'HEAD'))) return undefined
  const common = readSmall(join(directory, 'commondir'))?.trim()
  return { top, directory, common: common === undefined ? directory : resolve(directory, common) }
}

/** Larger than any file of settings that git writes. */
const MAX_BYTES = 1024 * 1024

/** Reads a file of a git directory; `undefined` where there is none, or one that git would not have written. */
export function readSmall(file: string): string | undefined {
  try {
    const stat = statSync(file)
    return stat.isFile() && stat.size <= MAX_BYTES ? readFileSync(file, 'utf8') : undefined
  } catch {
    return undefined
  }
}

export interface GitOptions {
  /** Where git is started; otherwise in `root`. */
  cwd?: string
  /** The directory that git takes for the working tree; otherwise that of the repository. */
  workTree?: string
  env?: Record<string, string>
  /** Written to standard input. */
  input?: string
  /** How its output becomes text (default: utf8); latin1 keeps every byte. */
  encoding?: BufferEncoding
}

const GIT_SECONDS = 60

/**
 * Runs git on the repository that `root` lies in. No configuration has a say: neither the repository's (whose programs,
 * such as a filter or a file system monitor, anybody may have named who could write there), nor the user's (whose
 * filters and diff programs the content's .gitattributes would start). No hook, pager or network is used.
 * @throws {CommandError} when there is no repository, or git fails
 */
export async function git(root: string, args: string[], options: GitOptions = {}): Promise<string> {
  const repository = findRepository(root)
  if (!repository)
    throw new CommandError({
      command: 'git',
      exitCode: undefined,
      lastLines: [],
      outcome: 'there is no git checkout',
    })
  const { cwd = root, workTree = repository.top, env, input, encoding } = options
  const users = await (settingsOfUser ??= readSettingsOfUser())
  return withTemporaryDirectory(async (settings) => {
    lendRepository(repository, settings, users)
    const place = [`--git-dir=${repository.directory}`, `--work-tree=${workTree}`]
    const excludes = users.excludesfile
    const ignoring = excludes === undefined ? [] : ['-c', `core.excludesFile=${excludes}`]
    return runCommand('git', [...SETTINGS, ...ignoring, ...place, ...args], {
      cwd,
      env: { ...gitEnvironment(), ...ALONE, GIT_COMMON_DIR: settings, ...env },
      timeoutSeconds: GIT_SECONDS,
      ...(input !== undefined && { input }),
      ...(encoding !== undefined && { encoding }),
    })
  })
}

/** What of the user's own configuration decides which files differ from a commit; it starts nothing. */
interface UserSettings {
  autocrlf?: string
  eol?: string
  excludesfile?: string
}

let settingsOfUser: Promise<UserSettings> | undefined

async function readSettingsOfUser(): Promise<UserSettings> {
  const args = ['config', '--null', '--get-regexp', '^core\\.(autocrlf|eol|excludesfile)$']
  // Of no repository.
  const env = { ...gitEnvironment(), GIT_DIR: '/dev/null' }
  const text = await runCommand('git', args, { env, timeoutSeconds: GIT_SECONDS }).catch(() => '')
  const settings = [...text.matchAll(/(?<=^|\0)core\.(\w+)\n([^\0]*)/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  )
  return Object.fromEntries(
    settings.filter(([name, value]) => name === 'excludesfile' || /^\w+$/.test(value)),
  )
}

/** Makes the empty repository `directory`, without hooks. */
export async function createRepository(directory: string): Promise<void> {
  await runCommand('git', [...SETTINGS, 'init', '--quiet', '--template=', directory], {
    env: { ...gitEnvironment(), ...ALONE },
    timeoutSeconds: GIT_SECONDS,
  })
}

/** What git must not be talked into, whoever's configuration it reads. */
const SETTINGS = [
  'safe.bareRepository=explicit',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'log.showSignature=false',
  'protocol.allow=never',
].flatMap((setting) => ['-c', setting])

/** No configuration but what this action writes; git changes and fetches nothing by the way. */
const ALONE: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
}

/**
 * Returns what git's environment differs in from that of other children: nothing that names another repository, other
 * settings or a program, and no secret.
 */
export function gitEnvironment(): Record<string, string | undefined> {
  const unwanted = Object.keys(process.env).filter(
    (name) =>
      /^GIT_(?!SSL_|HTTP_|PROXY_)/i.test(name) || /TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE|_KEY$/i.test(name),
  )
  return {
    ...Object.fromEntries(unwanted.map((name) => [name, undefined])),
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
}

/**
 * Fills a directory that git takes for the part of a repository that worktrees share: its objects and refs, and a
 * configuration of our own.
 */
function lendRepository({ common }: Repository, directory: string, users: UserSettings): void {
  for (const name of ['objects', 'refs', 'reftable', 'info'])
    if (existsSync(join(common, name))) symlinkSync(join(common, name), join(directory, name), 'junction')
  for (const name of ['packed-refs', 'shallow'])
    if (existsSync(join(common, name))) {
      // Windows lets not everybody link files.
      if (process.platform === 'win32') copyFileSync(join(common, name), join(directory, name))
      else symlinkSync(join(common, name), join(directory, name))
    }
  writeFileSync(join(directory, 'config'), configurationFrom(readSmall(join(common, 'config')) ?? '', users))
}

/** Settings that say how files and objects are stored; their values are words, which start nothing. */
const KEPT =
  /^[ \t]*(filemode|symlinks|ignorecase|precomposeunicode|autocrlf|eol|objectformat|refstorage)[ \t]*=[ \t]*(\w+)[ \t]*\r?$/gim

/** Returns a configuration that keeps of another one how the repository stores its files, and nothing else. */
function configurationFrom(text: string, { autocrlf, eol }: UserSettings): string {
  const kept = [...text.matchAll(KEPT)].map(
    ([, name = '', value = '']) => [name.toLowerCase(), value] as const,
  )
  const lines = (isExtension: boolean): string[] =>
    kept
      .filter(([name]) => /^(?:objectformat|refstorage)$/.test(name) === isExtension)
      .map(([name, value]) => `${name} = ${value}`)
  const extensions = lines(true)
  return [
    '[core]',
    `repositoryformatversion = ${extensions.length > 0 ? 1 : 0}`,
    'bare = false',
    ...(autocrlf === undefined ? [] : [`autocrlf = ${autocrlf}`]),
    ...(eol === undefined ? [] : [`eol = ${eol}`]),
    // The last one counts.
    ...lines(false),
    '[extensions]',
    ...extensions,
    '',
  ].join('\n')
}

/** The commit that is checked out. */
export interface Commit {
  sha: string
  /** When it was committed, ISO 8601. */
  time: string
  /** The same in seconds since 1970. */
  epochSeconds: number
  /** The https url of the repository it was cloned from, without credentials; `undefined` when there is none. */
  url: string | undefined
}

/** Reads the checked-out commit of the repository at `root`; `undefined` outside a git repository. */
export async function readCommit(root: string): Promise<Commit | undefined> {
  try {
    const log = await git(root, ['log', '-1', '--format=%H%n%cI%n%ct'])
    const [sha = '', time = '', epoch = ''] = log.split('\n')
    return { sha, time, epochSeconds: Number(epoch), url: await readOrigin(root) }
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/**
 * Reads the https url of the repository that the one at `root` was cloned from, without credentials; `undefined` where
 * there is none.
 */
export async function readOrigin(root: string): Promise<string | undefined> {
  return publicUrl(await originOf(root))
}

/** Reads the address that the repository was cloned from, out of its configuration; empty where there is none. */
async function originOf(root: string): Promise<string> {
  const repository = findRepository(root)
  if (!repository) return ''
  const file = join(repository.common, 'config')
  return git(root, ['config', '--file', file, '--no-includes', '--get', 'remote.origin.url']).catch(() => '')
}

/** A commit and its parents, in order; in a shallow clone it may have fewer than it was made with. */
export async function commitsOf(root: string, commit: string): Promise<string[]> {
  return (await git(root, ['rev-list', '--parents', '--max-count=1', commit])).split(' ')
}

/** Returns the id of the commit that a person's text names; `undefined` where it names none. */
export async function commitNamed(root: string, revision: string): Promise<string | undefined> {
  try {
    return await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/** The newest commit that two commits have in common; `undefined` where this clone has none, or not both. */
export async function mergeBase(root: string, one: string, other: string): Promise<string | undefined> {
  try {
    return await git(root, ['merge-base', one, other])
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/** Whether older commits were left out when it was cloned. */
export async function isShallow(root: string): Promise<boolean> {
  return (await git(root, ['rev-parse', '--is-shallow-repository']).catch(() => '')) === 'true'
}

/**
 * The files below `root` that differ from the commit, or are not part of it and not ignored either.
 * @param within paths to look at, relative to `root`
 */
export async function changedFiles(root: string, within: readonly string[] = ['.']): Promise<string[]> {
  const status = await git(root, [
    ...['status', '--porcelain', '-z', '--no-renames'],
    // To look into a submodule, git would start itself in there, and obey the submodule's configuration.
    '--ignore-submodules=dirty',
    ...['--', ...within],
  ])
  // Two letters and a space stand before each path.
  return status
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice(3))
}

/** Returns a remote's address as a link that may be published; a local path is kept private. */
export function publicUrl(remote: string): string | undefined {
  const scp = /^(?:[^@/]+@)?([^:/]+\.[^:/]+):(?!\/)(.+?)(?:\.git)?$/.exec(remote)
  if (scp) return `https://${scp[1]}/${scp[2]}`
  // A password may hold an @ of its own, and a query may hold a token.
  const url = /^(?:https?|ssh|git):\/\/(?:[^/]*@)?([^/@]+)\/([^?#]+?)(?:\.git)?\/?(?:[?#].*)?$/.exec(remote)
  return url ? `https://${url[1]?.replace(/:\d+$/, '')}/${url[2]}` : undefined
}

/** What differs between a commit and the working tree, or why that can't be told. */
export type Difference = { paths: string[] } | { unknown: string }

/**
 * The files below `root` that differ from a commit, those that git does not know yet included; relative to `root`.
 * @param revision what an image says it was built from; untrusted
 */
export async function differenceFrom(root: string, revision: string): Promise<Difference> {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision))
    return { unknown: `${JSON.stringify(revision)} is not the id of a commit` }
  try {
    await git(root, ['cat-file', '-e', `${revision}^{commit}`])
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    return {
      unknown: (await isShallow(root))
        ? `commit ${revision} is not in this shallow clone: check out with \`fetch-depth: 0\``
        : `commit ${revision} is not in this repository`,
    }
  }
  const changed = await git(root, [
    ...['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=dirty'],
    ...['--relative', revision, '--'],
  ])
  const added = await git(root, ['ls-files', '-z', '--others', '--exclude-standard'])
  const paths = `${changed}\0${added}`.split('\0').filter((path) => path !== '')
  return { paths: [...new Set(paths)].sort() }
}

/** The text that a file below `root` has in a commit, without its last newline; `undefined` when it is not there. */
export async function textInCommit(
  root: string,
  revision: string,
  path: string,
): Promise<string | undefined> {
  try {
    return await git(root, ['show', `${revision}:./${path}`])
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}
