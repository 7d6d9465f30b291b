import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { childEnvironment } from '../lib/environment.js'
import { onInterrupt } from '../lib/interrupt.js'
import { type Docker, runDocker } from './docker.js'

const ENGINE_SECONDS = 10 * 60

/**
 * Copies a directory out of an image without starting it. Symbolic links are copied as links: readers of the copy must
 * not follow them.
 * @param target the directory to create and fill
 * @throws {CommandError} when the image can't be pulled, or has no such directory
 */
export async function copyFromImage(
  docker: Docker,
  { reference, path, target }: { reference: string; path: string; target: string },
): Promise<void> {
  const options = { timeoutSeconds: ENGINE_SECONDS }
  const container = `tailchat-plugins-copy-${randomUUID()}`
  docker.onContainer(container)
  const removal = ['rm', '--force', container]
  const forget = onInterrupt(
    () => spawnSync('docker', removal, { env: childEnvironment(docker.env), stdio: 'ignore' }),
    () => 'a container was removed',
  )
  try {
    // docker asks for a command; it is never run.
    const create = ['create', `--name=${container}`, '--network=none', reference, 'true']
    await runDocker(docker, create, options)
    await runDocker(docker, ['cp', `${container}:${path}`, target], options)
  } finally {
    forget()
    await runDocker(docker, removal, options).catch(() => undefined)
  }
}
