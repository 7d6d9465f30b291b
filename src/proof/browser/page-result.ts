import type { OfferedManifest } from './site.js'

/** How long a page is waited for. */
export interface PageLimits {
  /** A page whose main thread gives no answer for so long hangs. */
  hangSeconds: number
  /** A page that answered so often, and did nothing else meanwhile, won't do anything more. */
  idleAnswers: number
  /** From its start; only a page that never comes to rest takes it. */
  totalSeconds: number
}

/** Enough for a machine that does many other things at the same time. */
export const PATIENCE: PageLimits = { hangSeconds: 20, idleAnswers: 100, totalSeconds: 180 }

/** What one page loads. */
export interface PageTask {
  /** The public directory of an image. */
  root: string
  /** The plugins that its user has installed. */
  manifests: readonly OfferedManifest[]
  /** Whether a plugin is loaded as it is; in the place of any other an empty one is defined. */
  isLoaded: (plugin: string) => boolean
  /** The modules that are asked for when the client has loaded its plugins: `@plugins/NAME`, `@plugins/NAME/CHUNK.js`. */
  modules: (requested: readonly string[]) => readonly string[]
  /** Addresses of icons. */
  icons?: readonly string[]
  patience?: PageLimits
}

/** Something that was thrown, or a module that does not load. */
export interface Thrown {
  /** Empty: a script that could not be loaded. */
  message: string
  stack: string
}

/** An exception that reached the page, such as a syntax error; line and column count from 1. */
export interface PageException {
  message: string
  url: string
  line: number
  column: number
}

/** The result of one page. */
export interface PageResult {
  /**
   * `rendered`: the client shows something; `idle`: it never does; `hung`: its main thread gives no answer; `crashed`:
   * its process ended; `left`: it is at another address; `no-loader`: its scripts define no `requirePlugin`.
   */
  end: 'rendered' | 'idle' | 'hung' | 'crashed' | 'left' | 'no-loader'
  /** The plugins whose bundle was asked for. */
  requested: string[]
  defined: { id: string; script: string; dependencies: string[] }[]
  /** Modules that were evaluated when the page gave no answer any more. */
  open: string[]
  /** Modules whose evaluation began, in that order. */
  begun: string[]
  threw: Map<string, Thrown>
  /** For each module that was asked for: `undefined` where it evaluated. Without an entry, there was no answer. */
  verdicts: Map<string, Thrown | undefined>
  exceptions: PageException[]
  /** Paths below /plugins/ that are no files, so that the client's page was served. */
  missing: string[]
  /** Where it tried to go, or to get something from, and which plugin did where that is known. */
  contacts: { host: string; plugin: string | undefined }[]
  /** Who tried to take the page to another address, as far as that is known. */
  leaving: (string | undefined)[]
  /** Those that could not be shown. */
  brokenIcons: string[]
  /** A PNG of a page that answers and is not rendered. */
  screenshot?: Buffer
}

/** A page while it is looked at. */
export interface LivePage {
  task: PageTask
  result: PageResult
  /** Sends a command to this page. */
  send: (method: string, params?: object) => Promise<Record<string, unknown>>
  /** The id of its main frame, which is that of the page as well. */
  frame: string
  /** Whether its own document was asked for. */
  hasStarted: boolean
  gone: 'crashed' | 'left' | undefined
  /** How often it showed that it does something. */
  signs: number
  shownIcons: number
  /** How many characters it has told. */
  told: number
  /** The plugins behind its requests, by the id of the request. */
  initiators: Map<string, string>
}

/** The limit of each kind of message from a page: one that sends more is hostile or broken. */
export const MAX_TOLD = 5000

/** And the limit of all of them together, in characters: each may be as long as a page likes. */
export const MAX_TOLD_CHARACTERS = 32 * 1024 * 1024

/** Returns what a page showed that has not done anything yet. */
export function emptyResult(): PageResult {
  return {
    end: 'idle',
    requested: [],
    defined: [],
    open: [],
    begun: [],
    threw: new Map(),
    verdicts: new Map(),
    exceptions: [],
    missing: [],
    contacts: [],
    leaving: [],
    brokenIcons: [],
  }
}
