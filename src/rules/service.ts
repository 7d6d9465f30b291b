import { posix } from 'node:path'
import type { TextEdit } from '../lib/text-edits.js'
import { mayOwnScriptsCopy } from '../source/build-copies.js'
import { relativeImports } from '../source/imports.js'
import type { ServiceFile } from '../source/service.js'
import { positionAt, type TextFile, withoutComments } from '../lib/text.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { at, type RepositoryRule } from './types.js'

export const serviceRules: RepositoryRule[] = [
  {
    id: 'service/syntax-error',
    title: 'A service file does not parse',
    why: 'The server’s build prints the error and succeeds; the process that loads the file dies.',
    severity: 'error',
    mend: 'Mend the syntax at the place that the message names.',
    bad: 'class Tickets extends TcService {',
    good: 'class Tickets extends TcService {}',
    *check({ workspace }) {
      for (const { plugin, service } of services(workspace))
        if (service.syntaxProblem)
          yield at(service.syntaxProblem.position, {
            plugin: plugin.name,
            message: `not valid TypeScript: ${service.syntaxProblem.message}`,
          })
    },
  },
  {
    id: 'service/file-name',
    title: 'A service’s file name is not X.service.ts',
    why: 'The server loads **/*.service.js, case and dots included: what is named otherwise is compiled and never loaded.',
    severity: 'error',
    mend: 'Rename the file to X.service.ts.',
    bad: 'services/ticketsService.ts',
    good: 'services/tickets.service.ts',
    *check({ workspace }) {
      for (const { plugin, service } of services(workspace)) {
        if (service.loadedIn !== 'unloaded') continue
        const cut = service.path.lastIndexOf('/') + 1
        const name = service.path.slice(cut)
        const better = service.path.slice(0, cut) + properName(name)
        const isTaken = plugin.files.some((file) => `${plugin.directory}/${file}` === better)
        yield {
          plugin: plugin.name,
          file: service.path,
          line: 1,
          column: 1,
          message: `${name} defines a service and is never loaded: rename it to ${properName(name)}`,
          ...(!isTaken && { fix: { rename: better } }),
        }
      }
    },
  },
  {
    id: 'service/no-default-export',
    title: 'A service file has no default export',
    why: 'The process that loads plugins stops with "Service name can’t be empty", and every plugin is down.',
    severity: 'error',
    mend: 'End the file with `export default` and the service class.',
    bad: 'export class Tickets extends TcService {}',
    good: `class Tickets extends TcService {}
export default Tickets`,
    *check({ workspace }) {
      for (const { plugin, service } of parsedServices(workspace)) {
        if (service.hasDefaultExport) continue
        yield {
          plugin: plugin.name,
          file: service.path,
          line: 1,
          column: 1,
          message: 'there is no default export: end the file with `export default` and the service class',
        }
      }
    },
  },
  {
    id: 'service/name-missing',
    title: 'A service has no name',
    why: 'The process that loads plugins stops with "Service name can’t be empty", and every plugin is down.',
    severity: 'error',
    mend: 'Give the class the getter `serviceName`.',
    bad: 'class Tickets extends TcService {}',
    good: `class Tickets extends TcService {
  get serviceName() {
    return 'plugin:com.acme.tickets'
  }
}`,
    *check({ workspace }) {
      for (const { plugin, service } of parsedServices(workspace)) {
        if (!service.hasDefaultExport || service.nameIs !== 'none') continue
        yield at(service.definedAt ?? { file: service.path, line: 1, column: 1 }, {
          plugin: plugin.name,
          message: `the service has no name: add \`get serviceName() { return 'plugin:${plugin.name}' }\``,
        })
      }
    },
  },
  {
    id: 'service/name-mismatch',
    title: 'A service is not named after its plugin',
    why: 'The web client calls /api/plugin:NAME/…: a service of another name runs and is never found, or shares the calls of a core service.',
    severity: 'error',
    mend: 'Name the service `plugin:NAME`, or `plugin:NAME.SUB` where the plugin has several.',
    bad: `// server/plugins/com.acme.tickets/services/tickets.service.ts
get serviceName() { return 'tickets' }`,
    good: `// server/plugins/com.acme.tickets/services/tickets.service.ts
get serviceName() { return 'plugin:com.acme.tickets' }`,
    *check({ workspace }) {
      for (const { plugin, service } of parsedServices(workspace)) {
        const name = service.serviceName
        if (!name || isNameOf(plugin, name.value)) continue
        yield at(name.position, {
          plugin: plugin.name,
          message: `the service is named ${JSON.stringify(name.value)}; it must be "plugin:${plugin.name}" or "plugin:${plugin.name}.…", or the web client's calls get 404`,
          // Of several services only their author knows which is which.
          ...(plugin.services.length === 1 &&
            !name.isComputed && {
              fix: { edits: [replaceLiteral(service, name, `plugin:${plugin.name}`)] },
            }),
        })
      }
    },
  },
  {
    id: 'service/duplicate-name',
    title: 'Two services have the same name',
    why: 'The second one is never registered, and nothing says so.',
    severity: 'error',
    mend: 'Give the second service a name of its own.',
    bad: `get serviceName() { return 'plugin:com.acme.tickets' } // in two files`,
    good: `get serviceName() { return 'plugin:com.acme.tickets.archive' } // in the second file`,
    *check({ workspace }) {
      const first = new Map<string, ServiceFile>()
      for (const { plugin, service } of parsedServices(workspace)) {
        // A development file may stand in for a production one: both are never loaded in production.
        if (!service.serviceName || service.loadedIn !== 'production') continue
        const other = first.get(service.serviceName.value)
        if (!other) first.set(service.serviceName.value, service)
        else
          yield at(service.serviceName.position, {
            plugin: plugin.name,
            message: `${other.path} has the service name ${JSON.stringify(service.serviceName.value)} already: the second is never registered; give this one a name of its own, such as "plugin:${plugin.name}.sub"`,
          })
      }
    },
  },
  {
    id: 'service/not-compiled',
    title: 'A service stands where the server’s compiler does not look',
    why: 'What is below a directory named web, or one that begins with a dot, is left out of the build (server/tsconfig.json): the service is never loaded, and nothing says so.',
    severity: 'error',
    mend: 'Move the file out of that directory, such as to services/.',
    bad: 'server/plugins/com.acme.tickets/services/web/tickets.service.ts',
    good: 'server/plugins/com.acme.tickets/services/tickets.service.ts',
    *check({ workspace }) {
      for (const { name, directory, misplacedServices } of workspace.plugins)
        for (const file of misplacedServices) {
          const hidden = /(?:^|\/)(web|\.[^/]*)(?:\/|$)/.exec(file.slice(directory.length))?.[1]
          yield {
            plugin: name,
            file,
            line: 1,
            column: 1,
            message: `the file defines a service, and nothing ${hidden === 'web' ? 'below a directory named web' : `at ${hidden}`} is compiled for the server: move it to ${directory}/services`,
          }
        }
    },
  },
  {
    id: 'service/import-missing',
    title: 'The code of a server plugin loads a file that does not exist',
    why: 'The build prints the error and succeeds; in the image the import throws, and the process stops with every plugin in it. Linux tells upper case from lower case, other systems may not.',
    severity: 'error',
    mend: 'Mend the path, case included, or add the file.',
    bad: `import { Store } from './store' // the file is Store.ts`,
    good: `import { Store } from './Store'`,
    *check({ workspace }) {
      for (const plugin of workspace.plugins) {
        if (plugin.kind === 'frontend') continue
        for (const file of plugin.sources)
          for (const { specifier, offset, otherCase } of missingImports(plugin, file))
            yield at(positionAt(file, offset), {
              plugin: plugin.name,
              message: otherCase
                ? `${JSON.stringify(specifier)} is ${otherCase}, which is spelled otherwise: Linux tells upper case from lower case, so loading this file throws in the image`
                : `${JSON.stringify(specifier)} names no file: loading this file throws in the image, and the process stops with every plugin in it`,
            })
      }
    },
  },
  {
    id: 'service/file-not-emitted',
    title: 'The code of a server plugin loads a file that is not in the image',
    why: 'The compiler emits TypeScript only: requiring a .js or .json file next to it throws, and the process stops with every plugin in it.',
    severity: 'error',
    mend: 'Make the file a TypeScript module that exports the data.',
    bad: `const prices = require('./prices.json')`,
    good: `import { prices } from './prices'`,
    *check({ workspace }) {
      for (const plugin of workspace.plugins) {
        if (plugin.kind === 'frontend') continue
        for (const file of plugin.sources) {
          const found = notEmitted(plugin, file, workspace.compiler)
          for (const { specifier, offset, path } of found)
            if (!isCopied(workspace, plugin, path))
              yield at(positionAt(file, offset), {
                plugin: plugin.name,
                message: `${JSON.stringify(specifier)} is ${path}, which the server's build does not copy: loading this file throws in the image; make it a TypeScript module`,
              })
        }
      }
    },
  },
]

