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
 * Runs `work` with the login in a temporary Docker configuration directory, and removes that afterwards: the login is
 * forgotten, and the user's own configuration is never written to. Without a login, docker runs with the user's
 * configuration.
 * @param onDirectory receives the directory before the login is written, so that it can be removed if this process is
 *   killed
 */
export async function withLogin<T>(
  docker: Docker,
  { login, onDirectory }: { login: Login | undefined; onDirectory: (directory: string) => void },
  work: (docker: Docker) => Promise<T>,
): Promise<T> {
  if (!login) return work(docker)
  const users = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker')
  return withTemporaryDirectory(async (directory) => {
    onDirectory(directory)
    // docker looks up plugins such as buildx, contexts and builders there as well: they remain the user's.
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
 * Returns the user's configuration, changed so that a login to `registry` is kept in the file itself: a credential
 * store of the machine would remember it after this run. Logins to other container registries remain usable.
 */
function configForLogin(config: Record<string, unknown>, registry: string): Record<string, unknown> {
  const helpers = asObject(ownValue(config, 'credHelpers')) ?? {}
  return {
    ...config,
    credHelpers: { ...helpers, [DOCKER_HUB_NAMES.includes(registry) ? DOCKER_HUB : registry]: '' },
  }
}

/** The names of Docker Hub, and the key under which the docker client keeps a login to it. */
const DOCKER_HUB_NAMES = ['', 'docker.io', 'index.docker.io', 'registry-1.docker.io']
const DOCKER_HUB = 'https://index.docker.io/v1/'

function readConfig(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {}
  const config = asObject(JSON.parse(readFileSync(path, 'utf8')))
  if (!config) throw new Error(`${path} is not a JSON object`)
  return config
}
