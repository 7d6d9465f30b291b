import { randomUUID } from 'node:crypto'
import { appendFileSync, realpathSync, rmSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
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
import { parseInputs, UsageError } from './inputs/inputs.js'
import { runPipeline } from './pipeline.js'
import { basicCredential } from './publish/credential.js'
import { annotationsOf } from './report/annotations.js'
import { rulesUrlFrom } from './report/links.js'
import { outputsOf } from './report/outputs.js'
import { writeReportFiles } from './report/files.js'
import { isFailed, verdictOf } from './report/report.js'
import { renderSummary } from './report/summary.js'
import { renderTerminal } from './report/terminal.js'
import { isInside, repositoryText } from './lib/files.js'
import { messageOf } from './lib/wording.js'

/** The action's entry: inputs in, pipeline, every view of the report out. */
async function main(): Promise<void> {
  const inputs = parseInputs((name) => getInput(name))
  if (inputs.image.login) setSecret(inputs.image.login.password)
  if (inputs.publish.token !== '') {
    setSecret(inputs.publish.token)
    setSecret(basicCredential(inputs.publish.token))
  }
  const workspace = realpathSync(process.env['GITHUB_WORKSPACE'] ?? process.cwd())
  const root = rootIn(workspace, inputs.path)

  startGroup(`Tailchat plugins: ${inputs.mode}`)
  const report = await withoutCommands(() =>
    runPipeline(inputs, {
      root,
      event: readEvent(process.env),
      rulesUrl: rulesUrlFrom(process.env),
      log: info,
      onLogin: (directory) => saveState(LOGIN_STATE, directory),
      onStack: (project) => saveState(STACK_STATE, project),
      onContainer: (name) => saveState(CONTAINER_STATE, name),
    }),
  )
  await withoutCommands(() =>
    info(
      renderTerminal(report, {
        width: Infinity,
        colors: false,
        rulesUrl: report.rulesUrl,
        failOn: inputs.failOn,
        howToFix: '`mode: sync` and `fix: true`',
        quiet: false,
        sourceLine: (file, line) => repositoryText(root, file)?.split('\n', line)[line - 1],
      }),
    ),
  )
  endGroup()

  const failed = isFailed(report, inputs.failOn)
  const show = { error, warning, notice }
  for (const { severity, title, message, file, line, column } of annotationsOf(
    report,
    relativePath(workspace, root),
  ))
    show[severity](message, {
      title,
      file,
      ...(line !== undefined && { startLine: line }),
      ...(column !== undefined && { startColumn: column }),
    })

  if (report.restricted !== undefined) notice(report.restricted)

  const temporary = process.env['RUNNER_TEMP']
  const unwritten = writeReportFiles(report, inputs, {
    directory: workspace,
    within: () => [workspace, ...(temporary ? [realpathSync(temporary)] : [])],
    path: relativePath(workspace, root),
  })
  const reportFile = inputs.reportFile === '' ? '' : resolve(workspace, inputs.reportFile)
  for (const [name, value] of Object.entries(outputsOf(report, reportFile))) setOutput(name, value)
  const summaryFile = process.env['GITHUB_STEP_SUMMARY']
  if (inputs.summary && summaryFile)
    try {
      appendFileSync(summaryFile, renderSummary(report, failed))
    } catch (cause) {
      // What was done is done, and every other view shows it.
      warning(`The job summary was not written: ${messageOf(cause)}`)
    }
  if (failed) setFailed(verdictOf(report, inputs.failOn))
  for (const problem of unwritten) setFailed(problem)
}

/** Lines that a build or a repository writes may look like workflow commands: meanwhile the runner obeys none. */
async function withoutCommands<T>(work: () => T | Promise<T>): Promise<T> {
  const token = randomUUID()
  info(`::stop-commands::${token}`)
  try {
    return await work()
  } finally {
    info(`::${token}::`)
  }
}

/** The repository's directory; what leaves the workspace is refused. */
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

function relativePath(from: string, to: string): string {
  return relative(from, to).split(sep).join('/') || '.'
}

/** The step's second half, which the runner starts whatever became of the first: what a killed one left goes. */
async function cleanUp(): Promise<void> {
  const directory = getState(LOGIN_STATE)
  if (directory !== '') rmSync(directory, { recursive: true, force: true })
  const container = getState(CONTAINER_STATE)
  if (container !== '') (await import('./proof/load.js')).removeLeft(container)
  const stack = getState(STACK_STATE)
  if (stack === '') return
  const { takeDownLeft } = await import('./proof/boot-stack.js')
  takeDownLeft(stack)
}

const LOGIN_STATE = 'login-directory'
const STACK_STATE = 'stack'
const CONTAINER_STATE = 'container'
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
    setFailed(`unexpected failure: ${messageOf(cause)}`)
    if (cause instanceof Error) debug(cause.stack ?? '')
  }
}
