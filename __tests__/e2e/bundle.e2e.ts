import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { withServer } from '../support/http-server.js'
import { pushBase } from '../support/quick.js'
import * as registry from '../support/registry.js'
import { runAction } from '../support/run-action.js'
import { createSample, type Sample } from '../support/sample.js'

jest.setTimeout(15 * 60 * 1000)

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.svg': 'image/svg+xml',
}
const HOST = 'https://plugins.acme.example'
const THEME = 'com.example.theme'
const INTRO = 'com.example.intro'
const NAMES = ['intro', 'polls', 'stats', 'theme', 'tickets'].map((name) => `com.example.${name}`)

let base: string
let sample: Sample

beforeAll(async () => {
  await registry.answers()
  base = pushBase()
})
beforeEach(() => {
  sample = createSample()
})
afterEach(() => sample.remove())

function bundle(inputs: Record<string, string> = {}) {
  return runAction(sample.directory, {
    mode: 'deploy',
    as: 'bundle',
    'base-image': base,
    'public-url': HOST,
    ...inputs,
  })
}

/** Runs a script of support/ on the Node.js of an image, with this machine's network; gives what it prints. */
function inImage(image: string, script: string, args: string[]): Promise<string> {
  const command = ['run', '--rm', '--interactive', '--network=host', '--entrypoint=node', image, '-', ...args]
  const text = promisify(execFile)('docker', command)
  text.child.stdin?.end(readFileSync(new URL(`../support/${script}`, import.meta.url)))
  return text.then(({ stdout }) => stdout)
}

const path = (...parts: string[]): string => join(sample.directory, 'tailchat-bundles', ...parts)
const json = (file: string): unknown => JSON.parse(readFileSync(path(file), 'utf8'))
const versionOf = (name: string): string => (json(`${name}.manifest.json`) as { version: string }).version

