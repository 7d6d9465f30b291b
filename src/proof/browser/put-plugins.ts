import { cpSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { NoChromeError } from './find-chrome.js'
import { offeredManifests } from './site.js'

/** A plugin that takes its place among those of an image. */
export interface ServedPlugin {
  name: string
  /** As it stands in the repository. */
  manifest: Readonly<Record<string, unknown>>
  /** The directory with its files, and which of them count. */
  directory: string
  files: readonly string[]
}

/**
 * Puts plugins into a public directory that was copied out of an image, in the place of those of the same name, and
 * offers them. Nothing is written through a link that the image may hold.
 * @throws {NoChromeError} where the image keeps its plugins behind one
 */
export function putPlugins(root: string, plugins: readonly ServedPlugin[]): void {
  if (plugins.length === 0) return
  const below = join(root, 'plugins')
  mkdirSync(below, { recursive: true })
  if (!lstatSync(below).isDirectory()) throw new NoChromeError('the plugins of the image are no directory')
  for (const { name, directory, files } of plugins) {
    rmSync(join(below, name), { recursive: true, force: true })
    for (const path of files) {
      mkdirSync(dirname(join(below, name, path)), { recursive: true })
      cpSync(join(directory, path), join(below, name, path))
    }
  }
  const isReplaced = (name: string): boolean => plugins.some((plugin) => plugin.name === name)
  const others = offeredManifests(root).filter(({ name }) => !isReplaced(name))
  const own = plugins.map(({ name, manifest }) => ({ ...manifest, name, url: `/plugins/${name}/index.js` }))
  const lists = { 'registry.json': [...others, ...own], 'registry-be.json': [] }
  for (const [file, list] of Object.entries(lists)) {
    rmSync(join(root, file), { recursive: true, force: true })
    writeFileSync(join(root, file), JSON.stringify(list))
  }
}
