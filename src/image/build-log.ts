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
