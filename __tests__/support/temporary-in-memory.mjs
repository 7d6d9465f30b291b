import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const ENOUGH_BYTES = 2 ** 30
const NAME = 'tailchat-plugins-tests-'

/**
 * Puts the temporary directory of all tests into memory where the system offers that: they make and remove tens of
 * thousands of files, which takes a disk longer than everything else they do.
 */
export default function setUp() {
  const place = inMemory() ? MEMORY : tmpdir()
  if (place === MEMORY) removeLeft()
  const temporary = mkdtempSync(join(place, `${NAME}${process.pid}-`))
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

/** Removes what runs have left that were killed: their process is gone. */
function removeLeft() {
  for (const name of readdirSync(MEMORY)) {
    const [, pid] = /^tailchat-plugins-tests-(\d+)-/.exec(name) ?? []
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(MEMORY, name), { recursive: true, force: true })
  }
}
