import { posix } from 'node:path'
import { listDirectories, listFileNames, listFiles, type ReadResult } from '../lib/files.js'
import { layout } from '../tailchat/layout.js'
import { type Position, positionAt, type TextFile } from '../lib/text.js'
import { isNull, readYaml, yamlAt, yamlEntries, type YamlNode, yamlText } from '../formats/yaml.js'
import { compiled, loadedIn, type Program } from '../tailchat/service-loader.js'

/** How the repository says that the image is run; only what decides which services load where. */
export interface Deployment {
  files: ComposeFile[]
  /** The env files that the compose files name, and others beside them. */
  envFiles: EnvFile[]
  /** Services of the server itself, as the image has them: `services/core/config.service.js`. */
  serverServices: string[]
  /** The directories of server/, which the build takes to server/dist. */
  serverDirectories: string[]
}

export interface ComposeFile extends TextFile {
  services: ComposeService[]
  /** Other files belong to it (`include`, `extends`, an override file), so what it lacks may be there. */
  isPartial: boolean
  problem?: { message: string; position: Position }
}

/** A service of a compose file that runs the Tailchat image. */
export interface ComposeService {
  name: string
  position: Position
  runs: Program
  serviceDir: Variable
  services: Variable
  transporter: Variable
  /** The names of all variables that compose gives it a value for, or may give one. */
  variables: string[]
}

/** A variable as the container gets it. */
export type Variable =
  | { is: 'known'; value: string; source: ValueSource }
  | { is: 'unset' }
  /** Only known when the stack is started: `${…}`, a variable of the host, an env file that is not committed. */
  | { is: 'unknown'; reason: string }

/** Where a value is written; `start` and `end` take in its quotes. */
export interface ValueSource {
  file: TextFile
  start: number
  end: number
}

export interface EnvFile extends TextFile {
  variables: ReadonlyMap<string, Variable>
}

/** Names that compose looks for, and the ones that people give with -f. */
const COMPOSE_NAME = /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/
const OVERRIDE_NAME = /override/
const ENV_NAME = /(^|[\w.-])\.env$/

/** Images that stand beside Tailchat and read the same env file for a password at most. */
const OTHER_IMAGE =
  /(^|\/)(mongo|redis|valkey|minio|mc|traefik|nginx|caddy|swag|postgres|mysql|mariadb|rabbitmq|nats|etcd|livekit-server|prometheus|grafana|jaeger)[\w.-]*(?=[:/@]|$)/i

/**
 * Reads the compose and env files at the root and below docker/. `undefined` when there is no compose file.
 * @param root absolute path of the repository
 * @param read reads a file of the repository by its path
 */
export async function readDeployment(
  root: string,
  read: (path: string) => ReadResult,
): Promise<Deployment | undefined> {
  const rootFiles = listFileNames(root, '.')
  const below = listFiles(root, layout.docker).files.map((file) => `${layout.docker}/${file}`)
  const candidates = [
    ...rootFiles.filter((name) => COMPOSE_NAME.test(name)),
    ...below.filter((path) => /\.ya?ml$/.test(path)),
  ]
  const textOf = (path: string): TextFile | undefined => {
    const result = read(path)
    return 'text' in result ? { path, text: result.text } : undefined
  }
  const env = new Map<string, EnvFile | undefined>()
  const envOf = (path: string): EnvFile | undefined => {
    if (!env.has(path)) {
      const file = textOf(path)
      env.set(path, file && readEnvFile(file))
    }
    return env.get(path)
  }
  const files: ComposeFile[] = []
  const dockerfile = textOf(layout.dockerfile)
  const imageVariables = new Map(dockerfile && imageEnvironment(dockerfile))
  for (const path of candidates) {
    const file = textOf(path)
    // Other YAML lies about too, such as manifests for Kubernetes; only compose files have services at the top.
    if (file && /^\uFEFF?services\s*:/m.test(file.text))
      files.push(await readComposeFile(file, envOf, imageVariables))
  }
  if (files.length === 0) return undefined
  for (const path of [...rootFiles, ...below]) if (ENV_NAME.test(path)) envOf(path)
  const server = listFiles(root, layout.serverServices).files
  return {
    files,
    envFiles: [...env.values()].filter((file) => file !== undefined),
    serverServices: server
      .filter((file) => loadedIn(file) === 'production')
      .map((file) => compiled(`services/${file}`)),
    serverDirectories: listDirectories(root, layout.server).names,
  }
}

