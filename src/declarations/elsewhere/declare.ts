import { isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { lineEndingOf } from '../../lib/text-edits.js'

/**
 * Returns a declarations file with one more plugin, as a block behind the others; every other byte stays.
 * @param declared what is declared of it, such as `offer: registry`; empty: nothing
 * @throws where the place for it is not understood, with the text to add by hand
 */
export function declarePlugin(text: string, name: string, declared: string): string {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: false, prettyErrors: false })
  const byHand = new Error(
    `add \`${name}: { ${declared} }\` below \`plugins:\` in the declarations file by hand, then run this again`,
  )
  if (document.errors.length > 0 || !isMap(document.contents)) throw byHand
  const end = lineEndingOf(text)
  // A block, into which a person can write another line.
  const entry = (indent: string): string =>
    declared === '' ? `${indent}${name}: {}` : `${indent}${name}:${end}${indent}  ${declared}`
  const pair = pairOf(document.contents, 'plugins')
  if (!pair)
    return `${text}${text === '' || text.endsWith('\n') ? '' : end}plugins:${end}${entry('  ')}${end}`
  const map = pair.value
  if (isMap(map) && pairOf(map, name)) return text
  // `plugins:` and `plugins: {}` are where a file begins.
  if (map === null || (isScalar(map) && map.value === null) || (isMap(map) && map.items.length === 0)) {
    const key = pair.key
    if (!isNode(key) || !key.range) throw byHand
    const colon = text.indexOf(':', key.range[1] - 1)
    const rest = /^:[ \t]*(?:\{[ \t]*\}|~|null)?[ \t]*/.exec(text.slice(colon))?.[0] ?? ':'
    const indent = ' '.repeat(columnOf(text, key.range[0]) + 2)
    const tail = text.slice(colon + rest.length)
    const line = /^[^\r\n]*/.exec(tail)?.[0] ?? ''
    return `${text.slice(0, colon)}:${line === '' ? '' : ` ${line}`}${end}${entry(indent)}${tail.slice(line.length) || end}`
  }
  if (!isMap(map) || map.flow) throw byHand
  const last = map.items.at(-1)
  const key = last?.key
  if (!isNode(key) || !key.range) throw byHand
  const after = endOf(text, last as Pair)
  const indent = ' '.repeat(columnOf(text, key.range[0]))
  const head = text.slice(0, after)
  return `${head}${head.endsWith('\n') ? '' : end}${entry(indent)}${end}${text.slice(after)}`
}

/** Returns a declarations file without a plugin; every other byte stays. */
export function forgetPlugin(text: string, name: string): string {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: false, prettyErrors: false })
  const plugins = isMap(document.contents) ? pairOf(document.contents, 'plugins') : undefined
  if (!plugins || !isMap(plugins.value)) return text
  const pair = pairOf(plugins.value, name)
  if (!pair || !isNode(pair.key) || !pair.key.range) return text
  if (plugins.value.flow)
    throw new Error(`take \`${name}\` out of the declarations file by hand, then run this again`)
  const start = text.lastIndexOf('\n', pair.key.range[0] - 1) + 1
  const end = endOf(text, pair)
  if (plugins.value.items.length > 1) return text.slice(0, start) + text.slice(end)
  // The last one: a map without entries has to be written as one.
  const key = plugins.key
  if (!isNode(key) || !key.range) return text
  const colon = text.indexOf(':', key.range[1] - 1)
  return `${text.slice(0, colon)}: {}${text.slice(colon + 1, start)}${text.slice(end)}`
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === name)
}

/** The offset behind the line that an entry ends in; comments and empty lines below it are not its own. */
function endOf(text: string, { key, value }: Pair): number {
  const range = isNode(value) && value.range ? value.range : isNode(key) ? key.range : undefined
  const last = text.slice(0, range?.[1] ?? 0).trimEnd().length
  const end = text.indexOf('\n', last)
  return end === -1 ? text.length : end + 1
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}
