'use strict'
// Builds the front ends of plugins, as the image's own build does.

const fs = require('fs')
const os = require('os')
const path = require('path')
const { spawn } = require('child_process')

/**
 * Runs mini-star for each plugin, as many at a time as there are processors. Like Tailchat's build it prints an error
 * and goes on: the action searches the log for errors, and finds in the image that a bundle is missing.
 */
async function buildBundles(app, plugins) {
  const waiting = [...plugins]
  const work = async () => {
    for (let plugin = waiting.shift(); plugin; plugin = waiting.shift()) await buildBundle(app, plugin)
  }
  await Promise.all(os.cpus().map(work))
}

async function buildBundle(app, { name, kind, source }) {
  const web = path.join(app, 'client/web')
  // The files of an earlier build would be served next to the new ones.
  for (const output of [`${web}/dist/plugins/${name}`, `${app}/server/public/plugins/${name}`])
    fs.rmSync(output, { recursive: true, force: true })
  if (kind === 'frontend') await run('ministar', ['buildPlugin', name], web, [web])
  // The plugin's own script decides how (server/scripts/installPlugin.js runs it too).
  else await run('sh', ['-c', buildScript(source)], source, [source, path.join(app, 'server'), app])
}

function buildScript(source) {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'))
  return (scripts && scripts['build:web']) || 'ministar buildPlugin all'
}

/** Runs a command that one of the packages has installed. */
function run(command, args, cwd, packages) {
  const bins = packages.map((directory) => path.join(directory, 'node_modules/.bin'))
  const env = { ...process.env, PATH: [...bins, process.env.PATH].join(path.delimiter) }
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', (error) => {
      console.log(`✖ ${[command, ...args].join(' ')}: ${error.message}`)
      resolve()
    })
    child.on('close', (code) => {
      if (code !== 0) console.log(`✖ ${[command, ...args].join(' ')} in ${cwd} ended with exit code ${code}`)
      resolve()
    })
  })
}

module.exports = { buildBundles }
