/** Replaces `length` characters at `offset` by `content`. */
export interface TextEdit {
  offset: number
  length: number
  content: string
}

/** Applies edits that don't overlap; every character outside them is kept. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text
  for (const edit of [...edits].sort((a, b) => b.offset - a.offset))
    result = result.slice(0, edit.offset) + edit.content + result.slice(edit.offset + edit.length)
  return result
}

/** The line ending that a text uses: that of its first line. */
export function lineEndingOf(text: string): '\n' | '\r\n' {
  return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n'
}

/** The spaces and tabs at the start of the line that holds `offset`; a byte order mark is no indentation. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const indent = /\uFEFF?([ \t]*)/y
  indent.lastIndex = lineStart
  return indent.exec(text)?.[1] ?? ''
}

/** A file and what becomes of it. */
export interface FileEdit {
  /** Relative to the repository's root. */
  file: string
  /** `undefined`: the file is not there yet. */
  before: string | undefined
  /** `undefined`: the file goes. */
  after: string | undefined
}
