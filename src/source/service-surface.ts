import type { File } from '@babel/types'
import { type Definition, emptySurface, type ServiceSurface, unknownSurface } from './surface.js'
import { readClass } from './service-class.js'
import { readSchema } from './service-schema.js'
import { readUses } from './service-uses.js'
import { unique } from '../formats/syntax-tree.js'

/** A service as its file was parsed. */
interface ParsedService {
  tree: File
  /** What the file exports as its service; `undefined` when that can't be told. */
  definition: Definition | undefined
  /** The file's text, in which templates are quoted. */
  text: string
  name: string | undefined
}

/** Reads what a service offers and reaches from its syntax tree. */
export function readServiceSurface({ tree, definition, text, name }: ParsedService): ServiceSurface {
  const surface = emptySurface()
  try {
    readUses(tree, surface, { text, serviceName: name ?? 'unknown' })
    if (!definition) surface.unknown.push('the service is made by code outside of this file')
    else if (definition.type === 'ObjectExpression') readSchema(definition, surface, text)
    else readClass({ tree, definition, text }, surface)
  } catch (error) {
    // Only generated code is nested deeper than the stack.
    if (error instanceof RangeError) return unknownSurface('the file is nested too deeply')
    throw error
  }
  const { actions, openRoutes, collections, events, hooks, hazards, lateRegistrations } = surface
  for (const list of [actions, openRoutes, collections, events, hooks, hazards, lateRegistrations])
    list.sort((a, b) => a.offset - b.offset)
  return withSortedUses(surface)
}

/** Reads what a file without a service uses: calls, events, pages. It registers nothing itself. */
export function readHelperSurface(tree: File, text: string): ServiceSurface {
  const surface = emptySurface()
  readUses(tree, surface, { text, serviceName: 'unknown' })
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
