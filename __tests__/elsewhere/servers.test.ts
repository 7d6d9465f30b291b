import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { type Mode, parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report } from '../../src/report/report.js'
import { readTree, temporaryDirectory, writeFiles } from '../support/files.js'
import { git, initRepository } from '../support/git.js'
import { createGitServer, type GitServer } from '../support/git-server.js'
import { createNpmRegistry, type NpmRegistry, packageEntries, tarballOf } from '../support/npm-registry.js'
import { registrations } from '../support/repository.js'
import { createUpstream, lonePlugin, type Upstream } from '../support/upstream.js'

const THEME = 'com.acme.theme'
const PLACE = `client/web/plugins/${THEME}`
const MEGABYTE = 1024 * 1024

// git is started many times.
jest.setTimeout(60_000)

let directory: string
let repository: string
let temporary: string
let systemTemporary: string | undefined

beforeEach(() => {
  directory = temporaryDirectory('servers')
  repository = join(directory, 'tailchat')
  mkdirSync(repository)
  writeFiles(repository, { ...registrations({}), 'tailchat-plugins.yml': 'version: 1\nplugins: {}\n' })
  initRepository(repository)
  // Whatever a refused source leaves on the disk would be here.
  temporary = join(directory, 'tmp')
  mkdirSync(temporary)
  systemTemporary = process.env['TMPDIR']
  process.env['TMPDIR'] = temporary
})

