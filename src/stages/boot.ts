import type { Docker } from '../docker/docker.js'
import type { BuiltImage } from '../image/build.js'
import type { Inputs } from '../inputs/inputs.js'
import { listed, plural } from '../lib/wording.js'
import { type Awaited, type BootProof, compareBoot, progressOf } from '../proof/boot-compare.js'
import { bootStack, readStack } from '../proof/boot-stack.js'
import type { ProbeResult } from '../proof/probe-result.js'
import { nodeStack } from '../proof/node-stack.js'
import { recordOf } from '../proof/live-promise.js'
import { applicationServices, type StackModel } from '../proof/stack.js'
import { reportBoot } from '../report/boot-result.js'
import { hasFailingFindings, reportFindings } from '../report/report.js'
import type { OfferedBundle } from '../rules/boot.js'
import { catalogue } from '../rules/catalogue.js'
import { findings, type FindingsSource, joinFindings } from '../rules/findings.js'
import { offered, placeOf } from '../rules/image.js'
import { type Asked, availablePath, bundlePath, REGISTRY_PATHS } from '../tailchat/gateway.js'
import { layout } from '../tailchat/layout.js'
import type { Examination } from './check.js'
import type { Proven } from './prove.js'
import { type Run, StageError } from './stage.js'

/** A stack, with the names of the services that get the image. */
export interface ChosenStack {
  model: StackModel
  application: string[]
  /** The services of which one has the gateway. */
  gateways: string[]
}

/** A plugin node, and what it is to join. */
export interface JoiningNode {
  /** Names of the plugins that the node loads. */
  plugins: readonly string[]
  /** The image of an unchanged Tailchat, as `name@digest`. */
  base: string
}

/**
 * Reads the stack in which the image is booted.
 * @param node set where the image is a plugin node: then the stack runs the image that it joins
 * @throws when it can't be used, with what to do
 */
export async function chooseStack(
  docker: Docker,
  { boot, image }: Inputs,
  { root, node }: { root: string; node: JoiningNode | undefined },
): Promise<ChosenStack> {
  const model = await readStack(docker, root, boot.composeFile)
  if (node) {
    const application = { root, images: [image.baseImage] }
    const joined = nodeStack(model, { ...node, wanted: boot.service, application, names: image.names })
    return { model: joined.model, application: joined.nodes, gateways: joined.core }
  }
  const images = [...image.names, image.baseImage]
  const application = applicationServices(model, boot.service, { root, images })
  return { model, application, gateways: application }
}

/** What a running stack of an image must show. */
interface BootPromise {
  awaited: readonly Awaited[]
  /** The known service files of the image, relative to server/dist. */
  tree: readonly string[]
  offered: readonly OfferedBundle[]
  /** The paths of the plugin registry files that the gateway must serve. */
  registries: readonly string[]
  /** The services that must answer /available, across nodes. */
  available: readonly string[]
}

/** Returns what the sources promise of a stack; services that don't load in the image were reported before. */
export function promiseOfSources(
  { workspace, desired, services: { expected } }: Examination,
  { services, probe }: Proven,
): BootPromise {
  return {
    awaited: expected.flatMap(({ file, line, compiled }) => {
      const row = services.find((each) => each.file === file && each.loaded)
      return row
        ? [{ ...awaitedRow({ name: row.name, file, compiled }, probe), ...(line !== undefined && { line }) }]
        : []
    }),
    tree: [...(workspace.deployment?.serverServices ?? []), ...expected.map(({ compiled }) => compiled)],
    offered: offered(desired).map(({ plugin }) => ({ plugin: plugin.name, file: placeOf(plugin).file })),
    registries: REGISTRY_PATHS,
    available: [],
  }
}

/** Returns what the sources promise of a stack that a plugin node joins: the gateway serves nothing of the plugins. */
export function promiseOfNode(examined: Examination, proven: Proven): BootPromise {
  const { available } = recordOf(examined.desired)
  return { ...promiseOfSources(examined, proven), offered: [], registries: [], available }
}

/** Returns what an image without sources promises of a stack: every service that loads, and every plugin that it offers. */
export function promiseOfImage(probe: ProbeResult, plugins: readonly string[]): BootPromise {
  return {
    awaited: probe.services.flatMap(({ file, name }) =>
      name === undefined ? [] : [awaitedRow({ name, file: `server/dist/${file}`, compiled: file }, probe)],
    ),
    tree: probe.services.map(({ file }) => file),
    offered: plugins.map((plugin) => ({ plugin, file: `server/dist/public${bundlePath(plugin)}` })),
    registries: REGISTRY_PATHS,
    available: [],
  }
}

