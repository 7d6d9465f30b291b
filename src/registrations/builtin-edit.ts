import { type BuiltinEntry, type BuiltinList, type BuiltinObject, readBuiltinList } from './builtin.js'
import type { TextFile } from '../lib/text.js'
import type { TypeScriptParser } from '../formats/typescript.js'
import { applyEdits, indentAt, lineEndingOf, type TextEdit } from '../lib/text-edits.js'
import { largest } from '../lib/lists.js'

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
  const list = understoodList(parse, file)
  const { entries, open, close } = list
  const style = styleOf(text, list)
  const previous = entries.findLast((entry) => !entry.conditional)
  const neighbour = previous ?? entries[0]
  // An entry that shares its line with what stands before it gets the new one beside it.
  const isBeside =
    neighbour !== undefined &&
    !text.slice(entries[entries.indexOf(neighbour) - 1]?.end ?? open, neighbour.start).includes('\n')
  const rendered = renderEntry(manifest, style, isBeside)
  if (!previous) {
    const line = `${style.eol}${style.indent}${rendered}`
    if (text.slice(open + 1, close).trim() === '') {
      const comma = style.trailingComma ? ',' : ''
      const content = `${line}${comma}${style.eol}${indentAt(text, open)}`
      return applyEdits(text, [{ offset: open + 1, length: close - open - 1, content }])
    }
    if (isBeside) return applyEdits(text, [{ offset: neighbour.start, length: 0, content: `${rendered}, ` }])
    const offset = endOfTrailingComment(text, open + 1)
    return applyEdits(text, [{ offset, length: 0, content: `${line},` }])
  }
  const added = isBeside ? ` ${rendered}` : `${style.eol}${style.indent}${rendered}`
  const comma = commaAfter(text, previous.end, close)
  if (comma === undefined) {
    const end = endOfTrailingComment(text, previous.end)
    const content = `,${text.slice(previous.end, end)}${added}`
    return applyEdits(text, [{ offset: previous.end, length: end - previous.end, content }])
  }
  const offset = isBeside ? comma + 1 : endOfTrailingComment(text, comma + 1)
  return applyEdits(text, [{ offset, length: 0, content: `${added},` }])
}

/** How the entries of a file are written. */
function styleOf(text: string, { entries, open, close }: UnderstoodList): EntryStyle {
  const outer = indentAt(text, open)
  const objects = entries.flatMap(({ object }) => (object && object.properties.length > 0 ? [object] : []))
  const inLines = objects.findLast((object) => text.slice(object.open, object.close).includes('\n'))
  const lastProperty = inLines?.properties.at(-1)
  const last = entries.at(-1)
  const first = entries[0]
  const indent = first && indentAt(text, first.start)
  const unit =
    (inLines && deeper(indentAt(text, inLines.open), indentAt(text, inLines.properties[0]?.start ?? 0))) ??
    (indent === undefined ? undefined : deeper(outer, indent)) ??
    indentUnitOf(text)
  return {
    eol: lineEndingOf(text),
    indent: indent ?? outer + unit,
    unit,
    quote: quoteOf(text),
    trailingComma:
      inLines && lastProperty
        ? commaAfter(text, lastProperty.end, inLines.close) !== undefined
        : !last ||
          commaAfter(text, last.end, close) !== undefined ||
          !text.slice(last.end, close).includes('\n'),
    onOneLine: objects.length > 0 && !inLines,
    // Where a line is longer already, no formatter breaks it.
    width: largest(text.slice(open, close).split('\n').map(displayWidth), LINE_WIDTH),
  }
}

/** What the inner indentation has more than the outer one; `undefined` where no formatter would write that. */
function deeper(outer: string, inner: string): string | undefined {
  const more = inner.startsWith(outer) ? inner.slice(outer.length) : ''
  return /^(?:\t| {2,4})$/.test(more) ? more : undefined
}

/** The first indentation of a file, block comments aside. */
function indentUnitOf(text: string): string {
  return /^(\t| {2,4})(?![ \t*])/m.exec(text)?.[1] ?? '  '
}

function removeEntries(parse: TypeScriptParser, file: TextFile, name: string): string {
  const list = understoodList(parse, file)
  const index = list.entries.findIndex((entry) => entry.name === name)
  if (index === -1) return file.text
  const text = applyEdits(file.text, removeBuiltinEntry(file.text, list, index))
  return removeEntries(parse, { ...file, text }, name)
}

