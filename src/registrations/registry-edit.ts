import { type Node, parseTree } from 'jsonc-parser'
import { withoutBom } from '../formats/json.js'
import { applyEdits, indentAt, lineEndingOf, type TextEdit } from '../lib/text-edits.js'

/** The changes to a plugin registry file: the manifests to append, in this order, and the names to remove. */
interface RegistryChange {
  add: readonly Record<string, unknown>[]
  remove: readonly string[]
}

/**
 * Edits the text of client/web/registry.json. Entries that stay keep every byte; new ones go last, in the style
 * of the file.
 * @throws when the text is not a JSON array
 */
export function editRegistryJson(text: string, change: RegistryChange): string {
  const removed = change.remove.reduce(removeEntries, text)
  return change.add.reduce(appendEntry, removed)
}

/** The text that was parsed last: many edits of one text parse it once. */
let latest: { text: string; array: Node; entries: Node[] } | undefined

function entriesOf(text: string): { array: Node; entries: Node[] } {
  if (latest?.text === text) return latest
  const array = parseTree(withoutBom(text))
  if (array?.type !== 'array') throw new Error('the plugin registry is not a JSON array')
  latest = { text, array, entries: array.children ?? [] }
  return latest
}

function removeEntries(text: string, name: string): string {
  const index = entriesOf(text).entries.findIndex((entry) => nameOf(text, entry) === name)
  if (index === -1) return text
  return removeEntries(applyEdits(text, removeRegistryEntry(text, index)), name)
}

/**
 * Takes one entry out of the text of client/web/registry.json.
 * @throws when the text is not a JSON array
 */
export function removeRegistryEntry(text: string, index: number): TextEdit[] {
  const { array, entries } = entriesOf(text)
  const elements = entries
    .slice(Math.max(0, index - 1), index + 2)
    .map((entry) => ({ offset: entry.offset, end: endOf(entry) }))
  return removeElement(elements, Math.min(index, 1), { open: array.offset, close: endOf(array) - 1 })
}

/**
 * Sets a field of an entry, or removes it (`undefined`). A missing field is added after the field `after`, or last.
 * @throws when the text is not a JSON array
 */
export function setRegistryField(
  text: string,
  index: number,
  { field, value, after }: { field: string; value: unknown; after?: string | undefined },
): TextEdit[] {
  const entry = entriesOf(text).entries[index]
  if (entry?.type !== 'object') return []
  const properties = propertiesOf(text, entry)
  const at = properties.findLastIndex(({ key }) => key === field)
  const property = properties[at]
  if (value === undefined)
    return property ? removeElement(properties, at, { open: entry.offset, close: endOf(entry) - 1 }) : []
  const style = styleOf(text, entry)
  if (property) {
    const content = renderValue(value, style)
    return [{ offset: property.valueStart, length: property.end - property.valueStart, content }]
  }
  const previous = properties.find(({ key }) => key === after) ?? properties.at(-1)
  const content = renderProperty(field, value, style)
  if (!previous)
    return [{ offset: entry.offset, length: entry.length, content: style.open + content + style.close }]
  return [{ offset: previous.end, length: 0, content: style.separator + content }]
}

/**
 * Makes an entry equal to the manifest: equal fields keep their bytes, present ones keep their order, and new ones go
 * where the manifest has them.
 * @throws when the text is not a JSON array
 */
export function replaceRegistryEntry(
  text: string,
  index: number,
  manifest: Readonly<Record<string, unknown>>,
): string {
  const entry = entriesOf(text).entries[index]
  if (!entry) return text
  if (entry.type !== 'object')
    return applyEdits(text, [
      { offset: entry.offset, length: entry.length, content: renderEntry(manifest, styleOf(text, entry)) },
    ])
  const present = propertiesOf(text, entry)
  const keys = Object.keys(manifest)
  const wanted = Object.entries(manifest).map(([field, value], at) => ({ field, value, after: keys[at - 1] }))
  const different = wanted.filter(({ field, value }) => {
    const here = present.findLast(({ key }) => key === field)
    return !here || JSON.stringify(here.value) !== JSON.stringify(value)
  })
  const set = different.reduce(
    (edited, change) => applyEdits(edited, setRegistryField(edited, index, change)),
    text,
  )
  return present
    .filter(({ key }) => !keys.includes(key))
    .reduce(
      (edited, { key: field }) =>
        applyEdits(edited, setRegistryField(edited, index, { field, value: undefined })),
      set,
    )
}

/** Returns an entry on one line, for a person to paste into the file. */
export function registryEntryLine(manifest: Readonly<Record<string, unknown>>): string {
  return renderEntry(manifest, ONE_LINE)
}

function appendEntry(text: string, manifest: Record<string, unknown>): string {
  const { array, entries } = entriesOf(text)
  const last = entries.at(-1)
  if (!last) {
    const eol = lineEndingOf(text)
    const indent = indentAt(text, array.offset)
    const style = linesStyle(eol, `${indent}  `, '  ')
    const content = `${eol}${indent}  ${renderEntry(manifest, style)}${eol}${indent}`
    return applyEdits(text, [{ offset: array.offset + 1, length: endOf(array) - array.offset - 2, content }])
  }
  // The space between the last two entries, or before a single one, goes before the new one too.
  const previous = entries.at(-2)
  const gap = previous
    ? text.slice(endOf(previous), last.offset)
    : ',' + text.slice(array.offset + 1, last.offset)
  const content = gap + renderEntry(manifest, styleOf(text, last))
  return applyEdits(text, [{ offset: endOf(last), length: 0, content }])
}

/** A field of an entry, with its offsets in the text. */
interface Property {
  key: string
  value: unknown
  offset: number
  end: number
  keyEnd: number
  valueStart: number
}

