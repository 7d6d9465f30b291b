import { stripVTControlCharacters } from 'node:util'
import { shortened } from '../lib/text.js'

/** More than any sentence of ours with a name in it; a name that a repository gives may be as long as a file. */
export const MAX_TEXT = 2000

/**
 * Text from a repository on one line, as it is and nothing more: a terminal's commands go, line breaks become spaces,
 * what is still a control character, or would show the text in another order than it stands in or not at all, becomes its code, and
 * of a text without measure only the beginning is left.
 */
export function visible(text: string): string {
  return stripVTControlCharacters(shortened(text, MAX_TEXT))
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}|\p{Cf}/gu, (character) => {
      const code = character.codePointAt(0)?.toString(16) ?? ''
      return `\\u${code.padStart(4, '0')}`
    })
}

/** The same for a message of several lines, such as an error that quotes a repository or a server: its lines stay lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}
