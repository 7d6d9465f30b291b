import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report } from '../../src/report/report.js'
import { temporaryDirectory, writeFiles } from '../support/files.js'
import { commitAll, git, initRepository } from '../support/git.js'
import {
  backendPlugin,
  type Files,
  frontendPlugin,
  fullstackPlugin,
  registrations,
} from '../support/repository.js'
import { privilegeChangesSection } from '../../src/report/privileges-markdown.js'

const NAME = 'com.acme.audit'
const FILE = `server/plugins/${NAME}/services/main.service.ts`

const made: string[] = []

afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true })
})

function temporary(): string {
  const directory = temporaryDirectory('privileges')
  made.push(directory)
  return directory
}

/** A repository whose branch `topic` is checked out: `main` has the first files, `topic` the second ones as well. */
function branches(before: Files, after: Files): { root: string; base: string; head: string } {
  const root = temporary()
  initRepository(root)
  writeFiles(root, { ...registrations({}), ...before })
  const base = commitAll(root)
  writeFiles(root, after)
  return { root, base, head: commitAll(root, 'x', 'topic') }
}

/** Checks the repository as a run for pull request 12 does, which comes from this repository unless another is given. */
function checkPullRequest(
  root: string,
  baseSha: string,
  {
    sha = '',
    ref = '',
    declarations = '',
    from = REPOSITORY,
  }: { sha?: string; ref?: string; declarations?: string; from?: string } = {},
): Promise<Report> {
  const pullRequest = {
    number: 12,
    head: { ref: 'topic', repo: { full_name: from } },
    base: { ref: 'main', sha: baseSha, repo: { full_name: REPOSITORY } },
  }
  return checkEvent(
    root,
    { number: 12, pull_request: pullRequest },
    { name: 'pull_request', sha, ref, declarations },
  )
}

const REPOSITORY = 'acme/tailchat'

/** Checks the repository as a run for an event with this payload does. */
async function checkEvent(
  root: string,
  payload: object,
  { name, sha, ref, declarations = '' }: { name: string; sha: string; ref: string; declarations?: string },
): Promise<Report> {
  const path = join(temporary(), 'event.json')
  writeFileSync(path, JSON.stringify({ repository: { full_name: REPOSITORY }, ...payload }))
  const event = readEvent({
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: path,
    GITHUB_SHA: sha,
    GITHUB_REF: ref,
  })
  const report = await runPipeline(
    parseInputs((input) => (input === 'declarations' ? declarations : '')),
    { root, event, rulesUrl: '', log: () => undefined },
  )
  expect(report.failure).toBeUndefined()
  return report
}

/** A service with this in its onInit, and this in one of its methods. */
function service(onInit: string, method = ''): string {
  return `import { TcService, SYSTEM_USERID } from 'tailchat-server-sdk'
export default class Audit extends TcService {
  get serviceName() { return 'plugin:${NAME}' }
  onInit() {
    ${onInit}
  }
  async work(ctx) {
    ${method}
  }
}
`
}

const plugin = (text: string, more: Files = {}): Files =>
  backendPlugin(NAME, { 'services/main.service.ts': text, ...more })

/** What a report says came and went, a line each, and its findings of these rules. */
function changesOf(
  report: Report,
  name?: string,
): { gained: string[]; lost: string[]; unknown: string[]; found: string[] } {
  const { privileges } = report
  if (!privileges || 'unknown' in privileges) throw new Error(JSON.stringify(privileges))
  const line = (each: { kind: string; name: string; reach?: string; before?: string; after?: string }) =>
    [each.kind, each.name, each.before && `from ${each.before}`, each.reach, each.after && `to ${each.after}`]
      .filter((part) => part !== undefined)
      .join(' ')
  const plugins = privileges.plugins.filter(({ plugin }) => name === undefined || plugin === name)
  return {
    gained: plugins.flatMap(({ gained }) => gained.map(line)),
    lost: plugins.flatMap(({ lost }) => lost.map(line)),
    unknown: plugins.flatMap(({ unknown }) => unknown),
    found: report.findings
      .filter(({ rule, plugin }) => rule.startsWith('privilege/') && (name === undefined || plugin === name))
      .map(({ rule, severity, file, line, column }) => `${severity} ${rule} ${file}:${line}:${column}`),
  }
}

