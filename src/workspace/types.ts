import type { BuiltinList } from './builtin.js'
import type { InstallList } from './install-list.js'
import type { JsonFile } from './json.js'
import type { ServiceFile } from './service.js'
import type { TextFile } from './text.js'

/** `frontend`: client/web/plugins/NAME; `fullstack`: server/plugins/NAME with web/; `backend`: without. */
export type PluginKind = 'frontend' | 'backend' | 'fullstack'

/** The browser side of a plugin: what mini-star builds. */
export interface WebPart {
  /** client/web/plugins/NAME, or server/plugins/NAME/web/plugins/NAME. */
  directory: string
  manifest?: JsonFile
  packageJson?: JsonFile
}

/** One plugin, as the layout of the repository shows it. */
export interface Plugin {
  /** The name of its directory. Untrusted: it may hold any character that a file name may hold. */
  name: string
  kind: PluginKind
  directory: string
  /** Every file below `directory`, relative to it, sorted; node_modules and directories with a dot left out. */
  files: readonly string[]
  /** Its browser side; a full-stack plugin has one even where web/plugins/NAME is missing. */
  web?: WebPart
  /** server/plugins/NAME/package.json, for backend and full-stack plugins. */
  packageJson?: JsonFile
  services: ServiceFile[]
}

/** A file or directory that could not be used, and why. The rest of the repository is read all the same. */
export interface UnreadablePath {
  path: string
  plugin?: string
  reason: string
}

/** An entry of client/web/registry.json. */
export interface RegistryEntry {
  /** `undefined` when the entry is not an object or has no name. */
  name: string | undefined
  url: string | undefined
  index: number
}

/** What a Tailchat repository holds, read once. */
export interface Workspace {
  /** Absolute path of the repository. */
  root: string
  /** Sorted by name, then by directory. */
  plugins: Plugin[]
  /** `undefined` when the file does not exist. */
  registry: (JsonFile & { entries: RegistryEntry[] }) | undefined
  builtin: (TextFile & { list: BuiltinList }) | undefined
  rootPackage: (JsonFile & { installList: InstallList | undefined }) | undefined
  unreadable: UnreadablePath[]
}
