import { NODE_NAME, serviceDirectories } from '../image/node.js'
import { nameOf } from '../formats/image-reference.js'
import { type Application, applicationServices, type StackModel } from './stack.js'

type StackService = StackModel['services'][string]

/** A stack of an unchanged Tailchat that a plugin node joins. */
export interface NodeStack {
  model: StackModel
  /** The services that run Tailchat's core. */
  core: string[]
  /** The services that are the node: those of the stack that have its image, else the one that was added. */
  nodes: string[]
  /** Whether the stack has the node itself. */
  isGiven: boolean
}

/**
 * Returns the stack with the core of an unchanged Tailchat and the node: containers that load nothing but plugins are
 * left out, and what else they would load of plugins as well.
 * @param wanted a service that runs Tailchat; empty: it is recognised
 * @throws with all that would keep the node, or the gateway, from running
 */
export function nodeStack(
  { services, ...others }: StackModel,
  {
    wanted,
    application,
    names,
    plugins,
    base,
  }: {
    wanted: string
    application: Application
    /** The node's own image names. */
    names: readonly string[]
    plugins: readonly string[]
    /** The image of the unchanged Tailchat. */
    base: string
  },
): NodeStack {
  const own = names.map(nameOf)
  const isNode = ({ image }: StackService): boolean => image !== undefined && own.includes(nameOf(image))
  const given = Object.keys(services).filter((name) => isNode(services[name] ?? {}))
  const withoutNodes = Object.fromEntries(Object.entries(services).filter(([name]) => !given.includes(name)))
  const tailchat = applicationServices({ ...others, services: withoutNodes }, wanted, application)
  const core: string[] = []
  const kept: StackModel['services'] = {}
  for (const [name, service] of Object.entries(services)) {
    if (!tailchat.includes(name)) {
      kept[name] = service
      continue
    }
    const directories = coreDirectories(environmentOf(service)['SERVICEDIR'])
    if (directories === '') continue
    core.push(name)
    const environment = { ...environmentOf(service), SERVICEDIR: directories }
    kept[name] = { ...withoutBuild(service), image: base, environment }
  }
  const [first] = core
  const coreService = first === undefined ? undefined : kept[first]
  if (!coreService)
    throw new Error('no container of the stack runs the core of Tailchat: SERVICEDIR must name services')
  const nodes = given.length > 0 ? given : [NODE_NAME]
  if (given.length === 0) kept[NODE_NAME] = addedNode(coreService, plugins)
  const problems = nodes.flatMap((name) => problemsOfNode(name, kept[name] ?? {}, coreService))
  if (problems.length > 0) throw new Error(problems.join('; '))
  const model = { ...others, services: withoutDependencies(kept) }
  return { model, core: core.sort(), nodes, isGiven: given.length > 0 }
}

/** A node as the compose fragment has it, with the variables of the core. */
function addedNode(core: StackService, plugins: readonly string[]): StackService {
  const { networks, depends_on } = core
  return {
    environment: { ...environmentOf(core), SERVICEDIR: serviceDirectories(plugins), SERVICES: '' },
    ...(networks && { networks }),
    ...(depends_on !== undefined && { depends_on }),
    restart: 'on-failure',
  }
}

/** SERVICEDIR without directories of plugins; empty: there is no other. Where it is not set, the image has its own. */
function coreDirectories(value: string | undefined): string {
  return (value ?? 'services')
    .split(',')
    .filter((directory) => !/^\s*(?:\.\/)?plugins(?:\/|\s*$)/.test(directory))
    .join(',')
}

/** What keeps a node from being listed, or takes the gateway down, one line each. */
function problemsOfNode(name: string, node: StackService, core: StackService): string[] {
  const own = environmentOf(node)
  const ofCore = environmentOf(core)
  const nodeId =
    'so two containers can have the same node id, and of two nodes with one id the second ends the first, the gateway among them'
  return [
    ...('hostname' in node && node['hostname']
      ? [`${name} has a hostname of its own: a node's id is made of it, ${nodeId}; leave hostname out`]
      : []),
    ...(node['network_mode'] === 'host'
      ? [
          `${name} has network_mode: host: a node's id is made of the host's name then, ${nodeId}; give it a network of the stack`,
        ]
      : []),
    ...(own['NODEID']
      ? [
          `${name} gets NODEID=${own['NODEID']}, ${nodeId}; leave NODEID out, also of the env file that both read`,
        ]
      : []),
    ...((own['NAMESPACE'] ?? '') === (ofCore['NAMESPACE'] ?? '')
      ? []
      : [
          `${name} has NAMESPACE=${own['NAMESPACE'] ?? ''} and the core ${ofCore['NAMESPACE'] ?? 'none'}: they would not see each other; leave NAMESPACE out`,
        ]),
    ...(own['TRANSPORTER'] || !ofCore['TRANSPORTER']
      ? []
      : [
          `${name} has no TRANSPORTER, and the core has one: it would join no message bus; give it the core's`,
        ]),
  ]
}

function environmentOf(service: StackService): Record<string, string> {
  const environment = service['environment']
  if (typeof environment !== 'object' || environment === null) return {}
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value === null ? '' : String(value)]),
  )
}

function withoutBuild(service: StackService): StackService {
  const { build, ...rest } = service
  return build === undefined ? service : rest
}

/** Nothing waits for a service that was left out. */
function withoutDependencies(services: StackModel['services']): StackModel['services'] {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => {
      const dependencies = service['depends_on']
      if (typeof dependencies !== 'object' || dependencies === null) return [name, service]
      const left = Object.entries(dependencies).filter(([other]) => Object.hasOwn(services, other))
      return [name, { ...service, depends_on: Object.fromEntries(left) }]
    }),
  )
}
