import { type InstallList, readInstallList } from '../workspace/install-list.js'
import type { TextFile } from '../workspace/text.js'
import { applyEdits, type TextEdit } from './text-edits.js'

/** The names to append to a `plugin:install` list, in this order, and those to take out. */
export interface InstallListChange {
  add: readonly string[]
  remove: readonly string[]
}

/** What a name may hold to be written into a shell command inside a JSON string without any quoting. */
const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/

/** Whether a plugin's name can stand in the install list: a shell reads that list. */
export function isSafeInShell(name: string): boolean {
  return SAFE_NAME.test(name)
}

/** Takes one name out. The white space before it goes with it; an option before it stays. */
export function removeInstallName(
  { text }: TextFile,
  { start, end }: InstallList['names'][number],
): TextEdit {
  const offset = text.slice(0, start).trimEnd().length
  return { offset, length: end - offset, content: '' }
}

/**
 * Edits the `plugin:install` list inside a script of a package.json. Everything else in the file keeps its bytes.
 * @throws when no script has such a list, or a name to add would mean more than itself to a shell
 */
export function editInstallList(file: TextFile, change: InstallListChange): string {
  const list = readInstallList(file)
  if (!list) throw new Error(`${file.path} has no script that runs plugin:install`)
  const unsafe = change.add.find((name) => !isSafeInShell(name))
  if (unsafe !== undefined)
    throw new Error(`the name ${JSON.stringify(unsafe)} cannot stand in a shell command`)

  const removed = list.names.filter(({ name }) => change.remove.includes(name))
  const text = applyEdits(
    file.text,
    removed.map((each) => removeInstallName(file, each)),
  )
  if (change.add.length === 0) return text
  const kept = readInstallList({ ...file, text })
  const end = kept?.names.at(-1)?.end ?? kept?.commandEnd ?? list.commandEnd
  return applyEdits(text, [
    { offset: end, length: 0, content: change.add.map((name) => ` ${name}`).join('') },
  ])
}
