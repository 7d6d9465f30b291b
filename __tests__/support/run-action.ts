import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../..', import.meta.url))

/** The Node.js that runs the bundle: that of the tests, or another one such as the runners' own version. */
const node = process.env['ACTION_NODE'] ?? process.execPath

export interface ActionResult {
  exitCode: number | null
  /** What the step logs: text and workflow commands. */
  log: string
  outputs: Record<string, string>
  summary: string
  /** What the step keeps for its post step. */
  state: Record<string, string>
}

type CancelWhen = (log: string) => boolean

/**
 * Runs dist/index.js as a runner does: inputs and context in the environment, outputs and summary in files.
 * @param cancelWhen asked again and again with the log so far; when it says so, the step is cancelled as a runner does
 *   it, or ended as a machine does it that goes down
 */
export async function runAction(
  workspace: string,
  inputs: Record<string, string>,
  env: Record<string, string> = {},
  cancelWhen?: CancelWhen,
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<ActionResult> {
  const files = mkdtempSync(join(tmpdir(), 'runner-files-'))
  const outputFile = join(files, 'output')
  const summaryFile = join(files, 'summary')
  const stateFile = join(files, 'state')
  writeFileSync(outputFile, '')
  writeFileSync(stateFile, '')
  writeFileSync(summaryFile, '')
  try {
    const { exitCode, text } = await run(
      node,
      [join(project, 'dist', 'index.js')],
      workspace,
      {
        ...Object.fromEntries(
          // A browser in each deploy would take most of a test's time: tests of it ask for one.
          Object.entries({ browser: 'off', ...inputs }).map(([name, value]) => [
            `INPUT_${name.toUpperCase()}`,
            value,
          ]),
        ),
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: outputFile,
        GITHUB_STEP_SUMMARY: summaryFile,
        GITHUB_STATE: stateFile,
        ...env,
      },
      cancelWhen,
      signal,
    )
    return {
      exitCode,
      log: text,
      outputs: parseOutputs(readFileSync(outputFile, 'utf8')),
      state: parseOutputs(readFileSync(stateFile, 'utf8')),
      summary: readFileSync(summaryFile, 'utf8'),
    }
  } finally {
    rmSync(files, { recursive: true, force: true })
  }
}

/** Runs the post step, which a runner starts whatever became of the step. */
export function runPost(
  workspace: string,
  { state }: ActionResult,
): Promise<{ exitCode: number | null; text: string }> {
  const env = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
  return run(node, [join(project, 'dist', 'index.js')], workspace, env)
}

/** Runs the built terminal entry. */
export async function runCli(
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<{ exitCode: number | null; text: string }> {
  return run(node, [join(project, 'dist', 'cli', 'index.js'), ...args], cwd, env)
}

function run(
  command: string,
  args: string[],
  cwd: string,
  env: Record<string, string>,
  cancelWhen?: CancelWhen,
  signal?: 'SIGTERM' | 'SIGKILL',
): Promise<{ exitCode: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    // Nothing of a runner that may run these tests themselves gets through.
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(GITHUB|INPUT|RUNNER)_/.test(name)),
    )
    const child = spawn(command, args, { cwd, env: { ...inherited, ...env } })
    let text = ''
    const keep = (chunk: Buffer): void => {
      text += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    const asking = setInterval(() => {
      if (cancelWhen?.(text)) child.kill(signal)
    }, 200)
    child.on('close', (exitCode) => {
      clearInterval(asking)
      resolve({ exitCode, text })
    })
  })
}

/** Reads the `name<<delimiter` blocks that @actions/core writes. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  for (const match of text.matchAll(/^([\w-]+)<<(\S+)\n([^]*?)\n\2$/gm))
    outputs[match[1] ?? ''] = match[3] ?? ''
  return outputs
}
