import type { Declarations } from '../declarations/types.js'
import type { Finding } from './run.js'

/** A finding that somebody looked at and accepts, and why. */
export interface AcceptedFinding {
  rule: string
  plugin?: string
  file: string
  line?: number
  reason: string
}

/** Files that can hold a comment; JSON can't, so there the declarations say what is accepted. */
const WITH_COMMENTS = /\.(?:[cm]?[jt]sx?|ya?ml)$/

/** `// tailchat-plugins-accept service/name-mismatch: the old client needs it`, on the line or on the one above. */
const COMMENT = /(?:\/\/|\/\*|#)\s*tailchat-plugins-accept\s+([\w-]+\/[\w-]+):/

/**
 * Separates the findings that are accepted, with a reason, in the declarations or by a comment in the source.
 * @param read the text of a file of the repository; `undefined` when it is not there
 */
export function separateAccepted(
  findings: readonly Finding[],
  declarations: Declarations,
  read: (file: string) => string | undefined,
): { open: Finding[]; accepted: AcceptedFinding[] } {
  const open: Finding[] = []
  const accepted: AcceptedFinding[] = []
  // A file with one finding often has more.
  const known = new Map<string, string[]>()
  const linesOf = (file: string): string[] => {
    const lines = known.get(file) ?? read(file)?.split(/\r?\n/) ?? []
    known.set(file, lines)
    return lines
  }
  for (const finding of findings) {
    const { rule, plugin, file, line } = finding
    const reason = reasonInDeclarations(finding, declarations) ?? reasonInSource(finding, linesOf)
    if (reason === undefined) open.push(finding)
    else
      accepted.push({
        rule,
        ...(plugin !== undefined && { plugin }),
        file,
        ...(line !== undefined && { line }),
        reason,
      })
  }
  return { open, accepted }
}

function reasonInDeclarations({ rule, plugin }: Finding, declarations: Declarations): string | undefined {
  return plugin === undefined ? undefined : declarations.plugins.get(plugin)?.accept.get(rule)?.reason
}

function reasonInSource(
  { rule, file, line }: Finding,
  linesOf: (file: string) => string[],
): string | undefined {
  if (line === undefined || !WITH_COMMENTS.test(file)) return undefined
  const lines = linesOf(file)
  for (const text of [lines[line - 1], lines[line - 2]]) {
    const comment = COMMENT.exec(text ?? '')
    if (!comment || comment[1] !== rule) continue
    const rest = comment.input.slice(comment.index + comment[0].length).trim()
    const reason = rest.endsWith('*/') ? rest.slice(0, -2).trimEnd() : rest
    if (reason !== '') return reason
  }
  return undefined
}
