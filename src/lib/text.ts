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
  const token = /"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\r\n]*|\/\*[^]*?\*\//g
  return text.replace(token, (found) => (/^\/[/*]/.test(found) ? found.replace(/[^\r\n]/g, ' ') : found))
}

/** Orders strings by their UTF-16 units: the same on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
