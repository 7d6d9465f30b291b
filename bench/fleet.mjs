// Many repositories on one builder and one container registry. Prints two Markdown tables.
//
//   npm run bench:fleet
//
// 1. Repositories that hold plugins only, each with a change of its own, deployed at once as overlays on one base image.
// 2. A full build on a builder that holds nothing yet, without and with a cache that an earlier build has written into the
//    container registry. Only where E2E_BUILDKIT names a BuildKit, whose cache this empties.
//
// Needs a Docker engine with buildx and a container registry over plain HTTP at E2E_REGISTRY (127.0.0.1:5000).
import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
const tool = join(project, 'dist', 'cli', 'index.js')
const examples = join(project, 'examples')
const images = `${process.env.E2E_REGISTRY ?? '127.0.0.1:5000'}/bench/fleet-${process.pid}`
const FLEETS = [1, 4, 16]

const directory = mkdtempSync(join(tmpdir(), 'bench-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))

/** A copy of an example with one more line in a file, committed. */
function repository(name, example, file) {
  const root = join(directory, name)
  cpSync(join(examples, example), root, { recursive: true })
  appendFileSync(join(root, file), `\nexport const name = ${JSON.stringify(name)}\n`)
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], { cwd: root })
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Begin')
  return { name, root }
}

/** Deploys a repository; gives the seconds of the whole process, and the report. */
async function deploy({ name, root }, inputs) {
  const reportFile = join(directory, `${name}.json`)
  const all = { images: `${images}/${name}`, tags: 'bench', 'report-file': reportFile, ...inputs }
  const flags = Object.entries(all).flatMap(([input, value]) => [`--${input}`, value])
  const started = process.hrtime.bigint()
  const child = spawn(process.execPath, [tool, 'deploy', root, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  const code = await new Promise((done) => child.on('close', done))
  if (code !== 0) throw new Error(`the deploy of ${name} failed:\n${text.slice(-4000)}`)
  return {
    seconds: Number(process.hrtime.bigint() - started) / 1e9,
    report: JSON.parse(readFileSync(reportFile, 'utf8')),
  }
}

const shown = (seconds) => `${seconds.toFixed(1)} s`

async function overlaysAtOnce() {
  const base = await deploy(
    repository('base', 'tailchat', 'server/plugins/com.example.audit/services/audit.service.ts'),
    {
      strategy: 'full',
    },
  )
  const { name, digest } = base.report.image
  console.log('| repositories at once | all of them | each, on average | deploys a minute |')
  console.log('| --- | --- | --- | --- |')
  for (const size of FLEETS) {
    const fleet = Array.from({ length: size }, (_, index) =>
      repository(
        `fleet${size}-${index}`,
        'plugins-only',
        'plugins/com.example.uptime/services/uptime.service.ts',
      ),
    )
    const started = process.hrtime.bigint()
    const deployed = await Promise.all(
      fleet.map((each) => deploy(each, { 'base-image': `${name}@${digest}` })),
    )
    const all = Number(process.hrtime.bigint() - started) / 1e9
    const average = deployed.reduce((sum, { seconds }) => sum + seconds, 0) / size
    console.log(`| ${size} | ${shown(all)} | ${shown(average)} | ${((60 * size) / all).toFixed(1)} |`)
  }
}

async function fullBuildsOnAnEmptyBuilder(endpoint) {
  const builder = `bench-${process.pid}`
  const docker = (...args) => execFileSync('docker', ['buildx', ...args], { stdio: 'pipe' })
  docker('create', '--name', builder, '--driver', 'remote', endpoint)
  try {
    const cache = `type=registry,ref=${images}/cache:full`
    const source = 'server/plugins/com.example.audit/services/audit.service.ts'
    const times = {}
    const [one, other] = ['one', 'other'].map((name) => repository(name, 'tailchat', source))
    for (const [name, repo, inputs] of [
      ['without a cache', one, {}],
      ['writing the shared cache', one, { 'cache-to': `${cache},mode=max` }],
      ['the same commit again, reading it', one, { 'cache-from': cache }],
      ['a repository with another backend plugin, reading it', other, { 'cache-from': cache }],
    ]) {
      docker('prune', '--builder', builder, '--all', '--force')
      const { report } = await deploy(repo, { strategy: 'full', builder, ...inputs })
      times[name] = report.timings.image / 1000
    }
    console.log('\n| full build on an empty builder | build |')
    console.log('| --- | --- |')
    for (const [name, seconds] of Object.entries(times)) console.log(`| ${name} | ${shown(seconds)} |`)
  } finally {
    docker('rm', '--force', builder)
  }
}

await overlaysAtOnce()
const endpoint = process.env.E2E_BUILDKIT
if (endpoint) await fullBuildsOnAnEmptyBuilder(endpoint)
