import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type PullRequest, readEvent } from '../../src/inputs/event.js'
import {
  inputDefinitions,
  type InputName,
  type Inputs,
  parseInputs,
  UsageError,
} from '../../src/inputs/inputs.js'
import { parseList } from '../../src/inputs/list.js'

type Given = Partial<Record<InputName, string>>

const parse = (given: Given): Inputs => parseInputs((name) => given[name] ?? '')

function problemsOf(given: Given): string[] {
  try {
    parse(given)
  } catch (error) {
    if (error instanceof UsageError) return error.problems
    throw error
  }
  return []
}

describe('a list', () => {
  test.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['white space', ' \n\t\r\n ', []],
    ['one item', 'a', ['a']],
    ['an item a line', 'a\nb\nc', ['a', 'b', 'c']],
    ['commas', 'a,b, c ,d', ['a', 'b', 'c', 'd']],
    ['both', 'a,b\nc', ['a', 'b', 'c']],
    ['CRLF and indentation', '  a\r\n\tb \r\n', ['a', 'b']],
    ['empty items', ',a,,\n\n,\nb,', ['a', 'b']],
    ['a comment line', '# all of them\na\n  # b\nc', ['a', 'c']],
    ['a # that starts no line', 'a#1, b # c', ['a#1', 'b # c']],
    [
      'a comma inside key=value pairs',
      'type=gha,mode=max\ntype=registry,ref=a/b:c',
      ['type=gha,mode=max', 'type=registry,ref=a/b:c'],
    ],
    ['a key without a value', 'A=\nB==c', ['A=', 'B==c']],
    [
      'full references',
      'ghcr.io/acme/tailchat:1.2,ghcr.io/acme/tailchat:1',
      ['ghcr.io/acme/tailchat:1.2', 'ghcr.io/acme/tailchat:1'],
    ],
  ])('of %s', (_what, text, items) => {
    expect(parseList(text)).toEqual(items)
  })
})

