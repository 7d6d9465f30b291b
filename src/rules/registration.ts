import { nearest } from '../nearest.js'
import { layout } from '../workspace/layout.js'
import { positionInJson } from '../workspace/json.js'
import { positionAt } from '../workspace/text.js'
import type { Workspace } from '../workspace/types.js'
import { at, type RepositoryRule } from './types.js'

export const registrationRules: RepositoryRule[] = [
  {
    id: 'registration/unreadable',
    title: 'A registration file cannot be understood',
    why: 'Tailchat copies registry.json into the image as it is: a client that cannot parse it shows a broken plugin store.',
    severity: 'error',
    *check({ workspace: { registry, rootPackage, builtin } }) {
      if (registry?.problem)
        yield at(registry.problem.position, {
          message: `not valid JSON: ${registry.problem.message}; the client would get a broken plugin store`,
        })
      else if (registry && !Array.isArray(registry.value))
        yield at(positionInJson(registry, []), { message: 'the plugin registry must be a JSON array' })
      if (rootPackage?.problem)
        yield at(rootPackage.problem.position, { message: `not valid JSON: ${rootPackage.problem.message}` })
      if (builtin && !builtin.list.understood)
        yield {
          file: builtin.path,
          line: 1,
          column: 1,
          message: `the built-in plugins cannot be read: ${builtin.list.reason}`,
        }
    },
  },
  {
    id: 'registration/entry-without-plugin',
    title: 'A registration names a plugin that is not there',
    why: 'The client loads a page instead of a bundle; for a built-in plugin every user sees the error.',
    severity: 'error',
    *check({ workspace }) {
      const names = pluginNames(workspace)
      const message = (name: string): string =>
        `there is no plugin ${JSON.stringify(name)}${suggestion(name, names)}: remove the entry, or add the plugin`
      for (const { name, url, index } of workspace.registry?.entries ?? [])
        if (workspace.registry && name !== undefined && !names.has(name) && !isAbsolute(url))
          yield at(positionInJson(workspace.registry, [index, 'name']), {
            plugin: name,
            message: message(name),
          })
      const builtin = workspace.builtin
      if (!builtin?.list.understood) return
      for (const { name, url, start } of builtin.list.entries)
        if (name !== undefined && !names.has(name) && !isAbsolute(url))
          yield at(positionAt(builtin, start), { plugin: name, message: message(name) })
    },
  },
  {
    id: 'install-list/unknown-plugin',
    title: 'plugin:install names a plugin that is not under server/plugins',
    why: 'The install script drops the name and succeeds: the plugin’s services run, and nobody can install it.',
    severity: 'error',
    *check({ workspace }) {
      const server = new Set(
        workspace.plugins.filter(({ kind }) => kind !== 'frontend').map(({ name }) => name),
      )
      const frontend = new Set(
        workspace.plugins.filter(({ kind }) => kind === 'frontend').map(({ name }) => name),
      )
      for (const { name, position } of installNames(workspace)) {
        if (name === 'all' || server.has(name)) continue
        yield at(position, {
          plugin: name,
          message: frontend.has(name)
            ? `${name} is a frontend plugin: plugin:install drops it without a word; offer it in ${layout.registryJson} instead`
            : `there is no server/plugins/${name}${suggestion(name, server)}: plugin:install drops the name without a word`,
        })
      }
    },
  },
  {
    id: 'install-list/backend-plugin',
    title: 'plugin:install names a plugin without a browser side',
    why: 'The install script reads the manifest of its web part, finds none, and the build dies.',
    severity: 'error',
    *check({ workspace }) {
      const backend = new Set(
        workspace.plugins.filter(({ kind }) => kind === 'backend').map(({ name }) => name),
      )
      for (const { name, position } of installNames(workspace)) {
        if (name === 'all' && backend.size > 0)
          yield at(position, {
            message: `plugin:install all stops at the backend plugins ${[...backend].join(', ')}, which have no web part: name the full-stack plugins one by one`,
          })
        if (backend.has(name))
          yield at(position, {
            plugin: name,
            message: `${name} has no web part to install, and the build dies at it: take it out of the list (its services load without)`,
          })
      }
    },
  },
]

function installNames({ rootPackage }: Workspace) {
  const names = rootPackage?.installList?.names ?? []
  return rootPackage
    ? names.map(({ name, start }) => ({ name, position: positionAt(rootPackage, start) }))
    : []
}

function pluginNames(workspace: Workspace): ReadonlySet<string> {
  return new Set(workspace.plugins.map(({ name }) => name))
}

/** A plugin that is hosted elsewhere needs no directory here. */
function isAbsolute(url: string | undefined): boolean {
  return url !== undefined && /^https?:\/\//.test(url)
}

function suggestion(name: string, names: Iterable<string>): string {
  const near = nearest(name, names)
  return near ? ` (did you mean ${near}?)` : ''
}
