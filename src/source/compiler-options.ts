import { posix } from 'node:path'
import { parse } from 'jsonc-parser'
import { asObject, jsonNestsTooDeep } from '../formats/json.js'
import type { TextFile } from '../lib/text.js'

/** What the compiler of the server does with what it is given. */
export interface CompilerOptions {
  /** Whether it emits .js files too (`allowJs`). */
  emitsJavaScript: boolean
  /** Whether it emits .json files that are imported (`resolveJsonModule`). */
  emitsImportedJson: boolean
  /**
   * Whether class fields without a value are defined, as `undefined`, instead of left out (`useDefineForClassFields`,
   * which newer targets switch on).
   */
  definesFields: boolean
  /** Files whose options are not among these, each with why: a sentence. */
  notRead: readonly string[]
}

/** More files than any server's options are spread over. */
const MAX_FILES = 20

/**
 * Reads the options with which the server is compiled, those of the files that it extends included.
 * @param isOnBase whether the server comes from a base image, and with it Tailchat's own options
 */
export function readCompilerOptions(
  read: (path: string) => TextFile | undefined,
  isOnBase: boolean,
): CompilerOptions {
  // The build looks for the file in server/ and above (server/scripts/build.ts).
  const path = ['server/tsconfig.json', 'tsconfig.json'].find((each) => read(each) !== undefined)
  const notRead = new Set<string>()
  const state = { read, known: new Map<string, Record<string, unknown>>(), notRead }
  const options = isOnBase ? TAILCHAT : path === undefined ? {} : optionsOf(state, path, [])
  const { target, useDefineForClassFields } = options
  return {
    emitsJavaScript: options['allowJs'] === true,
    emitsImportedJson: options['resolveJsonModule'] === true,
    definesFields:
      typeof useDefineForClassFields === 'boolean'
        ? useDefineForClassFields
        : typeof target === 'string' && isNewTarget(target),
    notRead: [...notRead],
  }
}

/** What Tailchat's own server/tsconfig.json says. */
const TAILCHAT: Record<string, unknown> = { target: 'esnext' }

/** Class fields are part of ES2022. */
function isNewTarget(target: string): boolean {
  const year = /^es(\d{4})$/i.exec(target)?.[1]
  return year === undefined ? /^esnext$/i.test(target) : Number(year) >= 2022
}

interface Reading {
  read: (path: string) => TextFile | undefined
  /** The options of each file that was read: many may extend the same one. */
  known: Map<string, Record<string, unknown>>
  notRead: Set<string>
}

/** @param above the files that extend this one, from the outermost on */
function optionsOf(state: Reading, path: string, above: readonly string[]): Record<string, unknown> {
  const { read, known, notRead } = state
  if (above.includes(path)) {
    notRead.add(`${path} extends itself, which the compiler refuses: what it inherits was left out`)
    return {}
  }
  const there = known.get(path)
  if (there) return there
  if (known.size === MAX_FILES) {
    notRead.add(`of the files that ${above[0] ?? path} extends, only ${MAX_FILES} were read`)
    return {}
  }
  const options: Record<string, unknown> = {}
  known.set(path, options)
  const file = read(path)
  if (!file) return options
  // The parser goes as deep as the text does, until there is no stack left.
  if (jsonNestsTooDeep(file.text)) {
    notRead.add(`${path} nests too deep to be read`)
    return options
  }
  const config = asObject(parse(file.text, [], { allowTrailingComma: true })) ?? {}
  const bases: unknown[] = Array.isArray(config['extends']) ? config['extends'] : [config['extends']]
  for (const base of bases) {
    // What a package holds is not part of the repository.
    if (typeof base !== 'string' || !/^\.{0,2}\//.test(base)) continue
    const target = posix.join(posix.dirname(path), base)
    const file = target.endsWith('.json') ? target : `${target}.json`
    Object.assign(options, optionsOf(state, file, [...above, path]))
  }
  return Object.assign(options, asObject(config['compilerOptions']))
}
