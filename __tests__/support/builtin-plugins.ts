import { runInNewContext } from 'node:vm'
import { parse } from '@babel/parser'
import ts from 'typescript'

/**
 * Runs a builtin.ts as the client's bundler would, and gives what `builtinPlugins` holds.
 * @param flags the variables that the file takes from around it
 * @throws when the text does not parse
 */
export function evaluateBuiltin(text: string, flags: Record<string, unknown> = {}): unknown[] {
  parse(text, { sourceType: 'module', plugins: ['typescript'] })
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const compact = (items: unknown[]): unknown[] => items.filter(Boolean)
  const exported: { builtinPlugins?: unknown[] } = {}
  runInNewContext(outputText, {
    ...flags,
    exports: exported,
    require: () => ({ __esModule: true, default: compact }),
  })
  // A context has prototypes of its own: what a test compares is plain.
  return (structuredClone(exported.builtinPlugins) as unknown[]).filter(Boolean)
}
