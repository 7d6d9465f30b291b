import dockerignore from '@balena/dockerignore'
import type { TextFile } from '../lib/text.js'

/** What keeps files of a repository out of the build context. */
export interface DockerIgnore extends TextFile {
  /** Returns whether a path, relative to the build context, is kept out for certain. */
  keepsOut(path: string): boolean
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
  const patterns: { pattern: string; wildcards: number }[] = []
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
      patterns.push({ pattern: asLibraryReads(pattern), wildcards })
      continue
    }
    problems.push({ line: index + 1, reason })
    // An exception lets in what earlier lines keep out: without knowing what, that is everything. So is the rest.
    const isCut = patterns.length === MOST_PATTERNS
    if (isCut || pattern.startsWith('!')) patterns.push({ pattern: '!**', wildcards: 1 })
    if (isCut) break
  }
  const matcher = dockerignore.default({ ignorecase: false }).add(patterns.map(({ pattern }) => pattern))
  const stepsFor = ({ length }: string): number =>
    patterns.reduce((sum, { wildcards }) => sum + length ** wildcards, 0)
  return {
    ...file,
    problems,
    keepsOut: (path) => stepsFor(path) <= MOST_STEPS && matcher.ignores(path),
  }
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
