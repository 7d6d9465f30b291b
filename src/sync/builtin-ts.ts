import { type BuiltinEntry, readBuiltinList } from '../workspace/builtin.js'
import type { TextFile } from '../workspace/text.js'
import type { TypeScriptParser } from '../workspace/typescript.js'
import { applyEdits, indentAt, lineEndingOf } from './text-edits.js'

/** What to do to builtin.ts: the manifests to add, in this order, and the names to take out. */
export interface BuiltinChange {
  add: readonly Record<string, unknown>[]
  remove: readonly string[]
}

/** Where a maintainer's formatter breaks a line (Tailchat uses prettier's default). */
const LINE_WIDTH = 80

/**
 * Edits the array `builtinPlugins`. New entries go behind the last unconditional one, in the file's own style; an
 * entry that goes takes the comment directly above it along.
 * @throws when the file holds no array that can be edited
 */
export function editBuiltinTs(parse: TypeScriptParser, file: TextFile, change: BuiltinChange): string {
  const removed = change.remove.reduce(
    (text, name) => removeEntries(parse, { ...file, text }, name),
    file.text,
  )
  return change.add.reduce((text, manifest) => addEntry(parse, { ...file, text }, manifest), removed)
}

function understoodList(parse: TypeScriptParser, file: TextFile) {
  const list = readBuiltinList(parse, file)
  if (!list.understood) throw new Error(`${file.path} cannot be edited: ${list.reason}`)
  return list
}

function addEntry(parse: TypeScriptParser, file: TextFile, manifest: Record<string, unknown>): string {
  const { text } = file
  const { entries, open, close } = understoodList(parse, file)
  const eol = lineEndingOf(text)
  const quote = quoteOf(text)
  const first = entries[0]
  const indent = first ? indentAt(text, first.start) : `${indentAt(text, open)}  `
  const rendered = renderEntry(manifest, { eol, indent, quote })

  const previous = entries.findLast((entry) => !entry.conditional)
  if (!previous) {
    if (!first) {
      const content = `${eol}${indent}${rendered},${eol}${indentAt(text, open)}`
      return applyEdits(text, [{ offset: open + 1, length: close - open - 1, content }])
    }
    return applyEdits(text, [{ offset: open + 1, length: 0, content: `${eol}${indent}${rendered},` }])
  }
  const comma = commaAfter(text, previous.end, close)
  const content = comma === undefined ? `,${eol}${indent}${rendered}` : `${eol}${indent}${rendered},`
  const offset = comma === undefined ? previous.end : endOfTrailingComment(text, comma + 1)
  return applyEdits(text, [{ offset, length: 0, content }])
}

function removeEntries(parse: TypeScriptParser, file: TextFile, name: string): string {
  const { text } = file
  const { entries, open, close } = understoodList(parse, file)
  const index = entries.findIndex((entry) => entry.name === name)
  const entry = entries[index]
  if (!entry) return text
  const comma = commaAfter(text, entry.end, close)
  const [start, end] =
    comma === undefined
      ? [beforeLast(text, entries[index - 1], open, entry), entry.end]
      : [startOfOwnLines(text, entry.start), endOfTrailingComment(text, comma + 1)]
  const without = applyEdits(text, [{ offset: start, length: end - start, content: '' }])
  return removeEntries(parse, { ...file, text: without }, name)
}

/** The last entry of an array without a trailing comma takes the comma before it along. */
function beforeLast(
  text: string,
  previous: BuiltinEntry | undefined,
  open: number,
  entry: BuiltinEntry,
): number {
  if (!previous) return open + 1
  const comma = commaAfter(text, previous.end, entry.start)
  return comma ?? previous.end
}

/** The offset of the line break before the entry and before the comment lines that stand directly on top of it. */
function startOfOwnLines(text: string, start: number): number {
  let lineStart = text.lastIndexOf('\n', start - 1) + 1
  if (text.slice(lineStart, start).trim() !== '') return start
  for (;;) {
    const previousStart = text.lastIndexOf('\n', lineStart - 2) + 1
    const line = text.slice(previousStart, lineStart).trim()
    if (lineStart === 0 || !(line.startsWith('//') || (line.startsWith('/*') && line.endsWith('*/')))) break
    lineStart = previousStart
  }
  const lineBreak = lineStart - 1
  return text[lineBreak - 1] === '\r' ? lineBreak - 1 : lineBreak
}

/** The offset of the comma behind an entry, skipping white space and comments; `undefined` without one. */
function commaAfter(text: string, offset: number, limit: number): number | undefined {
  const gap = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
  gap.lastIndex = offset
  gap.exec(text)
  const at = gap.lastIndex
  return at < limit && text[at] === ',' ? at : undefined
}

/** The end of a comment that follows on the same line and is all that does; `offset` itself without one. */
function endOfTrailingComment(text: string, offset: number): number {
  const comment = /[^\S\r\n]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)(?=\r?\n)/y
  comment.lastIndex = offset
  return comment.exec(text) ? comment.lastIndex : offset
}

type Quote = "'" | '"'

function quoteOf(text: string): Quote {
  const [singles, doubles] = ["'", '"'].map((quote) => text.split(quote).length) as [number, number]
  return doubles > singles ? '"' : "'"
}

function renderEntry(
  manifest: Record<string, unknown>,
  style: { eol: string; indent: string; quote: Quote },
): string {
  const inner = `${style.indent}  `
  const lines = Object.entries(manifest).map(([key, value]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) && key !== '__proto__' ? key : renderString(key, style.quote)
    const rendered =
      typeof value === 'string'
        ? renderString(value, style.quote)
        : JSON.stringify(value, null, 2).replaceAll('\n', style.eol + inner)
    const line = `${inner}${name}: ${rendered},`
    const tooLong = typeof value === 'string' && displayWidth(line) > LINE_WIDTH
    return tooLong ? `${inner}${name}:${style.eol}${inner}  ${rendered},` : line
  })
  return ['{', ...lines, `${style.indent}}`].join(style.eol)
}

/** A string literal: the other quote where that saves escapes, as prettier writes it. */
function renderString(value: string, preferred: Quote): string {
  const other = preferred === "'" ? '"' : "'"
  const count = (quote: string): number => value.split(quote).length
  const quote = count(preferred) > count(other) ? other : preferred
  const escaped = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll(quote, `\\${quote}`)
  return quote + escaped + quote
}

/** Columns on a screen: wide East Asian characters take two. */
function displayWidth(line: string): number {
  let width = 0
  for (const character of line)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1
  return width
}
