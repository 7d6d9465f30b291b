import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { quickDeploys } from '../support/quick-deploys.js'
import * as registry from '../support/registry.js'
import { runAction, runPost } from '../support/run-action.js'

jest.setTimeout(5 * 60 * 1000)

const AUDIT = 'plugins/com.example.audit/services/audit.service.js'
const LOGIN = { username: 'someone', password: 'pa55-of-the-test' }

/** Where the action keeps its temporary files. */
let temporary: string

const at = quickDeploys(LOGIN)

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'runner-temp-'))
})
afterEach(() => {
  // A docker that outlives its step may still write.
  rmSync(temporary, { recursive: true, maxRetries: 10, retryDelay: 100 })
})

function deploy(
  cancelWhen?: (log: string) => boolean,
  signal?: 'SIGTERM' | 'SIGKILL',
  more: Record<string, string> = {},
) {
  const inputs = {
    mode: 'deploy',
    images: at.image,
    tags: 'one, two',
    dockerfile: at.sample.dockerfile,
    builder: at.builder.name,
    registry: at.proxy.host,
    ...LOGIN,
    ...more,
  }
  return runAction(at.sample.directory, inputs, { RUNNER_TEMP: temporary }, cancelWhen, signal)
}

const tagsNow = async () => {
  const name = at.image.replace(at.proxy.host, registry.HOST)
  return [await registry.digestOf(name, 'one'), await registry.digestOf(name, 'two')]
}

/** The containers of this test's image, stopped ones too. */
function containers(): string[] {
  const format = ['--format', '{{.Image}} {{.Names}}']
  const lines = execFileSync('docker', ['ps', '--all', '--no-trunc', ...format], { encoding: 'utf8' })
  return lines.split('\n').filter((line) => line.startsWith(at.image))
}

/** Whether a process of this machine, in a container or not, has these arguments. */
function runs(...args: string[]): boolean {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return ids.some((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').startsWith(`${args.join('\0')}\0`)
    } catch {
      return false
    }
  })
}

