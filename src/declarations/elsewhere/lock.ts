import { parseDocument, stringify } from 'yaml'
import { MAX_YAML_DEPTH, yamlNestedTooDeep } from '../../formats/yaml.js'
import { compare, type Position, positionAt, type TextFile } from '../../lib/text.js'
import { messageOf } from '../../lib/wording.js'
import { PLUGIN_NAME, pluginParents } from '../../tailchat/layout.js'
import { type LockedPlugin, lockSchema } from './lock-schema.js'

const HEADER = `# Made by \`tailchat-plugins add\` and \`update\`: which plugins are from elsewhere, and what exactly their files are.
`

/** The lock as a value. */
export interface Lock {
  plugins: ReadonlyMap<string, LockedPlugin>
  positions: ReadonlyMap<string, Position>
  problems: { position: Position; message: string }[]
}

/** Reads a lock. One that has a mistake has no plugins: a half of it is not what was locked. */
export function parseLock(file: TextFile): Lock {
  const wrong = (offset: number, message: string): Lock => ({
    plugins: new Map(),
    positions: new Map(),
    problems: [{ position: positionAt(file, offset), message }],
  })
  const tooDeep = yamlNestedTooDeep(file.text)
  if (tooDeep !== undefined) return wrong(tooDeep, `nested more than ${MAX_YAML_DEPTH} deep`)
  const document = parseDocument(file.text, { version: '1.2', prettyErrors: false })
  const error = document.errors[0]
  if (error) return wrong(error.pos[0], `not valid YAML: ${error.message}`)
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 })
  } catch (cause) {
    return wrong(0, `not valid YAML: ${messageOf(cause)}`)
  }
  const parsed = lockSchema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return wrong(
      offsetOf(document, issue?.path ?? []),
      `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not understood'}`,
    )
  }
  const entries = Object.entries(parsed.data.plugins)
  for (const [name, { directories, source, ref = '', version = '' }] of entries) {
    const wrongHere = (message: string): Lock => wrong(offsetOf(document, ['plugins', name]), message)
    if (!PLUGIN_NAME.test(name)) return wrongHere(`${name} is not the name of a plugin`)
    const own = pluginParents(true).map((parent) => `${parent}/${name}`)
    // An update writes there, and a removal removes what is there.
    const other = Object.keys(directories).find((directory) => !own.includes(directory))
    if (other !== undefined)
      return wrongHere(
        `${name}: ${other} is not a directory of this plugin, which may have ${own.join(', ')}`,
      )
    // They go into commits and pull requests.
    if (/[\p{Cc}\p{Cf}]/u.test(source + ref + version))
      return wrongHere(`${name}: source, ref or version contains a control character or an invisible one`)
  }
  return {
    plugins: new Map(entries),
    positions: new Map(
      entries.map(([name]) => [name, positionAt(file, offsetOf(document, ['plugins', name]))]),
    ),
    problems: [],
  }
}

/** The offset of the key at a path; of the nearest thing around it where there is none. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) as
      { items?: { key?: { value?: unknown; range?: [number, number, number] } }[] } | undefined
    const pair = parent?.items?.find(({ key }) => key?.value === path[length - 1])
    if (pair?.key?.range) return pair.key.range[0]
  }
  return 0
}

/** Returns the text of a lock: sorted, one plugin a block, so that two changes merge. */
export function renderLock(plugins: ReadonlyMap<string, LockedPlugin>): string {
  const sorted = [...plugins].sort(([a], [b]) => compare(a, b)).map(([name, entry]) => [name, ordered(entry)])
  const head = stringify({ version: 1 })
  const blocks = sorted.map(
    (entry) => `\n${stringify(Object.fromEntries([entry]), { lineWidth: 0 }).replace(/^(?=.)/gm, '  ')}`,
  )
  return `${HEADER}${head}plugins:${blocks.length === 0 ? ' {}\n' : blocks.join('')}`
}

function ordered({ directories, ...entry }: LockedPlugin): unknown {
  const { source, ref, commit, version, integrity, tree, license } = entry
  const sorted = Object.fromEntries(Object.entries(directories).sort(([a], [b]) => compare(a, b)))
  const all = { source, ref, commit, version, integrity, directories: sorted, tree, license }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
