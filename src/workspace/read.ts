import { existsSync, realpathSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { readBuiltinList } from '../registrations/builtin.js'
import { type DockerIgnore, readDockerIgnore } from '../formats/dockerignore.js'
import {
  type ReadResult,
  listDirectories,
  listFileNames,
  listFiles,
  readListedFile,
  readRepositoryFile,
} from '../lib/files.js'
import { installListsIn, readInstallLists } from '../registrations/install-list.js'
import { asObject, type JsonFile, parseJson, stringAt } from '../formats/json.js'
import { layout, pluginParents, tailchatFiles, type PluginKind } from '../tailchat/layout.js'
import { readInstallation } from '../registrations/lockfile.js'
import { ignoredByGit, mayBeIgnored } from './ignored.js'
import {
  type HelperFile,
  mayUse,
  readHelperFile,
  readServiceFile,
  resemblesServiceFile,
  type ServiceFile,
} from '../source/service.js'
import { relativeImports } from '../source/imports.js'
import { readBuildCopies } from '../source/build-copies.js'
import { readCompilerOptions } from '../source/compiler-options.js'
import { readSharedModules, type SharedModules } from '../source/shared-modules.js'
import { baseOfLastStage } from '../formats/dockerfile.js'
import type { Budget } from '../lib/budget.js'
import { compare, positionAt, type TextFile } from '../lib/text.js'
import { messageOf } from '../lib/wording.js'
import { isCompiled, type ServerCode, serverSources } from '../source/server-code.js'
import type { Plugin, RegistryEntry, UnreadablePath, WebPart, Workspace } from './types.js'
import { loadTypeScriptParser } from '../formats/typescript.js'
import { loadedIn } from '../tailchat/service-loader.js'
import { readDeployment } from './read-deployment.js'
import { readSubmodules } from './submodules.js'

/**
 * Reads a Tailchat repository: each directory is walked once, each file read once. What cannot be read is listed
 * in `unreadable`, and the rest is still read.
 * @param directory path of the repository's root
 * @param build the Dockerfile and the context of the image's build, relative to the root
 * @param budget when it is spent, only the names of further plugins are returned (`notRead`)
 * @throws when `directory` is not a directory
 */
export async function readWorkspace(
  directory: string,
  build: BuildFiles = { dockerfile: layout.dockerfile, context: '.' },
  budget?: Budget,
): Promise<Workspace> {
  const root = realRoot(directory)
  const unreadable: UnreadablePath[] = []
  const notRead = new Set<string>()
  const reader = createReader(root, { unreadable, notRead })

  const plugins: Plugin[] = []
  const rootPackage = reader.json(layout.rootPackageJson)
  const pluginsOnly =
    (!rootPackage || installListsIn(rootPackage).length === 0) &&
    !tailchatFiles.some((file) => existsSync(join(root, file)))
  for (const parent of pluginParents(pluginsOnly)) {
    const listing = listDirectories(root, parent)
    for (const each of listing.unreadable) unreadable.push(each)
    for (const name of listing.names) {
      const plugin = budget?.isSpent()
        ? pluginNotRead(root, { parent, name, notRead: 'no time' })
        : await orNotRead(reader, { parent, name }, () => readPlugin(reader, parent, name))
      plugins.push(plugin)
    }
  }
  const submodules = missingSubmodules(reader, plugins)
  for (const { path } of submodules)
    plugins.splice(
      plugins.findIndex(({ directory }) => directory === path),
      1,
    )
  plugins.sort((a, b) => compare(a.name, b.name) || compare(a.directory, b.directory))

  const registry = reader.json(layout.registryJson)
  const builtin = reader.text(layout.builtinTs)
  const builtRegistry = reader.json(layout.builtRegistryJson)
  const serviceBase = serviceBaseFor(reader, plugins)
  const list = await attempt(
    reader,
    layout.builtinTs,
    async () => builtin && readBuiltinList(await loadTypeScriptParser(), builtin),
  )
  return {
    root,
    plugins,
    pluginsOnly,
    registry: registry && { ...registry, entries: registryEntries(registry.value) },
    rootPackage,
    installLists: pluginsOnly
      ? []
      : readInstallLists((path) => (path === rootPackage?.path ? rootPackage : reader.optional(path))),
    builtin: builtin && { ...builtin, list: list ?? { understood: false, reason: 'it cannot be read' } },
    frontendMinistarConfig: reader.text(layout.frontendMinistarConfig),
    builtRegistry: builtRegistry && { ...builtRegistry, entries: registryEntries(builtRegistry.value) },
    dockerIgnore: dockerIgnoreFor(reader, build),
    compiler: readCompilerOptions(reader.optional, pluginsOnly),
    buildCopies: readBuildCopies(reader.optional),
    sharedModules:
      (await attempt(reader, layout.loaderTs, () => sharedModulesFor(reader, plugins))) ?? new Map(),
    ...(serviceBase && { serviceBase }),
    installation: await readInstallation(reader.lenient, rootPackage),
    deployment: await attempt(reader, layout.docker, () =>
      readDeployment({
        root,
        read: reader.optional,
        ignored: (paths) => ignoredByGit(root, paths),
      }),
    ),
    runtime: readRuntime(reader),
    ignored: await ignoredByGit(root, pluginPaths(plugins).filter(mayBeIgnored)),
    unreadable,
    notRead: [...notRead].sort(compare),
    misplacedPlugins: misplacedPlugins(root, pluginsOnly),
    missingSubmodules: submodules,
    misnamedDeclarations: listFileNames(root, '.').find((name) => MISNAMED.test(name)),
  }
}

/** Names that are close to tailchat-plugins.yml: nothing reads such a file. */
const MISNAMED =
  /^tailchat[-_.]?plugins?\.(?:yaml|json|toml)$|^(?:tailchat-plugin|tailchat_plugins?|tailchatplugins?)\.yml$/i

/** Directories that people mistake for those of plugins. */
const WRONG_PLACES = [
  'plugin',
  'server/plugin',
  'client/plugins',
  'client/web/plugin',
  'client/web/src/plugins',
]

function misplacedPlugins(root: string, pluginsOnly: boolean): Workspace['misplacedPlugins'] {
  const places = [...WRONG_PLACES, ...(pluginsOnly ? [] : [layout.ownPlugins])]
  return places.flatMap((place) =>
    listDirectories(root, place)
      .names.filter((name) => /^[a-z]\w*(?:\.[\w-]+){2,}$/i.test(name))
      .map((name) => ({ name, directory: `${place}/${name}` }))
      .filter(({ directory }) =>
        ['manifest.json', 'package.json', 'services', 'web'].some((part) =>
          existsSync(join(root, directory, part)),
        ),
      ),
  )
}

/** Returns the plugins whose directory is empty, since it is a git submodule that is not checked out. */
function missingSubmodules(reader: Reader, plugins: readonly Plugin[]): Workspace['missingSubmodules'] {
  const empty = plugins.filter(({ files }) => files.length === 0)
  const gitmodules = empty.length > 0 ? reader.optional('.gitmodules') : undefined
  if (!gitmodules) return []
  return readSubmodules(gitmodules).flatMap((submodule) => {
    const plugin = empty.find(({ directory }) => directory === submodule.path)
    return plugin ? [{ ...submodule, name: plugin.name }] : []
  })
}

/** Reads what the image runs on, as far as the Dockerfile and server/package.json say. */
function readRuntime(reader: Reader): Workspace['runtime'] {
  const dockerfile = reader.optional(layout.dockerfile)
  const base = dockerfile && baseOfLastStage(dockerfile)
  const server = reader.optional(layout.serverPackageJson)
  return {
    base: dockerfile && base && { ...base, position: positionAt(dockerfile, base.start) },
    setsTracing: dockerfile !== undefined && /\bDISABLE_TRACING\b/.test(dockerfile.text),
    moleculer: server && stringAt(parseJson(server).value, 'dependencies', 'moleculer'),
  }
}

/** Returns what `read` returns; a failure is noted as unreadable, and the rest of the repository is still read. */
async function attempt<T>(reader: Reader, path: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    reader.unreadable.push({ path, reason: `cannot be read (${messageOf(error)})` })
    return undefined
  }
}

