import { realpathSync, statSync } from 'node:fs'
import { readBuiltinList } from './builtin.js'
import { listDirectories, listFiles, readRepositoryFile } from './files.js'
import { readInstallList } from './install-list.js'
import { asObject, type JsonFile, parseJson, stringAt } from './json.js'
import { layout } from './layout.js'
import { loadedIn, readServiceFile, resemblesServiceFile, type ServiceFile } from './service.js'
import type { TextFile } from './text.js'
import type { Plugin, PluginKind, RegistryEntry, UnreadablePath, WebPart, Workspace } from './types.js'
import { loadTypeScriptParser } from './typescript.js'

/**
 * Reads a Tailchat repository: each directory is walked once, each file read once. What cannot be read is listed
 * in `unreadable`, and the rest is read all the same.
 * @param directory path of the repository's root
 * @throws when `directory` is not a directory
 */
export async function readWorkspace(directory: string): Promise<Workspace> {
  const root = realRoot(directory)
  const unreadable: UnreadablePath[] = []
  const reader = createReader(root, unreadable)

  const plugins: Plugin[] = []
  for (const parent of [layout.frontendPlugins, layout.serverPlugins]) {
    const listing = listDirectories(root, parent)
    unreadable.push(...listing.unreadable)
    for (const name of listing.names) plugins.push(await readPlugin(reader, parent, name))
  }
  plugins.sort((a, b) => compare(a.name, b.name) || compare(a.directory, b.directory))

  const registry = reader.json(layout.registryJson)
  const rootPackage = reader.json(layout.rootPackageJson)
  const builtin = reader.text(layout.builtinTs)
  return {
    root,
    plugins,
    registry: registry && { ...registry, entries: registryEntries(registry.value) },
    rootPackage: rootPackage && { ...rootPackage, installList: readInstallList(rootPackage) },
    builtin: builtin && { ...builtin, list: readBuiltinList(await loadTypeScriptParser(), builtin) },
    unreadable,
  }
}

/** Orders strings by their UTF-16 units: the same on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

interface Reader {
  root: string
  unreadable: UnreadablePath[]
  text(path: string, plugin?: string): TextFile | undefined
  json(path: string, plugin?: string): JsonFile | undefined
}

function createReader(root: string, unreadable: UnreadablePath[]): Reader {
  const text: Reader['text'] = (path, plugin) => {
    const result = readRepositoryFile(root, path)
    if ('text' in result) return { path, text: result.text }
    if ('reason' in result) unreadable.push({ path, ...(plugin && { plugin }), reason: result.reason })
    return undefined
  }
  const json: Reader['json'] = (path, plugin) => {
    const file = text(path, plugin)
    return file && parseJson(file)
  }
  return { root, unreadable, text, json }
}

async function readPlugin(reader: Reader, parent: string, name: string): Promise<Plugin> {
  const directory = `${parent}/${name}`
  const { files, unreadable } = listFiles(reader.root, directory)
  reader.unreadable.push(...unreadable.map((each) => ({ ...each, plugin: name })))
  if (parent === layout.frontendPlugins) {
    return {
      name,
      kind: 'frontend',
      directory,
      files,
      web: readWebPart(reader, directory, name, files),
      services: [],
    }
  }
  const kind: PluginKind = files.some((file) => file.startsWith('web/')) ? 'fullstack' : 'backend'
  const packageJson = files.includes('package.json')
    ? reader.json(`${directory}/package.json`, name)
    : undefined
  return {
    name,
    kind,
    directory,
    files,
    ...(packageJson && { packageJson }),
    ...(kind === 'fullstack' && { web: readWebPart(reader, `${directory}/web/plugins/${name}`, name) }),
    services: await readServices(reader, directory, name, files),
  }
}

function readWebPart(reader: Reader, directory: string, plugin: string, files?: readonly string[]): WebPart {
  const json = (file: string): JsonFile | undefined =>
    files && !files.includes(file) ? undefined : reader.json(`${directory}/${file}`, plugin)
  const manifest = json('manifest.json')
  const packageJson = json('package.json')
  return { directory, ...(manifest && { manifest }), ...(packageJson && { packageJson }) }
}

async function readServices(
  reader: Reader,
  directory: string,
  plugin: string,
  files: readonly string[],
): Promise<ServiceFile[]> {
  const services: ServiceFile[] = []
  for (const path of files) {
    // The server's compiler leaves web/ and directories with a dot out (server/tsconfig.json).
    if (path.startsWith('web/') || /(^|\/)\./.test(path) || !resemblesServiceFile(path)) continue
    const file = reader.text(`${directory}/${path}`, plugin)
    if (!file) continue
    // A helper such as lib/mailService.ts has a service-like name too: only the getter makes it a service.
    if (loadedIn(path) === 'unloaded' && !/\bget\s+serviceName\b/.test(file.text)) continue
    services.push(readServiceFile(await loadTypeScriptParser(), file))
  }
  return services
}

function registryEntries(value: unknown): RegistryEntry[] {
  if (!Array.isArray(value)) return []
  return value.map((entry: unknown, index) => ({
    index,
    name: stringAt(asObject(entry), 'name'),
    url: stringAt(asObject(entry), 'url'),
  }))
}

function realRoot(directory: string): string {
  try {
    const root = realpathSync(directory)
    if (statSync(root).isDirectory()) return root
  } catch {
    // reported below: the same message serves a missing directory and one that cannot be read
  }
  throw new Error(`${directory} is not a directory that can be read`)
}
