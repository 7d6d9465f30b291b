import { REQUIRED_FIELDS } from './layout.js'

/**
 * The folder in which the web client looks for a plugin's further files, by the url of its first one: everything before
 * the first `/NAME`, and `/NAME` (mini-star 2.1.1, runtime/utils.js: NAME is a pattern there, so a dot matches anything).
 * @returns `undefined` where the url has no `/NAME`: then they are looked for below the page
 */
export function chunkFolder(url: string, name: string): string | undefined {
  const wanted = `/${name}`
  for (let at = url.indexOf('/'); at !== -1; at = url.indexOf('/', at + 1)) {
    const found = url.slice(at, at + wanted.length)
    if (
      found.length === wanted.length &&
      [...wanted].every((character, index) => matches(character, found[index]))
    )
      return `${url.slice(0, at)}/${name}`
  }
  return undefined
}

function matches(pattern: string | undefined, character: string | undefined): boolean {
  return pattern === character || pattern === '.'
}

/** Whether the further files of a plugin are looked for where its first one is. */
export function loadsItsChunks(url: string, name: string): boolean {
  const [path = ''] = url.split(/[?#]/)
  return chunkFolder(path, name) === path.slice(0, path.lastIndexOf('/'))
}

type Manifest = Readonly<Record<string, unknown>>

/** Where a plugin's files are served, such as `https://plugins.acme.example/1.0.0/com.acme.theme`. */
export function hostedFolder(publicUrl: string, version: string, name: string): string {
  return `${publicUrl}/${version}/${name}`
}

/**
 * The manifest of a plugin whose files are served from a folder of another host: what points at its own files is absolute.
 * @param folder its address, without a slash at its end
 */
export function hostedManifest(manifest: Manifest, name: string, folder: string): Record<string, unknown> {
  const own = `/plugins/${name}/`
  const absolute = (value: unknown): unknown => {
    const path = typeof value === 'string' ? value.replace(/^\{BACKEND\}/, '') : ''
    return path.startsWith(own) ? `${folder}/${path.slice(own.length)}` : value
  }
  return {
    ...manifest,
    url: `${folder}/index.js`,
    ...('icon' in manifest && { icon: absolute(manifest['icon']) }),
    ...('documentUrl' in manifest && { documentUrl: absolute(manifest['documentUrl']) }),
  }
}

/** Why the web client does not take a manifest that a user pastes (client/web/src/plugin/utils.ts); empty: it does. */
export function pasteProblems(manifest: Manifest): string[] {
  const kinds = { string: 'a text', boolean: 'true or false' } as const
  const rules = [
    ...REQUIRED_FIELDS.map((field) => ({ field, kind: 'string' as const, required: true })),
    { field: 'icon', kind: 'string' as const, required: false },
    { field: 'requireRestart', kind: 'boolean' as const, required: false },
  ]
  return rules.flatMap(({ field, kind, required }) => {
    const value = Object.hasOwn(manifest, field) ? manifest[field] : undefined
    if (value === undefined) return required ? [`"${field}" is missing`] : []
    return typeof value === kind ? [] : [`"${field}" is not ${kinds[kind]}`]
  })
}

/** What a version may be that becomes a folder in a url. */
const FOLDER = /^[\w+-][\w.+-]{0,63}$/

/** Whether a version can be the name of a folder. */
export function isFolderName(version: string): boolean {
  return FOLDER.test(version)
}
