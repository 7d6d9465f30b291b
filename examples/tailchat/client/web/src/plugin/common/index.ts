/**
 * `@capital/common`: what the application offers to plugins
 */
export function showToasts(message: string) {
  console.log(message);
}

/**
 * Actions of a plugin's service answer at /api/plugin:NAME/ACTION
 */
export function createPluginRequest(pluginName: string) {
  const base = `/api/plugin:${pluginName}`;
  const login = { 'x-token': 'anybody' };

  return {
    get: (action: string) =>
      fetch(`${base}/${action}`, { headers: login }).then((r) => r.json()),
    post: (action: string, data: unknown) =>
      fetch(`${base}/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...login },
        body: JSON.stringify(data),
      }).then((r) => r.json()),
  };
}
