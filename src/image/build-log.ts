/** Something that a build printed as an error although it went on to succeed. */
export interface PrintedError {
  kind: 'bundle' | 'compilation' | 'diagnostic'
  /** The line as it was printed, without the prefix that buildx puts before it. */
  line: string
  /** For a diagnostic: the file below server/, and where in it. */
  place?: { file: string; line: number; column: number }
}

/**
 * Reads the errors out of a build's log that do not make Tailchat's build fail: the bundler's `✖`
 * (mini-star), "Compilation failed" and the compiler's diagnostics (server/scripts/build.ts).
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
 * The caches that a build could not read or write, a line each. Such a build goes on: it only takes longer, or leaves
 * no cache for the next one. In the log the step has a name (`#5 importing cache manifest from …`) and then an error;
 * a directory that holds no cache is a warning of buildx itself.
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
