// What each kind of file that a fork may write to hold a check up costs, at a size and at its double, and the factor
// between them: about 2 where the time is linear, less where starting takes most of it. Prints a Markdown table.
//   npm run bench:growth [PART OF A NAME]
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const tool = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url))
const RUNS = Number(process.env.BENCH_RUNS ?? 3)
const LIMIT_SECONDS = 180
const K = 1024

const EVIL = 'com.evil.plugin'
const BACKEND = `server/plugins/${EVIL}`
const FRONTEND = `client/web/plugins/${EVIL}`
const json = (value) => JSON.stringify(value)
const times = (count, each) => Array.from({ length: count }, (_, index) => each(index))
const manifest = (name) => ({
  label: name,
  name,
  url: `/plugins/${name}/index.js`,
  version: '1.0.0',
  author: 'bench',
  description: 'bench',
  requireRestart: true,
})
const frontend = (files = {}) => ({
  [`${FRONTEND}/manifest.json`]: json(manifest(EVIL)),
  [`${FRONTEND}/package.json`]: json({ name: `@plugins/${EVIL}`, main: 'src/index.tsx' }),
  [`${FRONTEND}/src/index.tsx`]: 'export {}\n',
  ...files,
})
const service = (body = '', name = `'plugin:${EVIL}'`) => `import { TcService } from 'tailchat-server-sdk';
class MainService extends TcService {
  get serviceName() { return ${name}; }
  onInit() {
${body}
  }
}
export default MainService;
`
const backend = (files = {}) => ({
  [`${BACKEND}/package.json`]: json({ name: 'tailchat-plugin-evil', private: true }),
  [`${BACKEND}/services/main.service.ts`]: service(),
  ...files,
})
const compose = (lines) => ({
  ...backend(),
  'docker-compose.yml': `services:\n  app:\n    image: tailchat\n    environment:\n      A: 1\n${lines}`,
})
const lockfile = "lockfileVersion: '6.0'\nimporters:\n  .: {}\n"
const check = ['check']
const fix = ['sync', '--fix', '--dry-run']