/** Waits until something holds, and fails when it never does. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries === 300) throw new Error(`it never came to be that ${String(holds)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function expectNothingLeft(): void {
  expect(readdirSync(temporary)).toEqual([])
  expect(containers()).toEqual([])
  const users = join(process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'), 'config.json')
  if (existsSync(users)) expect(readFileSync(users, 'utf8')).not.toContain(at.proxy.host)
}

describe('a step that is cancelled', () => {
  test('while it builds leaves no build, no login and no file behind', async () => {
    const seconds = String(randomInt(100_000, 999_999))
    at.sample.write(at.sample.dockerfile, `FROM ${at.base}\nRUN exec sleep ${seconds}\n`)
    const sleeps = () => runs('sleep', seconds)
    const result = await deploy(sleeps)
    expect(result.exitCode).toBe(143)
    await until(() => !sleeps())
    expectNothingLeft()
    expect(await tagsNow()).toEqual([undefined, undefined])
  })

  test('while it proves leaves no container', async () => {
    const before = await deploy()
    expect(before.exitCode).toBe(0)
    at.sample.put(AUDIT, 'for (;;);')
    const result = await deploy(() => containers().length > 0)
    expect(result.exitCode).toBe(143)
    expect(result.log).toContain('Interrupted: the container of the probe was removed')
    expectNothingLeft()
    expect(await tagsNow()).toEqual([before.outputs['digest'], before.outputs['digest']])
  })

  test('while it moves tags puts back those that it moved', async () => {
    const before = await deploy()
    at.sample.put('version.txt', 'b')
    let movesTwo = false
    at.proxy.decide = ({ method, path }) => {
      if (movesTwo || method !== 'PUT' || !path.endsWith('/manifests/two')) return undefined
      movesTwo = true
      return 'hang'
    }
    let half: unknown
    const result = await deploy(() => {
      if (movesTwo) half ??= tagsNow()
      return movesTwo
    })
    expect(result.exitCode).toBe(143)
    const digest = before.outputs['digest']
    for (const tag of ['one', 'two'])
      expect(result.log).toMatch(new RegExp(`^Interrupted: .*:${tag} points at ${digest} again`, 'm'))
    expect(await half).toEqual([expect.not.stringMatching(digest ?? ''), digest])
    expect(await tagsNow()).toEqual([digest, digest])
    expectNothingLeft()
  })
})

test('a login that outlives its step, which was killed, goes with the post step', async () => {
  let asked = false
  at.proxy.decide = ({ path }) => {
    asked ||= path.includes('/manifests/one')
    return asked ? 'hang' : undefined
  }
  const result = await deploy(() => asked, 'SIGKILL')
  expect(result.exitCode).toBe(null)
  const directory = result.state['login-directory'] ?? ''
  expect(readFileSync(join(directory, 'config.json'), 'utf8')).toContain(at.proxy.host)

  const post = await runPost(at.sample.directory, result)
  expect(post).toEqual({ exitCode: 0, text: '' })
  expect(existsSync(directory)).toBe(false)
  expectNothingLeft()
})

describe('a proof that hangs, whose step was killed', () => {
  let killed: Awaited<ReturnType<typeof deploy>>
  beforeEach(async () => {
    at.sample.put(AUDIT, 'for (;;);')
    killed = await deploy(() => containers().length > 0, 'SIGKILL')
    expect(killed.exitCode).toBe(null)
    expect(containers()).toEqual([expect.stringContaining(killed.state['container'] ?? 'no name was kept')])
  })

  test('leaves a container that ends itself, and that the post step removes before', async () => {
    const name = killed.state['container'] ?? ''
    const [container] = JSON.parse(execFileSync('docker', ['inspect', name], { encoding: 'utf8' })) as [
      { Image: string; Config: { Cmd: string[]; Env: string[] } },
    ]
    const { Cmd: command, Env: environment } = container.Config
    expect(command.at(-1)).toBe('300')
    const place = dirname(command[0] ?? '')
    const copy = join(temporary, 'copy')
    execFileSync('docker', ['cp', `${name}:${place}`, copy], { stdio: 'ignore' })

    expect(await runPost(at.sample.directory, killed)).toEqual({ exitCode: 0, text: '' })
    expect(containers()).toEqual([])

    // The same with a limit of two seconds, and nobody to end it.
    const create = [
      ...['create', '--rm', '--init', '--network=none', '--entrypoint=node'],
      ...environment.flatMap((each) => ['--env', each]),
      ...[container.Image, ...command.slice(0, -1), '2'],
    ]
    const again = execFileSync('docker', create, { encoding: 'utf8' }).trim()
    execFileSync('docker', ['cp', copy, `${again}:${place}`], { stdio: 'ignore' })
    expect(spawnSync('docker', ['start', '--attach', again]).status).toBe(137)
  })
})

describe('what a killed step leaves goes with the post step:', () => {
  test('the Chrome that evaluates a plugin, with its files', async () => {
    at.sample.put(
      'public/plugins/com.example.theme/index.js',
      "definePlugin('@plugins/com.example.theme', [], function () { for (;;); })",
    )
    const isEvaluated = (log: string): boolean => log.includes('Evaluating the') && chromes().length > 0
    const result = await deploy(isEvaluated, 'SIGKILL', { browser: 'require' })
    expect(result.exitCode).toBe(null)
    const directory = result.state['chrome-directory'] ?? ''
    expect(existsSync(directory)).toBe(true)
    expect(await runPost(at.sample.directory, result)).toEqual({ exitCode: 0, text: '' })
    expect(existsSync(directory)).toBe(false)
    await until(() => chromes().every((arguments_) => !arguments_.includes(directory)))
  })

  test('the container out of which the client is copied', async () => {
    const isCopied = (): boolean => containers().some((line) => line.includes('tailchat-plugins-copy-'))
    // A large file takes a moment.
    at.sample.put('public/large.bin', 'x'.repeat(300 * 1024 * 1024))
    const result = await deploy(isCopied, 'SIGKILL', { browser: 'require' })
    expect([result.exitCode, isCopied()]).toEqual([null, true])
    expect(await runPost(at.sample.directory, result)).toEqual({ exitCode: 0, text: '' })
    expect(containers()).toEqual([])
  })
})

/** The arguments of every Chrome of this action that runs. */
function chromes(): string[] {
  return readdirSync('/proc').flatMap((id) => {
    try {
      const text = readFileSync(`/proc/${id}/cmdline`, 'utf8')
      return text.includes('--user-data-dir=') && text.includes('tailchat-plugins-') ? [text] : []
    } catch {
      return []
    }
  })
}
