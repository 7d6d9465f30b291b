import { posix } from 'node:path'
import { readYamlDocuments, yamlAt, yamlEntries, type YamlNode, yamlText } from '../formats/yaml.js'
import { positionAt, type TextFile } from '../lib/text.js'
import {
  deployedService,
  type DeployedService,
  type DeploymentFile,
  imageOf,
  isTailchatImage,
  type Layer,
  type Mount,
  type Variable,
  variable,
} from './container.js'

/** A file of manifests with the objects in it. */
interface Manifests {
  file: TextFile
  objects: YamlNode[]
}

/**
 * Reads what Kubernetes manifests say about the containers that run the Tailchat image.
 * @param imageVariables what the image itself sets
 * @returns a file for each that could be read; and those that could not, such as templates of a Helm chart
 */
export async function readManifests(
  files: readonly TextFile[],
  imageVariables: ReadonlyMap<string, Variable>,
): Promise<{ files: DeploymentFile[]; notRead: { path: string; reason: string }[] }> {
  const read: Manifests[] = []
  const notRead: { path: string; reason: string }[] = []
  for (const file of files) {
    const result = file.text.includes('{{') ? undefined : await readYamlDocuments(file.text)
    if (result === undefined) notRead.push({ path: file.path, reason: 'is a template' })
    else if ('problem' in result)
      notRead.push({ path: file.path, reason: `is not valid YAML: ${result.problem}` })
    else read.push({ file, objects: result.nodes.flatMap(objectsOf) })
  }
  return {
    files: read.map(({ file, objects }) => {
      const stack = posix.dirname(file.path)
      const configMaps = configMapsOf(read.filter((each) => posix.dirname(each.file.path) === stack))
      return {
        ...file,
        kind: 'kubernetes',
        stack,
        isPartial: false,
        services: objects.flatMap((object) => containersOf({ file, object, configMaps, imageVariables })),
      }
    }),
    notRead,
  }
}

/** A `List` holds objects of its own. */
function objectsOf(node: YamlNode): YamlNode[] {
  const items = yamlAt(node, 'items')
  return items?.kind === 'list' ? [...items.items] : [node]
}

/** The data of the ConfigMaps by their names. */
function configMapsOf(manifests: readonly Manifests[]): Map<string, Layer> {
  return new Map(
    manifests.flatMap(({ file, objects }) =>
      objects
        .filter((object) => yamlText(yamlAt(object, 'kind')) === 'ConfigMap')
        .map((object): [string, Layer] => [nameOf(object), dataOf(file, object)]),
    ),
  )
}

function dataOf(file: TextFile, configMap: YamlNode): Layer {
  return new Map(
    yamlEntries(yamlAt(configMap, 'data')).flatMap(([name, { value }]): [string, Variable][] =>
      value.kind === 'scalar' ? [[name, known(value.text, file, value)]] : [],
    ),
  )
}

function containersOf({
  file,
  object,
  configMaps,
  imageVariables,
}: {
  file: TextFile
  object: YamlNode
  configMaps: ReadonlyMap<string, Layer>
  imageVariables: ReadonlyMap<string, Variable>
}): DeployedService[] {
  const containers = yamlAt(podOf(object), 'containers')
  if (containers?.kind !== 'list') return []
  return containers.items.flatMap((container) => {
    const own = environmentOf(file, container)
    const image = imageOf(file, container)
    if (!isTailchatImage(image?.text ?? '') && !own.has('SERVICEDIR') && !own.has('SERVICES')) return []
    return deployedService({
      name: nameOf(object),
      position: positionAt(file, container.start),
      words: [...wordsOf(container, 'command'), ...wordsOf(container, 'args')],
      // The last of several sources wins over the others, and a variable of its own over all of them.
      layers: [own, ...sourcesOf(container, configMaps).reverse(), imageVariables],
      image,
      mounts: mountsOf(file, container),
    })
  })
}

/** The pod that an object is, or makes. */
function podOf(object: YamlNode): YamlNode | undefined {
  return (
    yamlAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec') ??
    yamlAt(object, 'spec', 'template', 'spec') ??
    yamlAt(object, 'spec')
  )
}

function nameOf(object: YamlNode): string {
  return yamlText(yamlAt(object, 'metadata', 'name')) ?? 'without a name'
}

function environmentOf(file: TextFile, container: YamlNode): Map<string, Variable> {
  const variables = new Map<string, Variable>()
  const items = yamlAt(container, 'env')
  for (const item of items?.kind === 'list' ? items.items : []) {
    const name = yamlText(yamlAt(item, 'name'))
    const value = yamlAt(item, 'value')
    if (name === undefined) continue
    variables.set(
      name,
      value?.kind === 'scalar'
        ? known(value.text, file, value)
        : { is: 'unknown', reason: 'it comes from another object of the cluster' },
    )
  }
  return variables
}

/** `$(NAME)` is filled in by Kubernetes. */
function known(text: string, file: TextFile, { start, end }: { start: number; end: number }): Variable {
  return text.includes('$(')
    ? { is: 'unknown', reason: `it is ${text}, which is filled in when the container starts` }
    : variable(text.replaceAll('$', '$$$$'), { file, start, end })
}

function sourcesOf(container: YamlNode, configMaps: ReadonlyMap<string, Layer>): Layer[] {
  const sources = yamlAt(container, 'envFrom')
  return (sources?.kind === 'list' ? sources.items : []).map((source) => {
    const name = yamlText(yamlAt(source, 'configMapRef', 'name'))
    const hasPrefix = yamlText(yamlAt(source, 'prefix')) !== undefined
    return (name !== undefined && !hasPrefix ? configMaps.get(name) : undefined) ?? 'unknown'
  })
}

function wordsOf(container: YamlNode, key: string): string[] {
  const node = yamlAt(container, key)
  return node?.kind === 'list' ? node.items.map((item) => yamlText(item) ?? '') : []
}

function mountsOf(file: TextFile, container: YamlNode): Mount[] {
  const mounts = yamlAt(container, 'volumeMounts')
  return (mounts?.kind === 'list' ? mounts.items : []).flatMap((mount) => {
    const target = yamlText(yamlAt(mount, 'mountPath'))
    return target === undefined ? [] : { target, position: positionAt(file, mount.start) }
  })
}
