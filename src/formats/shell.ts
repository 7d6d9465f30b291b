import { type MappedText, sliceMapped } from '../lib/mapped-text.js'

/** A word of a command, as the program gets it; `start` and `end` take in its quotes in the file. */
export interface ShellWord extends MappedText {
  start: number
  end: number
  /** Whether the shell takes it as it stands: it holds no variable, no pattern and no other command's output. */
  isLiteral: boolean
}

/** What a shell treats as more than itself where it is not quoted: patterns, a home directory, a list in braces. */
const PATTERN = /[*?[\]~{}]/

/**
 * The simple commands of a shell script, each as its words; redirections and comments are left out. Only what a
 * POSIX shell reads is known, and of that no here-document.
 * @returns `undefined` for a script that cannot be read: a quote that does not end, a here-document
 */
export function readShellCommands(script: MappedText): ShellWord[][] | undefined {
  const { text } = script
  const commands: ShellWord[][] = [[]]
  let word: { parts: number[]; from: number; isLiteral: boolean } | undefined
  let isTarget = false
  let at = 0

  const grow = (): NonNullable<typeof word> => (word ??= { parts: [], from: at, isLiteral: true })
  const endWord = (): void => {
    // What a redirection writes to is no argument.
    if (word && !isTarget) commands.at(-1)?.push(wordOf(script, word, at))
    if (word) isTarget = false
    word = undefined
  }
  const endCommand = (): void => {
    endWord()
    isTarget = false
    commands.push([])
  }

  while (at < text.length) {
    const character = text[at] ?? ''
    const rest = text.slice(at, at + 3)
    const redirection = /^(?:&>>?|<<|<>|[<>]&|>[>|]|[<>])/.exec(rest)?.[0]
    if (/[ \t\r]/.test(character)) {
      endWord()
      at++
    } else if (character === '#' && !word) {
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end
    } else if (redirection) {
      if (redirection === '<<') return undefined
      // Digits directly before it number the file that it redirects.
      if (word && /^\d+$/.test(text.slice(word.from, at))) word = undefined
      endWord()
      isTarget = true
      at += redirection.length
    } else if (/[\n|&;()]/.test(character)) {
      endCommand()
      at++
    } else if (character === '\\') {
      if (text[at + 1] !== '\n' && at + 1 < text.length) grow().parts.push(at + 1)
      at += 2
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1)
      if (end === -1) return undefined
      const { parts } = grow()
      for (let inside = at + 1; inside < end; inside++) parts.push(inside)
      at = end + 1
    } else if (character === '"') {
      const current = grow()
      at++
      while (text[at] !== '"') {
        if (at >= text.length) return undefined
        if (text[at] === '\\' && /["\\$`\n]/.test(text[at + 1] ?? '')) {
          if (text[at + 1] !== '\n') current.parts.push(at + 1)
          at += 2
        } else at = takeCharacter(text, at, current)
      }
      at++
    } else {
      const current = grow()
      if (PATTERN.test(character)) current.isLiteral = false
      at = takeCharacter(text, at, current)
    }
  }
  endWord()
  return commands.filter((words) => words.length > 0)
}

/** Takes a character, or the whole of an expansion such as `$(…)`; returns where the text goes on. */
function takeCharacter(text: string, at: number, word: { parts: number[]; isLiteral: boolean }): number {
  const end = endOfExpansion(text, at)
  if (end !== undefined) word.isLiteral = false
  for (let inside = at; inside < (end ?? at + 1); inside++) word.parts.push(inside)
  return end ?? at + 1
}

/** The offset behind an expansion that begins at `at`; `undefined` where none does. */
function endOfExpansion(text: string, at: number): number | undefined {
  if (text[at] === '`') return endBehind(text, at + 1, { close: '`' })
  if (text[at] !== '$') return undefined
  if (text[at + 1] === '(') return endBehind(text, at + 2, { open: '(', close: ')' })
  if (text[at + 1] === '{') return endBehind(text, at + 2, { open: '{', close: '}' })
  const name = /\$(?:\w+|[?!#@*$-])/y
  name.lastIndex = at
  return name.exec(text) ? name.lastIndex : undefined
}

/** Returns the offset after the bracket that closes the one opened before `from`; without one, the end of the text. */
function endBehind(text: string, from: number, { open, close }: { open?: string; close: string }): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === open) depth++
    else if (text[at] === close) depth--
    if (depth === 0) return at + 1
  }
  return text.length
}

function wordOf(
  script: MappedText,
  { parts, from, isLiteral }: { parts: readonly number[]; from: number; isLiteral: boolean },
  to: number,
): ShellWord {
  const { starts, ends } = sliceMapped(script, from, to)
  return {
    text: parts.map((part) => script.text[part] ?? '').join(''),
    starts: parts.map((part) => script.starts[part] ?? 0),
    ends: parts.map((part) => script.ends[part] ?? 0),
    start: starts[0] ?? 0,
    end: ends.at(-1) ?? 0,
    isLiteral,
  }
}
