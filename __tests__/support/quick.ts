import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newImage } from './registry.js'
import { createSample, type Sample } from './sample.js'

const example = fileURLToPath(new URL('../../examples/tailchat', import.meta.url))

/**
 * Pushes an image of the sample, which the engine's build cache holds after the first time.
 * @returns its reference
 */
export function pushBase(): string {
  const reference = `${newImage()}:base`
  const docker = (...args: string[]): void =>
    void execFileSync('docker', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  docker('buildx', 'build', '--quiet', '--load', '--tag', reference, example)
  docker('push', '--quiet', reference)
  return reference
}

/** The sample with a Dockerfile that only puts files on a base image: such an image is made in a second. */
export interface QuickSample extends Sample {
  /** The Dockerfile. */
  dockerfile: string
  /** Puts a file into the image, by its path below server/dist; `undefined`: an empty directory; or a link. */
  put: (file: string, content: string | undefined | { link: string }) => void
}

export function createQuickSample(base: string): QuickSample {
  const sample = createSample()
  const dockerfile = 'quick.Dockerfile'
  // With --link a file may take the place of a directory, and the other way round.
  sample.write(dockerfile, `FROM ${base}\nCOPY --link layer/ /app/tailchat/server/dist/\n`)
  const layer = join(sample.directory, 'layer')
  mkdirSync(layer)
  sample.commit()
  return {
    ...sample,
    dockerfile,
    put: (file, content) => {
      const path = join(layer, file)
      mkdirSync(dirname(path), { recursive: true })
      if (content === undefined) mkdirSync(path)
      else if (typeof content === 'string') writeFileSync(path, content)
      else symlinkSync(content.link, path)
    },
  }
}
