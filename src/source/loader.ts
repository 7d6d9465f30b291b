import { type TextFile, withoutComments } from '../lib/text.js'

/**
 * The modules that the web client hands to plugins: what a bundle may depend on. They are registered one by one in
 * client/web/src/plugin/loader.ts, and a fork may add to them.
 * @returns `undefined` where that file does not name them as literals
 */
export function readLoaderModules(file: TextFile): ReadonlySet<string> | undefined {
  const modules = [
    ...withoutComments(file.text).matchAll(/\breg(?:Dependency|SharedModule)\(\s*(['"`])([^'"`]+)\1/g),
  ].map((match) => match[2] ?? '')
  return modules.length > 0 ? new Set(modules) : undefined
}
