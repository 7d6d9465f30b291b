import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError, failureOf, runCommand } from '../lib/command.js'
import { pullImage } from '../image/build.js'
import { copyFiles, putFile } from '../docker/copy.js'
import type { Docker } from '../docker/docker.js'
import { childEnvironment } from '../lib/environment.js'
import { onInterrupt } from '../lib/interrupt.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { readRepositoryFile } from '../lib/files.js'
import { type Asked, describeAnswer } from '../tailchat/gateway.js'
import { listedServices, readAnswers, readContainers, readImageProgram } from './boot-output.js'
import { type BootContainer, isDead, withoutSecretValues } from './containers.js'
import { readStackModel, type StackCopy, type StackModel, throwAwayStack } from './stack.js'
import { messageOf } from '../lib/wording.js'

const COMPOSE_SECONDS = 60
/** For the other images that the stack builds. */
const BUILD_SECONDS = 60 * 60
const DOWN_SECONDS = 2 * 60
const ENGINE_SECONDS = 60
/** To start Node.js in a container that is busy starting a server. */
const ASK_SECONDS = 40
/** The time of ask.cjs for one path: ten seconds on each of two ports. */
const PATH_SECONDS = 2 * 10
const POLL_MILLISECONDS = 1000
const LOG_LINES = 40

/** The directory of the files next to this one, in the sources and in the bundle's directory. */
const here = dirname(fileURLToPath(import.meta.url))
const stockStack = join(here, 'stock-stack.yml')
const askScript = join(here, 'ask.cjs')

/** The progress of a stack: everything is listed, nothing more can come, or it needs more time. */
export type Progress = 'complete' | 'stuck' | 'waiting'

/** The answers of a stack, and the final state of its containers. Without a gateway, no path was asked for. */
export interface BootResult extends Asked {
  /** The services in the gateway's last list; `undefined`: it never listed any. */
  listed: string[] | undefined
  /** Where the image joins a stack that is up: the services that the gateway listed before. */
  before?: string[] | undefined
  /** The id of the gateway's container. */
  gateway: string | undefined
  /** The time from the start of the stack, or of the node that joins it, until everything was listed; `undefined`: that never happened. */
  milliseconds: number | undefined
  /** The last answer that was not a list. */
  instead: string | undefined
  containers: BootContainer[]
  /** The last log lines of containers that may explain what is missing, by the container's id. */
  logs: ReadonlyMap<string, string[]>
  /** Why the stack could not be brought up whole. */
  failure: CommandError | undefined
  /** Notes for the report: mounts left out, a stack that could not be taken down. */
  notes: string[]
}

/**
 * Reads a compose stack with everything filled in: variables, env files, included files.
 * @param root absolute path of the repository
 * @param composeFile relative to it; empty: the stack that comes with this action
 * @throws when there is no such file or compose rejects it, with what to do
 */
export async function readStack(docker: Docker, root: string, composeFile: string): Promise<StackModel> {
  if (composeFile !== '') {
    const result = readRepositoryFile(root, composeFile)
    if ('missing' in result) throw new Error(`boot-compose-file: ${composeFile} does not exist`)
    if ('reason' in result) throw new Error(`boot-compose-file: ${composeFile} ${result.reason}`)
  }
  const file = composeFile === '' ? stockStack : join(root, composeFile)
  try {
    const args = ['--project-name', 'boot', '--file', file, 'config', '--format', 'json']
    const text = await runCommand('docker', ['compose', ...args], {
      cwd: root,
      env: docker.env,
      timeoutSeconds: COMPOSE_SECONDS,
    })
    return readStackModel(text)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new Error(explained(error, composeFile), { cause: error })
  }
}

function explained({ lastLines, outcome }: CommandError, composeFile: string): string {
  const text = lastLines.join('\n')
  const envFile = /env file (\S+) not found/.exec(text)?.[1]
  if (envFile !== undefined)
    return `the stack of ${composeFile} needs the env file ${envFile}, which does not exist: commit it, or write it in an earlier step`
  if (/is not a docker command|unknown (shorthand )?flag/.test(text))
    return 'verify: boot needs Docker Compose 2 (the command docker compose)'
  return `docker compose rejects ${composeFile || 'the stack of this action'}: ${lastLines.at(-1) ?? outcome}`
}

