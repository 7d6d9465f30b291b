import { posix } from 'node:path'
import type { File, Node, Statement } from '@babel/types'
import type { TextFile } from '../lib/text.js'
import { parseTypeScript, type TypeScriptParser } from '../formats/typescript.js'

/**
 * The names that plugins can import from each module that the client shares with them. A module whose exports can't
 * all be told from its text is left out.
 */
export type SharedModules = ReadonlyMap<string, ReadonlySet<string>>

/** The modules that the client registers for plugins, and where it takes them from (client/web/src/plugin/loader.ts). */
const SOURCES = {
  '@capital/common': 'client/web/src/plugin/common/index',
  '@capital/component': 'client/web/src/plugin/component/index',
}

/** The names of these modules. */
export const SHARED_MODULES: readonly string[] = Object.keys(SOURCES)

const EXTENSIONS = ['.ts', '.tsx', '/index.ts', '/index.tsx']

/** Reads what the shared modules export; `read` gives the text of a file of the repository. */
export function readSharedModules(
  parse: TypeScriptParser,
  read: (path: string) => TextFile | undefined,
): SharedModules {
  const fileAt = (path: string): TextFile | undefined =>
    EXTENSIONS.reduce<TextFile | undefined>((found, ending) => found ?? read(path + ending), undefined)
  const modules = new Map<string, ReadonlySet<string>>()
  for (const [module, path] of Object.entries(SOURCES)) {
    const names = exportedNames({ parse, fileAt, visited: new Set() }, path)
    if (names) modules.set(module, names)
  }
  return modules
}

interface ModuleReading {
  parse: TypeScriptParser
  /** Returns the file of a module, whose path has no extension. */
  fileAt: (path: string) => TextFile | undefined
  visited: Set<string>
}

/** More than the client has: links among directories could give one file a path after the other. */
const MAX_FILES = 200

/** @returns `undefined` when a part of the module is elsewhere or cannot be read */
function exportedNames(reading: ModuleReading, path: string): Set<string> | undefined {
  const { parse, fileAt, visited } = reading
  const names = new Set<string>()
  if (visited.has(path)) return names
  if (visited.size === MAX_FILES) return undefined
  visited.add(path)
  const file = fileAt(path)
  const parsed = file && parseTypeScript(parse, file)
  if (!parsed || 'problem' in parsed) return undefined
  for (const statement of (parsed.tree satisfies File).program.body) {
    if (statement.type === 'TSExportAssignment') return undefined
    if (statement.type === 'ExportAllDeclaration') {
      const source = statement.source.value
      const further = source.startsWith('.')
        ? exportedNames(reading, posix.join(posix.dirname(file.path), source))
        : undefined
      if (!further) return undefined
      for (const name of further) names.add(name)
    } else for (const name of namesOf(statement)) names.add(name)
  }
  return names
}

function namesOf(statement: Statement): string[] {
  if (statement.type === 'ExportDefaultDeclaration') return ['default']
  if (statement.type !== 'ExportNamedDeclaration') return []
  const { declaration, specifiers } = statement
  if (declaration?.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => bound(id))
  if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier')
    return [declaration.id.name]
  return specifiers.map(({ exported }) => (exported.type === 'Identifier' ? exported.name : exported.value))
}

/** The names that a pattern such as `[a, { b, ...c }]` binds. */
function bound(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ArrayPattern':
      return pattern.elements.flatMap(bound)
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => bound(each.type === 'RestElement' ? each : each.value))
    case 'AssignmentPattern':
      return bound(pattern.left)
    case 'RestElement':
      return bound(pattern.argument)
    default:
      return []
  }
}
