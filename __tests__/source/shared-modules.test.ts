import { expect, test } from '@jest/globals'
import { parse } from '@babel/parser'
import { readSharedModules } from '../../src/source/shared-modules.js'

const COMMON = 'client/web/src/plugin/common'

/** What `@capital/common` exports, of files by their paths below its directory. */
function exportsOf(files: (path: string) => string | undefined): string[] | undefined {
  const modules = readSharedModules(parse, (path) => {
    const text = path.startsWith(`${COMMON}/`) ? files(path.slice(COMMON.length + 1)) : undefined
    return text === undefined ? undefined : { path, text }
  })
  const names = modules.get('@capital/common')
  return names && [...names].sort()
}

test('what a shared module exports is read through the files that it exports from', () => {
  const files: Record<string, string> = {
    'index.ts': "export * from './a'\nexport { b as c } from './b'\n",
    'a.ts': "export * from '.'\nexport const [d, { e }] = f()\n",
  }
  expect(exportsOf((path) => files[path])).toEqual(['c', 'd', 'e'])
})

test.each([
  ['a part of it is not there', "export * from './missing'\n"],
  ['a part of it is a package', "export * from 'react'\n"],
])('a shared module is left out where %s', (_what, text) => {
  expect(exportsOf((path) => (path === 'index.ts' ? text : undefined))).toBeUndefined()
})

test.each([
  ['one link', "export * from './here/index'\n"],
  ['two links', "export * from './one/index'\nexport * from './two/index'\n"],
])('a shared module that links lead back to without end is left out: %s', (_what, text) => {
  let reads = 0
  expect(exportsOf((path) => (reads++, path.endsWith('index.ts') ? text : undefined))).toBeUndefined()
  expect(reads).toBeLessThan(2000)
})
