import { format, resolveConfig } from 'prettier'
import { stringify } from 'yaml'
import { z } from 'zod'
import { inputDefinitions, type InputName } from '../src/inputs/inputs.js'
import { declarationsSchema } from '../src/declarations/schema.js'
import { lockSchema } from '../src/declarations/elsewhere/lock-schema.js'
import { catalogue } from '../src/rules/catalogue.js'
import type { RuleInfo } from '../src/rules/types.js'
import { POLICY } from '../src/publish/faults.js'
import { outputDefinitions } from '../src/report/outputs.js'

/** What is made from the code, by path: whole files, or parts between two markers. */
const generated: { path: string; render: (current: string) => string }[] = [
  { path: 'action.yml', render: renderAction },
  { path: 'schema/tailchat-plugins.schema.json', render: renderSchema },
  { path: 'schema/tailchat-plugins-lock.schema.json', render: renderLockSchema },
  { path: 'docs/rules.md', render: renderRules },
  { path: 'docs/publishing.md', render: (document) => replacePart(document, 'failures', failureTable()) },
  { path: 'docs/inputs.md', render: renderInputs },
  { path: 'README.md', render: (readme) => replacePart(readme, 'inputs', inputTable(FIRST_INPUTS)) },
]

export const generatedPaths = generated.map(({ path }) => path)

/**
 * The text that a generated file should have, formatted as the rest of the repository.
 * @param current the text it has: what stands outside of the generated parts is kept
 */
export async function renderGenerated(path: string, current: string): Promise<string> {
  const file = generated.find((each) => each.path === path)
  if (!file) throw new Error(`${path} is not generated`)
  return format(file.render(current), { ...(await resolveConfig(path)), filepath: path })
}

function renderAction(): string {
  const action = {
    name: 'Tailchat Plugin Deploy',
    description: 'Checks, registers, builds and proves the plugins of a Tailchat repository',
    author: 'The tailchat-plugin-deploy contributors',
    branding: { icon: 'package', color: 'blue' },
    inputs: Object.fromEntries(
      Object.entries(inputDefinitions).map(([name, definition]) => {
        const { description, default: value } = definition
        // With a default of its own GitHub would hide whether the workflow names the file, and so whether it must exist.
        const explicit = name === 'declarations'
        return [
          name,
          {
            description: explicit ? `${description} (default: ${value})` : description,
            required: false,
            ...(!explicit && { default: value }),
          },
        ]
      }),
    ),
    outputs: Object.fromEntries(
      Object.entries(outputDefinitions).map(([name, description]) => [name, { description }]),
    ),
    // The same file: it knows by the step's state that it runs a second time, to clean up.
    runs: { using: 'node24', main: 'dist/index.js', post: 'dist/index.js' },
  }
  return `# Made by \`npm run docs\` from src/inputs/inputs.ts and src/report/outputs.ts.\n${stringify(action, { lineWidth: 0, singleQuote: true })}`
}

function renderSchema(): string {
  const schema = z.toJSONSchema(declarationsSchema, { target: 'draft-7' })
  return `${JSON.stringify({ ...schema, title: 'tailchat-plugins.yml' }, null, 2)}\n`
}

function renderLockSchema(): string {
  const schema = z.toJSONSchema(lockSchema, { target: 'draft-7' })
  return `${JSON.stringify({ ...schema, title: 'tailchat-plugins.lock' }, null, 2)}\n`
}

const RULES_HEAD = `<!-- Made by \`npm run docs\` from src/rules/. -->

# Rules

What \`check\` looks for. Each rule's severity can be changed in \`tailchat-plugins.yml\`:

\`\`\`yaml
rules:
  plugin/not-offered: off # off | notice | warning | error
\`\`\`

One finding can be accepted, with a reason: for a plugin in \`tailchat-plugins.yml\`,

\`\`\`yaml
plugins:
  com.acme.tickets:
    accept:
      plugin/not-offered: installed by our desktop client
\`\`\`

or by a comment on the line, or on the line above it, where the file can hold one:

\`\`\`ts
// tailchat-plugins-accept service/name-mismatch: an old client calls it by this name
\`\`\`

A rule marked *fixable* is mended by \`sync\` with \`fix: true\` wherever there is one right answer.
`