const own = (name: string): string => `plugin:${NAME}.${name}`
const published = 'http and sockets'

describe('what a changed plugin gains and loses', () => {
  type Expected = Partial<ReturnType<typeof changesOf>>

  /** What it is about, the service before and after, and what is said of it; nothing else may be. */
  const cases: [string, string, string, Expected][] = [
    ['a comment', service(''), service('// nothing'), {}],
    [
      'a published action',
      service(''),
      service("this.registerAction('list', this.work)"),
      { gained: [`action ${own('list')} ${published}`] },
    ],
    [
      'an action for services only',
      service(''),
      service("this.registerAction('a', f, { visibility: 'public' })"),
      {},
    ],
    [
      'visibility taken away',
      service("this.registerAction('a', f, { visibility: 'public' })"),
      service("this.registerAction('a', f)"),
      {
        gained: [`action ${own('a')} from services ${published}`],
        found: [`warning privilege/action-opened ${FILE}:5:25`],
      },
    ],
    [
      'visibility given',
      service("this.registerAction('a', f)"),
      service("this.registerAction('a', f, { visibility: 'public' })"),
      { lost: [`action ${own('a')} ${published} to services`] },
    ],
    [
      'visibility that is computed now',
      service("this.registerAction('a', f, { visibility: 'public' })"),
      service("this.registerAction('a', f, { visibility: v })"),
      {
        gained: [`action ${own('a')} from services ${published}`],
        found: [`warning privilege/action-opened ${FILE}:5:25`],
      },
    ],
    [
      'sockets let in',
      service("this.registerAction('a', f, { disableSocket: true })"),
      service("this.registerAction('a', f)"),
      {
        gained: [`action ${own('a')} from http ${published}`],
        found: [`warning privilege/action-opened ${FILE}:5:25`],
      },
    ],
    [
      'a route opened and another closed',
      service("this.registerAuthWhitelist(['/a', '/b'])"),
      service("this.registerAuthWhitelist(['/b', '/c'])"),
      {
        gained: [`open-route /plugin:${NAME}/c`],
        lost: [`open-route /plugin:${NAME}/a`],
        found: [`warning privilege/route-opened ${FILE}:5:39`],
      },
    ],
    [
      'a route of a core service',
      service(''),
      service(
        '',
        "this.broker.broadcast('gateway.auth.addWhitelists', { urls: ['/user/signUserToken'] }, 'gateway')",
      ),
      {
        gained: ['foreign-route /user/signUserToken'],
        found: [`warning privilege/route-opened ${FILE}:8:66`],
      },
    ],
    [
      'sensitive calls, and others',
      service('', "ctx.call('user.getUserInfo')"),
      service(
        '',
        "ctx.call('group.getGroupInfo')\nctx.call('user.signUserToken')\nctx.call('chat.inbox.append')",
      ),
      {
        gained: ['call chat.inbox.append', 'call group.getGroupInfo', 'call user.signUserToken'],
        lost: ['call user.getUserInfo'],
        found: [
          `warning privilege/sensitive-access ${FILE}:9:10`,
          `warning privilege/sensitive-access ${FILE}:10:10`,
        ],
      },
    ],
    [
      'acting as the system',
      service('', "ctx.call('a.b')"),
      service('', "ctx.call('a.b', {}, { meta: { userId: SYSTEM_USERID } })"),
      { gained: ['identity SYSTEM_USERID'], found: [`warning privilege/sensitive-access ${FILE}:8:43`] },
    ],
    [
      'what is only listed: events, hooks, the environment; and pages, which are a finding',
      service('', "return { html: '' }"),
      service(
        "this.registerEventListener('a.b', f); this.registerAfterActionHook('group.joinGroup', 'x')",
        'return { __raw: true, html: process.env.PAGE }',
      ),
      {
        gained: ['raw-html __raw', 'hook group.joinGroup', 'event a.b', 'environment PAGE'],
        found: [`warning privilege/raw-page ${FILE}:8:14`],
      },
    ],
    [
      'a hook that is given passwords',
      service(''),
      service("this.registerAfterActionHook('user.login', 'x')"),
      { gained: ['hook user.login'], found: [`warning privilege/sensitive-access ${FILE}:5:34`] },
    ],
    [
      'what only running it tells',
      service("this.registerAction('a', f)"),
      service("this.registerAction('a', f); register(this)", 'ctx.call(name)'),
      {
        gained: ['call unknown'],
        unknown: ['call by a name that only running it tells', '`this` is handed to register'],
      },
    ],
    [
      'something that is accepted',
      service(''),
      service(
        "// tailchat-plugins-accept privilege/route-opened: it checks a signature\n    this.registerAuthWhitelist(['/a'])",
      ),
      { gained: [`open-route /plugin:${NAME}/a`] },
    ],
  ]

  const nameOf = (index: number): string => `com.acme.case${index}`
  let all: Report
  let status: string

  // One repository with a plugin for each case: a run of git for each of them would take minutes.
  beforeAll(async () => {
    const filesOf = (version: 1 | 2): Files =>
      Object.fromEntries(
        cases.flatMap((each, index) =>
          Object.entries(plugin(each[version])).map(([path, text]) => [
            path.replaceAll(NAME, nameOf(index)),
            String(text).replaceAll(NAME, nameOf(index)),
          ]),
        ),
      )
    const { root, base } = branches(filesOf(1), filesOf(2))
    all = await checkPullRequest(root, base)
    status = git(root, 'status', '--porcelain')
  })

  test.each(cases.map(([what, , , expected], index) => [what, index, expected] as const))(
    '%s',
    (_what, index, expected) => {
      const found = changesOf(all, nameOf(index))
      const nothing = { gained: [], lost: [], unknown: [], found: [] }
      const text = JSON.stringify(found).replaceAll(nameOf(index), NAME)
      expect(JSON.parse(text)).toEqual({ ...nothing, ...expected })
    },
  )

  test('the working tree and the index are as they were', () => {
    expect(status).toBe('')
  })

  test('what a helper does counts, and so does moving it there', async () => {
    const call = "ctx.call('mail.sendMail')"
    const helper = (code: string): Files => ({ 'lib/mail.ts': `export const send = (ctx) => ${code}\n` })
    const moved = branches(plugin(service('', call)), plugin(service(''), helper(call)))
    expect(changesOf(await checkPullRequest(moved.root, moved.base))).toMatchObject({ gained: [], lost: [] })
    const added = branches(plugin(service(''), helper('1')), plugin(service(''), helper(call)))
    expect(changesOf(await checkPullRequest(added.root, added.base))).toMatchObject({
      gained: ['call mail.sendMail'],
      found: [`warning privilege/sensitive-access server/plugins/${NAME}/lib/mail.ts:1:39`],
    })
  })

  test('the severity is what the declarations say', async () => {
    const declared = { 'tailchat-plugins.yml': 'version: 1\nrules: { privilege/route-opened: off }\n' }
    const { root, base } = branches(plugin(service('')), {
      ...plugin(service("this.registerAuthWhitelist(['/a'])")),
      ...declared,
    })
    expect(changesOf(await checkPullRequest(root, base))).toMatchObject({
      gained: [`open-route /plugin:${NAME}/a`],
      found: [],
    })
  })
})

