import { readFileSync } from 'node:fs'
import { asObject, ownValue, stringAt } from '../workspace/json.js'

/** What set the workflow off, as a plain value. Every text is empty where GitHub says nothing (in a terminal). */
export interface Event {
  /** A full git ref, such as `refs/heads/main`. */
  ref: string
  sha: string
  /** `https://github.com/owner/name`, without credentials. */
  repositoryUrl: string
  pullRequest: { number: number; fromFork: boolean } | undefined
}

/** Reads the event from the environment that a runner sets. */
export function readEvent(env: NodeJS.ProcessEnv): Event {
  const payload = readPayload(env['GITHUB_EVENT_PATH'])
  const pullRequest = ownValue(payload, 'pull_request')
  const number = ownValue(pullRequest, 'number')
  const head = ownValue(ownValue(pullRequest, 'head'), 'repo')
  const base = ownValue(ownValue(pullRequest, 'base'), 'repo')
  const repository = env['GITHUB_REPOSITORY']
  return {
    ref: env['GITHUB_REF'] ?? '',
    sha: env['GITHUB_SHA'] ?? '',
    repositoryUrl: repository ? `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}` : '',
    pullRequest:
      typeof number === 'number'
        ? // A head repository that is gone was a fork.
          { number, fromFork: stringAt(head, 'full_name') !== stringAt(base, 'full_name') }
        : undefined,
  }
}

function readPayload(path: string | undefined): Record<string, unknown> | undefined {
  if (!path) return undefined
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // Without its payload an event is only its environment.
    return undefined
  }
}
