// Makes a Tailchat-shaped repository of N plugins: as in the real one, two thirds frontend, the rest full-stack, a
// few backend only; every one registered, so that check reads everything and finds nothing.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export function generateRepository(root, count) {
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const json = (value) => `${JSON.stringify(value, null, 2)}\n`
  const registry = []
  const install = []
  for (let index = 0; index < count; index++) {
    const name = `com.bench.plugin${index}`
    const kind = index % 15 === 14 ? 'backend' : index % 3 === 2 ? 'fullstack' : 'frontend'
    const web =
      kind === 'frontend' ? `client/web/plugins/${name}` : `server/plugins/${name}/web/plugins/${name}`
    if (kind !== 'backend') {
      const manifest = {
        label: `Plugin ${index}`,
        name,
        url: `${kind === 'fullstack' ? '{BACKEND}' : ''}/plugins/${name}/index.js`,
        version: '1.0.0',
        author: 'bench',
        description: `Number ${index} of ${count}`,
        requireRestart: true,
      }
      write(`${web}/manifest.json`, json(manifest))
      write(
        `${web}/package.json`,
        json({ name: `@plugins/${name}`, main: 'src/index.tsx', version: '1.0.0', private: true }),
      )
      write(
        `${web}/src/index.tsx`,
        `import { regCustomPanel } from '@capital/common'\nregCustomPanel({ name: '${name}' })\n`,
      )
      if (kind === 'frontend') registry.push(manifest)
      else install.push(name)
    }
    if (kind === 'frontend') continue
    write(
      `server/plugins/${name}/package.json`,
      json({
        name: `tailchat-plugin-${index}`,
        private: true,
        scripts: { 'build:web': 'ministar buildPlugin all' },
      }),
    )
    write(`server/plugins/${name}/services/main.service.ts`, serviceSource(name))
    if (kind === 'fullstack')
      write(
        `server/plugins/${name}/.ministarrc.js`,
        `const path = require('path')\nmodule.exports = {\n  externalDeps: ['react'],\n  pluginRoot: path.resolve(__dirname, './web'),\n  outDir: path.resolve(__dirname, '../../public'),\n}\n`,
      )
  }
  write('client/web/registry.json', json(registry))
  write('client/web/src/plugin/builtin.ts', 'export const builtinPlugins = [];\n')
  write(
    'package.json',
    json({
      name: 'bench',
      private: true,
      scripts: { 'build:server': `cd server && pnpm run plugin:install ${install.join(' ')}` },
    }),
  )
}

function serviceSource(name) {
  const action = (index) => `  async action${index}(ctx: TcContext<{ id: string }>) {
    const { id } = ctx.params;
    return ctx.call('group.getGroupInfo', { groupId: id });
  }
`
  return `import { TcService, TcContext } from 'tailchat-server-sdk';

class MainService extends TcService {
  get serviceName(): string {
    return 'plugin:${name}';
  }

  onInit() {
${[0, 1, 2, 3].map((index) => `    this.registerAction('action${index}', this.action${index}, { params: { id: 'string' } });`).join('\n')}
  }

${[0, 1, 2, 3].map(action).join('\n')}}

export default MainService;
`
}
