import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One mistake in the sample repository, and the one rule that finds it, at the place to mend. */
export interface Fault {
  /** The number of the way to fail that it is an example of (failure-modes.test.ts); bad input has none. */
  mode?: number
  mistake: string
  apply: (sample: SampleFiles) => void
  rule: string
  file: string
  /** What stands in the line that the finding names; without it, the finding is about the whole file. */
  line?: string
  /** What its severity is; errors unless said otherwise. */
  severity?: 'warning' | 'notice'
  /** Warnings that are true beside it. */
  also?: string[]
  /** Whether `sync` with `fix` mends it; `pnpm`: it does with pnpm, which lockfile.pnpm.ts tests. */
  mended?: true | 'pnpm'
}

/** What a mistake is made with. Paths are relative to the sample repository. */
export interface SampleFiles {
  read: (file: string) => string
  /** Replaces the first occurrence; a text that is not there is a mistake of the test. */
  edit: (file: string, from: string | RegExp, to: string) => void
  write: (file: string, text: string | Uint8Array) => void
  rename: (from: string, to: string) => void
  remove: (path: string) => void
  path: (path: string) => string
  git: (...args: string[]) => void
}

export function sampleFiles(directory: string): SampleFiles {
  const path = (relative: string): string => join(directory, relative)
  const read = (file: string): string => readFileSync(path(file), 'utf8')
  const write = (file: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(path(file)), { recursive: true })
    writeFileSync(path(file), text)
  }
  return {
    read,
    write,
    edit: (file, from, to) => {
      const before = read(file)
      const after = before.replace(from, to)
      if (after === before) throw new Error(`${file} does not hold ${String(from)}`)
      write(file, after)
    },
    rename: (from, to) => {
      mkdirSync(dirname(path(to)), { recursive: true })
      renameSync(path(from), path(to))
    },
    remove: (relative) => rmSync(path(relative), { recursive: true }),
    path,
    git: (...args) => execFileSync('git', args, { cwd: directory }),
  }
}

export const THEME = 'client/web/plugins/com.example.theme'
export const INTRO = 'client/web/plugins/com.example.intro'
export const STATS = 'client/web/plugins/com.example.stats'
export const TICKETS = 'server/plugins/com.example.tickets'
export const TICKETS_WEB = `${TICKETS}/web/plugins/com.example.tickets`
export const POLLS = 'server/plugins/com.example.polls'
export const AUDIT = 'server/plugins/com.example.audit'
export const AUDIT_SERVICE = `${AUDIT}/services/audit.service.ts`
export const REGISTRY = 'client/web/registry.json'
export const BUILTIN = 'client/web/src/plugin/builtin.ts'
export const COMPOSE = 'docker-compose.yml'
export const LOCKFILE = 'pnpm-lock.yaml'
