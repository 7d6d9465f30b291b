import { largest } from '../lib/lists.js'
import { plural } from '../lib/wording.js'
import { type Page, paint, type Style, wrap } from './wrap.js'

/** One thing that a run may need. */
export interface Need {
  /** Such as `docker`. */
  name: string
  /**
   * `ok`: it is there; `problem`: a run that needs it would fail; `note`: it is missing, and some runs do without;
   * `skipped`: it could not be looked at, or no input asks for it.
   */
  state: 'ok' | 'problem' | 'note' | 'skipped'
  /** What was found. */
  found: string
  /** What to do about it. */
  fix?: string
}

const STYLES: Readonly<Record<Need['state'], Style>> = {
  ok: 'green',
  problem: 'red',
  note: 'yellow',
  skipped: 'dim',
}

/** Returns what `doctor` prints: a line for each need, with what to do below it, and a line that sums it up. */
export function renderDoctor(needs: readonly Need[], page: Page): string {
  const width = largest(
    Object.keys(STYLES).map((state) => state.length),
    0,
  )
  const names = largest(
    needs.map(({ name }) => name.length),
    0,
  )
  const indent = width + 2 + names + 2
  const lines = needs.flatMap(({ name, state, found, fix }) => {
    const head = `${paint(state, STYLES[state], page)}${' '.repeat(width - state.length)}  ${name.padEnd(names)}  `
    const body = (text: string): string[] =>
      wrap([{ text }], { ...page, width: Math.max(page.width - indent, 30) }, 1)
    const [first = '', ...more] = body(found)
    const rest = [...more, ...(fix === undefined ? [] : body(`→ ${fix}`))]
    return [head + first, ...rest.map((line) => ' '.repeat(indent) + line.trimStart())]
  })
  const problems = needs.filter(({ state }) => state === 'problem').length
  const verdict =
    problems === 0
      ? paint('No problem was found.', 'green', page)
      : paint(`${plural(problems, 'problem')} to solve first.`, 'red', page)
  return `${[...lines, verdict].join('\n')}\n`
}
