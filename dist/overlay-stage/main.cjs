'use strict'
// Runs in the build stage of an overlay, on the file system of the base image: puts the plugins' sources where they
// belong, builds them with the toolchain that the image has, and leaves two trees that the final stage copies.
//
//   node main.cjs DIRECTORY
//
// DIRECTORY holds plan.json (src/image/overlay.ts says what is in it) and tree/, the sources by their place below the
// application. It gets
//   hide/   an empty file in the place of every directory of the base image that must not be visible
//   layer/  the files of the plugins in the new image
// With `node` only services are compiled, of plugins that the base image must not have.
// With `bundlesOnly` it gets bundles/NAME instead, the front end of each plugin, and nothing is compiled.
// A file hides a directory of the layers below it, and a directory above the file begins empty: that is how an image
// without a RUN loses files. All is plain CommonJS for any Node.js from 14 on, since it runs on the image's own.

const fs = require('fs')
const path = require('path')
const { compilePlugins } = require('./compile.cjs')
const { buildBundles } = require('./bundle.cjs')
const { clearSources, copyTree, createLayer, exists, isDirectory } = require('./files.cjs')
const { installDependencies } = require('./install.cjs')
const { Refusal } = require('./refusal.cjs')

async function main(directory) {
  const plan = JSON.parse(fs.readFileSync(path.join(directory, 'plan.json'), 'utf8'))
  const app = applicationAt(plan.appDir)
  const published = path.join(app, 'server/dist/public')
  requireSameBuiltin(app, plan.builtin)
  if (plan.node) requireNodeOfItsOwn(app, plan)

  for (const plugin of plan.plugins) {
    const { name, kind, bundle } = plugin
    plugin.source = path.join(app, plugin.directory)
    plugin.compiled = kind === 'frontend' ? undefined : path.join(app, 'server/dist/plugins', name)
    plugin.published = path.join(published, 'plugins', name)
    // An unchanged plugin is in the base image, unless it was not wanted there before.
    plugin.compile =
      !plan.bundlesOnly && plugin.compiled !== undefined && (plugin.changed || !exists(plugin.compiled))
    plugin.build = bundle && (plugin.changed || !exists(plugin.published))
  }
  const touched = plan.plugins.filter(({ compile, build }) => compile || build)

  const tree = path.join(directory, 'tree')
  const lockfile = path.join(directory, 'pnpm-lock.yaml')
  const takeInstalled = installDependencies({
    app,
    lockfile: exists(lockfile) ? fs.readFileSync(lockfile, 'utf8') : undefined,
    plugins: plan.plugins.filter(({ changed }) => changed),
    place: (plugin) => place(tree, plugin),
  })
  const emitted = path.join(directory, 'emitted')
  // The bundler runs in its own processes, at the same time as the compiler in this one.
  const bundled = buildBundles(
    app,
    touched.filter(({ build }) => build),
  )
  compilePlugins(
    app,
    touched.filter(({ compile }) => compile),
    emitted,
  )
  await bundled

  if (plan.bundlesOnly) {
    const bundles = path.join(directory, 'bundles')
    fs.mkdirSync(bundles)
    for (const plugin of touched)
      for (const output of outputsOf(plugin, app))
        if (exists(output)) copyTree(output, path.join(bundles, plugin.name))
    return
  }

  const layer = createLayer(directory)
  for (const { target, replaced } of takeInstalled()) {
    if (replaced) layer.replace(target)
    layer.copy(target, target)
  }
  for (const plugin of touched) {
    if (plugin.compile) {
      layer.replace(plugin.compiled)
      layer.copy(path.join(emitted, plugin.name), plugin.compiled)
      linkDependencies(layer, plugin)
    }
    if (plugin.build) {
      layer.replace(plugin.published)
      for (const output of outputsOf(plugin, app)) layer.copy(output, plugin.published)
    }
  }
  for (const { name, bundle } of plan.plugins)
    if (!bundle && !plan.node) layer.hide(path.join(published, 'plugins', name))
  if (plan.only) {
    layer.keepOnly(path.join(app, 'server/dist/plugins'), plan.only.compiled)
    layer.keepOnly(path.join(published, 'plugins'), plan.only.published)
  }
  for (const [file, list] of Object.entries(plan.registries)) {
    const target = path.join(published, file)
    const before = exists(target) ? fs.readFileSync(target, 'utf8') : ''
    const after = registryText(before, list, file)
    if (after !== before) layer.write(target, after)
  }
  layer.finish(plan.epochSeconds)
}

