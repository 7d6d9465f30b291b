import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import { digestOf } from '../../src/docker/registry.js'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import { type Asked, type Decision, type Fault, startProxy } from '../support/proxy.js'
import { quickDeploys } from '../support/quick-deploys.js'
import * as registry from '../support/registry.js'
import { runAction } from '../support/run-action.js'

jest.setTimeout(5 * 60 * 1000)

const LOGIN = { username: 'someone', password: 'pa55-of-the-test' }

/** The image by the container registry's own host. */
let atRegistry: string

const at = quickDeploys(LOGIN)

beforeEach(() => {
  atRegistry = at.image.replace(at.proxy.host, registry.HOST)
})

function inputsOf(more: Record<string, string> = {}): Record<string, string> {
  return {
    mode: 'deploy',
    images: at.image,
    tags: 'one, two',
    dockerfile: at.sample.dockerfile,
    builder: at.builder.name,
    verify: 'none',
    registry: at.proxy.host,
    ...LOGIN,
    ...more,
  }
}

/** Deploys an image that differs from the one before; gives its digest. */
async function deploy(version: string, more: Record<string, string> = {}): Promise<string> {
  at.sample.put('version.txt', version)
  const result = await runAction(at.sample.directory, inputsOf(more))
  expect([result.exitCode, result.log]).toEqual([0, expect.not.stringMatching(/^::error/m)])
  return result.outputs['digest'] ?? ''
}

/** The same in this process, where nobody waits for half a minute between tries. */
function deployImpatiently(version: string, log: string[] = []) {
  at.sample.put('version.txt', version)
  const given = inputsOf()
  return runPipeline(
    parseInputs((name) => given[name] ?? ''),
    {
      root: at.sample.directory,
      event: readEvent({}),
      rulesUrl: '',
      log: (line) => log.push(line),
      retryDelays: [10, 20, 30],
    },
  )
}

const tagsNow = async () => [
  await registry.digestOf(atRegistry, 'one'),
  await registry.digestOf(atRegistry, 'two'),
]

const isAbout =
  (method: string, path: RegExp) =>
  (asked: Asked): boolean =>
    asked.method === method && path.test(asked.path)
const movesTwo = isAbout('PUT', /\/manifests\/two$/)

