import { type Position, positionAt, type TextFile } from '../lib/text.js'

/** A submodule of git, by the path at which it is checked out. */
export interface Submodule {
  path: string
  /** Where .gitmodules names it. */
  position: Position
}

/** Reads the paths that .gitmodules names. */
export function readSubmodules(file: TextFile): Submodule[] {
  return [...file.text.matchAll(/^[ \t]*path[ \t]*=[ \t]*(\S.*)$/gm)].map(
    ({ index, 0: line, 1: path = '' }) => ({
      path: path
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .replace(/\/$/, ''),
      position: positionAt(file, index + line.length - path.length),
    }),
  )
}
