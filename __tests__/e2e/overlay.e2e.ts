import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { type Builder, createBuilder } from '../support/builder.js'
import { type Proxy, startProxy } from '../support/proxy.js'
import * as registry from '../support/registry.js'
import { type ActionResult, runAction, runCli } from '../support/run-action.js'
import { createSample, type Sample } from '../support/sample.js'

/** A full build of the sample takes half a minute on a small machine, and minutes on a busy one. */
jest.setTimeout(15 * 60 * 1000)

const image = registry.newImage()
let sample: Sample
const original = createSample()

const path = (file: string): string => join(sample.directory, file)
const append = (file: string, text: string): void => appendFileSync(path(file), text)
const edit = (file: string, from: string | RegExp, to: string): void => {
  const text = readFileSync(path(file), 'utf8')
  expect(text).toMatch(from)
  writeFileSync(path(file), text.replace(from, to))
}
const write = (file: string, text: string): void => {
  mkdirSync(dirname(path(file)), { recursive: true })
  writeFileSync(path(file), text)
}

function deploy(inputs: Record<string, string> = {}): Promise<ActionResult> {
  const all = { mode: 'deploy', images: image, tags: 'overlay', 'base-image': `${image}:full`, ...inputs }
  return runAction(sample.directory, all)
}

function inImage(reference: string, ...args: string[]): string {
  const directory = '--workdir=/app/tailchat/server/dist'
  return execFileSync('docker', ['run', '--rm', directory, '--entrypoint=sh', reference, ...args], {
    encoding: 'utf8',
  })
}

/** Every file that the image serves or runs, with its content or the target of its link. */
function contentsOf(reference: string): string[] {
  const script = `find . \\( -type f -o -type l \\) | sort | while read -r f; do
    if [ -L "$f" ]; then echo "$f $(readlink "$f")"; else echo "$f $(md5sum <"$f")"; fi; done`
  return inImage(reference, '-c', script).split('\n')
}

/** The services as the report has them, without what differs from run to run. */
function servicesIn(reportFile: string): unknown[] {
  const report = JSON.parse(readFileSync(path(reportFile), 'utf8')) as { services: Record<string, unknown>[] }
  return report.services.map((row) => ({ ...row, milliseconds: undefined }))
}

/** A backend plugin with one service. */
function addBackend(name: string, dependencies: Record<string, string>, onInit: string): void {
  write(
    `server/plugins/${name}/package.json`,
    JSON.stringify({
      name: 'tailchat-plugin-new',
      version: '1.0.0',
      private: true,
      main: 'index.js',
      dependencies,
    }),
  )
  write(
    `server/plugins/${name}/services/new.service.ts`,
    `import { TcService } from 'tailchat-server-sdk';

class NewService extends TcService {
  get serviceName() {
    return 'plugin:${name}';
  }

  onInit() {
    ${onInit}
  }
}

export default NewService;
`,
  )
}

/** What pnpm would write for a plugin with one dependency. */
function lock(plugin: string, dependency: string, version: string, more: string): void {
  edit(
    'pnpm-lock.yaml',
    '  server/plugins/com.example.audit:\n',
    `  server/plugins/${plugin}:
    dependencies:
      ${dependency}:
        specifier: ${version}
        version: ${version}

  server/plugins/com.example.audit:
`,
  )
  edit('pnpm-lock.yaml', 'packages:\n', `packages:\n\n  /${dependency}@${version}:\n${more}`)
}

beforeAll(async () => {
  await registry.answers()
  sample = original
  const full = await deploy({ strategy: 'full', tags: 'full' })
  expect([full.exitCode, full.outputs['strategy']]).toEqual([0, 'full'])
})
afterAll(() => original.remove())

beforeEach(() => {
  // The history that a checkout has: the commit of the base image is in it.
  sample = original.copy()
})
afterEach(() => sample.remove())

