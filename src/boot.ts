import type { Inputs } from './action/inputs.js'
import { type Examination, textIn } from './examine.js'
import type { Docker } from './image/docker.js'
import { reportBoot } from './report/boot.js'
import { hasFailingFindings, plural, type Report, reportFindings } from './report/report.js'
import { separateAccepted } from './rules/accept.js'
import { catalogue } from './rules/catalogue.js'
import { offered } from './rules/image.js'
import { runRules } from './rules/run.js'
import { bundlePath, REGISTRY_PATHS } from './services/answers.js'
import { bootStack, readStack } from './services/boot.js'
import { type Awaited, type BootProof, compareBoot, progressOf } from './services/boot-compare.js'
import type { ServiceRow } from './services/compare.js'
import { expectedServices } from './services/expected.js'
import type { ProbeResult } from './services/probe-result.js'
import { applicationServices, type StackModel } from './services/stack.js'
import { StageError, type StageRunner } from './stage.js'
import { layout } from './workspace/layout.js'

/** A stack as it was read, with the names of the services that get the image. */
export interface ChosenStack {
  model: StackModel
  application: string[]
}

/**
 * Reads the stack in which the image is booted.
 * @throws with what to do, when it can't be used
 */
export async function chooseStack(
  docker: Docker,
  { boot, image }: Inputs,
  root: string,
): Promise<ChosenStack> {
  const model = await readStack(docker, root, boot.composeFile)
  const images = [...image.names, image.baseImage]
  return { model, application: applicationServices(model, boot.service, { root, images }) }
}

/** An image whose services load. */
interface Subject {
  docker: Docker
  /** A reference that the engine has. */
  image: string
  /** Told the name of the stack before it is brought up. */
  onStack: (project: string) => void
}

/**
 * Boots an image, and stops when the running stack lacks what the image promises.
 * @throws {StageError} when the stack does not come up, or not whole
 */
export async function proveBoot(
  { docker, image, onStack }: Subject,
  inputs: Inputs,
  { workspace, declarations, desired }: Examination,
  probe: ProbeResult,
  report: Report,
  stage: StageRunner,
): Promise<void> {
  const { composeFile, timeoutSeconds } = inputs.boot
  const { model, application } = await stage('boot', () => chooseStack(docker, inputs, workspace.root))
  const { expected } = expectedServices(desired)
  const tree = [
    ...(workspace.deployment?.serverServices ?? []),
    ...expected.map((service) => service.compiled),
  ]
  const awaited = awaitedServices(expected, report.services, probe)
  const plugins = offered(desired)
  docker.onLine(
    `Booting ${composeFile || 'the stack of this action'} with the image in ${application.join(', ')}`,
  )
  const result = await stage('boot', () =>
    bootStack(docker, {
      model,
      application,
      image,
      root: workspace.root,
      timeoutSeconds,
      progress: (listed, containers) => progressOf(listed, containers, awaited, tree),
      onStack,
      paths: [...REGISTRY_PATHS, ...plugins.map(({ plugin }) => bundlePath(plugin.name))],
    }),
  )
  const proof: BootProof = {
    file: composeFile || layout.dockerfile,
    timeoutSeconds,
    result,
    expected,
    ...compareBoot(report.services, awaited, tree, result, timeoutSeconds),
  }
  report.services = proof.rows
  report.notes.push(...result.notes)
  report.boot = reportBoot(composeFile, application, proof, plugins)
  const found = separateAccepted(
    runRules(catalogue.boot, { ...proof, offered: plugins }, declarations.rules),
    declarations,
    (file) => textIn(workspace, file),
  )
  report.findings = reportFindings([...report.findings, ...found.open])
  report.accepted.push(...found.accepted)
  gate(proof, report, inputs)
}

/** The services that load in the image: what does not was said before. */
function awaitedServices(
  expected: BootProof['expected'],
  rows: readonly ServiceRow[],
  probe: ProbeResult,
): Awaited[] {
  return expected.flatMap((service) => {
    const row = rows.find(({ file, loaded }) => file === service.file && loaded)
    if (!row) return []
    const needsDatabase = probe.services.find(({ file }) => file === service.compiled)?.database ?? false
    return [{ service, name: row.name, needsDatabase }]
  })
}

/** Stops before any tag moves when the stack is not what the image promises. */
function gate({ result, missing, timeoutSeconds }: BootProof, report: Report, inputs: Inputs): void {
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
      `the running stack lacks ${missing.map(({ name }) => name).join(', ')} (${plural(missing.length, 'service')}); no tag was moved`,
    )
  if (hasFailingFindings(report, inputs.failOn))
    throw new StageError('boot', 'the running stack has the faults that the findings name; no tag was moved')
}
