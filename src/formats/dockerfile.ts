import { type ParseError, parseTree } from 'jsonc-parser'
import { decodeJsonString, joinMapped, type MappedText, mapSlice, sliceMapped } from '../lib/mapped-text.js'
import { readShellCommands, type ShellWord } from './shell.js'
import type { TextFile } from '../lib/text.js'

/** A RUN instruction of a Dockerfile. */
export interface RunInstruction {
  /** Offsets of the whole instruction in the file. */
  start: number
  end: number
  /** Its commands, each as its words; `undefined` where they cannot be read. */
  commands: ShellWord[][] | undefined
  /** Whether it is written as a JSON array of words, which no shell reads. */
  isJson: boolean
}

const HEREDOC = /<<-?(?:"([A-Za-z_]\w*)"|'([A-Za-z_]\w*)'|([A-Za-z_]\w*))/g

/**
 * The RUN instructions of a Dockerfile. Lines that end in a backslash go on; comments and empty lines between them
 * are no part of the instruction.
 * @see https://docs.docker.com/reference/dockerfile/#format
 */
export function readRunInstructions(dockerfile: TextFile): RunInstruction[] {
  const { text } = dockerfile
  const runs: RunInstruction[] = []
  // Another character in the place of the backslash: nothing can be told about where a line ends.
  const isUsual = !/^(?:\uFEFF)?(?:[ \t]*#[^\n]*\n)*[ \t]*#[ \t]*escape[ \t]*=[ \t]*[^\\\s]/i.test(text)
  const lines = linesOf(text)
  const nextLine = lineFinder(lines.map(({ start, end }) => text.slice(start, end).trim()))
  for (let index = 0; index < lines.length; index++) {
    const first = lines[index]
    if (!first || isSkipped(text.slice(first.start, first.end))) continue
    const parts: MappedText[] = []
    let last = first
    for (; index < lines.length; index++) {
      const line: Line = lines[index] ?? first
      const content = text.slice(line.start, line.end)
      if (line !== first && isSkipped(content)) continue
      last = line
      const continued = /\\[ \t]*$/.exec(content)
      parts.push(mapSlice(text, line.start, line.start + (continued?.index ?? content.length)))
      if (!continued) break
    }
    const instruction = joinMapped(parts)
    const [lead = '', keyword = ''] = /^\uFEFF?[ \t]*(\w+)/.exec(instruction.text) ?? []
    let isHeredoc = false
    for (const [, double, single, bare] of /^(?:RUN|COPY|ADD)$/i.test(keyword)
      ? instruction.text.matchAll(HEREDOC)
      : []) {
      const end = nextLine(double ?? single ?? bare ?? '', index)
      // Without its end it is text like any other.
      if (end === undefined) continue
      isHeredoc = true
      index = end
      last = lines[end] ?? last
    }
    if (!/^RUN$/i.test(keyword)) continue
    const run = withoutOptions(sliceMapped(instruction, lead.length))
    const words = jsonWords(run)
    runs.push({
      start: first.start,
      end: last.end,
      isJson: words !== undefined,
      commands: isUsual && !isHeredoc ? (words ? [words] : readShellCommands(run)) : undefined,
    })
  }
  return runs
}

/** Offsets of a line's text, without what ends it. */
interface Line {
  start: number
  end: number
}

/** Finds the next line with this text behind another line; the numbers that it is asked about only grow. */
function lineFinder(lines: readonly string[]): (text: string, behind: number) => number | undefined {
  const places = new Map<string, number[]>()
  for (const [index, line] of [...lines.entries()].reverse()) {
    const ofLine = places.get(line)
    if (ofLine) ofLine.push(index)
    else places.set(line, [index])
  }
  return (text, behind) => {
    const ofLine = places.get(text) ?? []
    while ((ofLine.at(-1) ?? Infinity) <= behind) ofLine.pop()
    return ofLine.at(-1)
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    lines.push({ start, end: newline !== -1 && text[end - 1] === '\r' && end > start ? end - 1 : end })
    start = end + 1
  }
  return lines
}

function isSkipped(line: string): boolean {
  return /^\uFEFF?\s*(?:#|$)/.test(line)
}

/** Without options of the builder such as `--mount=type=cache,target=/root`. */
function withoutOptions(run: MappedText): MappedText {
  return sliceMapped(run, /^(?:\s*--[\w-]+(?:=\S*)?(?=\s))*\s*/.exec(run.text)?.[0].length ?? 0)
}

/** The words of a JSON array of strings; `undefined` where it is none, and a shell reads the text. */
function jsonWords(run: MappedText): ShellWord[] | undefined {
  if (!run.text.startsWith('[')) return undefined
  const errors: ParseError[] = []
  const items = parseTree(run.text, errors)?.children ?? []
  if (errors.length > 0 || items.some(({ type }) => type !== 'string')) return undefined
  return items.map(({ offset, length }) => ({
    ...decodeJsonString(sliceMapped(run, offset + 1, offset + length - 1)),
    start: run.starts[offset] ?? 0,
    end: run.ends[offset + length - 1] ?? 0,
    isLiteral: true,
  }))
}

/**
 * The image that the last stage of a Dockerfile comes from, through the stages that it builds on; `undefined` where
 * there is none, or a build argument is a part of its name.
 * @returns the image as it is written, and its offset in the file
 */
export function baseOfLastStage({ text }: TextFile): { image: string; start: number } | undefined {
  const stages = [
    ...text.matchAll(/^[ \t]*FROM[ \t]+((?:--\S+[ \t]+)*)(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim),
  ].map(([whole, options = '', image = '', name], index, all) => ({
    image,
    name: name?.toLowerCase(),
    start:
      (all[index]?.index ?? 0) +
      whole.toLowerCase().indexOf(image.toLowerCase(), whole.search(/\S/) + 4 + options.length),
  }))
  let stage = stages.at(-1)
  for (let index = stages.length - 2; index >= 0; index--)
    if (stages[index]?.name === stage?.image.toLowerCase()) stage = stages[index]
  return stage && !stage.image.includes('$') ? { image: stage.image, start: stage.start } : undefined
}
