import { chmodSync, copyFileSync, cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withTemporaryDirectory } from '../lib/temporary.js'
import type { Plugin } from '../workspace/types.js'
import { type OverlayPlan, STAGE_CONTEXT } from './overlay.js'

/** The scripts of the build stage, next to this file in the sources and in the bundle's directory. */
const stageScripts = join(dirname(fileURLToPath(import.meta.url)), 'overlay-stage')

/** The input of an overlay build. */
interface OverlayFiles {
  root: string
  dockerfile: string
  plan: Omit<OverlayPlan, 'epochSeconds'> & { epochSeconds: number | undefined }
  plugins: readonly Plugin[]
  /** The text of pnpm-lock.yaml and .dockerignore; `undefined` where the repository has none that counts. */
  lockfile: string | undefined
  dockerIgnore: string | undefined
}

/** Paths that `docker buildx build` is called with. */
interface OverlayContext {
  dockerfile: string
  context: string
  contexts: Record<string, string>
}

/** Writes the build context of an overlay: only the plugins to rebuild, never the rest of the repository. */
export async function withOverlayContext<T>(
  files: OverlayFiles,
  work: (context: OverlayContext) => Promise<T>,
): Promise<T> {
  return withTemporaryDirectory(async (directory) => {
    const stage = join(directory, 'stage')
    const context = join(directory, 'context')
    const dockerfile = join(directory, 'Dockerfile')
    cpSync(stageScripts, stage, { recursive: true })
    mkdirSync(context)
    const newest = copyPlugins(files, context)
    // Another time makes browsers fetch a file again: without a commit, take the time of the newest source.
    const plan: OverlayPlan = { ...files.plan, epochSeconds: files.plan.epochSeconds ?? newest }
    writeFileSync(join(stage, 'plan.json'), JSON.stringify(plan))
    if (files.lockfile !== undefined) writeFileSync(join(stage, 'pnpm-lock.yaml'), files.lockfile)
    if (files.dockerIgnore !== undefined) writeFileSync(join(context, '.dockerignore'), files.dockerIgnore)
    writeFileSync(dockerfile, files.dockerfile)
    return work({ dockerfile, context, contexts: { [STAGE_CONTEXT]: stage } })
  })
}

/** @returns the modification time of the newest file, in seconds since 1970 */
function copyPlugins({ root, plan, plugins }: OverlayFiles, context: string): number {
  let newest = 0
  for (const overlaid of plan.plugins) {
    const plugin = plugins.find(({ name, kind }) => name === overlaid.name && kind === overlaid.kind)
    if (!overlaid.changed || !plugin) continue
    for (const file of plugin.files) {
      const from = join(root, plugin.directory, file)
      const to = join(context, overlaid.directory, file)
      mkdirSync(dirname(to), { recursive: true })
      copyFileSync(from, to)
      const { mode, mtimeMs } = statSync(from)
      // The other bits come from the checkout, and may differ from machine to machine.
      chmodSync(to, mode & 0o100 ? 0o755 : 0o644)
      newest = Math.max(newest, Math.floor(mtimeMs / 1000))
    }
  }
  return newest
}
