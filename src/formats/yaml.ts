import type * as yaml from 'yaml'
import { withoutTrailingComment } from '../lib/text.js'
import { messageOf } from '../lib/wording.js'

/**
 * A YAML value with its place in the text. Scalars stay text: what they mean is for whoever asks for them. Aliases
 * and merge keys (`<<`) are followed already.
 */
export type YamlNode = YamlMap | YamlList | YamlScalar

export interface YamlMap {
  kind: 'map'
  entries: ReadonlyMap<string, YamlEntry>
  start: number
}

export interface YamlEntry {
  keyStart: number
  value: YamlNode
}

export interface YamlList {
  kind: 'list'
  items: readonly YamlNode[]
  start: number
}

export interface YamlScalar {
  kind: 'scalar'
  /** The text without its quotes; empty for a value that is left out. */
  text: string
  quoted: boolean
  start: number
  end: number
}

/**
 * Reads a YAML document. The plain block style, in which most people write it, takes a reader of a few lines; the
 * YAML library (which takes longer to load than everything else together) is only asked for the rest.
 * @param base what to add to every offset, where the text is a part of a longer one
 */
export async function readYaml(
  text: string,
  base = 0,
): Promise<{ node: YamlNode } | { problem: string; offset: number }> {
  const plain = readPlainYaml(text, base)
  if (plain) return { node: plain }
  const tooDeep = yamlNestedTooDeep(text)
  if (tooDeep !== undefined)
    return { problem: `nested more than ${MAX_YAML_DEPTH} deep`, offset: base + tooDeep }
  const { isAlias, isMap, isScalar, isSeq, parseDocument, visit } = await import('yaml')
  // The library compares every key of a map with every other; `fromLibrary` finds those that come twice.
  const options = { version: '1.2', logLevel: 'silent', uniqueKeys: false, prettyErrors: false } as const
  const document = parseDocument(text, options)
  const [error] = document.errors
  if (error) return { problem: error.message.split('\n')[0] ?? error.code, offset: base + error.pos[0] }
  try {
    return { node: fromLibrary(document, { isAlias, isMap, isScalar, isSeq, visit }, base) }
  } catch (problem) {
    return { problem: messageOf(problem), offset: problem instanceof RepeatedKey ? problem.offset : base }
  }
}

/** Deeper than any file that a person writes. */
export const MAX_YAML_DEPTH = 200

/**
 * Where a text is nested deeper than `MAX_YAML_DEPTH`; `undefined` where it is not. To be asked before the YAML library: a
 * text that is nested without measure uses up the stack there, and Node.js may end on the spot, without an exception to
 * catch. It counts brackets in strings and comments too: where they only open, by hundreds, little is lost.
 */
export function yamlNestedTooDeep(text: string): number | undefined {
  let brackets = 0
  const indents: number[] = []
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    let first = start
    // `- - key` is nested as deep as three lines of their own would be.
    for (; first < end; first++) {
      const character = text[first] ?? ''
      if (isBlank(character)) continue
      if (!'-?:'.includes(character) || (first + 1 < end && !isBlank(text[first + 1] ?? ''))) break
      pushIndent(indents, first - start)
    }
    if (first < end && text[first] !== '#') pushIndent(indents, first - start)
    if (indents.length > MAX_YAML_DEPTH) return start
    // `a : : b` is nested too; between brackets a comma ends what is.
    let indicators = 0
    for (let at = first; at < end; at++) {
      const character = text[at] ?? ''
      if (character === '[' || character === '{') brackets++
      else if ((character === ']' || character === '}') && brackets > 0) brackets--
      else if (character === ',' && brackets > 0) indicators = 0
      else if ('-?:'.includes(character) && (at + 1 === end || isBlank(text[at + 1] ?? ''))) indicators++
      if (brackets > MAX_YAML_DEPTH || indicators > MAX_YAML_DEPTH) return at
    }
    start = end + 1
  }
  return undefined
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r'
}

/** What is indented as far or further is over. */
function pushIndent(indents: number[], indent: number): void {
  while ((indents.at(-1) ?? -1) >= indent) indents.pop()
  indents.push(indent)
}

/**
 * Reads a file that may hold several YAML documents, separated by lines of `---`.
 * @returns the documents in their order, empty ones left out; or the first problem
 */
