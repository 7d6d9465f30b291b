import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { childEnvironment } from '../lib/environment.js'
import { onInterrupt } from '../lib/interrupt.js'
import { type Docker, runDocker } from './docker.js'

const ENGINE_SECONDS = 10 * 60
const CLEANUP_SECONDS = 60

/**
 * Creates a container, calls `work` with its name, and removes it afterwards. The engine may be on another machine and
 * see none of this one's files, so nothing is mounted: files are copied in and out.
 * @param purpose one word, part of the container's name
 * @param create arguments for `docker create`: flags, the image, and the command
 * @throws {CommandError} when the image can't be pulled or the container can't be created
 */
export async function withContainer<T>(
  docker: Docker,
  { purpose, create }: { purpose: string; create: readonly string[] },
  work: (container: string) => Promise<T>,
): Promise<T> {
  const options = { timeoutSeconds: ENGINE_SECONDS }
  const container = `tailchat-plugins-${purpose}-${randomUUID()}`
  docker.onContainer(container)
  const forget = onInterrupt(() => {
    removeLeft(container, docker.env)
    return `the container of the ${purpose} was removed`
  })
  try {
    await runDocker(docker, ['create', `--name=${container}`, ...create], options)
    return await work(container)
  } finally {
    forget()
    await runDocker(docker, removalOf(container), options).catch(() => undefined)
  }
}

function removalOf(container: string): string[] {
  return ['rm', '--force', '--volumes', container]
}

/** Removes a container that this process, which is told to end, or another one leaves behind. */
export function removeLeft(container: string, env: Record<string, string> = {}): void {
  spawnSync('docker', removalOf(container), {
    env: childEnvironment(env),
    stdio: 'ignore',
    timeout: CLEANUP_SECONDS * 1000,
  })
}

/**
 * Copies files between this machine and a container, of which one is `container:path`; the container need not run.
 * Symbolic links are copied as links: readers of the copy must not follow them.
 * @throws {CommandError} when there are no such files
 */
export async function copyFiles(docker: Docker, from: string, to: string): Promise<void> {
  await runDocker(docker, ['cp', from, to], { timeoutSeconds: ENGINE_SECONDS })
}

/**
 * Puts a file of this machine into a container, with its permission bits, and creates the directories above it that are
 * missing, which `docker cp` alone does not.
 * @param target absolute path in the container
 * @throws {CommandError} when it can't be copied
 */
export async function putFile(
  docker: Docker,
  { source, container, target }: { source: string; container: string; target: string },
): Promise<void> {
  const { packTar } = await import('modern-tar')
  const body = readFileSync(source)
  const mode = statSync(source).mode & 0o7777
  const name = target.replace(/^\/+/, '')
  const archive = await packTar([{ header: { name, mode, size: body.length, type: 'file' }, body }])
  const options = { input: Buffer.from(archive), timeoutSeconds: ENGINE_SECONDS }
  await runDocker(docker, ['cp', '-', `${container}:/`], options)
}

/**
 * Copies a directory out of an image without starting it, as {@link copyFiles} does.
 * @param target the directory to create and fill
 * @throws {CommandError} when the image can't be pulled, or has no such directory
 */
export async function copyFromImage(
  docker: Docker,
  { reference, path, target }: { reference: string; path: string; target: string },
): Promise<void> {
  // docker asks for a command; it is never run.
  const create = ['--network=none', reference, 'true']
  await withContainer(docker, { purpose: 'copy', create }, (container) =>
    copyFiles(docker, `${container}:${path}`, target),
  )
}
