import type { File } from '@babel/types'
import { type Definition, emptySurface, type ServiceSurface, unknownSurface } from './surface.js'
import { readClass } from './service-class.js'
import { readSchema } from './service-schema.js'
import { readUses } from './service-uses.js'
import { unique } from '../formats/syntax-tree.js'

/**
 * Reads what a service offers and reaches from its syntax tree.
 * @param definition what the file exports as its service; `undefined` when that can't be told
 * @param text the file's text, in which templates are quoted
 */
export function readServiceSurface(
  tree: File,
  definition: Definition | undefined,
  text: string,
  serviceName: string | undefined,
): ServiceSurface {
  const surface = emptySurface()
  try {
    readUses(tree, surface, text, serviceName ?? 'unknown')
    if (!definition) surface.unknown.push('the service is made by code outside of this file')
    else if (definition.type === 'ObjectExpression') readSchema(definition, surface, text)
    else readClass(tree, definition, surface, text)
  } catch (error) {
    // Nested deeper than the stack: nobody writes that by hand.
    if (error instanceof RangeError) return unknownSurface('the file is nested too deeply')
    throw error
  }
  const { actions, openRoutes, collections, events, hooks, hazards, lateRegistrations } = surface
  for (const list of [actions, openRoutes, collections, events, hooks, hazards, lateRegistrations])
    list.sort((a, b) => a.offset - b.offset)
  return withSortedUses(surface)
}

/** Reads what a file that defines no service uses: calls, events, pages. It registers nothing of its own. */
export function readHelperSurface(tree: File, text: string): ServiceSurface {
  const surface = emptySurface()
  readUses(tree, surface, text, 'unknown')
  return withSortedUses(surface)
}

function withSortedUses(surface: ServiceSurface): ServiceSurface {
  for (const list of [surface.foreignRoutes, surface.calls, surface.identities, surface.emits])
    list.sort((a, b) => a.offset - b.offset)
  surface.rawHtml.sort((a, b) => a - b)
  surface.environment = unique(surface.environment)
  surface.unknown = unique(surface.unknown)
  return surface
}
