import { posix } from 'node:path'
import { asObject, type JsonFile, ownValue, parseJson } from '../formats/json.js'
import { readRunInstructions } from '../formats/dockerfile.js'
import { type TextFile, withoutComments } from '../lib/text.js'
import { layout } from '../tailchat/layout.js'
import { relativeImports } from './imports.js'

/** Tells whether what a build runs may copy a file, by its path from the repository's root. */
export type BuildCopies = (path: string) => boolean

const CLIENT = 'client/web/package.json'
const PACKAGES = [layout.rootPackageJson, layout.serverPackageJson, CLIENT]
/** Scripts of a package.json that a build may run, whatever calls them. */
const BUILDS = /build|install|prepare|compile|copy|assets/
/** Bundles front ends, and lists the directory of all plugins to find them (server/scripts/installPlugin.js). */
const INSTALL = 'plugin:install'
/** No build has more scripts than this. */
const MAX_FILES = 20
const COPIES =
  /\b(?:cp|copy|copies|copyfiles?|copySync|copyFileSync|cpSync|cpx\d?|cpy|ncp|rsync|mv|move|rename|symlink|createSymlink|writeFile|writeFileSync|outputFile|tar)\b/i

/**
 * Reads which files a repository's own build may copy: the scripts of its package.json files, what these run, and the
 * Dockerfile. A path there may be computed, so a file counts as not copied only if every path certainly names something
 * else. Nothing is read until the first question.
 */
export function readBuildCopies(read: (path: string) => TextFile | undefined): BuildCopies {
  let words: string[][] | undefined
  return (path) => {
    words ??= buildTexts(read)
      .filter((text) => COPIES.test(text))
      .flatMap(pathsIn)
    return words.some((word) => mayCover(word, path.split('/')))
  }
}

/**
 * Tells whether the scripts of a plugin's own package.json may copy one of its files: they run in its directory, and
 * name paths in it as they like.
 */
export function mayOwnScriptsCopy(packageJson: JsonFile | undefined, path: string): boolean {
  return scriptsIn(packageJson).some(
    ([, text]) => COPIES.test(text) && path.split('/').some((name) => text.includes(name)),
  )
}

function scriptsIn(packageJson: JsonFile | undefined): [name: string, command: string][] {
  const scripts = asObject(ownValue(packageJson?.value, 'scripts')) ?? {}
  return Object.entries(scripts).filter((each): each is [string, string] => typeof each[1] === 'string')
}

function buildTexts(read: (path: string) => TextFile | undefined): string[] {
  const texts: string[] = []
  const known = new Set<string>()
  const readScript = (path: string, isImport: boolean): void => {
    if (known.size >= MAX_FILES || known.has(path)) return
    const file = read(path)
    if (!file) return
    known.add(path)
    texts.push(path.endsWith('.sh') ? file.text : onlyTexts(file.text))
    if (isImport) return
    for (const { specifier } of relativeImports(file)) {
      const target = posix.join(posix.dirname(path), specifier)
      for (const ending of /\.[cm]?[jt]s$/.test(target) ? [''] : ['.ts', '.js', '/index.ts', '/index.js'])
        readScript(target + ending, true)
    }
  }
  for (const path of PACKAGES) {
    const file = read(path)
    for (const [name, command] of scriptsIn(file && parseJson(file))) {
      if (!BUILDS.test(name) || name === INSTALL) continue
      texts.push(command)
      // These run webpack's configuration, in which `plugins` means something else.
      if (path === CLIENT) continue
      for (const [word] of command.matchAll(/[\w@./-]{1,200}\.(?:[cm]?[jt]s|sh)\b/g))
        readScript(posix.join(posix.dirname(path), word), false)
    }
  }
  const dockerfile = read(layout.dockerfile)
  if (!dockerfile) return texts
  for (const { start, end } of readRunInstructions(dockerfile)) texts.push(dockerfile.text.slice(start, end))
  for (const [line] of dockerfile.text.matchAll(/^[ \t]*(?:COPY|ADD)[ \t].*\bdist\b.*$/gim)) texts.push(line)
  return texts
}

/**
 * Returns the word of a module that copies, if there is one, and its string literals, one per line: only literals may be
 * paths there. The parts of a joined path count as one; listing a directory copies nothing.
 */
function onlyTexts(module: string): string {
  const text = withoutComments(module).replace(LISTING, '')
  const joined = [...text.matchAll(JOINED)].map(([, parts = '']) =>
    parts
      .split(',')
      .map((part) => /^\s*['"`](.*)['"`]\s*$/.exec(part)?.[1] ?? '*')
      .join('/'),
  )
  const literals = [...text.replace(JOINED, '').matchAll(/(['"`])([^'"`\r\n]{0,500})\1/g)]
  return [COPIES.exec(text)?.[0] ?? '', ...joined, ...literals.map(([, , literal = '']) => literal)].join(
    '\n',
  )
}

const JOINED = /\b(?:join|resolve)\(([^()]{0,500})\)/g
const LISTING =
  /\breaddir(?:Sync)?\(\s{0,50}(?:(?:path\.)?(?:join|resolve)\([^()]{0,500}\)|['"`][^'"`]{0,500}['"`])/g

/** The words of a text that may be paths to plugins, each as its names. */
function pathsIn(text: string): string[][] {
  return text.split(/[\s'"`;()&|=]+/).flatMap((word) => {
    const names = word.split('/').filter((name) => !/^\.{0,2}$/.test(name))
    // A plugin's name alone is an entry in a list of plugins.
    if (names.length < 2 && names[0] !== 'plugins' && !word.endsWith('/')) return []
    const dist = names.indexOf('dist')
    if (dist !== -1) return [names.slice(dist + 1)]
    const home = word.startsWith('/')
      ? names.findIndex((name) => /^(?:server|client|plugins)$/.test(name))
      : 0
    return home === -1 ? [] : [names.slice(home)]
  })
}

/** Whether names such as `plugins`, `*`, `lib` may lead to a file or a directory above it, from wherever. */
function mayCover(names: readonly string[], path: readonly string[]): boolean {
  // A path counts only if it names `plugins`, this plugin, or files at any depth.
  if (!names.some((name) => name === 'plugins' || name === '**' || name === path[PLUGIN])) return false
  return path.some((_, start) => mayLeadTo(names, path.slice(start)))
}

/** `server/plugins/NAME/…`; below client/web, `plugins` is in the path as well. */
const PLUGIN = 2

function mayLeadTo(names: readonly string[], path: readonly string[]): boolean {
  for (const [index, name] of names.entries()) {
    if (name === '**') return mayEndIn(names.at(-1) ?? '', path.at(-1) ?? '')
    const there = path[index]
    if (there === undefined) return false
    if (!isPattern(name) && name !== there) return false
    if (isPattern(name) && index === names.length - 1 && !mayEndIn(name, there)) return false
  }
  return true
}

/** Whether a name with wildcards or computed parts may be this one; only a literal ending is certain. */
function mayEndIn(name: string, found: string): boolean {
  const [, ending] = /\.(\w+)$/.exec(name) ?? []
  return (
    ending === undefined || found.endsWith(`.${ending}`) || !/^[*.\w-]+$/.test(name) || !found.includes('.')
  )
}

function isPattern(name: string): boolean {
  return /[*?[\]{}$!]/.test(name)
}
