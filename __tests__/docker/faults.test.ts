import { describe, expect, test } from '@jest/globals'
import { CommandError } from '../../src/lib/command.js'
import { causeOf, isPassing } from '../../src/docker/faults.js'

function failed(lines: string[], exitCode: number | undefined = 1): CommandError {
  return new CommandError({
    command: 'docker buildx build',
    exitCode,
    lastLines: lines,
    outcome: `exit code ${exitCode}`,
  })
}

describe('the cause that docker names', () => {
  test.each<[string, string[], string]>([
    [
      'the line that it calls an error',
      ['ERROR: no space left', 'View details at the desktop'],
      'no space left',
    ],
    ['the last of several', ['error: one', 'ERROR: failed to solve: two'], 'failed to solve: two'],
    [
      'the daemon’s own words',
      ['Error response from daemon: manifest unknown'],
      'Error response from daemon: manifest unknown',
    ],
    [
      'the client’s',
      ['docker: invalid reference format.', "See 'docker run --help'."],
      'invalid reference format.',
    ],
    ['the last line without one', ['first', 'denied: no access', ''], 'denied: no access'],
    ['the outcome without any line', [], 'exit code 1'],
  ])('is %s', (_what, lines, cause) => {
    expect(causeOf(failed(lines))).toBe(cause)
  })

  test('of a command that was ended is that it was ended, whatever it printed', () => {
    const error = new CommandError({
      command: 'docker push',
      exitCode: undefined,
      lastLines: ['5f70bf18a086: Pushing'],
      outcome: 'took longer than 3600 s',
    })
    expect(causeOf(error)).toBe('took longer than 3600 s')
    expect(isPassing(error)).toBe(false)
  })
})

describe('a failure that passes', () => {
  test.each([
    'ERROR: failed to copy: unexpected status from POST request to https://ghcr.io/v2/a/blobs/uploads/: 429 Too Many Requests',
    'ERROR: failed to push ghcr.io/a: unexpected status from PUT request to https://ghcr.io/v2/a/manifests/x: 502 Bad Gateway',
    'ERROR: unexpected status from HEAD request to https://ghcr.io/v2/a/manifests/x: 500 Internal Server Error',
    'ERROR: unexpected status from GET request to https://ghcr.io/v2/a/manifests/x: 503 Service Unavailable',
    'ERROR: failed to copy: httpReadSeeker: failed open: unexpected status code https://ghcr.io/v2/a/blobs/x: 504 Gateway Timeout',
    'toomanyrequests: You have reached your pull rate limit.',
    'Error response from daemon: received unexpected HTTP status: 502 Bad Gateway',
    'ERROR: failed to do request: Put "https://ghcr.io/v2/a/blobs/uploads/x": write tcp 10.0.0.1:1->10.0.0.2:443: write: broken pipe',
    'ERROR: failed to do request: Head "https://ghcr.io/v2/a/manifests/x": read tcp 10.0.0.1:1->10.0.0.2:443: read: connection reset by peer',
    'ERROR: failed to do request: Head "https://ghcr.io/v2/a/manifests/x": EOF',
    'ERROR: failed to copy: failed to do request: unexpected EOF',
    'ERROR: failed to do request: Get "https://ghcr.io/v2/": net/http: TLS handshake timeout',
    'ERROR: failed to do request: Get "https://ghcr.io/v2/": dial tcp 10.0.0.2:443: i/o timeout',
    'ERROR: failed to do request: http2: client connection lost',
    'ERROR: failed to authorize: server message: invalid_token: authorization failed',
  ])('%s', (line) => {
    expect(isPassing(failed([line]))).toBe(true)
  })

  test.each([
    'ERROR: failed to push ghcr.io/a: unexpected status from PUT request to https://ghcr.io/v2/a/manifests/x: 403 Forbidden',
    'ERROR: failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token: 401 Unauthorized',
    'ERROR: ghcr.io/a:live: not found',
    'denied: requested access to the resource is denied',
    'ERROR: unexpected status from PUT request to https://ghcr.io/v2/a/manifests/500: 404 Not Found',
    'ERROR: failed to solve: process "/bin/sh -c curl https://a/502" did not complete successfully: exit code: 22',
    'ERROR: failed to solve: process "pnpm install: 503 Service Unavailable" did not complete successfully: exit code: 1',
    'ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    'ERROR: no builder "mine" found',
    'ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory',
    'ERROR: failed to do request: Head "https://ghcr.example/v2/": dial tcp: lookup ghcr.example: no such host',
  ])('does not include: %s', (line) => {
    expect(isPassing(failed([line]))).toBe(false)
  })

  test('of a build is not taken from what its steps printed', () => {
    const lines = ['#9 1.2 502 Bad Gateway', 'ERROR: failed to solve: no such file']
    expect(isPassing(failed(lines))).toBe(false)
  })
})
