import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { packTar } from 'modern-tar'
import { readEvent } from '../../src/inputs/event.js'
import { type InputName, type Mode, parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report } from '../../src/report/report.js'
import { readTree, temporaryDirectory, type Tree, writeFiles, writeTree } from '../support/files.js'
import { commitAll, git, initRepository } from '../support/git.js'
import {
  backendPlugin,
  type Files,
  frontendPlugin,
  fullstackPlugin,
  registrations,
} from '../support/repository.js'

const THEME = 'com.acme.theme'
const PLACE = `client/web/plugins/${THEME}`

let directory: string
let repository: string
let upstream: string

/** The repositories as they are after their first commit, which git makes once. */
const made = new Map<string, { tree: Tree; sha: string }>()

beforeEach(() => {
  directory = temporaryDirectory('elsewhere')
  repository = join(directory, 'tailchat')
  upstream = join(directory, 'upstream')
  mkdirSync(repository)
  makeOnce('tailchat', repository, () => {
    writeFiles(repository, {
      ...registrations({}),
      '.gitignore': 'dist/\n',
      'tailchat-plugins.yml': 'version: 1\nplugins: {}\n',
    })
    initRepository(repository)
    return commitAll(repository)
  })
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** Makes what stands in a directory the first time, and writes the same again from then on. */
function makeOnce(name: string, root: string, make: () => string): string {
  const before = made.get(name)
  if (before) writeTree(root, before.tree)
  const sha = before?.sha ?? make()
  if (!before) made.set(name, { tree: readTree(root), sha })
  return sha
}

/** Makes the upstream repository, with a plugin alone at its root, and a tag. */
function createUpstream(files?: Files, tag = 'v1.0.0'): string {
  if (!existsSync(upstream)) mkdirSync(upstream)
  if (!files && !existsSync(join(upstream, '.git')))
    return makeOnce('upstream', upstream, () => addRelease(lone('1.0.0'), tag))
  return addRelease(files ?? lone('1.0.0'), tag)
}

function addRelease(files: Files, tag: string): string {
  writeFiles(upstream, files)
  if (!existsSync(join(upstream, '.git'))) initRepository(upstream)
  const sha = commitAll(upstream, 'State')
  git(upstream, 'tag', '--annotate', '--message', tag, tag)
  return sha
}

/** A frontend plugin whose repository holds nothing else. */
function lone(version: string, more: Files = {}): Files {
  const files = Object.entries(frontendPlugin(THEME)).map(([path, text]) => [
    path.slice(PLACE.length + 1),
    text,
  ])
  const all = Object.fromEntries(files) as Record<string, string>
  return {
    ...all,
    'manifest.json': (all['manifest.json'] ?? '').replace('1.0.0', version),
    LICENSE: 'Permission is hereby granted, free of charge',
    'src/colours.ts': 'export const a = 1\n\n\n\nexport const z = 1\n',
    ...more,
  }
}

function run(
  mode: Mode,
  subject = '',
  options: { plugin?: string; inputs?: Partial<Record<InputName, string>> } = {},
): Promise<Report> {
  const inputs = parseInputs((name) => options.inputs?.[name] ?? '')
  return runPipeline(
    { ...inputs, mode, task: { subject, plugin: options.plugin ?? '' } },
    { root: repository, event: readEvent({}), rulesUrl: 'docs/rules.md', log: () => undefined },
  )
}

async function succeed(...args: Parameters<typeof run>): Promise<Report> {
  const report = await run(...args)
  expect(report.failure).toBeUndefined()
  return report
}

async function fail(...args: Parameters<typeof run>): Promise<string> {
  const before = state()
  const report = await run(...args)
  expect(report.failure).toBeDefined()
  expect(state()).toEqual(before)
  return report.failure?.message ?? ''
}

/** Every file of the repository that is not git's, with its content. */
function state(): Record<string, string> {
  const paths = readdirSync(repository, { recursive: true, encoding: 'utf8', withFileTypes: true })
  return Object.fromEntries(
    paths
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('/.git'))
      .map((entry) => [
        join(entry.parentPath, entry.name),
        readFileSync(join(entry.parentPath, entry.name), 'latin1'),
      ]),
  )
}

const read = (file: string): string => readFileSync(join(repository, file), 'utf8')
const rulesOf = (report: Report): string[] => report.findings.map(({ rule }) => rule)
const source = (rest = '#v1.0.0'): string => `file://${upstream}${rest}`

describe('a plugin of a git repository', () => {
  test('is added with its lock, declaration and registration, and check is content', async () => {
    const sha = createUpstream(
      lone('1.0.0', { '.gitattributes': '* -diff\n', '.npmrc': 'registry=https://evil.example\n' }),
    )
    const report = await succeed('add', source())
    expect(report.applied).toBe(true)
    expect(report.notes.join('\n')).toContain('.gitattributes, .npmrc')
    expect(readdirSync(join(repository, PLACE)).sort()).toEqual([
      'LICENSE',
      'manifest.json',
      'package.json',
      'src',
    ])
    expect(read('tailchat-plugins.lock')).toContain(`ref: v1.0.0\n    commit: ${sha}\n`)
    expect(read('tailchat-plugins.lock')).toContain('license: MIT')
    expect(read('tailchat-plugins.yml')).toBe(`version: 1\nplugins:\n  ${THEME}:\n    offer: registry\n`)
    expect(read('client/web/registry.json')).toContain(THEME)
    expect(existsSync(join(repository, '.tailchat-plugins.tmp'))).toBe(false)
    expect(rulesOf(await succeed('check'))).toEqual([])
  })

  test('is removed without a trace', async () => {
    createUpstream()
    const before = state()
    await succeed('add', source())
    await succeed('remove', THEME)
    expect(state()).toEqual(before)
    expect(await fail('remove', THEME)).toContain('one of your own is changed or deleted by hand')
  })

  test('is updated to the newest tag, and its entry in the plugin registry with it', async () => {
    createUpstream()
    await succeed('add', source())
    createUpstream(lone('1.10.0', { 'src/more.ts': 'export {}\n' }), 'v1.10.0')
    createUpstream(lone('1.9.0'), 'v1.9.0')
    createUpstream(lone('2.0.0'), 'v2.0.0-rc.1')
    expect((await succeed('outdated')).notes).toContainEqual(expect.stringContaining('-> v1.10.0'))
    await succeed('update')
    expect(read('client/web/registry.json')).toContain('"version": "1.10.0"')
    expect(read('tailchat-plugins.lock')).toContain('ref: v1.10.0')
    expect(existsSync(join(repository, PLACE, 'src/more.ts'))).toBe(true)
    expect(rulesOf(await succeed('check'))).toEqual([])
    expect((await succeed('update')).changes).toEqual([])
  })

  test('of a branch follows the branch, and one of a commit stays', async () => {
    const sha = createUpstream()
    await succeed('add', source('#main'))
    createUpstream(lone('1.1.0'), 'v1.1.0')
    await succeed('update', THEME)
    expect(read(`${PLACE}/manifest.json`)).toContain('1.1.0')
    await succeed('remove', THEME)
    await succeed('add', source(`#${sha}`))
    expect((await succeed('update')).changes).toEqual([])
  })

  test('whose tag was moved is not updated', async () => {
    createUpstream()
    await succeed('add', source())
    writeFiles(upstream, { 'src/index.tsx': 'evil()\n' })
    commitAll(upstream)
    git(upstream, 'tag', '--force', 'v1.0.0')
    expect(await fail('update')).toContain('the tag was moved')
  })

  test('whose commit vanished is not merged', async () => {
    createUpstream()
    await succeed('add', source())
    patch('our = 1')
    rmSync(upstream, { recursive: true })
    createUpstream(lone('1.1.0'), 'v1.1.0')
    git(upstream, 'tag', 'v1.0.0')
    expect(await fail('update')).toMatch(/moved|no longer has that commit/)
    rmSync(upstream, { recursive: true })
    expect(await fail('update')).toContain(upstream)
  })

  /** Changes a file of the plugin here, and declares why. */
  function patch(text: string, declared = true): void {
    writeFiles(repository, { [`${PLACE}/src/colours.ts`]: `export const a = 1\n\n\n\n${text}\n` })
    if (declared)
      writeFiles(repository, {
        'tailchat-plugins.yml': `version: 1\nplugins:\n  ${THEME}: { offer: registry, patched: our colours }\n`,
      })
  }

  test('that was changed here is an error, until it is declared as patched', async () => {
    createUpstream()
    await succeed('add', source())
    patch('export const z = 2', false)
    expect(rulesOf(await succeed('check'))).toEqual(['source/modified'])
    createUpstream(lone('1.1.0'), 'v1.1.0')
    expect(await fail('update')).toContain('declare `patched: REASON`')
    patch('export const z = 2')
    expect(rulesOf(await succeed('check'))).toEqual([])
  })

  test('that is patched keeps the change in an update, and again in the next one', async () => {
    createUpstream()
    await succeed('add', source())
    patch('export const z = 2')
    for (const version of ['1.1.0', '1.2.0']) {
      const colours = `export const a = '${version}'\n\n\n\nexport const z = 1\n`
      createUpstream(lone(version, { 'src/colours.ts': colours }), `v${version}`)
      const report = await succeed('update')
      expect(report.notes).toContainEqual(expect.stringContaining('src/colours.ts'))
      expect(read(`${PLACE}/src/colours.ts`)).toBe(colours.replace('z = 1', 'z = 2'))
    }
    expect(rulesOf(await succeed('check'))).toEqual([])
  })

  test('that is patched stays as it is where the change conflicts', async () => {
    createUpstream()
    await succeed('add', source())
    patch('export const z = 2')
    createUpstream(
      lone('1.1.0', { 'src/colours.ts': 'export const a = 1\n\n\n\nexport const z = 3\n' }),
      'v1.1.0',
    )
    expect(await fail('update')).toContain(`conflict with the new version in ${PLACE}/src/colours.ts`)
  })

  test('can be the first one in an empty git repository, which then holds plugins only', async () => {
    createUpstream()
    rmSync(repository, { recursive: true })
    mkdirSync(repository)
    initRepository(repository)
    await succeed('add', source())
    expect(existsSync(join(repository, 'plugins', THEME, 'manifest.json'))).toBe(true)
    expect(read('tailchat-plugins.yml')).toBe(`version: 1\nplugins:\n  ${THEME}:\n    offer: registry\n`)
    expect(rulesOf(await succeed('check'))).toEqual([])
  })

  test('is never put over one that is there, whatever its case', async () => {
    createUpstream()
    writeFiles(repository, { 'client/web/plugins/com.acme.Theme/manifest.json': '{}' })
    expect(await fail('add', source())).toContain('already exists')
    rmSync(join(repository, 'client/web/plugins'), { recursive: true })
    await succeed('add', source())
    expect(await fail('add', source())).toContain('is already here')
  })

  test('with a mistake is added, and what is wrong is said at once', async () => {
    createUpstream(
      lone('1.0.0', { 'package.json': `{ "name": "@plugins/${THEME}", "main": "src/main.tsx" }` }),
    )
    const report = await succeed('add', source())
    expect(rulesOf(report)).toContainEqual(expect.stringMatching(/^package\/main/))
  })

  test.each<[string, () => void, string]>([
    ['a link', () => symlinkSync('/etc/passwd', join(upstream, 'src/passwd')), 'symbolic link'],
    [
      'a script that runs by itself',
      () => writeFiles(upstream, { 'package.json': '{"scripts":{"postinstall":"id"}}' }),
      'postinstall',
    ],
    ['code to compile', () => writeFiles(upstream, { 'binding.gyp': '{}' }), 'compile'],
    [
      'a file that is too large',
      () => writeFiles(upstream, { 'big.bin': Buffer.alloc(6 * 1024 * 1024) }),
      'the limit for a file is',
    ],
    ['files of one name', () => writeFiles(upstream, { 'src/Index.tsx': '' }), 'ignores case'],
    ['an invisible letter', () => writeFiles(upstream, { 'src/a\u200Bb.ts': '' }), 'invisible'],
  ])('with %s is refused, and nothing is left of it', async (_what, prepare, reason) => {
    writeFiles(upstream, lone('1.0.0'))
    prepare()
    createUpstream({}, 'v1.0.0')
    expect(await fail('add', source())).toContain(reason)
  })

  test('with a submodule is refused', async () => {
    createUpstream()
    git(upstream, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},src/sub`)
    git(upstream, 'commit', '--quiet', '--message', 'Sub')
    expect(await fail('add', source('#main'))).toContain('submodule')
  })

  test('of a ref that is not there is not found, and what is there is named', async () => {
    createUpstream()
    expect(await fail('add', source('#v9'))).toContain('neither a tag nor a branch v9; tags: v1.0.0')
  })

  test('is not fetched from where nothing is', async () => {
    expect(await fail('add', `file://${directory}/nothing`)).toContain('is not a git repository')
    expect(await fail('add', './nothing')).toContain('does not exist')
  })
})

describe('a repository of several plugins', () => {
  const plugins = {
    ...frontendPlugin(THEME),
    ...fullstackPlugin('com.acme.tickets'),
    ...backendPlugin('com.acme.audit'),
    'client/web/public/manifest.json': '{"name":"Tailchat","url":"/"}',
  }

  test('names them all, and gives the one that is meant', async () => {
    createUpstream(plugins)
    expect(await fail('add', source())).toContain(
      'choose one with --plugin NAME: com.acme.audit, com.acme.theme, com.acme.tickets',
    )
    await succeed('add', source(), { plugin: 'com.acme.tickets' })
    expect(read('package.json')).toContain('plugin:install com.acme.tickets')
    await succeed('add', source('#v1.0.0:server/plugins/com.acme.audit'))
    expect(read('tailchat-plugins.yml')).toContain('com.acme.audit: {}')
    expect(rulesOf(await succeed('check'))).toEqual([])
  })

  test('may hold both halves of one, which come together', async () => {
    createUpstream({ ...frontendPlugin(THEME), ...backendPlugin(THEME) })
    await succeed('add', source())
    await succeed('check')
    expect(existsSync(join(repository, 'server/plugins', THEME, 'services'))).toBe(true)
    expect(existsSync(join(repository, PLACE, 'manifest.json'))).toBe(true)
  })
})

describe('an archive', () => {
  const archive = async (entries: Parameters<typeof packTar>[0]): Promise<string> => {
    const file = join(directory, 'theme.tgz')
    writeFileSync(file, gzipSync(await packTar(entries)))
    return file
  }
  const entries = (files: Files) =>
    Object.entries(files).map(([name, text]) => ({
      header: { name: `package/${name}`, size: Buffer.byteLength(text ?? ''), type: 'file' as const },
      body: Buffer.from(text ?? ''),
    }))

  test('is added, and an update finds that it changed', async () => {
    await succeed('add', await archive(entries(lone('1.0.0'))))
    expect(read('tailchat-plugins.lock')).toMatch(/source: \.\.\/theme\.tgz\n {4}integrity: sha512-/)
    expect((await succeed('update')).changes).toEqual([])
    await archive(entries(lone('1.1.0')))
    await succeed('update')
    expect(read(`${PLACE}/manifest.json`)).toContain('1.1.0')
  })

  test.each<[string, () => Promise<string>, string]>([
    [
      'a path that leads out',
      () => archive([...entries(lone('1.0.0')), ...entries({ '../../../evil.ts': 'x' })]),
      'leads out of the directory',
    ],
    [
      'a link',
      () =>
        archive([
          ...entries(lone('1.0.0')),
          { header: { name: 'package/src/x', size: 0, type: 'symlink', linkname: '/etc/passwd' } },
        ]),
      'symbolic link',
    ],
    [
      'a bomb of links',
      () =>
        archive([
          ...entries(lone('1.0.0')),
          ...Array.from({ length: 6000 }, (_, index) => ({
            header: {
              name: `package/l${index}`,
              size: 0,
              type: 'link' as const,
              linkname: 'package/manifest.json',
            },
          })),
        ]),
      'more than 5000 files',
    ],
    [
      'a gigabyte of zeros',
      () => {
        const file = join(directory, 'theme.tgz')
        const chunk = gzipSync(Buffer.alloc(64 * 1024 * 1024))
        writeFileSync(file, Buffer.concat(Array.from({ length: 16 }, () => chunk)))
        return Promise.resolve(file)
      },
      'unpacked archive is larger than the limit',
    ],
    [
      'half of it',
      async () => {
        const file = await archive(entries(lone('1.0.0')))
        writeFileSync(file, readFileSync(file).subarray(0, 200))
        return file
      },
      "can't be read as a gzip archive",
    ],
  ])('with %s is refused, and nothing is left of it', async (_what, make, reason) => {
    expect(await fail('add', await make())).toContain(reason)
  })
})

describe('a package of an npm registry', () => {
  let server: Server
  let versions: Record<string, Buffer>
  let latest: string
  let lies: boolean
  let status: number

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { port } = server.address() as AddressInfo
      const tarball = /\/(\d[\w.-]*)\.tgz$/.exec(request.url ?? '')?.[1]
      if (status !== 200) return void response.writeHead(status).end()
      if (tarball !== undefined) return void response.end(lies ? 'x' : versions[tarball])
      if (request.url !== '/@acme%2ftheme') return void response.writeHead(404).end()
      const all = Object.entries(versions).map(([version, bytes]): [string, unknown] => [
        version,
        {
          dist: {
            tarball: `http://127.0.0.1:${port}/${version}.tgz`,
            integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
          },
        },
      ])
      response.end(JSON.stringify({ 'dist-tags': { latest }, versions: Object.fromEntries(all) }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    process.env['npm_config_registry'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterAll(() => {
    delete process.env['npm_config_registry']
    server.closeAllConnections()
    server.close()
  })
  beforeEach(async () => {
    lies = false
    latest = '2.0.0'
    status = 200
    versions = {}
    for (const version of ['1.0.0', '2.0.0']) versions[version] = await pack(version)
  })

  async function pack(version: string): Promise<Buffer> {
    const entries = Object.entries(lone(version)).map(([name, text]) => ({
      header: { name: `package/${name}`, size: Buffer.byteLength(text ?? '') },
      body: Buffer.from(text ?? ''),
    }))
    return gzipSync(await packTar(entries))
  }

  test('is added in the newest version of the range, and updated within it, merged with a patch', async () => {
    await succeed('add', 'npm:@acme/theme@^1')
    expect(read('tailchat-plugins.lock')).toMatch(
      /source: npm:@acme\/theme\n {4}ref: \^1\n {4}version: 1\.0\.0\n/,
    )
    writeFiles(repository, {
      [`${PLACE}/src/own.ts`]: 'export {}\n',
      'tailchat-plugins.yml': `version: 1\nplugins:\n  ${THEME}: { offer: registry, patched: ours }\n`,
    })
    versions['1.2.0'] = await pack('1.2.0')
    await succeed('update')
    expect(read(`${PLACE}/manifest.json`)).toContain('1.2.0')
    expect(existsSync(join(repository, PLACE, 'src/own.ts'))).toBe(true)
  })

  test('of another digest than the registry says is refused', async () => {
    lies = true
    expect(await fail('add', 'npm:@acme/theme')).toContain('is not the one that was published')
  })

  test('that was published anew under its old version is not merged', async () => {
    await succeed('add', 'npm:@acme/theme@^1')
    writeFiles(repository, {
      [`${PLACE}/src/own.ts`]: 'export {}\n',
      'tailchat-plugins.yml': `version: 1\nplugins:\n  ${THEME}: { offer: registry, patched: ours }\n`,
    })
    versions['1.0.0'] = await pack('1.0.1')
    versions['1.2.0'] = await pack('1.2.0')
    expect(await fail('update')).toContain('not the archive in the lock')
  })

  test.each<[number, string]>([
    [404, 'no such package'],
    [429, 'rate limiting'],
    [401, 'npm pack'],
    [503, 'status 503'],
  ])('is not had where the registry answers %i', async (answer, says) => {
    status = answer
    expect(await fail('add', 'npm:@acme/theme')).toContain(says)
  })

  test.each(['3.0.0\n\nCo-authored-by: eve', '3.0.0\u001b[31m', `3.0.0-${'x'.repeat(100)}`, 'newest'])(
    'is refused in the version %j, which would go into a commit message',
    async (version) => {
      latest = version
      versions[version] = await pack('3.0.0')
      expect(await fail('add', 'npm:@acme/theme')).toContain('names an invalid version of @acme/theme')
    },
  )

  test('is not fetched from an address with a password, which no message shows', async () => {
    const registry = process.env['npm_config_registry']
    process.env['npm_config_registry'] = registry?.replace('//', '//me:s3cret@')
    const message = await fail('add', 'npm:@acme/theme')
    process.env['npm_config_registry'] = registry
    expect(message).toContain('contains a user or a password')
    expect(message).not.toContain('s3cret')
  })

  test('is not had in a version that there is none of', async () => {
    expect(await fail('add', 'npm:@acme/theme@^9')).toContain('no version ^9; newest: 2.0.0')
  })
})

describe('check compares the lock with the tree', () => {
  test.each<[string, () => void, string]>([
    [
      'files that are gone',
      () => rmSync(join(repository, PLACE), { recursive: true }),
      'source/files-missing',
    ],
    ['a file that git ignores', () => writeFiles(repository, { [`${PLACE}/dist/x.js`]: '' }), ''],
    [
      'a file more',
      () => writeFiles(repository, { [`${PLACE}/src/x.ts`]: 'export {}\n' }),
      'source/modified',
    ],
    ['a link', () => symlinkSync('index.tsx', join(repository, PLACE, 'src/x.tsx')), 'source/modified'],
    ['another half', () => writeFiles(repository, backendPlugin(THEME)), 'source/not-locked'],
    [
      'a lock with a mistake',
      () => writeFiles(repository, { 'tailchat-plugins.lock': 'version: 1\n' }),
      'source/lock-invalid',
    ],
    [
      'a patch of a plugin without an entry',
      () => {
        rmSync(join(repository, 'tailchat-plugins.lock'))
        writeFiles(repository, {
          'tailchat-plugins.yml': `version: 1\nplugins:\n  ${THEME}: { patched: ours }\n`,
        })
      },
      'source/not-locked',
    ],
  ])('and finds %s', async (_what, change, rule) => {
    createUpstream()
    await succeed('add', source())
    change()
    const found = rulesOf(await succeed('check')).filter((each) => each.startsWith('source/'))
    expect(found).toEqual(rule === '' ? [] : [rule])
  })
})
