import { posix } from 'node:path'
import { findFiles, listDirectories, listFiles } from '../lib/files.js'
import type { TextFile } from '../lib/text.js'
import { layout } from '../tailchat/layout.js'
import { compiledPath, loadedIn } from '../tailchat/service-loader.js'
import { imageEnvironment, readComposeFile, readEnvFile } from './compose.js'
import { type DeploymentFile, type EnvFile, isUsualPlace } from './container.js'
import { readManifests } from './kubernetes.js'
import { append } from '../lib/lists.js'

/** How the repository says that the image is run; only what decides which services load where. */
export interface Deployment {
  /** Compose files and Kubernetes manifests. */
  files: DeploymentFile[]
  /** Files that look like one of them and can't be read as one, such as the templates of a Helm chart. */
  notRead: { path: string; reason: string }[]
  /** The env files that the compose files name, and others in the same folders. */
  envFiles: EnvFile[]
  /** Services of the server itself, as the image has them: `services/core/config.service.js`. */
  serverServices: string[]
  /** The directories of server/, which the build takes to server/dist. */
  serverDirectories: string[]
}

/** Names that compose looks for, and the ones that people give with -f. */
const COMPOSE_NAME = /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/
const ENV_NAME = /(^|[\w.-])\.env$/

/** Directories of code and of what is built from it: nothing is deployed from there. */
const NO_DEPLOYMENT: ReadonlySet<string> = new Set(['src', 'dist', 'build', 'public', 'plugins', 'assets'])

/** `deploy/prod/eu/compose.yml` is found, and the whole of a large repository is not searched. */
const DEPTH = 4

const WORKLOAD = /^kind:[ \t]*["']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Job|CronJob)\b/m

/**
 * Reads the compose files, Kubernetes manifests and env files of the repository. `undefined` when nothing in it says how
 * the image is run.
 */
export async function readDeployment({
  root,
  read,
  ignored,
}: {
  /** Absolute path of the repository. */
  root: string
  /** Reads a file of the repository by its path. */
  read: (path: string) => TextFile | undefined
  /** Tells which of these files git ignores: they say how one machine runs the image. */
  ignored: (paths: readonly string[]) => Promise<readonly string[]>
}): Promise<Deployment | undefined> {
  const below = listFiles(root, layout.docker).files.map((file) => `${layout.docker}/${file}`)
  const named = findFiles(root, (name) => /\.ya?ml$/.test(name) || ENV_NAME.test(name), {
    depth: DEPTH,
    skips: NO_DEPLOYMENT,
  })
  const env = new Map<string, EnvFile | undefined>()
  const envOf = (path: string): EnvFile | undefined => {
    if (!env.has(path)) {
      const file = read(path)
      env.set(path, file && readEnvFile(file))
    }
    return env.get(path)
  }
  const dockerfile = read(layout.dockerfile)
  const imageVariables = new Map(dockerfile && imageEnvironment(dockerfile))
  const candidates = [...new Set([...named, ...below])].filter((path) => /\.ya?ml$/.test(path))
  const found = candidates.flatMap((path) => {
    const file = LOCKFILE_NAME.test(path) ? undefined : read(path)
    if (!file) return []
    if (isComposeFile(file)) return { file, kind: 'compose' as const }
    return WORKLOAD.test(file.text) ? { file, kind: 'kubernetes' as const } : []
  })
  // Git is asked only about files that stand where Tailchat has none.
  const elsewhere = found.map(({ file }) => file.path).filter((path) => !isUsualPlace(path))
  const left = new Set(await ignored(elsewhere))
  const kept = found.filter(({ file }) => !left.has(file.path))
  const notRead: Deployment['notRead'] = []
  const files: DeploymentFile[] = []
  for (const { file } of kept.filter(({ kind }) => kind === 'compose'))
    files.push(await readComposeFile(file, envOf, imageVariables))
  const manifests = kept.flatMap(({ file, kind }) => (kind === 'kubernetes' ? file : []))
  if (manifests.length > 0) {
    const kubernetes = await readManifests(manifests, imageVariables)
    append(
      files,
      kubernetes.files.filter(({ services }) => services.length > 0),
    )
    append(notRead, kubernetes.notRead)
  }
  if (files.length === 0 && notRead.length === 0) return undefined
  for (const path of [...named, ...below]) if (ENV_NAME.test(path) && isUsualPlace(path)) envOf(path)
  const server = listFiles(root, layout.serverServices).files
  return {
    files,
    notRead,
    envFiles: [...env.values()].filter((file) => file !== undefined),
    serverServices: server
      .filter((file) => loadedIn(file) === 'production')
      .map((file) => compiledPath(`${layout.serverServices}/${file}`)),
    serverDirectories: listDirectories(root, layout.server).names,
  }
}

const LOCKFILE_NAME = /(^|\/)pnpm-lock\.yaml$/

/** In docker/ a compose file may have any name; Kubernetes manifests have no `services` at the top. */
function isComposeFile({ path, text }: TextFile): boolean {
  const isNamedSo = COMPOSE_NAME.test(posix.basename(path)) || path.startsWith(`${layout.docker}/`)
  return isNamedSo && /^\uFEFF?services\s*:/m.test(text)
}
