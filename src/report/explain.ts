import type { RuleInfo } from '../rules/types.js'
import { type Page, paint, wrap } from './wrap.js'

/** A rule explained for a terminal, as docs/rules.md does it. */
export function renderRule(rule: RuleInfo, page: Page): string {
  const block = (title: string, text: string): string[] => [
    paint(title, 'bold', page),
    ...text.split('\n').map((line) => `  ${line}`),
    '',
  ]
  return [
    ...wrap([{ text: rule.id, style: 'bold' }, { text: `(${rule.severity}): ${rule.title}` }], page),
    '',
    ...wrap([{ text: 'Why it matters:', style: 'bold' }, { text: rule.why }], page),
    '',
    ...wrap([{ text: 'To mend it:', style: 'bold' }, { text: rule.mend }], page),
    '',
    ...block('Wrong', rule.bad),
    ...block('Right', rule.good),
  ].join('\n')
}
