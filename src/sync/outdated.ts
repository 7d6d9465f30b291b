import type { Place } from '../declarations/desired.js'
import { asObject } from '../formats/json.js'
import { REQUIRED_FIELDS } from '../tailchat/layout.js'
import { brokenLink } from '../workspace/links.js'
import type { Plugin, Workspace } from '../workspace/types.js'

/** A field of an entry that says something else than the manifest; `undefined` is a field that is not there. */
export interface OutdatedField {
  field: string
  here: unknown
  there: unknown
}

/** The values of an entry's fields; `undefined` where only running builtin.ts can tell. */
export type EntryFields = ReadonlyMap<string, { value: unknown }>

/** Fields that tell plugins apart: what they must be does not depend on the manifest. */
const IDENTITY = ['name', 'url']

/**
 * The fields of an entry that differ from the plugin's manifest, name and url aside. What is wrong in the manifest is
 * mended there first, and never spread: it is left out.
 */
export function outdatedFields(workspace: Workspace, plugin: Plugin, fields: EntryFields): OutdatedField[] {
  const manifest = asObject(plugin.web?.manifest?.value) ?? {}
  return [...new Set([...Object.keys(manifest), ...fields.keys()])].flatMap((field) => {
    const own = fields.get(field)
    const [here, there] = [own?.value, manifest[field]]
    if (IDENTITY.includes(field) || brokenLink(workspace, plugin, field) !== undefined) return []
    // A value that only running builtin.ts can tell may be equal.
    if (own && here === undefined) return []
    if (REQUIRED_FIELDS.includes(field) && (typeof there !== 'string' || there === '')) return []
    const isSame = JSON.stringify(withoutBackend(here)) === JSON.stringify(withoutBackend(there))
    return isSame ? [] : [{ field, here, there }]
  })
}

/** The fields that make an entry that of a plugin which has another name now. */
export function renamedFields(
  workspace: Workspace,
  plugin: Plugin,
  place: Exclude<Place, 'install'>,
  fields: EntryFields,
): OutdatedField[] {
  const manifest = asObject(plugin.web?.manifest?.value) ?? {}
  const url = place === 'registry' ? withoutBackend(manifest['url']) : manifest['url']
  const identity = [
    { field: 'name', here: fields.get('name')?.value, there: plugin.name },
    { field: 'url', here: fields.get('url')?.value, there: url },
  ].filter(({ here, there }) => withoutBackend(here) !== withoutBackend(there))
  return [...identity, ...outdatedFields(workspace, plugin, fields)]
}

/** Whether a path has the placeholder depends on the list that it stands in. */
function withoutBackend(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^\{BACKEND\}/, '') : value
}
