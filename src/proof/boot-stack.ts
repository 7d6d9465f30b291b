import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError, runCommand } from '../lib/command.js'
import { pullImage } from '../image/build.js'
import type { Docker } from '../docker/docker.js'
import { childEnvironment } from '../lib/environment.js'
import { onInterrupt } from '../lib/interrupt.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { readRepositoryFile } from '../lib/files.js'
import { type Asked, describeAnswer } from '../tailchat/gateway.js'
import { listedServices, readAnswers, readContainers, readImageProgram } from './boot-output.js'
import { type BootContainer, isDead, withoutSecretValues } from './containers.js'
import { readStackModel, type StackModel, throwAwayStack } from './stack.js'
import { messageOf } from '../lib/wording.js'

const COMPOSE_SECONDS = 60
/** Of what else the stack builds. */
const BUILD_SECONDS = 60 * 60
const DOWN_SECONDS = 2 * 60
const ENGINE_SECONDS = 60
/** To start Node.js in a container that is busy starting a server. */
const ASK_SECONDS = 40
/** What ask.cjs may take for one path: ten seconds on each of two ports. */
const PATH_SECONDS = 2 * 10
const POLL_MILLISECONDS = 1000
const LOG_LINES = 40

/** As they lie beside this file: in the sources, and in the bundle's directory. */
const here = dirname(fileURLToPath(import.meta.url))
const stockStack = join(here, 'stock-stack.yml')
const askScript = join(here, 'ask.cjs')

/** How far a stack has come: everything is there, nothing more can come, or it takes its time. */
export type Progress = 'complete' | 'stuck' | 'waiting'

/** What a stack answered, and what became of its containers. Where there is no gateway, no path was asked for. */
export interface BootResult extends Asked {
  /** The services that the gateway listed last; `undefined`: it never did. */
  listed: string[] | undefined
  /** The container that did. */
  gateway: string | undefined
  /** From the start of the stack until everything was listed; `undefined`: that never happened. */
  milliseconds: number | undefined
  /** What came instead of a list, the last time. */
  instead: string | undefined
  containers: BootContainer[]
  /** The last lines of the containers that may tell why something is missing, by the container's id. */
  logs: ReadonlyMap<string, string[]>
  /** Why the stack could not be brought up whole. */
  failure: CommandError | undefined
  /** What is worth a line: mounts left out, a stack that could not be taken down. */
  notes: string[]
}

/**
 * Reads a compose stack with everything filled in: variables, env files, included files.
 * @param root absolute path of the repository
 * @param composeFile relative to it; empty: the stack that comes with this action
 * @throws with what to do, when there is no such file or compose does not take it
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
    return `the stack of ${composeFile} needs the env file ${envFile}, which is not there: commit it, or write it in an earlier step`
  if (/is not a docker command|unknown (shorthand )?flag/.test(text))
    return 'verify: boot needs Docker Compose 2 (the command docker compose)'
  return `docker compose does not take ${composeFile || 'the stack of this action'}: ${lastLines.at(-1) ?? outcome}`
}

/** What a stack is brought up for. */
export interface BootRequest {
  model: StackModel
  /** The services of it that get the image. */
  application: readonly string[]
  /** An image that the engine has. */
  image: string
  /** Absolute path of the repository. */
  root: string
  timeoutSeconds: number
  progress: (listed: readonly string[] | undefined, containers: readonly BootContainer[]) => Progress
  /** Paths to ask the gateway for in the end. */
  paths: readonly string[]
  /** Told the name of the stack before it is there: should this process be killed, another one can take it down. */
  onStack: (project: string) => void
}

/**
 * Brings a stack up, asks it, and takes it down again, volumes included, whatever happens.
 * @throws {CommandError} when images of it can't be had
 */
export async function bootStack(docker: Docker, request: BootRequest): Promise<BootResult> {
  return withTemporaryDirectory(async (directory) => {
    const { model, image, root, application } = request
    const throwAway = throwAwayStack(model, application, image, root)
    const stack: Stack = {
      docker,
      project: `tailchat-plugins-${randomUUID()}`,
      file: join(directory, 'compose.json'),
    }
    // It holds what the env files hold: secrets. Nobody but this user can read it.
    writeFileSync(stack.file, JSON.stringify(throwAway.model), { mode: 0o600 })
    const notes = throwAway.withoutMounts.map(
      (mount) =>
        `The stack ran without what ${mount} mounts: of this machine's files it sees the repository's only.`,
    )
    request.onStack(stack.project)
    const forget = onInterrupt(() => takeDownNow(stack))
    try {
      return { ...(await bringUp(stack, request)), notes }
    } finally {
      await takeDown(stack).catch((error: unknown) => {
        const message = messageOf(error)
        notes.push(
          `The stack ${stack.project} could not be taken down, remove what is left of it: ${message}`,
        )
      })
      forget()
    }
  })
}

