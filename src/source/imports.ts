import { type TextFile, withoutComments, withoutTemplates } from '../lib/text.js'

/** An import of a package, not of a file, that is there when the module runs. */
export interface PackageImport {
  /** `lodash` for `lodash/fp`. */
  package: string
  specifier: string
  /** Offset of the specifier's quote. */
  start: number
}

/**
 * Finds the packages that a CommonJS or TypeScript module loads as soon as it is loaded itself: `import … from`,
 * `export … from`, `import '…'`, and `require` at the top level. `import type` is gone after compiling; an import
 * of types only without that word stays (server/tsconfig.json, `importsNotUsedAsValues`).
 *
 * A scan does it, since parsing each file costs more than all other rules together. What it can
 * miss: a statement that does not begin its line. `import()` and a `require` further in are left out on purpose:
 * they may stand in a `try` or never run.
 */
export function packageImports(file: TextFile): PackageImport[] {
  const text = withoutTemplates(withoutComments(file.text))
  const found: PackageImport[] = []
  const keyword = /^(?:import|export|const|let|var)\b/gm
  let head: StatementHead | undefined
  for (let match = keyword.exec(text); match; match = keyword.exec(text)) {
    const behind = keyword.lastIndex
    // Of words without anything between them, each may begin the statement: its head is read once.
    if (!head || head.end < behind) head = readStatementHead(text, behind)
    const { loaded } = head
    if (!loaded || !isLoadedBy({ keyword: match[0], behind }, head, text)) continue
    keyword.lastIndex = loaded.end
    const name = PACKAGE_NAME.exec(loaded.specifier)?.[0]
    if (name === undefined || loaded.specifier.startsWith('node:')) continue
    found.push({ package: name, specifier: loaded.specifier, start: loaded.start })
  }
  return found
}

/** What stands between a keyword and the first quote, bracket, semicolon or equals sign, and the module behind it. */
interface StatementHead {
  /** Offsets of its last word, and of the character that ends it. */
  lastWord: { start: number; end: number }
  end: number
  loaded?: { how: 'import' | 'require'; specifier: string; start: number; end: number }
}

function readStatementHead(text: string, from: number): StatementHead {
  const stop = /['"`;()=]|$/g
  stop.lastIndex = from
  const end = stop.exec(text)?.index ?? text.length
  let wordEnd = end
  while (wordEnd > from && /\s/.test(text[wordEnd - 1] ?? '')) wordEnd--
  const isFrom = /^\W?from$/.test(text.slice(Math.max(from, wordEnd - 5), wordEnd))
  const lastWord = { start: isFrom ? wordEnd - 4 : wordEnd, end: wordEnd }
  const module = /(=\s*require\s*\(\s*)?(['"])([^'"\r\n]+)\2/y
  module.lastIndex = end
  const [whole, required = '', , specifier = ''] = module.exec(text) ?? []
  if (whole === undefined) return { lastWord, end }
  const start = end + required.length
  const how = required === '' ? 'import' : 'require'
  return { lastWord, end, loaded: { how, specifier, start, end: end + whole.length } }
}

/** @param behind the offset after the keyword */
function isLoadedBy(
  { keyword, behind }: { keyword: string; behind: number },
  head: StatementHead,
  text: string,
): boolean {
  if (head.loaded?.how === 'require') return keyword !== 'export'
  if (keyword !== 'import' && keyword !== 'export') return false
  const typeOnly = /\s+type\b(?!\s*(?:,|from\b))/y
  typeOnly.lastIndex = behind
  const { start, end } = head.lastWord
  return (end <= behind || (start < end && start >= behind)) && !typeOnly.test(text)
}

/**
 * Every package that a text names behind `from`, `import` or `require`, in comments and types too: all that
 * `packageImports` finds and more, in a fraction of the time.
 */
export function mentionedPackages(text: string): string[] {
  const mention = /\b(?:from|import|require\s*\()\s*['"]([^'"\r\n]+)['"]/g
  return [...text.matchAll(mention)].flatMap(([, specifier = '']) => PACKAGE_NAME.exec(specifier) ?? [])
}

/**
 * Finds what a module loads by a relative path: `import`, `export … from` and `require`. Left out are imports of types
 * alone, which are gone after compiling, and what stands in a `try`, which may be missing on purpose.
 */
export function relativeImports(file: TextFile): { specifier: string; start: number }[] {
  const text = withoutTemplates(withoutComments(file.text))
  const found = [...text.matchAll(/\b(from|import|require\s*\()\s*(['"])(\.[^'"\r\n]*)\2/g)]
  // A file can be made to hold any number of them.
  return found.slice(0, MAX_IMPORTS).flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - MAX_BEFORE), match.index)
    const [whole, keyword = '', , specifier = ''] = match
    if (keyword === 'from' && isOfTypes(before)) return []
    if (keyword.startsWith('require') && isInTry(before)) return []
    return [{ specifier, start: match.index + whole.length - specifier.length - 2 }]
  })
}

const MAX_IMPORTS = 1000
const MAX_BEFORE = 20_000

function isOfTypes(before: string): boolean {
  const begin = Math.max(before.lastIndexOf('import'), before.lastIndexOf('export'))
  return /^(?:import|export)\s+type\b(?!\s*(?:,|$))/.test(before.slice(begin))
}

/** Whether the last open brace, or one around it, is that of a `try`. */
function isInTry(before: string): boolean {
  let depth = 0
  for (let index = before.length - 1; index >= 0; index--) {
    const character = before[index]
    if (character === '}') depth++
    else if (character === '{' && depth > 0) depth--
    else if (character === '{' && /\btry\s{0,20}$/.test(before.slice(Math.max(0, index - 30), index)))
      return true
  }
  return false
}

/** Names that npm allows; `@/lib` and `#lib` are aliases of the repository's own. */
const PACKAGE_NAME = /^(?:@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*(?=$|\/)/i
