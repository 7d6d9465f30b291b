import { inputDefinitions, type InputName } from './inputs.js'

/** Every command of the terminal. */
export const COMMANDS = [
  'check',
  'sync',
  'deploy',
  'rollback',
  'status',
  'new',
  'add',
  'remove',
  'update',
  'outdated',
  'init',
  'doctor',
  'explain',
  'help',
] as const
export type Command = (typeof COMMANDS)[number]

const ABOUT: Record<Command, { what: string; usage?: string; examples: string[] }> = {
  check: {
    what: 'read the plugins and say what is wrong',
    examples: [
      'check',
      'check ../tailchat --fail-on warning',
      'check --since main --findings new',
      'check --format json | jq .findings',
    ],
  },
  sync: {
    what: 'also write the registration files',
    examples: ['sync --dry-run', 'sync --fix'],
  },
  deploy: {
    what: 'also build, prove and push the image',
    examples: [
      'deploy --images registry.acme.example/tailchat --push false',
      'deploy --images registry.acme.example/tailchat --tags live --base-image moonrailgun/tailchat:latest',
      'deploy --as node --images registry.acme.example/plugins --tags live --base-image moonrailgun/tailchat',
    ],
  },
  rollback: {
    what: 'move the tags back to an earlier image, after proving it',
    examples: ['rollback --images registry.acme.example/tailchat --tags live'],
  },
  status: {
    what: 'ask the running server what it loads and serves',
    examples: [
      'status --live-url https://chat.acme.example',
      'status --live-url https://chat.acme.example --public-url https://plugins.acme.example',
    ],
  },
  new: {
    what: 'write a new plugin that passes the check, and register it',
    usage: 'new NAME --kind frontend|backend|full-stack [path] [--flag value …]',
    examples: ['new com.acme.theme --kind frontend', 'new com.acme.tickets --kind full-stack --dry-run'],
  },
  add: {
    what: 'take a plugin over from elsewhere, with an entry in tailchat-plugins.lock',
    usage: 'add SOURCE [path] [--plugin NAME] [--flag value …]',
    examples: [
      'add github:acme/tailchat-theme#v1.2.0',
      'add github:acme/plugins#main --plugin com.acme.tickets',
      'add https://git.acme.example/plugins.git#v2:plugins/com.acme.tickets',
      'add npm:@acme/tailchat-tickets@^2',
      'add ../tailchat-theme',
    ],
  },
  remove: {
    what: 'remove a plugin from elsewhere',
    usage: 'remove NAME [path] [--flag value …]',
    examples: ['remove com.acme.tickets'],
  },
  update: {
    what: 'update the plugins from elsewhere, or one of them',
    usage: 'update [NAME] [path] [--flag value …]',
    examples: ['update', 'update com.acme.tickets', 'update --dry-run'],
  },
  outdated: {
    what: 'say which plugins from elsewhere have a newer version',
    examples: ['outdated'],
  },
  init: {
    what: 'write a tailchat-plugins.yml that states what is there today, and a workflow',
    examples: ['init', 'init --dry-run'],
  },
  doctor: {
    what: 'say whether this machine has what a run needs, and how to get it',
    examples: ['doctor', 'doctor --images registry.acme.example/tailchat --base-image moonrailgun/tailchat'],
  },
  explain: {
    what: 'say why a rule matters and how to mend what it finds',
    usage: 'explain RULE',
    examples: ['explain plugin/not-offered'],
  },
  help: { what: 'show this, or the flags of a command', usage: 'help [COMMAND]', examples: ['help deploy'] },
}

/** The flags of each command, grouped by subject; an input that no group names is shown under `Other`. */
const GROUPS: { title: string; commands: Command[]; names: InputName[] }[] = [
  {
    title: 'What a run would have',
    commands: ['doctor'],
    names: [
      'images',
      'base-image',
      'builder',
      'dockerfile',
      'browser',
      'commit',
      'registry',
      'username',
      'password',
      'github-token',
    ],
  },
  {
    title: 'What is checked',
    commands: ['check', 'sync', 'deploy', 'new', 'add', 'remove', 'update', 'outdated'],
    names: ['declarations', 'undeclared', 'fail-on', 'findings'],
  },
  { title: 'What is written', commands: ['init'], names: ['declarations', 'dry-run'] },
  { title: 'What is written', commands: ['new', 'add', 'remove'], names: ['dry-run'] },
  {
    title: 'What is written',
    commands: ['update'],
    names: ['github-token', 'update-group', 'dry-run'],
  },
  { title: 'Login', commands: ['add', 'outdated'], names: ['github-token'] },
  {
    title: 'What is written',
    commands: ['sync', 'deploy'],
    names: ['fix', 'commit', 'commit-message', 'branch', 'github-token', 'dry-run'],
  },
  {
    title: 'How plugins reach users',
    commands: ['deploy'],
    names: ['as', 'public-url', 'bundle-dir', 'source-maps'],
  },
  {
    title: 'Image',
    commands: ['deploy'],
    names: [
      'images',
      'tags',
      'strategy',
      'base-image',
      'app-dir',
      'dockerfile',
      'context',
      'builder',
      'platforms',
      'labels',
      'build-args',
      'build-secrets',
      'annotations',
      'target',
      'ssh',
      'pull',
      'no-cache',
      'network',
      'provenance',
      'sbom',
      'cache-from',
      'cache-to',
      'push',
      'allow-removal',
    ],
  },
  { title: 'Image', commands: ['rollback'], names: ['images', 'tags', 'to', 'app-dir', 'dry-run'] },
  {
    title: 'Container registry',
    commands: ['deploy', 'rollback', 'status'],
    names: ['registry', 'username', 'password'],
  },
  {
    title: 'Proof',
    commands: ['deploy', 'rollback'],
    names: ['verify', 'browser', 'boot-compose-file', 'boot-service', 'boot-timeout'],
  },
  {
    title: 'Server',
    commands: ['status'],
    names: ['live-url', 'live-timeout', 'images', 'tags', 'public-url', 'bundle-dir'],
  },
  {
    title: 'Report',
    commands: ['check', 'sync', 'deploy', 'rollback', 'status', 'new', 'add', 'remove', 'update', 'outdated'],
    names: ['report-file', 'sarif-file'],
  },
]

