import type { Inputs } from '../inputs/inputs.js'
import type { Examination } from './check.js'
import { repositoryText } from '../lib/files.js'
import { readInstallLists } from '../registrations/install-list.js'
import { layout } from '../tailchat/layout.js'
import { findBaseImage, overlayLabels, REVISION_LABEL } from '../image/base.js'
import type { BuildPlan } from '../image/buildx-args.js'
import { changesSince } from '../image/changes.js'
import type { Docker } from '../docker/docker.js'
import { AS_LABEL, runnerPath } from '../image/node.js'
import { nodeDockerfile, overlayDockerfile, planNode, planOverlay, secretIds } from '../image/overlay.js'
import { withOverlayContext } from '../image/overlay-context.js'
import { SOURCES_LABEL } from '../image/sources.js'
import { offeringLabels, serviceLabels } from '../image/record.js'
import { withVersion } from '../image/version.js'
import { requireBuildFiles } from '../image/plan.js'
import { decideStrategy, type Strategy, type StrategyFacts } from '../image/strategy.js'
import { messageOf } from '../lib/wording.js'
import { recordedBy } from './removal.js'

/**
 * Reads the base image and what changed since, and chooses how the image is built.
 * @throws when the wanted strategy can't be used, with what to do
 */
export async function chooseStrategy(
  docker: Docker,
  { image }: Inputs,
  { workspace, declarations, plan }: Examination,
): Promise<Strategy> {
  const facts: StrategyFacts = {
    asked: image.strategy,
    pluginsOnly: workspace.pluginsOnly,
    base: undefined,
    platforms: image.platforms,
    changes: { unknown: 'the base image names no commit (label org.opencontainers.image.revision)' },
    builtinWanted: plan.blocked.filter(({ place }) => place === 'builtin').map(({ plugin }) => plugin),
  }
  if (image.strategy === 'full' || image.baseImage === '') return decideStrategy(facts)
  const base = await findBaseImage(docker, image.baseImage).catch((error: unknown) => ({
    missing: messageOf(error),
  }))
  const labels = 'labels' in base ? base.labels : {}
  const revision = labels[REVISION_LABEL]
  if (revision === undefined || workspace.pluginsOnly) return decideStrategy({ ...facts, base })
  const ownFiles = declarations.file === undefined ? [] : [declarations.file]
  const changes = await changesSince(workspace, { revision, sources: labels[SOURCES_LABEL], ownFiles })
  return decideStrategy({ ...facts, base, changes })
}

/** A build, and what decides which files it needs. */
interface StrategyBuild {
  plan: BuildPlan
  strategy: Strategy
  examined: Examination
}

/** Calls `work` with the build of the chosen strategy; files that it needs beyond the repository are removed afterwards. */
export async function withBuildFiles<T>(
  inputs: Inputs,
  { plan, strategy, examined: { workspace, desired } }: StrategyBuild,
  work: (plan: BuildPlan) => Promise<T>,
): Promise<T> {
  const version = plan.labels[REVISION_LABEL]
  const recorded = recordedBy(strategy, { workspace, desired })
  const labels = {
    ...plan.labels,
    ...serviceLabels(recorded.own, recorded.ofBase),
    ...offeringLabels(recorded),
  }
  if (strategy.strategy === 'full') {
    requireBuildFiles(inputs, workspace.root)
    return withVersion({ ...plan, labels, rewriteTimestamps: true }, version, work)
  }
  const { base, changed, node } = strategy
  const { appDir } = inputs.image
  const secrets = secretIds(inputs.image.buildSecrets)
  const overlay = node
    ? planNode(desired.plugins.filter(({ plugin }) => node.includes(plugin.name)))
    : planOverlay(desired.plugins, changed, workspace.pluginsOnly ? undefined : registrationFiles(workspace))
  const text = (path: string): string | undefined => repositoryText(workspace.root, path)
  const builtin = changed || node || workspace.pluginsOnly ? undefined : text(layout.builtinTs)
  const files = {
    root: workspace.root,
    dockerfile: node
      ? nodeDockerfile(base, secrets, { appDir, plugins: node })
      : overlayDockerfile(base, secrets, version),
    plan: {
      ...overlay,
      ...(node && { node: { runner: runnerPath(appDir) } }),
      appDir,
      epochSeconds: plan.epochSeconds,
      ...(builtin !== undefined && { builtin }),
    },
    plugins: workspace.plugins,
    // In a repository of plugins, both belong to that repository and not to the image.
    lockfile: workspace.pluginsOnly ? undefined : text(layout.pnpmLock),
    dockerIgnore: workspace.pluginsOnly ? undefined : workspace.dockerIgnore?.text,
  }
  const brought = overlay.plugins.filter(({ changed }) => changed).map(({ name }) => name)
  return withOverlayContext(files, (context) =>
    work({
      ...plan,
      ...context,
      labels: { ...labels, ...overlayLabels(base, brought), ...(node && { [AS_LABEL]: 'node' }) },
      // They are for the repository's own Dockerfile.
      buildArgs: [],
      options: { ...inputs.image.options, target: '', ssh: [] },
    }),
  )
}

/** Reads the registration files from disk, with the edits of this run. */
function registrationFiles(workspace: Examination['workspace']) {
  const lists = readInstallLists((path) => {
    const text = repositoryText(workspace.root, path)
    return text === undefined ? undefined : { path, text }
  })
  return {
    registry: repositoryText(workspace.root, layout.registryJson) ?? '[]\n',
    installed: lists.flatMap(({ names }) => names.map(({ name }) => name)),
  }
}
