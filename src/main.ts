import { randomUUID } from 'node:crypto'
import { appendFileSync, realpathSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  debug,
  endGroup,
  error,
  getInput,
  getState,
  info,
  notice,
  saveState,
  setFailed,
  setOutput,
  setSecret,
  startGroup,
  warning,
} from '@actions/core'
import { readEvent } from './inputs/event.js'
import { type Inputs, parseInputs, UsageError } from './inputs/inputs.js'
import { runPipeline } from './pipeline.js'
import { basicCredential } from './publish/credential.js'
import { annotationsOf } from './report/annotations.js'
import { filesUrlOf, pathInCheckout, rulesUrlFrom } from './report/links.js'
import { outputsOf } from './report/outputs.js'
import { writeReportFiles } from './report/files.js'
import { groupedProgress, type Progress } from './report/progress.js'
import { isFailed, type Report, verdictOf } from './report/report.js'
import { renderSummary } from './report/summary.js'
import { renderTerminal } from './report/terminal.js'
import { visible, visibleLines } from './report/text.js'
import { isInside, repositoryText } from './lib/files.js'
import { messageOf } from './lib/wording.js'

/** The action's entry: inputs in, pipeline, every view of the report out. */
async function main(): Promise<void> {
  const inputs = parseInputs((name) => getInput(name))
  maskSecrets(inputs)
  const workspace = realpathSync(process.env['GITHUB_WORKSPACE'] ?? process.cwd())
  const root = rootIn(workspace, inputs.path)

  const commands = workflowCommands()
  const progress = groupedProgress(inputs.mode, {
    open: (title) => commands.between(() => startGroup(title)),
    close: () => commands.between(endGroup),
    line: (text) => info(visible(text)),
  })
  commands.stop()
  let report: Report
  try {
    report = await run(inputs, root, progress).finally(progress.end)
    info(logOf(report, { inputs, root, hasShown: progress.hasShown }))
  } finally {
    commands.resume()
  }

  const path = pathInCheckout(workspace, root)
  annotate(report, path)
  const unwritten = writeFiles(report, inputs, { workspace, path })
  const reportFile = inputs.reportFile === '' ? '' : resolve(workspace, inputs.reportFile)
  const { outputs, cut } = outputsOf(report, reportFile)
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
  for (const note of cut) notice(note)
  const failed = isFailed(report, inputs)
  if (inputs.summary) writeSummary(report, inputs)
  if (failed) setFailed(visibleLines(verdictOf(report, inputs)))
  for (const problem of unwritten) setFailed(visibleLines(problem))
}

function maskSecrets({ image: { logins }, publish: { token } }: Inputs): void {
  for (const { password } of logins) setSecret(password)
  if (token === '') return
  setSecret(token)
  setSecret(basicCredential(token))
}

/** Runs the pipeline, and saves what the step's second half has to remove if this process is killed. */
function run(inputs: Inputs, root: string, { log, onStage }: Progress): Promise<Report> {
  const event = readEvent(process.env)
  const filesUrl = filesUrlOf(event, root)
  return runPipeline(inputs, {
    root,
    event,
    ...(filesUrl !== undefined && { filesUrl }),
    rulesUrl: rulesUrlFrom(process.env),
    log,
    onStage,
    onLogin: (directory) => saveState(LOGIN_STATE, directory),
    onStack: (project) => saveState(STACK_STATE, project),
    onContainer: (name) => saveState(CONTAINER_STATE, name),
    onChrome: (directory) => saveState(CHROME_STATE, directory),
  })
}

/** Returns the report as the log shows it. */
function logOf(
  report: Report,
  { inputs, root, hasShown }: { inputs: Inputs; root: string; hasShown: Progress['hasShown'] },
): string {
  return renderTerminal(report, {
    width: Infinity,
    colors: false,
    rulesUrl: report.rulesUrl,
    gate: inputs,
    howToFix: '`mode: sync` and `fix: true`',
    howToSync: '`mode: sync`',
    quiet: false,
    sourceLine: (file, line) => repositoryText(root, file)?.split('\n', line)[line - 1],
    hasShown,
  })
}

/** Shows findings at their lines. */
function annotate(report: Report, path: string): void {
  const show = { error, warning, notice }
  for (const { severity, title, message, file, line, column } of annotationsOf(report, path))
    show[severity](message, {
      title,
      file,
      ...(line !== undefined && { startLine: line }),
      ...(column !== undefined && { startColumn: column }),
    })
  if (report.restricted !== undefined) notice(report.restricted)
}

/** Writes the report files. @returns why some could not be written */
function writeFiles(
  report: Report,
  inputs: Inputs,
  { workspace, path }: { workspace: string; path: string },
): string[] {
  const temporary = process.env['RUNNER_TEMP']
  return writeReportFiles(report, inputs, {
    directory: workspace,
    within: () => [workspace, ...(temporary ? [realpathSync(temporary)] : [])],
    path,
  })
}

function writeSummary(report: Report, inputs: Inputs): void {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (!file) return
  try {
    appendFileSync(file, renderSummary(report, inputs))
  } catch (cause) {
    // The work is done, and every other view shows it.
    warning(`The job summary was not written: ${messageOf(cause)}`)
  }
}

/**
 * Keeps the runner from obeying workflow commands: lines of a build or a repository may look like some.
 * @returns `between` lets it obey those of one call
 */
function workflowCommands(): { stop: () => void; resume: () => void; between: (call: () => void) => void } {
  let token = ''
  const stop = (): void => {
    // Printing the token resumes the commands, so nothing else may know it.
    token = randomUUID()
    info(`::stop-commands::${token}`)
  }
  const resume = (): void => info(`::${token}::`)
  return {
    stop,
    resume,
    between: (call) => {
      resume()
      call()
      stop()
    },
  }
}

/** Returns the repository's directory, and refuses one outside of the workspace. */
function rootIn(workspace: string, path: string): string {
  let root: string
  try {
    root = realpathSync(join(workspace, path))
  } catch {
    throw new UsageError([`path: ${JSON.stringify(path)} does not exist in the workspace`])
  }
  if (isInside(workspace, root)) return root
  throw new UsageError([`path: ${JSON.stringify(path)} leads out of the workspace`])
}

/** The step's second half, which the runner always starts: removes what a killed first half left behind. */
async function cleanUp(): Promise<void> {
  const directory = getState(LOGIN_STATE)
  if (directory !== '') rmSync(directory, { recursive: true, force: true })
  const chrome = getState(CHROME_STATE)
  if (chrome !== '') (await import('./proof/browser/chrome.js')).removeLeftChrome(chrome)
  const container = getState(CONTAINER_STATE)
  if (container !== '') (await import('./docker/copy.js')).removeLeft(container)
  const stack = getState(STACK_STATE)
  if (stack === '') return
  const { takeDownLeft } = await import('./proof/boot-stack.js')
  takeDownLeft(stack)
}

const LOGIN_STATE = 'login-directory'
const STACK_STATE = 'stack'
const CONTAINER_STATE = 'container'
const CHROME_STATE = 'chrome-directory'
const POST_STATE = 'post'

try {
  if (getState(POST_STATE) === 'true') await cleanUp()
  else {
    saveState(POST_STATE, 'true')
    await main()
  }
} catch (cause) {
  if (cause instanceof UsageError) setFailed(cause.message)
  else {
    setFailed(`unexpected failure: ${visibleLines(messageOf(cause))}`)
    if (cause instanceof Error) debug(cause.stack ?? '')
  }
}
