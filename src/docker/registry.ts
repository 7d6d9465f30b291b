import { CommandError } from '../lib/command.js'
import { asObject, ownValue, stringAt } from '../formats/json.js'
import { causeOf } from './faults.js'
import { builderFlag, type Docker, runDocker } from './docker.js'
import { nameOf } from '../formats/image-reference.js'

/**
 * Returns the digest that a container registry has for a reference; `undefined` when it has no such tag or digest.
 * @throws {CommandError} when the container registry can't be asked
 */
export async function digestOf(docker: Docker, reference: string): Promise<string | undefined> {
  const manifest = await inspect(docker, reference, '{{json .Manifest}}')
  return manifest === undefined ? undefined : stringAt(manifest, 'digest')
}

/** Returns the labels of an image in its container registry (of its first platform); `undefined` without the image. */
export async function labelsOf(
  docker: Docker,
  reference: string,
): Promise<Record<string, string> | undefined> {
  const config = await configOf(docker, reference)
  return config === undefined ? undefined : labelsOfConfig(config)
}

/** Returns the configuration of an image in its container registry (of its first platform); `undefined` without it. */
export async function configOf(docker: Docker, reference: string): Promise<unknown> {
  const image = await inspect(docker, reference, '{{json .Image}}')
  if (image === undefined) return undefined
  // Either the configuration of the only platform, or an object with one for each.
  const configurations = ownValue(image, 'config') ? [image] : Object.values(asObject(image) ?? {})
  const configs = configurations.map((each) => ownValue(each, 'config'))
  return configs.find((each) => ownValue(each, 'Labels')) ?? configs[0] ?? {}
}

/** Returns the labels in the configuration of an image. */
export function labelsOfConfig(config: unknown): Record<string, string> {
  const labels = asObject(ownValue(config, 'Labels')) ?? {}
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]))
}

/**
 * Points a tag at an image that the same repository of the container registry already has, by its digest. Only the
 * manifest is pushed, unchanged, so the digest stays the same; but buildx before 0.15 wraps a single manifest into an
 * index, which has another digest.
 */
export async function pointTag(docker: Docker, reference: string, digest: string): Promise<void> {
  const command = await pointTagCommand(docker)
  await runDocker(docker, command(reference, digest), { timeoutSeconds: docker.registrySeconds })
}

/** Returns the docker arguments for pointTag that the installed buildx understands. */
export async function pointTagCommand(
  docker: Docker,
): Promise<(reference: string, digest: string) => string[]> {
  const create = ['buildx', 'imagetools', 'create']
  const help = await runDocker(docker, [...create, '--help'], { timeoutSeconds: docker.registrySeconds })
  const asItIs = help.includes('--prefer-index') ? ['--prefer-index=false'] : []
  return (reference, digest) => [
    ...create,
    ...builderFlag(docker),
    ...asItIs,
    '--tag',
    reference,
    `${nameOf(reference)}@${digest}`,
  ]
}

async function inspect(docker: Docker, reference: string, format: string): Promise<unknown> {
  try {
    const args = ['buildx', 'imagetools', 'inspect', ...builderFlag(docker), reference, '--format', format]
    const text = await runDocker(docker, args, { timeoutSeconds: docker.registrySeconds })
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof CommandError && isMissing(error)) return undefined
    throw error
  }
}

/** Tells whether the tag or the repository does not exist: the container registry answers 404 for both. */
function isMissing(error: CommandError): boolean {
  return /: not found$|\bmanifest unknown\b|\bname unknown\b|\bNAME_UNKNOWN\b/i.test(causeOf(error))
}
