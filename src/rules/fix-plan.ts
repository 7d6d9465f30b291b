import type { Fix } from './types.js'
import { applyEdits, type TextEdit, type FileEdit } from '../lib/text-edits.js'
import { append } from '../lib/lists.js'

/** A problem that says how it is mended. */
interface Fixable {
  rule: string
  plugin?: string
  file: string
  fix?: Fix
}

/** What mending the problems makes of the files, and which problems it mends. */
export interface FixPlan {
  edits: FileEdit[]
  mended: Fixable[]
}

/**
 * Joins the fixes of all problems, file by file. A fix that overlaps an earlier one is left for the next round, which
 * computes it from the new text.
 * @param read the text of a file of the repository; `undefined` when it is not there
 */
export function planFixes(problems: readonly Fixable[], read: (file: string) => string | undefined): FixPlan {
  const plan: FixPlan = { edits: [], mended: [] }
  const taken = new Set<string>()
  for (const [file, ofFile] of byFile(problems)) {
    const whole = ofFile.find(({ fix }) => fix && !('edits' in fix))
    const before = read(file)
    if (whole?.fix && !('edits' in whole.fix)) {
      const edits = editsOfWhole(file, before, whole.fix)
      if (edits.some((edit) => taken.has(edit.file)) || targetExists(edits, read)) continue
      for (const edit of edits) taken.add(edit.file)
      append(plan.edits, edits)
      plan.mended.push(whole)
    } else if (before !== undefined && !taken.has(file)) {
      const chosen: TextEdit[] = []
      for (const problem of ofFile) {
        const edits = problem.fix && 'edits' in problem.fix ? problem.fix.edits : []
        if (edits.length === 0 || edits.some((edit) => touches(chosen, edit))) continue
        for (const edit of edits) chosen.splice(placeOf(chosen, edit), 0, edit)
        plan.mended.push(problem)
      }
      const after = applyEdits(before, chosen)
      if (after !== before) plan.edits.push({ file, before, after })
      taken.add(file)
    }
  }
  return plan
}

function byFile(problems: readonly Fixable[]): Map<string, Fixable[]> {
  const files = new Map<string, Fixable[]>()
  for (const problem of problems) {
    if (!problem.fix) continue
    const ofFile = files.get(problem.file)
    if (ofFile) ofFile.push(problem)
    else files.set(problem.file, [problem])
  }
  return files
}

function editsOfWhole(
  file: string,
  before: string | undefined,
  fix: Exclude<Fix, { edits: unknown }>,
): FileEdit[] {
  if ('create' in fix) return [{ file, before: undefined, after: fix.create }]
  if (before === undefined) return []
  return [
    { file: fix.rename, before: undefined, after: before },
    { file, before, after: undefined },
  ]
}

/** A new file never replaces one that is there. */
function targetExists(edits: readonly FileEdit[], read: (file: string) => string | undefined): boolean {
  return edits.some(({ file, before }) => before === undefined && read(file) !== undefined)
}

/** Where an edit belongs in those that are sorted by offset; problems come sorted too, so that it mostly is the end. */
function placeOf(sorted: readonly TextEdit[], { offset }: TextEdit): number {
  let [low, high] = [0, sorted.length]
  if ((sorted.at(-1)?.offset ?? 0) <= offset) return high
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.offset ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether an edit touches one of those that are sorted and apart: then it touches one of the two around it. */
function touches(sorted: readonly TextEdit[], edit: TextEdit): boolean {
  const place = placeOf(sorted, edit)
  return [sorted[place - 1], sorted[place]].some((other) => other !== undefined && overlap(edit, other))
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.offset <= b.offset + b.length && b.offset <= a.offset + a.length
}
