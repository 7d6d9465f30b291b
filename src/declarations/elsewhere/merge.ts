import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, runCommand } from '../../lib/command.js'
import { gitEnvironment } from '../../lib/git.js'
import { compare } from '../../lib/text.js'
import { withTemporaryDirectory } from '../../lib/temporary.js'
import { type Tree, withLineFeeds } from './tree.js'

/** What a three-way merge of two trees gave. */
export interface Merged {
  tree: Tree
  /** Files that both sides changed in one place, or that one removed and the other changed. */
  conflicts: string[]
}

/**
 * Merges what was changed here into a newer version, file by file, as git does.
 * @param base what both sides come from
 */
export async function mergeTrees(base: Tree, ours: Tree, theirs: Tree): Promise<Merged> {
  const tree = new Map<string, Buffer>()
  const conflicts: string[] = []
  const paths = [...new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])].sort(compare)
  for (const path of paths) {
    const [old, our, their] = [base.get(path), ours.get(path), theirs.get(path)]
    const merged = isSame(our, old) ? their : isSame(their, old) || isSame(our, their) ? our : 'both'
    if (merged !== 'both') {
      if (merged) tree.set(path, merged)
      continue
    }
    const text = old && our && their ? await mergeFile(old, our, their) : undefined
    if (text) tree.set(path, text)
    else conflicts.push(path)
  }
  return { tree, conflicts }
}

function isSame(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a && b ? withLineFeeds(a).equals(withLineFeeds(b)) : a === b
}

/** @returns `undefined` where it is in conflict, or no text */
async function mergeFile(base: Buffer, ours: Buffer, theirs: Buffer): Promise<Buffer | undefined> {
  return withTemporaryDirectory(async (directory) => {
    const write = (name: string, content: Buffer): string => {
      writeFileSync(join(directory, name), withLineFeeds(content))
      return name
    }
    try {
      await runCommand(
        'git',
        ['merge-file', write('ours', ours), write('base', base), write('theirs', theirs)],
        {
          cwd: directory,
          env: {
            ...gitEnvironment(),
            GIT_DIR: '/dev/null',
            GIT_CONFIG_NOSYSTEM: '1',
            GIT_CONFIG_GLOBAL: '/dev/null',
          },
          timeoutSeconds: 60,
        },
      )
    } catch (error) {
      // The number of conflicts; 255 where a file is not text.
      if (error instanceof CommandError && error.exitCode !== undefined) return undefined
      throw error
    }
    return readFileSync(join(directory, 'ours'))
  })
}
