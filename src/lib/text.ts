/** A text file of the repository: its path relative to the repository's root, with forward slashes. */
export interface TextFile {
  path: string
  text: string
  /** Whether it is not UTF-8, and `text` only what a reader makes of it: then it can't be written back. */
  isInOtherEncoding?: true
}

/** A place in a file that a person can jump to. Lines and columns count from 1, columns in UTF-16 units. */
export interface Position {
  file: string
  line: number
  column: number
}

/** The place of a character offset in a file. */
export function positionAt(file: TextFile, offset: number): Position {
  const starts = lineStarts(file)
  // The last line that starts at or before the offset.
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { file: file.path, line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

/** A service has many places to name: its lines are counted once. */
const knownLineStarts = new WeakMap<TextFile, number[]>()

function lineStarts(file: TextFile): number[] {
  const known = knownLineStarts.get(file)
  if (known) return known
  const starts = [0]
  for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1)
  knownLineStarts.set(file, starts)
  return starts
}

/** The same text with its comments blanked out, so that offsets stay; for JavaScript, TypeScript and the like. */
export function withoutComments(text: string): string {
  return blankOut(text, (token) => token.startsWith('/'))
}

/** The same text with its template literals blanked out: code that a module writes is none of its own. */
export function withoutTemplates(text: string): string {
  return text.includes('`') ? blankOut(text, (token) => token.startsWith('`')) : text
}

/**
 * Blanks out some of the strings, template literals and comments of a text; line breaks stay. One pass, since a regular
 * expression would look for the end of each quote or comment that has none over and over.
 */
function blankOut(text: string, isBlanked: (token: string) => boolean): string {
  const parts: string[] = []
  const opening = /["'`]|\/[/*]/g
  /** Up to where an opening token is known to have no end. */
  const openUntil = new Map<string, number>()
  let kept = 0
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const [open] = match
    const start = match.index
    if (start < (openUntil.get(open) ?? 0)) continue
    const found = endOfToken(text, start, open)
    if ('openUntil' in found) {
      openUntil.set(open, found.openUntil)
      // The second character of a comment that does not end may begin another.
      opening.lastIndex = start + 1
      continue
    }
    opening.lastIndex = found.end
    const token = text.slice(start, found.end)
    if (!isBlanked(token)) continue
    parts.push(text.slice(kept, start), token.replace(/[^\r\n]/g, ' '))
    kept = found.end
  }
  return kept === 0 ? text : parts.join('') + text.slice(kept)
}

/** The offset behind a string, template literal or comment, or that up to which it does not end. */
function endOfToken(text: string, start: number, open: string): { end: number } | { openUntil: number } {
  if (open === '/*') {
    const close = text.indexOf('*/', start + 2)
    return close === -1 ? { openUntil: text.length } : { end: close + 2 }
  }
  const lineEnd = /[\r\n]|$/g
  if (open === '//') {
    lineEnd.lastIndex = start
    return { end: lineEnd.exec(text)?.index ?? text.length }
  }
  const stop = open === '`' ? /[`\\]/g : open === '"' ? /["\\\r\n]/g : /['\\\r\n]/g
  stop.lastIndex = start + 1
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    if (found[0] === open) return { end: found.index + 1 }
    if (found[0] !== '\\') return { openUntil: found.index }
    const escaped = text[found.index + 1] ?? ''
    if (open !== '`' && /[\r\n\u2028\u2029]/.test(escaped)) return { openUntil: found.index + 1 }
    stop.lastIndex = found.index + 2
  }
  return { openUntil: text.length }
}

/** A line without the comment that `#` begins behind white space, and without the white space. */
export function withoutTrailingComment(line: string): string {
  for (let at = line.indexOf('#', 1); at !== -1; at = line.indexOf('#', at + 1))
    if (/\s/.test(line[at - 1] ?? '')) return line.slice(0, at).trimEnd()
  return line
}

/** Removes a character from the end of a text as often as it stands there; a pattern would take quadratic time. */
export function withoutTrailing(text: string, character: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === character) end--
  return text.slice(0, end)
}

/** A text of at most `most` UTF-16 units: of a longer one the beginning, and how much there is. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const rest = `… (${text.length} characters)`
  // No half of a character that takes two units.
  return text.slice(0, Math.max(0, most - rest.length)).replace(/[\uD800-\uDBFF]$/, '') + rest
}

/** Orders strings by their UTF-16 units: the same on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The same texts, each once, in the order in which they come first. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
