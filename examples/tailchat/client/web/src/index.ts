import { initPlugins } from './plugin/loader';
import { listPlugins } from './plugin/store';

/**
 * Lists what a user could install, then loads the built-in plugins
 */
async function start() {
  const list = document.getElementById('plugins');

  for (const plugin of await listPlugins()) {
    const item = document.createElement('li');
    item.textContent = `${plugin.label} (${plugin.name})`;
    list?.append(item);
  }

  await initPlugins();
}

start();
