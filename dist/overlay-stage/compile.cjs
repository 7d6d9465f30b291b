'use strict'
// Compiles only the services of plugins, as the server's build does (server/scripts/build.ts).

const fs = require('fs')
const path = require('path')
const { createRequire } = require('module')
const { Refusal } = require('./refusal.cjs')

/**
 * Emits each plugin to OUTPUT/NAME. The roots of the program are the plugins' own files and the server's global types:
 * imports of types are dropped and decorators get their metadata, exactly as in a build of the whole server. Like that
 * build it prints mistakes and emits the code all the same.
 */
function compilePlugins(app, plugins, output) {
  if (plugins.length === 0) return
  const server = path.join(app, 'server')
  const ts = createRequire(path.join(server, 'package.json'))('typescript')
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(server, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => print(ts, diagnostic) },
  )
  const pluginOf = (file) => plugins.find(({ source }) => file.startsWith(`${source}/`))
  const roots = config.fileNames.filter((file) => /\.d\.[cm]?ts$/.test(file) || pluginOf(file))
  // The server's build infers the root from the files that it compiles, which are all below the server's directory.
  const options = {
    ...config.options,
    rootDir: config.options.rootDir || server,
    incremental: false,
    composite: false,
  }
  const dist = options.outDir || path.join(server, 'dist')
  const program = ts.createProgram(roots, options)
  requireInside(program, server)

  for (const file of program.getSourceFiles()) {
    const plugin = pluginOf(file.fileName)
    if (!plugin || file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) continue
    const emitted = program.emit(file, (name, text) => {
      const relative = path.relative(path.join(dist, 'plugins', plugin.name), name)
      const target = path.join(output, plugin.name, relative)
      fs.mkdirSync(path.dirname(target), { recursive: true })
      fs.writeFileSync(target, text)
    })
    const diagnostics = [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
      ...emitted.diagnostics,
    ]
    for (const diagnostic of diagnostics) print(ts, diagnostic)
  }
}

/** Refuses code from outside of the server: it would move the root, and with it every compiled file of the server. */
function requireInside(program, server) {
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) continue
    if (!file.fileName.startsWith(`${server}/`))
      throw new Refusal(
        `a plugin imports ${file.fileName}, which is outside of ${server}: the server's compiler would then put every file elsewhere, and the server could not start`,
      )
  }
}

/** Prints a mistake in the form of the server's build, which the action searches the log for. */
function print(ts, { file, start, messageText }) {
  const message = ts.flattenDiagnosticMessageText(messageText, '\n')
  if (!file) return console.log(message)
  const { line, character } = ts.getLineAndCharacterOfPosition(file, start)
  console.log(`${file.fileName} (${line + 1},${character + 1}): ${message}`)
}

module.exports = { compilePlugins }