describe('plugins that come, go, and run for more people', () => {
  const opened = service("this.registerAuthWhitelist(['/a']); this.registerAction('list', f)")

  test('a new plugin is one row, with what it opens as findings', async () => {
    const { root, base } = branches({}, plugin(opened))
    const report = await checkPullRequest(root, base)
    expect(report.privileges).toMatchObject({ plugins: [{ plugin: NAME, state: 'new' }] })
    expect(changesOf(report).found).toEqual([`warning privilege/route-opened ${FILE}:5:33`])
    expect(privilegeChangesSection(report.privileges).join('\n')).toContain(
      `| <code>${NAME}</code><br>**new plugin** | ⚠️ open without login: <code>/a</code><br>users can call <code>list</code> | nothing |`,
    )
  })

  test('a removed one', async () => {
    const { root, base } = branches(
      plugin(opened),
      Object.fromEntries(Object.keys(plugin(opened)).map((path) => [path, undefined])),
    )
    const report = await checkPullRequest(root, base)
    expect(report.privileges).toMatchObject({ plugins: [{ plugin: NAME, state: 'removed' }] })
    expect(privilegeChangesSection(report.privileges).join('\n')).toContain(
      '**removed plugin** | nothing | all it had |',
    )
  })

  test.each<[string, Files, Files]>([
    ['builtin.ts', {}, registrations({ builtin: ['com.acme.theme'] })],
    [
      'the declarations',
      { 'tailchat-plugins.yml': 'version: 1\n' },
      { 'tailchat-plugins.yml': 'version: 1\nplugins: { com.acme.theme: { offer: builtin } }\n' },
    ],
  ])('one that is built in by %s, though none of its own files changed', async (_by, before, after) => {
    const { root, base } = branches({ ...frontendPlugin('com.acme.theme'), ...before }, after)
    expect(changesOf(await checkPullRequest(root, base))).toMatchObject({
      gained: ['browser everyone'],
      lost: ['browser who installs it'],
    })
  })

  test('one that declarations with another extension build in', async () => {
    const declared = (offer: string): string =>
      `version: 1\nplugins: { com.acme.theme: { offer: ${offer} } }\n`
    const { root, base } = branches(
      { ...frontendPlugin('com.acme.theme'), 'plugins.conf': declared('builtin') },
      { 'plugins.conf': declared('registry') },
    )
    const report = await checkPullRequest(root, base, { declarations: 'plugins.conf' })
    expect(changesOf(report)).toMatchObject({
      gained: ['browser who installs it'],
      lost: ['browser everyone'],
    })
  })

  test('a web part', async () => {
    const { root, base } = branches(backendPlugin(NAME), fullstackPlugin(NAME))
    expect(changesOf(await checkPullRequest(root, base)).gained).toEqual(['browser who installs it'])
  })

  test('nothing', async () => {
    const { root, base } = branches(plugin(opened), { 'server/index.ts': '' })
    const report = await checkPullRequest(root, base)
    expect(privilegeChangesSection(report.privileges).at(-1)).toBe(
      `No privilege changes, compared with <code>${base.slice(0, 12)}</code>.`,
    )
  })

  test('plugins of a repository that holds nothing else', async () => {
    const files = (onInit: string): Files => ({
      'plugins/com.acme.audit/package.json': '{}',
      'plugins/com.acme.audit/services/main.service.ts': service(onInit),
      'package.json': undefined,
      'client/web/registry.json': undefined,
      'client/web/src/plugin/builtin.ts': undefined,
    })
    const { root, base } = branches(files(''), files("this.registerAction('list', f)"))
    expect(changesOf(await checkPullRequest(root, base)).gained).toEqual([
      `action ${own('list')} ${published}`,
    ])
  })
})