export async function readYamlDocuments(
  text: string,
): Promise<{ nodes: YamlNode[] } | { problem: string; offset: number }> {
  const nodes: YamlNode[] = []
  let start = 0
  for (const { index, 0: line } of [
    ...text.matchAll(/^---(?=[ \t]|\r?$).*$/gm),
    { index: text.length, 0: '' },
  ]) {
    const document = text.slice(start, index)
    const result = await readYaml(document, start)
    if ('problem' in result) return result
    if (result.node.kind !== 'scalar') nodes.push(result.node)
    start = index + line.length
  }
  return { nodes }
}

/**
 * Reads YAML that is written plainly: maps and lists in block style, scalars on one line, flow style for lists of
 * scalars only. `undefined` for anything else, whether it is YAML or not.
 * @param base what to add to every offset, where the text is a part of a longer one
 */
export function readPlainYaml(text: string, base = 0): YamlNode | undefined {
  if (text.startsWith('\uFEFF')) return readPlainYaml(text.slice(1), base + 1)
  const lines = splitLines(text, base)
  try {
    const reader = { lines, next: 0 }
    const first = lines[0]
    if (!first) return scalar('', base)
    if (yamlNestedTooDeep(text) !== undefined) return undefined
    const node = readBlock(reader, first.indent)
    return reader.next === lines.length ? node : undefined
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}

/** The value under a key, where the node is a map that has it. */
export function yamlAt(node: YamlNode | undefined, ...path: string[]): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>(
    (at, key) => (at?.kind === 'map' ? at.entries.get(key)?.value : undefined),
    node,
  )
}

/** The entries of a map; none for any other node. */
export function yamlEntries(node: YamlNode | undefined): [string, YamlEntry][] {
  return node?.kind === 'map' ? [...node.entries] : []
}

/** The text of a scalar, `undefined` for any other node and for a value that is left out. */
export function yamlText(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && !isNull(node) ? node.text : undefined
}

export function isNull(node: YamlScalar): boolean {
  return !node.quoted && /^(~|null|Null|NULL)?$/.test(node.text)
}

/** Thrown inside the plain reader only: the text needs the library. */
class NotPlain extends Error {}

interface Line {
  indent: number
  text: string
  offset: number
}

interface LineReader {
  lines: Line[]
  next: number
}

/** Lines with something on them. Offsets are those of the first character behind the indentation. */
function splitLines(text: string, base: number): Line[] {
  const lines: Line[] = []
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    let first = start
    while (first < end && text[first] === ' ') first++
    const content = text.slice(first, end).trimEnd()
    if (content !== '' && !content.startsWith('#'))
      lines.push({ indent: first - start, text: content, offset: base + first })
    start = end + 1
  }
  return lines
}

function readBlock(reader: LineReader, indent: number): YamlNode {
  const line = reader.lines[reader.next]
  if (!line || line.indent !== indent) throw new NotPlain()
  return isListItem(line) ? readList(reader, indent) : readMap(reader, indent)
}

function isListItem(line: Line | undefined): boolean {
  return line !== undefined && /^-(\s|$)/.test(line.text)
}

function readList(reader: LineReader, indent: number): YamlNode {
  const items: YamlNode[] = []
  const start = reader.lines[reader.next]?.offset ?? 0
  for (;;) {
    const line = reader.lines[reader.next]
    if (!line || line.indent < indent || (line.indent === indent && !isListItem(line))) break
    if (line.indent > indent) throw new NotPlain()
    const rest = line.text.slice(1).trimStart()
    const skipped = line.text.length - rest.length
    if (rest === '' || rest.startsWith('#')) {
      reader.next++
      const below = reader.lines[reader.next]
      items.push(
        below && below.indent > indent ? readBlock(reader, below.indent) : scalar('', line.offset + 1),
      )
    } else if (readKey(rest) || /^-(\s|$)/.test(rest)) {
      // What follows the dash is a block of its own, which starts in the middle of the line.
      reader.lines[reader.next] = { indent: indent + skipped, text: rest, offset: line.offset + skipped }
      items.push(readBlock(reader, indent + skipped))
    } else {
      reader.next++
      items.push(readValue(rest, line.offset + skipped))
    }
  }
  return { kind: 'list', items, start }
}

