import { posix } from 'node:path'
import { globToRegExp } from '../lib/glob.js'
import { type ComposeFile, type ComposeService, compiled, type Deployment } from './compose.js'
import type { Workspace } from './types.js'

/** What one compose service loads, as paths of the image below server/dist; `undefined` where that is unknown. */
export interface ComposeLoad {
  file: ComposeFile
  service: ComposeService
  loads: ReadonlySet<string> | undefined
  reason: string
}

/** What decides which service files a container loads; where a value comes from does not. */
export interface LoadSettings {
  runs: ComposeService['runs']
  serviceDir: Setting
  services: Setting
}

/** A variable as a container gets it. */
export type Setting = { is: 'known'; value: string } | { is: 'unset' } | { is: 'unknown'; reason: string }

/** One compose service as the report shows it. */
export interface ReportedCompose {
  /** The compose file. */
  file: string
  service: string
  loadsPlugins: boolean | 'unknown'
  /** The plugins whose services it loads, sorted. */
  plugins: string[]
  reason: string
}

/** The reason of a service whose command is not the server's. */
export const OTHER_PROGRAM = 'it runs another program'

/** What every service of every compose file loads. */
export function composeLoads(workspace: Workspace): ComposeLoad[] {
  const loads = known.get(workspace) ?? findLoads(workspace)
  known.set(workspace, loads)
  return loads
}

/** Each rule about compose files and the report ask for the same. */
const known = new WeakMap<Workspace, ComposeLoad[]>()

function findLoads(workspace: Workspace): ComposeLoad[] {
  const { deployment } = workspace
  if (!deployment) return []
  const tree = serviceFiles(workspace, deployment)
  return deployment.files.flatMap((file) =>
    file.services.map((service) => ({ file, service, ...loadOf(service, tree) })),
  )
}

/** The compose services with the plugins that each loads. */
export function reportCompose(workspace: Workspace): ReportedCompose[] {
  const owners = pluginOfService(workspace)
  return composeLoads(workspace).map(({ file, service, loads, reason }) => {
    const plugins = [...new Set([...(loads ?? [])].flatMap((path) => owners.get(path) ?? []))].sort()
    return {
      file: file.path,
      service: service.name,
      loadsPlugins: loads ? plugins.length > 0 : 'unknown',
      plugins,
      reason,
    }
  })
}

/** The production services of plugins, by their path in the image. */
export function pluginOfService({ plugins }: Workspace): Map<string, string> {
  return new Map(
    plugins.flatMap(({ name, services }) =>
      services
        .filter(({ loadedIn }) => loadedIn === 'production')
        .map(({ path }): [string, string] => [compiled(path.replace(/^server\//, '')), name]),
    ),
  )
}

/**
 * The environment variables that the repository's compose and env files set where a service is loaded, by the
 * service's path in the image.
 */
export function providedVariables(workspace: Workspace): Map<string, Set<string>> {
  const provided = new Map<string, Set<string>>()
  const files = workspace.deployment ? serviceFiles(workspace, workspace.deployment) : []
  for (const { service, loads } of composeLoads(workspace))
    // What it loads is not known where its command or SERVICEDIR is not: then it may be any.
    for (const path of loads ?? files) {
      const names = provided.get(path) ?? new Set()
      for (const name of service.variables) names.add(name)
      provided.set(path, names)
    }
  return provided
}

/** Every service file of the image, by its path below server/dist. */
export function serviceFiles(workspace: Workspace, deployment: Deployment): string[] {
  return [...deployment.serverServices, ...pluginOfService(workspace).keys()]
}

/**
 * Which of the image's service files a compose service loads: what moleculer's runner does with SERVICEDIR and
 * SERVICES as Tailchat patches it (patches/moleculer@0.14.23.patch, `loadServices`), from server/dist.
 */
export function loadOf(
  { runs, serviceDir, services }: LoadSettings,
  tree: readonly string[],
): { loads: ReadonlySet<string> | undefined; reason: string } {
  if (runs === 'other') return { loads: new Set(), reason: OTHER_PROGRAM }
  if (runs === 'unknown') return { loads: undefined, reason: 'its command may set anything' }
  for (const [name, variable] of Object.entries({ SERVICEDIR: serviceDir, SERVICES: services }))
    if (variable.is === 'unknown') return { loads: undefined, reason: `${name}: ${variable.reason}` }
  const directory = serviceDir.is === 'known' ? serviceDir.value : ''
  const patterns = services.is === 'known' ? services.value : ''
  if (directory === '' && patterns === '')
    return { loads: new Set(), reason: 'neither SERVICEDIR nor SERVICES is set' }
  const reason = [
    ...(directory === '' ? [] : [`SERVICEDIR=${directory}`]),
    ...(patterns === '' ? [] : [`SERVICES=${patterns}`]),
  ].join(' ')
  if (hasAbsolute(directory) || hasAbsolute(patterns))
    return { loads: undefined, reason: `${reason}: an absolute path` }
  const loads = new Set<string>()
  for (const each of directory.split(',')) {
    if (patterns === '') for (const file of filesBelow(each, tree)) loads.add(file)
    else for (const file of matchedFiles(each, patterns, tree)) loads.add(file)
  }
  return { loads, reason }
}

/** What the patterns of SERVICES match from one directory of SERVICEDIR; a later `!pattern` takes away. */
export function matchedFiles(directory: string, patterns: string, tree: readonly string[]): Set<string> {
  const found = new Set<string>()
  for (const pattern of splitPatterns(patterns)) {
    const skips = pattern.startsWith('!')
    for (const file of filesOf(directory, skips ? pattern.slice(1) : pattern, tree))
      if (skips) found.delete(file)
      else found.add(file)
  }
  return found
}

/** The patterns of SERVICES: these are trimmed, unlike the directories of SERVICEDIR. */
export function splitPatterns(patterns: string): string[] {
  return patterns.split(',').map((pattern) => pattern.trim())
}

/** A directory, a file with or without `.service.js`, or a glob: tried in this order. */
export function filesOf(directory: string, pattern: string, tree: readonly string[]): string[] {
  if (pattern.startsWith('npm:')) return []
  const path = posix.join(directory, pattern)
  const below = filesBelow(path, tree)
  if (below.length > 0) return below
  const exact = tree.filter((file) => file === path || file === `${path}.service.js`)
  if (exact.length > 0) return exact
  const glob = globToRegExp(path)
  return tree.filter((file) => glob.test(file))
}

function filesBelow(directory: string, tree: readonly string[]): string[] {
  const path = posix.join(directory, '.').replace(/\/$/, '')
  return path === '.' ? [...tree] : tree.filter((file) => file.startsWith(`${path}/`))
}

function hasAbsolute(list: string): boolean {
  return list.split(',').some((item) => /^\s*!?\//.test(item))
}
