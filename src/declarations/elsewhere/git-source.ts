import { statSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, runCommand } from '../../lib/command.js'
import { createRepository, git, gitEnvironment } from '../../lib/git.js'
import { compare } from '../../lib/text.js'
import { withTemporaryDirectory } from '../../lib/temporary.js'
import { countEntries, type Snapshot } from './snapshot.js'

/** How a git server is reached. */
export interface GitAccess {
  /** For github.com, from the input `github-token`; empty: none. */
  token: string
  /** Whether a person started this in a terminal: then git may ask for a login, and obeys their settings. */
  isTerminal: boolean
}

const LIST_SECONDS = 60
const FETCH_SECONDS = 600
/** A fork of all of Tailchat is 60 MB. */
const MAX_FETCHED_BYTES = 512 * 1024 * 1024

/** A name that a git server has, and the commit that it leads to. */
export interface RemoteRefs {
  /** The commit of the default branch; `undefined` where the repository is empty. */
  head: string | undefined
  tags: ReadonlyMap<string, string>
  branches: ReadonlyMap<string, string>
}

/**
 * Asks a git server for its tags and branches.
 * @throws with what to do when it can't be asked
 */
export async function listRefs(url: string, access: GitAccess): Promise<RemoteRefs> {
  // In a repository of its own, none that is around here has a say.
  return withTemporaryDirectory(async (directory) => {
    const list = ['ls-remote', '--quiet', 'origin', 'HEAD', 'refs/tags/*', 'refs/heads/*']
    const output = await ask({ url, access }, list, {
      directory: join(directory, 'repository'),
      seconds: LIST_SECONDS,
    })
    const [tags, branches] = [new Map<string, string>(), new Map<string, string>()]
    let head: string | undefined
    // An annotated tag comes twice: the second time peeled, as the commit that it is of.
    for (const [, oid = '', name = '', peeled] of output.matchAll(/^([0-9a-f]{40,64})\t(\S+?)(\^\{\})?$/gm)) {
      if (name === 'HEAD') head = oid
      else if (name.startsWith('refs/heads/')) branches.set(name.slice('refs/heads/'.length), oid)
      else if (name.startsWith('refs/tags/') && (peeled || !tags.has(name.slice('refs/tags/'.length))))
        tags.set(name.slice('refs/tags/'.length), oid)
    }
    return { head, tags, branches }
  })
}

/**
 * Returns the commit that a ref leads to.
 * @param ref a tag, a branch or a whole commit; `undefined`: the default branch
 * @throws with what there is instead
 */
export function commitOfRef(refs: RemoteRefs, ref: string | undefined, name: string): string {
  if (ref === undefined) {
    if (refs.head === undefined) throw new Error(`${name} has no commits`)
    return refs.head
  }
  const found = refs.tags.get(ref) ?? refs.branches.get(ref)
  if (found !== undefined) return found
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(ref)) return ref
  if (/^[0-9a-f]{7,39}$/.test(ref))
    throw new Error(`${name}: write the commit ${ref} in full, with all 40 digits`)
  const newest = [...refs.tags.keys()].sort(compare).slice(-5).reverse()
  throw new Error(
    `${name} has neither a tag nor a branch ${ref}${newest.length > 0 ? `; tags: ${newest.join(', ')}` : ''}`,
  )
}

/** Fetches one commit without its history, hands what it holds to `work`, and removes it. */
export async function withCommit<T>(
  { url, commit }: { url: string; commit: string },
  access: GitAccess,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  return withTemporaryDirectory(async (temporary) => {
    const directory = join(temporary, 'repository')
    const fetch = ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', 'origin', commit]
    await ask({ url, access }, fetch, { directory, seconds: FETCH_SECONDS })
    return work(await snapshotOf(directory, commit))
  })
}

/**
 * Reads the objects of a commit as they are: nothing is checked out, so that no filter runs, no link is made, and no
 * attribute of the content says what its files hold.
 */
async function snapshotOf(directory: string, commit: string): Promise<Snapshot> {
  const listing = await git(directory, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit])
  const files = new Map<string, number>()
  const ids = new Map<string, string>()
  const others = new Map<string, string>()
  for (const entry of listing.split('\0')) {
    const match = /^(\d{6}) (\w+) ([0-9a-f]+) +(\d+|-)\t([^]+)$/.exec(entry)
    if (!match) continue
    const [, mode, type, id = '', size, path = ''] = match
    if (type === 'commit') others.set(path, 'submodule')
    else if (mode === '120000') others.set(path, 'symbolic link')
    else {
      files.set(path, Number(size))
      ids.set(path, id)
    }
    countEntries(files.size + others.size)
  }
  const read: Snapshot['read'] = async (paths) => {
    if (paths.length === 0) return new Map()
    const wanted = paths.map((path) => ids.get(path) ?? '')
    // The last one is there for none: the newline at the very end is not returned.
    const output = await git(directory, ['cat-file', '--batch'], {
      input: [...wanted, 'end', ''].join('\n'),
      encoding: 'latin1',
    })
    return contentsOf(Buffer.from(output, 'latin1'), paths)
  }
  return { files, others, read }
}

