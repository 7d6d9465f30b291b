import { readBuiltinList } from '../workspace/builtin.js'
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
  const first = entries[0]
  const indent = first ? indentAt(text, first.start) : `${indentAt(text, open)}  `
  const rendered = `${eol}${indent}${renderValue(manifest, { eol, indent, quote: quoteOf(text) })}`

  const previous = entries.findLast((entry) => !entry.conditional)
  if (!previous) {
    if (text.slice(open + 1, close).trim() === '') {
      const content = `${rendered},${eol}${indentAt(text, open)}`
      return applyEdits(text, [{ offset: open + 1, length: close - open - 1, content }])
    }
    const offset = endOfTrailingComment(text, open + 1)
    return applyEdits(text, [{ offset, length: 0, content: `${rendered},` }])
  }
  const comma = commaAfter(text, previous.end, close)
  if (comma === undefined) {
    const end = endOfTrailingComment(text, previous.end)
    const content = `,${text.slice(previous.end, end)}${rendered}`
    return applyEdits(text, [{ offset: previous.end, length: end - previous.end, content }])
  }
  const offset = endOfTrailingComment(text, comma + 1)
  return applyEdits(text, [{ offset, length: 0, content: `${rendered},` }])
}

function removeEntries(parse: TypeScriptParser, file: TextFile, name: string): string {
  const { text } = file
  const { entries, open, close } = understoodList(parse, file)
  const index = entries.findIndex((entry) => entry.name === name)
  const entry = entries[index]
  if (!entry) return text
  const previous = entries[index - 1]
  const commaBefore = previous && commaAfter(text, previous.end, entry.start)
  const comma = commaAfter(text, entry.end, close)
  const from = endOfTrailingComment(text, (commaBefore ?? open) + 1)
  const start = startOfOwnText(text, from, entry.start)
  const end = endOfTrailingComment(text, (comma ?? entry.end - 1) + 1)
  const edits = [{ offset: start, length: end - start, content: '' }]
  // The last entry of an array without a trailing comma takes the comma before it along.
  if (comma === undefined && commaBefore !== undefined)
    edits.push({ offset: commaBefore, length: 1, content: '' })
  const isEmptied = (text.slice(open + 1, start) + text.slice(end, close)).trim() === ''
  if (isEmptied) edits.splice(0, edits.length, { offset: open + 1, length: close - open - 1, content: '' })
  return removeEntries(parse, { ...file, text: applyEdits(text, edits) }, name)
}

/** The offset of the line break before the entry and before the comments that stand directly on top of it. */
function startOfOwnText(text: string, from: number, start: number): number {
  const gap = text.slice(from, start)
  const own =
    /(?:\r?\n[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^])*\*\/[ \t]*))*\r?\n[ \t]*$/.exec(gap) ??
    /[ \t]*$/.exec(gap)
  return own ? from + own.index : start
}

/** The offset of the comma behind an entry, skipping white space and comments; `undefined` without one. */
function commaAfter(text: string, offset: number, limit: number): number | undefined {
  const gap = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
  gap.lastIndex = offset
  gap.exec(text)
  const at = gap.lastIndex
  return at < limit && text[at] === ',' ? at : undefined
}

/** The end of the comments that follow on the same line and are all that does; `offset` itself without any. */
function endOfTrailingComment(text: string, offset: number): number {
  const comment = /(?:[^\S\r\n]*\/\*(?:(?!\*\/)[^\r\n])*\*\/)*(?:[^\S\r\n]*\/\/[^\r\n]*)?(?=[ \t]*\r?\n)/y
  comment.lastIndex = offset
  return comment.exec(text) ? comment.lastIndex : offset
}

type Quote = "'" | '"'

function quoteOf(text: string): Quote {
  const [singles, doubles] = ["'", '"'].map((quote) => text.split(quote).length) as [number, number]
  return doubles > singles ? '"' : "'"
}

/** Behind a key this short a line break would gain too little: prettier leaves the value on the same line. */
const SHORT_KEY = 4

function renderValue(value: unknown, style: { eol: string; indent: string; quote: Quote }): string {
  if (typeof value === 'string') return renderString(value, style.quote)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const indent = `${style.indent}  `
  const isArray = Array.isArray(value)
  const lines = Object.entries(value).map(([key, item]) => {
    const rendered = renderValue(item, { ...style, indent })
    if (isArray) return `${indent}${rendered},`
    const name = renderKey(key, style.quote)
    const line = `${indent}${name}: ${rendered},`
    const breaks =
      typeof item === 'string' && displayWidth(name) > SHORT_KEY && displayWidth(line) > LINE_WIDTH
    return breaks ? `${indent}${name}:${style.eol}${indent}  ${rendered},` : line
  })
  const [open, close] = isArray ? '[]' : '{}'
  return lines.length === 0 ? `${open}${close}` : [open, ...lines, `${style.indent}${close}`].join(style.eol)
}

function renderKey(key: string, quote: Quote): string {
  // Bare or quoted, this key would set the object's prototype.
  if (key === '__proto__') return `[${renderString(key, quote)}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : renderString(key, quote)
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
