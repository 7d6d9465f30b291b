import { type Docker, REGISTRY_SECONDS, RETRY_DELAYS } from '../docker/docker.js'
import { withLogin } from '../docker/login.js'
import { changeOf } from '../inputs/event.js'
import { buildImage, type BuiltImage } from '../image/build.js'
import { cacheProblems } from '../image/build-log.js'
import { type PlannedBuild, planBuild } from '../image/plan.js'
import { type CurrentImage, currentImage } from '../image/predecessor.js'
import type { Strategy } from '../image/strategy.js'
import { readTargets, type TagTarget } from '../image/tags.js'
import { messageOf } from '../lib/wording.js'
import { hasFailingFindings, type ReportedImage } from '../report/report.js'
import type { ChosenStack, JoiningNode } from './boot.js'
import type { Examination } from './check.js'
import { prove } from './prove.js'
import { recordedBy, removal } from './removal.js'
import { type Run, StageError } from './stage.js'
import { chooseStrategy, withBuildFiles } from './strategy.js'
import { tags } from './tags.js'

/**
 * Builds the image, proves it, and only then moves its tags.
 * @param published a commit that holds the working tree as it is, where publishing made one
 * @throws {StageError} when a stage fails
 */
export async function deploy(run: Run, examined: Examination, published: string | undefined): Promise<void> {
  const { inputs, surroundings, stage, record } = run
  const { workspace } = examined
  if (hasFailingFindings(examined.findings.open, inputs))
    throw new StageError('rules', 'nothing was built: fix the findings first')

  const plan = await stage('prepare', () =>
    planBuild(inputs, { root: workspace.root, event: surroundings.event, published }),
  )
  record({ notes: plan.notes })
  await withDocker(run, async (docker) => {
    const { chooseNode, writeFragments } = await import('./node.js')
    const strategy = await stage('strategy', () =>
      inputs.as === 'node'
        ? chooseNode(docker, run, { plan, examined })
        : chooseStrategy(docker, inputs, examined),
    )
    const node =
      'node' in strategy && strategy.node
        ? { plugins: strategy.node, base: strategy.base.reference }
        : undefined
    record({
      strategy: strategy.strategy,
      notes: [`Strategy ${strategy.strategy}: ${strategy.reason}.`],
    })
    // Read before minutes of building, to notice a container registry that does not answer.
    const targets = await stage('tags', () => targetsOf(run, docker, plan.references))
    await stage('removal', () => removal(run, docker, { targets, recorded: recordedBy(strategy, examined) }))
    const stack = await requireProofTools(run, docker, { root: workspace.root, node })
    if (inputs.dryRun) {
      const references = plan.references.join(', ') || 'no tag'
      record({ notes: [`Dry run: would build, prove, and then move ${references}.`] })
      return
    }
    const current = await stage('tags', () => currentImage(docker, targets))
    const earlier = changeOf(surroundings.event) && earlierImage(strategy, current)
    const built = await withStackPulled(
      docker,
      { stack, isStock: inputs.boot.composeFile === '' },
      async (pulled) => {
        const built = await build(run, docker, { plan, strategy, examined, current })
        await proveFully(run, docker, { ...built, examined, node, earlier, pulled })
        return built
      },
    )
    const tagged =
      plan.references.length === 0
        ? built.reported
        : await stage('tags', async () =>
            // Read again: another run may have moved them during the build.
            tags(run, docker, { ...built, targets: await readTargets(docker, plan.references) }),
          )
    if (node) writeFragments(run, workspace.root, { plugins: node.plugins, image: tagged, stack })
  })
}

/** Fails before minutes of building when the stack or a required browser can't be used. */
async function requireProofTools(
  run: Run,
  docker: Docker,
  { root, node }: { root: string; node: JoiningNode | undefined },
): Promise<ChosenStack | undefined> {
  const { inputs, stage } = run
  const { chooseStack } = await import('./boot.js')
  const stack =
    inputs.verify === 'boot'
      ? await stage('boot', () => chooseStack(docker, inputs, { root, node }))
      : undefined
  // A node has no front end.
  if (node) return stack
  const { requireBrowser } = await import('./browser.js')
  await stage('browser', () => requireBrowser(run))
  return stack
}

/** Reads where the tags point now. A dry run goes on without: it may have no login, and moves nothing. */
async function targetsOf(
  { inputs, record }: Run,
  docker: Docker,
  references: readonly string[],
): Promise<TagTarget[]> {
  try {
    return await readTargets(docker, references)
  } catch (error) {
    if (!inputs.dryRun) throw error
    record({ notLookedAt: [`what this deploy removes from its tags (${messageOf(error)})`] })
    return []
  }
}

