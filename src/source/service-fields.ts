import type { ClassDeclaration, ClassExpression, ClassProperty, Node } from '@babel/types'
import {
  forEachChild,
  forEachNode,
  isCall,
  isClass,
  isFunction,
  isMember,
  isThis,
  keyOf,
  sourceOf,
} from '../formats/syntax-tree.js'
import { literalText, unwrap } from '../formats/typescript.js'
import type { FieldFault } from './surface.js'

/**
 * What TcService's constructor runs before the class's own fields are there, in this order
 * (server/packages/sdk/src/services/base.ts): fields are defined when `super()` has returned.
 */
const CONSTRUCTION = ['onInit', 'initBuiltin', 'serviceName', 'buildHooks', 'onInited'] as const

/** Methods that moleculer or TcService look up while the service is constructed, before there are fields. */
const LIFECYCLE: ReadonlySet<string> = new Set([
  'onInit',
  'onInited',
  'onStart',
  'onStop',
  'initBuiltin',
  'buildHooks',
])

/** What the constructors of moleculer's Service, of its database mixin and of TcService set, and calls need. */
const SET_BY_SERVICE: ReadonlySet<string> = new Set([
  'broker',
  'logger',
  'actions',
  'schema',
  'settings',
  'adapter',
  'globalConfig',
])

/** Which argument of a registration is the function that runs later. */
const HANDLER_ARGUMENT: ReadonlyMap<string, number> = new Map([
  ['registerAction', 1],
  ['registerEventListener', 1],
  ['registerAvailableAction', 0],
])

interface Field {
  node: Node
  value: Node | undefined
  isPrivate: boolean
}

interface FieldReading {
  text: string
  fields: ReadonlyMap<string, Field>
  methods: ReadonlyMap<string, Node>
  faults: FieldFault[]
  /** Accesses of members that the constructor makes. */
  early: Set<Node>
  /** What it sets, with where. */
  set: Map<string, { offset: number; value: string | undefined }>
  /** Fields of which a fault is known, each of them once. */
  said: Set<string>
  active: string[]
  remaining: number
}

/** The position of the walk: the node that uses a node's value, and the offset after which its function is suspended. */
interface WalkPosition {
  parent: Node | undefined
  suspendedAt: number
}

/**
 * Finds fields that the constructor of a class that extends TcService uses before they are there. A field is reset by
 * its definition after `onInit` has set it, and has no value yet while `onInit` runs.
 */
export function readFieldFaults(definition: ClassDeclaration | ClassExpression, text: string): FieldFault[] {
  const reading = newReading(definition, text)
  if (reading.fields.size === 0) return []
  for (const [name, { node, value }] of reading.fields) {
    const offset = ('key' in node && (node.key as Node).start) || 0
    if (value && LIFECYCLE.has(name)) say(reading, { kind: 'lifecycle', name, offset })
  }
  for (const name of CONSTRUCTION) enter(reading, name)
  const names = [...reading.fields.keys()]
  // Looking at the whole class once more is only worth it where it decides something.
  if (!names.some((name) => reading.set.has(name) || SET_BY_SERVICE.has(name))) return reading.faults
  const later = laterUses(definition, reading)
  // What sets all members at once may set any of them.
  if (later.setsAll) return reading.faults
  for (const [name, { offset, value }] of reading.set) {
    const field = reading.fields.get(name)
    if (!field || field.isPrivate || later.set.has(name) || !later.read.has(name)) continue
    const initial = field.value ? sourceOf(field.value, text) : 'undefined'
    if (value !== initial)
      say(reading, { kind: 'reset', name, offset, ...(!field.value && withoutValue(field.node)) })
  }
  for (const [name, { node, value }] of reading.fields)
    if (!value && SET_BY_SERVICE.has(name) && !later.set.has(name))
      say(reading, {
        kind: 'redeclared',
        name,
        offset: ('key' in node && (node.key as Node).start) || 0,
        ...withoutValue(node),
      })
  return reading.faults.sort((a, b) => a.offset - b.offset)
}