describe('what it is compared with', () => {
  const opening = (name: string): Files => plugin(service(`this.registerAction('${name}', f)`))

  /** As GitHub makes it: the base branch with the pull request merged, after the base went on. */
  function merged(): { root: string; base: string; merge: string } {
    const { root } = branches(plugin(service('')), { 'x.ts': '' })
    writeFiles(root, plugin(service("this.registerAction('mine', f)")))
    commitAll(root)
    git(root, 'checkout', '--quiet', 'main')
    writeFiles(root, backendPlugin('com.acme.other'))
    const base = commitAll(root)
    git(root, 'merge', '--quiet', '--no-ff', '--message', 'Merge', 'topic')
    return { root, base, merge: git(root, 'rev-parse', 'HEAD') }
  }

  test('the first parent of GitHub’s merge commit, whatever the event calls the base', async () => {
    const { root, base, merge } = merged()
    const report = await checkPullRequest(root, '0'.repeat(40), { sha: merge, ref: 'refs/pull/12/merge' })
    expect(report.privileges).toMatchObject({ base })
    expect(changesOf(report).gained).toEqual([`action ${own('mine')} ${published}`])
  })

  test('where the branch left the base, when the branch itself is checked out', async () => {
    const { root, base } = branches(plugin(service('')), opening('mine'))
    git(root, 'checkout', '--quiet', 'main')
    writeFiles(root, { ...backendPlugin('com.acme.other'), ...opening('theirs') })
    const tip = commitAll(root)
    git(root, 'checkout', '--quiet', 'topic')
    const report = await checkPullRequest(root, tip)
    expect(report.privileges).toMatchObject({ base })
    expect(changesOf(report)).toMatchObject({ gained: [`action ${own('mine')} ${published}`], lost: [] })
  })

  test.each([
    [1, { unknown: 'the base commit is not in this shallow clone: check out with `fetch-depth: 2`' }],
    [2, { base: expect.stringMatching(/^[0-9a-f]{40}$/) }],
  ])('a merge commit in a clone of depth %d', async (depth, expected) => {
    const { root, base, merge } = merged()
    const clone = join(temporary(), 'clone')
    git(root, 'clone', '--quiet', '--depth', String(depth), `file://${root}`, clone)
    const report = await checkPullRequest(clone, base, { sha: merge, ref: 'refs/pull/12/merge' })
    expect(report.privileges).toMatchObject(expected)
  })

  test('a shallow clone of the branch says what to do, and invents nothing', async () => {
    const { root, base } = branches(plugin(service('')), opening('mine'))
    const clone = join(temporary(), 'clone')
    git(root, 'clone', '--quiet', '--depth', '1', '--branch', 'topic', `file://${root}`, clone)
    const report = await checkPullRequest(clone, base)
    expect(report.privileges).toEqual({
      unknown: `what ${base} has in common with the checked-out commit is not in this shallow clone: check out with \`fetch-depth: 0\``,
    })
    expect(privilegeChangesSection(report.privileges).join(' ')).toMatch(/Not known.*fetch-depth: 0/)
    expect(report.findings.some(({ rule }) => rule.startsWith('privilege/'))).toBe(false)
  })

  test('a clone without the files of the base does not fetch them', async () => {
    const { root, base } = branches(plugin(service('')), opening('mine'))
    git(root, 'config', 'uploadpack.allowFilter', 'true')
    const clone = join(temporary(), 'clone')
    git(root, 'clone', '--quiet', '--filter=blob:none', '--branch', 'topic', `file://${root}`, clone)
    const { privileges } = await checkPullRequest(clone, base)
    expect(JSON.stringify(privileges)).toContain('and without a filter')
  })

  test.each([
    ['no commit', '', 'the event does not name the base commit'],
    ['something that is not a commit', '--output=x', 'the event does not name the base commit'],
    [
      'one that is nowhere',
      '1'.repeat(40),
      `${'1'.repeat(40)} has nothing in common with the checked-out commit`,
    ],
  ])('an event that names %s', async (_what, baseSha, unknown) => {
    const { root } = branches(plugin(service('')), {})
    expect((await checkPullRequest(root, baseSha)).privileges).toEqual({ unknown })
  })

  test('the base branch itself, as pull_request_target checks it out', async () => {
    const { root, base } = branches(plugin(service('')), opening('mine'))
    git(root, 'checkout', '--quiet', 'main')
    expect((await checkPullRequest(root, base)).privileges).toEqual({
      unknown: 'the checkout is part of the base branch, and does not hold the changes of the pull request',
    })
  })

  test('the base branch, for a pull request from a fork too', async () => {
    const { root, base, merge } = merged()
    const ref = 'refs/pull/12/merge'
    const report = await checkPullRequest(root, base, { sha: merge, ref, from: 'somebody/tailchat' })
    expect(report.privileges).toMatchObject({ base })
    expect(changesOf(report).gained).toEqual([`action ${own('mine')} ${published}`])
  })

  test('what a merge queue builds on, with every change that is queued before', async () => {
    const { root, base, merge } = merged()
    writeFiles(root, plugin(service("this.registerAction('mine', f)\nthis.registerAction('second', f)")))
    const second = commitAll(root)
    const queue = 'refs/heads/gh-readonly-queue/main/pr-13-0123456789abcdef'
    const name = 'merge_group'
    const payload = { merge_group: { base_sha: base, head_sha: second, head_ref: queue } }
    const report = await checkEvent(root, payload, { name, sha: second, ref: queue })
    expect(report.privileges).toMatchObject({ base })
    expect(changesOf(report).gained).toEqual([
      `action ${own('mine')} ${published}`,
      `action ${own('second')} ${published}`,
    ])
    const behind = await checkEvent(
      root,
      { merge_group: { base_sha: merge, head_sha: second, head_ref: queue } },
      { name, sha: second, ref: queue },
    )
    expect(changesOf(behind).gained).toEqual([`action ${own('second')} ${published}`])
  })

  test('no git at all', async () => {
    const root = temporary()
    writeFiles(root, plugin(service('')))
    expect((await checkPullRequest(root, '1'.repeat(40))).privileges).toEqual({
      unknown: 'there is no git checkout',
    })
  })

  test('declarations that cannot be read, which the pull request mends', async () => {
    const { root, base } = branches(
      { ...plugin(service('')), 'tailchat-plugins.yml': Buffer.from([0xff, 0xfe, 0x0a]) },
      { 'tailchat-plugins.yml': 'version: 1\n' },
    )
    expect((await checkPullRequest(root, base)).privileges).toEqual({
      unknown: expect.stringMatching(/^the base commit cannot be read: tailchat-plugins\.yml .*UTF-8/),
    })
  })

  test('outside of a pull request there is nothing to compare', async () => {
    const { root } = branches(plugin(service('')), opening('mine'))
    const report = await runPipeline(
      parseInputs(() => ''),
      { root, event: readEvent({}), rulesUrl: '', log: () => undefined },
    )
    expect(report.privileges).toBeUndefined()
    expect(privilegeChangesSection(report.privileges)).toEqual([])
  })
})

