import type { Inputs } from '../inputs/inputs.js'
import type { Declarations } from '../declarations/types.js'
import type { Examination } from './check.js'
import type { Docker } from '../docker/docker.js'
import { reportBoot } from '../report/boot-result.js'
import { hasFailingFindings, type Report, reportFindings } from '../report/report.js'
import { separateAccepted } from '../rules/accept.js'
import { catalogue } from '../rules/catalogue.js'
import type { OfferedBundle } from '../rules/boot.js'
import { offered, placeOf } from '../rules/image.js'
import { runRules } from '../rules/run.js'
import { bundlePath, REGISTRY_PATHS } from '../tailchat/gateway.js'
import { bootStack, readStack } from '../proof/boot-stack.js'
import { type Awaited, type BootProof, compareBoot, progressOf } from '../proof/boot-compare.js'
import type { ServiceRow } from '../proof/compare.js'
import { expectedServices } from '../proof/expected.js'
import type { ProbeResult } from '../proof/probe-result.js'
import { applicationServices, type StackModel } from '../proof/stack.js'
import { StageError, type StageRunner } from './stage.js'
import { listed, plural } from '../lib/wording.js'
import { readRepositoryFile } from '../lib/files.js'
import { layout } from '../tailchat/layout.js'

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

/** What a running stack of an image must show. */
export interface BootPromise {
  awaited: readonly Awaited[]
  /** Every service file of the image that is known, by its path below server/dist. */
  tree: readonly string[]
  offered: readonly OfferedBundle[]
}

/** What the sources promise of a stack; the services that don't load in the image were named before. */
export function promiseOfSources(
  { workspace, desired }: Examination,
  rows: readonly ServiceRow[],
  probe: ProbeResult,
): BootPromise {
  const { expected } = expectedServices(desired)
  return {
    awaited: expected.flatMap(({ file, line, compiled }) => {
      const row = rows.find((each) => each.file === file && each.loaded)
      return row
        ? [{ ...awaitedRow(row.name, file, compiled, probe), ...(line !== undefined && { line }) }]
        : []
    }),
    tree: [...(workspace.deployment?.serverServices ?? []), ...expected.map(({ compiled }) => compiled)],
    offered: offered(desired).map(({ plugin }) => ({ plugin: plugin.name, file: placeOf(plugin).file })),
  }
}

/** What an image promises by what it holds: every service that loads, and every plugin that it offers. */
export function promiseOfImage(probe: ProbeResult, plugins: readonly string[]): BootPromise {
  return {
    awaited: probe.services.flatMap(({ file, name }) =>
      name === undefined ? [] : [awaitedRow(name, `server/dist/${file}`, file, probe)],
    ),
    tree: probe.services.map(({ file }) => file),
    offered: plugins.map((plugin) => ({ plugin, file: `server/dist/public${bundlePath(plugin)}` })),
  }
}

function awaitedRow(name: string, file: string, compiled: string, { services }: ProbeResult): Awaited {
  const needsDatabase = services.find((each) => each.file === compiled)?.database ?? false
  return { name, file, compiled, needsDatabase }
}

/**
 * Boots an image, and stops when the running stack lacks what is promised of it.
 * @param root absolute path of the repository
 * @throws {StageError} when the stack does not come up, or not whole
 */
export async function proveBoot(
  { docker, image, onStack }: Subject,
  inputs: Inputs,
  root: string,
  { awaited, tree, offered }: BootPromise,
  declarations: Declarations,
  report: Report,
  stage: StageRunner,
): Promise<void> {
  const { composeFile, timeoutSeconds } = inputs.boot
  const { model, application } = await stage('boot', () => chooseStack(docker, inputs, root))
  docker.onLine(
    `Booting ${composeFile || 'the stack of this action'} with the image in ${application.join(', ')}`,
  )
  const result = await stage('boot', () =>
    bootStack(docker, {
      model,
      application,
      image,
      root,
      timeoutSeconds,
      progress: (listed, containers) => progressOf(listed, containers, awaited, tree),
      onStack,
      paths: [...REGISTRY_PATHS, ...offered.map(({ plugin }) => bundlePath(plugin))],
    }),
  )
  const proof: BootProof = {
    file: composeFile || layout.dockerfile,
    timeoutSeconds,
    result,
    awaited,
    ...compareBoot(report.services, awaited, tree, result, timeoutSeconds),
  }
  report.services = proof.rows
  report.notes.push(...result.notes)
  report.boot = reportBoot(
    composeFile,
    application,
    proof,
    offered.map(({ plugin }) => plugin),
  )
  const found = separateAccepted(
    runRules(catalogue.boot, { ...proof, offered }, declarations.rules),
    declarations,
    (file) => textOf(root, file),
  )
  report.findings = reportFindings([...report.findings, ...found.open])
  report.accepted.push(...found.accepted)
  gate(proof, report, inputs)
}

function textOf(root: string, file: string): string | undefined {
  const result = readRepositoryFile(root, file)
  return 'text' in result ? result.text : undefined
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
      `the running stack lacks ${listed(missing.map(({ name }) => name))} (${plural(missing.length, 'service')}); no tag was moved`,
    )
  const [silent] = result.answers.length === 0 ? result.unanswered : []
  if (silent)
    throw new StageError(
      'boot',
      `the gateway could not be asked for what it serves: ${silent.reason}; no tag was moved`,
    )
  if (hasFailingFindings(report, inputs.failOn))
    throw new StageError('boot', 'the running stack has the faults that the findings name; no tag was moved')
}
