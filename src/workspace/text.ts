/** A text file of the repository: its path relative to the repository's root, with forward slashes. */
export interface TextFile {
  path: string
  text: string
}

/** A place in a file that a person can jump to. Lines and columns count from 1, columns in UTF-16 units. */
export interface Position {
  file: string
  line: number
  column: number
}

/** The place of a character offset in a file. */
export function positionAt(file: TextFile, offset: number): Position {
  const before = file.text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { file: file.path, line: before.split('\n').length, column: offset - lineStart + 1 }
}
