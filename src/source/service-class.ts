import type { ClassDeclaration, ClassExpression, File, Node } from '@babel/types'
import { readActionSchema } from './service-schema.js'
import {
  type Call,
  environmentNames,
  forEachChild,
  forEachNode,
  type FunctionNode,
  type Invocation,
  isCall,
  isClass,
  isFunction,
  isMember,
  isNameOfMember,
  isProcessEnv,
  isThis,
  keyOf,
  type Member,
  mentionOf,
  sourceOf,
  unique,
} from '../formats/syntax-tree.js'
import { literalText, unwrap } from '../formats/typescript.js'
import { readFieldFaults } from './service-fields.js'
import type { Mention, Registration, ServiceSurface } from './surface.js'
import { append } from '../lib/lists.js'

/** The position of the walk through a class. */
interface Scope {
  conditional: boolean
  environment: readonly string[]
  /** The blocks around it, from the outside in, each by where it starts. */
  blocks: readonly number[]
  /** The bodies of the methods around it, which hold its variables. */
  bodies: readonly Node[]
  /** Whether the constructor gets here: what throws here makes it throw. */
  constructing: boolean
  /** Whether what is handed `this` here comes too late to register anything. */
  late: boolean
  /** Why what registers here has no effect, where that is certain: TcService has read all by then. */
  tooLate?: string
}

/** A variable's value, and which property of it where it was destructured. */
interface Variable {
  value: Node
  property?: string
}

interface ClassReading {
  surface: ServiceSurface
  text: string
  members: ReadonlyMap<string, Node>
  topLevel: ReadonlyMap<string, Variable>
  /** The variables of each method's body that was asked for. */
  variables: Map<Node, Map<string, Variable>>
  imports: ReadonlyMap<string, string>
  extendsService: boolean
  hasOwnLogger: boolean
  /** Methods on the way to where the walk stands, and all that it came through. */
  active: string[]
  reached: Set<string>
  /** Methods that are handlers of what is registered. */
  handlers: Set<string>
  /** The blocks around each registerLocalDb so far. */
  databases: (readonly number[])[]
  /** How many more calls of own methods are followed: a file can be made to call them without end. */
  remaining: number
}

/**
 * What the constructor of TcService calls before it hands moleculer what was registered, and what is called after that
 * (server/packages/sdk/src/services/base.ts).
 */
const ENTRIES = ['onInit', 'initBuiltin', 'buildHooks'] as const
const LATE_ENTRIES: Readonly<Record<string, string>> = {
  onInited: 'in onInited, when the service is registered already',
  onStart: 'in onStart, when the service is registered already',
  onStop: 'in onStop, when the service is registered already',
  constructor: 'in the constructor after super(), when the service is registered already',
}

/** What only counts before the service is handed to moleculer. */
const REGISTERED_ONCE = /^register(?:Action|AvailableAction|EventListener|LocalDb|Mixin)$/

/** Functions that run what they are given later. */
const DEFERRING = /^(?:then|catch|finally|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask)$/

/** Members of TcService that hold its schema or change it, apart from the methods for that. */
const SCHEMA_INTERNALS = /^(_actions|_events|_mixins|_methods|_settings|parseServiceSchema|applyMixins)$/
const SCHEMA_CHANGED = 'the schema is changed directly'

