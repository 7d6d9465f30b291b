'use strict'
// Runs inside the built image, without a network: constructs every production service of the plugins in a
// moleculer broker that is never started, and writes what happened to a JSON file.
//
//   node probe.cjs SERVER_DIRECTORY OUTPUT_FILE [SECONDS [contents | plugins NAME...]]
//
// After so many seconds (300) it kills itself, also from within an endless loop: whoever started it may be gone by then.
// With `contents` it only reads what the gateway would serve, and runs no code of the application. With `plugins` it
// constructs the services of these plugins only.
//
// It is plain CommonJS for any Node.js from 14 on, since it runs on the image's own. The result is rewritten
// after every service, so that it is complete up to the one at which the process may die or hang.

const crypto = require('crypto')
const fs = require('fs')
const path = require('path')
const { createRequire } = require('module')
const { setImmediate } = require('timers')
const { Worker } = require('worker_threads')

const [serverDirectory, outputFile, seconds, only, ...names] = process.argv.slice(2)
const dist = path.join(serverDirectory, 'dist')
/** Stacks name files by their real path. */
const realDist = fs.existsSync(dist) ? fs.realpathSync(dist) : dist

/** Its shape is checked by probe-result.ts. */
const result = { services: [], asyncErrors: [], finished: false }

function write() {
  fs.writeFileSync(outputFile, JSON.stringify(result))
}

function describe(error) {
  const isError = error !== null && typeof error === 'object' && typeof error.message === 'string'
  const stack = isError && typeof error.stack === 'string' ? error.stack : ''
  const frame = stack.split('\n').find((line) => line.includes(realDist) && !line.includes('/node_modules/'))
  return {
    message: (isError ? error.message : String(error)).slice(0, 2000),
    ...(frame
      ? {
          at: frame
            .trim()
            .replace(realDist + path.sep, '')
            .slice(0, 300),
        }
      : {}),
  }
}

/** The files with this ending, as moleculer's runner finds them: `**` enters neither dot-directories nor links. */
function filesBelow(directory, ending) {
  if (!fs.existsSync(directory)) return []
  return fs
    .readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
      const file = path.join(directory, entry.name)
      if (entry.isDirectory()) return filesBelow(file, ending)
      return entry.isFile() && entry.name.endsWith(ending) ? [file] : []
    })
}

/** The moleculer that the services extend: the SDK's own, or the server's where there is no SDK. */
function loadMoleculer() {
  const fromServer = createRequire(path.join(serverDirectory, 'package.json'))
  try {
    return createRequire(fs.realpathSync(fromServer.resolve('tailchat-server-sdk')))('moleculer')
  } catch (error) {
    if (!error || error.code !== 'MODULE_NOT_FOUND') throw error
    return fromServer('moleculer')
  }
}

function relativeTo(directory, file) {
  return path.relative(directory, file).split(path.sep).join('/')
}

/** What a constructed service offers: its schema with everything that its mixins brought. */
function exposureOf({ schema = {} }) {
  return {
    actions: Object.entries(schema.actions || {})
      .filter(([, action]) => action !== false)
      .map(([name, action]) => actionOf(name, action || {}))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    events: Object.keys(schema.events || {}).sort(),
    // moleculer-db, which registerLocalDb brings: the service is not listed before its adapter has connected.
    database: Boolean(schema.adapter),
  }
}

function actionOf(name, { visibility, disableSocket, rest }) {
  return {
    name,
    visibility: typeof visibility === 'string' ? visibility : 'published',
    ...(disableSocket && { disableSocket: true }),
    ...(rest && { rest: (typeof rest === 'string' ? rest : String(JSON.stringify(rest))).slice(0, 200) }),
  }
}

/** What the service that is being constructed registers without a function behind it. */
let undefinedHandlers = []

/**
 * Notes handlers that are no functions. TcService wraps each handler in a function of its own, so what it was given
 * shows only while it is given. An image whose SDK has no such class is proven without it.
 */
function watchRegistrations() {
  try {
    const { TcService } = createRequire(path.join(serverDirectory, 'package.json'))('tailchat-server-sdk')
    for (const [method, kind] of [
      ['registerAction', 'action'],
      ['registerEventListener', 'event'],
    ]) {
      const original = TcService.prototype[method]
      TcService.prototype[method] = function (name, handler, ...rest) {
        if (typeof handler !== 'function') undefinedHandlers.push({ kind, name: String(name).slice(0, 200) })
        return original.call(this, name, handler, ...rest)
      }
    }
  } catch {
    // What services do without it shows when they are loaded.
  }
}

/** What of a plugin's bundle the browser would see: its files, the ids they define, and what they depend on. */
function readBundle(directory) {
  const files = fs
    .readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => entry.name)
    .sort()
  return {
    name: path.basename(directory),
    files: files.map((file) => {
      const content = fs.readFileSync(path.join(directory, file))
      const sha256 = sha256Of(content)
      const text = content.toString()
      const definition = /\bdefinePlugin\(\s*['"]([^'"]*)['"]\s*,\s*\[([^\]]*)\]/.exec(text)
      if (!definition) return { file, sha256 }
      const dependencies = [...definition[2].matchAll(/['"]([^'"]*)['"]/g)].map((match) => match[1])
      const after = text.slice(definition.index + definition[0].length)
      return { file, sha256, id: definition[1], dependencies, ...lazyRequires(dependencies, after) }
    }),
  }
}

