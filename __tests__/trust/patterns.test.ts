import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { parse } from '@babel/parser'
import { analyse } from 'scslre'

const src = fileURLToPath(new URL('../../src', import.meta.url))

/**
 * Patterns that the analysis calls slow, and why they are not: each reads something short, or what stands before the
 * repeated part is only found once in a line.
 */
const HARMLESS: Record<string, string> = {
  '/^(?:[^@/]+@)?([^:/]+\\.[^:/]+):(?!\\/)(.+?)(?:\\.git)?$/': 'the address of a remote, from .git/config',
}

interface Pattern {
  at: string
  source: string
  flags: string
}

/** Every regular expression literal of a TypeScript or JavaScript text. */
function patternsIn(path: string): Pattern[] {
  const text = readFileSync(join(src, path), 'utf8')
  const { tokens } = parse(text, {
    sourceType: path.endsWith('.cjs') ? 'script' : 'module',
    plugins: ['typescript'],
    tokens: true,
    allowReturnOutsideFunction: true,
  })
  return (tokens ?? []).flatMap(
    (token: { type: { label: string }; value: unknown; loc: { start: { line: number } } }) => {
      if (token.type.label !== 'regexp') return []
      const { pattern, flags } = token.value as { pattern: string; flags: string }
      return [{ at: `${path}:${token.loc.start.line}`, source: pattern, flags }]
    },
  )
}

const patterns = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:ts|cjs)$/.test(path))
  .flatMap(patternsIn)

/** What of a pattern takes more than linear time; a sticky one is only tried in one place. */
function slowParts({ source, flags }: Pattern): string[] {
  const reportTypes = { Move: !flags.includes('y'), Self: true, Trade: true }
  return analyse({ source, flags }, { reportTypes }).reports.map((report) =>
    'quant' in report ? report.quant.raw : `${report.startQuant.raw} … ${report.endQuant.raw}`,
  )
}

test('the sources are read: they hold some hundred regular expressions', () => {
  expect(patterns.length).toBeGreaterThan(200)
})

test('no regular expression takes more time than grows with the length of the text', () => {
  const slow = patterns.flatMap((pattern) => {
    const parts = slowParts(pattern)
    const literal = `/${pattern.source}/${pattern.flags}`
    return parts.length === 0 || literal in HARMLESS ? [] : [`${pattern.at} ${literal}: ${parts.join(', ')}`]
  })
  expect(slow).toEqual([])
})

test.each([
  ['two repeated parts that trade characters', '^a*b?a*$', ''],
  ['a repeated part that may begin at any place', '\\s+#', ''],
  ['white space at the start of any line, which takes in the next lines', '^\\s*x', 'm'],
  ['a repeated part of repeated parts', '^(a+)*$', ''],
])('the test notices %s', (_what, source, flags) => {
  expect(slowParts({ at: '', source, flags })).not.toEqual([])
})
