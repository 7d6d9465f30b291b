import { findNodeAtLocation } from 'jsonc-parser'
import { readRunInstructions } from '../formats/dockerfile.js'
import { parseJsonTree } from '../formats/json.js'
import { layout } from '../tailchat/layout.js'
import { decodeJsonString, mapSlice } from '../lib/mapped-text.js'
import { readShellCommands, type ShellWord } from '../formats/shell.js'
import type { TextFile } from '../lib/text.js'

/**
 * The names that one `plugin:install` command is given: in a script of a package.json (Tailchat keeps it in
 * `build:server` of the root package.json), or in a RUN instruction of the Dockerfile, where it was before
 * (f8e2f488) and where forks have it. Offsets are those of the file.
 */
export interface InstallList {
  file: TextFile
  /** The script that runs the command; `undefined` in a Dockerfile. */
  script: string | undefined
  names: InstallName[]
  /** Offset after the command and its options such as `--`: where the first name of an empty list goes. */
  commandEnd: number
  /** How a name is written: what stands before it, and its quotes. */
  style: { separator: string; quote: '' | '"' }
  /** What runs behind the command, as it stands in the file. */
  behind: string
  /** Why the list cannot be told, or not edited. */
  problem?: string
}

interface InstallName {
  name: string
  /** Offsets that take in its quotes. */
  start: number
  end: number
  /** Where the word before it ends: what lies between goes when the name does. */
  previousEnd: number
}

/** Commands that are run together: those of a script of a package.json, or of a RUN instruction. */
interface Script {
  file: TextFile
  /** `undefined` in a Dockerfile. */
  name: string | undefined
  start: number
  end: number
  /** `undefined` where they cannot be read. */
  commands: ShellWord[][] | undefined
  isJson: boolean
}

/** The files that may hold a list, in the order in which a build comes to them. */
export const installListFiles: readonly string[] = [
  layout.rootPackageJson,
  layout.serverPackageJson,
  layout.dockerfile,
]

const COMMAND = 'plugin:install'
/** What the command runs (server/package.json). */
const INSTALL_SCRIPT = 'installPlugin.js'

/** The scripts of the root package.json by which Tailchat's Dockerfile builds. */
const BUILD_SCRIPTS: readonly string[] = ['build', 'build:server']

/**
 * The install lists of a repository that its build runs. Where none can be seen to be run, all of them.
 * @param read a file of the repository; `undefined` when it is not there
 */
export function readInstallLists(read: (path: string) => TextFile | undefined): InstallList[] {
  const scripts = installListFiles.flatMap((path) => {
    const file = read(path)
    return file ? scriptsOf(file) : []
  })
  const found = scripts.map((script) => ({ script, lists: listsIn(script) }))
  const all = found.flatMap(({ lists }) => lists)
  if (all.length < 2) return all
  const run = scriptsOfBuild(scripts)
  const used = found.flatMap(({ script, lists }) => (run.has(script) ? lists : []))
  return used.length > 0 ? used : all
}

/** All install lists of one file. */
export function installListsIn(file: TextFile): InstallList[] {
  return scriptsOf(file).flatMap(listsIn)
}

/** The list that gets new names: the last one in `build:server` of the root package.json, else the last of all. */
export function listForNewNames(lists: readonly InstallList[]): InstallList | undefined {
  const usual = lists.findLast(
    ({ file, script }) => file.path === layout.rootPackageJson && script === 'build:server',
  )
  return usual ?? lists.at(-1)
}

/** Returns the file with the list for new names; without a list, the file in which Tailchat keeps it. */
export function installListFile(lists: readonly InstallList[]): string {
  return listForNewNames(lists)?.file.path ?? layout.rootPackageJson
}

function scriptsOf(file: TextFile): Script[] {
  if (file.path !== layout.dockerfile) return packageScripts(file)
  return readRunInstructions(file).map((run) => ({ file, name: undefined, ...run }))
}

function packageScripts(file: TextFile): Script[] {
  const root = parseJsonTree(file)
  const properties = (root && findNodeAtLocation(root, ['scripts']))?.children ?? []
  // As in JSON.parse, the last of two scripts with the same name counts.
  const scripts = new Map<string, Script>()
  for (const { children: [key, value] = [] } of properties) {
    if (key?.type !== 'string' || value?.type !== 'string') continue
    const [start, end] = [value.offset + 1, value.offset + value.length - 1]
    const name = key.value as string
    const commands = readShellCommands(decodeJsonString(mapSlice(file.text, start, end)))
    scripts.set(name, { file, name, start, end, commands, isJson: false })
  }
  return [...scripts.values()]
}

function listsIn(script: Script): InstallList[] {
  const { file, name, start, end, commands, isJson } = script
  if (commands) return commands.flatMap((words) => listsOfCommand(script, words, isJson))
  const mention = /plugin:install(?![\w:-])|installPlugin\.js/.exec(file.text.slice(start, end))
  if (!mention) return []
  const commandEnd = start + mention.index + mention[0].length
  const problem = 'it is in a here-document, or next to a quote that does not end'
  const style = { separator: ' ', quote: '' } as const
  return [{ file, script: name, names: [], commandEnd, style, behind: '', problem }]
}

