import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const IDENTITY = {
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@localhost',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@localhost',
}

/** Runs git in a directory, and returns what it prints, without the white space around it. */
export function git(directory: string, ...args: string[]): string {
  return inDirectory(directory, 'git', args)
}

/** Makes a directory a repository without a commit, with the files that `git init` writes there. */
export function initRepository(directory: string, branch = 'main'): void {
  for (const path of ['objects', 'refs/heads']) mkdirSync(join(directory, '.git', path), { recursive: true })
  writeFileSync(join(directory, '.git/HEAD'), `ref: refs/heads/${branch}\n`)
  writeFileSync(join(directory, '.git/config'), '[core]\n\trepositoryformatversion = 0\n\tbare = false\n')
}

/**
 * Commits everything in a directory, with git started by a shell: starting a process takes that a tenth of what it
 * takes Node.js with all of a test in its memory.
 * @param branch the branch that is made for it; otherwise it is the one that is checked out
 * @returns the commit's id
 */
export function commitAll(directory: string, message = 'x', branch = ''): string {
  const script = `set -e
[ -z "$2" ] || git checkout --quiet -b "$2"
git add --all
git commit --quiet --allow-empty --message "$1"
read -r ref head < .git/HEAD
[ "$ref" = ref: ] || head=HEAD
read -r id < ".git/$head"
echo "$id"`
  return inDirectory(directory, 'sh', ['-c', script, 'sh', message, branch])
}

function inDirectory(cwd: string, command: string, args: string[]): string {
  const env = { ...process.env, ...IDENTITY }
  return execFileSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
}
