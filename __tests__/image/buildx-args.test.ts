import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Event, readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runCommand } from '../../src/lib/command.js'
import {
  type BuildOutput,
  type BuildPlan,
  buildxArgs,
  provenanceLabels,
} from '../../src/image/buildx-args.js'
import { publicUrl, readCommit } from '../../src/lib/git.js'
import { planReferences } from '../../src/image/plan.js'
import { deriveTags, imageName, references, type TagSource } from '../../src/formats/image-reference.js'
import { runPipeline } from '../../src/pipeline.js'
import { createSample } from '../support/sample.js'

const SHA = '0123456789abcdef0123456789abcdef01234567'

describe('the name of an image', () => {
  test.each([
    ['tailchat', 'tailchat'],
    ['acme/tailchat', 'acme/tailchat'],
    ['ghcr.io/acme/tailchat', 'ghcr.io/acme/tailchat'],
    ['ghcr.io/Acme-Inc/Tailchat', 'ghcr.io/acme-inc/tailchat'],
    ['localhost/tailchat', 'localhost/tailchat'],
    ['localhost:5000/tailchat', 'localhost:5000/tailchat'],
    ['127.0.0.1:5000/acme/tailchat', '127.0.0.1:5000/acme/tailchat'],
    ['registry.example.com:443/a/b/c/d', 'registry.example.com:443/a/b/c/d'],
    ['acme/tail_chat__x-y--z.q', 'acme/tail_chat__x-y--z.q'],
  ])('%s becomes %s', (name, result) => {
    expect(imageName(name)).toBe(result)
  })

  test.each([
    '',
    ' ',
    'ghcr.io/acme/tailchat:latest',
    `ghcr.io/acme/tailchat@sha256:${'0'.repeat(64)}`,
    'https://ghcr.io/acme/tailchat',
    'ghcr.io/acme/',
    '/acme',
    'acme//tailchat',
    'acme/tail chat',
    '-acme/tailchat',
    'acme/.tailchat',
    'acme/tailchat-',
    'acme/a___b',
    'acme/插件',
    'acme/tailchat,push=true',
    'acme/tailchat\n',
    '--push',
    '$(id)',
  ])('%j is refused', (name) => {
    expect(() => imageName(name)).toThrow(`${JSON.stringify(name)} is not an image name`)
  })
})

describe('the references of an image', () => {
  const one = ['ghcr.io/Acme/tailchat']
  const two = ['ghcr.io/acme/tailchat', 'localhost:5000/tailchat']

  test.each<[string, string[], string[], string[]]>([
    [
      'each tag of one image',
      one,
      ['1.2.3', '1'],
      ['ghcr.io/acme/tailchat:1.2.3', 'ghcr.io/acme/tailchat:1'],
    ],
    ['each tag of each image', two, ['1'], ['ghcr.io/acme/tailchat:1', 'localhost:5000/tailchat:1']],
    [
      'a full reference, which stands for itself',
      two,
      ['ghcr.io/acme/tailchat:1'],
      ['ghcr.io/acme/tailchat:1'],
    ],
    ['a full reference with a port', one, ['localhost:5000/a:1'], ['localhost:5000/a:1']],
    ['a full reference with an owner in capitals', [], ['ghcr.io/ACME/a:V1'], ['ghcr.io/acme/a:V1']],
    ['a full reference without a host', one, ['tailchat:1'], ['tailchat:1']],
    ['the same tag twice', one, ['1', '1', 'ghcr.io/acme/tailchat:1'], ['ghcr.io/acme/tailchat:1']],
    ['no tag', two, [], []],
    ['a tag and no image', [], ['1'], []],
    ['a tag of 128 characters', one, ['x'.repeat(128)], [`ghcr.io/acme/tailchat:${'x'.repeat(128)}`]],
    ['capitals and signs', one, ['_Main.x-1'], ['ghcr.io/acme/tailchat:_Main.x-1']],
  ])('for %s', (_what, images, tags, result) => {
    expect(references(images, tags)).toEqual(result)
  })

  test.each<[string[], string[], string]>([
    [one, [''], '"" is not a tag'],
    [one, ['a b'], '"a b" is not a tag'],
    [one, ['.a'], '".a" is not a tag'],
    [one, ['-a'], '"-a" is not a tag'],
    [one, ['feature/x'], '"feature/x" is not a tag'],
    [one, ['x'.repeat(129)], 'is not a tag: at most 128'],
    [one, ['插件'], '"插件" is not a tag'],
    [one, ['ghcr.io/acme/tailchat:'], '"" is not a tag'],
    [one, ['localhost:5000/tailchat'], '"localhost:5000/tailchat" is not a tag'],
    [one, [`acme/tailchat@sha256:${'0'.repeat(64)}`], '"acme/tailchat@sha256" is not an image name'],
    [one, ['a:b:c'], '"a:b" is not an image name'],
    [['Acme Inc/x'], ['1'], '"Acme Inc/x" is not an image name'],
    [['ghcr.io/acme/tailchat:1'], [], '"ghcr.io/acme/tailchat:1" is not an image name'],
  ])('%j with %j are refused', (images, tags, message) => {
    expect(() => references(images, tags)).toThrow(message)
  })
})

