import type { ArrayExpression, Expression, File, Node, ObjectExpression } from '@babel/types'
import type { TextFile } from '../lib/text.js'
import {
  literalText,
  memberName,
  parseTypeScript,
  type TypeScriptParser,
  unwrap,
} from '../formats/typescript.js'

/** The plugins that client/web/src/plugin/builtin.ts lists, with the offsets that editing them needs. */
export type BuiltinList =
  | {
      understood: true
      entries: BuiltinEntry[]
      /** Offsets of `[` and of `]`. */ open: number
      close: number
    }
  | { understood: false; reason: string }

export interface BuiltinEntry {
  /** `undefined` where the name is not a literal, or the entry is not an object at all (a spread, a variable). */
  name: string | undefined
  url: string | undefined
  /** Whether it is behind a condition, such as `flag && {…}`. */
  conditional: boolean
  /** Offsets of the whole array element: the condition is part of it. */
  start: number
  end: number
  /** Its object; `undefined` without one, or where that takes properties from elsewhere (a spread). */
  object: BuiltinObject | undefined
}

/** An object literal: the offsets of `{` and of `}`, and its properties in order. */
export interface BuiltinObject {
  open: number
  close: number
  properties: BuiltinProperty[]
}

interface BuiltinProperty {
  name: string
  /** `undefined` where only running the code can tell. */
  value: unknown
  /** Offsets of the whole property, without a comma. */
  start: number
  end: number
  /** Offset of its value, which ends where the property does. */
  valueStart: number
}

/** Finds the array that `builtinPlugins` holds, bare or in a call such as `_compact([…])` or `[…].filter(Boolean)`. */
export function readBuiltinList(parse: TypeScriptParser, file: TextFile): BuiltinList {
  // Parentheses are part of an entry: an edit next to its bare expression would land inside them.
  const withParentheses: TypeScriptParser = (text, options) =>
    parse(text, { ...options, createParenthesizedExpressions: true })
  const parsed = parseTypeScript(withParentheses, file)
  if ('problem' in parsed) {
    const { message, position } = parsed.problem
    return { understood: false, reason: `it does not parse: ${message} (line ${position.line})` }
  }
  const value = builtinPluginsValue(parsed.tree)
  if (!value) return { understood: false, reason: 'it declares no variable builtinPlugins' }
  const array = arrayIn(unwrap(value))
  if (!array)
    return { understood: false, reason: 'builtinPlugins is neither an array nor a call with an array' }
  return {
    understood: true,
    open: array.start ?? 0,
    close: (array.end ?? 1) - 1,
    entries: array.elements.flatMap((element) => (element ? [readEntry(element)] : [])),
  }
}

function builtinPluginsValue(tree: File): Expression | undefined {
  for (const statement of tree.program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations)
      if (id.type === 'Identifier' && id.name === 'builtinPlugins' && init) return init
  }
  return undefined
}

function arrayIn(node: Node): ArrayExpression | undefined {
  if (node.type === 'ArrayExpression') return node
  if (node.type !== 'CallExpression') return undefined
  const receiver = node.callee.type === 'MemberExpression' ? arrayIn(unwrap(node.callee.object)) : undefined
  const argument = node.arguments[0] && arrayIn(unwrap(node.arguments[0]))
  // Of two arrays, as in `[…].concat([…])`, neither is the whole list.
  return receiver && argument ? undefined : (receiver ?? argument)
}

function readEntry(element: NonNullable<ArrayExpression['elements'][number]>): BuiltinEntry {
  const bare = unwrap(element)
  const object = objectIn(bare)
  return {
    name: object && literalProperty(object, 'name'),
    url: object && literalProperty(object, 'url'),
    conditional: bare.type === 'LogicalExpression' || bare.type === 'ConditionalExpression',
    start: element.start ?? 0,
    end: element.end ?? 0,
    object: object && readObject(object),
  }
}

function readObject(object: ObjectExpression): BuiltinObject | undefined {
  const properties: BuiltinProperty[] = []
  for (const property of object.properties) {
    const name = property.type === 'SpreadElement' ? undefined : memberName(property)
    if (name === undefined) return undefined
    const value = property.type === 'ObjectProperty' ? property.value : property
    properties.push({
      name,
      value: literalValue(value),
      start: property.start ?? 0,
      end: property.end ?? 0,
      valueStart: value.start ?? 0,
    })
  }
  return { open: object.start ?? 0, close: (object.end ?? 1) - 1, properties }
}

function literalValue(node: Node): unknown {
  const bare = unwrap(node)
  if (bare.type === 'BooleanLiteral' || bare.type === 'NumericLiteral') return bare.value
  return bare.type === 'NullLiteral' ? null : literalText(bare)
}

function objectIn(node: Node): ObjectExpression | undefined {
  if (node.type === 'ObjectExpression') return node
  if (node.type === 'LogicalExpression') return objectIn(unwrap(node.right))
  if (node.type === 'ConditionalExpression')
    return objectIn(unwrap(node.consequent)) ?? objectIn(unwrap(node.alternate))
  return undefined
}

function literalProperty(object: ObjectExpression, name: string): string | undefined {
  for (const property of object.properties)
    if (property.type === 'ObjectProperty' && memberName(property) === name)
      return literalText(property.value)
  return undefined
}
