import type { TextEdit } from '../lib/text-edits.js'

/** The elements of an array, or the properties of an object, by their offsets in the text. */
interface ElementList {
  /** Offset of the opening bracket. */
  open: number
  /** Offset of the closing bracket. */
  close: number
  elements: readonly { start: number; end: number }[]
}

/**
 * Takes one element out of an array or an object, with its comma and the comment directly above it.
 * @param keepsComment whether that comment stays, since it is about the elements below as well
 */
export function removeElement(
  text: string,
  { open, close, elements }: ElementList,
  { index, keepsComment = false }: { index: number; keepsComment?: boolean },
): TextEdit[] {
  const [previous, element, next] = [elements[index - 1], elements[index], elements[index + 1]]
  if (!element) return []
  const commaBefore = previous && commaAfter(text, previous.end, element.start)
  const comma = commaAfter(text, element.end, close)
  const from = endOfTrailingComment(text, (commaBefore ?? open) + 1)
  const above = text.slice(from, element.start)
  // The first element of a line takes the space after it along: the others move to the beginning of the line.
  const isFirstOfLine =
    next && comma !== undefined && /(?:^|\n)[ \t]*$/.test(above) && (above === '' || above.includes('\n'))
  if (isFirstOfLine && /^[^\S\n]*$/.test(text.slice(comma + 1, next.start)))
    return [{ offset: element.start, length: next.start - element.start, content: '' }]
  const end = endOfTrailingComment(text, (comma ?? element.end - 1) + 1)
  const own = above.slice(0, startOfOwnText(above, keepsComment))
  // With a blank line above and another one, or the bracket, below, one blank line is removed as well.
  const isParagraph = /^[ \t]*\r?\n[ \t]*(?:\r?\n|[\])}])/.test(text.slice(end))
  const start = from + (isParagraph ? own.replace(/\r?\n[ \t]*$/, '') : own).length
  if ((text.slice(open + 1, start) + text.slice(end, close)).trim() === '')
    return [{ offset: open + 1, length: close - open - 1, content: '' }]
  const edits = [{ offset: start, length: end - start, content: '' }]
  // In a list without a trailing comma, the last element takes the comma before it along.
  if (comma === undefined && commaBefore !== undefined)
    edits.push({ offset: commaBefore, length: 1, content: '' })
  return edits
}

/** Tells whether a comment is an entry that was commented out, and so is not about the next entry. */
function isCommentedCode(comment: string): boolean {
  return comment.split('\n').some((line) => {
    const text = line.trimEnd()
    const code = text.endsWith('*/') ? text.slice(0, -2).trimEnd() : text
    if (/[{}]\)?[,;]?$/.test(code.slice(-3)) || text.endsWith('&&')) return true
    return text.endsWith(',') && /^\W{0,40}?(?:'[\w.-]{1,80}'|[\w$]{1,80})\s{0,40}:\s{0,40}['"\w]/.test(text)
  })
}

/** Returns where an entry's own part of the text above it begins: before its line break, and before its comments. */
function startOfOwnText(above: string, keepsComment: boolean): number {
  let start = lineBreakAtEnd(above, above.length)
  if (start === undefined) return spaceBefore(above, above.length)
  if (keepsComment) return start
  for (
    let comment = commentAtEnd(above, start);
    comment !== undefined;
    comment = commentAtEnd(above, start)
  ) {
    if (isCommentedCode(above.slice(comment, start))) break
    start = comment
  }
  return start
}

/** Returns where the spaces and tabs before an offset begin. */
function spaceBefore(text: string, end: number): number {
  let start = end
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--
  return start
}

/** Returns where the line break before an offset begins, skipping spaces; `undefined` without one. */
function lineBreakAtEnd(text: string, end: number): number | undefined {
  const start = spaceBefore(text, end)
  if (text[start - 1] !== '\n') return undefined
  return text[start - 2] === '\r' ? start - 2 : start - 1
}

/** Returns where the line break before a comment begins that ends at an offset and shares its lines with no code. */
function commentAtEnd(text: string, end: number): number | undefined {
  const lastLine = text.slice(text.lastIndexOf('\n', end - 1) + 1, end)
  if (/^[ \t]*\/\//.test(lastLine)) return lineBreakAtEnd(text, end - lastLine.length)
  const close = spaceBefore(text, end) - 2
  if (!text.startsWith('*/', close)) return undefined
  const opening = /\r?\n[ \t]*\/\*/g
  opening.lastIndex = Math.max(0, text.lastIndexOf('*/', close - 1))
  const found = opening.exec(text)
  return found && opening.lastIndex <= close ? found.index : undefined
}

/** Returns the offset of the comma after an element, skipping white space and comments; `undefined` without one. */
export function commaAfter(text: string, offset: number, limit: number): number | undefined {
  const gap = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
  gap.lastIndex = offset
  gap.exec(text)
  const at = gap.lastIndex
  return at < limit && text[at] === ',' ? at : undefined
}

/** Returns the end of the comments that fill the rest of the line; `offset` itself where something else follows. */
export function endOfTrailingComment(text: string, offset: number): number {
  const comment =
    /(?:[^\S\r\n]*\/\*(?:(?!\*\/)[^\r\n])*\*\/)*(?:[^\S\r\n]*\/\/[^\r\n]*(?=\r?\n)|(?=[ \t]*\r?\n))/y
  comment.lastIndex = offset
  return comment.exec(text) ? comment.lastIndex : offset
}

/** Returns what the inner indentation adds to the outer one; `undefined` where no formatter would write that. */
export function deeper(outer: string, inner: string): string | undefined {
  const more = inner.startsWith(outer) ? inner.slice(outer.length) : ''
  return /^(?:\t| {2,4})$/.test(more) ? more : undefined
}
