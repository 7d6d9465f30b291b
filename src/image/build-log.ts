/** An error that a build printed although it went on and succeeded. */
export interface PrintedError {
  kind: 'bundle' | 'compilation' | 'diagnostic'
  /** The printed line without the prefix of buildx. */
  line: string
  /** Where a diagnostic points; the file is relative to server/. */
  place?: { file: string; line: number; column: number }
}

/**
 * Returns the errors in a build's log that do not make Tailchat's build fail: the bundler's `✖` (mini-star),
 * "Compilation failed" and the compiler's diagnostics (server/scripts/build.ts).
 */
export function printedErrors(lines: readonly string[]): PrintedError[] {
  return lines.flatMap((raw): PrintedError[] => {
    const line = raw.replace(/^#\d+ \d+(\.\d+)? /, '').trim()
    if (/Compilation failed/.test(line)) return [{ kind: 'compilation', line }]
    if (line.startsWith('✖')) return [{ kind: 'bundle', line }]
    const diagnostic = /^(?:.*?\/server\/)?(plugins\/\S+?\.tsx?) \((\d+),(\d+)\): /.exec(line)
    if (!diagnostic) return []
    const [, file = '', row, column] = diagnostic
    return [{ kind: 'diagnostic', line, place: { file, line: Number(row), column: Number(column) } }]
  })
}

/**
 * Returns a line for each cache that a build could not read or write. Such a build goes on: it only takes longer, or
 * leaves no cache for the next one. The log names the step (`#5 importing cache manifest from …`) and then shows the
 * error; a directory that holds no cache is a warning of buildx itself.
 */
export function cacheProblems(lines: readonly string[]): string[] {
  const steps = new Map<string, string>()
  const problems = new Set<string>()
  for (const line of lines) {
    const warning = /^WARNING: (local cache import at .*)$/.exec(line)?.[1]
    if (warning !== undefined) problems.add(`Cache: ${warning}; the build went on without it`)
    const [, step = '', text = ''] = /^(#\d+) (.*)$/.exec(line) ?? []
    if (/^(?:importing cache manifest|exporting cache)\b/.test(text) && !steps.has(step))
      steps.set(step, text)
    const error = /^(?:\d+(?:\.\d+)? )?(?:ERROR|error): (.*)$/.exec(text)?.[1]
    const name = steps.get(step)
    if (error !== undefined && name !== undefined)
      problems.add(`Cache: ${name} failed, and the build went on without it: ${error}`)
  }
  return [...problems]
}
