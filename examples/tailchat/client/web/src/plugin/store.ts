import { builtinPlugins } from './builtin';
import type { PluginManifest } from './manifest';

/**
 * `{BACKEND}` in an address stands for the server that the plugin's services run on
 */
export function withBackend(plugin: PluginManifest): PluginManifest {
  return {
    ...plugin,
    url: plugin.url.replace('{BACKEND}', location.origin),
    icon: plugin.icon?.replace('{BACKEND}', location.origin),
  };
}

/**
 * What can be installed: both registries, without the plugins that are built in
 */
export async function listPlugins(): Promise<PluginManifest[]> {
  const lists = await Promise.all(
    ['/registry-be.json', '/registry.json'].map(fetchList)
  );
  const builtin = builtinPlugins.map((plugin) => plugin.name);

  return lists
    .flat()
    .filter((plugin) => !builtin.includes(plugin.name))
    .map(withBackend);
}

/**
 * What the user has installed is kept in the browser
 */
export function installedPlugins(): PluginManifest[] {
  const stored = localStorage.getItem('$TailchatInstalledPlugins');

  return stored ? JSON.parse(stored).rawData : [];
}

/**
 * A list that can't be read counts as empty: the application never says why a plugin is missing
 */
async function fetchList(url: string): Promise<PluginManifest[]> {
  try {
    return await (await fetch(url)).json();
  } catch {
    return [];
  }
}