describe('an overlay', () => {
  test('of changed and new plugins of each kind serves and loads what a full build of the same commit does', async () => {
    append('client/web/plugins/com.example.theme/src/index.ts', "console.log('changed')\n")
    edit(
      'server/plugins/com.example.audit/services/audit.service.ts',
      "this.registerAction('list', this.list);",
      "this.registerAction('list', this.list);\n    this.registerAction('all', this.list, { visibility: 'public' });",
    )
    append(
      'server/plugins/com.example.tickets/web/plugins/com.example.tickets/src/index.tsx',
      "console.log('changed')\n",
    )
    rmSync(path('server/plugins/com.example.polls/services/archive.service.ts'))
    sample.add('com.example.wall')
    sample.add('com.example.badge')
    for (const kind of ['frontend', 'backend', 'full-stack'])
      expect(await runCli(['new', `com.acme.${kind}`, '--kind', kind], sample.directory)).toMatchObject({
        exitCode: 0,
      })
    addBackend('com.example.new', {}, "this.registerAction('ping', () => 'pong');")
    write(
      'tailchat-plugins.yml',
      'version: 1\nplugins:\n  com.example.wall:\n    offer: registry\n  com.example.badge:\n    offer: registry\n',
    )
    sample.commit()

    const overlay = await deploy({ 'report-file': 'overlay.json' })
    expect(overlay.log).not.toMatch(/^::error/m)
    expect([overlay.exitCode, overlay.outputs['strategy']]).toEqual([0, 'overlay'])
    expect(overlay.summary).toContain('only plugins changed since')
    const full = await deploy({ strategy: 'full', tags: 'same', 'report-file': 'full.json' })
    expect(full.exitCode).toBe(0)

    // Every bundle, plugin registry and compiled file, byte for byte.
    expect(contentsOf(`${image}:overlay`)).toEqual(contentsOf(`${image}:same`))
    expect(servicesIn('overlay.json')).toEqual(servicesIn('full.json'))
    expect(servicesIn('overlay.json')).toContainEqual(
      expect.objectContaining({
        name: 'plugin:com.example.audit',
        loaded: true,
        actions: expect.arrayContaining([{ name: 'all', visibility: 'public' }]),
      }),
    )
    // Those that the command `new` wrote are among them.
    expect(overlay.outputs['services-loaded']).toBe('7')
  })

  test('without a plugin of each kind neither lists, serves nor loads them, and a rollback brings them back', async () => {
    const before = await deploy({ tags: 'less' })
    expect([before.exitCode, before.outputs['services-loaded']]).toEqual([0, '4'])
    for (const directory of [
      'client/web/plugins/com.example.theme',
      'server/plugins/com.example.tickets',
      'server/plugins/com.example.audit',
    ])
      rmSync(path(directory), { recursive: true })
    write('client/web/registry.json', '[]\n')
    edit('package.json', 'plugin:install com.example.tickets ', 'plugin:install ')
    sample.commit()

    const result = await deploy({ tags: 'less', strategy: 'overlay' })
    expect(result.log).not.toMatch(/^::error/m)
    expect(result.exitCode).toBe(0)
    const names = (JSON.parse(result.outputs['services'] ?? '') as { name: string }[]).map(({ name }) => name)
    expect(names.filter((name) => /audit|tickets/.test(name))).toEqual([])
    expect(result.outputs['services-loaded']).toBe('2')
    const listed = (file: string) =>
      (JSON.parse(inImage(`${image}:less`, '-c', `cat public/${file}`)) as { name: string }[]).map(
        ({ name }) => name,
      )
    expect([listed('registry.json'), listed('registry-be.json')]).toEqual([[], ['com.example.polls']])
    // Empty files stand where their directories would shine through from the base image.
    const left = contentsOf(`${image}:less`).filter((line) => /example\.(?:theme|tickets|audit)/.test(line))
    expect(left.map((line) => line.split(' ').slice(0, 2))).toEqual(
      [
        'plugins/com.example.audit',
        'plugins/com.example.tickets',
        'public/plugins/com.example.theme',
        'public/plugins/com.example.tickets',
      ].map((file) => [`./${file}`, createHash('md5').digest('hex')]),
    )

    const back = await runAction(sample.directory, { mode: 'rollback', images: image, tags: 'less' })
    expect([back.exitCode, back.outputs['services-loaded']]).toEqual([0, '4'])
    expect(await registry.digestOf(image, 'less')).toBe(before.outputs['digest'])
  })

  test('brings the npm packages that a new plugin needs', async () => {
    const plugin = 'com.example.slug'
    addBackend(
      plugin,
      { slugify: '1.6.6' },
      "if (require('slugify')('A b') !== 'A-b') throw new Error('no slug');",
    )
    lock(
      plugin,
      'slugify',
      '1.6.6',
      `    resolution: {integrity: sha512-h+z7HKHYXj6wJU+AnS/+IH8Uh9fdcX1Lrhg1/VMdf9PwoBQXFcXiAdsy2tSK0P6gKwJLXp02r90ahUCqHk9rrw==}
    engines: {node: '>=8.0.0'}
    dev: false
`,
    )
    sample.commit()
    const result = await deploy({ tags: 'packages' })
    expect(result.log).not.toMatch(/^::error/m)
    expect([result.outputs['strategy'], result.outputs['services-loaded']]).toEqual(['overlay', '5'])
  })

  test('of a plugin with native code is refused, with the name of the module and what to do', async () => {
    const plugin = 'com.example.fast'
    addBackend(plugin, { bufferutil: '4.0.8' }, '')
    lock(
      plugin,
      'bufferutil',
      '4.0.8',
      `    resolution: {integrity: sha512-4T53u4PdgsXqKaIctwF8ifXlRTTmEPJ8iEPWFdGZvcf7sbwYo6FKFEX9eNNAnzFZ7EzJAQ3CJeOtCRA4rDp7Pw==}
    requiresBuild: true
    dev: false
`,
    )
    sample.commit()
    const overlay = await deploy({ strategy: 'overlay' })
    expect(overlay.exitCode).toBe(1)
    expect(overlay.log).toMatch(
      /^::error::deploy failed in stage strategy: an overlay can't be built: added since the base image, .*: bufferutil@4\.0\.8; use strategy: full$/m,
    )
    const auto = await deploy({ 'dry-run': 'true' })
    expect(auto.log).toMatch(/^note {2}Strategy full: added since the base image, .*: bufferutil@4\.0\.8/m)
  })

  test('of a repository that holds plugins only joins what the image has, and refuses native code as it finds it', async () => {
    sample.remove()
    sample = createSample('plugins-only')
    const result = await deploy({ tags: 'joined' })
    expect(result.log).not.toMatch(/^::error/m)
    expect([result.exitCode, result.outputs['services-loaded']]).toEqual([0, '2'])
    expect(result.outputs['services']).toContain('"name":"plugin:com.example.audit"')

    edit('plugins/com.example.uptime/package.json', '"ms": "2.1.3"', '"ms": "2.1.3", "bufferutil": "4.0.8"')
    const native = await deploy({ tags: 'joined' })
    expect(native.exitCode).toBe(1)
    expect(native.log).toMatch(
      /bufferutil@4\.0\.8 cannot be carried in an overlay: it is compiled when it is installed/,
    )
    expect(await registry.digestOf(image, 'joined')).toBe(result.outputs['digest'])
  })
})

