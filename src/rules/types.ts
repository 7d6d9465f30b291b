import type { Severity } from '../declarations/types.js'
import type { DesiredState } from '../declarations/desired.js'
import type { Vendored } from '../declarations/elsewhere/vendored.js'
import type { TextEdit } from '../lib/text-edits.js'
import type { Position } from '../lib/text.js'
import type { Workspace } from '../workspace/types.js'

/** One thing that is wrong, at the place that has to change. */
export interface Problem {
  plugin?: string
  /** Relative to the repository's root; the whole file or directory when there is no line. */
  file: string
  line?: number
  column?: number
  /** What was found, what was expected, and what happens otherwise. */
  message: string
  /** Where less is at stake than with the rule's usual problem; what the repository says of the rule comes first. */
  severity?: Exclude<Severity, 'off'>
  /** How `sync` with `fix` mends it; only where there is one right answer. Nothing that guesses is here. */
  fix?: Fix
  /** Whether `sync` mends it without being asked to fix: a registration that is declared. */
  synced?: boolean
}

/** What mends a problem in its own file. */
export type Fix =
  /** Replaces parts of the file; every byte outside of them stays. */
  | { edits: TextEdit[] }
  /** Writes the file, which is not there yet. */
  | { create: string }
  /** Gives the file another path, relative to the repository's root. */
  | { rename: string }

/** A fix whose edits are worked out when they are asked for: a check asks for none, and may find thousands of problems. */
export function fixLater(edits: () => TextEdit[]): Fix {
  return {
    get edits() {
      return edits()
    },
  }
}

/** What a person reads about a rule. */
export interface RuleInfo {
  /** `subject/what-is-wrong`: used in declarations and reports, so it never changes. */
  id: `${string}/${string}`
  title: string
  /** What happens in Tailchat if it stays that way. */
  why: string
  severity: Severity
  /** How to mend it, in a sentence; and what it looks like wrong and right. All three make docs/rules.md. */
  mend: string
  bad: string
  good: string
  /** Whether sync keeps a plugin with such a problem out of the registration files. */
  blocksSync?: true
  /** What mends it in sync, without being asked to fix. */
  mendedBy?: 'pnpm'
  /** The rule that, reading the source only, says that this may happen: where it did, one finding is enough. */
  foreseenBy?: RuleInfo['id']
}

/** A rule: what it is about, and how to find where it is broken. `Subject` is what it looks at. */
export interface Rule<Subject> extends RuleInfo {
  check(subject: Subject): Iterable<Problem>
}

/** What the rules about the repository look at. */
export interface RepositorySubject {
  workspace: Workspace
  desired: DesiredState
  /** The plugins from elsewhere, compared with the lock; `undefined` where there is none. */
  vendored?: Vendored | undefined
}

export type RepositoryRule = Rule<RepositorySubject>

/** A problem at a known place; the position comes first so that a message can be as long as it must be. */
export function at(position: Position, problem: Omit<Problem, 'file' | 'line' | 'column'>): Problem {
  return { ...position, ...problem }
}
