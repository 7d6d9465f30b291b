import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { errorCode } from '../lib/files.js'

/**
 * Drops local cache directories that can't be written. buildx creates them before it builds and fails if it can't,
 * even with `ignore-error`; a build should not fail for its cache.
 * @param cacheTo the values of `--cache-to`
 */
export function writableCaches(cacheTo: readonly string[]): { usable: string[]; problems: string[] } {
  const usable: string[] = []
  const problems: string[] = []
  for (const cache of cacheTo) {
    const directory = /(?:^|,)type=local(?:,|$)/.test(cache)
      ? /(?:^|,)dest=([^,]+)/.exec(cache)?.[1]
      : undefined
    const reason = directory === undefined ? undefined : whyNotWritable(resolve(directory))
    if (reason === undefined) usable.push(cache)
    else problems.push(`Cache: ${directory} cannot be written (${reason}), and the build goes on without it.`)
  }
  return { usable, problems }
}

/** Returns the error code that writing to a directory would meet, without creating anything; `undefined`: none. */
function whyNotWritable(directory: string): string | undefined {
  try {
    if (!statSync(directory).isDirectory()) return 'ENOTDIR'
    accessSync(directory, constants.W_OK)
    return undefined
  } catch (error) {
    const code = errorCode(error)
    return code === 'ENOENT' && dirname(directory) !== directory ? whyNotWritable(dirname(directory)) : code
  }
}
