import { modify } from 'jsonc-parser'
import type { JSONPath } from 'jsonc-parser'
import { lineEndingOf, type TextEdit } from '../lib/text-edits.js'
import { type JsonFile, withoutBom } from '../formats/json.js'
import { type Fix, fixLater } from './types.js'

/** Sets one value in a JSON file, or takes it out (`undefined`); the rest of the file keeps its bytes, and the file its style. */
export function setInJson(file: JsonFile, path: JSONPath, value: unknown): Fix {
  return fixLater(() => editsOf(file, path, value))
}

function editsOf(file: JsonFile, path: JSONPath, value: unknown): TextEdit[] {
  const firstProperty = /^([ \t]+)"/m.exec(file.text)
  const indent = firstProperty?.[1] ?? '  '
  const formattingOptions = {
    eol: lineEndingOf(file.text),
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
  }
  return modify(withoutBom(file.text), path, value, { formattingOptions })
}
