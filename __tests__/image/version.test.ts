import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { BuildPlan } from '../../src/image/buildx-args.js'
import { withLastLine, withVersion } from '../../src/image/version.js'

describe('the version of the gateway in an image of the repository’s own Dockerfile', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'version-'))
    writeFileSync(join(directory, 'Prod.Dockerfile'), 'FROM node')
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  const plan = (changes: Partial<BuildPlan> = {}): BuildPlan => ({
    dockerfile: join(directory, 'Prod.Dockerfile'),
    context: directory,
    labels: {},
    ...{ buildArgs: [], buildSecrets: [], platforms: [], cacheFrom: [], cacheTo: [], builder: '' },
    ...changes,
  })
  /** The Dockerfile that is built, and whether it is the repository's own. */
  const built = (given: BuildPlan, version: string | undefined) =>
    withVersion(given, version, ({ dockerfile }) =>
      Promise.resolve({
        text: readFileSync(dockerfile, 'utf8'),
        isOwn: dirname(dockerfile) === directory,
      }),
    )

  test('stands in the last line, so that no earlier step is made again for it', async () => {
    expect(await built(plan(), '0123abc')).toEqual({ text: 'FROM node\nENV VERSION=0123abc\n', isOwn: false })
  })

  test('leaves a Dockerfile as it is without a commit, or where the build arguments give a version', async () => {
    const own = { text: 'FROM node', isOwn: true }
    expect(await built(plan(), undefined)).toEqual(own)
    expect(await built(plan({ buildArgs: ['VERSION=1.2.3'] }), '0123abc')).toEqual(own)
  })

  test('comes with the .dockerignore that belongs to the Dockerfile', async () => {
    writeFileSync(join(directory, 'Prod.Dockerfile.dockerignore'), 'secret')
    const ignored = await withVersion(plan(), '0123abc', ({ dockerfile }) =>
      Promise.resolve(readFileSync(`${dockerfile}.dockerignore`, 'utf8')),
    )
    expect(ignored).toBe('secret')
  })

  test.each(['RUN a \\', 'RUN a \\\n', 'RUN a `\n\n'])(
    'is left out after %j, which would swallow it',
    (text) => {
      expect(withLastLine(text, 'ENV VERSION=1\n')).toBe(text)
    },
  )
})
