import { initMiniStar, regDependency, regSharedModule } from 'mini-star';
import { builtinPlugins } from './builtin';
import { withBackend } from './store';

/**
 * Loads the built-in plugins, once everything that they may import is registered
 */
export async function initPlugins(): Promise<void> {
  registerDependencies();
  registerModules();

  await initMiniStar({ plugins: builtinPlugins.map(withBackend) });
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
