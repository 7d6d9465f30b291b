import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { type Builder, createBuilder } from '../support/builder.js'
import { withPullRequest } from '../support/publishing.js'
import { createQuickSample, pushBase, type QuickSample } from '../support/quick.js'
import * as registry from '../support/registry.js'
import { type ActionResult, runAction } from '../support/run-action.js'

jest.setTimeout(15 * 60 * 1000)

let base: string
let builder: Builder

beforeAll(async () => {
  await registry.answers()
  base = pushBase()
  builder = createBuilder()
})
afterAll(() => builder.remove())

const samples: QuickSample[] = []
afterEach(() => samples.splice(0).forEach((sample) => sample.remove()))

function newSample(): QuickSample {
  const sample = createQuickSample(base)
  samples.push(sample)
  return sample
}

function deploy(
  sample: QuickSample,
  image: string,
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<ActionResult> {
  return runAction(
    sample.directory,
    {
      mode: 'deploy',
      images: image,
      tags: 'live',
      dockerfile: sample.dockerfile,
      builder: builder.name,
      browser: 'require',
      'report-file': 'report.json',
      ...inputs,
    },
    env,
  )
}

function reportOf({ directory }: QuickSample): Report {
  return JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')) as Report
}

test('a tag moves when every front end of the image evaluates in its own client, with mini-star', async () => {
  const image = registry.newImage()
  const sample = newSample()
  sample.put(
    'public/plugins/com.example.theme/index.js',
    "definePlugin('@plugins/com.example.theme', [], function () { fetch('https://api.example.com/').catch(function () {}) })",
  )
  const result = await deploy(sample, image)
  expect({ exitCode: result.exitCode, log: result.log.slice(-2000) }).toMatchObject({ exitCode: 0 })
  expect(JSON.parse(result.outputs['tags'] ?? '')).toEqual([`${image}:live`])
  const { browser, plugins: reported, notLookedAt } = reportOf(sample)
  expect(notLookedAt).toEqual([])
  expect(reported.find(({ name }) => name === 'com.example.theme')?.privileges).toContainEqual({
    kind: 'host',
    name: 'api.example.com',
    conditional: false,
  })
  expect(browser).toMatchObject({ notJudged: [], hosted: [] })
  const plugins = browser && 'plugins' in browser ? browser.plugins : []
  expect(plugins.map(({ name, evaluated, reason }) => ({ name, evaluated, reason }))).toEqual(
    ['intro', 'polls', 'stats', 'theme', 'tickets'].map((name) => ({
      name: `com.example.${name}`,
      evaluated: true,
      reason: undefined,
    })),
  )
})

test('the deploy of a pull request says which hosts plugins contact that they did not contact in the previous image', async () => {
  const image = registry.newImage()
  const sample = newSample()
  const contacting = (host: string): void =>
    sample.put(
      'public/plugins/com.example.theme/index.js',
      `definePlugin('@plugins/com.example.theme', [], function () { fetch('https://${host}/').catch(function () {}) })`,
    )
  contacting('old.example.com')
  const { exitCode, outputs } = await deploy(sample, image)
  expect(exitCode).toBe(0)
  contacting('new.example.com')
  const result = await withPullRequest('acme/tailchat', (env) => deploy(sample, image, {}, env))
  expect({ exitCode: result.exitCode, log: result.log.slice(-2000) }).toMatchObject({ exitCode: 0 })
  expect(reportOf(sample).browser).toMatchObject({
    hosts: {
      comparedWith: `${image}@${outputs['digest']}`,
      plugins: [{ name: 'com.example.theme', gained: ['new.example.com'], lost: ['old.example.com'] }],
    },
  })
  expect(result.summary).toContain(
    '| <code>com.example.theme</code> | <code>new.example.com</code> | <code>old.example.com</code> |',
  )
})

test('no tag moves when a plugin throws in the browser, though its bundle is sound to the eye', async () => {
  const image = registry.newImage()
  const sample = newSample()
  sample.put(
    'public/plugins/com.example.theme/index.js',
    "definePlugin('@plugins/com.example.theme', [], function () { throw new Error('boom') })",
  )
  const result = await deploy(sample, image)
  expect(result.exitCode).toBe(1)
  expect(result.outputs['tags']).toBe('[]')
  expect(reportOf(sample)).toMatchObject({
    failure: { stage: 'browser' },
    findings: expect.arrayContaining([
      expect.objectContaining({
        rule: 'browser/plugin-fails',
        plugin: 'com.example.theme',
        message: expect.stringContaining('boom') as unknown,
      }),
    ]) as unknown,
  })
})

test('without a Chrome the deploy goes on and says so, unless there must be one', async () => {
  const env = { CHROME_PATH: '/nowhere/chrome' }
  const image = registry.newImage()
  const sample = newSample()
  const required = await deploy(sample, image, {}, env)
  expect(required.exitCode).toBe(1)
  expect(required.outputs['tags']).toBe('[]')
  const result = await deploy(sample, image, { browser: 'auto' }, env)
  expect(result.exitCode).toBe(0)
  expect(reportOf(sample)).toMatchObject({
    browser: { reason: expect.stringContaining('CHROME_PATH') as unknown },
    notLookedAt: [expect.stringContaining('whether front ends evaluate in a browser') as unknown],
  })
})
