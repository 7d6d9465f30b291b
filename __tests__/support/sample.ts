import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyExample, readTree, temporaryDirectory, type Tree, writeTree } from './files.js'
import { commitAll, initRepository } from './git.js'

const examples = fileURLToPath(new URL('../../examples', import.meta.url))

/** A copy of the sample repository in a real git repository of its own. */
export interface Sample {
  directory: string
  /** The id of its first commit. */
  start: string
  /** Writes one file, by its path in the repository. */
  write(file: string, text: string): void
  /** Copies one of examples/new-plugins into it. */
  add(plugin: string): void
  /** Commits everything; gives the commit's id. */
  commit(): string
  /** Another repository with the same files and history. */
  copy(): Sample
  remove(): void
}

/** The samples as they are after their first commit, which git makes once. */
const made = new Map<string, { tree: Tree; start: string }>()

/** @param example one of the directories of examples/ that are whole repositories */
export function createSample(example: 'tailchat' | 'plugins-only' = 'tailchat'): Sample {
  const directory = temporaryDirectory('sample')
  let template = made.get(example)
  if (template) writeTree(directory, template.tree)
  else {
    copyExample(example, directory)
    initRepository(directory)
    const start = commitAll(directory, 'State of the sample')
    template = { start, tree: readTree(directory) }
    made.set(example, template)
  }
  return sampleIn(directory, template.start)
}

function sampleIn(directory: string, start: string): Sample {
  return {
    directory,
    start,
    write: (file, text) => writeFileSync(join(directory, file), text),
    add: (plugin) => cpSync(join(examples, 'new-plugins', plugin), directory, { recursive: true }),
    commit: () => commitAll(directory, 'State of the sample'),
    copy: () => {
      const copy = temporaryDirectory('sample')
      cpSync(directory, copy, { recursive: true, verbatimSymlinks: true })
      return sampleIn(copy, start)
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
