import { fromServer } from '../tailchat/service-loader.js'
import type { ExpectedService } from './expected.js'
import type { ProbeResult } from './probe-result.js'

/** Why a service is missing, as far as that can be known. */
export type MissingCause =
  /** Neither its source nor its compiled file is in the image. */
  | 'not-copied'
  /** Its source is in the image, its compiled file is not. */
  | 'not-compiled'
  /** `*.service.dev.ts`, or declared so: production does without. */
  | 'development-only'
  | 'threw'
  /** The process ended or hung while it constructed this one; or its container did not keep running. */
  | 'process-died'
  /** An earlier one took the process with it, or nothing could be tried. */
  | 'not-tried'
  | 'other-name'
  | 'duplicate-name'
  /** In the image, and no container of the stack loads its file: SERVICEDIR or SERVICES leaves it out. */
  | 'not-selected'
  /** It is listed only when its collection's database has answered. */
  | 'waits-for-database'
  /** Its container runs and should load it, and the gateway does not list it. */
  | 'not-listed'

/** A cause with the sentence that says it. */
export interface Diagnosis {
  cause: MissingCause
  reason: string
}

/**
 * Why an image does not load a service; `undefined` when it does.
 * @param takenNames the services that are registered before this one, name → source file
 */
export function diagnoseLoad(
  service: Pick<ExpectedService, 'name' | 'file' | 'compiled'>,
  probe: ProbeResult,
  takenNames: ReadonlyMap<string, string>,
): Diagnosis | undefined {
  const found = probe.services.find(({ file }) => file === service.compiled)
  if (!found) return whyNotFound(service, probe)
  if (found.error) return threw(found.error)
  if (found.name === undefined || (service.name !== undefined && found.name !== service.name))
    return {
      cause: 'other-name',
      reason: `loaded under the name ${JSON.stringify(found.name ?? '')}`,
    }
  const first = takenNames.get(found.name)
  return first === undefined
    ? undefined
    : { cause: 'duplicate-name', reason: `${first} has the same name, so this one is never registered` }
}

/** A service whose constructor threw, with the first place of the application's own code. */
export function threw({ message, at }: { message: string; at?: string | undefined }): Diagnosis {
  return { cause: 'threw', reason: `threw while it was constructed: ${message}${at ? ` (${at})` : ''}` }
}

function whyNotFound(
  { file, compiled }: Pick<ExpectedService, 'file' | 'compiled'>,
  probe: ProbeResult,
): Diagnosis {
  if (probe.loading === compiled)
    return {
      cause: 'process-died',
      reason: 'the process that loads services died or hung while it constructed this one',
    }
  if (!probe.finished)
    return {
      cause: 'not-tried',
      reason: probe.loading
        ? `not tried: the process died or hung at ${probe.loading}`
        : `not tried: ${probe.error?.message ?? 'the probe did not get that far'}`,
    }
  const missing = `not in the image: server/dist/${compiled} does not exist`
  return probe.sources?.includes(fromServer(file))
    ? { cause: 'not-compiled', reason: `${missing}, while its source does: the build did not compile it` }
    : { cause: 'not-copied', reason: `${missing}, and neither does its source` }
}
