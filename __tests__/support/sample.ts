import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const examples = fileURLToPath(new URL('../../examples', import.meta.url))

/** A copy of the sample repository in a real git repository of its own. */
export interface Sample {
  directory: string
  /** Writes one file, by its path in the repository. */
  write(file: string, text: string): void
  /** Copies one of examples/new-plugins into it. */
  add(plugin: string): void
  /** Commits everything; gives the commit's id. */
  commit(): string
  remove(): void
}

/** @param example one of the directories of examples/ that are whole repositories */
export function createSample(example: 'tailchat' | 'plugins-only' = 'tailchat'): Sample {
  const directory = mkdtempSync(join(tmpdir(), 'sample-'))
  cpSync(join(examples, example), directory, { recursive: true })
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
      cwd: directory,
      encoding: 'utf8',
    }).trim()
  git('init', '--quiet')
  const commit = (): string => {
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', 'State of the sample')
    return git('rev-parse', 'HEAD')
  }
  commit()
  return {
    directory,
    write: (file, text) => writeFileSync(join(directory, file), text),
    add: (plugin) => cpSync(join(examples, 'new-plugins', plugin), directory, { recursive: true }),
    commit,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
