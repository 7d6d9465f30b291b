import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, runCommand } from '../command.js'
import { withTemporaryDirectory } from '../temporary.js'
import { stringAt } from '../workspace/json.js'
import { type BuildPlan, buildxArgs } from './buildx-args.js'
import type { Docker } from './docker.js'

/** A full Tailchat build for two platforms under emulation takes long; none takes this long. */
const BUILD_SECONDS = 3 * 60 * 60
const REGISTRY_SECONDS = 5 * 60

/** What a build made. */
export interface BuiltImage {
  /** `sha256:…`: of the pushed manifest or index, or of the local image when nothing was pushed. */
  digest: string
  /** What `docker run` can be given. */
  reference: string
}

/**
 * Builds the image and pushes it by its digest alone, so that no tag moves; without names it is only loaded into
 * the local engine.
 * @param epochSeconds time that buildx gives the files it creates, for builds that can be repeated
 * @throws {CommandError} when buildx fails
 */
export async function buildImage(
  docker: Docker,
  plan: Omit<BuildPlan, 'metadataFile'>,
  epochSeconds: number | undefined,
): Promise<BuiltImage> {
  return withTemporaryDirectory(async (directory) => {
    const metadataFile = join(directory, 'metadata.json')
    await runCommand('docker', buildxArgs({ ...plan, metadataFile }), {
      env: { ...docker.env, ...(epochSeconds !== undefined && { SOURCE_DATE_EPOCH: String(epochSeconds) }) },
      timeoutSeconds: BUILD_SECONDS,
      onLine: docker.onLine,
    })
    const digest = stringAt(JSON.parse(readFileSync(metadataFile, 'utf8')), 'containerimage.digest')
    if (digest === undefined) throw new Error('buildx named no digest for the image')
    const [name] = plan.names
    return { digest, reference: name === undefined ? digest : `${name}@${digest}` }
  })
}

/** The digest that a tag points at; `undefined` when there is no such tag yet. */
export async function digestOf(docker: Docker, reference: string): Promise<string | undefined> {
  try {
    const manifest = await runCommand(
      'docker',
      ['buildx', 'imagetools', 'inspect', reference, '--format', '{{json .Manifest}}'],
      { env: docker.env, timeoutSeconds: REGISTRY_SECONDS },
    )
    return stringAt(JSON.parse(manifest), 'digest')
  } catch (error) {
    if (
      error instanceof CommandError &&
      error.lastLines.some((line) => /not found|manifest unknown/i.test(line))
    )
      return undefined
    throw error
  }
}

/**
 * Points tags at an image that is in the container registry already. The manifest is copied as it is, so the
 * digest stays the one that was proven.
 * @param references `name:tag`, each of one of `names`
 */
export async function moveTags(docker: Docker, references: readonly string[], digest: string): Promise<void> {
  const nameOf = (reference: string): string => reference.slice(0, reference.lastIndexOf(':'))
  for (const name of new Set(references.map(nameOf))) {
    const ofName = references.filter((reference) => nameOf(reference) === name)
    await runCommand(
      'docker',
      [
        'buildx',
        'imagetools',
        'create',
        '--prefer-index=false',
        ...ofName.flatMap((reference) => ['--tag', reference]),
        `${name}@${digest}`,
      ],
      { env: docker.env, timeoutSeconds: REGISTRY_SECONDS, onLine: docker.onLine },
    )
  }
}
