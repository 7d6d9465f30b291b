import { isNode, isSeq, LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { positionAt, type Position, type TextFile } from '../workspace/text.js'
import { nearest } from '../nearest.js'
import { declarationsSchema } from './schema.js'
import type { DeclarationProblem, Declarations, Offer, PluginDeclaration } from './types.js'

/**
 * Reads a declarations file. Mistakes come back as `problems` with their places; what can be understood beside
 * them is not used, since half a declaration is not what its author wants.
 */
export function parseDeclarations(file: TextFile): Declarations {
  const document = parseDocument(file.text, { lineCounter: new LineCounter(), version: '1.2' })
  const result: Declarations = {
    file: file.path,
    plugins: new Map(),
    rules: new Map(),
    rulePositions: new Map(),
    problems: [],
  }
  if (document.errors.length > 0) {
    for (const error of document.errors)
      result.problems.push({
        position: positionAt(file, error.pos[0]),
        message: `not valid YAML: ${error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')}`,
      })
    return result
  }
  const value = valueOf(document)
  if ('problem' in value) {
    result.problems.push({ position: positionAt(file, 0), message: `not valid YAML: ${value.problem}` })
    return result
  }
  const parsed = declarationsSchema.safeParse(value.value)
  if (!parsed.success) {
    result.problems.push(...parsed.error.issues.flatMap((issue) => describeIssue(file, document, issue)))
    return result
  }
  const plugins = new Map<string, PluginDeclaration>()
  for (const [name, entry] of Object.entries(parsed.data.plugins ?? {})) {
    const position = keyPosition(file, document, ['plugins', name])
    const offer = entry?.offer === undefined ? undefined : [...new Set([entry.offer].flat())]
    const contradiction = contradictionIn(offer)
    if (contradiction) result.problems.push({ position, message: `plugins.${name}.offer: ${contradiction}` })
    const accept = new Map(
      Object.entries(entry?.accept ?? {}).map(([rule, reason]) => [
        rule,
        { reason, position: keyPosition(file, document, ['plugins', name, 'accept', rule]) },
      ]),
    )
    plugins.set(name, { offer, services: entry?.services, accept, position })
  }
  const rules = new Map(Object.entries(parsed.data.rules ?? {}))
  const rulePositions = new Map(
    [...rules.keys()].map((id) => [id, keyPosition(file, document, ['rules', id])]),
  )
  return { ...result, plugins, rules, rulePositions }
}

/** An alias without its anchor, or one that unfolds without end, only shows when the value is made. */
function valueOf(document: Document): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS() as unknown }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

function contradictionIn(offer: Offer[] | undefined): string | undefined {
  return offer && offer.length > 1 && offer.includes('hidden')
    ? 'hidden cannot stand beside registry or builtin'
    : undefined
}

/** One problem for each thing to mend, in words that name what is allowed there. */
function describeIssue(file: TextFile, document: Document, issue: z.core.$ZodIssue): DeclarationProblem[] {
  const path = issue.path.map(String)
  const where = path.length === 0 ? '' : `${path.join('.')}: `
  if (issue.code === 'unrecognized_keys') {
    const allowed = allowedKeys(path)
    return issue.keys.map((key) => ({
      position: keyPosition(file, document, [...path, key]),
      message: `${where}unknown key "${key}"${suggestion(key, allowed)}; allowed here: ${allowed.join(', ')}`,
    }))
  }
  const position = valuePosition(file, document, path)
  const allowed = allowedValues(path)
  if (allowed) {
    const found: unknown = document.getIn(path)
    const missing = found === undefined
    const shown = isSeq(found) ? 'a list' : isNode(found) ? 'a map' : JSON.stringify(found)
    return [{ position, message: `${where}${missing ? 'missing' : `found ${shown}`}; allowed: ${allowed}` }]
  }
  return [{ position, message: `${where}${issue.message}` }]
}

function allowedKeys(path: string[]): string[] {
  return path.length === 0 ? ['version', 'plugins', 'rules'] : ['offer', 'services', 'accept']
}

function allowedValues(path: string[]): string | undefined {
  if (path.length === 0) return 'a map with version, plugins and rules'
  if (path[0] === 'version') return '1'
  if (path[0] === 'rules') return path.length > 1 ? 'off, notice, warning, error' : 'a map of rule ids'
  if (path[0] !== 'plugins') return undefined
  if (path.length < 3)
    return path.length === 1 ? 'a map of plugin names' : 'a map with offer, services and accept'
  if (path[2] === 'accept') return path.length === 3 ? 'a map of rule ids' : 'the reason, as a text'
  return path[2] === 'offer' ? 'registry, builtin, hidden, or a list of these' : 'dev'
}

function suggestion(key: string, allowed: readonly string[]): string {
  const near = nearest(key, allowed)
  return near ? ` (did you mean "${near}"?)` : ''
}

function keyPosition(file: TextFile, document: Document, path: string[]): Position {
  const parent: unknown = document.getIn(path.slice(0, -1), true) ?? document.contents
  const items = (parent as { items?: { key?: unknown }[] } | null)?.items ?? []
  for (const { key } of items) {
    if (!isNode(key) || !('value' in key) || String(key.value) !== path.at(-1)) continue
    return positionAt(file, key.range?.[0] ?? 0)
  }
  return valuePosition(file, document, path.slice(0, -1))
}

function valuePosition(file: TextFile, document: Document, path: string[]): Position {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return positionAt(file, node.range[0])
  }
  return positionAt(file, 0)
}