describe('bundles for a static host', () => {
  test('are the files of every browser side, with manifests that name their addresses', async () => {
    const result = await bundle({ browser: 'require' })
    expect([result.exitCode, result.log]).toEqual([0, expect.not.stringMatching(/^::error/m)])
    expect(result.outputs['bundle-dir']).toBe('tailchat-bundles')
    const manifests = JSON.parse(result.outputs['manifests'] ?? '') as { name: string; url: string }[]
    expect(manifests.map(({ name }) => name)).toEqual(NAMES)
    for (const { name, url } of manifests) {
      expect(url).toBe(`${HOST}/${versionOf(name)}/${name}/index.js`)
      const text = readFileSync(path(versionOf(name), name, 'index.js'), 'utf8')
      expect(text).toContain(`definePlugin('@plugins/${name}'`)
      expect(readdirSync(path(versionOf(name), name)).filter((file) => file.endsWith('.map'))).toEqual([])
    }
    expect(json(`${THEME}.manifest.json`)).toMatchObject({
      name: THEME,
      url: `${HOST}/${versionOf(THEME)}/${THEME}/index.js`,
      icon: `${HOST}/${versionOf(THEME)}/${THEME}/assets/icon.svg`,
    })
    expect(existsSync(path(versionOf(THEME), THEME, 'assets/icon.svg'))).toBe(true)
    expect(json('manifests.json')).toEqual(NAMES.map((name) => json(`${name}.manifest.json`)))
    expect(result.summary).toContain('### Bundles for a static host')

    // The same input gives the same files.
    const hash = () =>
      createHash('sha256')
        .update(readFileSync(path(versionOf(THEME), THEME, 'index.js')))
        .digest('hex')
    const before = hash()
    expect((await bundle({ 'source-maps': 'true' })).exitCode).toBe(0)
    expect(hash()).toBe(before)
    expect(readdirSync(path(versionOf(THEME), THEME)).some((file) => file.endsWith('.map'))).toBe(true)
  })

  test('are asked for on the host that serves them, and what it changes is found', async () => {
    /** What the host does with a file, by its path. */
    const broken = new Map<string, 'old' | 'nosniff'>()
    let missing = 404
    await withServer(
      (request, response) => {
        const name = decodeURIComponent(request.url ?? '')
        const file = path(`.${name}`)
        const fault = broken.get(name)
        if (!existsSync(file)) return void response.writeHead(missing).end('<html>')
        response.writeHead(200, {
          'content-type': fault === 'nosniff' ? 'text/plain' : TYPES[extname(name)],
          'x-content-type-options': 'nosniff',
          'access-control-allow-origin': '*',
        })
        response.end(fault === 'old' ? 'old' : readFileSync(file))
      },
      async (host) => {
        const status = (directory = sample.directory) =>
          runAction(directory, { mode: 'status', 'public-url': host, 'live-timeout': '1' })
        expect((await bundle({ 'public-url': host })).exitCode).toBe(0)
        const fine = await status()
        expect([fine.exitCode, fine.outputs['live-stale']]).toEqual([0, '[]'])
        expect(fine.summary).toContain('### Other hosts')

        // The image's own mini-star loads it from there, a chunk that it asks for later too.
        const intro = `${host}/${versionOf(INTRO)}/${INTRO}`
        const [chunk = ''] = readdirSync(path(versionOf(INTRO), INTRO)).filter((file) =>
          /^(?!index\.).*\.js$/.test(file),
        )
        const text = await inImage(base, 'ministar.cjs', [INTRO, `${intro}/index.js`, chunk])
        expect(JSON.parse(/^\{"evaluated.*$/m.exec(text)?.[0] ?? JSON.stringify(text))).toEqual({
          evaluated: true,
          asked: [`${intro}/index.js`, `${intro}/${chunk}`],
        })

        const [theme, polls] = [THEME, 'com.example.polls'].map(
          (name) => `/${versionOf(name)}/${name}/index.js`,
        )
        broken.set(theme ?? '', 'old').set(polls ?? '', 'nosniff')
        missing = 200
        const wrong = await status()
        expect(wrong.exitCode).toBe(1)
        expect(JSON.parse(wrong.outputs['live-stale'] ?? '')).toEqual([`${host}${polls}`, `${host}${theme}`])
        expect(wrong.log).toMatch(
          /^::error[^\n]*hosted\/file-differs[^\n]*200 text\/javascript with the sha256/m,
        )
        expect(wrong.log).toMatch(/^::error[^\n]*hosted\/file-differs[^\n]*200 text\/plain and nosniff/m)
        expect(wrong.log).toMatch(/^::error[^\n]*hosted\/page-for-missing/m)
      },
    )
  })

  test('that cannot be built are named, and nothing is written', async () => {
    sample.write(`client/web/plugins/${THEME}/src/index.ts`, 'const = 1\n')
    sample.commit()
    const result = await bundle()
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/^::error[^\n]*image\/bundle-missing/m)
    expect(result.log).toContain('nothing was written')
    expect(existsSync(path())).toBe(false)
  })

  test('that throw in the browser are named with their source, and nothing is written', async () => {
    sample.write(
      `client/web/plugins/${THEME}/src/index.ts`,
      "import { showToasts } from '@capital/common'\nshowToasts(boom)\ndeclare const boom: string\n",
    )
    sample.commit()
    const result = await bundle({ browser: 'require', 'report-file': 'report.json' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toContain('nothing was written')
    const report = JSON.parse(readFileSync(join(sample.directory, 'report.json'), 'utf8')) as unknown
    expect(report).toMatchObject({
      failure: { stage: 'browser' },
      findings: expect.arrayContaining([
        expect.objectContaining({
          rule: 'browser/plugin-fails',
          plugin: THEME,
          file: `client/web/plugins/${THEME}/src/index.ts`,
          line: 2,
          message: expect.stringContaining('boom') as unknown,
        }),
      ]) as unknown,
    })
    expect(existsSync(path())).toBe(false)
  })

  test('never leave the repository through a link', async () => {
    const outside = join(tmpdir(), `outside-${process.pid}`)
    mkdirSync(outside)
    symlinkSync(outside, path())
    try {
      const result = await bundle()
      expect(result.exitCode).toBe(1)
      expect(result.log).toContain('bundle-dir: tailchat-bundles must be a directory of its own')
      expect(readdirSync(outside)).toEqual([])
    } finally {
      rmSync(outside, { recursive: true })
    }
  })
})