/** Takes an entry out of `builtinPlugins`, with its comma and the comment directly above it that is its own. */
export function removeBuiltinEntry(text: string, list: UnderstoodList, index: number): TextEdit[] {
  const keepsComment = headsSection(text, list.entries, index)
  return removeElement(text, { ...list, elements: list.entries }, index, keepsComment)
}

/**
 * Whether the comment above an entry is about those below it as well: they stand behind the same condition and the
 * one before does not, or they form a paragraph between blank lines.
 */
function headsSection(text: string, entries: readonly BuiltinEntry[], index: number): boolean {
  const [previous, entry, next] = [entries[index - 1], entries[index], entries[index + 1]]
  if (!entry || !next || !/^\s*,[^\S\n]*\r?\n[^\S\n]*$/.test(text.slice(entry.end, next.start))) return false
  const condition = (each: BuiltinEntry | undefined): string =>
    each?.conditional && each.object ? text.slice(each.start, each.object.open) : ''
  const startsConditions = condition(entry) !== '' && condition(entry) !== condition(previous)
  if (startsConditions && condition(entry) === condition(next)) return true
  const above = previous ? text.slice(previous.end, entry.start) : ''
  return /\n[ \t]*\r?\n(?:[ \t]*\S[^\n]*\n)+[ \t]*$/.test(above)
}

/**
 * Gives fields of the entries of a plugin other values, adds fields or takes them out (`undefined`); the entries keep
 * their place, and a condition its entry.
 * @throws when the file holds no array that can be edited
 */
export function setBuiltinFields(
  parse: TypeScriptParser,
  file: TextFile,
  name: string,
  fieldsOf: (entry: BuiltinEntry) => readonly { field: string; there: unknown }[],
): string {
  return understoodList(parse, file).entries.reduce(
    (text, entry, index) =>
      entry.name === name
        ? fieldsOf(entry).reduce((edited, { field, there }) => {
            const object = understoodList(parse, { ...file, text: edited }).entries[index]?.object
            return object ? applyEdits(edited, setBuiltinProperty(edited, object, field, there)) : edited
          }, text)
        : text,
    file.text,
  )
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
  const last = properties.at(-1)
  const comma = last && commaAfter(text, last.end, close)
  const indent = indentAt(text, (property ?? last)?.start ?? open)
  const style: RenderStyle = {
    eol: lineEndingOf(text),
    indent,
    unit: deeper(indentAt(text, open), indent) ?? indentUnitOf(text),
    quote: quoteOf(text),
    trailingComma: comma !== undefined,
    width: LINE_WIDTH,
  }
  if (property) {
    const { valueStart, end } = property
    return [{ offset: valueStart, length: end - valueStart, content: renderValue(value, style) }]
  }
  if (!last || !text.slice(open, close).includes('\n')) {
    const content = `${last ? ',' : ''} ${renderKey(name, style.quote)}: ${renderValue(value, style)}`
    return [{ offset: last?.end ?? open + 1, length: 0, content }]
  }
  const line = style.eol + renderProperty(name, value, style)
  if (comma !== undefined)
    return [{ offset: endOfTrailingComment(text, comma + 1), length: 0, content: `${line},` }]
  return [
    { offset: last.end, length: 0, content: ',' },
    { offset: endOfTrailingComment(text, last.end), length: 0, content: line },
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
  {
    open,
    close,
    elements,
  }: { open: number; close: number; elements: readonly { start: number; end: number }[] },
  index: number,
  keepsComment = false,
): TextEdit[] {
  const [previous, element, next] = [elements[index - 1], elements[index], elements[index + 1]]
  if (!element) return []
  const commaBefore = previous && commaAfter(text, previous.end, element.start)
  const comma = commaAfter(text, element.end, close)
  const from = endOfTrailingComment(text, (commaBefore ?? open) + 1)
  const above = text.slice(from, element.start)
  // The first one of a line takes the space behind it along: the others stay where the line begins.
  const isFirstOfLine =
    next && comma !== undefined && /(?:^|\n)[ \t]*$/.test(above) && (above === '' || above.includes('\n'))
  if (isFirstOfLine && /^[^\S\n]*$/.test(text.slice(comma + 1, next.start)))
    return [{ offset: element.start, length: next.start - element.start, content: '' }]
  const end = endOfTrailingComment(text, (comma ?? element.end - 1) + 1)
  const own = above.slice(0, startOfOwnText(above, keepsComment))
  // A blank line above what goes and another one, or nothing, below it: one of them goes, too.
  const isParagraph = /^[ \t]*\r?\n[ \t]*(?:\r?\n|[\])}])/.test(text.slice(end))
  const start = from + (isParagraph ? own.replace(/\r?\n[ \t]*$/, '') : own).length
  if ((text.slice(open + 1, start) + text.slice(end, close)).trim() === '')
    return [{ offset: open + 1, length: close - open - 1, content: '' }]
  const edits = [{ offset: start, length: end - start, content: '' }]
  // The last element of a list without a trailing comma takes the comma before it along.
  if (comma === undefined && commaBefore !== undefined)
    edits.push({ offset: commaBefore, length: 1, content: '' })
  return edits
}

