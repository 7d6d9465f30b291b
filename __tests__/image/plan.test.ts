import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { planBuild, type PlannedBuild } from '../../src/image/plan.js'
import { readEvent } from '../../src/inputs/event.js'
import { type InputName, parseInputs } from '../../src/inputs/inputs.js'
import { createSample, type Sample } from '../support/sample.js'

const REVISION = 'org.opencontainers.image.revision'

describe('the labels of an image', () => {
  let sample: Sample
  let head: string
  beforeEach(() => {
    sample = createSample()
    head = sample.commit()
  })
  afterEach(() => sample.remove())

  const plan = (labels: string): Promise<PlannedBuild> => {
    const given: Partial<Record<InputName, string>> = { mode: 'deploy', images: 'ghcr.io/acme/a', labels }
    const event = readEvent({ GITHUB_REF: 'refs/heads/main' })
    return planBuild(
      parseInputs((name) => given[name] ?? ''),
      { root: sample.directory, event },
    )
  }

  test('are those of the input, and where it comes from can be said otherwise', async () => {
    const given = { 'org.opencontainers.image.source': 'https://example.com/x', team: 'plugins' }
    const { plan: build, notes } = await plan(
      Object.entries(given)
        .map((pair) => pair.join('='))
        .join('\n'),
    )
    expect(build.labels).toMatchObject({ ...given, [REVISION]: head })
    expect(notes).toEqual([])
  })

  test.each([
    [REVISION, '0'.repeat(40)],
    ['tailchat-plugin-deploy.sources', 'sha256:00'],
    ['tailchat-plugin-deploy.previous-digest', 'sha256:00'],
    ['tailchat-plugin-deploy.overlay', 'com.example.audit'],
    ['tailchat-plugin-deploy.services', '[]'],
  ])('leave %s to the action, and a note says so', async (name, value) => {
    const { plan: build, notes } = await plan(`${name}=${value}`)
    expect(Object.values(build.labels)).not.toContain(value)
    expect(build.labels[REVISION]).toBe(head)
    expect(notes).toEqual([expect.stringContaining(name)])
  })

  test('say nothing of a revision that is given as it is', async () => {
    expect((await plan(`${REVISION}=${head}`)).notes).toEqual([])
  })

  test('end the revision in -dirty just where a note says so, whatever the input says', async () => {
    sample.write('notes.txt', '')
    const { plan: build, notes } = await plan(`${REVISION}=${head}`)
    expect(build.labels[REVISION]).toBe(`${head}-dirty`)
    expect(notes[0]).toContain('the label revision ends in -dirty')
  })
})
