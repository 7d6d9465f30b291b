import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { withTemporaryDirectory } from '../lib/temporary.js'
import type { BuildPlan } from './buildx-args.js'
import { versionInstruction } from './record.js'

/**
 * Calls `work` with a Dockerfile whose last line sets the gateway's version. As a build argument the version would come
 * before the installation in Tailchat's Dockerfile, so every commit would install everything again. A version among
 * the build arguments is kept.
 */
export async function withVersion<T>(
  plan: BuildPlan,
  version: string | undefined,
  work: (plan: BuildPlan) => Promise<T>,
): Promise<T> {
  const instruction = versionInstruction(version)
  if (instruction === '' || plan.buildArgs.some((argument) => argument.startsWith('VERSION=')))
    return work(plan)
  return withTemporaryDirectory((directory) => {
    const dockerfile = join(directory, basename(plan.dockerfile))
    writeFileSync(dockerfile, withLastLine(readFileSync(plan.dockerfile, 'utf8'), instruction))
    const ignore = `${plan.dockerfile}.dockerignore`
    if (existsSync(ignore)) copyFileSync(ignore, `${dockerfile}.dockerignore`)
    return work({ ...plan, dockerfile })
  })
}

/** Appends an instruction to a Dockerfile, unless a continued last line would swallow it. */
export function withLastLine(text: string, instruction: string): string {
  return /[\\`]\s*$/.test(text) ? text : `${text}\n${instruction}`
}
