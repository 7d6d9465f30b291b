import type { Node } from '@babel/types'
import {
  forEachChild,
  type Invocation,
  isCall,
  isFunction,
  isMember,
  isThis,
  keyOf,
  type Member,
  sourceOf,
} from '../formats/syntax-tree.js'
import { unwrap } from '../formats/typescript.js'
import { functionOf } from './class-definition.js'
import { readRegistration } from './class-registrations.js'
import { after, behind, type ClassReading, deferred, inBlock, inHandler, type Scope } from './class-scope.js'

/** Functions that run what they are given later. */
const DEFERRING = /^(?:then|catch|finally|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask)$/

/** Members of TcService that hold its schema or change it, apart from the methods for that. */
const SCHEMA_INTERNALS = /^(_actions|_events|_mixins|_methods|_settings|parseServiceSchema|applyMixins)$/

export const SCHEMA_CHANGED = 'the schema is changed directly'

/** The text of any method that registers something. Most methods don't, and their trees are not read again. */
export const MAY_REGISTER =
  /register|this\s*(?:as\b|!|\?|\[)|>\s*this\b|_(?:actions|events|mixins|methods|settings)\b|parseServiceSchema|applyMixins|createService/

/** Reads the body of one of the class's own members, as if it stood where it is called. */
export function readMember(reading: ClassReading, name: string, scope: Scope): void {
  const member = reading.members.get(name)
  const body = member && functionOf(member)
  if (!body || reading.active.includes(name)) return
  // A member without a known caller is read once.
  if (scope.late && reading.reached.has(name)) return
  if (reading.remaining-- <= 0) {
    reading.surface.unknown.push('its methods call each other too often to follow')
    return
  }
  reading.reached.add(name)
  reading.active.push(name)
  // An exception in an async method becomes a rejected promise, which the SDK logs.
  const constructing = scope.constructing && !body.async
  const inner = { ...scope, bodies: [...scope.bodies, body.body], constructing }
  // A method's body runs whenever the method is called, so it is not a separate block.
  if (body.body.type === 'BlockStatement') readStatements(reading, body.body.body, inner)
  else readNode(reading, body.body, inner)
  reading.active.pop()
}

function readNode(reading: ClassReading, node: Node, scope: Scope): void {
  const into = (child: Node | null | undefined, inner: Scope = scope): void => {
    if (child) readNode(reading, child, inner)
  }
  switch (node.type) {
    case 'BlockStatement':
      readStatements(reading, node.body, inBlock(scope, node))
      return
    case 'IfStatement':
    case 'ConditionalExpression': {
      const inner = behind(reading, scope, [node.test])
      into(node.test)
      into(node.consequent, inBlock(inner, node.consequent))
      if (node.alternate) into(node.alternate, inBlock(inner, node.alternate))
      return
    }
    case 'LogicalExpression':
      into(node.left)
      into(node.right, inBlock(behind(reading, scope, [node.left]), node.right))
      return
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      forEachChild(node, (child) => into(child, inBlock(behind(reading, scope, []), node)))
      return
    case 'SwitchStatement': {
      into(node.discriminant)
      const inner = behind(reading, scope, [node.discriminant])
      for (const each of node.cases) readStatements(reading, each.consequent, inBlock(inner, each))
      return
    }
    case 'TryStatement':
      into(node.block, { ...scope, constructing: scope.constructing && !node.handler })
      if (node.handler) into(node.handler.body, inBlock(behind(reading, scope, []), node.handler))
      into(node.finalizer)
      return
    case 'ThrowStatement':
      if (scope.constructing) reading.surface.hazards.push({ kind: 'throw', offset: node.start ?? 0 })
      into(node.argument)
      return
    case 'VariableDeclarator':
      if (node.init && isThis(node.init) && node.id.type === 'Identifier')
        reading.surface.unknown.push('`this` is kept in a variable, which is not followed')
      into(node.init)
      return
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      readMemberAccess(reading, node, scope)
      forEachChild(node, into)
      return
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      readCall(reading, node, scope)
      return
    case 'ClassDeclaration':
    case 'ClassExpression':
      // It has its own `this`.
      return
    default:
      if (isFunction(node)) {
        const inner = { ...behind(reading, scope, []), constructing: false }
        into(node.body, inBlock(inner, node))
      } else forEachChild(node, into)
  }
}

function readStatements(reading: ClassReading, statements: readonly Node[], scope: Scope): void {
  let current = scope
  for (const statement of statements) {
    readNode(reading, statement, current)
    current = after(reading, current, statement)
  }
}

function readMemberAccess(reading: ClassReading, node: Member, scope: Scope): void {
  const { surface } = reading
  const object = unwrap(node.object)
  const name = keyOf(node)
  if (isThis(object)) {
    if (name === undefined && node.property.type !== 'PrivateName')
      surface.unknown.push('a member of the class is used by a computed name')
    if (name && SCHEMA_INTERNALS.test(name)) surface.unknown.push(SCHEMA_CHANGED)
    return
  }
  if (isMember(object) && keyOf(object) === 'broker' && (name === 'registry' || name === 'createService'))
    surface.unknown.push('services are changed through the broker')
  // The constructor makes the logger after onInit (server/packages/sdk/src/services/base.ts).
  const isLogger = isMember(object) && isThis(object.object) && keyOf(object) === 'logger'
  if (isLogger && !node.optional && scope.constructing && reading.extendsService && !ownsLogger(reading))
    surface.hazards.push({ kind: 'logger', offset: object.start ?? 0 })
}

function ownsLogger(reading: ClassReading): boolean {
  return reading.hasOwnLogger || reading.members.has('logger')
}

function readCall(reading: ClassReading, node: Invocation, scope: Scope): void {
  const callee = unwrap(node.callee)
  const onThis = isMember(callee) && isThis(callee.object)
  const name = isMember(callee) ? keyOf(callee) : undefined
  readNode(reading, callee, scope)
  if (onThis && name !== undefined && node.type !== 'NewExpression') {
    if (reading.members.has(name)) {
      for (const argument of node.arguments) readNode(reading, argument, scope)
      readMember(reading, name, scope)
      return
    }
    if (readRegistration(reading, { method: name, node }, scope)) {
      // Handlers run when the service has long been registered.
      for (const argument of node.arguments) {
        noteHandler(reading, argument)
        if (MAY_REGISTER.test(sourceOf(argument, reading.text)))
          readNode(reading, argument, inHandler(scope, argument))
      }
      return
    }
  }
  const handsThisOn = node.arguments.some(isThis)
  if (handsThisOn && !scope.late && name !== 'bind')
    reading.surface.unknown.push(`\`this\` is handed to ${sourceOf(callee, reading.text)}`)
  const called = name ?? (callee.type === 'Identifier' ? callee.name : '')
  for (const argument of node.arguments)
    readNode(
      reading,
      argument,
      DEFERRING.test(called) && isFunction(unwrap(argument)) ? deferred(scope, called) : scope,
    )
}

/** Remembers a method that is passed as a value, or with `bind`. */
function noteHandler(reading: ClassReading, argument: Node): void {
  let node = unwrap(argument)
  if (isCall(node) && isMember(node.callee) && keyOf(node.callee) === 'bind')
    node = unwrap(node.callee.object)
  const name = isMember(node) && isThis(node.object) ? keyOf(node) : undefined
  if (name !== undefined) reading.handlers.add(name)
}
