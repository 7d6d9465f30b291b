import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import ts from 'typescript'
import { createSample, type Sample } from '../support/sample.js'

const STAGING = '.tailchat-plugins.tmp'
const FILES = ['client/web/registry.json', 'client/web/src/plugin/builtin.ts', 'package.json']

const project = fileURLToPath(new URL('../..', import.meta.url))
const cli = join(project, 'dist/cli/index.js')

let sample: Sample
/** Holds the driver: a program that only applies, since the whole one takes ten times as long to start. */
let programs: string
let before: Map<string, string>

const contents = (): Map<string, string> =>
  new Map(FILES.map((file) => [file, readFileSync(join(sample.directory, file), 'utf8')]))

function write(files: Map<string, string>): void {
  for (const [file, text] of files) writeFileSync(join(sample.directory, file), text)
}

/** What git would take along: every path that changed but those it ignores. */
const changed = (): string[] =>
  execFileSync('git', ['status', '--porcelain', '-z', '--untracked-files=all'], {
    cwd: sample.directory,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice(3))

beforeAll(() => {
  sample = createSample()
  sample.add('com.example.badge')
  sample.add('com.example.wall')
  writeFileSync(
    join(sample.directory, 'tailchat-plugins.yml'),
    'version: 1\nplugins:\n  com.example.badge: { offer: [registry, builtin] }\n  com.example.wall: { offer: registry }\n',
  )
  // Large, so that writing takes a while: where a file can be found half written, a kill finds it.
  const rootPackage = JSON.parse(readFileSync(join(sample.directory, 'package.json'), 'utf8')) as object
  const large = { ...rootPackage, description: 'x'.repeat(3_000_000) }
  writeFileSync(join(sample.directory, 'package.json'), JSON.stringify(large, null, 2))
  sample.commit()
  before = contents()
  programs = mkdtempSync(join(tmpdir(), 'apply-crash-'))
  writeDriver()
})

afterAll(() => {
  sample.remove()
  rmSync(programs, { recursive: true, force: true })
})

/** Compiles src/lib/apply-edits.ts and the files that it imports, and writes a program that gives every file a letter more, as one set of edits. */
function writeDriver(): void {
  const files = ['lib/apply-edits.ts']
  // What it imports is found while the list is walked.
  for (const file of files) {
    const text = readFileSync(join(project, 'src', file), 'utf8')
    for (const [, path = ''] of text.matchAll(/^import [^']*'(\.[^']+)\.js'$/gm)) {
      const imported = `${join(dirname(file), path)}.ts`
      if (!files.includes(imported)) files.push(imported)
    }
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    })
    const program = join(programs, file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(program), { recursive: true })
    writeFileSync(program, outputText)
  }
  writeFileSync(join(programs, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(programs, 'driver.js'),
    `import { readFileSync } from 'node:fs'
import { applyEditsToDisk } from './lib/apply-edits.js'
const edits = ${JSON.stringify(FILES)}.flatMap((file) => {
  const before = readFileSync(file, 'utf8')
  return before.endsWith('+') ? [] : [{ file, before, after: before + '+' }]
})
applyEditsToDisk(process.cwd(), edits)
`,
  )
}

/** Runs a program, calls `onStaging` whenever its staging directory comes or goes, and waits for its end. */
function run(program: readonly string[], onStaging: (child: ChildProcess) => void): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, program, { cwd: sample.directory, stdio: 'ignore' })
    const watcher = watch(sample.directory, (_event, name) => {
      if (name === STAGING) onStaging(child)
    })
    child.on('error', reject)
    child.on('exit', (exitCode) => {
      watcher.close()
      resolve(exitCode)
    })
  })
}

async function complete(program: readonly string[]): Promise<void> {
  expect(await run(program, () => undefined)).toBe(0)
}

/** How long the program applies, in milliseconds: as long as its staging directory is there. */
async function timeOfApplying(program: readonly string[]): Promise<number> {
  const moments: number[] = []
  expect(await run(program, () => moments.push(performance.now()))).toBe(0)
  return Math.max(...moments) - Math.min(...moments)
}

/** Kills the program so many milliseconds after it began to apply; says whether it was still at it. */
async function killAfter(program: readonly string[], milliseconds: number): Promise<boolean> {
  let killed = false
  await run(program, (child) => {
    // A timer is too coarse: applying takes a few milliseconds.
    for (const began = performance.now(); !killed && performance.now() < began + milliseconds;);
    if (!killed) killed = child.kill('SIGKILL')
  })
  return existsSync(join(sample.directory, STAGING))
}

test.each<[string, number, () => string[]]>([
  ['applying alone', 200, () => [join(programs, 'driver.js')]],
  ['the whole of sync', 10, () => [cli, 'sync', '.']],
])(
  'killed while it applies, it leaves whole files, and the next run completes: %s, %i times',
  async (_what, kills, command) => {
    const program = command()
    write(before)
    const applying = await timeOfApplying(program)
    const after = contents()

    let late = 0
    for (let kill = 1; kill <= kills; kill++) {
      write(before)
      while (!(await killAfter(program, Math.random() * applying))) {
        if (++late > 5 * kills)
          throw new Error(`${kill - 1} kills came while it applied, and ${late} too late`)
        write(before)
      }
      for (const [file, text] of contents())
        if (text !== before.get(file) && text !== after.get(file))
          throw new Error(`kill ${kill}: ${file} is neither old nor new: it has ${text.length} characters`)
      // Killed before a word was written to it, the staging directory's own .gitignore is empty: it ignores nothing yet.
      expect([...FILES, `${STAGING}/.gitignore`]).toEqual(expect.arrayContaining(changed()))

      await complete(program)
      expect(contents()).toEqual(after)
      expect(changed()).toEqual(FILES)
      expect(existsSync(join(sample.directory, STAGING))).toBe(false)
    }
  },
  600_000,
)
