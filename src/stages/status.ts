import { type DesiredState, desiredState } from '../declarations/desired.js'
import { noDeclarations } from '../declarations/types.js'
import type { Docker } from '../docker/docker.js'
import { configOf, digestOf, labelsOfConfig } from '../docker/registry.js'
import { nameOf } from '../formats/image-reference.js'
import { pullImage } from '../image/build.js'
import { AS_LABEL } from '../image/node.js'
import { planReferences } from '../image/plan.js'
import { readServiceRecord, SERVICES_LABEL } from '../image/record.js'
import { listed, messageOf, plural } from '../lib/wording.js'
import type { ServiceRow } from '../proof/compare.js'
import { askLive } from '../proof/live-ask.js'
import { type LiveImage, NO_PROMISE, promiseOfCheckout, promiseOfImage } from '../proof/live-promise.js'
import { type LivePromise, liveRows, type LiveResult } from '../proof/live.js'
import type { ImageContents } from '../proof/probe-result.js'
import { reportLive } from '../report/live-result.js'
import { reportFindings, reportPlugins } from '../report/report.js'
import { catalogue } from '../rules/catalogue.js'
import { type Findings, findings, type FindingsSource, joinFindings, noFindings } from '../rules/findings.js'
import { offered } from '../rules/image.js'
import { layout } from '../tailchat/layout.js'
import { readWorkspace } from '../workspace/read.js'
import { readDeclarations } from './check.js'
import { withDocker } from './deploy.js'
import { askHosts } from './hosted.js'
import { type Run, StageError } from './stage.js'

/**
 * Asks the running server what it loads and serves, and compares it with the image that it should run, else with what
 * is checked out; and static hosts for what they serve of plugins. Nothing is written anywhere, and no secret is sent.
 * @throws {StageError} when the server does not answer, or lacks services
 */
export async function status(run: Run): Promise<void> {
  const { inputs, surroundings, stage, record } = run
  const { root } = surroundings
  const workspace = await stage('workspace', () => readWorkspace(root))
  const hasPlugins = workspace.plugins.length > 0
  const declarations = hasPlugins
    ? await stage('declarations', () => readDeclarations(workspace.root, inputs.declarations))
    : noDeclarations
  const desired = hasPlugins ? desiredState(workspace, declarations, inputs.undeclared) : undefined
  if (desired) record({ plugins: reportPlugins(desired) })

  const source = { root: workspace.root, declarations }
  const live = inputs.live.url === '' ? undefined : await askServer(run, desired, source)
  const hosts = await askHosts(run, workspace, source)
  const all = joinFindings(live?.found ?? noFindings, hosts)
  record({ findings: reportFindings(all.open), accepted: [...all.accepted] })
  if (live) requireWhole(live.rows, live.promise, live.result)
}

/** What the running server answered, and what is wrong with that. */
interface AskedServer {
  promise: LivePromise
  result: LiveResult
  rows: ServiceRow[]
  found: Findings
}

async function askServer(
  run: Run,
  desired: DesiredState | undefined,
  source: FindingsSource,
): Promise<AskedServer> {
  const { inputs, surroundings, record } = run
  const { log, wait = sleep } = surroundings
  const promise = await promiseFor(run, desired)
  const { url, timeoutSeconds } = inputs.live
  const count = promise.services ? plural(promise.services.length, 'service') : 'its services'
  log(`Asking ${url} for ${count}`)
  const result = await askLive({ url, promise, timeoutSeconds, wait, now: () => Date.now() })
  const rows = liveRows(promise, result, timeoutSeconds)
  const file = desired ? layout.dockerfile : ''
  const found = findings(catalogue.live, { file, promise, result, rows, timeoutSeconds }, source)
  record({ services: rows, live: reportLive(url, promise, result) })
  return { promise, result, rows, found }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** The image that is named, else the checkout, else nothing: then the server is shown and not judged. */
async function promiseFor(run: Run, desired: DesiredState | undefined): Promise<LivePromise> {
  const { inputs, stage, record } = run
  if (inputs.image.names.length > 0) {
    const image = await stage('image', () => readLiveImage(run))
    if (!readServiceRecord(labelsOfConfig(image.config))) {
      const instead = desired
        ? 'what the checkout declares is expected'
        : 'which services the server should load is not known'
      record({ notes: [`The image records no services (label ${SERVICES_LABEL}): ${instead}.`] })
    }
    return promiseOfImage(image, desired)
  }
  if (!desired) {
    record({ notes: ['Neither images nor a checkout says what is expected: nothing was judged.'] })
    return NO_PROMISE
  }
  record({
    notes: [
      'No image is named: the server is compared with the sources that are checked out, and bundles are not compared byte by byte. Set images to compare with what was deployed.',
    ],
  })
  const plugins = offered(desired).map(({ plugin }) => plugin.name)
  return promiseOfCheckout(desired, plugins)
}

/** Reads the image in its container registry, and what it would serve in the engine. */
async function readLiveImage(run: Run): Promise<LiveImage> {
  const { inputs, surroundings, record } = run
  const [first = ''] = inputs.image.names
  const wanted = first.includes('@') ? first : (planReferences(inputs.image, surroundings.event, '')[0] ?? '')
  let image: LiveImage | undefined
  await withDocker(run, async (docker) => {
    const digest = await digestOf(docker, wanted)
    if (digest === undefined) throw new Error(`the container registry has no ${wanted}: set images and tags`)
    const name = nameOf(wanted)
    const reference = `${name}@${digest}`
    record({ image: { name, digest, tags: [], platforms: [] } })
    const config = await configOf(docker, reference)
    const isNode = labelsOfConfig(config)[AS_LABEL] === 'node'
    image = { reference, config, contents: isNode ? undefined : await contentsOf(run, docker, reference) }
  })
  if (!image) throw new Error(`${wanted} could not be read`)
  return image
}

/** What the gateway of the image would serve; without an engine that can run it, bundles are not compared. */
async function contentsOf(
  { inputs, record }: Run,
  docker: Docker,
  reference: string,
): Promise<ImageContents | undefined> {
  const { readContentsOfImage } = await import('../proof/load.js')
  try {
    await pullImage(docker, reference)
    const { appDir } = inputs.image
    return await readContentsOfImage({ docker, reference, appDir })
  } catch (error) {
    record({
      notes: [
        `Bundles and plugin registry files were not compared: what the image holds could not be read (${messageOf(error)}).`,
      ],
    })
    return undefined
  }
}

function requireWhole(rows: readonly ServiceRow[], { reference }: LivePromise, { health }: LiveResult): void {
  if (!health) throw new StageError('status', 'the server does not answer /health')
  const expected = rows.filter((row) => row.expected)
  const missing = expected.filter(({ loaded }) => !loaded).map(({ name }) => name)
  if (missing.length > 0)
    throw new StageError(
      'status',
      `the running server lacks ${listed(missing)} of ${reference} (${missing.length} of ${plural(expected.length, 'service')})`,
    )
}
