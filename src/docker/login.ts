import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { asObject, ownValue } from '../formats/json.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { type Docker, runDocker } from './docker.js'

export interface Login {
  /** Host of the container registry; empty for Docker Hub. */
  registry: string
  username: string
  password: string
}

const LOGIN_SECONDS = 60

/**
 * Runs `work` with a Docker configuration directory of its own that holds the login, and removes it afterwards,
 * so that the login is forgotten and the user's own configuration is never written to. Without a login, docker
 * runs as it is set up.
 * @param onDirectory told where the login will be, before it is there: should this process be killed, another one
 *   can remove it
 */
export async function withLogin<T>(
  docker: Docker,
  login: Login | undefined,
  onDirectory: (directory: string) => void,
  work: (docker: Docker) => Promise<T>,
): Promise<T> {
  if (!login) return work(docker)
  const users = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker')
  return withTemporaryDirectory(async (directory) => {
    onDirectory(directory)
    // Plugins such as buildx, contexts and builders are looked up there too: they stay those of the user.
    for (const name of ['cli-plugins', 'contexts', 'buildx'])
      if (existsSync(join(users, name))) symlinkSync(join(users, name), join(directory, name))
    const config = configForLogin(readConfig(join(users, 'config.json')), login.registry)
    writeFileSync(join(directory, 'config.json'), JSON.stringify(config), { mode: 0o600 })
    const own = { ...docker, env: { ...docker.env, DOCKER_CONFIG: directory } }
    const host = login.registry ? [login.registry] : []
    await runDocker(own, ['login', '--username', login.username, '--password-stdin', ...host], {
      input: login.password,
      timeoutSeconds: LOGIN_SECONDS,
    })
    return work(own)
  })
}

/**
 * The user's configuration, with the one difference that a login to `registry` is kept in the file itself: a
 * credential store of the machine would remember it past this run. Logins to other registries stay usable.
 */
export function configForLogin(config: Record<string, unknown>, registry: string): Record<string, unknown> {
  const helpers = asObject(ownValue(config, 'credHelpers')) ?? {}
  return {
    ...config,
    credHelpers: { ...helpers, [DOCKER_HUB_NAMES.includes(registry) ? DOCKER_HUB : registry]: '' },
  }
}

/** The ways to name Docker Hub, and the one under which the docker client keeps a login to it. */
const DOCKER_HUB_NAMES = ['', 'docker.io', 'index.docker.io', 'registry-1.docker.io']
const DOCKER_HUB = 'https://index.docker.io/v1/'

function readConfig(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {}
  const config = asObject(JSON.parse(readFileSync(path, 'utf8')))
  if (!config) throw new Error(`${path} is not a JSON object`)
  return config
}