describe('an overlay that is pushed by its digest, for two platforms', () => {
  const platforms = 'linux/amd64, linux/arm64'
  let builder: Builder
  let proxy: Proxy

  beforeAll(async () => {
    builder = createBuilder()
    proxy = await startProxy()
    await registry.tagForTwoPlatforms(image, 'full', 'both')
  })
  afterAll(async () => {
    builder.remove()
    await proxy.close()
  })

  /** What was sent of blobs since then. */
  const sentSince = (start: number) =>
    proxy.asked
      .slice(start)
      .filter(({ method, path }) => method !== 'HEAD' && method !== 'GET' && /\/blobs\//.test(path))

  test('is one image for each, the same twice and then without a byte of a layer, and goes back', async () => {
    const name = image.replace(registry.HOST, proxy.host)
    const run = async () => {
      const start = proxy.asked.length
      const inputs = {
        images: name,
        tags: 'two',
        'base-image': `${name}:both`,
        builder: builder.name,
        platforms,
      }
      const result = await deploy(inputs)
      expect(result.log).not.toMatch(/^::error/m)
      return {
        digest: result.outputs['digest'] ?? '',
        strategy: result.outputs['strategy'],
        sent: sentSince(start),
      }
    }
    append('client/web/plugins/com.example.theme/src/index.ts', "console.log('changed')\n")
    append(
      'server/plugins/com.example.tickets/services/tickets.service.ts',
      '// changed\nexport const added = 1;\n',
    )
    sample.commit()
    const first = await run()
    expect(first.strategy).toBe('overlay')
    expect(await registry.platformsOf(image, 'two')).toEqual(platforms.split(', '))
    const below = new Set((await registry.partsOf(image, 'both')).layers)
    const { layers } = await registry.partsOf(image, 'two')
    const own = layers.filter((layer) => !below.has(layer))
    // The same two layers for both platforms, and nothing else was sent but two configurations.
    expect([own.length, new Set(own).size]).toEqual([4, 2])
    expect(first.sent.filter(({ method, bytes }) => method !== 'POST' && bytes > 0).length).toBeGreaterThan(0)

    const again = await run()
    expect([again.digest, again.sent]).toEqual([first.digest, []])

    append('client/web/plugins/com.example.theme/src/index.ts', "console.log('and again')\n")
    sample.commit()
    const second = await run()
    expect(second.digest).not.toBe(first.digest)
    expect(second.sent.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(200_000)

    const back = await runAction(sample.directory, { mode: 'rollback', images: name, tags: 'two' })
    expect([back.exitCode, back.outputs['services-loaded']]).toEqual([0, '4'])
    expect(await registry.digestOf(image, 'two')).toBe(first.digest)
    expect(await registry.platformsOf(image, 'two')).toEqual(platforms.split(', '))
  })
})
