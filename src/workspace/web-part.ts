import { stringAt } from '../formats/json.js'
import { PLUGIN_NAME } from '../tailchat/layout.js'
import type { Plugin, Workspace } from './types.js'

/** The names below web/plugins of a full-stack plugin where its own is not among them. */
export function renamedWebParts({ kind, name, files }: Pick<Plugin, 'kind' | 'name' | 'files'>): string[] {
  if (kind !== 'fullstack') return []
  const names = files.flatMap((file) => /^web\/plugins\/([^/]+)\//.exec(file)?.[1] ?? [])
  return names.includes(name) ? [] : [...new Set(names)]
}

/**
 * Returns the name in the files of a frontend plugin where they agree on one that neither its directory nor another plugin
 * has: then the directory is misspelt. `undefined` otherwise.
 */
export function nameInFiles({ plugins }: Workspace, { kind, name, web }: Plugin): string | undefined {
  if (kind !== 'frontend') return undefined
  const inManifest = stringAt(web?.manifest?.value, 'name')
  const inPackage = stringAt(web?.packageJson?.value, 'name')?.replace(/^@plugins\//, '')
  if (inManifest === undefined || inManifest !== inPackage || inManifest === name) return undefined
  const isTaken = plugins.some((each) => each.name === inManifest)
  return PLUGIN_NAME.test(inManifest) && !isTaken ? inManifest : undefined
}