interface Reader {
  root: string
  unreadable: UnreadablePath[]
  notRead: Set<string>
  read: typeof readRepositoryFile
  /** Reads a file that has to be readable: what can't be read is a finding. */
  text(path: string, plugin?: string): TextFile | undefined
  json(path: string, plugin?: string): JsonFile | undefined
  /** Reads a file that may be unreadable: only that it was not looked at is said. */
  optional: (path: string) => TextFile | undefined
  lenient: (path: string) => ReadResult
}

function createReader(
  root: string,
  { unreadable, notRead }: Pick<Reader, 'unreadable' | 'notRead'>,
  read = readRepositoryFile,
): Reader {
  const text: Reader['text'] = (path, plugin) => {
    const result = read(root, path)
    const file = textOf(path, result)
    if ('reason' in result) {
      const position = file && result.inOtherEncoding && positionAt(file, result.inOtherEncoding.offset)
      unreadable.push({
        path,
        ...(plugin && { plugin }),
        reason: result.reason,
        ...(position && { position }),
      })
    }
    return file
  }
  const json: Reader['json'] = (path, plugin) => {
    const file = text(path, plugin)
    return file && parseJson(file)
  }
  const lenient: Reader['lenient'] = (path) => {
    const result = read(root, path)
    if (!('reason' in result)) return result
    if (result.inOtherEncoding) return { text: result.inOtherEncoding.text }
    notRead.add(`${path} ${result.reason}`)
    return result
  }
  const optional: Reader['optional'] = (path) => textOf(path, lenient(path))
  return { root, unreadable, notRead, read, text, json, optional, lenient }
}

