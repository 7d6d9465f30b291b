import type { BuildOptions } from '../inputs/inputs.js'

/** A build, as `docker buildx build` is asked for it. */
export interface BuildPlan {
  /** Absolute paths. */
  dockerfile: string
  context: string
  /** Directories that the Dockerfile copies from by these names. */
  contexts?: Record<string, string>
  labels: Record<string, string>
  buildArgs: string[]
  buildSecrets: string[]
  platforms: string[]
  cacheFrom: string[]
  cacheTo: string[]
  /** Empty: the current builder. */
  builder: string
  options?: BuildOptions
  /** The time of the files that buildx creates, in seconds since 1970, so that a build can be repeated. */
  epochSeconds?: number | undefined
  /**
   * Whether no file of the image may be newer than `epochSeconds`: a Dockerfile copies files with the times of their
   * checkout. Costs the layers a second compression.
   */
  rewriteTimestamps?: boolean
}

/** Where the result of a build goes. */
export interface BuildOutput {
  /** Image names without a tag to push to, by digest alone; empty: the image is loaded into the engine. */
  pushTo: readonly string[]
  /** `false`: the image is built as if it were pushed, but stays with the builder. */
  push: boolean
  /**
   * Whether the image becomes an index, even for one platform: every version of buildx can point a tag at an index
   * without creating a new one. An engine without the containerd image store can't load an index.
   */
  index: boolean
  /** Where buildx writes the digest. */
  metadataFile: string
  /** Where the files of the last stage go, instead of an image. */
  directory?: string
}

/** Returns the arguments of `docker buildx build`. They hold no tag: tags move once the image is proven. */
export function buildxArgs(
  plan: BuildPlan,
  { pushTo, push, index, metadataFile, directory }: BuildOutput,
): string[] {
  const many = (flag: string, values: readonly string[]): string[] => values.flatMap((value) => [flag, value])
  const output =
    directory !== undefined
      ? ['--output', csv(['type=local', `dest=${directory}`])]
      : pushTo.length === 0
        ? ['--load']
        : [
            '--output',
            csv([
              'type=image',
              `name=${pushTo.join(',')}`,
              'push-by-digest=true',
              'name-canonical=true',
              `push=${push}`,
              // An older BuildKit leaves it unread. The engine's own builder refuses it.
              ...(plan.rewriteTimestamps && plan.epochSeconds !== undefined
                ? ['rewrite-timestamp=true']
                : []),
            ]),
          ]
  const { options } = plan
  // Attestations and annotations belong to an image: among files they would be files.
  const isImage = directory === undefined
  return [
    'buildx',
    'build',
    '--progress=plain',
    ...(plan.builder ? ['--builder', plan.builder] : []),
    '--file',
    plan.dockerfile,
    ...(plan.platforms.length > 0 ? ['--platform', plan.platforms.join(',')] : []),
    ...many(
      '--label',
      Object.entries(plan.labels).map(([key, value]) => `${key}=${value}`),
    ),
    ...many(
      '--build-context',
      Object.entries(plan.contexts ?? {}).map(([name, path]) => `${name}=${path}`),
    ),
    ...many('--build-arg', plan.buildArgs),
    ...(index ? ['--build-arg', 'BUILDKIT_MULTI_PLATFORM=1'] : []),
    ...many('--secret', plan.buildSecrets),
    ...many('--cache-from', plan.cacheFrom),
    ...many('--cache-to', plan.cacheTo.map(tolerant)),
    ...many('--annotation', isImage ? (options?.annotations ?? []) : []),
    ...(options?.target ? ['--target', options.target] : []),
    ...many('--ssh', options?.ssh ?? []),
    ...(options?.pull ? ['--pull'] : []),
    ...(options?.noCache ? ['--no-cache'] : []),
    ...(options?.network ? ['--network', options.network] : []),
    // By default none: it holds the times of the build, so no digest would come twice, and may hold build arguments.
    `--provenance=${isImage ? (options?.provenance ?? 'false') : 'false'}`,
    ...(isImage && options && options.sbom !== 'false' ? [`--sbom=${options.sbom}`] : []),
    '--metadata-file',
    metadataFile,
    ...output,
    plan.context,
  ]
}

/** Makes buildx ignore a cache that can't be written: that costs the next build time, and is no reason to fail this one. */
function tolerant(cache: string): string {
  const long = cache.includes('=') ? cache : `type=registry,ref=${cache}`
  return /(?:^|,)(?:ignore-error=|type=inline)/.test(long) ? long : `${long},ignore-error=true`
}

/** Returns the labels that say where an image comes from (OCI image specification, annotations). */
export function provenanceLabels(source: {
  url: string | undefined
  revision: string | undefined
  /** The commit's time, ISO 8601. */
  created: string | undefined
}): Record<string, string> {
  return {
    ...(source.url && { 'org.opencontainers.image.source': source.url }),
    ...(source.revision && { 'org.opencontainers.image.revision': source.revision }),
    ...(source.created && { 'org.opencontainers.image.created': source.created }),
  }
}

/** Joins fields as one line of CSV, which is how buildx reads the value of --output. */
function csv(fields: string[]): string {
  return fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')
}
