import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { removeLeftChrome, withChrome } from '../../src/proof/browser/chrome.js'
import { type BrowserProof, evaluatePlugins } from '../../src/proof/browser/evaluate.js'
import { findChrome, NoChromeError } from '../../src/proof/browser/find-chrome.js'
import { ConnectionEnded } from '../../src/proof/browser/protocol.js'
import { withRepository } from '../support/repository.js'
import { bundle, publicFiles } from '../support/web-client.js'

const SECONDS = 1000
const X = 'com.acme.x'

/** A program in the place of Chrome. */
async function withProgram<T>(
  script: string,
  work: (path: string, directory: string) => Promise<T>,
): Promise<T> {
  return withRepository({ chromium: `#!/bin/sh\n${script}\n` }, (root) => {
    chmodSync(root, 0o755)
    chmodSync(join(root, 'chromium'), 0o755)
    return work(join(root, 'chromium'), root)
  })
}

describe('Chrome is found', () => {
  test('by CHROME_PATH, then CHROME_BIN, then on the PATH', async () => {
    await withProgram('', (program, directory) => {
      const other = process.execPath
      expect(findChrome({ CHROME_PATH: program, CHROME_BIN: other, PATH: '/nowhere' })).toBe(program)
      expect(findChrome({ CHROME_BIN: program, PATH: '/nowhere' })).toBe(program)
      expect(findChrome({ CHROME_PATH: '', PATH: `/nowhere:${directory}` })).toBe(program)
      return Promise.resolve()
    })
  })

  test.each([
    ['nothing on the PATH', { PATH: '/nowhere' }, 'none of google-chrome'],
    [
      'a CHROME_PATH that is not there',
      { CHROME_PATH: '/nowhere/chrome', PATH: process.env['PATH'] },
      'CHROME_PATH is /nowhere/chrome',
    ],
  ])('not with %s, and the error says what to do', (_name, env, message) => {
    expect(() => findChrome(env)).toThrow(NoChromeError)
    expect(() => findChrome(env)).toThrow(message)
  })
})

describe('a Chrome that does not do its work', () => {
  test.each([
    [
      'ends at once',
      'echo "[1:2:ERROR] No usable sandbox! Update your kernel" >&2; exit 1',
      'No usable sandbox',
    ],
    ['is another program', 'exec /bin/nonesuch', 'ended at once'],
  ])(
    'is an error that says why: one that %s',
    async (_name, script, message) => {
      await withProgram(script, async (executable) => {
        const started = withChrome({ executable }, () => Promise.resolve())
        await expect(started).rejects.toThrow(NoChromeError)
        await expect(withChrome({ executable }, () => Promise.resolve())).rejects.toThrow(message)
      })
    },
    60 * SECONDS,
  )

  /** Answers that it is a Chrome, and ends at the next command; from the given start on, it is the real one. */
  const mortal = (
    deaths: number,
  ): string => `const { appendFileSync, createReadStream, readFileSync, writeSync } = require('fs')
const starts = __dirname + '/starts'
appendFileSync(starts, 'x')
if (readFileSync(starts).length > ${deaths})
  require('child_process').spawn(${JSON.stringify(findChrome(process.env))}, process.argv.slice(2), { stdio: [0, 1, 2, 3, 4] })
else
  createReadStream('', { fd: 3 }).on('data', (data) => {
    for (const text of String(data).split('\\0').filter(Boolean)) {
      const { id, method } = JSON.parse(text)
      if (method !== 'Browser.getVersion') process.exit(1)
      writeSync(4, JSON.stringify({ id, result: { product: 'Chrome/1' } }) + '\\0')
    }
  })
`
  const evaluatedBy = (deaths: number): Promise<BrowserProof> =>
    withRepository({ 'chromium.cjs': `#!/usr/bin/env node\n${mortal(deaths)}` }, async (programs) => {
      // It may run as another user, who counts its starts here.
      chmodSync(programs, 0o777)
      const executable = join(programs, 'chromium.cjs')
      chmodSync(executable, 0o755)
      return withRepository(publicFiles({ plugins: { [X]: bundle(X) } }), (root) =>
        evaluatePlugins({ executable, root, wanted: [] }),
      )
    })

  test(
    'is started once more when it dies while it shows the page',
    async () => {
      expect((await evaluatedBy(1)).plugins).toEqual([{ name: X, chunks: [], hosts: [] }])
    },
    180 * SECONDS,
  )

  test(
    'is given up when it dies twice, and no plugin is blamed',
    async () => {
      await expect(evaluatedBy(2)).rejects.toThrow(NoChromeError)
    },
    180 * SECONDS,
  )
})

describe('a Chrome that runs', () => {
  test(
    'is ended with its files by whoever knows its directory, as the post step does after a killed step',
    async () => {
      let left = ''
      const onChrome = (directory: string): void => void (left = directory)
      await withChrome({ executable: findChrome(process.env), onChrome }, async (chrome) => {
        const { processInfo } = await chrome.send('SystemInfo.getProcessInfo')
        const ids = (processInfo as { id: number }[]).map(({ id }) => id)
        const isRunning = (id: number): boolean => existsSync(`/proc/${id}/root`)
        const command = chrome.send('Browser.getVersion').then(() => chrome.send('Browser.crash'))
        removeLeftChrome(left)
        await expect(command).rejects.toThrow(ConnectionEnded)
        while (ids.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 20))
        expect(existsSync(left)).toBe(false)
      })
    },
    120 * SECONDS,
  )

  test('is left alone where its number is that of another process by now', async () => {
    await withRepository({ pid: String(process.pid) }, (directory) => {
      removeLeftChrome(directory)
      expect(existsSync(directory)).toBe(false)
      return Promise.resolve()
    })
  })

  test(
    'has nothing of this process’s environment, another user where this one is root, its own sandbox and no port',
    async () => {
      process.env['SOME_TOKEN'] = 'secret-of-this-process'
      try {
        await withChrome({ executable: findChrome(process.env) }, async (chrome) => {
          const { processInfo } = await chrome.send('SystemInfo.getProcessInfo')
          const browser = (processInfo as { type: string; id: number }[]).find(
            ({ type }) => type === 'browser',
          )
          const read = (file: string): string => readFileSync(`/proc/${browser?.id}/${file}`, 'utf8')
          expect(read('environ')).not.toContain('secret-of-this-process')
          expect(read('cmdline')).not.toMatch(/no-sandbox|remote-debugging-port/)
          const [, uid] = /^Uid:\s+(\d+)/m.exec(read('status')) ?? []
          expect(Number(uid)).not.toBe(0)
        })
      } finally {
        delete process.env['SOME_TOKEN']
      }
    },
    120 * SECONDS,
  )
})
