import type { Declarations } from '../declarations/types.js'
import type { Finding } from './run.js'

/** A finding that is accepted, with the reason. */
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
  // A file with one finding often has more, and so has a line.
  const lines = new Map<string, string[]>()
  const comments = new Map<string, AcceptingComment | undefined>()
  const commentOn = (file: string, line: number): AcceptingComment | undefined => {
    const place = `${line} ${file}`
    if (comments.has(place)) return comments.get(place)
    const ofFile = lines.get(file) ?? read(file)?.split(/\r?\n/) ?? []
    lines.set(file, ofFile)
    const comment = acceptingComment(ofFile[line - 1] ?? '')
    comments.set(place, comment)
    return comment
  }
  for (const finding of findings) {
    const { rule, plugin, file, line } = finding
    const reason = reasonInDeclarations(finding, declarations) ?? reasonInSource(finding, commentOn)
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

/** A comment that accepts a rule, with a reason. */
interface AcceptingComment {
  rule: string
  reason: string
}

function acceptingComment(line: string): AcceptingComment | undefined {
  const comment = COMMENT.exec(line)
  if (!comment) return undefined
  const rest = line.slice(comment.index + comment[0].length).trim()
  return { rule: comment[1] ?? '', reason: rest.endsWith('*/') ? rest.slice(0, -2).trimEnd() : rest }
}

function reasonInSource(
  { rule, file, line }: Finding,
  commentOn: (file: string, line: number) => AcceptingComment | undefined,
): string | undefined {
  if (line === undefined || !WITH_COMMENTS.test(file)) return undefined
  for (const comment of [commentOn(file, line), commentOn(file, line - 1)])
    if (comment && comment.rule === rule && comment.reason !== '') return comment.reason
  return undefined
}
