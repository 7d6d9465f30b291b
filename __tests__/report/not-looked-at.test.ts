import { expect, test } from '@jest/globals'
import { backendPlugin, check, type Files, frontendPlugin, fullstackPlugin } from '../support/repository.js'

const AUDIT = 'com.acme.audit'

const named = (name: string): string =>
  `import { TcService } from 'tailchat-server-sdk'\n\nexport default class extends TcService {\n  get serviceName() {\n    return ${name}\n  }\n  onInit() {}\n}\n`
const withService = (name: string): Files => backendPlugin(AUDIT, { 'services/main.service.ts': named(name) })
const theme: Files = frontendPlugin('com.acme.theme', {
  'src/index.tsx': "import { openModal } from '@capital/common'\nopenModal()\n",
})
const COMMON = 'client/web/src/plugin/common/index.ts'

test.each<[string, Files, string[]]>([
  [
    'nothing where all of it was',
    { ...withService(`'plugin:${AUDIT}'`), ...fullstackPlugin('com.acme.tickets') },
    [],
  ],
  [
    'a service whose name is computed',
    withService('makeName()'),
    [`the name of the service in server/plugins/${AUDIT}/services/main.service.ts, which is computed`],
  ],
  ['no module of the client that was read', { ...theme, [COMMON]: 'export const openModal = 1' }, []],
  [
    'a module of the client that exports names of a package',
    { ...theme, [COMMON]: "export * from 'tailchat-shared'" },
    ["imports from @capital/common, whose exports can't all be told"],
  ],
  [
    'a module of the client that is spread over more files than are read',
    {
      ...theme,
      [COMMON]: "export * from './part0'",
      ...Object.fromEntries(
        Array.from({ length: 201 }, (_, index) => [
          `client/web/src/plugin/common/part${index}.ts`,
          `export * from './part${index + 1}'`,
        ]),
      ),
    },
    ["imports from @capital/common, whose exports can't all be told"],
  ],
])('the report lists what was not looked at: %s', async (_title, files, expected) => {
  expect((await check(files)).notLookedAt).toEqual(expected)
})
