import type { Event } from './event.js'

/** What surrounds a run. */
export interface Surroundings {
  /** Absolute path of the repository. */
  root: string
  event: Event
  /** Where docs/rules.md of this version is found. */
  rulesUrl: string
  /** Progress, a line at a time. */
  log: (line: string) => void
  /** Milliseconds before each further try of a docker command that failed for a reason that passes. */
  retryDelays?: readonly number[]
  /** Waits between two tries of something that GitHub's API failed in; a test need not. */
  wait?: (milliseconds: number) => Promise<unknown>
  /** Told the directory of a login that is about to be written: whoever comes after a killed process removes it. */
  onLogin?: (directory: string) => void
  /** Told the name of a stack that is about to be brought up, for the same reason. */
  onStack?: (project: string) => void
  /** Told the name of the proof's container before it starts, for the same reason. */
  onContainer?: (name: string) => void
}
