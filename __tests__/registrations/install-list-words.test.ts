import { expect, test } from '@jest/globals'
import { installListsIn, readInstallLists } from '../../src/registrations/install-list.js'

const file = (scripts: Record<string, string>) => ({
  path: 'package.json',
  text: JSON.stringify({ scripts }),
})
const installedBy = (script: string) =>
  installListsIn(file({ 'build:server': script })).map(({ names }) => names.map(({ name }) => name))

test.each<[string, string, string[][]]>([
  ['a command within quotes', 'sh -c "pnpm plugin:install a"', [['a']]],
  ['a command within a command', `sh -c "sh -c 'pnpm plugin:install a'"`, [['a']]],
  ['an expansion that does not end', '${cd server && pnpm plugin:install a', []],
  [
    'an expansion that does not end within quotes, which says so',
    '"${cd server && pnpm plugin:install a',
    [[]],
  ],
  ['the output of a command that does not end', '$(cd server && pnpm plugin:install a', []],
  ['the output of a command, in backquotes that do not end', '`cd server && pnpm plugin:install a', []],
  ['an expansion with blanks', 'x ${A:-pnpm plugin:install a}', []],
])('install lists are read once in %s', (_what, script, names) => {
  expect(installedBy(script)).toEqual(names)
  // Which of two lists the build runs is asked of the same words.
  const two = file({
    build: 'pnpm plugin:install b && pnpm build:other',
    'build:other': script,
    c: 'pnpm plugin:install c',
  })
  const [first] = readInstallLists((path) => (path === two.path ? two : undefined))
  expect(first?.names.map(({ name }) => name)).toEqual(['b'])
})
