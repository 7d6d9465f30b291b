import { parseArgs } from 'node:util'
import { PLUGIN_NAME, type PluginKind } from '../tailchat/layout.js'
import { nearest } from '../lib/nearest.js'
import { COMMANDS, type Command } from './help.js'
import { inputDefinitions, type InputName, UsageError } from './inputs.js'

/** Secrets are read from the environment: arguments can be seen by every user of a machine. */
export const SECRETS: Partial<Record<InputName, string>> = {
  password: 'TAILCHAT_PLUGINS_PASSWORD',
  'github-token': 'GITHUB_TOKEN',
}

const FORMATS = ['stylish', 'json', 'github'] as const

/** A command line as it was understood. */
export type CommandLine =
  | { command: 'version' }
  | { command: 'help'; topic?: Command }
  | { command: 'explain'; rule: string }
  | {
      command: Exclude<Command, 'explain' | 'help'>
      path: string
      /** The source that `add` names, or the plugin of `remove` and `update`; empty: none. */
      subject: string
      /** Which plugin of a source. */
      plugin: string
      /** Of a new plugin. */
      kind?: PluginKind
      /** Inputs as they were given. */
      flags: Record<string, string>
      format: (typeof FORMATS)[number]
      quiet: boolean
      /** What to compare with. */
      since?: string
    }

/** Options of the terminal only: the action has no such inputs. */
const VIEW_OPTIONS = {
  plugin: { type: 'string' },
  kind: { type: 'string' },
  since: { type: 'string' },
  format: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/**
 * Reads the arguments of the terminal's command.
 * @throws {UsageError} when they can't be understood
 */
export function parseCommandLine(args: string[]): CommandLine {
  const { values, positionals } = parsed(args)
  const [word, ...rest] = positionals
  if (values['version'] === true) return { command: 'version' }
  if (word === undefined && values['help'] !== true) throw new UsageError(['no command given'])
  const command = word === undefined ? 'help' : commandOf(word)
  if (values['help'] === true && command !== 'help') return { command: 'help', topic: command }
  const subject = takeSubject(command, rest)
  const [argument, extra] = rest
  if (extra !== undefined) throw new UsageError([`unexpected argument ${JSON.stringify(extra)}`])
  if (command === 'help') return { command, ...(argument !== undefined && { topic: commandOf(argument) }) }
  if (command === 'explain') {
    if (argument === undefined)
      throw new UsageError(['explain needs the name of a rule, such as plugin/not-offered'])
    return { command, rule: argument }
  }
  const { format: asked = 'stylish', quiet, plugin = '', kind: named, since, ...flags } = values
  if (plugin !== '' && command !== 'add') throw new UsageError([`${command} does not take --plugin`])
  if (named !== undefined && command !== 'new') throw new UsageError([`${command} does not take --kind`])
  const kind = command === 'new' ? kindOf(subject, named) : undefined
  const format = FORMATS.find((each) => each === asked)
  if (format === undefined)
    throw new UsageError([`--format: found ${JSON.stringify(asked)}; allowed: ${FORMATS.join(', ')}`])
  return {
    command,
    path: argument ?? '.',
    subject,
    plugin: String(plugin),
    ...(kind !== undefined && { kind }),
    flags: flags as Record<string, string>,
    format,
    quiet: quiet === true,
    ...(typeof since === 'string' && { since }),
  }
}

const KINDS: Readonly<Record<string, PluginKind>> = {
  frontend: 'frontend',
  backend: 'backend',
  'full-stack': 'fullstack',
  fullstack: 'fullstack',
}

/** Returns the kind of a new plugin, and makes sure that Tailchat can use its name. */
function kindOf(name: string, kind: string | boolean | undefined): PluginKind {
  const known = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  const problems = [
    ...(PLUGIN_NAME.test(name)
      ? []
      : [
          `${JSON.stringify(name)} can't be the name of a plugin: it is made of two parts or more, such as com.acme.theme, of letters, digits, - and _`,
        ]),
    ...(known === undefined
      ? [
          `--kind: ${kind === undefined ? 'none given' : `found ${JSON.stringify(kind)}`}; frontend (runs in the browser), backend (services on the server) or full-stack (both)`,
        ]
      : []),
  ]
  if (problems.length > 0 || known === undefined) throw new UsageError(problems)
  return known
}

/** Takes what a command names out of its arguments; what looks like a path is the path. */
function takeSubject(command: Command, rest: string[]): string {
  if (command === 'new' || command === 'add' || command === 'remove') {
    const subject = rest.shift()
    if (subject !== undefined) return subject
    const what =
      command === 'add'
        ? 'a source, such as github:acme/tailchat-theme#v1.2.0'
        : 'the name of a plugin, such as com.acme.theme'
    throw new UsageError([`${command} needs ${what}`])
  }
  return command === 'update' && rest[0] !== undefined && /^[^./\\][^/\\]*$/.test(rest[0])
    ? (rest.shift() ?? '')
    : ''
}

function parsed(args: string[]): { values: Record<string, string | boolean>; positionals: string[] } {
  const names = (Object.keys(inputDefinitions) as InputName[]).filter(
    (name) => !['mode', 'path'].includes(name),
  )
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  // First of all: the message about a missing value would name the flag as if it could be used.
  for (const [name, variable] of Object.entries(SECRETS))
    if (args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)))
      throw new UsageError([
        `--${name} would be visible to every user of this machine: set $${variable} instead`,
      ])
  try {
    const { values, positionals } = parseArgs({
      args: args.map(withBooleanValue),
      options: { ...options, ...VIEW_OPTIONS },
      allowPositionals: true,
    })
    return { values, positionals }
  } catch (error) {
    const unknown = args.find((arg) => /^--[^=]/.test(arg) && !isKnown(nameOf(arg)))
    if (unknown === undefined) throw new UsageError([(error as Error).message.split('\n')[0] ?? ''])
    const name = nameOf(unknown)
    if (name === 'path') throw new UsageError(['--path is not a flag: write the path after the command'])
    const meant = nearest(name, [...names, ...Object.keys(VIEW_OPTIONS)])
    throw new UsageError([`unknown flag --${name}${meant === undefined ? '' : `: did you mean --${meant}?`}`])
  }

  function isKnown(name: string): boolean {
    return Object.hasOwn(options, name) || Object.hasOwn(VIEW_OPTIONS, name)
  }
}

