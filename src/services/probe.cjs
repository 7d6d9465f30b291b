'use strict'
// Runs inside the built image, without a network: constructs every production service of the plugins in a
// moleculer broker that is never started, and writes what happened to a JSON file.
//
//   node probe.cjs SERVER_DIRECTORY OUTPUT_FILE
//
// It is plain CommonJS for any Node.js from 14 on, since it runs on the image's own. The result is written anew
// after every service, so that it is complete up to the one at which a process may die or hang.

const fs = require('fs')
const path = require('path')
const { createRequire } = require('module')

const [serverDirectory, outputFile] = process.argv.slice(2)
const dist = path.join(serverDirectory, 'dist')

/** @type {{ error?: string, loading?: string, services: object[], asyncErrors: object[], finished: boolean }} */
const result = { services: [], asyncErrors: [], finished: false }

function write() {
  fs.writeFileSync(outputFile, JSON.stringify(result))
}

function describe(error) {
  const isError = error !== null && typeof error === 'object' && typeof error.message === 'string'
  const stack = isError && typeof error.stack === 'string' ? error.stack : ''
  const frame = stack.split('\n').find((line) => line.includes(dist) && !line.includes('/node_modules/'))
  return {
    message: (isError ? error.message : String(error)).slice(0, 2000),
    ...(frame
      ? {
          at: frame
            .trim()
            .replace(dist + path.sep, '')
            .slice(0, 300),
        }
      : {}),
  }
}

/** The files that moleculer's runner finds with its mask: `**` enters neither dot-directories nor links. */
function serviceFiles(directory) {
  if (!fs.existsSync(directory)) return []
  return fs
    .readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
      const file = path.join(directory, entry.name)
      if (entry.isDirectory()) return serviceFiles(file)
      return entry.isFile() && entry.name.endsWith('.service.js') ? [file] : []
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

function actionsOf(service) {
  return Object.entries((service.schema && service.schema.actions) || {})
    .filter(([, action]) => action !== false)
    .map(([name, action]) => ({ name, visibility: (action && action.visibility) || 'published' }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

// A service may start something that fails later, such as a connection: that is not a failure to load.
process.on('uncaughtException', (error) => result.asyncErrors.push(describe(error)))
process.on('unhandledRejection', (error) => result.asyncErrors.push(describe(error)))
process.on('exit', write)

write()
try {
  process.chdir(dist)
  const { ServiceBroker } = loadMoleculer()
  const broker = new ServiceBroker({ logger: false, nodeID: 'probe', transporter: null, hotReload: false })
  for (const file of serviceFiles(path.join(dist, 'plugins'))) {
    const entry = { file: path.relative(dist, file).split(path.sep).join('/') }
    result.loading = entry.file
    write()
    const started = process.hrtime.bigint()
    try {
      const service = broker.loadService(file)
      Object.assign(entry, { name: service.fullName || service.name, actions: actionsOf(service) })
    } catch (error) {
      Object.assign(entry, { error: describe(error) })
    }
    Object.assign(entry, { milliseconds: Number((process.hrtime.bigint() - started) / 1000000n) })
    result.services.push(entry)
  }
  delete result.loading
  result.finished = true
} catch (error) {
  result.error = describe(error)
}
write()
process.exit(0)