/** Reads the list of a command, and those of commands in its arguments, as in `sh -c "pnpm plugin:install a"`. */
function listsOfCommand(script: Script, words: ShellWord[], isJson: boolean): InstallList[] {
  const program = words.findIndex(({ text }) => !/^\w+=/.test(text))
  // Printing a command does not run it.
  if (program === -1 || /^(?:echo|printf)$/.test(words[program]?.text ?? '')) return []
  const nested = words.flatMap((word) =>
    word.text.includes(COMMAND) || word.text.includes(INSTALL_SCRIPT)
      ? commandsWithin(word).flatMap((inner) => listsOfCommand(script, inner, false))
      : [],
  )
  const command = commandWord(words, program)
  if (command === undefined) return nested
  const list = listAfter(script, { words, command, isJson })
  // The script of that name defines the command: it is a list only where it names plugins itself.
  const isDefinition =
    script.name === COMMAND && (words[command]?.text === COMMAND || list.names.length === 0)
  return isDefinition ? nested : [...nested, list]
}

/**
 * Returns the commands in an argument such as that of `sh -c`. There are none in one word, and none in an expansion such
 * as `${a b`, which is one word as well, whose commands would be the same word again without end.
 */
function commandsWithin(word: ShellWord): ShellWord[][] {
  if (!/\s/.test(word.text)) return []
  const commands = readShellCommands(word) ?? []
  return commands.some((words) => words.some(({ text }) => text === word.text)) ? [] : commands
}

/** Returns the index of the word that names the command; `undefined` for another command. */
function commandWord(words: readonly ShellWord[], program: number): number | undefined {
  const task = words.findIndex(({ text }) => text === COMMAND)
  if (task === program || (task > program && words.slice(0, task).some(isPackageManager))) return task
  const file = words.findIndex(({ text }) => /(?:^|\/)installPlugin\.js$/.test(text))
  return file > program &&
    words.slice(0, file).some(({ text }) => /(?:^|\/)(?:node|ts-node|tsx|bun)$/.test(text))
    ? file
    : undefined
}

function isPackageManager({ text }: ShellWord): boolean {
  return /(?:^|\/)(?:pnpm|npm|yarn|bun|npx|pnpx|corepack)$/.test(text)
}

/** Options of npm that take a value; npm reads them after the name of the script as well. */
const NPM_VALUE_OPTIONS: readonly string[] = ['-w', '--workspace', '--prefix']

function listAfter(
  { file, name, end }: Script,
  { words, command, isJson }: { words: ShellWord[]; command: number; isJson: boolean },
): InstallList {
  const isNpm = words.some(({ text }) => text === 'npm')
  let commandEnd = words[command]?.end ?? 0
  const names: InstallName[] = []
  let computed: string | undefined
  for (let index = command + 1; index < words.length; index++) {
    const word = words[index]
    const previous = words[index - 1]
    if (!word || !previous) break
    const isValue = isNpm && NPM_VALUE_OPTIONS.includes(previous.text)
    if (word.text.startsWith('-') || isValue) {
      if (names.length === 0) commandEnd = word.end
    } else if (word.isLiteral)
      names.push({ name: word.text, start: word.start, end: word.end, previousEnd: previous.end })
    else computed ??= file.text.slice(word.start, word.end)
  }
  return {
    file,
    script: name,
    names,
    commandEnd,
    style: styleOf(file.text, names, isJson),
    behind: file.text.slice(names.at(-1)?.end ?? commandEnd, name === undefined ? undefined : end),
    ...(computed !== undefined && { problem: `the value of ${computed} is only known when it runs` }),
  }
}

/** Returns how a new name is written: on its own line where the others are; comments between them are not repeated. */
function styleOf(text: string, names: readonly InstallName[], isJson: boolean): InstallList['style'] {
  const last = names.at(-1)
  const gap = last ? text.slice(last.previousEnd, last.start).replace(/(?<=\n)[ \t]*#[^\n]*\n/g, '') : ''
  if (isJson) return { separator: gap || ', ', quote: '"' }
  return { separator: gap.includes('\n') ? gap : ' ', quote: '' }
}

/** Returns the scripts that the Dockerfile or Tailchat's own build runs, directly or by the name of a script. */
function scriptsOfBuild(scripts: readonly Script[]): ReadonlySet<Script> {
  const run = new Set(
    scripts.filter(
      ({ file, name }) =>
        name === undefined || (file.path === layout.rootPackageJson && BUILD_SCRIPTS.includes(name)),
    ),
  )
  const byName = new Map<string, Script[]>()
  for (const script of scripts)
    if (script.name !== undefined) byName.set(script.name, [...(byName.get(script.name) ?? []), script])
  const names = [...byName.keys()].sort()
  const seen = new Set<string>()
  // A set gives what is added while it is walked, too.
  for (const script of run)
    for (const called of (script.commands ?? []).flatMap(calledScripts)) {
      if (seen.has(called)) continue
      seen.add(called)
      // Tools that run several scripts take `build:*` for all that begin with it.
      const meant = called.endsWith('*') ? namesFrom(names, called.slice(0, -1)) : [called]
      for (const name of meant) for (const each of byName.get(name) ?? []) run.add(each)
    }
  return run
}

/** The names that begin with a prefix, found without looking at the others: a hostile file may have very many. */
function namesFrom(sorted: readonly string[], prefix: string): readonly string[] {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < prefix) low = middle + 1
    else high = middle
  }
  let end = low
  while (sorted[end]?.startsWith(prefix)) end++
  return sorted.slice(low, end)
}

/** Names of scripts that a command may run; in which directory it does is not asked. */
function calledScripts(words: readonly ShellWord[]): string[] {
  const runner = words.findIndex(
    (each) => isPackageManager(each) || /^(?:run-[sp]|npm-run-all)$/.test(each.text),
  )
  return words.flatMap((word, index): string[] => {
    const shorthand = /^(?:npm|pnpm|yarn|bun):(.+)/.exec(word.text)?.[1]
    if (shorthand !== undefined) return [shorthand]
    if (/\s/.test(word.text)) return commandsWithin(word).flatMap(calledScripts)
    return runner !== -1 && index > runner ? [word.text] : []
  })
}
