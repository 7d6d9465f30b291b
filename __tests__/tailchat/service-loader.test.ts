import { expect, test } from '@jest/globals'
import { compiledPath } from '../../src/tailchat/service-loader.js'

test.each([
  ['server/services/core/gateway.service.ts', 'services/core/gateway.service.js'],
  ['server/plugins/com.acme.a/services/a.service.ts', 'plugins/com.acme.a/services/a.service.js'],
  ['plugins/com.acme.a/services/a.service.ts', 'plugins/com.acme.a/services/a.service.js'],
  ['server/plugins/server/services/a.service.tsx', 'plugins/server/services/a.service.js'],
])('the image holds %s as %s below server/dist', (source, compiled) => {
  expect(compiledPath(source)).toBe(compiled)
})
