import { posix } from 'node:path'
import { layout } from '../tailchat/layout.js'
import { positionAt, type TextFile, withoutTrailingComment } from '../lib/text.js'
import { isNull, readYaml, yamlAt, yamlEntries, type YamlNode, yamlText } from '../formats/yaml.js'
import {
  deployedService,
  type DeploymentFile,
  type EnvFile,
  imageOf,
  isTailchatImage,
  isUsualPlace,
  type Layer,
  type Mount,
  variable,
  type Variable,
} from './container.js'

const OVERRIDE_NAME = /override/

/** Images of services next to Tailchat, which read its env file for a password at most. */
const OTHER_IMAGE =
  /(^|\/)(mongo|redis|valkey|minio|mc|traefik|nginx|caddy|swag|postgres|mysql|mariadb|rabbitmq|nats|etcd|livekit-server|prometheus|grafana|jaeger)[\w.-]*(?=[:/@]|$)/i

/** Reads a compose file. */
export async function readComposeFile(
  file: TextFile,
  envFile: (path: string) => EnvFile | undefined,
  imageVariables: ReadonlyMap<string, Variable> = new Map(),
): Promise<DeploymentFile> {
  const result = await readYaml(file.text)
  const compose = { ...file, kind: 'compose' as const, stack: file.path }
  if ('problem' in result)
    return {
      ...compose,
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
    ...compose,
    isPartial:
      OVERRIDE_NAME.test(posix.basename(file.path)) ||
      yamlAt(result.node, 'include') !== undefined ||
      entries.some(
        ([, { value }]) => yamlAt(value, 'extends') || !(yamlAt(value, 'image') ?? yamlAt(value, 'build')),
      ),
    services: described
      .filter(({ value, layers }) => runsTailchat(file, value, layers))
      .map(({ name, keyStart, value, layers }) =>
        deployedService({
          name,
          position: positionAt(file, keyStart),
          words: wordsOf(value),
          layers,
          image: imageOf(file, value),
          mounts: mountsOf(file, value),
        }),
      ),
  }
}

/** The volumes of a compose service: `source:target:mode`, or a map. */
function mountsOf(file: TextFile, service: YamlNode): Mount[] {
  const volumes = yamlAt(service, 'volumes')
  return (volumes?.kind === 'list' ? volumes.items : []).flatMap((item) => {
    const short = yamlText(item)
    // A drive of Windows has a colon, too; a lone path is an anonymous volume.
    const target =
      short === undefined
        ? yamlText(yamlAt(item, 'target'))
        : /(?:^|:)(\/[^:]*)(?::[a-zA-Z,]+)?$/.exec(short)?.[1]
    return target === undefined ? [] : { target, position: positionAt(file, item.start) }
  })
}

/**
 * A service runs the Tailchat image when the image or its own environment says so, or when it is built from this
 * repository; one with the env file of the others does as well, unless its image is known to be another program. What is
 * built from another directory is a program of its own, such as a bot.
 */
function runsTailchat(file: TextFile, service: YamlNode, layers: readonly Layer[]): boolean {
  const [own, ...others] = layers
  const isSet = (layer: Layer | undefined, name: string): boolean =>
    layer !== 'unknown' && layer?.get(name) !== undefined
  if (isSet(own, 'SERVICEDIR') || isSet(own, 'SERVICES')) return true
  const build = yamlAt(service, 'build')
  const context = yamlText(build) ?? yamlText(yamlAt(build, 'context'))
  if (context !== undefined && !isRoot(file, context)) return false
  const ownDockerfile = yamlText(yamlAt(build, 'dockerfile')) ?? layout.dockerfile
  if (context !== undefined && ownDockerfile === layout.dockerfile) return true
  const image = yamlText(yamlAt(service, 'image')) ?? ''
  if (isUsualPlace(file.path) ? /tailchat/i.test(image) : isTailchatImage(image)) return true
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
    const bare = withoutTrailingComment(raw).trimEnd()
    const source = { file, start, end: start + (quoted ? raw : bare).length }
    const isLiteral = raw.startsWith("'")
    const text = quoted ? (quoted[2] ?? '') : bare
    variables.set(name, isLiteral ? { is: 'known', value: text, source } : variable(text, source))
  }
  return { ...file, variables }
}

/** What the Dockerfile's last stage sets with ENV, which holds where nothing else is said. */
export function* imageEnvironment(dockerfile: TextFile): Iterable<[string, Variable]> {
  const lastStage = [...dockerfile.text.matchAll(/^FROM\b/gim)].at(-1)?.index ?? 0
  const line =
    /^[ \t]*ENV[ \t]+(SERVICEDIR|SERVICES|TRANSPORTER|DISABLE_TRACING)[= \t][ \t]*("[^"\r\n]*"|[^\r\n]*)/gim
  for (const match of dockerfile.text.matchAll(line)) {
    if (match.index < lastStage) continue
    const [whole, name = '', raw = ''] = match
    const start = match.index + whole.length - raw.length
    const value = raw.replace(/^"(.*)"$/, '$1').trimEnd()
    yield [name, variable(value, { file: dockerfile, start, end: start + raw.length })]
  }
}