function contentsOf(output: Buffer, paths: readonly string[]): Map<string, Buffer> {
  const contents = new Map<string, Buffer>()
  let at = 0
  for (const path of paths) {
    const end = output.indexOf('\n', at)
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(output.subarray(at, end).toString('latin1'))?.[1]
    if (size === undefined) throw new Error(`git has no content of ${path}`)
    contents.set(path, output.subarray(end + 1, end + 1 + Number(size)))
    at = end + 1 + Number(size) + 1
  }
  return contents
}

/** Runs a command of git that talks to a server, in an empty repository that is made for it. */
async function ask(
  { url, access }: { url: string; access: GitAccess },
  args: readonly string[],
  { directory, seconds }: { directory: string; seconds: number },
): Promise<string> {
  await createRepository(directory)
  const tooMuch = new AbortController()
  const watch = setInterval(() => {
    if (sizeOf(join(directory, '.git', 'objects', 'pack')) > MAX_FETCHED_BYTES) tooMuch.abort()
  }, 200)
  try {
    return await runCommand('git', [`--git-dir=${join(directory, '.git')}`, ...args], {
      cwd: directory,
      env: environmentFor(url, access),
      timeoutSeconds: seconds,
      signal: tooMuch.signal,
    })
  } catch (error) {
    if (tooMuch.signal.aborted)
      throw new Error(`${publicName(url)} is larger than the limit of ${MAX_FETCHED_BYTES} bytes`, {
        cause: error,
      })
    throw error instanceof CommandError ? new Error(explained(url, access, error), { cause: error }) : error
  } finally {
    clearInterval(watch)
  }
}

function sizeOf(directory: string): number {
  try {
    return readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0)
  } catch {
    // A file was renamed meanwhile: the next look counts it.
    return 0
  }
}

/** Variables of a user's environment that git needs to log in from a terminal. */
const OF_USER = ['GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_ASKPASS', 'GIT_CONFIG_GLOBAL', 'SSH_ASKPASS']

/**
 * The user's own settings count, since they hold proxies and logins. Only https, ssh and what is named on this machine is
 * spoken, whatever a server redirects to.
 */
function environmentFor(url: string, { token, isTerminal }: GitAccess): Record<string, string | undefined> {
  const settings: [string, string][] = [
    ['remote.origin.url', url],
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['maintenance.auto', 'false'],
    ['gc.auto', '0'],
    ['fetch.recurseSubmodules', 'false'],
    ['transfer.fsckObjects', 'true'],
    ['http.followRedirects', 'initial'],
  ]
  if (token !== '' && /^https:\/\/github\.com\//.test(url)) {
    const header = 'http.https://github.com/.extraheader'
    // One that the machine's settings have would be sent as well.
    settings.push(
      [header, ''],
      [header, `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`],
    )
  }
  const user = isTerminal ? OF_USER.map((name) => [name, process.env[name]] as const) : []
  return {
    ...gitEnvironment(),
    ...Object.fromEntries(user.filter(([, value]) => value !== undefined)),
    // Unlike a setting it also holds for the process that serves a repository of this machine, and obeys its configuration.
    GIT_ALLOW_PROTOCOL: url.startsWith('file:')
      ? 'file'
      : url.startsWith('http:')
        ? 'http:https'
        : 'https:ssh',
    GIT_NO_LAZY_FETCH: '1',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  }
}

/** The address as a message may have it. */
function publicName(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/]*@/, '$1')
}

/** What went wrong and what to do, from what git says. */
function explained(url: string, { token, isTerminal }: GitAccess, error: CommandError): string {
  const text = error.lastLines.join('\n')
  const name = publicName(url)
  const quoted = error.lastLines.findLast((line) => /^(?:fatal|error|remote):/.test(line)) ?? error.outcome
  const login = isTerminal
    ? 'log in with git first (`git ls-remote` of this address must work)'
    : token === ''
      ? 'set github-token'
      : 'the github-token of a workflow can only read its own repository: set one that may read this one'
  if (/not our ref|unadvertised object|couldn't find remote ref|does not exist \(or/i.test(text))
    return `${name} no longer has that commit: it was removed, or the history was rewritten (${quoted})`
  if (
    /Authentication failed|could not read Username|Permission denied|terminal prompts disabled|[Rr]epository (?:'[^']{0,500}' )?not found|returned error: (?:401|403|404)/.test(
      text,
    )
  )
    return `${name} does not exist or is private: ${login} (${quoted})`
  if (/returned error: 429|rate limit/i.test(text))
    return `${name} is rate limiting: try again later (${quoted})`
  if (
    /Could not resolve|Failed to connect|Connection refused|timed out|unable to access|Network is unreachable/.test(
      text,
    )
  )
    return `${name} can't be reached: check the network and the proxy (http.proxy of git, https_proxy) (${quoted})`
  if (/does not appear to be a git repository|not found/i.test(text))
    return `${name} is not a git repository (${quoted})`
  if (/transport '\w+' not allowed/.test(text))
    return `${name}: git may use https, ssh and file here (${quoted})`
  return `${name} can't be fetched: ${quoted}`
}
