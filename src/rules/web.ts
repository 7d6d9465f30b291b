import { positionAt, type TextFile, withoutComments } from '../lib/text.js'
import { at, type RepositoryRule } from './types.js'

/** Rules about the source code of browser sides. */
export const webRules: RepositoryRule[] = [
  {
    id: 'web/unknown-import',
    title: 'A plugin imports a name that the web client does not export',
    why: 'The bundler leaves the import to the browser without a word: there the name is undefined, and calling it ends the plugin.',
    severity: 'error',
    mend: 'Import a name that client/web/src/plugin/common or component exports, or export it there.',
    bad: `import { openDialog } from '@capital/common'`,
    good: `import { openModal } from '@capital/common'`,
    *check({ workspace: { plugins, sharedModules } }) {
      if (sharedModules.size === 0) return
      for (const { name: plugin, sources } of plugins)
        for (const file of sources)
          for (const { name, module, offset } of sharedImports(file)) {
            if (sharedModules.get(module)?.has(name) ?? true) continue
            const home = [...sharedModules].find(([, names]) => names.has(name))?.[0]
            yield at(positionAt(file, offset), {
              plugin,
              message: `${module} exports no ${name}: it is undefined in the browser${home ? `; ${home} exports it` : ''}`,
            })
          }
    },
  },
]

/** The names that a file imports from the client's shared modules; types and tests are left out. */
function* sharedImports(file: TextFile): Generator<{ name: string; module: string; offset: number }> {
  if (!file.text.includes('@capital/') || /(^|\/)__tests__\/|\.(spec|test)\.[jt]sx?$/.test(file.path)) return
  const text = withoutComments(file.text)
  const statement = /\bimport\s+(?:[\w$]+\s*,\s*)?\{([^{}]*)\}\s*from\s*['"](@capital\/[\w-]+)['"]/g
  for (const match of text.matchAll(statement)) {
    const [whole, list = '', module = ''] = match
    const start = match.index + whole.indexOf('{') + 1
    for (const specifier of list.matchAll(/[^,]+/g)) {
      const [, type, name] = /^\s*(type\s+(?!as\b))?([\w$]+)/.exec(specifier[0]) ?? []
      if (name === undefined || type !== undefined) continue
      yield { name, module, offset: start + specifier.index + specifier[0].indexOf(name) }
    }
  }
}
