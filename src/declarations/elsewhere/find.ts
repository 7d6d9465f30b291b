import { posix } from 'node:path'
import { asObject, ownValue, stringAt } from '../../formats/json.js'
import { compare, unique } from '../../lib/text.js'
import { layout, PLUGIN_NAME, type PluginKind } from '../../tailchat/layout.js'
import { whyUnsafePath } from './source.js'
import type { Snapshot } from './snapshot.js'
import { isLeftOut, LIMITS, type Tree } from './tree.js'

/** A plugin that a source holds. */
export interface FoundPlugin {
  name: string
  /** Its parts: a frontend plugin may have its backend in a plugin of the same name. */
  parts: { kind: PluginKind; /** In the source; empty: its root. */ directory: string }[]
}

/** Directories in which copies and results of builds lie. */
const NOT_SOURCE =
  /(^|\/)(?:node_modules|dist|build|out|public|coverage|test|tests|__tests__|fixtures|templates|\.[^/]+)\//
const MAX_DEPTH = 7

/**
 * Finds the plugins of a source by what makes a plugin, wherever it stands: a manifest with code next to it, a web part
 * below `web/plugins/NAME`, or services below a directory that has a plugin's name.
 * @param within the directory to look in; empty: everywhere
 */
export async function findPlugins(snapshot: Snapshot, within: string): Promise<FoundPlugin[]> {
  const prefix = within === '' ? '' : `${within}/`
  const paths = [...snapshot.files.keys()].filter(
    (path) =>
      path.startsWith(prefix) &&
      !NOT_SOURCE.test(path.slice(prefix.length)) &&
      path.split('/').length <= MAX_DEPTH + 5,
  )
  const parts = new Map<string, { name: string; kind: PluginKind }>()
  // A full-stack plugin first: the manifest of its web part does not make another plugin.
  for (const path of paths) {
    const web = /^(.*?)(?:^|\/)web\/plugins\/([^/]+)\/manifest\.json$/.exec(path)
    // The client of Tailchat itself has web/plugins, too.
    if (!web || /(^|\/)client$/.test(web[1] ?? '') || !PLUGIN_NAME.test(web[2] ?? '')) continue
    parts.set(web[1] ?? '', { name: web[2] ?? '', kind: 'fullstack' })
  }
  const isInsidePart = (path: string): boolean =>
    parts.has('') || ancestorsOf(path).some((directory) => parts.has(directory))
  const withCode = new Set(
    paths.filter((path) => /\.[jt]sx?$/.test(path)).flatMap((path) => [...ancestorsOf(path), '']),
  )
  const manifests = paths.filter((path) => posix.basename(path) === 'manifest.json' && !isInsidePart(path))
  for (const [path, text] of await textsOf(snapshot, manifests)) {
    const directory = directoryOf(path)
    const manifest = parsed(text)
    const named = stringAt(manifest, 'name')
    const name = [named, posix.basename(directory)].find(
      (each) => each !== undefined && PLUGIN_NAME.test(each),
    )
    // Browsers and web apps have manifests, too.
    if (name === undefined || asObject(manifest) === undefined || ownValue(manifest, 'url') === undefined)
      continue
    if (!withCode.has(directory)) continue
    parts.set(directory, {
      name: PLUGIN_NAME.test(posix.basename(directory)) ? posix.basename(directory) : name,
      kind: 'frontend',
    })
  }
  const services = paths.filter((path) => /\.service(?:\.dev)?\.[jt]s$/.test(path) && !isInsidePart(path))
  for (const path of services) {
    const directory = ancestorsOf(path).find(
      (each) => PLUGIN_NAME.test(posix.basename(each)) && (each === within || each.startsWith(prefix)),
    )
    if (directory !== undefined) parts.set(directory, { name: posix.basename(directory), kind: 'backend' })
  }
  // Alone in its repository, a backend plugin is named by its service.
  if (parts.size === 0)
    for (const [, text] of await textsOf(snapshot, services)) {
      const name = /['"`]plugin:([\w.-]+)['"`]/.exec(text)?.[1]
      if (name !== undefined && PLUGIN_NAME.test(name)) parts.set(within, { name, kind: 'backend' })
    }
  const plugins = new Map<string, FoundPlugin>()
  for (const [directory, { name, kind }] of [...parts].sort(([a], [b]) => compare(a, b))) {
    const found = plugins.get(name) ?? { name, parts: [] }
    found.parts.push({ kind, directory })
    plugins.set(name, found)
  }
  return [...plugins.values()].sort((a, b) => compare(a.name, b.name))
}

/** The largest file that is read as a manifest or a service; real ones are far smaller. */
const MAX_TEXT = 256 * 1024

async function textsOf(snapshot: Snapshot, paths: readonly string[]): Promise<[string, string][]> {
  const small = paths.filter((path) => (snapshot.files.get(path) ?? 0) <= MAX_TEXT).slice(0, 500)
  return [...(await snapshot.read(small))].map(([path, bytes]) => [path, bytes.toString('utf8')])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch {
    return undefined
  }
}

function directoryOf(path: string): string {
  const directory = posix.dirname(path)
  return directory === '.' ? '' : directory
}

/** The directories above a file, the nearest first. */
function ancestorsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
}

/** Where a plugin goes here: where the repository has its plugins. */
export function placeFor(name: string, kind: PluginKind, pluginsOnly: boolean): string {
  if (pluginsOnly) return `${layout.ownPlugins}/${name}`
  return `${kind === 'frontend' ? layout.frontendPlugins : layout.serverPlugins}/${name}`
}

