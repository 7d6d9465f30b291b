import { applyEdits, type FileEdit, type TextEdit } from '../lib/text-edits.js'
import type { Finding } from './run.js'

/** Lines of a file, and what to write instead. */
export interface Suggestion {
  file: string
  /** The first of the lines, from 1. */
  line: number
  /** The current lines; at least one. */
  before: string[]
  after: string[]
  /** Absent for registrations, which no rule asks for. */
  rule?: string
  message: string
}

/** A reviewer can't judge more lines in a comment. */
const MAX_LINES = 30

/**
 * Returns the fixes of findings, and the registrations to write, as replacements of lines, where they are few.
 * Of two that touch the same lines the first counts: the next run has the other.
 * @param read the text of a file of the repository; `undefined` when it is not there
 */
export function suggestionsFor(
  findings: readonly Finding[],
  registrations: readonly FileEdit[],
  read: (file: string) => string | undefined,
): Suggestion[] {
  const found: Suggestion[] = []
  const add = (suggestion: Suggestion | undefined): void => {
    if (suggestion && !found.some((other) => overlaps(other, suggestion))) found.push(suggestion)
  }
  for (const { file, fix, rule, message } of findings) {
    const text = fix && 'edits' in fix ? read(file) : undefined
    if (text === undefined || !fix || !('edits' in fix) || fix.edits.length === 0) continue
    const lines = linesOf(text, fix.edits)
    add(lines && { file, ...lines, rule, message })
  }
  for (const { file, before, after } of registrations) {
    if (before === undefined || after === undefined) continue
    const lines = differingLines(before, after)
    add(lines && { file, ...lines, message: 'what `sync` writes here' })
  }
  return found
}

type Lines = Pick<Suggestion, 'line' | 'before' | 'after'>

/** The whole lines that edits change; `undefined` where they are too many, or can't be shown as they are. */
function linesOf(text: string, edits: readonly TextEdit[]): Lines | undefined {
  let [first, last] = [text.length, 0]
  for (const { offset, length } of edits) {
    first = Math.min(first, offset)
    last = Math.max(last, offset + length)
  }
  const start = text.slice(0, first).lastIndexOf('\n') + 1
  const newline = text.indexOf('\n', last)
  const end = newline === -1 ? text.length : newline
  const before = text.slice(start, end)
  const after = applyEdits(
    before,
    edits.map((edit) => ({ ...edit, offset: edit.offset - start })),
  )
  const line = text.slice(0, start).split('\n').length
  return shown({ line, before: before.split('\n'), after: after.split('\n') })
}

/** The lines between the common beginning and end of two texts; a mere insertion takes in the line above it. */
function differingLines(before: string, after: string): Lines | undefined {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const shorter = Math.min(old.length, now.length)
  let start = 0
  while (start < shorter && old[start] === now[start]) start++
  let end = 0
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++
  if (start === old.length - end && start > 0) start--
  const lines = { line: start + 1, before: old.slice(start, old.length - end) }
  return shown({ ...lines, after: now.slice(start, now.length - end) })
}

function shown(lines: Lines): Lines | undefined {
  const { before, after } = lines
  if (before.length === 0 || Math.max(before.length, after.length) > MAX_LINES) return undefined
  // GitHub would write other line endings, and a reviewer can't see invisible characters.
  return [...before, ...after].some((line) => /[\r\p{Cf}]|(?!\t)\p{Cc}/u.test(line)) ? undefined : lines
}

function overlaps(one: Suggestion, other: Suggestion): boolean {
  return (
    one.file === other.file &&
    one.line < other.line + other.before.length &&
    other.line < one.line + one.before.length
  )
}
