import { type Files, frontendPlugin, fullstackPlugin } from '../support/repository.js'
import type { RepositoryCase, RuleCases } from '../support/rule-cases.js'

const NAME = 'com.acme.theme'
const INDEX = `client/web/plugins/${NAME}/src/index.tsx`

/** The shared modules, in every shape that an export has. */
const SHARED: Files = {
  'client/web/src/plugin/common/index.ts': `
import { toast, type Toast } from '@/toast'
export * from './reg'
export { openModal as open, closeModal } from '@/modal'
export { toast }
export type { Toast }
export function request() {}
export class Panel {}
export interface Options {}
`,
  'client/web/src/plugin/common/reg.tsx': `
export const [list, regList] = build(), { map, old: regMap = none, ...others } = build()
`,
  'client/web/src/plugin/component/index.tsx':
    "export const Button = () => null\nexport { Input } from 'antd'\n",
}

export const webCases: RuleCases<RepositoryCase>[] = [
  {
    rule: 'web/unknown-import',
    valid: {
      'names of every shape': {
        files: importing(
          "import React, { useState } from 'react'\nimport { open, closeModal as close, toast, Toast, request, Panel, Options, list, regList, map, regMap, others } from '@capital/common'\nimport { Button, Input } from '@capital/component'",
        ),
      },
      'types, comments and whole modules': {
        files: importing(
          "import { type Gone, list, type Away as Far, } from '@capital/common'\nimport type { Lost } from '@capital/common'\n// import { gone } from '@capital/common'\nimport * as all from '@capital/common'",
        ),
      },
      'modules that are not there': {
        files: { ...frontendPlugin(NAME, { 'src/index.tsx': "import { gone } from '@capital/common'" }) },
      },
      'a module that takes names from a package': {
        files: {
          ...importing("import { gone } from '@capital/component'"),
          'client/web/src/plugin/component/index.tsx': "export * from 'antd'",
        },
      },
      'a module that does not parse': {
        files: {
          ...importing("import { gone } from '@capital/component'"),
          'client/web/src/plugin/component/index.tsx': 'export {',
        },
      },
      'a test': {
        files: {
          ...importing(''),
          [`client/web/plugins/${NAME}/src/a.spec.ts`]: "import { gone } from '@capital/common'",
        },
      },
    },
    invalid: {
      'a name that is not exported': {
        files: importing("import { list, gone as g } from '@capital/common'"),
        finds: [
          { at: `${INDEX}:1:16`, plugin: NAME, says: '@capital/common exports no gone: it is undefined' },
        ],
      },
      'a name of the other module, over several lines': {
        files: importing("import {\r\n  list,\r\n  Button,\r\n} from '@capital/common'"),
        finds: [{ at: `${INDEX}:3:3`, plugin: NAME, says: 'browser; @capital/component exports it' }],
      },
      'a name in the browser side of a full-stack plugin': {
        files: {
          ...SHARED,
          ...fullstackPlugin(NAME, {
            [`web/plugins/${NAME}/src/a.ts`]: 'import { no } from "@capital/common"',
          }),
        },
        finds: [
          {
            at: `server/plugins/${NAME}/web/plugins/${NAME}/src/a.ts:1:10`,
            plugin: NAME,
            says: 'exports no no',
          },
        ],
      },
    },
  },
]

function importing(text: string): Files {
  return { ...SHARED, ...frontendPlugin(NAME, { 'src/index.tsx': text }) }
}
