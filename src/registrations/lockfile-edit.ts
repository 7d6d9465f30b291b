import { layout } from '../tailchat/layout.js'
import { type DependencyField, type LockedDependency, type LockedImporter, readLockfile } from './lockfile.js'
import { lineEndingOf } from '../lib/text-edits.js'
import { compare } from '../lib/text.js'

/**
 * Copies the entries of some packages from a lockfile that pnpm resolved: the smallest change that makes the lockfile
 * fit them. pnpm itself writes more, since it resolves dependencies again that these packages share with others. Here,
 * every dependency that no package.json asked to change keeps its bytes, and packages that are no longer needed go.
 * @param before the present lockfile
 * @param resolved what pnpm made of it
 * @param directories of the packages, such as `server/plugins/com.acme.tickets`
 * @throws with the reason when that can't be done
 */
export function takeImporters(before: string, resolved: string, directories: readonly string[]): string {
  const old = readParts(before)
  const now = readParts(resolved)
  if (old.version !== now.version)
    throw new Error(`this pnpm writes format ${now.version}, and ${layout.pnpmLock} has ${old.version}`)
  for (const directory of directories) {
    const text = now.sections.get('importers')?.entries.get(directory)
    if (text === undefined) throw new Error(`pnpm made no entry for ${directory}`)
    const choose = versionChooser(old, now, directory)
    setEntry(old, 'importers', { key: directory, text: withImporterVersions(text, choose) })
  }
  const was = needs(readParts(before))
  const after = readParts(textOf(old))
  const is = needs(after)
  for (const key of was.keys()) if (!is.has(key)) removePackage(after, key)
  // Since format 9, the lockfile doesn't have the flag any more.
  if (after.graph === 'packages')
    for (const [key, flag] of is) if (was.get(key) !== flag) setFlag(after, key, flag)
  return textOf(after)
}

/** Chooses the version of each dependency of an importer: the present one unless something it depends on changed. */
function versionChooser(old: Parts, now: Parts, directory: string) {
  const was = old.importers.get(directory)?.dependencies ?? new Map<string, LockedDependency>()
  const is = now.importers.get(directory)?.dependencies ?? new Map<string, LockedDependency>()
  const isSame = (name: string): boolean =>
    was.get(name)?.specifier === is.get(name)?.specifier && was.get(name)?.field === is.get(name)?.field
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((name) => !isSame(name))
  return (name: string, version: string): string => {
    const locked = was.get(name)?.version
    // A package changes with the peers it gets.
    const hasChangedPeer = changed.some((peer) => `${locked}${version}`.includes(`(${peer}@`))
    if (locked !== undefined && isSame(name) && !hasChangedPeer) return locked
    return takePackage(old, now, { name, version })
  }
}

/** A lockfile in the pieces that are replaced: joined, they are its text. */
interface Parts {
  /** Its line ending. */
  eol: string
  version: string | undefined
  importers: ReadonlyMap<string, LockedImporter>
  sections: Map<string, Section>
  /** The section with the dependencies of each package: `snapshots` since format 9. */
  graph: 'packages' | 'snapshots'
}

interface Section {
  /** The line with its name, and the text before the first entry. */
  head: string
  /** Each with the blank lines after it. */
  entries: Map<string, string>
}

/** The sections with entries that belong to packages. */
const SECTIONS = ['importers', 'packages', 'snapshots']

const ENTRY = /^ {2}(?:'((?:[^']|'')+)'|([^\s'"#][^\r\n]*?)):(?: \{[^{}]*\})?\r?\n?$/

function readParts(text: string): Parts {
  const { version, contents } = readLockfile({ path: layout.pnpmLock, text })
  if ('unreadable' in contents) throw new Error(contents.unreadable)
  const sections = new Map<string, Section>()
  let section: Section = { head: '', entries: new Map() }
  let [name, key] = ['', '']
  sections.set(name, section)
  for (const line of text.split(/(?<=\n)/)) {
    const heading = /^(\w+):/.exec(line)?.[1]
    const entry = SECTIONS.includes(name) ? ENTRY.exec(line) : null
    if (heading !== undefined) {
      name = heading
      key = ''
      section = { head: line, entries: new Map() }
      sections.set(name, section)
    } else if (entry) {
      key = entry[1]?.replaceAll("''", "'") ?? entry[2] ?? ''
      section.entries.set(key, line)
    } else if (key === '') section.head += line
    else section.entries.set(key, (section.entries.get(key) ?? '') + line)
  }
  // The time when each new package was published would have to be added.
  if (sections.has('time')) throw new Error(`${layout.pnpmLock} records publishing times (resolution-mode)`)
  return {
    eol: lineEndingOf(text),
    version,
    importers: contents.importers,
    sections,
    graph: version?.startsWith('9') ? 'snapshots' : 'packages',
  }
}

