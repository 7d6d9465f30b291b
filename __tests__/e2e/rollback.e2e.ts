import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Builder, createBuilder } from '../support/builder.js'
import { startProxy } from '../support/proxy.js'
import { createQuickSample, pushBase, type QuickSample } from '../support/quick.js'
import * as registry from '../support/registry.js'
import { runAction, runCli } from '../support/run-action.js'

jest.setTimeout(5 * 60 * 1000)

const AUDIT = 'plugins/com.example.audit/services/audit.service.js'
const NO_SUCH_DIGEST = `sha256:${'0'.repeat(64)}`

let base: string
let builder: Builder
let sample: QuickSample
let image: string
/** A rollback needs no checkout at all. */
const empty = mkdtempSync(join(tmpdir(), 'empty-'))

beforeAll(async () => {
  await registry.answers()
  base = pushBase()
  builder = createBuilder()
})
afterAll(() => {
  builder.remove()
  rmSync(empty, { recursive: true })
})

beforeEach(() => {
  sample = createQuickSample(base)
  image = registry.newImage()
})
afterEach(() => sample.remove())

/** Deploys an image that differs from the one before, as it is; gives its digest. */
async function deploy(version: string, inputs: Record<string, string> = {}): Promise<string> {
  sample.put('version.txt', version)
  const result = await runDeploy(inputs)
  expect([result.exitCode, result.log]).toEqual([0, expect.not.stringMatching(/^::error/m)])
  return result.outputs['digest'] ?? ''
}

function runDeploy(inputs: Record<string, string>) {
  return runAction(sample.directory, {
    mode: 'deploy',
    images: image,
    tags: 'live',
    dockerfile: sample.dockerfile,
    builder: builder.name,
    verify: 'none',
    ...inputs,
  })
}

function rollback(inputs: Record<string, string> = {}, env: Record<string, string> = {}) {
  return runAction(empty, { mode: 'rollback', images: image, tags: 'live', ...inputs }, env)
}

const live = () => registry.digestOf(image, 'live')

