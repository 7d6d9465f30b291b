import { realpathSync } from 'node:fs'
import { compare, unique } from '../../lib/text.js'
import { type Chrome, type ChromeOptions, withChrome } from './chrome.js'
import { bisect, damageOf, takeOutDamaging, type Undamaged } from './damage.js'
import { type Fault, faultOf, withSource } from './fault.js'
import { NoChromeError } from './find-chrome.js'
import { type Loader, loaderOf } from './loader.js'
import { readOffer } from './offer.js'
import type { PageResult, PageLimits } from './page-result.js'
import { ConnectionEnded } from './protocol.js'

/** The result of evaluating the plugins of an image in a browser. */
export interface BrowserProof {
  /** What the browser calls itself, such as `Chrome/156.0.8078.108`. */
  chrome: string
  milliseconds: number
  /** Every plugin that was loaded, sorted by name. */
  plugins: EvaluatedPlugin[]
  /** Plugins that could not be judged: the client fails without them as well, or too much else fails. */
  notJudged: string[]
  /** Plugins that are offered from another address: there is no network to load them over. */
  hosted: string[]
  /** Set where the client shows nothing even without a plugin: what its page last threw, or empty. */
  clientFails?: string
  /** Icons of the plugin registry files that can't be shown. */
  brokenIcons: { plugin: string; url: string }[]
  /** Hosts contacted by code that could not be assigned to a plugin, most likely the client's own. */
  otherHosts: string[]
  /** A PNG of the page where the client shows nothing. */
  screenshot?: Buffer
}

/** What became of a plugin and of what it can load later. */
interface Evaluation {
  /** `undefined`: it evaluates. */
  fault?: Fault
  /** What it can load later; each was loaded as well. */
  chunks: { file: string; fault?: Fault }[]
}

export interface EvaluatedPlugin extends Evaluation {
  name: string
  /** Hosts that it tried to reach. */
  hosts: string[]
}

export interface EvaluateOptions extends ChromeOptions {
  /** The public directory of an image (server/dist/public). */
  root: string
  /** Plugins that must evaluate in addition to those that the plugin registry files offer. */
  wanted: readonly string[]
  patience?: PageLimits
}

/** How many plugins that fail are tried alone; where more fail, it is hardly for a reason of their own. */
const MAX_ALONE = 20

/**
 * Loads every plugin that an image offers in its own web client, in a headless Chrome without a network.
 * @throws {NoChromeError} when Chrome does not start, or does not keep running
 */
export async function evaluatePlugins(options: EvaluateOptions): Promise<BrowserProof> {
  const started = performance.now()
  for (let tried = 1; ; tried++) {
    try {
      const proof = await withChrome(options, (chrome) => evaluateIn(chrome, options))
      return { ...proof, milliseconds: Math.round(performance.now() - started) }
    } catch (error) {
      if (!(error instanceof ConnectionEnded)) throw error
      if (tried === 2) throw new NoChromeError(`${options.executable} ended twice while it showed the page`)
    }
  }
}

/**
 * The same in a Chrome that runs.
 * @throws {ConnectionEnded} when it ends
 */
export async function evaluateIn(
  chrome: Chrome,
  { root: directory, wanted, patience }: Omit<EvaluateOptions, 'executable'>,
): Promise<Omit<BrowserProof, 'milliseconds'>> {
  const root = realpathSync(directory)
  const offer = readOffer(root, wanted)
  const loader = loaderOf(chrome, { root, offer, patience })
  const whole = await loader.load(() => true)
  const undamaged = await takeOutDamaging(loader, whole)
  const { page, client } = undamaged
  const { plugins, notJudged } = await judgeAll(loader, undamaged)
  return {
    chrome: chrome.version,
    plugins: plugins.map((plugin) => withSources(root, plugin)),
    notJudged,
    hosted: offer.hosted.sort(compare),
    brokenIcons: offer.icons.filter(({ url }) => page.brokenIcons.includes(url)),
    otherHosts: hostsOfUnknown(page),
    ...(page.end !== 'rendered' &&
      client &&
      client.end !== 'rendered' && { clientFails: client.exceptions[0]?.message ?? '' }),
    ...(whole.screenshot && { screenshot: whole.screenshot }),
  }
}

