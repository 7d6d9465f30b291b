import type { Place } from '../declarations/desired.js'
import { asObject } from '../formats/json.js'
import { REQUIRED_FIELDS } from '../tailchat/layout.js'
import { brokenLink } from '../workspace/links.js'
import type { Plugin, Workspace } from '../workspace/types.js'

/** A field of an entry that differs from the manifest; `undefined` stands for a missing field. */
export interface OutdatedField {
  field: string
  here: unknown
  there: unknown
}

/** The values of an entry's fields; `undefined` where they are known only at run time. */
export type EntryFields = ReadonlyMap<string, { value: unknown }>

/** Fields that identify a plugin: their values do not depend on the manifest. */
const IDENTITY = ['name', 'url']

/**
 * Returns the fields of an entry that differ from the plugin's manifest, except name and url. A wrong field of the
 * manifest is left out: it must be corrected there, and never copied.
 */
export function outdatedFields(workspace: Workspace, plugin: Plugin, fields: EntryFields): OutdatedField[] {
  const manifest = asObject(plugin.web?.manifest?.value) ?? {}
  return [...new Set([...Object.keys(manifest), ...fields.keys()])].flatMap((field) => {
    const own = fields.get(field)
    const [here, there] = [own?.value, manifest[field]]
    if (IDENTITY.includes(field) || brokenLink(workspace, plugin, field) !== undefined) return []
    // A value that is known only at run time may be equal.
    if (own && here === undefined) return []
    if (REQUIRED_FIELDS.includes(field) && (typeof there !== 'string' || there === '')) return []
    const isSame = JSON.stringify(withoutBackend(here)) === JSON.stringify(withoutBackend(there))
    return isSame ? [] : [{ field, here, there }]
  })
}

/** Returns the fields to change in an entry of a plugin that was renamed. */
export function renamedFields(
  workspace: Workspace,
  plugin: Plugin,
  { place, fields }: { place: Exclude<Place, 'install'>; fields: EntryFields },
): OutdatedField[] {
  const manifest = asObject(plugin.web?.manifest?.value) ?? {}
  const url = place === 'registry' ? withoutBackend(manifest['url']) : manifest['url']
  const identity = [
    { field: 'name', here: fields.get('name')?.value, there: plugin.name },
    { field: 'url', here: fields.get('url')?.value, there: url },
  ].filter(({ here, there }) => withoutBackend(here) !== withoutBackend(there))
  return [...identity, ...outdatedFields(workspace, plugin, fields)]
}

/** Removes the placeholder from a path: whether it has one depends on the list. */
function withoutBackend(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^\{BACKEND\}/, '') : value
}
