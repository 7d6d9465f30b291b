import type { Chrome } from './chrome.js'
import { moduleId, pluginOfModule } from './fault.js'
import type { Offer } from './offer.js'
import { loadPage } from './page.js'
import type { PageResult, PageLimits } from './page-result.js'
import { chunksOf } from './site.js'
import { unique } from '../../lib/text.js'

/** Loads the client with some of the plugins or all of them, as often as it takes to tell which one does what. */
export interface Loader {
  /** Loads it with those of the installed plugins for which `isLoaded` is true. */
  load(isLoaded: (plugin: string) => boolean, asked?: readonly string[]): Promise<PageResult>
  /** Loads it with these plugins alone, and what they depend on as far as an earlier page showed that. */
  loadOnly(plugins: readonly string[], seen: PageResult): Promise<PageResult>
  /** Every plugin that a page was asked for. */
  loadedIn(page: PageResult): string[]
  /** The files that a plugin can load later. */
  chunks(plugin: string): string[]
}

/** Returns what loads the client of an image again and again, each time in a page of its own. */
export function loaderOf(
  chrome: Chrome,
  { root, offer, patience }: { root: string; offer: Offer; patience: PageLimits | undefined },
): Loader {
  const { manifests, installed } = offer
  const icons = offer.icons.map(({ url }) => url)
  const chunks = remembered((plugin: string) => chunksOf(root, plugin))
  const load: Loader['load'] = (isLoaded, asked = []) =>
    loadPage(chrome, {
      root,
      manifests,
      isLoaded,
      icons,
      modules: (requested) =>
        unique([...installed, ...requested, ...asked])
          .filter(isLoaded)
          .flatMap((plugin) => ['index.js', ...chunks(plugin)].map((file) => moduleId(plugin, file))),
      ...(patience && { patience }),
    })
  return {
    load,
    loadOnly: (plugins, seen) => {
      const loaded = withDependencies(plugins, seen)
      return load((plugin) => loaded.has(plugin), plugins)
    },
    loadedIn: ({ requested }) => unique([...installed, ...requested]),
    chunks,
  }
}

/** These plugins with all that they depend on, as far as their bundles were seen. */
function withDependencies(plugins: readonly string[], { defined }: PageResult): Set<string> {
  const all = new Set(plugins)
  for (const plugin of all)
    for (const { id, dependencies } of defined)
      if (pluginOfModule(id) === plugin)
        for (const dependency of dependencies) {
          const needed = pluginOfModule(dependency)
          if (needed !== undefined) all.add(needed)
        }
  return all
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const value = known.get(key) ?? compute(key)
    known.set(key, value)
    return value
  }
}
