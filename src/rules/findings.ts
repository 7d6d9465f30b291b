import type { Declarations } from '../declarations/types.js'
import { repositoryText } from '../lib/files.js'
import { type AcceptedFinding, separateAccepted } from './accept.js'
import { type Finding, runRules } from './run.js'
import type { Rule } from './types.js'

/** What was found, apart from what the repository accepts. */
export interface Findings {
  open: readonly Finding[]
  accepted: readonly AcceptedFinding[]
}

/** Where findings are looked for: the repository says how severe each is, and which it accepts. */
export interface FindingsSource {
  /** Absolute path of the repository. */
  root: string
  declarations: Declarations
}

export const noFindings: Findings = { open: [], accepted: [] }

/** Returns what these rules find. */
export function findings<Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  source: FindingsSource,
): Findings {
  return withoutAccepted(runRules(rules, subject, source.declarations.rules), source)
}

/** Separates the findings that the repository accepts. */
export function withoutAccepted(found: readonly Finding[], { root, declarations }: FindingsSource): Findings {
  return separateAccepted(found, declarations, (file) => repositoryText(root, file))
}

/** Returns all of them, in this order. */
export function joinFindings(...all: readonly Findings[]): Findings {
  return {
    open: all.flatMap(({ open }) => open),
    accepted: all.flatMap(({ accepted }) => accepted),
  }
}
