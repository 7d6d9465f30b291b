/**
 * Where things are in a Tailchat repository. Every path is relative to its root, with forward slashes.
 */
export const layout = {
  /** Frontend plugins, one directory each, built by mini-star (client/web/package.json, `plugins:all`). */
  frontendPlugins: 'client/web/plugins',
  /** Backend and full-stack plugins, one directory each (server/scripts/installPlugin.js). */
  serverPlugins: 'server/plugins',
  /** The plugin registry of frontend plugins: what the plugin store offers. */
  registryJson: 'client/web/registry.json',
  /** The plugins that every client gets without asking. */
  builtinTs: 'client/web/src/plugin/builtin.ts',
  /** Holds `build:server`, which names the full-stack plugins to install. */
  rootPackageJson: 'package.json',
} as const

/** The url under which the web client asks for a plugin's bundle (client/web/src/plugin/manager.ts). */
export function canonicalUrl(kind: 'frontend' | 'fullstack', name: string): string {
  return `${kind === 'fullstack' ? '{BACKEND}' : ''}/plugins/${name}/index.js`
}
