import type { Declarations, Severity } from '../declarations/types.js'
import { nearest } from '../lib/nearest.js'
import type { Problem, Rule, RuleInfo } from './types.js'
import { compare } from '../lib/text.js'

/** A problem with the rule that found it and how severe this repository calls it. */
export interface Finding extends Problem {
  rule: string
  severity: Severity
  fixable: boolean
  /** Whether a change brings it; absent where there is no base to compare with. */
  new?: boolean
}

/** Checks every rule that is not switched off; the findings come sorted by place. */
export function runRules<Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  severities: Declarations['rules'],
): Finding[] {
  return rules
    .flatMap((rule) => {
      const said = severities.get(rule.id)
      if (said === 'off') return []
      return [...rule.check(subject)].map((problem) => ({
        ...problem,
        rule: rule.id,
        severity: said ?? problem.severity ?? rule.severity,
        fixable: problem.fix !== undefined || problem.synced === true,
      }))
    })
    .sort(byPlace)
}

/** More mistakes of the kind than a person makes; each is compared with every rule. */
const MAX_SUGGESTIONS = 100

/** One finding for each rule id of the declarations that no rule has. */
export function unknownRuleFindings(declarations: Declarations, rules: readonly RuleInfo[]): Finding[] {
  const ids = rules.map(({ id }) => id)
  const accepted = [...declarations.plugins.values()].flatMap(({ accept }) =>
    [...accept].map(([id, { position }]) => [id, position] as const),
  )
  return [...declarations.rulePositions, ...accepted]
    .filter(([id]) => !ids.includes(id as RuleInfo['id']))
    .map(([id, position], index) => {
      const near = index < MAX_SUGGESTIONS ? nearest(id, ids) : undefined
      return {
        ...position,
        rule: 'declarations/invalid',
        severity: 'error',
        fixable: false,
        message: `there is no rule ${JSON.stringify(id)}${near ? ` (did you mean ${near}?)` : ''}`,
      }
    })
}

/** Orders findings by file, line, column, rule and message. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  )
}