describe('a rollback', () => {
  test('goes back to the predecessor that the image records, and again to the one before, never forward', async () => {
    const [a, b, c] = [await deploy('a'), await deploy('b'), await deploy('c')]
    expect(await live()).toBe(c)

    const first = await rollback({ 'report-file': 'report.json' })
    expect([first.exitCode, await live()]).toEqual([0, b])
    expect(first.outputs).toMatchObject({
      image: `${image}@${b}`,
      digest: b,
      tags: JSON.stringify([`${image}:live`]),
      'previous-digest': c,
      'services-loaded': '4',
      'services-missing': '0',
    })
    const moved = `Moved back to ${b}: ${image}:live from ${c}.`
    expect(first.log).toContain(`note  ${moved}`)
    expect(first.log).toContain(`tag  ${image}:live (before: ${c})`)
    expect(first.log).toContain('1 tag moved; 4 of 4 services proven')
    expect(first.summary).toContain(moved)
    const report = JSON.parse(readFileSync(join(empty, 'report.json'), 'utf8')) as { image: unknown }
    expect(report.image).toMatchObject({ digest: b, tags: [`${image}:live`], previousDigest: c })

    expect([(await rollback()).exitCode, await live()]).toEqual([0, a])

    const atTheFirst = await rollback()
    expect([atTheFirst.exitCode, await live()]).toEqual([1, a])
    expect(atTheFirst.log).toMatch(
      /^::error::rollback failed in stage tags: sha256:\S+, where the tags point now, records no predecessor .*: give `to` the digest/m,
    )

    // The next deploy takes what is live as its predecessor, not what was taken back.
    const d = await deploy('d')
    expect([(await rollback()).exitCode, await live()]).toEqual([0, a])
    expect(d).not.toBe(a)
  })

  test('goes to the digest that is asked for, also from a terminal, and once there has nothing to do', async () => {
    const [a] = [await deploy('a'), await deploy('b'), await deploy('c')]
    const flags = ['--images', image, '--tags', 'live', '--to', a]
    const dry = await runCli(['rollback', '.', ...flags, '--dry-run'], empty)
    expect([dry.exitCode, dry.text]).toEqual([
      0,
      expect.stringContaining(`Dry run: would prove ${image}@${a}, and then move back to it: ${image}:live`),
    ])
    expect(await live()).not.toBe(a)

    expect((await runCli(['rollback', '.', ...flags], empty)).exitCode).toBe(0)
    expect(await live()).toBe(a)

    const again = await rollback({ to: a })
    expect([again.exitCode, again.outputs['tags']]).toEqual([0, '[]'])
    expect(again.log).toContain(`Nothing to do: ${image}:live already points at ${a}.`)
  })

  test('moves every tag of every image, and leaves the tag of the commit where it is', async () => {
    const other = registry.newImage()
    const images = `${image}, ${other}`
    const a = await deploy('a', { images, tags: 'main' })
    const b = await deploy('b', { images, tags: 'main, sha-0123456789ab' })
    const result = await rollback(
      { images, tags: '' },
      { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: '0'.repeat(40) },
    )
    expect([result.exitCode, result.outputs['tags']]).toEqual([
      0,
      JSON.stringify([`${image}:main`, `${other}:main`]),
    ])
    for (const name of [image, other]) {
      expect(await registry.digestOf(name, 'main')).toBe(a)
      expect(await registry.digestOf(name, 'sha-0123456789ab')).toBe(b)
    }
  })

  test('of an image that fails its own proof moves nothing, and names what fails', async () => {
    const sound = await deploy('a')
    sample.put(AUDIT, "throw new Error('AUDIT_TOKEN is not set')")
    const broken = await deploy('b')
    sample.put(AUDIT, "module.exports = { name: 'plugin:com.example.audit', actions: {} }")
    const mended = await deploy('c')

    const result = await rollback()
    expect([result.exitCode, await live(), result.outputs['tags']]).toEqual([1, mended, '[]'])
    expect(result.outputs['services-missing']).toBe('1')
    expect(result.log).toMatch(
      /^::error::rollback failed in stage proof: the image does not load plugins\/com\.example\.audit\/\S+ \(1 of 4 services\); no tag was moved$/m,
    )
    expect(result.summary).toContain('threw while it was constructed')

    const unproven = await rollback({ verify: 'none' })
    expect([unproven.exitCode, await live()]).toEqual([0, broken])
    expect(unproven.log).toContain('note  The services of the image were not proven: verify is none.')
    expect([(await rollback({ to: sound })).exitCode, await live()]).toEqual([0, sound])
  })

  test('of an image that offers a plugin without its bundle, or has no server to start, moves nothing', async () => {
    sample.put('public/plugins/com.example.tickets', '')
    sample.put('moleculer.config.js', { link: 'nowhere.js' })
    await deploy('a')
    sample.remove()
    sample = createQuickSample(base)
    const sound = await deploy('b')
    const result = await rollback()
    expect([result.exitCode, await live()]).toEqual([1, sound])
    expect(result.log).toMatch(/failed in stage proof: the image has no server\/dist\/moleculer\.config\.js/)
    expect(result.log).toContain(
      'the image offers com.example.tickets, but its plugins/com.example.tickets/index.js is missing',
    )
  })

  test('of an image whose plugin throws in the browser moves nothing, unless the browser is off', async () => {
    const theme = 'public/plugins/com.example.theme/index.js'
    const text = (body: string): string =>
      `definePlugin('@plugins/com.example.theme', [], function () { ${body} })`
    sample.put(theme, text("throw new Error('boom')"))
    const broken = await deploy('a')
    sample.put(theme, text(''))
    const mended = await deploy('b')

    const result = await rollback({ browser: 'require', 'report-file': 'report.json' })
    expect([result.exitCode, await live(), result.outputs['tags']]).toEqual([1, mended, '[]'])
    expect(result.log).toMatch(
      /^::error::rollback failed in stage browser: com\.example\.theme of the image fail in the browser; no tag was moved/m,
    )
    const report = JSON.parse(readFileSync(join(empty, 'report.json'), 'utf8')) as { browser: unknown }
    expect(report.browser).toMatchObject({
      plugins: expect.arrayContaining([
        expect.objectContaining({
          name: 'com.example.theme',
          evaluated: false,
          reason: expect.stringContaining('boom') as unknown,
        }),
      ]) as unknown,
    })

    expect([(await rollback({ browser: 'off' })).exitCode, await live()]).toEqual([0, broken])
  })

  test('moves nothing when somebody else deploys while it proves', async () => {
    await deploy('a')
    await deploy('b')
    const c = await deploy('c', { tags: 'other' })
    const proxy = await startProxy()
    let moved: Promise<void> | undefined
    // The engine gets the image that is proven; it has none of its layers' configuration before that.
    proxy.decide = ({ method, path }) => {
      if (method === 'GET' && path.includes('/blobs/')) moved ??= registry.pointTag(image, 'live', c)
      return undefined
    }
    const result = await rollback({ images: image.replace(registry.HOST, proxy.host) })
    await proxy.close()
    await moved
    expect([result.exitCode, await live(), result.outputs['services-loaded']]).toEqual([1, c, '4'])
    expect(result.log).toMatch(
      /^::error::rollback failed in stage tags: \S+:live was moved to sha256:\S+ by another run in the meantime, so no tag was moved/m,
    )
  })

  test('refuses what it cannot do before anything moves, with what to do', async () => {
    await deploy('a')
    const b = await deploy('b')
    const elsewhere = await deploy('c', { tags: 'other' })
    const tags = await registry.tagsOf(image)
    const refused: [Record<string, string>, RegExp][] = [
      [
        { tags: 'gone, live' },
        /stage tags: the container registry has no \S+:gone: .* name only those in `tags`/,
      ],
      [
        { to: NO_SUCH_DIGEST },
        /stage tags: the container registry has no \S+@sha256:0{64}: give `to` a digest that it has/,
      ],
      [
        { tags: 'live, other' },
        /stage tags: the tags point at different images .* or name in `tags` only those that belong together/,
      ],
      [{ tags: 'a b' }, /stage prepare: "a b" is not a tag/],
      [{ tags: '' }, /stage prepare: no tag is given/],
    ]
    for (const [inputs, message] of refused) {
      const result = await rollback(inputs)
      expect([result.exitCode, result.log]).toEqual([1, expect.stringMatching(message)])
    }
    const noDigest = await rollback({ to: 'live' })
    expect([noDigest.exitCode, noDigest.log]).toEqual([
      1,
      expect.stringMatching(/^::error::to: found "live"/m),
    ])
    expect([await live(), await registry.digestOf(image, 'other'), await registry.tagsOf(image)]).toEqual([
      b,
      elsewhere,
      tags,
    ])
    // Asked for by its digest, tags from different places go to one.
    expect((await rollback({ tags: 'live, other', to: b })).exitCode).toBe(0)
    expect(await registry.digestOf(image, 'other')).toBe(b)
  })
})