/** Whether a comment was an entry: the next one has nothing to do with it. */
function isCommentedCode(comment: string): boolean {
  return comment.split('\n').some((line) => {
    const text = line.trimEnd()
    const code = text.endsWith('*/') ? text.slice(0, -2).trimEnd() : text
    if (/[{}]\)?[,;]?$/.test(code.slice(-3)) || text.endsWith('&&')) return true
    return text.endsWith(',') && /^\W{0,40}?(?:'[\w.-]{1,80}'|[\w$]{1,80})\s{0,40}:\s{0,40}['"\w]/.test(text)
  })
}

/** Where in the text above an entry its own begins: at the line break before it, and before the comments on top of it. */
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

/** Where the spaces and tabs before an offset begin. */
function spaceBefore(text: string, end: number): number {
  let start = end
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--
  return start
}

/** Where the line break begins that is all there is before an offset, but for spaces; `undefined` without one. */
function lineBreakAtEnd(text: string, end: number): number | undefined {
  const start = spaceBefore(text, end)
  if (text[start - 1] !== '\n') return undefined
  return text[start - 2] === '\r' ? start - 2 : start - 1
}

/** Where the line break begins before a comment that has its lines for itself and ends at an offset. */
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
  const comment =
    /(?:[^\S\r\n]*\/\*(?:(?!\*\/)[^\r\n])*\*\/)*(?:[^\S\r\n]*\/\/[^\r\n]*(?=\r?\n)|(?=[ \t]*\r?\n))/y
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
  /** How much deeper a property stands than its object. */
  unit: string
  quote: Quote
  /** Whether the last property of several lines has a comma behind it. */
  trailingComma: boolean
  /** The longest line. */
  width: number
}

interface EntryStyle extends RenderStyle {
  /** Whether all entries that are there are on one line each. */
  onOneLine: boolean
}

/** An entry on one line, as a person pastes it into the file. */
export function builtinEntryLine(text: string, manifest: Record<string, unknown>): string {
  return `${renderOnOneLine(manifest, quoteOf(text))},`
}

function renderEntry(manifest: Record<string, unknown>, style: EntryStyle, isBeside: boolean): string {
  if (style.onOneLine) {
    const line = renderOnOneLine(manifest, style.quote)
    if (isBeside || displayWidth(`${style.indent}${line},`) <= style.width) return line
  }
  return renderValue(manifest, style)
}

function renderOnOneLine(value: unknown, quote: Quote): string {
  if (typeof value === 'string') return renderString(value, quote)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => renderOnOneLine(item, quote)).join(', ')}]`
  const properties = Object.entries(value).map(
    ([key, item]) => `${renderKey(key, quote)}: ${renderOnOneLine(item, quote)}`,
  )
  return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`
}

function renderValue(value: unknown, style: RenderStyle): string {
  if (typeof value === 'string') return renderString(value, style.quote)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = { ...style, indent: style.indent + style.unit }
  const isArray = Array.isArray(value)
  const lines = Object.entries(value).map(([key, item]) =>
    isArray ? inner.indent + renderValue(item, inner) : renderProperty(key, item, inner),
  )
  const [open, close] = isArray ? '[]' : '{}'
  if (lines.length === 0) return `${open}${close}`
  const content = lines.join(`,${style.eol}`) + (style.trailingComma ? ',' : '')
  return [open, content, `${style.indent}${close}`].join(style.eol)
}

/** A property on a line, or on two where prettier would break it; without a comma. */
function renderProperty(key: string, item: unknown, style: RenderStyle): string {
  const { indent, unit, eol } = style
  const rendered = renderValue(item, style)
  const name = renderKey(key, style.quote)
  const line = `${indent}${name}: ${rendered}`
  const breaks =
    typeof item === 'string' && displayWidth(name) > SHORT_KEY && displayWidth(`${line},`) > LINE_WIDTH
  return breaks ? `${indent}${name}:${eol}${indent}${unit}${rendered}` : line
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