function textOf({ sections }: Parts): string {
  return [...sections.values()].map(({ head, entries }) => head + [...entries.values()].join('')).join('')
}

/**
 * Copies the package that a dependency is installed as, with all its dependencies that the lockfile does not have yet.
 * @returns the version to write: another one where the lockfile has the package with these peers and more, which is
 *   how pnpm keeps a package from being installed twice (dedupe-peer-dependents)
 */
function takePackage(old: Parts, now: Parts, { name, version }: { name: string; version: string }): string {
  const key = keyOf(now, name, version)
  if (key === undefined || hasEntry(old, now.graph, key)) return version
  const peers = peersOf(key)
  const usable = [...(old.sections.get(now.graph)?.entries.keys() ?? [])].filter(
    (other) => packageOf(other) === packageOf(key) && peers.every((peer) => peersOf(other).includes(peer)),
  )
  const [only, ...more] = usable
  if (only !== undefined && more.length === 0) return packageOf(version) + only.slice(packageOf(only).length)

  const own = packageOf(key)
  const description = now.sections.get('packages')?.entries.get(own)
  if (now.graph === 'snapshots' && description !== undefined && !hasEntry(old, 'packages', own))
    setEntry(old, 'packages', { key: own, text: description })
  const text = now.sections.get(now.graph)?.entries.get(key) ?? ''
  // It is added before its dependencies, which may depend on it in turn.
  setEntry(old, now.graph, { key, text })
  const choose = (each: string, at: string): string => takePackage(old, now, { name: each, version: at })
  setEntry(old, now.graph, { key, text: withVersions(text, choose) })
  return version
}

function removePackage(parts: Parts, key: string): void {
  removeEntry(parts, parts.graph, key)
  const own = packageOf(key)
  const stays = [...(parts.sections.get(parts.graph)?.entries.keys() ?? [])].some(
    (other) => packageOf(other) === own,
  )
  if (parts.graph === 'snapshots' && !stays) removeEntry(parts, 'packages', own)
}

/** Returns the keys of all packages that an importer needs, with pnpm's flag `dev`: absent where both kinds need it. */
function needs(parts: Parts): Map<string, 'true' | 'false' | undefined> {
  const inProduction = neededPackages(parts, (field) => field !== 'devDependencies')
  const inDevelopment = neededPackages(parts, (field) => field === 'devDependencies')
  return new Map(
    [...inProduction, ...inDevelopment].map((key) => [
      key,
      !inProduction.has(key) ? 'true' : inDevelopment.has(key) ? undefined : 'false',
    ]),
  )
}

function neededPackages(parts: Parts, counts: (field: DependencyField) => boolean): Set<string> {
  const needed = new Set<string>()
  const follow = (name: string, version: string): void => {
    const key = keyOf(parts, name, version)
    if (key === undefined || needed.has(key)) return
    needed.add(key)
    const text = parts.sections.get(parts.graph)?.entries.get(key) ?? ''
    for (const [each, at] of dependenciesIn(text)) follow(each, at)
  }
  for (const { dependencies } of parts.importers.values())
    for (const [name, { version, field }] of dependencies) if (counts(field)) follow(name, version)
  return needed
}

/** Sets the flag `dev` of a package, which is for development only, where pnpm writes it. */
function setFlag(parts: Parts, key: string, flag: string | undefined): void {
  const text = parts.sections.get(parts.graph)?.entries.get(key) ?? ''
  const without = text.trimEnd().replace(/\r?\n {4}dev: (?:true|false)(?=\r?\n|$)/, '')
  const line = flag === undefined ? '' : `${parts.eol}    dev: ${flag}`
  // Among the last properties, `dev` comes first.
  let end = without.length
  for (;;) {
    const last = /\r?\n {4}(?:optional|patched): true$/.exec(without.slice(Math.max(0, end - 30), end))?.[0]
    if (last === undefined) break
    end -= last.length
  }
  setEntry(parts, parts.graph, { key, text: without.slice(0, end) + line + without.slice(end) })
}

/**
 * Returns the key of a package: `/got@11.8.3` in format 6, `got@11.8.3` in format 9. A package that was renamed or comes
 * from elsewhere has its key as its version. `undefined` for a package of the repository itself.
 * @throws when the lockfile has no such package
 */
