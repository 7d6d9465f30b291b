/**
 * A glob over paths with forward slashes, as a regular expression over whole paths. Knows `**`, `*`, `?`, `[…]` and
 * `{a,b}`; like the libraries that pnpm and moleculer use, `*` never stands for a leading dot.
 */
export function globToRegExp(glob: string): RegExp {
  const token = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|\[[^\]/]+\]|[^]/g
  return new RegExp(`^${glob.replace(token, (part, offset: number) => translate(part, glob, offset))}$`)
}

function translate(part: string, glob: string, offset: number): string {
  const startsSegment = offset === 0 || glob[offset - 1] === '/'
  const noDot = startsSegment ? '(?!\\.)' : ''
  if (part === '**/') return '(?:(?!\\.)[^/]+/)*'
  if (part === '**') return '(?:(?!\\.)[^/]+(?:/(?!\\.)[^/]+)*)?'
  if (part === '*') return `${noDot}[^/]*`
  if (part === '?') return `${noDot}[^/]`
  if (part.length > 2 && part.startsWith('{'))
    return `(?:${part.slice(1, -1).split(',').map(escapeLiteral).join('|')})`
  if (part.length > 2 && part.startsWith('[')) return `[${part.slice(1, -1).replace(/^!/, '^')}]`
  return escapeLiteral(part)
}

function escapeLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