afterEach(() => {
  if (systemTemporary === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = systemTemporary
  rmSync(directory, { recursive: true, force: true })
})

function run(mode: Mode, subject = ''): Promise<Report> {
  return runPipeline(
    { ...parseInputs(() => ''), mode, task: { subject, plugin: '' } },
    { root: repository, event: readEvent({}), rulesUrl: 'docs/rules.md', log: () => undefined },
  )
}

async function succeed(mode: Mode, subject = ''): Promise<Report> {
  const report = await run(mode, subject)
  expect(report.failure).toBeUndefined()
  return report
}

/** Runs what must fail; nothing changes, and nothing stays in the temporary directory. */
async function refused(mode: Mode, subject = ''): Promise<string> {
  const before = readTree(repository)
  const report = await run(mode, subject)
  expect(readTree(repository)).toEqual(before)
  expect(readTree(temporary)).toEqual({ directories: [], files: [], links: [] })
  return report.failure?.message ?? 'it did not fail'
}

const read = (file: string): string => readFileSync(join(repository, file), 'utf8')
const colours = (a: string, z: string): string => `export const a = ${a}\n\n\n\nexport const z = ${z}\n`

/** Changes a file of the plugin here, and says why. */
function patch(text: string): void {
  writeFiles(repository, {
    [`${PLACE}/src/colours.ts`]: text,
    'tailchat-plugins.yml': `version: 1\nplugins:\n  ${THEME}: { offer: registry, patched: our colours }\n`,
  })
}

describe('a git server', () => {
  let served: string
  let server: GitServer
  let upstream: Upstream
  let url: string

  beforeAll(async () => {
    served = temporaryDirectory('served')
    server = await createGitServer(served)
  })
  afterAll(async () => {
    await server.close()
    rmSync(served, { recursive: true, force: true })
  })
  beforeEach(() => {
    rmSync(join(served, 'theme'), { recursive: true, force: true })
    upstream = createUpstream(served, 'theme')
    upstream.release('v1.0.0', lonePlugin(THEME, '1.0.0'))
    url = `${server.url}/theme/.git`
  })

  test('gives a plugin at an old tag, which is patched, updated with the patch merged, and patched again', async () => {
    upstream.release('v1.1.0', lonePlugin(THEME, '1.1.0', { 'src/colours.ts': colours('2', '1') }))
    await succeed('add', `${url}#v1.0.0`)
    expect(read(`${PLACE}/src/colours.ts`)).toBe(colours('1', '1'))
    patch(colours('1', '9'))
    await succeed('update')
    expect(read(`${PLACE}/src/colours.ts`)).toBe(colours('2', '9'))
    upstream.release('v1.2.0', lonePlugin(THEME, '1.2.0', { 'src/colours.ts': colours('3', '1') }))
    await succeed('update')
    expect(read(`${PLACE}/src/colours.ts`)).toBe(colours('3', '9'))
    expect((await succeed('check')).findings).toEqual([])
  })

  test('with a moved tag gives no update', async () => {
    await succeed('add', `${url}#v1.0.0`)
    upstream.release('v1.0.0', { 'src/index.tsx': 'evil()\n' })
    expect(await refused('update')).toContain('the tag was moved')
  })

  test('with a rewritten history lacks the locked commit, so a patch can’t be merged', async () => {
    await succeed('add', `${url}#main`)
    patch(colours('1', '9'))
    rmSync(upstream.directory, { recursive: true })
    createUpstream(served, 'theme').release('v1.0.0', lonePlugin(THEME, '1.1.0'))
    expect(await refused('update')).toContain('no longer has that commit')
  })

  test('with a new version that conflicts with a patch gives no update', async () => {
    await succeed('add', `${url}#v1.0.0`)
    patch(colours('1', '9'))
    upstream.release('v1.1.0', lonePlugin(THEME, '1.1.0', { 'src/colours.ts': colours('1', '2') }))
    expect(await refused('update')).toContain(`conflict with the new version in ${PLACE}/src/colours.ts`)
  })

  test('with a file over the limit is refused', async () => {
    upstream.release('v1.1.0', { 'src/big.ts': Buffer.alloc(64 * MEGABYTE) })
    expect(await refused('add', `${url}#v1.1.0`)).toContain('the limit for a file is')
  })

  test('that can’t be reached, or lacks the repository, is reported as such', async () => {
    expect(await refused('add', `${server.url}/nothing/.git`)).toContain('does not exist or is private')
    expect(await refused('add', 'http://127.0.0.1:9/theme.git')).toContain("can't be reached")
  })

  test('that hides what is older, which only its objects could tell', async () => {
    await succeed('add', `${url}#v1.0.0`)
    git(upstream.directory, 'tag', '--delete', 'v1.0.0')
    expect(await refused('update')).toContain('neither a tag nor a branch v1.0.0')
  })
})

describe('an npm registry', () => {
  let registry: NpmRegistry

  beforeEach(async () => {
    registry = await createNpmRegistry('@acme/theme')
    process.env['npm_config_registry'] = registry.url
    registry.publish('1.0.0', await tarballOf(packageEntries(lonePlugin(THEME, '1.0.0'))))
  })
  afterEach(async () => {
    delete process.env['npm_config_registry']
    await registry.close()
  })

  test('serves archives as npm packs them', async () => {
    const source = join(directory, 'theme')
    writeFiles(source, {
      ...lonePlugin(THEME, '1.1.0'),
      'package.json': JSON.stringify({
        name: '@acme/theme',
        version: '1.1.0',
        main: 'src/index.tsx',
        license: 'ISC',
      }),
    })
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts'], { cwd: source, stdio: 'ignore' })
    registry.publish('1.1.0', readFileSync(join(source, 'acme-theme-1.1.0.tgz')))
    await succeed('add', 'npm:@acme/theme')
    expect(read(`${PLACE}/manifest.json`)).toContain('1.1.0')
    expect(read('tailchat-plugins.lock')).toContain('license: ISC')
  })

  test('with another archive than the published one is refused', async () => {
    registry.tamper('1.0.0', await tarballOf(packageEntries(lonePlugin(THEME, '6.6.6'))))
    expect(await refused('add', 'npm:@acme/theme')).toContain('is not the one that was published')
  })

  test.each<[string, () => Promise<Buffer>, string]>([
    [
      'a path that leads out of the repository',
      () => tarballOf(packageEntries({ ...lonePlugin(THEME, '1.1.0'), '../../../../evil.ts': 'x' })),
      'leads out of the directory',
    ],
    [
      'an absolute path',
      () =>
        tarballOf([
          ...packageEntries(lonePlugin(THEME, '1.1.0')),
          { header: { name: 'package//etc/evil', size: 1, type: 'file' }, body: Buffer.from('x') },
        ]),
      'is absolute',
    ],
    [
      'links to each other, thousands of them',
      () =>
        tarballOf([
          ...packageEntries(lonePlugin(THEME, '1.1.0')),
          ...Array.from({ length: 6000 }, (_, index) => ({
            header: {
              name: `package/l${index}`,
              size: 0,
              type: 'symlink' as const,
              linkname: `l${(index + 1) % 6000}`,
            },
          })),
        ]),
      'more than 5000 files',
    ],
    [
      'one link to a file of the machine',
      () =>
        tarballOf([
          ...packageEntries(lonePlugin(THEME, '1.1.0')),
          { header: { name: 'package/src/x', size: 0, type: 'link', linkname: '/etc/passwd' } },
        ]),
      'hard link',
    ],
    [
      'a gigabyte of zeros in one megabyte',
      () => {
        const zeros = gzipSync(Buffer.alloc(64 * MEGABYTE))
        return Promise.resolve(Buffer.concat(Array.from({ length: 16 }, () => zeros)))
      },
      'unpacked archive is larger than the limit',
    ],
  ])('with an archive of %s', async (_what, make, reason) => {
    registry.publish('1.1.0', await make())
    expect(await refused('add', 'npm:@acme/theme')).toContain(reason)
    expect(existsSync(join(directory, 'evil.ts'))).toBe(false)
  })

  test('with an archive that does not end is read up to the limit only', async () => {
    registry.endless = true
    expect(await refused('add', 'npm:@acme/theme')).toMatch(/larger than|more than|limit/)
    // What the sockets between hold comes on top.
    expect(registry.bytesSent).toBeLessThan(128 * MEGABYTE)
  })
})
