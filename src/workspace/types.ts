import type { PluginKind } from '../tailchat/layout.js'
import type { BuiltinList } from '../registrations/builtin.js'
import type { DockerIgnore } from '../formats/dockerignore.js'
import type { InstallList } from '../registrations/install-list.js'
import type { JsonFile } from '../formats/json.js'
import type { Installation } from '../registrations/lockfile.js'
import type { BuildCopies } from '../source/build-copies.js'
import type { CompilerOptions } from '../source/compiler-options.js'
import type { HelperFile, ServiceFile } from '../source/service.js'
import type { Submodule } from './submodules.js'
import type { SharedModules } from '../source/shared-modules.js'
import type { Position, TextFile } from '../lib/text.js'
import type { Deployment } from './read-deployment.js'

/** The browser side of a plugin: what mini-star builds. */
export interface WebPart {
  /** The directory of a frontend plugin, or web/plugins/NAME in that of a full-stack plugin. */
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
  /** Every package.json below `directory`: pnpm takes each for a package of the workspace. */
  packages: readonly JsonFile[]
  /** server/plugins/NAME/.ministarrc.js. */
  ministarConfig?: TextFile
  services: ServiceFile[]
  /** Server files that are no services, but call, send or answer something. */
  helpers: HelperFile[]
  /** Files that define a service where the server's compiler does not look; paths from the repository's root. */
  misplacedServices: readonly string[]
  /** Its TypeScript and JavaScript files, of both sides; type declarations left out. */
  sources: readonly TextFile[]
  /** Set where reading it failed or there was no time for it: only its name, kind and directory are known. */
  notRead?: 'failed' | 'no time'
}

/** A file or directory that could not be used, and why. The rest of the repository is read all the same. */
export interface UnreadablePath {
  path: string
  plugin?: string
  reason: string
  /** Of a text in another encoding, which is read all the same: where that shows. */
  position?: Position
  /** Whether only a compiler reads it, which takes any bytes: such as a comment in another encoding. */
  isSource?: true
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
  /** Whether the repository holds plugins only, and no Tailchat: they go on the image of a Tailchat built elsewhere. */
  pluginsOnly: boolean
  /** `undefined` when the file does not exist. */
  registry: (JsonFile & { entries: RegistryEntry[] }) | undefined
  builtin: (TextFile & { list: BuiltinList }) | undefined
  rootPackage: JsonFile | undefined
  /** The `plugin:install` commands that the build runs, with the plugins that each names. */
  installLists: InstallList[]
  frontendMinistarConfig: TextFile | undefined
  /** server/public/registry-be.json, which an earlier build has left behind. */
  builtRegistry: (JsonFile & { entries: RegistryEntry[] }) | undefined
  /** What keeps files out of the build context; it is asked for paths from the repository's root. */
  dockerIgnore: DockerIgnore | undefined
  /** What the server's compiler does (server/tsconfig.json, with what it extends). */
  compiler: CompilerOptions
  /** What the repository's own build may copy, in addition to what the server's compiler emits. */
  buildCopies: BuildCopies
  sharedModules: SharedModules
  /** Where the SDK defines TcService; read only when a service calls a method that is not known. */
  serviceBase?: TextFile
  installation: Installation
  /** `undefined` when nothing says how the image is run. */
  deployment: Deployment | undefined
  /** What the image runs on: the image that the Dockerfile's last stage comes FROM, and the version of moleculer. */
  runtime: {
    base: { image: string; position: Position } | undefined
    /** Whether the Dockerfile mentions DISABLE_TRACING. */
    setsTracing: boolean
    moleculer: string | undefined
  }
  /** Files of plugins that git ignores, among those that a build needs. */
  ignored: readonly string[]
  unreadable: UnreadablePath[]
  /** Other files that could not be read, each with why, in words: nothing is wrong with them as far as anyone knows. */
  notRead: string[]
  /** Directories that hold a plugin where nothing reads it. */
  misplacedPlugins: { name: string; directory: string }[]
  /** Directories of plugins that are submodules of git and were not checked out; they are not among `plugins`. */
  missingSubmodules: (Submodule & { name: string })[]
  /** A file at the root that is named almost like the declarations file. */
  misnamedDeclarations: string | undefined
}
