import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { renderInitialDeclarations } from '../../src/declarations/init.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report } from '../../src/report/report.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { badInput } from '../faults/bad-input.faults.js'
import { type SampleFiles, sampleFiles } from '../faults/fault.js'
import { lockfileFaults } from '../faults/lockfile.faults.js'
import { registrationFaults } from '../faults/registration.faults.js'
import { serviceFaults } from '../faults/service.faults.js'
import { webFaults } from '../faults/web.faults.js'

const examples = fileURLToPath(new URL('../../examples', import.meta.url))
const DECLARATIONS = 'tailchat-plugins.yml'

let directory: string
let sample: SampleFiles

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'init-'))
  sample = sampleFiles(directory)
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

async function check(): Promise<Report> {
  const report = await runPipeline(
    parseInputs(() => ''),
    { root: directory, event: readEvent({}), rulesUrl: '', log: () => undefined },
  )
  expect(report.failure).toBeUndefined()
  return report
}

async function init(): Promise<void> {
  sample.write(DECLARATIONS, renderInitialDeclarations(await readWorkspace(directory)))
}

const places = ({ findings }: Report): string[] =>
  findings.map(({ rule, file, line, message }) => `${rule} ${file}:${line} ${message}`)
const offers = ({ plugins }: Report): string[] => plugins.map(({ name, offer }) => `${name} ${offer}`)

const faults = [...webFaults, ...registrationFaults, ...serviceFaults, ...lockfileFaults, ...badInput]

test.each(faults)('init finds nothing new in a repository with $mistake', async ({ apply }) => {
  cpSync(join(examples, 'tailchat'), directory, { recursive: true })
  apply(sample)
  const before = await check()
  await init()
  const after = await check()
  expect(places(after).filter((place) => !places(before).includes(place))).toEqual([])
  expect(offers(after)).toEqual(offers(before))
})

test.each(['tailchat', 'plugins-only'])(
  'init on examples/%s leaves nothing to find or to do',
  async (name) => {
    cpSync(join(examples, name), directory, { recursive: true })
    rmSync(join(directory, DECLARATIONS), { force: true })
    const before = await check()
    await init()
    const after = await check()
    expect(after.findings).toEqual([])
    expect(after.changes).toEqual([])
    expect(offers(after)).toEqual(offers(before))
  },
)
