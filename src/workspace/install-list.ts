import { findNodeAtLocation } from 'jsonc-parser'
import type { TextFile } from './text.js'
import { parseJsonTree } from './json.js'

/**
 * The names that a `plugin:install` command is given inside a script of a package.json
 * (Tailchat keeps it in `build:server` of the root package.json). Offsets are those of the file.
 */
export interface InstallList {
  script: string
  names: { name: string; start: number; end: number }[]
  /** Just behind the command and its options such as `--`: where the first name goes when there is none. */
  commandEnd: number
}

const COMMAND = 'plugin:install'

/** The script that Tailchat runs to build the server: looked at before any other. */
const USUAL_SCRIPT = 'build:server'

/** Finds the install list of a package.json; `undefined` when no script runs `plugin:install`. */
export function readInstallList(file: TextFile): InstallList | undefined {
  const root = parseJsonTree(file)
  const scripts = root && findNodeAtLocation(root, ['scripts'])
  const candidates = (scripts?.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? []
    if (key?.type !== 'string' || value?.type !== 'string') return []
    const script = key.value as string
    // The script of that name is the command's definition, not a use of it.
    if (script === COMMAND) return []
    const start = value.offset + 1
    const found = findCommand(file.text.slice(start, value.offset + value.length - 1))
    return found ? [{ script, ...shifted(found, start) }] : []
  })
  return candidates.find(({ script }) => script === USUAL_SCRIPT) ?? candidates[0]
}

/** Reads the names behind the command in the script's text as it stands between the quotes in the file. */
function findCommand(script: string): Omit<InstallList, 'script'> | undefined {
  const command = /(?<![\w:-])plugin:install(?![\w:-])/.exec(script)
  if (!command) return undefined
  let commandEnd = command.index + COMMAND.length
  const names: InstallList['names'] = []
  // A word may be quoted; the quotes of a JSON string arrive escaped. Anything else ends the command.
  const word = /\s+(\\?["']|)([\w@.:/-]+)\1(?=\s|$|[&|;)<>]|\\?["'])/y
  word.lastIndex = commandEnd
  for (let match = word.exec(script); match; match = word.exec(script)) {
    const [whole, quote = '', name = ''] = match
    const end = match.index + whole.length
    if (!name.startsWith('-')) names.push({ name, start: end - name.length - 2 * quote.length, end })
    else if (names.length === 0) commandEnd = end
  }
  return { names, commandEnd }
}

function shifted(found: Omit<InstallList, 'script'>, by: number): Omit<InstallList, 'script'> {
  return {
    commandEnd: found.commandEnd + by,
    names: found.names.map(({ name, start, end }) => ({ name, start: start + by, end: end + by })),
  }
}
