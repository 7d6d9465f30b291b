import { initMiniStar, regDependency, regSharedModule } from 'mini-star';
import { builtinPlugins } from './builtin';
import { installedPlugins, withBackend } from './store';

/**
 * Loads the built-in plugins and those that the user has installed, once everything that they may import is registered
 */
export async function initPlugins(): Promise<void> {
  registerDependencies();
  registerModules();

  const builtin = builtinPlugins.map((plugin) => plugin.name);
  const installed = installedPlugins().filter(
    (plugin) => !builtin.includes(plugin.name)
  );

  await initMiniStar({
    plugins: [...builtinPlugins, ...installed].map(withBackend),
  });
}

/**
 * npm packages that a plugin shares with the application. They belong in `externalDeps` of .ministarrc.js, too
 */
function registerDependencies() {
  regDependency('react', () => import('react'));
}

function registerModules() {
  regSharedModule('@capital/common', () => import('./common/index'));
  regSharedModule('@capital/component', () => import('./component/index'));
}
