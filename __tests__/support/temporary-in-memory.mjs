import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const ENOUGH_BYTES = 2 ** 30

/**
 * Puts the temporary directory of all tests into memory where the system offers that: they make and remove tens of
 * thousands of files, which takes a disk longer than everything else they do.
 */
export default function setUp() {
  const temporary = mkdtempSync(join(inMemory() ? MEMORY : tmpdir(), 'tailchat-plugins-tests-'))
  // One of the tests works as another user.
  chmodSync(temporary, 0o755)
  process.env.TMPDIR = temporary
  globalThis.removeTemporaryDirectory = () => rmSync(temporary, { recursive: true, force: true })
}

/** Returns whether there is a large file system in memory that programs may be started from. */
function inMemory() {
  try {
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, place]) => place === MEMORY)
    const { bavail, bsize } = statfsSync(MEMORY)
    return mount?.[2] === 'tmpfs' && !mount[3].split(',').includes('noexec') && bavail * bsize >= ENOUGH_BYTES
  } catch {
    return false
  }
}
