import { spawn } from 'node:child_process'
import { cpus } from 'node:os'
import { expect, test } from '@jest/globals'
import { bundle, evaluated, sharedChrome } from '../support/web-client.js'

const RUNS = 20
/** Keeps a processor busy until its parent ends, however that ends, and for ten minutes at most. */
const BURNER = `process.stdin.on('end', () => process.exit()).resume()
const latest = Date.now() + 600_000
const burn = () => {
  for (const until = Date.now() + 50; Date.now() < until;);
  if (Date.now() < latest) setImmediate(burn)
  else process.exit()
}
burn()`
const chrome = sharedChrome()

test(`${RUNS} runs of 20 sound plugins find no fault on a machine with more to do than processors`, async () => {
  const plugins = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => `com.acme.p${index}`).map((name) => [
      name,
      {
        'index.js': bundle(name, 'for (let i = 0; i < 3e6; i++);', ['exports', 'react', './part']),
        'part.js': `definePlugin('@plugins/${name}/part.js', ['exports'], function () {})`,
      },
    ]),
  )
  const burners = Array.from({ length: 2 * cpus().length }, () =>
    spawn(process.execPath, ['-e', BURNER], { stdio: ['pipe', 'ignore', 'ignore'] }),
  )
  try {
    for (let run = 0; run < RUNS; run++) {
      const proof = await evaluated(chrome(), { plugins })
      expect(proof.plugins).toHaveLength(20)
      expect(
        proof.plugins.filter(({ fault, chunks }) => fault ?? chunks.some((chunk) => chunk.fault)),
      ).toEqual([])
    }
  } finally {
    for (const burner of burners) burner.kill('SIGKILL')
  }
}, 600_000)
