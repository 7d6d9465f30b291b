import { backendPlugin, type Files, frontendPlugin, fullstackPlugin, json } from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const NAME = 'com.acme.audit'
const DIRECTORY = `server/plugins/${NAME}`

export const dependencyCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'dependency/undeclared',
    valid: {
      'what the plugin declares': {
        files: withCode("import got from 'got'", { dependencies: { got: '1' } }),
      },
      'what it declares for development, which the image installs': {
        files: withCode("import got from 'got'", { devDependencies: { got: '1' } }),
      },
      'a file of a package, and one with a scope': {
        files: withCode("import a from 'got/dist/a'\nimport b from '@a/b/c'", {
          dependencies: { got: '1', '@a/b': '1' },
        }),
      },
      'what the server declares': {
        files: withCode("import _ from 'lodash'\nimport moleculer from 'moleculer'"),
      },
      'what the root declares': { files: withCode("import dayjs from 'dayjs'") },
      'the SDK, which the repository has': {
        files: {
          ...withCode("import { TcService } from 'tailchat-server-sdk'"),
          'server/packages/sdk/package.json': json({ name: 'tailchat-server-sdk' }),
        },
      },
      'modules of Node.js': {
        files: withCode("import fs from 'fs'\nimport { join } from 'node:path'\nimport p from 'fs/promises'"),
      },
      types: {
        files: withCode("import type { A } from 'a'\nexport type { B } from 'b'\nimport type C from 'c'"),
      },
      files: { files: withCode("import a from './a'\nimport b from '../b'\nimport c from '@/c'") },
      comments: { files: withCode("// import a from 'a'\n/*\nimport b from 'b'\n*/") },
      'code that is written by code': { files: withCode("const text = `\nimport a from 'a'\n`") },
      'what may never be loaded': {
        files: withCode("const a = () => import('a')\ntry {\n  require('b')\n} catch {}"),
      },
      'a test': {
        files: {
          ...withCode(''),
          [`${DIRECTORY}/test/a.spec.ts`]: "import a from 'a'",
          [`${DIRECTORY}/lib/__tests__/b.ts`]: "import b from 'b'",
        },
      },
      'the browser side, which is bundled': {
        files: {
          ...server(),
          ...fullstackPlugin(NAME, { [`web/plugins/${NAME}/src/index.tsx`]: "import React from 'react'" }),
          ...frontendPlugin('com.acme.theme', { 'src/index.tsx': "import React from 'react'" }),
        },
      },
      'a package of its own further in': {
        files: {
          ...withCode(''),
          [`${DIRECTORY}/executor/index.ts`]: "import vm from 'vm2'",
          [`${DIRECTORY}/executor/package.json`]: json({ dependencies: { vm2: '1' } }),
        },
      },
      'another layout of node_modules': {
        files: { ...withCode("import a from 'a'"), '.npmrc': 'shamefully-hoist=true\n' },
      },
      'a package.json that cannot be read': {
        files: { ...withCode("import a from 'a'"), [`${DIRECTORY}/package.json`]: '{' },
      },
      'no server around it': {
        files: { ...withCode("import a from 'a'"), 'server/package.json': undefined },
      },
    },
    invalid: {
      'a repository of plugins only, as a warning: its base image may have more': {
        files: {
          [`plugins/${NAME}/package.json`]: json({ dependencies: { got: '1' } }),
          [`plugins/${NAME}/services/audit.service.ts`]:
            "import { TcService } from 'tailchat-server-sdk'\nimport got from 'got'\nimport _ from 'lodash'\nimport QRCode from 'qrcode'\n",
          'client/web/registry.json': undefined,
          'client/web/src/plugin/builtin.ts': undefined,
          'package.json': undefined,
        },
        finds: [
          {
            at: `plugins/${NAME}/services/audit.service.ts:4:20`,
            plugin: NAME,
            severity: 'warning',
            says: `neither plugins/${NAME}/package.json nor the server of Tailchat 1.11 declares qrcode`,
          },
        ],
      },
      'a default import': found("import QRCode from 'qrcode'", 'qrcode', '1:20'),
      'several lines': found("import {\n  a,\n  b,\n} from 'qrcode/lib'", 'qrcode', '4:8'),
      'a side effect': found("import 'qrcode'", 'qrcode', '1:8'),
      'an export': found("export * from 'qrcode'", 'qrcode', '1:15'),
      require: found("const a = require('qrcode')", 'qrcode', '1:19'),
      'import with require': found("import a = require('qrcode')", 'qrcode', '1:20'),
      'a default import that is named type': found("import type, { a } from 'qrcode'", 'qrcode', '1:25'),
      'types without the word': found("import { type A } from '@acme/types'", '@acme/types', '1:24'),
      'behind another statement': found(
        "export interface A {\n  a: B\n}\nimport b from 'qrcode'",
        'qrcode',
        '4:15',
      ),
    },
  },
]

function found(code: string, name: string, place: string): RuleCases<RepositoryCase>['invalid'][string] {
  return {
    files: withCode(code),
    finds: [
      {
        at: `${DIRECTORY}/lib/code.ts:${place}`,
        plugin: NAME,
        says: `neither ${DIRECTORY}/package.json nor server/package.json declares ${name}`,
      },
    ],
  }
}

function server(): Files {
  return {
    'package.json': json({ dependencies: { dayjs: '1' } }),
    'server/package.json': json({
      dependencies: { lodash: '4', 'tailchat-server-sdk': '*' },
      devDependencies: { moleculer: '1' },
    }),
  }
}

function withCode(code: string, fields: Record<string, unknown> = {}): Files {
  return {
    ...server(),
    ...backendPlugin(NAME, { 'package.json': json({ name: 'audit', ...fields }), 'lib/code.ts': code }),
  }
}
