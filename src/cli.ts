#!/usr/bin/env node
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, parse, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type CommandLine,
  inWordsOfTerminal,
  parseCommandLine,
  SECRETS,
  sentenceInFlags,
} from './inputs/command-line.js'
import { readEvent } from './inputs/event.js'
import { COMMANDS, renderCommandHelp, renderHelp, usageOf } from './inputs/help.js'
import { type InputName, type Inputs, parseInputs, UsageError } from './inputs/inputs.js'
import { isInside, repositoryText } from './lib/files.js'
import { nearest } from './lib/nearest.js'
import { messageOf } from './lib/wording.js'
import { runPipeline } from './pipeline.js'
import { renderRule } from './report/explain.js'
import { renderJson, writeReportFiles } from './report/files.js'
import { rulesFile, rulesUrlFrom } from './report/links.js'
import { liveProgress, plainProgress, type Progress } from './report/progress.js'
import { isFailed, type Report } from './report/report.js'
import { renderSarif } from './report/sarif.js'
import { renderTerminal } from './report/terminal.js'
import { visible } from './report/text.js'
import { renderWorkflowCommands } from './report/workflow-commands.js'
import { type Page, pageOf } from './report/wrap.js'
import { allRules } from './rules/catalogue.js'
import { tailchatAround } from './workspace/whereabouts.js'

/** The terminal's entry: the same inputs as flags, the same pipeline, a readable report. Returns the exit code. */
async function main(args: string[]): Promise<number> {
  const line = parseCommandLine(args)
  if (line.command === 'version') return print(`${ownVersion()}\n`)
  if (line.command === 'help')
    return print(line.topic === undefined ? renderHelp() : renderCommandHelp(line.topic, SECRETS))
  if (line.command === 'explain') return explain(line.rule, pageOf(process.stdout, process.env))
  const root = repositoryAt(line.path)
  if (line.command === 'init') {
    const { init } = await import('./declarations/init.js')
    const made = await init(root, line.flags)
    if (!made.isWritten)
      return print(made.files.map(({ file, text }) => `# ${visible(file)}\n${text}`).join('\n'))
    const { renderInit } = await import('./report/init.js')
    return print(renderInit(made, await checkAfterInit(root, made.declarations)))
  }

  const inputs = inputsOf(line)
  if (line.command === 'doctor') {
    const { examineSurroundings } = await import('./stages/doctor.js')
    const { renderDoctor } = await import('./report/doctor.js')
    const needs = await examineSurroundings(inputs, { root, event: readEvent(process.env), env: process.env })
    print(renderDoctor(needs, pageOf(process.stdout, process.env)))
    return needs.some(({ state }) => state === 'problem') ? 1 : 0
  }
  const onOutput = whatGoesToOutput(line.format, inputs)
  const progress = showProgress(line.quiet)
  const report = await runPipeline(inputs, {
    root,
    event: readEvent(process.env),
    ...(line.since !== undefined && { since: line.since }),
    rulesUrl: rulesUrlFrom(process.env),
    log: progress.log,
    onStage: progress.onStage,
  }).finally(progress.end)
  const people = onOutput.length === 0 ? process.stdout : process.stderr
  show(report, { line, inputs, root, people, hasShown: progress.hasShown })
  const unwritten = writeFiles(report, inputs, root)
  for (const problem of unwritten) log(problem)
  return isFailed(report, inputs) || unwritten.length > 0 ? 1 : 0
}

/** A command line that runs the pipeline. */
type PipelineLine = Extract<CommandLine, { path: string }>

const BUNDLE = fileURLToPath(import.meta.url)

function log(text: string): void {
  process.stderr.write(`${visible(text)}\n`)
}

/** Returns the Tailchat repository at or around a path. */
function repositoryAt(path: string): string {
  const directory = existingDirectory(path)
  const root = tailchatAround(directory) ?? directory
  if (root !== directory)
    log(`${path} is a part of the Tailchat repository ${root}: that is what is looked at.`)
  return root
}

/** Checks the repository with the declarations that it has now. */
function checkAfterInit(root: string, declarations: string): Promise<Report> {
  const inputs = parseInputs((name) => (name === 'declarations' ? declarations : ''))
  return runPipeline(inputs, { root, event: readEvent({}), rulesUrl: '', log: () => undefined })
}

/** Reads the inputs from the flags, and secrets from the environment. */
function inputsOf(line: PipelineLine): Inputs {
  const { command, path, flags } = line
  return withTask(line, (name) => {
    if (name === 'mode')
      return command === 'doctor' ? 'check' : onlyHere.some((each) => each === command) ? 'sync' : command
    if (name === 'path') return path
    const secret = SECRETS[name]
    return (secret === undefined ? flags[name] : process.env[secret]) ?? ''
  })
}

/**
 * Returns the flags that send something else than the readable report to standard output.
 * @throws {UsageError} when there are several
 */
function whatGoesToOutput(format: PipelineLine['format'], inputs: Inputs): string[] {
  const flags = [
    ...(format === 'stylish' ? [] : [`--format ${format}`]),
    ...(inputs.reportFile === '-' ? ['--report-file -'] : []),
    ...(inputs.sarifFile === '-' ? ['--sarif-file -'] : []),
  ]
  if (flags.length > 1)
    throw new UsageError([`${flags.join(' and ')}: only one of them can go to standard output`])
  return flags
}

