import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** No browser to evaluate with, or nothing to evaluate; not the fault of a plugin. */
export class NoChromeError extends Error {}

/** Names under which a Chrome is installed, the most likely one to start first. */
const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const ON_MACOS = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/**
 * Returns the path of a Chrome or Chromium: what CHROME_PATH names, else CHROME_BIN, else the first on the PATH.
 * @throws {NoChromeError} with what to do
 */
export function findChrome(env: Readonly<Record<string, string | undefined>>): string {
  for (const name of ['CHROME_PATH', 'CHROME_BIN']) {
    const path = env[name]
    if (path === undefined || path === '') continue
    if (isExecutable(path)) return path
    throw new NoChromeError(`${name} is ${path}, which is no program that can be started`)
  }
  const directories = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  const found = [...NAMES.flatMap((name) => directories.map((directory) => join(directory, name))), ON_MACOS]
  const path = found.find(isExecutable)
  if (path !== undefined) return path
  throw new NoChromeError(`none of ${NAMES.join(', ')} is on the PATH, and CHROME_PATH is not set`)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
