import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import { outputsOf } from '../../src/report/outputs.js'
import { headline } from '../../src/report/report.js'
import { renderSummary } from '../../src/report/summary.js'
import { type Files, readTree, temporaryDirectory, type Tree, writeTree } from '../support/files.js'
import { createGitServer, type GitServer } from '../support/git-server.js'
import { createGithub, type Github } from '../support/github.js'
import { createRunner, type Runner } from '../support/publishing.js'
import { registrations, service, withRepository } from '../support/repository.js'
import { GATE } from '../support/terminal-view.js'
import { createUpstream, lonePlugin, type Upstream } from '../support/upstream.js'

const THEME = 'com.acme.theme'
const BADGE = 'com.acme.badge'
const AUDIT = 'com.acme.audit'
const PLACE = `client/web/plugins/${THEME}`
const BRANCH = `tailchat-plugins/update/${THEME}`

// GitHub's descriptions are large, and git is started many times.
jest.setTimeout(60_000)

let github: Github
let runner: Runner
let directory: string
let server: GitServer
let theme: Upstream
let badge: Upstream
let audit: Upstream
/** The upstream repositories as they are at first. */
let released: Tree
/** A repository without plugins, and with each of the upstream ones. */
const bare: Files = {
  ...registrations({}),
  '.gitignore': 'dist/\n',
  'tailchat-plugins.yml': 'version: 1\nplugins: {}\n',
}
let vendored: Files

beforeAll(async () => {
  directory = temporaryDirectory('upstreams')
  server = await createGitServer(directory)
  theme = createUpstream(directory, 'theme')
  badge = createUpstream(directory, 'badge')
  audit = createUpstream(directory, 'audit')
  theme.release('v1.0.0', lonePlugin(THEME, '1.0.0'))
  badge.release('v1.0.0', lonePlugin(BADGE, '1.0.0'))
  audit.release('v1.0.0', {
    [`server/plugins/${AUDIT}/package.json`]: '{ "name": "tailchat-plugin-audit", "private": true }',
    [`server/plugins/${AUDIT}/services/main.service.ts`]: auditing(
      "this.registerEventListener('user.create', () => {});",
    ),
  })
  released = readTree(directory)
  vendored = await withRepository(bare, async (root) => {
    for (const name of ['theme', 'badge', 'audit']) await add(root, name)
    return Object.fromEntries(readTree(root).files.map(({ path, content }) => [path, String(content)]))
  })
})

afterAll(async () => {
  await server.close()
  rmSync(directory, { recursive: true, force: true })
})

beforeEach(async () => {
  github = await createGithub(vendored)
  runner = createRunner(github)
})

afterEach(async () => {
  const { problems, pulls } = github
  await github.close()
  for (const { directory: upstream } of [theme, badge, audit])
    rmSync(upstream, { recursive: true, force: true })
  writeTree(directory, released)
  expect(problems).toEqual([])
  expect(pulls.filter(({ closedByGithub }) => closedByGithub)).toEqual([])
})

/** Adds a plugin as a person does at a terminal. */
async function add(root: string, name: string): Promise<void> {
  const subject = `${server.url}/${name}/.git#v1.0.0`
  const report = await runPipeline(
    { ...parseInputs(() => ''), mode: 'add', task: { subject, plugin: '' } },
    { root, event: readEvent({}), rulesUrl: 'docs/rules.md', log: () => undefined },
  )
  expect(report.failure).toBeUndefined()
}

/** A service whose `onInit` has one statement. */
function auditing(statement: string): string {
  return service(`plugin:${AUDIT}`).replace('onInit() {', `onInit() {\n    ${statement}`)
}

/** Runs `mode: update` for what is on `main`, as a schedule does. */
const update = (inputs: Record<string, string> = {}, root = github.checkout('main')) =>
  runner.run(root, { mode: 'update', commit: 'pull-request', ...inputs }, { GITHUB_EVENT_NAME: 'schedule' })

const titles = (): string[] => github.pulls.map(({ title, state }) => `${state}: ${title}`)
const bodyOf = (number: number): string => github.pulls[number - 1]?.body ?? ''
const releaseTheme = (version: string, more: Files = {}): string =>
  theme.release(`v${version}`, lonePlugin(THEME, version, more))
const colours = (a: string, z: string): string => `export const a = ${a}\n\n\n\nexport const z = ${z}\n`

