/**
 * A glob over paths with forward slashes, as a test of whole paths. Knows `**`, `*`, `?`, `[…]` and `{a,b}`; like the
 * libraries that pnpm and moleculer use, `*` never stands for a leading dot, and brackets that are no pattern (`[z-a]`)
 * stand for themselves. The time that a test takes grows with the length of the glob times that of the path, whatever
 * the two hold: all ways of matching are followed at once, instead of one after the other as a regular expression does.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const steps = compileGlob(glob)
  return (path) => runSteps(steps, path)
}

/** A step of a match: takes a character, goes on in several places, or looks whether a dot is next. */
type Step = { take: (character: string) => boolean } | { goTo: number[] } | 'no dot'

function compileGlob(glob: string): Step[] {
  const steps: Step[] = []
  const take = (accepts: (character: string) => boolean): void => void steps.push({ take: accepts })
  const literal = (text: string): void => {
    for (let at = 0; at < text.length; at++) take((character) => character === text[at])
  }
  const noDot = (): void => void steps.push('no dot')
  /** `again`: any number of times; otherwise once or not at all. */
  const optional = (body: () => void, again: boolean): void => {
    const start = steps.length
    const fork = { goTo: [start + 1] }
    steps.push(fork)
    body()
    if (again) steps.push({ goTo: [start] })
    fork.goTo.push(steps.length)
  }
  const ofSegment = (): void => take((character) => character !== '/')
  const segment = (): void => {
    noDot()
    ofSegment()
    optional(ofSegment, true)
  }
  const either = (texts: readonly string[]): void => {
    const fork: { goTo: number[] } = { goTo: [] }
    const ends = texts.map((): { goTo: number[] } => ({ goTo: [] }))
    steps.push(fork)
    for (const [index, text] of texts.entries()) {
      fork.goTo.push(steps.length)
      literal(text)
      steps.push(ends[index] ?? fork)
    }
    for (const end of ends) end.goTo.push(steps.length)
  }

  const nextBracket = finder(glob, ']')
  const nextSlash = finder(glob, '/')
  for (let at = 0; at < glob.length;) {
    const startsSegment = at === 0 || glob[at - 1] === '/'
    const character = glob[at] ?? ''
    const braces = character === '{' ? /\{[^{}]+\}/y : undefined
    if (braces) braces.lastIndex = at
    const list = braces?.exec(glob)?.[0]
    const close = character === '[' ? nextBracket(at + 2) : undefined
    const isBracket = close !== undefined && (nextSlash(at) ?? Infinity) > close
    const accepts = isBracket ? characterClass(glob.slice(at + 1, close)) : undefined
    if (glob.startsWith('**/', at)) {
      optional(() => {
        segment()
        literal('/')
      }, true)
      at += 3
    } else if (glob.startsWith('**', at)) {
      optional(() => {
        segment()
        optional(() => {
          literal('/')
          segment()
        }, true)
      }, false)
      at += 2
    } else if (character === '*' || character === '?') {
      if (startsSegment) noDot()
      if (character === '*') optional(ofSegment, true)
      else ofSegment()
      at++
    } else if (list !== undefined) {
      either(list.slice(1, -1).split(','))
      at += list.length
    } else if (accepts && close !== undefined) {
      take(accepts)
      at = close + 1
    } else {
      literal(character)
      at++
    }
  }
  return steps
}

/** Finds the next place of a character from an offset on; the offsets that it is asked about only grow. */
function finder(text: string, character: string): (from: number) => number | undefined {
  let found = -1
  return (from) => {
    if (found !== Infinity && found < from) {
      found = text.indexOf(character, from)
      if (found === -1) found = Infinity
    }
    return found === Infinity ? undefined : found
  }
}

/** What stands between brackets, such as `a-z_` or `!abc`; `undefined` for a range that is none. */
function characterClass(content: string): ((character: string) => boolean) | undefined {
  const isNegated = /^[!^]/.test(content)
  const ranges: [string, string][] = []
  for (let at = isNegated ? 1 : 0; at < content.length; at++) {
    const from = content[at] ?? ''
    const isRange = content[at + 1] === '-' && at + 2 < content.length
    const to = isRange ? (content[at + 2] ?? '') : from
    if (to < from) return undefined
    ranges.push([from, to])
    if (isRange) at += 2
  }
  return (character) =>
    character !== '/' && ranges.some(([from, to]) => from <= character && character <= to) !== isNegated
}

function runSteps(steps: readonly Step[], path: string): boolean {
  const accepting = steps.length
  /** The place in the path at which a step was last reached: none is followed twice from the same place. */
  const reachedAt = new Int32Array(steps.length + 1).fill(-1)
  const reach = (starts: readonly number[], place: number): number[] => {
    const taking: number[] = []
    const pending = [...starts]
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (reachedAt[index] === place) continue
      reachedAt[index] = place
      const step = steps[index]
      if (step === undefined) continue
      if (step === 'no dot') {
        if (path[place] !== '.') pending.push(index + 1)
      } else if ('goTo' in step) for (const next of step.goTo) pending.push(next)
      else taking.push(index)
    }
    return taking
  }
  let taking = reach([0], 0)
  for (let place = 0; place < path.length && taking.length > 0; place++) {
    const character = path[place] ?? ''
    const next = taking.filter((index) => {
      const step = steps[index]
      return typeof step === 'object' && 'take' in step && step.take(character)
    })
    taking = reach(
      next.map((index) => index + 1),
      place + 1,
    )
  }
  return reachedAt[accepting] === path.length
}
