import type * as babel from '@babel/parser'
import type { Expression, File, Node } from '@babel/types'
import { type Position, positionAt, type TextFile } from '../lib/text.js'

export type TypeScriptParser = typeof babel.parse

let parser: TypeScriptParser | undefined

/** The parser is large: it is loaded when the first TypeScript file must be read, not before. */
export async function loadTypeScriptParser(): Promise<TypeScriptParser> {
  parser ??= (await import('@babel/parser')).parse
  return parser
}

/** A TypeScript file's syntax tree, or where it does not parse. */
export type ParsedTypeScript = { tree: File } | { problem: { message: string; position: Position } }

/** Parses a TypeScript module with decorators, as the server is compiled with them (server/tsconfig.json). */
export function parseTypeScript(parse: TypeScriptParser, file: TextFile): ParsedTypeScript {
  const plugins: babel.ParserPlugin[] = ['typescript', 'decorators-legacy']
  if (file.path.endsWith('x')) plugins.push('jsx')
  try {
    return { tree: parse(file.text, { sourceType: 'module', plugins, attachComment: false }) }
  } catch (error) {
    const { pos, message } = error as { pos?: number; message: string }
    return {
      problem: { message: message.replace(/ \(\d+:\d+\)$/, ''), position: positionAt(file, pos ?? 0) },
    }
  }
}

/** The expression under `as`, `satisfies`, `!`, angle-bracket casts and parentheses. */
export function unwrap(node: Node): Node {
  // No recursion: a text may hold a hundred thousand of them, one around the other.
  let bare = node
  for (;;)
    switch (bare.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'ParenthesizedExpression':
        bare = bare.expression
        break
      default:
        return bare
    }
}

/** The text of a string literal, or of a template literal without substitutions. */
export function literalText(node: Expression | Node | null | undefined): string | undefined {
  if (!node) return undefined
  const bare = unwrap(node)
  if (bare.type === 'StringLiteral') return bare.value
  if (bare.type === 'TemplateLiteral' && bare.expressions.length === 0)
    return bare.quasis[0]?.value.cooked ?? undefined
  return undefined
}

/** The name of an object's or class's member: an identifier's or a string literal's; none when computed. */
export function memberName(member: { computed?: boolean; key: Node }): string | undefined {
  if (member.computed) return literalText(member.key)
  return member.key.type === 'Identifier' ? member.key.name : literalText(member.key)
}