/** A stack that is up, or on its way. */
interface Stack {
  docker: Docker
  project: string
  file: string
}

async function bringUp(stack: Stack, request: BootRequest): Promise<Omit<BootResult, 'notes'>> {
  const { docker } = stack
  const compose = (...args: string[]): string[] => composeArgs(stack, ...args)
  const others = Object.entries(request.model.services).filter(
    ([name]) => !request.application.includes(name),
  )
  // `compose up` would do so as well, but not again when a container registry fails for a moment.
  for (const image of new Set(others.map(([, service]) => (service.build ? undefined : service.image))))
    if (image !== undefined && !(await hasImage(docker, image))) await pullImage(docker, image)
  if (others.some(([, { build }]) => build))
    await runCommand('docker', compose('build'), {
      env: docker.env,
      timeoutSeconds: BUILD_SECONDS,
      onLine: docker.onLine,
    })

  const started = performance.now()
  let failure: CommandError | undefined
  try {
    await runCommand('docker', compose('up', '--detach'), {
      env: docker.env,
      timeoutSeconds: request.timeoutSeconds,
    })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    failure = error
  }
  const heard = await listen(stack, request, started, failure !== undefined)
  const { gateway, milliseconds } = heard
  const asked = gateway === undefined ? NOTHING : await askContainer(docker, gateway, request.paths)
  const containers = await containersOf(stack, request)
  const telling = containers.filter(
    (each) => (each.isApplication && milliseconds === undefined) || (isDead(each) && each.exitCode !== 0),
  )
  const logs = new Map<string, string[]>()
  for (const { id } of telling) logs.set(id, await logOf(docker, id, containers))
  return {
    ...heard,
    ...asked,
    containers,
    logs,
    failure,
  }
}

const NOTHING: Asked = { answers: [], unanswered: [] }

/** Asks for /health until it says what is awaited, or nothing more can come. */
async function listen(
  stack: Stack,
  request: BootRequest,
  started: number,
  isBroken: boolean,
): Promise<Pick<BootResult, 'listed' | 'gateway' | 'milliseconds' | 'instead'>> {
  const deadline = started + request.timeoutSeconds * 1000
  let listed: string[] | undefined
  let gateway: string | undefined
  let instead: string | undefined
  for (;;) {
    const containers = await containersOf(stack, request)
    for (const { id, state, isApplication } of containers) {
      // Which one has the gateway is not known before one of them answers.
      if (!isApplication || state !== 'running' || (gateway !== undefined && gateway !== id)) continue
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
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
  }
}

async function hasImage(docker: Docker, image: string): Promise<boolean> {
  return engine(docker, ['image', 'inspect', '--format', '{{.Id}}', image]).then(
    () => true,
    () => false,
  )
}

async function containersOf({ docker, project }: Stack, request: BootRequest): Promise<BootContainer[]> {
  const label = `label=com.docker.compose.project=${project}`
  const ids = await engine(docker, ['ps', '--all', '--quiet', '--no-trunc', '--filter', label])
  if (ids === '') return []
  const [containers, image] = await Promise.all([
    engine(docker, ['inspect', ...ids.split('\n')]),
    engine(docker, ['image', 'inspect', request.image]),
  ])
  return readContainers(containers, request.application, readImageProgram(image))
}

/** What the server in a container answers; nothing to any path when it can't be asked. */
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
    // A log that can't be read must not take the place of what it should explain.
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

/** There is nothing to save: containers are killed at once. `local` are the images that the stack has built. */
const DOWN = ['down', '--volumes', '--remove-orphans', '--rmi', 'local', '--timeout', '0']

async function takeDown(stack: Stack): Promise<void> {
  await runCommand('docker', composeArgs(stack, ...DOWN), {
    env: stack.docker.env,
    timeoutSeconds: DOWN_SECONDS,
  })
}

/** Twice: what `up` was about to make when it was ended may only then be there. */
function takeDownNow(stack: Stack): void {
  const env = childEnvironment(stack.docker.env)
  for (const args of [composeArgs(stack, ...DOWN), composeArgs(stack, ...DOWN)])
    spawnSync('docker', args, { env, stdio: 'ignore', timeout: DOWN_SECONDS * 1000 })
}

/** Takes down what is left of a stack of another process, by its name alone. */
export function takeDownLeft(project: string): void {
  const args = ['compose', '--project-name', project, ...DOWN]
  // Away from the repository, whose own compose file would be taken for that of the stack.
  spawnSync('docker', args, {
    cwd: tmpdir(),
    env: childEnvironment(),
    stdio: 'ignore',
    timeout: DOWN_SECONDS * 1000,
  })
}
