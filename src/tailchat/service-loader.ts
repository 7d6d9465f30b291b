import { posix } from 'node:path'
import { globMatcher } from '../lib/glob.js'
import { layout } from './layout.js'

/**
 * `production`: loaded by the built server (mask `**\/*.service.js`); `development`: `*.service.dev.ts`, loaded by the
 * development runner only; `unloaded`: reads like a service, but its name matches neither mask.
 */
export type LoadedIn = 'production' | 'development' | 'unloaded'

/** What a container starts. */
export type Program = 'server' | 'other' | 'unknown'

/** What decides which service files a container loads; where a value comes from does not. */
export interface LoadSettings {
  /**
   * `server`: it starts the server's runner (`pnpm start:service`); `other`: another program of the image, such as
   * the admin's; `unknown`: a script that may do either.
   */
  runs: Program
  serviceDir: Setting
  services: Setting
}

/** A variable as a container gets it. */
export type Setting = { is: 'known'; value: string } | { is: 'unset' } | { is: 'unknown'; reason: string }

/** The reason of a service whose command is not the server's. */
export const OTHER_PROGRAM = 'it runs another program'

/** The reason of a service whose patterns would take too long to try. */
export const TOO_MANY_PATTERNS = 'SERVICES has too many patterns to try'

/** How long `loadOf` takes: the characters of all globs, times those of all files. */
export function workOfLoading(
  { serviceDir, services }: Pick<LoadSettings, 'serviceDir' | 'services'>,
  tree: readonly string[],
): number {
  const length = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length + 1, 0)
  const directories = serviceDir.is === 'known' ? serviceDir.value.split(',') : ['']
  const globs =
    services.is === 'known' ? splitPatterns(services.value).filter((each) => /[*?[{]/.test(each)) : []
  return (length(globs) * directories.length + length(directories) * globs.length) * length(tree)
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
  return tree.filter(globMatcher(path))
}

function filesBelow(directory: string, tree: readonly string[]): string[] {
  const path = posix.join(directory, '.').replace(/\/$/, '')
  return path === '.' ? [...tree] : tree.filter((file) => file.startsWith(`${path}/`))
}

function hasAbsolute(list: string): boolean {
  return list.split(',').some((item) => /^\s*!?\//.test(item))
}

/** Returns a path of the repository as seen from server/: `server/services/a.ts` → `services/a.ts`. */
export function fromServer(path: string): string {
  return path.startsWith(`${layout.server}/`) ? path.slice(layout.server.length + 1) : path
}

/**
 * Returns the path of a service below server/dist, where the image holds it compiled:
 * `server/services/a.service.ts` → `services/a.service.js`. An overlay puts `plugins/NAME` of a repository that holds
 * plugins only where `server/plugins/NAME` goes.
 */
export function compiledPath(source: string): string {
  return fromServer(source).replace(/\.tsx?$/, '.js')
}

/** Which runner loads a file of this name (server/packages/sdk/src/runner/index.ts, moleculer's runner.js). */
export function loadedIn(path: string): LoadedIn {
  if (/\.service\.dev\.tsx?$/.test(path)) return 'development'
  if (/\.service\.tsx?$/.test(path)) return 'production'
  return 'unloaded'
}
