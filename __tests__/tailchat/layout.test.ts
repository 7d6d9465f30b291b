import { describe, expect, test } from '@jest/globals'
import { pluginOf } from '../../src/tailchat/layout.js'

describe('the plugin that a file belongs to', () => {
  test.each([
    ['client/web/plugins/com.acme.theme/src/index.tsx', 'com.acme.theme'],
    ['server/plugins/com.acme.tickets/package.json', 'com.acme.tickets'],
    ['server/plugins/com.acme.tickets/', 'com.acme.tickets'],
    ['server/plugins/com.acme.tickets/web/plugins/com.acme.other/manifest.json', 'com.acme.tickets'],
    ['server/plugins/README.md', undefined],
    ['client/web/plugins/tsconfig.json', undefined],
    ['server/plugins.ts', undefined],
    ['server/services/core/gateway.service.ts', undefined],
    ['client/web/src/plugin/builtin.ts', undefined],
    ['plugins/com.acme.theme/manifest.json', undefined],
    ['packages/server/plugins/com.acme.theme/manifest.json', undefined],
  ])('of %s in a Tailchat repository is %s', (path, plugin) => {
    expect(pluginOf(path)).toBe(plugin)
  })

  test.each([
    ['plugins/com.acme.theme/manifest.json', 'com.acme.theme'],
    ['server/plugins/com.acme.tickets/package.json', 'com.acme.tickets'],
    ['plugins/README.md', undefined],
    ['src/plugins/com.acme.theme/manifest.json', undefined],
  ])('of %s in a repository of plugins is %s', (path, plugin) => {
    expect(pluginOf(path, { pluginsOnly: true })).toBe(plugin)
  })
})
