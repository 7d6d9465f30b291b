import { describe, expect, test } from '@jest/globals'
import { CommandError, runCommand } from '../../src/lib/command.js'

/** Runs a script in Node.js itself. */
const node = (script: string, options: Partial<Parameters<typeof runCommand>[2]> = {}, ...args: string[]) =>
  runCommand(process.execPath, ['-e', script, ...args], { timeoutSeconds: 60, ...options })

async function failureOf(run: Promise<string>): Promise<CommandError> {
  const failure: unknown = await run.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (failure instanceof CommandError) return failure
  throw new Error('the command did not fail', { cause: failure })
}

const PRINT = (text: string): string => `process.stdout.write(${text})`

describe('a command', () => {
  test('gets its arguments as they are, whatever a shell would make of them', async () => {
    const args = ['a b', '"', "'", '$HOME', '`id`', '*', '', '\\', 'ü']
    expect(JSON.parse(await node(PRINT('JSON.stringify(process.argv.slice(1))'), {}, ...args))).toEqual(args)
  })

  test('gets its input over standard input, which is empty where none is given', async () => {
    const echo = 'process.stdin.pipe(process.stdout)'
    expect(await node(echo, { input: 'secret\n' })).toBe('secret')
    expect(await node(echo)).toBe('')
  })

  test('may end without reading its input', async () => {
    expect(await node('process.exit(0)', { input: 'x'.repeat(10_000_000) })).toBe('')
  })

  test('has its lines told as they come, of both outputs, without line ends', async () => {
    const lines: string[] = []
    await node("console.log('a\\r\\nb'); console.error('c'); process.stdout.write('d')", {
      onLine: (line) => lines.push(line),
    })
    expect(lines.sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('keeps characters whole that come in two parts', async () => {
    const halves =
      'process.stdout.write(Buffer.from([0xc3]), () => process.stdout.write(Buffer.from([0xbc])))'
    const lines: string[] = []
    expect(await node(halves, { onLine: (line) => lines.push(line) })).toBe('ü')
    expect(lines).toEqual(['ü'])
  })

  test('prints nothing into the log of the step', async () => {
    const written = process.stdout.write.bind(process.stdout)
    const seen: unknown[] = []
    process.stdout.write = (text: unknown) => seen.push(text) > 0
    try {
      await node("console.log('::error::x')")
    } finally {
      process.stdout.write = written
    }
    expect(seen).toEqual([])
  })

  test('gets neither inputs nor tokens of the step', async () => {
    const secrets = [
      'INPUT_PASSWORD',
      'ACTIONS_RUNTIME_TOKEN',
      'GITHUB_TOKEN',
      'GH_TOKEN',
      'TAILCHAT_PLUGINS_PASSWORD',
    ]
    for (const name of secrets) process.env[name] = 'planted'
    try {
      expect(await node(PRINT('JSON.stringify(process.env)'), { env: { OWN: '1' } })).not.toContain('planted')
    } finally {
      for (const name of secrets) delete process.env[name]
    }
  })
})

describe('a command that fails', () => {
  test('says its exit code and its last lines', async () => {
    const failure = await failureOf(
      node('for (let i = 0; i < 50; i++) console.error(i); process.exitCode = 3'),
    )
    expect(failure).toMatchObject({ exitCode: 3, outcome: 'exit code 3' })
    expect(failure.lastLines).toEqual(Array.from({ length: 30 }, (_, index) => String(index + 20)))
  })

  test.each<[string, () => Promise<string>, string]>([
    [
      'is not installed',
      () => runCommand('no-such-program', [], { timeoutSeconds: 5 }),
      'no-such-program is not installed, or not on the PATH',
    ],
    ['was ended by a signal', () => node("process.kill(process.pid, 'SIGKILL')"), 'was ended by SIGKILL'],
    [
      'took too long',
      () => node('setInterval(() => undefined, 1000)', { timeoutSeconds: 1 }),
      'took longer than 1 s',
    ],
    ['has a NUL in an argument', () => node('', {}, 'a\0b'), 'an argument holds a NUL character'],
    [
      'has arguments that are too long',
      () => node('', {}, 'x'.repeat(200_000)),
      'its arguments are too long',
    ],
  ])('says that it %s', async (_what, run, outcome) => {
    expect(await failureOf(run())).toMatchObject({ exitCode: undefined, outcome })
  })

  test('is killed where it does not end by itself when it took too long', async () => {
    const stubborn = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)"
    expect((await failureOf(node(stubborn, { timeoutSeconds: 1 }))).outcome).toBe('took longer than 1 s')
  }, 30_000)
})

describe('a command that prints without end', () => {
  /** Prints that many MiB of one character. */
  const flood = (mebibytes: number, character: string): string =>
    `const block = Buffer.alloc(1 << 20, ${JSON.stringify(character)});
     const next = (left) => left > 0 && process.stdout.write(block, () => next(left - 1)); next(${mebibytes})`

  test('has a line cut that never ends, in what is told and in the last lines', async () => {
    const lines: string[] = []
    await node(flood(1, '\0'), { onLine: (line) => lines.push(line) })
    expect(lines).toEqual([`${'\0'.repeat(16 * 1024)}…`])
  })

  test('fails where what it says would be read', async () => {
    expect((await failureOf(node(flood(65, 'x')))).outcome).toBe(
      'wrote more than the 67108864 bytes that are read',
    )
  }, 60_000)

  test('succeeds where what it says is thrown away, and nothing of it is kept', async () => {
    const before = process.memoryUsage().arrayBuffers
    expect(await node(flood(150, '\0'), { ignoreOutput: true })).toBe('')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
  }, 60_000)
})