/** Inputs that are of no use in a terminal, or that a terminal takes in another way. */
const NOT_SHOWN: readonly InputName[] = ['mode', 'path', 'summary', 'comment']

const WIDTH = 80

/** Returns what `help` prints: all commands. */
export function renderHelp(): string {
  return `Checks, registers, builds and proves the plugins of a Tailchat repository.

Usage: tailchat-plugins COMMAND [path] [--flag value …]

${COMMANDS.map((name) => `  ${name.padEnd(10)}${ABOUT[name].what}`).join('\n')}

tailchat-plugins help COMMAND shows its flags and examples; --version the version.
Exit codes: 0 fine, 1 findings or a failed stage, 2 wrong usage.
`
}

/**
 * Returns what `help COMMAND` prints: its flags with their defaults, and examples.
 * @param variables the environment variables that secrets are read from
 */
export function renderCommandHelp(command: Command, variables: Partial<Record<InputName, string>>): string {
  const { what, examples } = ABOUT[command]
  const groups = GROUPS.filter(({ commands }) => commands.includes(command))
  const known = new Set([...GROUPS.flatMap(({ names }) => names), ...NOT_SHOWN])
  const others = (Object.keys(inputDefinitions) as InputName[]).filter((name) => !known.has(name))
  const hasReport = groups.length > 0 && command !== 'init' && command !== 'doctor'
  const all = hasReport ? [...groups, { title: 'Other', names: others }] : groups
  const view = !hasReport
    ? ''
    : `
Change:
  --since REVISION
      Compare with a branch, tag or commit: findings that it has too are old

View:
  --format stylish|json|github
      For people; the report file; workflow commands (default: stylish)
  --quiet
      Leave out what does not fail the run, and progress
  A report file or SARIF file named - is written to standard output.
`
  return `${usageOf(command)}

${what.charAt(0).toUpperCase()}${what.slice(1)}.
${all
  .filter(({ names }) => names.length > 0)
  .map(({ title, names }) => `\n${title}:\n${names.map((name) => flagHelp(name, variables[name])).join('')}`)
  .join('')}${view}
Examples:
${examples.map((example) => `  tailchat-plugins ${example}`).join('\n')}
`
}

/** Returns the line that shows how a command is called. */
export function usageOf(command: Command | undefined): string {
  if (command === undefined) return 'Usage: tailchat-plugins COMMAND [path] [--flag value …]'
  return `Usage: tailchat-plugins ${ABOUT[command].usage ?? `${command} [path] [--flag value …]`}`
}

function flagHelp(name: InputName, variable: string | undefined): string {
  const { description, default: standard } = inputDefinitions[name]
  if (variable !== undefined)
    return `  $${variable} (a variable of the environment)\n${indented(description)}`
  const isSwitch = standard === 'false'
  const shown = standard === '' || isSwitch ? '' : ` (default: ${standard})`
  return `  --${name}${isSwitch ? '' : ` ${placeholderOf(name)}`}\n${indented(description + shown)}`
}

function placeholderOf(name: InputName): string {
  if (name.endsWith('-timeout')) return 'SECONDS'
  if (name.endsWith('file')) return 'FILE'
  const { default: standard } = inputDefinitions[name]
  return standard === 'true' ? 'true|false' : 'VALUE'
}

function indented(text: string): string {
  const lines: string[] = ['     ']
  for (const word of text.split(' ')) {
    const last = lines.length - 1
    if ((lines[last] ?? '').length + 1 + word.length > WIDTH) lines.push(`      ${word}`)
    else lines[last] += ` ${word}`
  }
  return `${lines.join('\n')}\n`
}