function propertiesOf(text: string, entry: Node): Property[] {
  return (entry.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value
      ? {
          key: String(key.value),
          value: JSON.parse(text.slice(value.offset, endOf(value))) as unknown,
          offset: key.offset,
          end: endOf(value),
          keyEnd: endOf(key),
          valueStart: value.offset,
        }
      : [],
  )
}

/** Takes one element out of a list, with the comma before it: exactly the text that appending it adds. */
function removeElement(
  elements: readonly { offset: number; end: number }[],
  index: number,
  { open, close }: { open: number; close: number },
): TextEdit[] {
  const [previous, element, next] = [elements[index - 1], elements[index], elements[index + 1]]
  if (!element) return []
  const [start, end] = previous
    ? [previous.end, element.end]
    : next
      ? [element.offset, next.offset]
      : [open + 1, close]
  return [{ offset: start, length: end - start, content: '' }]
}

/** How an entry is written. */
interface EntryStyle {
  /** The text from the brace to the first field, between two fields, and from the last one to the brace. */
  open: string
  separator: string
  close: string
  /** Returns the text between a key and its value. */
  colon: (key: string) => string
  /** Returns the column, counted from the brace, where the field at an index begins; `undefined`: directly after the others. */
  column: (index: number, key: string) => number | undefined
  /** How objects and arrays are written: on several lines with this indentation, or on one line. */
  value: { eol: string; indent: string; unit: string } | { spaced: boolean }
}

const ONE_LINE: EntryStyle = {
  open: '{ ',
  separator: ', ',
  close: ' }',
  colon: () => ': ',
  column: () => undefined,
  value: { spaced: true },
}

function linesStyle(eol: string, indent: string, unit: string): EntryStyle {
  return {
    open: `{${eol}${indent}${unit}`,
    separator: `,${eol}${indent}${unit}`,
    close: `${eol}${indent}}`,
    colon: () => ': ',
    column: () => undefined,
    value: { eol, indent: indent + unit, unit },
  }
}

/** Returns the style of an existing entry. */
function styleOf(text: string, entry: Node): EntryStyle {
  const example = text.slice(entry.offset, endOf(entry))
  const properties = entry.type === 'object' ? propertiesOf(text, entry) : []
  if (example.includes('\n'))
    return {
      ...linesStyle(lineEndingOf(text), indentAt(text, entry.offset), indentUnit(text, entry)),
      colon: colonsOf(text, properties, true),
    }
  if (properties.length === 0) return ONE_LINE
  const spaced = /"\s*:\s/.test(example)
  const inner = /^\{\s/.test(example) ? ' ' : ''
  const isInColumns = properties.some(({ end }, index) => {
    const next = properties[index + 1]
    return next !== undefined && /,\s{2,}$/.test(text.slice(end, next.offset))
  })
  return {
    open: `{${spaced ? inner : ''}`,
    separator: spaced ? ', ' : ',',
    close: `${spaced ? inner : ''}}`,
    colon: colonsOf(text, properties, false),
    column: (index, key) =>
      isInColumns && properties[index]?.key === key ? properties[index].offset - entry.offset : undefined,
    value: { spaced },
  }
}

/** Returns the text between keys and values: each key keeps its own, and values aligned in a column stay aligned. */
function colonsOf(text: string, properties: readonly Property[], inLines: boolean): EntryStyle['colon'] {
  const colons = new Map(
    properties.map(({ key, keyEnd, valueStart }) => [
      key,
      text.slice(keyEnd, valueStart).replace(/\s+/g, (space) => (space.includes('\n') ? ' ' : space)),
    ]),
  )
  const columns = new Set(properties.map(({ offset, valueStart }) => valueStart - offset))
  const lengths = new Set(properties.map(({ offset, keyEnd }) => keyEnd - offset))
  const usual = [...colons.values()].at(-1) ?? ': '
  const [column = 0] = columns
  if (!inLines || columns.size !== 1 || lengths.size < 2) return (key) => colons.get(key) ?? usual
  return (key) => {
    const room = Math.max(column - JSON.stringify(key).length, usual.trim().length + 1)
    return usual.startsWith(':') ? ':'.padEnd(room) : ': '.padStart(room)
  }
}

function renderEntry(manifest: Readonly<Record<string, unknown>>, style: EntryStyle): string {
  const fields = Object.entries(manifest)
  if (fields.length === 0) return '{}'
  const [first, ...others] = fields.map(([key, value]) => ({ key, text: renderProperty(key, value, style) }))
  return (
    others.reduce(
      (line, { key, text }, index) =>
        (line + style.separator).padEnd(style.column(index + 1, key) ?? 0) + text,
      style.open + (first?.text ?? ''),
    ) + style.close
  )
}

function renderProperty(key: string, value: unknown, style: EntryStyle): string {
  return JSON.stringify(key) + style.colon(key) + renderValue(value, style)
}

function renderValue(value: unknown, { value: style }: EntryStyle): string {
  if ('unit' in style)
    return JSON.stringify(value, null, style.unit).replaceAll('\n', style.eol + style.indent)
  return style.spaced ? JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ') : JSON.stringify(value)
}

/** How much deeper an entry's fields stand than the entry itself. */
function indentUnit(text: string, entry: Node): string {
  const property = entry.children?.[0]
  if (!property) return '  '
  const outer = indentAt(text, entry.offset)
  const inner = indentAt(text, property.offset)
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  '
}

function nameOf(text: string, entry: Node): string | undefined {
  if (entry.type !== 'object') return undefined
  const name = propertiesOf(text, entry).findLast(({ key }) => key === 'name')?.value
  return typeof name === 'string' ? name : undefined
}

function endOf(node: Node): number {
  return node.offset + node.length
}
