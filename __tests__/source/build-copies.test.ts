import { describe, expect, test } from '@jest/globals'
import { readBuildCopies } from '../../src/source/build-copies.js'
import type { Files } from '../support/files.js'

const copies = (files: Files) =>
  readBuildCopies((path) => {
    const text = files[path]
    return typeof text === 'string' ? { path, text } : undefined
  })
const scripts = (commands: Record<string, string>): string => JSON.stringify({ scripts: commands })
const server = (build: string, more: Files = {}): Files => ({
  'server/package.json': scripts({ build }),
  ...more,
})
const script = (text: string): Files =>
  server('ts-node scripts/build.ts', { 'server/scripts/build.ts': text })

const FILE = 'server/plugins/com.acme.bridge/lib/frame.js'

describe('a file of a plugin counts as copied', () => {
  test.each<[string, Files]>([
    [
      'by cp of its directory',
      server('tsc && cp -r plugins/com.acme.bridge/lib dist/plugins/com.acme.bridge'),
    ],
    ['by cp of all plugins', server('tsc && cp -r ./plugins ./dist')],
    [
      'by cp into dist/plugins, from wherever',
      server('tsc && cp -r ../shared/lib ./dist/plugins/com.acme.bridge'),
    ],
    ['by copyfiles with a pattern', server('tsc && copyfiles "plugins/**/*.js" dist')],
    ['by cpx with a list of endings', server('tsc && cpx "./plugins/**/*.{json,js}" dist')],
    ['by a pattern for the whole server', server('tsc && copyfiles -e "dist/**" "**/*.js" dist')],
    [
      'by a script that runs after the build',
      { 'server/package.json': scripts({ postbuild: 'cp -r plugins dist' }) },
    ],
    [
      'by the build of the root',
      {
        'package.json': scripts({
          'build:server': 'cd server && pnpm build && cp -r plugins/*/lib dist/plugins',
        }),
      },
    ],
    [
      'by fs-extra in the build script',
      script("await fs.copy('./plugins/com.acme.bridge/lib', './dist/lib')"),
    ],
    ['by a path of a template', script('for (const n of names) fs.copySync(`./plugins/${n}/lib`, to(n))')],
    ['by a path that is joined', script("fs.cpSync(path.join('plugins', name, 'lib'), target)")],
    [
      'by a module of the build script',
      {
        ...script("import './copy'\n"),
        'server/scripts/copy.ts':
          "glob('./plugins/*/lib/*').forEach((file) => fs.copyFileSync(file, to(file)))",
      },
    ],
    [
      'by a shell script',
      server('sh scripts/build.sh', { 'server/scripts/build.sh': 'cp -r plugins/com.acme.bridge/lib dist/' }),
    ],
    [
      'by a RUN of the Dockerfile',
      { Dockerfile: 'FROM node\nRUN cd server && cp -r plugins/com.acme.bridge/lib dist/plugins/\n' },
    ],
    [
      'by a RUN with an absolute path',
      { Dockerfile: 'FROM node\nRUN cp -r /app/tailchat/server/plugins/*/lib /srv/\n' },
    ],
    [
      'by a COPY into dist',
      {
        Dockerfile:
          'FROM node\nCOPY server/plugins/com.acme.bridge /app/server/dist/plugins/com.acme.bridge\n',
      },
    ],
  ])('%s', (_title, files) => {
    expect(copies(files)(FILE)).toBe(true)
  })
})

describe('a file of a plugin does not count as copied', () => {
  test.each<[string, Files]>([
    [
      'where nothing copies',
      server('ts-node scripts/build.ts', { 'server/scripts/build.ts': "compile('./plugins')" }),
    ],
    [
      'by a copy of other directories',
      script("fs.copy('./public', './dist/public')\nfs.copy('./locales', './dist/locales')"),
    ],
    ['by links to what is installed', script("fs.copy('a', 'b')\nglob('./plugins/*/node_modules/*')")],
    [
      'by a copy of the bundles',
      server('pnpm plugin:install com.acme.bridge && cp -r ./public/plugins ./dist/public'),
    ],
    ['by a copy of another plugin', server('cp -r plugins/com.acme.other/lib dist/plugins/com.acme.other')],
    ['by a copy of another directory of it', server('cp -r plugins/com.acme.bridge/assets dist/')],
    ['by a pattern for other files', server('copyfiles "plugins/**/*.json" dist')],
    ['by a comment', script("// fs.copy('./plugins', './dist')\nfs.copy('./views', './dist/views')")],
    ['by a script that no build runs', { 'server/package.json': scripts({ dev: 'cp -r plugins dist' }) }],
    [
      'by a COPY of the sources',
      { Dockerfile: 'FROM node\nCOPY server/plugins server/plugins\nRUN cp a b\n' },
    ],
  ])('%s', (_title, files) => {
    expect(copies(files)(FILE)).toBe(false)
  })
})

test('scripts that import each other without end are read only up to a limit', () => {
  let reads = 0
  const asked = readBuildCopies((path) => {
    reads++
    if (path === 'server/package.json') return { path, text: scripts({ build: 'node scripts/a0.js' }) }
    if (!path.startsWith('server/scripts/')) return undefined
    return { path, text: Array.from({ length: 900 }, (_, index) => `import './a${index}.js'`).join('\n') }
  })
  expect(asked(FILE)).toBe(false)
  expect(reads).toBeLessThan(30)
})