/** Whether the build may copy a file of a plugin in a way of its own. */
function isCopied({ buildCopies }: Workspace, { directory, packageJson }: Plugin, path: string): boolean {
  return buildCopies(`${directory}/${path}`) || mayOwnScriptsCopy(packageJson, path)
}

/** Whether a file of a plugin is a test or a script, by its path: no service loads it. */
export function isTestOrScript(path: string): boolean {
  return /(^|\/)(tests?|__tests__|scripts)\/|\.(spec|test)\./.test(path)
}

/** Whether a server-side file may be loaded: tests and scripts are compiled and never loaded; web/ is the bundler's. */
function isLoaded(relative: string): boolean {
  return /\.tsx?$/.test(relative) && !/(^|\/)web\//.test(relative) && !isTestOrScript(relative)
}

/** The literal with another text, in the quotes that it has. */
function replaceLiteral(
  file: ServiceFile,
  { start, end }: { start: number; end: number },
  text: string,
): TextEdit {
  const quote = file.text.charAt(start)
  const content = quote + text.replace(/[\\'"`$]/g, '\\$&') + quote
  return { offset: start, length: end - start, content }
}

function services(workspace: Workspace): { plugin: Plugin; service: ServiceFile }[] {
  return workspace.plugins.flatMap((plugin) => plugin.services.map((service) => ({ plugin, service })))
}

function parsedServices(workspace: Workspace): { plugin: Plugin; service: ServiceFile }[] {
  return services(workspace).filter(({ service }) => !service.syntaxProblem)
}

function isNameOf(plugin: Plugin, serviceName: string): boolean {
  const own = `plugin:${plugin.name}`
  return serviceName === own || (serviceName.startsWith(`${own}.`) && serviceName.length > own.length + 1)
}

/** `mailService.ts`, `mail.Service.ts` and `mail.service.js` all mean `mail.service.ts`. */
function properName(fileName: string): string {
  const stem = fileName.replace(/(?:[._-]?services?(?:\.dev)?)?\.[cm]?[jt]sx?$/i, '')
  const dev = /\.dev\.[^.]+$/.test(fileName) ? '.dev' : ''
  return `${stem === '' ? 'index' : stem}.service${dev}.ts`
}

/** What a server-side file loads by a relative path, and which the compiler leaves out. */
function* notEmitted(plugin: Plugin, file: TextFile, compiler: Workspace['compiler']) {
  const relative = file.path.slice(plugin.directory.length + 1)
  if (!isLoaded(relative)) return
  const text = withoutComments(file.text)
  for (const match of text.matchAll(/(\bfrom\s*|\bimport\s*|\brequire\s*\(\s*)(['"])(\.[^'"\n]*)\2/g)) {
    const [whole, keyword = '', , specifier = ''] = match
    const target = posix.join(posix.dirname(relative), specifier)
    const path = ['', '.js', '.json', '/index.js']
      .map((ending) => target + ending)
      .find((each) => plugin.files.includes(each))
    const stem = target.replace(/\.js$/, '')
    const isCompiled = ['.ts', '.tsx', '/index.ts', '/index.tsx'].some((ending) =>
      plugin.files.includes(stem + ending),
    )
    if (path === undefined || isCompiled || /\.tsx?$/.test(path)) continue
    if (/\.jsx?$/.test(path) && compiler.emitsJavaScript) continue
    // With resolveJsonModule an import emits the file; a plain require does not, unless something else imports it.
    if (path.endsWith('.json') && compiler.emitsImportedJson && !keyword.startsWith('require')) continue
    yield { specifier, path, offset: match.index + whole.length - specifier.length - 2 }
  }
}

const RESOLVED_BY = /^(?:\.d)?\.[cm]?[jt]sx?$|^\.(?:json|node)$/

/** What a server-side file loads from its plugin's directory by a path that names no file. */
function* missingImports(plugin: Plugin, file: TextFile) {
  const relative = file.path.slice(plugin.directory.length + 1)
  if (!isLoaded(relative)) return
  const names = fileNames(plugin)
  const isMissing = (specifier: string): boolean => {
    const target = posix.join(posix.dirname(relative), specifier).replace(/\/$/, '')
    // What is elsewhere in the repository is not known here, nor what no listing enters.
    if (/^\.\.(?:\/|$)|(?:^|\/)(?:\.[^./]|node_modules(?:\/|$))/.test(target)) return false
    return !names.has(target) && !names.has(`${target}.ts`) && !resolves(plugin.files, target)
  }
  const mention = /\b(?:from|import|require\s*\()\s*(['"])(\.[^'"\r\n]*)\1/g
  if (![...file.text.matchAll(mention)].some(([, , specifier = '']) => isMissing(specifier))) return
  for (const { specifier, start } of relativeImports(file)) {
    if (!isMissing(specifier)) continue
    const target = posix.join(posix.dirname(relative), specifier).replace(/\/$/, '')
    const lower = plugin.files.map((each) => each.toLowerCase())
    const index = lower.findIndex((each) => resolves([each], target.toLowerCase()))
    yield { specifier, offset: start, otherCase: plugin.files[index] }
  }
}

/** Each file of a plugin asks for the same set: most imports are told by it alone. */
const knownNames = new WeakMap<Plugin, ReadonlySet<string>>()

function fileNames(plugin: Plugin): ReadonlySet<string> {
  const names = knownNames.get(plugin) ?? new Set(plugin.files)
  knownNames.set(plugin, names)
  return names
}

/** Whether one of the files is what Node.js or the compiler takes a path without an ending for. */
function resolves(files: readonly string[], target: string): boolean {
  const stem = target.replace(/\.[cm]?jsx?$/, '')
  const below = target === '.' || target === '' ? '' : `${target}/`
  return files.some(
    (file) =>
      file === target ||
      (file.startsWith(stem) && RESOLVED_BY.test(file.slice(stem.length))) ||
      (file.startsWith(target) && RESOLVED_BY.test(file.slice(target.length))) ||
      file === `${below}package.json` ||
      (file.startsWith(`${below}index`) && RESOLVED_BY.test(file.slice(below.length + 5))),
  )
}