function renderRules(): string {
  const moments: [string, readonly RuleInfo[]][] = [
    ['Before anything is built', [...catalogue.repository, ...catalogue.plan, ...catalogue.lockfile]],
    ['In a pull request, compared with its base', catalogue.privileges],
    ['In the built image', [...catalogue.proof, ...catalogue.image]],
    ['In the browser', catalogue.browser],
    ['In the running stack', catalogue.boot],
    ['On the live server', catalogue.live],
    ['In bundles for a static host', catalogue.bundle],
    ['On other hosts', catalogue.hosted],
  ]
  return [
    RULES_HEAD,
    ...moments.flatMap(([title, rules]) => [`## ${title}`, '', ...rules.flatMap(renderRule)]),
  ].join('\n')
}

function renderRule(rule: RuleInfo): string[] {
  return [
    `### ${rule.id}`,
    '',
    `${rule.title}. Severity: ${rule.severity}.`,
    '',
    `**Why it matters:** ${rule.why}`,
    '',
    `**To mend it:** ${rule.mend}`,
    '',
    '```text',
    'wrong',
    ...indented(rule.bad),
    'right',
    ...indented(rule.good),
    '```',
    '',
  ]
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`.trimEnd())
}

/** The inputs that a first reader needs, each in a few words. */
const FIRST_INPUTS = {
  mode: '`check`, `sync`, `deploy`, `rollback`, `status` or `update`',
  path: 'the Tailchat checkout',
  declarations: 'the file that says what is wanted',
  'fail-on': 'lowest severity that fails the step',
  findings: '`new`: on a pull request, only what it brings can fail',
  commit: '`push` or `pull-request`: where the edits go',
  images: 'image names, for `deploy`',
  'base-image': 'an image to put only the plugins on',
  verify: 'how the image is proven: `load` or `boot`',
  comment: '`true` or `review`: a comment on the pull request',
} as const satisfies Partial<Record<InputName, string>>

function inputTable(meanings: Record<string, string>): string {
  return markdownTable(
    ['Input', 'Default', 'Meaning'],
    Object.entries(meanings).map(([name, meaning]) => {
      const { default: value } = inputDefinitions[name as InputName]
      return [`\`${name}\``, value === '' ? '' : `\`${value}\``, meaning]
    }),
  )
}

function renderInputs(): string {
  const all = Object.entries(inputDefinitions).map(([name, { description }]) => [name, description])
  return `<!-- Made by \`npm run docs\` from src/inputs/inputs.ts and src/report/outputs.ts. -->

# Inputs and outputs

## Inputs

Lists take one item a line or commas; \`key=value\` items take one a line, since their commas belong to them. A line that
starts with \`#\` is a comment. An empty value is the same as none.

<!-- inputs: generated -->

${inputTable(Object.fromEntries(all) as Record<string, string>)}

<!-- inputs: end -->

## Outputs

Each is set on failure too, with what is known by then.

<!-- outputs: generated -->

${outputTable()}

<!-- outputs: end -->
`
}

function outputTable(): string {
  return markdownTable(
    ['Output', 'Meaning'],
    Object.entries(outputDefinitions).map(([name, description]) => [`\`${name}\``, description]),
  )
}

function failureTable(): string {
  return markdownTable(
    ['What GitHub answers', 'Tried again', 'What the message tells you'],
    Object.values(POLICY).map(({ shows, retried, advice = 'what GitHub says' }) => [
      shows,
      retried ? 'yes' : 'no',
      advice,
    ]),
  )
}

function markdownTable(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** @throws when the document does not have the two markers */
function replacePart(document: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}: generated -->`, `<!-- ${name}: end -->`]
  const from = document.indexOf(start)
  const to = document.indexOf(end)
  if (from === -1 || to < from) throw new Error(`the document has no part between ${start} and ${end}`)
  return `${document.slice(0, from + start.length)}\n\n${content}\n\n${document.slice(to)}`
}