/** Most lines of most files: a name, a colon, and nothing that could mean more. Twice as fast as the whole truth. */
const USUAL_LINE = /^([A-Za-z][\w./-]*):(?: ([\w^~./][\w^~./-]*))?$/

/**
 * The key of a line and what follows its colon; `undefined` for a line without. Indicators that begin something else
 * than a plain scalar are left to the library.
 */
function readKey(line: string): { key: string; rest: string } | undefined {
  if (/[\r\u2028\u2029]/.test(line)) return undefined
  const quoted = QUOTED.exec(line)
  if (quoted) {
    const behind = line.slice(quoted[0].length).trimStart()
    if (!/^:(?:\s|$)/.test(behind)) return undefined
    return { key: unquoted(quoted), rest: behind.slice(1).trimStart() }
  }
  if (!/^(?!:(?:\s|$))[^\s'"[\]{}&*!|>%@`#,?-]/.test(line)) return undefined
  const colon = line.slice(1).search(/#|:(?:\s|$)/) + 1
  if (colon === 0 || line[colon] === '#') return undefined
  return { key: line.slice(0, colon).trimEnd(), rest: line.slice(colon + 1).trimStart() }
}

/** A string in quotes at the start of a text; with escapes, it is left to the library. */
const QUOTED = /^(?:'((?:[^']|'')*)'|"([^"\\]*)")/

function unquoted([, single, double]: RegExpExecArray): string {
  return single?.replaceAll("''", "'") ?? double ?? ''
}

function readMap(reader: LineReader, indent: number): YamlNode {
  const entries = new Map<string, YamlEntry>()
  const start = reader.lines[reader.next]?.offset ?? 0
  for (;;) {
    const line = reader.lines[reader.next]
    if (!line || line.indent < indent) break
    if (line.indent > indent) throw new NotPlain()
    const usual = USUAL_LINE.exec(line.text)
    if (usual?.[1] !== undefined && usual[2] !== undefined && !entries.has(usual[1])) {
      reader.next++
      const offset = line.offset + line.text.length - usual[2].length
      entries.set(usual[1], { keyStart: line.offset, value: scalar(usual[2], offset) })
      continue
    }
    const found = readKey(line.text)
    if (!found) throw new NotPlain()
    const { key, rest } = found
    if (key === '<<' || entries.has(key)) throw new NotPlain()
    const restOffset = line.offset + line.text.length - rest.length
    reader.next++
    const value =
      rest === '' || rest.startsWith('#')
        ? readBelow(reader, indent, line.offset + line.text.length)
        : readValue(rest, restOffset)
    entries.set(key, { keyStart: line.offset, value })
  }
  return { kind: 'map', entries, start }
}

/** The value of a key whose line holds nothing else; a list may be indented as far as its key. */
function readBelow(reader: LineReader, indent: number, offset: number): YamlNode {
  const below = reader.lines[reader.next]
  if (below && (below.indent > indent || (below.indent === indent && isListItem(below))))
    return below.indent > indent ? readBlock(reader, below.indent) : readList(reader, indent)
  return scalar('', offset)
}

function readValue(source: string, offset: number): YamlNode {
  const quoted = QUOTED.exec(source)
  if (quoted && isOver(source, quoted[0]))
    return {
      kind: 'scalar',
      text: unquoted(quoted),
      quoted: true,
      start: offset,
      end: offset + quoted[0].length,
    }
  const flow = /^\[((?:[^[\]{}"'#\\]|"[^"\\]*"|'[^']*')*)\]/.exec(source)
  if (flow && isOver(source, flow[0])) return readFlowList(flow[1] ?? '', offset)
  const empty = /^\{\s*\}/.exec(source)
  if (empty && isOver(source, empty[0])) return { kind: 'map', entries: new Map(), start: offset }
  const plain = withoutTrailingComment(source)
  if (/^[&*!|>%@`'"{}[\],?#]/.test(plain) || /^-(\s|$)|:(\s|$)/.test(plain)) throw new NotPlain()
  return { kind: 'scalar', text: plain, quoted: false, start: offset, end: offset + plain.length }
}

/** Whether nothing but a comment follows what a text begins with. */
function isOver(source: string, beginning: string): boolean {
  const rest = source.slice(beginning.length)
  const behind = rest.trimStart()
  return behind === '' || (behind.startsWith('#') && behind !== rest)
}

function readFlowList(inner: string, offset: number): YamlNode {
  const items: YamlNode[] = []
  const item = /"[^"]*"|'[^']*'|[^,"']+/y
  for (let at = 0; at < inner.length;) {
    while (/\s/.test(inner[at] ?? '')) at++
    item.lastIndex = at
    const source = item.exec(inner)?.[0].trimEnd()
    if (!source) throw new NotPlain()
    items.push(readValue(source, offset + 1 + at))
    at += source.length
    while (/\s/.test(inner[at] ?? '')) at++
    if (at < inner.length && inner[at] !== ',') throw new NotPlain()
    at++
  }
  return { kind: 'list', items, start: offset }
}

function scalar(text: string, start: number): YamlScalar {
  return { kind: 'scalar', text, quoted: false, start, end: start + text.length }
}

type Library = Pick<typeof yaml, 'isAlias' | 'isMap' | 'isScalar' | 'isSeq' | 'visit'>

/** A map gives a key twice: which one counts differs from reader to reader. */
class RepeatedKey extends Error {
  constructor(readonly offset: number) {
    super('Map keys must be unique')
  }
}

/** More nodes than any file that a person writes; aliases of aliases unfold to more than memory holds. */
const MAX_NODES = 20_000

function fromLibrary(
  document: yaml.Document,
  { isAlias, isMap, isScalar, isSeq, visit }: Library,
  base: number,
): YamlNode {
  const targets = targetsOfAliases(document, visit)
  let count = 0
  const convert = (node: unknown, depth: number): YamlNode => {
    if (++count > MAX_NODES) throw new Error('its aliases unfold to too much')
    if (depth > MAX_YAML_DEPTH) throw new Error(`its aliases unfold to more than ${MAX_YAML_DEPTH} levels`)
    const start = base + ((node as yaml.Node | null)?.range?.[0] ?? 0)
    if (isAlias(node)) {
      const target = targets.get(node)
      if (!target) throw new Error(`there is no anchor ${node.source}`)
      return convert(target, depth + 1)
    }
    if (isSeq(node)) return { kind: 'list', items: node.items.map((each) => convert(each, depth + 1)), start }
    if (isScalar(node)) {
      const quoted = node.type !== 'PLAIN' && node.type !== undefined
      const text = quoted ? String(node.value) : (node.source ?? '')
      return { kind: 'scalar', text, quoted, start, end: base + (node.range?.[1] ?? 0) }
    }
    if (!isMap(node)) return scalar('', start)
    const own = new Map<string, YamlEntry>()
    const merged = new Map<string, YamlEntry>()
    for (const { key, value } of node.items) {
      const keyStart = (key as yaml.Node | null)?.range?.[0]
      const entry = {
        keyStart: keyStart === undefined ? start : base + keyStart,
        value: convert(value, depth + 1),
      }
      const name = isScalar(key) ? (key.source ?? String(key.value)) : ''
      if (name !== '<<') {
        if (isScalar(key) && own.has(name)) throw new RepeatedKey(entry.keyStart)
        own.set(name, entry)
      } else
        for (const source of entry.value.kind === 'list' ? entry.value.items : [entry.value])
          for (const [inherited, from] of yamlEntries(source))
            if (!merged.has(inherited)) merged.set(inherited, from)
    }
    // What the map says itself wins over what it takes in.
    return { kind: 'map', entries: new Map([...merged, ...own]), start }
  }
  return convert(document.contents, 0)
}

/** What each alias stands for: the last node before it with its anchor. The library looks through all of them for each. */
function targetsOfAliases(document: yaml.Document, visit: Library['visit']): Map<yaml.Alias, yaml.Node> {
  const targets = new Map<yaml.Alias, yaml.Node>()
  const anchors = new Map<string, yaml.Node>()
  visit(document, {
    Alias: (_key, alias) => {
      const target = anchors.get(alias.source)
      if (target) targets.set(alias, target)
    },
    Value: (_key, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return targets
}