describe('a base with hostile content', () => {
  test('names that mean something to git, to a shell, or to a reader of lines', async () => {
    const names = [
      'com.acme.line\nbreak',
      'com.acme."quote"',
      '--all',
      ':(glob)**',
      'com.acme.ünïcode',
      '$(id)',
    ]
    const files = (onInit: string): Files =>
      Object.fromEntries(
        names.map((name) => [`server/plugins/${name}/services/main.service.ts`, service(onInit)]),
      )
    const { root, base } = branches(files(''), files("this.registerAction('list', f)"))
    const report = await checkPullRequest(root, base)
    for (const name of names)
      expect(changesOf(report, name).gained).toEqual([`action ${own('list')} ${published}`])
  })

  test('symbolic links are not followed, and what they hide is not called new', async () => {
    const outside = temporary()
    writeFiles(outside, { 'secret.service.ts': service("this.registerAction('secret', f)") })
    const root = temporary()
    initRepository(root)
    writeFiles(root, { ...registrations({}), ...plugin(service('')) })
    symlinkSync(
      join(outside, 'secret.service.ts'),
      join(root, `server/plugins/${NAME}/services/b.service.ts`),
    )
    const base = commitAll(root)
    writeFiles(root, {
      [`server/plugins/${NAME}/services/b.service.ts`]: undefined,
      ...plugin(service('// new')),
    })
    commitAll(root, 'x', 'topic')
    expect(changesOf(await checkPullRequest(root, base))).toMatchObject({
      gained: [],
      unknown: [
        `in the base commit server/plugins/${NAME}/services/b.service.ts is a link, so nothing was compared`,
      ],
    })
  })

  test('a tree with a path that leads out writes nothing there', async () => {
    const { root, head } = branches(plugin(service('')), {})
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: root,
      input: 'x',
      encoding: 'utf8',
    })
    // git's own mktree takes such names: a commit that was fetched may have them.
    const tree = (name: string, mode: string, object: string): string =>
      execFileSync('git', ['mktree', '-z'], {
        cwd: root,
        input: `${mode} ${mode === '40000' ? 'tree' : 'blob'} ${object.trim()}\t${name}\0`,
        encoding: 'utf8',
      })
    let object = tree('escaped.ts', '100644', blob)
    for (const name of ['..', '..', '..', '..', '..', NAME, 'plugins', 'server'])
      object = tree(name, '40000', object)
    const base = git(root, 'commit-tree', object.trim(), '-m', 'hostile')
    git(root, 'replace', '--graft', head, base)
    const before = new Set(readdirSync(tmpdir()))
    const { privileges } = await checkPullRequest(root, base)
    expect(JSON.stringify(privileges)).toContain('has a name that no checkout takes, so nothing was compared')
    expect(readdirSync(tmpdir()).filter((name) => name.includes('escaped') && !before.has(name))).toEqual([])
  })
})