/** Reads a compose file. */
export async function readComposeFile(
  file: TextFile,
  envFile: (path: string) => EnvFile | undefined,
  imageVariables: ReadonlyMap<string, Variable> = new Map(),
): Promise<ComposeFile> {
  const result = await readYaml(file.text)
  if ('problem' in result)
    return {
      ...file,
      services: [],
      isPartial: true,
      problem: { message: result.problem, position: positionAt(file, result.offset) },
    }
  const entries = yamlEntries(yamlAt(result.node, 'services'))
  const described = entries.map(([name, { keyStart, value }]) => ({
    name,
    keyStart,
    value,
    layers: [ownEnvironment(file, value), ...envFilesOf(file, value, envFile), imageVariables],
  }))
  return {
    ...file,
    isPartial:
      OVERRIDE_NAME.test(posix.basename(file.path)) ||
      yamlAt(result.node, 'include') !== undefined ||
      entries.some(
        ([, { value }]) => yamlAt(value, 'extends') || !(yamlAt(value, 'image') ?? yamlAt(value, 'build')),
      ),
    services: described
      .filter(({ value, layers }) => runsTailchat(file, value, layers))
      .map(({ name, keyStart, value, layers }) => ({
        name,
        position: positionAt(file, keyStart),
        runs: programOf(wordsOf(value)),
        serviceDir: lookUp(layers, 'SERVICEDIR'),
        services: lookUp(layers, 'SERVICES'),
        transporter: lookUp(layers, 'TRANSPORTER'),
        variables: variablesOf(layers),
      })),
  }
}

/**
 * A service runs the Tailchat image when the image or its own environment says so, or when it is built from this
 * repository; one with the env file of the others does as well, unless its image is known to be another program.
 */
function runsTailchat(file: TextFile, service: YamlNode, layers: readonly Layer[]): boolean {
  const image = yamlText(yamlAt(service, 'image')) ?? ''
  if (/tailchat/i.test(image)) return true
  const build = yamlAt(service, 'build')
  const context = yamlText(build) ?? yamlText(yamlAt(build, 'context'))
  const ownDockerfile = yamlText(yamlAt(build, 'dockerfile')) ?? layout.dockerfile
  if (context !== undefined && ownDockerfile === layout.dockerfile && isRoot(file, context)) return true
  const [own, ...others] = layers
  const isSet = (layer: Layer | undefined, name: string): boolean =>
    layer !== 'unknown' && layer?.get(name) !== undefined
  if (isSet(own, 'SERVICEDIR') || isSet(own, 'SERVICES')) return true
  // The last layer is the image's, which says nothing of this service.
  return !OTHER_IMAGE.test(image) && others.slice(0, -1).some((layer) => isSet(layer, 'SERVICEDIR'))
}

function isRoot(file: TextFile, context: string): boolean {
  return posix.join(posix.dirname(file.path), context, '.').replace(/\/$/, '') === '.'
}

function wordsOf(service: YamlNode): string[] {
  return ['entrypoint', 'command'].flatMap((key) => {
    const node = yamlAt(service, key)
    if (node?.kind === 'list') return node.items.map((item) => yamlText(item) ?? '')
    return yamlText(node) ?? []
  })
}

/**
 * What a container runs: the image starts the server (Dockerfile, `CMD`) unless the service says otherwise.
 * @param words of the entrypoint and the command that the service sets; none where it leaves both to the image
 */
export function programOf(words: readonly string[]): Program {
  if (words.length === 0) return 'server'
  const line = words.join(' ')
  if (/SERVICE(S|DIR)=|\bsh\b|\$/.test(line)) return 'unknown'
  return /\bstart:service\b|\b(tailchat|moleculer)-runner\b/.test(line) ? 'server' : 'other'
}

/** The variables of one source; `unknown` for an env file that is not there, which may set any of them. */
type Layer = ReadonlyMap<string, Variable> | 'unknown'

/** Compose lets `environment` win over env files, later env files over earlier ones, all of them over the image. */
function lookUp(layers: readonly Layer[], name: string): Variable {
  for (const layer of layers) {
    if (layer === 'unknown') return { is: 'unknown', reason: 'an env file is not in the repository' }
    const found = layer.get(name)
    if (found) return found
  }
  return { is: 'unset' }
}