/** How to boot a stack, and what to ask it. */
interface BootRequest {
  model: StackModel
  /** The names of the services that get the image. */
  application: readonly string[]
  /** Whether it is the stack that comes with this action. */
  isStock: boolean
  /** The services of which one has the gateway. */
  gateways: readonly string[]
  /** Whether those that get the image start only when the gateway lists what the others bring. */
  joins: boolean
  /** An image that the engine has. */
  image: string
  /** Absolute path of the repository. */
  root: string
  timeoutSeconds: number
  progress: (listed: readonly string[] | undefined, containers: readonly BootContainer[]) => Progress
  /** Paths to ask the gateway for at the end, again and again until the answers are right. */
  paths: readonly string[]
  isAnswered: (asked: Asked) => boolean
  /** Called with the name of the stack before it exists: if this process is killed, another one can take it down. */
  onStack: (project: string) => void
}

/**
 * Brings a stack up, asks it, and always takes it down again, volumes included.
 * @throws {CommandError} when its images can't be pulled or built
 */
export async function bootStack(docker: Docker, request: BootRequest): Promise<BootResult> {
  return withTemporaryDirectory(async (directory) => {
    const throwAway = throwAwayStack(request.model, request)
    const stack: Stack = {
      docker,
      project: `tailchat-plugins-${randomUUID()}`,
      file: join(directory, 'compose.json'),
    }
    // It holds the secrets of the env files, so only this user may read it.
    writeFileSync(stack.file, JSON.stringify(throwAway.model), { mode: 0o600 })
    const notes = [
      ...throwAway.withoutMounts.map(
        (mount) =>
          `The stack ran without the mount ${mount}: it sees only the repository's files of this machine.`,
      ),
      ...throwAway.madeWritable.map(
        (service) =>
          `The stack ran without read_only of ${service}: its files of the repository are copied into it.`,
      ),
    ]
    request.onStack(stack.project)
    const forget = onInterrupt(() => {
      takeDownNow(stack)
      return `the stack ${stack.project} was taken down`
    })
    try {
      return { ...(await bringUp(stack, request, throwAway.copies)), notes }
    } finally {
      await takeDown(stack).catch((error: unknown) => {
        const message = messageOf(error)
        notes.push(
          `The stack ${stack.project} could not be taken down: ${message}. Remove what is left of it.`,
        )
      })
      forget()
    }
  })
}

/**
 * Pulls the images of a stack that the engine lacks; `compose up` pulls too, but does not try again when a container
 * registry fails for a moment.
 * @param signal ends it
 * @throws when one can't be pulled, with what to do
 */
export async function pullStack(
  docker: Docker,
  { model, application, isStock }: Pick<BootRequest, 'model' | 'application' | 'isStock'>,
  signal?: AbortSignal,
): Promise<void> {
  for (const [name, { image, build }] of Object.entries(model.services)) {
    if (application.includes(name) || build || image === undefined || (await hasImage(docker, image)))
      continue
    try {
      await pullImage(docker, image, signal)
    } catch (error) {
      const advice = isStock
        ? `the environment variable BOOT_${name.toUpperCase()}_IMAGE of the step names another one`
        : 'pull or load it in an earlier step, or name another one in the compose file'
      throw new Error(
        `the image ${image} of the stack's service ${name} can't be pulled (${messageOf(error)}): ${advice}`,
        { cause: error },
      )
    }
  }
}

/** A stack that is up, or on its way. */
interface Stack {
  docker: Docker
  project: string
  file: string
}

