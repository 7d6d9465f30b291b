import type { Event } from './event.js'

/** The beginning or the end of a stage, or of a step of one. */
export interface StageEvent {
  stage: string
  state: 'begins' | 'ends' | 'fails'
  /** How long it took; 0 where it begins. */
  milliseconds: number
}

/** What a run gets from its surroundings, apart from the inputs. */
export interface Surroundings {
  /** Absolute path of the repository. */
  root: string
  event: Event
  /** A revision that a person wants to compare with; otherwise the event says what to compare with. */
  since?: string
  /** Address of this version's docs/rules.md. */
  rulesUrl: string
  /** Address of the files of the checked-out commit, without a slash at its end; where it is known. */
  filesUrl?: string
  /** Shows a line of progress. */
  log: (line: string) => void
  /** Called when a stage, or a step of one, begins and ends. */
  onStage?: (event: StageEvent) => void
  /** Milliseconds before each retry of a docker command whose failure may be temporary. */
  retryDelays?: readonly number[]
  /** Waits between two tries of a request to GitHub's API; tests replace it. */
  wait?: (milliseconds: number) => Promise<unknown>
  /** Receives the directory of a login before it is written, so that it can be removed if this process is killed. */
  onLogin?: (directory: string) => void
  /** Receives the name of a stack before it is brought up, for the same reason. */
  onStack?: (project: string) => void
  /** Receives the name of a container before there is one, for the same reason; only the latest can still be there. */
  onContainer?: (name: string) => void
  /** Receives the directory of a browser before it starts, for the same reason. */
  onChrome?: (directory: string) => void
}
