import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onInterrupt } from './interrupt.js'

/**
 * Gives `work` a directory of its own, readable by this user only, and removes it whatever happens.
 * @param parent where it is made
 */
export async function withTemporaryDirectory<T>(
  work: (directory: string) => Promise<T>,
  parent = process.env['RUNNER_TEMP'] ?? tmpdir(),
): Promise<T> {
  const directory = mkdtempSync(join(parent, 'tailchat-plugins-'))
  const remove = (): void => rmSync(directory, { recursive: true, force: true })
  const forget = onInterrupt(remove)
  try {
    return await work(directory)
  } finally {
    forget()
    try {
      remove()
    } catch {
      // A container may have left files of another user: the machine's own clean-up takes them.
    }
  }
}
