import type { TextFile } from '../lib/text.js'

/** Whether .dockerignore keeps a path out of the build: the last line that matches it, or what holds it, decides. */
export function isDockerIgnored(file: TextFile | undefined, path: string): boolean {
  let ignored = false
  for (const line of file?.text.split(/\r?\n/) ?? []) {
    const [, not, pattern = ''] = /^(!?)\s*\/?(.*?)\/?\s*$/.exec(line) ?? []
    if (pattern === '' || line.startsWith('#')) continue
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('**/', '\0')
      .replaceAll('**', '\u0001')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')
      .replaceAll('\0', '(?:.*/)?')
      .replaceAll('\u0001', '.*')
    if (new RegExp(`^${source}(/|$)`).test(path)) ignored = not === ''
  }
  return ignored
}