async function bringUp(
  stack: Stack,
  request: BootRequest,
  copies: readonly StackCopy[],
): Promise<Omit<BootResult, 'notes'>> {
  const { docker } = stack
  const compose = (...args: string[]): string[] => composeArgs(stack, ...args)
  const others = Object.entries(request.model.services).filter(
    ([name]) => !request.application.includes(name),
  )
  await pullStack(docker, request)
  if (others.some(([, { build }]) => build))
    await runCommand('docker', compose('build'), {
      env: docker.env,
      timeoutSeconds: BUILD_SECONDS,
      onLine: docker.onLine,
    })

  const run = (...args: string[]): Promise<string> =>
    runCommand('docker', compose(...args), { env: docker.env, timeoutSeconds: request.timeoutSeconds })
  const up = (services: readonly string[]): Promise<CommandError | undefined> =>
    failureOf(run('up', '--detach', ...services))
  const createWithFiles = async (): Promise<void> => {
    await run('create')
    await copyInto(stack, copies)
  }
  let failure = copies.length > 0 ? await failureOf(createWithFiles()) : undefined
  let started = performance.now()
  let before: string[] | undefined
  if (request.joins && !failure) {
    failure = await up(others.map(([name]) => name))
    const unchanged = await listen(
      stack,
      { ...request, progress: steadyList() },
      { started, isBroken: failure !== undefined },
    )
    before = unchanged.listed
  }
  if (!failure && (!request.joins || before)) {
    started = performance.now()
    failure = await up([])
  }
  const heard = await listen(stack, request, { started, isBroken: failure !== undefined })
  const { gateway, milliseconds } = heard
  const asked =
    gateway === undefined
      ? NOTHING
      : await askInTime(docker, request, {
          gateway,
          deadline: started + request.timeoutSeconds * 1000,
        })
  const containers = await containersOf(stack, request)
  const telling = containers.filter(
    (each) => (each.isApplication && milliseconds === undefined) || (isDead(each) && each.exitCode !== 0),
  )
  const logs = new Map<string, string[]>()
  for (const { id } of telling) logs.set(id, await logOf(docker, id, containers))
  return {
    ...heard,
    ...(request.joins && { before }),
    ...asked,
    containers,
    logs,
    failure,
  }
}

/** Copies files of the repository into the containers that were created, as their mounts would show them. */
async function copyInto({ docker, project }: Stack, copies: readonly StackCopy[]): Promise<void> {
  const format = '{{.ID}} {{.Label "com.docker.compose.service"}}'
  const listing = await engine(docker, [...psArgs(project), '--format', format])
  for (const { service, source, target, isDirectory } of copies)
    for (const [container = ''] of listing
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, name]) => name === service))
      if (isDirectory) await copyFiles(docker, `${source}/.`, `${container}:${target}`)
      else await putFile(docker, { source, container, target })
}

const NOTHING: Asked = { answers: [], unanswered: [] }

/** So many equal lists in a row, a second apart, and nothing more comes. */
const STEADY_TIMES = 4

/** Tells that a stack is complete when its list does not change any more. */
function steadyList(): BootRequest['progress'] {
  let last = ''
  let times = 0
  return (listed) => {
    const text = JSON.stringify(listed ?? [])
    times = listed && text === last ? times + 1 : 1
    last = text
    return listed && times >= STEADY_TIMES ? 'complete' : 'waiting'
  }
}

/** Asks until the answers are as they should be: what a service tells the gateway of itself comes after its name. */
async function askInTime(
  docker: Docker,
  { paths, isAnswered }: BootRequest,
  { gateway, deadline }: { gateway: string; deadline: number },
): Promise<Asked> {
  for (;;) {
    const asked = await askContainer(docker, gateway, paths)
    if (isAnswered(asked) || performance.now() > deadline) return asked
    await pause()
  }
}

function pause(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
}

/** Asks for /health until it lists everything, or nothing more can come. */
async function listen(
  stack: Stack,
  request: BootRequest,
  { started, isBroken }: { started: number; isBroken: boolean },
): Promise<Pick<BootResult, 'listed' | 'gateway' | 'milliseconds' | 'instead'>> {
  const deadline = started + request.timeoutSeconds * 1000
  let listed: string[] | undefined
  let gateway: string | undefined
  let instead: string | undefined
  for (;;) {
    const containers = await containersOf(stack, request)
    for (const { id, service, state } of containers) {
      // Which container has the gateway is unknown until one answers.
      if (
        !request.gateways.includes(service) ||
        state !== 'running' ||
        (gateway !== undefined && gateway !== id)
      )
        continue
      const { answers, unanswered } = await askContainer(stack.docker, id, ['/health'])
      const [answer] = answers
      const services = answer && listedServices(answer)
      if (!services) {
        instead = answer ? describeAnswer(answer) : unanswered[0]?.reason
        continue
      }
      listed = services
      gateway = id
      break
    }
    const progress = request.progress(listed, containers)
    const milliseconds = progress === 'complete' ? Math.round(performance.now() - started) : undefined
    const isGone = containers.some((each) => each.id === gateway && isDead(each))
    if (progress !== 'waiting' || isGone || isBroken || performance.now() > deadline)
      return { listed, gateway, milliseconds, instead }
    await pause()
  }
}

