import { spawnSync } from 'node:child_process'
import { childEnvironment } from '../lib/environment.js'
import { onInterrupt } from '../lib/interrupt.js'
import { type Docker, runDocker } from './docker.js'

const ENGINE_SECONDS = 10 * 60

/**
 * Copies a directory out of an image, of which nothing is started. Symbolic links come as they are: what reads the copy
 * must not follow them.
 * @param target is made, and gets what is in the directory
 * @throws {CommandError} when the image can't be had, or has no such directory
 */
export async function copyFromImage(
  docker: Docker,
  { reference, path, target }: { reference: string; path: string; target: string },
): Promise<void> {
  const options = { timeoutSeconds: ENGINE_SECONDS }
  // Some command it must have; it is never run.
  const created = await runDocker(docker, ['create', '--network=none', reference, 'true'], options)
  const container = created.trim().split('\n').at(-1) ?? ''
  const removal = ['rm', '--force', container]
  const forget = onInterrupt(() =>
    spawnSync('docker', removal, { env: childEnvironment(docker.env), stdio: 'ignore' }),
  )
  try {
    await runDocker(docker, ['cp', `${container}:${path}`, target], options)
  } finally {
    forget()
    await runDocker(docker, removal, options).catch(() => undefined)
  }
}
