import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives `work` a directory of its own, readable by this user only, and removes it whatever happens. */
export async function withTemporaryDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'tailchat-plugins-'))
  try {
    return await work(directory)
  } finally {
    try {
      rmSync(directory, { recursive: true, force: true })
    } catch {
      // A container may have left files of another user: the machine's own clean-up takes them.
    }
  }
}
