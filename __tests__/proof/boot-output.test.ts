import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCommand } from '../../src/lib/command.js'
import { isBundleOf, isJsonList } from '../../src/tailchat/gateway.js'
import { listedServices, readAnswers, readContainers, readImageProgram } from '../../src/proof/boot-output.js'
import { withoutSecretValues } from '../../src/proof/containers.js'

describe('what a server answers to ask.cjs', () => {
  const script = fileURLToPath(new URL('../../src/proof/ask.cjs', import.meta.url))
  const pages: Record<string, [number, string, string]> = {
    '/health': [200, 'application/json; charset=utf-8', '{"services": ["gateway", "config"], "nodeID": "x"}'],
    '/broken': [500, 'application/json', '{"name": "Error"}'],
    '/registry.json': [200, 'application/json', '[]'],
    '/plugins/com.acme.a/index.js': [
      200,
      'application/javascript',
      `${'/* long */'.repeat(500_000)}definePlugin('@plugins/com.acme.a', ['require'], function () {})`,
    ],
  }
  const CLOSED = '/plugins/com.acme.closed/index.js'
  const CUT = '/plugins/com.acme.cut/index.js'
  let server: Server
  beforeAll(async () => {
    server = createServer(({ url = '', socket }, response) => {
      if (url === CLOSED) return void socket.destroy()
      if (url === CUT) {
        response.writeHead(200, { 'content-length': 100 }).write('definePlugin(')
        return void setImmediate(() => socket.destroy())
      }
      const [status, type, text] = pages[url] ?? [200, 'text/html', '<html>']
      response.writeHead(status, { 'content-type': type }).end(text)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  async function ask(paths: string[], port = (server.address() as AddressInfo).port) {
    const text = await runCommand(process.execPath, ['-', ...paths], {
      env: { PORT: String(port) },
      input: readFileSync(script, 'utf8'),
      timeoutSeconds: 30,
    })
    return readAnswers(text, paths)
  }
  async function answer(path: string) {
    const [first] = (await ask([path])).answers
    if (!first) throw new Error('no answer')
    return first
  }

  test('/health lists services, sorted', async () => {
    expect(listedServices(await answer('/health'))).toEqual(['config', 'gateway'])
  })

  test.each(['/broken', '/registry.json', '/anything'])('%s lists no services', async (path) => {
    expect(listedServices(await answer(path))).toBeUndefined()
  })

  test('a bundle is told from the page that stands in for what is missing', async () => {
    const path = '/plugins/com.acme.a/index.js'
    const [bundle, page] = (await ask([path, '/plugins/com.acme.b/index.js'])).answers
    expect(bundle).toEqual({
      path,
      status: 200,
      type: 'application/javascript',
      defines: '@plugins/com.acme.a',
    })
    expect(page).toEqual({ path: '/plugins/com.acme.b/index.js', status: 200, type: 'text/html' })
    expect(isBundleOf('com.acme.a', await answer(path))).toBe(true)
    expect(isBundleOf('com.acme.b', await answer(path))).toBe(false)
  })

  test('a list in JSON is one, and a page is not', async () => {
    expect(isJsonList(await answer('/registry.json'))).toBe(true)
    expect(isJsonList(await answer('/registry-be.json'))).toBe(false)
  })

  test('a port where nothing listens is reported', async () => {
    expect(await ask(['/health'], 1)).toEqual({
      answers: [],
      unanswered: [{ path: '/health', reason: expect.stringMatching(/^port 1: .*ECONNREFUSED/) }],
    })
  })

  test('a path whose connection is closed takes no answer from the others', async () => {
    const { answers, unanswered } = await ask(['/registry.json', CLOSED, CUT, '/health'])
    expect(answers.map(({ path }) => path)).toEqual(['/registry.json', '/health'])
    expect(unanswered).toEqual([
      { path: CLOSED, reason: expect.stringMatching(/^port \d+: socket hang up/) },
      { path: CUT, reason: expect.stringMatching(/^port \d+: (aborted|the connection was closed)/) },
    ])
  })

  test.each(['', 'Debugger attached', '{}', '[{"path": "/health"}]', '[{"path": "/other", "error": "x"}]'])(
    'an entry that is not an answer to a path is ignored: %j',
    (text) => {
      const reason = 'its container did not write the answer'
      expect(readAnswers(text, ['/health'])).toEqual({
        answers: [],
        unanswered: [{ path: '/health', reason }],
      })
    },
  )
})

describe('what docker inspect says of a container', () => {
  const image = readImageProgram(
    JSON.stringify([{ Config: { Entrypoint: ['docker-entrypoint.sh'], Cmd: ['pnpm', 'start:service'] } }]),
  )
  function read(config: object, state: object = { Status: 'running', ExitCode: 0 }) {
    const Labels = { 'com.docker.compose.service': 'core' }
    const Config = { Env: null, Cmd: null, Entrypoint: null, Labels, ...config }
    const text = JSON.stringify([{ Id: 'abc', RestartCount: 0, State: state, Config }])
    return readContainers(text, ['core'], image)[0]
  }

  test('is its service, its state and what it loads', () => {
    const Env = ['SERVICEDIR=services,plugins', 'TRANSPORTER=TCP', 'EMPTY=', 'PATH=/bin']
    expect(read({ Env }, { Status: 'exited', ExitCode: 3 })).toMatchObject({
      id: 'abc',
      service: 'core',
      isApplication: true,
      state: 'exited',
      exitCode: 3,
      settings: {
        runs: 'server',
        serviceDir: { is: 'known', value: 'services,plugins' },
        services: { is: 'unset' },
      },
    })
  })

  test.each([
    ['the image’s own', ['docker-entrypoint.sh'], ['pnpm', 'start:service'], 'server'],
    ['the server’s runner', ['docker-entrypoint.sh'], ['tailchat-runner', '--config', 'x'], 'server'],
    ['another one', ['docker-entrypoint.sh'], ['pnpm', 'start:admin'], 'other'],
    ['a script', null, ['sh', '-c', 'do-it'], 'unknown'],
  ])('its program is %s', (_title, Entrypoint, Cmd, runs) => {
    expect(read({ Entrypoint, Cmd })?.settings.runs).toBe(runs)
  })

  test('no log shows what its environment keeps secret', () => {
    const container = read({
      Env: ['MONGO_URL=mongodb://root:hunter22@mongo/tailchat', 'MINIO_PASS=com.acme', 'SECRET=', 'KEY=1'],
    })
    const line = 'cannot reach mongodb://root:hunter22@mongo/tailchat as com.acme 1'
    expect(withoutSecretValues(line, container?.secrets ?? [])).toBe(
      'cannot reach mongodb://root:***@mongo/tailchat as *** 1',
    )
  })
})
