import { rmSync } from 'node:fs'
import { readEvent } from '../../src/inputs/event.js'
import { type InputName, parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report, ReportedFinding } from '../../src/report/report.js'
import { type Files, temporaryDirectory, writeFiles } from './files.js'

export type { Files }

/** What `registrations` writes; every list is empty unless it is given. */
export interface Registrations {
  /** Names, each with the entry of a sound frontend plugin; or whole entries. */
  registry?: (string | object)[]
  /** Names, each with the entry of a sound plugin; a text that is no reverse domain stands in the array as it is. */
  builtin?: string[]
  install?: string[]
}

/** A .ministarrc.js as Tailchat's full-stack plugins have it. */
export const MINISTAR_CONFIG = `const path = require('path')

module.exports = {
  externalDeps: ['react'],
  pluginRoot: path.resolve(__dirname, './web'),
  outDir: path.resolve(__dirname, '../../public'),
}
`

/** Makes a repository in a directory of its own, hands it to `work`, and removes it whatever happens. */
export async function withRepository<T>(
  files: Files,
  work: (root: string) => T | Promise<T>,
): Promise<Awaited<T>> {
  const root = temporaryDirectory('tailchat-repository')
  try {
    writeFiles(root, files)
    return await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Checks a repository as `mode: check` does. A file `tailchat-plugins.yml` among `files` is its declarations. */
export async function check(files: Files, inputs: Partial<Record<InputName, string>> = {}): Promise<Report> {
  return withRepository({ ...registrations({}), ...files }, async (root) => {
    const event = readEvent({})
    const log = (): void => undefined
    const report = await runPipeline(
      parseInputs((name) => inputs[name] ?? ''),
      { root, event, rulesUrl: 'docs/rules.md', log },
    )
    if (report.failure) throw new Error(`${report.failure.stage}: ${report.failure.message}`)
    return report
  })
}

/** The findings of `check`. */
export async function findingsOf(
  files: Files,
  inputs: Partial<Record<InputName, string>> = {},
): Promise<ReportedFinding[]> {
  return (await check(files, inputs)).findings
}

/** A sound frontend plugin; `overrides` are relative to its directory. It is registered nowhere. */
export function frontendPlugin(name: string, overrides: Files = {}): Files {
  return below(`client/web/plugins/${name}`, { ...webFiles(name, 'frontend'), ...overrides })
}

/** A sound full-stack plugin with the service `plugin:NAME`; `overrides` are relative to its directory. */
export function fullstackPlugin(name: string, overrides: Files = {}): Files {
  return below(`server/plugins/${name}`, {
    'package.json': json({
      name: `tailchat-plugin-${lastPart(name)}`,
      private: true,
      scripts: { 'build:web': 'ministar buildPlugin all' },
    }),
    '.ministarrc.js': MINISTAR_CONFIG,
    'services/main.service.ts': service(`plugin:${name}`),
    ...below(`web/plugins/${name}`, webFiles(name, 'fullstack')),
    ...overrides,
  })
}

/** A sound backend plugin with the service `plugin:NAME`; `overrides` are relative to its directory. */
export function backendPlugin(name: string, overrides: Files = {}): Files {
  return below(`server/plugins/${name}`, {
    'package.json': json({ name: `tailchat-plugin-${lastPart(name)}`, private: true }),
    'services/main.service.ts': service(`plugin:${name}`),
    ...overrides,
  })
}

/** The three registration files. */
export function registrations({ registry = [], builtin = [], install = [] }: Registrations): Files {
  const elements = builtin.map((item) => (isName(item) ? JSON.stringify(manifest(item)) : item))
  return {
    'client/web/registry.json': json(
      registry.map((item) => (typeof item === 'string' ? manifest(item) : item)),
    ),
    'client/web/src/plugin/builtin.ts': `export const builtinPlugins = _compact([\n${elements.map((item) => `  ${item},\n`).join('')}])\n`,
    'package.json': json({
      name: 'tailchat',
      scripts: { 'build:server': ['cd server && pnpm run plugin:install', ...install].join(' ') },
    }),
  }
}

/** A manifest with nothing wrong in it. */
export function manifest(name: string, kind: 'frontend' | 'fullstack' = 'frontend'): Record<string, unknown> {
  return {
    label: lastPart(name),
    name,
    url: `${kind === 'fullstack' ? '{BACKEND}' : ''}/plugins/${name}/index.js`,
    version: '1.0.0',
    author: 'example',
    description: 'For a test',
    requireRestart: true,
  }
}

/** A service file as Tailchat's plugins have it. `serviceName` stands in line 4, column 12. */
export function service(serviceName: string): string {
  return `import { TcService } from 'tailchat-server-sdk'
class Main extends TcService {
  get serviceName() {
    return '${serviceName}'
  }
  onInit() {}
}
export default Main
`
}

/** Text as the repository's JSON files have it: indented by two, one property a line. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2) + '\n'
}

/** The same files, further down. */
export function below(directory: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]))
}

function webFiles(name: string, kind: 'frontend' | 'fullstack'): Files {
  return {
    'manifest.json': json(manifest(name, kind)),
    'package.json': json({ name: `@plugins/${name}`, main: 'src/index.tsx', private: true }),
    'src/index.tsx': 'export {}\n',
  }
}

function isName(text: string): boolean {
  return /^\w+(\.[\w-]+)+$/.test(text)
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
