import type { Node } from '@babel/types'
import {
  environmentNames,
  forEachNode,
  isClass,
  isFunction,
  isMember,
  isNameOfMember,
  isProcessEnv,
  isThis,
  keyOf,
  sourceOf,
  unique,
} from '../formats/syntax-tree.js'
import { unwrap } from '../formats/typescript.js'
import { append } from '../lib/lists.js'
import { type Variable, variablesIn } from './class-definition.js'
import type { ServiceSurface } from './surface.js'

/** The position of the walk through a class. */
export interface Scope {
  conditional: boolean
  environment: readonly string[]
  /** The blocks around it, from the outside in, each by where it starts. */
  blocks: readonly number[]
  /** The bodies of the methods around it, which hold its variables. */
  bodies: readonly Node[]
  /** Whether the constructor runs this code: an exception here makes it throw. */
  constructing: boolean
  /** Whether code that gets `this` here runs too late to register anything. */
  late: boolean
  /** Why a registration here has no effect, where that is certain: TcService has read everything by then. */
  tooLate?: string
}

export interface ClassReading {
  surface: ServiceSurface
  text: string
  members: ReadonlyMap<string, Node>
  topLevel: ReadonlyMap<string, Variable>
  /** The variables of each method's body, cached. */
  variables: Map<Node, Map<string, Variable>>
  imports: ReadonlyMap<string, string>
  extendsService: boolean
  hasOwnLogger: boolean
  /** The methods on the call path to the current position, and all methods that were read. */
  active: string[]
  reached: Set<string>
  /** Methods that are registered as handlers. */
  handlers: Set<string>
  /** The blocks around each registerLocalDb so far. */
  databases: (readonly number[])[]
  /** How many more calls of the class's own methods are followed: a hostile file could call them without end. */
  remaining: number
}

/** Returns the scope inside a block. */
export function inBlock(scope: Scope, block: Node): Scope {
  return { ...scope, blocks: [...scope.blocks, block.start ?? 0] }
}

/** Returns the scope behind a condition. */
export function behind(reading: ClassReading, scope: Scope, tests: readonly Node[]): Scope {
  const names = tests.flatMap((test) => environmentBehind(reading, test, scope.bodies))
  const asksForLogger = tests.some((test) => /\blogger\b/.test(sourceOf(test, reading.text)))
  return {
    ...scope,
    conditional: true,
    environment: unique([...scope.environment, ...names]),
    constructing: scope.constructing && !asksForLogger,
  }
}

/** Returns the scope of a member without a known caller: it is unknown when it runs, if ever. */
export function inUncalled(scope: Scope, member: Node, tooLate: string | undefined): Scope {
  return {
    ...scope,
    blocks: [member.start ?? 0],
    conditional: true,
    constructing: false,
    late: true,
    ...(tooLate !== undefined && { tooLate }),
  }
}

/** Returns the scope inside an argument of a registration, which runs when the service is registered. */
export function inHandler(scope: Scope, argument: Node): Scope {
  return {
    ...scope,
    late: true,
    ...(isFunction(unwrap(argument)) && { tooLate: 'in a handler, when the service is registered already' }),
  }
}

/** Returns the scope inside a function that another function runs later. */
export function deferred(scope: Scope, name: string): Scope {
  return {
    ...scope,
    tooLate: scope.tooLate ?? `in what ${name} runs later, when the service is registered already`,
  }
}

/** Returns the scope of what follows a statement in its block. */
export function after(reading: ClassReading, scope: Scope, statement: Node): Scope {
  const tests = mentionsReturn(reading, statement) ? testsOfReturn(statement) : undefined
  const next = tests ? behind(reading, scope, tests) : scope
  return next.tooLate === undefined && alwaysAwaits(reading, statement)
    ? { ...next, tooLate: 'after an await, when the service is registered already' }
    : next
}

/** Searching the text is much cheaper than walking the tree. */
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