describe('the tags of an event', () => {
  const short = `sha-${SHA.slice(0, 12)}`

  test.each<[string, Partial<TagSource>, string[]]>([
    ['a version', { ref: 'refs/tags/v1.2.3' }, ['1.2.3', '1.2', '1', short]],
    ['a version without v', { ref: 'refs/tags/10.20.30' }, ['10.20.30', '10.20', '10', short]],
    ['a prerelease', { ref: 'refs/tags/v1.2.3-rc.1' }, ['1.2.3-rc.1', short]],
    ['a version with build data', { ref: 'refs/tags/v1.2.3+5.sha' }, ['1.2.3', '1.2', '1', short]],
    ['a prerelease with build data', { ref: 'refs/tags/v1.2.3-beta+5' }, ['1.2.3-beta', short]],
    ['a version in two parts', { ref: 'refs/tags/v1.2' }, ['v1.2', short]],
    ['a version with a leading zero', { ref: 'refs/tags/v1.02.3' }, ['v1.02.3', short]],
    ['another tag', { ref: 'refs/tags/nightly/2024' }, ['nightly-2024', short]],
    ['a branch', { ref: 'refs/heads/main' }, ['main', short]],
    ['a branch with slashes', { ref: 'refs/heads/feature/A_b/c' }, ['feature-A_b-c', short]],
    ['a branch that looks like a version', { ref: 'refs/heads/v1.2.3' }, ['v1.2.3', short]],
    ['a branch with odd signs', { ref: 'refs/heads/-.fix#1 (x)' }, ['fix-1-x-', short]],
    ['a branch in Chinese', { ref: 'refs/heads/功能' }, [short]],
    ['a long branch', { ref: `refs/heads/${'x'.repeat(200)}` }, ['x'.repeat(128), short]],
    ['a pull request', { ref: 'refs/pull/12/merge', pullRequest: 12 }, ['pr-12', short]],
    ['a pull request of a branch', { ref: 'refs/heads/main', pullRequest: 12 }, ['pr-12', short]],
    ['a pull request’s ref alone', { ref: 'refs/pull/12/merge' }, [short]],
    ['no ref', { ref: '' }, [short]],
    ['no commit', { ref: 'refs/heads/main', sha: '' }, ['main']],
    ['nothing', { ref: '', sha: '' }, []],
  ])('%s', (_what, source, tags) => {
    const derived = deriveTags({ ref: '', sha: SHA, ...source })
    expect(derived).toEqual(tags)
    expect(references(['acme/tailchat'], derived)).toEqual(tags.map((tag) => `acme/tailchat:${tag}`))
  })
})

