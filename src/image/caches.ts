import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { errorCode } from '../lib/files.js'

/**
 * Leaves out the local directories that no cache can be written to. buildx makes them before it builds, and ends when it
 * can't, whatever `ignore-error` says: a build is worth more than its cache.
 * @param cacheTo as buildx takes them
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

/** Looks at the directory, or the one that it would be made in; makes nothing. */
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
