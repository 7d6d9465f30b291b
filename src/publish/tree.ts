import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, runCommand } from '../lib/command.js'
import { createRepository, findRepository, git, gitEnvironment } from '../lib/git.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { ApiError } from './client.js'
import { basicCredential } from './credential.js'
import type { FileChange } from './edits.js'
import { faultOfFetch } from './faults.js'

const FETCH_SECONDS = 600

/** The branch that is checked out; `undefined` where HEAD is detached. */
export async function checkedOutBranch(root: string): Promise<string | undefined> {
  try {
    // A short name would be `heads/main` where a tag has the branch's name, too.
    const ref = await git(root, ['symbolic-ref', '--quiet', 'HEAD'])
    return ref.replace(/^refs\/heads\//, '')
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/** Where `root` stands in its git repository: empty, or with a slash at its end. */
export function placeInRepository(root: string): Promise<string> {
  return git(root, ['rev-parse', '--show-prefix'])
}

/**
 * What a commit of everything below `root` would change, as git itself sees it. The repository's own index and objects
 * stay as they are.
 * @throws when a change is one that GitHub's API can't commit
 */
export async function uncommittedChanges(root: string): Promise<FileChange[]> {
  return withTemporaryDirectory(async (directory) => {
    const repository = findRepository(root)
    if (!repository) throw new Error('there is no git checkout')
    const index = join(repository.directory, 'index')
    const env = {
      GIT_INDEX_FILE: join(directory, 'index'),
      GIT_OBJECT_DIRECTORY: join(directory, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: join(repository.common, 'objects'),
    }
    mkdirSync(env.GIT_OBJECT_DIRECTORY)
    if (existsSync(index)) copyFileSync(index, env.GIT_INDEX_FILE)
    await git(root, ['add', '--all', '--', '.'], { env })
    const raw = await git(
      root,
      ['diff-index', '--cached', '--raw', '-z', '--no-renames', 'HEAD', '--', '.'],
      { env },
    )
    return changesOfRaw(raw).map((change) => withContents(repository.top, change))
  })
}

/** One line of git's raw output: paths are those of the whole repository. */
interface RawChange {
  path: string
  mode: string
  oid: string
  deleted: boolean
}

function changesOfRaw(raw: string): RawChange[] {
  const parts = raw.split('\0').filter((part) => part !== '')
  const changes: RawChange[] = []
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [, mode = '', , oid = '', status = ''] = (parts[index] ?? '').split(' ')
    changes.push({ path: parts[index + 1] ?? '', mode, oid, deleted: status === 'D' })
  }
  return changes
}

function withContents(top: string, { path, mode, oid, deleted }: RawChange): FileChange {
  if (deleted) return { path, oid: undefined }
  // The API writes every file with this mode.
  if (mode !== '100644')
    throw new Error(
      `${path} has the mode ${mode}, which GitHub’s API can’t write: ${mode === '100755' ? `take it away with \`git update-index --chmod=-x ${path}\`, or commit` : 'commit'} the edits yourself (\`commit: none\`)`,
    )
  const bytes = readFileSync(join(top, path))
  const contents = [bytes, Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')].find(
    (each) => blobId(each, oid.length) === oid,
  )
  if (!contents)
    throw new Error(
      `${path} is stored by git in another form than it is checked out (a filter in .gitattributes): commit the edits yourself (\`commit: none\`)`,
    )
  return { path, oid, contents: contents.toString('base64') }
}

/** The id that git gives to a file of these bytes. */
function blobId(bytes: Buffer, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
}

/**
 * Gives `work` a checkout of one commit in a directory of its own, fetched without its history. The repository that
 * the run works in has no part in it.
 * @param source the address of the repository, and a token for it; neither becomes an argument of a command
 * @throws {ApiError} when it can't be fetched
 */
export async function withCheckout<T>(
  source: { url: string; token: string },
  sha: string,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  return withTemporaryDirectory(async (temporary) => {
    const directory = join(realpathSync(temporary), 'repository')
    const what = `${sha.slice(0, 12)} with git`
    await createRepository(directory)
    try {
      await runCommand(
        'git',
        // The repository was made here: what is in it is git's own.
        [`--git-dir=${join(directory, '.git')}`, ...FETCH, 'origin', sha],
        { cwd: directory, env: fetchEnvironment(source), timeoutSeconds: FETCH_SECONDS },
      )
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      const fault = faultOfFetch(error.lastLines, error.outcome)
      throw new ApiError({ what: `fetching ${what}`, needs: 'contents: read' }, fault)
    }
    try {
      // No filter runs: what git-lfs keeps elsewhere is no text that a registration could be in.
      await git(directory, ['checkout', '--quiet', '--detach', sha])
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      // Nothing is asked over the network any more: it would fail again.
      throw new Error(`checking out ${what} failed: ${error.lastLines.at(-1) ?? error.outcome}`, {
        cause: error,
      })
    }
    return work(directory)
  })
}

const FETCH = ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules']

/** Settings that only this one command of git sees; of the user's own it has those of the machine's network. */
function fetchEnvironment({
  url,
  token,
}: {
  url: string
  token: string
}): Record<string, string | undefined> {
  const header = `http.${new URL(url).origin}/.extraheader`
  const settings: [string, string][] = [
    ['remote.origin.url', url],
    // A header that the machine's settings have would be sent beside this one.
    [header, ''],
    [header, `AUTHORIZATION: basic ${basicCredential(token)}`],
    ['credential.helper', ''],
    ['core.hooksPath', '/dev/null'],
    ['maintenance.auto', 'false'],
    ['protocol.allow', 'never'],
    ['protocol.https.allow', 'always'],
    ['protocol.http.allow', 'always'],
  ]
  return {
    // What git says is read (faultOfFetch), in English.
    ...gitEnvironment(),
    // Nor is anybody asked in a window.
    GIT_ASKPASS: '',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  }
}