describe('the references of a run', () => {
  const planned = (given: Record<string, string>, ref: string, pullRequest?: number) => {
    const event: Event = { ...readEvent({ GITHUB_REF: ref }), pullRequest: undefined }
    if (pullRequest !== undefined)
      event.pullRequest = { number: pullRequest, fromFork: false, headBranch: '', baseSha: '', merged: false }
    const { image } = parseInputs((name) => given[name] ?? '')
    return planReferences(image, event, SHA)
  }
  const images = 'ghcr.io/Acme/Tailchat'
  const name = 'ghcr.io/acme/tailchat'

  test('of a merge queue are those of the commit alone', () => {
    const queue = 'refs/heads/gh-readonly-queue/main/pr-7-0123456789abcdef'
    expect(planned({ images }, queue)).toEqual([`${name}:sha-${SHA.slice(0, 12)}`])
  })

  test('of a pull request that was merged are those of the branch', () => {
    const pullRequest = { number: 7, fromFork: false, headBranch: '', baseSha: '', merged: true }
    const event: Event = { ...readEvent({ GITHUB_REF: 'refs/heads/main' }), pullRequest }
    const { image } = parseInputs((input) => (input === 'images' ? images : ''))
    expect(planReferences(image, event, SHA)).toContain(`${name}:main`)
    expect(planReferences(image, event, SHA)).not.toContain(`${name}:pr-7`)
  })
  const sha = `${name}:sha-${SHA.slice(0, 12)}`

  test('follow from the event, with the owner in small letters', () => {
    const versions = [`${name}:1.2.3`, `${name}:1.2`, `${name}:1`, sha]
    expect(planned({ images }, 'refs/tags/v1.2.3')).toEqual(versions)
    expect(planned({ images }, 'refs/tags/v1.2.3-rc.1')).toEqual([`${name}:1.2.3-rc.1`, sha])
    expect(planned({ images }, 'refs/heads/feature/x')).toEqual([`${name}:feature-x`, sha])
    expect(planned({ images }, 'refs/pull/12/merge', 12)).toEqual([`${name}:pr-12`, sha])
    // A branch of that name does not make it the one that everybody gets.
    expect(planned({ images }, 'refs/heads/latest')).toEqual([sha])
  })

  test('are those that are given, whatever the event is', () => {
    expect(planned({ images, tags: 'live' }, 'refs/heads/main')).toEqual([`${name}:live`])
    expect(planned({ images, tags: `ghcr.io/ACME/tailchat:2` }, 'refs/heads/main')).toEqual([`${name}:2`])
  })

  test.each<[Record<string, string>, string]>([
    [{ images: 'Acme Inc/x' }, 'is not an image name'],
    [{ images, tags: 'a b' }, '"a b" is not a tag'],
    [
      { images, tags: 'ghcr.io/eve/tailchat:1' },
      'the tag ghcr.io/eve/tailchat:1 does not belong to any of the images',
    ],
  ])('are refused before anything is asked or built: %j', async (given, message) => {
    expect(() => planned(given, 'refs/heads/main')).toThrow(message)
    for (const mode of ['deploy', 'rollback']) {
      const sample = createSample()
      const inputs: Record<string, string> = { mode, ...given }
      const report = await runPipeline(
        parseInputs((input) => inputs[input] ?? ''),
        { root: sample.directory, event: readEvent({}), rulesUrl: '', log: () => undefined },
      )
      sample.remove()
      expect(report.failure).toMatchObject({ stage: 'prepare', message: expect.stringContaining(message) })
      expect(Object.keys(report.timings)).not.toContain('tags')
    }
  })
})