/** Each gives the files of a repository for a size; `size` is the smaller of the two. */
const INPUTS = {
  'two links of each directory to the next, levels': {
    size: 20,
    files: (size) => backend({ [`${BACKEND}/d${size}/x.ts`]: 'export {}\n' }),
    links: (size) =>
      Object.fromEntries(
        times(size, (level) =>
          ['a', 'b'].map((link) => [`${BACKEND}/d${level}/${link}`, `../d${level + 1}`]),
        ).flat(),
      ),
  },
  'links to one large directory': {
    size: 500,
    files: (size) =>
      backend(Object.fromEntries(times(size, (index) => [`${BACKEND}/all/f${index}.ts`, 'export {}\n']))),
    links: (size) => Object.fromEntries(times(size, (index) => [`${BACKEND}/l${index}`, 'all'])),
  },
  'small files in one plugin': {
    size: 5000,
    files: (size) =>
      backend(Object.fromEntries(times(size, (index) => [`${BACKEND}/lib/f${index}.ts`, 'export {}\n']))),
  },
  'services in one plugin': {
    size: 250,
    files: (size) =>
      backend(
        Object.fromEntries(
          times(size, (index) => [
            `${BACKEND}/services/s${index}.service.ts`,
            service('', `'plugin:${EVIL}.s${index}'`),
          ]),
        ),
      ),
  },
  'packages in one plugin': {
    size: 1000,
    files: (size) =>
      backend(Object.fromEntries(times(size, (index) => [`${BACKEND}/p${index}/package.json`, '{}']))),
  },
  'stars in SERVICES': {
    size: 50_000,
    files: (size) => compose(`      SERVICES: "${'*a'.repeat(size)}b"\n`),
  },
  '`**/` in SERVICES': {
    size: 50_000,
    files: (size) => compose(`      SERVICES: "${'**/'.repeat(size)}b"\n`),
  },
  'globs in SERVICES': {
    size: 10_000,
    files: (size) => compose(`      SERVICES: "${times(size, (index) => `**/*a*${index}`).join(',')}"\n`),
  },
  'globs in pnpm-workspace.yaml': {
    size: 2000,
    files: (size) => ({
      ...backend(),
      'pnpm-lock.yaml': lockfile,
      'pnpm-workspace.yaml': `packages:\n${'  - "**/*a*a*b"\n'.repeat(size)}`,
    }),
  },
  'spaces in a compose file': { size: 512 * K, files: (size) => compose(`      B: x${' '.repeat(size)}y\n`) },
  'spaces in pnpm-workspace.yaml': {
    size: 512 * K,
    files: (size) => ({
      ...backend(),
      'pnpm-lock.yaml': lockfile,
      'pnpm-workspace.yaml': `packages:\n  - x${' '.repeat(size)}y\n`,
    }),
  },
  'line breaks in .npmrc': {
    size: 512 * K,
    files: (size) => ({ ...backend(), 'pnpm-lock.yaml': lockfile, '.npmrc': `${'\n'.repeat(size)}x` }),
  },
  'line breaks in a Dockerfile': {
    size: 512 * K,
    files: (size) => ({ ...backend(), Dockerfile: `${'\n'.repeat(size)}FROM x` }),
  },
  'continued lines in a Dockerfile': {
    size: 256 * K,
    files: (size) => ({ ...backend(), Dockerfile: `FROM x\nRUN a${' \\\n'.repeat(size)}b\n` }),
  },
  'stages in a Dockerfile': {
    size: 20_000,
    files: (size) => ({
      ...backend(),
      Dockerfile: times(size, (index) => `FROM s${index - 1} AS s${index}\n`).join(''),
    }),
  },
  'unclosed comments in .ministarrc.js': {
    size: 256 * K,
    files: (size) =>
      backend({ [`${BACKEND}/.ministarrc.js`]: 'a\n/*'.repeat(size), [`${BACKEND}/web/x`]: '' }),
  },
  '`import` without an end': {
    size: 256 * K,
    files: (size) => backend({ [`${BACKEND}/lib/helper.ts`]: 'import\n'.repeat(size) }),
  },
  'unclosed templates and quotes': {
    size: 100 * K,
    files: (size) => backend({ [`${BACKEND}/lib/helper.ts`]: "import x from 'y'\n'`\"/*\n".repeat(size) }),
  },
  'imports that resolve nowhere': {
    size: 5000,
    files: (size) =>
      backend({
        [`${BACKEND}/lib/helper.ts`]: times(size, (index) => `import './nowhere${index}'\n`).join(''),
      }),
  },
  'registered actions in a service': {
    size: 2000,
    files: (size) =>
      backend({
        [`${BACKEND}/services/main.service.ts`]: service(
          times(size, (index) => `this.registerAction('a${index}', this.b${index});\n`).join(''),
        ),
      }),
  },
  'environment variables of a service': {
    size: 10_000,
    files: (size) =>
      backend({
        [`${BACKEND}/services/main.service.ts`]: service(
          times(size, (index) => `process.env.V${index};\n`).join(''),
        ),
      }),
  },
  'repeated keys in a manifest': {
    size: 50_000,
    files: (size) =>
      frontend({ [`${FRONTEND}/manifest.json`]: `{${'"name":"x",'.repeat(size)}"name":"${EVIL}"}` }),
  },
  'keys in a manifest': {
    size: 50_000,
    files: (size) =>
      frontend({
        [`${FRONTEND}/manifest.json`]: json({
          ...manifest(EVIL),
          ...Object.fromEntries(times(size, (index) => [`label.x${index}`, 'x'])),
        }),
      }),
  },
  'repeated keys in a compose file': { size: 20_000, files: (size) => compose('      B: 1\n'.repeat(size)) },
  'services in a compose file': {
    size: 2000,
    files: (size) => ({
      ...backend(),
      'docker-compose.yml': `services:\n${times(size, (index) => `  s${index}:\n    image: tailchat\n    environment: { SERVICEDIR: "plugins" }\n`).join('')}`,
    }),
  },
  'aliases in a compose file': {
    size: 5000,
    files: (size) => compose(`x: &x [a, a]\ny: [${'*x,'.repeat(size)}*x]\n`),
  },
  'unknown entries in registry.json': {
    size: 10_000,
    files: (size) => ({
      ...frontend(),
      'client/web/registry.json': json(times(size, (index) => manifest(`com.unknown.p${index}`))),
    }),
  },
  'unknown entries in builtin.ts': {
    size: 5000,
    files: (size) => ({
      ...frontend(),
      'client/web/src/plugin/builtin.ts': `export const builtinPlugins = [\n${times(size, (index) => `  ${json(manifest(`com.unknown.p${index}`))},\n`).join('')}];\n`,
    }),
  },
  'names behind plugin:install': {
    size: 10_000,
    files: (size) => ({
      ...frontend(),
      'package.json': json({
        scripts: {
          'build:server': `pnpm run plugin:install ${times(size, (index) => `com.unknown.p${index}`).join(' ')}`,
        },
      }),
    }),
  },
  'unknown rules in the declarations': {
    size: 10_000,
    files: (size) => ({
      ...frontend(),
      'tailchat-plugins.yml': `version: 1\nrules:\n${times(size, (index) => `  manifest/unknown${index}: error\n`).join('')}`,
    }),
  },
  'unknown plugins in the declarations': {
    size: 5000,
    files: (size) => ({
      ...frontend(),
      'tailchat-plugins.yml': `version: 1\nplugins:\n${times(size, (index) => `  com.unknown.p${index}: {}\n`).join('')}`,
    }),
  },
  'lines of .dockerignore': {
    size: 5000,
    files: (size) => ({
      ...frontend(),
      '.dockerignore': times(size, (index) => `**/*a*${index}\n`).join(''),
    }),
  },
  'files that extend each other in tsconfig.json': {
    size: 50_000,
    files: (size) => ({
      ...backend(),
      'server/tsconfig.json': json({ extends: times(size, (index) => `./t${index}`) }),
    }),
  },
  'importers of pnpm-lock.yaml': {
    size: 20_000,
    files: (size) => ({
      ...backend(),
      'pnpm-workspace.yaml': 'packages:\n  - "server/plugins/**"\n',
      'pnpm-lock.yaml': `lockfileVersion: '6.0'\nimporters:\n${times(size, (index) => `  server/plugins/p${index}: {}\n`).join('')}`,
    }),
  },
  'unknown entries in registry.json, to be mended': {
    command: fix,
    size: 5000,
    files: (size) => ({
      ...frontend(),
      'client/web/registry.json': json(times(size, (index) => manifest(`com.unknown.p${index}`))),
    }),
  },
  'unknown entries in builtin.ts, to be mended': {
    command: fix,
    size: 2500,
    files: (size) => ({
      ...frontend(),
      'client/web/src/plugin/builtin.ts': `export const builtinPlugins = [\n${times(size, (index) => `  ${json(manifest(`com.unknown.p${index}`))},\n`).join('')}];\n`,
    }),
  },
  'names behind plugin:install, to be mended': {
    command: fix,
    size: 5000,
    files: (size) => ({
      ...frontend(),
      'package.json': json({
        scripts: {
          'build:server': `pnpm run plugin:install ${times(size, (index) => `com.unknown.p${index}`).join(' ')}`,
        },
      }),
    }),
  },
  'plugins to be offered': {
    command: ['sync', '--dry-run', '--undeclared', 'offer'],
    size: 250,
    files: (size) => ({
      'client/web/registry.json': '[]\n',
      ...Object.fromEntries(
        times(size, (index) => {
          const name = `com.new.p${index}`
          const directory = `client/web/plugins/${name}`
          return [
            [`${directory}/manifest.json`, json(manifest(name))],
            [`${directory}/package.json`, json({ name: `@plugins/${name}`, main: 'src/index.tsx' })],
            [`${directory}/src/index.tsx`, 'export {}\n'],
          ]
        }).flat(),
      ),
    }),
  },
}

