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
  remove(): void
}

/** The samples as they are after their first commit, which git makes once. */
const made = new Map<string, { tree: Tree; start: string }>()

/** @param example one of the directories of examples/ that are whole repositories */
export function createSample(example: 'tailchat' | 'plugins-only' = 'tailchat'): Sample {
  const directory = temporaryDirectory('sample')
  const commit = (): string => commitAll(directory, 'State of the sample')
  let template = made.get(example)
  if (template) writeTree(directory, template.tree)
  else {
    copyExample(example, directory)
    initRepository(directory)
    template = { start: commit(), tree: readTree(directory) }
    made.set(example, template)
  }
  return {
    directory,
    start: template.start,
    write: (file, text) => writeFileSync(join(directory, file), text),
    add: (plugin) => cpSync(join(examples, 'new-plugins', plugin), directory, { recursive: true }),
    commit,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
