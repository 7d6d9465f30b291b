#!/usr/bin/env node
import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, parse, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readEvent } from './inputs/event.js'
import { inputDefinitions, type InputName, parseInputs, UsageError } from './inputs/inputs.js'
import { runPipeline } from './pipeline.js'
import { writeReportFiles } from './report/files.js'
import { rulesFile, rulesUrlFrom } from './report/links.js'
import { isFailed } from './report/report.js'
import { renderTerminal } from './report/terminal.js'
import { visible } from './report/text.js'
import { isInside } from './lib/files.js'
import { messageOf } from './lib/wording.js'
import { tailchatAround } from './workspace/whereabouts.js'

const COMMANDS = ['check', 'sync', 'deploy', 'rollback', 'status', 'init'] as const
type Command = (typeof COMMANDS)[number]

/** Secrets are read from the environment: arguments can be seen by every user of a machine. */
const SECRETS: Partial<Record<InputName, string>> = {
  password: 'TAILCHAT_PLUGINS_PASSWORD',
  'github-token': 'GITHUB_TOKEN',
}

const USAGE = `Usage: tailchat-plugins <${COMMANDS.join('|')}> [path] [--input-name value …]

  check    read the plugins and say what is wrong
  sync     also write the registration files
  deploy   also build, prove and push the image
  rollback move the tags back to an earlier image, after proving it
  status   ask the running server what it loads and serves
  init     write a tailchat-plugins.yml that states what the repository does today

Every input of the action is a flag; a secret is read from the environment instead:
  password from $${SECRETS.password}, github-token from $${SECRETS['github-token']}
Exit codes: 0 fine, 1 findings or a failed stage, 2 wrong usage.
`

/** The terminal's entry: the same inputs as flags, the same pipeline, a readable report. Gives the exit code. */
async function main(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${USAGE}\n${flagHelp()}`)
    return 0
  }
  const { command, path, flags } = parseCommandLine(args)
  const log = (line: string): void => void process.stderr.write(`${visible(line)}\n`)
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
  const report = await runPipeline(inputs, {
    root,
    event: readEvent(process.env),
    rulesUrl: rulesUrlFrom(process.env),
    log,
  })
  process.stdout.write(renderTerminal(report, rulesFile(fileURLToPath(import.meta.url))))
  const unwritten = writeReportFiles(report, inputs, {
    directory: process.cwd(),
    // Who sits at the terminal writes wherever they like; a path inside of the repository stays there.
    within: (file) => [isInside(root, file) ? root : parse(file).root],
    path: '.',
  })
  for (const problem of unwritten) log(problem)
  return isFailed(report, inputs.failOn) || unwritten.length > 0 ? 1 : 0
}

function parseCommandLine(args: string[]): { command: Command; path: string; flags: Record<string, string> } {
  const names = (Object.keys(inputDefinitions) as InputName[]).filter(
    (name) => !['mode', 'path'].includes(name),
  )
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  let parsed
  try {
    parsed = parseArgs({ args: args.map(withBooleanValue), options, allowPositionals: true })
  } catch (error) {
    throw new UsageError([(error as Error).message.split('\n')[0] ?? ''])
  }
  const [word, path = '.', extra] = parsed.positionals
  const command = COMMANDS.find((each) => each === word)
  if (!command)
    throw new UsageError([
      word === undefined ? 'no command given' : `unknown command ${JSON.stringify(word)}`,
    ])
  if (extra !== undefined) throw new UsageError([`unexpected argument ${JSON.stringify(extra)}`])
  const flags = parsed.values as Record<string, string>
  for (const [name, variable] of Object.entries(SECRETS))
    if (flags[name] !== undefined)
      throw new UsageError([
        `--${name} would be visible to every user of this machine: set $${variable} instead`,
      ])
  return { command, path, flags }
}

/** `--dry-run` alone means `--dry-run=true`; so do the other inputs that are true or false. */
function withBooleanValue(arg: string, index: number, args: string[]): string {
  const name = arg.startsWith('--') ? arg.slice(2) : ''
  const isBoolean =
    Object.hasOwn(inputDefinitions, name) &&
    /^(true|false)$/.test(inputDefinitions[name as InputName].default)
  return isBoolean && !/^(true|false)$/i.test(args[index + 1] ?? '') ? `${arg}=true` : arg
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

function flagHelp(): string {
  return (Object.keys(inputDefinitions) as InputName[])
    .filter((name) => !['mode', 'path'].includes(name) && !Object.hasOwn(SECRETS, name))
    .map((name) => `  --${name}\n      ${inputDefinitions[name].description}\n`)
    .join('')
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${USAGE}`)
    process.exitCode = 2
  } else {
    process.stderr.write(`unexpected failure: ${messageOf(error)}\n`)
    process.exitCode = 1
  }
}