/** The text of any method that registers something. Most methods don't, and their trees are not read again. */
const MAY_REGISTER =
  /register|this\s*(?:as\b|!|\?|\[)|>\s*this\b|_(?:actions|events|mixins|methods|settings)\b|parseServiceSchema|applyMixins|createService/

/** Reads what a class of the SDK registers, in the order in which its constructor runs. */
export function readClass(
  { tree, definition, text }: { tree: File; definition: ClassDeclaration | ClassExpression; text: string },
  surface: ServiceSurface,
): void {
  const parent = definition.superClass && unwrap(definition.superClass)
  const reading: ClassReading = {
    surface,
    text,
    members: membersOf(definition),
    topLevel: topLevelVariables(tree),
    variables: new Map(),
    imports: importedModules(tree),
    extendsService:
      (parent?.type === 'Identifier' && parent.name === 'TcService') ||
      (parent?.type === 'MemberExpression' && keyOf(parent) === 'TcService'),
    hasOwnLogger: /\bthis\.logger\s*=[^=]/.test(text),
    active: [],
    reached: new Set(),
    handlers: new Set(),
    databases: [],
    remaining: 1000,
  }
  if (!reading.extendsService) surface.unknown.push('the class it extends is not followed')
  if (reading.members.has('constructor')) surface.unknown.push('it has a constructor of its own')
  readUnusedMethods(definition, reading)
  const scope: Scope = {
    conditional: false,
    environment: [],
    blocks: [],
    bodies: [],
    constructing: true,
    late: false,
  }
  for (const name of ENTRIES) readMember(reading, name, { ...scope, constructing: name === 'onInit' })
  for (const [name, tooLate] of Object.entries(LATE_ENTRIES))
    readMember(reading, name, { ...scope, constructing: false, tooLate })
  for (const [name, member] of reading.members)
    if (!reading.reached.has(name) && MAY_REGISTER.test(sourceOf(member, text)))
      readMember(reading, name, inUncalled(scope, member, whyWithoutEffect(reading, name)))
  // A registration that onInit reaches has an effect, even if a late method reaches it too.
  const counted = new Set(
    [...surface.actions, ...surface.events, ...surface.collections].map(({ offset }) => offset),
  )
  const isReadAgain = surface.unknown.includes(SCHEMA_CHANGED)
  surface.lateRegistrations = surface.lateRegistrations.filter(
    ({ offset }) => !isReadAgain && !counted.has(offset),
  )
  if (reading.extendsService) append(surface.fieldFaults, readFieldFaults(definition, text))
}

/** Returns why what a member without a known caller registers has no effect; `undefined` where it may have one. */
function whyWithoutEffect(reading: ClassReading, name: string): string | undefined {
  if (reading.handlers.has(name)) return `in the handler ${name}, when the service is registered already`
  return isMentioned(reading, name) ? undefined : `in ${name}, which nothing calls`
}

/** Returns the scope of a member without a known caller: it is unknown when it runs, if ever. */
function inUncalled(scope: Scope, member: Node, tooLate: string | undefined): Scope {
  return {
    ...scope,
    blocks: [member.start ?? 0],
    conditional: true,
    constructing: false,
    late: true,
    ...(tooLate !== undefined && { tooLate }),
  }
}

/** Whether a file names a member anywhere but where it is defined. */
function isMentioned({ text }: ClassReading, name: string): boolean {
  const escaped = name.replace(/[$#]/g, '\\$&')
  return new RegExp(`[.'"\`]${escaped}(?![\\w$])`).test(text)
}

/** Reads the body of one of the class's own members, as if it stood where it is called. */
function readMember(reading: ClassReading, name: string, scope: Scope): void {
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
  // What an async method throws is a promise that is rejected, which the SDK logs.
  const constructing = scope.constructing && !body.async
  const inner = { ...scope, bodies: [...scope.bodies, body.body], constructing }
  // What a method runs is run whenever it is called: its body is no block of its own.
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
      // It has a `this` of its own.
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
    const tests = mentionsReturn(reading, statement) ? testsOfReturn(statement) : undefined
    if (tests) current = behind(reading, current, tests)
    if (current.tooLate === undefined && alwaysAwaits(reading, statement))
      current = { ...current, tooLate: 'after an await, when the service is registered already' }
  }
}

/** A look at the text is much cheaper than one at the tree. */
function mentionsReturn(reading: ClassReading, statement: Node): boolean {
  return sourceOf(statement, reading.text).includes('return')
}

/** Whether a statement suspends its function whenever it runs. */
function alwaysAwaits(reading: ClassReading, statement: Node): boolean {
  if (statement.type !== 'ExpressionStatement' && statement.type !== 'VariableDeclaration') return false
  if (!sourceOf(statement, reading.text).includes('await')) return false
  let found = false
  forEachNode(
    statement,
    (node) => {
      found ||= node.type === 'AwaitExpression'
    },
    (node) =>
      isFunction(node) ||
      isClass(node) ||
      node.type === 'ConditionalExpression' ||
      node.type === 'LogicalExpression' ||
      node.type === 'OptionalCallExpression',
  )
  return found
}

/** The tests that decide whether a statement returns from its function; `undefined` when it never does. */
function testsOfReturn(statement: Node): Node[] | undefined {
  let found = false
  const tests: Node[] = []
  forEachNode(
    statement,
    (node) => {
      if (node.type === 'ReturnStatement') found = true
      if (node.type === 'IfStatement') tests.push(node.test)
    },
    (node) => isFunction(node) || isClass(node),
  )
  return found ? tests : undefined
}

function inBlock(scope: Scope, block: Node): Scope {
  return { ...scope, blocks: [...scope.blocks, block.start ?? 0] }
}

/** The scope behind a condition. */
function behind(reading: ClassReading, scope: Scope, tests: readonly Node[]): Scope {
  const names = tests.flatMap((test) => environmentBehind(reading, test, scope.bodies))
  const asksForLogger = tests.some((test) => /\blogger\b/.test(sourceOf(test, reading.text)))
  return {
    ...scope,
    conditional: true,
    environment: unique([...scope.environment, ...names]),
    constructing: scope.constructing && !asksForLogger,
  }
}

/** The environment variables that an expression reads, in itself and in the members and variables it names. */
function environmentBehind(reading: ClassReading, expression: Node, bodies: readonly Node[]): string[] {
  const names: string[] = []
  const seen = new Set<Node>()
  const pending: Variable[] = [{ value: expression }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (isProcessEnv(next.value) && next.property !== undefined) names.push(next.property)
    if (seen.has(next.value)) continue
    seen.add(next.value)
    forEachNode(next.value, (node, parent) => {
      if (isProcessEnv(node)) append(names, environmentNames(node, parent) ?? [])
      else if (isMember(node) && isThis(node.object)) {
        const member = reading.members.get(keyOf(node) ?? '')
        if (member) pending.push({ value: member })
      } else if (node.type === 'Identifier' && !isNameOfMember(node, parent)) {
        const variable = variableOf(reading, node.name, bodies)
        if (variable) pending.push(variable)
      }
    })
  }
  return names
}

/** What a name stands for in a method: a variable of its own, of one that calls it, or of the file. */
function variableOf(reading: ClassReading, name: string, bodies: readonly Node[]): Variable | undefined {
  for (const body of bodies) {
    const variables = reading.variables.get(body) ?? variablesIn(body)
    reading.variables.set(body, variables)
    const found = variables.get(name)
    if (found) return found
  }
  return reading.topLevel.get(name)
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

function inHandler(scope: Scope, argument: Node): Scope {
  return {
    ...scope,
    late: true,
    ...(isFunction(unwrap(argument)) && { tooLate: 'in a handler, when the service is registered already' }),
  }
}

function deferred(scope: Scope, name: string): Scope {
  return {
    ...scope,
    tooLate: scope.tooLate ?? `in what ${name} runs later, when the service is registered already`,
  }
}

/** Remembers a method that is given as it is, or with `bind`. */
function noteHandler(reading: ClassReading, argument: Node): void {
  let node = unwrap(argument)
  if (isCall(node) && isMember(node.callee) && keyOf(node.callee) === 'bind')
    node = unwrap(node.callee.object)
  const name = isMember(node) && isThis(node.object) ? keyOf(node) : undefined
  if (name !== undefined) reading.handlers.add(name)
}

/** Reads a call of one of TcService's own `registerX` (server/packages/sdk/src/services/base.ts). */
function readRegistration(
  reading: ClassReading,
  { method, node }: { method: string; node: Call },
  scope: Scope,
): boolean {
  const { surface, text } = reading
  const { conditional } = scope
  const environment = [...scope.environment]
  const registered = (argument: Node | undefined): Registration => ({
    ...mentionOf(argument, text, node),
    conditional,
    environment,
  })
  const [first, second, third] = node.arguments
  if (scope.tooLate !== undefined && reading.extendsService && REGISTERED_ONCE.test(method)) {
    surface.lateRegistrations.push({ ...nameOfLate(method, node, text), method, why: scope.tooLate })
    if (method === 'registerAvailableAction')
      surface.openRoutes.push({
        ...registered(first),
        name: '/available',
        literal: true,
        offset: node.start ?? 0,
      })
    return true
  }
  switch (method) {
    case 'registerAction':
      surface.actions.push({ ...registered(first), ...readActionSchema(third) })
      return true
    case 'registerAvailableAction': {
      const place = { literal: true, offset: node.start ?? 0, conditional, environment }
      surface.actions.push({ name: 'available', ...place, visibility: 'published', disableSocket: false })
      surface.openRoutes.push({ name: '/available', ...place })
      return true
    }
    case 'registerAuthWhitelist': {
      const list = first && unwrap(first)
      const paths = list?.type === 'ArrayExpression' ? list.elements : [first]
      append(
        surface.openRoutes,
        paths.map((path) => registered(path ?? undefined)),
      )
      return true
    }
    case 'registerLocalDb': {
      const path = modulePath(first, reading.imports)
      const repeated = reading.databases.some((blocks) =>
        blocks.every((block, depth) => scope.blocks[depth] === block),
      )
      reading.databases.push(scope.blocks)
      surface.collections.push({
        name: path ?? 'unknown',
        literal: path !== undefined,
        offset: node.start ?? 0,
        conditional,
        environment,
        repeated,
      })
      return true
    }
    case 'registerEventListener':
      surface.events.push(registered(first))
      return true
    case 'registerAfterActionHook':
      surface.hooks.push({ ...registered(first), callback: mentionOf(second, text, node).name })
      return true
    case 'registerMixin':
      surface.unknown.push('it has a mixin, which is not followed')
      return true
    case 'registerMethod':
    case 'registerSetting':
    case 'registerDbField':
      return true
    default:
      if (/^register[A-Z]/.test(method)) {
        surface.unknown.push(`\`this.${method}\` is not followed`)
        if (reading.extendsService)
          surface.unknownMethods.push({ name: method, literal: true, offset: node.start ?? 0 })
      }
      return false
  }
}

/** Returns what a late registration names, for the finding about it. */
function nameOfLate(method: string, node: Call, text: string): Mention {
  const isNamed = method === 'registerAction' || method === 'registerEventListener'
  return isNamed
    ? mentionOf(node.arguments[0], text, node)
    : {
        name: method === 'registerAvailableAction' ? 'available' : 'unknown',
        literal: false,
        offset: node.start ?? 0,
      }
}

/** The path in `require('./x').default`, or of the import that a name comes from. */
function modulePath(node: Node | undefined, imports: ReadonlyMap<string, string>): string | undefined {
  const value = node && unwrap(node)
  if (!value) return undefined
  if (isMember(value)) return modulePath(value.object, imports)
  if (value.type === 'Identifier') return imports.get(value.name)
  if (!isCall(value) || value.callee.type !== 'Identifier' || value.callee.name !== 'require')
    return undefined
  return literalText(value.arguments[0])
}

function membersOf(definition: ClassDeclaration | ClassExpression): Map<string, Node> {
  const members = new Map<string, Node>()
  for (const member of definition.body.body) {
    if ('static' in member && member.static) continue
    const name = keyOf(member)
    // Of a getter and its setter the getter is what is read.
    if (name !== undefined && !(member.type === 'ClassMethod' && member.kind === 'set'))
      members.set(name, member)
  }
  return members
}

/** The function of a method, or of a property that holds one. */
function functionOf(member: Node): FunctionNode | undefined {
  if (isFunction(member)) return member
  const value = 'value' in member && member.value ? unwrap(member.value as Node) : undefined
  return value && isFunction(value) ? value : undefined
}

function variablesIn(node: Node): Map<string, Variable> {
  const variables = new Map<string, Variable>()
  forEachNode(node, (each) => {
    if (each.type !== 'VariableDeclarator' || !each.init) return
    const value = unwrap(each.init)
    if (each.id.type === 'Identifier') variables.set(each.id.name, { value })
    if (each.id.type !== 'ObjectPattern') return
    for (const property of each.id.properties) {
      if (property.type !== 'ObjectProperty') continue
      const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value
      const name = keyOf(property)
      if (target.type === 'Identifier')
        variables.set(target.name, { value, ...(name !== undefined && { property: name }) })
    }
  })
  return variables
}

function topLevelVariables(tree: File): Map<string, Variable> {
  const variables = new Map<string, Variable>()
  for (const statement of tree.program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement
    if (declaration.type === 'FunctionDeclaration' && declaration.id)
      variables.set(declaration.id.name, { value: declaration })
    if (declaration.type === 'VariableDeclaration')
      for (const [name, variable] of variablesIn(declaration)) variables.set(name, variable)
  }
  return variables
}

/** The module that each imported name comes from; `import x = require('./x')` counts. */
function importedModules(tree: File): Map<string, string> {
  const modules = new Map<string, string>()
  for (const statement of tree.program.body) {
    if (statement.type === 'ImportDeclaration')
      for (const { local } of statement.specifiers) modules.set(local.name, statement.source.value)
    if (
      statement.type === 'TSImportEqualsDeclaration' &&
      statement.moduleReference.type === 'TSExternalModuleReference'
    )
      modules.set(statement.id.name, statement.moduleReference.expression.value)
  }
  return modules
}

/** `started` and `stopped`, which moleculer would call and TcService gives its own of (`onStart`, `onStop`). */
function readUnusedMethods(definition: ClassDeclaration | ClassExpression, reading: ClassReading): void {
  if (!reading.extendsService) return
  for (const member of definition.body.body) {
    const name = keyOf(member)
    if ((name !== 'started' && name !== 'stopped') || ('static' in member && member.static)) continue
    // The class may call it by itself.
    if (new RegExp(`\\bthis\\.${name}\\b`).test(reading.text)) continue
    const better = name === 'started' ? 'onStart' : 'onStop'
    const offset = ('key' in member && member.key.start) || 0
    reading.surface.unusedMethods.push({
      name,
      offset,
      fix: isRenamable(member) && !reading.members.has(better) ? renaming(member, offset, better) : undefined,
    })
  }
}

/** A field is set too late to be found; a private method can't stand for a protected one. */
function isRenamable(member: Node): boolean {
  if (member.type !== 'ClassMethod' || member.kind !== 'method' || member.key.type !== 'Identifier')
    return false
  const returns = member.returnType?.type === 'TSTypeAnnotation' && member.returnType.typeAnnotation.type
  return member.accessibility !== 'private' && returns !== 'TSVoidKeyword'
}

/** TcService's own methods are async, so one without a declared type has to be as well. */
function renaming(
  member: Node,
  offset: number,
  name: string,
): { offset: number; length: number; content: string } {
  const method = member as FunctionNode
  const content = method.async || method.returnType ? name : `async ${name}`
  return { offset, length: (name === 'onStart' ? 'started' : 'stopped').length, content }
}
