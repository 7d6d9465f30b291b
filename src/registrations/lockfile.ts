import type { ReadResult } from '../lib/files.js'
import { type JsonFile, parseJson, stringAt } from '../formats/json.js'
import { layout } from '../tailchat/layout.js'
import { type Position, positionAt, type TextFile } from '../lib/text.js'
import { readPlainYaml, readYaml, yamlAt, yamlEntries, yamlText } from '../formats/yaml.js'

/** What decides, together with every package.json, whether the Dockerfile's `pnpm install --frozen-lockfile` succeeds. */
export interface Installation {
  /** `undefined` without a lockfile. */
  lockfile: Lockfile | undefined
  /** pnpm-workspace.yaml: without it only the root's package.json is installed. */
  workspace: PnpmWorkspace | undefined
  serverPackage: JsonFile | undefined
  /** server/packages/sdk/package.json, for which plugins say `tailchat-server-sdk`. */
  sdkPackage: JsonFile | undefined
  /** Where the Dockerfile installs from the lockfile as it stands. */
  frozenInstall: Position | undefined
  /** Where it installs without a frozen lockfile, and so rewrites the lockfile where it has to. */
  unfrozenInstall?: Position
  /** The pnpm versions that the Dockerfile and the root's package.json name. */
  pnpmVersions: { version: string; position: Position }[]
  /** Whether .npmrc asks for another layout of node_modules, so that more resolves than what is declared. */
  isHoisted: boolean
}

interface PnpmWorkspace extends TextFile {
  /** Globs of directories; `undefined` when the file cannot be understood, or has none. */
  packages: string[] | undefined
  /** Why the globs are not read. */
  unreadable?: string
  /** pnpm 10 takes overrides from here too: then those of the root's package.json are not all there is. */
  hasOverrides: boolean
}

/** pnpm-lock.yaml, as far as it has to agree with every package.json. */
export interface Lockfile extends TextFile {
  /** `lockfileVersion`, such as `6.0`. */
  version: string | undefined
  /** Whether a merge left conflict markers in it: pnpm cannot read it then. */
  conflict: Position | undefined
  contents: LockfileContents | { unreadable: string; position: Position }
}

export interface LockfileContents {
  /** pnpm then counts peerDependencies among what a package needs. */
  autoInstallPeers: boolean
  /** Dependencies with `link:` are then left out. */
  excludeLinks: boolean
  overrides: ReadonlyMap<string, string>
  /** By the package's directory, relative to the root; `.` is the root. */
  importers: ReadonlyMap<string, LockedImporter>
}

export interface LockedImporter {
  /** Offset in the lockfile. */
  start: number
  dependencies: ReadonlyMap<string, LockedDependency>
}

export interface LockedDependency {
  field: DependencyField
  /** What package.json says, after pnpm's overrides. */
  specifier: string
  /** What it is installed as: a version, or `link:` and a path. */
  version: string
  /** Offset in the lockfile. */
  start: number
}

export type DependencyField = 'dependencies' | 'devDependencies' | 'optionalDependencies'

const DEPENDENCY_FIELDS: readonly DependencyField[] = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
]

/**
 * Reads what an installation depends on.
 * @param read reads a file of the repository by its path
 */