describe('the arguments of buildx', () => {
  const plan: BuildPlan = {
    dockerfile: '/src/Dockerfile',
    context: '/src',
    labels: {},
    buildArgs: [],
    buildSecrets: [],
    platforms: [],
    cacheFrom: [],
    cacheTo: [],
    builder: '',
  }
  const start = ['buildx', 'build', '--progress=plain', '--file', '/src/Dockerfile']
  const end = ['--provenance=false', '--metadata-file', '/tmp/m', '--load', '/src']
  const output: BuildOutput = { pushTo: [], push: true, index: false, metadataFile: '/tmp/m' }

  test.each<[string, Partial<BuildPlan>, string[]]>([
    ['nothing more', {}, []],
    ['one platform', { platforms: ['linux/amd64'] }, ['--platform', 'linux/amd64']],
    ['platforms', { platforms: ['linux/amd64', 'linux/arm64'] }, ['--platform', 'linux/amd64,linux/arm64']],
    ['labels', { labels: { a: '1', b: 'x=y z' } }, ['--label', 'a=1', '--label', 'b=x=y z']],
    ['build arguments', { buildArgs: ['A=1', 'B=$(id)'] }, ['--build-arg', 'A=1', '--build-arg', 'B=$(id)']],
    ['secrets', { buildSecrets: ['id=npm,env=T'] }, ['--secret', 'id=npm,env=T']],
    [
      'caches',
      { cacheFrom: ['type=gha', 'type=local,src=c'], cacheTo: ['type=gha,mode=max'] },
      [
        ...['--cache-from', 'type=gha', '--cache-from', 'type=local,src=c'],
        ...['--cache-to', 'type=gha,mode=max,ignore-error=true'],
      ],
    ],
    [
      'options that are passed on as they are',
      {
        options: {
          ...{ annotations: ['index:a=1,2'], target: 'runtime', ssh: ['default'], network: 'none' },
          ...{ pull: true, noCache: true, provenance: 'false', sbom: 'false' },
        },
      },
      [
        ...['--annotation', 'index:a=1,2', '--target', 'runtime', '--ssh', 'default'],
        ...['--pull', '--no-cache', '--network', 'none'],
      ],
    ],
  ])('with %s', (_what, more, args) => {
    expect(buildxArgs({ ...plan, ...more }, output)).toEqual([...start, ...args, ...end])
  })

  const attested = {
    ...{ annotations: ['a=1'], target: '', ssh: [], network: '', pull: false, noCache: false },
    ...{ provenance: 'mode=max', sbom: 'true' },
  }

  test('with attestations where they are asked for', () => {
    expect(buildxArgs({ ...plan, options: attested }, output)).toEqual([
      ...start,
      ...['--annotation', 'a=1', '--provenance=mode=max', '--sbom=true'],
      ...end.slice(1),
    ])
  })

  test('with neither attestations nor annotations where files are built', () => {
    expect(buildxArgs({ ...plan, options: attested }, { ...output, directory: '/out' })).toEqual([
      ...start,
      ...end.slice(0, -2),
      ...['--output', 'type=local,dest=/out', '/src'],
    ])
  })

  test('with a builder of one’s own', () => {
    expect(buildxArgs({ ...plan, builder: 'mine' }, output)).toEqual([
      'buildx',
      'build',
      '--progress=plain',
      '--builder',
      'mine',
      ...start.slice(3),
      ...end,
    ])
  })

  test.each<[string, string[], string]>([
    [
      'one name',
      ['ghcr.io/acme/a'],
      'type=image,name=ghcr.io/acme/a,push-by-digest=true,name-canonical=true,push=true',
    ],
    [
      'several names, which are one field',
      ['ghcr.io/acme/a', 'localhost:5000/a'],
      'type=image,"name=ghcr.io/acme/a,localhost:5000/a",push-by-digest=true,name-canonical=true,push=true',
    ],
  ])('pushes by digest to %s', (_what, pushTo, value) => {
    expect(buildxArgs(plan, { ...output, pushTo })).toEqual([
      ...start,
      '--provenance=false',
      '--metadata-file',
      '/tmp/m',
      '--output',
      value,
      '/src',
    ])
  })

  test.each([
    ['rewrites the times of files when the commit has one', 1_700_000_000, true],
    ['leaves the times of files as they are without a commit', undefined, false],
  ])('%s', (_title, epochSeconds, rewrites) => {
    const full = { ...plan, epochSeconds, rewriteTimestamps: true }
    const written = (pushTo: string[]) => buildxArgs(full, { ...output, pushTo }).join(' ')
    expect(written(['ghcr.io/acme/a']).includes(',rewrite-timestamp=true ')).toBe(rewrites)
    expect(written([])).not.toContain('rewrite-timestamp')
  })

  test.each([[[]], [['ghcr.io/acme/a']]])(
    'never hold a tag: tags move once the image is proven (%j)',
    (pushTo) => {
      const args = buildxArgs(plan, { ...output, pushTo })
      expect(args.filter((arg) => /^(?:-t|--tag)\b/.test(arg))).toEqual([])
    },
  )
})

