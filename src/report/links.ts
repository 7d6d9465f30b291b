import { dirname, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Event } from '../inputs/event.js'
import { readCheckedOut } from '../lib/checkout.js'
import { isInside } from '../lib/files.js'
import { findRepository } from '../lib/git.js'

/** The address of docs/rules.md when the origin of this action is unknown: in the action's own repository. */
export const LOCAL_RULES = 'docs/rules.md'

/** Returns the address of docs/rules.md on this machine, for a terminal to open: next to `dist/`, which holds `bundle`. */
export function rulesFile(bundle: string): string {
  return pathToFileURL(join(dirname(bundle), '..', '..', LOCAL_RULES)).href
}

/** Where a reader finds docs/rules.md of the version that runs, from the environment that a runner sets. */
export function rulesUrlFrom(env: NodeJS.ProcessEnv): string {
  const repository = env['GITHUB_ACTION_REPOSITORY']
  const ref = env['GITHUB_ACTION_REF']
  if (!repository || !ref) return LOCAL_RULES
  return `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}/blob/${ref}/${LOCAL_RULES}`
}

/**
 * Returns where the files below `root` can be read on GitHub, in the checked-out commit; `undefined` where another commit
 * than the event's is checked out, which may be another repository's.
 */
export function filesUrlOf({ repositoryUrl, sha }: Event, root: string): string | undefined {
  const top = findRepository(root)?.top
  if (top === undefined || repositoryUrl === '' || sha === '' || readCheckedOut(root).commits[0] !== sha)
    return undefined
  const place = relative(top, root)
    .split(sep)
    .filter((part) => part !== '')
  return [repositoryUrl, 'blob', sha, ...place.map(encodeURIComponent)].join('/')
}

/**
 * Returns where `root` stands in its git repository, which is what GitHub takes the paths of annotations and SARIF to be
 * relative to: `actions/checkout` with `path:` puts that below the workspace. Without a repository in the workspace, the
 * paths are relative to the workspace itself. Both are absolute, with their symbolic links resolved.
 * @returns a path with slashes; `.`: at the top
 */
export function pathInCheckout(workspace: string, root: string): string {
  const top = findRepository(root)?.top
  const from = top !== undefined && isInside(workspace, top) ? top : workspace
  return relative(from, root).split(sep).join('/') || '.'
}

/** The address of one rule's part of that page. */
export function ruleUrl(rulesUrl: string, rule: string): string {
  return `${rulesUrl}#${ruleAnchor(rule)}`
}

/** The anchor that GitHub gives a heading which is the rule's id: the slash goes, hyphens stay. */
function ruleAnchor(rule: string): string {
  return rule.replaceAll('/', '')
}
