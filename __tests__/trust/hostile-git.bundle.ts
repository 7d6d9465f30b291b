import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runAction, runCli } from '../support/run-action.js'
import { createSample } from '../support/sample.js'

const TIMEOUT = 120_000
/** The payload of an event of a fork, and those of the repository itself. */
const FORK = {
  repository: { full_name: 'acme/tailchat' },
  pull_request: {
    number: 7,
    head: { ref: 'topic', repo: { full_name: 'eve/tailchat' } },
    base: { ref: 'main', repo: { full_name: 'acme/tailchat' } },
  },
}
const PUSH = { repository: { full_name: 'acme/tailchat' } }

let directory: string
/** Written by whatever of the repository is run. */
let proof: string
/** The sample as a plain directory tree, with what a fork can commit. */
let content: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hostile-'))
  proof = join(directory, 'ran')
  content = join(directory, 'content')
  const sample = createSample()
  try {
    sample.add('com.example.wall')
    cpSync(sample.directory, content, { recursive: true })
  } finally {
    sample.remove()
  }
  rmSync(join(content, '.git'), { recursive: true })
  // A file that git would be asked about, below a name that is usually ignored.
  mkdirSync(join(content, 'server/plugins/com.example.wall/data'), { recursive: true })
  writeFileSync(join(content, 'server/plugins/com.example.wall/data/seed.ts'), 'export {}\n')
  writeFileSync(join(content, '.gitattributes'), '* filter=evil diff=evil\n')
}, TIMEOUT)

afterAll(() => rmSync(directory, { recursive: true, force: true }))

const identity = ['-c', 'user.name=eve', '-c', 'user.email=eve@localhost']

function git(cwd: string, args: string[], input?: string): string {
  return execFileSync('git', [...identity, ...args], {
    cwd,
    encoding: 'utf8',
    ...(input !== undefined && { input }),
  }).trim()
}

/** Makes a git directory at `place` that runs a script wherever git obeys its configuration. */
function plantRepository(place: string, script: string): void {
  const made = join(mkdtempSync(join(directory, 'made-')), 'repository')
  git(directory, ['init', '--quiet', made])
  const tree = git(made, ['write-tree'])
  const commit = [
    `tree ${tree}`,
    'author eve <eve@localhost> 1700000000 +0000',
    'committer eve <eve@localhost> 1700000000 +0000',
    'gpgsig -----BEGIN PGP SIGNATURE-----',
    ' ',
    ' x',
    ' -----END PGP SIGNATURE-----',
    '',
    'signed',
    '',
  ].join('\n')
  const id = git(made, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], commit)
  git(made, ['update-ref', 'HEAD', id])
  const from = join(made, '.git')
  mkdirSync(place, { recursive: true })
  for (const name of ['HEAD', 'refs', 'objects'])
    cpSync(join(from, name), join(place, name), { recursive: true })
  writeFileSync(join(place, 'config'), configuration(script, '.'))
  mkdirSync(join(place, 'hooks'), { recursive: true })
  for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction', 'pre-commit'])
    cpSync(script, join(place, 'hooks', hook))
}

function configuration(script: string, worktree: string): string {
  return `[core]
	repositoryformatversion = 0
	bare = false
	worktree = ${worktree}
	fsmonitor = ${script}
	pager = ${script}
	sshCommand = ${script}
	editor = ${script}
	hooksPath = hooks
[log]
	showSignature = true
[gpg]
	program = ${script}
[pager]
	log = ${script}
	status = ${script}
[filter "evil"]
	clean = ${script}
	smudge = ${script}
	process = ${script}
	required = true
[diff]
	external = ${script}
[diff "evil"]
	command = ${script}
	textconv = ${script}
[uploadpack]
	packObjectsHook = ${script}
`
}

/** Makes a script that says that it ran, with what it could read of the step's environment. */
function plantScript(file: string): string {
  writeFileSync(file, `#!/bin/sh\nenv > ${JSON.stringify(proof)}\ncat\n`)
  chmodSync(file, 0o755)
  return file
}

interface Layout {
  workspace: string
  path: string
  /** Where the repository is that the action works on. */
  root: string
}

