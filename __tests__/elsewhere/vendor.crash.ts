import { type ChildProcess, spawn } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import ts from 'typescript'
import { undoInterrupted } from '../../src/lib/transaction.js'
import { readTree, type Tree, writeFiles, writeTree } from '../support/files.js'
import { commitAll, initRepository } from '../support/git.js'

const STAGING = '.tailchat-plugins.tmp'
const PLACE = 'client/web/plugins/com.acme.theme'
const KILLS = 100

const project = fileURLToPath(new URL('../..', import.meta.url))

let directory: string
let repository: string
/** The repository before an update and after it. */
let before: Tree
let after: Tree

/** A version of a plugin: some files stay, some change, some come and go, with directories of their own. */
function version(number: number): Record<string, string> {
  const files = Array.from({ length: 12 }, (_, index): [string, string] => [
    `${PLACE}/src/${number}/file${index}.ts`,
    `export const version = ${number}\n`.repeat(200),
  ])
  return {
    ...Object.fromEntries(files),
    [`${PLACE}/manifest.json`]: `{ "version": "${number}.0.0" }\n`,
    'tailchat-plugins.lock': `version: 1 # ${number}\n`,
    'client/web/registry.json': `[{ "version": "${number}.0.0" }]\n`,
  }
}

beforeAll(async () => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'vendor-crash-')))
  repository = join(directory, 'tailchat')
  mkdirSync(repository)
  writeFiles(repository, { ...version(1), 'package.json': '{}\n' })
  initRepository(repository)
  commitAll(repository)
  writeDriver()
  before = contents()
  await update(() => undefined)
  after = contents()
  expect(after).not.toEqual(before)
  restore()
}, 120_000)

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Compiles src/lib/transaction.ts with what it imports, and writes a program that updates. */
function writeDriver(): void {
  const files = ['lib/transaction.ts']
  // What it imports is found while the list is walked.
  for (const file of files) {
    const text = readFileSync(join(project, 'src', file), 'utf8')
    for (const [, path = ''] of text.matchAll(/^(?:import|export|\}) [^']*'(\.[^']+)\.js'$/gm)) {
      const imported = `${join(dirname(file), path)}.ts`
      if (!files.includes(imported)) files.push(imported)
    }
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    })
    const program = join(directory, 'programs', file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(program), { recursive: true })
    writeFileSync(program, outputText)
  }
  const [old, next] = [version(1), version(2)]
  const gone = Object.keys(old).filter((file) => next[file] === undefined)
  const plugin = Object.entries(next).filter(([file]) => !file.endsWith('registry.json'))
  symlinkSync(join(project, 'node_modules'), join(directory, 'programs/node_modules'))
  writeFileSync(join(directory, 'programs/package.json'), '{ "type": "module" }')
  writeFileSync(
    join(directory, 'programs/driver.js'),
    `import { withTransaction } from './lib/transaction.js'
await withTransaction(process.cwd(), async (apply) => {
  apply([
    ...${JSON.stringify(gone)}.map((file) => ({ file, after: undefined })),
    ...${JSON.stringify(plugin)}.map(([file, after]) => ({ file, after })),
  ])
  // As an update does: the registration files follow when the files are in their place.
  apply([{ file: 'client/web/registry.json', after: ${JSON.stringify(next['client/web/registry.json'])} }])
})
`,
  )
}

function contents(): Tree {
  const { files, directories, links } = readTree(repository)
  const isOurs = (path: string): boolean => !path.startsWith('.git')
  return {
    files: files.filter(({ path }) => isOurs(path)),
    directories: directories.filter(isOurs),
    links,
  }
}

function restore(): void {
  for (const path of ['client', 'tailchat-plugins.lock', STAGING, 'package.json'])
    rmSync(join(repository, path), { recursive: true, force: true })
  writeTree(repository, before)
}

/** Runs the driver, and calls `onStaging` whenever its staging directory comes or goes. */
function update(onStaging: (child: ChildProcess) => void): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const program = join(directory, 'programs/driver.js')
    const child = spawn(process.execPath, [program], { cwd: repository, stdio: 'inherit' })
    const watcher = watch(repository, (_event, name) => {
      if (name === STAGING) onStaging(child)
    })
    child.on('error', reject)
    child.on('exit', (exitCode) => {
      watcher.close()
      resolve(exitCode)
    })
  })
}

/** How long an update takes, in milliseconds: as long as its staging directory is there. */
async function timeOfUpdate(): Promise<number> {
  const moments: number[] = []
  await update(() => moments.push(performance.now()))
  restore()
  return Math.max(...moments) - Math.min(...moments)
}

test(`an update of a plugin killed at any of ${KILLS} moments leaves, once undone, all its files and the lock or none of them`, async () => {
  const time = await timeOfUpdate()
  let undone = 0
  for (let kill = 1; kill <= KILLS; kill++) {
    let killed = false
    await update((child) => {
      const moment = performance.now() + Math.random() * time
      // A timer is too coarse.
      while (!killed && performance.now() < moment);
      if (!killed) killed = child.kill('SIGKILL')
    })
    const wasDone = JSON.stringify(contents()) === JSON.stringify(after)
    await undoInterrupted(repository)
    const { files, directories } = contents()
    const now = {
      links: [],
      // Only what a killed run has not begun to write may wait there for the next one that writes.
      files: files.filter(({ path }) => !path.startsWith(STAGING)),
      directories: directories.filter((path) => !path.startsWith(STAGING)),
    }
    if (JSON.stringify(now) !== JSON.stringify(wasDone ? after : before))
      expect([before, after]).toContainEqual(now)
    if (!wasDone) undone++
    restore()
  }
  // Otherwise no kill came in time.
  expect(undone).toBeGreaterThan(KILLS / 10)
}, 600_000)
