import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import type { z } from 'zod'
import { positionAt, type Position, type TextFile } from '../lib/text.js'
import { MAX_YAML_DEPTH, yamlNestedTooDeep } from '../formats/yaml.js'
import { nearest } from '../lib/nearest.js'
import { declarationsSchema } from './schema.js'
import type { DeclarationProblem, Declarations, Offer, PluginDeclaration } from './types.js'
import { messageOf } from '../lib/wording.js'
import { append } from '../lib/lists.js'

/**
 * Reads a declarations file. Returns mistakes as `problems` with their positions, and then nothing of what
 * could be understood: half a declaration is not what its author wants.
 */
export function parseDeclarations(file: TextFile): Declarations {
  const result: Declarations = {
    file: file.path,
    plugins: new Map(),
    rules: new Map(),
    rulePositions: new Map(),
    problems: [],
  }
  const tooDeep = yamlNestedTooDeep(file.text)
  if (tooDeep !== undefined) {
    const message = `not read: nested more than ${MAX_YAML_DEPTH} deep`
    result.problems.push({ position: positionAt(file, tooDeep), message })
    return result
  }
  // The library looks for a key's double among all keys before it, which takes minutes for a file of many.
  const document = parseDocument(file.text, { version: '1.2', uniqueKeys: false, prettyErrors: false })
  if (document.errors.length > 0) {
    for (const error of document.errors)
      result.problems.push({
        position: positionAt(file, error.pos[0]),
        message: `not valid YAML: ${error.message}`,
      })
    return result
  }
  const tree: Tree = { file, document, maps: new Map() }
  append(result.problems, indexKeys(tree))
  if (result.problems.length > 0) return result
  const value = valueOf(document)
  if ('problem' in value) {
    result.problems.push({ position: positionAt(file, 0), message: `not valid YAML: ${value.problem}` })
    return result
  }
  const parsed = declarationsSchema.safeParse(value.value)
  if (!parsed.success) {
    append(
      result.problems,
      parsed.error.issues.flatMap((issue) => describeIssue(tree, issue)),
    )
    return result
  }
  const plugins = new Map<string, PluginDeclaration>()
  for (const [name, entry] of Object.entries(parsed.data.plugins ?? {})) {
    const position = keyPosition(tree, ['plugins', name])
    const offer = entry?.offer === undefined ? undefined : [...new Set([entry.offer].flat())]
    const contradiction = contradictionIn(offer)
    if (contradiction) result.problems.push({ position, message: `plugins.${name}.offer: ${contradiction}` })
    const accept = new Map(
      Object.entries(entry?.accept ?? {}).map(([rule, reason]) => [
        rule,
        { reason, position: keyPosition(tree, ['plugins', name, 'accept', rule]) },
      ]),
    )
    const renamedFrom = entry?.['renamed-from']
    plugins.set(name, {
      offer,
      services: entry?.services,
      refresh: entry?.refresh ?? false,
      renamedFrom,
      patched: entry?.patched,
      accept,
      position,
    })
  }
  append(result.problems, contradictoryRenames(tree, plugins))
  const rules = new Map(Object.entries(parsed.data.rules ?? {}))
  const rulePositions = new Map([...rules.keys()].map((id) => [id, keyPosition(tree, ['rules', id])]))
  return { ...result, plugins, rules, rulePositions }
}

/** An alias without its anchor, or one that unfolds without end, only shows when the value is made. */
function valueOf(document: Document): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS() as unknown }
  } catch (error) {
    return { problem: messageOf(error) }
  }
}

function contradictionIn(offer: Offer[] | undefined): string | undefined {
  return offer && offer.length > 1 && offer.includes('hidden')
    ? 'hidden cannot be combined with registry or builtin'
    : undefined
}

/** An old name is that of one plugin, which is not there any more. */
function contradictoryRenames(
  tree: Tree,
  plugins: ReadonlyMap<string, PluginDeclaration>,
): DeclarationProblem[] {
  const heirs = new Map<string, string>()
  const problems: DeclarationProblem[] = []
  for (const [name, { renamedFrom }] of plugins) {
    if (renamedFrom === undefined) continue
    const heir = heirs.get(renamedFrom)
    heirs.set(renamedFrom, name)
    const problem = plugins.has(renamedFrom)
      ? `${renamedFrom} is declared as well: remove its entry, or this line`
      : heir !== undefined && `${heir} says so too, and only one can have been ${renamedFrom}`
    const path = ['plugins', name, 'renamed-from']
    if (problem)
      problems.push({ position: keyPosition(tree, path), message: `${path.join('.')}: ${problem}` })
  }
  return problems
}

