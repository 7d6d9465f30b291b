import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { generatedPaths, renderGenerated } from '../scripts/docs.js'
import { inputDefinitions, type InputName, parseInputs } from '../src/inputs/inputs.js'
import { outputDefinitions, outputsOf } from '../src/report/outputs.js'
import { emptyReport } from '../src/report/report.js'
import { allRules } from '../src/rules/catalogue.js'

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
    const set = Object.keys(outputsOf(emptyReport('check'), ''))
    expect(set.sort()).toEqual(Object.keys(action.outputs).sort())
    expect(set.sort()).toEqual(Object.keys(outputDefinitions).sort())
  })

  test.each(['inputs', 'outputs'] as const)("the README's table of %s names each once", (part) => {
    const section = read('README.md')
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
