import type { BootResult, Progress } from './boot-stack.js'
import type { ServiceRow } from './compare.js'
import { type BootContainer, isDead } from './containers.js'
import type { Diagnosis } from './diagnosis.js'
import { loadOf } from '../tailchat/service-loader.js'

/** A service that the gateway should list. */
export interface Awaited {
  /** As the image loads it. */
  name: string
  /** The file that the report names it by, and where in it. */
  file: string
  line?: number
  /** The compiled file, relative to server/dist in the image. */
  compiled: string
  /** Whether it is listed only when its database has answered. */
  needsDatabase: boolean
}

/** A container of the application, with what it loads. */
interface Place {
  container: BootContainer
  /** Paths below server/dist; `undefined`: that is not known. */
  loads: ReadonlySet<string> | undefined
  reason: string
}

/** What each of the application's containers loads, by its own environment. */
function placesOf(containers: readonly BootContainer[], tree: readonly string[]): Place[] {
  return containers
    .filter(({ isApplication }) => isApplication)
    .map((container) => ({ container, ...loadOf(container.settings, tree) }))
}

/** The places that load a service, or may. */
function loading(places: readonly Place[], { compiled }: Awaited): Place[] {
  return places.filter(({ loads }) => loads?.has(compiled) ?? true)
}

/** The services to wait for, and what is known of the image that should bring them. */
interface AwaitedServices {
  awaited: readonly Awaited[]
  /** Every service file of the image that is known, by its path below server/dist. */
  tree: readonly string[]
}

/** Returns how far a stack has come. */
export function progressOf(
  { awaited, tree }: AwaitedServices,
  listed: readonly string[] | undefined,
  containers: readonly BootContainer[],
): Progress {
  const places = placesOf(containers, tree)
  if (!listed) return places.every(({ container }) => isDead(container)) ? 'stuck' : 'waiting'
  const missing = awaited.filter(({ name }) => !listed.includes(name))
  if (missing.length === 0) return 'complete'
  const canCome = (each: Awaited): boolean =>
    loading(places, each).some(({ container }) => !isDead(container))
  return missing.some(canCome) ? 'waiting' : 'stuck'
}

/** What booting an image showed of its services. */
export interface BootProof {
  /** The compose file, or what stands for it where the stack comes with this action: where a problem is shown. */
  file: string
  timeoutSeconds: number
  result: BootResult
  awaited: readonly Awaited[]
  /** All services, with what the boot showed of them. */
  rows: ServiceRow[]
  /** Those that load in the image, and that the running stack lacks. */
  missing: ServiceRow[]
}

/** Joins what the load proof showed of services, the `rows`, with what a running stack lists. */
export function compareBoot(
  rows: readonly ServiceRow[],
  { awaited, tree }: AwaitedServices,
  boot: Pick<BootProof, 'result' | 'timeoutSeconds'>,
): Pick<BootProof, 'rows' | 'missing'> {
  const places = placesOf(boot.result.containers, tree)
  const missing: ServiceRow[] = []
  const compared = rows.map((row) => {
    const each = awaited.find(({ file }) => file === row.file)
    const diagnosis = each && row.loaded ? diagnoseBoot(each, places, boot) : undefined
    if (!diagnosis) return row
    const absent = { ...row, loaded: false, ...diagnosis }
    missing.push(absent)
    return absent
  })
  return { rows: compared, missing }
}

/** Why a running stack lacks a service that its image loads; `undefined` when it does not, or that can't be told. */
function diagnoseBoot(
  each: Awaited,
  places: readonly Place[],
  {
    result: { listed, gateway, logs, containers },
    timeoutSeconds,
  }: Pick<BootProof, 'result' | 'timeoutSeconds'>,
): Diagnosis | undefined {
  const own = loading(places, each).map(({ container }) => container)
  if (own.length === 0)
    return {
      cause: 'not-selected',
      reason: `in the image, and no container of the stack loads it: ${places.map(({ container, reason }) => `${container.service} has ${reason}`).join(', ')}`,
    }
  const names = own.map(({ service }) => service).join(', ')
  const isListed = listed?.includes(each.name) ?? false
  const failing = own.filter((container) => isDead(container) || (!isListed && container.restarts > 0))
  const [first] = failing
  // What a process that is gone brought may stay listed for a while.
  if (first && failing.length === own.length) {
    const words = lastWords(logs.get(first.id) ?? [])
    return { cause: 'process-died', reason: `its container ${endOf(first)}${words && `: ${words}`}` }
  }
  if (isListed || !listed) return undefined
  const other = containers.find(({ id }) => id === gateway)
  if (other && own.every(({ bus }) => bus !== other.bus))
    return {
      cause: 'not-listed',
      reason: `${names} and the gateway’s container ${other.service} do not see each other: their TRANSPORTER or NAMESPACE differ`,
    }
  return each.needsDatabase
    ? {
        cause: 'waits-for-database',
        reason: `loaded by ${names}, and not listed within ${timeoutSeconds} s: it waits for its database, which has not answered (MONGO_URL)`,
      }
    : {
        cause: 'not-listed',
        reason: `${names} runs and should load it, and the gateway did not list it within ${timeoutSeconds} s`,
      }
}

/** `service-all-plugins exited with code 1`. */
export function endOf({ service, state, exitCode, restarts }: BootContainer): string {
  return restarts > 0
    ? `${service} ended and was started again ${restarts} times, last with exit code ${exitCode}`
    : `${service} ${state} with exit code ${exitCode}`
}

/** What npm, pnpm and yarn print when the program that they started has failed; it does not say why. */
const OF_STARTER = /^(?:ELIFECYCLE\b|npm (?:ERR!|error)|error Command failed)/

/** Returns the most telling line of a log: the program's last one that mentions an error, else its last one. */
export function lastWords(log: readonly string[]): string {
  const lines = log.map((line) => line.trim()).filter((line) => line !== '' && !OF_STARTER.test(line))
  const line = lines.findLast((each) => /error|unable|cannot|fail/i.test(each)) ?? lines.at(-1) ?? ''
  return line.slice(0, MAX_WORDS)
}

const MAX_WORDS = 300

/** The containers of the application that ended, though they should run. */
export function endedContainers({ containers }: BootResult): BootContainer[] {
  return containers.filter(
    (each) => each.isApplication && isDead(each) && !(each.settings.runs === 'other' && each.exitCode === 0),
  )
}
