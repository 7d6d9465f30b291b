import { type InstallList, listForNewNames } from './install-list.js'
import type { TextFile } from '../lib/text.js'
import { applyEdits, type TextEdit } from '../lib/text-edits.js'

/** The names to append to the install list, in this order, and those to take out of every list, or to replace there. */
interface InstallListChange {
  /** New names by the old ones. */
  rename?: ReadonlyMap<string, string>
  add: readonly string[]
  remove: readonly string[]
}

/** What a name may hold to be written into a shell command inside a JSON string without any quoting. */
const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/

/** Whether a plugin's name can stand in the install list: a shell reads that list. */
export function isSafeInShell(name: string): boolean {
  return SAFE_NAME.test(name)
}

/** Names as the list writes them. */
export function renderNames({ style }: InstallList, names: readonly string[]): string {
  return names.map((name) => style.quote + name + style.quote).join(style.separator)
}

/**
 * Takes names out, each with what separates it from the word before. A comment above the first name stays where it
 * is the only one among those that go: it is about the list.
 */
export function removeInstallNames(
  { file, names }: InstallList,
  isRemoved: (name: string, index: number) => boolean,
): TextEdit[] {
  const without = (start: number, end: number): TextEdit => ({
    offset: start,
    length: end - start,
    content: '',
  })
  const stays = names.findIndex(({ name }, index) => !isRemoved(name, index))
  const [first, next] = [names[0], names[stays]]
  const keepsComment =
    first !== undefined &&
    next !== undefined &&
    file.text.slice(first.previousEnd, first.start).includes('#') &&
    !file.text.slice(first.end, next.start).includes('#')
  return [
    ...(keepsComment && stays > 0 ? [without(first.start, next.start)] : []),
    ...names.flatMap(({ name, previousEnd, end }, index) =>
      isRemoved(name, index) && !(keepsComment && index < stays) ? [without(previousEnd, end)] : [],
    ),
  ]
}

/**
 * Edits the install lists of a repository. Everything else in the files keeps its bytes.
 * @returns the edits of each file that changes
 * @throws when there is no list to append to, or a name to add would mean more than itself to a shell
 */
export function editInstallLists(
  lists: readonly InstallList[],
  change: InstallListChange,
): { file: TextFile; after: string }[] {
  const target = listForNewNames(lists)
  if (change.add.length > 0 && !target) throw new Error('there is no plugin:install command to add a name to')
  const unsafe = [...change.add, ...(change.rename?.values() ?? [])].find((name) => !isSafeInShell(name))
  if (unsafe !== undefined)
    throw new Error(`the name ${JSON.stringify(unsafe)} cannot stand in a shell command`)

  const edits = new Map<TextFile, TextEdit[]>()
  for (const list of lists) {
    const ofList = removeInstallNames(list, (name) => change.remove.includes(name))
    for (const { name, start, end } of list.names) {
      const to = change.rename?.get(name)
      if (to !== undefined)
        ofList.push({ offset: start, length: end - start, content: renderNames(list, [to]) })
    }
    if (list === target && change.add.length > 0) {
      const content = list.style.separator + renderNames(list, change.add)
      ofList.push({ offset: list.names.at(-1)?.end ?? list.commandEnd, length: 0, content })
    }
    if (ofList.length > 0) edits.set(list.file, [...(edits.get(list.file) ?? []), ...ofList])
  }
  return [...edits].map(([file, ofFile]) => ({ file, after: applyEdits(file.text, ofFile) }))
}