/** Each makes a workspace in an empty directory. */
const layouts: Record<string, (workspace: string) => Layout> = {
  'a bare repository below the top of the checkout': (workspace) => {
    const root = join(workspace, 'tailchat')
    cpSync(content, root, { recursive: true })
    plantRepository(root, plantScript(join(root, 'evil.sh')))
    git(workspace, ['init', '--quiet'])
    git(workspace, ['commit', '--quiet', '--allow-empty', '--message', 'x'])
    return { workspace, path: 'tailchat', root }
  },
  'a bare repository at the top, and no .git': (workspace) => {
    cpSync(content, workspace, { recursive: true })
    plantRepository(workspace, plantScript(join(workspace, 'evil.sh')))
    return { workspace, path: '.', root: workspace }
  },
  'an unpacked .git within the path': (workspace) => {
    const root = join(workspace, 'tailchat')
    cpSync(content, root, { recursive: true })
    plantRepository(join(root, '.git'), plantScript(join(root, 'evil.sh')))
    git(workspace, ['init', '--quiet'])
    git(workspace, ['commit', '--quiet', '--allow-empty', '--message', 'x'])
    return { workspace, path: 'tailchat', root }
  },
  'an unpacked .git at the top': (workspace) => {
    cpSync(content, workspace, { recursive: true })
    plantRepository(join(workspace, '.git'), plantScript(join(workspace, 'evil.sh')))
    return { workspace, path: '.', root: workspace }
  },
  'filters, hooks and programs that the checkout’s own .git configures': (workspace) => {
    cpSync(content, workspace, { recursive: true })
    git(workspace, ['init', '--quiet'])
    git(workspace, ['add', '--all'])
    git(workspace, ['commit', '--quiet', '--message', 'x'])
    const script = plantScript(join(workspace, 'evil.sh'))
    writeFileSync(join(workspace, '.git/config'), configuration(script, workspace))
    return { workspace, path: '.', root: workspace }
  },
}

function make(layout: string): Layout {
  rmSync(proof, { force: true })
  const made = layouts[layout]
  if (!made) throw new Error(layout)
  return made(mkdtempSync(join(directory, 'workspace-')))
}

function event(name: string, payload: object): Record<string, string> {
  const file = join(mkdtempSync(join(directory, 'event-')), 'event.json')
  writeFileSync(file, JSON.stringify(payload))
  return {
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: file,
    GITHUB_REPOSITORY: 'acme/tailchat',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_REF: 'refs/heads/main',
  }
}

describe.each(Object.keys(layouts))('git runs nothing of a repository with %s', (layout) => {
  test('the attack works on git as it is', () => {
    const { root } = make(layout)
    try {
      execFileSync('git', ['-c', 'safe.directory=*', '-C', root, 'log', '-1', '-p'], { stdio: 'ignore' })
      execFileSync('git', ['-c', 'safe.directory=*', '-C', root, 'status'], { stdio: 'ignore' })
    } catch {
      // What it printed is of no interest.
    }
    expect(existsSync(proof)).toBe(true)
  })

  test.each<[string, string, string, object]>([
    ['check', 'a fork’s pull_request_target', 'pull_request_target', FORK],
    ['check', 'a push', 'push', PUSH],
    ['sync', 'a push', 'push', PUSH],
    ['sync', 'a fork’s pull request', 'pull_request', FORK],
    ['deploy', 'a push', 'push', PUSH],
    ['check', 'a merge group', 'merge_group', { ...PUSH, merge_group: { base_sha: '1'.repeat(40) } }],
  ])(
    'in mode %s under %s',
    async (mode, _what, name, payload) => {
      const { workspace, path } = make(layout)
      const inputs = {
        mode,
        path,
        undeclared: 'offer',
        'fail-on': 'never',
        images: 'localhost:1/none',
        verify: 'none',
      }
      const { log } = await runAction(
        workspace,
        { ...inputs, username: 'x', password: 'hunter2' },
        // No docker: a deploy ends before it would build.
        { ...event(name, payload), DOCKER_HOST: 'tcp://127.0.0.1:1' },
      )
      expect(log).not.toContain('unexpected failure')
      expect(existsSync(proof)).toBe(false)
    },
    TIMEOUT,
  )

  test.each(['check', 'sync --dry-run', 'sync'])(
    'in the terminal: %s',
    async (command) => {
      const { root } = make(layout)
      const { text } = await runCli([...command.split(' '), '--undeclared', 'offer'], root)
      expect(text).not.toContain('unexpected failure')
      expect(existsSync(proof)).toBe(false)
    },
    TIMEOUT,
  )
})
