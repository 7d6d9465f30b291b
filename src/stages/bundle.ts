import { lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { PluginState } from '../declarations/desired.js'
import type { Docker } from '../docker/docker.js'
import { asObject, stringAt } from '../formats/json.js'
import { type BaseImage, findBaseImage } from '../image/base.js'
import { buildFiles } from '../image/build.js'
import { printedErrors } from '../image/build-log.js'
import { type BundleFile, listBundle, placeBundle, readScripts, writeJson } from '../image/bundle-files.js'
import { bundleDockerfile, planOverlay, secretIds } from '../image/overlay.js'
import { withOverlayContext } from '../image/overlay-context.js'
import { type PlannedBuild, planBuild } from '../image/plan.js'
import { isInside, repositoryText } from '../lib/files.js'
import { withTemporaryDirectory } from '../lib/temporary.js'
import { listed, plural } from '../lib/wording.js'
import type { ServedPlugin } from '../proof/browser/put-plugins.js'
import type { ReportedBundle } from '../report/bundle-result.js'
import { hasFailingFindings, reportFindings } from '../report/report.js'
import type { HostedPlugin } from '../rules/bundle.js'
import { catalogue } from '../rules/catalogue.js'
import { type Findings, findings, joinFindings } from '../rules/findings.js'
import { readLoaderModules } from '../source/loader.js'
import { hostedFolder, hostedManifest, isFolderName } from '../tailchat/hosted.js'
import { layout } from '../tailchat/layout.js'
import type { Plugin } from '../workspace/types.js'
import type { Examination } from './check.js'
import { withDocker } from './deploy.js'
import { type Run, StageError } from './stage.js'

/** A plugin as it will be served, with its files where they were built. */
interface BuiltBundle extends HostedPlugin {
  version: string
  folder: string
  files: BundleFile[]
}

/**
 * Builds the browser sides of all plugins as files for a static host, with manifests that name their addresses. Nothing
 * is written before the files passed the rules.
 * @throws {StageError} when they did not, or there is nothing to build
 */
export async function bundle(run: Run, examined: Examination, published: string | undefined): Promise<void> {
  const { inputs, surroundings, stage, record } = run
  const { root } = examined.workspace
  if (hasFailingFindings(examined.findings.open, inputs))
    throw new StageError('rules', 'nothing was built: fix the findings first')
  const states = examined.desired.plugins.filter(({ plugin }) => plugin.web?.manifest !== undefined)
  if (states.length === 0) throw new Error('no plugin of the repository has a browser side with a manifest')
  requireFolderNames(states)
  const target = requireTarget(root, inputs.bundle.directory)
  // No image comes of it: no tag moves.
  const image = { ...inputs.image, names: [], push: false }
  const plan = await stage('prepare', () =>
    planBuild({ image }, { root, event: surroundings.event, published }),
  )
  record({ notes: plan.notes })
  if (inputs.dryRun) {
    record({
      notes: [`Dry run: would build ${plural(states.length, 'bundle')} into ${inputs.bundle.directory}.`],
    })
    return
  }
  const { browserOfBundles, requireBrowser } = await import('./browser.js')
  await stage('browser', () => requireBrowser(run))
  await withDocker(run, (docker) =>
    withTemporaryDirectory(async (directory) => {
      const base = await stage('image', () => findBaseImage(docker, inputs.image.baseImage))
      const printed = await stage('image', () =>
        build(run, docker, { examined, states, plan, base, directory }),
      )
      const built = states.map((state) => readBuilt(run, state, directory))
      const before = judge(run, examined, { states, built, printed })
      const put = states.map((state) => servedPlugin(state, directory))
      await stage('browser', () =>
        browserOfBundles(run, docker, { base: base.reference, examined, before, put }),
      )
      record({
        bundles: {
          directory: inputs.bundle.directory,
          publicUrl: inputs.bundle.publicUrl,
          plugins: write(built, { root, from: directory, target }),
        },
      })
    }),
  )
}

/** @throws when a name or a version can't be a folder in an address */
function requireFolderNames(states: readonly PluginState[]): void {
  const wrong = states.filter(
    ({ plugin }) => !isFolderName(plugin.name) || !isFolderName(versionOf(plugin.web?.manifest?.value)),
  )
  if (wrong.length > 0)
    throw new Error(
      `${listed(wrong.map(({ plugin }) => plugin.name))}: name and version become folders in an address, so both need letters, digits, ., _, + and - only, and the manifest a version`,
    )
}

function versionOf(manifest: unknown): string {
  return stringAt(manifest, 'version') ?? ''
}

/** The directory that gets the files. @throws when it is not one inside the repository */
function requireTarget(root: string, directory: string): string {
  const target = join(root, directory)
  if (target === root || !staysInside(root, target))
    throw new Error(`bundle-dir: ${directory} must be a directory of its own inside the repository`)
  return target
}

/** Whether what is written to a path stays in the repository: a link on the way may lead anywhere. */
function staysInside(root: string, path: string): boolean {
  if (!isInside(root, path)) return false
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat) return stat.isDirectory() && isInside(root, realpathSync(path))
  return staysInside(root, dirname(path))
}