function keyOf({ sections, graph }: Parts, name: string, version: string): string | undefined {
  if (version.startsWith('link:')) return undefined
  const entries = sections.get(graph)?.entries
  const key = [`/${name}@${version}`, `${name}@${version}`, version].find((each) => entries?.has(each))
  if (key === undefined) throw new Error(`the lockfile has no package ${name} ${version}`)
  return key
}

/** Returns the key in `packages` for one of `snapshots`: without its peers. */
function packageOf(key: string): string {
  return key.split('(', 1)[0] ?? ''
}

/** Returns the peers in parentheses after a package, each with its own peers. */
function peersOf(key: string): string[] {
  const peers: string[] = []
  let depth = 0
  for (const character of key.slice(packageOf(key).length)) {
    if (character === '(' && depth++ === 0) peers.push('')
    peers.push((peers.pop() ?? '') + character)
    if (character === ')') depth--
  }
  return peers
}

/** Returns the dependencies in an entry of `packages` or `snapshots`. */
function dependenciesIn(entry: string): [string, string][] {
  const found: [string, string][] = []
  withVersions(entry, (name, version) => {
    found.push([name, version])
    return version
  })
  return found
}

/** Returns an entry of `packages` or `snapshots` with the versions that `choose` returns. */
function withVersions(entry: string, choose: (name: string, version: string) => string): string {
  let field = ''
  return entry
    .split('\n')
    .map((line) => {
      field = /^ {4}(\w+):\r?$/.exec(line)?.[1] ?? field
      const [, start, quoted, bare, quote = '', version, end = ''] =
        /^( {6}(?:'([^']+)'|([^\s'][^\s:]*)): )('?)([^\s'].*?)\4(\r?)$/.exec(line) ?? []
      const name = quoted ?? bare
      if (!/^(dependencies|optionalDependencies)$/.test(field)) return line
      if (start === undefined || name === undefined || version === undefined) return line
      return start + quote + choose(name, version) + quote + end
    })
    .join('\n')
}

/** Returns an entry of `importers` with the versions that `choose` returns. */
function withImporterVersions(entry: string, choose: (name: string, version: string) => string): string {
  let name = ''
  return entry
    .split('\n')
    .map((line) => {
      const [, quoted, bare] = /^ {6}(?:'([^']+)'|([^\s'][^\s:]*)):\r?$/.exec(line) ?? []
      name = quoted ?? bare ?? name
      const [, start, quote = '', version, end = ''] =
        /^( {8}version: )('?)([^\s'].*?)\2(\r?)$/.exec(line) ?? []
      if (start === undefined || version === undefined) return line
      return start + quote + choose(name, version) + quote + end
    })
    .join('\n')
}

function hasEntry(parts: Parts, section: string, key: string): boolean {
  return parts.sections.get(section)?.entries.has(key) ?? false
}

/** Replaces an entry, or adds it where pnpm's order of the keys puts it. */
function setEntry(parts: Parts, name: string, { key, text }: { key: string; text: string }): void {
  const { eol } = parts
  const section = parts.sections.get(name) ?? addSection(parts, name)
  const content = withEnding(text.trimEnd(), eol)
  const entries = [...section.entries]
  const index = entries.findIndex(([each]) => compare(each, key) >= 0)
  const [same, present] = entries[index] ?? []
  if (same === key && present !== undefined) section.entries.set(key, content + blankEnd(present))
  else if (index !== -1) {
    entries.splice(index, 0, [key, content + eol + eol])
    section.entries = new Map(entries)
  } else {
    const last = entries.at(-1)
    if (last) section.entries.set(last[0], last[1].trimEnd() + eol + eol)
    section.entries.set(key, content + (last ? blankEnd(last[1]) : eol))
  }
}

function addSection(parts: Parts, name: string): Section {
  const { eol } = parts
  const section = { head: `${eol}${name}:${eol}${eol}`, entries: new Map<string, string>() }
  parts.sections.set(name, section)
  return section
}

function removeEntry(parts: Parts, name: string, key: string): void {
  const section = parts.sections.get(name)
  const [previous, last] = [...(section?.entries ?? [])].slice(-2)
  if (!section) return
  // The blank lines after the last entry stay after the new last one.
  if (previous && last?.[0] === key)
    section.entries.set(previous[0], previous[1].trimEnd() + blankEnd(last[1]))
  section.entries.delete(key)
}

function blankEnd(text: string): string {
  return text.slice(text.trimEnd().length)
}

function withEnding(text: string, eol: string): string {
  return text.replace(/\r?\n/g, eol)
}