function newReading(definition: ClassDeclaration | ClassExpression, text: string): FieldReading {
  const fields = new Map<string, Field>()
  const methods = new Map<string, Node>()
  for (const member of definition.body.body) {
    if ('static' in member && member.static) continue
    const name = keyOf(member)
    if (name === undefined) continue
    switch (member.type) {
      case 'ClassProperty':
        // Neither is anything after compiling.
        if (!member.declare && !member.abstract)
          fields.set(name, { node: member, value: member.value ?? undefined, isPrivate: false })
        break
      case 'ClassPrivateProperty':
      case 'ClassPrivateMethod':
      case 'ClassAccessorProperty':
        fields.set(name, { node: member, value: undefined, isPrivate: true })
        break
      case 'ClassMethod':
        if (member.kind !== 'set') methods.set(name, member)
        break
      default:
    }
  }
  return {
    text,
    fields,
    methods,
    faults: [],
    early: new Set(),
    set: new Map(),
    said: new Set(),
    active: [],
    remaining: 1000,
  }
}

function say(reading: FieldReading, fault: FieldFault): void {
  // A handler is a mistake in each place; any other is one of the field.
  if (fault.kind !== 'handler') {
    if (reading.said.has(fault.name)) return
    reading.said.add(fault.name)
  }
  reading.faults.push(fault)
}

/** A field without a value does harm only where the compiler defines such fields, and is mended by `declare`. */
function withoutValue(node: Node): Pick<FieldFault, 'isDefinedOnly' | 'fix'> {
  const { key, definite, override } = node as ClassProperty
  return {
    isDefinedOnly: true,
    // TypeScript takes neither `override declare x` nor `declare x!`.
    ...(!definite && !override && { fix: { offset: key.start ?? 0, length: 0, content: 'declare ' } }),
  }
}

/** Walks the body of a method that runs now. */
function enter(reading: FieldReading, name: string): void {
  const method = reading.methods.get(name)
  if (!method || !isFunction(method) || method.generator || reading.active.includes(name)) return
  if (reading.remaining-- <= 0) return
  reading.active.push(name)
  walk(reading, method.body, { parent: method, suspendedAt: suspensionOf(method) })
  reading.active.pop()
}

/** The end of the first `await` of an async function: what comes after it runs when there are fields. */
function suspensionOf(method: Node): number {
  let first = Infinity
  if (isFunction(method) && method.async)
    forEachNode(
      method.body,
      (node) => {
        if (node.type === 'AwaitExpression') first = Math.min(first, node.end ?? 0)
        if (node.type === 'ForOfStatement' && node.await) first = Math.min(first, node.right.end ?? 0)
      },
      (node) => isFunction(node) || isClass(node),
    )
  return first
}

function walk(reading: FieldReading, node: Node, position: WalkPosition): void {
  // Another function runs at another time, if ever; another class has a `this` of its own.
  if (isFunction(node) || isClass(node) || (node.start ?? 0) >= position.suspendedAt) return
  const into = (child: Node | null | undefined, parent: Node = node): void => {
    if (child) walk(reading, child, { ...position, parent })
  }
  switch (node.type) {
    case 'AssignmentExpression': {
      const target = unwrap(node.left)
      if (!isMember(target) || !isThis(target.object)) break
      if (node.operator !== '=') into(target)
      into(node.right)
      const isLate = (node.end ?? 0) >= position.suspendedAt
      if (!isLate)
        assign(reading, target, node.operator === '=' ? sourceOf(node.right, reading.text) : undefined)
      return
    }
    case 'VariableDeclarator':
      if (node.init && isThis(node.init) && node.id.type === 'ObjectPattern')
        for (const property of node.id.properties) {
          const name = property.type === 'ObjectProperty' ? keyOf(property) : undefined
          if (name !== undefined) read(reading, name, { node: property, parent: undefined })
        }
      break
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const name = keyOf(node)
      if (!isThis(node.object) || name === undefined) break
      reading.early.add(node)
      read(reading, name, { node, parent: position.parent })
      return
    }
    case 'CallExpression':
    case 'OptionalCallExpression': {
      const callee = unwrap(node.callee)
      const called = isMember(callee) && isThis(callee.object) ? keyOf(callee) : undefined
      into(node.callee)
      const handler = HANDLER_ARGUMENT.get(called ?? '')
      node.arguments.forEach((argument, index) => {
        if (
          index !== handler ||
          !readHandler(reading, { method: called ?? '', registered: node.arguments[0], argument })
        )
          into(argument)
      })
      // What is awaited runs up to its own first `await`, at once.
      if (called !== undefined) enter(reading, called)
      return
    }
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      into(node.expression, position.parent)
      return
    default:
  }
  forEachChild(node, (child) => into(child))
}

