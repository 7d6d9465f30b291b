import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'

/** A container that serves on a port of this machine. */
export interface Container {
  name: string
  /** Without a slash at its end. */
  url: string
  remove(): void
}

const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim()

/** Starts a server of the sample on a port of this machine. */
export function startServer(
  image: string,
  environment: Record<string, string> = {},
  ...flags: string[]
): Container {
  const name = `e2e-live-${randomUUID()}`
  const variables = { PORT: '3000', SERVICEDIR: 'services,plugins', ...environment }
  docker(
    'run',
    '--detach',
    `--name=${name}`,
    '--publish=127.0.0.1::3000',
    ...Object.entries(variables).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...flags,
    image,
  )
  const remove = (): void => void docker('rm', '--force', name)
  try {
    return { name, url: `http://${docker('port', name, '3000/tcp').split('\n')[0]}`, remove }
  } catch (error) {
    remove()
    throw error
  }
}
