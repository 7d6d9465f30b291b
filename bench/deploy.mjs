// How long a deploy takes after one plugin changed, in full and as an overlay, in turn in one run: the whole process, its
// build and its proof, and the bytes of layers that it pushes. Prints a Markdown table.
//
//   npm run bench:deploy [-- REPOSITORY]     the sample repository, or another Tailchat repository (a copy of it)
//
// Needs a Docker engine with buildx and a container registry over plain HTTP at E2E_REGISTRY (127.0.0.1:5000).
import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
const tool = join(project, 'dist', 'cli', 'index.js')
const registry = process.env.E2E_REGISTRY ?? '127.0.0.1:5000'
const RUNS = Number(process.env.BENCH_RUNS ?? 3)

const directory = mkdtempSync(join(tmpdir(), 'bench-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
const repository = join(directory, 'tailchat')
cpSync(resolve(process.argv[2] ?? join(project, 'examples', 'tailchat')), repository, { recursive: true })
const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], {
    cwd: repository,
  })
if (!existsSync(join(repository, '.git'))) git('init', '--quiet')

/** Between the engine and the container registry: counts what goes into layers and configurations. */
let pushedBytes = 0
const proxy = createServer((incoming, outgoing) => {
  const [hostname, port] = registry.split(':')
  const { method, url: path, headers } = incoming
  const isBlob = ['PATCH', 'PUT', 'POST'].includes(method) && path.includes('/blobs/uploads/')
  const onward = request({ hostname, port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  if (isBlob) incoming.on('data', (chunk) => (pushedBytes += chunk.length))
  incoming.pipe(onward)
})
await new Promise((ready) => proxy.listen(0, '127.0.0.1', ready))
const image = `127.0.0.1:${proxy.address().port}/bench/tailchat-${process.pid}`

/** Deploys what is committed; gives seconds and bytes. */
async function deploy(strategy, tag) {
  const reportFile = join(directory, 'report.json')
  const inputs = { images: image, tags: tag, strategy, 'report-file': reportFile }
  if (strategy === 'overlay') inputs['base-image'] = `${image}:base`
  const flags = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value])
  pushedBytes = 0
  const started = process.hrtime.bigint()
  await ended(
    spawn(process.execPath, [tool, 'deploy', repository, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] }),
  )
  const whole = Number(process.hrtime.bigint() - started) / 1e9
  const { timings, services } = JSON.parse(readFileSync(reportFile, 'utf8'))
  const proven = services.filter(({ expected, loaded }) => expected && loaded).length
  return { whole, build: timings.image / 1000, proof: timings.proof / 1000, bytes: pushedBytes, proven }
}

function ended(child) {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  return new Promise((done, failed) =>
    child.on('close', (code) => (code === 0 ? done() : failed(new Error(text.slice(-4000))))),
  )
}

const plugins = join(repository, 'server/plugins')
const changed = readdirSync(plugins).find((name) =>
  existsSync(join(plugins, name, 'web/plugins', name, 'src')),
)
const sources = [
  ...readdirSync(join(plugins, changed, 'services'))
    .filter((file) => file.endsWith('.service.ts'))
    .map((file) => join(plugins, changed, 'services', file)),
  ...readdirSync(join(plugins, changed, 'web/plugins', changed, 'src'))
    .filter((file) => /^index\.tsx?$/.test(file))
    .map((file) => join(plugins, changed, 'web/plugins', changed, 'src', file)),
]
/** Both sides of one full-stack plugin, with another text each time: no cache has the result. */
function change(run) {
  for (const source of sources)
    appendFileSync(source, `\nexport const bench${process.pid}of${run} = ${run};\n`)
  git('commit', '--quiet', '--all', '--message', `Change ${run}`)
}

git('add', '--all')
git('commit', '--quiet', '--allow-empty', '--message', 'Begin')
await deploy('full', 'base')
const results = { full: [], overlay: [] }
for (let run = 1; run <= RUNS; run++) {
  change(run)
  for (const strategy of ['overlay', 'full']) results[strategy].push(await deploy(strategy, strategy))
}
proxy.close()
proxy.closeAllConnections()

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
const of = (strategy, field) => median(results[strategy].map((each) => each[field]))
const seconds = (value) => `${value.toFixed(1)} s`
console.log(`One changed plugin (${changed}), medians of ${RUNS}:\n`)
console.log('| strategy | whole deploy | build | proof | services proven | bytes of layers pushed |')
console.log('| --- | --- | --- | --- | --- | --- |')
for (const strategy of ['full', 'overlay'])
  console.log(
    `| ${strategy} | ${['whole', 'build', 'proof'].map((field) => seconds(of(strategy, field))).join(' | ')} | ${of(strategy, 'proven')} | ${of(strategy, 'bytes').toLocaleString('en')} |`,
  )
const ratio = (field) => (of('full', field) / of('overlay', field)).toFixed(1)
console.log(`\noverlay: ${ratio('build')} times as fast to build, ${ratio('whole')} times as a whole deploy`)
