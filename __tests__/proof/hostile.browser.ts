import { describe, expect, test } from '@jest/globals'
import type { Fault, FaultCause } from '../../src/proof/browser/fault.js'
import { bundle, evaluated, type PublicDirectory, sharedChrome } from '../support/web-client.js'

/** A page that hangs, or waits for ever, is given up sooner than a user's: there is nothing large in it. */
const patience = { hangSeconds: 8, idleAnswers: 30, totalSeconds: 120 }
const SECONDS = 1000
const chrome = sharedChrome()

const X = 'com.acme.x'
/** One is evaluated before the others, and one after them, since it needs a further file. */
const NEIGHBOURS: PublicDirectory['plugins'] = {
  'com.acme.a': bundle('com.acme.a'),
  'com.acme.z': {
    'index.js': bundle('com.acme.z', '', ['exports', './part']),
    'part.js': "definePlugin('@plugins/com.acme.z/part.js', ['exports'], function () {})",
  },
}

/** What is wrong with each plugin, where these stand between two sound ones. */
async function faultsOf(bodies: Record<string, string>): Promise<Record<string, Fault>> {
  const bundles = Object.entries(bodies).map(([name, body]) => [name, bundle(name, body)])
  const plugins = { ...NEIGHBOURS, ...(Object.fromEntries(bundles) as Record<string, string>) }
  const proof = await evaluated(chrome(), { plugins }, { patience })
  expect(proof.notJudged).toEqual([])
  return Object.fromEntries(proof.plugins.flatMap(({ name, fault }) => (fault ? [[name, fault]] : [])))
}

/** What a plugin does to the page of all while it is evaluated, and what it is then named for. */
const harms: Record<string, [body: string, cause: FaultCause]> = {
  'takes requirePlugin away': ['window.requirePlugin = undefined', 'blocks-page'],
  'removes what the browser stores with': ['delete window.localStorage', 'blocks-page'],
  'opens the document again': ['document.open()', 'blocks-page'],
  'loops in microtasks': [';(function again() { Promise.resolve().then(again) })()', 'hangs'],
  'opens dialogs without end': ["for (;;) alert('again')", 'hangs'],
  'throws an object whose message never comes': ['throw { get message() { for (;;); } }', 'hangs'],
  'allocates without end': ['var all = []; for (;;) all.push(new Array(3e7).fill(all.length))', 'crashes'],
  'goes away by a refresh in the page': [
    "document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=https://elsewhere.example/' }))",
    'leaves-page',
  ],
  'goes away by a form': [
    "var f = document.createElement('form'); f.action = 'https://elsewhere.example/'; document.body.append(f); f.submit()",
    'leaves-page',
  ],
  'goes away into a document that it made': [
    "location.href = URL.createObjectURL(new Blob(['<p>mine</p>'], { type: 'text/html' }))",
    'leaves-page',
  ],
  'loads the page again': ['location.reload()', 'leaves-page'],
}

/** What a plugin throws while it is evaluated. */
const thrown: Record<string, string> = {
  proxy: 'new Proxy({}, { get: function () { throw 1 }, getPrototypeOf: function () { throw 2 } })',
  getter: "{ get message() { throw new Error('inner') } }",
  nothing: 'undefined',
  bare: 'Object.create(null)',
  megabyte: "new Error('x'.repeat(1e6))",
}

/** What a plugin may do to the page of all, however much of it. */
const harmless: Record<string, string> = {
  windows: "for (var i = 0; i < 1000; i++) window.open('https://elsewhere.example/' + i)",
  console:
    "for (var i = 0; i < 100; i++) console.error('x'.repeat(1 << 20)); console.log('x'.repeat(1e8)); console.trace()",
  body: "fetch('https://elsewhere.example/', { method: 'POST', body: 'x'.repeat(1e6) }).catch(function () {})",
  rejection: "Promise.reject(new Error('x'.repeat(1e6)))",
  serviceworker: "navigator.serviceWorker.register('/client.js').catch(function () {})",
  worker: "new Worker(URL.createObjectURL(new Blob(['for (;;);'], { type: 'text/javascript' })))",
  download:
    "var a = document.createElement('a'); a.download = 'x'; a.href = URL.createObjectURL(new Blob(['x'])); document.body.append(a); a.click()",
  disk: "caches.open('x').then(function (c) { return c.put('/x', new Response(new Blob([new Uint8Array(1e8)]))) }).catch(function () {})",
  prompts: 'debugger; window.print(); Notification.requestPermission()',
  writes: "document.write('<p>mine</p>')",
}

describe('between two sound plugins, one', () => {
  test.each(Object.entries(harms))(
    'that %s is named, and no other',
    async (_name, [body, cause]) => {
      expect(await faultsOf({ [X]: body })).toEqual({ [X]: expect.objectContaining({ cause }) as unknown })
    },
    300 * SECONDS,
  )

  test.each([
    ['replaces definePlugin', 'window.definePlugin = function () {}'],
    [
      'makes definePlugin a constant',
      "Object.defineProperty(window, 'definePlugin', { value: function () {} })",
    ],
    ['replaces promises', 'window.Promise = function () {}'],
  ])(
    'that %s is named as what keeps the later ones from evaluating',
    async (_name, body) => {
      const { 'com.acme.z': later } = await faultsOf({ [X]: body })
      expect(later?.damagedBy).toBe(X)
    },
    300 * SECONDS,
  )
})

test(
  'whatever a plugin throws is described as far as it can be',
  async () => {
    const bodies = Object.entries(thrown).map(([name, value]) => [`com.acme.${name}`, `throw ${value}`])
    const faults = await faultsOf(Object.fromEntries(bodies) as Record<string, string>)
    expect(Object.values(faults).map(({ cause }) => cause)).toEqual(bodies.map(() => 'threw'))
    expect(Object.keys(faults).sort()).toEqual(bodies.map(([name]) => name).sort())
    for (const { detail } of Object.values(faults)) expect(detail.length).toBeLessThanOrEqual(1000)
  },
  300 * SECONDS,
)

test(
  'plugins that open windows, print, store, download or send without measure are sound, and so are those next to them',
  async () => {
    const bodies = Object.entries(harmless).map(([name, body]) => [`com.acme.${name}`, body])
    expect(await faultsOf(Object.fromEntries(bodies) as Record<string, string>)).toEqual({})
  },
  300 * SECONDS,
)
