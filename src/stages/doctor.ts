import { type Docker, runDocker } from '../docker/docker.js'
import { hasLogin, type Login, withLogin } from '../docker/login.js'
import { hostOf } from '../formats/image-reference.js'
import { digestOf } from '../docker/registry.js'
import type { Event } from '../inputs/event.js'
import type { Inputs } from '../inputs/inputs.js'
import { runCommand } from '../lib/command.js'
import { messageOf } from '../lib/wording.js'
import { findChrome } from '../proof/browser/find-chrome.js'
import { ask } from '../publish/client.js'
import { apiOf } from '../publish/destination.js'
import type { Need } from '../report/doctor.js'
import { readWorkspace } from '../workspace/read.js'
import type { Workspace } from '../workspace/types.js'
import { whyNotHere } from '../workspace/whereabouts.js'

/** A program answers at once; an engine or a container registry that can be reached answers within this. */
const SECONDS = 10

/** The oldest Node.js that the command runs on (package.json, `engines`). */
const OLDEST_NODE = 20

/**
 * Looks at everything that a run with these inputs needs, before minutes are spent. Nothing is written but a login, which
 * is forgotten at once.
 * @param root absolute path of the repository
 * @returns what was found, in the order in which a run needs it
 */
export async function examineSurroundings(
  inputs: Inputs,
  { root, event, env }: { root: string; event: Event; env: NodeJS.ProcessEnv },
): Promise<Need[]> {
  const workspace = await readWorkspace(root, inputs.image)
  const docker: Docker = {
    env: {},
    onLine: () => undefined,
    builder: inputs.image.builder,
    retryDelays: [],
    registrySeconds: SECONDS,
    onContainer: () => undefined,
  }
  const [git, pnpmNeed, inContainers, ofToken] = await Promise.all([
    program('git', ['--version'], 'install git: what changed, and what is a fork’s, is read from it'),
    pnpm(workspace),
    containers(docker, inputs, workspace),
    token(inputs, event),
  ])
  return [
    ...node(),
    ...git,
    ...repository(workspace, inputs.path),
    ...pnpmNeed,
    ...inContainers,
    ...chrome(inputs, env),
    ...ofToken,
  ]
}

function node(): Need[] {
  const { node: version } = process.versions
  const isNew = Number.parseInt(version) >= OLDEST_NODE
  return [
    {
      name: 'Node.js',
      state: isNew ? 'ok' : 'problem',
      found: version,
      ...(!isNew && { fix: `install Node.js ${OLDEST_NODE} or newer` }),
    },
  ]
}

async function program(name: string, args: string[], fix: string): Promise<Need[]> {
  try {
    const found = await runCommand(name, args, { timeoutSeconds: SECONDS })
    return [{ name, state: 'ok', found: firstLine(found) }]
  } catch (error) {
    return [{ name, state: 'problem', found: messageOf(error), fix }]
  }
}

function repository(workspace: Workspace, path: string): Need[] {
  const { root, plugins, missingSubmodules, pluginsOnly } = workspace
  const hasPlugins = plugins.length + missingSubmodules.length > 0
  const reason = whyNotHere(root, { path, hasPlugins })
  if (reason !== undefined) return [{ name: 'repository', state: 'problem', found: reason }]
  const what = pluginsOnly ? 'a repository of plugins' : 'a Tailchat repository'
  return [{ name: 'repository', state: 'ok', found: `${what} with ${plugins.length} plugins` }]
}

/** pnpm is only run where there is a lockfile; npm or corepack gets it. */
async function pnpm({ installation }: Workspace): Promise<Need[]> {
  if (!installation.lockfile) return []
  for (const name of ['npm', 'corepack'])
    try {
      const version = await runCommand(name, ['--version'], { timeoutSeconds: SECONDS })
      return [{ name: 'pnpm', state: 'ok', found: `${name} ${firstLine(version)} runs it` }]
    } catch {
      // The next one.
    }
  return [
    {
      name: 'pnpm',
      state: 'note',
      found: 'neither npm nor corepack can be run',
      fix: 'install npm if sync should enter dependencies in pnpm-lock.yaml',
    },
  ]
}

/** The engine, buildx, the logins and the base image: each needs the one before. */
async function containers(docker: Docker, inputs: Inputs, workspace: Workspace): Promise<Need[]> {
  const engine = await tryTo('docker', async () => {
    const args = ['version', '--format', '{{.Server.Version}}']
    return `engine ${await runDocker(docker, args, { timeoutSeconds: SECONDS })}`
  })
  if (engine.state === 'problem') {
    engine.fix = fixForEngine(engine.found)
    const found = 'not looked at: it needs docker'
    return [engine, ...['buildx', 'login', 'base image'].map((name) => skipped(name, found))]
  }
  const buildx = await tryTo('buildx', async () => {
    const args = ['buildx', 'inspect', ...(inputs.image.builder ? [inputs.image.builder] : [])]
    const told = await runDocker(docker, args, { timeoutSeconds: SECONDS })
    const failure = /^Error:(.+)$/m.exec(told)?.[1]
    if (failure !== undefined) throw new Error(failure.trim())
    const valueOf = (name: string): string =>
      new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(told)?.[1] ?? 'unknown'
    return `builder ${valueOf('Name')}, driver ${valueOf('Driver')}, buildkit ${valueOf('BuildKit version')}`
  })
  if (buildx.state === 'problem') {
    buildx.fix = inputs.image.builder
      ? '`docker buildx ls` shows the builders there are'
      : 'install the docker plugin buildx, or use docker/setup-buildx-action before this step'
    return [engine, buildx, skipped('login', NEEDS_BUILDX), skipped('base image', NEEDS_BUILDX)]
  }
  return [engine, buildx, ...(await logins(docker, inputs)), await baseImage(docker, inputs, workspace)]
}

