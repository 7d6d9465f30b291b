import { asObject, ownValue, positionInJson, stringAt } from '../workspace/json.js'
import { canonicalUrl } from '../workspace/layout.js'
import type { JsonFile } from '../workspace/json.js'
import type { Plugin, WebPart, Workspace } from '../workspace/types.js'
import { at, type RepositoryRule } from './types.js'

/** What the client demands when somebody installs a plugin by hand (client/web/src/plugin/utils.ts). */
const REQUIRED_FIELDS = ['label', 'name', 'url', 'version', 'author', 'description']

export const manifestRules: RepositoryRule[] = [
  {
    id: 'manifest/missing',
    title: 'A plugin with a browser side has no manifest.json',
    why: 'The install script stops the build when it reads a manifest that is not there, and a frontend plugin cannot be registered.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, web } of webParts(workspace)) {
        const file = `${web.directory}/manifest.json`
        if (web.manifest || workspace.unreadable.some(({ path }) => path === file)) continue
        yield {
          plugin: plugin.name,
          file,
          message: `manifest.json is missing: write one with ${REQUIRED_FIELDS.join(', ')}`,
        }
      }
    },
  },
  {
    id: 'manifest/invalid',
    title: 'A manifest is not a JSON object',
    why: 'The build stops at it, or (for `null`) skips every plugin that comes after it in the install list and still succeeds.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, manifest } of manifests(workspace)) {
        if (manifest.problem)
          yield at(manifest.problem.position, {
            plugin: plugin.name,
            message: `not valid JSON: ${manifest.problem.message}`,
          })
        else if (!asObject(manifest.value))
          yield at(positionInJson(manifest, []), {
            plugin: plugin.name,
            message: `the manifest is ${describe(manifest.value)}; it must be an object with ${REQUIRED_FIELDS.join(', ')}`,
          })
      }
    },
  },
  {
    id: 'manifest/field-missing',
    title: 'A required field of a manifest is missing or not a string',
    why: 'The plugin store shows the plugin wrongly or cannot load it: without `url` the client asks for a file named "undefined".',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, manifest } of objectManifests(workspace))
        for (const field of REQUIRED_FIELDS) {
          const value = ownValue(manifest.value, field)
          if (typeof value === 'string' && value !== '') continue
          yield at(positionInJson(manifest, [field]), {
            plugin: plugin.name,
            message:
              value === undefined
                ? `"${field}" is missing: ${advice(field, plugin)}`
                : `"${field}" is ${describe(value)}; it must be a string that is not empty`,
          })
        }
    },
  },
  {
    id: 'manifest/name-mismatch',
    title: 'The name in a manifest is not the name of the plugin’s directory',
    why: 'The plugin is registered under a name that no bundle defines: loading it ends in "Eval Timeout" in the browser.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, manifest } of objectManifests(workspace)) {
        const name = stringAt(manifest.value, 'name')
        if (!name || name === plugin.name) continue
        yield at(positionInJson(manifest, ['name']), {
          plugin: plugin.name,
          message: `name is ${JSON.stringify(name)}; the directory is named ${plugin.name}, and both must be equal, or the browser waits for a plugin that never comes`,
        })
      }
    },
  },
  {
    id: 'manifest/url-not-canonical',
    title: 'The url in a manifest does not point at the plugin’s own bundle',
    why: 'The client loads another plugin’s bundle, or none; and a wrong url spreads when the manifest is copied into a registration.',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, manifest } of objectManifests(workspace)) {
        const url = stringAt(manifest.value, 'url')
        if (plugin.kind === 'backend' || !url) continue
        const expected = canonicalUrl(plugin.kind, plugin.name)
        if (url === expected || isHostedElsewhere(url, plugin.name)) continue
        yield at(positionInJson(manifest, ['url']), {
          plugin: plugin.name,
          message: `url is ${JSON.stringify(url)}; for a ${plugin.kind} plugin it is ${JSON.stringify(expected)}, or the client loads something else or nothing`,
        })
      }
    },
  },
]

/** An absolute url is fine for a hosted plugin; its lazy chunks are found by the name in it (mini-star, mergeUrl). */
function isHostedElsewhere(url: string, name: string): boolean {
  return /^https?:\/\//.test(url) && url.includes(`/${name}`)
}

function advice(field: string, plugin: Plugin): string {
  if (field === 'url' && plugin.kind !== 'backend')
    return `add "url": ${JSON.stringify(canonicalUrl(plugin.kind, plugin.name))}, or the client asks for a file named "undefined"`
  if (field === 'name') return `add "name": ${JSON.stringify(plugin.name)}`
  return 'add it; the plugin store shows it'
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (value === '') return 'an empty string'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function webParts(workspace: Workspace): { plugin: Plugin; web: WebPart }[] {
  return workspace.plugins.flatMap((plugin) => (plugin.web ? [{ plugin, web: plugin.web }] : []))
}

function manifests(workspace: Workspace): { plugin: Plugin; manifest: JsonFile }[] {
  return webParts(workspace).flatMap(({ plugin, web }) =>
    web.manifest ? [{ plugin, manifest: web.manifest }] : [],
  )
}

function objectManifests(workspace: Workspace): { plugin: Plugin; manifest: JsonFile }[] {
  return manifests(workspace).filter(({ manifest }) => asObject(manifest.value))
}
