import type { PluginKind } from '../tailchat/layout.js'
import type { TextFile } from '../lib/text.js'

/** The part of a plugin in which its server code is found. */
export interface ServerCode {
  directory: string
  kind: PluginKind
  sources: readonly TextFile[]
}

/** The files that the server may run: neither a web part's nor a test. */
export function serverSources({ directory, kind, sources }: ServerCode): TextFile[] {
  if (kind === 'frontend') return []
  return sources.filter(({ path }) => {
    const relative = path.slice(directory.length + 1)
    return isCompiled(relative) && !/\.(?:spec|test)\.[cm]?[jt]sx?$|(?:^|\/)__tests__\//.test(relative)
  })
}

/** Whether the server's compiler takes a plugin's file: none below web/, and none with a dot (server/tsconfig.json). */
export function isCompiled(relative: string): boolean {
  return !/(^|\/)(web\/|\.)/.test(relative)
}
