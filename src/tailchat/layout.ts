/**
 * Where things are in a Tailchat repository. Every path is relative to its root, with forward slashes.
 */
export const layout = {
  /** Frontend plugins, one directory each, built by mini-star (client/web/package.json, `plugins:all`). */
  frontendPlugins: 'client/web/plugins',
  /** Backend and full-stack plugins, one directory each (server/scripts/installPlugin.js). */
  serverPlugins: 'server/plugins',
  /** Plugins of every kind, in a repository that holds nothing of Tailchat itself. */
  ownPlugins: 'plugins',
  /** The plugin registry of frontend plugins: what the plugin store offers. */
  registryJson: 'client/web/registry.json',
  /** The plugins that every client gets without asking. */
  builtinTs: 'client/web/src/plugin/builtin.ts',
  /** Registers the modules that the client hands to plugins. */
  loaderTs: 'client/web/src/plugin/loader.ts',
  /** Holds `build:server`, which names the full-stack plugins to install; others do so elsewhere (install-list.ts). */
  rootPackageJson: 'package.json',
  /** How mini-star builds frontend plugins. A full-stack plugin has such a file of its own. */
  frontendMinistarConfig: 'client/web/.ministarrc.js',
  /** The class that services extend. */
  serviceBase: 'server/packages/sdk/src/services/base.ts',
  /** What the install script has written about full-stack plugins: part of no commit (server/.gitignore). */
  builtRegistryJson: 'server/public/registry-be.json',
  /** Builds the image that every service of the compose files runs. */
  dockerfile: 'Dockerfile',
  /** Compose files for other ways to run the image. */
  docker: 'docker',
  /** Compiled to server/dist, from where the image runs. */
  server: 'server',
  serverServices: 'server/services',
  /** The services without which the server is not whole. */
  coreServices: 'server/services/core',
  pnpmLock: 'pnpm-lock.yaml',
  /** Names the directories whose package.json are installed together. */
  pnpmWorkspace: 'pnpm-workspace.yaml',
  serverPackageJson: 'server/package.json',
  /** The package that plugins mean by `tailchat-server-sdk`. */
  sdkPackageJson: 'server/packages/sdk/package.json',
} as const

/** Every Tailchat repository has these; one without any of them holds plugins only. */
export const tailchatFiles: readonly string[] = [
  layout.registryJson,
  layout.builtinTs,
  'client/web/package.json',
  layout.serverPackageJson,
  layout.pnpmWorkspace,
]

/**
 * Returns the directories that hold one directory per plugin.
 * @param pluginsOnly whether the repository holds nothing of Tailchat: a directory `plugins` of Tailchat is no such one
 */
export function pluginParents(pluginsOnly: boolean): string[] {
  return [layout.frontendPlugins, layout.serverPlugins, ...(pluginsOnly ? [layout.ownPlugins] : [])]
}

/**
 * Returns the name of the plugin that a file belongs to; `undefined` for a file outside of every plugin's directory,
 * such as `server/plugins/README.md`.
 */
export function pluginOf(path: string, { pluginsOnly = false } = {}): string | undefined {
  const parent = pluginParents(pluginsOnly).find((each) => path.startsWith(`${each}/`))
  if (parent === undefined) return undefined
  const [name, file] = path.slice(parent.length + 1).split('/', 2)
  return file === undefined ? undefined : name
}

/** What the client demands of a manifest when somebody installs a plugin by hand (client/web/src/plugin/utils.ts). */
export const REQUIRED_FIELDS = ['label', 'name', 'url', 'version', 'author', 'description']

/** The url under which the web client asks for a plugin's bundle (client/web/src/plugin/manager.ts). */
export function canonicalUrl(kind: 'frontend' | 'fullstack', name: string): string {
  return `${kind === 'fullstack' ? '{BACKEND}' : ''}/plugins/${name}/index.js`
}

/** Whether a url is an absolute one of this plugin; its lazy chunks are found by the name in it (mini-star, mergeUrl). */
export function isHostedElsewhere(url: string, name: string): boolean {
  return /^https?:\/\//.test(url) && url.includes(`/${name}`)
}

/**
 * A plugin's name, reverse-domain: at least two parts of letters, digits, `-` and `_`. Tailchat splits urls at `/` to get
 * it (mini-star, runtime/utils.js), and it stands in a shell command, so nothing else is safe.
 */
export const PLUGIN_NAME = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9][A-Za-z0-9_-]*)+$/

/**
 * `frontend`: client/web/plugins/NAME; `fullstack`: server/plugins/NAME with web/; `backend`: without. In plugins/NAME
 * of a repository that holds plugins only, one with a manifest.json and no services is a frontend plugin.
 */
export type PluginKind = 'frontend' | 'backend' | 'fullstack'
