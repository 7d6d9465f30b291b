import { layout } from '../tailchat/layout.js'
import { yamlAt, type YamlNode, yamlText } from '../formats/yaml.js'
import { type Position, positionAt, type TextFile } from '../lib/text.js'
import type { Program } from '../tailchat/service-loader.js'

/** A compose file, or a file of Kubernetes manifests. */
export interface DeploymentFile extends TextFile {
  kind: 'compose' | 'kubernetes'
  /** What is started together: the file's own path, or the directory of the manifests. */
  stack: string
  services: DeployedService[]
  /** Other files belong to it (`include`, `extends`, an override file), so what it lacks may be there. */
  isPartial: boolean
  problem?: { message: string; position: Position }
}

/** An env file: the variables that it sets. */
export interface EnvFile extends TextFile {
  variables: ReadonlyMap<string, Variable>
}

/** A service of a compose file, or a container of a Kubernetes workload, that runs the Tailchat image. */
export interface DeployedService {
  name: string
  position: Position
  runs: Program
  serviceDir: Variable
  services: Variable
  transporter: Variable
  disableTracing: Variable
  /** The image as it is written. */
  image?: { text: string; position: Position }
  /** Where something is mounted into the container. */
  mounts: Mount[]
  /** The names of all variables that it gets a value for, or may get one. */
  variables: string[]
}

/** A directory of the container that comes from outside of the image. */
export interface Mount {
  target: string
  position: Position
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

/** The variables of one source; `unknown` for an env file that is not there, which may set any of them. */
export type Layer = ReadonlyMap<string, Variable> | 'unknown'

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

/** Reads what decides which services a container loads from where its variables come from. */
export function deployedService({
  name,
  position,
  words,
  layers,
  image,
  mounts,
}: {
  name: string
  position: Position
  /** Its entrypoint and command, where it does not leave them to the image. */
  words: readonly string[]
  /** The sources of its variables, the one that wins first. */
  layers: readonly Layer[]
  image: DeployedService['image']
  mounts: Mount[]
}): DeployedService {
  return {
    name,
    position,
    runs: programOf(words),
    serviceDir: lookUp(layers, 'SERVICEDIR'),
    services: lookUp(layers, 'SERVICES'),
    transporter: lookUp(layers, 'TRANSPORTER'),
    disableTracing: lookUp(layers, 'DISABLE_TRACING'),
    ...(image && { image }),
    mounts,
    variables: variablesOf(layers),
  }
}

/**
 * What a container runs: the image starts the server (Dockerfile, `CMD`) unless the service says otherwise.
 * @param words of the entrypoint and the command that the service sets; none where it leaves both to the image
 */
export function programOf(words: readonly string[]): Program {
  if (words.length === 0) return 'server'
  const line = words.join(' ')
  if (/SERVICE(S|DIR)=|\bsh\b|\$/.test(line)) return 'unknown'
  return /\bstart:service\b|\b(tailchat|moleculer)-runner\b|\btailchat-server-sdk\/dist\/runner\//.test(line)
    ? 'server'
    : 'other'
}

/** `$$` stands for a dollar sign; anything else behind one is filled in when the stack is started. */
export function variable(text: string, source: ValueSource): Variable {
  return /\$(?!\$)/.test(text.replaceAll('$$', ''))
    ? { is: 'unknown', reason: `it is ${text}, which is filled in when the stack starts` }
    : { is: 'known', value: text.replaceAll('$$', '$'), source }
}

/** The image of a compose service or a container, as it is written. */
export function imageOf(file: TextFile, service: YamlNode): DeployedService['image'] {
  const node = yamlAt(service, 'image')
  const text = yamlText(node)
  return node && text !== undefined ? { text, position: positionAt(file, node.start) } : undefined
}

/** The root and docker/, where Tailchat itself has what it is run with. */
export function isUsualPlace(path: string): boolean {
  return !path.includes('/') || path.startsWith(`${layout.docker}/`)
}

/** Whether an image is named `tailchat`, whoever publishes it. */
export function isTailchatImage(image: string): boolean {
  return /(?:^|\/)tailchat(?=[:@]|$)/i.test(image)
}
