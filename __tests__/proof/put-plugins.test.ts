import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { NoChromeError } from '../../src/proof/browser/find-chrome.js'
import { putPlugins } from '../../src/proof/browser/put-plugins.js'
import { offeredManifests } from '../../src/proof/browser/site.js'
import { withRepository } from '../support/repository.js'
import { bundle, publicFiles } from '../support/web-client.js'

const X = 'com.acme.x'
const OTHER = 'com.acme.other'

/** Puts a new com.acme.x with a chunk into a public directory. */
async function withPlugin(root: string): Promise<void> {
  const files = { 'index.js': 'new', 'parts/page.js': 'page', 'left-out.js': '' }
  await withRepository(files, (directory) => {
    const manifest = { name: X, label: 'X', url: `{BACKEND}/plugins/${X}/index.js`, icon: 'icon.svg' }
    putPlugins(root, [{ name: X, manifest, directory, files: ['index.js', 'parts/page.js'] }])
  })
}

describe('a plugin that is put into a public directory', () => {
  test('takes the place of the one of its name, files and entry, and leaves the others', async () => {
    const old = { 'index.js': bundle(X), 'old.js': '' }
    const plugins = { [X]: old, [OTHER]: bundle(OTHER) }
    await withRepository(publicFiles({ plugins }), async (root) => {
      await withPlugin(root)
      expect(readdirSync(join(root, 'plugins', X)).sort()).toEqual(['index.js', 'parts'])
      expect(readFileSync(join(root, 'plugins', X, 'index.js'), 'utf8')).toBe('new')
      expect(existsSync(join(root, 'plugins', OTHER, 'index.js'))).toBe(true)
      expect(offeredManifests(root)).toMatchObject([
        { name: OTHER },
        { name: X, url: `/plugins/${X}/index.js`, icon: 'icon.svg' },
      ])
    })
  })

  test('is written through no link of the image', async () => {
    await withRepository({ 'kept/registry.json': '[]' }, async (outside) => {
      await withRepository({}, async (root) => {
        symlinkSync(join(outside, 'kept/registry.json'), join(root, 'registry.json'))
        mkdirSync(join(root, 'plugins'))
        symlinkSync(join(outside, 'kept'), join(root, 'plugins', X))
        await withPlugin(root)
        expect(readdirSync(join(outside, 'kept'))).toEqual(['registry.json'])
        expect(readFileSync(join(outside, 'kept/registry.json'), 'utf8')).toBe('[]')
      })
      await withRepository({}, async (root) => {
        symlinkSync(join(outside, 'kept'), join(root, 'plugins'))
        await expect(withPlugin(root)).rejects.toThrow(NoChromeError)
        expect(readdirSync(join(outside, 'kept'))).toEqual(['registry.json'])
      })
    })
  })
})
