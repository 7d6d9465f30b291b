import { builtinModules } from 'node:module'
import { mentionedPackages, packageImports } from '../source/imports.js'
import { asObject, type JsonFile, ownValue } from '../formats/json.js'
import { layout } from '../tailchat/layout.js'
import { serverPackages } from '../tailchat/server-packages.js'
import { isSdkPackage, SDK } from '../registrations/lockfile.js'
import { positionAt } from '../lib/text.js'
import type { Plugin } from '../workspace/types.js'
import { at, type RepositoryRule } from './types.js'
import { isCompiled } from '../source/server-code.js'

export const dependencyRules: RepositoryRule[] = [
  {
    id: 'dependency/undeclared',
    title: 'A service imports a package that no package.json declares',
    why: 'The server’s build succeeds; then the process that loads the plugins stops with "Cannot find module", and every plugin is down.',
    severity: 'error',
    mend: 'Add the package to the dependencies of the plugin’s package.json, and run `pnpm install --lockfile-only`.',
    bad: `import QRCode from 'qrcode'
// package.json of the plugin: "dependencies": {}`,
    good: `import QRCode from 'qrcode'
// package.json of the plugin: "dependencies": { "qrcode": "^1.5.3" }`,
    *check({ workspace: { plugins, pluginsOnly, rootPackage, installation } }) {
      const { serverPackage, sdkPackage, isHoisted } = installation
      // Without the server's package.json this is no whole repository; hoisted, packages of packages resolve too.
      if (!pluginsOnly && (!asObject(serverPackage?.value) || isHoisted)) return
      const around = new Set([
        ...(pluginsOnly ? serverPackages : [...declaredIn(serverPackage), ...declaredIn(rootPackage)]),
        ...builtinModules,
        ...(isSdkPackage(sdkPackage) ? [SDK] : []),
      ])
      const server = pluginsOnly ? 'the server of Tailchat 1.11' : layout.serverPackageJson
      for (const plugin of plugins) {
        if (plugin.kind === 'frontend') continue
        for (const file of plugin.sources) {
          const relative = file.path.slice(plugin.directory.length + 1)
          if (!isCompiled(relative) || !/\.tsx?$/.test(relative) || isTest(relative)) continue
          const declared = declaredFor(plugin, file.path)
          const isUndeclared = (name: string): boolean =>
            !around.has(name) && declared !== undefined && !declared.has(name)
          // Reading the statements takes a text without comments: that is only worth it where one may be wrong.
          if (!mentionedPackages(file.text).some(isUndeclared)) continue
          for (const { package: name, specifier, start } of packageImports(file))
            if (isUndeclared(name))
              yield at(positionAt(file, start), {
                plugin: plugin.name,
                // The image that the plugins go on may have more than Tailchat's own.
                ...(pluginsOnly && { severity: 'warning' }),
                message: `${JSON.stringify(specifier)} is imported, and neither ${plugin.directory}/package.json nor ${server} declares ${name}: add it to the plugin’s dependencies, or the process that loads this file stops with "Cannot find module"`,
              })
        }
      }
    },
  },
]

/**
 * Returns the packages that a plugin's file can import in addition to those of the server: everything that a package.json
 * between the file and the plugin's directory declares. Development dependencies count, since the image installs them
 * (Dockerfile). `undefined` when one of these files cannot be read.
 */
function declaredFor({ packages }: Plugin, path: string): Set<string> | undefined {
  const above = packages.filter((file) => path.startsWith(file.path.slice(0, -'package.json'.length)))
  if (above.some(({ value }) => !asObject(value))) return undefined
  return new Set(above.flatMap((file) => [...declaredIn(file)]))
}

function declaredIn(file: JsonFile | undefined): string[] {
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((field) =>
    Object.keys(asObject(ownValue(file?.value, field)) ?? {}),
  )
}

function isTest(relative: string): boolean {
  return /(^|\/)(tests?|__tests__|__mocks__)\/|\.(spec|test)\.tsx?$/.test(relative)
}
