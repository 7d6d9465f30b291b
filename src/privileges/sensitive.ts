/**
 * What core actions let their caller do that goes beyond what a plugin stores and shows itself. They are for services
 * only, and don't ask who calls (server/services/core, server/services/openapi).
 */
const SENSITIVE_ACTIONS: Readonly<Record<string, string>> = {
  'user.signUserToken': 'logs in as any user',
  'user.generateUserToken': 'logs in as any user',
  'gateway.getUserSocketToken': 'gets the tokens of users who are online',
  'user.banUser': 'bans users',
  'user.unbanUser': 'lets banned users in again',
  'user.findUserByEmail': 'finds users by their mail address',
  'config.all': 'reads the whole configuration',
  'config.set': 'changes the configuration',
  'config.setClientConfig': 'changes the configuration of every client',
  'config.addToSet': 'changes the configuration, hooks included',
  'mail.sendMail': 'sends mail as the server',
  'file.delete': 'deletes files',
  'file.saveFileWithUrl': 'makes the server fetch and store any address',
  'group.addMember': 'puts users into groups',
  'gateway.notify': 'sends any event to any client',
  'gateway.tickUser': 'disconnects users',
}

/** The same for every action of a service. */
const SENSITIVE_SERVICES: Readonly<Record<string, string>> = {
  'chat.inbox': 'writes into inboxes of users',
  'openapi.bot': 'acts through bot accounts',
}

/** What calling an action lets a plugin do; `undefined` where that is nothing out of the ordinary. */
export function whatCallGives(action: string): string | undefined {
  if (Object.hasOwn(SENSITIVE_ACTIONS, action)) return SENSITIVE_ACTIONS[action]
  const service = action.slice(0, Math.max(0, action.lastIndexOf('.')))
  return Object.hasOwn(SENSITIVE_SERVICES, service) ? SENSITIVE_SERVICES[service] : undefined
}

/** Actions that are given a password, or answer with a user's token (server/services/core/user/user.service.ts). */
const WITH_CREDENTIALS: ReadonlySet<string> = new Set([
  'user.login',
  'user.register',
  'user.modifyPassword',
  'user.createTemporaryUser',
  'user.claimTemporaryUser',
  'user.resetPassword',
  'user.signUserToken',
  'user.generateUserToken',
  'gateway.getUserSocketToken',
])

/** What being called after an action gives, with what it was asked and what it answered. */
export function whatHookGives(action: string): string | undefined {
  return WITH_CREDENTIALS.has(action) ? 'gets passwords or tokens of users' : undefined
}

/** Events with a message in them (server/packages/sdk/src/structs/events.ts); a listener may name a pattern. */
const WITH_MESSAGE =
  /^(?:chat\.inbox\.append|chat\.message\.updateMessage|(?:chat\.(?:inbox\.|message\.)?)?\*\*?)$/

/** What listening to an event gives. */
export function whatEventGives(event: string): string | undefined {
  return WITH_MESSAGE.test(event) ? 'gets the text of messages' : undefined
}