function variablesOf(layers: readonly Layer[]): string[] {
  const names = layers.flatMap((layer) => (layer === 'unknown' ? [] : [...layer.keys()]))
  return [...new Set(names)].filter((name) => {
    const found = lookUp(layers, name)
    return found.is === 'known' ? found.value !== '' : found.is === 'unknown'
  })
}

function ownEnvironment(file: TextFile, service: YamlNode): Layer {
  const environment = yamlAt(service, 'environment')
  const variables = new Map<string, Variable>()
  const fromHost: Variable = { is: 'unknown', reason: 'the host’s environment sets it' }
  for (const [name, { value }] of yamlEntries(environment)) {
    if (value.kind !== 'scalar') continue
    const source = { file, start: value.start, end: value.end }
    variables.set(name, isNull(value) ? fromHost : variable(value.text, source))
  }
  for (const item of environment?.kind === 'list' ? environment.items : []) {
    if (item.kind !== 'scalar') continue
    const [, name = '', value] = /^([^=]*)(?:=([^]*))?$/.exec(item.text) ?? []
    // The value ends where the item does, before its closing quote.
    const end = item.quoted ? item.end - 1 : item.end
    variables.set(
      name,
      value === undefined ? fromHost : variable(value, { file, start: end - value.length, end }),
    )
  }
  return variables
}

/** `$$` stands for a dollar sign; anything else behind one is filled in when the stack is started. */
function variable(text: string, source: ValueSource): Variable {
  return /\$(?!\$)/.test(text.replaceAll('$$', ''))
    ? { is: 'unknown', reason: `it is ${text}, which is filled in when the stack starts` }
    : { is: 'known', value: text.replaceAll('$$', '$'), source }
}

/** The env files of a service, the one that wins first. */
function envFilesOf(
  file: TextFile,
  service: YamlNode,
  envFile: (path: string) => EnvFile | undefined,
): Layer[] {
  const node = yamlAt(service, 'env_file')
  const items = node?.kind === 'list' ? node.items : node ? [node] : []
  return items
    .map((item): Layer => {
      const path = yamlText(item) ?? yamlText(yamlAt(item, 'path'))
      if (path === undefined || path.includes('$')) return 'unknown'
      // With several -f, paths are relative to the first file: Tailchat's docker/admin.yml names the root's.
      const places = [posix.join(posix.dirname(file.path), path), posix.normalize(path)]
      for (const place of places) {
        const found = place.startsWith('../') ? undefined : envFile(place)
        if (found) return found.variables
      }
      return yamlText(yamlAt(item, 'required')) === 'false' ? new Map() : 'unknown'
    })
    .reverse()
}

/** Reads an env file: `NAME=value` lines, with quotes and comments as compose takes them. */
export function readEnvFile(file: TextFile): EnvFile {
  const variables = new Map<string, Variable>()
  const line = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*('[^'\r\n]*'|"[^"\r\n]*"|[^\r\n]*)/gm
  for (const match of file.text.matchAll(line)) {
    const [whole, name = '', raw = ''] = match
    const start = match.index + whole.length - raw.length
    const quoted = /^(['"])(.*)\1$/.exec(raw)
    const bare = raw.replace(/\s+#.*$/, '').trimEnd()
    const source = { file, start, end: start + (quoted ? raw : bare).length }
    const isLiteral = raw.startsWith("'")
    const text = quoted ? (quoted[2] ?? '') : bare
    variables.set(name, isLiteral ? { is: 'known', value: text, source } : variable(text, source))
  }
  return { ...file, variables }
}

/** What the Dockerfile's last stage sets with ENV, which holds where nothing else is said. */
function* imageEnvironment(dockerfile: TextFile): Iterable<[string, Variable]> {
  const lastStage = Math.max(0, dockerfile.text.search(/^FROM\b(?![^]*^FROM\b)/im))
  const line = /^[ \t]*ENV[ \t]+(SERVICEDIR|SERVICES|TRANSPORTER)[= \t][ \t]*("[^"\r\n]*"|[^\r\n]*)/gim
  for (const match of dockerfile.text.matchAll(line)) {
    if (match.index < lastStage) continue
    const [whole, name = '', raw = ''] = match
    const start = match.index + whole.length - raw.length
    const value = raw.replace(/^"(.*)"$/, '$1').trimEnd()
    yield [name, variable(value, { file: dockerfile, start, end: start + raw.length })]
  }
}
