import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Builder, createBuilder } from '../support/builder.js'
import { createQuickSample, pushBase, type QuickSample } from '../support/quick.js'
import * as registry from '../support/registry.js'
import { type ActionResult, runAction } from '../support/run-action.js'

jest.setTimeout(5 * 60 * 1000)

let base: string
let builder: Builder
let sample: QuickSample
let image: string
let directory: string

beforeAll(async () => {
  await registry.answers()
  base = pushBase()
  builder = createBuilder()
})
afterAll(() => builder.remove())

beforeEach(() => {
  sample = createQuickSample(base)
  image = registry.newImage()
  directory = mkdtempSync(join(tmpdir(), 'cache-'))
})
afterEach(() => {
  sample.remove()
  rmSync(directory, { recursive: true })
})

function deploy(inputs: Record<string, string>): Promise<ActionResult> {
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

const cacheNotes = ({ log }: ActionResult): string[] => log.match(/^note {2}Cache: .*$/gm) ?? []

describe('a build cache', () => {
  test('is written to where cache-to says, and read from where cache-from says', async () => {
    const local = join(directory, 'local')
    const written = await deploy({
      'cache-to': `type=registry,ref=${image}:cache,mode=max\ntype=local,dest=${local}`,
    })
    expect([written.exitCode, cacheNotes(written)]).toEqual([0, []])
    expect(await registry.tagsOf(image)).toEqual(['cache', 'live'])
    expect(existsSync(join(local, 'index.json'))).toBe(true)

    const read = await deploy({ 'cache-from': `type=registry,ref=${image}:cache\ntype=local,src=${local}` })
    expect([read.exitCode, cacheNotes(read)]).toEqual([0, []])
    expect(read.log).toContain(`importing cache manifest from ${image}:cache`)
    expect(read.log).toContain('importing cache manifest from local:')
    expect(read.outputs['digest']).toBe(written.outputs['digest'])
  })

  test('that cannot be read or written is a line in the report, and the image is deployed', async () => {
    const corrupt = join(directory, 'corrupt')
    mkdirSync(corrupt)
    writeFileSync(join(corrupt, 'index.json'), 'nonsense')
    writeFileSync(join(directory, 'file'), '')
    const result = await deploy({
      'cache-from': `${image}:none\ntype=registry,ref=127.0.0.1:1/e2e/cache\ntype=local,src=${corrupt}`,
      'cache-to': `type=registry,ref=127.0.0.1:1/e2e/cache\ntype=local,dest=${directory}/file/cache`,
    })
    expect(result.exitCode).toBe(0)
    expect(await registry.digestOf(image, 'live')).toBe(result.outputs['digest'])
    expect(cacheNotes(result).sort()).toEqual(
      [
        `${directory}/file/cache cannot be written .ENOTDIR.`,
        'exporting cache to registry failed, .*connection refused',
        'importing cache manifest from 127.0.0.1:1/e2e/cache(?::latest)? failed, .*connection refused',
        `importing cache manifest from ${image}:none failed, .*not found`,
        `local cache import at ${corrupt} not found`,
      ].map((line) => expect.stringMatching(new RegExp(`^note {2}Cache: ${line}`))),
    )
    expect(result.summary).toContain('exporting cache to registry failed')
  })
})
