import { asObject, ownValue, positionInJson, repeatedKeys, stringAt } from '../formats/json.js'
import { brokenLink } from '../workspace/links.js'
import { canonicalUrl, isHostedElsewhere, REQUIRED_FIELDS } from '../tailchat/layout.js'
import type { JsonFile } from '../formats/json.js'
import type { Plugin, WebPart, Workspace } from '../workspace/types.js'
import { setInJson } from './fixes.js'
import { at, type Fix, type RepositoryRule } from './types.js'
import { nameInFiles, renamedWebParts } from '../workspace/web-part.js'

export const manifestRules: RepositoryRule[] = [
  {
    id: 'manifest/missing',
    title: 'A plugin with a browser side has no manifest.json',
    why: 'The install script stops the build when it reads a manifest that is not there, and a frontend plugin cannot be registered.',
    severity: 'error',
    blocksSync: true,
    mend: 'Write a manifest.json next to the package.json of the web part.',
    bad: `client/web/plugins/com.acme.theme/
  package.json
  src/index.tsx`,
    good: `client/web/plugins/com.acme.theme/
  manifest.json
  package.json
  src/index.tsx`,
    *check({ workspace }) {
      for (const { plugin, web } of webParts(workspace)) {
        const file = `${web.directory}/manifest.json`
        if (web.manifest || workspace.unreadable.some(({ path }) => path === file)) continue
        if (renamedWebParts(plugin).length > 0) continue
        yield {
          plugin: plugin.name,
          file,
          message: `manifest.json is missing: ${elsewhereInWeb(plugin) ?? `write one with ${REQUIRED_FIELDS.join(', ')}`}`,
        }
      }
    },
  },
  {
    id: 'manifest/invalid',
    title: 'A manifest is not a JSON object',
    why: 'The build stops at it, or (for `null`) skips every plugin that comes after it in the install list and still succeeds.',
    severity: 'error',
    blocksSync: true,
    mend: 'Make the file one JSON object, without comments and trailing commas.',
    bad: '{ "name": "com.acme.theme", }',
    good: '{ "name": "com.acme.theme" }',
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
    id: 'manifest/duplicate-key',
    title: 'A manifest gives the same key twice',
    why: 'Only the last one counts: whoever reads the file from the top is misled.',
    severity: 'warning',
    mend: 'Remove the one that is not meant.',
    bad: '{ "url": "/plugins/com.acme.a/index.js", "url": "/plugins/com.acme.b/index.js" }',
    good: '{ "url": "/plugins/com.acme.a/index.js" }',
    *check({ workspace }) {
      for (const { plugin, manifest } of objectManifests(workspace))
        for (const { key, position } of repeatedKeys(manifest))
          yield at(position, {
            plugin: plugin.name,
            message: `${JSON.stringify(key)} is given again here, and only the last one counts: remove the one that is not meant`,
          })
    },
  },
  {
    id: 'manifest/field-missing',
    title: 'A required field of a manifest is missing or not a string',
    why: 'The plugin store shows the plugin wrongly or cannot load it: without `url` the client asks for a file named "undefined".',
    severity: 'error',
    blocksSync: true,
    mend: 'Add the field with a text in it; `url` and `name` follow from the directory.',
    bad: '{ "label": "Theme", "name": "com.acme.theme" }',
    good: `{
  "label": "Theme",
  "name": "com.acme.theme",
  "url": "/plugins/com.acme.theme/index.js",
  "version": "1.0.0",
  "author": "acme",
  "description": "Colours for the whole application"
}`,
    *check({ workspace }) {
      for (const { plugin, manifest } of objectManifests(workspace))
        for (const field of REQUIRED_FIELDS) {
          const value = ownValue(manifest.value, field)
          if (typeof value === 'string' && value !== '') continue
          const fix = fixForField(field, plugin, manifest)
          yield at(positionInJson(manifest, [field]), {
            plugin: plugin.name,
            ...(fix && { fix }),
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
    blocksSync: true,
    mend: 'Give the manifest the name of the plugin’s directory.',
    bad: `// client/web/plugins/com.acme.theme/manifest.json
"name": "com.acme.themes"`,
    good: `// client/web/plugins/com.acme.theme/manifest.json
"name": "com.acme.theme"`,
    *check({ workspace }) {
      for (const { plugin, manifest } of objectManifests(workspace)) {
        const name = stringAt(manifest.value, 'name')
        if (!name || name === plugin.name) continue
        if (nameInFiles(workspace, plugin) === name) {
          yield at(positionInJson(manifest, ['name']), {
            plugin: plugin.name,
            message: `name is ${JSON.stringify(name)}, in package.json too, and the directory is named ${plugin.name}: rename the directory to ${name}, or the browser waits for a plugin that never comes (where ${plugin.name} is what it is called now, change the name in both files)`,
          })
          continue
        }
        yield at(positionInJson(manifest, ['name']), {
          plugin: plugin.name,
          message: `name is ${JSON.stringify(name)}; the directory is named ${plugin.name}, and both must be equal, or the browser waits for a plugin that never comes`,
          fix: setInJson(manifest, ['name'], plugin.name),
        })
      }
    },
  },
  {
    id: 'manifest/url-not-canonical',
    title: 'The url in a manifest does not point at the plugin’s own bundle',
    why: 'The client loads another plugin’s bundle, or none; and a wrong url spreads when the manifest is copied into a registration.',
    severity: 'error',
    blocksSync: true,
    mend: 'Set `url` to `/plugins/NAME/index.js`, with `{BACKEND}` before it for a full-stack plugin.',
    bad: `// of com.acme.theme, which is below client/web/plugins
"url": "{BACKEND}/plugins/com.acme.other/index.js"`,
    good: '"url": "/plugins/com.acme.theme/index.js"',
    *check({ workspace }) {
      for (const { plugin, manifest } of objectManifests(workspace)) {
        const url = stringAt(manifest.value, 'url')
        if (plugin.kind === 'backend' || !url) continue
        const expected = canonicalUrl(plugin.kind, plugin.name)
        if (url === expected || isHostedElsewhere(url, plugin.name) || lacksBackend(plugin, url)) continue
        const meant = nameInFiles(workspace, plugin)
        if (meant !== undefined && url === canonicalUrl(plugin.kind, meant)) continue
        yield at(positionInJson(manifest, ['url']), {
          plugin: plugin.name,
          message: `url is ${JSON.stringify(url)}; for a ${plugin.kind} plugin it is ${JSON.stringify(expected)}, or the client loads something else or nothing`,
          // Another host is meant; only its owner knows the path.
          ...(!/^https?:/.test(url) && { fix: setInJson(manifest, ['url'], expected) }),
        })
      }
    },
  },
  {
    id: 'manifest/url-without-backend',
    title: 'The url of a full-stack plugin does not begin with {BACKEND}',
    why: 'The bundle is served by the server: where the web client is hosted on another origin, it asks that origin in vain.',
    severity: 'warning',
    mend: 'Put `{BACKEND}` before the path; the client replaces it by the server’s address.',
    bad: '// server/plugins/com.acme.tickets/web/plugins/com.acme.tickets/manifest.json\n"url": "/plugins/com.acme.tickets/index.js"',
    good: '"url": "{BACKEND}/plugins/com.acme.tickets/index.js"',
    *check({ workspace }) {
      for (const { plugin, manifest } of objectManifests(workspace)) {
        const url = stringAt(manifest.value, 'url')
        if (!lacksBackend(plugin, url)) continue
        yield at(positionInJson(manifest, ['url']), {
          plugin: plugin.name,
          message: `url is ${JSON.stringify(url)}; the server holds the bundle of a full-stack plugin, so write "{BACKEND}${url}": without it nothing loads where the client has another origin`,
          fix: setInJson(manifest, ['url'], canonicalUrl('fullstack', plugin.name)),
        })
      }
    },
  },
  {
    id: 'manifest/icon-missing',
    title: 'The icon in a manifest is not in the image',
    why: 'The server answers with a page instead of the picture: the plugin store shows a broken icon.',
    severity: 'warning',
    mend: 'Add the file, or have .ministarrc.js copy the directory that holds it (rollup-plugin-copy).',
    bad: '// there is no assets/logo.png\n"icon": "/plugins/com.acme.theme/assets/logo.png"',
    good: '// next to assets/icon.png\n"icon": "/plugins/com.acme.theme/assets/icon.png"',
    check: ({ workspace }) => missingLinks(workspace, 'icon'),
  },
  {
    id: 'manifest/document-missing',
    title: 'The document that a manifest links to is not in the image',
    why: 'The server answers with the application’s page, which the plugin store shows instead of the document.',
    severity: 'warning',
    mend: 'Add the file, or have .ministarrc.js copy it (rollup-plugin-copy).',
    bad: '// there is no README.md\n"documentUrl": "/plugins/com.acme.theme/README.md"',
    good: '// next to README.md\n"documentUrl": "/plugins/com.acme.theme/README.md"',
    check: ({ workspace }) => missingLinks(workspace, 'documentUrl'),
  },
]

function lacksBackend(plugin: Plugin, url: string | undefined): boolean {
  return plugin.kind === 'fullstack' && url === canonicalUrl('frontend', plugin.name)
}

function fixForField(field: string, plugin: Plugin, manifest: JsonFile): Fix | undefined {
  if (field === 'name') return setInJson(manifest, ['name'], plugin.name)
  if (field !== 'url' || plugin.kind === 'backend') return undefined
  return setInJson(manifest, ['url'], canonicalUrl(plugin.kind, plugin.name))
}

function* missingLinks(workspace: Workspace, field: 'icon' | 'documentUrl') {
  for (const { plugin, manifest } of objectManifests(workspace)) {
    const broken = brokenLink(workspace, plugin, field)
    if (!broken) continue
    const { target, notCopiedBy } = broken
    const message =
      notCopiedBy === undefined
        ? `${field} links to ${target}, and there is no such file in ${plugin.web?.directory}: the browser gets a page in its place`
        : `${field} links to ${target}, which ${notCopiedBy} does not copy: the browser gets a page in its place; copy it with rollup-plugin-copy`
    yield at(positionInJson(manifest, [field]), { plugin: plugin.name, message })
  }
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

/** Returns where the manifest is instead, after a slip such as `web/plugin/`, and what to rename. */
function elsewhereInWeb({ kind, files, directory }: Plugin): string | undefined {
  const place =
    kind === 'fullstack' ? files.find((file) => /^web\/.*\/manifest\.json$/.test(file)) : undefined
  if (place === undefined) return undefined
  const parent = /^web\/([^/]+)\/[^/]+\/manifest\.json$/.exec(place)?.[1]
  const advice =
    parent !== undefined && parent !== 'plugins'
      ? `rename the directory web/${parent} to web/plugins`
      : `move what is in there to web/plugins/NAME`
  return `nothing reads ${directory}/${place}: ${advice}`
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
