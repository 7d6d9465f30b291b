import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where docs/rules.md is when nobody says where this action comes from: in its own repository. */
export const LOCAL_RULES = 'docs/rules.md'

/** Where docs/rules.md lies on this machine, as a terminal opens it: beside `dist/`, of which `bundle` is a part. */
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
export function ruleAnchor(rule: string): string {
  return rule.replaceAll('/', '')
}
