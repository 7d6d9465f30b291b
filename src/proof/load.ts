import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError, runCommand } from '../lib/command.js'
import { childEnvironment } from '../lib/environment.js'
import { onInterrupt } from '../lib/interrupt.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { type ImageContents, type ProbeResult, readProbeResult } from './probe-result.js'

/** The limit inside the container, which holds even if this process is killed. */
const PROBE_SECONDS = 300
/** The limit for docker itself, which also needs time to start the container. */
const RUN_SECONDS = PROBE_SECONDS + 60
const CLEANUP_SECONDS = 60

/**
 * Harmless values for the variables that services and the SDK require while they are constructed
 * (server/packages/sdk/src/services/lib/settings.ts); nothing connects to these addresses.
 */
const ENVIRONMENT: Record<string, string> = {
  NODE_ENV: 'production',
  MONGO_URL: 'mongodb://127.0.0.1:1/probe',
  REDIS_URL: 'redis://127.0.0.1:1',
  SECRET: 'probe',
  MINIO_URL: '127.0.0.1:1',
  API_URL: 'http://127.0.0.1:1',
  DISABLE_LOGGER: '1',
}

/** The probe, next to this file in the sources and in the bundle's directory. */
const probeFile = join(dirname(fileURLToPath(import.meta.url)), 'probe.cjs')

/**
 * Constructs the plugins' services of an image inside it, with no network and no privileges.
 * @param plugins the names of those whose services are constructed; `undefined`: every plugin's
 * @throws {CommandError} when the image can't be run; a service that fails is part of the result
 */
export async function loadServicesInImage(probed: Probed, plugins?: readonly string[]): Promise<ProbeResult> {
  return probeImage(probed, plugins ? ['plugins', ...plugins] : [])
}

/** An image to probe. */
interface Probed {
  /** An image that the engine has or can pull. */
  reference: string
  /** Where the application lives in the image. */
  appDir: string
  /** The environment for docker. */
  env: Record<string, string>
  /** Called with the container's name before it starts: if this process is killed, another one can remove it. */
  onContainer: (name: string) => void
}

/**
 * Reads inside an image what its gateway would serve, without running any code of its application.
 * @throws when it can't be read
 */
export async function readContentsOfImage(probed: Probed): Promise<ImageContents> {
  const { contents, error } = await probeImage(probed, ['contents'])
  if (!contents) throw new Error(`its contents can't be read: ${error?.message ?? 'the probe said nothing'}`)
  return contents
}

async function probeImage(
  { reference, appDir, env, onContainer }: Probed,
  more: readonly string[],
): Promise<ProbeResult> {
  return withTemporaryDirectory(async (directory) => {
    // The image runs as another user, who may write into this directory; its parent keeps everyone else out.
    const output = join(directory, 'output')
    mkdirSync(output)
    chmodSync(output, 0o777)
    const container = `tailchat-plugins-probe-${randomUUID()}`
    const removal = removalOf(container)
    onContainer(container)
    const forget = onInterrupt(
      () => spawnSync('docker', removal, { env: childEnvironment(env), stdio: 'ignore' }),
      () => 'the container of the proof was removed',
    )
    let failure: unknown
    try {
      await runCommand('docker', [...probeArgs(container, { reference, appDir, output }), ...more], {
        env,
        timeoutSeconds: RUN_SECONDS,
        // Services may print as much as they like.
        ignoreOutput: true,
      })
    } catch (error) {
      failure = error
      // When the docker client is ended, the container keeps running.
      await runCommand('docker', removal, { env, timeoutSeconds: CLEANUP_SECONDS }).catch(() => undefined)
    } finally {
      forget()
    }
    try {
      return readProbeResult(join(output, 'result.json'))
    } catch (unreadable) {
      // Services that died midway leave a result behind; without one, the container did not start.
      if (failure instanceof CommandError) throw failure
      throw unreadable
    }
  })
}

function removalOf(container: string): string[] {
  return ['rm', '--force', '--volumes', container]
}

/** Removes a container that another process left behind. */
export function removeLeft(container: string): void {
  spawnSync('docker', removalOf(container), {
    env: childEnvironment(),
    stdio: 'ignore',
    timeout: CLEANUP_SECONDS * 1000,
  })
}

function probeArgs(
  container: string,
  { reference, appDir, output }: Pick<Probed, 'reference' | 'appDir'> & { output: string },
): string[] {
  return [
    'run',
    '--rm',
    '--init',
    `--name=${container}`,
    '--network=none',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    '--pids-limit=512',
    // Otherwise the engine would write everything that services print to its disk.
    '--log-driver=none',
    ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    // Unlike --volume, --mount fails when the source does not exist.
    '--mount',
    `type=bind,source=${probeFile},target=/probe/probe.cjs,readonly`,
    '--mount',
    `type=bind,source=${output},target=/probe/output`,
    '--entrypoint=node',
    reference,
    '/probe/probe.cjs',
    posix.join(appDir, 'server'),
    '/probe/output/result.json',
    String(PROBE_SECONDS),
  ]
}