const NEEDS_BUILDX = 'not looked at: it needs buildx'

function fixForEngine(found: string): string {
  if (/not installed/.test(found)) return 'install docker; commands that need no image work without it'
  if (/permission denied/i.test(found))
    return 'let this user use the engine (group docker), or run it without root'
  return 'start the engine, or set DOCKER_HOST to where it is'
}

async function tryLogin(docker: Docker, login: Login): Promise<Need> {
  const host = login.registry || 'Docker Hub'
  const tried = await tryTo('login', () =>
    withLogin(docker, { logins: [login], onDirectory: () => undefined }, () =>
      Promise.resolve(`${host} accepts it, as ${login.username}`),
    ),
  )
  return { ...tried, ...(tried.state === 'problem' && { fix: `check the user and password for ${host}` }) }
}

/** Logs in where the inputs have logins; otherwise looks for one that docker has kept for each image. */
async function logins(docker: Docker, { image: { names, logins } }: Inputs): Promise<Need[]> {
  if (logins.length > 0) {
    const tried: Need[] = []
    for (const login of logins) tried.push(await tryLogin(docker, login))
    return tried
  }
  const hosts = [...new Set(names.map(hostOf))]
  if (hosts.length === 0) return [skipped('login', 'no image is named: give --images')]
  return Promise.all(hosts.map(keptLogin))
}

async function keptLogin(host: string): Promise<Need> {
  const registry = host || 'Docker Hub'
  if (isLocal(host)) return skipped('login', `${registry} is on this machine, and usually needs none`)
  const kept = await tryTo('login', () => {
    if (!hasLogin(host)) throw new Error(`docker has none for ${registry}`)
    return `docker has one for ${registry}; only a push shows whether it may push`
  })
  if (kept.state === 'ok') return kept
  const command = ['docker login', host].join(' ').trim()
  return {
    ...kept,
    fix: `run \`${command}\`, or give the login to this run (registry, username, password)`,
  }
}

function isLocal(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+)(?::|$)/.test(host)
}

/** The image that the plugins go on, or else the one that the Dockerfile begins with. */
async function baseImage(docker: Docker, { image }: Inputs, workspace: Workspace): Promise<Need> {
  const reference = image.baseImage || workspace.runtime.base?.image
  if (reference === undefined || /\$/.test(reference)) {
    const isNeeded = workspace.pluginsOnly
    return {
      name: 'base image',
      state: isNeeded ? 'note' : 'skipped',
      found: 'none is named',
      ...(isNeeded && {
        fix: 'give --base-image: a repository of plugins is deployed on an image of Tailchat',
      }),
    }
  }
  const found = await tryTo('base image', async () => {
    const inEngine = await runDocker(docker, ['image', 'inspect', '--format', '{{.Id}}', reference], {
      timeoutSeconds: SECONDS,
    }).catch(() => undefined)
    if (inEngine !== undefined) return `${reference} is in the engine`
    const digest = await digestOf(docker, reference)
    if (digest === undefined) throw new Error(`there is no ${reference}`)
    return `${reference} can be pulled`
  })
  if (found.state === 'ok') return found
  return {
    ...found,
    fix: `check its name, and whether ${hostOf(reference) || 'Docker Hub'} can be reached from here`,
  }
}

function chrome({ browser }: Inputs, env: NodeJS.ProcessEnv): Need[] {
  if (browser === 'off') return []
  try {
    return [{ name: 'Chrome', state: 'ok', found: findChrome(env) }]
  } catch (error) {
    const state = browser === 'require' ? 'problem' : 'note'
    const fix = 'install Chrome or Chromium, or set CHROME_PATH: without one no front end is evaluated'
    return [{ name: 'Chrome', state, found: messageOf(error), fix }]
  }
}

/** Asks GitHub what the token may do, as far as it tells: reading a repository shows who may write its contents. */
async function token({ publish }: Inputs, event: Event): Promise<Need[]> {
  const name = 'GitHub token'
  if (event.repository === '')
    return publish.token === '' ? [] : [skipped(name, 'no repository to ask for: set GITHUB_REPOSITORY')]
  if (publish.token === '')
    return [
      {
        name,
        state: publish.commit === 'none' && !publish.comment ? 'note' : 'problem',
        found: 'GITHUB_TOKEN is not set',
        fix: 'pass it to this step: `env: { GITHUB_TOKEN: ${{ github.token }} }`',
      },
    ]
  const [owner = '', repo = ''] = event.repository.split('/')
  let canWrite: boolean | undefined
  const asked = await tryTo(name, async () => {
    const api = { ...apiOf(event, event.repositoryUrl), token: publish.token, timeLimitSeconds: SECONDS }
    const purpose = { what: `reading ${event.repository}`, needs: 'contents: read' }
    const { permissions } = await ask(api, purpose, ({ rest }) => rest.repos.get({ owner, repo }))
    canWrite = permissions?.push
    const may = canWrite === undefined ? 'may read' : canWrite ? 'may read and write' : 'may read, not write'
    return `${may} ${event.repository}; other permissions only show when it is used`
  })
  if (asked.state === 'problem') return [{ ...asked, fix: 'see the permissions of the job' }]
  if (canWrite !== false || publish.commit === 'none') return [asked]
  return [{ ...asked, state: 'problem', fix: 'give the job the permission `contents: write`' }]
}

function skipped(name: string, found: string): Need {
  return { name, state: 'skipped', found }
}

async function tryTo(name: string, work: () => string | Promise<string>): Promise<Need> {
  try {
    return { name, state: 'ok', found: firstLine(await work()) }
  } catch (error) {
    return { name, state: 'problem', found: firstLine(messageOf(error)) }
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