function textOf(path: string, result: ReadResult): TextFile | undefined {
  if ('text' in result) return { path, text: result.text }
  const other = 'reason' in result ? result.inOtherEncoding : undefined
  return other && { path, text: other.text, isInOtherEncoding: true }
}

/**
 * Returns a plugin as `work` reads it. Any failure becomes a finding about that plugin, of which only the name, kind and
 * directory are known then, so that the others are still read.
 */
export async function orNotRead(
  { root, unreadable }: Pick<Reader, 'root' | 'unreadable'>,
  { parent, name }: { parent: string; name: string },
  work: () => Promise<Plugin>,
): Promise<Plugin> {
  try {
    return await work()
  } catch (error) {
    const path = `${parent}/${name}`
    unreadable.push({ path, plugin: name, reason: `cannot be read (${messageOf(error)})` })
    return pluginNotRead(root, { parent, name, notRead: 'failed' })
  }
}

function pluginNotRead(
  root: string,
  { parent, name, notRead }: { parent: string; name: string; notRead: NonNullable<Plugin['notRead']> },
): Plugin {
  const directory = `${parent}/${name}`
  const isFullstack = existsSync(join(root, directory, 'web'))
  const kind = parent === layout.frontendPlugins ? 'frontend' : isFullstack ? 'fullstack' : 'backend'
  const web = kind === 'backend' ? undefined : { directory }
  return {
    name,
    kind,
    directory,
    files: [],
    ...(web && { web }),
    packages: [],
    services: [],
    helpers: [],
    misplacedServices: [],
    sources: [],
    notRead,
  }
}

async function readPlugin(all: Reader, parent: string, name: string): Promise<Plugin> {
  const directory = `${parent}/${name}`
  const { files, dotDirectories, hasLinks, ...listing } = listFiles(all.root, directory)
  for (const each of listing.unreadable) all.unreadable.push({ ...each, plugin: name })
  const reader = createReader(all.root, all, hasLinks ? readRepositoryFile : readListedFile)
  const plugin = { name, directory, files }
  if (isFrontend(parent, files)) {
    const web = readWebPart(reader, { directory, plugin: name, files })
    return {
      name,
      kind: 'frontend',
      directory,
      files,
      web,
      packages: readPackages(reader, plugin, [web.packageJson]),
      services: [],
      helpers: [],
      misplacedServices: [],
      sources: readSources(reader, plugin),
    }
  }
  const kind: PluginKind = files.some((file) => file.startsWith('web/')) ? 'fullstack' : 'backend'
  const packageJson = files.includes('package.json')
    ? reader.json(`${directory}/package.json`, name)
    : undefined
  const sources = readSources(reader, plugin)
  const ministarConfig = files.includes('.ministarrc.js')
    ? (sources.find(({ path }) => path === `${directory}/.ministarrc.js`) ??
      reader.text(`${directory}/.ministarrc.js`, name))
    : undefined
  const web =
    kind === 'fullstack'
      ? readWebPart(reader, { directory: `${directory}/web/plugins/${name}`, plugin: name })
      : undefined
  const services = await readServices(reader, plugin, sources)
  return {
    name,
    kind,
    directory,
    files,
    ...(packageJson && { packageJson }),
    ...(ministarConfig && { ministarConfig }),
    ...(web && { web }),
    packages: readPackages(reader, plugin, [packageJson, web?.packageJson]),
    services,
    helpers: await readHelpers({ directory, kind, sources }, services),
    misplacedServices: [
      ...sources.filter(({ path }) => !isCompiled(path.slice(directory.length + 1))),
      ...dotDirectories.flatMap((hidden) => readHiddenSources(reader, `${directory}/${hidden}`, name)),
    ]
      .filter((file) => resemblesServiceFile(file.path) && definesService(file))
      .map(({ path }) => path),
    sources,
  }
}

