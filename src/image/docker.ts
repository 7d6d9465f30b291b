import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../command.js'
import { asObject, ownValue } from '../workspace/json.js'
import { withTemporaryDirectory } from '../temporary.js'

/** How docker is called in one run: with a login of its own where one was asked for. */
export interface Docker {
  /** Environment for every docker command of the run. */
  env: Record<string, string>
  onLine: (line: string) => void
}

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
 */
export async function withDocker<T>(
  login: Login | undefined,
  onLine: Docker['onLine'],
  work: (docker: Docker) => Promise<T>,
): Promise<T> {
  if (!login) return work({ env: {}, onLine })
  const own = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker')
  return withTemporaryDirectory(async (directory) => {
    // Plugins such as buildx, contexts and builders are looked up there too: they stay those of the user.
    for (const name of ['cli-plugins', 'contexts', 'buildx'])
      if (existsSync(join(own, name))) symlinkSync(join(own, name), join(directory, name))
    const config = configForLogin(readConfig(join(own, 'config.json')), login.registry)
    writeFileSync(join(directory, 'config.json'), JSON.stringify(config), { mode: 0o600 })
    const env = { DOCKER_CONFIG: directory }
    const host = login.registry ? [login.registry] : []
    await runCommand('docker', ['login', '--username', login.username, '--password-stdin', ...host], {
      env,
      input: login.password,
      timeoutSeconds: LOGIN_SECONDS,
    })
    return work({ env, onLine })
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