/** Returns the flag's name: `report-file` for `--report-file=a.json`. */
function nameOf(arg: string): string {
  return arg.slice(2).split('=', 1)[0] ?? ''
}

function commandOf(word: string): Command {
  const command = COMMANDS.find((each) => each === word)
  if (command !== undefined) return command
  const meant = nearest(word, COMMANDS)
  throw new UsageError([
    `unknown command ${JSON.stringify(word)}${meant === undefined ? '' : `: did you mean ${meant}?`}`,
  ])
}

/** Returns `--dry-run=true` for `--dry-run` alone, and the same for every other boolean input. */
function withBooleanValue(arg: string, index: number, args: string[]): string {
  const name = arg.startsWith('--') ? arg.slice(2) : ''
  return isBoolean(name) && !/^(true|false)$/i.test(args[index + 1] ?? '') ? `${arg}=true` : arg
}

function isBoolean(name: string): boolean {
  return (
    Object.hasOwn(inputDefinitions, name) &&
    /^(true|false)$/.test(inputDefinitions[name as InputName].default)
  )
}

/** Rewrites a mistake in an input for the terminal: `--images`, `$GITHUB_TOKEN`, and the command instead of the mode. */
export function inWordsOfTerminal(problem: string): string {
  const names = Object.keys(inputDefinitions)
  const flag = (name: string): string => {
    const secret = SECRETS[name as InputName]
    return secret === undefined ? `--${name}` : `$${secret}`
  }
  const end = problem.indexOf(': ')
  const head = problem
    .slice(0, Math.max(end, 0))
    .replace(/[\w-]+/g, (word) => (names.includes(word) ? flag(word) : word))
  const rest = problem
    .slice(Math.max(end, 0))
    .replace(
      /"(?:[^"\\]|\\.)*"|\bmode (\w+)|[\w-]+(: )?/g,
      (found: string, mode?: string, colon?: string) => {
        if (found.startsWith('"')) return found
        if (mode !== undefined) return mode
        const name = colon === undefined ? found : found.slice(0, -2)
        if (!names.includes(name) || (colon === undefined && !name.includes('-'))) return found
        return flag(name) + (colon === undefined ? '' : ' ')
      },
    )
  return head + rest
}

/** Inputs with a hyphen mean nothing else in a sentence; of the others, only the ones behind a verb do. */
const IN_SENTENCES = new RegExp(
  [
    '"(?:[^"\\\\]|\\\\.)*"',
    '\\bset path to(?: its root)?(?![\\w-])',
    '`to`',
    '(?<![\\w./-])mode: (\\w+)',
    // A stage has the name of an input, and is none: "failed in stage strategy: no plugin …".
    '(?<![\\w./-]|\\bin stage )(as|commit|findings|strategy|verify|browser|fix): ([a-z][a-z-]*)',
    `(?<![\\w./$-])(${Object.keys(inputDefinitions)
      .filter((name) => name.includes('-'))
      .join('|')})(: |(?![\\w./-]))`,
    '\\b(set|give|Set|leave)( \\`?)(images|tags|platforms|push)( and (tags))?(?![\\w./:-])',
  ].join('|'),
  'g',
)

/** Returns a sentence of a report with the inputs that it names as the flags of the terminal. */
export function sentenceInFlags(sentence: string): string {
  const flag = (name: string): string => {
    const secret = SECRETS[name as InputName]
    return secret === undefined ? `--${name}` : `$${secret}`
  }
  return sentence.replace(IN_SENTENCES, (found: string, ...groups: (string | undefined)[]) => {
    const [mode, choice, value, hyphenated, end, verb, space, name, , second] = groups
    if (found === 'set path to its root') return 'give the path to its root'
    if (found === '`to`') return '`--to`'
    if (found === 'set path to') return 'give the path'
    if (mode !== undefined) return mode
    if (choice !== undefined) return `--${choice} ${value}`
    if (hyphenated !== undefined) return flag(hyphenated) + (end === ': ' ? ' ' : '')
    if (verb === undefined || name === undefined) return found
    return `${verb}${space}${flag(name)}${second === undefined ? '' : ` and ${flag(second)}`}`
  })
}
