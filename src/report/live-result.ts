import type { LivePromise, LiveResult } from '../proof/live.js'

/** What the running server answered. */
export interface ReportedLive {
  url: string
  /** What it was compared with, such as `the image ghcr.io/acme/tailchat@sha256:…`; absent: with nothing. */
  reference?: string
  /** Of the gateway that answered last. */
  version?: string
  uptimeSeconds?: number
  /** Whether that gateway is one of the image, as far as that can be told. */
  gateway: LiveResult['gateway']['is']
  /** The services that it listed, the server's own included. */
  listed: string[]
  /** Paths that were answered as they should be, and those that were not. */
  files: { served: string[]; stale: string[] }
  /** What each service answered to `/available`: a status, or why there was none. */
  available: LiveResult['available']
}

/** What the running server answered, as the report has it. */
export function reportLive(url: string, { reference }: LivePromise, result: LiveResult): ReportedLive {
  const { health, gateway, files, available } = result
  const paths = (wanted: boolean): string[] =>
    files
      .filter(({ wrong }) => (wrong.length === 0) === wanted)
      .map(({ path }) => path)
      .sort()
  return {
    url,
    ...(reference !== undefined && { reference }),
    ...(health?.version !== undefined && { version: health.version }),
    ...(health?.uptimeSeconds !== undefined && { uptimeSeconds: Math.round(health.uptimeSeconds) }),
    gateway: gateway.is,
    // What begins so is moleculer's own.
    listed: (health?.services ?? []).filter((name) => !name.startsWith('$')),
    files: { served: paths(true), stale: paths(false) },
    available,
  }
}
