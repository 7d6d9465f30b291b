/** A text that a file holds in another notation, such as a string of a JSON file, with the places in the file. */
export interface MappedText {
  text: string
  /** For each character, the offset in the file at which it begins, and the one behind it. */
  starts: readonly number[]
  ends: readonly number[]
}

/** The text of a file from `start` to `end`, as it stands there. */
export function mapSlice(text: string, start: number, end: number): MappedText {
  const starts = Array.from({ length: end - start }, (_, index) => start + index)
  return { text: text.slice(start, end), starts, ends: starts.map((offset) => offset + 1) }
}

/** Texts one behind the other. */
export function joinMapped(parts: readonly MappedText[]): MappedText {
  return {
    text: parts.map(({ text }) => text).join(''),
    starts: parts.flatMap(({ starts }) => starts),
    ends: parts.flatMap(({ ends }) => ends),
  }
}

/** A text from its character `from` to the one before `to`. */
export function sliceMapped({ text, starts, ends }: MappedText, from: number, to?: number): MappedText {
  return { text: text.slice(from, to), starts: starts.slice(from, to), ends: ends.slice(from, to) }
}

/** What a JSON string holds, given the text between its quotes. */
export function decodeJsonString(content: MappedText): MappedText {
  const parts: MappedText[] = []
  let plain = 0
  for (const { 0: escape, index } of content.text.matchAll(/\\u[0-9A-Fa-f]{4}|\\[^]/g)) {
    const behind = index + escape.length
    const text = decodeEscape(escape)
    const [start, end] = [content.starts.slice(index, index + 1), content.ends.slice(behind - 1, behind)]
    parts.push(sliceMapped(content, plain, index), { text, starts: start, ends: end })
    plain = behind
  }
  return parts.length === 0 ? content : joinMapped([...parts, sliceMapped(content, plain)])
}

/** The character of an escape such as `\u0061`; the parser of the file complains about one that JSON does not know. */
function decodeEscape(escape: string): string {
  const known: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
  const code = escape.slice(1)
  return code.length > 1 ? String.fromCharCode(parseInt(code.slice(1), 16)) : (known[code] ?? code)
}