/**
 * Returns what a bundle loads later: rollup writes `import('./x')` as a call of the `require` that it was given, which a
 * minifier may have renamed.
 */
function lazyRequires(dependencies, after) {
  const index = dependencies.indexOf('require')
  const parameters =
    /^\s*,\s*\(*(?:function\s*\(([^()]{0,5000})\)|([\w$]{1,100})\s*=>|([\w$, ]{0,5000})\)\s*=>)/.exec(after)
  if (index === -1 || !parameters) return {}
  const [, ofFunction, ofArrow, ofArrows] = parameters
  const name = ((ofFunction || ofArrow || ofArrows || '').split(',')[index] || '').trim()
  const lazy = [...after.matchAll(/([\w$]{1,100})\(\[['"](\.{1,2}\/[^'"]{1,500})['"]\],/g)].filter(
    (match) => match[1] === name && after[match.index - 1] !== '.',
  )
  return lazy.length > 0 ? { lazy: [...new Set(lazy.map((match) => match[2]))] } : {}
}

function sha256Of(content) {
  return crypto.createHash('sha256').update(content).digest('hex')
}

/** The names that a plugin registry file of the image lists; `null` without the file, or when it is no list. */
function readRegistry(file) {
  try {
    const entries = JSON.parse(fs.readFileSync(file, 'utf8'))
    return Array.isArray(entries) ? entries.map((entry) => String(entry && entry.name)) : null
  } catch {
    return null
  }
}

/** The sha256 of each plugin registry file that is there. */
function hashRegistries(directory) {
  const files = ['registry.json', 'registry-be.json'].filter((file) =>
    fs.existsSync(path.join(directory, file)),
  )
  return Object.fromEntries(
    files.map((file) => [file, sha256Of(fs.readFileSync(path.join(directory, file)))]),
  )
}

/** What the gateway would serve of the plugins (dist/public), and whether the server can start at all. */
function readContents() {
  const isDirectory = (entry) => entry.isDirectory()
  const publicDirectory = path.join(dist, 'public')
  const plugins = path.join(publicDirectory, 'plugins')
  const directories = fs.existsSync(plugins)
    ? fs.readdirSync(plugins, { withFileTypes: true }).filter(isDirectory)
    : []
  return {
    serverConfig: fs.existsSync(path.join(dist, 'moleculer.config.js')),
    registry: readRegistry(path.join(publicDirectory, 'registry.json')),
    backendRegistry: readRegistry(path.join(publicDirectory, 'registry-be.json')),
    registrySha256: hashRegistries(publicDirectory),
    bundles: directories.map((entry) => readBundle(path.join(plugins, entry.name))),
  }
}

// A service may start something that fails later, such as a connection: that is not a failure to load.
process.on('uncaughtException', (error) => result.asyncErrors.push(describe(error)))
process.on('unhandledRejection', (error) => result.asyncErrors.push(describe(error)))
process.on('exit', write)

// A thread of its own goes on while a service keeps this one busy.
new Worker(
  "setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000 * require('worker_threads').workerData)",
  {
    eval: true,
    workerData: Number(seconds) || 300,
  },
).unref()

write()
try {
  // Before any code of the image runs: what is read here can't be changed by it.
  result.contents = readContents()
  result.sources = filesBelow(path.join(serverDirectory, 'plugins'), '.service.ts').map((file) =>
    relativeTo(serverDirectory, file),
  )
  if (only !== 'contents') loadEveryService()
  result.finished = true
} catch (error) {
  result.error = describe(error)
}
write()
// Work that services started may fail after this code: the exit handler writes that down as well.
setImmediate(() => process.exit(0))

function loadEveryService() {
  process.chdir(dist)
  const { ServiceBroker } = loadMoleculer()
  const broker = new ServiceBroker({ logger: false, nodeID: 'probe', transporter: null, hotReload: false })
  watchRegistrations()
  const plugins = path.join(dist, 'plugins')
  const directories = only === 'plugins' ? names.map((name) => path.join(plugins, name)) : [plugins]
  for (const file of directories.flatMap((each) => filesBelow(each, '.service.js'))) {
    undefinedHandlers = []
    const entry = { file: relativeTo(dist, file) }
    result.loading = entry.file
    write()
    const started = process.hrtime.bigint()
    try {
      const service = broker.loadService(file)
      Object.assign(entry, { name: service.fullName || service.name, ...exposureOf(service) })
      if (undefinedHandlers.length > 0) entry.undefinedHandlers = undefinedHandlers
    } catch (error) {
      Object.assign(entry, { error: describe(error) })
    }
    Object.assign(entry, { milliseconds: Number((process.hrtime.bigint() - started) / 1000000n) })
    result.services.push(entry)
  }
  delete result.loading
}
