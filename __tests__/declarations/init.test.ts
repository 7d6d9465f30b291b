import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { hiddenAtFirst, init as runInit, renderInitialDeclarations } from '../../src/declarations/init.js'
import { runPipeline } from '../../src/pipeline.js'
import { renderInit } from '../../src/report/init.js'
import type { Report } from '../../src/report/report.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { AUDIT, REGISTRY, type SampleFiles, sampleFiles } from '../faults/fault.js'
import { copyExample, readTree, temporaryDirectory } from '../support/files.js'
import { commitAll, initRepository } from '../support/git.js'
import { expectWorkflow } from '../support/workflows.js'

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

const offers = ({ plugins }: Report): string[] => plugins.map(({ name, offer }) => `${name} ${offer}`)

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

const MADE = {
  files: [{ file: DECLARATIONS }],
  declarations: DECLARATIONS,
  pluginsOnly: false,
  hidden: [],
  notes: [],
}

describe('what init says', () => {
  const said = async (): Promise<string> => {
    await init()
    const hidden = hiddenAtFirst(await readWorkspace(directory))
    return renderInit({ ...MADE, hidden }, await check())
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
    const lines = renderInit({ ...MADE, hidden }, { findings: [] }).split('\n')
    expect(lines).toHaveLength(6 + 1)
    expect(lines.slice(2, 4)).toEqual([expect.stringMatching(/^ {2}com\.acme\.a.b$/), '  com.acme.c'])
  })

  test('says that sync changes nothing where that is so', async () => {
    expect(await said()).toMatch(/what the repository does today\nsync changes nothing\n$/)
  })
})

describe('the workflow that init writes', () => {
  const WORKFLOW = '.github/workflows/tailchat-plugins.yml'
  const read = (file = WORKFLOW): string => readFileSync(join(directory, file), 'utf8')
  /** A repository whose remote is at this address; none: it has no remote. */
  const make = (remote: string, example: 'tailchat' | 'plugins-only' = 'plugins-only', at = '.'): string => {
    mkdirSync(join(directory, at), { recursive: true })
    copyExample(example, join(directory, at))
    rmSync(join(directory, at, DECLARATIONS), { force: true })
    initRepository(directory)
    commitAll(directory, 'State')
    if (remote !== '')
      writeFileSync(join(directory, '.git/config'), `[remote "origin"]\n\turl = ${remote}\n`, { flag: 'a' })
    return join(directory, at)
  }

  test.each([
    ['tailchat', ['check', 'sync', 'deploy']],
    ['plugins-only', ['check', 'deploy']],
  ] as const)(
    'for examples/%s is one that GitHub and this action understand, with the jobs %j',
    async (example, jobs) => {
      const made = await runInit(make('git@github.com:Acme/Chat.git', example), {})
      expect(made.files.map(({ file }) => file)).toEqual([DECLARATIONS, WORKFLOW])
      expectWorkflow(read())
      expect(Object.keys((parse(read()) as { jobs: object }).jobs)).toEqual(jobs)
      expect(read()).toContain('uses: Acme/tailchat-plugin-deploy@v1')
      expect(read()).toContain('images: ghcr.io/acme/chat\n')
      expect(read().includes('base-image: ')).toBe(example === 'plugins-only')
      expect(read(DECLARATIONS).includes('builtin')).toBe(example === 'tailchat')
    },
  )

  test.each([
    [
      'https://token@github.acme.example/chat/plugins',
      'images: containers.github.acme.example/chat/plugins\n',
      'check the owner',
    ],
    ['', 'images: ghcr.io/OWNER/tailchat\n', 'replace OWNER'],
  ])(
    'with the remote %j names its container registry, and says what to look at',
    async (remote, line, note) => {
      const { notes } = await runInit(make(remote), {})
      expect(read()).toContain(line)
      expect(notes.join()).toContain(note)
    },
  )

  test('stands at the top of the git repository, and names the directory in it', async () => {
    const made = await runInit(make('git@github.com:acme/mono.git', 'plugins-only', 'projects/a chat'), {})
    expect(made.files.map(({ file }) => file)).toEqual([DECLARATIONS, `../../${WORKFLOW}`])
    expectWorkflow(read())
    expect(read().match(/path: "projects\/a chat"/g)).toHaveLength(2)
  })

  test.each([
    [
      'where the remote is not on GitHub',
      (): string => make('git@gitlab.com:acme/chat.git'),
      /gitlab\.com\/acme\/chat is not on GitHub$/,
    ],
    [
      'outside of a git repository',
      (): string => {
        copyExample('plugins-only', directory)
        rmSync(join(directory, DECLARATIONS))
        return directory
      },
      /this is not a git repository$/,
    ],
    [
      'where another workflow uses the action',
      (): string => {
        const root = make('git@github.com:acme/chat.git')
        mkdirSync(join(root, '.github/workflows'), { recursive: true })
        writeFileSync(join(root, '.github/workflows/ci.yml'), 'uses: x/tailchat-plugin-deploy@v1')
        return root
      },
      /ci\.yml already exists$/,
    ],
  ])('is not there %s, and init says why', async (_where, at, reason) => {
    const made = await runInit(at(), {})
    expect(made.files.map(({ file }) => file)).toEqual([DECLARATIONS])
    expect(made.notes.join()).toMatch(reason)
    expect(existsSync(join(directory, WORKFLOW))).toBe(false)
  })

  test('is written alone where the declarations exist, and nothing is ever overwritten', async () => {
    const root = make('git@github.com:acme/chat.git')
    writeFileSync(join(root, DECLARATIONS), 'version: 1\n')
    expect((await runInit(root, {})).files.map(({ file }) => file)).toEqual([WORKFLOW])
    expect(read(DECLARATIONS)).toBe('version: 1\n')
    const before = readTree(root)
    await expect(runInit(root, {})).rejects.toThrow(
      /already exists.*\n.*tailchat-plugins\.yml already exists$/,
    )
    expect(readTree(root)).toEqual(before)
  })

  test('is not written through a link that leads out of the repository', async () => {
    const root = make('git@github.com:acme/chat.git')
    const outside = temporaryDirectory('outside')
    symlinkSync(outside, join(root, '.github'))
    await expect(runInit(root, {})).rejects.toThrow(/leads to /)
    expect(readTree(outside).files).toEqual([])
    expect(existsSync(join(root, DECLARATIONS))).toBe(false)
    rmSync(outside, { recursive: true })
  })

  test('is shown but not written with --dry-run', async () => {
    const root = make('git@github.com:acme/chat.git')
    const made = await runInit(root, { 'dry-run': 'true' })
    expect(made.files).toHaveLength(2)
    expect([existsSync(join(root, WORKFLOW)), existsSync(join(root, DECLARATIONS))]).toEqual([false, false])
  })
})
