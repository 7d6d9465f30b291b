import { describe, expect, test } from '@jest/globals'
import type { StageEvent } from '../../src/inputs/surroundings.js'
import { groupedProgress, liveProgress, plainProgress, type Progress } from '../../src/report/progress.js'
import { emptyReport } from '../../src/report/report.js'
import { renderTerminal } from '../../src/report/terminal.js'
import { columnsOf } from '../../src/report/wrap.js'
import { PIPE } from '../support/terminal-view.js'

const begin = (stage: string): StageEvent => ({ stage, state: 'begins', milliseconds: 0 })
const end = (stage: string, milliseconds = 0): StageEvent => ({ stage, state: 'ends', milliseconds })
const fail = (stage: string, milliseconds = 0): StageEvent => ({ stage, state: 'fails', milliseconds })

/** Plays what happens in a run: stages begin and end, and texts are said. */
function play(progress: Progress, happenings: readonly (StageEvent | string)[]): void {
  for (const each of happenings)
    if (typeof each === 'string') progress.log(each)
    else progress.onStage(each)
}

describe('the log of a workflow', () => {
  const logOf = (happenings: readonly (StageEvent | string)[]): string[] => {
    const lines: string[] = []
    const progress = groupedProgress('deploy', {
      open: (title) => lines.push(`[ ${title}`),
      close: () => lines.push(']'),
      line: (text) => lines.push(text),
    })
    play(progress, happenings)
    progress.end()
    return lines
  }

  test('has no group for a stage that has nothing to say', () => {
    expect(logOf([begin('check'), begin('rules'), end('rules'), end('check', 500)])).toEqual([])
  })

  test('has a group for each stage, that holds its lines and how long it took, and never one in another', () => {
    const happenings = [begin('deploy'), 'a', begin('image'), 'b', end('image', 65_000), 'c', end('deploy')]
    expect(logOf(happenings)).toEqual([
      ...['[ Tailchat plugins: deploy', 'a', ']'],
      ...['[ Tailchat plugins: image', 'b', 'image took 1 min 5 s', ']'],
      ...['[ Tailchat plugins: deploy', 'c', ']'],
    ])
  })

  test('closes the group of a stage that fails, and names the mode where no stage runs', () => {
    expect(logOf([begin('image'), 'a', fail('image'), 'b'])).toEqual([
      ...['[ Tailchat plugins: image', 'a', ']'],
      ...['[ Tailchat plugins: deploy', 'b', ']'],
    ])
  })
})

test('a pipe gets the lines as they come, and the time of longer stages', () => {
  const lines: string[] = []
  const progress = plainProgress((line) => lines.push(line))
  play(progress, [begin('image'), 'a', begin('pull'), end('pull', 999), end('image', 1000)])
  expect(lines).toEqual(['a', 'image: 1 s'])
})

describe('a terminal', () => {
  const CLEAR = '\r\u001b[2K'
  const terminal = (width: number, colors = false) => {
    let text = ''
    let time = 0
    const progress = liveProgress({
      write: (each) => void (text += each),
      page: () => ({ width, colors }),
      now: () => time,
    })
    return {
      progress,
      /** What was written since the last call. */
      written: (): string => {
        const all = text
        text = ''
        return all
      },
      pass: (milliseconds: number): void => void (time += milliseconds),
    }
  }

  test('shows one line: the stage, its time, and the step of the build that it is in', () => {
    const { progress, written, pass } = terminal(60)
    play(progress, [begin('deploy'), begin('image'), '#7 [stage 2/5] RUN pnpm install', '#7 1.25 added 3'])
    expect(written()).toBe('')
    pass(83_000)
    progress.tick()
    expect(written()).toBe(`${CLEAR}⠋ image 1 min 23 s  [stage 2/5] RUN pnpm install`)
    play(progress, [end('image', 83_000)])
    expect(written()).toBe(`${CLEAR}✔ image 1 min 23 s\n`)
  })

  test.each([
    ['a long step', 'x'.repeat(500)],
    ['wide characters', '插件'.repeat(100)],
    ['what would move the cursor', `\u001b[2J\r\n${'y'.repeat(90)}`],
  ])('keeps to one line of its width: %s', (_what, step) => {
    const { progress, written } = terminal(40)
    play(progress, [begin('lockfile'), step])
    progress.tick()
    const line = written().slice(CLEAR.length)
    expect(line).toMatch(/^⠋ lockfile 0 s {2}.+…$/)
    expect(line).not.toMatch(/\p{Cc}/u)
    expect(columnsOf(line)).toBeLessThan(40)
  })

  test('shows the output of the failed stage once, and the report then leaves it out', () => {
    const { progress, written } = terminal(80)
    play(progress, [
      begin('deploy'),
      'Proving',
      begin('image'),
      '#7 RUN',
      'ERROR: failed',
      fail('image', 200),
    ])
    play(progress, [fail('deploy', 300)])
    expect(written()).toBe('✖ image 0 s\n  | #7 RUN\n  | ERROR: failed\n')
    const report = emptyReport('deploy')
    report.failure = {
      stage: 'image',
      message: 'failed',
      details: ['$ docker buildx build', 'ERROR: failed'],
    }
    const text = renderTerminal(report, { ...PIPE, hasShown: progress.hasShown })
    expect(text).toContain('  | $ docker buildx build\n')
    expect(text).not.toContain('ERROR: failed')
  })

  test('shows nothing for a run that ends at once', () => {
    const { progress, written } = terminal(80)
    play(progress, [begin('check'), 'a', begin('rules'), end('rules'), end('check', 400)])
    progress.end()
    expect(written()).toBe('')
  })

  test('is cleared at the end', () => {
    const { progress, written } = terminal(80)
    play(progress, [begin('check')])
    progress.tick()
    written()
    progress.end()
    progress.end()
    expect(written()).toBe(CLEAR)
  })
})
