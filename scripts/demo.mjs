// The main job on a sample repository: a plugin is added, checked, registered, built into an image, pushed to a
// throw-away container registry and proven. Where no image can be built, the services are proven in a Node.js process.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
const tool = join(project, 'dist', 'cli', 'index.js')
const directory = mkdtempSync(join(tmpdir(), 'tailchat-demo-'))
const sample = join(directory, 'tailchat')
const PNPM = 'pnpm@8.15.8'
const PULL_MILLISECONDS = 5 * 60 * 1000

/** Runs a command in the sample and shows it; any other exit code than the expected one ends the demo. */
function run(command, args, { expect = 0, quiet = false, env = {} } = {}) {
  if (!quiet) console.log(`\n$ ${[command, ...args].map(shown).join(' ')}`)
  const result = spawnSync(command, args, {
    cwd: sample,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: quiet ? 'pipe' : 'inherit',
  })
  if (result.status !== expect)
    fail(
      `${command} ${args.join(' ')} ended with ${result.status ?? result.error?.message}\n${result.stderr ?? ''}`,
    )
  return result.stdout ?? ''
}

/** A word of a command as a person would write it in the sample, with this project's own files by their full paths. */
function shown(word) {
  if (word === process.execPath) return 'node'
  return /^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function fail(message) {
  console.error(`demo: ${message}`)
  process.exit(1)
}

function answers(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0
}

function heading(text) {
  console.log(`\n── ${text}`)
}

let registryContainer
let image
process.on('exit', () => {
  if (image) spawnSync('docker', ['image', 'rm', '--force', ...imagesNamed(image)], { stdio: 'ignore' })
  if (registryContainer)
    spawnSync('docker', ['rm', '--force', '--volumes', registryContainer], { stdio: 'ignore' })
  rmSync(directory, { recursive: true, force: true })
})
process.on('SIGINT', () => process.exit(130))

heading('A Tailchat repository of seven plugins')
cpSync(join(project, 'examples', 'tailchat'), sample, { recursive: true })
const git = (...args) =>
  run('git', ['-c', 'user.name=demo', '-c', 'user.email=demo@localhost', ...args], { quiet: true })
git('init', '--quiet')
git('add', '--all')
git('commit', '--quiet', '--message', 'The sample')
run(process.execPath, [tool, 'check', '.'])

heading('Two plugins are added and declared; check says what is missing (exit code 1)')
for (const name of ['com.example.wall', 'com.example.badge'])
  cpSync(join(project, 'examples', 'new-plugins', name), sample, { recursive: true })
writeFileSync(
  join(sample, 'tailchat-plugins.yml'),
  `version: 1
plugins:
  com.example.wall:
    offer: registry
  com.example.badge:
    offer: [registry, builtin]
`,
)
run(process.execPath, [tool, 'check', '.'], { expect: 1 })

heading('sync registers them; a second check finds nothing')
run(process.execPath, [tool, 'sync', '.'])
run('git', ['--no-pager', 'diff', '--stat'])
run(process.execPath, [tool, 'check', '.'])
git('add', '--all')
git('commit', '--quiet', '--message', 'Add wall and badge')

const obstacle = whyNoImage()
if (obstacle === undefined) await deploy()
else proveWithoutImage(obstacle)
showSummary()
console.log(`
The demo is complete, and what it made is removed again. To go on, from here (${relative(process.cwd(), project) || '.'}):

  node dist/cli/index.js check examples/tailchat
  node dist/cli/index.js doctor examples/tailchat
  node dist/cli/index.js help`)

/** Prints the job summary that the action writes for this commit, as the Markdown that GitHub renders. */
function showSummary() {
  heading('The job summary that the action writes for it, in Markdown')
  const files = Object.fromEntries(
    ['SUMMARY', 'OUTPUT', 'STATE'].map((name) => [name, join(directory, name.toLowerCase())]),
  )
  for (const file of Object.values(files)) writeFileSync(file, '')
  const env = {
    INPUT_MODE: 'check',
    // Not what a workflow that runs the demo is about.
    GITHUB_EVENT_NAME: '',
    GITHUB_EVENT_PATH: '',
    GITHUB_WORKSPACE: sample,
    GITHUB_STEP_SUMMARY: files.SUMMARY,
    GITHUB_OUTPUT: files.OUTPUT,
    GITHUB_STATE: files.STATE,
  }
  run(process.execPath, [join(project, 'dist', 'index.js')], { quiet: true, env })
  console.log(readFileSync(files.SUMMARY, 'utf8'))
}

/** The ids of the images of this name, with whatever tag or digest. */
function imagesNamed(name) {
  const args = ['image', 'ls', '--quiet', '--no-trunc', '--filter', `reference=${name}`]
  return [
    ...new Set((spawnSync('docker', args, { encoding: 'utf8' }).stdout ?? '').split('\n').filter(Boolean)),
  ]
}

/** Why no image can be built on this machine, as a sentence; `undefined` where one can. */
function whyNoImage() {
  if (!answers('docker', ['info'])) return 'No Docker engine answers here'
  if (!answers('docker', ['buildx', 'version'])) return 'Docker has no buildx here'
  const dockerfile = readFileSync(join(sample, 'Dockerfile'), 'utf8')
  const [, base] = /^FROM (\S+)/m.exec(dockerfile)
  if (answers('docker', ['image', 'inspect', base])) return undefined
  const pulled = spawnSync('docker', ['pull', '--quiet', base], {
    encoding: 'utf8',
    timeout: PULL_MILLISECONDS,
  })
  if (pulled.status === 0) return undefined
  const reason = pulled.error ? 'it took too long' : pulled.stderr.trim().split('\n').at(-1)
  return `The Docker engine can't pull ${base} (${reason})`
}

async function deploy() {
  heading('deploy builds the image, proves its services, and only then pushes the tag')
  const registry = await containerRegistry()
  // A name of its own, since the image is removed in the end.
  const name = basename(directory).toLowerCase()
  image = registry ? `${registry}/${name}` : name
  const where = registry ? ['--tags', 'demo'] : ['--push', 'false']
  run(process.execPath, [tool, 'deploy', '.', '--images', image, ...where])
}

/** A throw-away container registry: whatever else answers on this machine belongs to somebody. */
async function containerRegistry() {
  const started = spawnSync('docker', ['run', '--detach', '--publish', '127.0.0.1::5000', 'registry:2'], {
    encoding: 'utf8',
  })
  if (started.status !== 0) {
    const reason = started.stderr.trim().split('\n').at(-1)
    console.log(
      `Skipped: no container registry could be started (${reason}). The image is built and proven, and not pushed.`,
    )
    return undefined
  }
  registryContainer = started.stdout.trim()
  const address = run('docker', ['port', registryContainer, '5000/tcp'], { quiet: true })
    .split('\n')[0]
    .trim()
  for (let tries = 0; tries < 50; tries++) {
    if (await speaksRegistry(address)) return address
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  fail(`the container registry at ${address} does not answer`)
}

async function speaksRegistry(address) {
  try {
    return (await fetch(`http://${address}/v2/`)).ok
  } catch {
    return false
  }
}

function proveWithoutImage(obstacle) {
  heading(`${obstacle}: the services are built and loaded in a Node.js process instead of an image`)
  const pnpm = (...args) => run('npm', ['exec', '--yes', PNPM, '--', ...args])
  pnpm('install', '--frozen-lockfile')
  pnpm('run', 'build')
  const result = join(directory, 'probe.json')
  run(process.execPath, [join(project, 'dist', 'probe.cjs'), join(sample, 'server'), result])
  const report = join(directory, 'report.json')
  run(process.execPath, [tool, 'check', '.', '--report-file', report], { quiet: true })
  const expected = JSON.parse(readFileSync(report, 'utf8')).services.map(({ name }) => name)
  const loaded = JSON.parse(readFileSync(result, 'utf8')).services
  for (const name of expected) {
    const service = loaded.find((each) => each.name === name)
    console.log(`${service ? 'loaded ' : 'MISSING'}  ${name}`)
  }
  const missing = expected.filter((name) => !loaded.some((each) => each.name === name))
  if (missing.length > 0) fail(`${missing.length} of ${expected.length} services did not load`)
  console.log(`${expected.length} of ${expected.length} services loaded, outside of an image.`)
}
