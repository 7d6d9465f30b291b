import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { type Container, startServer } from '../support/container.js'
import { withServer } from '../support/http-server.js'
import { createQuickSample, pushBase, type QuickSample } from '../support/quick.js'
import * as registry from '../support/registry.js'
import { runAction, runCli } from '../support/run-action.js'

jest.setTimeout(15 * 60 * 1000)

const SERVICES = ['audit', 'polls', 'polls.archive', 'tickets'].map((name) => `plugin:com.example.${name}`)
const THEME = '/plugins/com.example.theme/index.js'

let sample: QuickSample
let image: string
/** What was deployed first, and what is deployed now. */
let before: string
let deployed: string
let commit: string
let server: Container | undefined
/** A status needs no checkout. */
const empty = mkdtempSync(join(tmpdir(), 'empty-'))

async function deploy(): Promise<string> {
  const result = await runAction(sample.directory, {
    mode: 'deploy',
    // Its bundles are no code that a client could evaluate.
    images: image,
    tags: 'live',
    dockerfile: sample.dockerfile,
    verify: 'none',
  })
  expect([result.exitCode, result.log]).toEqual([0, expect.not.stringMatching(/^::error/m)])
  return result.outputs['image'] ?? ''
}

beforeAll(async () => {
  await registry.answers()
  sample = createQuickSample(pushBase())
  image = registry.newImage()
  before = await deploy()
  sample.put('public/plugins/com.example.theme/index.js', "definePlugin('@plugins/com.example.theme', [], 2)")
  commit = sample.commit()
  deployed = await deploy()
})
afterEach(() => {
  server?.remove()
  server = undefined
})
afterAll(() => {
  sample.remove()
  rmSync(empty, { recursive: true })
})

function start(...given: Parameters<typeof startServer>): string {
  server = startServer(...given)
  return server.url
}

function status(url: string, inputs: Record<string, string> = {}, directory = empty) {
  return runAction(directory, {
    mode: 'status',
    'live-url': url,
    'live-timeout': '60',
    images: image,
    tags: 'live',
    'report-file': 'report.json',
    ...inputs,
  })
}

function reportIn(directory = empty): Report {
  return JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')) as Report
}