describe('the inputs', () => {
  test('have the defaults of the public interface', () => {
    expect(parse({})).toEqual({
      mode: 'check',
      task: { subject: '', plugin: '' },
      to: '',
      path: '.',
      declarations: { file: 'tailchat-plugins.yml', required: false },
      undeclared: 'report',
      fix: false,
      failOn: 'error',
      findings: 'all',
      publish: {
        commit: 'none',
        message: 'chore: update Tailchat plugin registrations',
        branch: 'tailchat-plugins/sync',
        group: 'each',
        comment: false,
        token: '',
      },
      image: {
        names: [],
        tags: [],
        labels: [],
        buildArgs: [],
        buildSecrets: [],
        platforms: [],
        cacheFrom: [],
        cacheTo: [],
        dockerfile: 'Dockerfile',
        context: '.',
        builder: '',
        strategy: 'auto',
        baseImage: '',
        appDir: '/app/tailchat',
        push: true,
        options: {
          annotations: [],
          target: '',
          ssh: [],
          pull: false,
          noCache: false,
          network: '',
          provenance: 'false',
          sbom: 'false',
        },
        logins: [],
      },
      allowRemoval: [],
      verify: 'load',
      boot: { composeFile: '', service: '', timeoutSeconds: 180 },
      live: { url: '', timeoutSeconds: 120 },
      browser: 'auto',
      as: 'image',
      bundle: { directory: 'tailchat-bundles', publicUrl: '', sourceMaps: false },
      summary: true,
      sarifFile: '',
      reportFile: '',
      dryRun: false,
    } satisfies Inputs)
  })

  test('have the same meaning when every default is written out', () => {
    const written = Object.fromEntries(
      Object.entries(inputDefinitions).map(([name, each]) => [name, each.default]),
    )
    expect(parse(written)).toEqual({
      ...parse({}),
      declarations: { file: 'tailchat-plugins.yml', required: true },
      publish: { ...parse({}).publish, token: '${{ github.token }}' },
    })
  })

  test('of only white space count as not set', () => {
    expect(parse({ mode: ' \n', declarations: ' ', 'report-file': '\t', username: ' ' })).toEqual(parse({}))
  })

  test('reach the pipeline', () => {
    expect(
      parse({
        mode: 'deploy',
        to: 'sha256:1',
        path: 'apps/tailchat',
        declarations: 'plugins.yml',
        undeclared: 'offer',
        fix: 'true',
        'fail-on': 'never',
        'commit-message': 'chore: sync',
        branch: 'sync',
        'github-token': 'token',
        images: 'ghcr.io/acme/tailchat\ndocker.io/acme/tailchat',
        tags: 'a,b',
        labels: 'a=1\nb=2,3',
        'build-args': 'A=1',
        'build-secrets': 'id=npm,env=NPM_TOKEN',
        platforms: 'linux/amd64,linux/arm64',
        'cache-from': 'type=gha',
        'cache-to': 'type=gha,mode=max',
        dockerfile: 'docker/Dockerfile',
        context: 'docker',
        builder: 'mine',
        strategy: 'overlay',
        'base-image': 'ghcr.io/acme/tailchat:full',
        'app-dir': '/srv',
        push: 'false',
        annotations: 'index:a=1,2',
        target: 'runtime',
        ssh: 'default\nkey=id',
        pull: 'true',
        'no-cache': 'true',
        network: 'none',
        provenance: 'mode=max',
        sbom: 'true',
        registry: 'ghcr.io',
        username: 'acme',
        password: ' secret ',
        'allow-removal': 'com.acme.a, com.acme.b',
        verify: 'none',
        'boot-compose-file': 'compose.yml',
        'boot-service': 'tailchat',
        'boot-timeout': '60',
        'live-url': 'https://chat.acme.example/sub/',
        'live-timeout': '90',
        browser: 'require',
        as: 'bundle',
        'bundle-dir': 'out',
        'public-url': 'https://plugins.acme.example/',
        'source-maps': 'true',
        summary: 'false',
        'report-file': 'report.json',
        'dry-run': 'true',
      }),
    ).toEqual({
      mode: 'deploy',
      task: { subject: '', plugin: '' },
      to: 'sha256:1',
      path: 'apps/tailchat',
      declarations: { file: 'plugins.yml', required: true },
      undeclared: 'offer',
      fix: true,
      failOn: 'never',
      findings: 'all',
      publish: {
        commit: 'none',
        message: 'chore: sync',
        branch: 'sync',
        group: 'each',
        comment: false,
        token: 'token',
      },
      image: {
        names: ['ghcr.io/acme/tailchat', 'docker.io/acme/tailchat'],
        tags: ['a', 'b'],
        labels: ['a=1', 'b=2,3'],
        buildArgs: ['A=1'],
        buildSecrets: ['id=npm,env=NPM_TOKEN'],
        platforms: ['linux/amd64', 'linux/arm64'],
        cacheFrom: ['type=gha'],
        cacheTo: ['type=gha,mode=max'],
        dockerfile: 'docker/Dockerfile',
        context: 'docker',
        builder: 'mine',
        strategy: 'overlay',
        baseImage: 'ghcr.io/acme/tailchat:full',
        appDir: '/srv',
        push: false,
        options: {
          annotations: ['index:a=1,2'],
          target: 'runtime',
          ssh: ['default', 'key=id'],
          pull: true,
          noCache: true,
          network: 'none',
          provenance: 'mode=max',
          sbom: 'true',
        },
        logins: [{ registry: 'ghcr.io', username: 'acme', password: 'secret' }],
      },
      allowRemoval: ['com.acme.a', 'com.acme.b'],
      verify: 'none',
      boot: { composeFile: 'compose.yml', service: 'tailchat', timeoutSeconds: 60 },
      live: { url: 'https://chat.acme.example/sub', timeoutSeconds: 90 },
      browser: 'require',
      as: 'bundle',
      bundle: { directory: 'out', publicUrl: 'https://plugins.acme.example', sourceMaps: true },
      summary: false,
      sarifFile: '',
      reportFile: 'report.json',
      dryRun: true,
    } satisfies Inputs)
  })

  test.each<[string, boolean]>([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    [' true ', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('take %j for a boolean', (text, value) => {
    const inputs = parse({ push: text, summary: text, 'dry-run': text })
    expect([inputs.image.push, inputs.summary, inputs.dryRun]).toEqual([value, value, value])
  })

  test.each(['yes', 'on', '1', 'tRUE', 'no', '0', 'null', '"true"'])('refuse %j as a boolean', (text) => {
    for (const name of ['fix', 'push', 'summary', 'dry-run'] as const)
      expect(problemsOf({ [name]: text })).toEqual([
        `${name}: found ${JSON.stringify(text)}; allowed: true, false`,
      ])
  })

  test.each<[InputName, string, string]>([
    ['mode', 'Check', 'mode: found "Check"; allowed: check, sync, deploy, rollback, status, update'],
    ['undeclared', 'hide', 'undeclared: found "hide"; allowed: report, offer'],
    ['fail-on', 'notice', 'fail-on: found "notice"; allowed: error, warning, never'],
    ['commit', 'yes', 'commit: found "yes"; allowed: none, push, pull-request'],
    ['comment', 'yes', 'comment: found "yes"; allowed: true, false, review'],
    ['strategy', 'fast', 'strategy: found "fast"; allowed: auto, full, overlay'],
    ['verify', 'true', 'verify: found "true"; allowed: none, load, boot'],
    ['browser', 'firefox', 'browser: found "firefox"; allowed: auto, require, off'],
    ['boot-timeout', '3m', 'boot-timeout: found "3m"; it must be a whole number of seconds'],
    ['boot-timeout', '0', 'boot-timeout: found "0"; it must be a whole number of seconds'],
    ['app-dir', 'app', 'app-dir: found "app"; it must be an absolute path'],
    ['username', 'acme', 'username and password: set both to log in, or neither'],
    ['password', 'secret', 'username and password: set both to log in, or neither'],
  ])('name what is allowed: %s %j', (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([problem])
  })

  const images = 'ghcr.io/acme/chat\nacme/chat, ghcr.io/acme/other\n127.0.0.1:5000/chat'
  const logins = (inputs: Record<string, string>) => parse({ images, ...inputs }).image.logins
  const login = (registry: string, username: string, password: string) => ({ registry, username, password })

  test.each([
    [
      'each host that is named',
      { registry: 'ghcr.io\n\nbase.example\n', username: 'a\nb', password: '#1\r\n,2' },
      [login('ghcr.io', 'a', '#1'), login('base.example', 'b', ',2')],
    ],
    [
      'the hosts of images, in their order, where none is named',
      { username: 'a\nb\nc', password: '1\n2\n3' },
      [login('ghcr.io', 'a', '1'), login('', 'b', '2'), login('127.0.0.1:5000', 'c', '3')],
    ],
    [
      'Docker Hub, where there is one user name and no host',
      { username: 'a', password: '1' },
      [login('', 'a', '1')],
    ],
    [
      'one host with a password of several lines',
      { registry: 'gcr.io', username: '_json_key', password: '{\n  "a": 1\n}' },
      [login('gcr.io', '_json_key', '{\n  "a": 1\n}')],
    ],
  ])('log in to %s', (_, inputs, expected) => {
    expect(logins(inputs)).toEqual(expected)
  })

  test.each([
    [{ registry: 'ghcr.io', username: 'a\nb', password: '1\n2' }, 'found 1, 2 and 2 lines'],
    [{ registry: 'a.io\nb.io', username: 'a\nb', password: '1' }, 'found 2, 2 and 1 lines'],
    [{ username: 'a\nb', password: '1\n2' }, 'found 3 (the hosts of images), 2 and 2 lines'],
  ])('need as many user names and passwords as container registries: %j', (inputs, found) => {
    expect(problemsOf({ images, ...inputs })).toEqual([
      `registry, username and password: ${found}; each container registry needs one of each`,
    ])
  })

  test('need the name of an image to deploy', () => {
    expect(problemsOf({ mode: 'deploy' })).toEqual([
      'images: mode deploy needs the name of an image, such as ghcr.io/acme/tailchat',
    ])
    expect(problemsOf({ mode: 'deploy', images: '# none\n' })).toHaveLength(1)
    expect(problemsOf({ mode: 'deploy', images: 'acme/tailchat' })).toEqual([])
  })

  test('need the name of an image and a digest to go back to', () => {
    const asked = { mode: 'rollback', images: 'acme/tailchat' }
    expect(problemsOf({ mode: 'rollback' })).toEqual([
      'images: mode rollback needs the name of an image, such as ghcr.io/acme/tailchat',
    ])
    expect(problemsOf(asked)).toEqual([])
    expect(problemsOf({ ...asked, to: `sha256:${'0a'.repeat(32)}` })).toEqual([])
    for (const to of [
      '1.2.3',
      `sha256:${'0'.repeat(63)}`,
      `sha256:${'A'.repeat(64)}`,
      `acme/tailchat@sha256:1`,
    ])
      expect(problemsOf({ ...asked, to })).toEqual([
        `to: found ${JSON.stringify(to)}; it must be a digest, sha256: and 64 hexadecimal digits, such as the output previous-digest of an earlier run`,
      ])
    expect(problemsOf({ ...asked, push: 'false' })).toEqual([
      'push: mode rollback only moves tags; use dry-run to see which',
    ])
  })

  test('need the base image of an overlay', () => {
    const asked = { mode: 'deploy', images: 'acme/tailchat', strategy: 'overlay' }
    expect(problemsOf(asked)).toEqual(['base-image: strategy overlay needs the image to go on'])
    expect(problemsOf({ ...asked, 'base-image': 'acme/tailchat:full' })).toEqual([])
    expect(problemsOf({ ...asked, mode: 'check' })).toEqual([])
  })

  test('need for bundles a base image and the address of the host, and no image', () => {
    const asked = { mode: 'deploy', as: 'bundle' }
    expect(problemsOf(asked).map((problem) => problem.split(':')[0])).toEqual(['base-image', 'public-url'])
    expect(
      problemsOf({ ...asked, 'base-image': 'acme/tailchat', 'public-url': 'https://plugins.acme.example' }),
    ).toEqual([])
  })

  test('need for a node the image of Tailchat, and build nothing in full', () => {
    const asked = { mode: 'deploy', as: 'node', images: 'acme/plugins' }
    expect(problemsOf(asked)).toEqual([expect.stringMatching(/^base-image: as: node goes on the image/)])
    const onBase = { ...asked, 'base-image': 'acme/tailchat' }
    expect(problemsOf({ ...onBase, strategy: 'full' })).toEqual([
      'strategy: as: node is always an overlay on base-image; leave strategy out',
    ])
    expect(problemsOf(onBase)).toEqual([])
  })

  test('need the address of the server that is asked, or of a static host', () => {
    expect(problemsOf({ mode: 'status' })).toEqual([
      'live-url: mode status needs the address of the server, such as https://chat.acme.example, or public-url, that of a static host',
    ])
    expect(problemsOf({ mode: 'status', 'public-url': 'https://plugins.acme.example' })).toEqual([])
    expect(problemsOf({ mode: 'status', 'live-url': 'http://127.0.0.1:11000' })).toEqual([])
  })

  test.each([
    'chat.acme.example',
    'ftp://acme.example',
    'https://acme.example/?x=1',
    'https://acme.example/#a',
  ])('refuse %s as the address of a server', (url) => {
    expect(problemsOf({ mode: 'status', 'live-url': url })).toEqual([
      'live-url: it must be an address such as https://chat.acme.example, without @, ? and #',
    ])
  })

  test('never show a password in the address of a server', () => {
    const problems = problemsOf({ mode: 'status', 'live-url': 'https://me:hunter2@acme.example' })
    expect(problems).toHaveLength(1)
    expect(problems.join()).not.toContain('hunter2')
  })

  test('need a token to talk to GitHub', () => {
    const needs = (given: Given): string[] => problemsOf({ mode: 'sync', ...given })
    expect(needs({ commit: 'push' })).toEqual(["github-token: commit: push needs a token for GitHub's API"])
    expect(needs({ commit: 'pull-request', comment: 'true' })).toEqual([
      expect.stringMatching(/^github-token: commit: pull-request and comment: true need a token/),
    ])
    expect(needs({ mode: 'check', comment: 'true' })).toHaveLength(1)
    // Nothing is committed then.
    expect(needs({ mode: 'check', commit: 'push' })).toEqual([])
    expect(needs({ commit: 'push', comment: 'true', 'github-token': 'x' })).toEqual([])
  })

  test('never show a password', () => {
    expect(problemsOf({ password: 'hunter2', mode: 'x' }).join('\n')).not.toContain('hunter2')
  })

  test('report all mistakes at once', () => {
    const problems = problemsOf({
      mode: 'run',
      undeclared: 'x',
      'fail-on': 'x',
      comment: 'true',
      push: 'maybe',
      username: 'acme',
      'app-dir': 'app',
      strategy: 'x',
      verify: 'run',
    })
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'app-dir',
      'fail-on',
      'github-token',
      'mode',
      'push',
      'strategy',
      'undeclared',
      'username and password',
      'verify',
    ])
    expect(() => parse({ mode: 'run', verify: 'x' })).toThrow(/^mode: .*\nverify: .*$/)
  })
})

describe('the event', () => {
  function eventOf(payload: unknown, env: NodeJS.ProcessEnv = {}) {
    const directory = mkdtempSync(join(tmpdir(), 'event-'))
    try {
      const path = join(directory, 'event.json')
      writeFileSync(path, typeof payload === 'string' ? payload : JSON.stringify(payload))
      return readEvent({ GITHUB_EVENT_PATH: path, ...env })
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  }

  const pullRequest = (head: unknown, base: unknown = { repo: { full_name: 'acme/tailchat' } }) => ({
    pull_request: { number: 12, head, base },
  })

  const fork = { number: 12, fromFork: true, headBranch: '', baseSha: '', merged: false }

  test.each<[string, unknown, PullRequest | undefined]>([
    [
      'a pull request of the same repository',
      pullRequest(
        { ref: 'topic', repo: { full_name: 'acme/tailchat' } },
        { sha: '0123', repo: { full_name: 'acme/tailchat' } },
      ),
      { number: 12, fromFork: false, headBranch: 'topic', baseSha: '0123', merged: false },
    ],
    ['a pull request from a fork', pullRequest({ repo: { full_name: 'eve/tailchat' } }), fork],
    ['a pull request from a fork that is gone', pullRequest({ repo: null }), fork],
    ['a pull request that names no repository', pullRequest({}, {}), fork],
    ['a push', { ref: 'refs/heads/main', commits: [] }, undefined],
    [
      'a comment on a pull request',
      { issue: { number: 12, pull_request: { url: 'https://api.github.com' } } },
      undefined,
    ],
    ['a pull request without a number', { pull_request: { number: '12' } }, undefined],
    ['a payload that is not an object', [1], undefined],
    ['a payload that is not JSON', '{', undefined],
  ])('tells pull requests: %s', (_what, payload, expected) => {
    expect(eventOf(payload).pullRequest).toEqual(expected)
  })

  test('takes the rest from the environment, and the default branch from the payload', () => {
    const env = {
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/tags/v1.2.3',
      GITHUB_SHA: '0123456789abcdef',
      GITHUB_REPOSITORY: 'acme/tailchat',
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_API_URL: 'https://github.example.com/api/v3',
      GITHUB_GRAPHQL_URL: 'https://github.example.com/api/graphql',
    }
    expect(eventOf({ repository: { default_branch: 'develop' } }, env)).toEqual({
      name: 'push',
      ref: 'refs/tags/v1.2.3',
      sha: '0123456789abcdef',
      repositoryUrl: 'https://github.example.com/acme/tailchat',
      repository: 'acme/tailchat',
      defaultBranch: 'develop',
      api: { rest: 'https://github.example.com/api/v3', graphql: 'https://github.example.com/api/graphql' },
      pullRequest: undefined,
      mergeGroupBase: undefined,
      origin: { foreign: undefined, ownPullRequest: undefined, openTo: undefined },
    })
    expect(eventOf({}, { GITHUB_REPOSITORY: 'acme/tailchat' }).repositoryUrl).toBe(
      'https://github.com/acme/tailchat',
    )
  })

  test.each<[string, NodeJS.ProcessEnv, string | undefined]>([
    ['no environment', {}, undefined],
    [
      'a payload that is not there',
      { GITHUB_EVENT_PATH: join(tmpdir(), 'no-such-directory', 'event.json') },
      'the payload of the event cannot be read',
    ],
  ])('is empty with %s', (_what, env, foreign) => {
    expect(readEvent(env)).toEqual({
      name: '',
      ref: '',
      sha: '',
      repositoryUrl: '',
      repository: '',
      defaultBranch: '',
      api: { rest: '', graphql: '' },
      pullRequest: undefined,
      mergeGroupBase: undefined,
      origin: { foreign, ownPullRequest: undefined, openTo: undefined },
    })
  })
})
