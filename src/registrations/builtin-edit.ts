import { type BuiltinEntry, type BuiltinList, type BuiltinObject, readBuiltinList } from './builtin.js'
import type { TextFile } from '../lib/text.js'
import type { TypeScriptParser } from '../formats/typescript.js'
import { applyEdits, indentAt, lineEndingOf, type TextEdit } from '../lib/text-edits.js'
import { largest } from '../lib/lists.js'
import { commaAfter, deeper, endOfTrailingComment, removeElement } from './elements.js'
import {
  displayWidth,
  LINE_WIDTH,
  quoteOf,
  renderKey,
  renderOnOneLine,
  renderProperty,
  type RenderStyle,
  renderValue,
} from './typescript-values.js'

/** The changes to builtin.ts: the manifests to add, in this order, and the names to remove. */
export interface BuiltinChange {
  add: readonly Record<string, unknown>[]
  remove: readonly string[]
}

/**
 * Edits the array `builtinPlugins`. New entries go after the last unconditional one, in the file's own style; a removed
 * entry takes the comment directly above it along.
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
  // The new entry goes on the same line as its neighbour where that shares its line with what comes before.
  const sharesLine =
    neighbour !== undefined &&
    !text.slice(entries[entries.indexOf(neighbour) - 1]?.end ?? open, neighbour.start).includes('\n')
  const rendered = renderEntry(manifest, style, sharesLine)
  if (!previous) {
    const line = `${style.eol}${style.indent}${rendered}`
    if (text.slice(open + 1, close).trim() === '') {
      const comma = style.trailingComma ? ',' : ''
      const content = `${line}${comma}${style.eol}${indentAt(text, open)}`
      return applyEdits(text, [{ offset: open + 1, length: close - open - 1, content }])
    }
    if (sharesLine)
      return applyEdits(text, [{ offset: neighbour.start, length: 0, content: `${rendered}, ` }])
    const offset = endOfTrailingComment(text, open + 1)
    return applyEdits(text, [{ offset, length: 0, content: `${line},` }])
  }
  const added = sharesLine ? ` ${rendered}` : `${style.eol}${style.indent}${rendered}`
  const comma = commaAfter(text, previous.end, close)
  if (comma === undefined) {
    const end = endOfTrailingComment(text, previous.end)
    const content = `,${text.slice(previous.end, end)}${added}`
    return applyEdits(text, [{ offset: previous.end, length: end - previous.end, content }])
  }
  const offset = sharesLine ? comma + 1 : endOfTrailingComment(text, comma + 1)
  return applyEdits(text, [{ offset, length: 0, content: `${added},` }])
}

/** Returns how the entries of a file are written. */
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
    // Where a line is already longer, no formatter breaks it.
    width: largest(text.slice(open, close).split('\n').map(displayWidth), LINE_WIDTH),
  }
}

/** Returns the first indentation of a file outside block comments. */
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

/** Takes an entry out of `builtinPlugins`, with its comma and its own comment directly above it. */
export function removeBuiltinEntry(text: string, list: UnderstoodList, index: number): TextEdit[] {
  const keepsComment = headsSection(text, list.entries, index)
  return removeElement(text, { ...list, elements: list.entries }, { index, keepsComment })
}

/**
 * Tells whether the comment above an entry is about those below it as well: they are behind the same condition and the
 * one before is not, or they form a paragraph between blank lines.
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
 * Sets fields of all entries of a plugin, adding those that are missing, or removes them (`undefined`). The entries keep
 * their place and their conditions.
 * @throws when the file holds no array that can be edited
 */
export function setBuiltinFields(
  parse: TypeScriptParser,
  file: TextFile,
  { name, fieldsOf }: { name: string; fieldsOf: (entry: BuiltinEntry) => readonly FieldValue[] },
): string {
  return understoodList(parse, file).entries.reduce(
    (text, entry, index) =>
      entry.name === name
        ? fieldsOf(entry).reduce((edited, value) => {
            const object = understoodList(parse, { ...file, text: edited }).entries[index]?.object
            return object ? applyEdits(edited, setBuiltinProperty(edited, object, value)) : edited
          }, text)
        : text,
    file.text,
  )
}

/** A field of an entry and the value it should have; `undefined`: it should go. */
interface FieldValue {
  field: string
  value: unknown
}

/** Sets a field of an entry, adding it after the others where it is missing, or removes it (`undefined`). */
export function setBuiltinProperty(
  text: string,
  { open, close, properties }: BuiltinObject,
  { field, value }: FieldValue,
): TextEdit[] {
  const index = properties.findIndex(({ name }) => name === field)
  const property = properties[index]
  if (value === undefined)
    return property ? removeElement(text, { open, close, elements: properties }, { index }) : []
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
    const content = `${last ? ',' : ''} ${renderKey(field, style.quote)}: ${renderValue(value, style)}`
    return [{ offset: last?.end ?? open + 1, length: 0, content }]
  }
  const line = style.eol + renderProperty(field, value, style)
  if (comma !== undefined)
    return [{ offset: endOfTrailingComment(text, comma + 1), length: 0, content: `${line},` }]
  return [
    { offset: last.end, length: 0, content: ',' },
    { offset: endOfTrailingComment(text, last.end), length: 0, content: line },
  ].reduce<TextEdit[]>(joinTouching, [])
}

/** Joins two edits at the same offset into one, since their order would be undefined. */
function joinTouching(edits: TextEdit[], edit: TextEdit): TextEdit[] {
  const previous = edits.at(-1)
  return previous && previous.offset === edit.offset && previous.length === 0
    ? [...edits.slice(0, -1), { ...edit, content: previous.content + edit.content }]
    : [...edits, edit]
}

type UnderstoodList = Extract<BuiltinList, { understood: true }>

interface EntryStyle extends RenderStyle {
  /** Whether each present entry is on one line. */
  onOneLine: boolean
}

/** Returns an entry on one line, for a person to paste into the file. */
export function builtinEntryLine(text: string, manifest: Record<string, unknown>): string {
  return `${renderOnOneLine(manifest, quoteOf(text))},`
}

function renderEntry(manifest: Record<string, unknown>, style: EntryStyle, sharesLine: boolean): string {
  if (style.onOneLine) {
    const line = renderOnOneLine(manifest, style.quote)
    if (sharesLine || displayWidth(`${style.indent}${line},`) <= style.width) return line
  }
  return renderValue(manifest, style)
}
