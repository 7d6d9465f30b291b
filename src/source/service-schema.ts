import type { Node, ObjectExpression } from '@babel/types'
import { isFunction, keyOf, mentionOf } from '../formats/syntax-tree.js'
import { literalText, unwrap } from '../formats/typescript.js'
import type { ServiceSurface, SurfaceAction } from './surface.js'

/** Reads what a plain moleculer schema registers. */
export function readSchema(definition: ObjectExpression, surface: ServiceSurface, text: string): void {
  for (const property of definition.properties) {
    const name = property.type === 'SpreadElement' ? undefined : keyOf(property)
    if (name === undefined) surface.unknown.push('the schema takes in another object')
    else if (name === 'mixins') surface.unknown.push('the schema has mixins, which are not followed')
    else if (name === 'created' || name === 'started')
      surface.unknown.push(`the schema has a method \`${name}\`, which is not followed`)
    else if (name === 'actions' || name === 'events') readSchemaList({ list: name, property }, surface, text)
  }
}

function readSchemaList(
  { list, property }: { list: 'actions' | 'events'; property: Node },
  surface: ServiceSurface,
  text: string,
): void {
  const value = property.type === 'ObjectProperty' ? unwrap(property.value) : property
  if (value.type !== 'ObjectExpression') {
    surface.unknown.push(`the schema’s ${list} are not written in place`)
    return
  }
  for (const entry of value.properties) {
    if (entry.type === 'SpreadElement') {
      surface.unknown.push(`the schema’s ${list} take in another object`)
      continue
    }
    const key = keyOf(entry)
    const registration = {
      ...(key === undefined
        ? mentionOf(entry.key, text, entry)
        : { name: key, literal: true, offset: entry.key.start ?? 0 }),
      conditional: false,
      environment: [],
    }
    if (list === 'events') surface.events.push(registration)
    else surface.actions.push({ ...registration, ...readActionSchema(schemaOfEntry(entry)) })
  }
}

/** The schema in `name: { …, handler }`; there is none in `name() {}` and `name: () => {}`. */
function schemaOfEntry(entry: Node): Node | undefined {
  const value = entry.type === 'ObjectProperty' ? unwrap(entry.value) : undefined
  return value && !isFunction(value) ? value : undefined
}

/** What the schema of an action says; `unknown` where it is computed or takes in another object. */
export function readActionSchema(
  schema: Node | undefined,
): Pick<SurfaceAction, 'visibility' | 'disableSocket' | 'rest'> {
  if (!schema) return { visibility: 'published', disableSocket: false }
  const value = unwrap(schema)
  if (value.type !== 'ObjectExpression') return { visibility: 'unknown', disableSocket: 'unknown' }
  const mayHold = value.properties.some((each) => each.type === 'SpreadElement' || keyOf(each) === undefined)
  const property = (name: string): Node | undefined =>
    value.properties.find((each) => each.type !== 'SpreadElement' && keyOf(each) === name)
  const rest = property('rest')
  return {
    visibility: visibilityOf(property('visibility'), mayHold),
    disableSocket: socketsDisabled(property('disableSocket'), mayHold),
    ...(rest && !isWithoutEffect(rest) && { rest: { offset: rest.start ?? 0, end: rest.end ?? 0 } }),
  }
}

/** @param mayHold whether the object may hold the property without showing it */
function visibilityOf(property: Node | undefined, mayHold: boolean): string {
  if (!property) return mayHold ? 'unknown' : 'published'
  if (property.type !== 'ObjectProperty') return 'unknown'
  if (isWithoutEffect(property)) return 'published'
  return literalText(property.value) ?? 'unknown'
}

function socketsDisabled(property: Node | undefined, mayHold: boolean): boolean | 'unknown' {
  if (!property) return mayHold ? 'unknown' : false
  if (property.type !== 'ObjectProperty' || property.value.type !== 'BooleanLiteral') return 'unknown'
  return property.value.value
}

/** Whether a property has a value that counts as not given. */
function isWithoutEffect(property: Node): boolean {
  if (property.type !== 'ObjectProperty') return false
  const value = unwrap(property.value)
  return (
    value.type === 'NullLiteral' ||
    (value.type === 'Identifier' && value.name === 'undefined') ||
    (value.type === 'BooleanLiteral' && !value.value)
  )
}