const directory = mkdtempSync(join(tmpdir(), 'growth-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))

/** Milliseconds of one run on a repository of that size; the median of some. */
function measure({ files, links = () => ({}), command = check }, size) {
  const root = mkdtempSync(join(directory, 'repository-'))
  const all = {
    'package.json': json({ scripts: { 'build:server': 'pnpm run plugin:install' } }),
    'client/web/registry.json': '[]\n',
    'client/web/src/plugin/builtin.ts': 'export const builtinPlugins = [];\n',
    ...files(size),
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, target] of Object.entries(links(size))) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    symlinkSync(target, join(root, path))
  }
  const taken = times(RUNS, () => {
    const started = process.hrtime.bigint()
    const [name, ...flags] = command
    const { status, signal, stderr } = spawnSync(process.execPath, [tool, name, root, ...flags, '--quiet'], {
      encoding: 'utf8',
      maxBuffer: Infinity,
      timeout: LIMIT_SECONDS * 1000,
    })
    if (signal !== null) return Infinity
    if (status > 1) throw new Error(`${name} ended with ${status}: ${stderr}`)
    return Number(process.hrtime.bigint() - started) / 1e6
  })
  rmSync(root, { recursive: true, force: true })
  return taken.sort((a, b) => a - b)[Math.floor(RUNS / 2)]
}

const shown = (milliseconds) =>
  milliseconds === Infinity ? `> ${LIMIT_SECONDS} s` : `${Math.round(milliseconds).toLocaleString('en')} ms`

console.log('| what | how many | time | twice as many | factor |')
console.log('| --- | --- | --- | --- | --- |')
for (const [name, input] of Object.entries(INPUTS)) {
  if (!name.includes(process.argv[2] ?? '')) continue
  const [once, twice] = [input.size, 2 * input.size].map((size) => measure(input, size))
  console.log(
    `| ${name} | ${input.size.toLocaleString('en')} | ${shown(once)} | ${shown(twice)} | ${(twice / once).toFixed(1)} |`,
  )
}
