import type { Workspace } from './types.js'
import { compiledPath, loadOf, TOO_MANY_PATTERNS, workOfLoading } from '../tailchat/service-loader.js'
import type { DeployedService, DeploymentFile } from './container.js'
import type { Deployment } from './read-deployment.js'

/** What one compose service loads, as paths of the image below server/dist; `undefined` where that is unknown. */
export interface ComposeLoad {
  file: DeploymentFile
  service: DeployedService
  loads: ReadonlySet<string> | undefined
  reason: string
}

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

/** What every service of every compose file loads. */
export function composeLoads(workspace: Workspace): ComposeLoad[] {
  const loads = known.get(workspace) ?? findLoads(workspace)
  known.set(workspace, loads)
  return loads
}

/** Some ten seconds; Tailchat's own compose files take a thousandth of it. */
const MAX_WORK = 200_000_000

/** Each rule about compose files and the report ask for the same. */
const known = new WeakMap<Workspace, ComposeLoad[]>()

function findLoads(workspace: Workspace): ComposeLoad[] {
  const { deployment } = workspace
  if (!deployment) return []
  const tree = serviceFiles(workspace, deployment)
  let work = 0
  return deployment.files.flatMap((file) =>
    file.services.map((service) => {
      work += workOfLoading(service, tree)
      if (work > MAX_WORK) return { file, service, loads: undefined, reason: TOO_MANY_PATTERNS }
      return { file, service, ...loadOf(service, tree) }
    }),
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
        .map(({ path }): [string, string] => [compiledPath(path), name]),
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
