import { type BuiltinList, type BuiltinObject, readBuiltinList } from '../workspace/builtin.js'
import type { TextFile } from '../workspace/text.js'
import type { TypeScriptParser } from '../workspace/typescript.js'
import { applyEdits, indentAt, lineEndingOf, type TextEdit } from './text-edits.js'

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
  const list = understoodList(parse, file)
  const index = list.entries.findIndex((entry) => entry.name === name)
  if (index === -1) return file.text
  const text = applyEdits(file.text, removeElement(file.text, { ...list, elements: list.entries }, index))
  return removeEntries(parse, { ...file, text }, name)
}

/** Takes an entry out of `builtinPlugins`, with its comma and the comment directly above it. */
export function removeBuiltinEntry(text: string, list: UnderstoodList, index: number): TextEdit[] {
  return removeElement(text, { ...list, elements: list.entries }, index)
}

/** Gives a property of an entry another value, adds it behind the others, or takes it out (`undefined`). */
export function setBuiltinProperty(
  text: string,
  { open, close, properties }: BuiltinObject,
  name: string,
  value: unknown,
): TextEdit[] {
  const index = properties.findIndex((property) => property.name === name)
  const property = properties[index]
  if (value === undefined)
    return property ? removeElement(text, { open, close, elements: properties }, index) : []
  const quote = quoteOf(text)
  const eol = lineEndingOf(text)
  if (property) {
    const { valueStart, end } = property
    const content = renderValue(value, { eol, indent: indentAt(text, property.start), quote })
    return [{ offset: valueStart, length: end - valueStart, content }]
  }
  const last = properties.at(-1)
  const indent = indentAt(text, last?.start ?? open)
  const isOnOneLine = !text.slice(open, close).includes('\n')
  if (!last || isOnOneLine) {
    const content = `${last ? ',' : ''} ${renderKey(name, quote)}: ${renderValue(value, { eol, indent, quote })}`
    return [{ offset: last?.end ?? open + 1, length: 0, content }]
  }
  const line = eol + renderProperty(name, value, { eol, indent, quote })
  const comma = commaAfter(text, last.end, close)
  if (comma !== undefined)
    return [{ offset: endOfTrailingComment(text, comma + 1), length: 0, content: line }]
  return [
    { offset: last.end, length: 0, content: ',' },
    { offset: endOfTrailingComment(text, last.end), length: 0, content: line.slice(0, -1) },
  ].reduce<TextEdit[]>(joinTouching, [])
}

/** Of two edits at one offset none would be the first: they become one. */
function joinTouching(edits: TextEdit[], edit: TextEdit): TextEdit[] {
  const previous = edits.at(-1)
  return previous && previous.offset === edit.offset && previous.length === 0
    ? [...edits.slice(0, -1), { ...edit, content: previous.content + edit.content }]
    : [...edits, edit]
}

type UnderstoodList = Extract<BuiltinList, { understood: true }>

/** Takes one element out of an array or an object, with its comma and the comment directly above it. */
function removeElement(
  text: string,
  { open, close, elements }: { open: number; close: number; elements: { start: number; end: number }[] },
  index: number,
): TextEdit[] {
  const element = elements[index]
  if (!element) return []
  const previous = elements[index - 1]
  const commaBefore = previous && commaAfter(text, previous.end, element.start)
  const comma = commaAfter(text, element.end, close)
  const from = endOfTrailingComment(text, (commaBefore ?? open) + 1)
  const start = startOfOwnText(text, from, element.start)
  const end = endOfTrailingComment(text, (comma ?? element.end - 1) + 1)
  if ((text.slice(open + 1, start) + text.slice(end, close)).trim() === '')
    return [{ offset: open + 1, length: close - open - 1, content: '' }]
  const edits = [{ offset: start, length: end - start, content: '' }]
  // The last element of a list without a trailing comma takes the comma before it along.
  if (comma === undefined && commaBefore !== undefined)
    edits.push({ offset: commaBefore, length: 1, content: '' })
  return edits
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

interface RenderStyle {
  eol: string
  indent: string
  quote: Quote
}

function renderValue(value: unknown, style: RenderStyle): string {
  if (typeof value === 'string') return renderString(value, style.quote)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const indent = `${style.indent}  `
  const isArray = Array.isArray(value)
  const lines = Object.entries(value).map(([key, item]) =>
    isArray
      ? `${indent}${renderValue(item, { ...style, indent })},`
      : renderProperty(key, item, { ...style, indent }),
  )
  const [open, close] = isArray ? '[]' : '{}'
  return lines.length === 0 ? `${open}${close}` : [open, ...lines, `${style.indent}${close}`].join(style.eol)
}

/** A line of an object, or two where prettier would break it. */
function renderProperty(key: string, item: unknown, style: RenderStyle): string {
  const { indent, eol } = style
  const rendered = renderValue(item, style)
  const name = renderKey(key, style.quote)
  const line = `${indent}${name}: ${rendered},`
  const breaks = typeof item === 'string' && displayWidth(name) > SHORT_KEY && displayWidth(line) > LINE_WIDTH
  return breaks ? `${indent}${name}:${eol}${indent}  ${rendered},` : line
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
