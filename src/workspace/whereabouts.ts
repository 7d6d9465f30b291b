import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { findFiles } from '../lib/files.js'
import { layout, tailchatFiles } from '../tailchat/layout.js'

/** Other repositories may have a pnpm-workspace.yaml or a server/package.json: one of Tailchat's files is none. */
const ENOUGH = 2

/** Whether a directory is the root of a Tailchat repository. */
export function isTailchat(directory: string): boolean {
  return tailchatFiles.filter((file) => existsSync(join(directory, file))).length >= ENOUGH
}

/** The directories of Tailchat in which people work, and which hold no Tailchat themselves. */
const PARTS: ReadonlySet<string> = new Set(['server', 'client', 'packages', 'apps', 'docker', 'website'])

/**
 * Finds the Tailchat repository that a directory is a part of.
 * @param directory absolute path
 * @returns its absolute path; `undefined` where the directory is a repository of its own, or in no Tailchat
 */
export function tailchatAround(directory: string): string | undefined {
  if (isTailchat(directory)) return undefined
  for (let below = directory; !existsSync(join(below, '.git'));) {
    const above = dirname(below)
    if (above === below) return undefined
    const [part = ''] = relative(above, directory).split(sep)
    if (isTailchat(above)) return PARTS.has(part) ? above : undefined
    below = above
  }
  return undefined
}

/** A monorepo has its parts in `apps/tailchat` or `projects/chat/tailchat`. */
const DEPTH = 4

/**
 * Finds the Tailchat repositories below a directory.
 * @returns their paths relative to it, with forward slashes, sorted
 */
function tailchatsBelow(directory: string): string[] {
  const builtin = posix.basename(layout.builtinTs)
  const depth = DEPTH + layout.builtinTs.split('/').length
  return findFiles(directory, (name) => name === builtin, { depth, skips: new Set(['dist', 'plugins']) })
    .filter((file) => file.endsWith(`/${layout.builtinTs}`))
    .map((file) => file.slice(0, -layout.builtinTs.length - 1))
}

/**
 * Says why a directory can't be checked: it is a part of a Tailchat, or holds neither Tailchat nor plugins. Both look
 * like a repository without a mistake.
 * @param root absolute path of the directory
 * @param options.path the same as the user named it, for the advice
 * @param options.hasPlugins whether plugins were found in it
 * @param options.isFirst whether a plugin is to be made: then an empty directory will do, or a git repository
 * @returns what is wrong and what to do; `undefined` where there is something to check
 */
export function whyNotHere(
  root: string,
  { path, hasPlugins, isFirst = false }: { path: string; hasPlugins: boolean; isFirst?: boolean },
): string | undefined {
  const shown = JSON.stringify(path)
  const around = tailchatAround(root)
  if (around !== undefined)
    return `${shown} is a part of a Tailchat repository: set path to ${fromHere(path, relative(root, around))}, its root`
  if (isArchived(root))
    return `${shown} has the layout of the archived repository tailchat-server (services/ and plugins/ at the root), which today's Tailchat does not read: move the plugins to server/plugins/ of msgbyte/tailchat, or into a repository that holds plugins/ only`
  if (hasPlugins || isTailchat(root)) return undefined
  const below = tailchatsBelow(root)
  if (isFirst && below.length === 0 && (existsSync(join(root, '.git')) || readdirSync(root).length === 0))
    return undefined
  const advice =
    below.length > 0
      ? `Tailchat is in ${below.join(' and ')}: set path to ${fromHere(path, below[0] ?? '')}`
      : `a Tailchat repository has ${layout.frontendPlugins}/ and ${layout.serverPlugins}/, and a repository of plugins has ${layout.ownPlugins}/NAME/: set path to its root, and check that the step before checked it out`
  return `${shown} holds neither Tailchat nor plugins; ${advice}`
}

function fromHere(path: string, way: string): string {
  return posix.join(path.split(sep).join('/'), way.split(sep).join('/')).replace(/\/$/, '') || '.'
}

function isArchived(root: string): boolean {
  const has = (path: string): boolean => existsSync(join(root, path))
  return has('services/core') && has('plugins') && has('moleculer.config.ts') && !has(layout.server)
}
