import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { generatedPaths, renderGenerated } from '../scripts/docs.js'
import { inputDefinitions, type InputName, parseInputs } from '../src/inputs/inputs.js'
import { outputDefinitions, outputsOf } from '../src/report/outputs.js'
import { emptyReport } from '../src/report/report.js'
import { allRules } from '../src/rules/catalogue.js'
import { expectWorkflow } from './support/workflows.js'

const root = fileURLToPath(new URL('..', import.meta.url))

function read(path: string): string {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''
}

// `npm run docs` sets this: then what differs is written, and the tests below compare what was written.
if (process.env['UPDATE_DOCS'])
  for (const path of generatedPaths) {
    const content = await renderGenerated(path, read(path))
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }

describe('what is generated is what the code says', () => {
  test.each(generatedPaths)('%s', async (path) => {
    expect(read(path)).toBe(await renderGenerated(path, read(path)))
  })
})

test('every rule is explained where findings link to', () => {
  const headings = [...read('docs/rules.md').matchAll(/^### (.+)$/gm)].map(([, heading]) => heading)
  expect(headings.sort()).toEqual(
    allRules()
      .map(({ id }) => id as string)
      .sort(),
  )
})

test('the README has no line that a reader must scroll for', () => {
  expect(
    read('README.md')
      .split('\n')
      .filter((line) => line.length > 200),
  ).toEqual([])
})

describe('the names of the interface', () => {
  const action = parse(read('action.yml')) as {
    inputs: Record<string, { default?: string }>
    outputs: Record<string, unknown>
    runs: { using: string; main: string }
  }

  test('the code reads exactly the inputs that action.yml declares', () => {
    const seen = new Set<string>()
    parseInputs((name: InputName) => {
      seen.add(name)
      return action.inputs[name]?.default ?? ''
    })
    expect([...seen].sort()).toEqual(Object.keys(action.inputs).sort())
    expect([...seen].sort()).toEqual(Object.keys(inputDefinitions).sort())
  })

  test('the code sets exactly the outputs that action.yml declares', () => {
    const set = Object.keys(outputsOf(emptyReport('check'), '').outputs)
    expect(set.sort()).toEqual(Object.keys(action.outputs).sort())
    expect(set.sort()).toEqual(Object.keys(outputDefinitions).sort())
  })

  test.each(['inputs', 'outputs'] as const)('the table of %s in docs/inputs.md names each once', (part) => {
    const section = read('docs/inputs.md')
      .split(`<!-- ${part}: generated -->`)[1]
      ?.split(`<!-- ${part}: end -->`)[0]
    const names = [...(section ?? '').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name)
    expect(names.sort()).toEqual(Object.keys(action[part]).sort())
  })

  test('the bundle that action.yml starts is there', () => {
    expect(action.runs.using).toBe('node24')
    expect(existsSync(join(root, action.runs.main))).toBe(true)
  })
})

const PAGES = ['README.md', ...readdirSync(join(root, 'docs')).map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith('.md'),
)

/** Every piece of a page that shows steps, as GitHub would read it, with the line it begins on. */
const snippets = PAGES.flatMap((page) => {
  const text = read(page)
  return [...text.matchAll(/^```ya?ml\n([^]*?)^```$/gm)].flatMap((match) => {
    const content = match[1] ?? ''
    if (!/^\s*(?:- )?uses: /m.test(content)) return []
    return [{ place: `${page}:${text.slice(0, match.index).split('\n').length}`, content }]
  })
})

describe('workflows that the documents show', () => {
  test.each(snippets)('$place is one that GitHub and this action understand', ({ content }) => {
    expectWorkflow(content)
  })
})
