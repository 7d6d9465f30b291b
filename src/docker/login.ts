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
 * Runs `work` with the logins in a temporary Docker configuration directory, and removes that afterwards: they are
 * forgotten, and the user's own configuration is never written to. Without any, docker runs with the user's
 * configuration.
 * @param onDirectory receives the directory before the login is written, so that it can be removed if this process is
 *   killed
 */
export async function withLogin<T>(
  docker: Docker,
  { logins, onDirectory }: { logins: readonly Login[]; onDirectory: (directory: string) => void },
  work: (docker: Docker) => Promise<T>,
): Promise<T> {
  if (logins.length === 0) return work(docker)
  const users = directoryOfUser()
  return withTemporaryDirectory(async (directory) => {
    onDirectory(directory)
    // docker looks up plugins such as buildx, contexts and builders there as well: they remain the user's.
    for (const name of ['cli-plugins', 'contexts', 'buildx'])
      if (existsSync(join(users, name))) symlinkSync(join(users, name), join(directory, name))
    const config = configForLogins(readConfig(join(users, 'config.json')), logins)
    writeFileSync(join(directory, 'config.json'), JSON.stringify(config), { mode: 0o600 })
    const own = { ...docker, env: { ...docker.env, DOCKER_CONFIG: directory } }
    for (const { registry, username, password } of logins) {
      const host = registry ? [registry] : []
      await runDocker(own, ['login', '--username', username, '--password-stdin', ...host], {
        input: password,
        timeoutSeconds: LOGIN_SECONDS,
      })
    }
    return work(own)
  })
}

/**
 * Returns the user's configuration, changed so that the logins are kept in the file itself: a credential
 * store of the machine would remember them after this run. Logins to other container registries remain usable.
 */
function configForLogins(config: Record<string, unknown>, logins: readonly Login[]): Record<string, unknown> {
  const helpers = asObject(ownValue(config, 'credHelpers')) ?? {}
  const own = logins.map(({ registry }) => [keyOf(registry), ''])
  return { ...config, credHelpers: { ...helpers, ...Object.fromEntries(own) } }
}

/** The names of Docker Hub, and the key under which the docker client keeps a login to it. */
const DOCKER_HUB_NAMES = ['', 'docker.io', 'index.docker.io', 'registry-1.docker.io']
const DOCKER_HUB = 'https://index.docker.io/v1/'

function keyOf(registry: string): string {
  return DOCKER_HUB_NAMES.includes(registry) ? DOCKER_HUB : registry
}

/**
 * Tells whether the user's Docker configuration has a login to a container registry. What a credential store has can't be
 * told without running it, so a store counts as a login.
 * @param registry its host; empty: Docker Hub
 * @throws when the configuration can't be read
 */
export function hasLogin(registry: string): boolean {
  const config = readConfig(join(directoryOfUser(), 'config.json'))
  const keys = DOCKER_HUB_NAMES.includes(registry) ? [DOCKER_HUB, ...DOCKER_HUB_NAMES] : [registry]
  const knows = (field: string): boolean => keys.some((key) => ownValue(ownValue(config, field), key))
  return knows('auths') || knows('credHelpers') || ownValue(config, 'credsStore') !== undefined
}

function directoryOfUser(): string {
  return process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker')
}

function readConfig(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {}
  const config = asObject(JSON.parse(readFileSync(path, 'utf8')))
  if (!config) throw new Error(`${path} is not a JSON object`)
  return config
}