export async function readInstallation(
  read: (path: string) => ReadResult,
  rootPackage: TextFile | undefined,
): Promise<Installation> {
  const textOf = (path: string): TextFile | undefined => {
    const result = read(path)
    return 'text' in result ? { path, text: result.text } : undefined
  }
  const jsonOf = (path: string): JsonFile | undefined => {
    const file = textOf(path)
    return file && parseJson(file)
  }
  const dockerfile = textOf(layout.dockerfile)
  const workspace = textOf(layout.pnpmWorkspace)
  return {
    lockfile: lockfileFrom(read(layout.pnpmLock)),
    workspace: workspace && (await readPnpmWorkspace(workspace)),
    serverPackage: jsonOf(layout.serverPackageJson),
    sdkPackage: jsonOf(layout.sdkPackageJson),
    ...installsIn(dockerfile),
    pnpmVersions: [
      ...(dockerfile ? versionsIn(dockerfile, /^[^#\n\r\u2028\u2029]*?\bpnpm@v?(\d+[\w.-]*)/gm) : []),
      ...(dockerfile ? versionsOfVariables(dockerfile) : []),
      ...(rootPackage ? versionsIn(rootPackage, /"packageManager"\s*:\s*"pnpm@(\d+[\w.-]*)/g) : []),
    ],
    isHoisted: /^[ \t]*(shamefully-hoist|public-hoist-pattern|node-linker|hoist-pattern)\b/m.test(
      textOf('.npmrc')?.text ?? '',
    ),
  }
}

/** What git writes before the first of two sides. */
const CONFLICT = '<<<<<<< '

/**
 * Reads pnpm-lock.yaml up to the end of `importers`. What follows is ten times as long and says nothing of any
 * package.json: Tailchat's lockfile has more than a megabyte, and parsing it whole takes seconds.
 */
export function readLockfile(file: TextFile): Lockfile {
  const sections = topLevelSections(file.text)
  const version = yamlText(sectionValue(sections.get('lockfileVersion')))
  const conflict = file.text.startsWith(CONFLICT) ? 0 : file.text.indexOf(`\n${CONFLICT}`) + 1
  return {
    ...file,
    version,
    conflict: conflict > 0 || file.text.startsWith(CONFLICT) ? positionAt(file, conflict) : undefined,
    contents: readContents(file, version, sections),
  }
}

function lockfileFrom(result: ReadResult): Lockfile | undefined {
  const path = layout.pnpmLock
  if ('text' in result) return readLockfile({ path, text: result.text })
  if ('missing' in result) return undefined
  const position = { file: path, line: 1, column: 1 }
  const contents = { unreadable: `it ${result.reason}`, position }
  return { path, text: '', version: undefined, conflict: undefined, contents }
}

function readContents(
  file: TextFile,
  version: string | undefined,
  sections: Map<string, Section>,
): Lockfile['contents'] {
  const unreadable = (reason: string, offset: number) => ({
    unreadable: reason,
    position: positionAt(file, offset),
  })
  // Other formats keep the specifiers elsewhere, or may: 5 in a list of their own, and none newer is known yet.
  if (!version || !/^(6\.[01]|9\.0)$/.test(version))
    return unreadable(
      version
        ? `its format is ${version}, and only 6.0, 6.1 and 9.0 are known`
        : 'it names no lockfileVersion',
      sections.get('lockfileVersion')?.start ?? 0,
    )
  if (sections.has('pnpmfileChecksum'))
    return unreadable(
      'a .pnpmfile.cjs can rewrite every package.json while pnpm reads it',
      sections.get('pnpmfileChecksum')?.start ?? 0,
    )
  const section = sections.get('importers')
  if (!section) return unreadable('it has no importers, so it is not that of a workspace', 0)
  const importers = readImporters(section)
  const overrides = sectionValue(sections.get('overrides'))
  if (!importers || (sections.has('overrides') && overrides?.kind !== 'map'))
    return unreadable('it is not written as pnpm writes it', section.start)
  const settings = sectionValue(sections.get('settings'))
  return {
    autoInstallPeers: yamlText(yamlAt(settings, 'autoInstallPeers')) === 'true',
    excludeLinks: yamlText(yamlAt(settings, 'excludeLinksFromLockfile')) === 'true',
    overrides: new Map(yamlEntries(overrides).map(([key, { value }]) => [key, yamlText(value) ?? ''])),
    importers,
  }
}

const IMPORTER = /^ {2}(?:'([^'\r\n]+)'|([^\s'"#][^\r\n]*?)):(?: \{\})?\r?$/gm
const FIELD = / {4}(dependencies|devDependencies|optionalDependencies):\r?\n/y
const DEPENDENCY =
  / {6}(?:'([^'\r\n]+)'|([^\s'"#][^:\r\n]*)):\r?\n {8}specifier: ([^\r\n]+)\r?\n {8}version: ([^\r\n]+)(?:\r?\n|$)/y

/**
 * The importers of a lockfile, by a regular expression for each of the three lines that pnpm writes: a reader of
 * whole YAML takes twenty times as long for these two thousand lines. What is written otherwise goes to such a
 * reader, one importer at a time. `undefined` when that does not understand it either.
 */
function readImporters({ start, text }: Section): LockfileContents['importers'] | undefined {
  // Everything below the first line is indented; a mark of a merge conflict is not.
  // A regular expression takes a line separator for the end of a line; YAML and pnpm don't.
  if (/[\u2028\u2029]/.test(text)) return undefined
  if (!/^importers:[ \t]*\r?(\n|$)/.test(text) || /\n(?! {2}|\r?\n|\r?$)/.test(text)) return undefined
  const heads = [...text.matchAll(IMPORTER)]
  const importers = new Map<string, LockedImporter>()
  for (const [index, head] of heads.entries()) {
    const from = head.index + head[0].length + 1
    const block = text.slice(from, heads[index + 1]?.index)
    const dependencies = usualDependencies(block, start + from) ?? otherDependencies(block, start + from)
    if (!dependencies) return undefined
    importers.set(head[1] ?? head[2] ?? '', { start: start + head.index + 2, dependencies })
  }
  return importers
}

function usualDependencies(block: string, base: number): Map<string, LockedDependency> | undefined {
  const dependencies = new Map<string, LockedDependency>()
  const end = block.trimEnd().length
  let at = 0
  while (at < end) {
    FIELD.lastIndex = at
    const field = FIELD.exec(block)?.[1]
    if (!field) return undefined
    at = FIELD.lastIndex
    for (;;) {
      DEPENDENCY.lastIndex = at
      const match = DEPENDENCY.exec(block)
      if (!match) break
      const [, quoted, bare, specifier = '', version = ''] = match
      if (/^["|>]/.test(specifier)) return undefined
      dependencies.set(quoted ?? bare ?? '', {
        field: field as DependencyField,
        specifier: unquoted(specifier),
        version: unquoted(version),
        start: base + at + 6,
      })
      at = DEPENDENCY.lastIndex
    }
  }
  return dependencies
}

function unquoted(text: string): string {
  return text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text
}

function otherDependencies(block: string, base: number): Map<string, LockedDependency> | undefined {
  const node = readPlainYaml(block, base)
  if (!node) return undefined
  return new Map(
    DEPENDENCY_FIELDS.flatMap((field) =>
      yamlEntries(yamlAt(node, field)).map(([name, { keyStart, value }]): [string, LockedDependency] => [
        name,
        {
          field,
          specifier: yamlText(yamlAt(value, 'specifier')) ?? '',
          version: yamlText(yamlAt(value, 'version')) ?? '',
          start: keyStart,
        },
      ]),
    ),
  )
}

interface Section {
  start: number
  text: string
}

/** The text under each key of the first column, to the end of `importers`. */
function topLevelSections(text: string): Map<string, Section> {
  const sections = new Map<string, Section>()
  let open: { key: string; start: number } | undefined
  const close = (end: number): void => {
    if (open) sections.set(open.key, { start: open.start, text: text.slice(open.start, end) })
  }
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline + 1
    const key = /^[A-Za-z]/.test(text[start] ?? '') && /^\w+(?=:)/.exec(text.slice(start, end))?.[0]
    if (key) {
      close(start)
      if (open?.key === 'importers') return sections
      open = { key, start }
    }
    start = end
  }
  close(text.length)
  return sections
}

/** A section is a map of its one key. */
function sectionValue(section: Section | undefined) {
  const node = section && readPlainYaml(section.text, section.start)
  return node?.kind === 'map' ? [...node.entries.values()][0]?.value : undefined
}

async function readPnpmWorkspace(file: TextFile): Promise<PnpmWorkspace> {
  const result = await readYaml(file.text)
  const node = 'node' in result ? result.node : undefined
  const packages = yamlAt(node, 'packages')
  const globs = packages?.kind === 'list' ? packages.items.flatMap((item) => yamlText(item) ?? []) : undefined
  const isTooLong = globs !== undefined && globs.join('').length > MAX_GLOBS
  const unreadable =
    'problem' in result
      ? `it cannot be read (${result.problem})`
      : isTooLong
        ? `its globs have more than ${MAX_GLOBS} characters`
        : undefined
  return {
    ...file,
    packages: isTooLong ? undefined : globs,
    ...(unreadable !== undefined && { unreadable }),
    hasOverrides: !node || yamlAt(node, 'overrides') !== undefined,
  }
}

/** Each is tried on the path of every package: a person writes some dozens of characters. */
const MAX_GLOBS = 4000

function installsIn(
  dockerfile: TextFile | undefined,
): Pick<Installation, 'frozenInstall' | 'unfrozenInstall'> {
  if (!dockerfile) return { frozenInstall: undefined }
  // Comments and line continuations blanked out, so that offsets stay.
  const text = dockerfile.text
    .replace(/^[ \t]*#.*/gm, (comment) => ' '.repeat(comment.length))
    .replace(/\\\r?\n/g, (end) => ' '.repeat(end.length))
  const installs = [...text.matchAll(/[^\n&|;]+/g)].filter(([command]) => isInstall(command))
  const frozen = installs.find(([command]) => /--frozen-lockfile(?!=false)/.test(command))
  const first = frozen ?? installs[0]
  const position = first && positionAt(dockerfile, text.lastIndexOf('\n', first.index) + 1)
  if (frozen) return { frozenInstall: position }
  // In CI, pnpm takes an existing lockfile as it stands without being told to.
  const isCi = /\bCI[ =]["']?(?:true|1)\b/.test(text)
  const isAsked = installs.some(([command]) => /--no-frozen-lockfile|--frozen-lockfile=false/.test(command))
  return { frozenInstall: undefined, ...(position && (!isCi || isAsked) && { unfrozenInstall: position }) }
}

/** Whether a command installs what the package.json files name: not globally, and not what it names itself. */
function isInstall(command: string): boolean {
  const words = command.trim().split(/\s+/)
  const pnpm = words.findIndex((word) => /^(?:corepack\/)?pnpm$/.test(word))
  const install =
    pnpm === -1 ? -1 : words.findIndex((word, at) => at > pnpm && /^(?:i|install|ci)$/.test(word))
  if (install === -1) return false
  const options = words.slice(install + 1)
  return !options.some((word) => !word.startsWith('-') || word === '-g' || word === '--global')
}

function versionsIn(file: TextFile, pattern: RegExp): Installation['pnpmVersions'] {
  return [...file.text.matchAll(pattern)].map((match) => {
    const version = match[1] ?? ''
    return { version, position: positionAt(file, match.index + match[0].length - version.length) }
  })
}

const MAX_VARIABLES = 20

/** `RUN npm install -g pnpm@$PNPM_VERSION`, with the value that an ARG or ENV of that name has in the file. */
function versionsOfVariables(dockerfile: TextFile): Installation['pnpmVersions'] {
  const mention = /^[^#\n\r\u2028\u2029]*?\bpnpm@v?\$(?:(\w+)|\{(\w+)\})/gm
  const variables = new Set([...dockerfile.text.matchAll(mention)].map((match) => match[1] ?? match[2] ?? ''))
  // The whole file is read for each: more of them than this are no Dockerfile that a person writes.
  return [...variables].slice(0, MAX_VARIABLES).flatMap((variable) => {
    const value = String.raw`^[ \t]*(?:ARG|ENV)[ \t]+${variable}[= \t]["']?v?(\d+[\w.-]*)`
    return versionsIn(dockerfile, new RegExp(value, 'gim'))
  })
}

/** What package.json names the SDK; server/packages/sdk in every Tailchat repository. */
export const SDK = 'tailchat-server-sdk'

/** Whether the file is the package of the workspace that plugins mean by the SDK's name. */
export function isSdkPackage(file: JsonFile | undefined): boolean {
  return stringAt(file?.value, 'name') === SDK
}
