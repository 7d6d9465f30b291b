/* global window, document, localStorage, Image */
'use strict'
// Runs in the page before its own scripts: installs the plugins to evaluate, and reports on each of them
// through a binding. page.ts puts a call of `prepare` behind this text; a bundler never sees it.

// eslint-disable-next-line no-unused-vars -- called by page.ts
function prepare({ origin, binding, command, storageKey, manifests }) {
  const send = window[binding]
  if (window.top !== window || window.location.origin !== origin || typeof send !== 'function') return
  delete window[binding]
  // What plugins may replace is kept.
  const { stringify } = JSON
  const { Event } = window
  const say = (event) => send(stringify(event))

  // Nothing is read from the console, and Chrome would hand on all that is written to it.
  for (const name of ['assert', 'debug', 'dir', 'dirxml', 'error', 'info', 'log', 'table', 'trace', 'warn'])
    window.console[name] = () => undefined

  /** As the client's storage writes it (client/shared/api/buildStorage.ts, react-native-storage). */
  localStorage.setItem(storageKey, stringify({ rawData: manifests }))

  /** Describes what was thrown, which may be anything: a getter of it may throw as well. */
  const describe = (thrown) => {
    try {
      // mini-star passes on the event of a script that could not be loaded.
      if (thrown instanceof Event) return { message: '', stack: '' }
      const { message, stack } = Object(thrown)
      return {
        message: (typeof message === 'string' ? message : String(thrown)).slice(0, 1000) || 'an empty error',
        stack: typeof stack === 'string' ? stack.slice(0, 4000) : '',
      }
    } catch {
      return { message: 'something that can’t be described', stack: '' }
    }
  }
  /** The texts of a list, which may be anything as well. */
  const textsOf = (list) => {
    try {
      return Array.isArray(list) ? list.filter((each) => typeof each === 'string').slice(0, 200) : []
    } catch {
      return []
    }
  }

  /** mini-star's own, once the client has set it. */
  let definePlugin
  function define(name, dependencies, callback) {
    if (arguments.length === 2) {
      callback = dependencies
      dependencies = []
    }
    const id = String(name)
    const script = document.currentScript ? document.currentScript.src : ''
    say({ type: 'define', id, script, dependencies: textsOf(dependencies) })
    return definePlugin.call(this, name, dependencies, function () {
      say({ type: 'begin', id })
      try {
        return callback.apply(this, arguments)
      } catch (error) {
        say({ type: 'threw', id, ...describe(error) })
        throw error
      } finally {
        say({ type: 'end', id })
      }
    })
  }
  Object.defineProperty(window, 'definePlugin', {
    configurable: true,
    get: () => definePlugin && define,
    set: (value) => {
      definePlugin = value
    },
  })

  const commands = {
    /** How far the client is: React replaces what `#app` holds in the page as it is served (client/web/assets/template.html). */
    state: () => {
      const children = [...((document.getElementById('app') || {}).children || [])]
      return {
        hasLoader: typeof window.requirePlugin === 'function',
        isRendered:
          document.getElementById('tailchat-loading') === null &&
          children.some(({ tagName }) => !['SCRIPT', 'STYLE', 'LINK'].includes(tagName)),
      }
    },
    /** Tells for each module whether it evaluates; one that was loaded before answers at once. */
    ask: (ids) => {
      for (const id of ids)
        window.requirePlugin(
          [id],
          () => say({ type: 'verdict', id, evaluated: true, message: '', stack: '' }),
          (error) => say({ type: 'verdict', id, evaluated: false, ...describe(error) }),
        )
    },
    showIcons: (urls) => {
      for (const url of urls) {
        const image = new Image()
        image.onload = () => say({ type: 'icon', url, shown: true })
        image.onerror = () => say({ type: 'icon', url, shown: false })
        image.src = url
      }
    },
  }
  Object.defineProperty(window, command, { value: Object.freeze(commands) })
}
