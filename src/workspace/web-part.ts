import type { Plugin } from './types.js'

/** The names below web/plugins of a full-stack plugin where its own is not among them. */
export function renamedWebParts({ kind, name, files }: Pick<Plugin, 'kind' | 'name' | 'files'>): string[] {
  if (kind !== 'fullstack') return []
  const names = files.flatMap((file) => /^web\/plugins\/([^/]+)\//.exec(file)?.[1] ?? [])
  return names.includes(name) ? [] : [...new Set(names)]
}
