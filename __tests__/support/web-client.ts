import { afterAll, beforeAll } from '@jest/globals'
import { type Chrome, type ChromeOptions, withChrome } from '../../src/proof/browser/chrome.js'
import { type BrowserProof, evaluateIn, type EvaluateOptions } from '../../src/proof/browser/evaluate.js'
import { findChrome } from '../../src/proof/browser/find-chrome.js'
import { type Files, withRepository } from './repository.js'

/** A plugin of the public directory: the text of its index.js, or its files. */
export type BuiltPlugin = string | Files

/** What the public directory of an image holds beside its plugins. */
export interface PublicDirectory {
  plugins: Record<string, BuiltPlugin>
  /** Plugins that the client loads for everyone; all others are in registry.json. */
  builtin?: string[]
  /** Entries of registry.json that differ from those of a sound plugin. */
  entries?: Record<string, object>
  /** Other files, relative to the public directory; those below replace what is made here. */
  files?: Files
}

/** A plugin's bundle as its bundler writes it. */
export function bundle(name: string, body = '', dependencies: string[] = ['exports']): string {
  const parameters = dependencies.map((each) => each.replace(/^.*\//, '').replace(/\W/g, '_'))
  return `definePlugin('@plugins/${name}', ${JSON.stringify(dependencies)}, (function (${parameters.join(', ')}) { 'use strict'
${body}
}));
`
}

/**
 * A small web client that loads plugins as Tailchat's does: an AMD loader with `definePlugin` and `requirePlugin`, the
 * plugins of a list and those that the browser's storage has, and a page only after all of them are settled.
 */
const CLIENT = `(function () {
  'use strict'
  var defined = {}, loading = {}, addresses = {}
  function share(id, value) { defined[id] = Promise.resolve(value) }
  share('react', { createElement: function () { return {} } })
  share('@capital/common', { regGroupPanel: function () {}, regCustomPanel: function () {}, sharedEvent: {} })
  share('@capital/component', {})

  function resolve(from, id) {
    if (id.slice(0, 2) !== './' && id.slice(0, 3) !== '../') return id
    var base = from.slice(-3) === '.js' ? from : from + '/'
    var path = new URL(id, 'http://x/' + base).pathname.slice(1)
    return path.slice(-3) === '.js' ? path : path + '.js'
  }
  function fetchScript(address) {
    return new Promise(function (ok, fail) {
      var script = document.createElement('script')
      script.src = address
      script.onload = function () { ok(); script.remove() }
      script.onerror = fail
      document.body.appendChild(script)
    })
  }
  function settled(id, waits) {
    return new Promise(function (ok) { setTimeout(ok, waits[0]) }).then(function () {
      if (defined[id]) return defined[id]
      if (waits.length > 1) return settled(id, waits.slice(1))
      console.error('Eval Timeout, moduleName: [' + id + ']')
      throw new Error('Cannot load script: ' + id)
    })
  }
  function load(id) {
    if (defined[id]) return defined[id]
    if (loading[id]) return loading[id]
    var name = /^@plugins\\/([^/]+)/.exec(id)
    if (!name && id.slice(-3) !== '.js')
      return loading[id] = Promise.reject(new Error('[' + id + '] Cannot load, please checkout your code in ' + id + '(undefined).'))
    var address = id === '@plugins/' + name[1]
      ? addresses[name[1]] || '/plugins/' + name[1] + '/index.js'
      : id.replace('@plugins/', '/plugins/')
    return loading[id] = fetchScript(address).then(function () { return settled(id, [0, 10, 50, 100]) })
  }
  window.requirePlugin = function (ids, ok, fail) {
    Promise.all(ids.map(load)).then(function (values) { ok.apply(null, values) }).catch(function (error) {
      console.error(error)
      fail(error)
    })
  }
  window.definePlugin = function (id, dependencies, factory) {
    if (defined[id]) return
    var exports = {}
    var lazily = function (ids, ok) {
      window.requirePlugin(ids.map(function (each) { return resolve(id, each) }), ok, function () {})
    }
    var inner = dependencies.filter(function (each) { return each !== 'require' && each !== 'exports' })
    return defined[id] = Promise.all(inner.map(function (each) { return load(resolve(id, each)) })).then(function (values) {
      var given = dependencies.map(function (each) {
        return each === 'require' ? lazily : each === 'exports' ? exports : values.shift()
      })
      return factory.apply(null, given) || exports
    })
  }

  var stored = JSON.parse(localStorage.getItem('$TailchatInstalledPlugins') || '{"rawData":[]}').rawData
  var all = BUILTIN.map(function (name) { return { name: name, url: '/plugins/' + name + '/index.js' } }).concat(stored)
  fetch('/api/config/client').catch(function () {})
  Promise.all(all.map(function (plugin) {
    addresses[plugin.name] = plugin.url.replace('{BACKEND}', SERVER)
    return load('@plugins/' + plugin.name).catch(function (error) { console.error('Plugin load error:', error) })
  })).then(function () {
    localStorage.getItem('language')
    var app = document.getElementById('app')
    if (app) app.innerHTML = '<main>Login</main>'
  })
})()
`

const PAGE = `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Tailchat</title></head>
<body><div id="app"><div id="tailchat-loading">Loading</div><script>window.startedAt = 1</script></div>
<script src="/client.js"></script></body></html>
`

/** The client's script with its list of built-in plugins, and the address of its server as it was built. */
export function clientScript(builtin: readonly string[] = [], server = 'location.origin'): string {
  return CLIENT.replace('BUILTIN', JSON.stringify(builtin)).replace('SERVER', server)
}

/** The files of a public directory. */
export function publicFiles({ plugins, builtin = [], entries = {}, files = {} }: PublicDirectory): Files {
  const registry = [...new Set([...Object.keys(plugins), ...Object.keys(entries)])]
    .filter((name) => !builtin.includes(name))
    .map((name) => ({
      name,
      label: name,
      url: `/plugins/${name}/index.js`,
      version: '1.0.0',
      ...entries[name],
    }))
  const built = Object.entries(plugins).flatMap(([name, plugin]) =>
    Object.entries(typeof plugin === 'string' ? { 'index.js': plugin } : plugin).map(
      ([path, text]) => [`plugins/${name}/${path}`, text] as const,
    ),
  )
  return {
    'index.html': PAGE,
    'client.js': clientScript(builtin),
    'registry.json': JSON.stringify(registry),
    'registry-be.json': '[]',
    ...Object.fromEntries(built),
    ...files,
  }
}

/** Starts a Chrome for all tests of a file, since that takes longer than what is tested. */
export function sharedChrome(options: Partial<ChromeOptions> = {}): () => Chrome {
  let chrome: Chrome | undefined
  let finish = (): void => undefined
  let ended: Promise<void> | undefined
  beforeAll(
    () =>
      new Promise<void>((ready, fail) => {
        ended = withChrome({ executable: findChrome(process.env), ...options }, async (started) => {
          chrome = started
          ready()
          await new Promise<void>((resolve) => (finish = resolve))
        })
        ended.catch(fail)
      }),
    120_000,
  )
  afterAll(async () => {
    finish()
    await ended
  }, 60_000)
  return () => {
    if (!chrome) throw new Error('Chrome has not started')
    return chrome
  }
}

/** Evaluates the plugins of a public directory in a Chrome. */
export async function evaluated(
  chrome: Chrome,
  directory: PublicDirectory,
  options: Partial<EvaluateOptions> = {},
): Promise<Omit<BrowserProof, 'milliseconds'>> {
  return withRepository(publicFiles(directory), (root) =>
    evaluateIn(chrome, { root, wanted: [], ...options }),
  )
}