/**
 * Calls `work` while the engine pulls the other images of the stack, and stops the pull when `work` ends.
 * @param stack `undefined`: nothing is pulled
 */
async function withStackPulled<T>(
  docker: Docker,
  { stack, isStock }: { stack: ChosenStack | undefined; isStock: boolean },
  work: (pulled: Promise<void>) => Promise<T>,
): Promise<T> {
  if (!stack) return work(Promise.resolve())
  const { pullStack } = await import('../proof/boot-stack.js')
  const end = new AbortController()
  const pulled = pullStack(docker, { ...stack, isStock }, end.signal)
  // Its failure counts only when it is awaited: if the build fails first, that is what is reported.
  pulled.catch(() => undefined)
  try {
    return await work(pulled)
  } finally {
    end.abort()
  }
}

/** Proves a built image as `verify` and `browser` ask for. */
async function proveFully(
  run: Run,
  docker: Docker,
  {
    image,
    buildLog,
    examined,
    node,
    earlier,
    pulled,
  }: Pick<Built, 'image' | 'buildLog'> & {
    examined: Examination
    node: JoiningNode | undefined
    earlier: string | undefined
    /** Resolves when the engine has the other images of the stack. */
    pulled: Promise<void>
  },
): Promise<void> {
  const { inputs, stage, record } = run
  if (inputs.verify === 'none')
    record({ notes: ['The services of the image were not proven: verify is none.'] })
  const proven =
    inputs.verify === 'none'
      ? undefined
      : await stage('prove', () => prove(run, docker, { image, buildLog, examined, node: node?.plugins }))
  const { browser } = await import('./browser.js')
  const before = proven?.findings ?? examined.findings
  const findings = node
    ? before
    : await stage('browser', () => browser(run, docker, { image, examined, before, earlier }))
  if (!proven || inputs.verify !== 'boot') return
  const { boot, promiseOfNode, promiseOfSources } = await import('./boot.js')
  const promise = (node ? promiseOfNode : promiseOfSources)(examined, proven)
  const source = { root: examined.workspace.root, declarations: examined.declarations }
  await stage('boot', async () => {
    await pulled
    await boot(run, docker, { image, proven: { ...proven, findings }, promise, source, node })
  })
}

/** Returns the image that this one replaces: the one at the tags, else the one that an overlay goes on. */
function earlierImage(strategy: Strategy, current: CurrentImage | undefined): string | undefined {
  if (current) return current.reference
  return strategy.strategy === 'overlay' ? strategy.base.reference : undefined
}

/** Calls `work` with docker as the inputs set it up, and with a login that is removed afterwards. */
export async function withDocker(
  { inputs, surroundings }: Run,
  work: (docker: Docker) => Promise<void>,
): Promise<void> {
  const {
    log,
    retryDelays = RETRY_DELAYS,
    onLogin = () => undefined,
    onContainer = () => undefined,
  } = surroundings
  const docker = {
    env: {},
    onLine: log,
    builder: inputs.image.builder,
    retryDelays,
    registrySeconds: REGISTRY_SECONDS,
    onContainer,
  }
  await withLogin(docker, { logins: inputs.image.logins, onDirectory: onLogin }, work)
}

/** An image that was just built, with the log of its build and its part of the report. */
interface Built {
  image: BuiltImage
  buildLog: readonly string[]
  reported: ReportedImage
}

async function build(
  { inputs, stage, record }: Run,
  docker: Docker,
  {
    plan,
    strategy,
    examined,
    current,
  }: { plan: PlannedBuild; strategy: Strategy; examined: Examination; current: CurrentImage | undefined },
): Promise<Built> {
  const buildLog: string[] = []
  const keeping = (line: string): void => {
    buildLog.push(line)
    docker.onLine(line)
  }
  const image = await stage('image', () =>
    withBuildFiles(inputs, { plan: plan.plan, strategy, examined }, (buildPlan) =>
      buildImage({ ...docker, onLine: keeping }, buildPlan, { names: plan.names, current }),
    ),
  )
  const reported: ReportedImage = {
    name: image.pushed ? (plan.names[0] ?? '') : '',
    digest: image.digest,
    tags: [],
    platforms: plan.plan.platforms,
  }
  record({ notes: cacheProblems(buildLog), image: reported })
  return { image, buildLog, reported }
}
