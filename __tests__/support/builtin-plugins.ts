import { compileFunction } from 'node:vm'
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
  // In this context: a new one takes longer than all the rest.
  const run = compileFunction(outputText, ['exports', 'require'], { contextExtensions: [flags] }) as (
    exported: object,
    require: () => object,
  ) => void
  run(exported, () => ({ __esModule: true, default: compact }))
  return (exported.builtinPlugins ?? []).filter(Boolean)
}
