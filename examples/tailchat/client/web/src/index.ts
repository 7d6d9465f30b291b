import { initPlugins } from './plugin/loader';
import { listPlugins } from './plugin/store';

/**
 * Loads the plugins, then shows what a user could install
 */
async function start() {
  await initPlugins();

  const heading = document.createElement('h1');
  heading.textContent = 'Plugins';
  const list = document.createElement('ul');
  for (const plugin of await listPlugins()) {
    const item = document.createElement('li');
    item.textContent = `${plugin.label} (${plugin.name})`;
    list.append(item);
  }
  document.getElementById('app')?.replaceChildren(heading, list);
}

start();
