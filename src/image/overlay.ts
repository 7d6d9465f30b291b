import type { PluginState } from '../declarations/desired.js'
import { asObject } from '../formats/json.js'
import { layout, type PluginKind } from '../tailchat/layout.js'
import type { BaseImage } from './base.js'
import { nodeInstructions } from './node.js'
import { versionInstruction } from './record.js'

/** The content of plan.json, which the build stage carries out (overlay-stage/main.cjs). */
export interface OverlayPlan {
  /** Where the application lives in the image. */
  appDir: string
  plugins: OverlaidPlugin[]
  /** Set where only the front ends are built, as files that leave the builder. */
  bundlesOnly?: true
  /**
   * Set for a node of its own: its services are compiled and no front end is built; the base image must not load the
   * same plugins, and must have the program that the node starts.
   */
  node?: { runner: string }
  /** The plugins to keep; `undefined`: all plugins of the base image stay. */
  only?: { compiled: string[]; published: string[] }
  /** The plugin registry files of the image: their whole text, or entries to add and to remove. */
  registries: Partial<Record<'registry.json' | 'registry-be.json', string | RegistryMerge>>
  /** The text that builtin.ts of the base image must have; `undefined` where that is known already. */
  builtin?: string
  /** The time of all files, in seconds since 1970. */
  epochSeconds: number
}

/** A plugin in an overlay. */
interface OverlaidPlugin {
  name: string
  kind: PluginKind
  /** Relative to the application. */
  directory: string
  /** Whether it is rebuilt from the files in the context. An unchanged plugin is taken from the base image. */
  changed: boolean
  /** Whether the image offers its front end. */
  bundle: boolean
}

type Manifest = Record<string, unknown>

/** Changes to a plugin registry file of the image. */
interface RegistryMerge {
  /** Manifests: each replaces the entry of the same name, or is appended. */
  entries: Manifest[]
  /** Names of entries to remove. */
  without: string[]
}

/** The registration files of the repository as they stand when the image is built. */
interface RegistrationFiles {
  /** The text of client/web/registry.json. */
  registry: string
  /** The names behind plugin:install, in order; `all` for every plugin. */
  installed: readonly string[]
}

/**
 * Decides what is in an overlay.
 * @param changed names of the plugins to rebuild; `undefined`: every plugin
 * @param files `undefined` in a repository that holds plugins only: then entries are merged into the image's own lists
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

/** Decides what is in the image of a node: the services of these plugins, and no front end. */
export function planNode(states: readonly PluginState[]): Pick<OverlayPlan, 'plugins' | 'registries'> {
  const { plugins } = planOverlay(states, undefined, undefined)
  return { plugins: plugins.map((plugin) => ({ ...plugin, bundle: false })), registries: {} }
}

/** Returns what the install script writes: the last installed plugin comes first (server/scripts/installPlugin.js). */
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

/** The build context with the stage's own files; the sources of plugins come from the main context. */
export const STAGE_CONTEXT = 'overlay-stage'
const STAGE_DIRECTORY = '/tmp/tailchat-overlay'

/**
 * Returns the Dockerfile of an overlay. It holds no names of plugins: they are data, in plan.json. The build stage
 * runs once, on the builder's own platform; the image itself has no RUN and is the same for every platform.
 * @param secrets ids of build secrets, which the build stage finds in /run/secrets
 * @param version the version that the gateway answers with
 */
export function overlayDockerfile(base: BaseImage, secrets: readonly string[], version?: string): string {
  return `${overlayStages(base, secrets)}${versionInstruction(version)}`
}

/** The Dockerfile of a node: an overlay that starts the services of these plugins and nothing else. */
export function nodeDockerfile(
  base: BaseImage,
  secrets: readonly string[],
  node: { appDir: string; plugins: readonly string[] },
): string {
  return `${overlayStages(base, secrets)}${nodeInstructions(node.appDir, node.plugins)}`
}

function overlayStages(base: BaseImage, secrets: readonly string[]): string {
  return `${buildStage(base, secrets)}
FROM ${base.reference}
# Empty files hide what the base image has there; the files of the overlay follow.
COPY --link --from=build ${STAGE_DIRECTORY}/hide/ /
COPY --link --from=build ${STAGE_DIRECTORY}/layer/ /
`
}

/** Returns the Dockerfile whose last stage holds only the front ends of plugins, a folder for each. */
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

/** Returns the ids of build secrets such as `id=npmrc,src=.npmrc`. */
export function secretIds(buildSecrets: readonly string[]): string[] {
  return buildSecrets.flatMap((secret) => {
    const id = secret.split(',').map((field) => /^id=([\w.-]+)$/.exec(field.trim())?.[1])
    return id.find((each) => each !== undefined) ?? []
  })
}
