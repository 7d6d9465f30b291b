import { loadTypeScriptParser } from '../../src/formats/typescript.js'
import { findPlugins } from '../../src/declarations/elsewhere/find.js'
import { parseDeclarations } from '../../src/declarations/read.js'
import { baseOfLastStage, readRunInstructions } from '../../src/formats/dockerfile.js'
import { readDockerIgnore } from '../../src/formats/dockerignore.js'
import { parseJson, positionInJson, repeatedKeys } from '../../src/formats/json.js'
import { readShellCommands } from '../../src/formats/shell.js'
import { originalPlace } from '../../src/formats/source-map.js'
import { readYaml, readYamlDocuments } from '../../src/formats/yaml.js'
import { globMatcher } from '../../src/lib/glob.js'
import { mapSlice } from '../../src/lib/mapped-text.js'
import { withoutComments, withoutTemplates } from '../../src/lib/text.js'
import { readBuiltinList } from '../../src/registrations/builtin.js'
import { installListsIn } from '../../src/registrations/install-list.js'
import { readInstallation, readLockfile } from '../../src/registrations/lockfile.js'
import { readCompilerOptions } from '../../src/source/compiler-options.js'
import { mentionedPackages, packageImports, relativeImports } from '../../src/source/imports.js'
import { readLoaderModules } from '../../src/source/loader.js'
import { readHelperFile, readServiceFile } from '../../src/source/service.js'
import { readSharedModules } from '../../src/source/shared-modules.js'
import { environmentOf, secretsIn } from '../../src/source/source-facts.js'
import { imageEnvironment, readComposeFile, readEnvFile } from '../../src/workspace/compose.js'
import { readManifests } from '../../src/workspace/kubernetes.js'
import { readSubmodules } from '../../src/workspace/submodules.js'
import { json, manifest, MINISTAR_CONFIG, service } from './repository.js'

/** Something that reads text of a repository. */
export interface TextReader {
  read: (text: string) => unknown
  /** A sound text of its kind. */
  sample: string
}

const parse = await loadTypeScriptParser()
const at = (path: string) => (text: string) => ({ path, text })
const yaml = `services:
  app: &app
    image: tailchat # the image
    environment: { SERVICEDIR: "services,plugins", <<: *x }
    command: ['pnpm', start:service]
  other:
    <<: *app
    env_file: [docker-compose.env]
---
kind: Deployment
`
const lockfile = `lockfileVersion: '6.0'
overrides:
  got: 11.8.6
importers:
  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0(b@2.0.0)
`
const dockerfile = `# syntax=docker/dockerfile:1
FROM node:20 AS build
ENV A=1 B="two words"
RUN cd server && \\
  pnpm run plugin:install com.acme.a 'com.acme.b'
FROM build
CMD ["node", "dist"]
`
const script = `cd server && pnpm run plugin:install com.acme.a "com.acme.b" $(ls) | tee x; FOO=1 b 'c' > d # e`
const source = `import a, { b as c } from 'axios'
const d = require(\`./e/\${process.env.F}\`) // g
/* h */ export const { I, J = 1 } = process.env
broker.call('user.x', { k: 'l' }); regCustomPanel({ name: "m", render: () => import('./n') })
${service('plugin:com.acme.x')}`

