import type { File, Node } from '@babel/types'
import {
  type Call,
  environmentNames,
  forEachNode,
  isCall,
  isMember,
  isProcessEnv,
  isThis,
  keyOf,
  mentionOf,
} from '../formats/syntax-tree.js'
import { literalText, unwrap } from '../formats/typescript.js'
import type { Mention, ServiceSurface } from './surface.js'
import { append } from '../lib/lists.js'

/** The actions behind the helpers of `call(ctx)` (server/packages/sdk/src/services/lib/call.ts). */
const CALL_HELPERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['joinSocketIORoom', ['gateway.joinRoom']],
  ['leaveSocketIORoom', ['gateway.leaveRoom']],
  ['isUserOnline', ['gateway.checkUserOnline']],
  ['sendSystemMessage', ['chat.message.sendMessage']],
  ['getGroupLobbyConverseId', ['group.getGroupLobbyConverseId']],
  ['addGroupSystemMessage', ['group.getGroupLobbyConverseId', 'chat.message.sendMessage']],
  ['getUserInfo', ['user.getUserInfo']],
  ['getConverseInfo', ['chat.converse.findConverseInfo']],
  ['getGroupInfo', ['group.getGroupInfo']],
  ['checkUserPermissions', ['group.getUserAllPermissions']],
  ['appendInbox', ['chat.inbox.append']],
])

/** The methods that notify clients, and which argument names the event (server/packages/sdk/src/services/base.ts). */
const NOTIFY_METHODS: ReadonlyMap<string, number> = new Map([
  ['unicastNotify', 2],
  ['listcastNotify', 2],
  ['roomcastNotify', 2],
  ['broadcastNotify', 1],
])

/** What the gateway opens without login: any path that is in it (server/services/core/gateway.service.ts). */
const OPEN_ROUTES_EVENT = 'gateway.auth.addWhitelists'

/** The user that core services let do anything (server/packages/sdk/src/const.ts). */
const SYSTEM_USER = 'SYSTEM_USERID'
const SYSTEM_USER_ID = '000000000000000000000000'

/** A file whose uses are read. */
interface UsesReading {
  surface: ServiceSurface
  text: string
  serviceName: string
  /** The file's name for the SDK's `call`; `undefined` when it doesn't import it. */
  helper: string | undefined
}

/** Reads what a file uses, anywhere in it: calls, events, environment variables, its own pages. */
export function readUses(
  tree: File,
  surface: ServiceSurface,
  { text, serviceName }: { text: string; serviceName: string },
): void {
  const reading = { surface, text, serviceName, helper: localNameOfCall(tree) }
  forEachNode(tree, (node, parent) => {
    switch (node.type) {
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        if (isProcessEnv(node)) readEnvironment(node, parent, surface)
        break
      case 'ImportDeclaration':
        if (/^(node:)?process$/.test(node.source.value))
          surface.unknown.push('the environment is read through an import')
        break
      case 'ObjectProperty':
        if (keyOf(node) === '__raw' && !isFalse(node.value)) surface.rawHtml.push(node.start ?? 0)
        break
      case 'AssignmentExpression':
        if (isMember(node.left) && keyOf(node.left) === '__raw' && !isFalse(node.right))
          surface.rawHtml.push(node.start ?? 0)
        break
      case 'CallExpression':
      case 'OptionalCallExpression':
        readUsingCall(reading, node, parent)
        break
      default:
    }
  })
}

/** Reads which variables of `process.env` are used, from the syntax around it. */
function readEnvironment(node: Node, parent: Node | undefined, surface: ServiceSurface): void {
  const names = environmentNames(node, parent)
  if (names) append(surface.environment, names)
  else surface.unknown.push('the environment is read by a computed name or as a whole')
}

