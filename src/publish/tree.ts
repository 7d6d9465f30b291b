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

/** Returns the checked-out branch; `undefined` where HEAD is detached. */
export async function checkedOutBranch(root: string): Promise<string | undefined> {
  try {
    // The short name is `heads/main` where a tag has the same name as the branch.
    const ref = await git(root, ['symbolic-ref', '--quiet', 'HEAD'])
    return ref.replace(/^refs\/heads\//, '')
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/** Returns the path of `root` in its git repository: empty, or with a slash at its end. */
export function placeInRepository(root: string): Promise<string> {
  return git(root, ['rev-parse', '--show-prefix'])
}

/**
 * Returns the changes of everything below `root`, as git sees them. The repository's own index and objects stay as they
 * are.
 * @throws when GitHub's API can't commit a change
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
  // The API creates every file with this mode.
  if (mode !== '100644')
    throw new Error(
      `${path} has the mode ${mode}, which GitHub’s API can’t write: ${mode === '100755' ? `remove it with \`git update-index --chmod=-x ${path}\`, or commit` : 'commit'} the edits yourself (\`commit: none\`)`,
    )
  const bytes = readFileSync(join(top, path))
  const contents = [bytes, Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')].find(
    (each) => blobId(each, oid.length) === oid,
  )
  if (!contents)
    throw new Error(
      `git stores ${path} in another form than it checks it out (a filter in .gitattributes): commit the edits yourself (\`commit: none\`)`,
    )
  return { path, oid, contents: contents.toString('base64') }
}

/** Returns the id that git gives to a file with this content. */
function blobId(bytes: Buffer, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
}

/**
 * Calls `work` with a checkout of one commit in a temporary directory, fetched without its history. It does not use the
 * repository that the run works in.
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
        // The repository was created here: nothing in it is hostile.
        [`--git-dir=${join(directory, '.git')}`, ...FETCH, 'origin', sha],
        { cwd: directory, env: fetchEnvironment(source), timeoutSeconds: FETCH_SECONDS },
      )
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      const fault = faultOfFetch(error.lastLines, error.outcome)
      throw new ApiError({ what: `fetching ${what}`, needs: 'contents: read' }, fault)
    }
    try {
      // No filter runs: the files that git-lfs keeps elsewhere hold no registrations.
      await git(directory, ['checkout', '--quiet', '--detach', sha])
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      // This needs no network, so another try would fail again.
      throw new Error(`checking out ${what} failed: ${error.lastLines.at(-1) ?? error.outcome}`, {
        cause: error,
      })
    }
    return work(directory)
  })
}

const FETCH = ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules']

/** Returns settings for this one git command; of the user's settings it keeps those about the network. */
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
    // Clears a header of the machine's settings, which git would send as well.
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
    // faultOfFetch reads the output of git, in English.
    ...gitEnvironment(),
    // Git must not ask for a password in a window.
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
