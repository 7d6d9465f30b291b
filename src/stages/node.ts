import { join } from 'node:path'
import type { PluginState } from '../declarations/desired.js'
import type { Docker } from '../docker/docker.js'
import { nameOf } from '../formats/image-reference.js'
import { findRunningImage } from '../image/base.js'
import { composeFragment, kubernetesDeployment, TAILCHAT_COMPOSE } from '../image/fragments.js'
import { serviceDirectories } from '../image/node.js'
import type { PlannedBuild } from '../image/plan.js'
import { decideStrategy, type Strategy } from '../image/strategy.js'
import { writeFileWithin } from '../lib/files.js'
import { listed } from '../lib/wording.js'
import type { ReportedImage } from '../report/report.js'
import type { ChosenStack } from './boot.js'
import type { Examination } from './check.js'
import type { Run } from './stage.js'

/** Where the fragments go, relative to the repository. */
const DIRECTORY = 'tailchat-node'

/**
 * Chooses the plugins whose services a node of its own loads, and the image that it goes on.
 * @throws when a plugin would not work this way, with what to do
 */
export async function chooseNode(
  docker: Docker,
  run: Run,
  { plan, examined: { desired } }: { plan: PlannedBuild; examined: Examination },
): Promise<Strategy> {
  const { image, bundle } = run.inputs
  const states = nodePlugins(desired.plugins)
  const names = states.map(({ plugin }) => plugin.name)
  serviceDirectories(names)
  const halves = states.filter(hasBrowserSide).map(({ plugin }) => plugin.name)
  if (halves.length > 0 && bundle.publicUrl === '')
    throw new Error(
      `${listed(halves)} ${halves.length === 1 ? 'has a front end' : 'have front ends'}, which the gateway of an unchanged Tailchat does not have: deploy it in a step of its own with as: bundle (base-image, public-url), put it where public-url says, and give the same public-url to this step; docs/node.md has the workflow`,
    )
  if (plan.references.includes(image.baseImage))
    throw new Error(
      `the tag ${image.baseImage} is base-image, which Tailchat runs: give images another name for the node, such as ${nameOf(image.baseImage)}-plugins`,
    )
  const base = await findRunningImage(docker, image.baseImage)
  const strategy = decideStrategy({
    asked: 'overlay',
    pluginsOnly: true,
    base,
    platforms: image.platforms,
    changes: { unknown: 'a node holds every plugin with services' },
    builtinWanted: [],
  })
  const left = desired.plugins.filter(({ plugin }) => plugin.kind === 'frontend')
  run.record({
    notes: [
      `As a node of its own on the message bus: ${listed(names)}.`,
      ...(left.length > 0
        ? [
            `Not in a node, since they have no services: ${listed(left.map(({ plugin }) => plugin.name))}; as: bundle serves them.`,
          ]
        : []),
    ],
  })
  return strategy.strategy === 'overlay'
    ? { ...strategy, node: names, reason: `on ${base.reference}: a node is always one` }
    : strategy
}

/** The plugins that have services which production loads. */
function nodePlugins(states: readonly PluginState[]): PluginState[] {
  return states.filter(
    ({ plugin, expectServices }) =>
      expectServices && plugin.services.some(({ loadedIn }) => loadedIn === 'production'),
  )
}

/** Whether users should see a front end of it; users do not miss one that is declared hidden. */
function hasBrowserSide({ plugin, declared, offer }: PluginState): boolean {
  return (
    plugin.kind === 'fullstack' && plugin.web?.manifest !== undefined && !(declared && offer === 'hidden')
  )
}

/** Writes how a proven node is run: a compose fragment and a Kubernetes Deployment, pinned by its digest. */
export function writeFragments(
  { inputs, record }: Run,
  root: string,
  {
    plugins,
    image,
    stack,
  }: { plugins: readonly string[]; image: ReportedImage; stack: ChosenStack | undefined },
): void {
  if (image.name === '') {
    record({
      notes: ['No compose fragment and no Kubernetes Deployment were written: the image was not pushed.'],
    })
    return
  }
  const node = { image: `${image.name}@${image.digest}`, plugins }
  // The stack of this action has names of its own, which no real one has.
  const isOwn = stack && inputs.boot.composeFile !== ''
  const compose = composeFragment(node, isOwn ? surroundingsIn(stack) : TAILCHAT_COMPOSE)
  const kubernetes = kubernetesDeployment(node)
  const files = {
    composeFile: `${DIRECTORY}/node.compose.yml`,
    kubernetesFile: `${DIRECTORY}/node.kubernetes.yml`,
  }
  writeFileWithin([root], join(root, files.composeFile), compose)
  writeFileWithin([root], join(root, files.kubernetesFile), kubernetes)
  record({
    node: {
      plugins: [...plugins],
      serviceDir: serviceDirectories(plugins),
      ...files,
      compose,
      kubernetes,
    },
  })
}

/** What the fragment must name of the stack that was booted. */
function surroundingsIn({ model, gateways }: ChosenStack): typeof TAILCHAT_COMPOSE {
  const [gateway = TAILCHAT_COMPOSE.gateway] = gateways
  const networks = Object.keys(model.services[gateway]?.networks ?? {}).filter((name) => name !== 'default')
  return { gateway, networks }
}
