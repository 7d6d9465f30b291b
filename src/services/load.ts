import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError, runCommand } from '../command.js'
import { withTemporaryDirectory } from '../temporary.js'
import { type ProbeResult, readProbeResult } from './probe-result.js'

const PROBE_SECONDS = 300

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

/** Starts the probe for a server directory; gives its arguments the path under which each file is seen there. */
type StartProbe = (probe: string, outputDirectory: string) => Promise<void>

/**
 * Constructs every plugin service of an image inside it, with no network and no privileges.
 * @param reference an image that the engine has or can pull
 * @param appDir where the application lives in the image
 * @param env environment for docker
 */
export async function loadServicesInImage(
  reference: string,
  appDir: string,
  env: Record<string, string>,
): Promise<ProbeResult> {
  return probe(async (file, output) => {
    await runCommand(
      'docker',
      [
        'run',
        '--rm',
        '--network=none',
        '--cap-drop=ALL',
        '--security-opt=no-new-privileges',
        '--pids-limit=512',
        ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        // Unlike --volume, --mount fails when the source is not there.
        '--mount',
        `type=bind,source=${file},target=/probe/probe.cjs,readonly`,
        '--mount',
        `type=bind,source=${output},target=/probe/output`,
        '--entrypoint=node',
        reference,
        '/probe/probe.cjs',
        posix.join(appDir, 'server'),
        '/probe/output/result.json',
      ],
      { env, timeoutSeconds: PROBE_SECONDS },
    )
  })
}

/** The same for a server that was built on this machine, in a Node.js process of its own: no container around it. */
export async function loadServicesOnThisMachine(serverDirectory: string): Promise<ProbeResult> {
  return probe(async (file, output) => {
    await runCommand(process.execPath, [file, serverDirectory, join(output, 'result.json')], {
      env: ENVIRONMENT,
      timeoutSeconds: PROBE_SECONDS,
    })
  })
}

async function probe(start: StartProbe): Promise<ProbeResult> {
  return withTemporaryDirectory(async (directory) => {
    // The image's user is not this one: it may write into this directory, which nobody else can reach.
    const output = join(directory, 'output')
    mkdirSync(output)
    chmodSync(output, 0o777)
    const failure = await start(probeFile, output).catch((error: unknown) => error)
    try {
      return readProbeResult(join(output, 'result.json'))
    } catch (unreadable) {
      // Services that died mid-way leave a result behind; without one, the way in is what failed.
      if (failure instanceof CommandError) throw failure
      throw unreadable
    }
  })
}