/** Returns where the bundler puts a plugin's front end. */
function outputsOf({ name }, app) {
  return ['client/web/dist/plugins', 'server/public/plugins'].map((each) => path.join(app, each, name))
}

/** Puts the sources of a plugin where the build looks for them; what was installed there stays. */
function place(tree, plugin) {
  clearSources(plugin.source)
  copyTree(path.join(tree, plugin.directory), plugin.source)
}

function applicationAt(directory) {
  const app = exists(directory) ? fs.realpathSync(directory) : directory
  const missing = ['server/dist', 'server/tsconfig.json', 'server/node_modules', 'client/web'].find(
    (each) => !exists(path.join(app, each)),
  )
  if (missing)
    throw new Refusal(
      `the base image has no ${path.posix.join(directory, missing)}: an overlay is built with the sources and the toolchain of the base image, so it must be one that Tailchat's Dockerfile makes; is app-dir right? Otherwise use strategy: full`,
    )
  return app
}

/** Compares the file itself where no commit tells what changed: built-in entries are compiled into the web client. */
function requireSameBuiltin(app, expected) {
  if (expected === undefined) return
  const file = path.join(app, 'client/web/src/plugin/builtin.ts')
  if (exists(file) && fs.readFileSync(file, 'utf8') === expected) return
  throw new Refusal(
    'client/web/src/plugin/builtin.ts is not that of the base image: built-in entries are compiled into the web client, which an overlay leaves as it is; use strategy: full',
  )
}

/** A service that two containers load answers from one of them, call by call; its data and timers are there twice. */
function requireNodeOfItsOwn(app, { node, plugins }) {
  const both = plugins
    .map(({ name }) => name)
    .filter((name) => isDirectory(path.join(app, 'server/dist/plugins', name)))
  if (both.length > 0)
    throw new Refusal(
      `the base image loads ${both.join(', ')} as well: each call would be answered by its copy or by the node's, in turn; name a base image without it, or deploy it in the image of Tailchat (as: image)`,
    )
  if (!exists(node.runner))
    throw new Refusal(`the base image has no ${node.runner}, which starts services: is app-dir right?`)
}

/** Links the packages of a plugin for its compiled code, as the server's build does (server/scripts/build.ts). */
function linkDependencies(layer, { source, compiled }) {
  const modules = path.join(source, 'node_modules')
  if (!isDirectory(modules)) return
  for (const name of fs.readdirSync(modules).sort()) {
    // A scope such as @types is linked as a whole.
    if (!name.startsWith('.')) layer.link(path.join(modules, name), path.join(compiled, 'node_modules', name))
  }
}

/** Returns the whole text of a plugin registry file: the given one, or the image's own list with entries added and removed. */
function registryText(before, list, file) {
  if (typeof list === 'string') return list
  let entries
  try {
    entries = JSON.parse(before === '' ? '[]' : before)
  } catch {
    entries = undefined
  }
  if (!Array.isArray(entries)) throw new Refusal(`${file} of the base image is not a JSON array`)
  const known = new Map(list.entries.map((entry) => [entry.name, entry]))
  const kept = entries
    .map((entry) => {
      const name = entry && entry.name
      const declared = known.get(name)
      known.delete(name)
      return declared === undefined && list.without.includes(name) ? undefined : declared || entry
    })
    .filter((entry) => entry !== undefined)
  return `${JSON.stringify([...kept, ...known.values()], null, 2)}\n`
}

main(process.argv[2]).catch((error) => {
  console.error(error instanceof Refusal ? `overlay: ${error.message}` : error)
  process.exitCode = 1
})
