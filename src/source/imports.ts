import { type TextFile, withoutComments } from '../lib/text.js'

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
 * A regular expression does it, since parsing each file costs more than all other rules together. What it can
 * miss: a statement that does not begin its line. `import()` and a `require` further in are left out on purpose:
 * they may stand in a `try` or never run.
 */
export function packageImports(file: TextFile): PackageImport[] {
  const text = withoutTemplates(withoutComments(file.text))
  const found: PackageImport[] = []
  for (const match of text.matchAll(STATEMENT)) {
    const [whole, quote = '', specifier = ''] = match
    const name = PACKAGE_NAME.exec(specifier)?.[0]
    if (name === undefined || specifier.startsWith('node:')) continue
    const start = match.index + whole.lastIndexOf(quote + specifier + quote)
    found.push({ package: name, specifier, start })
  }
  return found
}

/**
 * Every package that a text names behind `from`, `import` or `require`, in comments and types too: all that
 * `packageImports` finds and more, in a fraction of the time.
 */
export function mentionedPackages(text: string): string[] {
  const mention = /\b(?:from|import|require\s*\()\s*['"]([^'"\r\n]+)['"]/g
  return [...text.matchAll(mention)].flatMap(([, specifier = '']) => PACKAGE_NAME.exec(specifier) ?? [])
}

/** Code that a module writes, such as the source of another one, is none of its own. */
function withoutTemplates(text: string): string {
  if (!text.includes('`')) return text
  const token = /"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'|`(?:\\.|[^`\\])*`/g
  return text.replace(token, (found) => (found.startsWith('`') ? found.replace(/[^\r\n]/g, ' ') : found))
}

// Between the keyword and `from` stand names, braces, commas and stars: no quote and no semicolon.
const STATEMENT =
  /^(?:(?:import|export)\b(?!\s+type\b(?!\s*(?:,|from\b)))(?:[^'"`;()=]*?\bfrom)?|(?:const|let|var|import)\b[^'"`;()=]*=\s*require\s*\()\s*(['"])([^'"\r\n]+)\1/gm

/** Names that npm allows; `@/lib` and `#lib` are aliases of the repository's own. */
const PACKAGE_NAME = /^(?:@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*(?=$|\/)/i
