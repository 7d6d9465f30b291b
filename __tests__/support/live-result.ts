import type { LivePromise, LiveResult } from '../../src/proof/live.js'

/** What an image with these services promises. */
export function promised(services: readonly string[], changes: Partial<LivePromise> = {}): LivePromise {
  return {
    reference: 'the image acme/tailchat@sha256:1',
    services: services.map((name) => ({ name })),
    available: [],
    files: [],
    version: undefined,
    createdSeconds: undefined,
    ...changes,
  }
}

/** What a server answered that lists these services from its start on, and serves everything. */
export function liveResult({
  listed,
  ...changes
}: Partial<LiveResult> & { listed: string[] | undefined }): LiveResult {
  return {
    health: listed && { services: listed, uptimeSeconds: 5 },
    instead: undefined,
    gateway: { is: 'new' },
    complete: true,
    seconds: 0,
    unsteady: [],
    files: [],
    available: [],
    ...changes,
  }
}
