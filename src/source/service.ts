import { foldNames, isFolded, type Modules } from './constants.js'
import type { ClassDeclaration, File, Node, Statement } from '@babel/types'
import { readHelperSurface, readServiceSurface } from './service-surface.js'
import { type Position, positionAt, type TextFile } from '../lib/text.js'
import {
  literalText,
  memberName,
  parseTypeScript,
  type TypeScriptParser,
  unwrap,
} from '../formats/typescript.js'
import { type LoadedIn, loadedIn } from '../tailchat/service-loader.js'
import { type Definition, type ServiceSurface, unknownSurface } from './surface.js'

/** A file that defines a service, as far as it can be told from its text. */
export interface ServiceFile extends TextFile {
  loadedIn: LoadedIn
  /** The service's name where it can be told, with the offsets of what gives it; `isComputed`: that is no literal. */
  serviceName:
    { value: string; position: Position; start: number; end: number; isComputed?: true } | undefined
  /** `none`: certainly without a name; `unknown`: there is one that only running the code can tell. */
  nameIs: 'literal' | 'unknown' | 'none'
  /** Where its class or schema begins; `undefined` where that is in another file. */
  definedAt?: Position
  hasDefaultExport: boolean
  /** What it offers and reaches. */
  surface: ServiceSurface
  /** Where the file does not parse. Nothing else is known then. */
  syntaxProblem?: { message: string; position: Position }
}

/** A file that defines no service, with what it uses: what services import from it reaches just as far. */
export interface HelperFile extends TextFile {
  surface: ServiceSurface
}

/** Whether a file's name suggests a service: `x.service.ts`, and slips such as `x.Service.ts` or `xService.js`. */
export function resemblesServiceFile(path: string): boolean {
  return /services?(\.dev)?\.[cm]?[jt]sx?$/i.test(path) && !/\.d\.[cm]?ts$/.test(path)
}

/** Reads a service file's default export and service name without running it. */
export function readServiceFile(
  parse: TypeScriptParser,
  file: TextFile,
  sourceAt: Modules['at'] = () => undefined,
): ServiceFile {
  const parsed = parseTypeScript(parse, file)
  if ('problem' in parsed) {
    return {
      ...file,
      loadedIn: loadedIn(file.path),
      serviceName: undefined,
      nameIs: 'unknown',
      hasDefaultExport: false,
      surface: unknownSurface('the file does not parse'),
      syntaxProblem: parsed.problem,
    }
  }
  foldNames(parsed.tree, file, { parse, at: sourceAt })
  const exported = defaultExport(parsed.tree)
  // Without a default export nothing is loaded, but the class that was meant still tells the name.
  const definition = exported ? resolveDefinition(parsed.tree, exported) : firstNamedClass(parsed.tree)
  const named = nameOf(definition)
  return {
    ...file,
    loadedIn: loadedIn(file.path),
    hasDefaultExport: exported !== undefined,
    nameIs: named.is,
    ...(definition && { definedAt: positionAt(file, definition.start ?? 0) }),
    surface: readServiceSurface({ tree: parsed.tree, definition, text: file.text, name: named.value }),
    serviceName: named.node && {
      value: named.value,
      position: positionAt(file, named.node.start ?? 0),
      start: named.node.start ?? 0,
      end: named.node.end ?? 0,
      ...(isFolded(named.node) && { isComputed: true }),
    },
  }
}

/** Whether a file may call, send or answer anything. Most don't, and need not be parsed. */
export function mayUse({ text }: TextFile): boolean {
  return /\b(?:m?call|systemCall|emit|broadcast\w*|__raw)\b/.test(text)
}

