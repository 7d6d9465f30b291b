'use strict'
// Installs the dependencies of plugins that the base image lacks, and finds out which of them the new image needs.

const fs = require('fs')
const path = require('path')
const { spawnSync } = require('child_process')
const { exists, isDirectory } = require('./files.cjs')
const { Refusal } = require('./refusal.cjs')

/**
 * Packages of which a process must have one copy only: a second copy has its own classes, connections and metadata, so
 * a service or a model made with it does not work with the server's.
 */
const SHARED = [
  '@typegoose/typegoose',
  'moleculer',
  'mongodb',
  'mongoose',
  'reflect-metadata',
  'tailchat-server-sdk',
]

/** The tools that build a plugin; they come from the base image. */
const TOOLS = ['mini-star', 'typescript']

const PNPM_ARGS = ['install', '--frozen-lockfile', '--ignore-scripts', '--prefer-offline']
const NPM_ARGS = ['--ignore-scripts', '--legacy-peer-deps', '--no-save', '--no-audit', '--no-fund']

/**
 * Puts the sources of the plugins in place, and installs for those whose dependencies are not in the base image.
 * @returns a function to call once everything is built: it returns the paths that the new image needs, each with
 *   whether it replaces a path of the base image
 */
function installDependencies({ app, lockfile, plugins, place }) {
  const before = new Map(plugins.map((plugin) => [plugin, dependencyTexts(plugin.source)]))
  plugins.forEach(place)
  return lockfile === undefined ? installEach(plugins) : installFromLockfile(app, lockfile, plugins, before)
}

/** Installs for these plugins alone, with the repository's own lockfile as its Dockerfile does. */
function installFromLockfile(app, lockfile, plugins, before) {
  const lockfilePlace = path.join(app, 'pnpm-lock.yaml')
  const lockedBefore = exists(lockfilePlace) ? fs.readFileSync(lockfilePlace, 'utf8') : ''
  const isNew = (plugin, directory, text) => {
    const importer = path.relative(app, directory)
    return (
      !isDirectory(path.join(directory, 'node_modules')) ||
      before.get(plugin).get(directory) !== text ||
      importerOf(lockedBefore, importer) !== importerOf(lockfile, importer)
    )
  }
  const directories = plugins.flatMap((plugin) =>
    [...dependencyTexts(plugin.source)]
      .filter(([directory, text]) => text !== '' && isNew(plugin, directory, text))
      .map(([directory]) => directory),
  )
  if (directories.length === 0) return () => []

  const store = path.join(app, 'node_modules/.pnpm')
  const known = new Set(namesIn(store))
  fs.writeFileSync(lockfilePlace, lockfile)
  const filters = directories.flatMap((directory) => ['--filter', `./${path.relative(app, directory)}`])
  run('pnpm', [...PNPM_ARGS, ...filters], app)

  const sources = plugins
    .filter(({ kind, source }) => kind !== 'frontend' && directories.includes(source))
    .map(({ source }) => source)
  const needed = reachable(store, sources)
  const added = [...needed].filter((name) => !known.has(name)).sort()
  requireCarriable(added.flatMap((name) => packagesIn(path.join(store, name, 'node_modules'))))
  const isMissing = (link) => {
    const name = entryOf(store, link)
    return name !== undefined && !known.has(name) && !needed.has(name)
  }
  return () => {
    for (const source of sources) removeLinks(path.join(source, 'node_modules'), isMissing)
    // Packages that do not declare a dependency find it there.
    const hoisted = linksIn(path.join(store, 'node_modules')).filter((link) =>
      added.includes(entryOf(store, link)),
    )
    return [
      ...[...added.map((name) => path.join(store, name)), ...hoisted].map((target) => ({ target })),
      ...sources.map((source) => ({ target: path.join(source, 'node_modules'), replaced: true })),
    ]
  }
}

/** Returns the directories of pnpm's store with the runtime dependencies of these packages, and the dependencies of those. */
function reachable(store, sources) {
  const found = new Set()
  const follow = (link) => {
    const name = entryOf(store, link)
    if (name === undefined || found.has(name)) return
    found.add(name)
    linksIn(path.join(store, name, 'node_modules')).forEach(follow)
  }
  for (const source of sources) {
    const { dependencies, optionalDependencies } = readJson(path.join(source, 'package.json'))
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
      follow(path.join(source, 'node_modules', name))
  }
  return found
}

/** Returns the directory of pnpm's store that holds a package's directory, or the target of a link to it. */
function entryOf(store, file) {
  if (!exists(file)) return undefined
  const [name] = path.relative(store, fs.realpathSync(file)).split(path.sep)
  return name === '..' || name === '' ? undefined : name
}

/** Lists the packages of a node_modules directory, those with a scope one by one. */
function linksIn(modules) {
  return namesIn(modules)
    .flatMap((name) => (name.startsWith('@') ? namesIn(path.join(modules, name), name) : [name]))
    .map((name) => path.join(modules, name))
}

function removeLinks(modules, isUnwanted) {
  fs.rmSync(path.join(modules, '.bin'), { recursive: true, force: true })
  for (const link of linksIn(modules)) if (isUnwanted(link)) fs.unlinkSync(link)
}