describe('a live server', () => {
  test('that runs the image is whole, and said to be so without a checkout', async () => {
    const result = await status(start(deployed))
    expect([result.exitCode, result.log]).toEqual([
      0,
      expect.not.stringMatching(/^::(error|warning|notice)/m),
    ])
    expect(result.outputs).toMatchObject({
      'services-loaded': '4',
      'services-missing': '0',
      'live-missing': '[]',
      'live-stale': '[]',
    })
    const { live, services } = reportIn()
    expect(services.map(({ name, loaded }) => [name, loaded])).toEqual(SERVICES.map((name) => [name, true]))
    expect(live).toMatchObject({
      reference: `the image ${deployed}`,
      version: commit,
      gateway: 'new',
      listed: ['config', 'gateway', ...SERVICES],
    })
    expect(live?.files.served).toEqual(expect.arrayContaining([THEME, '/registry.json', '/registry-be.json']))
    expect(result.summary).toContain('### Services: 4 of 4 listed by the live server')
    expect(result.summary).toContain('### Live server')
  })

  test('that lacks the plugins’ services is found, with the source of each where there is a checkout', async () => {
    const result = await status(
      start(deployed, { SERVICEDIR: 'services' }),
      { 'live-timeout': '20' },
      sample.directory,
    )
    expect(result.exitCode).toBe(1)
    expect(JSON.parse(result.outputs['live-missing'] ?? '')).toEqual(SERVICES)
    expect(result.log).toMatch(
      /^::error[^\n]*live\/service-missing[^\n]*audit\.service\.ts[^\n]*did not list it within 20 s/m,
    )
    expect(result.log).toMatch(
      /^::error::status failed in stage status: the running server lacks plugin:com/m,
    )
  })

  test('that still runs the image before is found', async () => {
    const result = await status(start(before), { 'live-timeout': '20' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(
      /^::error[^\n]*live\/gateway-old[^\n]*its version is [0-9a-f]{40}, and that of the image is [0-9a-f]{40}/m,
    )
    expect(JSON.parse(result.outputs['live-stale'] ?? '')).toEqual([THEME])
  })

  test('that serves a page in the place of a bundle is found', async () => {
    const hidden = `--tmpfs=/app/tailchat/server/dist/public/plugins/com.example.theme`
    const result = await status(start(deployed, {}, hidden), { 'live-timeout': '20' })
    expect(result.exitCode).toBe(1)
    expect(JSON.parse(result.outputs['live-stale'] ?? '')).toContain(THEME)
    expect(result.log).toMatch(/^::error[^\n]*live\/file-differs[^\n]*answered with 200 text\/html/m)
  })

  test('behind a CDN that has two answers is found', async () => {
    const url = start(deployed)
    let times = 0
    await withServer(
      (request, response) => {
        // Every second time, the bundle is that of the image before.
        if (request.url === THEME && ++times % 2 === 0)
          return void response.writeHead(200, { 'content-type': 'application/javascript' }).end('old')
        void fetch(`${url}${request.url}`)
          .then(async (answer) => {
            response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
            response.end(Buffer.from(await answer.arrayBuffer()))
          })
          // The server is still starting.
          .catch(() => response.writeHead(502).end())
      },
      async (cdn) => {
        const result = await status(cdn, { 'live-timeout': '10' })
        expect(result.exitCode).toBe(1)
        expect(JSON.parse(result.outputs['live-stale'] ?? '')).toEqual([THEME])
        expect(result.log).toMatch(
          /^::error[^\n]*live\/file-differs[^\n]*is only sometimes the file of the image/m,
        )
      },
    )
  })

  test('is compared with the checkout where no image is named, and only shown without both', async () => {
    const url = start(deployed)
    const withCheckout = await status(url, { images: '', tags: '' }, sample.directory)
    expect([withCheckout.exitCode, withCheckout.outputs['services-loaded']]).toEqual([0, '4'])
    expect(reportIn(sample.directory).live?.files.served).toHaveLength(7)

    const only = await runCli(['status', '--live-url', url], empty)
    expect(only).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/version [0-9a-f]{40}, up for[^]*nothing was judged/),
    })
    for (const name of SERVICES) expect(only.text).toContain(name)
  })

  test('that does not answer fails the step', async () => {
    const result = await status('http://127.0.0.1:1', { 'live-timeout': '1' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/^::error[^\n]*live\/gateway-silent/m)
    expect(result.log).toContain('status failed in stage status: the server does not answer /health')
  })

  test('cannot put anything into the log or the summary', async () => {
    const evil = '::error::pwned\n::set-output name=x::y\u001b[2J`</code><script>alert(1)</script>'
    const body = JSON.stringify({ services: [`plugin:${evil}`], version: evil, process: { uptime: 1 } })
    await withServer(
      (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      async (url) => {
        const result = await status(url, { 'live-timeout': '1' })
        expect(result.log).not.toMatch(/^::error::pwned|^::set-output/m)
        expect(result.log).not.toContain('\u001b')
        expect(result.summary).not.toContain('<script>')
      },
    )
  })

  test('is not asked for a pull request of a fork', async () => {
    let asked = 0
    const event = join(empty, 'event.json')
    writeFileSync(
      event,
      JSON.stringify({
        pull_request: {
          number: 1,
          head: { repo: { full_name: 'eve/tailchat' } },
          base: { repo: { full_name: 'acme/tailchat' } },
        },
      }),
    )
    await withServer(
      (_request, response) => {
        asked++
        response.end()
      },
      async (url) => {
        const result = await runAction(
          sample.directory,
          { mode: 'status', 'live-url': url },
          { GITHUB_EVENT_PATH: event, GITHUB_EVENT_NAME: 'pull_request' },
        )
        expect(result.log).toContain('Checked only, though mode is status')
        expect(asked).toBe(0)
      },
    )
  })
})
