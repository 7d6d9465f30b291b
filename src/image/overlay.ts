import type { PluginState } from '../declarations/desired.js'
import { asObject } from '../formats/json.js'
import { layout, type PluginKind } from '../tailchat/layout.js'
import type { BaseImage } from './base.js'
import { versionInstruction } from './record.js'

/** What the build stage is told in plan.json (overlay-stage/main.cjs carries it out). */
export interface OverlayPlan {
  /** Where the application lives in the image. */
  appDir: string
  plugins: OverlaidPlugin[]
  /** Whether only the browser sides are built, as files that leave the builder. */
  bundlesOnly?: true
  /** Everything else is taken out; `undefined`: what else the base image has stays. */
  only?: { compiled: string[]; published: string[] }
  /** The plugin registry files of the image: their whole text, or what is put in and taken out. */
  registries: Record<'registry.json' | 'registry-be.json', string | RegistryMerge>
  /** What builtin.ts of the base image must be; `undefined` where that is known already. */
  builtin?: string
  /** The time of all files, in seconds since 1970. */
  epochSeconds: number
}

export interface OverlaidPlugin {
  name: string
  kind: PluginKind
  /** Below the application. */
  directory: string
  /** Whether its files are in the context, and are built anew. What did not change is taken from the base image. */
  changed: boolean
  /** Whether the image offers its browser side. */
  bundle: boolean
}

type Manifest = Record<string, unknown>

export interface RegistryMerge {
  /** Manifests: each replaces the entry of its name, or goes last. */
  entries: Manifest[]
  /** Names of entries that go. */
  without: string[]
}

/** The registration files of the repository as they stand when the image is built. */
export interface RegistrationFiles {
  /** The text of client/web/registry.json. */
  registry: string
  /** The names behind plugin:install, in order; `all` for every plugin. */
  installed: readonly string[]
}

/**
 * Decides what is in an overlay.
 * @param changed names of the plugins to build anew; `undefined`: every plugin
 * @param files `undefined` in a repository that holds plugins only: then the image's own lists are added to
 */
export function planOverlay(
  states: readonly PluginState[],
  changed: readonly string[] | undefined,
  files: RegistrationFiles | undefined,
): Pick<OverlayPlan, 'plugins' | 'only' | 'registries'> {
  const plugins = states.map(({ plugin, wanted }): OverlaidPlugin => ({
    name: plugin.name,
    kind: plugin.kind,
    directory: `${plugin.kind === 'frontend' ? layout.frontendPlugins : layout.serverPlugins}/${plugin.name}`,
    changed: changed?.includes(plugin.name) ?? true,
    // Tailchat's build bundles every frontend plugin, and the full-stack ones that are installed.
    bundle: plugin.kind === 'frontend' || (plugin.kind === 'fullstack' && wanted.install),
  }))
  if (!files) return { plugins, registries: registriesToMerge(states) }
  return {
    plugins,
    only: {
      compiled: plugins.filter(({ kind }) => kind !== 'frontend').map(({ name }) => name),
      published: plugins.filter(({ bundle }) => bundle).map(({ name }) => name),
    },
    registries: {
      'registry.json': files.registry,
      'registry-be.json': installedRegistry(states, files.installed),
    },
  }
}

/** What the install script writes: the last one installed stands first (server/scripts/installPlugin.js). */
function installedRegistry(states: readonly PluginState[], installed: readonly string[]): string {
  const server = states.filter(({ plugin }) => plugin.kind !== 'frontend')
  const names = installed.includes('all') ? server.map(({ plugin }) => plugin.name) : installed
  let entries: Manifest[] = []
  for (const name of names) {
    const manifest = manifestOf(server.find(({ plugin }) => plugin.name === name))
    if (manifest) entries = [manifest, ...entries.filter((entry) => entry['name'] !== manifest['name'])]
  }
  return `${JSON.stringify(entries)}\n`
}

function registriesToMerge(states: readonly PluginState[]): OverlayPlan['registries'] {
  const merge = (isIn: (state: PluginState) => boolean): RegistryMerge => ({
    entries: states.filter(isIn).flatMap((state): Manifest[] => {
      const manifest = manifestOf(state)
      return manifest ? [manifest] : []
    }),
    without: states.filter((state) => !isIn(state)).map(({ plugin }) => plugin.name),
  })
  return {
    'registry.json': merge(({ wanted }) => wanted.registry),
    'registry-be.json': merge(({ wanted }) => wanted.install),
  }
}

function manifestOf(state: PluginState | undefined): Manifest | undefined {
  return asObject(state?.plugin.web?.manifest?.value)
}

/** Where the build stage has its own files; the plugins' sources come from the build context itself. */
export const STAGE_CONTEXT = 'overlay-stage'
const STAGE_DIRECTORY = '/tmp/tailchat-overlay'

/**
 * The Dockerfile of an overlay. Names of plugins are not in it: they are data, in plan.json. The stage that builds
 * runs once, on the builder's own platform; the image itself has no RUN, and is the same for every platform.
 * @param secrets ids of build secrets, which the build stage finds in /run/secrets
 * @param version what the gateway gives as its version
 */
export function overlayDockerfile(base: BaseImage, secrets: readonly string[], version?: string): string {
  return `${buildStage(base, secrets)}
FROM ${base.reference}
# Empty files in the place of what must not shine through, and then what is there instead.
COPY --link --from=build ${STAGE_DIRECTORY}/hide/ /
COPY --link --from=build ${STAGE_DIRECTORY}/layer/ /
${versionInstruction(version)}`
}

/** The Dockerfile of which only the plugins' browser sides come out, as files, a folder for each. */
export function bundleDockerfile(base: BaseImage, secrets: readonly string[]): string {
  return `${buildStage(base, secrets)}
FROM scratch
COPY --from=build ${STAGE_DIRECTORY}/bundles/ /
`
}

function buildStage(base: BaseImage, secrets: readonly string[]): string {
  const mounts = secrets.map((id) => `--mount=type=secret,id=${id} `).join('')
  const command = JSON.stringify(['node', `${STAGE_DIRECTORY}/main.cjs`, STAGE_DIRECTORY])
  return `FROM --platform=$BUILDPLATFORM ${base.reference} AS build
USER 0:0
COPY --from=${STAGE_CONTEXT} / ${STAGE_DIRECTORY}/
COPY . ${STAGE_DIRECTORY}/tree/
RUN ${mounts}${command}
`
}

/** The ids among build secrets such as `id=npmrc,src=.npmrc`. */
export function secretIds(buildSecrets: readonly string[]): string[] {
  return buildSecrets.flatMap((secret) => {
    const id = secret.split(',').map((field) => /^id=([\w.-]+)$/.exec(field.trim())?.[1])
    return id.find((each) => each !== undefined) ?? []
  })
}
