import type { StageEvent } from '../inputs/surroundings.js'
import { visible } from './text.js'
import { columnsOf, type Page, paint } from './wrap.js'

/** Shows how a run gets on. */
export interface Progress {
  /** Takes a line that a stage, or a command that it runs, has to say. */
  log: (line: string) => void
  onStage: (event: StageEvent) => void
  /** Ends it, before the report is shown. */
  end: () => void
  /** Whether a person has seen a line, among the latest ones: the report need not show it again. */
  hasShown: (line: string) => boolean
}

/** How many lines are kept to be shown, or to know that they were. */
const KEPT = 200

/** Shorter stages are not worth a line of their own. */
const LINE_MILLISECONDS = 1000

/** Remembers the latest lines. */
function memory(): { add: (line: string) => void; has: (line: string) => boolean } {
  const lines = new Set<string>()
  return {
    add: (line) => {
      // Inserted again, it is the latest one.
      lines.delete(line)
      lines.add(line)
      const [oldest] = lines
      if (lines.size > KEPT && oldest !== undefined) lines.delete(oldest)
    },
    has: (line) => lines.has(line),
  }
}

function seconds(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1000)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Where the lines of a workflow's log go. */
export interface GroupedLog {
  open: (title: string) => void
  close: () => void
  line: (text: string) => void
}

/**
 * Shows progress in a log with groups, which can't be nested: one for each stage that has something to say, closed when
 * another stage begins and opened again when it goes on.
 * @param mode names the group of what belongs to no stage
 */
export function groupedProgress(mode: string, { open, close, line }: GroupedLog): Progress {
  const shown = memory()
  const stages: string[] = []
  let current: string | undefined
  const leave = (): void => {
    if (current !== undefined) close()
    current = undefined
  }
  const say = (text: string): void => {
    const group = stages.at(-1) ?? mode
    if (current !== group) {
      leave()
      open(`Tailchat plugins: ${group}`)
      current = group
    }
    line(text)
  }
  return {
    log: (text) => {
      shown.add(text)
      say(text)
    },
    onStage: ({ stage, state, milliseconds }) => {
      if (state === 'begins') stages.push(stage)
      else {
        if (milliseconds >= LINE_MILLISECONDS) say(`${stage} took ${seconds(milliseconds)}`)
        stages.pop()
      }
    },
    end: leave,
    hasShown: shown.has,
  }
}

/** Shows progress as lines, for a pipe: each message as it comes, and how long the longer stages took. */
export function plainProgress(write: (line: string) => void): Progress {
  const shown = memory()
  return {
    log: (text) => {
      shown.add(text)
      write(text)
    },
    onStage: ({ stage, state, milliseconds }) => {
      if (state !== 'begins' && milliseconds >= LINE_MILLISECONDS) write(`${stage}: ${seconds(milliseconds)}`)
    },
    end: () => undefined,
    hasShown: shown.has,
  }
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const CLEAR = '\r\u001b[2K'

/**
 * The step that a line tells of, where it is one of BuildKit's: `[stage 3/7] RUN pnpm install` of
 * `#12 [stage 3/7] RUN pnpm install`; the output of a step tells of none.
 */
function stepOf(line: string): string | undefined {
  const built = /^#\d+ (.*)$/.exec(line)?.[1]
  if (built === undefined) return line
  return /^\[/.test(built) ? built : undefined
}

interface Terminal {
  write: (text: string) => void
  page: () => Page
  /** Milliseconds since some moment. */
  now: () => number
}

/**
 * Shows progress on a terminal: the innermost stage with its time and its current step, on one line that is drawn again
 * by `tick`. Messages are folded into that line, and shown when the stage fails.
 */
export function liveProgress({ write, page, now }: Terminal): Progress & { tick: () => void } {
  const shown = memory()
  const stages: { name: string; since: number; step: string; lines: string[] }[] = []
  let frame = 0
  let isDrawn = false
  const clear = (): void => {
    if (isDrawn) write(CLEAR)
    isDrawn = false
  }
  return {
    log: (line) => {
      const stage = stages.at(-1)
      if (!stage) {
        clear()
        write(`${visible(line)}\n`)
        return
      }
      stage.step = stepOf(line) ?? stage.step
      stage.lines.push(line)
      if (stage.lines.length > KEPT) stage.lines.shift()
    },
    onStage: ({ stage, state, milliseconds }) => {
      if (state === 'begins') {
        stages.push({ name: stage, since: now(), step: '', lines: [] })
        return
      }
      const ended = stages.pop()
      const hasFailed = state === 'fails'
      if (!ended || (!hasFailed && milliseconds < LINE_MILLISECONDS)) return
      clear()
      const mark = hasFailed ? paint('✖', 'red', page()) : paint('✔', 'green', page())
      // The stages around the one that failed have nothing to add.
      for (const outer of hasFailed ? stages : []) outer.lines = []
      if (!hasFailed || ended.lines.length > 0 || milliseconds >= LINE_MILLISECONDS)
        write(`${mark} ${stage} ${paint(seconds(milliseconds), 'dim', page())}\n`)
      if (!hasFailed) return
      for (const line of ended.lines) {
        shown.add(line)
        write(`  ${paint('|', 'dim', page())} ${visible(line)}\n`)
      }
    },
    tick: () => {
      const stage = stages.at(-1)
      if (!stage) return
      const { width } = page()
      const head = `${FRAMES[frame++ % FRAMES.length]} ${stage.name} ${seconds(now() - stage.since)}`
      const text = stage.step === '' ? head : `${head}  ${visible(stage.step)}`
      write(CLEAR + cut(text, width - 1))
      isDrawn = true
    },
    end: clear,
    hasShown: shown.has,
  }
}

/** The beginning of a text that fits so many columns. */
function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let result = ''
  let used = 1
  for (const character of text) {
    used += columnsOf(character)
    if (used > columns) break
    result += character
  }
  return `${result}…`
}
