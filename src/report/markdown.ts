import { shortened } from '../lib/text.js'
import { MAX_TEXT, visible } from './text.js'
import { largest } from '../lib/lists.js'

/**
 * Text from a repository inside Markdown: every character that Markdown or HTML gives a meaning becomes an entity,
 * and line breaks become spaces, so that it can't leave its table cell or style the page. What GitHub makes links of
 * by itself (addresses, mentions, numbers of issues) or pictures (`:smile:`) is cut by a tag of no content: an entity
 * would not keep it from that. No picture has a name as long as a digest. What stands between backticks is code.
 */
export function escapeMarkdown(text: string): string {
  return text
    .split(/`([^`]{1,200})`/)
    .map((part, index) =>
      index % 2 === 1
        ? code(part)
        : withoutLinks(part).replace(/:(?=[\w+-]{1,40}:)|\bGH-(?=\d)/gi, '$&<span></span>'),
    )
    .join('')
}

function withoutLinks(text: string): string {
  return visible(text)
    .replace(/\s+/g, ' ')
    .replace(/[&<>|*_[\]`\\~@#$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/&#64;(?=\w)|&#35;(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, '$&<span></span>')
}

/** The same in the font of code, where GitHub makes nothing of colons. */
export function code(text: string): string {
  return `<code>${withoutLinks(text)}</code>`
}

/** A table; cells are Markdown already. Empty when there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

/** Lines of a log, as they are but for their length: the fence is longer than any in them. */
export function fenced(lines: readonly string[]): string[] {
  const shown = lines.map((line) => shortened(line, MAX_TEXT))
  const fence = fenceAround(shown)
  return [`${fence}text`, ...shown, fence]
}

/** Returns a fence that is longer than any in the lines. */
export function fenceAround(lines: readonly string[]): string {
  const runs = lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length))
  return '`'.repeat(largest(runs, 2) + 1)
}
