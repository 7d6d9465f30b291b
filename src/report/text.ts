import { stripVTControlCharacters } from 'node:util'

/**
 * Text from a repository on one line, as it is and nothing more: a terminal's commands go, line breaks become spaces,
 * and what is still a control character, or would show the text in another order than it stands in, becomes its code.
 */
export function visible(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}|\p{Bidi_Control}/gu, (character) => {
      const code = character.codePointAt(0)?.toString(16) ?? ''
      return `\\u${code.padStart(4, '0')}`
    })
}
