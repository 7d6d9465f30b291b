import { canonicalUrl, layout, type PluginKind } from '../tailchat/layout.js'

/** What has to be known of a new plugin to write its files. */
export interface NewPlugin {
  name: string
  kind: PluginKind
  /** Whether the repository holds plugins only, and no Tailchat. */
  pluginsOnly: boolean
}

/** The directory that a new plugin gets, from the root of the repository. */
export function directoryOfNew({ name, kind, pluginsOnly }: NewPlugin): string {
  if (pluginsOnly) return `${layout.ownPlugins}/${name}`
  return `${kind === 'frontend' ? layout.frontendPlugins : layout.serverPlugins}/${name}`
}

/**
 * Returns the files of a new plugin that does just enough to show that it works: path from the root of the repository →
 * text. It has no dependencies, so that the lockfile of a Tailchat stays as it is: `build:web` finds mini-star since
 * Tailchat's server has it (server/package.json), and services find the SDK there too.
 */
export function filesOfNew(plugin: NewPlugin): Map<string, string> {
  const { name, kind, pluginsOnly } = plugin
  const files = {
    ...(kind !== 'frontend' && serverFiles(name, { hasWeb: kind === 'fullstack', pluginsOnly })),
    ...(kind === 'frontend' && webFiles(name, kind)),
    ...(kind === 'fullstack' && below(`web/plugins/${name}`, webFiles(name, kind))),
  }
  return new Map(Object.entries(below(directoryOfNew(plugin), files)))
}

function webFiles(name: string, kind: 'frontend' | 'fullstack'): Record<string, string> {
  const { label, author } = wordsOf(name)
  return {
    'manifest.json': json({
      label,
      name,
      url: canonicalUrl(kind, name),
      version: '1.0.0',
      author,
      description: `${label} for Tailchat`,
      requireRestart: true,
    }),
    'package.json': json({
      name: `@plugins/${name}`,
      version: '1.0.0',
      private: true,
      main: 'src/index.tsx',
    }),
    'src/index.tsx': kind === 'frontend' ? frontendSource(name) : fullstackSource(name),
  }
}

function serverFiles(
  name: string,
  { hasWeb, pluginsOnly }: { hasWeb: boolean; pluginsOnly: boolean },
): Record<string, string> {
  const { last } = wordsOf(name)
  return {
    'package.json': json({
      name: `tailchat-plugin-${last.toLowerCase()}`,
      version: '1.0.0',
      private: true,
      main: 'index.js',
      ...(hasWeb && { scripts: { 'build:web': 'ministar buildPlugin all' } }),
      // It comes with the image; in a Tailchat repository it would have to be entered in the lockfile as well.
      ...(pluginsOnly && { dependencies: { 'tailchat-server-sdk': '*' } }),
    }),
    [`services/${last}.service.ts`]: serviceSource(name),
    ...(hasWeb && { '.ministarrc.js': MINISTAR_CONFIG }),
  }
}

const MINISTAR_CONFIG = `const path = require('path');

module.exports = {
  // What the web client shares with plugins: it is not bundled.
  externalDeps: ['react'],
  pluginRoot: path.resolve(__dirname, './web'),
  outDir: path.resolve(__dirname, '../../public'),
};
`

function frontendSource(name: string): string {
  const { label } = wordsOf(name)
  return `import { showToasts } from '@capital/common';

// This runs once, when the web client loads the plugin.
console.log('Plugin ${label} (${name}) is loaded');

export function sayHello() {
  showToasts('Hello from ${label}');
}
`
}

function fullstackSource(name: string): string {
  const { label } = wordsOf(name)
  return `import { createPluginRequest, showToasts } from '@capital/common';

const { post } = createPluginRequest('${name}');

// This runs once, when the web client loads the plugin.
console.log('Plugin ${label} (${name}) is loaded');

/** Calls the action of the plugin's service. */
export async function greet(name: string) {
  const { data } = await post('greet', { name });
  showToasts(data);
}
`
}

function serviceSource(name: string): string {
  const { label, last } = wordsOf(name)
  const className = `${label.replace(/[^A-Za-z0-9]/g, '').replace(/^(?=\d)/, 'Plugin')}Service`
  return `import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';

/**
 * ${label}
 */
class ${className} extends TcService {
  get serviceName() {
    return 'plugin:${name}';
  }

  onInit() {
    this.registerAction('greet', this.greet, {
      params: {
        name: 'string',
      },
    });
  }

  /** Every user who is logged in can call it. */
  greet(ctx: TcContext<{ name: string }>) {
    return \`Hello \${ctx.params.name}, this is ${last}\`;
  }
}

export default ${className};
`
}

/** `com.acme.group-notes`: its last part, a label for people made from that, and the name of its author. */
function wordsOf(name: string): { last: string; label: string; author: string } {
  const parts = name.split('.')
  const last = parts.at(-1) ?? name
  const label = last
    .split(/[_-]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
  return { last, label, author: parts.at(-2) ?? last }
}

function below(directory: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]))
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
