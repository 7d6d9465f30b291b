import { posix } from 'node:path'
import { asObject, ownValue, positionInJson, stringAt } from '../workspace/json.js'
import type { JsonFile } from '../workspace/json.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { at, type RepositoryRule } from './types.js'

export const packageRules: RepositoryRule[] = [
  {
    id: 'package/invalid',
    title: 'A plugin has no package.json, or one that is not a JSON object',
    why: 'mini-star finds a plugin’s entry by its package.json, and pnpm stops at one that it cannot read.',
    severity: 'error',
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
            if (needed && !workspace.unreadable.some((each) => each.path === path))
              yield {
                plugin: plugin.name,
                file: path,
                message: 'package.json is missing: the bundler and the install script both need it',
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
    why: 'mini-star takes the output directory from the package’s name: the bundle lands where nobody asks for it, and the build succeeds.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, packageJson } of webPackages(workspace)) {
        const name = stringAt(packageJson.value, 'name')
        // Only what follows the scope counts (mini-star, rollup.config.js), so the bare name works too.
        if (name === `@plugins/${plugin.name}` || name === plugin.name) continue
        yield at(positionInJson(packageJson, ['name']), {
          plugin: plugin.name,
          message: `${name === undefined ? '"name" is missing' : `name is ${JSON.stringify(name)}`}; it must be "@plugins/${plugin.name}", or the bundle is built into another directory`,
        })
      }
    },
  },
  {
    id: 'package/main-missing',
    title: 'The entry file of a web package is missing',
    why: 'mini-star prints “✖ Bundle error”, the build succeeds, and the browser gets a page instead of the plugin.',
    severity: 'error',
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
    *check({ workspace }) {
      for (const { kind, name, packageJson } of workspace.plugins) {
        if (kind !== 'fullstack' || !packageJson || !asObject(packageJson.value)) continue
        if (stringAt(packageJson.value, 'scripts', 'build:web')) continue
        yield at(positionInJson(packageJson, ['scripts', 'build:web']), {
          plugin: name,
          message: 'the script "build:web" is missing: add "build:web": "ministar buildPlugin all"',
        })
      }
    },
  },
  {
    id: 'package/ministar-config-missing',
    title: 'A full-stack plugin has no .ministarrc.js',
    why: 'mini-star finds no plugin to build, says so, and succeeds: the plugin is registered without a bundle.',
    severity: 'error',
    *check({ workspace }) {
      for (const plugin of workspace.plugins) {
        if (plugin.kind !== 'fullstack' || hasMinistarConfig(plugin)) continue
        yield {
          plugin: plugin.name,
          file: `${plugin.directory}/.ministarrc.js`,
          message:
            '.ministarrc.js is missing: add one that sets pluginRoot to ./web and outDir to ../../public, or no bundle is built and the build still succeeds',
        }
      }
    },
  },
]

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
