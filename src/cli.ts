#!/usr/bin/env node
import { existsSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, parse, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inWordsOfTerminal, parseCommandLine, SECRETS } from './inputs/command-line.js'
import { readEvent } from './inputs/event.js'
import { COMMANDS, renderCommandHelp, renderHelp, usageOf } from './inputs/help.js'
import { inputDefinitions, parseInputs, UsageError } from './inputs/inputs.js'
import { isInside, repositoryText } from './lib/files.js'
import { nearest } from './lib/nearest.js'
import { messageOf } from './lib/wording.js'
import { runPipeline } from './pipeline.js'
import { renderRule } from './report/explain.js'
import { renderJson, writeReportFiles } from './report/files.js'
import { rulesFile, rulesUrlFrom } from './report/links.js'
import { isFailed } from './report/report.js'
import { renderSarif } from './report/sarif.js'
import { renderTerminal } from './report/terminal.js'
import { visible } from './report/text.js'
import { renderWorkflowCommands } from './report/workflow-commands.js'
import { type Page, pageOf } from './report/wrap.js'
import { allRules } from './rules/catalogue.js'
import { tailchatAround } from './workspace/whereabouts.js'

/** The terminal's entry: the same inputs as flags, the same pipeline, a readable report. Gives the exit code. */
async function main(args: string[]): Promise<number> {
  const line = parseCommandLine(args)
  const page = pageOf(process.stdout, process.env)
  const bundle = fileURLToPath(import.meta.url)
  if (line.command === 'version') return print(`${versionBeside(bundle)}\n`)
  if (line.command === 'help')
    return print(line.topic === undefined ? renderHelp() : renderCommandHelp(line.topic, SECRETS))
  if (line.command === 'explain') return explain(line.rule, page)

  const { command, path, flags, format, quiet } = line
  const log = (text: string): void => void process.stderr.write(`${visible(text)}\n`)
  const directory = existingDirectory(path)
  const root = tailchatAround(directory) ?? directory
  if (root !== directory)
    log(`${path} is a part of the Tailchat repository ${root}: that is what is looked at.`)
  if (command === 'init') return await init(root, flags)

  const inputs = parseInputs((name) => {
    if (name === 'mode') return command
    if (name === 'path') return path
    const secret = SECRETS[name]
    return (secret === undefined ? flags[name] : process.env[secret]) ?? ''
  })
  const onOutput = [
    ...(format === 'stylish' ? [] : [`--format ${format}`]),
    ...(inputs.reportFile === '-' ? ['--report-file -'] : []),
    ...(inputs.sarifFile === '-' ? ['--sarif-file -'] : []),
  ]
  if (onOutput.length > 1)
    throw new UsageError([`${onOutput.join(' and ')}: only one of them can go to standard output`])

  const report = await runPipeline(inputs, {
    root,
    event: readEvent(process.env),
    rulesUrl: rulesUrlFrom(process.env),
    log: quiet ? () => undefined : log,
  })
  const people = onOutput.length === 0 ? process.stdout : process.stderr
  const forPeople = renderTerminal(report, {
    ...pageOf(people, process.env),
    rulesUrl: rulesFile(bundle),
    failOn: inputs.failOn,
    howToFix: '`tailchat-plugins sync --fix`',
    quiet,
    sourceLine: (file, number) => repositoryText(root, file)?.split('\n', number)[number - 1],
  })
  if (format === 'stylish') people.write(forPeople)
  if (format === 'github') print(renderWorkflowCommands(report))
  if (format === 'json' || inputs.reportFile === '-') print(renderJson(report))
  if (inputs.sarifFile === '-') print(renderSarif(report, allRules(), '.'))
  const toFile = (file: string): string => (file === '-' ? '' : file)
  const files = { reportFile: toFile(inputs.reportFile), sarifFile: toFile(inputs.sarifFile) }
  const unwritten = writeReportFiles(report, files, {
    directory: process.cwd(),
    // Who sits at the terminal writes wherever they like; a path inside of the repository stays there.
    within: (file) => [isInside(root, file) ? root : parse(file).root],
    path: '.',
  })
  for (const problem of unwritten) log(problem)
  return isFailed(report, inputs.failOn) || unwritten.length > 0 ? 1 : 0
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

/** The version in the package.json of this tool: two directories above the bundle. */
function versionBeside(bundle: string): string {
  const file = join(dirname(bundle), '..', '..', 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

function existingDirectory(path: string): string {
  if (!existsSync(path)) throw new UsageError([`${path} does not exist`])
  if (!statSync(path).isDirectory()) throw new UsageError([`${path} is not a directory`])
  return realpathSync(resolve(path))
}

async function init(root: string, flags: Record<string, string>): Promise<number> {
  const unknown = Object.keys(flags).find((name) => !['declarations', 'dry-run'].includes(name))
  if (unknown !== undefined) throw new UsageError([`init does not take --${unknown}`])
  const file = flags['declarations'] ?? inputDefinitions.declarations.default
  const target = join(root, file)
  if (!isInside(root, target)) throw new UsageError([`${file} leads out of the repository`])
  if (!existsSync(dirname(target))) throw new UsageError([`the directory of ${file} does not exist`])
  if (existsSync(target)) throw new UsageError([`${file} already exists: remove it first to start over`])

  const { renderInitialDeclarations } = await import('./declarations/init.js')
  const { readWorkspace } = await import('./workspace/read.js')
  const text = renderInitialDeclarations(await readWorkspace(root))
  if (flags['dry-run'] === 'true') {
    process.stdout.write(text)
    return 0
  }
  writeFileSync(target, text, { flag: 'wx' })
  process.stdout.write(
    `${file} written: it states what the repository does today; check and sync change nothing\n`,
  )
  return 0
}

// Whoever reads has seen enough, such as `head`: that is no failure, and a deploy goes on.
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
