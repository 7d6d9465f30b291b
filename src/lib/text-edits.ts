/** Replaces `length` characters at `offset` by `content`. */
export interface TextEdit {
  offset: number
  length: number
  content: string
}

/** Applies edits that don't overlap; every character outside them is kept. Of two at one offset, the later comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = []
  let kept = 0
  // One pass: a file may be edited in thousands of places.
  for (const { offset, length, content } of [...edits].reverse().sort((a, b) => a.offset - b.offset)) {
    parts.push(text.slice(kept, offset), content)
    kept = offset + length
  }
  return parts.join('') + text.slice(kept)
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

/** A file and the change to it. */
export interface FileEdit {
  /** Relative to the repository's root. */
  file: string
  /** `undefined`: the file is not there yet. */
  before: string | undefined
  /** `undefined`: the file goes. */
  after: string | undefined
}
