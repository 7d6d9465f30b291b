/**
 * Splits a list input: one item a line, or separated by commas on one line; a line that starts with `#` is a
 * comment. A comma inside `key=value` pairs such as `type=gha,mode=max` belongs to the item.
 */
export function parseList(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => (line.includes('=') ? [line] : line.split(',').map((item) => item.trim())))
    .filter((item) => item !== '')
}
