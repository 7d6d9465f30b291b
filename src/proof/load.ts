import { randomUUID } from 'node:crypto'
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyFiles, withContainer } from '../docker/copy.js'
import type { Docker } from '../docker/docker.js'
import { failureOf, runCommand } from '../lib/command.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { type ImageContents, type ProbeResult, readProbeResult } from './probe-result.js'

/** The limit inside the container, which holds even if this process is killed. */
const PROBE_SECONDS = 300
/** The limit for docker itself, which also needs time to start the container. */
const RUN_SECONDS = PROBE_SECONDS + 60

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
  docker: Docker
  /** An image that the engine has or can pull. */
  reference: string
  /** Where the application lives in the image. */
  appDir: string
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
  { docker, reference, appDir }: Probed,
  more: readonly string[],
): Promise<ProbeResult> {
  // A name that no image has.
  const place = `/tailchat-plugins-${randomUUID()}`
  const script = [`${place}/probe.cjs`, posix.join(appDir, 'server'), `${place}/result.json`]
  const create = [...CONTAINER, reference, ...script, String(PROBE_SECONDS), ...more]
  return withTemporaryDirectory((directory) =>
    withContainer(docker, { purpose: 'probe', create }, async (container) => {
      const given = join(directory, 'given')
      mkdirSync(given)
      copyFileSync(probeFile, join(given, 'probe.cjs'))
      // The image runs as another user, who reads the probe and writes the result next to it.
      chmodSync(join(given, 'probe.cjs'), 0o644)
      chmodSync(given, 0o777)
      await copyFiles(docker, given, `${container}:${place}`)
      const failure = await failureOf(
        runCommand('docker', ['start', '--attach', container], {
          env: docker.env,
          timeoutSeconds: RUN_SECONDS,
          // Services may print as much as they like.
          ignoreOutput: true,
        }),
      )
      try {
        const result = join(directory, 'result.json')
        await copyFiles(docker, `${container}:${place}/result.json`, result)
        return readProbeResult(result)
      } catch (unreadable) {
        // Services that died midway leave a result behind; without one, the container did not start.
        throw failure ?? unreadable
      }
    }),
  )
}

/** The container without a network and without privileges; it sees no file of any machine. */
const CONTAINER = [
  '--init',
  '--network=none',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--pids-limit=512',
  // Otherwise the engine would write everything that services print to its disk.
  '--log-driver=none',
  ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  '--entrypoint=node',
]
