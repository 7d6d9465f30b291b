import { type Node, parseTree } from 'jsonc-parser'
import { ownValue, withoutBom } from '../workspace/json.js'
import { applyEdits, indentAt, lineEndingOf, type TextEdit } from './text-edits.js'

/** What to do to a plugin registry file: the manifests to append, in this order, and the names to take out. */
export interface RegistryChange {
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

function entriesOf(text: string): { array: Node; entries: Node[] } {
  const array = parseTree(withoutBom(text))
  if (array?.type !== 'array') throw new Error('the plugin registry is not a JSON array')
  return { array, entries: array.children ?? [] }
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
  const entry = entries[index]
  if (!entry) return []
  const previous = entries[index - 1]
  const next = entries[index + 1]
  // The comma that goes is the one before the entry: the mirror image of what appending adds.
  const [start, end] = previous
    ? [endOf(previous), endOf(entry)]
    : next
      ? [entry.offset, next.offset]
      : [array.offset + 1, endOf(array) - 1]
  return [{ offset: start, length: end - start, content: '' }]
}

function appendEntry(text: string, manifest: Record<string, unknown>): string {
  const { array, entries } = entriesOf(text)
  const eol = lineEndingOf(text)
  const last = entries.at(-1)
  if (!last) {
    const indent = indentAt(text, array.offset)
    const content = `${eol}${indent}  ${render(manifest, eol, `${indent}  `, '  ')}${eol}${indent}`
    return applyEdits(text, [{ offset: array.offset + 1, length: endOf(array) - array.offset - 2, content }])
  }
  // What stands between the last two entries, or before a single one, stands before the new one too.
  const previous = entries.at(-2)
  const gap = previous
    ? text.slice(endOf(previous), last.offset)
    : ',' + text.slice(array.offset + 1, last.offset)
  const lastText = text.slice(last.offset, endOf(last))
  const rendered = lastText.includes('\n')
    ? render(manifest, eol, indentAt(text, last.offset), indentUnit(text, last))
    : renderOnOneLine(manifest, lastText)
  return applyEdits(text, [{ offset: endOf(last), length: 0, content: gap + rendered }])
}

function render(manifest: unknown, eol: string, indent: string, unit: string): string {
  return JSON.stringify(manifest, null, unit).replaceAll('\n', eol + indent)
}

function renderOnOneLine(manifest: unknown, example: string): string {
  if (!/"\s*:\s/.test(example)) return JSON.stringify(manifest)
  const spaced = JSON.stringify(manifest, null, 1).replace(/\n\s*/g, ' ')
  return /^\{\s/.test(example) ? spaced : spaced.replace(/^\{ /, '{').replace(/ \}$/, '}')
}

/** How much deeper an entry's properties stand than the entry itself. */
function indentUnit(text: string, entry: Node): string {
  const property = entry.children?.[0]
  if (!property) return '  '
  const outer = indentAt(text, entry.offset)
  const inner = indentAt(text, property.offset)
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  '
}

function nameOf(text: string, entry: Node): string | undefined {
  if (entry.type !== 'object') return undefined
  const name = ownValue(JSON.parse(text.slice(entry.offset, endOf(entry))), 'name')
  return typeof name === 'string' ? name : undefined
}

function endOf(node: Node): number {
  return node.offset + node.length
}
