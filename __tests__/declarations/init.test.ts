import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { hiddenAtFirst, renderInitialDeclarations } from '../../src/declarations/init.js'
import { runPipeline } from '../../src/pipeline.js'
import { renderInit } from '../../src/report/init.js'
import type { Report } from '../../src/report/report.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { badInput } from '../faults/bad-input.faults.js'
import { AUDIT, REGISTRY, type SampleFiles, sampleFiles } from '../faults/fault.js'
import { lockfileFaults } from '../faults/lockfile.faults.js'
import { registrationFaults } from '../faults/registration.faults.js'
import { serviceFaults } from '../faults/service.faults.js'
import { webFaults } from '../faults/web.faults.js'
import { copyExample, temporaryDirectory } from '../support/files.js'

const DECLARATIONS = 'tailchat-plugins.yml'

let directory: string
let sample: SampleFiles

beforeEach(() => {
  directory = temporaryDirectory('init')
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
  copyExample('tailchat', directory)
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
    copyExample(name, directory)
    rmSync(join(directory, DECLARATIONS), { force: true })
    const before = await check()
    await init()
    const after = await check()
    expect(after.findings).toEqual([])
    expect(after.changes).toEqual([])
    expect(offers(after)).toEqual(offers(before))
  },
)

describe('what init says', () => {
  const said = async (): Promise<string> => {
    await init()
    const hidden = hiddenAtFirst(await readWorkspace(directory))
    return renderInit({ file: DECLARATIONS, hidden }, await check())
  }
  beforeEach(() => {
    copyExample('tailchat', directory)
    rmSync(join(directory, DECLARATIONS), { force: true })
  })

  test('names the plugins that it hides, and marks them in the file', async () => {
    sample.write(REGISTRY, '[]\n')
    expect(await said()).toContain('since no list offers this plugin:\n  com.example.theme\n')
    expect(sample.read(DECLARATIONS)).toContain('offer: hidden # no list offers it today')
  })

  test('says what sync would change all the same', async () => {
    sample.edit(`${AUDIT}/package.json`, '"nanoid": "^3', '"nanoid": "^4')
    expect(await said()).toMatch(/sync still changes.*\n.*com\.example\.audit\/package\.json: nanoid is/)
  })

  test('keeps to lines of its own, whatever a message holds', () => {
    const hidden = ['com.acme.a\nb', 'com.acme.c']
    const lines = renderInit({ file: DECLARATIONS, hidden }, { findings: [] }).split('\n')
    expect(lines).toHaveLength(6 + 1)
    expect(lines.slice(2, 4)).toEqual([expect.stringMatching(/^ {2}com\.acme\.a.b$/), '  com.acme.c'])
  })

  test('says that sync changes nothing where that is so', async () => {
    expect(await said()).toMatch(/what the repository does today\nsync changes nothing\n$/)
  })
})