/** Judges every plugin; those that fail are tried alone, so that the one that did it is named. */
async function judgeAll(
  loader: Loader,
  undamaged: Undamaged,
): Promise<{ plugins: EvaluatedPlugin[]; notJudged: string[] }> {
  const { whole, page, client, damaging } = undamaged
  const clientIsThere = client === undefined || client.end === 'rendered' || client.end === 'idle'
  /** Whether the page told of every plugin that it was asked for; what it did not tell of is unknown otherwise. */
  const isComplete = page.end === 'rendered' || page.end === 'idle'
  const plugins: EvaluatedPlugin[] = []
  const notJudged: string[] = []
  const culprits = new Set<string>()
  let alone = 0
  for (const name of unique([...loader.loadedIn(page), ...damaging.keys()]).sort(compare)) {
    const hosts = hostsOf(damaging.has(name) ? whole : page, name)
    const damage = damaging.get(name)
    if (damage) plugins.push({ name, fault: damage, chunks: [], hosts })
    else if (!clientIsThere) notJudged.push(name)
    else {
      const seen = evaluationIn(loader, name, page)
      const isTriedAlone = isFaulty(seen) && alone++ < MAX_ALONE
      if (isFaulty(seen) && !isTriedAlone && !isComplete) notJudged.push(name)
      else {
        const judged = isTriedAlone ? await judgeAlone(loader, { name, seen, undamaged, culprits }) : seen
        plugins.push({ name, ...withLeaving(judged, page.leaving.includes(name)), hosts })
      }
    }
  }
  return { plugins, notJudged }
}

interface Failing {
  name: string
  seen: Evaluation
  undamaged: Undamaged
  /** Plugins that are known to damage others; one that is found is added. */
  culprits: Set<string>
}

/** What a plugin that fails next to all others is by itself; where it is sound, which of the others damages it. */
async function judgeAlone(
  loader: Loader,
  { name, seen, undamaged: { page, damaging }, culprits }: Failing,
): Promise<Evaluation> {
  const byItself = await loader.loadOnly([name], page)
  if (byItself.end !== page.end && ['hung', 'crashed', 'left'].includes(byItself.end))
    return { fault: damageOf(name, byItself), chunks: [] }
  const own = evaluationIn(loader, name, byItself)
  if (own.fault || !seen.fault) return own
  const others = loader.loadedIn(page).filter((each) => each !== name && !damaging.has(each))
  const isDamagedBy = async (some: readonly string[]): Promise<boolean> =>
    faultOf(name, 'index.js', await loader.loadOnly([name, ...some], page)) !== undefined
  // One plugin often damages many: to search among all others for each of them would take minutes.
  for (const known of culprits)
    if (await isDamagedBy([known])) return { ...seen, fault: { ...seen.fault, damagedBy: known } }
  const culprit = await bisect(others, isDamagedBy)
  if (culprit !== undefined) culprits.add(culprit)
  return { ...seen, fault: { ...seen.fault, damagedBy: culprit ?? '' } }
}

function evaluationIn(loader: Loader, name: string, page: PageResult): Evaluation {
  const fault = faultOf(name, 'index.js', page)
  // What fails with its plugin is no fault of its own.
  if (fault) return { fault, chunks: [] }
  return {
    chunks: loader.chunks(name).map((file) => {
      const own = faultOf(name, file, page)
      return { file, ...(own && { fault: own }) }
    }),
  }
}

function isFaulty({ fault, chunks }: Evaluation): boolean {
  return fault !== undefined || chunks.some((chunk) => chunk.fault)
}

function withLeaving(evaluation: Evaluation, leaves: boolean): Evaluation {
  return leaves && !evaluation.fault
    ? { ...evaluation, fault: { cause: 'leaves-page', detail: '' } }
    : evaluation
}

function withSources(root: string, { fault, chunks, ...plugin }: EvaluatedPlugin): EvaluatedPlugin {
  return {
    ...plugin,
    ...(fault && { fault: withSource(root, fault) }),
    chunks: chunks.map((chunk) => (chunk.fault ? { ...chunk, fault: withSource(root, chunk.fault) } : chunk)),
  }
}

function hostsOf({ contacts }: PageResult, name: string): string[] {
  return unique(contacts.filter(({ plugin }) => plugin === name).map(({ host }) => host)).sort(compare)
}

/** Hosts that no plugin is known to have contacted. */
function hostsOfUnknown({ contacts }: PageResult): string[] {
  const ofPlugins = contacts.filter(({ plugin }) => plugin !== undefined).map(({ host }) => host)
  return unique(contacts.map(({ host }) => host).filter((host) => !ofPlugins.includes(host))).sort(compare)
}
