import { expect } from '@jest/globals'
import { parse } from 'yaml'
import { inputDefinitions, type InputName, parseInputs } from '../../src/inputs/inputs.js'

interface Workflow {
  on?: unknown
  jobs: Record<string, { 'runs-on'?: unknown; needs?: string | string[]; steps?: Step[] }>
}

interface Step {
  uses?: string
  run?: string
  with?: Record<string, unknown>
}

/** Expects a workflow, or some steps of one, that GitHub and this action understand. */
export function expectWorkflow(content: string): void {
  const value = parse(content) as Workflow | Step[] | { steps?: Step[] }
  const jobs = 'jobs' in value ? Object.entries(value.jobs) : []
  for (const [, job] of jobs) {
    expect(job['runs-on']).toBeDefined()
    for (const needed of [job.needs ?? []].flat()) expect(jobs.map(([id]) => id)).toContain(needed)
  }
  if (jobs.length > 0 && 'on' in value) expect(value.on).toBeDefined()
  const steps =
    jobs.length > 0
      ? jobs.flatMap(([, job]) => job.steps ?? [])
      : Array.isArray(value)
        ? value
        : 'steps' in value
          ? (value.steps ?? [])
          : []
  expect(steps.length).toBeGreaterThan(0)
  for (const step of steps) {
    expect([step.uses, step.run].filter((each) => each !== undefined)).toHaveLength(1)
    if (step.uses !== undefined) expect(step.uses).toMatch(/^[\w.-]+(?:\/[\w.-]+)+@v\d/)
    if (!step.uses?.includes('/tailchat-plugin-deploy@')) continue
    const given = new Map(Object.entries(step.with ?? {}).map(([name, text]) => [name, String(text)]))
    expect(Object.keys(inputDefinitions)).toEqual(expect.arrayContaining([...given.keys()]))
    // A snippet may leave out what another step of the page sets.
    const whole = jobs.length > 0 || given.get('mode') === 'status'
    const defaults: Partial<Record<string, string>> = { 'github-token': 'of the workflow' }
    // What an expression gives is not known, and a digest must be one.
    given.delete('to')
    if (whole) parseInputs((name: InputName) => given.get(name) ?? defaults[name] ?? '')
  }
}