describe('a deploy that removes plugins', () => {
  test('names them, and stops before it builds if most of them would go, unless allow-removal names them', async () => {
    const first = await deploy('a')
    // What is wrong in what is left is no subject here.
    const left = { 'fail-on': 'never' }
    const remove = (directory: string): void => rmSync(join(sample.directory, directory), { recursive: true })
    remove('server/plugins/com.example.polls')
    const second = await runDeploy({ ...left, 'report-file': 'report.json' })
    const polls =
      'the plugin com.example.polls; the front end com.example.polls; services plugin:com.example.polls, plugin:com.example.polls.archive.'
    const note = `note  This deploy removes from ${image}:live: ${polls}`
    expect([second.exitCode, second.log]).toEqual([0, expect.stringContaining(note)])
    expect(second.summary).toContain(polls)
    const report = JSON.parse(readFileSync(join(sample.directory, 'report.json'), 'utf8')) as object
    expect(report).toHaveProperty('removed', [
      { kind: 'plugin', name: 'com.example.polls', from: `${image}:live` },
      { kind: 'front end', name: 'com.example.polls', from: `${image}:live` },
      { kind: 'service', name: 'plugin:com.example.polls', from: `${image}:live` },
      { kind: 'service', name: 'plugin:com.example.polls.archive', from: `${image}:live` },
    ])
    const now = await live()
    expect(now).not.toBe(first)

    for (const name of readdirSync(join(sample.directory, 'client/web/plugins')))
      remove(`client/web/plugins/${name}`)
    for (const inputs of [{}, { 'dry-run': 'true' }]) {
      const stopped = await runDeploy({ ...left, ...inputs })
      expect([stopped.exitCode, stopped.outputs['digest'], await live()]).toEqual([1, '', now])
      expect(stopped.log).toMatch(
        /^::error::deploy failed in stage removal: it would remove 3 of 4 front ends from \S+:live \(.*com\.example\.theme.*\); no tag was moved/m,
      )
    }
    const allowed = await runDeploy({ ...left, 'allow-removal': 'all' })
    expect([allowed.exitCode, allowed.outputs['digest']]).toEqual([0, await live()])
    expect(await live()).not.toBe(now)
  })

  test('reports an image at the tag that records no plugins', async () => {
    const name = base.slice(0, base.lastIndexOf(':'))
    const result = await runDeploy({ images: name, tags: 'base', 'dry-run': 'true' })
    expect(result.exitCode).toBe(0)
    expect(result.log).toContain(`what this deploy removes from ${base}: the image there records no plugins`)
  })

  test('is not compared in a dry run where the container registry does not answer', async () => {
    const images = '127.0.0.1:1/e2e/tailchat'
    const dry = await runDeploy({ images, tags: 'live', 'dry-run': 'true' })
    expect(dry.exitCode).toBe(0)
    expect(dry.log).toMatch(/what this deploy removes from its tags \(/)
  })
})
