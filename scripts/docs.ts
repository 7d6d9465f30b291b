import { format, resolveConfig } from 'prettier'
import { stringify } from 'yaml'
import { z } from 'zod'
import { inputDefinitions } from '../src/action/inputs.js'
import { declarationsSchema } from '../src/declarations/schema.js'
import { outputDefinitions } from '../src/report/outputs.js'

/** What is made from the code, by path: whole files, or parts between two markers. */
const generated: { path: string; render: (current: string) => string }[] = [
  { path: 'action.yml', render: renderAction },
  { path: 'schema/tailchat-plugins.schema.json', render: renderSchema },
  {
    path: 'README.md',
    render: (readme) => replacePart(replacePart(readme, 'inputs', inputTable()), 'outputs', outputTable()),
  },
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
    runs: { using: 'node24', main: 'dist/index.js' },
  }
  return `# Made by \`npm run docs\` from src/action/inputs.ts and src/report/outputs.ts.\n${stringify(action, { lineWidth: 0, singleQuote: true })}`
}

function renderSchema(): string {
  const schema = z.toJSONSchema(declarationsSchema, { target: 'draft-7' })
  return `${JSON.stringify({ ...schema, title: 'tailchat-plugins.yml' }, null, 2)}\n`
}

function inputTable(): string {
  return markdownTable(
    ['Input', 'Default', 'Meaning'],
    Object.entries(inputDefinitions).map(([name, { default: value, description }]) => [
      `\`${name}\``,
      value === '' ? '' : `\`${value}\``,
      description,
    ]),
  )
}

function outputTable(): string {
  return markdownTable(
    ['Output', 'Meaning'],
    Object.entries(outputDefinitions).map(([name, description]) => [`\`${name}\``, description]),
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
