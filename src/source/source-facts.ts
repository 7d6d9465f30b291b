import { posix } from 'node:path'
import type { ServiceFile } from './service.js'
import { type Position, positionAt, type TextFile, withoutComments } from '../lib/text.js'
import { type ServerCode, serverSources } from './server-code.js'
import type { Collection } from './surface.js'

/** Something in a source file that reads like a secret. It is never repeated, only named. */
export interface Secret {
  kind: string
  position: Position
}

/**
 * The environment variables that a plugin's server code reads, sorted; `unknown` among them when it reads some in a way
 * that the text doesn't tell. Helpers count, such as the login strategies of com.msgbyte.iam; tests don't.
 */
export function environmentOf(plugin: ServerCode): string[] {
  const names = new Set<string>()
  for (const file of serverSources(plugin)) {
    if (!/\bprocess\s*\??\.\s*env\b/.test(file.text)) continue
    for (const name of environmentIn(withoutComments(file.text))) names.add(name)
  }
  return [...names].sort()
}

function environmentIn(text: string): string[] {
  // Either a destructuring before `process.env`, or what is asked of it after.
  const use =
    /(?:\{([^{}]*)\}\s*=\s*)?\bprocess\s*\??\.\s*env\b(?:\??\.(?!\[)(\w+)|(?:\?\.)?\[\s*(['"`])(\w+)\3\s*\])?/g
  return [...text.matchAll(use)].flatMap(([, pattern, name, , quoted]) => {
    const read = name ?? quoted
    if (read !== undefined) return [read]
    const names = pattern?.split(',').flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? [])
    return names && names.length > 0 && !pattern?.includes('...') ? names : ['unknown']
  })
}

/**
 * The collection behind a `registerLocalDb`, by the name that its model gives it (`customName` in the options of
 * typegoose); `undefined` where the model is not in the plugin or has no such literal.
 */
export function collectionName(
  plugin: Pick<ServerCode, 'sources'>,
  service: ServiceFile,
  collection: Collection,
): { value: string; position: Position } | undefined {
  if (!collection.literal || !collection.name.startsWith('.')) return undefined
  const path = posix.join(posix.dirname(service.path), collection.name).replace(/\.[jt]s$/, '')
  const file = plugin.sources.find((each) => each.path === `${path}.ts` || each.path === `${path}/index.ts`)
  if (!file) return undefined
  const found = [...withoutComments(file.text).matchAll(/\bcustomName\s*:\s*(['"`])([^'"`$]+)\1/g)]
  const [only] = found
  if (found.length !== 1 || only?.[2] === undefined) return undefined
  return { value: only[2], position: positionAt(file, only.index) }
}

/** Forms that have no other meaning; what only might be a secret is not among them. */
const SECRETS: readonly { kind: string; pattern: RegExp }[] = [
  // A file that only looks for such a header has no key behind it.
  {
    kind: 'a private key',
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|\\r)*[A-Za-z0-9+/]{40}/g,
  },
  {
    kind: 'the id of an AWS access key',
    pattern: /\b(?:AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)(?=[A-Z]*[2-7])[A-Z2-7]{16}\b/g,
  },
  {
    kind: 'a GitHub token',
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b/g,
  },
]

/** What reads like a secret in a source file; comments count, as they are published like everything else. */
export function secretsIn(file: TextFile): Secret[] {
  if (!/PRIVATE KEY|A[KS]IA|gh[pousr]_|github_pat_/.test(file.text)) return []
  return SECRETS.flatMap(({ kind, pattern }) =>
    [...file.text.matchAll(pattern)].map(({ index }) => ({ kind, position: positionAt(file, index) })),
  )
}
