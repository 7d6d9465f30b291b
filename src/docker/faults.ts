import type { CommandError } from '../lib/command.js'

/**
 * Returns the cause that docker names: its last line marked as an error, or else its last line.
 * @returns one line, never empty
 */
export function causeOf(error: CommandError): string {
  const lines = error.lastLines.map((line) => line.trim()).filter((line) => line !== '')
  const named = lines.findLast((line) => /^(?:ERROR|error|docker|Error response from daemon): ?/.test(line))
  const cause = (named ?? lines.at(-1) ?? '').replace(/^(?:ERROR|error|docker): ?/, '')
  // A command that was ended or never started gives no cause itself.
  if (cause === '' || error.exitCode === undefined) return error.outcome
  return cause
}

/**
 * Failures of a container registry that is overloaded or restarting, and of the network: another try may succeed.
 * Everything else (no access, no such image, a refused name) fails again however often it is tried.
 */
const PASSING = [
  /\b(?:429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Time-?out)\b/i,
  /\btoomanyrequests\b/i,
  /\b(?:status|status code)\b\D{0,80}\b(?:429|500|502|503|504)\b/i,
  /\bconnection reset by peer\b|\bbroken pipe\b|\bEOF\b|\bi\/o timeout\b|\bTLS handshake timeout\b/,
  /\bhttp2: client connection lost\b|\bserver sent GOAWAY\b|\bserver closed idle connection\b/,
  // A token that expired in the meantime: the next try asks for a new one.
  /\binvalid_token\b|\btoken (?:has |is )?expired\b/i,
]

/** Tells whether a docker command may succeed if tried again; a command that failed inside a build will not. */
export function isPassing(error: CommandError): boolean {
  if (error.exitCode === undefined) return false
  const cause = causeOf(error)
  if (/did not complete successfully: exit code/.test(cause)) return false
  return PASSING.some((pattern) => pattern.test(cause))
}
