import type { File, Node } from '@babel/types'
import type { Mention, ServiceSurface } from './service-surface.js'
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
} from './syntax-tree.js'
import { unwrap } from './typescript.js'

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

/** Reads what a file uses, wherever in it: calls, events, environment variables, pages of its own. */
export function readUses(tree: File, surface: ServiceSurface, text: string, serviceName: string): void {
  const helper = localNameOfCall(tree)
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
        if (keyOf(node) === '__raw' && !isFalse(node.value)) surface.rawHtml = true
        break
      case 'AssignmentExpression':
        if (isMember(node.left) && keyOf(node.left) === '__raw' && !isFalse(node.right))
          surface.rawHtml = true
        break
      case 'CallExpression':
      case 'OptionalCallExpression':
        readUsingCall(node, parent, surface, text, serviceName, helper)
        break
      default:
    }
  })
}

/** Which variable `process.env` is read for, by what stands around it. */
function readEnvironment(node: Node, parent: Node | undefined, surface: ServiceSurface): void {
  const names = environmentNames(node, parent)
  if (names) surface.environment.push(...names)
  else surface.unknown.push('the environment is read by a computed name or as a whole')
}

function readUsingCall(
  node: Call,
  parent: Node | undefined,
  surface: ServiceSurface,
  text: string,
  serviceName: string,
  helper: string | undefined,
): void {
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
    if (actions) surface.calls.push(...actions.map((name) => ({ name, literal: true, offset })))
    else surface.calls.push({ name: 'unknown', literal: false, offset })
    return
  }
  if (method === 'call') {
    const called = mention(0)
    // `handler.call(this)` is every function's own method, and calls no action.
    if (isBrokerOrContext(object) || (called.literal && called.name.includes('.'))) surface.calls.push(called)
  } else if (method === 'mcall' && isBrokerOrContext(object)) {
    surface.calls.push({ name: 'unknown', literal: false, offset: node.start ?? 0 })
  } else if (method === 'systemCall') {
    surface.calls.push(mention(1))
  } else if ((method === 'emit' || method?.startsWith('broadcast')) && isBrokerOrContext(object)) {
    surface.emits.push(mention(0))
  } else if (isThis(object)) {
    const index = NOTIFY_METHODS.get(method ?? '')
    if (index === undefined) return
    const event = mention(index)
    surface.emits.push({ ...event, name: `notify:${serviceName}.${event.name}` })
  }
}

/** What this file calls the SDK's `call`; `undefined` when it doesn't import it. */
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
