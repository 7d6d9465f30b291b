import { visible } from './text.js'

/**
 * What a terminal is told before and after a text. util.styleText() knows these too, but some versions of it look at
 * the environment of the process by themselves, and at standard output whichever stream it is for.
 */
const CODES = {
  dim: [2, 22],
  underline: [4, 24],
  bold: [1, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const

/** How a part of a line stands out on a terminal that shows colours. */
export type Style = keyof typeof CODES

/** A part of a line: its text may come from a repository. */
interface Span {
  text: string
  style?: Style
}

export interface Page {
  /** Columns to break lines at; `Infinity` for a file or a pipe. */
  width: number
  colors: boolean
}

/**
 * Lays spans out as lines that fit the page, broken between words. What is longer than a line stays whole.
 * @param hanging the columns that every line but the first is indented by
 */
export function wrap(spans: readonly Span[], page: Page, hanging = 2): string[] {
  const words = spans.flatMap(({ text, style }) =>
    visible(text)
      .split(' ')
      .map((word) => ({ word, style })),
  )
  const lines: string[] = []
  let line: string[] = []
  let used = 0
  for (const { word, style } of words) {
    const length = columnsOf(word)
    if (line.length > 0 && used + 1 + length > page.width) {
      lines.push(line.join(' '))
      line = [' '.repeat(hanging - 1)]
      used = hanging - 1
    }
    used += length + (line.length > 0 ? 1 : 0)
    line.push(style !== undefined && word !== '' ? paint(word, style, page) : word)
  }
  return [...lines, line.join(' ')].map((each) => each.trimEnd())
}

/** The text in a style, where the page has colours. */
export function paint(text: string, style: Style, { colors }: Page): string {
  if (!colors) return text
  const [start, end] = CODES[style]
  return `\u001b[${start}m${text}\u001b[${end}m`
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g

/** The columns that a text takes on a terminal: characters of Chinese, Japanese and Korean take two. */
export function columnsOf(text: string): number {
  return text.replace(WIDE, 'xx').length
}

/** The page that a stream shows: https://no-color.org, FORCE_COLOR as Node.js reads it, and none in a pipe. */
export function pageOf(stream: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv): Page {
  const force = env['FORCE_COLOR']
  const colors =
    force !== undefined
      ? !/^(0|false)$/.test(force)
      : !env['NO_COLOR'] && stream.isTTY === true && env['TERM'] !== 'dumb'
  return { width: stream.isTTY ? (stream.columns ?? 80) : Infinity, colors }
}
