import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError, runCommand } from '../lib/command.js'
import { childEnvironment } from '../lib/environment.js'
import { onInterrupt } from '../lib/interrupt.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { type ProbeResult, readProbeResult } from './probe-result.js'

const PROBE_SECONDS = 300
const CLEANUP_SECONDS = 60

/**
 * Harmless values for what services and the SDK demand while they are constructed
 * (server/packages/sdk/src/services/lib/settings.ts); nothing is ever connected to.
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

/** The probe as it lies beside this file: in the sources, and in the bundle's directory. */
const probeFile = join(dirname(fileURLToPath(import.meta.url)), 'probe.cjs')

/**
 * Constructs every plugin service of an image inside it, with no network and no privileges.
 * @param reference an image that the engine has or can pull
 * @param appDir where the application lives in the image
 * @param env environment for docker
 * @throws {CommandError} when the image can't be run; a service that fails is part of the result
 */
export async function loadServicesInImage(
  reference: string,
  appDir: string,
  env: Record<string, string>,
): Promise<ProbeResult> {
  return withTemporaryDirectory(async (directory) => {
    // The image's user is not this one: it may write into this directory, which nobody else can reach.
    const output = join(directory, 'output')
    mkdirSync(output)
    chmodSync(output, 0o777)
    const container = `tailchat-plugins-probe-${randomUUID()}`
    const removal = ['rm', '--force', container]
    const forget = onInterrupt(() =>
      spawnSync('docker', removal, { env: childEnvironment(env), stdio: 'ignore' }),
    )
    let failure: unknown
    try {
      await runCommand('docker', probeArgs(container, reference, appDir, output), {
        env,
        timeoutSeconds: PROBE_SECONDS,
      })
    } catch (error) {
      failure = error
      // A client that was ended leaves its container running.
      await runCommand('docker', removal, { env, timeoutSeconds: CLEANUP_SECONDS }).catch(() => undefined)
    } finally {
      forget()
    }
    try {
      return readProbeResult(join(output, 'result.json'))
    } catch (unreadable) {
      // Services that died mid-way leave a result behind; without one, the way in is what failed.
      if (failure instanceof CommandError) throw failure
      throw unreadable
    }
  })
}

function probeArgs(container: string, reference: string, appDir: string, output: string): string[] {
  return [
    'run',
    '--rm',
    '--init',
    `--name=${container}`,
    '--network=none',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    '--pids-limit=512',
    ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    // Unlike --volume, --mount fails when the source is not there.
    '--mount',
    `type=bind,source=${probeFile},target=/probe/probe.cjs,readonly`,
    '--mount',
    `type=bind,source=${output},target=/probe/output`,
    '--entrypoint=node',
    reference,
    '/probe/probe.cjs',
    posix.join(appDir, 'server'),
    '/probe/output/result.json',
  ]
}
