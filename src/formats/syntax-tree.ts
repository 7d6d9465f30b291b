import type {
  ArrowFunctionExpression,
  CallExpression,
  ClassMethod,
  ClassPrivateMethod,
  FunctionDeclaration,
  FunctionExpression,
  MemberExpression,
  NewExpression,
  Node,
  ObjectMethod,
  OptionalCallExpression,
  OptionalMemberExpression,
} from '@babel/types'
import { literalText, memberName, unwrap } from './typescript.js'

export type Member = MemberExpression | OptionalMemberExpression
export type Call = CallExpression | OptionalCallExpression
export type Invocation = Call | NewExpression
export type FunctionNode =
  | ArrowFunctionExpression
  | FunctionExpression
  | FunctionDeclaration
  | ObjectMethod
  | ClassMethod
  | ClassPrivateMethod

/** Keys of a node under which there is nothing that runs: places, comments and types. */
const NOT_CODE: ReadonlySet<string> = new Set([
  'loc',
  'extra',
  'errors',
  'comments',
  'tokens',
  'leadingComments',
  'innerComments',
  'trailingComments',
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'superTypeParameters',
  'superTypeArguments',
  'returnType',
  'implements',
])

/** Calls `visit` with each direct child of a node that is code. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration') return
  const fields = node as unknown as Record<string, unknown>
  for (const key of Object.keys(fields)) {
    const value = fields[key]
    if (typeof value !== 'object' || value === null || NOT_CODE.has(key)) continue
    if (!Array.isArray(value)) {
      if (isNode(value)) visit(value)
    } else for (const item of value) if (isNode(item)) visit(item)
  }
}

/**
 * Calls `visit` with a node and everything below it, each with its parent, in no particular order.
 * @param isBorder nodes into which it doesn't go; `root` is never one
 */
export function forEachNode(
  root: Node,
  visit: (node: Node, parent: Node | undefined) => void,
  isBorder: (node: Node) => boolean = () => false,
): void {
  visit(root, undefined)
  // A list instead of calls: a generated file may be nested deeper than the stack.
  const pending: Node[] = [root]
  for (let node = pending.pop(); node; node = pending.pop()) {
    const parent = node
    forEachChild(parent, (child) => {
      if (isBorder(child)) return
      visit(child, parent)
      pending.push(child)
    })
  }
}

export function isMember(node: Node): node is Member {
  return node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression'
}

export function isCall(node: Node): node is Call {
  return node.type === 'CallExpression' || node.type === 'OptionalCallExpression'
}

/** Whether a node is `this`, also under a cast. */
export function isThis(node: Node): boolean {
  return unwrap(node).type === 'ThisExpression'
}

export function isFunction(node: Node): node is FunctionNode {
  switch (node.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return true
    default:
      return false
  }
}

export function isClass(node: Node): boolean {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression'
}

/** The name of a property, a class member or a member access (`#name` for a private one); none when computed. */
export function keyOf(node: Node): string | undefined {
  const key = isMember(node) ? node.property : 'key' in node ? (node.key as Node) : undefined
  if (!key) return undefined
  if (key.type === 'PrivateName') return `#${key.id.name}`
  return memberName({ computed: 'computed' in node && node.computed === true, key })
}

/** Whether an identifier only names a member, as `name` in `x.name` and in `{ name: 1 }`. */
export function isNameOfMember(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false
  if (isMember(parent)) return parent.property === node && !parent.computed
  return 'key' in parent && parent.key === node && !('computed' in parent && parent.computed === true)
}

export function isProcessEnv(node: Node): boolean {
  return (
    isMember(node) &&
    node.object.type === 'Identifier' &&
    node.object.name === 'process' &&
    keyOf(node) === 'env'
  )
}

/**
 * The environment variables that are read where `process.env` stands, by what is around it; `undefined` where that
 * doesn't tell.
 */
export function environmentNames(processEnv: Node, parent: Node | undefined): string[] | undefined {
  if (parent && isMember(parent) && parent.object === processEnv) {
    const name = keyOf(parent)
    return name === undefined ? undefined : [name]
  }
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'ObjectPattern') return undefined
  const names: string[] = []
  for (const property of parent.id.properties) {
    const name = property.type === 'ObjectProperty' ? keyOf(property) : undefined
    if (name === undefined) return undefined
    names.push(name)
  }
  return names
}

/** The text of a node. */
export function sourceOf(node: Node, text: string): string {
  return text.slice(node.start ?? 0, node.end ?? 0)
}

/** What an argument names: a literal, the source of a template, or `unknown`. */
export function mentionOf(
  argument: Node | undefined,
  text: string,
  around: Node,
): { name: string; literal: boolean; offset: number } {
  const offset = argument?.start ?? around.start ?? 0
  const value = literalText(argument)
  if (value !== undefined) return { name: value, literal: true, offset }
  const node = argument && unwrap(argument)
  const name = node?.type === 'TemplateLiteral' ? sourceOf(node, text).slice(1, -1) : 'unknown'
  return { name, literal: false, offset }
}

/** Sorted, each once. */
export function unique(names: Iterable<string>): string[] {
  return [...new Set(names)].sort()
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
