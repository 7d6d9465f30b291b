import { stringAt } from './json.js'
import { withoutComments } from './text.js'
import type { Plugin, Workspace } from './types.js'

/**
 * What is wrong with a manifest's link into the plugin's own output directory, in words; `undefined` when a file of
 * the plugin ends up there, or the link goes elsewhere.
 */
export function brokenLink(
  { frontendMinistarConfig }: Workspace,
  { name, kind, directory, files, web, ministarConfig }: Plugin,
  field: string,
): string | undefined {
  const link = stringAt(web?.manifest?.value, field)?.replace(/^\{BACKEND\}/, '')
  const prefix = `/plugins/${name}/`
  if (!web || !link?.startsWith(prefix)) return undefined
  const target = link.slice(prefix.length).replace(/[?#].*$/, '')
  if (!files.includes(`${web.directory}/${target}`.slice(directory.length + 1)))
    return `${field} links to ${target}, and there is no such file in ${web.directory}: the browser gets a page in its place`
  const config = kind === 'frontend' ? frontendMinistarConfig : ministarConfig
  if (!config || mayCopy(config.text, target)) return undefined
  return `${field} links to ${target}, which ${config.path} does not copy: the browser gets a page in its place; copy it with rollup-plugin-copy`
}

/** Whether a mini-star configuration may copy a file: only what it certainly does not copy is wrong. */
function mayCopy(config: string, target: string): boolean {
  const text = withoutComments(config)
  const [first = target] = target.split('/')
  if (!/\bcopy\b/i.test(text)) return false
  // Of a pattern that begins with a wildcard nobody knows what it leaves out.
  return text.includes(first) || /(['"`]|[^\w*.]\/)(\.\/)?\*/.test(text)
}
