import { realpathSync } from 'node:fs'
import { type Chrome, NoChromeError, withChrome } from './chrome.js'
import { type Fault, faultOf, moduleId, pluginOfModule, withSource } from './fault.js'
import { loadPage, type PageResult, type Patience } from './page.js'
import { ConnectionEnded } from './protocol.js'
import { chunksOf, type OfferedManifest, offeredManifests, ORIGIN, readPublicFile } from './site.js'
import { compare } from '../../lib/text.js'

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

export interface EvaluatedPlugin {
  name: string
  /** `undefined`: it evaluates. */
  fault?: Fault
  /** What it can load later; each was loaded as well. */
  chunks: { file: string; fault?: Fault }[]
  /** Hosts that it tried to reach. */
  hosts: string[]
}

export interface EvaluateOptions {
  executable: string
  /** The public directory of an image (server/dist/public). */
  root: string
  /** Plugins that must evaluate in addition to those that the plugin registry files offer. */
  wanted: readonly string[]
  /** `false`: Chrome gets no network namespace of its own. */
  ownNetwork?: boolean
  patience?: Patience
}

/** How often the whole is loaded again without a plugin that damages the page. */
const MAX_ROUNDS = 5
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
  const offered = offeredManifests(root)
  const manifests = offered.filter((manifest) => isLocal(root, manifest))
  const hosted = offered.filter((manifest) => !manifests.includes(manifest)).map(({ name }) => name)
  const chunks = remembered((plugin: string) => chunksOf(root, plugin))
  const installed = unique([
    ...manifests.map(({ name }) => name),
    ...wanted.filter((name) => !hosted.includes(name)),
  ])
  const icons = iconsOf(manifests)

  const load = (isLoaded: (plugin: string) => boolean, asked: readonly string[] = []): Promise<PageResult> =>
    loadPage(chrome, {
      root,
      manifests,
      isLoaded,
      icons: icons.map(({ url }) => url),
      modules: (requested) =>
        unique([...installed, ...requested, ...asked])
          .filter(isLoaded)
          .flatMap((plugin) => ['index.js', ...chunks(plugin)].map((file) => moduleId(plugin, file))),
      ...(patience && { patience }),
    })
  const loadOnly = (plugins: readonly string[], page: PageResult): Promise<PageResult> => {
    const loaded = withDependencies(plugins, page)
    return load((plugin) => loaded.has(plugin), plugins)
  }

  const damaging = new Map<string, Fault>()
  let client: PageResult | undefined
  let page = await load(() => true)
  const screenshot = page.screenshot
  while (page.end !== 'rendered' && damaging.size < MAX_ROUNDS) {
    client ??= await load(() => false)
    if (page.end === client.end) break
    const culprit = await findDamaging(page, client.end)
    if (!culprit) break
    damaging.set(...culprit)
    page = await load((plugin) => !damaging.has(plugin))
  }

  /** The plugin that keeps the page from being what it is without any. */
  async function findDamaging(
    whole: PageResult,
    undamaged: PageResult['end'],
  ): Promise<[string, Fault] | undefined> {
    const candidates = loadedIn(whole).filter((plugin) => !damaging.has(plugin))
    const isBad = ({ end }: PageResult): boolean => end !== 'rendered' && end !== undamaged
    const open = whole.open.map(pluginOfModule)
    const suspects = [
      ...candidates.filter((plugin) => open.includes(plugin)),
      ...candidates.filter((plugin) => !open.includes(plugin) && faultOf(plugin, 'index.js', whole)),
    ]
    for (const plugin of suspects.slice(0, MAX_ROUNDS)) {
      const alone = await loadOnly([plugin], whole)
      if (isBad(alone)) return [plugin, damageOf(plugin, alone)]
    }
    const found = await bisect(candidates, async (plugins) => isBad(await loadOnly(plugins, whole)))
    return found === undefined ? undefined : [found, damageOf(found, await loadOnly([found], whole))]
  }

  function loadedIn({ requested }: PageResult): string[] {
    return unique([...installed, ...requested])
  }

  let alone = 0
  const plugins: EvaluatedPlugin[] = []
  const notJudged: string[] = []
  /** Whether the page told of every plugin that it was asked for; what it did not tell of is unknown otherwise. */
  const isComplete = page.end === 'rendered' || page.end === 'idle'
  const clientIsThere = client === undefined || client.end === 'rendered' || client.end === 'idle'
  for (const name of loadedIn(page).sort(compare)) {
    const hosts = unique(page.contacts.filter(({ plugin }) => plugin === name).map(({ host }) => host)).sort(
      compare,
    )
    const damage = damaging.get(name)
    if (damage) {
      plugins.push({ name, fault: damage, chunks: [], hosts })
      continue
    }
    const faults = (from: PageResult): Pick<EvaluatedPlugin, 'fault' | 'chunks'> =>
      evaluatedIn(name, chunks(name), from)
    if (!clientIsThere) {
      notJudged.push(name)
      continue
    }
    let seen = faults(page)
    const isFaulty = ({ fault, chunks: all }: typeof seen): boolean =>
      fault !== undefined || all.some((chunk) => chunk.fault)
    if (isFaulty(seen) && alone++ >= MAX_ALONE && !isComplete) {
      notJudged.push(name)
      continue
    }
    if (isFaulty(seen) && alone <= MAX_ALONE) {
      const byItself = await loadOnly([name], page)
      const own = faults(byItself)
      if (byItself.end !== page.end && ['hung', 'crashed', 'left'].includes(byItself.end))
        seen = { fault: damageOf(name, byItself), chunks: [] }
      else if (own.fault || !seen.fault) seen = own
      else {
        const others = loadedIn(page).filter((each) => each !== name && !damaging.has(each))
        const whole = page
        const isBad = async (some: readonly string[]): Promise<boolean> =>
          faultOf(name, 'index.js', await loadOnly([name, ...some], whole)) !== undefined
        seen = { ...seen, fault: { ...seen.fault, damagedBy: (await bisect(others, isBad)) ?? '' } }
      }
    }
    if (!seen.fault && page.leaving.includes(name))
      seen = { ...seen, fault: { cause: 'leaves-page', detail: '' } }
    plugins.push({ name, ...seen, hosts })
  }

  const isUnseen = page.end !== 'rendered'
  const sourced = ({ fault, chunks: all, ...plugin }: EvaluatedPlugin): EvaluatedPlugin => ({
    ...plugin,
    ...(fault && { fault: withSource(root, fault) }),
    chunks: all.map((chunk) => (chunk.fault ? { ...chunk, fault: withSource(root, chunk.fault) } : chunk)),
  })
  return {
    chrome: chrome.version,
    plugins: plugins.map(sourced),
    notJudged,
    hosted: hosted.sort(compare),
    brokenIcons: icons.filter(({ url }) => page.brokenIcons.includes(url)),
    otherHosts: unique(
      page.contacts
        .map(({ host }) => host)
        .filter((host) => !page.contacts.some((each) => each.host === host && each.plugin !== undefined)),
    ).sort(compare),
    ...(isUnseen &&
      client &&
      client.end !== 'rendered' && { clientFails: client.exceptions[0]?.message ?? '' }),
    ...(screenshot && { screenshot }),
  }
}

