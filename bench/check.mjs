// Whole-process time and peak memory of `check` for growing repositories, next to an empty Node.js process and one that
// only reads the same files, all in turn in one run. Prints a Markdown table.   npm run bench
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateRepository } from './generate.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const tool = join(here, '..', 'dist', 'cli', 'index.js')
const SIZES = [44, 440, 4400]
const RUNS = Number(process.env.BENCH_RUNS ?? 5)

const directory = mkdtempSync(join(tmpdir(), 'bench-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))

/** One run: wall time in milliseconds; with the hook, peak memory in MiB instead (it costs a little time). */
function measure(args, withMemory) {
  const memoryFile = join(directory, 'memory')
  const hook = withMemory ? ['--import', join(here, 'memory-hook.mjs')] : []
  const started = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, [...hook, ...args], {
    env: { ...process.env, BENCH_MEMORY_FILE: memoryFile },
    encoding: 'utf8',
  })
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return withMemory ? Number(readFileSync(memoryFile, 'utf8')) : milliseconds
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]

console.log('| plugins | empty process | only reading | check | × empty | ms per plugin | peak memory |')
console.log('| --- | --- | --- | --- | --- | --- | --- |')
let previous
for (const size of SIZES) {
  const repository = join(directory, String(size))
  generateRepository(repository, size)
  const commands = {
    empty: ['-e', '0'],
    reading: [join(here, 'read-files.mjs'), repository],
    check: [tool, 'check', repository],
  }
  const times = { empty: [], reading: [], check: [] }
  for (const name of Object.keys(commands)) measure(commands[name]) // warm the file cache
  for (let run = 0; run < RUNS; run++)
    for (const name of Object.keys(commands)) times[name].push(measure(commands[name]))
  const [empty, reading, check] = [median(times.empty), median(times.reading), median(times.check)]
  const memory = measure(commands.check, true)
  const perPlugin = previous ? ((check - previous.check) / (size - previous.size)).toFixed(2) : ''
  previous = { size, check }
  const ms = (value) => `${Math.round(value)} ms`
  console.log(
    `| ${size} | ${ms(empty)} | ${ms(reading)} | ${ms(check)} | ${(check / empty).toFixed(1)} | ${perPlugin} | ${Math.round(memory)} MiB |`,
  )
}