/** Every kind of request that a deploy makes, each of which can fail on its own. */
const requests: Record<string, (asked: Asked) => boolean> = {
  'where a tag points': isAbout('HEAD', /\/manifests\/one$/),
  'the start of a blob': isAbout('POST', /\/blobs\/uploads\//),
  'the end of a blob': isAbout('PUT', /\/blobs\/uploads\//),
  'the manifest, by its digest': isAbout('PUT', /\/manifests\/sha256:/),
  'a manifest’s content': isAbout('GET', /\/manifests\/sha256:/),
  'the second tag': movesTwo,
}

const passing: Record<string, Fault> = {
  '429, with the time to wait': { status: 429, headers: { 'retry-after': '1' } },
  '500': { status: 500 },
  '502': { status: 502, body: '<html>Bad Gateway</html>' },
  'a connection that ends': 'drop',
  'a token that has expired': 'expire',
}

/** The fault for the first request of each kind; the kinds that were met are written down. */
function onceEach(fault: Fault, met: Set<string>): Decision {
  return (asked) => {
    const kind = Object.keys(requests).find((name) => !met.has(name) && requests[name]?.(asked))
    if (kind === undefined) return undefined
    met.add(kind)
    return fault
  }
}

describe('a container registry that fails in a way that passes', () => {
  test.each(Object.keys(passing))(
    '%s: once for each kind of request, and the deploy goes on',
    async (kind) => {
      await deploy('a')
      const met = new Set<string>()
      at.proxy.decide = onceEach(passing[kind] as Fault, met)
      const digest = await deploy('b')
      expect([...met].sort()).toEqual(Object.keys(requests).sort())
      expect(await tagsNow()).toEqual([digest, digest])
    },
  )

  test('502 while the engine’s own builder pushes', async () => {
    const met = new Set<string>()
    at.proxy.decide = onceEach({ status: 502 }, met)
    const digest = await deploy('a', { builder: 'default' })
    expect([...met]).toEqual(expect.arrayContaining(['the start of a blob', 'the second tag']))
    expect(await tagsNow()).toEqual([digest, digest])
  })
})

describe('tags that cannot all be moved', () => {
  test('for a reason that does not pass: none has moved, and the command and its last lines are there', async () => {
    const before = await deploy('a')
    at.proxy.decide = (asked) =>
      movesTwo(asked)
        ? { status: 403, body: '{"errors":[{"code":"DENIED","message":"two is a protected tag"}]}' }
        : undefined
    at.sample.put('version.txt', 'b')
    const result = await runAction(at.sample.directory, inputsOf())
    expect([result.exitCode, result.outputs['tags']]).toEqual([1, '[]'])
    expect(result.log).toMatch(
      /^::error::deploy failed in stage tags: \S+:two was not moved: .*403 Forbidden.*Put back: \S+:one; every tag points where it did before$/m,
    )
    expect(result.summary).toContain('Last lines of tags')
    expect(result.summary).toMatch(/^\$ docker buildx imagetools create .*:two /m)
    expect(await tagsNow()).toEqual([before, before])
    expect(await registry.digestOf(atRegistry, result.outputs['digest'] ?? '')).toBe(result.outputs['digest'])
  })

  test('in a rollback: none has moved', async () => {
    await deploy('a')
    const before = await deploy('b')
    at.proxy.decide = (asked) => (movesTwo(asked) ? { status: 403 } : undefined)
    const result = await runAction(at.sample.directory, inputsOf({ mode: 'rollback' }))
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(
      /^::error::rollback failed in stage tags: .*every tag points where it did before$/m,
    )
    expect(await tagsNow()).toEqual([before, before])
  })

  test('for one that should pass and does not: it is tried again and again, and then none has moved', async () => {
    const before = await deploy('a')
    let tries = 0
    at.proxy.decide = (asked) => {
      if (!movesTwo(asked)) return undefined
      tries++
      return { status: 502 }
    }
    const log: string[] = []
    const report = await deployImpatiently('b', log)
    expect(report.failure).toMatchObject({
      stage: 'tags',
      message: expect.stringMatching(
        /502 Bad Gateway.* \(tried 4 times\)\. Put back: \S+:one; every tag points/,
      ),
      details: expect.arrayContaining([expect.stringMatching(/^\$ docker buildx imagetools create /)]),
    })
    expect(log.filter((line) => /502 Bad Gateway: trying again in 0\.0\d s$/.test(line))).toHaveLength(3)
    expect(tries).toBeGreaterThanOrEqual(4)
    expect(await tagsNow()).toEqual([before, before])
  })

  test('because it took a tag and answered 404: the message says that the tag may exist', async () => {
    const isAboutTwo = ({ path }: Asked): boolean => /\/manifests\/two$/.test(path)
    at.proxy.decide = (asked) =>
      isAboutTwo(asked) ? { status: 404, ...(asked.method === 'PUT' && { takes: true }) } : undefined
    const report = await deployImpatiently('b')
    expect(report.failure?.message).toMatch(
      /:two was not moved: .*404 Not Found.*:two may exist: the container registry was asked to create it, .*remove it if it exists/,
    )
    expect(report.failure?.message).not.toMatch(/No tag was moved|[Ee]very tag points/)
    expect(await tagsNow()).toEqual([report.image?.digest, report.image?.digest])
  })

  test('because the container registry does not answer: each question has a time limit', async () => {
    const silent = await startProxy()
    silent.decide = () => 'hang'
    const [onLine, onContainer] = [() => undefined, () => undefined]
    const docker = { env: {}, onLine, builder: '', retryDelays: [10], registrySeconds: 2, onContainer }
    try {
      const asking = digestOf(docker, `${silent.host}/tailchat:one`)
      await expect(asking).rejects.toThrow('took longer than 2 s')
      expect(silent.asked.length).toBeGreaterThan(0)
    } finally {
      await silent.close()
    }
  })

  test('because the container registry went away half-way: what points where is said, and what to do', async () => {
    const before = await deploy('a')
    let gone = false
    at.proxy.decide = (asked) => {
      gone ||= movesTwo(asked)
      return gone ? 'drop' : undefined
    }
    const report = await deployImpatiently('b')
    expect(report.failure?.message).toMatch(
      new RegExp(`${at.image}:one may point at the new image .*: point it at ${at.image}@${before} again`),
    )
    // It could not be asked to put it back, and so the report says.
    expect(report.image?.tags).toEqual([`${at.image}:one`])
    expect(await tagsNow()).toEqual([report.image?.digest, before])
  })
})

test('a job summary that cannot be written after the tags moved does not fail the deploy', async () => {
  at.sample.put('version.txt', 'a')
  const result = await runAction(at.sample.directory, inputsOf(), {
    GITHUB_STEP_SUMMARY: '/proc/none/summary',
  })
  expect({ exitCode: result.exitCode, log: result.log }).toMatchObject({
    exitCode: 0,
    log: expect.stringContaining('::warning::The job summary was not written'),
  })
  const digest = result.outputs['digest']
  expect(digest).toMatch(/^sha256:/)
  expect(await tagsNow()).toEqual([digest, digest])
})