function assign(reading: FieldReading, target: Node, value: string | undefined): void {
  const name = keyOf(target)
  if (name === undefined) return
  reading.early.add(target)
  if (reading.fields.get(name)?.isPrivate) say(reading, { kind: 'private', name, offset: target.start ?? 0 })
  const known = reading.set.get(name)
  reading.set.set(name, { offset: known?.offset ?? target.start ?? 0, value })
}

function read(
  reading: FieldReading,
  name: string,
  { node, parent }: { node: Node; parent: Node | undefined },
): void {
  const field = reading.fields.get(name)
  if (!field || reading.set.has(name)) return
  const offset = node.start ?? 0
  if (field.isPrivate) say(reading, { kind: 'private', name, offset })
  else if (field.value && !isHarmless(field.value, node, parent))
    say(reading, { kind: 'too-early', name, offset, ...(isFatal(node, parent) && { isFatal: true }) })
}

/** Whether `undefined` and the value that the field gets come to the same here. */
function isHarmless(value: Node, node: Node, parent: Node | undefined): boolean {
  const bare = unwrap(value)
  const isNothing =
    bare.type === 'NullLiteral' ||
    (bare.type === 'Identifier' && bare.name === 'undefined') ||
    (bare.type === 'BooleanLiteral' && !bare.value)
  if (isNothing) return true
  if (parent?.type === 'UnaryExpression' && parent.operator === 'typeof') return true
  const isFalsy = (bare.type === 'NumericLiteral' && bare.value === 0) || literalText(bare) === ''
  return (
    isFalsy &&
    ((parent?.type === 'UnaryExpression' && parent.operator === '!') ||
      parent?.type === 'LogicalExpression' ||
      ((parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === node))
  )
}

/** Whether `undefined` makes the constructor throw here: a member of it, a call. */
function isFatal(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false
  if (isMember(parent)) return parent.object === node && !parent.optional
  return (isCall(parent) && !parent.optional) || parent.type === 'NewExpression'
    ? parent.callee === node
    : false
}

/** Whether an argument is a member of the class, and nothing else. */
function readHandler(
  reading: FieldReading,
  { method, registered, argument }: { method: string; registered: Node | undefined; argument: Node },
): boolean {
  const bare = unwrap(argument)
  const name = isMember(bare) && isThis(bare.object) ? keyOf(bare) : undefined
  const field = name === undefined ? undefined : reading.fields.get(name)
  if (name === undefined || !field || field.isPrivate) return false
  reading.early.add(bare)
  if (reading.set.has(name)) return true
  const what = method === 'registerAvailableAction' ? 'available' : (literalText(registered) ?? '')
  say(reading, { kind: 'handler', name, offset: bare.start ?? 0, registered: what, method })
  return true
}

/** What the rest of the class does with its members, by name. */
function laterUses(
  definition: ClassDeclaration | ClassExpression,
  { early }: FieldReading,
): { set: Set<string>; read: Set<string>; setsAll: boolean } {
  const set = new Set<string>()
  const used = new Set<string>()
  let setsAll = false
  const targets = new Set<Node>()
  const target = (node: Node): void => {
    if (!isMember(node)) return
    targets.add(node)
    if (early.has(node)) return
    const name = keyOf(node)
    if (name === undefined) setsAll ||= isThis(node.object)
    else set.add(name)
  }
  forEachNode(definition.body, (node) => {
    if (node.type === 'AssignmentExpression') {
      const left = unwrap(node.left)
      // A variable that stands for the service may be what is set here: any object counts.
      if (isMember(left)) target(left)
      else if (left.type === 'ArrayPattern' || left.type === 'ObjectPattern') forEachNode(left, target)
    }
    if (isCall(node) && /^(?:assign|definePropert(?:y|ies))$/.test(keyOf(unwrap(node.callee)) ?? ''))
      setsAll ||= node.arguments[0] !== undefined && isThis(node.arguments[0])
  })
  forEachNode(definition.body, (node) => {
    if (isMember(node) && !early.has(node) && !targets.has(node)) used.add(keyOf(node) ?? '')
    if (node.type === 'ObjectPattern')
      for (const property of node.properties)
        if (property.type === 'ObjectProperty') used.add(keyOf(property) ?? '')
  })
  return { set, read: used, setsAll }
}
