import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEvent } from '../../src/inputs/event.js'
import { type InputName, parseInputs } from '../../src/inputs/inputs.js'
import { runPipeline } from '../../src/pipeline.js'
import type { Report } from '../../src/report/report.js'
import { type Github, TOKEN } from './github.js'

/** Runs the pipeline against a GitHub of the tests. */
export interface Runner {
  /** Milliseconds that were to be waited between tries; nobody does. */
  waits: number[]
  log: string[]
  /** `mode: sync` for a push to `main`, unless the inputs or the environment say otherwise. */
  run(root: string, inputs: Partial<Record<InputName, string>>, env?: Record<string, string>): Promise<Report>
}

export function createRunner(github: Github): Runner {
  const waits: number[] = []
  const log: string[] = []
  return {
    waits,
    log,
    run: (root, inputs, env = {}) => {
      const given: Partial<Record<InputName, string>> = {
        mode: 'sync',
        undeclared: 'offer',
        'github-token': TOKEN,
        ...inputs,
      }
      return runPipeline(
        parseInputs((name) => given[name] ?? ''),
        {
          root,
          event: readEvent({
            ...github.env,
            GITHUB_EVENT_NAME: 'push',
            GITHUB_REF: 'refs/heads/main',
            ...env,
          }),
          rulesUrl: 'docs/rules.md',
          log: (line) => void log.push(line),
          wait: (milliseconds) => {
            waits.push(milliseconds)
            return Promise.resolve()
          },
        },
      )
    },
  }
}

/** Hands `work` the environment of an event of pull request #12 from the branch `topic` of a repository. */
export async function withPullRequest<T>(
  from: string | null,
  work: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const here = { full_name: 'acme/tailchat' }
  const head = { ref: 'topic', repo: from === null ? null : { full_name: from } }
  const pullRequest = { number: 12, head, base: { ref: 'main', repo: here } }
  return withPayload({ repository: here, number: 12, pull_request: pullRequest }, (env) =>
    work({ ...env, GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/12/merge' }),
  )
}

/** Hands `work` the environment of an event with this payload. */
export async function withPayload<T>(
  payload: object,
  work: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'event-'))
  const path = join(directory, 'event.json')
  writeFileSync(path, JSON.stringify(payload))
  try {
    return await work({ GITHUB_EVENT_PATH: path })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
