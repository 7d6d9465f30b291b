import { realpathSync, symlinkSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../src/proof/browser/fault.js'
import { answer } from '../../src/proof/browser/site.js'
import { withRepository } from '../support/repository.js'
import {
  bundle,
  clientScript,
  evaluated,
  type PublicDirectory,
  publicFiles,
  sharedChrome,
} from '../support/web-client.js'

/** A page that hangs, or waits for ever, is given up sooner than a user's: there is nothing large in it. */
const patience = { hangSeconds: 8, idleAnswers: 30, totalSeconds: 120 }
const SECONDS = 1000
const chrome = sharedChrome()

const X = 'com.acme.x'
const SOUND = 'com.acme.sound'

/** The faults of all plugins, by name; a chunk's behind its file. */
async function faultsOf(directory: PublicDirectory): Promise<Record<string, Fault>> {
  const { plugins } = await evaluated(chrome(), directory, { patience })
  return Object.fromEntries(
    plugins.flatMap(({ name, fault, chunks }) => [
      ...(fault ? [[name, fault] as const] : []),
      ...chunks.flatMap((chunk) => (chunk.fault ? [[`${name}/${chunk.file}`, chunk.fault] as const] : [])),
    ]),
  )
}

/** What one plugin of an image is, next to a sound one; and what is then wrong with it, or with a chunk of it. */
const faults: Record<
  string,
  { files: PublicDirectory['plugins'][string]; finds: Record<string, Partial<Fault>> }
> = {
  'an import that the client does not have': {
    files: bundle(X, '', ['exports', 'left-pad']),
    finds: { [X]: { cause: 'unregistered-module', detail: 'left-pad' } },
  },
  'a bundle that throws': {
    files: bundle(X, '  throw new TypeError("boom")'),
    finds: {
      [X]: { cause: 'threw', detail: 'boom', at: { path: `/plugins/${X}/index.js`, line: 2, column: 9 } },
    },
  },
  'a name that the client’s module lacks': {
    files: bundle(X, 'common.regNoSuchThing()', ['@capital/common']),
    finds: {
      [X]: {
        cause: 'threw',
        detail: 'common.regNoSuchThing is not a function',
        at: { path: `/plugins/${X}/index.js`, line: 2, column: 8 },
      },
    },
  },
  'something thrown that is not an Error': {
    files: bundle(X, 'throw "boom"'),
    finds: { [X]: { cause: 'threw', detail: 'boom' } },
  },
  'a chunk that it needs at once and that is not there': {
    files: bundle(X, '', ['exports', './index-0000']),
    finds: { [X]: { cause: 'missing-file', detail: `/plugins/${X}/index-0000.js` } },
  },
  'the name of another plugin': {
    files: bundle('com.acme.y'),
    finds: { [X]: { cause: 'other-name', detail: '@plugins/com.acme.y' } },
  },
  'a script that defines nothing': {
    files: 'window.x = 1\n',
    finds: { [X]: { cause: 'other-name', detail: '' } },
  },
  'a syntax error': {
    files: `definePlugin('@plugins/${X}', [], function () {\n  const = 1\n})\n`,
    finds: {
      [X]: {
        cause: 'script-fails',
        detail: expect.stringContaining('SyntaxError') as unknown as string,
        at: { path: `/plugins/${X}/index.js`, line: 2, column: 9 },
      },
    },
  },
  'an exception before it defines anything': {
    files: `null.x\n${bundle(X)}`,
    finds: {
      [X]: {
        cause: 'script-fails',
        detail: expect.stringContaining('TypeError') as unknown as string,
        at: { path: `/plugins/${X}/index.js`, line: 1, column: 6 },
      },
    },
  },
  'no bundle': { files: {}, finds: { [X]: { cause: 'missing-file', detail: `/plugins/${X}/index.js` } } },
  'a page in the place of its bundle': {
    files: '<!DOCTYPE html>\n',
    finds: {
      [X]: { cause: 'script-fails', detail: expect.stringContaining('SyntaxError') as unknown as string },
    },
  },
  'a dependency on a plugin that is not there': {
    files: bundle(X, '', ['@plugins/com.acme.gone']),
    finds: {
      [X]: { cause: 'dependency-fails', detail: 'com.acme.gone' },
      'com.acme.gone': { cause: 'missing-file' },
    },
  },
  'a chunk for later that throws': {
    files: {
      'index.js': bundle(X, "exports.open = function () { require(['./page-1a2b'], function () {}) }", [
        'require',
        'exports',
      ]),
      'page-1a2b.js': `definePlugin('@plugins/${X}/page-1a2b.js', [], function () { throw new Error('late') })`,
    },
    finds: {
      [`${X}/page-1a2b.js`]: {
        cause: 'threw',
        detail: 'late',
        at: { path: `/plugins/${X}/page-1a2b.js`, line: 1, column: 74 },
      },
    },
  },
  'an endless loop': {
    files: bundle(X, 'for (;;);'),
    finds: { [X]: { cause: 'hangs', detail: `@plugins/${X}` } },
  },
  'an endless loop before it defines anything': { files: 'for (;;);', finds: { [X]: { cause: 'hangs' } } },
  'a chunk for later that loops': {
    files: {
      'index.js': bundle(X, "exports.open = function () { require(['./page'], function () {}) }", [
        'require',
        'exports',
      ]),
      'page.js': `definePlugin('@plugins/${X}/page.js', [], function () { for (;;); })`,
    },
    finds: { [X]: { cause: 'hangs', detail: `@plugins/${X}/page.js` } },
  },
  'a page that is taken to another address': {
    files: bundle(X, "location.href = 'https://elsewhere.example/'"),
    finds: { [X]: { cause: 'leaves-page' } },
  },
  'a page that is taken to an empty one': {
    files: bundle(X, "location.href = 'about:blank'"),
    finds: { [X]: { cause: 'leaves-page' } },
  },
  'the place where the client shows itself taken away': {
    files: bundle(X, "document.getElementById('app').remove()"),
    finds: { [X]: { cause: 'blocks-page' } },
  },
  'two plugins that wait for each other': {
    files: bundle(X, '', ['@plugins/com.acme.x2']),
    finds: { [X]: { cause: 'never-ready', detail: 'com.acme.x2' } },
  },
}

function asExpected({ at, ...fault }: Partial<Fault>): unknown {
  return expect.objectContaining({ ...fault, ...(at && { at: expect.objectContaining(at) as unknown }) })
}

describe('a plugin in the browser', () => {
  test.each(Object.entries(faults))(
    'is found to have %s, and a sound one next to it is not',
    async (name, { files, finds }) => {
      const other = name.startsWith('two')
        ? { 'com.acme.x2': bundle('com.acme.x2', '', [`@plugins/${X}`]) }
        : {}
      expect(await faultsOf({ plugins: { [SOUND]: bundle(SOUND), [X]: files, ...other } })).toEqual(
        Object.fromEntries(Object.entries(finds).map(([plugin, fault]) => [plugin, asExpected(fault)])),
      )
    },
    300 * SECONDS,
  )

  test(
    'is sound where it opens dialogs, logs errors, throws later, closes the window or asks a server that is not there',
    async () => {
      const plugins = {
        'com.acme.dialog': "alert('hello'); confirm('sure?'); prompt('name?')",
        'com.acme.host': "fetch('https://api.example.com/x').catch(function () {})",
        'com.acme.api': "fetch('/api/user/whoami')",
        'com.acme.log': "console.error('something'); Promise.reject(new Error('later'))",
        'com.acme.later': "setTimeout(function () { throw new Error('later') })",
        // Only a secure page has these.
        'com.acme.secure': "navigator.mediaDevices.addEventListener; crypto.subtle.digest; caches.open('x')",
        'com.acme.worker': "navigator.serviceWorker.register('/nothing.js').catch(function () {})",
        'com.acme.close': 'window.close()',
        'com.acme.unload': "addEventListener('beforeunload', function (e) { e.preventDefault() })",
        'com.acme.frame':
          "document.body.appendChild(document.createElement('iframe')).src = 'https://frame.example/'",
      }
      const bundles = Object.fromEntries(
        Object.entries(plugins).map(([name, body]) => [name, bundle(name, body)]),
      )
      const proof = await evaluated(chrome(), { plugins: bundles }, { patience })
      expect(proof.plugins.filter(({ fault }) => fault)).toEqual([])
      expect(
        proof.plugins.map(({ name, hosts }) => [name, hosts]).filter(([, hosts]) => hosts?.length),
      ).toEqual([
        ['com.acme.frame', ['frame.example']],
        ['com.acme.host', ['api.example.com']],
      ])
    },
    120 * SECONDS,
  )

  test(
    'is named when it is what keeps another one from evaluating',
    async () => {
      // It needs a file more than the other one, so that it comes later.
      const victim = {
        'index.js': bundle('com.acme.a', "'x'.padStart(2)", ['exports', './late']),
        'late.js': "definePlugin('@plugins/com.acme.a/late.js', ['exports'], function () {})",
      }
      const culprit = bundle('com.acme.b', 'String.prototype.padStart = undefined')
      const plugins = { 'com.acme.b': culprit, 'com.acme.a': victim, [SOUND]: bundle(SOUND) }
      expect(await faultsOf({ plugins, builtin: ['com.acme.b', 'com.acme.a'] })).toMatchObject({
        'com.acme.a': { cause: 'threw', damagedBy: 'com.acme.b' },
      })
    },
    300 * SECONDS,
  )
})

describe('what is evaluated', () => {
  test(
    '43 sound plugins, built-in ones and their chunks among them',
    async () => {
      const names = Array.from({ length: 43 }, (_, index) => `com.acme.p${index}`)
      const plugins = Object.fromEntries(
        names.map((name) => [
          name,
          {
            'index.js': bundle(name, "exports.open = function () { require(['./page'], function () {}) }", [
              'require',
              'exports',
              'react',
              '@capital/common',
            ]),
            'page.js': `definePlugin('@plugins/${name}/page.js', ['exports'], function () {})`,
          },
        ]),
      )
      const proof = await evaluated(chrome(), { plugins, builtin: names.slice(0, 7) })
      expect(proof.plugins).toHaveLength(43)
      for (const { fault, chunks } of proof.plugins) {
        expect(fault).toBeUndefined()
        expect(chunks).toEqual([{ file: 'page.js' }])
      }
    },
    120 * SECONDS,
  )

  test(
    'a plugin that no list offers, where it is asked for',
    async () => {
      const directory = {
        plugins: { [X]: bundle(X, 'throw new Error("boom")') },
        files: { 'registry.json': '[]' },
      }
      expect((await evaluated(chrome(), directory)).plugins).toEqual([])
      const { plugins } = await evaluated(chrome(), directory, { wanted: [X] })
      expect(plugins).toMatchObject([{ name: X, fault: { cause: 'threw' } }])
    },
    120 * SECONDS,
  )

  test(
    'a plugin whose client was built for a server of another address',
    async () => {
      const files = {
        'client.js': clientScript([], "'https://chat.acme.example'"),
        'registry.json': '[]',
        'registry-be.json': JSON.stringify([{ name: X, url: `{BACKEND}/plugins/${X}/index.js` }]),
      }
      expect((await evaluated(chrome(), { plugins: { [X]: bundle(X) }, files })).plugins).toEqual([
        { name: X, chunks: [], hosts: [] },
      ])
    },
    120 * SECONDS,
  )

  test(
    'no plugin from another address, and the report says so',
    async () => {
      const entries = { 'com.acme.far': { url: 'https://plugins.example/com.acme.far/index.js' } }
      const proof = await evaluated(chrome(), { plugins: { [X]: bundle(X) }, entries })
      expect(proof).toMatchObject({ hosted: ['com.acme.far'], plugins: [{ name: X }] })
    },
    120 * SECONDS,
  )

  test(
    'icons: an HTML page in the place of one is not an image',
    async () => {
      const icon = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
      const entries = {
        [X]: { icon: `/plugins/${X}/assets/icon.svg` },
        [SOUND]: { icon: `{BACKEND}/plugins/${SOUND}/icon.svg` },
      }
      const plugins = { [X]: bundle(X), [SOUND]: { 'index.js': bundle(SOUND), 'icon.svg': icon } }
      const { brokenIcons } = await evaluated(chrome(), { plugins, entries })
      expect(brokenIcons.map(({ plugin }) => plugin)).toEqual([X])
    },
    120 * SECONDS,
  )

  test(
    'the client itself: when it throws no plugin is blamed, and there is a screenshot',
    async () => {
      const directory = {
        plugins: { [X]: bundle(X) },
        files: { 'client.js': 'throw new Error("no client")' },
      }
      const proof = await evaluated(chrome(), directory, { patience })
      expect(proof.clientFails).toContain('no client')
      expect(proof).toMatchObject({ plugins: [], notJudged: [X] })
      expect(proof.screenshot?.subarray(1, 4).toString()).toBe('PNG')
    },
    300 * SECONDS,
  )

  test('no file of this machine that a link of the image leads to', async () => {
    const files = publicFiles({ plugins: { [X]: bundle(X) } })
    await withRepository(files, (root) => {
      symlinkSync('/etc/passwd', `${root}/plugins/${X}/stolen.js`)
      expect(answer(realpathSync(root), `/plugins/${X}/stolen.js`)).toMatchObject({ isFallback: true })
      expect(answer(realpathSync(root), '/..%2f..%2f..%2f..%2fetc/passwd')).toMatchObject({
        isFallback: true,
      })
    })
  })
})
