import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { type Builder, createBuilder } from '../support/builder.js'
import * as registry from '../support/registry.js'
import { runAction } from '../support/run-action.js'
import { createSample, type Sample } from '../support/sample.js'

jest.setTimeout(10 * 60 * 1000)

let builder: Builder
let sample: Sample
let image: string

beforeAll(async () => {
  await registry.answers()
  builder = createBuilder()
})
afterAll(() => builder.remove())

beforeEach(() => {
  sample = createSample()
  image = registry.newImage()
})
afterEach(() => sample.remove())

function deploy(inputs: Record<string, string> = {}) {
  return runAction(sample.directory, {
    mode: 'deploy',
    images: image,
    tags: 'live',
    builder: builder.name,
    ...inputs,
  })
}

describe('a builder that is not the engine’s own', () => {
  test('pushes by digest, is proven from the container registry, and gives the same digest twice', async () => {
    const first = await deploy()
    expect(first.log).not.toMatch(/^::error/m)
    expect(first.exitCode).toBe(0)
    const { digest } = first.outputs
    expect(first.log).toContain(`Proving 4 services in ${image}@${digest}`)
    expect(first.outputs).toMatchObject({ 'services-loaded': '4', 'previous-digest': '' })
    expect(await registry.digestOf(image, 'live')).toBe(digest)
    expect(await registry.platformsOf(image, 'live')).toEqual([expect.stringMatching(/^linux\//)])

    const again = await deploy()
    expect(again.outputs['digest']).toBe(digest)
    expect(again.outputs['previous-digest']).toBe(digest)
  })

  test('records the predecessor on the image, and the same input still gives the same digest', async () => {
    const dockerfile = 'quick.Dockerfile'
    const quick = (label: string) =>
      deploy({ dockerfile, verify: 'none', labels: `version=${label}`, tags: 'live' })
    sample.write(dockerfile, 'FROM scratch\nCOPY package.json /\n')
    const [first, second, secondAgain, third] = [
      await quick('1'),
      await quick('2'),
      await quick('2'),
      await quick('3'),
    ].map(({ outputs }) => outputs['digest'] ?? '')
    expect(secondAgain).toBe(second)
    expect(new Set([first, second, third]).size).toBe(3)
    const recorded = async (digest = '') =>
      (await registry.labelsOf(image, digest))['tailchat-plugin-deploy.previous-digest']
    expect([await recorded(first), await recorded(second), await recorded(third)]).toEqual([
      '',
      first,
      second,
    ])
  })

  test('push: false loads the image into the engine, where it is proven', async () => {
    const result = await deploy({ push: 'false' })
    expect(result.log).not.toMatch(/^::error/m)
    expect(result.outputs['services-loaded']).toBe('4')
    expect(await registry.tagsOf(image)).toEqual([])
  })

  test('push: false with several platforms is refused: an engine can load only one', async () => {
    const result = await deploy({ push: 'false', platforms: 'linux/amd64, linux/arm64' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/^::error::deploy failed in stage image: .*can load one platform only/m)
  })
})
