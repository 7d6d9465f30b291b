import type { CommandError } from '../lib/command.js'

/**
 * What docker says was wrong: the last line that it calls an error, else its last line.
 * @returns one line, never empty
 */
export function causeOf(error: CommandError): string {
  const lines = error.lastLines.map((line) => line.trim()).filter((line) => line !== '')
  const named = lines.findLast((line) => /^(?:ERROR|error|docker|Error response from daemon): ?/.test(line))
  const cause = (named ?? lines.at(-1) ?? '').replace(/^(?:ERROR|error|docker): ?/, '')
  // A command that was ended, or never began, says nothing of its own.
  if (cause === '' || error.exitCode === undefined) return error.outcome
  return cause
}

/**
 * What a container registry answers when it is overloaded or restarts, and what a network does: another try may
 * succeed. Everything else (no access, no such image, a name it refuses) stays as it is however often one asks.
 */
const PASSING = [
  /\b(?:429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Time-?out)\b/i,
  /\btoomanyrequests\b/i,
  /\b(?:status|status code)\b\D{0,80}\b(?:429|500|502|503|504)\b/i,
  /\bconnection reset by peer\b|\bbroken pipe\b|\bEOF\b|\bi\/o timeout\b|\bTLS handshake timeout\b/,
  /\bhttp2: client connection lost\b|\bserver sent GOAWAY\b|\bserver closed idle connection\b/,
  // A token that ran out on the way: the next try asks for a new one.
  /\binvalid_token\b|\btoken (?:has |is )?expired\b/i,
]

/** Whether a docker command failed for a reason that passes. Of a build only its own failure counts, not what it ran. */
export function isPassing(error: CommandError): boolean {
  if (error.exitCode === undefined) return false
  const cause = causeOf(error)
  if (/did not complete successfully: exit code/.test(cause)) return false
  return PASSING.some((pattern) => pattern.test(cause))
}