/** Builds every browser side with the toolchain of the base image. @returns what the build printed of errors */
async function build(
  { inputs }: Run,
  docker: Docker,
  {
    examined,
    states,
    plan,
    base,
    directory,
  }: {
    examined: Examination
    states: readonly PluginState[]
    plan: PlannedBuild
    base: BaseImage
    directory: string
  },
): Promise<ReturnType<typeof printedErrors>> {
  const { workspace } = examined
  const overlay = planOverlay(states, undefined, undefined)
  const files = {
    root: workspace.root,
    dockerfile: bundleDockerfile(base, secretIds(inputs.image.buildSecrets)),
    plan: {
      ...overlay,
      // Where it is offered in an image has no say here.
      plugins: overlay.plugins.map((plugin) => ({ ...plugin, bundle: true })),
      bundlesOnly: true as const,
      appDir: inputs.image.appDir,
      epochSeconds: plan.plan.epochSeconds,
    },
    plugins: workspace.plugins,
    lockfile: workspace.pluginsOnly ? undefined : repositoryText(workspace.root, layout.pnpmLock),
    dockerIgnore: workspace.pluginsOnly ? undefined : workspace.dockerIgnore?.text,
  }
  const log: string[] = []
  const keeping = (line: string): void => {
    log.push(line)
    docker.onLine(line)
  }
  await withOverlayContext(files, (context) =>
    buildFiles(
      { ...docker, onLine: keeping },
      { ...plan.plan, ...context, labels: {}, buildArgs: [], platforms: [] },
      directory,
    ),
  )
  return printedErrors(log)
}

function readBuilt({ inputs }: Run, { plugin }: PluginState, directory: string): BuiltBundle {
  const { publicUrl, sourceMaps } = inputs.bundle
  const { name } = plugin
  const manifest = manifestOf(plugin)
  const version = versionOf(manifest)
  const from = join(directory, name)
  const files = filesBelow(from).filter(({ path }) => sourceMaps || !path.endsWith('.map'))
  const address = hostedFolder(publicUrl, version, name)
  return {
    name,
    version,
    file: plugin.web?.manifest?.path ?? plugin.directory,
    folder: `${version}/${name}`,
    manifest: hostedManifest(manifest, name, address),
    url: `${address}/index.js`,
    scripts: readScripts(from, files),
    files,
  }
}

/** A plugin as the browser gets it: with its source maps, which tell where a fault comes from. */
function servedPlugin({ plugin }: PluginState, built: string): ServedPlugin {
  const directory = join(built, plugin.name)
  const files = filesBelow(directory).map(({ path }) => path)
  return { name: plugin.name, manifest: manifestOf(plugin), directory, files }
}

function manifestOf({ web }: Plugin): Readonly<Record<string, unknown>> {
  return asObject(web?.manifest?.value) ?? {}
}

/** What a build wrote for a plugin. */
function filesBelow(directory: string): BundleFile[] {
  // A link in its place would lead out of the directory.
  return lstatSync(directory, { throwIfNoEntry: false })?.isDirectory() ? listBundle(directory) : []
}

/** Stops before anything is written when a bundle is not what a host could serve. */
function judge(
  { inputs, record }: Run,
  { workspace, declarations, desired, findings: before }: Examination,
  {
    states,
    built,
    printed,
  }: {
    states: readonly PluginState[]
    built: readonly BuiltBundle[]
    printed: ReturnType<typeof printedErrors>
  },
): Findings {
  const source = { root: workspace.root, declarations }
  const loader = repositoryText(workspace.root, layout.loaderTs)
  const subject = {
    // Each of them must be there, wherever an image would offer it.
    desired: {
      ...desired,
      plugins: states.map((state) => ({ ...state, wanted: { ...state.wanted, registry: true } })),
    },
    installListFile: '',
    contents: {
      serverConfig: true,
      registry: null,
      backendRegistry: null,
      bundles: built.map(({ name, scripts }) => ({ name, files: [...scripts] })),
    },
    loaderModules:
      loader === undefined ? undefined : readLoaderModules({ path: layout.loaderTs, text: loader }),
    printed,
  }
  const ofBundles = catalogue.image.filter(
    ({ id }) => id.startsWith('image/bundle-') || id.startsWith('build/'),
  )
  const all = joinFindings(
    before,
    findings(ofBundles, subject, source),
    findings(catalogue.bundle, { plugins: built }, source),
  )
  record({ findings: reportFindings(all.open), accepted: [...all.accepted] })
  if (hasFailingFindings(all.open, inputs))
    throw new StageError('bundle', 'nothing was written: the bundles have the faults that the findings name')
  return all
}

/** Writes the files, a manifest for each plugin, and one file with all manifests. */
function write(
  built: readonly BuiltBundle[],
  { root, from, target }: { root: string; from: string; target: string },
): ReportedBundle[] {
  mkdirSync(target, { recursive: true })
  for (const { name, folder, files, manifest } of built) {
    if (!staysInside(root, join(target, folder)))
      throw new Error(`${folder} in ${target} leads out of the repository, or is no directory: remove it`)
    placeBundle(join(from, name), files, join(target, folder))
    writeJson(join(target, `${name}.manifest.json`), manifest)
  }
  writeJson(
    join(target, 'manifests.json'),
    built.map(({ manifest }) => manifest),
  )
  return built.map(({ name, version, url, files }) => ({
    name,
    version,
    url,
    manifest: `${name}.manifest.json`,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  }))
}
