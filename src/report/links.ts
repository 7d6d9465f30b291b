import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

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

/** The address of one rule's part of that page. */
export function ruleUrl(rulesUrl: string, rule: string): string {
  return `${rulesUrl}#${ruleAnchor(rule)}`
}

/** The anchor that GitHub gives a heading which is the rule's id: the slash goes, hyphens stay. */
function ruleAnchor(rule: string): string {
  return rule.replaceAll('/', '')
}
