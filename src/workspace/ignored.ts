import { CommandError } from '../lib/command.js'
import { git } from '../lib/git.js'

/**
 * Names that Tailchat's .gitignore and server/.gitignore take out wherever they stand. Git is asked about nothing
 * else: starting it takes longer than the rest of a check.
 */
const IGNORED_DIRECTORY =
  /(^|\/)(data|logs|pids|coverage|lib-cov|typings|bower_components|jspm_packages|__uploads)\//

/** What a build needs. A directory named data or logs may hold anything else on a developer's machine. */
const SOURCE = /\.([cm]?[jt]sx?|json|css|less)$/

/** Whether a file may be ignored by git, and is missed by a build that does not have it. */
export function mayBeIgnored(path: string): boolean {
  // What is compiled to dist is neither missed nor committed; source code in there is.
  if (/(^|\/)dist\//.test(path)) return /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
  return IGNORED_DIRECTORY.test(path) && SOURCE.test(path)
}

/**
 * Which of these files git ignores; a file that is committed all the same is not ignored. None outside of a git
 * repository, and none when git can't be asked.
 * @param paths relative to `root`
 */
export async function ignoredByGit(root: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return []
  try {
    const output = await git(root, ['check-ignore', '-z', '--stdin'], {
      input: paths.map((path) => `${path}\0`).join(''),
    })
    return output.split('\0').filter((path) => path !== '')
  } catch (error) {
    // Exit code 1 says that none is ignored, 128 that this is no git repository.
    if (error instanceof CommandError) return []
    throw error
  }
}
