import type { ClassDeclaration, ClassExpression, File } from '@babel/types'
import { keyOf, sourceOf } from '../formats/syntax-tree.js'
import { unwrap } from '../formats/typescript.js'
import { append } from '../lib/lists.js'
import { importedModules, membersOf, topLevelVariables } from './class-definition.js'
import { type ClassReading, inUncalled, type Scope } from './class-scope.js'
import { MAY_REGISTER, readMember, SCHEMA_CHANGED } from './class-walk.js'
import { readFieldFaults } from './service-fields.js'
import type { ServiceSurface } from './surface.js'
import { readUnusedMethods } from './unused-methods.js'

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

/** Whether a file names a member anywhere but where it is defined. */
function isMentioned({ text }: ClassReading, name: string): boolean {
  const escaped = name.replace(/[$#]/g, '\\$&')
  return new RegExp(`[.'"\`]${escaped}(?![\\w$])`).test(text)
}