function readUsingCall(reading: UsesReading, node: Call, parent: Node | undefined): void {
  const { surface, text, serviceName, helper } = reading
  const callee = unwrap(node.callee)
  if (callee.type === 'Identifier' && callee.name === helper && !(parent && isMember(parent)))
    surface.unknown.push('what `call(ctx)` gives is kept, and not followed')
  if (!isMember(callee)) return
  const method = keyOf(callee)
  const object = unwrap(callee.object)
  const mention = (index: number): Mention => mentionOf(node.arguments[index], text, node)
  if (isCall(object)) {
    const inner = unwrap(object.callee)
    if (helper === undefined || inner.type !== 'Identifier' || inner.name !== helper) return
    const actions = CALL_HELPERS.get(method ?? '')
    const offset = node.start ?? 0
    if (actions)
      append(
        surface.calls,
        actions.map((name) => ({ name, literal: true, offset })),
      )
    else surface.calls.push({ name: 'unknown', literal: false, offset })
    return
  }
  if (method === 'call') {
    const called = mention(0)
    // `handler.call(this)` is every function's own method, and calls no action.
    if (isBrokerOrContext(object) || (called.literal && called.name.includes('.'))) {
      surface.calls.push(called)
      readIdentity(node.arguments[2], surface)
    }
  } else if (method === 'mcall' && isBrokerOrContext(object)) {
    surface.calls.push({ name: 'unknown', literal: false, offset: node.start ?? 0 })
  } else if (method === 'systemCall') {
    surface.calls.push(mention(1))
    surface.identities.push({ name: SYSTEM_USER, literal: true, offset: node.start ?? 0 })
    readIdentity(node.arguments[3], surface)
  } else if ((method === 'emit' || method?.startsWith('broadcast')) && isBrokerOrContext(object)) {
    surface.emits.push(mention(0))
    if (mention(0).name === OPEN_ROUTES_EVENT) readForeignRoutes(node, surface, text)
  } else if (isThis(object)) {
    const index = NOTIFY_METHODS.get(method ?? '')
    if (index === undefined) return
    const event = mention(index)
    surface.emits.push({ ...event, name: `notify:${serviceName}.${event.name}` })
  }
}

/** Reads the user that the options of a call name as its caller: `{ meta: { userId } }`. */
function readIdentity(options: Node | undefined, surface: ServiceSurface): void {
  if (!options) return
  const meta = propertyOf(options, 'meta')
  const userId = meta && propertyOf(meta, 'userId')
  if (userId?.type === 'Identifier' && userId.name === SYSTEM_USER)
    surface.identities.push({ name: SYSTEM_USER, literal: true, offset: userId.start ?? 0 })
  // Passing on the caller of this action is fine.
  else if (userId && !(isMember(userId) && isMember(userId.object) && keyOf(userId.object) === 'meta'))
    surface.identities.push({
      name: literalText(userId) === SYSTEM_USER_ID ? SYSTEM_USER : 'unknown',
      literal: false,
      offset: userId.start ?? 0,
    })
}

/** Reads the paths in `broadcast('gateway.auth.addWhitelists', { urls: [...] })`. */
function readForeignRoutes(node: Call, surface: ServiceSurface, text: string): void {
  const urls = node.arguments[1] && propertyOf(node.arguments[1], 'urls')
  const paths = urls?.type === 'ArrayExpression' ? urls.elements : [undefined]
  append(
    surface.foreignRoutes,
    paths.map((path) => mentionOf(path ?? undefined, text, node)),
  )
}

/** Returns the value of a property of an object literal. */
function propertyOf(object: Node, name: string): Node | undefined {
  const bare = unwrap(object)
  if (bare.type !== 'ObjectExpression') return undefined
  for (const property of bare.properties)
    if (property.type === 'ObjectProperty' && keyOf(property) === name) return unwrap(property.value)
  return undefined
}

/** Returns the file's name for the SDK's `call`; `undefined` when it doesn't import it. */
function localNameOfCall(tree: File): string | undefined {
  for (const statement of tree.program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== 'tailchat-server-sdk') continue
    for (const specifier of statement.specifiers)
      if (
        specifier.type === 'ImportSpecifier' &&
        specifier.imported.type === 'Identifier' &&
        specifier.imported.name === 'call'
      )
        return specifier.local.name
  }
  return undefined
}

function isBrokerOrContext(node: Node): boolean {
  const name = node.type === 'Identifier' ? node.name : isMember(node) ? (keyOf(node) ?? '') : ''
  return /^(c|.*(ctx|context|broker))$/i.test(name)
}

function isFalse(node: Node): boolean {
  return node.type === 'BooleanLiteral' && !node.value
}
