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
}

/** A chain of files that extend each other is no longer than this; more is a circle. */
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
  const options = isOnBase ? TAILCHAT : path === undefined ? {} : optionsOf(read, path, MAX_FILES)
  const { target, useDefineForClassFields } = options
  return {
    emitsJavaScript: options['allowJs'] === true,
    emitsImportedJson: options['resolveJsonModule'] === true,
    definesFields:
      typeof useDefineForClassFields === 'boolean'
        ? useDefineForClassFields
        : typeof target === 'string' && isNewTarget(target),
  }
}

/** What Tailchat's own server/tsconfig.json says. */
const TAILCHAT: Record<string, unknown> = { target: 'esnext' }

/** Class fields are part of ES2022. */
function isNewTarget(target: string): boolean {
  const year = /^es(\d{4})$/i.exec(target)?.[1]
  return year === undefined ? /^esnext$/i.test(target) : Number(year) >= 2022
}

function optionsOf(
  read: (path: string) => TextFile | undefined,
  path: string,
  remaining: number,
): Record<string, unknown> {
  const file = remaining > 0 ? read(path) : undefined
  // The parser goes as deep as the text does, until there is no stack left.
  const config =
    file && !jsonNestsTooDeep(file.text) && asObject(parse(file.text, [], { allowTrailingComma: true }))
  if (!config) return {}
  const { extends: bases } = config
  const inherited = (Array.isArray(bases) ? bases : [bases]).map((base: unknown) => {
    // What a package holds is not part of the repository.
    if (typeof base !== 'string' || !/^\.{0,2}\//.test(base)) return {}
    const target = posix.join(posix.dirname(path), base)
    return optionsOf(read, target.endsWith('.json') ? target : `${target}.json`, remaining - 1)
  })
  return Object.assign({}, ...inherited, asObject(config['compilerOptions'])) as Record<string, unknown>
}
