import { execFileSync } from 'node:child_process'
import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { runAction } from './support/run-action.js'
import { createSample, type Sample } from './support/sample.js'

// These tests need a Docker engine with buildx and a container registry. Without them they fail.
const REGISTRY = process.env['E2E_REGISTRY'] ?? '127.0.0.1:5000'

/** A full build of the sample takes half a minute on a small machine, and minutes on a busy one. */
jest.setTimeout(15 * 60 * 1000)

const image = `${REGISTRY}/e2e/overlay-${process.pid}-${Math.random().toString(36).slice(2)}`
let sample: Sample
/** The commit that the base image was built from. */
let revision: string
const original = createSample()

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: sample.directory, encoding: 'utf8' }).trim()
const append = (file: string, text: string): void => appendFileSync(join(sample.directory, file), text)

function deploy(inputs: Record<string, string> = {}) {
  const all = { mode: 'deploy', images: image, tags: 'overlay', 'base-image': `${image}:full`, ...inputs }
  return runAction(sample.directory, all)
}

/** Every file that the image serves or runs, with its content or the target of its link. */
function contentsOf(reference: string): string[] {
  const script = `find . \\( -type f -o -type l \\) | sort | while read -r f; do
    if [ -L "$f" ]; then echo "$f $(readlink "$f")"; else echo "$f $(md5sum <"$f")"; fi; done`
  const args = [
    'run',
    '--rm',
    '--workdir=/app/tailchat/server/dist',
    '--entrypoint=sh',
    reference,
    '-c',
    script,
  ]
  return execFileSync('docker', args, { encoding: 'utf8' }).split('\n')
}

beforeAll(async () => {
  sample = original
  revision = git('rev-parse', 'HEAD')
  const full = await deploy({ strategy: 'full', tags: 'full' })
  expect([full.exitCode, full.outputs['strategy']]).toEqual([0, 'full'])
})
afterAll(() => original.remove())

beforeEach(() => {
  sample = createSample()
  // The history that a checkout has: the commit of the base image is in it.
  git('fetch', '-q', original.directory)
  git('reset', '-q', '--hard', revision)
})
afterEach(() => sample.remove())

describe('an overlay', () => {
  test('of a plugin of each kind serves and loads what a full build of the same commit does', async () => {
    append('client/web/plugins/com.example.theme/src/index.ts', "console.log('changed')\n")
    append(
      'server/plugins/com.example.audit/services/audit.service.ts',
      '// changed\nexport const added = 1;\n',
    )
    append(
      'server/plugins/com.example.tickets/web/plugins/com.example.tickets/src/index.tsx',
      "console.log('changed')\n",
    )
    rmSync(join(sample.directory, 'server/plugins/com.example.polls/services/archive.service.ts'))
    sample.add('com.example.wall')
    writeFileSync(
      join(sample.directory, 'tailchat-plugins.yml'),
      'version: 1\nplugins:\n  com.example.wall:\n    offer: registry\n',
    )
    sample.commit()

    const overlay = await deploy()
    expect(overlay.log).not.toMatch(/^::error/m)
    expect([overlay.exitCode, overlay.outputs['strategy']]).toEqual([0, 'overlay'])
    expect(overlay.summary).toContain('nothing but plugins changed since')
    const full = await deploy({ strategy: 'full', tags: 'same' })
    expect(full.exitCode).toBe(0)

    expect(contentsOf(`${image}:overlay`)).toEqual(contentsOf(`${image}:same`))
    expect(overlay.outputs['services']).toBe(full.outputs['services'])
    expect(overlay.outputs['services-loaded']).toBe('4')
  })
})