/** Installs without a lockfile: each plugin gets its own packages, next to its own package.json. */
function installEach(plugins) {
  const installed = []
  for (const { kind, source } of plugins)
    for (const directory of dependencyTexts(source).keys()) {
      const file = path.join(directory, 'package.json')
      const own = withoutProvided(readJson(file))
      fs.rmSync(path.join(directory, 'node_modules'), { recursive: true, force: true })
      if (
        Object.keys({ ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies }).length === 0
      )
        continue
      fs.writeFileSync(file, JSON.stringify(own, null, 2))
      run('npm', ['install', '--include=dev', ...NPM_ARGS], directory)
      // The dependencies of the front end are in its bundle.
      if (kind !== 'frontend' && directory === source) installed.push(directory)
    }
  return () =>
    installed.map((directory) => {
      run('npm', ['prune', '--omit=dev', ...NPM_ARGS], directory)
      const target = path.join(directory, 'node_modules')
      for (const name of ['.package-lock.json', '.bin'])
        fs.rmSync(path.join(target, name), { recursive: true, force: true })
      requireCarriable(packagesIn(target))
      return { target, replaced: true }
    })
}

/** Returns a package.json without the packages that the server shares with its plugins, and the build tools. */
function withoutProvided(manifest) {
  const isOwn = ([name, version]) =>
    !SHARED.includes(name) && !TOOLS.includes(name) && !String(version).startsWith('workspace:')
  const own = { ...manifest }
  for (const field of ['dependencies', 'devDependencies', 'optionalDependencies'])
    if (manifest[field]) own[field] = Object.fromEntries(Object.entries(manifest[field]).filter(isOwn))
  delete own.peerDependencies
  return own
}

/** Returns the dependencies in each package.json of a plugin as a text to compare; empty without any. */
function dependencyTexts(directory, found = new Map()) {
  if (!isDirectory(directory)) return found
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules') dependencyTexts(file, found)
    if (entry.name !== 'package.json') continue
    const manifest = readJson(file)
    const fields = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies]
    const names = fields.flatMap((each) => Object.keys(each || {}))
    found.set(directory, names.length === 0 ? '' : JSON.stringify(fields))
  }
  return found
}

/** Returns the lines of pnpm-lock.yaml about one package of the workspace. */
function importerOf(lockfile, name) {
  const start = lockfile.indexOf(`\n  ${name}:`)
  if (start === -1) return ''
  const end = lockfile.slice(start + 1).search(/\n(?:\r?\n)?(?: {2})?\S/)
  return end === -1 ? lockfile.slice(start) : lockfile.slice(start, start + 1 + end)
}

/** Returns the sorted names in a directory, without hidden ones. */
function namesIn(directory, prefix = '') {
  if (!exists(directory)) return []
  const names = fs.readdirSync(directory).filter((name) => !name.startsWith('.'))
  return names.sort().map((name) => path.join(prefix, name))
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8')) || {}
}

/** Lists the packages of a node_modules directory and of those inside of packages; links are not followed. */
function packagesIn(modules) {
  if (!isDirectory(modules)) return []
  return fs.readdirSync(modules, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || entry.name.startsWith('.')) return []
    const directory = path.join(modules, entry.name)
    if (entry.name.startsWith('@')) return packagesIn(directory)
    return [directory, ...packagesIn(path.join(directory, 'node_modules'))]
  })
}

/**
 * @throws {Refusal} for packages of which there must be one copy only, and for those made for one platform, since
 *   every platform gets the same layer
 */
function requireCarriable(directories) {
  for (const directory of directories) {
    const manifest = readJson(path.join(directory, 'package.json'))
    const label = `${manifest.name}@${manifest.version}`
    if (SHARED.includes(manifest.name))
      throw new Refusal(
        `a plugin brings ${label} with it, and a process must hold ${manifest.name} once: depend on the version that the server has, or use strategy: full`,
      )
    const reason = nativeReason(directory, manifest)
    if (reason)
      throw new Refusal(
        `${label} cannot be carried in an overlay: ${reason}; an overlay is the same for every platform and runs no install scripts, so use strategy: full`,
      )
  }
}

function nativeReason(directory, { scripts = {}, os, cpu }) {
  const script = ['preinstall', 'install', 'postinstall'].find((name) => scripts[name])
  if (exists(path.join(directory, 'binding.gyp'))) return 'it is compiled when it is installed (binding.gyp)'
  if (script) return `it runs a script when it is installed (${script})`
  if (os || cpu) return 'it is made for one platform'
  const file = nativeFile(directory)
  return file && `it holds native code (${path.relative(directory, file)})`
}

function nativeFile(directory) {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name)
    if (entry.isFile() && entry.name.endsWith('.node')) return file
    const found = entry.isDirectory() && entry.name !== 'node_modules' ? nativeFile(file) : undefined
    if (found) return found
  }
  return undefined
}

/** Installs development dependencies too: they build the plugin, so the NODE_ENV of the base image must not count. */
function run(command, args, cwd) {
  const env = { ...process.env, CI: 'true', NPM_CONFIG_CACHE: '/tmp/npm-cache' }
  delete env.NODE_ENV
  // A build secret of that name holds the registry's address and token.
  if (exists('/run/secrets/npmrc')) env.NPM_CONFIG_USERCONFIG = '/run/secrets/npmrc'
  console.log(`${command} ${args.join(' ')} (in ${cwd})`)
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error) throw new Refusal(`the base image has no ${command}: ${error.message}; use strategy: full`)
  if (status !== 0)
    throw new Refusal(`${command} ended with exit code ${status}; what it printed stands above`)
}

module.exports = { installDependencies }
