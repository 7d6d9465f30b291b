import type { Docker } from '../docker/docker.js'
import { type BuiltImage, pullImage } from '../image/build.js'
import { printedErrors } from '../image/build-log.js'
import { repositoryText } from '../lib/files.js'
import { listed, plural } from '../lib/wording.js'
import { compareServices, compareWithItself, type ServiceRow } from '../proof/compare.js'
import type { ImageContents, ProbeResult } from '../proof/probe-result.js'
import { installListFile } from '../registrations/install-list.js'
import { hasFailingFindings, reportFindings } from '../report/report.js'
import { allRules, catalogue } from '../rules/catalogue.js'
import { type Findings, findings, joinFindings, noFindings } from '../rules/findings.js'
import { readLoaderModules } from '../source/loader.js'
import { layout } from '../tailchat/layout.js'
import { providedVariables } from '../workspace/deployment.js'
import type { Workspace } from '../workspace/types.js'
import type { Examination } from './check.js'
import { type Run, StageError } from './stage.js'

/** The result of loading the services of an image. */
export interface Proven {
  probe: ProbeResult
  services: ServiceRow[]
  /** All findings of the run so far. */
  findings: Findings
}

/** Proves that a built image holds and loads what its sources promise, and stops when it does not. */
export async function prove(
  run: Run,
  docker: Docker,
  {
    image,
    buildLog,
    examined,
    node,
  }: {
    image: BuiltImage
    buildLog: readonly string[]
    examined: Examination
    /** Names of the plugins that a node loads; `undefined`: the image is one of Tailchat. */
    node?: readonly string[] | undefined
  },
): Promise<Proven> {
  const { workspace, declarations, desired, services } = examined
  docker.onLine(`Proving ${plural(services.expected.length, 'service')} in ${image.reference}`)
  const probe = await loadServices(run, docker, { image, node })
  const proof = compareServices(services, probe, providedVariables(workspace))
  run.record({ services: proof.rows })
  const source = { root: workspace.root, declarations }
  const contents = {
    desired,
    // A node serves nothing: the gateway of the base image does.
    contents: node ? undefined : probe.contents,
    installListFile: installListFile(workspace.installLists),
    loaderModules: loaderModulesOf(workspace),
    printed: printedErrors(buildLog),
  }
  const ofImage = joinFindings(
    findings(catalogue.proof, proof, source),
    findings(catalogue.image, contents, source),
  )
  const all = joinFindings(withoutForeseen(examined.findings, ofImage), ofImage)
  run.record({ findings: reportFindings(all.open), accepted: [...all.accepted] })
  const proven = { probe, services: proof.rows, findings: all }
  requireLoaded(run, proven)
  return proven
}

/**
 * Proves an image without its sources: each service file loads under a name of its own, the server's configuration
 * exists, and each plugin in the image that it offers has a bundle.
 */
export async function proveByItself(run: Run, docker: Docker, image: BuiltImage): Promise<Proven> {
  docker.onLine(`Proving every service in ${image.reference}`)
  const probe = await loadServices(run, docker, { image })
  const services = compareWithItself(probe)
  run.record({ services })
  const proven = { probe, services, findings: noFindings }
  requireLoaded(run, proven)
  const faults = probe.contents ? faultsOf(probe.contents) : []
  if (faults.length > 0) throw new StageError('proof', `${faults.join('; ')}; no tag was moved`)
  return proven
}

/** Loads every service of an image in the image itself; of a node, only those that it loads. */
async function loadServices(
  { inputs, stage }: Run,
  docker: Docker,
  { image, node }: { image: BuiltImage; node?: readonly string[] | undefined },
): Promise<ProbeResult> {
  // The schema library of the probe's result is only loaded when there is one.
  const { loadServicesInImage } = await import('../proof/load.js')
  const { reference } = image
  if (image.pushed) await stage('pull', () => pullImage(docker, reference))
  const { appDir } = inputs.image
  return stage('proof', () => loadServicesInImage({ docker, reference, appDir }, node))
}

/** Drops the findings about the sources that a finding about the image confirms: one of the two is enough. */
function withoutForeseen({ open, accepted }: Findings, ofImage: Findings): Findings {
  const rules = new Map<string, string | undefined>(allRules().map(({ id, foreseenBy }) => [id, foreseenBy]))
  const isSeen = (rule: string, file: string): boolean =>
    ofImage.open.some((seen) => seen.file === file && rules.get(seen.rule) === rule)
  return { open: open.filter(({ rule, file }) => !isSeen(rule, file)), accepted }
}

/** Stops before any tag moves when the image does not load the expected services. */
function requireLoaded({ inputs }: Run, { probe, services, findings }: Proven): void {
  if (!probe.finished && !probe.loading)
    throw new StageError(
      'proof',
      `the probe could not start: ${probe.error?.message ?? 'it printed nothing'}; is app-dir ${inputs.image.appDir} right? No tag was moved`,
    )
  const expected = services.filter((row) => row.expected)
  const missing = expected.filter((row) => !row.loaded).map(({ name }) => name)
  if (missing.length > 0)
    throw new StageError(
      'proof',
      `the image does not load ${listed(missing)} (${missing.length} of ${plural(expected.length, 'service')}); no tag was moved`,
    )
  if (!probe.finished)
    throw new StageError(
      'proof',
      `the process that loads services died or hung at ${probe.loading}; no tag was moved`,
    )
  if (hasFailingFindings(findings.open, inputs))
    throw new StageError('proof', 'the image has the faults in the findings; no tag was moved')
}

function loaderModulesOf({ root }: Workspace): ReadonlySet<string> | undefined {
  const text = repositoryText(root, layout.loaderTs)
  return text === undefined ? undefined : readLoaderModules({ path: layout.loaderTs, text })
}

/** Returns what a server with these contents could not serve. */
function faultsOf(contents: ImageContents): string[] {
  const { serverConfig, bundles } = contents
  const isDefined = (plugin: string): boolean =>
    bundles.some(
      ({ name, files }) =>
        name === plugin && files.some(({ file, id }) => file === 'index.js' && id === `@plugins/${plugin}`),
    )
  return [
    ...(serverConfig ? [] : ['the image has no server/dist/moleculer.config.js, so its server cannot start']),
    ...offeredPlugins(contents)
      .filter((name) => !isDefined(name))
      .map(
        (name) =>
          `the image offers ${name}, but its plugins/${name}/index.js is missing or belongs to another plugin`,
      ),
  ]
}

/** Returns the plugins that an image both offers and contains. */
export function offeredPlugins({ registry, backendRegistry, bundles }: ImageContents): string[] {
  const offered = [
    ...(backendRegistry ?? []),
    // A plugin in registry.json that is hosted elsewhere has no directory.
    ...(registry ?? []).filter((name) => bundles.some((bundle) => bundle.name === name)),
  ]
  return [...new Set(offered)]
}