describe('mode: update with commit: pull-request', () => {
  test('opens a pull request for each plugin that has a newer version, with its files, lock and registration', async () => {
    releaseTheme('1.1.0', { 'src/more.ts': 'export {}\n', 'src/colours.ts': undefined })
    badge.release('v2.0.0', lonePlugin(BADGE, '2.0.0'))
    const main = github.head('main')
    const root = github.checkout('main')
    const report = await update({}, root)
    expect(report.failure).toBeUndefined()
    // The checkout of the workflow stays as it is.
    expect(String(execFileSync('git', ['status', '--porcelain', '--ignored'], { cwd: root }))).toBe('')
    expect(titles()).toEqual([
      `open: chore: update ${BADGE} from v1.0.0 to v2.0.0`,
      `open: chore: update ${THEME} from v1.0.0 to v1.1.0`,
    ])
    expect(github.head('main')).toBe(main)
    expect(github.git('rev-list', `main..${BRANCH}`)).toBe(github.head(BRANCH))
    expect(github.git('diff', '--name-status', '--no-renames', 'main', BRANCH).split('\n').sort()).toEqual(
      [
        'M\tclient/web/registry.json',
        `D\t${PLACE}/src/colours.ts`,
        `M\t${PLACE}/manifest.json`,
        `A\t${PLACE}/src/more.ts`,
        'M\ttailchat-plugins.lock',
      ].sort(),
    )
    expect(github.file(BRANCH, 'tailchat-plugins.lock')).toContain('ref: v1.1.0')
    // The other plugin is in a pull request of its own.
    expect(github.file(BRANCH, 'tailchat-plugins.lock')).not.toContain('v2.0.0')
    expect(headline(report)).toBe('2 of 3 plugins from elsewhere with a newer version; 2 pull requests')
    expect(JSON.parse(outputsOf(report, '').outputs['pull-requests'])).toEqual([
      {
        title: `chore: update ${BADGE} from v1.0.0 to v2.0.0`,
        url: 'https://github.com/acme/tailchat/pull/1',
      },
      {
        title: `chore: update ${THEME} from v1.0.0 to v1.1.0`,
        url: 'https://github.com/acme/tailchat/pull/2',
      },
    ])
    expect(renderSummary(report, GATE)).toContain('<https://github.com/acme/tailchat/pull/2>')
  })

  test('puts all plugins into one pull request with update-group: all', async () => {
    releaseTheme('1.1.0')
    badge.release('v2.0.0', lonePlugin(BADGE, '2.0.0'))
    await update({ 'update-group': 'all' })
    expect(titles()).toEqual(['open: chore: update 2 plugins from elsewhere'])
    const lock = github.file('tailchat-plugins/update/all', 'tailchat-plugins.lock')
    expect(lock).toContain('ref: v1.1.0')
    expect(lock).toContain('ref: v2.0.0')
    expect(bodyOf(1)).toContain(`### 1 changed file of ${THEME}`)
  })

  test('opens nothing when nothing is newer', async () => {
    const report = await update()
    expect(report).toMatchObject({ changes: [], pullRequests: [] })
    expect(github.branches()).toEqual(['main'])
  })

  test('changes nothing in a pull request that is up to date', async () => {
    releaseTheme('1.1.0')
    await update()
    const head = github.head(BRANCH)
    github.requests.length = 0
    const report = await update()
    expect(report.failure).toBeUndefined()
    expect(github.head(BRANCH)).toBe(head)
    expect(github.requests.filter((name) => !/^(?:GET|git)/.test(name))).toEqual([])
  })

  test('updates an open pull request and its title to the next version', async () => {
    releaseTheme('1.1.0')
    await update()
    releaseTheme('1.2.0')
    await update()
    expect(titles()).toEqual([`open: chore: update ${THEME} from v1.0.0 to v1.2.0`])
    expect(github.file(BRANCH, 'tailchat-plugins.lock')).toContain('ref: v1.2.0')
    expect(bodyOf(1)).toContain('<code>v1.2.0</code>')
  })

  test('keeps a title that a maintainer changed as long as the version is the same', async () => {
    releaseTheme('1.1.0')
    await update()
    if (github.pulls[0]) github.pulls[0].title = 'New colours'
    github.push('main', { 'README.md': 'x\n' })
    await update()
    expect(titles()).toEqual(['open: New colours'])
    expect(github.git('log', '-1', '--format=%P', BRANCH)).toBe(github.head('main'))
  })

  test('does not reopen a closed pull request until there is another version', async () => {
    releaseTheme('1.1.0')
    await update()
    if (github.pulls[0]) github.pulls[0].state = 'closed'
    github.git('update-ref', '-d', `refs/heads/${BRANCH}`)
    const report = await update()
    expect(report.failure).toBeUndefined()
    expect(report.notes.join('\n')).toMatch(/Pull request #1 was closed without being merged/)
    expect(github.branches()).toEqual(['main'])
    releaseTheme('1.2.0')
    await update()
    expect(titles()).toEqual([
      `closed: chore: update ${THEME} from v1.0.0 to v1.1.0`,
      `open: chore: update ${THEME} from v1.0.0 to v1.2.0`,
    ])
  })

  test('opens a new pull request for an update that was merged and reverted', async () => {
    releaseTheme('1.1.0')
    await update()
    Object.assign(github.pulls[0] ?? {}, { state: 'closed', mergedAt: '2026-01-01T00:00:00Z' })
    await update()
    expect(titles()).toHaveLength(2)
  })

  test('closes a pull request whose update is already on the branch, and opens it again if that is reverted', async () => {
    const before = github.file('main', 'tailchat-plugins.lock')
    releaseTheme('1.1.0')
    await update()
    const files = github.git('diff', '--name-only', 'main', BRANCH).split('\n')
    const undone = Object.fromEntries(files.map((file) => [file, github.file('main', file)]))
    github.push('main', Object.fromEntries(files.map((file) => [file, github.file(BRANCH, file)])))
    const report = await update()
    expect(report.notes).toContain('Pull request #1 was closed: nothing is left to change.')
    expect(github.branches()).toEqual(['main'])
    github.push('main', undone)
    expect(github.file('main', 'tailchat-plugins.lock')).toBe(before)
    await update()
    expect(titles().map((title) => title.split(':')[0])).toEqual(['closed', 'open'])
  })

  test('leaves a pull request alone after somebody added a commit to it', async () => {
    releaseTheme('1.1.0')
    await update()
    const theirs = github.push(BRANCH, { [`${PLACE}/src/fix.ts`]: 'export {}\n' })
    releaseTheme('1.2.0')
    const report = await update()
    expect(report.failure).toBeUndefined()
    expect(report.notes.join('\n')).toContain('has a commit that this action did not make')
    expect(github.head(BRANCH)).toBe(theirs)
  })

  test('proposes the other updates when a source can’t be reached, and keeps its open pull request', async () => {
    releaseTheme('1.1.0')
    badge.release('v2.0.0', lonePlugin(BADGE, '2.0.0'))
    await update()
    rmSync(badge.directory, { recursive: true })
    releaseTheme('1.2.0')
    const report = await update()
    expect(report.failure?.message).toMatch(new RegExp(`^${BADGE}: `))
    expect(titles()).toEqual([
      `open: chore: update ${BADGE} from v1.0.0 to v2.0.0`,
      `open: chore: update ${THEME} from v1.0.0 to v1.2.0`,
    ])
  })

  test('proposes no update of a plugin whose tag was moved', async () => {
    theme.release('v1.0.0', { 'src/index.tsx': 'evil()\n' })
    const report = await update()
    expect(report.failure?.message).toContain('moved')
    expect(titles()).toEqual([])
  })

  test('says what it would open with dry-run, and opens nothing', async () => {
    releaseTheme('1.1.0')
    const report = await update({ 'dry-run': 'true' })
    expect(report.notes.join('\n')).toContain(`would open or update a pull request from ${BRANCH}`)
    expect(titles()).toEqual([])
    expect(github.branches()).toEqual(['main'])
  })

  test('does not commit to the branch itself', () => {
    expect(() =>
      parseInputs((name) => ({ mode: 'update', commit: 'push', 'github-token': 'x' })[name as 'mode'] ?? ''),
    ).toThrow('commit: mode update')
  })
})

describe('the text of an update’s pull request', () => {
  test('lists files, dependencies, findings before and after, and merged changes', async () => {
    github.push('main', {
      [`${PLACE}/src/colours.ts`]: colours('1', '2'),
      'tailchat-plugins.yml': `version: 1\nplugins:\n  ${THEME}: { offer: registry, patched: our colours }\n`,
    })
    const packageJson = {
      name: `@plugins/${THEME}`,
      main: 'src/main.tsx',
      dependencies: { dayjs: '^1.11.0' },
    }
    releaseTheme('1.1.0', {
      'src/colours.ts': colours('9', '1'),
      'src/large.ts': `export const large = '${'x'.repeat(5000)}'\n`,
      'package.json': JSON.stringify(packageJson),
    })
    await update()
    expect(github.file(BRANCH, `${PLACE}/src/colours.ts`)).toBe(colours('9', '2'))
    const body = bodyOf(1)
    expect(body).toContain(`**${THEME}**: <code>v1.0.0</code> → <code>v1.1.0</code>`)
    expect(body).toContain(`local changes were merged into <code>${PLACE}/src/colours.ts</code>`)
    expect(body).toMatch(/\| <code>dayjs<\/code> \| new \| <code>\^1\.11\.0<\/code> \|/)
    expect(body).toMatch(/### Findings: 0 before, [1-9]\d* after\n\nNew:\n\n- ❌ error: .*main/)
    // The largest file comes first.
    expect(body.indexOf('src/large.ts')).toBeLessThan(body.indexOf(`${PLACE}/manifest.json`))
    expect(body).toContain('| 5,024 |')
  })

  test('says which privileges a plugin gains and loses', async () => {
    audit.release('v1.1.0', {
      [`server/plugins/${AUDIT}/services/main.service.ts`]: auditing(
        "this.registerAuthWhitelist(['/hook']);",
      ),
    })
    await update()
    expect(bodyOf(1)).toMatch(
      new RegExp(
        `<code>${AUDIT}</code> \\| ⚠️ open without login: .*hook.* \\| gets events <code>user.create</code>`,
      ),
    )
  })

  test('is escaped, whatever a plugin’s files are named', async () => {
    releaseTheme('1.1.0', { 'src/@everyone #1 [x](y) <!-- `x`.ts': 'export {}\n' })
    const report = await update()
    if (report.failure)
      expect(report.failure.message).toContain('character that some file systems do not allow')
    expect(bodyOf(1)).not.toContain('@everyone #1')
    expect(bodyOf(1).match(/<!--/g)?.length ?? 0).toBeLessThan(2)
  })
})
