/** Where a maintainer's formatter breaks a line (Tailchat uses prettier's default). */
export const LINE_WIDTH = 80

type Quote = "'" | '"'

/** Returns the quotation mark that most string literals of a text use. */
export function quoteOf(text: string): Quote {
  const [singles, doubles] = ["'", '"'].map((quote) => text.split(quote).length) as [number, number]
  return doubles > singles ? '"' : "'"
}

/** After a key this short, a line break would gain too little: prettier leaves the value on the same line. */
const SHORT_KEY = 4

/** How values are written in a file. */
export interface RenderStyle {
  eol: string
  indent: string
  /** How much deeper a property is indented than its object. */
  unit: string
  quote: Quote
  /** Whether a comma follows the last property where each has its own line. */
  trailingComma: boolean
  /** The longest line. */
  width: number
}

/** Returns a value as a TypeScript expression on one line. */
export function renderOnOneLine(value: unknown, quote: Quote): string {
  if (typeof value === 'string') return renderString(value, quote)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => renderOnOneLine(item, quote)).join(', ')}]`
  const properties = Object.entries(value).map(
    ([key, item]) => `${renderKey(key, quote)}: ${renderOnOneLine(item, quote)}`,
  )
  return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`
}

/** Returns a value as a TypeScript expression, each property on its own line. */
export function renderValue(value: unknown, style: RenderStyle): string {
  if (typeof value === 'string') return renderString(value, style.quote)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = { ...style, indent: style.indent + style.unit }
  const isArray = Array.isArray(value)
  const lines = Object.entries(value).map(([key, item]) =>
    isArray ? inner.indent + renderValue(item, inner) : renderProperty(key, item, inner),
  )
  const [open, close] = isArray ? '[]' : '{}'
  if (lines.length === 0) return `${open}${close}`
  const content = lines.join(`,${style.eol}`) + (style.trailingComma ? ',' : '')
  return [open, content, `${style.indent}${close}`].join(style.eol)
}

/** Returns a property on one line, or on two where prettier would break it; without a comma. */
export function renderProperty(key: string, item: unknown, style: RenderStyle): string {
  const { indent, unit, eol } = style
  const rendered = renderValue(item, style)
  const name = renderKey(key, style.quote)
  const line = `${indent}${name}: ${rendered}`
  const breaks =
    typeof item === 'string' && displayWidth(name) > SHORT_KEY && displayWidth(`${line},`) > LINE_WIDTH
  return breaks ? `${indent}${name}:${eol}${indent}${unit}${rendered}` : line
}

/** Returns a key as an object literal needs it. */
export function renderKey(key: string, quote: Quote): string {
  // Written as any other key, it would set the object's prototype.
  if (key === '__proto__') return `[${renderString(key, quote)}]`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : renderString(key, quote)
}

/** Returns a string literal, with the other quotation mark where that saves escapes, as prettier does. */
function renderString(value: string, preferred: Quote): string {
  const other = preferred === "'" ? '"' : "'"
  const count = (quote: string): number => value.split(quote).length
  const quote = count(preferred) > count(other) ? other : preferred
  const escaped = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll(quote, `\\${quote}`)
  return quote + escaped + quote
}

/** Returns the number of columns on a screen: wide East Asian characters take two. */
export function displayWidth(line: string): number {
  let width = 0
  for (const character of line)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1
  return width
}