function evaluatedIn(
  name: string,
  chunks: readonly string[],
  page: PageResult,
): Pick<EvaluatedPlugin, 'fault' | 'chunks'> {
  const fault = faultOf(name, 'index.js', page)
  // What fails with its plugin is no fault of its own.
  if (fault) return { fault, chunks: [] }
  return {
    chunks: chunks.map((file) => {
      const own = faultOf(name, file, page)
      return { file, ...(own && { fault: own }) }
    }),
  }
}

/** What a plugin does to a page that it has for itself. */
function damageOf(plugin: string, page: PageResult): Fault {
  switch (page.end) {
    case 'hung':
      return { cause: 'hangs', detail: page.open[0] ?? '' }
    case 'crashed':
      return { cause: 'crashes', detail: '' }
    case 'left':
      return { cause: 'leaves-page', detail: '' }
    default:
      return (
        faultOf(plugin, 'index.js', page) ?? {
          cause: 'blocks-page',
          detail: page.exceptions[0]?.message ?? '',
        }
      )
  }
}

/**
 * Halves a list until one entry is left with which it is bad; `undefined` where no half is by itself.
 * @param isBad of the whole list it is known
 */
async function bisect(
  all: readonly string[],
  isBad: (some: readonly string[]) => Promise<boolean>,
): Promise<string | undefined> {
  if (all.length < 2) return all[0]
  const middle = Math.ceil(all.length / 2)
  for (const half of [all.slice(0, middle), all.slice(middle)])
    if (await isBad(half)) return bisect(half, isBad)
  return undefined
}

/** These plugins with all that they depend on, as far as their bundles were seen. */
function withDependencies(plugins: readonly string[], { defined }: PageResult): Set<string> {
  const all = new Set(plugins)
  for (const plugin of all)
    for (const { id, dependencies } of defined)
      if (pluginOfModule(id) === plugin)
        for (const dependency of dependencies) {
          const needed = pluginOfModule(dependency)
          if (needed !== undefined) all.add(needed)
        }
  return all
}

/** Whether a plugin comes out of the image, wherever the client thinks that its server is. */
function isLocal(root: string, { url }: OfferedManifest): boolean {
  const address = addressOf(url)
  return (
    address !== undefined &&
    (address.origin === ORIGIN ||
      (address.pathname.startsWith('/plugins/') && readPublicFile(root, address.pathname) !== undefined))
  )
}

function iconsOf(manifests: readonly OfferedManifest[]): { plugin: string; url: string }[] {
  return manifests.flatMap(({ name, icon }) => {
    const address = icon === undefined || icon === '' ? undefined : addressOf(icon)
    return address?.origin === ORIGIN ? [{ plugin: name, url: address.href }] : []
  })
}

function addressOf(url: string): URL | undefined {
  const text = url.replace('{BACKEND}', ORIGIN)
  return URL.canParse(text, ORIGIN) ? new URL(text, ORIGIN) : undefined
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const value = known.get(key) ?? compute(key)
    known.set(key, value)
    return value
  }
}
