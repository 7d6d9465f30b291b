import { posix } from 'node:path'
import { asObject, ownValue, positionInJson, stringAt } from '../formats/json.js'
import type { JsonFile } from '../formats/json.js'
import { indentAt, lineEndingOf, type TextEdit } from '../lib/text-edits.js'
import { positionAt, withoutComments } from '../lib/text.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { setInJson } from './fixes.js'
import { at, type RepositoryRule } from './types.js'
import { nameInFiles, renamedWebParts } from '../workspace/web-part.js'

export const packageRules: RepositoryRule[] = [
  {
    id: 'package/invalid',
    title: 'A plugin has no package.json, or one that is not a JSON object',
    why: 'mini-star finds a plugin’s entry by its package.json, and pnpm stops at one that it cannot read.',
    severity: 'error',
    mend: 'Write a package.json: in a web part with `name` and `main`, next to `web` with the script `build:web`.',
    bad: `server/plugins/com.acme.tickets/
  web/plugins/com.acme.tickets/package.json`,
    good: `server/plugins/com.acme.tickets/
  package.json
  web/plugins/com.acme.tickets/package.json`,
    *check({ workspace }) {
      for (const plugin of workspace.plugins) {
        const expected = [
          ...(plugin.web ? [{ directory: plugin.web.directory, file: plugin.web.packageJson }] : []),
          ...(plugin.kind === 'frontend' ? [] : [{ directory: plugin.directory, file: plugin.packageJson }]),
        ]
        for (const { directory, file } of expected) {
          const path = `${directory}/package.json`
          if (!file) {
            // A backend plugin is compiled and loaded without one: only a browser side is built through it.
            const needed = plugin.web !== undefined
            // A web part of another name is a finding of its own.
            if (directory === plugin.web?.directory && renamedWebParts(plugin).length > 0) continue
            if (needed && !workspace.unreadable.some((each) => each.path === path))
              yield {
                plugin: plugin.name,
                file: path,
                message: 'package.json is missing: the bundler and the install script both need it',
                ...(directory === plugin.directory &&
                  plugin.kind === 'fullstack' && { fix: { create: renderServerPackage(plugin.name) } }),
              }
          } else if (file.problem)
            yield at(file.problem.position, {
              plugin: plugin.name,
              message: `not valid JSON: ${file.problem.message}`,
            })
          else if (!asObject(file.value))
            yield at(positionInJson(file, []), {
              plugin: plugin.name,
              message: 'package.json must hold a JSON object',
            })
        }
      }
    },
  },
  {
    id: 'package/name-mismatch',
    title: 'The web package is not named @plugins/NAME',
    why: 'mini-star takes the output directory from the package’s name: the bundle ends up where the client never asks for it, and the build still succeeds.',
    severity: 'error',
    mend: 'Name the web package `@plugins/` and the directory’s name.',
    bad: `// client/web/plugins/com.acme.theme/package.json
"name": "@plugins/com.acme.themes"`,
    good: `// client/web/plugins/com.acme.theme/package.json
"name": "@plugins/com.acme.theme"`,
    *check({ workspace }) {
      for (const { plugin, packageJson } of webPackages(workspace)) {
        const name = stringAt(packageJson.value, 'name')
        // Only what follows the scope counts (mini-star, rollup.config.js), so the bare name works too.
        if (name === `@plugins/${plugin.name}` || name === plugin.name) continue
        // It is the directory that has to be renamed (manifest/name-mismatch).
        if (nameInFiles(workspace, plugin) !== undefined) continue
        yield at(positionInJson(packageJson, ['name']), {
          plugin: plugin.name,
          message: `${name === undefined ? '"name" is missing' : `name is ${JSON.stringify(name)}`}; it must be "@plugins/${plugin.name}", or the bundle is built into another directory`,
          fix: setInJson(packageJson, ['name'], `@plugins/${plugin.name}`),
        })
      }
    },
  },
  {
    id: 'package/main-missing',
    title: 'The entry file of a web package is missing',
    why: 'mini-star prints “✖ Bundle error”, the build succeeds, and the browser gets a page instead of the plugin.',
    severity: 'error',
    mend: 'Let `main` name the entry file, with its extension.',
    bad: '"main": "src/index"',
    good: '"main": "src/index.tsx"',
    *check({ workspace }) {
      for (const { plugin, packageJson } of webPackages(workspace)) {
        const main = stringAt(packageJson.value, 'main')
        if (main === undefined)
          yield at(positionInJson(packageJson, ['main']), {
            plugin: plugin.name,
            message: '"main" is missing: name the entry file with its extension, such as "src/index.tsx"',
          })
        else if (!mainExists(plugin, main))
          yield at(positionInJson(packageJson, ['main']), {
            plugin: plugin.name,
            message: `main is ${JSON.stringify(main)}, and there is no such file: name the entry file with its extension, or nothing is bundled and the build still succeeds`,
          })
      }
    },
  },
  {
    id: 'package/main-not-index',
    title: 'The entry file of a web package is not named index',
    why: 'The bundle is named like its entry file, and the client only ever asks for index.js.',
    severity: 'error',
    mend: 'Add an index file that re-exports the entry, and let `main` name it.',
    bad: '"main": "src/app.tsx"',
    good: '"main": "src/index.tsx"',
    *check({ workspace }) {
      for (const { plugin, packageJson } of webPackages(workspace)) {
        const main = stringAt(packageJson.value, 'main')
        if (!main || !mainExists(plugin, main) || /^index\.[^.]+$/.test(posix.basename(main))) continue
        yield at(positionInJson(packageJson, ['main']), {
          plugin: plugin.name,
          message: `main is ${JSON.stringify(main)}; its file must be named index.*, since the client asks for index.js and the bundle takes the entry's name: add an index file that re-exports it`,
        })
      }
    },
  },
  {
    id: 'package/build-web-missing',
    title: 'A full-stack plugin cannot build its browser side',
    why: 'The install script runs `pnpm build:web` in it: without that script the whole build stops.',
    severity: 'error',
    mend: 'Add the script to the package.json next to `web`.',
    bad: '"scripts": {}',
    good: '"scripts": { "build:web": "ministar buildPlugin all" }',
    *check({ workspace }) {
      for (const { kind, name, packageJson } of workspace.plugins) {
        if (kind !== 'fullstack' || !packageJson || !asObject(packageJson.value)) continue
        if (stringAt(packageJson.value, 'scripts', 'build:web')) continue
        yield at(positionInJson(packageJson, ['scripts', 'build:web']), {
          plugin: name,
          message: `the script "build:web" is missing: add "build:web": "${BUILD_WEB}"`,
          ...(canHoldBuildWeb(packageJson) && {
            fix: setInJson(packageJson, ['scripts', 'build:web'], BUILD_WEB),
          }),
        })
      }
    },
  },
  {
    id: 'package/ministar-config-missing',
    title: 'A full-stack plugin has no .ministarrc.js',
    why: 'mini-star finds no plugin to build, says so, and succeeds: the plugin is registered without a bundle.',
    severity: 'error',
    mend: 'Add a .ministarrc.js next to `web`.',
    bad: `server/plugins/com.acme.tickets/
  package.json
  web/`,
    good: `server/plugins/com.acme.tickets/
  .ministarrc.js
  package.json
  web/`,
    *check({ workspace }) {
      for (const plugin of workspace.plugins) {
        if (plugin.kind !== 'fullstack' || hasMinistarConfig(plugin)) continue
        yield {
          plugin: plugin.name,
          file: `${plugin.directory}/.ministarrc.js`,
          message:
            '.ministarrc.js is missing: add one that sets pluginRoot to ./web and outDir to ../../public, or no bundle is built and the build still succeeds',
          fix: { create: renderMinistarConfig(workspace) },
        }
      }
    },
  },
  {
    id: 'package/ministar-config-incomplete',
    title: 'A .ministarrc.js does not say where the web part is, or where its bundle goes',
    why: 'mini-star looks for plugins in the wrong place, or writes the bundle where the server does not look; both times the build succeeds, and the plugin is registered without a bundle.',
    severity: 'error',
    mend: 'Set `pluginRoot` to ./web and `outDir` to ../../public, both as absolute paths.',
    bad: `module.exports = { externalDeps: ['react'] }`,
    good: `const path = require('path')

module.exports = {
  externalDeps: ['react'],
  pluginRoot: path.resolve(__dirname, './web'),
  outDir: path.resolve(__dirname, '../../public'),
}`,
    *check({ workspace }) {
      for (const { kind, name, ministarConfig } of workspace.plugins) {
        if (kind !== 'fullstack' || !ministarConfig) continue
        const text = withoutComments(ministarConfig.text)
        // What is taken from another file may hold both.
        if (/\brequire\(\s*['"`]\./.test(text) || /\bimport\b/.test(text)) continue
        const exported = /(?:module\.exports|export\s+default)\s*(?:=\s*)?\{/.exec(text)
        for (const [option, path] of Object.entries(MINISTAR_PATHS)) {
          if (new RegExp(`\\b${option}\\b`).test(text)) continue
          yield at(positionAt(ministarConfig, exported?.index ?? 0), {
            plugin: name,
            message: `${option} is not set: add ${option}: path.resolve(__dirname, '${path}'), or the bundle is not where the server looks for it`,
            ...(exported && {
              fix: { edits: [ministarOption(ministarConfig.text, exported, { option, path })] },
            }),
          })
        }
      }
    },
  },
]

/** What the build script of Tailchat's own plugins is. */
const BUILD_WEB = 'ministar buildPlugin all'

/** Where a full-stack plugin's web part is, and where the server's build takes bundles from; from the plugin's directory. */
const MINISTAR_PATHS = { pluginRoot: './web', outDir: '../../public' }

/** A configuration that leaves out of the bundle what that of the frontend plugins leaves out. */
function renderMinistarConfig({ frontendMinistarConfig }: Workspace): string {
  const list = /\bexternalDeps\s*:\s*\[([^[\]]*)\]/.exec(
    withoutComments(frontendMinistarConfig?.text ?? ''),
  )?.[1]
  const modules = [...(list ?? '').matchAll(/['"]([\w@./-]+)['"]/g)].map(([, name]) => `'${name}'`)
  return `const path = require('path');

module.exports = {
  // What the web client hands to plugins: the bundle need not hold it.
  externalDeps: [${modules.length === 0 ? "'react'" : modules.join(', ')}],
  pluginRoot: path.resolve(__dirname, '${MINISTAR_PATHS.pluginRoot}'),
  outDir: path.resolve(__dirname, '${MINISTAR_PATHS.outDir}'),
};
`
}

function renderServerPackage(name: string): string {
  const shortName = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const content = {
    name: `tailchat-plugin-${shortName}`,
    version: '0.0.0',
    private: true,
    scripts: { 'build:web': BUILD_WEB },
  }
  return JSON.stringify(content, null, 2) + '\n'
}

/** Whether the script can be added: `scripts` is an object, or is not there yet. */
function canHoldBuildWeb({ value }: JsonFile): boolean {
  const scripts = ownValue(value, 'scripts')
  return scripts === undefined || asObject(scripts) !== undefined
}

/** Adds an option as the first one, on a line of its own where the others have theirs. */
function ministarOption(
  text: string,
  exported: RegExpExecArray,
  { option, path }: { option: string; path: string },
): TextEdit {
  const offset = exported.index + exported[0].length
  const resolve = /\b(?:const|let|var)\s+path\s*=|\bimport\s+path\b/.test(text) ? 'path' : `require('path')`
  const property = `${option}: ${resolve}.resolve(__dirname, '${path}')`
  const isEmpty = /^\s*\}/.test(text.slice(offset))
  const isOnOneLine = /^[^\S\r\n]*\S/.test(text.slice(offset))
  const content = isOnOneLine
    ? ` ${property}${isEmpty ? ' ' : ','}`
    : `${lineEndingOf(text)}${indentAt(text, exported.index)}  ${property},`
  return { offset, length: 0, content }
}

function webPackages(workspace: Workspace): { plugin: Plugin; packageJson: JsonFile }[] {
  return workspace.plugins.flatMap((plugin) => {
    const packageJson = plugin.web?.packageJson
    return packageJson && asObject(packageJson.value) ? [{ plugin, packageJson }] : []
  })
}

/** The places where mini-star looks for its configuration (cosmiconfig's usual ones). */
function hasMinistarConfig({ files, packageJson }: Plugin): boolean {
  return (
    files.some((file) => /^(\.ministarrc(\.(json|ya?ml|c?js))?|ministar\.config\.c?js)$/.test(file)) ||
    ownValue(packageJson?.value, 'ministar') !== undefined
  )
}

/** mini-star takes `main` as it stands: no extension is tried, no directory's index. */
function mainExists(plugin: Plugin, main: string): boolean {
  if (!plugin.web) return false
  const path = posix.relative(plugin.directory, posix.join(plugin.web.directory, main))
  return plugin.files.includes(path)
}