async function hasImage(docker: Docker, image: string): Promise<boolean> {
  return engine(docker, ['image', 'inspect', '--format', '{{.Id}}', image]).then(
    () => true,
    () => false,
  )
}

async function containersOf({ docker, project }: Stack, request: BootRequest): Promise<BootContainer[]> {
  const ids = await engine(docker, [...psArgs(project), '--quiet'])
  if (ids === '') return []
  const [containers, image] = await Promise.all([
    engine(docker, ['inspect', ...ids.split('\n')]),
    engine(docker, ['image', 'inspect', request.image]),
  ])
  return readContainers(containers, request.application, readImageProgram(image))
}

function psArgs(project: string): string[] {
  return ['ps', '--all', '--no-trunc', '--filter', `label=com.docker.compose.project=${project}`]
}

/** Asks the server in a container; where that fails, every path is unanswered. */
async function askContainer(docker: Docker, container: string, paths: readonly string[]): Promise<Asked> {
  try {
    const text = await runCommand('docker', ['exec', '--interactive', container, 'node', '-', ...paths], {
      env: docker.env,
      input: readFileSync(askScript, 'utf8'),
      timeoutSeconds: ASK_SECONDS + paths.length * PATH_SECONDS,
    })
    return readAnswers(text, paths)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    const reason = error.lastLines.at(-1) ?? error.outcome
    return { answers: [], unanswered: paths.map((path) => ({ path, reason })) }
  }
}

async function logOf(docker: Docker, id: string, containers: readonly BootContainer[]): Promise<string[]> {
  const lines: string[] = []
  const secrets = containers.flatMap((container) => container.secrets)
  try {
    await runCommand('docker', ['logs', '--tail', String(LOG_LINES), id], {
      env: docker.env,
      timeoutSeconds: ENGINE_SECONDS,
      onLine: (line) => lines.push(withoutSecretValues(line, secrets)),
    })
  } catch (error) {
    // A log that can't be read must not hide the failure that it should explain.
    if (!(error instanceof CommandError)) throw error
    if (lines.length === 0) lines.push(`its log cannot be read: ${error.outcome}`)
  }
  return lines
}

function engine(docker: Docker, args: string[]): Promise<string> {
  return runCommand('docker', args, { env: docker.env, timeoutSeconds: ENGINE_SECONDS })
}

function composeArgs({ project, file }: Stack, ...args: string[]): string[] {
  return ['compose', '--ansi', 'never', '--project-name', project, '--file', file, ...args]
}

/** Kills containers at once, since nothing needs saving; `local` are the images that the stack built. */
const DOWN = ['down', '--volumes', '--remove-orphans', '--rmi', 'local', '--timeout', '0']

async function takeDown(stack: Stack): Promise<void> {
  await runCommand('docker', composeArgs(stack, ...DOWN), {
    env: stack.docker.env,
    timeoutSeconds: DOWN_SECONDS,
  })
}

/** Takes a stack down twice: what `up` was creating when it was ended may only exist the second time. */
function takeDownNow(stack: Stack): void {
  const env = childEnvironment(stack.docker.env)
  for (const args of [composeArgs(stack, ...DOWN), composeArgs(stack, ...DOWN)])
    spawnSync('docker', args, { env, stdio: 'ignore', timeout: DOWN_SECONDS * 1000 })
}

/** Takes down what another process left of a stack, by its name alone. */
export function takeDownLeft(project: string): void {
  const args = ['compose', '--project-name', project, ...DOWN]
  // Not in the repository, whose own compose file would be used for the stack.
  spawnSync('docker', args, {
    cwd: tmpdir(),
    env: childEnvironment(),
    stdio: 'ignore',
    timeout: DOWN_SECONDS * 1000,
  })
}
