import { posix } from 'node:path'
import type { File, Node } from '@babel/types'
import { forEachNode, isCall, isFunction, isMember, keyOf } from '../formats/syntax-tree.js'
import { literalText, parseTypeScript, type TypeScriptParser, unwrap } from '../formats/typescript.js'
import type { TextFile } from '../lib/text.js'

/** How the modules of a plugin find each other. */
export interface Modules {
  parse: TypeScriptParser
  /** Returns the source file of the plugin that has this path; `undefined` when there is none. */
  at: (path: string) => TextFile | undefined
}

/** More than a person spreads a name over; a file can be made to go on without end. */
const MAX_DEPTH = 8
const MAX_STEPS = 500
const MAX_LENGTH = 500

/** Calls whose arguments are names: of actions, events and routes. */
const NAMING = /^(?:register\w+|call|emit|broadcast\w*)$/

/** A text in which a service or something that it registers may be named by something else than a literal. */
const MAY_NAME =
  /\bserviceName\s{0,9}\([^){}]{0,99}\)[^{}]{0,99}\{\s{0,99}return\s{1,99}(?!\s|(['"])[^'"\n]{0,200}\1\s{0,99};?\s{0,99}\})|\bregister\w{1,40}\(\s{0,99}(?:[A-Za-z_$`[]|['"][^'"\n]{0,200}['"]\s{0,9}\+)/

/** The constants of one module. */
interface Scope {
  path: string
  values: ReadonlyMap<string, Node>
  imports: ReadonlyMap<string, { specifier: string; name: string }>
  /** Names that stand for something else somewhere in the module too. */
  shadowed: ReadonlySet<string>
}

/**
 * Puts string literals in the place of constants that name a service, or what it registers: constants of the same file
 * or of a module that it imports by a relative path, and templates and sums of them. The literals keep the places of
 * what they stand for. What can't be told stays as it is.
 */
export function foldNames(tree: File, file: TextFile, modules: Modules): void {
  if (!MAY_NAME.test(file.text)) return
  const scope = readScope(tree, file.path)
  const state = { modules, scopes: new Map([[file.path, scope]]), steps: MAX_STEPS }
  const fold = (node: Node): void => {
    const bare = unwrap(node)
    if (literalText(bare) !== undefined) return
    const value = textOf(bare, scope, state)
    if (value === undefined) return
    const { start, end, loc } = bare
    for (const key of Object.keys(bare)) delete (bare as unknown as Record<string, unknown>)[key]
    Object.assign(bare, { type: 'StringLiteral', value, start, end, loc, isFolded: true })
  }
  forEachNode(tree.program, (node) => {
    if (isCall(node)) {
      const callee = unwrap(node.callee)
      const name = isMember(callee) ? keyOf(callee) : callee.type === 'Identifier' ? callee.name : undefined
      if (name === undefined || !NAMING.test(name)) return
      for (const argument of node.arguments)
        if (argument.type !== 'ArrayExpression') fold(argument)
        else for (const element of argument.elements) if (element) fold(element)
    } else if (node.type === 'ClassMethod' && node.kind === 'get' && keyOf(node) === 'serviceName') {
      const [first] = node.body.body
      if (first?.type === 'ReturnStatement' && first.argument) fold(first.argument)
    }
  })
}

/** Whether a literal stands for something else in the source: then it has no quotes there. */
export function isFolded(node: Node): boolean {
  return 'isFolded' in node
}

interface State {
  modules: Modules
  scopes: Map<string, Scope | undefined>
  steps: number
}

function textOf(node: Node, scope: Scope, state: State): string | undefined {
  if (state.steps-- <= 0) return undefined
  const bare = unwrap(node)
  const literal = literalText(bare)
  if (literal !== undefined) return literal.length > MAX_LENGTH ? undefined : literal
  const inner = (each: Node): string | undefined => textOf(each, scope, state)
  if (bare.type === 'TemplateLiteral')
    return joined(
      bare.quasis.flatMap(({ value }, index) => {
        const expression = bare.expressions[index]
        return [value.cooked ?? undefined, ...(expression ? [inner(expression)] : [])]
      }),
    )
  if (bare.type === 'BinaryExpression' && bare.operator === '+')
    return joined([inner(bare.left), inner(bare.right)])
  if (bare.type === 'Identifier') return textNamed(bare.name, scope, state)
  if (bare.type === 'MemberExpression' && bare.object.type === 'Identifier') {
    const key = keyOf(bare)
    const object = valueNamed(bare.object.name, scope, state)
    if (key === undefined || object?.value.type !== 'ObjectExpression') return undefined
    const property = object.value.properties.find(
      (each) => each.type === 'ObjectProperty' && keyOf(each) === key,
    )
    return property?.type === 'ObjectProperty' ? textOf(property.value, object.scope, state) : undefined
  }
  return undefined
}

function textNamed(name: string, scope: Scope, state: State): string | undefined {
  const found = valueNamed(name, scope, state)
  return found && textOf(found.value, found.scope, state)
}

/** Returns what a constant is, and the module that says so. */
function valueNamed(name: string, scope: Scope, state: State): { value: Node; scope: Scope } | undefined {
  let [wanted, at]: [string, Scope | undefined] = [name, scope]
  for (let depth = MAX_DEPTH; depth > 0 && at; depth--) {
    if (at.shadowed.has(wanted)) return undefined
    const value = at.values.get(wanted)
    if (value) return { value: unwrap(value), scope: at }
    const imported = at.imports.get(wanted)
    if (!imported?.specifier.startsWith('.')) return undefined
    wanted = imported.name
    at = scopeOf(posix.join(posix.dirname(at.path), imported.specifier), state)
  }
  return undefined
}

function scopeOf(path: string, { modules, scopes }: State): Scope | undefined {
  const stem = path.replace(/\.[jt]s$/, '')
  for (const each of [`${stem}.ts`, `${stem}.tsx`, `${stem}/index.ts`]) {
    if (scopes.has(each)) return scopes.get(each)
    const file = modules.at(each)
    if (!file) continue
    const parsed = parseTypeScript(modules.parse, file)
    const scope = 'problem' in parsed ? undefined : readScope(parsed.tree, file.path)
    scopes.set(each, scope)
    return scope
  }
  return undefined
}

function readScope(tree: File, path: string): Scope {
  const values = new Map<string, Node>()
  const imports = new Map<string, { specifier: string; name: string }>()
  const topLevel = new Set<Node>()
  for (const statement of tree.program.body) {
    if (statement.type === 'ImportDeclaration')
      for (const each of statement.specifiers)
        if (each.type === 'ImportSpecifier' && each.imported.type === 'Identifier')
          imports.set(each.local.name, { specifier: statement.source.value, name: each.imported.name })
        else if (each.type === 'ImportDefaultSpecifier')
          imports.set(each.local.name, { specifier: statement.source.value, name: 'default' })
    if (statement.type === 'ExportDefaultDeclaration') values.set('default', statement.declaration)
    if (statement.type === 'ExportNamedDeclaration' && statement.source)
      for (const each of statement.specifiers)
        if (each.type === 'ExportSpecifier' && each.exported.type === 'Identifier')
          imports.set(each.exported.name, { specifier: statement.source.value, name: each.local.name })
    const declaration =
      statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement
    if (declaration.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue
    for (const each of declaration.declarations) {
      topLevel.add(each)
      if (each.id.type === 'Identifier' && each.init) values.set(each.id.name, each.init)
    }
  }
  const shadowed = new Set<string>()
  const note = (node: Node): void => {
    if (node.type === 'Identifier') shadowed.add(node.name)
    else if (node.type === 'AssignmentPattern') note(node.left)
    else if (node.type === 'RestElement') note(node.argument)
    else if (node.type === 'ObjectPattern') for (const each of node.properties) note(each)
    else if (node.type === 'ObjectProperty') note(node.value)
    else if (node.type === 'ArrayPattern') for (const each of node.elements) if (each) note(each)
  }
  forEachNode(tree.program, (node) => {
    if (isFunction(node)) for (const each of node.params) note(each)
    if (node.type === 'VariableDeclarator' && !topLevel.has(node)) note(node.id)
  })
  return { path, values, imports, shadowed }
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  if (parts.includes(undefined)) return undefined
  const text = parts.join('')
  return text.length > MAX_LENGTH ? undefined : text
}
