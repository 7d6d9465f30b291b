import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { readDockerIgnore } from '../../src/formats/dockerignore.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { contextFiles, dockerIgnores } from '../support/dockerignore-cases.js'

jest.setTimeout(10 * 60 * 1000)

const directory = mkdtempSync(join(tmpdir(), 'dockerignore-'))
const output = join(directory, 'output')

function writeContext(name: string, files: Record<string, string>): string {
  const context = join(directory, name)
  const all = { ...Object.fromEntries(contextFiles.map((file) => [file, ''])), ...files }
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(context, file)), { recursive: true })
    writeFileSync(join(context, file), text)
  }
  return context
}

function copied(name: string): string[] {
  return contextFiles.filter((file) => existsSync(join(output, name, file)))
}

// One build copies from a context for each .dockerignore, and BuildKit reads each of them.
beforeAll(() => {
  const contexts = dockerIgnores.map(([, text], index) => ({
    name: `c${index}`,
    path: writeContext(`c${index}`, { '.dockerignore': text }),
  }))
  const copies = contexts.map(({ name }) => `COPY --from=${name} . /${name}/`)
  const main = writeContext('main', {
    '.dockerignore': 'src',
    'docker/Dockerfile.prod': ['FROM scratch', ...copies, 'COPY . /main/', ''].join('\n'),
    'docker/Dockerfile.prod.dockerignore': 'docs',
  })
  const named = contexts.flatMap(({ name, path }) => ['--build-context', `${name}=${path}`])
  const target = `type=local,dest=${output}`
  const args = ['build', '--file', join(main, 'docker/Dockerfile.prod'), ...named, '--output', target, main]
  execFileSync('docker', ['buildx', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test.each(dockerIgnores.map(([title, text], index) => [title, text, index] as const))(
  'a .dockerignore keeps out what BuildKit keeps out: %s',
  (_title, text, index) => {
    const ignore = readDockerIgnore({ path: '.dockerignore', text })
    expect(contextFiles.filter((file) => !ignore.keepsOut(file))).toEqual(copied(`c${index}`))
    expect(ignore.problems).toEqual([])
  },
)

test('the .dockerignore of a Dockerfile comes before that of the context, as with BuildKit', async () => {
  const build = { dockerfile: 'docker/Dockerfile.prod', context: '.' }
  const { dockerIgnore } = await readWorkspace(join(directory, 'main'), build)
  expect(dockerIgnore?.path).toBe('docker/Dockerfile.prod.dockerignore')
  expect(contextFiles.filter((file) => !dockerIgnore?.keepsOut(file))).toEqual(copied('main'))
})