function awaitedRow(
  service: Pick<Awaited, 'name' | 'file' | 'compiled'>,
  { services }: ProbeResult,
): Awaited {
  const needsDatabase = services.find(({ file }) => file === service.compiled)?.database ?? false
  return { ...service, needsDatabase }
}

/** An image whose services load, and what a running stack of it must show. */
interface BootCandidate {
  image: BuiltImage
  proven: Proven
  promise: BootPromise
  /** Where the stack's compose file and the accepted findings are. */
  source: FindingsSource
  /** Set where the image is a plugin node. */
  node?: JoiningNode | undefined
}

/**
 * Boots an image in its stack, and stops when the running stack lacks something that is promised.
 * @throws {StageError} when the stack does not come up completely
 */
export async function boot(
  { inputs, surroundings, record }: Run,
  docker: Docker,
  { image, proven, promise, source, node }: BootCandidate,
): Promise<void> {
  const { composeFile, timeoutSeconds } = inputs.boot
  const { awaited, offered, registries, available } = promise
  const { root } = source
  const { model, application, gateways } = await chooseStack(docker, inputs, { root, node })
  docker.onLine(
    `Booting ${composeFile || 'the stack of this action'} with the image in ${application.join(', ')}${node ? ` and ${node.base} in ${gateways.join(', ')}` : ''}`,
  )
  const isAvailable = ({ answers }: Asked): boolean =>
    available.every((service) =>
      answers.some(({ path, status }) => path === availablePath(service) && status === 200),
    )
  const result = await bootStack(docker, {
    model,
    application,
    gateways,
    isStock: composeFile === '',
    joins: node !== undefined,
    image: image.reference,
    root,
    timeoutSeconds,
    progress: (listed, containers) => progressOf(promise, listed, containers),
    onStack: surroundings.onStack ?? (() => undefined),
    paths: [
      ...registries,
      ...offered.map(({ plugin }) => bundlePath(plugin)),
      ...available.map(availablePath),
    ],
    isAnswered: isAvailable,
  })
  const proof: BootProof = {
    file: composeFile || layout.dockerfile,
    timeoutSeconds,
    result,
    awaited,
    ...compareBoot(proven.services, promise, { result, timeoutSeconds }),
  }
  const all = joinFindings(
    proven.findings,
    findings(catalogue.boot, { ...proof, offered, registries, available }, source),
  )
  record({
    services: proof.rows,
    notes: result.notes,
    boot: reportBoot({
      available,
      stack: composeFile,
      services: application,
      result,
      plugins: offered.map(({ plugin }) => plugin),
    }),
    findings: reportFindings(all.open),
    accepted: [...all.accepted],
  })
  requireAbsentBefore(proof)
  requireWhole(proof)
  if (hasFailingFindings(all.open, inputs))
    throw new StageError('boot', 'the running stack has the faults in the findings; no tag was moved')
}

/** Stops when the Tailchat that a node joins has its services without it. */
function requireAbsentBefore({ result: { before = [] }, awaited }: BootProof): void {
  const both = awaited.map(({ name }) => name).filter((name) => before.includes(name))
  if (both.length > 0)
    throw new StageError(
      'boot',
      `the stack lists ${listed(both)} before the node joins it, so another container loads ${both.length === 1 ? 'it' : 'them'} as well, and calls would be answered by either; no tag was moved`,
    )
}

/** Stops before any tag moves when the stack does not keep the promise of the image. */
function requireWhole({ result, missing, timeoutSeconds }: BootProof): void {
  if (result.failure)
    throw new StageError('boot', `the stack does not come up: ${result.failure.message}; no tag was moved`, {
      cause: result.failure,
    })
  if (!result.listed)
    throw new StageError(
      'boot',
      `the gateway did not answer /health within ${timeoutSeconds} s; no tag was moved`,
    )
  if (missing.length > 0)
    throw new StageError(
      'boot',
      `the running stack lacks ${listed(missing.map(({ name }) => name))} (${plural(missing.length, 'service')}); no tag was moved`,
    )
  const [silent] = result.answers.length === 0 ? result.unanswered : []
  if (silent)
    throw new StageError(
      'boot',
      `the gateway could not be asked what it serves: ${silent.reason}; no tag was moved`,
    )
}
