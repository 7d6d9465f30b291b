import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createSample, type Sample } from '../support/sample.js'

jest.setTimeout(120_000)

const project = fileURLToPath(new URL('../..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'package-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Runs a command in an empty directory, with an empty cache of npm. */
function run(command: string, args: string[], cwd = scratch): string {
  const env = { ...process.env, npm_config_offline: 'true', npm_config_cache: join(scratch, 'cache') }
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

describe('the package for the terminal', () => {
  let tarball: string
  let sample: Sample
  beforeAll(() => {
    tarball = join(scratch, run(process.execPath, [join(project, 'scripts/pack.mjs'), scratch]).trim())
    sample = createSample()
  })
  afterAll(() => sample.remove())

  test('holds the command with its licences and the rules, nothing else, and depends on no other package', () => {
    const files = run('tar', ['--list', '--gzip', '--file', tarball]).trim().split('\n')
    expect(files).toEqual(
      expect.arrayContaining([
        'package/dist/cli/index.js',
        'package/dist/cli/licenses.txt',
        'package/docs/rules.md',
      ]),
    )
    const expected = /^package\/(?:dist\/cli\/.*|LICENSE|README\.md|package\.json|docs\/rules\.md)$/
    expect(files.filter((file) => !expected.test(file))).toEqual([])
    const manifest = JSON.parse(run('tar', ['-xzOf', tarball, 'package/package.json'])) as object
    expect(Object.keys(manifest)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/private|scripts|dependencies/i)]),
    )
  })

  test('gives the command when it is installed globally, without a download', () => {
    run('npm', ['install', '--global', '--prefix', scratch, tarball])
    const output = run(join(scratch, 'bin', 'tailchat-plugins'), ['check', sample.directory])
    expect(output).toContain('7 plugins; 0 errors')
    const rules = /file:\S+?\.md/.exec(output)?.[0] ?? 'file:///none'
    expect(readFileSync(fileURLToPath(rules), 'utf8')).toContain('## ')
  })

  test.each([
    ['npm exec', 'npm', ['exec', '--yes']],
    ['npx', 'npx', ['--yes']],
  ])('gives the command to %s, without a download', (_title, command, options) => {
    const args = [...options, `--package=${tarball}`, '--', 'tailchat-plugins', 'check', sample.directory]
    expect(run(command, args)).toContain('7 plugins; 0 errors')
  })
})

describe('the licences of what dist/ bundles', () => {
  const dependencies = (): string[] => {
    const args = ['ls', '--omit=dev', '--omit=optional', '--all', '--parseable', '--long']
    const lines = run('npm', args, project).trim().split('\n').slice(1)
    // PATH:NAME@VERSION
    return lines.map((line) => line.slice(line.lastIndexOf(':') + 1))
  }

  test.each(['dist/licenses.txt', 'dist/cli/licenses.txt'])(
    'are in %s for every package that is installed to run, and for no other',
    (file) => {
      const titles = readFileSync(join(project, file), 'utf8').match(
        /^(?:@[\w.-]+\/)?[\w.-]+ \d+\.\d+\.\d+\S*$/gm,
      )
      const expected = dependencies().map((name) => name.replace(/@(?=[^@]*$)/, ' '))
      expect(expected.length).toBeGreaterThan(5)
      expect(titles?.sort()).toEqual([...new Set(expected)].sort())
    },
  )

  test('are all: nothing that runs is imported from a package that is there for development only', () => {
    const files = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    )
    const imported = files.flatMap((file) => {
      const text = readFileSync(join(project, 'src', file), 'utf8')
      const statements = text.matchAll(
        /^(?:import|export)\s(?!type\s)[^'";]*from '([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/gm,
      )
      return [...statements].map(([, from, lazily]) => from ?? lazily ?? '')
    })
    const packages = imported
      .filter((name) => !name.startsWith('node:'))
      .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect([...new Set(packages)].sort()).toEqual(Object.keys(manifest.dependencies).sort())
  })
})
