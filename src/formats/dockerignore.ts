import dockerignore from '@balena/dockerignore'
import type { TextFile } from '../lib/text.js'

/** What keeps files of a repository out of the build context. */
export interface DockerIgnore extends TextFile {
  /** Returns whether a path, relative to the build context, is kept out for certain. */
  keepsOut: (path: string) => boolean
  /** Returns the line that keeps out a path, of one that is kept out. */
  lineFor: (path: string) => number | undefined
  /** Lines that were not understood: everything is taken as part of the build context as far as they decide it. */
  problems: { line: number; reason: string }[]
}

/** Docker refuses a line of 64 KiB; no pattern that a person writes comes near these. */
const LONGEST_PATTERN = 1000
const MOST_WILDCARDS = 4
const MOST_PATTERNS = 1000

/** What matching one path may cost: its length to the power of a pattern's wildcards, summed over the patterns. */
const MOST_STEPS = 1e9

/**
 * Reads a `.dockerignore` as BuildKit does (moby/patternmatcher). The patterns become regular expressions that
 * backtrack, so what could take long is not matched: such a path counts as part of the build context.
 */
export function readDockerIgnore(file: TextFile): DockerIgnore {
  const problems: DockerIgnore['problems'] = []
  const patterns: { pattern: string; wildcards: number; line: number; literal: string }[] = []
  for (const [index, line] of file.text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.startsWith('#') || line.trim() === '') continue
    const pattern = line.trim()
    const wildcards = pattern.split(/\*+/).length - 1
    const reason =
      patterns.length === MOST_PATTERNS
        ? `it and what follows come after ${MOST_PATTERNS} patterns`
        : reasonAgainst(pattern, wildcards)
    if (reason === undefined) {
      patterns.push({
        pattern: asLibraryReads(pattern),
        wildcards,
        line: index + 1,
        literal: literalIn(pattern),
      })
      continue
    }
    problems.push({ line: index + 1, reason })
    // An exception lets in what earlier lines keep out: without knowing what, that is everything. So is the rest.
    const isCut = patterns.length === MOST_PATTERNS
    if (isCut || pattern.startsWith('!'))
      patterns.push({ pattern: '!**', wildcards: 1, line: index + 1, literal: '' })
    if (isCut) break
  }
  const matcher = matcherOf(patterns.map(({ pattern }) => pattern))
  const lines = patterns
    .filter(({ pattern }) => !pattern.startsWith('!'))
    .map(({ pattern, line, literal }) => ({ line, literal, matches: later(() => matcherOf([pattern])) }))
  const keepsOut = (path: string): boolean =>
    // The library takes long, and most paths hold nothing that any line asks for.
    lines.some(({ literal }) => path.includes(literal)) &&
    stepsFor(path) <= MOST_STEPS &&
    matcher.ignores(path)
  const stepsFor = ({ length }: string): number =>
    patterns.reduce((sum, { wildcards }) => sum + length ** wildcards, 0)
  return {
    ...file,
    problems,
    keepsOut,
    // The last line that matches decides.
    lineFor: (path) =>
      keepsOut(path) ? lines.findLast(({ matches }) => matches().ignores(path))?.line : undefined,
  }
}

function matcherOf(patterns: string[]) {
  return dockerignore.default({ ignorecase: false }).add(patterns)
}

/** Returns a function that works out its value when it is first asked for. */
function later<T extends object>(work: () => T): () => T {
  let value: T | undefined
  return () => (value ??= work())
}

/** Returns the longest name, or part of one, that stands in whatever a pattern matches. */
function literalIn(pattern: string): string {
  if (pattern.split('/').includes('..')) return ''
  const pieces = pattern.split(/\/|\[[^\]]{0,1000}\]|[*?[\]\\]/).filter((piece) => piece !== '.')
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '')
}

function reasonAgainst(pattern: string, wildcards: number): string | undefined {
  if (pattern.length > LONGEST_PATTERN) return `it is longer than ${LONGEST_PATTERN} characters`
  if (wildcards > MOST_WILDCARDS) return `it has more than ${MOST_WILDCARDS} wildcards`
  // Go's regular expressions, which Docker makes of patterns, and JavaScript's differ in these.
  if (/\\[A-Za-z0-9]|\[\[:|\[\]/.test(pattern)) return 'it is a regular expression that only Docker reads'
  try {
    dockerignore.default().add(pattern).ignores('a')
    return undefined
  } catch {
    return 'its brackets are not balanced'
  }
}

/** Evens out where the library, a port of Docker 19.03, and today's engine differ. */
function asLibraryReads(pattern: string): string {
  const isLiteral = !/[*?[\]\\]/.test(pattern)
  const special = isLiteral ? /[+(){}|^]/g : /\\.|[+(){}|]/g
  const escaped = pattern.replace(special, (found) => (found.length > 1 ? found : `\\${found}`))
  // Spaces before it keep a # from beginning a comment, and they are gone here.
  if (escaped.startsWith('#')) return `./${escaped}`
  // Today `**docs` is whatever ends in docs, unless there is another wildcard.
  return escaped.replace(/^(!?\s*\/?)\*\*(?=[^*/?[\]\\][^*?[\]]*$)/, '$1**/*')
}
