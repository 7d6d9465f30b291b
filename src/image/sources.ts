import { createHash } from 'node:crypto'
import { CommandError } from '../lib/command.js'
import { changedFiles, git } from '../lib/git.js'
import { layout } from '../tailchat/layout.js'

/**
 * The label with a hash over the plugins of the commit that an image was built from. Any tool that labels images can
 * set the revision label; this one shows whether it is still right.
 */
export const SOURCES_LABEL = 'tailchat-plugin-deploy.sources'

const PLUGINS = [layout.frontendPlugins, layout.serverPlugins].map((directory) => `${directory}/`)

/**
 * Returns the hash over the name and the git tree of each plugin's directory in a commit.
 * @param revision the id of a commit of the repository at `root`, or `HEAD`
 * @throws {CommandError} when the commit is not there
 */
export async function sourcesOf(root: string, revision: string): Promise<string> {
  const entries = (await git(root, ['ls-tree', '-z', revision, '--', ...PLUGINS])).split('\0')
  // MODE TYPE ID\tPATH; only directories are plugins.
  const directories = entries.filter((entry) => entry !== '' && !/^\d+ blob /.test(entry)).sort()
  return `sha256:${createHash('sha256').update(directories.join('\0')).digest('hex')}`
}

/**
 * Returns the label for an image of the working tree; empty where its plugins differ from the commit.
 * It is always set, since an image inherits the labels of its base.
 */
export async function sourcesLabel(root: string): Promise<Record<string, string>> {
  const value = async (): Promise<string> =>
    (await changedFiles(root, PLUGINS)).length > 0 ? '' : sourcesOf(root, 'HEAD')
  return {
    [SOURCES_LABEL]: await value().catch((error: unknown) => {
      if (error instanceof CommandError) return ''
      throw error
    }),
  }
}