/** Every reader of the rooms formats/, registrations/, source/, declarations/ and workspace/ that takes a text. */
export const READERS: Record<string, TextReader> = {
  JSON: {
    read: (text) => {
      const file = parseJson(at('a.json')(text))
      return [file, repeatedKeys(file), positionInJson(file, ['name']), positionInJson(file, [0, 'url'])]
    },
    sample: json([manifest('com.acme.a')]),
  },
  'the plugins in a source, by its paths': {
    read: (text) => {
      const files = new Map(text.split('\n').map((line, index) => [`${index}${line}`, 1]))
      const content = Buffer.from(json(manifest('com.acme.a')))
      const read = (paths: readonly string[]) =>
        Promise.resolve(new Map(paths.map((path) => [path, content])))
      return findPlugins({ files, others: new Map(), read }, '')
    },
    sample:
      '/web/plugins/com.acme.a/manifest.json\n/com.acme.b/manifest.json\n/com.acme.b/index.ts\n/com.acme.c/x.service.ts\n',
  },
  YAML: { read: (text) => readYaml(text), sample: yaml },
  'documents of YAML': { read: readYamlDocuments, sample: yaml },
  'a Dockerfile': {
    read: (text) => {
      const file = at('Dockerfile')(text)
      return [readRunInstructions(file), baseOfLastStage(file), [...imageEnvironment(file)]]
    },
    sample: dockerfile,
  },
  'a .dockerignore': {
    read: (text) => readDockerIgnore(at('.dockerignore')(text)).keepsOut('server/plugins/a/b.ts'),
    sample: '**/node_modules\n!docs/[a-c]*.json\n/dist\n# x\n',
  },
  'a shell script': { read: (text) => readShellCommands(mapSlice(text, 0, text.length)), sample: script },
  'a source map': {
    read: (text) => originalPlace(text, 1, 1),
    sample: json({ version: 3, sources: ['a.ts'], mappings: 'AAAA;;ACAA,CAAC' }),
  },
  'a glob': {
    read: (text) => globMatcher(text)('server/plugins/a/b.service.js'),
    sample: '**/{a,b}*[c-e]?/!x',
  },
  comments: { read: (text) => [withoutComments(text), withoutTemplates(text)], sample: source },
  'builtin.ts': {
    read: (text) => readBuiltinList(parse, at('builtin.ts')(text)),
    sample: `export const builtinPlugins = _compact([{ name: 'com.acme.a', url: "x" }, cond && { ...b }])`,
  },
  'the install list of package.json': {
    read: (text) => installListsIn(at('package.json')(text)),
    sample: json({ scripts: { 'build:server': script } }),
  },
  'the install list of a Dockerfile': {
    read: (text) => installListsIn(at('Dockerfile')(text)),
    sample: dockerfile,
  },
  'pnpm-lock.yaml': { read: (text) => readLockfile(at('pnpm-lock.yaml')(text)), sample: lockfile },
  'everything that pnpm reads': {
    read: (text) => readInstallation(() => ({ text }), undefined),
    sample: 'packages:\n  - "client/**"\n  - "!x"\noverrides: {}\nnode-linker=hoisted\n',
  },
  'a tsconfig.json': {
    read: (text) => readCompilerOptions((path) => ({ path, text }), false),
    sample: '{ "extends": ["./a", "../b.json"], "compilerOptions": { "target": "es2022" } /* c */ }',
  },
  'imports of a source': {
    read: (text) => [
      packageImports(at('a.ts')(text)),
      mentionedPackages(text),
      relativeImports(at('a.ts')(text)),
    ],
    sample: source,
  },
  'the loader of the client': {
    read: (text) => readLoaderModules(at('loader.ts')(text)),
    sample: `regSharedModule('react', () => import('react'))\n`,
  },
  'the shared modules of the client': {
    read: (text) => readSharedModules(parse, (path) => ({ path, text })).size,
    sample: `export * from './a'\nexport { b, c as d } from './e'\nexport const { f, g: [h] } = i\n`,
  },
  'a service': {
    read: (text) => readServiceFile(parse, at('a.service.ts')(text)),
    sample: service('plugin:com.acme.x').replace(
      'onInit() {',
      "onInit() { if (!process.env.A) return; this.registerAction('a', this.b, { params: { c: 'string' } });",
    ),
  },
  'a helper of a service': { read: (text) => readHelperFile(parse, at('a.ts')(text)), sample: source },
  'environment and secrets': {
    read: (text) => [
      environmentOf({ directory: 'd', kind: 'backend', sources: [at('d/a.ts')(text)] }),
      secretsIn(at('a.ts')(text)),
    ],
    sample: source,
  },
  'the declarations': {
    read: (text) => parseDeclarations(at('tailchat-plugins.yml')(text)),
    sample: `version: 1\nplugins:\n  com.acme.a: { offer: [registry, builtin] }\nrules:\n  manifest/invalid: off\n`,
  },
  'a compose file': {
    read: (text) => readComposeFile(at('compose.yml')(text), () => undefined),
    sample: yaml,
  },
  'an env file': { read: (text) => readEnvFile(at('.env')(text)), sample: 'A=1\nexport B="c # d" # e\n' },
  'Kubernetes manifests': {
    read: (text) => readManifests([at('k8s/a.yml')(text)], new Map()),
    sample: `kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: tailchat\n          env: [{ name: A, value: b }]\n`,
  },
  '.gitmodules': {
    read: (text) => readSubmodules(at('.gitmodules')(text)),
    sample: '[submodule "a"]\n\tpath = server/plugins/a\n\turl = ../a.git\n',
  },
  'a .ministarrc.js': { read: (text) => withoutComments(text), sample: MINISTAR_CONFIG },
}

/** What means something in one of these formats, and is where a reader looks for more. */
export const TOKENS = [
  ...`'"\`\\/*#$!&|;:,.-_@%^~?<>=+()[]{} \t`,
  ...['\n', '\r\n', '\r', '\0', '\u001b[2J', '\u2028', '\u202e', '\uFEFF', '\uD800', '插', '😀'],
  ...[
    '/*',
    '*/',
    '//',
    '${',
    '`${',
    '{{',
    '- ',
    '? ',
    ': ',
    '---\n',
    '\\\n',
    '**/',
    '*a',
    '<<: *a\n',
    '&a ',
    '*a ',
  ],
  ...[
    '__proto__',
    'constructor',
    '"__proto__":{',
    '"a":[',
    '[{',
    '{a: ',
    'import\n',
    "import x from '",
    'export * from',
  ],
  ...[
    'this.registerAction(',
    'process.env',
    'process.env[',
    'class A extends TcService {',
    'get serviceName() {',
  ],
  ...[
    'FROM x\n',
    'RUN a \\\n',
    'plugin:install ',
    'ENV a=',
    '<<EOF\n',
    'importers:\n',
    '  a: b\n',
    '!',
    'a?b:',
    'a=>',
  ],
]