function isFrontend(parent: string, files: readonly string[]): boolean {
  if (parent !== layout.ownPlugins) return parent === layout.frontendPlugins
  return files.includes('manifest.json') && !files.some((file) => file.startsWith('services/'))
}

/** @param files those of the directory, where they are known */
function readWebPart(
  reader: Reader,
  { directory, plugin, files }: { directory: string; plugin: string; files?: readonly string[] },
): WebPart {
  const json = (file: string): JsonFile | undefined =>
    files && !files.includes(file) ? undefined : reader.json(`${directory}/${file}`, plugin)
  const manifest = json('manifest.json')
  const packageJson = json('package.json')
  return { directory, ...(manifest && { manifest }), ...(packageJson && { packageJson }) }
}

type PluginFiles = Pick<Plugin, 'name' | 'directory' | 'files'>

/** Reads every package.json of a plugin, except those that are read already (`known`). */
function readPackages(
  reader: Reader,
  { name, directory, files }: PluginFiles,
  known: (JsonFile | undefined)[],
): JsonFile[] {
  return files.flatMap((file) => {
    if (!/(^|\/)package\.json$/.test(file)) return []
    const path = `${directory}/${file}`
    return known.find((each) => each?.path === path) ?? reader.json(path, name) ?? []
  })
}

async function readServices(
  reader: Reader,
  { name, directory, files }: PluginFiles,
  sources: readonly TextFile[],
): Promise<ServiceFile[]> {
  const services: ServiceFile[] = []
  for (const relative of files) {
    if (!isCompiled(relative)) continue
    const path = `${directory}/${relative}`
    const isNamedSo = resemblesServiceFile(relative)
    if (!isNamedSo && !mayBeForgotten(relative)) continue
    const file =
      sources.find((each) => each.path === path) ?? (isNamedSo ? reader.text(path, name) : undefined)
    if (!file) continue
    if (!isNamedSo && !(isWholeService(file) && !isImported(path, sources))) continue
    // A helper such as lib/mailService.ts is named like a service: only the getter `serviceName` makes it one.
    const isHelper = !/\.service(\.dev)?\.[cm]?jsx?$/.test(relative) && !definesService(file)
    if (loadedIn(relative) === 'unloaded' && isHelper) continue
    const sourceAt = (at: string): TextFile | undefined => sources.find((each) => each.path === at)
    services.push(readServiceFile(await loadTypeScriptParser(), file, sourceAt))
  }
  return services
}

/** Whether a file that is not named like a service may be one all the same, such as services/standup.ts. */
function mayBeForgotten(relative: string): boolean {
  return (
    /\.tsx?$/.test(relative) &&
    !/\.d\.ts$|\.(?:spec|test)\.tsx?$|(?:^|\/)(?:tests?|__tests__)\//.test(relative)
  )
}

/** Whether a file defines a service of its own, not a class for others to extend. */
function isWholeService(file: TextFile): boolean {
  if (!file.text.includes('extends TcService') || !definesService(file)) return false
  return /\bexport\s+default\b/.test(file.text) && !/\babstract\s+class\b/.test(file.text)
}