/** Scripts that a package manager runs by itself when it installs. */
const LIFECYCLE = /^(?:(?:pre|post)?(?:install|prepare)|prepublish|dependencies|pnpm:devPreinstall)$/

/**
 * Takes the files of a plugin out of a source.
 * @param directories each directory here, with the one in the source that it is; empty: its root
 * @returns the files by their paths here, and what was left out
 * @throws where the source holds there what is never taken
 */
export async function takeFiles(
  snapshot: Snapshot,
  directories: Readonly<Record<string, string>>,
): Promise<{ tree: Tree; leftOut: string[] }> {
  const taken = new Map<string, string>()
  const leftOut: string[] = []
  let bytes = 0
  for (const [here, there] of Object.entries(directories)) {
    const prefix = there === '' ? '' : `${there}/`
    for (const [path, what] of snapshot.others)
      if ((path.startsWith(prefix) || path === there) && !isLeftOut(path.slice(prefix.length)))
        throw new Error(
          `${JSON.stringify(path)} is a ${what}: only regular files and directories are accepted`,
        )
    for (const [path, size] of snapshot.files) {
      if (!path.startsWith(prefix)) continue
      const below = path.slice(prefix.length)
      if (isLeftOut(below)) {
        leftOut.push(path)
        continue
      }
      const unsafe = whyUnsafePath(below)
      if (unsafe !== undefined) throw new Error(`the path ${JSON.stringify(path)} ${unsafe}`)
      if (size > LIMITS.fileBytes)
        throw new Error(`${path} has ${size} bytes; the limit for a file is ${LIMITS.fileBytes}`)
      bytes += size
      taken.set(path, `${here}/${below}`)
    }
  }
  if (taken.size === 0) throw new Error('it contains no files')
  if (taken.size > LIMITS.files)
    throw new Error(`it has ${taken.size} files; the limit for a plugin is ${LIMITS.files}`)
  if (bytes > LIMITS.bytes)
    throw new Error(`it has ${bytes} bytes; the limit for a plugin is ${LIMITS.bytes}`)
  const collision = firstCollision([...taken.values()])
  if (collision)
    throw new Error(`${collision.join(' and ')} would be the same file on a file system that ignores case`)
  const contents = await snapshot.read([...taken.keys()])
  const tree = new Map([...taken].map(([path, here]) => [here, contents.get(path) ?? Buffer.alloc(0)]))
  for (const [path, content] of tree) {
    if (posix.basename(path) === 'binding.gyp')
      throw new Error(`${path} makes package managers compile code during installation`)
    if (posix.basename(path) !== 'package.json') continue
    const scripts = asObject(ownValue(parsed(content.toString('utf8')), 'scripts')) ?? {}
    const lifecycle = Object.keys(scripts).find((name) => LIFECYCLE.test(name))
    if (lifecycle !== undefined)
      throw new Error(
        `${path} has the script ${JSON.stringify(lifecycle)}, which package managers run during installation`,
      )
  }
  return { tree, leftOut: leftOut.sort(compare) }
}

/** Files, or a file and a directory, that are one where the case of letters does not count. */
function firstCollision(paths: readonly string[]): [string, string] | undefined {
  const seen = new Map<string, string>()
  for (const path of paths) {
    const parts = path.split('/')
    for (let length = 1; length <= parts.length; length++) {
      const part = parts.slice(0, length).join('/')
      const key = part.normalize('NFC').toLowerCase()
      const other = seen.get(key)
      if (other !== undefined && other !== part) return [other, part]
      seen.set(key, part)
    }
  }
  return undefined
}

/** Returns the licence of a plugin: what its package.json or its licence file says, or those above it in the source. */
export async function findLicence(snapshot: Snapshot, directory: string): Promise<string | undefined> {
  const places = unique([directory, ...ancestorsOf(directory), ''])
  for (const place of places) {
    const prefix = place === '' ? '' : `${place}/`
    const packageJson = `${prefix}package.json`
    const texts = new Map(await textsOf(snapshot, snapshot.files.has(packageJson) ? [packageJson] : []))
    const stated = stringAt(parsed(texts.get(packageJson) ?? ''), 'license')
    if (stated !== undefined && /^[\w.+() -]{1,100}$/.test(stated)) return stated
    const file = [...snapshot.files.keys()].find(
      (path) =>
        path.startsWith(prefix) &&
        /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i.test(path.slice(prefix.length)),
    )
    if (file === undefined) continue
    const text = new Map(await textsOf(snapshot, [file])).get(file) ?? ''
    return LICENCES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unknown'
  }
  return undefined
}

const LICENCES: [string, RegExp][] = [
  ['Apache-2.0', /Apache License\s{1,20}Version 2\.0/],
  ['AGPL-3.0', /GNU AFFERO GENERAL PUBLIC LICENSE\s{1,20}Version 3/],
  ['LGPL-3.0', /GNU LESSER GENERAL PUBLIC LICENSE\s{1,20}Version 3/],
  ['GPL-3.0', /GNU GENERAL PUBLIC LICENSE\s{1,20}Version 3/],
  ['GPL-2.0', /GNU GENERAL PUBLIC LICENSE\s{1,20}Version 2/],
  ['MPL-2.0', /Mozilla Public License,? Version 2\.0|Mozilla Public License Version 2\.0/],
  ['BSD-3-Clause', /Neither the name of/],
  ['BSD-2-Clause', /Redistributions of source code must retain/],
  ['ISC', /Permission to use, copy, modify, and\/or distribute this software/],
  ['MIT', /Permission is hereby granted, free of charge/],
]
