import { removeBuiltinEntry, setBuiltinProperty } from '../registrations/builtin-edit.js'
import { removeRegistryEntry, setRegistryField } from '../registrations/registry-edit.js'
import type { TextEdit } from '../lib/text-edits.js'
import type { BuiltinEntry, BuiltinList } from '../registrations/builtin.js'
import { asObject, positionInJson } from '../formats/json.js'
import { type Position, positionAt, type TextFile } from '../lib/text.js'
import type { RegistryEntry, Workspace } from '../workspace/types.js'

/** An entry of registry.json or builtin.ts, with how it is changed. */
export interface Entry {
  place: 'registry' | 'builtin'
  file: string
  name: string | undefined
  url: string | undefined
  isConditional: boolean
  /** `undefined` where not all of them can be told. */
  fields: ReadonlyMap<string, { value: unknown }> | undefined
  /** Where a field stands, or else the entry. */
  position: (field: string) => Position
  remove: () => TextEdit[]
  /** Gives a field a value, or takes it out (`undefined`); not there where the entry is not understood. */
  set?: (field: string, value: unknown) => TextEdit[]
}

/** The entries of registry.json, then those of builtin.ts where it is understood. */
export function entriesOf({ registry, builtin }: Workspace): Entry[] {
  const list = builtin?.list
  return [
    ...(registry ? registry.entries.map((entry) => registryEntry(registry, entry)) : []),
    ...(builtin && list?.understood
      ? list.entries.map((entry, index) => builtinEntry(builtin, list, { ...entry, index }))
      : []),
  ]
}

type UnderstoodList = Extract<BuiltinList, { understood: true }>

function registryEntry(file: NonNullable<Workspace['registry']>, { name, url, index }: RegistryEntry): Entry {
  const value = asObject((file.value as unknown[])[index])
  return {
    place: 'registry',
    file: file.path,
    name,
    url,
    isConditional: false,
    fields: value && new Map(Object.entries(value).map(([field, each]) => [field, { value: each }])),
    position: (field) => positionInJson(file, [index, field]),
    remove: () => removeRegistryEntry(file.text, index),
    set: (field, to) => setRegistryField(file.text, index, { field, value: to }),
  }
}

function builtinEntry(
  file: TextFile,
  list: UnderstoodList,
  { name, url, conditional, start, object, index }: BuiltinEntry & { index: number },
): Entry {
  const property = (field: string) => object?.properties.find((each) => each.name === field)
  return {
    place: 'builtin',
    file: file.path,
    name,
    url,
    isConditional: conditional,
    fields: object && new Map(object.properties.map((each) => [each.name, { value: each.value }])),
    position: (field) =>
      positionAt(file, (field === 'name' ? undefined : property(field)?.valueStart) ?? start),
    remove: () => removeBuiltinEntry(file.text, list, index),
    ...(object && { set: (field, to) => setBuiltinProperty(file.text, object, { field, value: to }) }),
  }
}
