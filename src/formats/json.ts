import {
  findNodeAtLocation,
  type JSONPath,
  type Node,
  parseTree,
  type ParseError,
  printParseErrorCode,
} from 'jsonc-parser'
import { type Position, positionAt, type TextFile } from '../lib/text.js'

/** A JSON file: its text, and either its value or why it has none. */
export interface JsonFile extends TextFile {
  /** `undefined` when the text is not JSON. */
  value: unknown
  problem?: { message: string; position: Position }
}

/** Deeper than anybody nests JSON, and not so deep that what walks through it runs out of stack. */
const MAX_DEPTH = 1000

/** Whether a JSON text is nested deeper than is read; comments count as what they hold. */
export function jsonNestsTooDeep(text: string): boolean {
  if (text.length < 2 * MAX_DEPTH) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') inString = !inString
    else if (inString) at += Number(character === '\\')
    else if (character === '[' || character === '{') depth++
    else if (character === ']' || character === '}') depth--
    if (depth > MAX_DEPTH) return true
  }
  return false
}

/** Parses strict JSON, as `JSON.parse` does; a leading byte order mark is allowed, as Node's readers skip it. */
export function parseJson(file: TextFile): JsonFile {
  try {
    const value = JSON.parse(withoutBom(file.text)) as unknown
    if (!jsonNestsTooDeep(file.text)) return { ...file, value }
    const message = `nested more than ${MAX_DEPTH} deep`
    return { ...file, value: undefined, problem: { message, position: positionAt(file, 0) } }
  } catch {
    const errors: ParseError[] = []
    parseJsonTree(file, errors)
    const error = errors[0]
    const message = error ? spaced(printParseErrorCode(error.error)) : 'not valid JSON'
    return { ...file, value: undefined, problem: { message, position: positionAt(file, error?.offset ?? 0) } }
  }
}

/**
 * The syntax tree of a JSON file, as far as it can be read; the parser of the trees gives up on a text that is nested
 * without measure (JSON.parse does not).
 * @param errors gets the mistakes in the text
 */
export function parseJsonTree(file: TextFile, errors: ParseError[] = []): Node | undefined {
  try {
    return parseTree(withoutBom(file.text), errors, { disallowComments: true })
  } catch {
    return undefined
  }
}

const knownTrees = new WeakMap<TextFile, { root: Node | undefined }>()

/** The tree of a file for finding places in it; made once, since a file with one mistake often has more. */
function treeOf(file: TextFile): Node | undefined {
  const known = knownTrees.get(file) ?? { root: parseJsonTree(file) }
  knownTrees.set(file, known)
  return known.root
}

/** Where the value at `path` stands in the file; where it is missing, the nearest value around it. */
export function positionInJson(file: TextFile, path: JSONPath): Position {
  const root = treeOf(file)
  for (let length = path.length; root && length >= 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length))
    if (node) return positionAt(file, node.offset)
  }
  return positionAt(file, 0)
}

/** The keys that a file's outermost object gives more than once, each at every place but the first. */
export function repeatedKeys(file: JsonFile): { key: string; position: Position }[] {
  const keys = Object.keys(asObject(file.value) ?? {})
  // Making the tree is slow, and hardly ever needed: there are no fewer colons behind quotes than there are keys.
  if ((file.text.match(/"\s*:/g) ?? []).length === keys.length) return []
  const seen = new Set<string>()
  return (treeOf(file)?.children ?? []).flatMap((property) => {
    const [node] = property.children ?? []
    const key = String(node?.value)
    const again = seen.has(key)
    seen.add(key)
    return node && again ? [{ key, position: positionAt(file, node.offset) }] : []
  })
}

/** The value as an object, or `undefined` when it is anything else (an array and `null` included). */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

/** The string at `path` in a parsed JSON value, or `undefined` when there is none. */
export function stringAt(value: unknown, ...path: string[]): string | undefined {
  const found = path.reduce<unknown>((at, key) => ownValue(at, key), value)
  return typeof found === 'string' ? found : undefined
}

/** The value that an object itself has under `key`: never one that it inherits, such as `constructor`. */
export function ownValue(value: unknown, key: string): unknown {
  const object = asObject(value)
  return object && Object.hasOwn(object, key) ? object[key] : undefined
}

/** The same text with a byte order mark blanked out, so that offsets stay what they are in the file. */
export function withoutBom(text: string): string {
  return text.startsWith('\uFEFF') ? ' ' + text.slice(1) : text
}

function spaced(camelCase: string): string {
  return camelCase
    .replace(/([A-Z])/g, ' $1')
    .trim()
    .toLowerCase()
}
