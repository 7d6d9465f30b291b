import { asObject } from './json.js'

/** A place in the source that generated code came from. */
export interface SourcePlace {
  /** As the map names it: relative to the map, most often. */
  source: string
  /** From 1. */
  line: number
  column: number
}

const DIGITS = new Map(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((c, i) => [c, i]),
)

/**
 * Finds where a place of generated code came from, by a source map of version 3.
 * @param text the map
 * @param line from 1, as `column`
 * @returns `undefined` where the map does not know, or is none
 */
export function originalPlace(text: string, line: number, column: number): SourcePlace | undefined {
  let map: Record<string, unknown> | undefined
  try {
    map = asObject(JSON.parse(text))
  } catch {
    return undefined
  }
  const { sources, mappings } = map ?? {}
  if (!Array.isArray(sources) || typeof mappings !== 'string') return undefined
  let [source, sourceLine, sourceColumn] = [0, 0, 0]
  let found: SourcePlace | undefined
  for (const [index, segments] of mappings.split(';').entries()) {
    if (index >= line) break
    let generated = 0
    for (const segment of segments.split(',')) {
      const [byColumn, bySource, byLine, bySourceColumn] = decode(segment)
      if (byColumn === undefined) continue
      generated += byColumn
      if (index === line - 1 && generated > column - 1) return found
      source += bySource ?? 0
      sourceLine += byLine ?? 0
      sourceColumn += bySourceColumn ?? 0
      const name: unknown = sources[source]
      if (index === line - 1 && bySource !== undefined && typeof name === 'string')
        found = { source: name, line: sourceLine + 1, column: sourceColumn + 1 }
    }
  }
  return found
}

/** The numbers of a segment (base 64 VLQ); none where it is not valid. */
function decode(segment: string): number[] {
  const numbers: number[] = []
  let [value, shift] = [0, 0]
  for (const character of segment) {
    const digit = DIGITS.get(character)
    if (digit === undefined || shift > 30) return []
    value += (digit & 31) * 2 ** shift
    if (digit & 32) shift += 5
    else {
      numbers.push(value % 2 ? -Math.floor(value / 2) : value / 2)
      ;[value, shift] = [0, 0]
    }
  }
  return numbers
}