/** One problem for each thing to mend, in words that name what is allowed there. */
function describeIssue(tree: Tree, issue: z.core.$ZodIssue): DeclarationProblem[] {
  const path = issue.path.map(String)
  const where = path.length === 0 ? '' : `${path.join('.')}: `
  if (issue.code === 'unrecognized_keys') {
    const allowed = allowedKeys(path)
    return issue.keys.map((key) => ({
      position: keyPosition(tree, [...path, key]),
      message: `${where}unknown key "${key}"${suggestion(key, allowed)}; allowed here: ${allowed.join(', ')}`,
    }))
  }
  const position = valuePosition(tree, path)
  const allowed = allowedValues(path)
  if (allowed) {
    const found = nodeAt(tree, path)
    const missing = found === undefined
    const shown = isSeq(found) ? 'a list' : isScalar(found) ? JSON.stringify(found.value) : 'a map'
    return [{ position, message: `${where}${missing ? 'missing' : `found ${shown}`}; allowed: ${allowed}` }]
  }
  return [{ position, message: `${where}${issue.message}` }]
}

const PLUGIN_KEYS = ['offer', 'services', 'refresh', 'renamed-from', 'patched', 'accept']

function listed(keys: readonly string[]): string {
  return `${keys.slice(0, -1).join(', ')} and ${keys.at(-1)}`
}

function allowedKeys(path: string[]): string[] {
  return path.length === 0 ? ['version', 'plugins', 'rules'] : PLUGIN_KEYS
}

function allowedValues(path: string[]): string | undefined {
  if (path.length === 0) return 'a map with version, plugins and rules'
  if (path[0] === 'version') return '1'
  if (path[0] === 'rules') return path.length > 1 ? 'off, notice, warning, error' : 'a map of rule ids'
  if (path[0] !== 'plugins') return undefined
  if (path.length < 3)
    return path.length === 1 ? 'a map of plugin names' : `a map with ${listed(PLUGIN_KEYS)}`
  if (path[2] === 'accept') return path.length === 3 ? 'a map of rule ids' : 'the reason, as a text'
  if (path[2] === 'patched') return 'the reason, as a text'
  if (path[2] === 'refresh') return 'true, false'
  if (path[2] === 'renamed-from') return 'the name it had before, as a text'
  return path[2] === 'offer' ? 'registry, builtin, hidden, or a list of these' : 'dev'
}

function suggestion(key: string, allowed: readonly string[]): string {
  const near = nearest(key, allowed)
  return near ? ` (did you mean "${near}"?)` : ''
}

/** The document, with the entries of each of its maps by their keys. */
interface Tree {
  file: TextFile
  document: Document
  maps: Map<YAMLMap, Map<string, Pair>>
}

/** Fills the index of keys, and says which of them cannot be. */
function indexKeys({ file, document, maps }: Tree): DeclarationProblem[] {
  const problems: DeclarationProblem[] = []
  visit(document, {
    Map(_, map) {
      const entries = new Map<string, Pair>()
      for (const pair of map.items) {
        // A key that is a map or a list itself is none that the schema knows.
        if (!isScalar(pair.key)) continue
        const key = String(pair.key.value)
        const problem = entries.has(key)
          ? `not valid YAML: the key ${JSON.stringify(key)} is there twice`
          : // Objects of JavaScript take it for something else than a key.
            key === '__proto__' && 'no plugin and no rule can be named "__proto__": remove it'
        if (problem) problems.push({ position: positionAt(file, pair.key.range?.[0] ?? 0), message: problem })
        entries.set(key, pair)
      }
      maps.set(map, entries)
    },
  })
  return problems
}

function entryAt(tree: Tree, path: readonly string[]): Pair | undefined {
  const map = nodeAt(tree, path.slice(0, -1))
  return isMap(map) ? tree.maps.get(map)?.get(path.at(-1) ?? '') : undefined
}

function nodeAt(tree: Tree, path: readonly string[]): unknown {
  const node: unknown = path.length === 0 ? tree.document.contents : entryAt(tree, path)?.value
  return isAlias(node) ? node.resolve(tree.document) : (node ?? undefined)
}

function keyPosition(tree: Tree, path: string[]): Position {
  const key = entryAt(tree, path)?.key
  return isNode(key) ? positionAt(tree.file, key.range?.[0] ?? 0) : valuePosition(tree, path.slice(0, -1))
}

/** Where the value at `path` stands; where it is missing, the nearest value around it. */
function valuePosition(tree: Tree, path: string[]): Position {
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(tree, path.slice(0, length))
    if (isNode(node) && node.range) return positionAt(tree.file, node.range[0])
  }
  return positionAt(tree.file, 0)
}