describe('the labels that say where an image comes from', () => {
  const source = {
    url: 'https://github.com/acme/tailchat',
    revision: SHA,
    created: '2024-05-01T12:00:00+02:00',
  }
  const labels = {
    'org.opencontainers.image.source': source.url,
    'org.opencontainers.image.revision': SHA,
    'org.opencontainers.image.created': source.created,
  }

  test('hold the repository, the commit and its time', () => {
    expect(provenanceLabels(source)).toEqual(labels)
  })

  test.each(['url', 'revision', 'created'] as const)('leave out what is not known: %s', (unknown) => {
    const known = Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== source[unknown]))
    expect(provenanceLabels({ ...source, [unknown]: undefined })).toEqual(known)
  })
})

describe('the public address of a remote', () => {
  const url = 'https://github.com/acme/tailchat'

  test.each([
    ['https', 'https://github.com/acme/tailchat.git', url],
    ['https without .git', 'https://github.com/acme/tailchat', url],
    ['a slash at the end', 'https://github.com/acme/tailchat/', url],
    ['a user', 'https://acme@github.com/acme/tailchat.git', url],
    ['a user and a token', 'https://x-access-token:ghs_secret@github.com/acme/tailchat', url],
    ['a token alone', 'https://ghs_secret@github.com/acme/tailchat.git', url],
    ['an @ in the password', 'https://acme:s3cr@t@github.com/acme/tailchat.git', url],
    ['a token in the query', 'https://github.com/acme/tailchat.git?access_token=secret', url],
    ['a fragment', 'https://github.com/acme/tailchat#secret', url],
    ['scp', 'git@github.com:acme/tailchat.git', url],
    ['scp without a user', 'github.com:acme/tailchat', url],
    ['scp with a password', 'git:secret@github.com:acme/tailchat.git', url],
    ['ssh', 'ssh://git@github.com/acme/tailchat.git', url],
    ['ssh with a port', 'ssh://git@github.com:22/acme/tailchat.git', url],
    ['git', 'git://github.com/acme/tailchat.git', url],
    ['a group in a group', 'git@gitlab.com:a/b/c.git', 'https://gitlab.com/a/b/c'],
    ['a name with dots', 'https://github.com/acme/tail.chat.git', 'https://github.com/acme/tail.chat'],
  ])('%s', (_what, remote, expected) => {
    expect(publicUrl(remote)).toBe(expected)
  })

  test.each([
    '',
    '/srv/git/tailchat.git',
    './tailchat.git',
    '../tailchat',
    'tailchat',
    '~/tailchat',
    'file:///srv/git/tailchat.git',
    'C:\\git\\tailchat',
    'C:/git/tailchat',
    'https://github.com',
    'https://secret@github.com',
  ])('%j has none', (remote) => {
    expect(publicUrl(remote)).toBeUndefined()
  })
})

describe('the commit that is checked out', () => {
  async function inDirectory(
    work: (directory: string, git: (...args: string[]) => Promise<string>) => Promise<void>,
  ) {
    const directory = mkdtempSync(join(tmpdir(), 'image-git-'))
    const env = {
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.com',
      GIT_AUTHOR_DATE: '2001-01-01T00:00:00Z',
      GIT_COMMITTER_DATE: '2024-05-01T12:00:00+02:00',
    }
    try {
      await work(directory, (...args) => runCommand('git', args, { cwd: directory, env, timeoutSeconds: 30 }))
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  }

  test('is read with its time and the public address of its repository', async () => {
    await inDirectory(async (directory, git) => {
      await git('init', '--quiet')
      await git('commit', '--quiet', '--allow-empty', '--message', 'first\n\nand more')
      const sha = await git('rev-parse', 'HEAD')
      const commit = { sha, time: '2024-05-01T12:00:00+02:00', epochSeconds: 1714557600 }
      expect(await readCommit(directory)).toEqual({ ...commit, url: undefined })
      await git('remote', 'add', 'origin', 'https://token@github.com/acme/tailchat.git')
      expect(await readCommit(directory)).toEqual({ ...commit, url: 'https://github.com/acme/tailchat' })
    })
  })

  test('is missing before the first commit, and outside of a repository', async () => {
    await inDirectory(async (directory, git) => {
      expect(await readCommit(directory)).toBeUndefined()
      await git('init', '--quiet')
      expect(await readCommit(directory)).toBeUndefined()
    })
  })
})
