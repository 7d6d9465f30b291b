import { describe, expect, test } from '@jest/globals'
import { readCompilerOptions } from '../../src/source/compiler-options.js'

/** Reads options from files by their paths, and counts how often a file is asked for. */
function read(files: Record<string, string>) {
  let asked = 0
  const options = readCompilerOptions((path) => {
    asked++
    const text = files[path]
    return text === undefined ? undefined : { path, text }
  }, false)
  return { options, asked }
}

const top = 'server/tsconfig.json'

describe('what the compiler’s options of the server do not include is named', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['a file that extends itself', { [top]: '{"extends":"./tsconfig"}' }, [`${top} extends itself`]],
    [
      'two files that extend each other',
      { [top]: '{"extends":"./a"}', 'server/a.json': '{"extends":"./tsconfig.json"}' },
      [`${top} extends itself`],
    ],
    ['a file that nests too deep', { [top]: `{"a":${'['.repeat(50_000)}` }, [`${top} nests too deep`]],
    [
      'a chain without an end',
      {
        [top]: '{"extends":"./0"}',
        ...Object.fromEntries(
          Array.from({ length: 100 }, (_, index) => [
            `server/${index}.json`,
            `{"extends":"./${index + 1}","compilerOptions":{"allowJs":true}}`,
          ]),
        ),
      },
      [`of the files that ${top} extends, only 20 were read`],
    ],
  ])('%s', (_what, files, said) => {
    expect(read(files).options.notRead).toEqual(said.map((each) => expect.stringContaining(each)))
  })

  test('a file that several others extend is whole, and no circle', () => {
    const { options } = read({
      [top]: '{"extends":["./a","./b"]}',
      'server/a.json': '{"extends":"./base"}',
      'server/b.json': '{"extends":"./base"}',
      'server/base.json': '{"compilerOptions":{"allowJs":true,"target":"es2022"}}',
    })
    expect(options).toEqual({
      emitsJavaScript: true,
      emitsImportedJson: false,
      definesFields: true,
      notRead: [],
    })
  })
})

test.each([
  ['two files of each level extend both of the next', 2, 40],
  ['one file extends 20,000 others', 20_000, 1],
])('%s: each file is read once', (_what, wide, levels) => {
  const extended = JSON.stringify(
    Array.from({ length: wide }, (_, index) => (wide === 2 ? `./LEVEL${index}` : `./x${index}`)),
  )
  const files = Object.fromEntries(
    Array.from({ length: levels }, (_, level) =>
      ['0', '1'].map((side) => [
        `server/${level}${side}.json`,
        `{"extends":${extended.replaceAll('LEVEL', String(level + 1))}}`,
      ]),
    ).flat() as [string, string][],
  )
  const { options, asked } = read({ ...files, [top]: `{"extends":${extended.replaceAll('LEVEL', '0')}}` })
  expect(asked).toBeLessThan(30)
  expect(options.notRead).toEqual([expect.stringContaining('only 20 were read')])
})