/** Whether another file of the plugin loads this one. */
function isImported(path: string, sources: readonly TextFile[]): boolean {
  const stem = path.replace(/(?:\/index)?\.tsx?$/, '')
  const target = (file: TextFile, specifier: string): string =>
    posix.join(posix.dirname(file.path), specifier).replace(/(?:\/index)?(?:\.[jt]sx?)?$/, '')
  return sources.some(
    (file) =>
      file.path !== path && relativeImports(file).some(({ specifier }) => target(file, specifier) === stem),
  )
}

async function readHelpers(code: ServerCode, services: readonly ServiceFile[]): Promise<HelperFile[]> {
  const helpers: HelperFile[] = []
  for (const file of serverSources(code)) {
    if (!mayUse(file) || services.some(({ path }) => path === file.path)) continue
    const helper = readHelperFile(await loadTypeScriptParser(), file)
    if (helper) helpers.push(helper)
  }
  return helpers
}

function definesService({ text }: TextFile): boolean {
  return /\bget\s+serviceName\b/.test(text)
}

/** Reads the source files; one that can't be read as text is still compiled or bundled, but not checked. */
function readSources(
  { root, read, unreadable, notRead }: Reader,
  { name, directory, files }: Pick<Plugin, 'name' | 'directory' | 'files'>,
): TextFile[] {
  return files.flatMap((relative) => {
    if (!/\.[cm]?[jt]sx?$/.test(relative) || /\.d\.[cm]?ts$/.test(relative)) return []
    const path = `${directory}/${relative}`
    const result = read(root, path)
    const file = textOf(path, result)
    if ('reason' in result) {
      const { reason, inOtherEncoding } = result
      if (!file || !inOtherEncoding) notRead.add(`${path} ${reason}`)
      else {
        const position = positionAt(file, inOtherEncoding.offset)
        unreadable.push({ path, plugin: name, reason, position, isSource: true })
      }
    }
    return file ?? []
  })
}

function readHiddenSources(reader: Reader, directory: string, name: string): TextFile[] {
  // Symbolic links in there have not been looked for yet.
  const given = { ...reader, read: readRepositoryFile }
  const files = listFiles(reader.root, directory).files.filter(resemblesServiceFile)
  return readSources(given, { name, directory, files })
}

/** Reads the shared modules if a plugin imports from them: parsing them takes much longer than that look. */
async function sharedModulesFor({ optional }: Reader, plugins: readonly Plugin[]): Promise<SharedModules> {
  const asks = plugins.some(({ sources }) => sources.some(({ text }) => text.includes('@capital/')))
  if (!asks) return new Map()
  return readSharedModules(await loadTypeScriptParser(), optional)
}

/** Reads the SDK's base class if a service calls a method of it that may be new. */
function serviceBaseFor(reader: Reader, plugins: readonly Plugin[]): TextFile | undefined {
  const asks = plugins.some(({ services }) =>
    services.some(({ surface }) => surface.unknownMethods.length > 0),
  )
  return asks ? reader.text(layout.serviceBase) : undefined
}

/** The files that an image is built with, relative to the repository's root. */
interface BuildFiles {
  dockerfile: string
  context: string
}

/** Reads the Dockerfile's own `NAME.dockerignore`, or else that of the context, as BuildKit does. */
function dockerIgnoreFor(reader: Reader, { dockerfile, context }: BuildFiles): DockerIgnore | undefined {
  const file =
    reader.text(posix.normalize(`${dockerfile}.dockerignore`)) ??
    reader.text(posix.join(context, '.dockerignore'))
  if (!file) return undefined
  const ignore = readDockerIgnore(file)
  const below = posix.join(context, '/')
  if (below === './') return ignore
  const given = <T>(path: string, ask: (path: string) => T): T | undefined =>
    path.startsWith(below) ? ask(path.slice(below.length)) : undefined
  return {
    ...ignore,
    keepsOut: (path) => given(path, ignore.keepsOut) ?? false,
    lineFor: (path) => given(path, ignore.lineFor),
  }
}

function pluginPaths(plugins: readonly Plugin[]): string[] {
  return plugins.flatMap(({ directory, files }) => files.map((file) => `${directory}/${file}`))
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
    const root = realpathSync.native(directory)
    if (statSync(root).isDirectory()) return root
  } catch {
    // Reported below: a missing directory and an unreadable one get the same message.
  }
  throw new Error(`${directory} is not a directory that can be read`)
}
