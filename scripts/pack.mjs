// Packs the command for the terminal: node scripts/pack.mjs DIRECTORY writes the package's tarball there, and its name to
// standard output. The bundle holds all that it needs, so the package has no dependencies.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const destination = resolve(process.argv[2] ?? '.')
const staged = mkdtempSync(join(tmpdir(), 'package-'))
try {
  const { name, version, description, keywords, license, type, engines, bin } = JSON.parse(
    readFileSync(`${root}package.json`, 'utf8'),
  )
  // The npm registry compares this with the repository that signs the provenance.
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env
  const repository = GITHUB_REPOSITORY && {
    type: 'git',
    url: `git+${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}.git`,
  }
  const manifest = { name, version, description, keywords, license, repository, type, engines, bin }
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  for (const path of ['dist/cli', 'docs/rules.md', 'README.md', 'LICENSE'])
    cpSync(`${root}${path}`, join(staged, path), { recursive: true })
  const { status, stdout } = spawnSync(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', destination],
    { cwd: staged, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  process.stdout.write(stdout)
  process.exitCode = status ?? 1
} finally {
  rmSync(staged, { recursive: true, force: true })
}