/** Reads a file that defines no service; `undefined` where it uses nothing that reaches beyond it. */
export function readHelperFile(parse: TypeScriptParser, file: TextFile): HelperFile | undefined {
  const parsed = parseTypeScript(parse, file)
  const surface =
    'problem' in parsed
      ? unknownSurface(`${file.path} does not parse`)
      : readHelperSurface(parsed.tree, file.text)
  const { foreignRoutes, calls, identities, emits, rawHtml, unknown } = surface
  const uses = [foreignRoutes, calls, identities, emits, rawHtml, unknown].some(({ length }) => length > 0)
  return uses ? { ...file, surface } : undefined
}

type NameReading =
  | { is: 'literal'; value: string; node: Node }
  | { is: 'unknown' | 'none'; value?: undefined; node?: undefined }

function defaultExport(tree: File): Node | undefined {
  for (const statement of tree.program.body) {
    if (statement.type === 'ExportDefaultDeclaration') return unwrap(statement.declaration)
    // `export =` and `module.exports =`: moleculer takes the module itself when it has no default
    // (service-broker.js, loadService).
    if (statement.type === 'TSExportAssignment') return unwrap(statement.expression)
    if (statement.type === 'ExportNamedDeclaration') {
      const specifier = statement.specifiers.find(
        (each) =>
          each.type === 'ExportSpecifier' &&
          (each.exported.type === 'Identifier' ? each.exported.name : each.exported.value) === 'default',
      )
      if (specifier?.type === 'ExportSpecifier') return specifier.local
    }
    if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression') {
      const { left, right } = statement.expression
      if (
        left.type === 'MemberExpression' &&
        left.object.type === 'Identifier' &&
        left.object.name === 'module' &&
        memberName({ computed: left.computed, key: left.property }) === 'exports'
      )
        return unwrap(right)
    }
  }
  return undefined
}

function resolveDefinition(tree: File, node: Node): Definition | undefined {
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression' || node.type === 'ObjectExpression')
    return node
  if (node.type !== 'Identifier') return undefined
  for (const statement of topLevel(tree)) {
    if (statement.type === 'ClassDeclaration' && statement.id?.name === node.name) return statement
    if (statement.type !== 'VariableDeclaration') continue
    for (const { id, init } of statement.declarations) {
      if (id.type === 'Identifier' && id.name === node.name && init) {
        const value = unwrap(init)
        return value.type === 'Identifier' ? undefined : resolveDefinition(tree, value)
      }
    }
  }
  return undefined
}

function topLevel(tree: File): Statement[] {
  return tree.program.body.map((statement) =>
    statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement,
  )
}

function firstNamedClass(tree: File): Definition | undefined {
  return topLevel(tree).find(
    (statement): statement is ClassDeclaration =>
      statement.type === 'ClassDeclaration' && nameOf(statement).is === 'literal',
  )
}

/** A class names its service by `get serviceName()`, a plain moleculer schema by its property `name`. */
function nameOf(definition: Definition | undefined): NameReading {
  if (!definition) return { is: 'unknown' }
  if (definition.type === 'ObjectExpression') {
    for (const property of definition.properties) {
      if (property.type === 'SpreadElement') return { is: 'unknown' }
      if (memberName(property) === 'name')
        return property.type === 'ObjectProperty' ? reading(property.value) : { is: 'unknown' }
    }
    return { is: 'none' }
  }
  for (const member of definition.body.body) {
    if (member.type !== 'ClassMethod' || member.kind !== 'get' || member.static) continue
    if (memberName(member) === 'serviceName') {
      const statement = member.body.body[0]
      return statement?.type === 'ReturnStatement' && statement.argument
        ? reading(statement.argument)
        : { is: 'unknown' }
    }
  }
  // A class that extends one of its own may inherit the getter; TcService itself has none.
  const parent = definition.superClass
  const inheritsNothing = parent?.type === 'Identifier' && parent.name === 'TcService'
  return { is: inheritsNothing ? 'none' : 'unknown' }
}

function reading(node: Node): NameReading {
  const value = literalText(node)
  return value === undefined ? { is: 'unknown' } : { is: 'literal', value, node: unwrap(node) }
}
