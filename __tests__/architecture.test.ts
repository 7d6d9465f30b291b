import { readdirSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { STAGES } from '../src/stages/stage.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const read = (path: string): string => readFileSync(posix.join(root, path), 'utf8')

/** The rooms from the top down, in the order that ESLint holds. */
const rooms = [.../const rooms = \[([^\]]*)\]/.exec(read('eslint.config.js'))![1]!.matchAll(/'(\w+)'/g)].map(
  ([, name]) => name,
)
const LOOSE = ['main.ts', 'cli.ts', 'pipeline.ts']
const order = [...LOOSE, ...rooms]

const files = readdirSync(posix.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)(['"`])(\.[^'"`]+)\.js\1/gm

/** The files that each file imports, including types and what `import()` loads, which ESLint does not look at. */
const imports = new Map(
  files.map((file) => [
    file,
    [...read(`src/${file}`).matchAll(IMPORT)].map(
      ([, , path]) => `${posix.join(posix.dirname(file), path ?? '')}.ts`,
    ),
  ]),
)
const roomOf = (file: string): number => order.indexOf(file.split('/')[0] ?? '')

/** Returns the first circle of imports that can be reached from a file, as the files along it. */
function circleFrom(file: string, path: readonly string[], done: Set<string>): string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
  if (done.has(file)) return undefined
  for (const next of imports.get(file) ?? []) {
    const circle = circleFrom(next, [...path, file], done)
    if (circle) return circle
  }
  done.add(file)
  return undefined
}

/** Returns the packages that are loaded together with a file: those that it imports and no `import()` puts off. */
function packagesLoadedWith(file: string, done = new Set<string>()): Set<string> {
  const found = new Set<string>()
  if (done.has(file)) return found
  done.add(file)
  for (const [, from = ''] of read(`src/${file}`).matchAll(STATIC_IMPORT)) {
    if (!from.startsWith('.')) found.add(from)
    else
      for (const name of packagesLoadedWith(
        posix.join(posix.dirname(file), from.replace(/\.js$/, '.ts')),
        done,
      ))
        found.add(name)
  }
  return found
}

const STATIC_IMPORT = /^(?:import|export)\s+(?!type\b)[^'"]*?from\s+'([^']+)'/gm

describe('the files of src/', () => {
  test.each([
    ['main.ts', ['@actions/core', '@balena/dockerignore', 'jsonc-parser']],
    ['cli.ts', ['@balena/dockerignore', 'jsonc-parser']],
  ])('load the packages that every run needs with %s, and others when they are needed', (entry, packages) => {
    const loaded = [...packagesLoadedWith(entry)].filter((name) => !name.startsWith('node:'))
    expect(loaded.sort()).toEqual(packages)
  })

  test('are found, with what they import', () => {
    expect(files.length).toBeGreaterThan(100)
    expect([...imports.values()].flat().filter((file) => !imports.has(file))).toEqual([])
    expect(imports.get('pipeline.ts')).toContain('stages/deploy.ts') // by import()
  })

  test('lie in a room that ESLint knows, except for the two entries and the pipeline', () => {
    expect(files.filter((file) => !file.includes('/')).sort()).toEqual([...LOOSE].sort())
    expect(files.filter((file) => roomOf(file) === -1)).toEqual([])
  })

  test('import nothing from a room above their own', () => {
    const upwards = [...imports].flatMap(([file, targets]) =>
      targets.filter((target) => roomOf(target) < roomOf(file)).map((target) => `${file} -> ${target}`),
    )
    expect(upwards).toEqual([])
  })

  test('never import each other in a circle', () => {
    const done = new Set<string>()
    expect(files.flatMap((file) => circleFrom(file, [], done) ?? [])).toEqual([])
  })
})

test.each(['src/README.md', 'CONTRIBUTING.md'])(
  '%s lists the rooms in the order that ESLint holds',
  (page) => {
    expect([...read(page).matchAll(/^\| `(?:src\/)?(\w+)\/` /gm)].map(([, name]) => name)).toEqual(rooms)
  },
)

test('each stage has the file of its name in src/stages/', () => {
  expect(STAGES.map((name) => `stages/${name}.ts`).filter((file) => !imports.has(file))).toEqual([])
})
