import { stringAt } from '../formats/json.js'
import { withoutComments } from '../lib/text.js'
import { mayOwnScriptsCopy } from '../source/build-copies.js'
import type { Plugin, Workspace } from './types.js'

/** A link into a plugin's own output directory, where no file of the plugin ends up. */
export interface BrokenLink {
  /** What it links to, relative to that directory. */
  target: string
  /** The configuration that does not copy the file; `undefined`: there is no such file. */
  notCopiedBy: string | undefined
}

/** What is wrong with a manifest's link into the plugin's own output directory; `undefined`: nothing, or it goes elsewhere. */
export function brokenLink(
  { frontendMinistarConfig, buildCopies }: Workspace,
  plugin: Plugin,
  field: string,
): BrokenLink | undefined {
  const { kind, directory, files, web, ministarConfig } = plugin
  const target = linkedFile(plugin, field)
  if (!web || target === undefined) return undefined
  if (!files.includes(`${web.directory}/${target}`.slice(directory.length + 1)))
    return { target, notCopiedBy: undefined }
  const config = kind === 'frontend' ? frontendMinistarConfig : ministarConfig
  if (!config || mayCopy(config.text, target)) return undefined
  const isCopied = buildCopies(`${web.directory}/${target}`) || mayOwnScriptsCopy(plugin.packageJson, target)
  if (isCopied) return undefined
  return { target, notCopiedBy: config.path }
}

/** Returns the file of its own web part that a plugin's manifest links to, relative to the web part's directory. */
export function linkedFile({ name, web }: Plugin, field: string): string | undefined {
  const link = stringAt(web?.manifest?.value, field)?.replace(/^\{BACKEND\}/, '')
  const prefix = `/plugins/${name}/`
  return link?.startsWith(prefix) ? link.slice(prefix.length).split(/[?#]/, 1)[0] : undefined
}

/** Whether a mini-star configuration may copy a file: only what it certainly does not copy is wrong. */
function mayCopy(config: string, target: string): boolean {
  const text = withoutComments(config)
  const [first = target] = target.split('/')
  if (!/\bcopy\b/i.test(text)) return false
  // What a pattern that begins with a wildcard leaves out is unknown.
  return text.includes(first) || /(['"`]|[^\w*.]\/)(\.\/)?\*/.test(text)
}