/** How often the line of progress is drawn. */
const TICK_MILLISECONDS = 100

/** Shows progress on standard error, so that standard output has the report alone. */
function showProgress(quiet: boolean): Progress {
  const { stderr } = process
  if (quiet) return { ...plainProgress(() => undefined), hasShown: () => false }
  if (!stderr.isTTY || process.env['TERM'] === 'dumb') return plainProgress(log)
  const progress = liveProgress({
    write: (text) => void stderr.write(text),
    page: () => pageOf(stderr, process.env),
    now: () => performance.now(),
  })
  const timer = setInterval(progress.tick, TICK_MILLISECONDS).unref()
  const end = (): void => {
    clearInterval(timer)
    process.off('exit', end)
    progress.end()
  }
  process.on('exit', end)
  return { ...progress, end }
}

/** What decides how a report is shown. */
interface Showing {
  line: PipelineLine
  inputs: Inputs
  root: string
  /** Where the readable report goes. */
  people: NodeJS.WriteStream
  hasShown: Progress['hasShown']
}

/** Prints the report in the format that was asked for. */
function show(report: Report, { line: { format, quiet }, inputs, root, people, hasShown }: Showing): void {
  const readable = renderTerminal(report, {
    ...pageOf(people, process.env),
    rulesUrl: rulesFile(BUNDLE),
    gate: inputs,
    howToFix: '`tailchat-plugins sync --fix`',
    howToSync: '`tailchat-plugins sync`',
    inWords: sentenceInFlags,
    quiet,
    sourceLine: (file, number) => repositoryText(root, file)?.split('\n', number)[number - 1],
    hasShown,
  })
  if (format === 'stylish') people.write(readable)
  if (format === 'github') print(renderWorkflowCommands(report))
  if (format === 'json' || inputs.reportFile === '-') print(renderJson(report))
  if (inputs.sarifFile === '-') print(renderSarif(report, allRules(), '.'))
}

/** Writes the report files. @returns why some could not be written */
function writeFiles(report: Report, { reportFile, sarifFile }: Inputs, root: string): string[] {
  const toFile = (file: string): string => (file === '-' ? '' : file)
  return writeReportFiles(
    report,
    { reportFile: toFile(reportFile), sarifFile: toFile(sarifFile) },
    {
      directory: process.cwd(),
      // A user at the terminal may write anywhere, but a path inside the repository must stay there.
      within: (file) => [isInside(root, file) ? root : parse(file).root],
      path: '.',
    },
  )
}

/** Commands that the action has no mode for. */
const onlyHere = ['new', 'add', 'remove', 'outdated'] as const

/** The inputs, with what the command line names. */
function withTask(
  { command, subject, plugin, kind }: Extract<CommandLine, { path: string }>,
  read: (name: InputName) => string,
): Inputs {
  const inputs = parseInputs(read)
  const mode = onlyHere.find((each) => each === command) ?? inputs.mode
  // A path is meant from where the user is, and not from the repository.
  const isPath = command === 'add' && /^\.{0,2}\/|^\.{1,2}(?:#|$)/.test(subject)
  return {
    ...inputs,
    mode,
    task: { subject: isPath ? resolve(subject) : subject, plugin, ...(kind && { kind }) },
  }
}

function print(text: string): 0 {
  process.stdout.write(text)
  return 0
}

function explain(id: string, page: Page): number {
  const rules = allRules()
  const rule = rules.find((each) => each.id === id)
  if (rule) return print(renderRule(rule, page))
  const ids = rules.map((each) => each.id)
  const meant = nearest(id, ids) ?? ids.find((each) => each.endsWith(`/${id}`))
  throw new UsageError([
    `unknown rule ${JSON.stringify(id)}${meant === undefined ? ': docs/rules.md has them all' : `: did you mean ${meant}?`}`,
  ])
}

/** Returns the version in the package.json of this tool, two directories above the bundle. */
function ownVersion(): string {
  const file = join(dirname(BUNDLE), '..', '..', 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

function existingDirectory(path: string): string {
  if (!existsSync(path)) throw new UsageError([`${path} does not exist`])
  if (!statSync(path).isDirectory()) throw new UsageError([`${path} is not a directory`])
  return realpathSync(resolve(path))
}

// A reader such as `head` may close the stream early: that is not a failure, and a deploy goes on.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

const commandLine = process.argv.slice(2)
try {
  process.exitCode = await main(commandLine)
} catch (error) {
  if (error instanceof UsageError) {
    const command = COMMANDS.find((each) => commandLine.includes(each))
    const help = `tailchat-plugins help${command === undefined ? '' : ` ${command}`}`
    process.stderr.write(
      `${error.problems.map(inWordsOfTerminal).map(visible).join('\n')}\n${usageOf(command)}; see \`${help}\`\n`,
    )
    process.exitCode = 2
  } else {
    process.stderr.write(`unexpected failure: ${visible(messageOf(error))}\n`)
    process.exitCode = 1
  }
}
