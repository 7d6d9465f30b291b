import type { Node } from '@babel/types'
import { type Call, isCall, isMember, mentionOf } from '../formats/syntax-tree.js'
import { literalText, unwrap } from '../formats/typescript.js'
import { append } from '../lib/lists.js'
import type { ClassReading, Scope } from './class-scope.js'
import { readActionSchema } from './service-schema.js'
import type { Mention, Registration } from './surface.js'

/** What has no effect once the service is handed to moleculer. */
const REGISTERED_ONCE = /^register(?:Action|AvailableAction|EventListener|LocalDb|Mixin)$/

/**
 * Reads a call of one of TcService's own `registerX` (server/packages/sdk/src/services/base.ts), and returns whether it
 * was one that is known.
 */
export function readRegistration(
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
    case 'registerLocalDb':
      readDatabase(reading, node, scope)
      return true
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

/** Reads a call of `registerLocalDb`. A service may run only one: a second one in the same blocks is reported. */
function readDatabase(reading: ClassReading, node: Call, scope: Scope): void {
  const path = modulePath(node.arguments[0], reading.imports)
  const repeated = reading.databases.some((blocks) =>
    blocks.every((block, depth) => scope.blocks[depth] === block),
  )
  reading.databases.push(scope.blocks)
  reading.surface.collections.push({
    name: path ?? 'unknown',
    literal: path !== undefined,
    offset: node.start ?? 0,
    conditional: scope.conditional,
    environment: [...scope.environment],
    repeated,
  })
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

/** Returns the path in `require('./x').default`, or of the import that a name comes from. */
function modulePath(node: Node | undefined, imports: ReadonlyMap<string, string>): string | undefined {
  const value = node && unwrap(node)
  if (!value) return undefined
  if (isMember(value)) return modulePath(value.object, imports)
  if (value.type === 'Identifier') return imports.get(value.name)
  if (!isCall(value) || value.callee.type !== 'Identifier' || value.callee.name !== 'require')
    return undefined
  return literalText(value.arguments[0])
}
